//! What is measured of a set of places at which a page may part. Every measure has a range.

use crate::clean::model::around::{flag, log};
use crate::clean::model::range::Column;
use crate::clean::split::candidates::Candidate;
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::forms::Family;
use crate::clean::split::heads::{self, Known};
use crate::clean::split::lines::{Lines, Sums};
use crate::clean::split::parts::{Part, quantile, share, spread};
use crate::clean::split::terms::{self, Terms};
use crate::clean::split::ways::Offset;

/// Words from which on a text can stand alone, is a short text, is a text.
const LONG: [u32; 3] = [20, 50, 150];

/// How large the parts are.
const SIZES: [Column; 16] = [
    Column::to("parts", 5.0),
    Column::share("kept_members"),
    Column::to("median_words", 8.0),
    Column::to("quartile_words", 8.0),
    Column::to("least_words", 8.0),
    Column::to("most_words", 9.0),
    Column::share("largest"),
    Column::to("last_of_median", 4.0),
    Column::share("over_20"),
    Column::share("over_50"),
    Column::share("over_150"),
    Column::to("spread_words", 3.0),
    Column::to("spread_blocks", 3.0),
    Column::to("median_texts", 4.0),
    Column::share("one_text"),
    Column::share("of_most_parts"),
];
/// What stands above the first.
const ABOVE: [Column; 3] =
    [Column::share("above"), Column::to("above_words", 8.0), Column::to("above_of_median", 4.0)];
/// How words change at the borders.
const BORDERS: [Column; 8] = [
    Column::share("across"),
    Column::share("within"),
    Column::between("less_across", -1.0, 1.0),
    Column::share("sharp_borders"),
    Column::share("deep_borders"),
    Column::share("kept_together"),
    Column::between("together_for_shift", -1.0, 1.0),
    Column::to("agree", 8.0),
];
/// What is left over in the parts.
const LEFT: [Column; 2] = [Column::to("heads_left", 4.0), Column::to("dates_left", 4.0)];
/// The page.
const WHOLE: [Column; 9] = [
    Column::to("page_words", 9.0),
    Column::to("page_texts", 7.0),
    Column::share("page_prose"),
    Column::to("page_heads", 6.0),
    Column::to("page_dates", 6.0),
    Column::to("page_about", 6.0),
    Column::share("page_wrapped"),
    Column::to("page_text_words", 6.0),
    Column::share("page_cohesion"),
];

fn columns() -> impl Iterator<Item = &'static Column> {
    SIZES
        .iter()
        .chain(&ABOVE)
        .chain(&BORDERS)
        .chain(&LEFT)
        .chain(&heads::COLUMNS)
        .chain(&terms::COLUMNS)
        .chain(&WHOLE)
}

/// Measures that are compared with the highest among the sets of the page.
const COMPARED: [&str; 16] = [
    "parts",
    "quartile_words",
    "over_20",
    "less_across",
    "kept_together",
    "together_for_shift",
    "agree",
    "titled",
    "title_own",
    "dates_covered",
    "same_last",
    "unbroken",
    "title_elsewhere",
    "names_shared",
    "words_shared",
    "word_in_most",
];

/// How many measures a set has.
pub(super) const MEASURES: usize = Family::ALL.len()
    + Offset::ALL.len()
    + SIZES.len()
    + ABOVE.len()
    + BORDERS.len()
    + LEFT.len()
    + heads::COLUMNS.len()
    + terms::COLUMNS.len()
    + WHOLE.len()
    + COMPARED.len();

/// The names, in the order of a row.
pub(crate) fn names() -> Vec<String> {
    let families = Family::ALL.iter().map(|family| format!("{family:?}").to_lowercase());
    let offsets = Offset::ALL.iter().map(|offset| format!("@{offset:?}").to_lowercase());
    let compared = COMPARED.iter().map(|name| format!("{name}<"));
    families
        .chain(offsets)
        .chain(columns().map(|column| column.name.to_owned()))
        .chain(compared)
        .collect()
}

/// The sets of one page, measured against each other.
#[derive(Debug)]
pub(super) struct Measurer<'a> {
    pub(super) lines: &'a Lines<'a>,
    pub(super) cohesion: &'a Cohesion,
    /// For each set the paragraphs above which it parts the page.
    borders: Vec<Vec<usize>>,
    most_parts: usize,
    known: Known,
    names: Terms,
    terms: Terms,
}

impl<'a> Measurer<'a> {
    pub(super) fn of(lines: &'a Lines, cohesion: &'a Cohesion, sets: &[Candidate]) -> Self {
        let borders = sets
            .iter()
            .map(|set| {
                let mut texts: Vec<usize> =
                    set.starts.iter().map(|&start| cohesion.text_at(start)).collect();
                texts.retain(|&text| text > 0);
                texts
            })
            .collect();
        let most_parts = sets.iter().map(|set| set.starts.len()).max().unwrap_or(0);
        Self {
            lines,
            cohesion,
            known: Known::of(lines),
            names: Terms::names(lines, &cohesion.texts),
            terms: Terms::words(cohesion),
            borders,
            most_parts,
        }
    }

    /// The measures of all sets.
    pub(super) fn rows(&self, sets: &[Candidate]) -> Vec<Vec<f32>> {
        let mut rows: Vec<Vec<f32>> = (0..sets.len()).map(|at| self.row(sets, at)).collect();
        let from = Family::ALL.len() + Offset::ALL.len();
        for name in COMPARED {
            let Some(at) = columns().position(|column| column.name == name) else { continue };
            let most = rows.iter().map(|row| row[from + at]).fold(f32::MIN, f32::max);
            rows.iter_mut().for_each(|row| row.push(row[from + at] - most));
        }
        rows
    }

