//! A record of a dump, and what else reading a dump gives.

use serde_json::{Map, Value};

use crate::error::Unreadable;
use crate::read::charset::{View, check, decode};
use crate::read::format::{Format, foreign};
use crate::read::limits::Limits;

/// A record of a dump: a page, an entry, a member.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Record {
    /// Which record of the dump; None where the dump is one record.
    pub id: Option<String>,
    /// Its text, decoded to UTF-8. All ranges are bytes of it.
    pub view: String,
    /// What the view is written in.
    pub format: Format,
    /// The encoding it was stored in, by the name of the WHATWG standard.
    pub encoding: &'static str,
    /// Whether bytes did not decode; U+FFFD stands for them.
    pub replaced: bool,
    /// What the container says about it.
    pub about: Box<SourceMetadata>,
}

impl Record {
    /// What tells its view from others (xxh3, 128 bits), as the ledger has it.
    #[must_use]
    pub fn digest(&self) -> String {
        format!("xxh3:{:032x}", xxhash_rust::xxh3::xxh3_128(self.view.as_bytes()))
    }

    /// The record that a text is which is decoded already: of this format, or else of that which its first bytes show. One without a letter
    /// is a record too, which holds no article.
    ///
    /// ```
    /// use dechaff::{Record, RecordFormat};
    ///
    /// let mut record = Record::from_text("<!DOCTYPE html><p>The quay is open again.", None)?;
    /// record.about.url = Some("https://gazette.example/quay".into());
    /// assert_eq!(record.format, RecordFormat::Html);
    /// # Ok::<(), dechaff::Unreadable>(())
    /// ```
    ///
    /// # Errors
    /// [`Unreadable`] says why it is no text of a page: it is a feed, binary, or has too many or too long lines.
    pub fn from_text(text: impl Into<String>, format: Option<Format>) -> Result<Self, Unreadable> {
        let text = text.into();
        match check(&text, &Limits::default()) {
            Ok(()) | Err(Unreadable::Empty) => {}
            Err(reason) => return Err(reason),
        }
        if let Some(reason) = foreign(&text) {
            return Err(reason);
        }
        let format = |view: &str| format.unwrap_or_else(|| Format::of_file("", view));
        Ok(Self::new(None, View::utf_8(text), format, SourceMetadata::default()))
    }

    /// Where it was found, as its container says.
    pub(crate) fn address(&self) -> Option<&str> {
        self.about.target.as_deref().or(self.about.url.as_deref())
    }

    pub(super) fn new(
        id: Option<String>,
        View { mut text, encoding, replaced }: View,
        format: impl FnOnce(&str) -> Format,
        about: SourceMetadata,
    ) -> Self {
        let format = format(&text);
        // A page does not show its zero bytes. In text each becomes a space, which leaves all else where it stands.
        if format != Format::Html && memchr::memchr(0, text.as_bytes()).is_some() {
            text = text.replace('\0', " ");
        }
        let about = Box::new(about);
        Self { id, view: text, format, encoding: encoding.name(), replaced, about }
    }
}

/// Decodes bytes that are a record by themselves.
pub(super) fn text(
    bytes: Vec<u8>,
    charset: Option<&str>,
    limits: &Limits,
) -> Result<View, Unreadable> {
    decode(bytes, charset, limits).and_then(|view| foreign(&view.text).map_or(Ok(view), Err))
}

/// What is known of a record's bytes before they are looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Hint<'h> {
    /// Nothing.
    #[default]
    None,
    /// The name of the file: `quay.html`.
    Name(&'h str),
    /// The media type that a server gave: `text/html; charset=koi8-r`.
    MediaType(&'h str),
}

/// What a container says about a record, beside its text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceMetadata {
    /// The record's own id: the `id` of a JSON object or of a row, the Message-ID of a mail, the id of an entry of a feed.
    pub id: Option<String>,
    /// The address that a record of a WARC or ARC was fetched from, or that an entry of a feed links to.
    pub target: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// When it was published, as the container has it.
    pub published: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// The fields that [`PassFields`](crate::read::PassFields) asks for, with their values as they stand.
    pub fields: Map<String, Value>,
}

impl SourceMetadata {
    /// Adds the publisher and the authors that a feed names for all its entries.
    #[cfg(feature = "archives")]
    pub(super) fn complete(&mut self, feed: &Self) {
        self.source = self.source.take().or_else(|| feed.source.clone());
        if self.authors.is_empty() {
            self.authors.clone_from(&feed.authors);
        }
    }
}

/// One item read from a dump.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A record.
    Record(Record),
    /// A record, or a part of the dump, that cannot be read.
    Broken {
        /// Which record; None where it is the dump as a whole.
        record: Option<String>,
        /// Why.
        reason: Unreadable,
    },
    /// Records that were left out on purpose.
    Skipped {
        /// How many.
        records: usize,
        /// Why.
        reason: &'static str,
    },
}

/// The parts of a stream, read as they are asked for.
pub(super) type Parts<'r> = Box<dyn Iterator<Item = Part> + Send + 'r>;

impl Part {
    /// A record in the format that `format` sees in its view, or the reason why it has no view.
    pub(super) fn new(
        id: Option<String>,
        view: Result<View, Unreadable>,
        format: impl FnOnce(&str) -> Format,
        about: SourceMetadata,
    ) -> Self {
        match view {
            Ok(view) => Self::Record(Record::new(id, view, format, about)),
            Err(reason) => Self::Broken { record: id, reason },
        }
    }

    /// Says how many records were left out; None where there are none.
    pub(super) fn skipped(records: usize, reason: &'static str) -> Option<Self> {
        (records > 0).then_some(Self::Skipped { records, reason })
    }
}
