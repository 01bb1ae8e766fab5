//! Records of labelled lines: each is an article, and its labels name the headline, the authors, the publisher and the day.

use std::ops::Range;

use crate::article::{Article, Meta};
use crate::bylines;
use crate::clean::mark::{AROUND_RECORDS, LABELLED, Marks, REPEATED_HEADLINE};
use crate::clean::segment::Segment;
use crate::clean::stated::{Stated, Word, merge};
use crate::dates;
use crate::html::{AuthorThresholds, names_shown};
use crate::page::{Block, Field, FieldPlace, Page, Record};
use crate::span::Span;
use crate::text::alike::same_text;

/// Words of the longest line above the labels of a record that names its day or its publisher.
const LINE_WORDS: u32 = 10;

/// Words of the shortest headline between labels: fewer name a publisher or a place.
const HEADLINE_WORDS: u32 = 4;

/// Records by which the habits of all are told.
const LISTED: usize = 64;

/// The records of a page as articles, with the stretches around them; none where the page has no records, or one mail whose text may part.
pub(crate) fn record_segments(page: &Page) -> Option<Vec<Segment>> {
    let records = &page.labelled.records;
    if records.is_empty() || is_mail_alone(page) {
        return None;
    }
    let mut segments = Vec::with_capacity(records.len() + 2);
    let mut at = 0;
    let around = |blocks| Segment { blocks, is_named: true, is_around: true, ..Segment::default() };
    for record in records {
        let blocks = block_at(page, record.place.start)..block_at(page, record.place.end);
        if at < blocks.start {
            segments.push(around(at..blocks.start));
        }
        at = blocks.end;
        let title = title_of(page, record);
        segments.push(Segment {
            blocks,
            title,
            is_named: title.is_some(),
            is_item: true,
            ..Segment::default()
        });
    }
    if at < page.blocks.len() {
        segments.push(around(at..page.blocks.len()));
    }
    Some(segments)
}

/// The headline that the only record of a page names.
pub(crate) fn only_title(page: &Page) -> Option<usize> {
    let [record] = &page.labelled.records[..] else { return None };
    title_of(page, record)
}

/// Whether the page is one mail, whose text may hold many articles.
fn is_mail_alone(page: &Page) -> bool {
    let [record] = &page.labelled.records[..] else { return false };
    field_of(page, record, Field::Title).is_none()
}

/// Marks labels and values, what stands above and below the text of each record, and what stands around the records.
pub(crate) fn mark_records(page: &Page, marks: &mut Marks) {
    let labelled = &page.labelled;
    let mut at = 0;
    for record in &labelled.records {
        let blocks = block_at(page, record.place.start)..block_at(page, record.place.end);
        (at..blocks.start).for_each(|index| marks.set(index, &AROUND_RECORDS));
        let title = title_of(page, record);
        let mut fields = labelled.fields_in(record.place).iter().peekable();
        for index in blocks.clone() {
            let span = page.blocks[index].span;
            while fields.next_if(|field| field.tail.end <= span.start).is_some() {}
            let is_field = fields.peek().is_some_and(|field| field.label.start <= span.start);
            let is_text = (record.text.start..record.text.end).contains(&span.start);
            if Some(index) == title || is_text && !is_field {
                continue;
            }
            let repeats = title.is_some_and(|t| same_text(page.folded(index), page.folded(t)));
            marks.set(index, if repeats { &REPEATED_HEADLINE } else { &LABELLED });
        }
        at = blocks.end;
    }
    if !labelled.records.is_empty() {
        (at..page.blocks.len()).for_each(|index| marks.set(index, &AROUND_RECORDS));
    }
}

/// Whether a record is a mail: it has a subject, which is no headline.
pub(crate) fn is_mail(page: &Page, record: &Record) -> bool {
    subject_of(page, record).is_some() && field_of(page, record, Field::Title).is_none()
}

