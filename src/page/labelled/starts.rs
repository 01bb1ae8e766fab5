//! Where each record of a text begins: at the first of its labels, or at lines above them that come back.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::set::{ABOVE, Set};
use crate::page::labelled::sheet::Sheet;

/// Words above the head of a record from which on they are text, and no headline.
const HEADLINE_WORDS: u32 = 25;
/// Words beside the labels of a record that holds a text.
pub(super) const RECORD_WORDS: u32 = 15;

/// Where a record begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// Its first line.
    pub(super) line: usize,
    /// The line of its first label.
    pub(super) head: usize,
}

/// The records with the line behind the last of each.
pub(super) fn ends(starts: &[Start], end: usize) -> impl Iterator<Item = (Start, usize)> {
    let next = starts.iter().skip(1).map(|start| start.line).chain([end]);
    starts.iter().copied().zip(next)
}

/// The lines of each record, and the line of its first label.
pub(super) fn bounds(starts: &[Start], end: usize) -> Vec<(Range<usize>, usize)> {
    ends(starts, end).map(|(start, end)| (start.line..end, start.head)).collect()
}

impl<'s> Set<'s> {
    /// Where each record begins.
    pub(super) fn starts(&self, sheet: &Sheet) -> Vec<Start> {
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
