//! Records without a label for their texts, which stand behind one that elsewhere tells about an article: `Description:`.

use std::collections::BTreeMap;

use crate::page::labelled::label::Field;
use crate::page::labelled::record::{Labelled, Record};
use crate::page::labelled::sheet::Sheet;
use crate::page::shape::BlockStats;
use crate::span::Span;

/// Words of the shortest text.
const WORDS: u32 = 11;

/// The label behind which the texts of most records stand that have none else; none where half or less lack a text, or a label names it. Where no records
/// were found for want of texts, it is a label that comes back with a text behind it.
pub(super) fn text_label(sheet: &Sheet, found: &Labelled) -> Option<String> {
    let words = |span: Span| BlockStats::of(span.of(sheet.text)).words;
    let mut is_named = sheet.labels.iter().map(|label| label.field);
    if is_named.any(|field| field == Some(Field::Text)) {
        return None;
    }
    let bare: Vec<&Record> =
        found.records.iter().filter(|record| words(record.text) < WORDS).collect();
    let mut behind: BTreeMap<&str, usize> = BTreeMap::new();
    let mut told = sheet.labels.iter().filter(|label| label.field == Some(Field::About));
    if found.records.is_empty() {
        told.filter(|label| words(label.value) >= WORDS)
            .for_each(|label| *behind.entry(&label.name).or_default() += 1);
    } else if bare.len() * 2 > found.records.len() {
        for record in &bare {
            let fields = found.fields_in(record.place).iter();
            let about = fields.filter(|field| field.field == Some(Field::About));
            let longest = about.max_by_key(|field| words(field.value));
            let Some(field) = longest.filter(|field| words(field.value) >= WORDS) else { continue };
            let label = told.find(|label| label.place.start >= field.label.start);
            label.into_iter().for_each(|label| *behind.entry(&label.name).or_default() += 1);
        }
    }
    let (name, count) = behind.into_iter().max_by_key(|&(_, count)| count)?;
    (count >= 2 && count * 2 > bare.len()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::page::Page;

    const TEXTS: [&str; 3] = [
        "The keeper of the lock has asked the council for a second boat, since the first one leaks.",
        "Nobody at the mill could say on Friday who had opened the sluice, or why it stood open.",
        "A school at the far end of the sound has taught its pupils to mend their nets again.",
    ];

    fn texts(page: &str) -> Vec<String> {
        let page = Page::new(page);
        page.labelled
            .records
            .iter()
            .map(|record| record.text.of(page.text).trim().to_owned())
            .collect()
    }

    #[test]
    fn a_description_is_the_text_of_records_that_have_no_other() {
        let record = |(at, text): (usize, &&str)| {
            format!(
                "Title: Story of day {at}\nLink: https://quay.example/{at}\nPublished: 3 May 203{at}\nDescription: {text}\n"
            )
        };
        let page = TEXTS.iter().enumerate().map(record).collect::<Vec<_>>().join("\n");
        assert_eq!(texts(&page), TEXTS);
    }

    #[test]
    fn a_description_above_the_text_is_none_of_it() {
        let record = |(at, text): (usize, &&str)| {
            format!(
                "Title: Story of day {at}\nPublished: 3 May 203{at}\nDescription: What the keeper, the miller and the school said on this day of the week.\n\n{text}\n"
            )
        };
        let page = TEXTS.iter().enumerate().map(record).collect::<Vec<_>>().join("\n");
        assert_eq!(texts(&page), TEXTS);
    }
}
