//! Articles: the kept text of a record with its provenance.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::span::Span;
use crate::structure::TextBlock;

/// One clean article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Depends on the normalised text alone: 128-bit xxh3, in hex.
    pub id: String,
    /// Its headline; None where neither the text nor the container of the record holds one.
    pub title: Option<String>,
    /// The kept paragraphs, parted by empty lines, without the headline. White space is squeezed, but that of code.
    pub text: String,
    /// What its paragraphs are: headings, items of lists, code, tables. Empty in what was written before there were blocks.
    #[serde(default)]
    pub blocks: Vec<TextBlock>,
    /// When, by whom, in which language.
    #[serde(flatten)]
    pub meta: Meta,
    /// Its address, where the dump says it.
    pub url: Option<String>,
    /// The id of the less complete copy that an earlier run wrote, where this one takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
    /// The fields that its record brought with it, where [`PassFields`](crate::read::PassFields) asks for them.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// What only its copies have, where that is kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub appendix: Vec<Appendix>,
    /// Where every word came from.
    pub provenance: Provenance,
}

/// Where an article stands. All ranges are bytes of the record's text view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The dump, relative to the path that was given; empty for text given to the library.
    pub dump: String,
    /// The record of the dump; None for a dump that is one record.
    pub record: Option<String>,
    /// The record's own id: the `id` of a JSON object or of a row, the Message-ID of a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    /// The address that a record of a WARC or ARC was fetched from, or that an entry of a feed links to; `url` may be the canonical one that the page states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// 1-based position in the record.
    pub article: usize,
    /// From the first to the last byte that belongs to it.
    pub range: Span,
    /// The headline's place; None where the text holds none.
    pub title: Option<Span>,
    /// For each paragraph the ranges it was taken from.
    pub paragraphs: Vec<Vec<Span>>,
    /// What was folded into it.
    pub copies: Vec<Copy>,
    /// The article that it is a copy of, where copies are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<CopyOf>,
    /// Its paragraphs that stand in earlier articles too, where those are marked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeats: Vec<Repeat>,
    /// Long stretches of it that an earlier article has word for word, where those are marked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repeated_spans: Vec<RepeatedSpan>,
    /// An article of the run that it is alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alike: Option<Alike>,
}

/// A copy of an article that was folded into the canonical one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copy {
    /// The dump it stands in.
    pub dump: String,
    /// The record of the dump.
    pub record: Option<String>,
    /// 1-based position in the record.
    pub article: usize,
    /// From its first to its last byte.
    pub range: Span,
    /// How it relates to the most complete copy.
    pub relation: Relation,
    /// How similar it is to that one, 0 to 1.
    pub similarity: f64,
    /// Its headline.
    pub title: Option<String>,
    /// What of it stands nowhere in the canonical article; None where that is one of an earlier run, with which it was not aligned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<Vec<Span>>,
}

/// Text that only a copy has, kept with the canonical article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appendix {
    /// Whole sentences, white space squeezed.
    pub text: String,
    /// The dump they stand in.
    pub dump: String,
    /// The record of the dump.
    pub record: Option<String>,
    /// 1-based position of the copy in the record.
    pub article: usize,
    /// What of them is the copy's own.
    pub ranges: Vec<Span>,
}

/// An article that is like another, and was not folded, since too much would have been lost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// The dump of the other article.
    pub dump: String,
    /// The record of that dump.
    pub record: Option<String>,
    /// 1-based position of the other article in its record.
    pub article: usize,
    /// The share of this article that stands nowhere in the other, 0 to 1.
    pub own: f64,
    /// The share of the other that stands nowhere in this one, 0 to 1.
    pub other_own: f64,
}

/// The canonical article that a copy belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopyOf {
    /// Its id.
    pub id: String,
    /// How the copy relates to the most complete one.
    pub relation: Relation,
    /// How similar it is to that one, 0 to 1.
    pub similarity: f64,
}

/// A paragraph that stands in an earlier article of the run too, or in one that an earlier run has written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// The dump of the earlier article; None for one of an earlier run.
    pub dump: Option<String>,
    /// The record of that dump.
    pub record: Option<String>,
    /// 1-based position of the earlier article in its record; None for one of an earlier run.
    pub article: Option<usize>,
    /// The id of an article of an earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The share of the paragraph that stands in that of the earlier article, 0 to 1.
    pub similarity: f64,
}

/// A long stretch of an article that an earlier article of the run has word for word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepeatedSpan {
    /// From its first to its last byte.
    pub range: Span,
    /// The dump of the first article that has it.
    pub dump: String,
    /// The record of that dump.
    pub record: Option<String>,
    /// 1-based position of that article in its record.
    pub article: usize,
}

/// The id of an article with this text.
pub(crate) fn id_of(text: &str) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(crate::text::fold(text).as_bytes()))
}

/// Metadata of one article. What the dump does not say of this article is left out, never guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Publication date, ISO 8601, to the day, minute or second, with the offset from UTC where the page or the record states one.
    pub published: Option<String>,
    /// The publisher, as printed.
    pub source: Option<String>,
    /// The authors, as printed.
    pub authors: Vec<String>,
    /// BCP 47 language of the text.
    pub language: Option<String>,
}

/// How a text relates to the anchor of its cluster.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same letters and digits.
    Exact,
    /// Most of either stands in the other.
    Near,
    /// Most of one stands in the other, which holds much else.
    Contained,
}
