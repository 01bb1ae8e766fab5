//! From the kept blocks of a segment to an article.

use crate::article::{Article, Provenance, id_of};
use crate::clean::build::{Built, Structure, build};
use crate::clean::judge::Verdict;
use crate::clean::language::language_of;
use crate::clean::mark::Marks;
use crate::clean::meta::meta_of;
use crate::clean::segment::Segment;
use crate::clean::title::headline_within;
use crate::page::Page;
use crate::span::{Kind, Span};
use serde_json::Map;

/// Puts the kept blocks of `segment` together as article number `number`; None where nothing was kept.
pub(crate) fn assemble(
    page: &Page,
    segment: &Segment,
    number: usize,
    verdicts: &[Verdict],
    marks: &Marks,
    structure: &Structure,
) -> Option<Article> {
    let kept = segment.blocks.clone().filter(|&i| verdicts[i].kind == Kind::Body);
    let kept = kept.map(|index| (index, kept_pieces(page, index, marks)));
    let Built { text, paragraphs, blocks } = build(page, structure, kept);
    let ours = || segment.blocks.clone().filter(|&i| verdicts[i].kind.belongs_to_article());
    if paragraphs.is_empty() {
        return None;
    }
    let range = Span::new(
        page.blocks[ours().next()?].span.start,
        page.blocks[ours().next_back()?].span.end,
    );
    let is_title = |&index: &usize| verdicts[index].kind == Kind::Title;
    let title = segment.title.filter(is_title).map(|first| {
        let last = (first..segment.blocks.end).take_while(is_title).last().unwrap_or(first);
        let start = page.blocks[first].unmarked().start;
        let mut lines = Span::new(start, page.blocks[last].span.end);
        if let Some(own) = segment.own_title {
            lines.start = own.start;
            lines.end = if last == first { own.end } else { lines.end };
        }
        headline_within(page, segment.blocks.clone(), lines)
    });
    let meta = meta_of(page, segment, verdicts, language_of(&text));
    Some(Article {
        id: id_of(&text),
        title: title.map(|title| {
            let shown = page.printed.plain(page.text, title);
            shown.split_whitespace().collect::<Vec<_>>().join(" ")
        }),
        text,
        blocks,
        meta,
        url: None,
        supersedes: None,
        metadata: Map::new(),
        appendix: Vec::new(),
        provenance: Provenance {
            dump: String::new(),
            record: None,
            source_id: None,
            target: None,
            article: number,
            range,
            title,
            paragraphs,
            copies: Vec::new(),
            copy_of: None,
            repeats: Vec::new(),
            repeated_spans: Vec::new(),
            alike: None,
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
