//! Verse: the lines of a song or a poem are text, however much they look like a menu.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::{Block, Page};
use crate::span::Kind;

/// The detector's name.
pub(crate) const VERSE: &str = "verse";

/// Words of the longest line, and characters.
const WORDS: u32 = 14;
const CHARS: u32 = 80;
/// Lines that a stanza has at least, the same under a label, and stanzas that verse has.
const LINES: usize = 3;
const LABELLED: usize = 2;
const STANZAS: usize = 2;
/// Stanzas of one length that show verse without a label or a refrain.
const ALIKE: usize = 3;

/// Marks stanzas as text: groups of short lines of which most words are in lower case, under labels such as `[Chorus]`, with lines that come
/// back, or all of one length.
pub fn mark_verse(page: &Page, segment: &Segment, marks: &mut Marks) {
    let groups = groups(page, segment);
    let stanzas: Vec<Option<Stanza>> =
        groups.iter().map(|group| Stanza::of(page, marks, group)).collect();
    let mut end = 0;
    for run in stanzas.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let poem: Vec<&Stanza> = run.iter().flatten().collect();
        let blocks = &groups[end..end + run.len()];
        end += run.len();
        if is_verse(page, &poem) {
            for index in blocks[0].start..blocks[blocks.len() - 1].end {
                marks.detect(index, Kind::Body, VERSE, Force::Strong);
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
    fn of(page: &Page, marks: &Marks, group: &Range<usize>) -> Option<Stanza> {
        let is_labelled = is_label(page.text_of(group.start));
        let lines = group.start + usize::from(is_labelled)..group.end;
        let is_line = |index: usize| {
            let Block { shape, marker, .. } = &page.blocks[index];
            (1..=WORDS).contains(&shape.words)
                && shape.chars <= CHARS
                && shape.digits == 0
                && marker.is_none()
                && shape.letters * 10 >= shape.chars * 6
                && marks.of(index).is_none_or(|mark| mark.force == Force::Hint)
        };
        let (words, capitalised) = page.blocks[lines.clone()]
            .iter()
            .fold((0, 0), |(w, c), b| (w + b.shape.words, c + b.shape.capitalised));
        (lines.len() >= if is_labelled { LABELLED } else { LINES }
            && lines.clone().all(is_line)
            && words as usize >= 3 * lines.len()
            && capitalised * 2 <= words)
            .then_some(Stanza { lines, is_labelled })
    }
}

/// A label of a stanza: `[Verse 2]`.
fn is_label(text: &str) -> bool {
    text.len() <= 40 && text.starts_with(['[', '(']) && text.ends_with([']', ')'])
}

fn is_verse(page: &Page, poem: &[&Stanza]) -> bool {
    let mut seen = FxHashSet::default();
    let lines = || poem.iter().flat_map(|stanza| stanza.lines.clone());
    let refrains = lines().filter(|&line| !seen.insert(page.folded(line))).count();
    let labels = poem.iter().filter(|stanza| stanza.is_labelled).count();
    let alike = poem.iter().filter(|stanza| stanza.lines.len() == poem[0].lines.len()).count();
    poem.len() >= STANZAS && (labels > 0 || refrains > 1 || alike >= ALIKE && alike == poem.len())
}
