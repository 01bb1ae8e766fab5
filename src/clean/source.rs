//! From the rendered text back to the source: the places of an article, and the account of every byte.

use crate::article::Article;
use crate::clean::cleaned::Cleaned;
use crate::html::rendered::Rendered;
use crate::ledger::{Ledger, LedgerBuilder};
use crate::span::{Kind, Span};

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
    place.title = place.title.and_then(|title| page.stretch_of(title));
    place.range = page.stretch_of(place.range).unwrap_or(place.range);
    article
}

/// Each stretch of text has the verdict on it, white space within it included; all else is markup, white space between tags too.
fn move_ledger(page: &Rendered, view: &str, ledger: &Ledger) -> Ledger {
    let mut moved = LedgerBuilder::default();
    let mut from = 0;
    for entry in ledger.entries().iter().filter(|entry| entry.kind != Kind::Blank) {
        while page.pieces.get(from).is_some_and(|piece| piece.text.end <= entry.span.start) {
            from += 1;
        }
        let mut stretch: Option<Span> = None;
        for piece in
            page.pieces[from..].iter().take_while(|piece| piece.text.start < entry.span.end)
        {
            let mut source = piece.source;
            if piece.is_even() {
                source.start += entry.span.start.saturating_sub(piece.text.start);
                source.end -= piece.text.end.saturating_sub(entry.span.end);
            }
            match &mut stretch {
                Some(stretch) if view[stretch.end..source.start].trim().is_empty() => {
                    stretch.end = source.end
                }
                _ => {
                    if let Some(done) = stretch.replace(source) {
                        cover(&mut moved, done, entry);
                    }
                }
            }
        }
        if let Some(done) = stretch {
            cover(&mut moved, done, entry);
        }
    }
    moved.cover(view.len(), Kind::Markup, None, None);
    moved.finish(view.len())
}

fn cover(ledger: &mut LedgerBuilder, span: Span, entry: &crate::ledger::Entry) {
    ledger.cover(span.start, Kind::Markup, None, None);
    ledger.cover(span.end, entry.kind, entry.article, entry.rule.clone());
}
