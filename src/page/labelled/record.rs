//! Within a record: where each field stands, and from where to where its text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::sheet::Sheet;
use crate::page::shape::BlockStats;
use crate::span::Span;

/// Lines of the longest value.
const VALUE_LINES: usize = 12;
/// Lines between two labels of a head, at most.
const HEAD_GAP: usize = 40;
/// Words from which on a paragraph below a label without a value is text, and no value.
const VALUE_WORDS: u32 = 40;
/// Words of the longest line of a label at the end of a text that no other record has.
const FOOT_WORDS: u32 = 16;

/// A label, and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FieldPlace {
    /// What the label says; none where no language knows it.
    pub field: Option<Field>,
    /// The label with its signs.
    pub label: Span,
    /// Its value, over one or several lines; empty where there is none, and before the text itself.
    pub value: Span,
    /// What closes its line.
    pub tail: Span,
}

impl FieldPlace {
    /// Whether the text of the record stands behind the label.
    pub(crate) fn opens_text(&self) -> bool {
        self.field == Some(Field::Text)
    }
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// From its first line to the end of its last.
    pub place: Span,
    /// Where its first label stands.
    pub head: usize,
    /// Its text: from the end of its head to its foot.
    pub text: Span,
}

/// The records of a text. Empty where it has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Labelled {
    /// The records, in order.
    pub records: Vec<Record>,
    /// The fields of all, in order.
    pub fields: Vec<FieldPlace>,
}

impl Labelled {
    /// The fields that stand within a stretch.
    pub(crate) fn fields_in(&self, place: Span) -> &[FieldPlace] {
        let first_from = |at: usize| self.fields.partition_point(|field| field.label.start < at);
        &self.fields[first_from(place.start)..first_from(place.end)]
    }
}

/// How the records of a text are written.
#[derive(Debug)]
pub(super) struct Habits<'s> {
    names: &'s BTreeSet<&'s str>,
    /// Whether blank lines part the labels of a head.
    is_spaced: bool,
    /// Labels below the text.
    foot: BTreeSet<&'s str>,
    /// Whether a blank line ends the head.
    ends_blank: bool,
}

/// Reads records, each given by its lines and the line of its first label.
pub(super) fn read(
    sheet: &Sheet,
    names: &BTreeSet<&str>,
    records: &[(Range<usize>, usize)],
) -> Labelled {
    let habits = Habits::of(sheet, names, records);
    let mut labelled = Labelled::default();
    for (number, (range, head)) in records.iter().enumerate() {
        let is_last = number + 1 == records.len();
        let record = Reading { sheet, habits: &habits, range: range.clone(), head: *head };
        let end = if is_last { record.end(range.end) } else { range.end };
        Reading { range: range.start..end, ..record }.read(&mut labelled);
    }
    labelled
}

impl<'s> Habits<'s> {
    fn of(sheet: &Sheet, names: &'s BTreeSet<&'s str>, records: &[(Range<usize>, usize)]) -> Self {
        let is_label =
            |line: usize| sheet.label_of(line).is_some_and(|label| names.contains(&*label.name));
        let (mut spaced, mut tight, mut blank, mut glued) = (0, 0, 0, 0);
        let (mut above, mut below): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for (range, head) in records {
            let labels: Vec<&Label> = sheet.labels[sheet.labels_in(*head..range.end)]
                .iter()
                .filter(|label| names.contains(&*label.name))
                .collect();
            let mut after_text = false;
            for (number, label) in labels.iter().enumerate() {
                let sides = if after_text { &mut below } else { &mut above };
                sides.extend(names.get(&*label.name));
                let next = labels.get(number + 1).map_or(range.end, |next| next.line);
                let has_text =
                    label.field == Some(Field::Text) || sheet.has_text(label.line..next, names);
                let is_blank = (label.line + 1..next).any(|line| sheet.is_blank(line));
                if !after_text && !has_text && number + 1 < labels.len() {
                    *(if is_blank { &mut spaced } else { &mut tight }) += 1;
                }
                if has_text && !after_text {
                    let below = label.line + 1;
                    let is_blank = below >= range.end || sheet.is_blank(below) || is_label(below);
                    *(if is_blank { &mut blank } else { &mut glued }) += 1;
                }
                after_text |= has_text;
            }
        }
        let mut sides: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        above.iter().for_each(|name| sides.entry(*name).or_default().0 += 1);
        below.iter().for_each(|name| sides.entry(*name).or_default().1 += 1);
        let is_foot = |name: &&&str| {
            let (above, below) = sides.get(**name).copied().unwrap_or_default();
            below > above && below * 2 >= records.len()
        };
        let foot = names.iter().filter(is_foot).copied().collect();
        Self { names, is_spaced: spaced > tight, foot, ends_blank: blank >= glued }
    }
}

