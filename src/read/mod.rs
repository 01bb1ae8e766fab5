//! From a dump to its records, one in memory at a time: what stands in a compressed file, an archive, a web archive, a mailbox, a file of
//! JSON or of Parquet is handed over as decoded text, and what cannot be read is named without stopping the rest.

pub(crate) mod bomb;
pub(crate) mod charset;
pub(crate) mod format;
pub(crate) mod http;
pub(crate) mod inflate;
pub(crate) mod json;
pub(crate) mod lines;
pub(crate) mod mail;
pub(crate) mod parquet;
pub(crate) mod peek;
pub(crate) mod tar;
pub(crate) mod warc;
pub(crate) mod whole;
pub(crate) mod zip;

use std::io::{Read, Seek};
use std::ops::ControlFlow;

pub use crate::read::charset::{LONGEST_LINE, MOST_LINES};
pub use crate::read::format::Format;
pub(crate) use crate::read::lines::append_lines;

use crate::error::{Error, Result, Unreadable};
use crate::read::charset::View;
use crate::read::inflate::Compression;
use crate::read::peek::Peek;
use crate::walk::Source;

/// Largest record that is held in memory, in bytes.
pub const LARGEST_DUMP: u64 = 1 << 29;

/// Bytes by which a container is told.
const HEAD: usize = 4096;
/// Compressions within each other that are unpacked.
const MOST_LAYERS: usize = 3;
/// Archives within each other that are opened.
const MOST_ARCHIVES: usize = 2;

/// A record of a dump: a page, an entry, a member.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// Which record of the dump; None where the file is one record.
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
    pub about: About,
}

/// What a container says about a record, beside its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
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
}

/// What reading a dump comes upon.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// Reads dumps.
///
/// ```
/// use std::ops::ControlFlow;
/// use dechaff::read::{Part, Reader};
/// use dechaff::walk::Source;
///
/// let path = "samples/aggregator/tide-barrier.txt";
/// let source = Source { dump: "tide-barrier.txt".into(), path: Some(path.into()), bytes: 0, in_folder: false };
/// let mut records = Vec::new();
/// Reader::default().read(&source, &mut |part| {
///     if let Part::Record(record) = part {
///         records.push(record);
///     }
///     ControlFlow::Continue(())
/// })?;
/// assert_eq!(records[0].view, std::fs::read_to_string(path)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Reader {
    text_field: Option<String>,
}

/// Whether whoever takes the parts wants more of them.
type Flow = ControlFlow<()>;

/// Takes the parts of a dump; with [`ControlFlow::Break`] it wants no more of them.
pub type Take<'t> = dyn FnMut(Part) -> ControlFlow<()> + 't;

impl Reader {
    /// The field of JSON objects, or the column of Parquet, that holds the text; without it the usual names are tried.
    #[must_use]
    pub fn text_field(self, text_field: Option<String>) -> Self {
        Self { text_field }
    }

    /// Reads a dump, and hands over its parts in their order.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be opened. What cannot be read in it is no error but [`Part::Broken`].
    pub fn read(&self, source: &Source, take: &mut Take) -> Result<()> {
        let mut visit =
            Visit { text_field: self.text_field.as_deref(), in_folder: source.in_folder, take };
        let place = Place { name: source.dump.clone(), record: None, archives: 0 };
        let Some(path) = &source.path else {
            std::io::stdin().lock().read(&mut []).map_err(Error::io("standard input"))?;
            let _ = visit.read(&place, Peek::new(std::io::stdin().lock()));
            return Ok(());
        };
        let file = std::fs::File::open(path).map_err(Error::io(path))?;
        let mut input = Peek::new(&file);
        let head = input.peek(HEAD);
        let (is_zip, is_parquet) = (zip::is_zip(head), parquet::is_parquet(head));
        // What stands at the end of a file is read without the rest, where it is no pipe.
        let _ = if is_zip && (&file).rewind().is_ok() {
            zip::read(&mut visit, &place, &file)
        } else if is_parquet && (&file).rewind().is_ok() {
            drop(input);
            parquet::read(&mut visit, &place, file)
        } else {
            visit.read(&place, input)
        };
        Ok(())
    }
}