    /// The measures of set `at` of `sets` by itself.
    fn row(&self, sets: &[Candidate], at: usize) -> Vec<f32> {
        let set = &sets[at];
        let mut row = Vec::with_capacity(MEASURES);
        row.extend(Family::ALL.iter().map(|&family| flag(set.ways.has_family(family))));
        row.extend(Offset::ALL.iter().map(|&offset| flag(set.ways.has_offset(offset))));
        let from = row.len();
        let parts: Vec<Part> = set
            .parts(self.lines.len())
            .map(|(start, end)| Part::of(self.lines, self.cohesion, start, end))
            .collect();
        self.sizes(set, &parts, &mut row);
        self.borders(sets, at, &mut row);
        self.left(&parts, &mut row);
        heads::measure(self.lines, self.cohesion, &self.known, &parts, &mut row);
        self.names.measure(self.cohesion, &parts, &mut row);
        self.terms.measure(self.cohesion, &parts, &mut row);
        self.whole(&mut row);
        for (column, value) in columns().zip(&mut row[from..]) {
            *value = column.bound(*value);
        }
        row
    }

    fn sizes(&self, set: &Candidate, parts: &[Part], row: &mut Vec<f32>) {
        let lines = self.lines;
        let words: Vec<f32> = parts.iter().map(|part| part.words as f32).collect();
        let blocks: Vec<f32> = parts.iter().map(|part| (part.end - part.start) as f32).collect();
        let texts: Vec<f32> = parts.iter().map(|part| part.texts as f32).collect();
        let above = lines.words.within(0..set.starts.first().copied().unwrap_or(0)) as f32;
        let all = lines.all_words().max(1) as f32;
        let median = quantile(&words, 0.5);
        let most = words.iter().copied().fold(0.0, f32::max);
        row.extend([
            log(parts.len() as f32),
            parts.len() as f32 / set.members.max(1) as f32,
            log(median),
            log(quantile(&words, 0.25)),
            log(quantile(&words, 0.0)),
            log(most),
            most.max(above) / all,
            words.last().copied().unwrap_or(0.0) / median.max(1.0),
        ]);
        row.extend(LONG.map(|least| share(parts, |part| part.words >= least)));
        row.extend([
            spread(&words),
            spread(&blocks),
            log(quantile(&texts, 0.5)),
            share(parts, |part| part.texts == 1),
            parts.len() as f32 / self.most_parts.max(1) as f32,
        ]);
        row.extend([above / all, log(above), above / median.max(1.0)]);
    }

    fn borders(&self, sets: &[Candidate], at: usize, row: &mut Vec<f32>) {
        let own = &self.borders[at];
        let count = (self.cohesion.texts.len().max(1) - 1) as f32;
        let sum: f32 = own.iter().map(|&text| self.cohesion.across(text)).sum();
        let (all, number) = (self.cohesion.mean() * count, own.len() as f32);
        let across = sum / number.max(1.0);
        let within = if count > number { (all - sum) / (count - number) } else { 0.0 };
        let is_sharp = |&&text: &&usize| {
            self.cohesion.across(text)
                <= self.cohesion.across(text - 1).max(self.cohesion.across(text + 1))
        };
        let sharp = own.iter().filter(is_sharp).count() as f32 / number.max(1.0);
        let is_deep = |&&text: &&usize| self.cohesion.across(text) < self.cohesion.mean() * 0.6;
        let deep = own.iter().filter(is_deep).count() as f32 / number.max(1.0);
        let together = self.cohesion.kept_together(own);
        let ends = own.iter().skip(1).copied().chain([self.cohesion.texts.len()]);
        let shifted: Vec<usize> =
            own.iter().zip(ends).map(|(&from, to)| from + (to - from).div_ceil(2)).collect();
        let shift = together - self.cohesion.kept_together(&shifted);
        let agreeing = (0..sets.len()).filter(|&other| self.borders[other] == *own);
        let mut ways = sets[at].ways;
        agreeing.for_each(|other| ways.add(sets[other].ways));
        let families = Family::ALL.into_iter().filter(|&family| ways.has_family(family)).count();
        let agree = families as f32;
        row.extend([across, within, within - across, sharp, deep, together, shift, agree]);
    }

    fn left(&self, parts: &[Part], row: &mut Vec<f32>) {
        let lines = self.lines;
        let number = parts.len().max(1) as f32;
        let left = |sums: &Sums| {
            parts.iter().map(|part| sums.within(part.text..part.last)).sum::<u32>() as f32 / number
        };
        row.extend([left(&lines.heads), left(&lines.dates)]);
    }

    fn whole(&self, row: &mut Vec<f32>) {
        let lines = self.lines;
        let all = 0..lines.len();
        let texts = lines.texts.within(all.clone()) as f32;
        let words = lines.all_words() as f32;
        row.extend([
            log(words),
            log(texts),
            texts / lines.len().max(1) as f32,
            log(lines.heads.within(all.clone()) as f32),
            log(lines.dates.within(all.clone()) as f32),
            log(lines.about.within(all) as f32),
            flag(lines.page.wrapped),
            log(words / texts.max(1.0)),
            self.cohesion.mean(),
        ]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_value_for_each_name() {
        assert_eq!(names().len(), MEASURES);
    }
}
