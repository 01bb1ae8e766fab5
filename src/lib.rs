#![doc = include_str!("../README.md")]
//!
//! # Inside
//!
//! A record goes through these stages, each in the module of its name; [`clean`](Cleaner::clean) alone knows the order of the first nine, [`Run`] that of the whole:
//!
//! 1. [`walk`]: paths to a sorted list of dumps
//! 2. [`read`]: a dump to its records, each with its text view, or the reason why there is none
//! 3. [`html`]: the source of a page to the text it shows, and what is found in that back to the source
//! 4. [`page`]: text to blocks, each with its place and shape
//! 5. [`mark`]: what rules and detectors say about blocks
//! 6. [`split`]: blocks to articles
//! 7. [`model`]: how likely each block is text
//! 8. [`judge`] and `reprint`: one verdict per block
//! 9. [`meta`] and [`article`]: kept blocks to articles with their provenance
//! 10. [`dedup`]: which articles of a run are copies, and which copy stands for all
//! 11. [`repeat`]: which sentences stand around many different stories
//! 12. [`mod@write`]: articles in one of several [formats](write::Format), in files that appear whole or not at all

pub mod article;
pub mod clean;
pub mod dedup;
pub mod error;
mod feed;
mod guard;
pub mod html;
pub mod judge;
pub mod ledger;
pub mod mark;
pub mod meta;
pub mod model;
pub mod page;
mod publish;
pub mod read;
mod record;
pub mod repeat;
mod reprint;
pub mod rules;
pub mod run;
pub mod segment;
pub mod span;
pub mod split;
pub mod walk;
pub mod write;

pub use article::{Article, Provenance};
pub use clean::{Choice, Cleaned, Cleaner, Options, Reason};
pub use dedup::archive::{Index, Standing};
pub use error::{Error, Result, Unreadable};
pub use guard::is_guarded;
pub use judge::Strictness;
pub use ledger::{Entry, Ledger};
pub use publish::Paragraphs;
pub use run::{Event, Run, Summary};
pub use span::{Decider, Kind, Span};