/// A record that is being read.
struct Reading<'s, 't> {
    sheet: &'s Sheet<'t>,
    habits: &'s Habits<'s>,
    range: Range<usize>,
    head: usize,
}

impl Reading<'_, '_> {
    fn is_ours(&self, line: usize) -> bool {
        self.sheet.label_of(line).is_some_and(|label| self.habits.names.contains(&*label.name))
    }

    /// Whether a line begins another field where a value may go on.
    fn begins_field(&self, line: usize) -> bool {
        let is_known = |label: &Label| label.field.is_some() && !label.is_bare;
        self.is_ours(line)
            || self.sheet.label_of(line).is_some_and(is_known)
                && self.sheet.lines[line].indent <= self.sheet.lines[self.head].indent
    }

    /// Where the last record ends: before the foot of the whole, which a rule parts from it.
    fn end(&self, lines: usize) -> usize {
        let last_label =
            (self.head..lines).rev().find(|&line| self.is_ours(line)).unwrap_or(self.head);
        let border = (self.range.start..self.head)
            .find(|&line| !self.sheet.is_blank(line))
            .map(|line| self.sheet.form(line));
        let none = BTreeSet::new();
        let (mut from, mut to) = (last_label + 1, lines);
        while from < to {
            let middle = from + (to - from) / 2;
            if self.sheet.has_text(middle..lines, &none) { from = middle + 1 } else { to = middle }
        }
        let ends = |line: &usize| border.as_ref().is_some_and(|b| self.sheet.form(*line) == *b);
        (from..lines).find(ends).unwrap_or(lines)
    }

    fn read(&self, labelled: &mut Labelled) {
        let sheet = self.sheet;
        let mut at = self.head;
        let (mut text, mut closing) = (None, None);
        while at < self.range.end {
            let Some(label) =
                sheet.label_of(at).filter(|_| self.begins_field(at) || self.is_tight(at))
            else {
                // A blank line, or one without a label, stands between those of the head.
                if self.head_goes_on(at) {
                    at += 1;
                    continue;
                }
                break;
            };
            if label.field == Some(Field::Text) {
                text = Some(label.place.end);
                at += 1;
                labelled.fields.push(field(label, label.place.end..label.place.end, sheet));
                closing = closing_tag(label.place.of(sheet.text));
                labelled.fields.extend(self.closed(
                    label.line,
                    label.place.end,
                    closing.as_deref(),
                ));
                break;
            }
            let end = self.value_end(label);
            labelled.fields.push(self.place(label, end));
            at = end;
            if sheet.is_blank(at.min(self.range.end - 1)) && !self.head_goes_on(at) {
                break;
            }
        }
        let body = at.min(self.range.end);
        let foot = self.foot(body);
        let mut at = body;
        while at < self.range.end {
            let is_field = |label: &&Label| match at >= foot {
                true if self.habits.foot.is_empty() => self.begins_field(at),
                true => self.is_ours(at),
                false => label.field == Some(Field::Text) && self.is_ours(at),
            };
            let Some(label) = sheet.label_of(at).filter(is_field) else {
                let start = sheet.lines[at].span.start;
                labelled.fields.extend(self.closed(at, start, closing.as_deref()));
                at += 1;
                continue;
            };
            if label.field == Some(Field::Text) {
                labelled.fields.push(field(label, label.place.end..label.place.end, sheet));
                closing = closing_tag(label.place.of(sheet.text));
                labelled.fields.extend(self.closed(at, label.place.end, closing.as_deref()));
                at += 1;
                continue;
            }
            let end = self.value_end(label);
            labelled.fields.push(self.place(label, end));
            at = end.max(at + 1);
        }
        let byte =
            |line: usize| sheet.lines.get(line).map_or(sheet.text.len(), |line| line.span.start);
        let start = text.unwrap_or_else(|| byte(body));
        labelled.records.push(Record {
            place: Span::new(byte(self.range.start), byte(self.range.end)),
            head: byte(self.head),
            text: Span::new(start, byte(foot).max(start)),
        });
    }

    /// The tag that closes the text at the end of a line, behind words of it from a byte on.
    fn closed(&self, line: usize, from: usize, closing: Option<&str>) -> Option<FieldPlace> {
        let end = self.sheet.lines[line].span.end;
        let start = end.checked_sub(closing?.len()).filter(|&start| start > from)?;
        let label = Span::new(start, end);
        let none = Span::new(end, end);
        (self.sheet.text.get(start..end) == closing).then_some(FieldPlace {
            field: None,
            label,
            value: none,
            tail: none,
        })
    }

    /// Whether a line is one of those right below a label of the head that begin with labels of their own.
    fn is_tight(&self, line: usize) -> bool {
        !self.habits.is_spaced && line > self.head && !self.sheet.is_blank(line - 1)
    }

