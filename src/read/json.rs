//! JSON: an object a line, an array of objects, or objects that follow each other over several lines.

use std::borrow::Cow;
use std::collections::VecDeque;

use serde_json::Value;

use crate::error::Unreadable;
use crate::read::charset::View;
use crate::read::field_names::text_names;
use crate::read::fields::{Object, about, has_text, record};
use crate::read::lists::{Found, listed};
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts, SourceMetadata};
use crate::read::values::{self, Values};

/// Objects without a text after which a file is taken for a dump all the same.
const MOST_TEXTLESS: usize = 1 << 12;

/// Reads the objects of a stream, each as one record. A file that was found in a folder may be no dump but settings, or what somebody noted
/// about a page: there objects without a text are failures only beside others that have one, or that are broken.
pub(super) fn read<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let in_folder = place.settings.in_folder;
    let values = Values::new(input, place.settings.limits.record);
    let listed = Listed::default();
    let objects = Objects { place, values, listed, others: 0 };
    if in_folder {
        Box::new(Doubtful { inner: objects, held: VecDeque::new(), is_dump: false })
    } else {
        Box::new(objects)
    }
}

/// The objects of a file that may be no dump.
struct Doubtful<'r> {
    inner: Objects<'r>,
    /// Objects without a text, until another part comes.
    held: VecDeque<Part>,
    is_dump: bool,
}

impl Iterator for Doubtful<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.is_dump {
            let Some(part) = self.inner.next() else {
                let records = std::mem::take(&mut self.held).len();
                if records > 0 {
                    self.inner.place.settings.looked.passed_over();
                }
                return Part::skipped(
                    records,
                    "objects of JSON without a text, and none with one: name the field with --text-field if this is a dump",
                );
            };
            self.is_dump = self.held.len() >= MOST_TEXTLESS
                || !matches!(part, Part::Broken { reason: Unreadable::NoTextField { .. }, .. });
            self.held.push_back(part);
        }
        self.held.pop_front().or_else(|| self.inner.next())
    }
}

/// Objects that follow each other.
struct Objects<'r> {
    place: Place,
    values: Values<'r>,
    /// What is left of the lists of the object that was read last.
    listed: Listed,
    /// Values in lists of records that are no objects.
    others: usize,
}

/// The objects in the lists of one that has no text of its own, and how they were stored.
#[derive(Default)]
struct Listed {
    within: Option<(Place, View)>,
    /// What a JSON Feed says of all its entries.
    feed: SourceMetadata,
    objects: std::vec::IntoIter<(String, Object)>,
}

impl Iterator for Objects<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        loop {
            let Listed { within, feed, objects } = &mut self.listed;
            if let (Some((place, stored)), Some((number, object))) = (within, objects.next()) {
                let mut part = record(place, &number, object, stored);
                if let Part::Record(record) = &mut part {
                    record.about.complete(feed);
                }
                return Some(part);
            }
            let Some(value) = self.values.next() else {
                return Part::skipped(
                    std::mem::take(&mut self.others),
                    "values of lists that are no objects",
                );
            };
            match value {
                Ok(value) => {
                    if let Some(part) = self.object(value) {
                        return Some(part);
                    }
                }
                Err(error) => return Some(self.place.broken(Unreadable::damaged(error))),
            }
        }
    }
}

impl Objects<'_> {
    /// The record that an object is; None where its lists hold records.
    fn object(&mut self, (number, view): values::Value) -> Option<Part> {
        let number = number.to_string();
        let read = view.and_then(|mut view| {
            let object = object_of(&view.text)
                .map_err(|fault| Unreadable::damaged(format!("is no JSON object: {fault}")))?;
            view.text = String::new();
            Ok((object, view))
        });
        let (mut object, stored) = match read {
            Ok(read) => read,
            Err(reason) => return Some(Part::Broken { record: self.place.id(&number), reason }),
        };
        let text_field = self.place.settings.text_field.as_deref();
        let names = text_names(&text_field);
        let Found { objects, others } =
            if has_text(&object, names) { Found::default() } else { listed(&mut object, names) };
        self.others += others;
        if objects.is_empty() {
            return Some(record(&self.place, &number, object, &stored));
        }
        let within = Some((self.place.within(&number), stored));
        self.listed = Listed { within, feed: feed_of(&object), objects: objects.into_iter() };
        None
    }
}

/// What a JSON Feed says of itself: its headline is the name of who publishes it. Nothing of any other object.
fn feed_of(object: &Object) -> SourceMetadata {
    let SourceMetadata { title, authors, .. } = match object.get("version").and_then(Value::as_str)
    {
        Some(version) if version.contains("jsonfeed.org") => about(object, None),
        _ => SourceMetadata::default(),
    };
    SourceMetadata { source: title, authors, ..SourceMetadata::default() }
}

/// Reads an object. Half of a surrogate pair, which no text can hold but JSON can write, becomes U+FFFD.
///
/// # Errors
/// What is wrong with it, and at which byte.
pub(super) fn object_of(json: &str) -> Result<Object, String> {
    let read = serde_json::from_str(json).or_else(|error| match with_whole_pairs(json) {
        Cow::Borrowed(_) => Err(error),
        Cow::Owned(mended) => serde_json::from_str(&mended),
    });
    read.map_err(|error| fault(&error))
}

/// The same with U+FFFD for each half of a surrogate pair without the other.
fn with_whole_pairs(json: &str) -> Cow<'_, str> {
    let unit = |at: usize| {
        let digits = json.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut mended = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(escape) = memchr::memchr(b'\\', json.as_bytes().get(at..).unwrap_or_default()) {
        at += escape;
        at += match (unit(at), unit(at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => 12,
            (Some(0xd800..0xe000), _) => {
                mended.to_mut().replace_range(at..at + 6, "\\ufffd");
                6
            }
            _ => 2,
        };
    }
    mended
}

/// What is wrong with a line of JSON, and at which byte of it. Serde counts lines from its beginning, which would be taken for a line of the file.
pub(super) fn fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    said.strip_suffix(&place)
        .map_or_else(|| said.clone(), |reason| format!("{reason} (at byte {})", error.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_pair_is_replaced_and_all_else_stays() {
        let text =
            |json: &str| object_of(&format!(r#"{{"text": "{json}"}}"#)).unwrap()["text"].clone();
        assert_eq!(text(r"half \ud83d, \ude80\n"), "half \u{fffd}, \u{fffd}\n");
        assert_eq!(text(r"\ud83d\ude80\ud83d \\ud83d"), "🚀\u{fffd} \\ud83d");
        assert!(object_of(r#"{"text": "\ud83"}"#).is_err());
    }
}
