//! Which labels come back in each record of a text, and where each record begins.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::labelled::described::text_label;
use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::record::{Labelled, read};
use crate::page::labelled::sheet::Sheet;
use crate::page::line::Line;
use crate::page::shape::BlockStats;
use crate::span::Span;

/// Lines above a head that may belong to it, at most.
const ABOVE: usize = 14;
/// Words of running text above the first record, at most: a text with more only quotes records.
const WORDS_ABOVE: u32 = 60;
/// Words above the head of a record from which on they are text, and no headline.
const HEADLINE_WORDS: u32 = 25;
/// Words beside the labels of a record that holds a text.
const RECORD_WORDS: u32 = 15;
/// Words in records that are neither label, value nor text, where they are more than those of the texts: no more than this.
const REST_WORDS: u32 = 50;
/// Lines of the head of a single record that no label begins, at most.
const UNLABELLED: usize = 8;

/// The records of a text.
#[must_use]
pub(crate) fn records(text: &str, lines: &[Line]) -> Labelled {
    let mut sheet = Sheet::of(text, lines);
    let is_known = |label: &&Label| label.field.is_some();
    if sheet.labels.iter().filter(is_known).count() < 2 {
        return Labelled::default();
    }
    // What stands in the records is label, value or text, or the labels were taken for what they are not.
    let holds_text = |found: &Labelled| {
        let words = |span: Span| BlockStats::of(span.of(text)).words;
        let in_texts: u32 = found.records.iter().map(|record| words(record.text)).sum();
        let in_all: u32 = found.records.iter().map(|record| words(record.place)).sum();
        let in_fields = found.fields.iter().map(|field| words(field.label) + words(field.value));
        let rest = in_all.saturating_sub(in_texts + in_fields.sum::<u32>());
        rest <= REST_WORDS || rest <= in_texts
    };
    let all = |sheet: &Sheet| {
        repeated(sheet).filter(holds_text).or_else(|| single(sheet).filter(holds_text))
    };
    let found = all(&sheet).unwrap_or_default();
    let Some(name) = text_label(&sheet, &found) else { return found };
    let named = sheet.labels.iter_mut().filter(|label| label.name == name);
    named.for_each(|label| label.field = Some(Field::Text));
    all(&sheet).unwrap_or(found)
}

/// A set of labels of which every record has most.
#[derive(Debug)]
struct Set<'s> {
    names: BTreeSet<&'s str>,
    /// The labels by which records are counted, one in each, as places in the labels of the sheet.
    anchors: Vec<usize>,
    /// The line of a label of the same name behind the last record, where that stands there alone, as in the foot of a digest.
    end: usize,
}

/// The records of a text in which one set of labels comes back.
fn repeated(sheet: &Sheet) -> Option<Labelled> {
    let counts = sheet.counts();
    let rank = |field: Field| match field {
        Field::Title => Some(2),
        Field::Subject => Some(1),
        Field::Author | Field::Source | Field::Date | Field::About => Some(0),
        Field::Url | Field::Text | Field::Thing => None,
    };
    let mut anchors: Vec<(u8, usize, &str)> = Vec::new();
    for label in &sheet.labels {
        let count = counts[&*label.name];
        let known = label.field.and_then(rank).filter(|_| count >= 2);
        if let Some(rank) = known
            && !anchors.iter().any(|(_, _, name)| *name == label.name)
        {
            anchors.push((rank, count, &label.name));
        }
    }
    anchors.sort_by_key(|&(rank, count, _)| std::cmp::Reverse((rank, count)));
    let set = anchors.into_iter().find_map(|(_, _, name)| Set::around(sheet, name))?;
    let starts = set.starts(sheet);
    let first = starts.first()?.line;
    let in_all = sheet.words_beside(first..set.end, &set.names);
    let above = sheet.words_of_text(0..first, &set.names);
    let has_text = |(start, end): &(Start, usize)| {
        sheet.words_beside(start.head..*end, &set.names) >= RECORD_WORDS
    };
    let with_text = ends(&starts, set.end).filter(has_text).count();
    // Labels that name no headline tell of records only where the text begins with one: catalogues have such labels amid a page.
    let anchor = sheet.labels[set.anchors[0]].field;
    let is_titled = matches!(anchor, Some(Field::Title | Field::Subject));
    let lines_above = (0..starts[0].head).filter(|&line| !sheet.is_blank(line)).count();
    if !is_titled && lines_above > ABOVE {
        return None;
    }
    (above <= WORDS_ABOVE && above < in_all && with_text * 2 > starts.len())
        .then(|| read(sheet, &set.names, &bounds(&starts, set.end)))
}

