#![doc = include_str!("../README.md")]
//!
//! # Inside
//!
//! The modules stand below in the order of the flow, from the vocabulary up: a module knows only those in the groups above its own. Within one record
//! `clean::stages` alone knows the order, [`Run`] that of the whole: walk, read, clean, compare, write.

// Some of what the lower rooms offer only whole runs use.
#![cfg_attr(not(feature = "run"), allow(dead_code, unreachable_pub))]

/// The Rust examples of the pages in docs/, run as tests.
#[cfg(all(doctest, feature = "run"))]
#[doc = include_str!("../docs/library.md")]
mod pages {}

mod error;
mod span;

mod adjustable;

mod guard;
mod languages;
mod ledger;
#[cfg(feature = "archives")]
mod outputs;
mod text;

mod article;
mod dates;
#[cfg(feature = "run")]
mod sentences;
#[cfg(feature = "index")]
mod spill;
mod structure;
#[cfg(feature = "archives")]
mod walk;

mod bylines;

mod page;

mod html;
mod read;

mod clean;

#[cfg(feature = "index")]
mod compare;

#[cfg(feature = "run")]
mod write;

#[cfg(feature = "run")]
mod run;

pub use article::{
    Alike, Appendix, Article, Copy, CopyOf, Meta, Provenance, Relation, Repeat, RepeatedSpan,
};
pub use clean::beside::Beside;
pub use clean::cleaned::{Cleaned, LeftOut};
pub use clean::explain::{Explanation, Reason};
pub use clean::judge::Strictness;
pub use clean::mark::{Mark, Strength};
pub use clean::model::built_in_model_digest;
pub use clean::rules::{Pack, Rule, Rules, Scope, SiteRule, built_in_packs};
pub use clean::thresholds::Thresholds;
pub use clean::wanted::Wanted;
pub use clean::{Cleaner, ModelChoice, Options};
pub use error::{Error, Failure, Result, Skipped, Unfinished, Unreadable};
pub use guard::{Stop, is_guarded};
pub use ledger::{Entry, Ledger};
pub use read::{Format as RecordFormat, Hint, Limits, Part, Record, SourceMetadata};
pub use span::{Decider, Kind, Span};
pub use structure::{BlockType, InlineSpan, InlineType, TableCell, TextBlock};

