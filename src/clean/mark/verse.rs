//! Verse: the lines of a song or a poem are text, however much they look like a menu.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::adjustable::adjustable;
use crate::clean::mark::detector::VERSE;
use crate::clean::mark::marks::Marks;
use crate::clean::mark::strength::Strength;
use crate::clean::segment::Segment;
use crate::page::{Block, Page};

adjustable! {
    /// What verse looks like.
    VerseThresholds {
        /// Words of the longest line.
        words: u32 = 14,
        /// Characters of the longest line.
        chars: u32 = 80,
        /// Percent of a line's characters that are letters, at least.
        letters: u32 = 60,
        /// Words of a stanza's lines in the mean, at least.
        mean_words: usize = 3,
        /// Percent of a stanza's words that begin with a capital, at most.
        capitalised: u32 = 50,
        /// Lines of the shortest stanza.
        lines: usize = 3,
        /// Lines of the shortest stanza under a label.
        labelled_lines: usize = 2,
        /// Bytes of the longest label.
        label_bytes: usize = 40,
        /// Stanzas of the shortest verse.
        stanzas: usize = 2,
        /// Lines that come back, at least, in verse without a label.
        refrains: usize = 2,
        /// Stanzas of one length, at least, in verse without a label or a refrain.
        alike: usize = 3,
        /// Percent of the lines that go on with a sentence, at least, in two such stanzas.
        going_on: usize = 50,
    }
}

/// Marks stanzas as text: groups of short lines of which most words are in lower case, under labels such as `[Chorus]`, with lines that come
/// back, or all of one length, whose lines go on with sentences where they are two.
pub(crate) fn mark_verse(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &VerseThresholds,
) {
    let groups = groups(page, segment);
    let stanzas: Vec<Option<Stanza>> =
        groups.iter().map(|group| Stanza::of(page, marks, group, thresholds)).collect();
    let mut end = 0;
    for run in stanzas.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let poem: Vec<&Stanza> = run.iter().flatten().collect();
        let blocks = &groups[end..end + run.len()];
        end += run.len();
        if is_verse(page, &poem, thresholds) {
            for index in blocks[0].start..blocks[blocks.len() - 1].end {
                marks.detect(index, &VERSE);
            }
        }
    }
}

/// The groups of blocks between blank lines.
fn groups(page: &Page, segment: &Segment) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for index in segment.blocks.clone() {
        match groups.last_mut().filter(|_| page.blocks[index].gap == 0) {
            Some(group) => group.end = index + 1,
            None => groups.push(index..index + 1),
        }
    }
    groups
}

/// A group of lines that may be verse.
#[derive(Debug)]
struct Stanza {
    /// Its lines, the label left out.
    lines: Range<usize>,
    is_labelled: bool,
}

impl Stanza {
    fn of(page: &Page, marks: &Marks, group: &Range<usize>, t: &VerseThresholds) -> Option<Stanza> {
        let is_labelled = is_label(page.text_of(group.start), t);
        let lines = group.start + usize::from(is_labelled)..group.end;
        let is_line = |index: usize| {
            let Block { shape, marker, .. } = &page.blocks[index];
            (1..=t.words).contains(&shape.words)
                && shape.chars <= t.chars
                && shape.digits == 0
                && marker.is_none()
                && shape.letters * 100 >= shape.chars * t.letters
                && marks.of(index).is_none_or(|mark| mark.strength == Strength::Hint)
        };
        let (words, capitalised) = page.blocks[lines.clone()]
            .iter()
            .fold((0, 0), |(w, c), b| (w + b.shape.words, c + b.shape.capitalised));
        (lines.len() >= if is_labelled { t.labelled_lines } else { t.lines }
            && lines.clone().all(is_line)
            && words as usize >= t.mean_words * lines.len()
            && capitalised * 100 <= words * t.capitalised)
            .then_some(Stanza { lines, is_labelled })
    }
}

/// A label of a stanza: `[Verse 2]`.
fn is_label(text: &str, thresholds: &VerseThresholds) -> bool {
    text.len() <= thresholds.label_bytes
        && text.starts_with(['[', '('])
        && text.ends_with([']', ')'])
}

fn is_verse(page: &Page, poem: &[&Stanza], t: &VerseThresholds) -> bool {
    let mut seen = FxHashSet::default();
    let lines = || poem.iter().flat_map(|stanza| stanza.lines.clone());
    let refrains = lines().filter(|&line| !seen.insert(page.folded(line))).count();
    let labels = poem.iter().filter(|stanza| stanza.is_labelled).count();
    let alike = poem.iter().filter(|stanza| stanza.lines.len() == poem[0].lines.len()).count();
    let goes_on = |line: &usize| page.text_of(*line).starts_with(char::is_lowercase);
    let are_sentences = || {
        lines().count() > poem.len() * t.lines
            && lines().filter(goes_on).count() * 100 >= lines().count() * t.going_on
    };
    poem.len() >= t.stanzas
        && (labels > 0
            || refrains >= t.refrains
            || alike == poem.len() && (alike >= t.alike || are_sentences()))
}
