//! The lines of a text as one reads them for labels: which begin with one, which are running text, what each looks like.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::page::labelled::label::{Field, Label};
use crate::page::line::Line;
use crate::page::shape::BlockStats;
use crate::text::chars::{is_closer, is_stop};
use crate::text::fold;

/// Words of the shortest running text that ends as a sentence does.
const TEXT_WORDS: u32 = 11;

/// A text with its lines and their labels.
#[derive(Debug)]
pub(super) struct Sheet<'t> {
    pub(super) text: &'t str,
    pub(super) lines: &'t [Line],
    /// The labels, in the order of their lines.
    pub(super) labels: Vec<Label>,
}

impl<'t> Sheet<'t> {
    pub(super) fn of(text: &'t str, lines: &'t [Line]) -> Self {
        let label = |(at, line): (usize, &Line)| Label::of(text, at, line.span);
        Self { text, lines, labels: lines.iter().enumerate().filter_map(label).collect() }
    }

    /// What stands in a line, white space around it left out.
    pub(super) fn content(&self, line: usize) -> &'t str {
        self.lines[line].span.of(self.text)
    }

    pub(super) fn is_blank(&self, line: usize) -> bool {
        self.lines[line].is_blank()
    }

    /// The labels of these lines, as a range of [`Self::labels`].
    pub(super) fn labels_in(&self, lines: Range<usize>) -> Range<usize> {
        let first_from = |line: usize| self.labels.partition_point(|label| label.line < line);
        first_from(lines.start)..first_from(lines.end).max(first_from(lines.start))
    }

    /// The label of a line.
    pub(super) fn label_of(&self, line: usize) -> Option<&Label> {
        self.labels.get(self.labels_in(line..line + 1).start).filter(|label| label.line == line)
    }

    /// How often each label stands in the text.
    pub(super) fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for label in &self.labels {
            *counts.entry(&*label.name).or_default() += 1;
        }
        counts
    }

    /// Words of running text in these lines, where those that begin with labels of `names` are none. Text that a label opens in its own line
    /// counts.
    pub(super) fn words_of_text(&self, lines: Range<usize>, names: &BTreeSet<&str>) -> u32 {
        let (mut words, mut run, mut stopped, mut is_value) = (0, 0, 0, false);
        let of_text = |stopped: u32| if stopped >= TEXT_WORDS { stopped } else { 0 };
        for line in lines {
            let label = self.label_of(line).filter(|label| names.contains(&*label.name));
            if self.is_blank(line) || label.is_some() {
                words += of_text(stopped);
                (run, stopped, is_value) = (0, 0, false);
            }
            let content = match label {
                Some(label) if label.field != Some(Field::Text) => {
                    is_value = true;
                    continue;
                }
                Some(label) => label.value.of(self.text),
                None => self.content(line),
            };
            if is_value || content.is_empty() {
                continue;
            }
            run += BlockStats::of(content).words;
            if without_closing_tag(content).trim_end_matches(is_closer).ends_with(is_stop) {
                stopped = run;
            }
        }
        words + of_text(stopped)
    }

    /// Words of these lines but for those that begin with labels of `names`; text that a label opens in its own line counts.
    pub(super) fn words_beside(&self, lines: Range<usize>, names: &BTreeSet<&str>) -> u32 {
        let beside = lines.map(|line| {
            match self.label_of(line).filter(|label| names.contains(&*label.name)) {
                Some(label) if label.field == Some(Field::Text) => label.value.of(self.text),
                Some(_) => "",
                None => self.content(line),
            }
        });
        beside.map(|content| BlockStats::of(content).words).sum()
    }

    /// Whether these lines hold running text.
    pub(super) fn has_text(&self, lines: Range<usize>, names: &BTreeSet<&str>) -> bool {
        self.words_of_text(lines, names) > 0
    }

    /// What a line looks like: its folded text with digits as one sign, and signs that repeat as one.
    pub(super) fn form(&self, line: usize) -> String {
        let mut form = String::new();
        for c in fold(self.content(line)).chars() {
            let c = if c.is_numeric() { '0' } else { c };
            if c.is_alphabetic() || !form.ends_with(c) {
                form.push(c);
            }
        }
        form
    }

    /// Whether a line holds signs alone, as rules between articles do.
    pub(super) fn is_rule(&self, line: usize) -> bool {
        let content = self.content(line);
        content.len() >= 3 && !content.contains(char::is_alphanumeric)
    }
}

/// A line without the tag that closes a text at its end.
fn without_closing_tag(line: &str) -> &str {
    match line.rsplit_once("</") {
        Some((text, tag)) if tag.find('>') == Some(tag.len() - 1) => text.trim_end(),
        _ => line,
    }
}
