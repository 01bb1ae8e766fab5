//! The label at the beginning of a line, and what it says of the words behind it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::languages::{LANGUAGES, Labels};
use crate::span::Span;
use crate::text::chars::is_mark;
use crate::text::fold;

/// Bytes within which a label ends.
const LONGEST: usize = 60;
/// Words of the longest label.
const WORDS: usize = 5;
/// Words of the longest line behind a label that no sign parts from a number.
const NUMBERED_WORDS: usize = 12;
/// Letters of the shortest word in capitals that is a label without any sign behind it.
const BARE: usize = 4;

/// What a label says of the words behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// The headline.
    Title,
    /// The subject of a mail, or what a text is about.
    Subject,
    /// Who wrote it.
    Author,
    /// Who published it.
    Source,
    /// When it was published.
    Date,
    /// Where it can be found.
    Url,
    /// Its text.
    Text,
    /// Anything else that is said of a text: its length, its section, what it is filed under.
    About,
    /// A quality of things that are no texts: books for sale, recipes, films.
    Thing,
}

/// What the labels of all languages say, by their folded names.
static FIELDS: LazyLock<FxHashMap<String, Field>> = LazyLock::new(|| {
    let mut fields = FxHashMap::default();
    for language in &LANGUAGES {
        for (field, words) in lists(&language.labels) {
            for word in words.split_whitespace() {
                fields.entry(fold(&word.replace('_', " "))).or_insert(field);
            }
        }
    }
    fields
});

fn lists(labels: &Labels) -> [(Field, &'static str); 9] {
    [
        (Field::Title, labels.title),
        (Field::Subject, labels.subject),
        (Field::Author, labels.author),
        (Field::Source, labels.source),
        (Field::Date, labels.date),
        (Field::Url, labels.url),
        (Field::Text, labels.text),
        (Field::About, labels.about),
        (Field::Thing, labels.thing),
    ]
}

/// A line that begins with a label.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The line.
    pub(super) line: usize,
    /// The folded label, by which it is known again.
    pub(super) name: String,
    /// What it says; none for a label that no language knows.
    pub(super) field: Option<Field>,
    /// Where it stands, with its signs.
    pub(super) place: Span,
    /// What stands behind it in its line; empty where nothing does.
    pub(super) value: Span,
    /// Whether no sign tells that it is a label, but that it comes back.
    pub(super) is_bare: bool,
}

impl Label {
    /// The label of a line that stands at `span`.
    pub(super) fn of(text: &str, line: usize, span: Span) -> Option<Self> {
        let content = span.of(text);
        if !content.starts_with(|c: char| c.is_alphanumeric() || "<*_#-+[【/".contains(c)) {
            return None;
        }
        let signed = tagged(content)
            .or_else(|| bracketed(content))
            .or_else(|| bare(content))
            .or_else(|| with_colon(content));
        let is_bare = signed.is_none();
        let shape = signed.or_else(|| counted(content)).or_else(|| numbered(content))?;
        let Shape { name, len, tail } = shape;
        let name = named(name);
        let field = FIELDS.get(&name).copied();
        let rest = &content[len..content.len() - tail];
        let from = span.start + len + (rest.len() - rest.trim_start().len());
        let value = Span::new(from, from + rest.trim().len());
        let value = unquoted(text, value);
        let place = Span::new(span.start, span.start + len);
        Some(Self { line, name, field, place, value, is_bare })
    }
}

/// A label as it is compared.
fn named(name: &str) -> String {
    fold(&name.replace(['_', '-'], " "))
}

/// A label by its signs: the name, the bytes up to its end, and those of what closes the line.
struct Shape<'t> {
    name: &'t str,
    len: usize,
    tail: usize,
}

/// `<HEAD>…</HEAD>`, of which the second is left out where it stands.
fn tagged(line: &str) -> Option<Shape<'_>> {
    let (name, rest) = line.strip_prefix('<')?.split_once('>')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/');
    if name.len() > 20 || name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let len = name.len() + 2;
    let closing = format!("</{name}>");
    let tail = if rest.trim_end().ends_with(&closing) { closing.len() } else { 0 };
    Some(Shape { name, len, tail })
}

/// `【标题】…` and `[Title] …`, of known labels alone.
fn bracketed(line: &str) -> Option<Shape<'_>> {
    let (open, close) =
        [('【', '】'), ('[', ']')].into_iter().find(|(o, _)| line.starts_with(*o))?;
    let (name, rest) = line[open.len_utf8()..].split_once(close)?;
    if name.len() > LONGEST || !FIELDS.contains_key(&named(name)) {
        return None;
    }
    let colon = rest.len() - rest.trim_start_matches([':', '：']).len();
    Some(Shape { name, len: open.len_utf8() + name.len() + close.len_utf8() + colon, tail: 0 })
}