/// Where a record begins.
#[derive(Debug, Clone, Copy)]
struct Start {
    /// Its first line.
    line: usize,
    /// The line of its first label.
    head: usize,
}

fn ends(starts: &[Start], end: usize) -> impl Iterator<Item = (Start, usize)> {
    let next = starts.iter().skip(1).map(|start| start.line).chain([end]);
    starts.iter().copied().zip(next)
}

/// The lines of each record, and the line of its first label.
fn bounds(starts: &[Start], end: usize) -> Vec<(Range<usize>, usize)> {
    ends(starts, end).map(|(start, end)| (start.line..end, start.head)).collect()
}

impl<'s> Set<'s> {
    /// The labels that come back with the label `anchor`; none where they tell of no articles.
    fn around(sheet: &'s Sheet, anchor: &str) -> Option<Self> {
        let mut anchors: Vec<usize> =
            (0..sheet.labels.len()).filter(|&at| sheet.labels[at].name == anchor).collect();
        let mut names = common(sheet, &anchors);
        let mut end = sheet.lines.len();
        // A label of the same name in a text, or behind all records, has no other beside it.
        let last = *anchors.last()?;
        anchors.retain(|&at| is_accompanied(sheet, at, &names));
        if anchors.last().is_some_and(|&at| at != last) {
            end = sheet.labels[last].line;
        }
        if anchors.len() < 2 {
            return None;
        }
        names.append(&mut common(sheet, &anchors));
        let field = sheet.labels[anchors[0]].field?;
        let has = |wanted: &[Field]| {
            let known = |label: &&Label| {
                names.contains(&*label.name)
                    && label.name != anchor
                    && label.field.is_some_and(|field| wanted.contains(&field))
            };
            let found: BTreeSet<&str> =
                sheet.labels.iter().filter(known).map(|label| &*label.name).collect();
            found.len()
        };
        use Field::{About, Author, Date, Source, Subject, Text, Thing, Title, Url};
        let tells = match field {
            Title => has(&[Author, Date, Subject, Text, Url]) > 0 || has(&[About, Source]) > 1,
            Subject => has(&[Author, Date]) > 0,
            About if sheet.labels[anchors[0]].is_bare => has(&[About]) > 0,
            _ => {
                has(&[Author, Source, Date, Text]) > 0 && has(&[About, Author, Date, Source]) > 1
                    || has(&[About]) > 2
            }
        };
        (tells && has(&[Thing]) == 0).then_some(Self { names, anchors, end })
    }