/// The record that an article was made of.
pub(crate) fn record_of<'p>(page: &'p Page, segment: &Segment) -> Option<&'p Record> {
    let records = &page.labelled.records;
    let start = page.blocks.get(segment.blocks.start)?.span.start;
    let next = records.partition_point(|record| record.place.start <= start);
    let record = &records[next.checked_sub(1)?];
    (block_at(page, record.place.start) == segment.blocks.start).then_some(record)
}

/// Adds to an article what the labels of its record say.
pub(crate) fn complete(page: &Page, segment: &Segment, article: &mut Article) {
    let Some(record) = record_of(page, segment) else { return };
    drop_list_name(page, article);
    let value =
        |field| field_of(page, record, field).map(|place| squeeze(place.value.of(page.text)));
    let title = title_of(page, record);
    let [above, amid] = unlabelled(page, record, title);
    let published = value(Field::Date).as_deref().and_then(dates::stated);
    let stated = Stated {
        title: None,
        url: value(Field::Url).filter(|url| url.contains("://") && !url.contains(' ')),
        meta: Meta {
            published: published
                .or_else(|| above.iter().chain(&amid).find_map(|&i| day_in(page, i))),
            source: value(Field::Source).as_deref().and_then(source_in).or_else(|| {
                let is_name = |&&i: &&usize| page.blocks[i].shape.digits == 0;
                let lines = if amid.is_empty() { &above } else { &amid };
                lines.iter().find(is_name).map(|&i| bylines::source_in(page.text_of(i)))
            }),
            authors: match value(Field::Author) {
                Some(value) => authors_in(&value),
                None => above.last().filter(|_| !amid.is_empty()).map_or_else(Vec::new, |&line| {
                    bylines::name_alone(page.text_of(line)).unwrap_or_default()
                }),
            },
            language: None,
        },
    };
    merge(article, stated, Word::Stated);
    if value(Field::Author).is_none() && labels_authors(page) {
        article.meta.authors.clear();
    }
}

/// Whether most records have a label for their authors, so that one without a name there has no other.
fn labels_authors(page: &Page) -> bool {
    let records = &page.labelled.records;
    let records = &records[..records.len().min(LISTED)];
    let is_labelled = |record: &&Record| {
        let mut fields = page.labelled.fields_in(record.place).iter();
        fields.any(|place| place.field == Some(Field::Author))
    };
    records.iter().filter(is_labelled).count() * 2 >= records.len()
}

/// The first field of this sort in a record that has a value.
fn field_of<'p>(page: &'p Page, record: &Record, field: Field) -> Option<&'p FieldPlace> {
    let fields = page.labelled.fields_in(record.place).iter();
    fields.filter(|place| place.field == Some(field)).find(|place| !place.value.is_empty())
}

/// The block that is the headline of a record: what a label says it is, else the subject of a mail, else a line above the first label: the last
/// below a count of the records, the first where there is none; else one between the labels above the text; else what the text is said to be about.
fn title_of(page: &Page, record: &Record) -> Option<usize> {
    let value = |place: &FieldPlace| block_at(page, place.value.start);
    let named = field_of(page, record, Field::Title).or_else(|| subject_of(page, record));
    if named.is_some() {
        return named.map(value);
    }
    let above = above(page, record);
    let is_counted = is_count(page, above.start);
    let fits = |&index: &usize| {
        page.blocks[index].is_headline_like()
            && day_in(page, index).is_none()
            && !is_count(page, index)
            && !closes_record(page, record, index)
    };
    let mut fitting = above.filter(fits);
    let above = if is_counted { fitting.next_back() } else { fitting.next() };
    let between = || {
        let [_, lines] = unlabelled(page, record, None);
        let beside: Vec<usize> = beside(page, record)
            .flat_map(|other| unlabelled(page, other, None))
            .flatten()
            .collect();
        let is_own = |at: usize| beside.iter().all(|&o| page.folded(o) != page.folded(at));
        lines
            .into_iter()
            .find(|at| fits(at) && page.blocks[*at].shape.words >= HEADLINE_WORDS && is_own(*at))
    };
    above.or_else(between).or_else(|| field_of(page, record, Field::Subject).map(value))
}

