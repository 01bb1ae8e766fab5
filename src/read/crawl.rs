//! What archives of crawls hold: the pages that servers answered with, and how many records are none.

use crate::error::Unreadable;
use crate::read::charset::decode;
use crate::read::format::Format;
use crate::read::http::{Answer, Fields};
use crate::read::place::Place;
use crate::read::record::{Part, Parts, SourceMetadata};

/// Bytes that are read again of an archive, at most, because lengths in it were too great.
pub(super) const READ_AGAIN: usize = 1 << 30;

/// Why an answer is left out, in the order of [`Left`] behind the kind of the record.
const REASONS: [&str; 2] =
    ["answers of another medium than HTML and text", "answers without success (status is not 2xx)"];

/// Why a record is left out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Left {
    /// It is no page by its kind.
    Kind,
    Medium,
    Status,
}

/// The page in a record.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    pub(super) charset: Option<String>,
    /// None where nobody says it.
    pub(super) format: Option<Format>,
    pub(super) about: SourceMetadata,
}

impl Page {
    /// The page in an answer of HTTP.
    ///
    /// # Errors
    /// Where it is no such answer, or cannot be unpacked.
    pub(super) fn answered(
        bytes: &[u8],
        about: SourceMetadata,
        place: &Place,
    ) -> Result<Result<Self, Left>, Unreadable> {
        let answer = Answer::new(bytes)
            .ok_or_else(|| Unreadable::damaged("the response has no HTTP head"))?;
        if !(200..300).contains(&answer.status) {
            return Ok(Err(Left::Status));
        }
        let page = |format| {
            answer.body(place).map(|bytes| Self {
                bytes,
                charset: answer.fields.charset().map(Into::into),
                format,
                about,
            })
        };
        format_of(&answer.fields).map_or_else(|left| Ok(Err(left)), |format| page(format).map(Ok))
    }
}

/// The format that the head of a page names; None where it names none.
pub(super) fn format_of(fields: &Fields) -> Result<Option<Format>, Left> {
    match fields.media_type() {
        Some(media) => Format::of_media(&media).map(Some).ok_or(Left::Medium),
        None => Ok(None),
    }
}

/// A record by its id: its page, why it is left out, or why it cannot be read.
pub(super) type Entry = (String, Result<Result<Page, Left>, Unreadable>);

/// The pages of an archive, up to an error. `kind` says what records are left out by their kind.
pub(super) fn read<'r>(
    place: Place,
    entries: impl Iterator<Item = std::io::Result<Entry>> + Send + 'r,
    kind: &'static str,
) -> Parts<'r> {
    Box::new(Pages { place, entries, is_over: false, kind, left: [0; REASONS.len() + 1] })
}

struct Pages<I> {
    place: Place,
    entries: I,
    is_over: bool,
    kind: &'static str,
    left: [usize; REASONS.len() + 1],
}

impl<I: Iterator<Item = std::io::Result<Entry>>> Iterator for Pages<I> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.is_over {
            let (record, page) = match self.entries.next() {
                Some(Ok(entry)) => entry,
                end => {
                    self.is_over = true;
                    let Some(Err(error)) = end else { break };
                    return Some(self.place.broken(Unreadable::damaged(error)));
                }
            };
            let id = self.place.id(&record);
            match page {
                Ok(Ok(page)) => {
                    let view =
                        decode(page.bytes, page.charset.as_deref(), &self.place.settings.limits);
                    let format = |view: &str| page.format.unwrap_or_else(|| Format::of_page(view));
                    return Some(Part::new(id, view, format, page.about));
                }
                Ok(Err(reason)) => self.left[reason as usize] += 1,
                Err(reason) => return Some(Part::Broken { record: id, reason }),
            }
        }
        let reasons = std::iter::once(self.kind).chain(REASONS);
        let mut left = self.left.iter_mut().zip(reasons);
        left.find_map(|(records, reason)| Part::skipped(std::mem::take(records), reason))
    }
}
