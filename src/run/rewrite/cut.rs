//! Sentences that are cut from an article because they are repeated.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Provenance, id_of};
use crate::sentences::Sentence;
use crate::span::Span;
use crate::structure::blocks_after_cuts;

/// A sentence that is cut because it is repeated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cut {
    /// Its place among the sentences of the article.
    pub(crate) sentence: usize,
    /// How often the text stands in the run, and where first.
    pub(crate) repeats: Repeats,
}

/// How often a text stands in the run, and where first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Repeats {
    /// Stories that it stands in.
    pub stories: u32,
    /// The dump of the first of them; None for an article of an earlier run.
    pub dump: Option<String>,
    /// The record of that dump.
    pub record: Option<String>,
    /// Which article of its record that is; None for one of an earlier run.
    pub article: Option<usize>,
    /// The id of an article of an earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The share of a paragraph that stands in the first one; None for sentences, which are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
}

impl Provenance {
    /// Where this article stands, as the first of so many stories.
    pub(crate) fn repeats(self, stories: u32) -> Repeats {
        let Self { dump, record, article, .. } = self;
        let (dump, article) = (Some(dump), Some(article));
        Repeats { stories, dump, record, article, ..Repeats::default() }
    }
}

/// Cuts sentences, in order, from an article: its text, places, range and id become those of what is left. Says whether it could: nothing
/// is changed where the sentences are not those of the article.
pub(crate) fn cut_article(article: &mut Article, sentences: &[Sentence], cuts: &[Cut]) -> bool {
    let mut cuts = cuts.iter().map(|cut| cut.sentence).peekable();
    let mut texts: Vec<String> = Vec::new();
    let mut places = Vec::with_capacity(article.provenance.paragraphs.len());
    let mut left = Vec::with_capacity(article.provenance.paragraphs.len());
    let mut rest = (0..).zip(sentences).peekable();
    for (paragraph, old) in (0..).zip(article.text.split("\n\n")) {
        let (mut text, mut kept, mut from, mut goes_on) =
            (String::new(), Vec::<Span>::new(), 0, false);
        let mut is_whole = true;
        while let Some((at, sentence)) =
            rest.next_if(|(_, sentence)| sentence.paragraph == paragraph)
        {
            let end = from + sentence.squeezed as usize;
            let Some(part) = old.get(from..end) else { return false };
            let is_cut = cuts.next_if_eq(&at).is_some();
            if !is_cut {
                text.push_str(if !text.is_empty() && old[..from].ends_with(' ') {
                    " "
                } else {
                    ""
                });
                text.push_str(part);
                match kept
                    .last_mut()
                    .filter(|_| goes_on && !stands_apart(&article.provenance.paragraphs, sentence))
                {
                    Some(last) => last.end = sentence.span.end,
                    None => kept.push(sentence.span),
                }
            }
            is_whole &= !is_cut;
            goes_on = !is_cut;
            from = end + usize::from(old[end..].starts_with(' '));
        }
        if is_whole && !text.is_empty() {
            text = old.to_owned();
            kept.clone_from(&article.provenance.paragraphs[paragraph as usize]);
        }
        left.push((!text.is_empty()).then_some(is_whole));
        if !text.is_empty() {
            texts.push(text);
            places.push(kept);
        }
    }
    let (Some(first), Some(last)) = (
        places.first().and_then(|p: &Vec<Span>| p.first()),
        places.last().and_then(|p: &Vec<Span>| p.last()),
    ) else {
        return false;
    };
    let Provenance { range, title, .. } = &mut article.provenance;
    if sentences.first().is_some_and(|s| s.span.start == range.start) {
        range.start = first.start.min(title.map_or(first.start, |t| t.start));
    }
    if sentences.last().is_some_and(|s| s.span.end == range.end) {
        range.end = last.end.max(title.map_or(last.end, |t| t.end));
    }
    article.text = texts.join("\n\n");
    article.id = id_of(&article.text);
    article.provenance.paragraphs = places;
    article.blocks = blocks_after_cuts(std::mem::take(&mut article.blocks), &left);
    true
}

/// Whether a sentence begins a piece of its paragraph: debris was cut out before it already.
fn stands_apart(paragraphs: &[Vec<Span>], sentence: &Sentence) -> bool {
    paragraphs[sentence.paragraph as usize].iter().any(|piece| piece.start == sentence.span.start)
}
