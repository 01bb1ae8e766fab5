//! Which reader a dump is for, and the records that it gives.

use std::fs::File;
use std::io::{Read, Seek};

use crate::error::{Error, Result, Unreadable};
use crate::read::budget::{Stream, Within};
use crate::read::container::Container;
use crate::read::counted::{Counted, Tally};
use crate::read::furniture;
use crate::read::inflate::unpack;
use crate::read::limits::{HEAD, Limits};
#[cfg(feature = "run")]
use crate::read::looked::Found;
use crate::read::looked::Looked;
#[cfg(feature = "parquet")]
use crate::read::parquet;
use crate::read::pass::PassFields;
use crate::read::peek::Peek;
use crate::read::place::{Place, Settings};
use crate::read::record::Part;
use crate::read::record::Parts;
use crate::read::waiting::Waiting;
use crate::read::{arc, csv, feed, json, mail, tar, warc, whole, zip};
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
    limits: Limits,
    looked: Looked,
}

impl Reader {
    /// The field of JSON objects, or the column of a table, that holds the text; without it the usual names are tried.
    #[must_use]
    pub fn text_field(self, text_field: Option<String>) -> Self {
        Self { text_field, ..self }
    }

    /// Which fields of its container each record brings along, in [`SourceMetadata::fields`](crate::SourceMetadata::fields); none otherwise.
    #[must_use]
    pub fn pass_fields(self, pass_fields: PassFields) -> Self {
        Self { pass_fields, ..self }
    }

    /// What is taken of a dump at most.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same for one run, which asks it whether the field that was named is anywhere.
    #[cfg(feature = "run")]
    pub(crate) fn anew(&self) -> Self {
        Self { looked: Looked::default(), ..self.clone() }
    }

    /// The same for the dump of this number in the run.
    #[cfg(feature = "run")]
    pub(crate) fn at(&self, number: usize) -> Self {
        Self { looked: self.looked.at(number), ..self.clone() }
    }

    /// The field that was named for the text, where it is nowhere; with a dump, and the names of fields in it.
    #[cfg(feature = "run")]
    pub(crate) fn nowhere(&self) -> Option<(&str, String, Vec<String>)> {
        let (dump, others) = self.looked.nowhere()?;
        Some((self.text_field.as_deref()?, dump, others))
    }

    /// What came of the search for that field so far.
    #[cfg(feature = "run")]
    pub(crate) fn found(&self) -> Found {
        self.looked.so_far()
    }

    /// Adds what came of it in other dumps of the same run.
    #[cfg(feature = "run")]
    pub(crate) fn add_found(&self, other: Found) {
        self.looked.add(other);
    }

    /// What tells it from others, by the names of options.
    #[cfg(feature = "run")]
    pub(crate) fn told(&self) -> impl Iterator<Item = (String, String)> {
        let named = [
            ("--text-field", format!("{:?}", self.text_field)),
            ("--pass-fields", format!("{:?}", self.pass_fields)),
        ];
        named.map(|(name, value)| (name.to_owned(), value)).into_iter().chain(self.limits.told())
    }

    /// What a run takes of a record at most.
    #[cfg(feature = "run")]
    pub(crate) fn within(&self) -> &Limits {
        &self.limits
    }

