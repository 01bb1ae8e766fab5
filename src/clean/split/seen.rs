//! What is seen of one part of a page by itself, whichever sets hold it: its head, the lines before its first text, and its foot, those after its last.

use crate::clean::split::beginnings::begins_in_capitals;
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::lines::Lines;
use crate::clean::split::numbers::number_of;
use crate::clean::split::parts::Part;
use crate::clean::split::sections::{is_heading, is_moment_line, is_question};
use crate::page::Block;

/// What the lines of a page say of its parts.
#[derive(Debug)]
pub(super) struct Known {
    /// The number that each line counts by.
    numbers: Vec<Option<u32>>,
    /// The paragraphs that begin as one above them does, rising.
    again: Vec<usize>,
}

impl Known {
    pub(super) fn of(lines: &Lines) -> Self {
        let numbers = (0..lines.len()).map(|line| number_of(lines, line)).collect();
        let is_again = |&at: &usize| {
            lines.next_text[at] == at && lines.begins[at].is_full() && lines.first_print[at] < at
        };
        let again = (0..lines.len()).filter(is_again).collect();
        Self { numbers, again }
    }
}

/// What is seen of one part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) part: Part,
    pub(super) start: Start,
    pub(super) title: Option<Title>,
    pub(super) about: About,
    /// Whether a list of contents names a line of its head.
    pub(super) is_listed: bool,
    /// Headlines and days between its first and its last paragraph.
    pub(super) heads_left: u32,
    pub(super) dates_left: u32,
    /// Whether it holds a text that stands above it too.
    pub(super) holds_again: bool,
    /// Whether it prints its headline twice.
    pub(super) is_twice: bool,
}

/// What is seen of the first line of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) is_headline: bool,
    pub(super) is_below_gap: bool,
    pub(super) is_in_capitals: bool,
    pub(super) is_below_text: bool,
    pub(super) is_below_sentence: bool,
    pub(super) is_question: bool,
    pub(super) is_moment: bool,
    pub(super) is_heading: bool,
    /// What it has in common with lines of its letters.
    pub(super) literal: u64,
    /// What it counts by, or the line below.
    pub(super) number: Option<u32>,
}

/// What is seen of the headline of a part.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title {
    pub(super) words: u32,
    /// The share of its words with a capital.
    pub(super) capitalised: f32,
    pub(super) is_upper: bool,
    pub(super) asks: bool,
    pub(super) ends_in_sign: bool,
    pub(super) first_word: u64,
    pub(super) is_below_gap: bool,
    pub(super) is_marked: bool,
    /// Lines of the part above it.
    pub(super) place: u64,
    /// The first line that begins with the same words.
    pub(super) first_print: usize,
    /// The share of its stems that stand in the first texts below it, right above it, and in other parts.
    pub(super) own: f32,
    pub(super) before: f32,
    pub(super) elsewhere: f32,
}

/// What is seen of days and lines about an article in the head of a part, and in its foot.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    pub(super) dates_of_head: u32,
    pub(super) dates_of_foot: u32,
    pub(super) is_in_head: bool,
    pub(super) is_in_foot: bool,
    /// What the first line of its foot, and the last of all, have in common with lines of their letters.
    pub(super) first_of_foot: u64,
    pub(super) last: u64,
    pub(super) is_signed: bool,
}

impl Seen {
    pub(super) fn of(lines: &Lines, cohesion: &Cohesion, known: &Known, part: Part) -> Self {
        let next_named = lines.named().partition_point(|&line| line < part.start);
        let again = &known.again[known.again.partition_point(|&at| at < part.text)..];
        let mut again = again.iter().take_while(|&&at| at < part.end);
        Self {
            part,
            start: Start::of(lines, known, &part),
            title: part.title.map(|title| Title::of(lines, cohesion, &part, title)),
            about: About::of(lines, &part),
            is_listed: lines.named().get(next_named).is_some_and(|&at| at <= part.text),
            heads_left: lines.heads.within(part.text..part.last),
            dates_left: lines.dates.within(part.text..part.last),
            holds_again: again.any(|&at| lines.first_print[at] < part.start),
            is_twice: part.title.is_some_and(|title| is_twice(lines, &part, title)),
        }
    }
}

