//! From a dump to its records, one in memory at a time: what stands in a compressed file, an archive, a web archive, a mailbox, a file of
//! JSON or of Parquet is handed over as decoded text, and what cannot be read is named without stopping the rest.
//!
//! Without the feature `archives` only what makes bytes one record is here: [`Record::from_bytes`].

pub(crate) mod bytes;
pub(crate) mod charset;
pub(crate) mod container;
pub(crate) mod fetched;
pub(crate) mod format;
pub(crate) mod limits;
pub(crate) mod media;
pub(crate) mod record;

#[cfg(feature = "archives")]
pub(crate) mod arc;
#[cfg(feature = "archives")]
pub(crate) mod budget;
#[cfg(feature = "archives")]
pub(crate) mod counted;
#[cfg(feature = "archives")]
pub(crate) mod crawl;
#[cfg(feature = "archives")]
pub(crate) mod csv;
#[cfg(feature = "run")]
pub(crate) mod document;
#[cfg(feature = "archives")]
pub(crate) mod entry;
#[cfg(feature = "archives")]
pub(crate) mod feed;
#[cfg(feature = "archives")]
pub(crate) mod field_names;
#[cfg(feature = "archives")]
pub(crate) mod fields;
#[cfg(feature = "archives")]
pub(crate) mod furniture;
#[cfg(feature = "archives")]
pub(crate) mod http;
#[cfg(feature = "archives")]
pub(crate) mod inflate;
#[cfg(feature = "archives")]
pub(crate) mod json;
#[cfg(feature = "run")]
pub(crate) mod lines;
#[cfg(feature = "archives")]
pub(crate) mod lists;
#[cfg(feature = "archives")]
pub(crate) mod looked;
#[cfg(feature = "archives")]
pub(crate) mod mail;
#[cfg(feature = "parquet")]
pub(crate) mod parquet;
#[cfg(feature = "archives")]
pub(crate) mod pass;
#[cfg(feature = "archives")]
pub(crate) mod peek;
#[cfg(feature = "archives")]
pub(crate) mod place;
#[cfg(feature = "archives")]
pub(crate) mod reader;
#[cfg(feature = "archives")]
pub(crate) mod rows;
#[cfg(feature = "archives")]
pub(crate) mod tar;
#[cfg(feature = "archives")]
pub(crate) mod utf16;
#[cfg(feature = "archives")]
pub(crate) mod values;
#[cfg(feature = "archives")]
pub(crate) mod waiting;
#[cfg(feature = "archives")]
pub(crate) mod warc;
#[cfg(feature = "archives")]
pub(crate) mod whole;
#[cfg(feature = "archives")]
pub(crate) mod zip;

#[cfg(feature = "run")]
pub(crate) use crate::read::counted::Tally;
#[cfg(feature = "run")]
pub(crate) use crate::read::document::{Document, unescape};
pub use crate::read::format::Format;
pub use crate::read::limits::Limits;
#[cfg(feature = "run")]
pub(crate) use crate::read::lines::lines;
#[cfg(feature = "run")]
pub(crate) use crate::read::looked::Found;
#[cfg(feature = "archives")]
pub use crate::read::pass::PassFields;
#[cfg(feature = "archives")]
pub use crate::read::reader::{Reader, Records};
pub use crate::read::record::{Hint, Part, Record, SourceMetadata};