    /// Where each record begins.
    fn starts(&self, sheet: &Sheet) -> Vec<Start> {
        let first = self.first_linked(sheet);
        // The labels above the anchor, as the first record has them; all others stand below it.
        let above: BTreeSet<&str> =
            sheet.labels[first..self.anchors[0]].iter().map(|label| &*label.name).collect();
        let last = self.anchors[self.anchors.len() - 1];
        let below: BTreeSet<&str> = sheet.labels[last..]
            .iter()
            .map(|label| &*label.name)
            .filter(|name| !above.contains(name))
            .collect();
        let mut heads = vec![sheet.labels[first].line];
        let text_is_above = sheet
            .has_text(sheet.labels[first].line..sheet.labels[self.anchors[0]].line, &self.names);
        for pair in self.anchors.windows(2) {
            let (before, anchor) = (pair[0], pair[1]);
            let (mut at, mut head) = (anchor, anchor);
            let mut seen = BTreeSet::new();
            while at > before + 1 {
                let label = &sheet.labels[at - 1];
                let gap = label.line..sheet.labels[at].line;
                let is_apart = sheet.has_text(gap, &self.names)
                    && self.names.contains(&*label.name)
                    && label.field != Some(Field::Text);
                // No label stands twice in a head.
                if self.names.contains(&*label.name) && !seen.insert(&*label.name) {
                    break;
                }
                let is_ours = above.contains(&*label.name);
                let goes_on = if text_is_above { is_ours } else { !is_apart };
                // A label that the first record has not, stands right above the others.
                let is_linked = || sheet.labels[head].line == label.line + 1;
                let is_known = self.names.contains(&*label.name);
                if below.contains(&*label.name) || is_known && !(is_ours && goes_on || is_linked())
                {
                    break;
                }
                at -= 1;
                let is_near =
                    || self.is_near(sheet, at, head) && !self.has_text_between(sheet, at, head);
                if is_ours || is_linked() && is_near() {
                    head = at;
                }
            }
            heads.push(sheet.labels[head].line);
        }
        self.with_lines_above(sheet, &heads)
    }

    fn has_text_between(&self, sheet: &Sheet, from: usize, to: usize) -> bool {
        sheet.has_text(sheet.labels[from].line..sheet.labels[to].line, &self.names)
    }

    /// Whether no more lines part two labels than a head has.
    fn is_near(&self, sheet: &Sheet, from: usize, to: usize) -> bool {
        sheet.labels[to].line - sheet.labels[from].line <= ABOVE
    }

    /// The first of the labels above the first anchor that belong to the first record: they are of the set, or stand with such.
    fn first_linked(&self, sheet: &Sheet) -> usize {
        let anchor = self.anchors[0];
        let mut is_after_named = false;
        let is_linked = |&at: &usize| {
            let label = &sheet.labels[at];
            let is_named = self.names.contains(&*label.name);
            is_after_named |= is_named;
            is_named || is_after_named && sheet.labels[at + 1].line == label.line + 1
        };
        (0..anchor).rev().take_while(is_linked).last().unwrap_or(anchor)
    }

