#![doc = include_str!("../README.md")]
//!
//! # Inside
//!
//! The modules stand below in the order of the flow, from the vocabulary up: a module knows only those above it. Within one record
//! `clean` alone knows the order of the stages, [`Run`] that of the whole: walk, read, clean, compare, write.

mod adjustable;
mod error;
mod span;

mod guard;
mod languages;
mod ledger;
mod outputs;
mod text;

mod article;
mod bylines;
mod dates;
mod sentences;
mod walk;

mod html;
mod page;
mod read;

mod clean;
mod compare;
mod write;

mod run;

pub use article::{Article, Copy, CopyOf, Meta, Provenance, Relation, Repeat};
pub use clean::cleaned::Cleaned;
pub use clean::explain::{Explanation, Reason};
pub use clean::judge::Strictness;
pub use clean::mark::{Force, Mark};
pub use clean::rules::{Pack, Rule, Rules, Scope, built_in_packs};
pub use clean::thresholds::Thresholds;
pub use clean::{Choice, Cleaner, Options};
pub use compare::fingerprint::Fingerprint;
pub use compare::index::{Index, Session, Standing, Stats};
pub use compare::{Batch, Cluster, Member, Thresholds as CompareThresholds};
pub use error::{Error, Failure, Result, Skipped, Unreadable};
pub use guard::is_guarded;
pub use ledger::{Entry, Ledger};
pub use read::{
    Format as RecordFormat, Hint, LARGEST_DUMP, LONGEST_LINE, MOST_LINES, Part, PassFields, Reader,
    Record, Records, SourceMetadata,
};
pub use run::Run;
pub use run::dedup::{Dedup, Summary as DedupSummary};
pub use run::event::Event;
pub use run::publish::Paragraphs;
pub use run::summary::Summary;
pub use span::{Decider, Kind, Span};
pub use text::letters::Letters;
pub use walk::{Filter, Source, walk};
pub use write::{Compression, Format, Layout, is_stream};

/// Stages by themselves, for benches and tests. Not a stable part of the library.
#[doc(hidden)]
pub mod stages {
    pub use crate::clean::explain::{Sight, sights};
    pub use crate::clean::rules::Room;
    pub use crate::html::HtmlPage;
    pub use crate::page::Page;
    pub use crate::text::chars::line_end;
}