impl Start {
    fn of(lines: &Lines, known: &Known, part: &Part) -> Self {
        let start = part.start;
        let above = start.checked_sub(1).map(|above| &lines.page.blocks[above]);
        Self {
            is_headline: lines.is_headline(start),
            is_below_gap: lines.page.blocks[start].gap > 0,
            is_in_capitals: begins_in_capitals(lines.page.text_of(start)),
            is_below_text: above.is_some_and(Block::is_prose),
            is_below_sentence: above.is_some_and(|b| b.is_prose() && b.shape.ends_sentence),
            is_question: is_question(lines, start),
            is_moment: is_moment_line(lines, start),
            is_heading: is_heading(lines, start),
            literal: literal_of(lines, start),
            number: known.numbers[start..part.end.min(start + 2)].iter().find_map(|&own| own),
        }
    }
}

impl Title {
    fn of(lines: &Lines, cohesion: &Cohesion, part: &Part, title: usize) -> Self {
        /// Paragraphs above a headline that it may belong to.
        const ABOVE: usize = 3;
        let (page, shape) = (lines.page, &lines.page.blocks[title].shape);
        let ends = |signs: &[char]| page.text_of(title).ends_with(signs);
        let (numbers, text) = (part.numbers(), cohesion.text_at(part.text));
        Self {
            words: shape.words,
            capitalised: shape.capitalised as f32 / shape.words.max(1) as f32,
            is_upper: shape.upper == shape.letters,
            asks: ends(&['?', '？']),
            ends_in_sign: ends(&['!', '"', '”', '’', ')', ']']),
            first_word: u64::from(page.words(title).first().copied().unwrap_or(title as u32)),
            is_below_gap: page.blocks[title].gap > 0,
            is_marked: page.blocks[title].marker.is_some(),
            place: (title - part.start) as u64,
            first_print: lines.first_print[title],
            own: cohesion.share_of(title, text, numbers.end),
            before: cohesion.share_of(title, text.saturating_sub(ABOVE), text),
            elsewhere: cohesion.share_elsewhere(title, numbers.start, numbers.end),
        }
    }
}

impl About {
    fn of(lines: &Lines, part: &Part) -> Self {
        let is_dated = part.text < part.end && lines.dated[part.text].is_some();
        let (head, foot) = (part.start..part.text, part.last..part.end);
        let foot_line = |line: usize| {
            let is_foot = line > part.last && line < part.end;
            if is_foot { literal_of(lines, line) } else { line as u64 }
        };
        let is_signature = |line: usize| {
            let shape = &lines.page.blocks[line].shape;
            shape.words <= 6
                && shape.digits == 0
                && !shape.ends_sentence
                && shape.capitalised * 2 >= shape.words
        };
        Self {
            dates_of_head: lines.dates.within(head.clone()) + u32::from(is_dated),
            dates_of_foot: lines.dates.within(foot.clone()),
            is_in_head: lines.about.within(head) > 0,
            is_in_foot: lines.about.within(foot) > 0,
            first_of_foot: foot_line(part.last + 1),
            last: foot_line(part.end - 1),
            is_signed: part.last + 1 < part.end && is_signature(part.last + 1),
        }
    }
}

/// Whether a part prints its headline twice above its text.
fn is_twice(lines: &Lines, part: &Part, title: usize) -> bool {
    let same = |at: usize| lines.begins[at].head == lines.begins[title].head;
    lines.begins[title].words > 1 && (title + 1..=part.text.min(part.end - 1)).any(same)
}

/// What a line has in common with others of its letters; a paragraph has nothing in common with any.
fn literal_of(lines: &Lines, line: usize) -> u64 {
    if lines.literal[line] == 0 { line as u64 } else { lines.literal[line] }
}