    /// The labels of the set that stand below the text of the last record.
    fn foot(&self, sheet: &'s Sheet) -> BTreeSet<&'s str> {
        let last = &sheet.labels[self.anchors[self.anchors.len() - 1]..];
        let from = last[0].line + 1;
        let is_above = |label: &Label| {
            sheet.words_beside(from..label.line.max(from), &self.names) < RECORD_WORDS
        };
        last[last.partition_point(is_above)..].iter().map(|label| &*label.name).collect()
    }

    /// The records with the lines that stand above the first label of each: a line that comes back above all of them, and what is between.
    fn with_lines_above(&self, sheet: &Sheet, heads: &[usize]) -> Vec<Start> {
        let stretch = |number: usize| {
            let from = if number == 0 { 0 } else { heads[number - 1] + 1 };
            from.max(heads[number].saturating_sub(ABOVE))..heads[number]
        };
        let forms = |number: usize| {
            let filled = |line: &usize| {
                !sheet.is_blank(*line)
                    && sheet.label_of(*line).is_none_or(|label| !self.names.contains(&*label.name))
            };
            stretch(number).rev().filter(filled).map(|line| (line, sheet.form(line)))
        };
        let of_each: Vec<Vec<(usize, String)>> =
            (0..heads.len()).map(|number| forms(number).collect()).collect();
        let returns = |form: &str| {
            let with = of_each.iter().filter(|forms| forms.iter().any(|(_, other)| other == form));
            with.count() * 3 > heads.len() * 2
        };
        // The line that comes back, the highest of the first record that has it.
        let border = of_each.iter().take(2).find_map(|forms| {
            forms.iter().rev().map(|(_, form)| form).find(|form| returns(form)).cloned()
        });
        let foot = self.foot(sheet);
        let start = |(&head, forms): (&usize, &Vec<(usize, String)>)| {
            let bordered = border.as_ref().and_then(|border| {
                forms.iter().find(|(_, form)| form == border).map(|&(line, _)| line)
            });
            let rule =
                || forms.iter().find(|&&(line, _)| sheet.is_rule(line)).map(|&(line, _)| line);
            let holds_no_text =
                |line: &usize| sheet.words_of_text(*line..head, &self.names) < HEADLINE_WORDS;
            // Without such a line, all that stands below the foot of the record above.
            let below_foot = || {
                let mut above = sheet.labels[sheet.labels_in(0..head)].iter().rev();
                let last = above.find(|label| self.names.contains(&*label.name));
                if last.is_some_and(|label| !foot.contains(&*label.name)) {
                    return None;
                }
                let from = last.map_or(0, |label| label.line + 1).max(head.saturating_sub(ABOVE));
                (from..head).find(|&line| !sheet.is_blank(line)).filter(holds_no_text)
            };
            let line = bordered.or_else(rule).filter(holds_no_text).or_else(below_foot);
            let line = line.unwrap_or(head);
            // A label that few records have may stand above the others.
            let labels = &sheet.labels[sheet.labels_in(line..head)];
            let first = labels.iter().find(|label| label.field.is_some() && !label.is_bare);
            Start { line, head: first.map_or(head, |label| label.line) }
        };
        let mut starts: Vec<Start> = heads.iter().zip(&of_each).map(start).collect();
        // What stands above the first record alone belongs to the whole.
        if let [first, second, ..] = &mut starts[..]
            && second.line == second.head
        {
            first.line = first.head;
        }
        starts
    }
}

/// The labels that stand in half of the stretches from anchor to anchor; what stands above the first belongs to what stands below the last.
fn common<'s>(sheet: &'s Sheet, anchors: &[usize]) -> BTreeSet<&'s str> {
    let mut seen: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (at, label) in sheet.labels.iter().enumerate() {
        seen.insert((
            &label.name,
            anchors.partition_point(|&anchor| anchor <= at) % anchors.len().max(1),
        ));
    }
    let least = anchors.len().div_ceil(2).max(2);
    let names: BTreeSet<&str> = seen.iter().map(|(name, _)| *name).collect();
    names
        .into_iter()
        .filter(|name| seen.range((*name, 0)..=(*name, usize::MAX)).count() >= least)
        .collect()
}

/// Whether another label of the set stands next to this one, with no text between.
fn is_accompanied(sheet: &Sheet, at: usize, names: &BTreeSet<&str>) -> bool {
    let label = &sheet.labels[at];
    let is_other = |other: &&usize| {
        let other = &sheet.labels[**other];
        names.contains(&*other.name) && other.name != label.name
    };
    let near = |other: usize| {
        let lines = [label.line, sheet.labels[other].line];
        lines[0].abs_diff(lines[1]) <= ABOVE
            && !sheet.has_text(lines[0].min(lines[1])..lines[0].max(lines[1]), names)
    };
    let around: Vec<usize> = (at.saturating_sub(4)..sheet.labels.len().min(at + 5)).collect();
    around.iter().filter(is_other).any(|&other| near(other))
}

