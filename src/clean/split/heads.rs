//! What is measured of the heads and feet of the parts: lines before the first text of each, and after its last.

use rustc_hash::FxHashMap;

use crate::clean::model::around::{flag, log};
use crate::clean::model::range::Column;
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::{Ranked, share, spread};
use crate::clean::split::seen::{Seen, Title};

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

/// Adds the measures in the order of [`COLUMNS`]. `headed` is the share of the stems of each line
/// that the parts but the first have, where that is known.
pub(super) fn measure(
    (lines, cohesion): (&Lines, &Cohesion),
    parts: &[Seen],
    headed: &mut FxHashMap<usize, f32>,
    row: &mut Vec<f32>,
) {
    starts(lines, parts, row);
    row.push(headed_by((lines, cohesion), parts, headed));
    let listed = parts.iter().filter(|own| own.is_listed).count() as f32;
    row.extend([listed / parts.len().max(1) as f32, listed / lines.named().len().max(1) as f32]);
    titles(parts, row);
    about(lines, parts, row);
    begins_as_sections(lines, parts, row);
    row.extend([share(parts, |own| own.holds_again), share(parts, |own| own.is_twice)]);
}

fn starts(lines: &Lines, parts: &[Seen], row: &mut Vec<f32>) {
    let head = |own: &Seen| (own.part.text - own.part.start) as f32;
    let heads: Vec<f32> = parts.iter().map(head).collect();
    let follows = |pair: &[Seen], fits: &dyn Fn(u32, u32) -> bool| {
        pair[0].start.number.zip(pair[1].start.number).is_some_and(|(a, b)| fits(a, b))
    };
    let share_of_steps = |fits: &dyn Fn(u32, u32) -> bool| {
        let steps = parts.windows(2).filter(|pair| follows(pair, fits)).count() as f32;
        steps / (parts.len().max(2) - 1) as f32
    };
    row.extend([
        share(parts, |own| own.part.text == own.part.start),
        share(parts, |own| own.start.is_headline),
        share(parts, |own| own.start.is_below_gap),
        share(parts, |own| own.start.is_in_capitals),
        share(parts, |own| own.start.is_below_text),
        share(parts, |own| own.start.is_below_sentence),
        Ranked::of(&heads).quantile(0.5),
        spread(&heads),
        most_alike(parts.iter().map(|own| own.start.literal)),
        share_of_steps(&|a, b| b == a + 1),
        flag(parts.first().is_some_and(|first| first.start.number == Some(1))),
        flag(states_count(lines, parts)),
        share_of_steps(&|a, b| b == a + 1 || b == 1),
    ]);
}

/// How much the parts but the first have in common with the line above all that they have most in common with: a headline for all.
fn headed_by(
    (lines, cohesion): (&Lines, &Cohesion),
    parts: &[Seen],
    known: &mut FxHashMap<usize, f32>,
) -> f32 {
    /// Lines above the first part among which the headline for all may stand.
    const REACH: usize = 12;
    let Some((Seen { part: first, .. }, later)) = parts.split_first() else { return 0.0 };
    let share_of = |line: usize| {
        let share =
            |own: &Seen| cohesion.share_of(line, own.part.numbers().start, own.part.numbers().end);
        later.iter().map(share).sum::<f32>() / later.len().max(1) as f32
    };
    let above = first.start.saturating_sub(REACH)..first.text;
    let shares = above
        .filter(|&line| lines.is_title[line])
        .map(|line| *known.entry(line).or_insert_with(|| share_of(line)));
    shares.fold(0.0, f32::max)
}

fn titles(parts: &[Seen], row: &mut Vec<f32>) {
    let titles: Vec<Title> = parts.iter().filter_map(|own| own.title).collect();
    let number = titles.len().max(1) as f32;
    let of_titles = |holds: &dyn Fn(&Title) -> bool| share(&titles, holds);
    let mean = |value: &dyn Fn(&Title) -> f32| titles.iter().map(value).sum::<f32>() / number;
    let words: Vec<f32> = titles.iter().map(|own| own.words as f32).collect();
    let ranked = Ranked::of(&words);
    let first_start = parts.first().map_or(0, |own| own.part.start);
    row.extend([
        titles.len() as f32 / parts.len().max(1) as f32,
        log(ranked.quantile(0.5)),
        spread(&words),
        mean(&|own| own.capitalised),
        of_titles(&|own| own.is_upper),
        of_titles(&|own| own.asks),
        of_titles(&|own| own.ends_in_sign),
        most_alike(titles.iter().map(|own| own.first_word)),
        of_titles(&|own| own.is_below_gap),
        of_titles(&|own| own.is_marked),
        most_alike(titles.iter().map(|own| own.place)),
        of_titles(&|own| own.first_print < first_start),
        mean(&|own| own.own),
        mean(&|own| own.own - own.before),
        mean(&|own| flag(own.own > own.before)),
        mean(&|own| own.elsewhere),
        log(ranked.quantile(0.25)),
        of_titles(&|own| own.words >= 5),
    ]);
}

fn about(lines: &Lines, parts: &[Seen], row: &mut Vec<f32>) {
    let first = parts.first().map_or(0, |own| own.part.start);
    let is_dated = |own: &&Seen| own.about.dates_of_head.max(own.about.dates_of_foot) > 0;
    let covered = parts.iter().filter(is_dated).count() as u32;
    let all = lines.dates.within(first..lines.len()).max(covered).max(1);
    row.extend([
        share(parts, |own| own.about.dates_of_head > 0),
        share(parts, |own| own.about.dates_of_foot > 0),
        share(parts, |own| own.about.dates_of_head + own.about.dates_of_foot == 1),
        covered as f32 / all as f32,
        share(parts, |own| own.about.is_in_head),
        share(parts, |own| own.about.is_in_foot),
        most_alike(parts.iter().map(|own| own.about.first_of_foot)),
        most_alike(parts.iter().map(|own| own.about.last)),
        share(parts, |own| own.about.is_signed),
    ]);
}

/// How many begin as the parts of one text do, and whether a text opens them below a headline.
fn begins_as_sections(lines: &Lines, parts: &[Seen], row: &mut Vec<f32>) {
    let first = parts.first().map_or(0, |own| own.part.start);
    let opening = lines.headline(0, first).map_or(0, |title| lines.words.within(title..first));
    row.extend([
        share(parts, |own| own.start.is_question),
        share(parts, |own| own.start.is_moment),
        share(parts, |own| own.start.is_heading),
        flag(opening > 0),
    ]);
}

/// The share of the most frequent value; 0 where none stands twice.
fn most_alike(values: impl Iterator<Item = u64>) -> f32 {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    let most = values.chunk_by(|a, b| a == b).map(<[u64]>::len).max().unwrap_or(0);
    if most < 2 { 0.0 } else { most as f32 / values.len() as f32 }
}

/// Whether the first lines say how many parts there are (`1 of 5`), or a line above them does.
fn states_count(lines: &Lines, parts: &[Seen]) -> bool {
    /// Lines above the first part that are looked at.
    const REACH: usize = 12;
    let Some(Seen { part: first, .. }) = parts.first() else { return false };
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
