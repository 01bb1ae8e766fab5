//! What tells an article among others of one form from what stands around them, beside what the others have.

use std::ops::RangeInclusive;

use crate::clean::judge::Verdict;
use crate::clean::mark::{AROUND_RECORDS, Marks};
use crate::clean::model::range::{BLOCKS, Column, TEXT, bound};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind};

/// Blocks up to which a distance is told.
const FAR: f32 = 12.0;
/// What is measured of each article, in order: as it is, and less the median of the others.
const MEASURES: [Column; 15] = [
    Column::to("words", TEXT),
    Column::to("kept", TEXT),
    Column::share("likely"),
    Column::share("kept_likely"),
    Column::share("likeliest"),
    Column::share("last_likely"),
    Column::share("kept_of_words"),
    Column::share("prose"),
    Column::share("debris"),
    Column::to("blocks", BLOCKS),
    Column::to("paragraph", BLOCKS),
    Column::to("to_text", FAR),
    Column::to("to_title", FAR),
    Column::to("first_words", 30.0),
    Column::to("gap", 3.0),
];
/// What is the same of each article as of so many of the others.
const FORMS: [&str; 6] = ["titled", "about", "signed", "numbered", "sign", "stopped"];
/// Features of an article.
pub(super) const FEATURES: usize = 5 + 2 * MEASURES.len() + 2 * FORMS.len();

/// What the scorer sees of an article.
pub(crate) type Row = [f32; FEATURES];

/// The columns of a row, in its order.
fn columns() -> impl Iterator<Item = (String, Column)> {
    let place = ["around", "first", "last", "place"].map(Column::share);
    let place = place.into_iter().chain([Column::to("articles", BLOCKS)]);
    let measured = MEASURES.into_iter().flat_map(|own| {
        let size = own.most - own.least;
        let beside = Column::between(own.name, -size, size);
        [(own.name.to_owned(), own), (format!("{}_beside", own.name), beside)]
    });
    let forms = FORMS.into_iter().flat_map(|name| {
        let own = Column::share(name);
        [(name.to_owned(), own), (format!("{name}_of_others"), own)]
    });
    place.map(|own| (own.name.to_owned(), own)).chain(measured).chain(forms)
}

/// The names of the features with the range of their values, in the order of a row.
pub(crate) fn ranges() -> impl Iterator<Item = (String, RangeInclusive<f32>)> {
    columns().map(|(name, own)| (name, own.least..=own.most))
}

/// What is seen of one article by itself.
struct Seen<'a> {
    measures: [f32; MEASURES.len()],
    is_titled: bool,
    is_about: bool,
    is_signed: bool,
    is_numbered: bool,
    is_stopped: bool,
    /// What stands before the first letter or number of its first line.
    sign: &'a str,
}

impl<'a> Seen<'a> {
    fn of(
        page: &'a Page,
        segment: &Segment,
        (marks, verdicts, likely): (&Marks, &[Verdict], &[f32]),
    ) -> Self {
        let blocks = segment.blocks.clone();
        let is_debris = |at: usize| {
            marks.all_of(at).iter().any(|mark| {
                let is_around = mark.by == Decider::Detector(AROUND_RECORDS.name);
                mark.kind.is_debris() && !is_around
            })
        };
        let (mut words, mut kept, mut all, mut debris) = (0.0, 0.0, 0.0, 0.0);
        let (mut sum, mut kept_sum) = (0.0, 0.0);
        let (mut likeliest, mut last_likely, mut count) = (0.0f32, 0.0, 0.0);
        let mut stopped = 0.0;
        for at in blocks.clone() {
            let block = &page.blocks[at];
            let own = block.shape.words as f32;
            all += own;
            debris += if is_debris(at) { own } else { 0.0 };
            if !block.is_prose() {
                continue;
            }
            count += 1.0;
            words += own;
            sum += own * likely[at];
            likeliest = likeliest.max(likely[at]);
            last_likely = likely[at];
            stopped += f32::from(u8::from(block.shape.ends_sentence));
            if verdicts[at].kind.is_kept() {
                kept += own;
                kept_sum += own * likely[at];
            }
        }
        let share = |part: f32, whole: f32| if whole > 0.0 { part / whole } else { 0.0 };
        let text = blocks.clone().find(|&at| page.blocks[at].is_prose()).unwrap_or(blocks.end);
        let title = segment.title.unwrap_or(blocks.end);
        let first = page.blocks.get(blocks.start);
        let line = first.map_or("", |_| page.text_of(blocks.start));
        let begin = line.find(char::is_alphanumeric).unwrap_or(0);
        let head = title.min(text).saturating_sub(2).max(blocks.start);
        let near = head..(head + 5).min(blocks.end);
        let distance = |to: usize| to.saturating_sub(blocks.start) as f32;
        Self {
            measures: [
                words.ln_1p(),
                kept.ln_1p(),
                share(sum, words),
                share(kept_sum, kept),
                likeliest,
                last_likely,
                share(kept, words),
                share(words, all),
                share(debris, all),
                (blocks.len() as f32).ln_1p(),
                share(words, count).ln_1p(),
                distance(text),
                distance(title),
                first.map_or(0.0, |block| block.shape.words as f32),
                first.map_or(0.0, |block| block.gap as f32),
            ],
            is_titled: segment.title.is_some(),
            is_about: near.into_iter().any(|at| marks.kind(at) == Some(Kind::Meta)),
            is_signed: segment.signature.is_some(),
            is_numbered: line[begin..].starts_with(char::is_numeric),
            is_stopped: stopped * 2.0 > count,
            sign: &line[..begin],
        }
    }

