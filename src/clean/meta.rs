//! What a dump says of an article besides its text: when, where, by whom, in which language.

use crate::article::Meta;
use crate::{bylines, dates};

use crate::clean::judge::Verdict;
use crate::clean::mark::{ATTRIBUTION, NAME_BELOW};
use crate::clean::segment::Segment;
use crate::clean::split::signed_by;
use crate::page::Page;
use crate::span::{Decider, Kind};

/// Blocks after the last of the text that may still carry the article's date.
const PAST_END: usize = 4;
/// Blocks after the first paragraph that may still carry the article's date or byline.
const BELOW: usize = 12;

/// Bytes of a day as ISO 8601 has it.
const DAY: usize = 10;

/// Reads the metadata of the article in `segment` out of its blocks.
#[must_use]
pub(crate) fn meta_of(
    page: &Page,
    segment: &Segment,
    verdicts: &[Verdict],
    language: Option<String>,
) -> Meta {
    let order = match language.as_deref() {
        Some("en") | None => dates::Order::Unknown,
        Some(_) => dates::Order::DayFirst,
    };
    let lines = nearest_lines(segment, verdicts);
    let published = published_in(page, &lines, order);
    let published = published.or_else(|| day_of_lead(page, segment, verdicts, order));
    let authors = lines.iter().find_map(|&i| {
        let line = page.plain_text_of(i);
        bylines::authors_in(&line, order).or_else(|| {
            let is_opened = segment.blocks.contains(&(i + 1)) && bylines::is_opening(&line);
            is_opened.then(|| bylines::name_alone(&page.plain_text_of(i + 1)))?
        })
    });
    let below = |i: usize| {
        bylines::name_alone(&page.plain_text_of(i)).filter(|_| is_name_below(verdicts, i))
    };
    // The entries of one author have a day and a name in the place of a headline.
    let entry = Some(segment.blocks.start).filter(|_| segment.is_item && segment.title.is_none());
    let named = entry.and_then(|line| bylines::name_beside_day(page.text_of(line)));
    let signed = segment.signature.and_then(|line| signed_by(page.text_of(line)));
    let signed = signed.map(|name| vec![name.to_owned()]);
    let authors = signed
        .or(authors)
        .or_else(|| lines.iter().find_map(|&i| below(i)))
        .or_else(|| lines.iter().find_map(|&i| poster_of(page, segment, i)))
        .or(named.map(|name| vec![name]))
        .or_else(|| writer_of(page, segment, verdicts).map(|name| vec![name.to_owned()]))
        .unwrap_or_default();
    let source = segment
        .feed
        .as_ref()
        .and_then(|f| f.source)
        .map(|i| bylines::source_in(page.blocks[i].unmarked().of(page.text)))
        .or_else(|| agency_of(page, segment, verdicts))
        .or_else(|| segment.is_item.then(|| source_beside(page, segment, verdicts))?);
    Meta { published, source, authors, language }
}

/// The first day that lines about an article name. Where a line holds nothing but days, the earliest of these and of such a line right below:
/// an article is updated after it was published.
fn published_in(page: &Page, lines: &[usize], order: dates::Order) -> Option<String> {
    let days = |line: usize| {
        let text = page.plain_text_of(line);
        let holds_days_alone = dates::is_date_line(&text);
        let days: Vec<String> = dates::find(&text, order).into_iter().map(|day| day.iso).collect();
        (holds_days_alone, days)
    };
    let mut own = lines.iter().enumerate().map(|(at, &line)| (at, days(line)));
    let (at, (holds_days_alone, found)) = own.find(|(_, (_, days))| !days.is_empty())?;
    if !holds_days_alone {
        return found.into_iter().next();
    }
    let next = lines.get(at + 1).filter(|&&next| next == lines[at] + 1);
    let next = next.map(|&next| days(next)).filter(|(holds_days_alone, _)| *holds_days_alone);
    let all = found.into_iter().chain(next.into_iter().flat_map(|(_, days)| days));
    // Days compare as text; a time that only one of them has does not count.
    all.min_by(|a, b| a.get(..DAY).cmp(&b.get(..DAY)))
}

/// The day at the head of the first paragraph, which a dash parts from it: `12 May 2031 - The ramp`.
fn day_of_lead(
    page: &Page,
    segment: &Segment,
    verdicts: &[Verdict],
    order: dates::Order,
) -> Option<String> {
    /// Bytes of the longest day.
    const HEAD: usize = 64;
    let is_first = |&i: &usize| verdicts[i].kind == Kind::Body && page.blocks[i].is_prose();
    let text = page.text_of(segment.blocks.clone().find(is_first)?);
    let head = &text[..text.floor_char_boundary(HEAD)];
    let day = dates::find(head, order).into_iter().next().filter(|day| day.start <= 1)?;
    let parts = |c: char| matches!(c, '-' | '–' | '—');
    text[day.end..].trim_start_matches([')', ']', ' ']).starts_with(parts).then_some(day.iso)
}