/// `Title: …`, with marks of lists or emphasis around the label.
fn with_colon(line: &str) -> Option<Shape<'_>> {
    let body = line.trim_start_matches(['*', '_', '#', '-', '+', ' ', '\t']);
    let head = &body[..body.floor_char_boundary(LONGEST)];
    let first_of_colon = '：'.encode_utf8(&mut [0; 4]).as_bytes()[0];
    let at = memchr::memchr2_iter(b':', first_of_colon, head.as_bytes())
        .find(|&at| head[at..].starts_with([':', '：']))?;
    let name = head[..at].trim_end_matches(['*', '_', ' ', '\t', '\u{a0}', '\u{3000}']);
    let colon = head[at..].chars().next()?;
    let after = &body[at + colon.len_utf8()..];
    let emphasis = after.len() - after.trim_start_matches(['*', '_']).len();
    let is_name =
        |c: char| c.is_alphanumeric() || " -_/.'’()&\u{a0}\u{3000}".contains(c) || is_mark(c);
    let is_free = after.is_empty()
        || colon == '：'
        || after[emphasis..].starts_with(char::is_whitespace)
        || !after.starts_with('/') && FIELDS.contains_key(&named(name));
    let fits = name.starts_with(char::is_alphabetic)
        && name.chars().all(is_name)
        && name.split_whitespace().count() <= WORDS
        && is_free;
    let len = line.len() - body.len() + at + colon.len_utf8() + emphasis;
    fits.then_some(Shape { name, len, tail: 0 })
}

/// A known label without a sign behind it: a code in capitals such as `HD`, a word in capitals that stands alone, or a label before a tab.
fn bare(line: &str) -> Option<Shape<'_>> {
    if let Some((name, _)) = line.split_once('\t') {
        let name = name.trim_end();
        return FIELDS.contains_key(&named(name)).then_some(Shape {
            name,
            len: name.len(),
            tail: 0,
        });
    }
    let name = line.split(' ').next()?;
    let is_capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    let is_alone = name.len() == line.len();
    let is_code = (2..BARE).contains(&name.len()) && name.chars().all(is_capital);
    let is_word = is_alone && name.len() >= BARE && !name.contains(char::is_lowercase);
    if !(is_code || is_word) || !FIELDS.contains_key(&named(name)) {
        return None;
    }
    // References are written as `TI  - The title`.
    let rest = &line[name.len()..];
    let dash = if rest.trim_start().starts_with("- ") { rest.find('-')? + 1 } else { 0 };
    Some(Shape { name, len: name.len() + dash, tail: 0 })
}

/// A line that holds a number of words: `108 words`.
fn counted(line: &str) -> Option<Shape<'_>> {
    let (number, unit) = line.split_once([' ', '\u{a0}'])?;
    let is_number = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    let fits = is_number && FIELDS.get(&named(unit)) == Some(&Field::About);
    fits.then_some(Shape { name: unit, len: line.len(), tail: 0 })
}

/// A known word before a number: `Document 4711`, `Copyright 2031. The Quay Post.`
fn numbered(line: &str) -> Option<Shape<'_>> {
    let (name, rest) = line.split_once(' ')?;
    let has_number = rest.split(' ').next()?.contains(|c: char| c.is_ascii_digit());
    let fits = has_number
        && name.starts_with(char::is_uppercase)
        && rest.split(' ').count() <= NUMBERED_WORDS
        && FIELDS.get(&named(name)) == Some(&Field::About);
    fits.then_some(Shape { name, len: name.len(), tail: 0 })
}

/// A value without the quotes around it.
fn unquoted(text: &str, value: Span) -> Span {
    let content = value.of(text);
    let inner = content.strip_prefix('"').and_then(|inner| inner.strip_suffix('"'));
    match inner.filter(|inner| !inner.is_empty() && !inner.contains('"')) {
        Some(_) => Span::new(value.start + 1, value.end - 1),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn shown(line: &str) -> String {
        let Some(label) = Label::of(line, 0, Span::new(0, line.len())) else { return "-".into() };
        match label.field {
            Some(field) => format!("{field:?}: {}", label.value.of(line)).to_lowercase(),
            None => format!("?: {}", label.value.of(line)).to_lowercase(),
        }
    }

    #[test]
    fn labels_say_in_every_language_what_its_examples_tell() {
        for language in crate::languages::files::read() {
            for (line, said) in language.examples("labels") {
                let field = shown(line).split(':').next().unwrap().to_owned();
                assert_eq!(field, said, "{}: {line}", language.name);
            }
        }
    }

    #[test]
    fn no_label_says_two_things() {
        let mut said: BTreeMap<String, (Field, &str)> = BTreeMap::new();
        for language in &LANGUAGES {
            for (field, words) in lists(&language.labels) {
                for word in words.split_whitespace() {
                    let first = said.entry(fold(&word.replace('_', " "))).or_insert((field, word));
                    assert_eq!(first.0, field, "{word}");
                }
            }
        }
    }

    #[test]
    fn a_label_may_be_signed_in_many_ways() {
        for line in [
            "Title: Ferry in doubt",
            "TITLE : Ferry in doubt",
            "HD Ferry in doubt",
            "TI  - Ferry in doubt",
            "<HEAD>Ferry in doubt</HEAD>",
            "**Title:** Ferry in doubt",
            "- Title: Ferry in doubt",
            "title: \"Ferry in doubt\"",
            "标题：Ferry in doubt",
            "【标题】Ferry in doubt",
            "Headline\tFerry in doubt",
        ] {
            assert_eq!(shown(line), "title: ferry in doubt", "{line}");
        }
    }

    #[test]
    fn sentences_and_addresses_have_none() {
        for line in [
            "He looked at the sea for a long while, and then he said: no.",
            "https://quay.example/ferry",
            "12:30",
            "By the time the ferry left, it was dark.",
            "An old man sat on the quay.",
        ] {
            assert_eq!(shown(line), "-", "{line}");
        }
    }
}
