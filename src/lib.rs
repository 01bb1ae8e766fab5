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

mod article;
mod bylines;
mod clean;
mod compare;
mod dates;
mod error;
mod form;
mod guard;
mod html;
mod ledger;
mod outputs;
mod page;
mod read;
mod run;
mod sentences;
mod span;
mod walk;
mod write;

pub use crate::article::{Article, Provenance};
pub use crate::clean::cleaned::Cleaned;
pub use crate::clean::judge::Strictness;
pub use crate::clean::{Choice, Cleaner, Options, Reason};
pub use crate::compare::index::{Index, Standing};
pub use crate::error::{Error, Result, Unreadable};
pub use crate::guard::is_guarded;
pub use crate::ledger::{Entry, Ledger};
pub use crate::run::Run;
pub use crate::run::event::Event;
pub use crate::run::publish::Paragraphs;
pub use crate::run::summary::Summary;
pub use crate::span::{Decider, Kind, Span};
