//! A document as it is kept: its line as it was read, behind where its id and its text stand in that.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::dates::find;
use crate::dates::order::Order;
use crate::read::{Document, unescape};

/// Where the id and the text of a document stand in its line, both in their quotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub(super) id: (u32, u32),
    pub(super) text: (u32, u32),
}

/// Bytes of a head.
const HEAD: usize = 16;

impl Head {
    pub(super) fn to_bytes(self) -> [u8; HEAD] {
        let mut bytes = [0; HEAD];
        let words = [self.id.0, self.id.1, self.text.0, self.text.1];
        bytes
            .as_chunks_mut()
            .0
            .iter_mut()
            .zip(words)
            .for_each(|(to, word)| *to = word.to_le_bytes());
        bytes
    }

    fn of_bytes(bytes: &[u8; HEAD]) -> Self {
        let (words, _) = bytes.as_chunks::<4>();
        let word = |at: usize| u32::from_le_bytes(words[at]);
        Self { id: (word(0), word(1)), text: (word(2), word(3)) }
    }
}

/// When and where a document appeared, for the choice among copies. A date that reads two ways is not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// In ISO 8601, however the document writes it.
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
}

impl Origin {
    fn of(line: &[u8]) -> Self {
        let about = Document::about(line);
        let date = about.published.and_then(|text| find(&text, Order::Unknown).into_iter().next());
        Self { date: date.map(|found| found.iso), source: about.source }
    }
}

/// Documents by their numbers, wherever they are kept. What cannot be read again is empty, which whoever keeps them tells.
pub(super) trait Pieces {
    /// A document: its head, then its line.
    fn piece(&self, number: usize) -> Cow<'_, [u8]>;

    /// A document's line as it was read, without its end.
    fn line(&self, number: usize) -> Cow<'_, [u8]> {
        part_of_piece(self.piece(number), |_, line| line)
    }

    /// A document's text.
    fn text(&self, number: usize) -> Cow<'_, str> {
        match part_of_piece(self.piece(number), |head, line| part_of(line, head.text)) {
            Cow::Borrowed(quoted) => std::str::from_utf8(quoted).map_or("".into(), unescape),
            Cow::Owned(quoted) => std::str::from_utf8(&quoted)
                .map_or("".into(), |text| unescape(text).into_owned().into()),
        }
    }

    /// When and where a document appeared.
    fn origin(&self, number: usize) -> Origin {
        Origin::of(&self.line(number))
    }

    /// A document's id as it stands in the line: a string in its quotes, or a number.
    fn id(&self, number: usize) -> Box<RawValue> {
        let id = part_of_piece(self.piece(number), |head, line| part_of(line, head.id));
        serde_json::from_slice(&id).unwrap_or_else(|_| RawValue::NULL.to_owned())
    }

    /// A document's id without its quotes.
    fn bare_id(&self, number: usize) -> Cow<'_, [u8]> {
        part_of_piece(self.piece(number), |head, line| {
            let id = part_of(line, head.id);
            id.strip_prefix(b"\"").and_then(|id| id.strip_suffix(b"\"")).unwrap_or(id)
        })
    }

    /// Sorts a list by the ids of documents, those with the same id by their lines.
    fn sort<T>(&self, list: &mut Vec<T>, number: impl Fn(&T) -> usize) {
        let mut named: Vec<(Cow<[u8]>, T)> =
            list.drain(..).map(|item| (self.bare_id(number(&item)), item)).collect();
        named.sort_by(|(id, a), (other, b)| {
            id.cmp(other).then_with(|| self.line(number(a)).cmp(&self.line(number(b))))
        });
        list.extend(named.into_iter().map(|(_, item)| item));
    }
}

/// A document alone, as a piece, numbered 0.
pub(super) struct Piece(pub(super) Vec<u8>);

impl Pieces for Piece {
    fn piece(&self, _: usize) -> Cow<'_, [u8]> {
        self.0.as_slice().into()
    }
}

/// A part of a piece, by its head.
fn part_of_piece(piece: Cow<'_, [u8]>, part: impl Fn(Head, &[u8]) -> &[u8]) -> Cow<'_, [u8]> {
    match piece {
        Cow::Borrowed(piece) => cut(piece, part).into(),
        Cow::Owned(piece) => cut(&piece, part).to_vec().into(),
    }
}

/// What `part` takes of a line behind its head.
fn cut(piece: &[u8], part: impl Fn(Head, &[u8]) -> &[u8]) -> &[u8] {
    piece.split_first_chunk().map_or(&[], |(head, line)| part(Head::of_bytes(head), line))
}

/// A part of a line, by where it begins and how long it is.
pub(super) fn part_of(line: &[u8], (start, len): (u32, u32)) -> &[u8] {
    line.get(start as usize..).and_then(|rest| rest.get(..len as usize)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_goes_by_several_names_and_is_written_in_many_ways() {
        let origin = |line: &str| Origin::of(line.as_bytes());
        let on_monday = Origin { date: Some("2031-06-16".into()), source: Some("Gazette".into()) };
        for line in [
            r#"{"id": 1, "text": "", "date": "2031-06-16", "source": "Gazette"}"#,
            r#"{"id": 1, "text": "", "published": "2031-06-16", "date": null, "source": "Gazette"}"#,
            r#"{"id": 1, "text": "", "meta": {"date": "2031-06-16", "publisher": "Gazette"}}"#,
        ] {
            assert_eq!(origin(line), on_monday, "{line}");
        }
        assert_eq!(origin(r#"{"id": 1, "text": "", "date": 2031}"#), Origin::default());
        let date = |text: &str| {
            origin(&serde_json::json!({"id": 1, "text": "", "date": text}).to_string()).date
        };
        assert_eq!(
            ["16 June 2031", "Mon, 16 Jun 2031"].map(date),
            ["2031-06-16", "2031-06-16"].map(|iso| Some(iso.to_string()))
        );
        assert_eq!(
            ["03/04/2031", "soon"].map(date),
            [None, None],
            "a date that reads two ways, or none"
        );
    }
}
