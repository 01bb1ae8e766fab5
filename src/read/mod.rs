//! From a dump to its records, one in memory at a time: what stands in a compressed file, an archive, a web archive, a mailbox, a file of
//! JSON or of Parquet is handed over as decoded text, and what cannot be read is named without stopping the rest.

pub(crate) mod bomb;
pub(crate) mod charset;
pub(crate) mod document;
pub(crate) mod fields;
pub(crate) mod format;
pub(crate) mod http;
pub(crate) mod inflate;
pub(crate) mod json;
pub(crate) mod limits;
pub(crate) mod lines;
pub(crate) mod mail;
pub(crate) mod parquet;
pub(crate) mod pass;
pub(crate) mod peek;
pub(crate) mod place;
pub(crate) mod record;
pub(crate) mod tar;
pub(crate) mod warc;
pub(crate) mod whole;
pub(crate) mod zip;

use std::fs::File;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

pub use crate::read::charset::{LONGEST_LINE, MOST_LINES};
pub(crate) use crate::read::document::{Document, unescape};
pub use crate::read::format::Format;
pub use crate::read::limits::LARGEST_DUMP;
pub(crate) use crate::read::lines::append_lines;
pub use crate::read::pass::PassFields;
pub use crate::read::record::{Hint, Part, Record, SourceMetadata};

use crate::error::{Error, Result, Unreadable};
use crate::read::inflate::unpack;
use crate::read::limits::HEAD;
use crate::read::peek::Peek;
use crate::read::place::{Place, Settings};
use crate::read::record::Parts;
use crate::walk::Source;

/// Reads dumps: files, and bytes from anywhere.
///
/// A job that takes bytes from a queue or an object store reads their records without a temporary file:
///
/// ```
/// use dechaff::{Part, Reader};
///
/// let message = br#"{"id": "page-7", "text": "The quay is open again."}"#;
/// for part in Reader::default().records("queue/page-7.jsonl", &message[..]) {
///     match part {
///         Part::Record(record) => {
///             assert_eq!(record.view, "The quay is open again.");
///             assert_eq!(record.about.id.as_deref(), Some("page-7"));
///         }
///         Part::Broken { record, reason } => eprintln!("{record:?}: {reason}"),
///         Part::Skipped { records, reason } => eprintln!("{records} {reason}"),
///     }
/// }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reader {
    text_field: Option<String>,
    pass_fields: PassFields,
}

/// Takes the parts of a dump; with [`ControlFlow::Break`] it wants no more of them.
pub(crate) type Take<'t> = dyn FnMut(Part) -> ControlFlow<()> + 't;

impl Reader {
    /// The field of JSON objects, or the column of Parquet, that holds the text; without it the usual names are tried.
    #[must_use]
    pub fn text_field(self, text_field: Option<String>) -> Self {
        Self { text_field, ..self }
    }

    /// Which fields of its container each record brings along, in [`SourceMetadata::fields`]; none otherwise.
    #[must_use]
    pub fn pass_fields(self, pass_fields: PassFields) -> Self {
        Self { pass_fields, ..self }
    }

    /// The records of an input, read as they are asked for: one is in memory at a time, and a batch of rows of Parquet. What lists its
    /// content at its end (zip, Parquet) is held in memory as a whole, up to [`LARGEST_DUMP`].
    ///
    /// The input is told by its first bytes; `name` tells pages of HTML that begin like text.
    pub fn records<'r>(&self, name: &str, input: impl Read + 'r) -> Records<'r> {
        Records(open(self.place(name, false), Peek::new(input)))
    }

    /// The records of a dump.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be opened. What cannot be read in it is no error but [`Part::Broken`].
    pub fn open(&self, source: &Source) -> Result<Records<'static>> {
        let place = self.place(&source.dump, source.in_folder);
        let Some(path) = &source.path else {
            std::io::stdin().lock().read(&mut []).map_err(Error::io("standard input"))?;
            return Ok(Records(open(place, Peek::new(std::io::stdin().lock()))));
        };
        let mut file = File::open(path).map_err(Error::io(path))?;
        let mut input = Peek::new(file.try_clone().map_err(Error::io(path))?);
        let head = input.peek(HEAD);
        let (is_zip, is_parquet) = (zip::is_zip(head), parquet::is_parquet(head));
        // What stands at the end of a file is read without the rest, where it is no pipe.
        Ok(Records(if is_zip && file.rewind().is_ok() {
            zip::read(place, file, open)
        } else if is_parquet && file.rewind().is_ok() {
            parquet::read(&place, file)
        } else {
            open(place, input)
        }))
    }

    /// Reads a dump, and hands over its parts in their order.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn read(&self, source: &Source, take: &mut Take) -> Result<()> {
        let _ = self.open(source)?.try_for_each(take);
        Ok(())
    }

    fn place(&self, name: &str, in_folder: bool) -> Place {
        let Self { text_field, pass_fields } = self.clone();
        Place::new(name.to_owned(), Settings { text_field, pass_fields, in_folder })
    }
}

/// The records of a dump, in their order, with what cannot be read and what is left out. Made by [`Reader::records`] and [`Reader::open`].
pub struct Records<'r>(Parts<'r>);

impl Iterator for Records<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        self.0.next()
    }
}

impl std::fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Records").finish_non_exhaustive()
    }
}

/// Reads a stream as what its first bytes say that it is.
fn open<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let (mut input, layers) = match unpack(input) {
        Ok(unpacked) => unpacked,
        Err(error) => return place.all_broken(Unreadable::damaged(error)),
    };
    let place = place.unpacked(layers);
    let head = input.peek(HEAD);
    let is_archive = zip::is_zip(head) || tar::is_tar(head);
    if is_archive && place.is_deep() {
        place.all_broken(Unreadable::TooDeep)
    } else if zip::is_zip(head) {
        zip::read_stream(place, input, open)
    } else if tar::is_tar(head) {
        tar::read(place, input, open)
    } else if warc::is_warc(head) {
        warc::read(place, input)
    } else if parquet::is_parquet(head) {
        parquet::read_stream(&place, input)
    } else if mail::is_mbox(head) {
        mail::read_mbox(place, input)
    } else if mail::is_message(head) {
        mail::read(place, input)
    } else if json::is_json(head) {
        json::read(place, input)
    } else {
        whole::read(place, input)
    }
}
