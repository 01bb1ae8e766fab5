//! From the kept blocks of a segment to an article.

use crate::article::{Article, Provenance, id_of};
use crate::clean::beside::Beside;
use crate::clean::build::{Built, Kept, Structure, build, pictures_of, trimmed};
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
    (verdicts, marks): (&[Verdict], &Marks),
    structure: &Structure,
    beside: &[Beside],
) -> Option<Article> {
    let kept: Vec<Kept> = segment
        .blocks
        .clone()
        .flat_map(|index| kept_of(page, index, verdicts[index].kind, marks, beside))
        .collect();
    let is_text = |kept: &&Kept| kept.beside.is_none();
    let kinds = |index: usize| verdicts[index].kind;
    let pictures = match structure {
        Structure::Elements(elements) if beside.contains(&Beside::Images) => {
            pictures_of(page, elements, segment.blocks.clone(), kinds)
        }
        _ => Vec::new(),
    };
    let own = build(page, structure, kept.iter().filter(is_text), &pictures);
    if own.paragraphs.is_empty() {
        return None;
    }
    let language = language_of(&own.text);
    let is_all = kept.iter().all(|kept| is_text(&kept));
    let Built { text, paragraphs, blocks } =
        if is_all { own } else { build(page, structure, kept.iter(), &pictures) };
    let is_ours = |kind: Kind| {
        kind.belongs_to_article() || beside.iter().any(|other| other.kind() == Some(kind))
    };
    let ours = || segment.blocks.clone().filter(|&i| is_ours(verdicts[i].kind));
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
    let meta = meta_of(page, segment, verdicts, language);
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

/// What is kept of a block of this kind: its text; and what was cut out of that, or all of a block, where it stays beside the text.
fn kept_of(page: &Page, index: usize, kind: Kind, marks: &Marks, beside: &[Beside]) -> Vec<Kept> {
    let stays = |kind: Kind| beside.iter().copied().find(|beside| beside.kind() == Some(kind));
    if kind != Kind::Body {
        let whole = |beside| {
            let pieces = kept_pieces(page, index, std::iter::empty());
            Kept { index, pieces, beside: Some(beside) }
        };
        return stays(kind).map(whole).into_iter().collect();
    }
    let cuts = marks.cuts_of(index).map(|cut| cut.span);
    let text = Kept { index, pieces: kept_pieces(page, index, cuts), beside: None };
    let begins = text.pieces.first().map_or(usize::MAX, |piece| piece.start);
    let cuts = marks.cuts_of(index).filter_map(|cut| {
        let pieces = vec![trimmed(page.text, cut.span)?];
        Some(Kept { index, pieces, beside: Some(stays(cut.kind)?) })
    });
    let (above, below): (Vec<Kept>, Vec<Kept>) = cuts.partition(|cut| cut.pieces[0].start < begins);
    above.into_iter().chain([text]).chain(below).collect()
}

/// The places of a block's text that no cut takes.
fn kept_pieces(page: &Page, index: usize, cuts: impl Iterator<Item = Span>) -> Vec<Span> {
    let block = &page.blocks[index];
    let drawn = page.drawn_bullets && block.span.of(page.text).starts_with("• ");
    let span = if drawn { block.unmarked() } else { block.span };
    let mut pieces = Vec::new();
    let mut at = span.start;
    for cut in cuts {
        pieces.extend(trimmed(page.text, Span::new(at, cut.start.max(at))));
        at = cut.end;
    }
    pieces.extend(trimmed(page.text, Span::new(at, span.end)));
    pieces
}
