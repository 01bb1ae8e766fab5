//! What is measured of the heads and feet of the parts: lines before the first text of each, and after its last.

use crate::clean::model::around::{flag, log};
use crate::clean::model::range::Column;
use crate::clean::split::beginnings::begins_in_capitals;
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::contents::named_by_contents;
use crate::clean::split::lines::Lines;
use crate::clean::split::numbers::number_of;
use crate::clean::split::parts::{Part, quantile, share, spread};
use crate::clean::split::sections::{is_heading, is_moment_line, is_question};

pub(super) const COLUMNS: [Column; 49] = [
    Column::share("starts_prose"),
    Column::share("starts_headline"),
    Column::share("starts_gap"),
    Column::share("starts_capitals"),
    Column::share("after_text"),
    Column::share("after_stop"),
    Column::to("head_lines", 12.0),
    Column::to("head_spread", 3.0),
    Column::share("same_head"),
    Column::share("unbroken"),
    Column::share("starts_at_one"),
    Column::share("states_count"),
    Column::share("counted"),
    Column::share("headed"),
    Column::share("listed"),
    Column::share("list_kept"),
    Column::share("titled"),
    Column::to("title_words", 4.0),
    Column::to("title_spread", 3.0),
    Column::share("title_capitalised"),
    Column::share("title_upper"),
    Column::share("title_question"),
    Column::share("title_sign"),
    Column::share("title_same_lead"),
    Column::share("title_gap"),
    Column::share("title_marked"),
    Column::share("title_same_place"),
    Column::share("title_named_above"),
    Column::share("title_in_text"),
    Column::between("title_own", -1.0, 1.0),
    Column::share("title_owned"),
    Column::share("title_elsewhere"),
    Column::to("title_words_quartile", 4.0),
    Column::share("title_long"),
    Column::share("dated_heads"),
    Column::share("dated_feet"),
    Column::share("one_date"),
    Column::share("dates_covered"),
    Column::share("about_heads"),
    Column::share("about_feet"),
    Column::share("same_foot"),
    Column::share("same_last"),
    Column::share("signed"),
    Column::share("starts_question"),
    Column::share("starts_moment"),
    Column::share("starts_heading"),
    Column::share("opened"),
    Column::share("text_again"),
    Column::share("title_again"),
];

/// What the lines of a page say of its parts, whichever set they are of.
#[derive(Debug)]
pub(super) struct Known {
    /// The lines that a list of contents names, rising.
    named: Vec<usize>,
    /// The number that each line counts by.
    numbers: Vec<Option<u32>>,
}

impl Known {
    pub(super) fn of(lines: &Lines) -> Self {
        let numbers = (0..lines.len()).map(|line| number_of(lines, line)).collect();
        Self { named: named_by_contents(lines), numbers }
    }
}

/// Adds the measures in the order of [`COLUMNS`].
pub(super) fn measure(
    lines: &Lines,
    cohesion: &Cohesion,
    known: &Known,
    parts: &[Part],
    row: &mut Vec<f32>,
) {
    let Known { named, numbers } = known;
    starts(lines, numbers, parts, row);
    agreement(lines, cohesion, named, parts, row);
    titles(lines, cohesion, parts, row);
    about(lines, parts, row);
    begins_as_sections(lines, parts, row);
    printed_again(lines, parts, row);
}

fn starts(lines: &Lines, numbers: &[Option<u32>], parts: &[Part], row: &mut Vec<f32>) {
    let blocks = &lines.page.blocks;
    let heads: Vec<f32> = parts.iter().map(|part| (part.text - part.start) as f32).collect();
    let numbers: Vec<Option<u32>> = parts
        .iter()
        .map(|part| (part.start..part.end.min(part.start + 2)).find_map(|i| numbers[i]))
        .collect();
    let steps =
        numbers.windows(2).filter(|pair| matches!(pair, [Some(a), Some(b)] if *b == *a + 1));
    let unbroken = steps.count() as f32 / (parts.len().max(2) - 1) as f32;
    let above = |part: &Part| part.start.checked_sub(1).map(|i| &blocks[i]);
    row.extend([
        share(parts, |part| part.text == part.start),
        share(parts, |part| lines.is_headline(part.start)),
        share(parts, |part| blocks[part.start].gap > 0),
        share(parts, |part| begins_in_capitals(lines.page.text_of(part.start))),
        share(parts, |part| above(part).is_some_and(crate::page::Block::is_prose)),
        share(parts, |part| above(part).is_some_and(|b| b.is_prose() && b.shape.ends_sentence)),
        quantile(&heads, 0.5),
        spread(&heads),
        most_alike(parts.iter().map(|part| literal_of(lines, part.start))),
        unbroken,
        flag(numbers.first().is_some_and(|&first| first == Some(1))),
        flag(states_count(lines, parts)),
    ]);
    let goes_on =
        |pair: &[Option<u32>]| matches!(pair, [Some(a), Some(b)] if *b == *a + 1 || *b == 1);
    let goes_on = numbers.windows(2).filter(|pair| goes_on(pair)).count() as f32;
    row.push(goes_on / (parts.len().max(2) - 1) as f32);
}