#[cfg(feature = "archives")]
pub use {
    read::{PassFields, Reader, Records},
    walk::{Filter, Source, Walked, walk},
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
pub use compare::index::{Index, IndexMatch, Known, Session, Stats};

#[cfg(feature = "run")]
pub use {
    run::Run,
    run::dedup::{Dedup, Summary as DedupSummary},
    run::event::{Awaited, Event},
    run::parts::share::{PartOf, PartProgress},
    run::rebuild::rebuild_index,
    run::summary::{Summary, WithoutArticle},
    run::treatment::{Paragraphs, Spans},
    write::printable::printable,
    write::{Compression, Flaw, Format, Layout, Removed, Verified, is_stream, verify},
};

/// The numbers that the stages decide by, a struct for each stage; [`Thresholds`] holds all.
pub mod thresholds {
    pub use crate::clean::form::FormThresholds;
    pub use crate::clean::judge::JudgeThresholds;
    pub use crate::clean::mark::about::AboutThresholds;
    pub use crate::clean::mark::caption::SecondPrintThresholds;
    pub use crate::clean::mark::card::CardThresholds;
    pub use crate::clean::mark::detector::{Bounds, DetectorBounds};
    pub use crate::clean::mark::error_page::ErrorPageThresholds;
    pub use crate::clean::mark::excerpt::ExcerptThresholds;
    pub use crate::clean::mark::feed::FeedThresholds;
    pub use crate::clean::mark::foot::FootThresholds;
    pub use crate::clean::mark::headline::RepeatThresholds;
    pub use crate::clean::mark::listing::ListingThresholds;
    pub use crate::clean::mark::markup::MarkupThresholds;
    pub use crate::clean::mark::menu::MenuThresholds;
    pub use crate::clean::mark::name::NameThresholds;
    pub use crate::clean::mark::phrases::PhraseThresholds;
    pub use crate::clean::mark::picture::PictureThresholds;
    pub use crate::clean::mark::related::RelatedThresholds;
    pub use crate::clean::mark::tail::TailThresholds;
    pub use crate::clean::mark::teaser::TeaserThresholds;
    pub use crate::clean::mark::thresholds::MarkThresholds;
    pub use crate::clean::mark::verse::VerseThresholds;
    pub use crate::clean::region::RegionThresholds;
    pub use crate::clean::reprint::ReprintThresholds;
    pub use crate::clean::second_look::SecondLookThresholds;
    pub use crate::clean::split::items::SplitThresholds;
    pub use crate::clean::title::rule::TitleThresholds;
    pub use crate::page::thresholds::PageThresholds;
}

/// The steps by which copies are found, each a pure function of what a text has and of rows of tables by key. [`Deduplicator`] calls them over
/// all texts of one machine; spread over many machines they come to the same.
///
/// 1. Of texts with equal [letters](Fingerprint::exact) the first stands for all. Texts sort by their letters, the longest first, then by that hash,
///    then by their key: dump, place of the record in the dump, article.
/// 2. For each name of the [samples](Fingerprint::sample) count the texts that hold it, and keep the first four: these are the [tables](copies::Tables).
/// 3. [`copies::proposed`] and [`copies::is_likely`] give the longer texts that a text is proposed to; [`copies::candidates`] follows these three times.
/// 4. [`copies::Kept::compare`] compares a text with each candidate. An edge leads to one of which at most [`CompareThresholds::loss`] is lost.
/// 5. [`copies::members`] tells anchors from members; [`copies::Place`] which anchor a member belongs to. A text that is no member is related to the
///    anchor that it is most like among those that it was compared with, if there is one.
/// 6. [`copies::Story`] chooses the canonical text of each cluster, by [`copies::choose`], and lets those stand apart that lose too much in it.
#[cfg(feature = "index")]
pub mod copies {
    pub use crate::compare::anchors::members;
    pub use crate::compare::canonical::{Choice, choose};
    pub use crate::compare::loss::{Comparison, Kept};
    pub use crate::compare::overlap::Overlap;
    pub use crate::compare::place::Place;
    pub use crate::compare::propose::{candidates, is_likely, proposed};
    pub use crate::compare::rarity::HeldShingle;
    pub use crate::compare::story::Story;
    pub use crate::compare::tables::{Longest, Tables};
    pub use crate::compare::weight::Weights;
}

/// The steps by which a run publishes what it cleaned, each a function of an article or a record and of rows of tables by key. [`Run`] calls them over
/// all articles of one machine; spread over many machines they come to the same.
///
/// 1. [`Draft`](publishing::Draft) is a record that was cleaned. [`Copies::choose`](publishing::Copies::choose) says which of the articles of a cluster are folded.
/// 2. Sentences at the [edges](publishing::RepeatedSentences::edges) of the articles are counted by story, and those of enough stories everywhere; what
///    [is boilerplate](publishing::RepeatedSentences::is_boilerplate) is learned, and so on until nothing is, or [`ROUNDS`](publishing::ROUNDS) times.
/// 3. Paragraphs without what was learned are compared as texts are, by [thresholds of their own](publishing::paragraph_thresholds);
///    [`publishing::repeated_paragraphs`] says of a cluster which of them an earlier story has. Of [runs of letters](publishing::sampled_runs) that
///    several canonical articles have, [`SharedSpans`](publishing::SharedSpans) goes on to all that they share. [`Earlier`](publishing::Earlier)
///    holds both for an article.
/// 4. [`Published`](publishing::Published) is an article without what was learned. Articles of one id are copies then, if they were none before.
/// 5. A canonical article names its copies as they are published, in order; [`changed_line`](publishing::changed_line) does so to the ledger of each record.
#[cfg(feature = "run")]
pub mod publishing {
    pub use crate::compare::articles::{Copies, Facts, Folded};
    pub use crate::compare::paragraphs::{
        RepeatedParagraph, SharedParagraph, is_compared, paragraph_thresholds, repeated_paragraphs,
    };
    pub use crate::compare::repeat::{ROUNDS, RepeatedSentence, RepeatedSentences};
    pub use crate::compare::spans::{FirstRun, SharedSpan, SharedSpans, sampled_runs};
    pub use crate::run::draft::Draft;
    pub use crate::run::earlier::{Earlier, EarlierParagraph, EarlierSpan, kept_paragraphs};
    pub use crate::run::own::Own;
    pub use crate::run::published::Published;
    pub use crate::run::rewrite::{Change, Repeats, changed_line};
    pub use crate::run::settings::rounded;
    pub use crate::run::treatment::Treatment;
    pub use crate::sentences::{Sentence, pack, unpack};
}

/// Stages by themselves, for benches and tests. Not a stable part of the library.
#[doc(hidden)]
pub mod stages {
    pub use crate::clean::explain::{
        AuthorRow, FeatureRow, ItemRow, SourceRow, SplitRow, TitleRow, author_rows, feature_rows,
        item_rows, source_rows, split_names, split_rows, title_rows,
    };
    pub use crate::clean::rules::Scratch;
    pub use crate::html::HtmlPage;
    pub use crate::page::Page;
    pub use crate::text::chars::line_end;
}
