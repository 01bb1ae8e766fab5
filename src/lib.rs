#![doc = include_str!("../README.md")]
//!
//! # Inside
//!
//! The modules stand below in the order of the flow, from the vocabulary up: a module knows only those above it. Within one record
//! `clean` alone knows the order of the stages, [`Run`] that of the whole: walk, read, clean, compare, write.

// Some of what the lower rooms offer only whole runs use.
#![cfg_attr(not(feature = "run"), allow(dead_code, unreachable_pub))]

mod adjustable;
mod error;
mod span;

#[cfg(any(feature = "archives", feature = "index"))]
mod guard;
mod languages;
mod ledger;
#[cfg(feature = "archives")]
mod outputs;
mod text;

mod article;
mod bylines;
mod dates;
#[cfg(feature = "run")]
mod sentences;
#[cfg(feature = "archives")]
mod walk;

mod html;
mod page;
mod read;

mod clean;
#[cfg(feature = "index")]
mod compare;
#[cfg(feature = "run")]
mod write;

#[cfg(feature = "run")]
mod run;

pub use article::{Appendix, Article, Copy, CopyOf, Meta, Provenance, Relation, Repeat};
pub use clean::cleaned::Cleaned;
pub use clean::explain::{Explanation, Reason};
pub use clean::judge::Strictness;
pub use clean::mark::{Mark, Strength};
pub use clean::rules::{Pack, Rule, Rules, Scope, built_in_packs};
pub use clean::thresholds::Thresholds;
pub use clean::{Cleaner, ModelChoice, Options};
pub use error::{Error, Failure, Result, Skipped, Unreadable};
pub use ledger::{Entry, Ledger};
pub use read::{
    Format as RecordFormat, Hint, LARGEST_DUMP, LONGEST_LINE, MOST_LINES, Part, Record,
    SourceMetadata,
};
pub use span::{Decider, Kind, Span};

#[cfg(any(feature = "archives", feature = "index"))]
pub use guard::is_guarded;
#[cfg(feature = "archives")]
pub use {
    read::{PassFields, Reader, Records},
    walk::{Filter, Source, walk},
};

#[cfg(feature = "index")]
pub use {
    compare::{
        Cluster, Deduplicator, Fingerprint, Found, Losses, Member, Related,
        Thresholds as CompareThresholds,
    },
    text::letters::NormalizedText,
};

#[cfg(feature = "index")]
pub use compare::index::{Index, IndexMatch, Session, Stats};

#[cfg(feature = "run")]
pub use {
    run::Run,
    run::dedup::{Dedup, Summary as DedupSummary},
    run::event::Event,
    run::publish::Paragraphs,
    run::summary::Summary,
    write::{Compression, Format, Layout, is_stream},
};

/// Stages by themselves, for benches and tests. Not a stable part of the library.
#[doc(hidden)]
pub mod stages {
    pub use crate::clean::explain::{FeatureRow, SplitRow, sights, split_names, split_rows};
    pub use crate::clean::rules::Scratch;
    pub use crate::html::HtmlPage;
    pub use crate::page::Page;
    pub use crate::text::chars::line_end;
}