/// The subject of a mail, which stands above its text.
fn subject_of<'p>(page: &'p Page, record: &Record) -> Option<&'p FieldPlace> {
    field_of(page, record, Field::Subject).filter(|place| place.label.start < record.text.start)
}

/// Whether a line closes the record above: the first line of those beside this record too, and of all but the first, which has none above.
fn closes_record(page: &Page, record: &Record, index: usize) -> bool {
    let [opening, _, _, ..] = &page.labelled.records[..] else { return false };
    let first = |record: &Record| block_at(page, record.place.start);
    let is_same = |other: usize| page.folded(other) == page.folded(index);
    record != opening
        && first(record) == index
        && beside(page, record).filter(|other| *other != opening).all(|other| is_same(first(other)))
        && !above(page, opening).any(is_same)
}

/// The records above and below one.
fn beside<'p>(page: &'p Page, record: &Record) -> impl Iterator<Item = &'p Record> {
    let records = &page.labelled.records;
    let at = records.partition_point(|other| other.place.start < record.place.start);
    at.checked_sub(1).into_iter().chain([at + 1]).filter_map(|at| records.get(at))
}

/// The blocks of a record above its first label.
fn above(page: &Page, record: &Record) -> Range<usize> {
    block_at(page, record.place.start)..block_at(page, record.head)
}

/// The lines in the head of a record that no label begins: those above its first label, and those between its labels.
fn unlabelled(page: &Page, record: &Record, title: Option<usize>) -> [Vec<usize>; 2] {
    let fits = |&index: &usize| {
        let block: &Block = &page.blocks[index];
        let repeats = title.is_some_and(|t| same_text(page.folded(index), page.folded(t)));
        block.shape.words <= LINE_WORDS
            && block.shape.letters > 0
            && !repeats
            && !is_count(page, index)
            && !closes_record(page, record, index)
    };
    let fields = page.labelled.fields_in(record.place);
    let is_field = |index: usize| {
        let at = page.blocks[index].span.start;
        let next = fields.partition_point(|field| field.label.start <= at);
        next > 0 && at < fields[next - 1].tail.end
    };
    let above = above(page, record);
    let amid = above.end..block_at(page, record.text.start);
    let amid = amid.filter(|&index| !is_field(index)).filter(fits).collect();
    [above.filter(fits).collect(), amid]
}

/// Whether a line counts the records: `2 of 161 DOCUMENTS`.
fn is_count(page: &Page, index: usize) -> bool {
    let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let words: Vec<&str> = page.text_of(index).split_whitespace().take(8).collect();
    words.windows(3).any(|of| is_number(of[0]) && !is_number(of[1]) && is_number(of[2]))
}

fn day_in(page: &Page, index: usize) -> Option<String> {
    let is_short = page.blocks[index].shape.words <= LINE_WORDS;
    let found = dates::find(page.text_of(index), dates::Order::Unknown);
    found.into_iter().next().map(|found| found.iso).filter(|_| is_short)
}

/// The authors that a value names, without the address of a mail.
fn authors_in(value: &str) -> Vec<String> {
    let value = value.trim_matches(['[', ']', '"', '\'']);
    let sender = match value.rsplit_once('<') {
        Some((name, address)) if address.contains('@') => name,
        _ => match value.split_once('(') {
            Some((address, name)) if address.contains('@') => name.trim_end_matches(')'),
            _ => value,
        },
    };
    let sender = sender.trim().trim_matches(['"', '\'']).trim();
    let value = bylines::without_opening(sender);
    // `Quill, Mara; Fenn, Tobias`, and one of these alone.
    let is_turned = |name: &str| {
        let words = |part: &str| part.split_whitespace().count();
        let parts: Vec<&str> = name.split(',').collect();
        let is_capital = |part: &&str| part.chars().all(|c| !c.is_lowercase());
        matches!(parts[..], [last, first] if words(last) == 1 && (1..=2).contains(&words(first)))
            && !parts.iter().any(is_capital)
    };
    let names: Vec<&str> =
        value.split(';').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() > 1 || is_turned(value) {
        return names.into_iter().map(|name| bylines::without_closing(name).to_owned()).collect();
    }
    // The name of an account.
    let is_account = value.contains(|c: char| c.is_ascii_digit())
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if is_account {
        return vec![value.to_owned()];
    }
    names_shown(value, true, &AuthorThresholds::default())
}