    /// The records of an input, read as they are asked for: one is in memory at a time, and a batch of rows of Parquet. What lists its
    /// content at its end (zip, Parquet) is held in memory as a whole, up to [`Limits::record`].
    ///
    /// The input is told by its first bytes; `name` tells pages of HTML that begin like text.
    pub fn records<'r>(&self, name: &str, input: impl Read + Send + 'r) -> Records<'r> {
        self.streamed(name, false, input)
    }

    /// The records of a dump.
    ///
    /// # Errors
    /// [`Error::Io`] when it cannot be opened. What cannot be read in it is no error but [`Part::Broken`].
    pub fn open(&self, source: &Source) -> Result<Records<'static>> {
        self.open_counted(source, &Tally::default())
    }

    /// The same, and counts the bytes of the file that are read.
    pub(crate) fn open_counted(&self, source: &Source, tally: &Tally) -> Result<Records<'static>> {
        let Some(path) = &source.path else {
            check_standard_input().map_err(Error::io("standard input"))?;
            let input =
                Waiting::on(|| Ok(std::io::stdin())).map_err(Error::io("standard input"))?;
            return Ok(self.streamed(&source.dump, source.in_folder, input));
        };
        let about = std::fs::metadata(path).map_err(Error::io(path))?;
        if !about.is_file() {
            let pipe = path.clone();
            let input = Waiting::on(|| File::open(pipe)).map_err(Error::io(path))?;
            return Ok(self.streamed(&source.dump, source.in_folder, input));
        }
        let file = File::open(path).map_err(Error::io(path))?;
        let mut file = Counted::new(file, tally);
        let place = self.place(&source.dump, source.in_folder, about.len());
        let mut input = Peek::new(file.again().map_err(Error::io(path))?);
        let container = Container::of(input.peek(HEAD));
        // What stands at the end of a file is read without the rest.
        let parts = match container {
            Some(Container::Zip) if file.rewind().is_ok() => zip::read(place.clone(), file, open),
            #[cfg(feature = "parquet")]
            Some(Container::Parquet) if file.rewind().is_ok() => parquet::read(&place, file),
            _ => open(place.clone(), input),
        };
        Ok(Records::within(&place, parts))
    }

    /// The records of an input whose size is not known.
    fn streamed<'r>(
        &self,
        name: &str,
        in_folder: bool,
        inner: impl Read + Send + 'r,
    ) -> Records<'r> {
        let place = self.place(name, in_folder, 0);
        let input = Stream { inner, budget: place.budget.clone() };
        Records::within(&place, open(place.clone(), Peek::new(input)))
    }

    fn place(&self, name: &str, in_folder: bool, bytes: u64) -> Place {
        let Self { text_field, pass_fields, limits, looked } = self.clone();
        let looked = looked.within(name);
        let settings = Settings { text_field, pass_fields, in_folder, limits, looked };
        Place::new(name.to_owned(), settings, bytes)
    }
}

/// The records of a dump, in their order, with what cannot be read and what is left out. Made by [`Reader::records`] and [`Reader::open`].
/// It can be handed to another thread.
pub struct Records<'r>(Parts<'r>);

impl<'r> Records<'r> {
    /// The parts of a dump, as long as its budget lasts.
    fn within(place: &Place, parts: Parts<'r>) -> Self {
        let refused = |reason| Part::Broken { record: None, reason };
        Self(Box::new(Within { budget: place.budget.clone(), items: Some(parts), refused }))
    }
}

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

/// Refuses a folder in the place of standard input, without waiting for what may come.
fn check_standard_input() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        // One that is closed is empty.
        let Ok(input) = std::io::stdin().as_fd().try_clone_to_owned() else { return Ok(()) };
        if File::from(input).metadata()?.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
    }
    Ok(())
}

/// Reads a stream as what its first bytes say that it is.
fn open<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let (mut input, layers) = match unpack(input, &place.budget) {
        Ok(unpacked) => unpacked,
        Err(error) => return place.all_broken(Unreadable::damaged(error)),
    };
    let place = place.unpacked(layers);
    let head = input.peek(HEAD);
    if place.is_among_others()
        && let Some(what) = furniture::of(head, &place.name)
    {
        return Box::new(Part::skipped(1, what).into_iter());
    }
    match Container::of(head) {
        Some(Container::Zip | Container::Tar) if place.is_deep() => {
            place.all_broken(Unreadable::TooDeep { limit: place.settings.limits.depth })
        }
        Some(Container::Zip) => zip::read_stream(place, input, open),
        Some(Container::Tar) => tar::read(place, input, open),
        #[cfg(feature = "parquet")]
        Some(Container::Parquet) => parquet::read_stream(&place, input),
        Some(Container::Warc) => warc::read(place, input),
        Some(Container::Arc) => arc::read(place, input),
        Some(Container::Json) => json::read(place, input),
        Some(Container::Feed) => feed::read(place, input),
        _ if mail::is_mbox(head) => mail::read_mbox(place, input),
        _ if mail::is_message(head) => mail::read(place, input),
        _ => match csv::Header::of(head, &place.name, place.text_field()) {
            Some(header) => csv::read(place, input, header),
            None => whole::read(place, input),
        },
    }
}