/// What lines above the parts say of them: a headline for all, a list of contents.
fn agreement(
    lines: &Lines,
    cohesion: &Cohesion,
    named: &[usize],
    parts: &[Part],
    row: &mut Vec<f32>,
) {
    /// Lines above the first part among which the headline for all may stand.
    const REACH: usize = 12;
    let texts = |part: &Part| (cohesion.text_at(part.start), cohesion.text_at(part.end));
    let later: Vec<(usize, usize)> = parts.iter().skip(1).map(texts).collect();
    let of_later = |title: usize| {
        let share = |&(from, to): &(usize, usize)| cohesion.share_of(title, from, to);
        later.iter().map(share).sum::<f32>() / later.len().max(1) as f32
    };
    let first = parts.first().map_or(0..0, |part| part.start.saturating_sub(REACH)..part.text);
    let headed = first.filter(|&line| lines.is_title[line]).map(of_later).fold(0.0, f32::max);
    let is_head = |part: &Part, line: usize| (part.start..=part.text).contains(&line);
    let next_named = |part: &Part| named.partition_point(|&line| line < part.start);
    let is_listed = |part: &Part| named.get(next_named(part)).is_some_and(|&at| is_head(part, at));
    let listed = parts.iter().filter(|part| is_listed(part)).count() as f32;
    row.extend([headed, listed / parts.len().max(1) as f32, listed / named.len().max(1) as f32]);
}

fn titles(lines: &Lines, cohesion: &Cohesion, parts: &[Part], row: &mut Vec<f32>) {
    let page = lines.page;
    let titled: Vec<(usize, Part)> =
        parts.iter().filter_map(|part| part.title.map(|title| (title, *part))).collect();
    let number = titled.len().max(1) as f32;
    let of_titled = |holds: &dyn Fn(usize) -> bool| {
        titled.iter().filter(|&&(title, _)| holds(title)).count() as f32 / number
    };
    let words: Vec<f32> =
        titled.iter().map(|&(title, _)| page.blocks[title].shape.words as f32).collect();
    let capitalised: f32 = titled
        .iter()
        .map(|&(title, _)| {
            let shape = &page.blocks[title].shape;
            shape.capitalised as f32 / shape.words.max(1) as f32
        })
        .sum();
    let first_word = |title: usize| page.words(title).first().copied().unwrap_or(title as u32);
    let ends = |title: usize, signs: &[char]| page.text_of(title).ends_with(signs);
    let mut elsewhere = 0.0;
    let mut shares = Vec::with_capacity(titled.len());
    for &(title, part) in &titled {
        let text = cohesion.text_at(part.text);
        let own = cohesion.share_of(title, text, cohesion.text_at(part.end));
        let before = text.saturating_sub(3);
        elsewhere += cohesion.share_elsewhere(
            title,
            cohesion.text_at(part.start),
            cohesion.text_at(part.end),
        );
        shares.push((own, cohesion.share_of(title, before, text)));
    }
    let mean = |value: &dyn Fn(&(f32, f32)) -> f32| shares.iter().map(value).sum::<f32>() / number;
    let first_start = parts.first().map_or(0, |part| part.start);
    row.extend([
        titled.len() as f32 / parts.len().max(1) as f32,
        log(quantile(&words, 0.5)),
        spread(&words),
        capitalised / number,
        of_titled(&|title| page.blocks[title].shape.upper == page.blocks[title].shape.letters),
        of_titled(&|title| ends(title, &['?', '？'])),
        of_titled(&|title| ends(title, &['!', '"', '”', '’', ')', ']'])),
        most_alike(titled.iter().map(|&(title, _)| u64::from(first_word(title)))),
        of_titled(&|title| page.blocks[title].gap > 0),
        of_titled(&|title| page.blocks[title].marker.is_some()),
        most_alike(titled.iter().map(|&(title, part)| (title - part.start) as u64)),
        of_titled(&|title| lines.first_print[title] < first_start),
        mean(&|&(own, _)| own),
        mean(&|&(own, before)| own - before),
        mean(&|&(own, before)| flag(own > before)),
        elsewhere / number,
        log(quantile(&words, 0.25)),
        of_titled(&|title| page.blocks[title].shape.words >= 5),
    ]);
}