/// The publisher that a value names: what stands before a semicolon or a day.
fn source_in(value: &str) -> Option<String> {
    let value = value.split(';').next().unwrap_or(value);
    let day = dates::find(value, dates::Order::Unknown).into_iter().next();
    let name = bylines::source_in(day.map_or(value, |day| &value[..day.start]));
    (!name.is_empty()).then_some(name)
}

/// Takes the name of the list off a headline that begins with it, where most subjects name it, those of answers too: `[Quay-talk] Ferry in
/// doubt`.
fn drop_list_name(page: &Page, article: &mut Article) {
    let Some(title) = article.provenance.title else { return };
    let Some((name, rest)) = list_name(title.of(page.text)) else { return };
    let records = &page.labelled.records;
    let records = &records[..records.len().min(LISTED)];
    let subjects = records.iter().filter_map(|record| field_of(page, record, Field::Subject));
    let named = subjects.filter(|place| {
        let subject = without_answer(place.value.of(page.text));
        list_name(subject).is_some_and(|(other, _)| other == name)
    });
    if records.len() >= 2 && named.count() * 3 >= records.len() * 2 {
        article.provenance.title = Some(Span::new(title.end - rest.len(), title.end));
        article.title = Some(squeeze(rest));
    }
}

/// A subject without the sign of an answer before the name of the list: `Re: [Quay-talk] Ferry in doubt`.
fn without_answer(subject: &str) -> &str {
    match subject.find('[') {
        Some(at) if at <= 8 && subject[..at].trim_end().ends_with(':') => &subject[at..],
        _ => subject,
    }
}

fn list_name(subject: &str) -> Option<(&str, &str)> {
    let (name, rest) = subject.strip_prefix('[')?.split_once(']')?;
    Some((name, rest.trim_start())).filter(|(_, rest)| !rest.is_empty())
}

/// The first block that begins at a byte or behind it.
fn block_at(page: &Page, byte: usize) -> usize {
    page.blocks.partition_point(|block| block.span.start < byte)
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_names_its_authors_without_address_role_and_opening_word() {
        for (value, authors) in [
            ("By Mara Quill, Staff Writer", "Mara Quill"),
            ("Mara Quill and Tobias Fenn", "Mara Quill|Tobias Fenn"),
            ("\"Mara Quill\" <mara@quay.example>", "Mara Quill"),
            ("mara@quay.example (Mara Quill)", "Mara Quill"),
            ("Quill, Mara", "Quill, Mara"),
            ("Quill, Mara; Fenn, Tobias", "Quill, Mara|Fenn, Tobias"),
            ("[Mara Quill, Tobias Fenn]", "Mara Quill|Tobias Fenn"),
            ("halyard22", "halyard22"),
            ("", ""),
        ] {
            assert_eq!(authors_in(value).join("|"), authors, "{value}");
        }
    }

    #[test]
    fn a_publisher_ends_before_a_semicolon_and_a_day() {
        for (value, source) in [
            ("Quay Post", Some("Quay Post")),
            ("Quay Post; Velmouth", Some("Quay Post")),
            ("Quay Post, 12 May 2031", Some("Quay Post")),
            ("2031-05-12", None),
        ] {
            assert_eq!(source_in(value).as_deref(), source, "{value}");
        }
    }

    #[test]
    fn the_name_of_a_list_stands_in_brackets_before_a_subject() {
        assert_eq!(list_name("[Quay-talk] The lock"), Some(("Quay-talk", "The lock")));
        assert_eq!(list_name("Re: [Quay-talk] The lock"), None);
        assert_eq!(list_name("[Quay-talk]"), None);
        assert_eq!(without_answer("Re: [Quay-talk] The lock"), "[Quay-talk] The lock");
        assert_eq!(without_answer("The lock [of 1790]"), "The lock [of 1790]");
    }
}
