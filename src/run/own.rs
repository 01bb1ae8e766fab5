//! What of a copy stands nowhere in the article that it was folded into, and where that stands in the copy's record.

use std::ops::Range;

use crate::article::Article;
use crate::run::rewrite::Cut;
use crate::sentences::Sentence;
use crate::span::Span;

/// Text that only a copy has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Where it stands: words, or a whole sentence where half of it and more is own.
    pub span: Span,
    /// The sentence that it stands in.
    pub sentence: String,
}

/// The places of what is own of an article from which `cuts` were made, by the ranges of its text.
pub(crate) fn own_of(
    article: &Article,
    sentences: &[Sentence],
    cuts: &[Cut],
    own: &[Range<usize>],
) -> Vec<Own> {
    let mut cuts = cuts.iter().map(|cut| cut.sentence).peekable();
    let kept: Vec<&Sentence> = (0..)
        .zip(sentences)
        .filter_map(|(at, sentence)| cuts.next_if_eq(&at).is_none().then_some(sentence))
        .collect();
    let mut found = Vec::new();
    let mut start = 0;
    for (text, paragraph) in
        article.text.split("\n\n").zip(kept.chunk_by(|a, b| a.paragraph == b.paragraph))
    {
        let mut from = 0;
        for sentence in paragraph {
            from += usize::from(from > 0 && text[from..].starts_with(' '));
            let end = from + sentence.squeezed as usize;
            let Some(part) = text.get(from..end) else { break };
            let own = own_within(own, start + from..start + end);
            found.extend(
                places(sentence, part, &own)
                    .into_iter()
                    .map(|span| Own { span, sentence: part.into() }),
            );
            from = end;
        }
        start += text.len() + 2;
    }
    found
}

/// The parts of ranges that lie within another, counted from its start.
fn own_within(own: &[Range<usize>], within: Range<usize>) -> Vec<Range<usize>> {
    let from = own.partition_point(|range| range.end <= within.start);
    own[from..]
        .iter()
        .take_while(|range| range.start < within.end)
        .map(|range| {
            range.start.max(within.start) - within.start..range.end.min(within.end) - within.start
        })
        .collect()
}

/// Where the own parts of a sentence stand in the record. White space is squeezed in the text; where that shifts its words the whole
/// sentence is taken.
fn places(sentence: &Sentence, text: &str, own: &[Range<usize>]) -> Vec<Span> {
    let bytes: usize = own.iter().map(ExactSizeIterator::len).sum();
    if bytes == 0 {
        return Vec::new();
    }
    let is_plain = sentence.span.len() == text.len();
    if 2 * bytes >= text.len() || !is_plain {
        return vec![sentence.span];
    }
    let mut spans: Vec<Span> = Vec::new();
    for range in own {
        let start = text[..range.start].rfind(' ').map_or(0, |at| at + 1);
        let end = text[range.end..].find(' ').map_or(text.len(), |at| range.end + at);
        let span = Span::new(sentence.span.start + start, sentence.span.start + end);
        match spans.last_mut().filter(|last| last.end >= span.start) {
            Some(last) => last.end = last.end.max(span.end),
            None => spans.push(span),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences_of;

    const VIEW: &str = "The quay is open again. Nobody may pass the  gate. It shuts at nine.";

    fn own(marked: &[&str]) -> Vec<String> {
        let spans = vec![vec![Span::new(0, VIEW.len())]];
        let sentences = sentences_of(VIEW, &spans);
        let mut article = crate::Cleaner::new(crate::Options {
            no_built_in_rules: true,
            model: crate::ModelChoice::None,
            ..crate::Options::default()
        })
        .unwrap()
        .clean("A headline\n\nA paragraph of some length, so that it is taken for the text of an article.")
        .articles
        .remove(0);
        article.text = VIEW.split_whitespace().collect::<Vec<_>>().join(" ");
        let ranges: Vec<Range<usize>> = marked
            .iter()
            .map(|word| article.text.find(word).map(|at| at..at + word.len()).unwrap())
            .collect();
        let own = own_of(&article, &sentences, &[], &ranges);
        own.iter().map(|own| own.span.of(VIEW).to_string()).collect()
    }

    #[test]
    fn words_are_whole_and_so_are_sentences_that_are_mostly_own_or_squeezed() {
        assert_eq!(own(&["ua"]), ["quay"]);
        assert_eq!(own(&["shuts at ni"]), ["It shuts at nine."]);
        assert_eq!(own(&["pass"]), ["Nobody may pass the  gate."]);
        assert_eq!(own(&["open", "again"]), ["open", "again."]);
        assert_eq!(own(&[]), [""; 0]);
    }
}