fn about(lines: &Lines, parts: &[Part], row: &mut Vec<f32>) {
    let page = lines.page;
    let lead = |part: &Part| u32::from(part.text < part.end && lines.dated[part.text].is_some());
    let head = |part: &Part| lines.dates.within(part.start..part.text) + lead(part);
    let foot = |part: &Part| lines.dates.within(part.last..part.end);
    let first = parts.first().map_or(0, |part| part.start);
    let covered: u32 = parts.iter().map(|part| u32::from(head(part).max(foot(part)) > 0)).sum();
    let all = lines.dates.within(first..lines.len()).max(covered).max(1);
    let foot_line = |part: &Part, line: usize| {
        let is_foot = line > part.last && line < part.end;
        if is_foot { literal_of(lines, line) } else { line as u64 }
    };
    let is_signature = |line: usize| {
        let shape = &page.blocks[line].shape;
        shape.words <= 6
            && shape.digits == 0
            && !shape.ends_sentence
            && shape.capitalised * 2 >= shape.words
    };
    row.extend([
        share(parts, |part| head(part) > 0),
        share(parts, |part| foot(part) > 0),
        share(parts, |part| head(part) + foot(part) == 1),
        covered as f32 / all as f32,
        share(parts, |part| lines.about.within(part.start..part.text) > 0),
        share(parts, |part| lines.about.within(part.last..part.end) > 0),
        most_alike(parts.iter().map(|part| foot_line(part, part.last + 1))),
        most_alike(parts.iter().map(|part| foot_line(part, part.end - 1))),
        share(parts, |part| part.last + 1 < part.end && is_signature(part.last + 1)),
    ]);
}

/// How many begin as the parts of one text do, and whether a text opens them below a headline.
fn begins_as_sections(lines: &Lines, parts: &[Part], row: &mut Vec<f32>) {
    let first = parts.first().map_or(0, |part| part.start);
    let opening = lines.headline(0, first).map_or(0, |title| lines.words.within(title..first));
    row.extend([
        share(parts, |part| is_question(lines, part.start)),
        share(parts, |part| is_moment_line(lines, part.start)),
        share(parts, |part| is_heading(lines, part.start)),
        flag(opening > 0),
    ]);
}

/// How many hold a text that another part holds too, and how many print their headline twice.
fn printed_again(lines: &Lines, parts: &[Part], row: &mut Vec<f32>) {
    let is_again = |part: &Part, at: usize| {
        let first = lines.first_print[at];
        lines.begins[at].is_full() && first < part.start
    };
    let holds_again = |part: &Part| {
        (part.text..part.end).any(|at| lines.next_text[at] == at && is_again(part, at))
    };
    let is_twice = |part: &Part| {
        let Some(title) = part.title.filter(|&title| lines.begins[title].words > 1) else {
            return false;
        };
        let same = |at: usize| lines.begins[at].head == lines.begins[title].head;
        (title + 1..=part.text.min(part.end - 1)).any(same)
    };
    row.extend([share(parts, holds_again), share(parts, is_twice)]);
}

/// What a line has in common with others of its letters; a paragraph has nothing in common with any.
fn literal_of(lines: &Lines, line: usize) -> u64 {
    if lines.literal[line] == 0 { line as u64 } else { lines.literal[line] }
}

/// The share of the most frequent value; 0 where none stands twice.
fn most_alike(values: impl Iterator<Item = u64>) -> f32 {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    let most = values.chunk_by(|a, b| a == b).map(<[u64]>::len).max().unwrap_or(0);
    if most < 2 { 0.0 } else { most as f32 / values.len() as f32 }
}

/// Whether the first lines say how many parts there are (`1 of 5`), or a line above them does.
fn states_count(lines: &Lines, parts: &[Part]) -> bool {
    /// Lines above the first part that are looked at.
    const REACH: usize = 12;
    let Some(first) = parts.first() else { return false };
    let count = parts.len().to_string();
    let states = |line: usize| {
        let text = lines.page.text_of(line);
        lines.is_line(line)
            && text.contains(&*count)
            && text.split(|c: char| !c.is_ascii_digit()).any(|number| number == count)
    };
    let above = first.start.saturating_sub(REACH)..first.start;
    parts.len() >= 2 && (states(first.start) || above.into_iter().any(states))
}
