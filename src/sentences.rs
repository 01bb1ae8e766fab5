//! The sentences of an article, as they are counted and cut.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;
use crate::span::Span;
use crate::structure::{BlockType, TextBlock};
use crate::text::letters::NormalizedText;
use crate::text::sentence::sentences;

/// A sentence of a kept paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// The paragraph it stands in, from 0.
    pub paragraph: u32,
    /// Hash of its letters and digits.
    pub hash: u64,
    /// How many there are.
    pub letters: u32,
    /// Where it stands in the record's view.
    pub span: Span,
    /// Bytes of it in the article's text, where white space is squeezed.
    pub squeezed: u32,
}

/// The sentences of an article's paragraphs, given as their ranges in `view`.
#[must_use]
pub(crate) fn sentences_of(view: &str, paragraphs: &[Vec<Span>]) -> Vec<Sentence> {
    let mut letters = NormalizedText::default();
    let mut found = Vec::new();
    for (paragraph, pieces) in (0..).zip(paragraphs) {
        for piece in pieces {
            let text = piece.of(view);
            found.extend(sentences(text).map(|range| {
                let sentence = &text[range.clone()];
                letters.read(sentence);
                Sentence {
                    paragraph,
                    hash: xxh3_64(letters.bytes()),
                    letters: count(letters.bytes().len()),
                    span: Span::new(piece.start + range.start, piece.start + range.end),
                    squeezed: count(squeezed(sentence)),
                }
            }));
        }
    }
    found
}

/// Bytes of a text where its white space is squeezed, and none stands at its ends.
fn squeezed(text: &str) -> usize {
    if text.is_ascii() {
        let (mut bytes, mut is_gap) = (0, false);
        for byte in text.trim().bytes() {
            let is_space = matches!(byte, b' ' | b'\t'..=b'\r');
            bytes += usize::from(!(is_space && is_gap));
            is_gap = is_space;
        }
        return bytes;
    }
    let (mut bytes, mut is_gap) = (0, false);
    for c in text.chars() {
        if c.is_whitespace() {
            is_gap = true;
        } else {
            bytes += c.len_utf8() + usize::from(is_gap && bytes > 0);
            is_gap = false;
        }
    }
    bytes
}

/// Makes one sentence of each paragraph of code, in whose text white space is not squeezed; given the sentences of an article.
pub(crate) fn join_code(article: &Article, sentences: Vec<Sentence>) -> Vec<Sentence> {
    let is_code = |block: &&TextBlock| matches!(block.role, BlockType::Code { .. });
    let code: FxHashSet<usize> =
        article.blocks.iter().filter(is_code).flat_map(|block| block.paragraphs.clone()).collect();
    if code.is_empty() {
        return sentences;
    }
    let texts: Vec<&str> = article.text.split("\n\n").collect();
    let mut joined = Vec::with_capacity(sentences.len());
    for own in sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let (first, last) = (own[0], own[own.len() - 1]);
        let paragraph = first.paragraph as usize;
        let text = texts.get(paragraph).filter(|_| code.contains(&paragraph));
        let Some(text) = text else {
            joined.extend(own);
            continue;
        };
        let hashes: Vec<u8> = own.iter().flat_map(|line| line.hash.to_le_bytes()).collect();
        joined.push(Sentence {
            hash: xxh3_64(&hashes),
            letters: own.iter().map(|line| line.letters).sum(),
            span: Span::new(first.span.start, last.span.end),
            squeezed: count(text.len()),
            ..first
        });
    }
    joined
}

/// Bytes of a packed sentence.
const PACKED: usize = 28;

/// Sentences as bytes, of which [`unpack`] makes them again.
#[must_use]
pub fn pack(sentences: &[Sentence]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(sentences.len() * PACKED);
    for sentence in sentences {
        let Sentence { paragraph, hash, letters, span, squeezed } = *sentence;
        packed.extend(hash.to_le_bytes());
        for value in [paragraph, letters, count(span.start), count(span.end), squeezed] {
            packed.extend(value.to_le_bytes());
        }
    }
    packed
}

/// The sentences that were packed.
#[must_use]
pub fn unpack(packed: &[u8]) -> Vec<Sentence> {
    let sentence = |bytes: &[u8; PACKED]| {
        let (hash, rest) = bytes.split_first_chunk::<8>().expect("28 bytes");
        let (values, _) = rest.as_chunks::<4>();
        let value = |at: usize| u32::from_le_bytes(values[at]);
        Sentence {
            paragraph: value(0),
            hash: u64::from_le_bytes(*hash),
            letters: value(1),
            span: Span::new(value(2) as usize, value(3) as usize),
            squeezed: value(4),
        }
    };
    packed.as_chunks::<PACKED>().0.iter().map(sentence).collect()
}

fn count(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_know_their_paragraph_and_place() {
        let view = "The quay  is closed. Nobody may pass.\n\nIt opens on Monday.";
        let found = sentences_of(view, &[vec![Span::new(0, 37)], vec![Span::new(39, view.len())]]);
        let seen: Vec<_> =
            found.iter().map(|s| (s.paragraph, s.span.of(view), s.squeezed)).collect();
        assert_eq!(
            seen,
            [
                (0, "The quay  is closed.", 19),
                (0, "Nobody may pass.", 16),
                (1, "It opens on Monday.", 19)
            ]
        );
    }

    #[test]
    fn a_sentence_is_the_same_in_any_case_and_space() {
        let hash = |text: &str| sentences_of(text, &[vec![Span::new(0, text.len())]])[0].hash;
        assert_eq!(
            hash("Keep us going:  give what you can!"),
            hash("KEEP US GOING – give what you can.")
        );
    }
}
