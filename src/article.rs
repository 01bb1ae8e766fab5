//! Articles: the kept text of a record with its provenance.

use serde::{Deserialize, Serialize};

use crate::dedup::Relation;
use crate::judge::Verdict;
use crate::mark::Marks;
use crate::meta::{Meta, language_of, meta_of};
use crate::page::Page;
use crate::segment::Segment;
use crate::span::{Kind, Span};

/// One clean article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Depends on the normalised text alone: 128-bit xxh3, in hex.
    pub id: String,
    /// Its headline; None where neither the text nor the container of the record holds one.
    pub title: Option<String>,
    /// The kept paragraphs, parted by empty lines, without the headline.
    pub text: String,
    /// When, by whom, in which language.
    #[serde(flatten)]
    pub meta: Meta,
    /// Its address, where the dump says it.
    pub url: Option<String>,
    /// The id of the less complete copy that an earlier run wrote, where this one takes its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supersedes: Option<String>,
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

/// A paragraph that stands in an earlier article of the run too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The paragraph, from 0.
    pub paragraph: usize,
    /// The dump of the earlier article.
    pub dump: String,
    /// The record of that dump.
    pub record: Option<String>,
    /// 1-based position of the earlier article in its record.
    pub article: usize,
}

/// The id of an article with this text.
pub(crate) fn id_of(text: &str) -> String {
    format!("{:032x}", xxhash_rust::xxh3::xxh3_128(crate::page::fold(text).as_bytes()))
}

/// Puts the kept blocks of `segment` together as article number `number`; None where nothing was kept.
pub(crate) fn assemble(
    page: &Page,
    segment: &Segment,
    number: usize,
    verdicts: &[Verdict],
    marks: &Marks,
) -> Option<Article> {
    let mut paragraphs = Vec::new();
    let mut text = String::new();
    for index in segment.blocks.clone().filter(|&i| verdicts[i].kind == Kind::Body) {
        let pieces = kept_pieces(page, index, marks);
        let start = text.len();
        for piece in &pieces {
            for word in piece.of(page.text).split_whitespace() {
                if text.len() > start {
                    text.push(' ');
                } else if start > 0 {
                    text.push_str("\n\n");
                }
                text.push_str(word);
            }
        }
        if text.len() > start {
            paragraphs.push(pieces);
        }
    }
    let ours = || segment.blocks.clone().filter(|&i| verdicts[i].kind.belongs_to_article());
    if paragraphs.is_empty() {
        return None;
    }
    let range = Span::new(
        page.blocks[ours().next()?].span.start,
        page.blocks[ours().next_back()?].span.end,
    );
    let title = segment
        .title
        .filter(|&t| verdicts[t].kind == Kind::Title)
        .map(|t| page.blocks[t].unmarked());
    let meta = meta_of(page, segment, verdicts, language_of(&text));
    Some(Article {
        id: id_of(&text),
        title: title.map(|t| t.of(page.text).split_whitespace().collect::<Vec<_>>().join(" ")),
        text,
        meta,
        url: None,
        supersedes: None,
        provenance: Provenance {
            dump: String::new(),
            record: None,
            article: number,
            range,
            title,
            paragraphs,
            copies: Vec::new(),
            copy_of: None,
            repeats: Vec::new(),
        },
    })
}

/// The places of a block's text that no cut takes.
pub(crate) fn kept_pieces(page: &Page, index: usize, marks: &Marks) -> Vec<Span> {
    let block = &page.blocks[index];
    let drawn = page.drawn_bullets && block.span.of(page.text).starts_with("• ");
    let span = if drawn { block.unmarked() } else { block.span };
    let mut pieces = Vec::new();
    let mut at = span.start;
    for cut in marks.cuts_of(index) {
        pieces.push(Span::new(at, cut.span.start.max(at)));
        at = cut.span.end;
    }
    pieces.push(Span::new(at, span.end));
    pieces.retain_mut(|piece| {
        let text = piece.of(page.text);
        let start = piece.start + (text.len() - text.trim_start().len());
        *piece = Span::new(
            start.min(piece.end),
            (piece.start + text.trim_end().len()).max(start.min(piece.end)),
        );
        !piece.is_empty()
    });
    pieces
}
