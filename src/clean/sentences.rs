//! A record cleaned for a run, which counts the sentences of its articles.

use crate::article::Article;
use crate::clean::cleaned::Cleaned;
use crate::clean::cleaner::{About, Cleaner, Shown, to_view};
use crate::clean::record::complete_all;
use crate::html::shown::rendered::Rendered;
use crate::read::Record;
use crate::sentences::{Sentence, join_code, sentences_of};

/// Cleans a record as [`Cleaner::clean_record`] does, and gives with each article its sentences.
pub(crate) fn clean_with_sentences(
    cleaner: &Cleaner,
    record: &Record,
) -> (Cleaned, Vec<Vec<Sentence>>) {
    let Shown { cleaned, page, .. } =
        cleaner.clean_shown(&record.view, record.format, About::of(record), |subject| {
            cleaner.predictions(subject)
        });
    let shown = page.as_ref().map_or(&record.view, |page| &page.text);
    let sentences = cleaned.articles.iter().map(|article| match &page {
        // The lines of a sentence have other columns between them in the source: it cannot be cut as one.
        Some(page) if page.is_layout => Vec::new(),
        Some(page) => to_source(page, sentences(shown, article)),
        None => sentences(shown, article),
    });
    let sentences = sentences.collect();
    let mut cleaned = to_view(page.as_ref(), &record.view, cleaned);
    complete_all(&mut cleaned, record);
    (cleaned, sentences)
}

fn sentences(shown: &str, article: &Article) -> Vec<Sentence> {
    join_code(article, sentences_of(shown, &article.provenance.paragraphs))
}

/// Moves the sentences of an article from the rendered text to the source.
fn to_source(page: &Rendered, sentences: Vec<Sentence>) -> Vec<Sentence> {
    let moved = |sentence: Sentence| Sentence {
        span: page.stretch_of(sentence.span).unwrap_or(sentence.span),
        ..sentence
    };
    sentences.into_iter().map(moved).collect()
}