    /// Whether the head goes on behind blank lines: a label of the set, with no text before it.
    fn head_goes_on(&self, line: usize) -> bool {
        let end = self.range.end.min(line + HEAD_GAP);
        let labels = &self.sheet.labels[self.sheet.labels_in(line..end)];
        let next = labels.iter().find(|label| {
            self.habits.names.contains(&*label.name) && !self.habits.foot.contains(&*label.name)
        });
        let Some(next) = next else { return false };
        let blank = (line..next.line).filter(|&line| self.sheet.is_blank(line)).count();
        let is_even = blank == 0 || blank == next.line - line;
        (self.habits.is_spaced || is_even)
            && !self.sheet.has_text(line..next.line, &BTreeSet::new())
    }

    /// The line behind the value of a label.
    fn value_end(&self, label: &Label) -> usize {
        let sheet = self.sheet;
        let mut at = label.line + 1;
        if label.is_bare {
            return at;
        }
        let most = self.range.end.min(at + VALUE_LINES);
        let is_empty = label.value.is_empty();
        if is_empty && self.habits.is_spaced {
            // The value stands in a paragraph of its own.
            let next = (at..most).find(|&line| !sheet.is_blank(line));
            let Some(next) = next.filter(|&next| !self.begins_field(next)) else { return at };
            let end = (next..most).find(|&line| sheet.is_blank(line)).unwrap_or(most);
            let words: u32 =
                (next..end).map(|line| BlockStats::of(sheet.content(line)).words).sum();
            if next > at && words >= VALUE_WORDS {
                return at;
            }
            at = next;
        }
        let may_wrap = !matches!(label.field, Some(Field::Date | Field::Url));
        let begins = at;
        while at < most && !sheet.is_blank(at) && !self.begins_field(at) {
            let is_indented = sheet.lines[at].indent > sheet.lines[label.line].indent;
            let stands_between = || {
                let end = (at..most).find(|&line| sheet.is_blank(line) || self.is_ours(line));
                end.is_some_and(|end| self.is_ours(end))
            };
            let goes_on = is_indented
                || is_empty && at == begins
                || self.habits.is_spaced
                || self.habits.ends_blank
                    && may_wrap
                    && !self.is_tight_label(at)
                    && !self.is_text(at)
                || stands_between();
            if !goes_on {
                break;
            }
            at += 1;
        }
        at
    }

    fn is_tight_label(&self, line: usize) -> bool {
        !self.habits.is_spaced && self.sheet.label_of(line).is_some()
    }

    /// Whether a line alone is running text.
    fn is_text(&self, line: usize) -> bool {
        self.sheet.has_text(line..line + 1, &BTreeSet::new())
    }

    fn place(&self, label: &Label, end: usize) -> FieldPlace {
        let sheet = self.sheet;
        let lines = label.line + 1..end;
        let mut value = label.value;
        let filled = |line: &usize| !sheet.is_blank(*line);
        if let Some(last) = lines.clone().rev().find(filled) {
            if value.is_empty() {
                let first = lines.clone().find(filled).unwrap_or(last);
                value.start = sheet.lines[first].span.start;
            }
            value.end = sheet.lines[last].span.end;
        }
        field(label, value.start..value.end, sheet)
    }

    /// The line at which the foot begins: a label that stands below the text in most records, or known ones at its very end.
    fn foot(&self, body: usize) -> usize {
        let sheet = self.sheet;
        let labels = &sheet.labels[sheet.labels_in(body..self.range.end)];
        let is_foot = |label: &&Label| {
            self.habits.foot.contains(&*label.name) && label.field != Some(Field::Text)
        };
        let mut foot = labels.iter().find(is_foot).map_or(self.range.end, |label| label.line);
        while let Some(line) = (body..foot).rev().find(|&line| !sheet.is_blank(line)) {
            let is_short = BlockStats::of(sheet.content(line)).words <= FOOT_WORDS;
            let is_known = sheet.label_of(line).is_some_and(|label| {
                let is_said = |field| !matches!(field, Field::Text | Field::Title | Field::Thing);
                label.field.is_some_and(is_said) && !label.is_bare
            });
            if !is_short || !is_known || line == body {
                break;
            }
            foot = line;
        }
        foot
    }
}

/// The tag that closes what a tag opens; None where a label is no tag.
fn closing_tag(label: &str) -> Option<String> {
    label.starts_with('<').then(|| label.replacen('<', "</", 1))
}

/// A field with what closes its line behind the value.
fn field(label: &Label, value: Range<usize>, sheet: &Sheet) -> FieldPlace {
    let value = Span::new(value.start, value.end);
    let end = match label.field {
        Some(Field::Text) => value.end,
        _ => sheet.lines[label.line].span.end.max(value.end),
    };
    FieldPlace {
        field: label.field,
        label: Span::new(
            label.place.start,
            value.start.min(label.value.start).max(label.place.end),
        ),
        value,
        tail: Span::new(value.end.min(end), end),
    }
}