/// Undoes the compressions of an input; with how many they were.
fn unpack(mut input: Peek) -> std::io::Result<(Peek, usize)> {
    let mut layers = 0;
    while let (true, Some(compression)) = (layers < MOST_LAYERS, Compression::of(input.peek(10))) {
        input = inflate::inflate(compression, input)?;
        layers += 1;
    }
    Ok((input, layers))
}

/// Where a stream stands.
#[derive(Debug, Clone)]
struct Place {
    /// The name of the file, without the endings of its compressions.
    name: String,
    /// The record that the stream is.
    record: Option<String>,
    /// Archives that it stands in.
    archives: usize,
}

impl Place {
    /// The id of a record in this stream.
    fn id(&self, record: &str) -> Option<String> {
        Some(
            self.record
                .as_ref()
                .map_or_else(|| record.to_owned(), |outer| format!("{outer}#{record}")),
        )
    }

    /// A member of the archive that this stream is.
    fn member(&self, name: &str) -> Self {
        Self { name: name.into(), record: self.id(name), archives: self.archives + 1 }
    }
}

/// A walk through one dump.
struct Visit<'v, 't> {
    text_field: Option<&'v str>,
    in_folder: bool,
    take: &'v mut Take<'t>,
}

impl Visit<'_, '_> {
    /// Reads a stream as what its first bytes say that it is.
    fn read(&mut self, place: &Place, input: Peek) -> Flow {
        let mut place = place.clone();
        let (mut input, layers) = match unpack(input) {
            Ok(unpacked) => unpacked,
            Err(error) => return self.broken(place.record, Unreadable::damaged(error)),
        };
        for _ in 0..layers {
            let stem = place.name.rsplit_once('.').map_or(place.name.len(), |(stem, _)| stem.len());
            place.name.truncate(stem);
        }
        let head = input.peek(HEAD);
        let is_archive = zip::is_zip(head) || tar::is_tar(head);
        if is_archive && place.archives >= MOST_ARCHIVES {
            self.broken(place.record, Unreadable::TooDeep)
        } else if zip::is_zip(head) {
            zip::read_stream(self, &place, input)
        } else if tar::is_tar(head) {
            tar::read(self, &place, input)
        } else if warc::is_warc(head) {
            warc::read(self, &place, input)
        } else if parquet::is_parquet(head) {
            parquet::read_stream(self, &place, input)
        } else if mail::is_mbox(head) {
            mail::read_mbox(self, &place, input)
        } else if mail::is_message(head) {
            mail::read(self, &place, input)
        } else if json::is_json(head) {
            json::read(self, &place, input)
        } else {
            whole::read(self, &place, input)
        }
    }

    fn broken(&mut self, record: Option<String>, reason: Unreadable) -> Flow {
        (self.take)(Part::Broken { record, reason })
    }

    fn skipped(&mut self, records: usize, reason: &'static str) -> Flow {
        if records > 0 {
            (self.take)(Part::Skipped { records, reason })
        } else {
            Flow::Continue(())
        }
    }

    /// Hands over a record in the format that `format` sees in its view, or why it has none.
    fn record(
        &mut self,
        id: Option<String>,
        view: Result<View, Unreadable>,
        format: impl FnOnce(&str) -> Format,
        about: About,
    ) -> Flow {
        match view {
            Ok(View { text, encoding, replaced }) => {
                let record = Record {
                    id,
                    format: format(&text),
                    view: text,
                    encoding: encoding.name(),
                    replaced,
                    about,
                };
                (self.take)(Part::Record(record))
            }
            Err(reason) => self.broken(id, reason),
        }
    }
}