/// The name of a post's author: the first of the lines right above the one that counts the post, `13 March 2031, #2`.
fn poster_of(page: &Page, segment: &Segment, counted: usize) -> Option<Vec<String>> {
    /// Lines of the longest head of a post.
    const LINES: usize = 4;
    /// Words of the longest name of an account.
    const WORDS: u32 = 3;
    let is_number = |word: &str| {
        let digits = word.strip_prefix('#').unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    if !page.text_of(counted).split_whitespace().any(is_number) {
        return None;
    }
    let is_line = |index: usize| !page.blocks[index].is_prose();
    let first = (segment.blocks.start.max(counted.saturating_sub(LINES))..=counted)
        .rev()
        .find(|&index| page.blocks[index].gap > 0 || index == segment.blocks.start)?;
    let is_name = first < counted
        && (first..counted).all(is_line)
        && (1..=WORDS).contains(&page.blocks[first].shape.words);
    is_name.then(|| vec![page.text_of(first).to_owned()])
}

/// The agency that the dateline of the first paragraph names in capitals: `HOLM (NWN) — The ramp`.
fn agency_of(page: &Page, segment: &Segment, verdicts: &[Verdict]) -> Option<String> {
    const PLACE: usize = 40;
    let is_first = |&i: &usize| verdicts[i].kind == Kind::Body && page.blocks[i].is_prose();
    let text = page.text_of(segment.blocks.clone().find(is_first)?);
    let (place, rest) = text.split_once('(')?;
    let (name, text) = rest.split_once(')')?;
    let is_agency = place.len() <= PLACE
        && (2..=8).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_uppercase())
        && text.trim_start().starts_with(['-', '–', '—']);
    is_agency.then(|| name.to_owned())
}

/// The name that signs the last paragraph off, or that stands behind an address below the day.
fn writer_of<'p>(page: &Page<'p>, segment: &Segment, verdicts: &[Verdict]) -> Option<&'p str> {
    let is_text = |&i: &usize| verdicts[i].kind == Kind::Body && page.blocks[i].is_prose();
    let last = segment.blocks.clone().rev().find(is_text)?;
    let signed = bylines::signed_off(page.text_of(last));
    let below_day = |&i: &usize| {
        verdicts[i].kind != Kind::Body && i > 0 && dates::is_date_line(page.text_of(i - 1))
    };
    let mut behind = segment.blocks.clone().skip(1).filter(below_day);
    signed.or_else(|| behind.find_map(|i| bylines::name_behind_address(page.text_of(i))))
}

/// The source that a line above the text, or right below it, names with a label.
pub(crate) fn source_beside(
    page: &Page,
    segment: &Segment,
    verdicts: &[Verdict],
) -> Option<String> {
    let is_text = |&i: &usize| verdicts[i].kind == Kind::Body && page.blocks[i].is_prose();
    let blocks = segment.blocks.clone();
    let first = blocks.clone().find(is_text)?;
    let last = blocks.clone().rev().find(is_text).unwrap_or(first);
    let above = blocks.start..blocks.end.min(first + BELOW);
    let below = last + 1..blocks.end.min(last + PAST_END);
    let is_beside = |&i: &usize| {
        let kind = verdicts[i].kind;
        !kind.is_kept() && kind != Kind::Caption && !page.blocks[i].is_prose()
    };
    above.chain(below).filter(is_beside).find_map(|i| bylines::source_named(&page.plain_text_of(i)))
}

/// Whether a line was taken for a byline because it is a name below the headline.
fn is_name_below(verdicts: &[Verdict], line: usize) -> bool {
    verdicts[line].by == Some(Decider::Detector(NAME_BELOW.name))
}

/// The lines that speak about the article, those around its beginning first: from the headline on, or from the last of its prints above the
/// text.
fn nearest_lines(segment: &Segment, verdicts: &[Verdict]) -> Vec<usize> {
    let kept = |&i: &usize| verdicts[i].kind == Kind::Body;
    let first =
        segment.title.or_else(|| segment.blocks.clone().find(kept)).unwrap_or(segment.blocks.start);
    let text = segment.blocks.clone().find(|i| *i > first && kept(i)).unwrap_or(first);
    let last = segment.blocks.clone().rev().find(kept).unwrap_or(first);
    let print = (first..text).rev().find(|&i| verdicts[i].kind == Kind::Duptitle);
    let first = print.unwrap_or(first);
    // A line that says of whom a mail quotes has the name and the day of another.
    let is_of_other = |i: usize| verdicts[i].by == Some(Decider::Detector(ATTRIBUTION.name));
    let is_meta = |i: &usize| verdicts[*i].kind == Kind::Meta && !is_of_other(*i);
    let around = first..segment.blocks.end.min(text + BELOW);
    let above = (segment.blocks.start..first).rev();
    let after = segment.blocks.end.min(text + BELOW)..segment.blocks.end.min(last + PAST_END);
    around.chain(above).chain(after).filter(is_meta).collect()
}
