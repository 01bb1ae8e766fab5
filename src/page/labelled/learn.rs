//! Which labels come back in each record of a text, and where each record begins.

use crate::page::labelled::described::text_labels;
use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::record::{Labelled, read};
use crate::page::labelled::set::{ABOVE, Set};
use crate::page::labelled::sheet::Sheet;
use crate::page::labelled::single::single;
use crate::page::labelled::starts::{RECORD_WORDS, Start, bounds, ends};
use crate::page::line::Line;
use crate::page::shape::BlockStats;
use crate::span::Span;

/// Words of running text above the first record, at most: a text with more only quotes records.
const WORDS_ABOVE: u32 = 60;
/// Words in records that are neither label, value nor text, where they are more than those of the texts: no more than this.
const REST_WORDS: u32 = 50;

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
    let opening = text_labels(&sheet, &found);
    if opening.is_empty() {
        return found;
    }
    opening.into_iter().for_each(|at| sheet.labels[at].field = Some(Field::Text));
    all(&sheet).unwrap_or(found)
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
