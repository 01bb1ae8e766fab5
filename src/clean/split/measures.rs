//! What is measured of a set of places at which a page may part. Every measure has a range.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::clean::model::around::{flag, log};
use crate::clean::model::range::Column;
use crate::clean::split::candidates::Candidate;
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::forms::Family;
use crate::clean::split::heads;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::{Part, Ranked, share, spread};
use crate::clean::split::seen::{Known, Seen};
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

/// Parts that are kept for other sets that hold them, at most.
const KEPT: usize = 1 << 14;

/// The sets of one page, measured against each other.
#[derive(Debug)]
pub(super) struct Measurer<'a> {
    lines: &'a Lines<'a>,
    cohesion: &'a Cohesion,
    /// For each set the numbers of the paragraphs with which its parts begin.
    texts: Vec<Vec<usize>>,
    /// For each set the first whose parts begin with the same paragraphs.
    same: Vec<usize>,
    most_parts: usize,
    known: Known,
    names: Terms,
    terms: Terms,
}

/// What several sets have in common: parts that were measured, and the measures of texts.
#[derive(Debug, Default)]
struct Shared {
    parts: FxHashMap<(usize, usize), Seen>,
    /// By the first set with these texts.
    of_texts: FxHashMap<usize, OfTexts>,
}

/// The measures of sets that part a page above the same paragraphs, wherever between two of them.
#[derive(Debug)]
struct OfTexts {
    /// Those of [`BORDERS`] but the last.
    borders: [f32; BORDERS.len() - 1],
    names: [f32; terms::COLUMNS.len() / 2],
    terms: [f32; terms::COLUMNS.len() / 2],
    /// See [`heads::measure`].
    headed: FxHashMap<usize, f32>,
}

impl<'a> Measurer<'a> {
    pub(super) fn of(lines: &'a Lines<'a>, cohesion: &'a Cohesion, sets: &[Candidate]) -> Self {
        let texts_of =
            |set: &Candidate| set.starts.iter().map(|&at| cohesion.text_at(at)).collect();
        let texts: Vec<Vec<usize>> = sets.iter().map(texts_of).collect();
        let mut first_of: FxHashMap<&[usize], usize> = FxHashMap::default();
        let same = texts.iter().enumerate().map(|(at, own)| *first_of.entry(own).or_insert(at));
        Self {
            lines,
            cohesion,
            known: Known::of(lines),
            names: Terms::names(lines, &cohesion.texts),
            terms: Terms::words(lines, &cohesion.texts),
            same: same.collect(),
            texts,
            most_parts: sets.iter().map(|set| set.starts.len()).max().unwrap_or(0),
        }
    }

    /// The measures of all sets.
    pub(super) fn rows(&self, sets: &[Candidate]) -> Vec<Vec<f32>> {
        let mut shared = Shared::default();
        let mut rows: Vec<Vec<f32>> =
            (0..sets.len()).map(|at| self.row(sets, at, &mut shared)).collect();
        let from = Family::ALL.len() + Offset::ALL.len();
        for name in COMPARED {
            let Some(at) = columns().position(|column| column.name == name) else { continue };
            let most = rows.iter().map(|row| row[from + at]).fold(f32::MIN, f32::max);
            rows.iter_mut().for_each(|row| row.push(row[from + at] - most));
        }
        rows
    }

    /// The measures of set `at` of `sets` by itself.
    fn row(&self, sets: &[Candidate], at: usize, shared: &mut Shared) -> Vec<f32> {
        let set = &sets[at];
        let mut row = Vec::with_capacity(MEASURES);
        row.extend(Family::ALL.iter().map(|&family| flag(set.ways.has_family(family))));
        row.extend(Offset::ALL.iter().map(|&offset| flag(set.ways.has_offset(offset))));
        let from = row.len();
        let parts = self.parts(set, &mut shared.parts);
        let of_texts = shared.of_texts.entry(self.same[at]).or_insert_with(|| self.of_texts(at));
        self.sizes(set, &parts, &mut row);
        row.extend(of_texts.borders);
        row.push(self.agree(sets, at));
        let number = parts.len().max(1) as f32;
        let left = |count: fn(&Seen) -> u32| parts.iter().map(count).sum::<u32>() as f32 / number;
        row.extend([left(|own| own.heads_left), left(|own| own.dates_left)]);
        let page = (self.lines, self.cohesion);
        heads::measure(page, &parts, &mut of_texts.headed, &mut row);
        row.extend(of_texts.names);
        row.extend(of_texts.terms);
        self.whole(&mut row);
        for (column, value) in columns().zip(&mut row[from..]) {
            *value = column.bound(*value);
        }
        row
    }

