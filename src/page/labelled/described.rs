//! Records without a label for their texts, which stand behind one that elsewhere tells about an article: `Description:`.

use std::collections::BTreeMap;

use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::record::{Labelled, Record};
use crate::page::labelled::sheet::Sheet;
use crate::page::shape::BlockStats;
use crate::span::Span;

/// Words of the shortest text.
const WORDS: u32 = 11;

/// The labels behind which the texts of records stand that have none else, as places in [`Sheet::labels`]; none where a label names a text. Where no
/// records were found for want of texts, they are those of a label that comes back with a text behind it.
pub(super) fn text_labels(sheet: &Sheet, found: &Labelled) -> Vec<usize> {
    let words = |span: Span| BlockStats::of(span.of(sheet.text)).words;
    if sheet.labels.iter().any(|label| label.field == Some(Field::Text)) {
        return Vec::new();
    }
    let all = sheet.labels.iter().enumerate();
    let mut about = all.filter(|(_, label)| label.field == Some(Field::About));
    if found.records.is_empty() {
        let told: Vec<(usize, &Label)> = about.collect();
        let mut behind: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, label) in told.iter().filter(|(_, label)| words(label.value) >= WORDS) {
            *behind.entry(&label.name).or_default() += 1;
        }
        let most = behind.into_iter().max_by_key(|&(_, count)| count);
        let Some((name, _)) = most.filter(|&(_, count)| count >= 2) else { return Vec::new() };
        return told.iter().filter(|(_, own)| own.name == name).map(|&(at, _)| at).collect();
    }
    let [others @ .., last] = &found.records[..] else { return Vec::new() };
    let bare = |record: &&Record| words(record.text) < WORDS;
    let count = others.iter().filter(bare).count();
    // Below the last record stands the foot of the whole.
    let is_last_bare = bare(&last) && !others.is_empty() || count * 2 > others.len();
    let text_of = |record: &Record| {
        let fields = found.fields_in(record.place).iter();
        let told = fields.filter(|field| field.field == Some(Field::About));
        let longest = told.max_by_key(|field| words(field.value))?;
        let label = about.find(|(_, label)| label.place.start >= longest.label.start)?;
        (words(longest.value) >= WORDS).then_some(label.0)
    };
    let bare = others.iter().filter(bare).chain(is_last_bare.then_some(last));
    bare.filter_map(text_of).collect()
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
    fn a_description_is_the_text_of_the_one_record_that_has_no_other() {
        let record = |(at, text): (usize, &&str)| {
            let told = if at == 1 { String::new() } else { format!("\n{text}\n") };
            format!(
                "Title: Story of day {at}\nPublished: 3 May 203{at}\nDescription: What the keeper, the miller and the school said on day {at} of this week.\n{told}"
            )
        };
        let page = TEXTS.iter().enumerate().map(record).collect::<Vec<_>>().join("\n");
        let said = "What the keeper, the miller and the school said on day 1 of this week.";
        assert_eq!(texts(&page), [TEXTS[0], said, TEXTS[2]]);
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
