//! Forms that tell by themselves that a page is many articles: datelines of an agency, names of papers before what they write, one drawn sign
//! before each headline.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::clean::split::lines::Lines;
use crate::dates;
use crate::text::chars::is_quote;

/// Articles of the shortest list.
const ITEMS: usize = 3;
/// Words that half of the articles have at least.
const WORDS: u32 = 20;
/// Words above the first article are fewer than this share of all.
const ABOVE: f32 = 0.2;
/// Bytes of the longest dateline.
const DATELINE: usize = 72;
/// Letters of the shortest place in a dateline.
const LETTERS: usize = 3;
/// Bytes of the longest place in a dateline.
const PLACE: usize = 40;

/// Where the articles of a page begin that such a form tells of, rising; none where none does.
pub(super) fn told(lines: &Lines) -> Vec<usize> {
    let all = || 0..lines.len();
    let datelines = with_places(lines, all().filter(|&at| dateline_of(lines, at).is_some()));
    let reviews: Vec<usize> = all().filter(|&at| names_a_paper(lines, at)).collect();
    let drawn = below_one_sign(lines);
    let found = [datelines, reviews, drawn];
    found
        .into_iter()
        .filter(|starts| are_articles(lines, starts))
        .max_by_key(Vec::len)
        .unwrap_or_default()
}

/// Whether most stretches from start to start hold enough text, and hardly any stands above the first.
fn are_articles(lines: &Lines, starts: &[usize]) -> bool {
    let (true, Some(&first)) = (starts.len() >= ITEMS, starts.first()) else { return false };
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut words: Vec<u32> =
        starts.iter().zip(ends).map(|(&start, end)| lines.words.within(start..end)).collect();
    words.sort_unstable();
    let above = lines.words.within(0..first) as f32;
    words[words.len() / 2] >= WORDS && words[0] > 0 && above <= ABOVE * lines.all_words() as f32
}

/// The lines, where two thirds of them name another place each.
fn with_places(lines: &Lines, found: impl Iterator<Item = usize>) -> Vec<usize> {
    let found: Vec<usize> = found.collect();
    let places: FxHashSet<&str> = found.iter().filter_map(|&at| dateline_of(lines, at)).collect();
    if places.len() * 3 >= found.len() * 2 { found } else { Vec::new() }
}

/// The place in capitals that a paragraph begins with, before an agency in brackets or a day, and a dash: `HOLM, 3 March (NWN) - The ramp`.
fn dateline_of<'p>(lines: &Lines<'p>, at: usize) -> Option<&'p str> {
    let page = lines.page;
    if !page.blocks[at].is_prose() {
        return None;
    }
    let text: &'p str = page.text_of(at);
    let head = &text[..text.floor_char_boundary(DATELINE)];
    let mut letters = head.chars().filter(|c| c.is_alphabetic());
    if !letters.by_ref().take(LETTERS).all(char::is_uppercase) {
        return None;
    }
    let dash = [" - ", " – ", " — ", " -- "].iter().filter_map(|dash| head.find(dash)).min()?;
    let line = &head[..dash];
    let place = line.split([',', '(']).next()?.trim_end();
    let has_agency = line.ends_with(')') && line.contains('(');
    let is_told =
        has_agency || !dates::find(line, dates::Order::Unknown).is_empty() || has_day(line);
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let is_place = letters >= LETTERS
        && place.len() <= PLACE
        && place.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
        && !place.contains(|c: char| c.is_ascii_digit());
    (is_place && is_told).then_some(place)
}

/// Whether a dateline ends with a day without its year, `HOLM, March 3`.
fn has_day(line: &str) -> bool {
    let day = line.rsplit(',').next().unwrap_or_default();
    let is_day = |word: &str| {
        let number = word.trim_end_matches(['.', ',']);
        (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    };
    line.contains(',') && day.split_whitespace().count() <= 3 && day.split_whitespace().any(is_day)
}

/// Whether a line names a paper and says that it comments on something, with a colon, and its words follow in quotation marks: `The Harbour
/// Post writes of the strike:`.
fn names_a_paper(lines: &Lines, at: usize) -> bool {
    /// Words that say of a paper that it comments, folded.
    const COMMENTS: [&str; 24] = [
        "kommentiert",
        "schreibt",
        "meint",
        "findet",
        "urteilt",
        "notiert",
        "befasst",
        "äussert",
        "äußert",
        "fordert",
        "bemerkt",
        "commente",
        "écrit",
        "estime",
        "comenta",
        "escribe",
        "escreve",
        "commenta",
        "scrive",
        "comments",
        "writes",
        "pisze",
        "пишет",
        "пише",
    ];
    let page = lines.page;
    let text = page.text_of(at);
    let is_head = text.ends_with(':') && text.len() <= 200 && at + 1 < lines.len();
    is_head
        && page.text_of(at + 1).starts_with(is_quote)
        && page.folded(at).split(|c: char| !c.is_alphabetic()).any(|word| COMMENTS.contains(&word))
}

/// The headlines right above texts that begin with one and the same drawn sign, where no text stands above the first: the sections of one text
/// stand below its beginning.
fn below_one_sign(lines: &Lines) -> Vec<usize> {
    let page = lines.page;
    let sign = |at: usize| page.text_of(at).chars().next().filter(|c| is_sign(*c));
    let is_head = |at: &usize| {
        lines.is_line(*at)
            && page.blocks[*at].shape.letters > 3
            && lines.next_text[*at] == at + 1
            && sign(*at).is_some()
    };
    let heads: Vec<usize> = (0..lines.len()).filter(is_head).collect();
    let Some(first) = heads.first().and_then(|&at| sign(at)) else { return Vec::new() };
    let is_all = heads.iter().all(|&at| sign(at) == Some(first));
    let above: Range<usize> = 0..heads[0];
    if is_all && lines.words.within(above) == 0 { heads } else { Vec::new() }
}

/// Whether a character is drawn as the sign of a headline.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{25a0}'..='\u{25ff}' | '\u{2605}' | '\u{2606}' | '※' | '❖' | '✦' | '➤')
}