    /// The parts of a set, each measured once for all sets that hold it.
    fn parts(&self, set: &Candidate, kept: &mut FxHashMap<(usize, usize), Seen>) -> Vec<Seen> {
        let (lines, cohesion) = (self.lines, self.cohesion);
        let part = |(start, end)| {
            if kept.len() >= KEPT {
                kept.clear();
            }
            let seen =
                || Seen::of(lines, cohesion, &self.known, Part::of(lines, cohesion, start, end));
            *kept.entry((start, end)).or_insert_with(seen)
        };
        set.parts(lines.len()).map(part).collect()
    }

    fn sizes(&self, set: &Candidate, parts: &[Seen], row: &mut Vec<f32>) {
        let lines = self.lines;
        let values = |value: fn(&Part) -> f32| -> Vec<f32> {
            parts.iter().map(|own| value(&own.part)).collect()
        };
        let words = values(|part| part.words as f32);
        let blocks = values(|part| (part.end - part.start) as f32);
        let texts = values(|part| part.texts as f32);
        let above = lines.words.within(0..set.starts.first().copied().unwrap_or(0)) as f32;
        let all = lines.all_words().max(1) as f32;
        let ranked = Ranked::of(&words);
        let median = ranked.quantile(0.5);
        let most = words.iter().copied().fold(0.0, f32::max);
        row.extend([
            log(parts.len() as f32),
            parts.len() as f32 / set.members.max(1) as f32,
            log(median),
            log(ranked.quantile(0.25)),
            log(ranked.quantile(0.0)),
            log(most),
            most.max(above) / all,
            words.last().copied().unwrap_or(0.0) / median.max(1.0),
        ]);
        row.extend(LONG.map(|least| share(parts, |own| own.part.words >= least)));
        row.extend([
            spread(&words),
            spread(&blocks),
            log(Ranked::of(&texts).quantile(0.5)),
            share(parts, |own| own.part.texts == 1),
            parts.len() as f32 / self.most_parts.max(1) as f32,
        ]);
        row.extend([above / all, log(above), above / median.max(1.0)]);
    }

    /// The paragraphs above which a set parts the page.
    fn borders(&self, at: usize) -> &[usize] {
        let texts = &self.texts[at];
        &texts[texts.iter().take_while(|&&text| text == 0).count()..]
    }

    fn of_texts(&self, at: usize) -> OfTexts {
        let end = self.cohesion.texts.len();
        let ends = self.texts[at].iter().skip(1).copied().chain([end]);
        let texts: Vec<Range<usize>> =
            self.texts[at].iter().zip(ends).map(|(&from, to)| from..to).collect();
        OfTexts {
            borders: self.across(self.borders(at)),
            names: self.names.measure(&texts),
            terms: self.terms.measure(&texts),
            headed: FxHashMap::default(),
        }
    }

    fn across(&self, own: &[usize]) -> [f32; BORDERS.len() - 1] {
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
        [across, within, within - across, sharp, deep, together, shift]
    }

    /// How many families find the same borders.
    fn agree(&self, sets: &[Candidate], at: usize) -> f32 {
        let mut ways = sets[at].ways;
        let agreeing = (0..sets.len()).filter(|&other| self.borders(other) == self.borders(at));
        agreeing.for_each(|other| ways.add(sets[other].ways));
        Family::ALL.into_iter().filter(|&family| ways.has_family(family)).count() as f32
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
    use proptest::prelude::*;

    use super::*;
    use crate::clean::mark::Marks;
    use crate::clean::split::candidates::candidates;
    use crate::page::Page;

    const LINES: [&str; 9] = [
        "Second boat for the lock",
        "1. Meadow under water",
        "2. Pupils mend nets",
        "3 May 2031",
        "By Mara Quill",
        "* * *",
        "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever two people sit in it.",
        "Nobody at the mill in Norrby could say on Friday who had opened the sluice, but the meadow stood under water until night.",
        "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
    ];

    #[test]
    fn a_row_has_a_value_for_each_name() {
        assert_eq!(names().len(), MEASURES);
    }

    proptest! {
        #[test]
        fn a_set_measures_the_same_alone_and_among_others(
            lines in prop::collection::vec(prop::sample::select(&LINES[..]), 2..40),
        ) {
            let text = lines.join("\n\n");
            let page = Page::new(&text);
            let marks = Marks::new(page.blocks.len());
            let lines = Lines::of(&page, &marks);
            let cohesion = Cohesion::of(&lines);
            let sets = candidates(&lines, &cohesion, Vec::new());
            let together = Measurer::of(&lines, &cohesion, &sets).rows(&sets);
            let of_others = |name: &str| name.ends_with('<') || ["agree", "of_most_parts"].contains(&name);
            for (set, among) in sets.iter().zip(&together) {
                let sets = std::slice::from_ref(set);
                let alone = Measurer::of(&lines, &cohesion, sets).rows(sets);
                for ((name, alone), among) in names().iter().zip(&alone[0]).zip(among) {
                    prop_assert!(of_others(name) || alone == among, "{}: {} and {}", name, alone, among);
                }
            }
        }
    }
}