/// The only record of a text that begins with several labels in a row.
fn single(sheet: &Sheet) -> Option<Labelled> {
    let filled = |line: &usize| !sheet.is_blank(*line) && !sheet.is_rule(*line);
    let first = (0..sheet.lines.len()).find(filled)?;
    let first_label = sheet.labels.first()?.line;
    let above = first..first_label;
    if above.clone().filter(filled).count() > UNLABELLED || sheet.has_text(above, &BTreeSet::new())
    {
        return None;
    }
    let mut names = BTreeSet::new();
    let mut last = first_label;
    for label in &sheet.labels {
        if sheet.has_text(last..label.line, &names)
            || label.line - last > 4
            || label.field.is_none() && label.line - last > 1
        {
            break;
        }
        names.insert(&*label.name);
        last = label.line;
        if label.field == Some(Field::Text) {
            break;
        }
    }
    let head = sheet.labels_in(first_label..last + 1);
    let count = |wanted: &[Field]| {
        let known = |label: &&Label| label.field.is_some_and(|field| wanted.contains(&field));
        sheet.labels[head.clone()].iter().filter(known).count()
    };
    use Field::{About, Author, Date, Source, Subject, Text, Thing, Title, Url};
    let others = count(&[Author, Source, Date, Url, Text]);
    let tells = count(&[Title]) == 1 && others + count(&[About]).min(2) / 2 > 0
        || count(&[Subject]) == 1 && count(&[Author, Date]) > 0;
    let is_at_top = first_label == first || head.len() >= 3 && others >= 2;
    if !tells
        || !is_at_top
        || count(&[Thing]) > 0
        || !sheet.has_text(last..sheet.lines.len(), &names)
    {
        return None;
    }
    Some(read(sheet, &names, &[(0..sheet.lines.len(), first_label)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The keeper of the lock has asked the council for a second boat, since the first one leaks.";

    /// The first line of each record.
    fn firsts(text: &str) -> Vec<&str> {
        let labelled = records(text, &Line::all(text));
        let first = |place: usize| text[place..].lines().next().unwrap_or_default();
        labelled.records.iter().map(|record| first(record.place.start)).collect()
    }

    #[test]
    fn a_record_begins_at_the_first_of_its_labels() {
        let text =
            format!("Date: 12 May\nTitle: Lock\n\n{TEXT}\n\nDate: 13 May\nTitle: Mill\n\n{TEXT}\n");
        assert_eq!(firsts(&text), ["Date: 12 May", "Date: 13 May"]);
    }

    #[test]
    fn a_line_that_comes_back_above_the_labels_begins_it() {
        let record = |number: usize| {
            format!("Story {number} of 2\n\nQuay Post\n\nTitle: Lock\n\nDate: 12 May\n\n{TEXT}\n\n")
        };
        assert_eq!(firsts(&(record(1) + &record(2))), ["Story 1 of 2", "Story 2 of 2"]);
    }

    #[test]
    fn a_label_below_the_text_belongs_to_the_record_above() {
        let record = format!("Title: Lock\nDate: 12 May\n\n{TEXT}\n\nSource: Quay Post\n\n");
        assert_eq!(firsts(&record.repeat(3)), ["Title: Lock"; 3]);
    }

    #[test]
    fn a_label_that_one_record_has_belongs_to_it() {
        let text = format!(
            "Title: Lock\nDate: 12 May\n\n{TEXT}\n\nAuthor: Mara Quill\nTitle: Mill\nDate: 13 May\n\n{TEXT}\n"
        );
        assert_eq!(firsts(&text), ["Title: Lock", "Author: Mara Quill"]);
    }

    #[test]
    fn a_label_of_the_same_name_in_a_text_begins_none() {
        let text = format!(
            "Title: Lock\nDate: 12 May\n\n{TEXT}\n\nTitle: so the keeper is called.\n\n{TEXT}\n\nTitle: Mill\nDate: 13 May\n\n{TEXT}\n"
        );
        assert_eq!(firsts(&text), ["Title: Lock", "Title: Mill"]);
    }

    #[test]
    fn labels_without_a_headline_make_records_only_at_the_top_of_a_text() {
        let record =
            format!("The lock\nBy: Mara Quill\n\n{TEXT}\n\nLanguage: en\nLicense: free\n\n");
        let catalogue = record.repeat(3);
        assert_eq!(firsts(&catalogue).len(), 3);
        assert!(firsts(&("Menu\n".repeat(20) + &catalogue)).is_empty());
    }

    #[test]
    fn labels_without_texts_make_no_records() {
        assert!(firsts(&"Title: Lock\nAuthor: Mara Quill\nDate: 2031\n\n".repeat(5)).is_empty());
        assert!(firsts("").is_empty());
    }
}