    fn forms(&self, others: &Self) -> [bool; FORMS.len()] {
        [
            self.is_titled == others.is_titled,
            self.is_about == others.is_about,
            self.is_signed == others.is_signed,
            self.is_numbered == others.is_numbered,
            self.sign == others.sign,
            self.is_stopped == others.is_stopped,
        ]
    }
}

/// A row for each of `segments`, by the verdicts and by how likely text each block is.
pub(super) fn rows(
    page: &Page,
    segments: &[&Segment],
    evidence: (&Marks, &[Verdict], &[f32]),
) -> Vec<Row> {
    /// Articles with which one is compared.
    const OTHERS: usize = 64;
    let seen: Vec<Seen> = segments.iter().map(|own| Seen::of(page, own, evidence)).collect();
    let articles: Vec<usize> = (0..segments.len()).filter(|&at| !segments[at].is_around).collect();
    let compared = &articles[..articles.len().min(OTHERS)];
    let sorted: Vec<Vec<f32>> = (0..MEASURES.len())
        .map(|measure| {
            let mut values: Vec<f32> =
                compared.iter().map(|&at| seen[at].measures[measure]).collect();
            values.sort_by(f32::total_cmp);
            values
        })
        .collect();
    let columns: Vec<Column> = columns().map(|(_, column)| column).collect();
    let row = |at: usize| {
        let own = &seen[at];
        let is_compared = compared.contains(&at);
        let yes = |is: bool| f32::from(u8::from(is));
        let mut row = [0.0; FEATURES];
        let mut places = row.iter_mut();
        let mut put = |value: f32| {
            if let Some(place) = places.next() {
                *place = value;
            }
        };
        put(yes(segments[at].is_around));
        put(yes(articles.first().is_none_or(|&first| at <= first)));
        put(yes(articles.last().is_none_or(|&last| at >= last)));
        put(at as f32 / segments.len() as f32);
        put((articles.len() as f32).ln_1p());
        for (&value, sorted) in own.measures.iter().zip(&sorted) {
            put(value);
            put(value - median_without(sorted, is_compared.then_some(value)));
        }
        let same: Vec<[bool; FORMS.len()]> = compared
            .iter()
            .filter(|&&other| other != at)
            .map(|&other| own.forms(&seen[other]))
            .collect();
        let own_forms = [
            own.is_titled,
            own.is_about,
            own.is_signed,
            own.is_numbered,
            !own.sign.is_empty(),
            own.is_stopped,
        ];
        for (form, is) in own_forms.into_iter().enumerate() {
            put(yes(is));
            let count = same.iter().filter(|same| same[form]).count();
            put(count as f32 / same.len().max(1) as f32);
        }
        bound(&columns, &mut row);
        row
    };
    (0..segments.len()).map(row).collect()
}

/// The median of sorted values of which one is left out.
fn median_without(sorted: &[f32], own: Option<f32>) -> f32 {
    let skipped = own.map_or(sorted.len(), |own| sorted.partition_point(|&value| value < own));
    let count = sorted.len() - usize::from(skipped < sorted.len());
    let middle = count / 2;
    let place = if middle < skipped { middle } else { middle + 1 };
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_leaves_out_the_own_value() {
        assert_eq!(median_without(&[1.0, 2.0, 9.0], Some(2.0)), 9.0);
        assert_eq!(median_without(&[1.0, 2.0, 9.0], Some(9.0)), 2.0);
        assert_eq!(median_without(&[1.0, 2.0, 9.0], None), 2.0);
        assert_eq!(median_without(&[1.0], Some(1.0)), 0.0);
    }

    #[test]
    fn each_measure_and_form_has_its_columns() {
        assert_eq!(columns().count(), FEATURES);
    }
}
