//! From the rendered text back to the source: the places of an article, and the account of every byte.

use crate::article::Article;
use crate::clean::cleaned::Cleaned;
use crate::html::shown::rendered::Rendered;
use crate::ledger::{Entry, Ledger, LedgerBuilder};
use crate::span::{Kind, Span};
use crate::structure::BlockType;

/// Moves what was found in the rendered text to the source.
pub(crate) fn to_source(page: &Rendered, source: &str, cleaned: Cleaned) -> Cleaned {
    let articles =
        cleaned.articles.into_iter().map(|article| move_article(page, article)).collect();
    Cleaned { articles, ledger: move_ledger(page, source, &cleaned.ledger), ..cleaned }
}

fn move_article(page: &Rendered, mut article: Article) -> Article {
    let place = &mut article.provenance;
    for ranges in &mut place.paragraphs {
        *ranges = ranges.iter().flat_map(|range| page.source_of(*range)).collect();
    }
    for block in &mut article.blocks {
        if let BlockType::Table { rows } = &mut block.role {
            for cell in rows.iter_mut().flatten() {
                let ranges = cell.ranges.iter().flat_map(|range| page.source_of(*range));
                cell.ranges = ranges.collect();
            }
        }
    }
    // Between the lines of a headline in a column stands what is in the others.
    let is_torn = |title: &Span| page.is_layout && page.source_of(*title).len() > 1;
    place.title =
        place.title.filter(|title| !is_torn(title)).and_then(|title| page.stretch_of(title));
    place.range = page.stretch_of(place.range).unwrap_or(place.range);
    article
}

/// Each stretch of text has the verdict on it, white space within it included; all else is markup, white space between tags too. Of a text that
/// was laid out anew all else is blank.
fn move_ledger(page: &Rendered, view: &str, ledger: &Ledger) -> Ledger {
    let mut stretches: Vec<(Span, &Entry)> = Vec::new();
    let mut from = 0;
    for entry in ledger.entries().iter().filter(|entry| entry.kind != Kind::Blank) {
        while page.pieces.get(from).is_some_and(|piece| piece.text.end <= entry.span.start) {
            from += 1;
        }
        let first = stretches.len();
        for piece in
            page.pieces[from..].iter().take_while(|piece| piece.text.start < entry.span.end)
        {
            let mut source = piece.source;
            if piece.is_even() {
                source.start += entry.span.start.saturating_sub(piece.text.start);
                source.end -= piece.text.end.saturating_sub(entry.span.end);
            }
            match stretches[first..].last_mut() {
                Some((stretch, _)) if is_blank(view, stretch.end, source.start) => {
                    stretch.end = source.end
                }
                _ => stretches.push((source, entry)),
            }
        }
    }
    stretches.sort_by_key(|(span, _)| span.start);
    let between = if page.is_layout { Kind::Blank } else { Kind::Markup };
    let mut moved = LedgerBuilder::default();
    for (span, entry) in stretches {
        moved.cover(span.start, between, None, None);
        moved.enter(Entry { span, ..entry.clone() });
    }
    moved.cover(view.len(), between, None, None);
    moved.finish(view.len())
}

/// Whether nothing but white space stands from one place to one behind it.
fn is_blank(view: &str, from: usize, to: usize) -> bool {
    view.get(from..to).is_some_and(|between| between.trim().is_empty())
}
