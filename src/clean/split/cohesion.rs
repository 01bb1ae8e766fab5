//! Words that paragraphs share with those next to them: within an article more than across its borders (Hearst, TextTiling, 1997).

use std::ops::Range;

use crate::clean::split::lines::Lines;
use crate::guard::look;

/// Stems of a paragraph that are looked at.
const STEMS: usize = 120;
/// Borders that a valley reaches to each side, at most.
const FAR: usize = 24;
/// Paragraphs on each side of a border.
const WINDOW: usize = 3;

/// How much the paragraphs before and after each border between two of them have in common.
#[derive(Debug)]
pub(super) struct Cohesion {
    /// Blocks that are paragraphs.
    pub(super) texts: Vec<usize>,
    /// For each paragraph but the first, the share of words that it and those below have in common with those above, 0 to 1.
    across: Vec<f32>,
    /// The mean of that.
    mean: f32,
    /// The stems of each line that may be a headline, by its block.
    titles: Vec<Vec<OfTitle>>,
    /// The paragraphs of each stem that is none of many, stem by stem.
    holders: Vec<u32>,
    /// The first and the last paragraph of each stem that stands in several, but not in many.
    reaches: Vec<(u32, u32)>,
}

/// A stem of a line that may be a headline.
#[derive(Debug)]
struct OfTitle {
    /// The first and the last paragraph that it stands in; the first behind the last where there is none.
    first: u32,
    last: u32,
    /// Which of the paragraphs of all stems are its own.
    holders: Range<u32>,
}

impl Cohesion {
    pub(super) fn of(lines: &Lines) -> Self {
        let page = lines.page;
        let texts: Vec<usize> = (0..lines.len()).filter(|&i| page.blocks[i].is_prose()).collect();
        let stems = page.stems();
        let words: Vec<&[u32]> = texts.iter().map(|&i| stems.of_block(i)).collect();
        let spread = Spread::of(&words, stems.all().len());
        let across = spread.across();
        let mean = across.iter().sum::<f32>() / across.len().max(1) as f32;
        let titles = (0..lines.len()).map(|i| match lines.is_title[i] {
            true => {
                let own = distinct(stems.of_block(i));
                own.into_iter().map(|stem| spread.of_title(stem)).collect()
            }
            false => Vec::new(),
        });
        let titles = titles.collect();
        let reaches = spread.reaches();
        let holders = spread.holders;
        Self { texts, across, mean, titles, holders, reaches }
    }

    /// The share of stems in several paragraphs that stand in one part alone, 0 to 1, where the page parts above `borders` (numbers of paragraphs).
    pub(super) fn kept_together(&self, borders: &[usize]) -> f32 {
        look();
        let mut part_of = vec![0u32; self.texts.len()];
        for &border in borders.iter().filter(|&&border| border < self.texts.len()) {
            part_of[border] = 1;
        }
        for at in 1..part_of.len() {
            part_of[at] += part_of[at - 1];
        }
        let together = self
            .reaches
            .iter()
            .filter(|&&(a, b)| part_of[a as usize] == part_of[b as usize])
            .count();
        together as f32 / self.reaches.len().max(1) as f32
    }

    /// Which paragraph stands at block `index` or next below it.
    pub(super) fn text_at(&self, index: usize) -> usize {
        self.texts.partition_point(|&text| text < index)
    }

    /// How much is shared over the border above paragraph `at`, 0 to 1.
    pub(super) fn across(&self, at: usize) -> f32 {
        at.checked_sub(1).and_then(|border| self.across.get(border)).copied().unwrap_or(0.0)
    }

    /// The mean over all borders.
    pub(super) fn mean(&self) -> f32 {
        self.mean
    }

    /// Paragraphs above which words change more than at the borders around: a valley at least `depth` deep on both sides, 0 to 1.
    pub(super) fn valleys(&self, depth: f32) -> Vec<usize> {
        let mut valleys = Vec::new();
        for at in 0..self.across.len() {
            let here = self.across[at];
            let climb = |values: &mut dyn Iterator<Item = f32>| {
                let mut top = here;
                for value in values {
                    if value < top {
                        break;
                    }
                    top = value;
                }
                top
            };
            let above = climb(&mut self.across[..at].iter().rev().copied().take(FAR));
            let below = climb(&mut self.across[at + 1..].iter().copied().take(FAR));
            let is_least = (at == 0 || self.across[at - 1] > here)
                && self.across.get(at + 1).is_none_or(|&next| next >= here);
            if is_least && (above - here).max(below - here) >= depth && here < self.mean {
                valleys.push(self.texts[at + 1]);
            }
        }
        valleys
    }

    /// The share of the stems of the headline at block `title` that stand in up to three paragraphs from `from` on, before `to` (numbers of paragraphs), 0 to 1.
    pub(super) fn share_of(&self, title: usize, from: usize, to: usize) -> f32 {
        look();
        let stems = &self.titles[title];
        let end = to.min(from + WINDOW);
        let is_in = |own: &&OfTitle| {
            let holders = &self.holders[own.holders.start as usize..own.holders.end as usize];
            let may_be_in = (own.first as usize) < end && own.last as usize >= from;
            may_be_in && {
                let next = holders.partition_point(|&text| (text as usize) < from);
                holders.get(next).is_some_and(|&text| (text as usize) < end)
            }
        };
        stems.iter().filter(is_in).count() as f32 / stems.len().max(1) as f32
    }

    /// The share of the stems of the headline at block `title` that stand in a paragraph before `from` or from `to` on (numbers of paragraphs), 0 to 1.
    pub(super) fn share_elsewhere(&self, title: usize, from: usize, to: usize) -> f32 {
        let stems = &self.titles[title];
        let is_elsewhere = |own: &&OfTitle| {
            let (first, last) = (own.first as usize, own.last as usize);
            first <= last && (first < from || last >= to)
        };
        stems.iter().filter(is_elsewhere).count() as f32 / stems.len().max(1) as f32
    }
}

/// In which paragraphs each stem stands, of the first stems of each.
#[derive(Debug)]
struct Spread {
    /// The stems of each paragraph, each once, by their numbers.
    texts: Vec<Vec<u32>>,
    /// For each stem how many paragraphs it stands in, the first and the last of them.
    stands_in: Vec<(u32, u32, u32)>,
    /// More paragraphs than these are many.
    most: u32,
    /// The paragraphs of each stem but those of many, by the numbers of the stems, and where they end for each.
    holders: Vec<u32>,
    ends: Vec<u32>,
}

impl Spread {
    /// Of paragraphs with these stems, whose numbers are lower than `count`.
    fn of(words: &[&[u32]], count: usize) -> Self {
        let mut stands_in = vec![(0, 1, 0); count];
        let mut texts = Vec::with_capacity(words.len());
        for (at, words) in (0..).zip(words) {
            let is_first = |&&stem: &&u32| {
                let (texts, first, last) = &mut stands_in[stem as usize];
                if *texts > 0 && *last == at {
                    return false;
                }
                *first = if *texts == 0 { at } else { *first };
                (*texts, *last) = (*texts + 1, at);
                true
            };
            texts.push(words.iter().take(STEMS).filter(is_first).copied().collect::<Vec<u32>>());
        }
        let most = (words.len() / 3).max(4) as u32;
        texts.iter_mut().for_each(|own| own.retain(|&stem| stands_in[stem as usize].0 <= most));
        let counts = stands_in.iter().map(|&(count, ..)| if count <= most { count } else { 0 });
        // Each end is first where the paragraphs of its stem begin, and moves on with them.
        let mut ends: Vec<u32> = counts
            .scan(0, |sum, count| {
                *sum += count;
                Some(*sum - count)
            })
            .collect();
        let mut holders = vec![0; texts.iter().map(Vec::len).sum()];
        for (at, own) in (0..).zip(&texts) {
            for &stem in own {
                let end = &mut ends[stem as usize];
                holders[*end as usize] = at;
                *end += 1;
            }
        }
        Self { texts, stands_in, most, holders, ends }
    }

    /// Which of the paragraphs of all stems are those of one; none of a stem of many.
    fn holders_of(&self, stem: u32) -> Range<u32> {
        let first = stem.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        first..self.ends[stem as usize]
    }

    /// For each paragraph but the first the share of stems, but for those of many, that it and the next ones have in common with those above.
    fn across(&self) -> Vec<f32> {
        let Some((first, below)) = self.texts.split_first() else { return Vec::new() };
        let mut windows = Windows::of(self.stands_in.len());
        windows.add(ABOVE, first);
        below.iter().take(WINDOW).for_each(|text| windows.add(BELOW, text));
        let across = |at: usize| {
            look();
            let share = windows.share();
            windows.take(BELOW, &self.texts[at]);
            windows.add(ABOVE, &self.texts[at]);
            at.checked_sub(WINDOW)
                .into_iter()
                .for_each(|left| windows.take(ABOVE, &self.texts[left]));
            self.texts.get(at + WINDOW).into_iter().for_each(|text| windows.add(BELOW, text));
            share
        };
        (1..self.texts.len()).map(across).collect()
    }

    /// The first and the last paragraph of each stem that stands in several, but not in many.
    fn reaches(&self) -> Vec<(u32, u32)> {
        let several = self.stands_in.iter().filter(|own| (2..=self.most).contains(&own.0));
        several.map(|&(_, first, last)| (first, last)).collect()
    }

    /// A stem of a headline with this number.
    fn of_title(&self, number: u32) -> OfTitle {
        let (_, first, last) = self.stands_in[number as usize];
        OfTitle { first, last, holders: self.holders_of(number) }
    }
}

/// The sides of a border.
const ABOVE: usize = 0;
const BELOW: usize = 1;

/// The stems of the paragraphs above a border and of those below it.
#[derive(Debug)]
struct Windows {
    /// For each stem in how many paragraphs of each side it stands.
    counts: Vec<[u8; 2]>,
    /// How many stems each side has.
    own: [u32; 2],
    /// How many both have.
    shared: u32,
}

impl Windows {
    fn of(stems: usize) -> Self {
        Self { counts: vec![[0; 2]; stems], own: [0; 2], shared: 0 }
    }

    /// Adds a paragraph to a side.
    fn add(&mut self, side: usize, text: &[u32]) {
        for &stem in text {
            let counts = &mut self.counts[stem as usize];
            counts[side] += 1;
            let is_new = u32::from(counts[side] == 1);
            self.own[side] += is_new;
            self.shared += if counts[1 - side] > 0 { is_new } else { 0 };
        }
    }

    /// Takes a paragraph from a side.
    fn take(&mut self, side: usize, text: &[u32]) {
        for &stem in text {
            let counts = &mut self.counts[stem as usize];
            counts[side] -= 1;
            let is_gone = u32::from(counts[side] == 0);
            self.own[side] -= is_gone;
            self.shared -= if counts[1 - side] > 0 { is_gone } else { 0 };
        }
    }

    /// How many stems both sides have, as a share of those of the side with fewer.
    fn share(&self) -> f32 {
        self.shared as f32 / self.own[ABOVE].min(self.own[BELOW]).max(1) as f32
    }
}

/// The first stems of a text, each once.
fn distinct(stems: &[u32]) -> Vec<u32> {
    let mut own = stems[..stems.len().min(STEMS)].to_vec();
    own.sort_unstable();
    own.dedup();
    own
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The stem 2 stands in five of seven paragraphs, which are many.
    const WORDS: [&[u32]; 7] =
        [&[0, 1, 0, 2], &[2, 3], &[1, 4, 5, 2], &[], &[5, 6, 2], &[4, 0], &[2, 6, 2]];

    fn spread() -> Spread {
        Spread::of(&WORDS, 8)
    }

    #[test]
    fn a_border_is_crossed_by_stems_of_the_paragraphs_around_it() {
        let set = |texts: &[&[u32]]| -> BTreeSet<u32> {
            texts.iter().flat_map(|own| own.iter().copied()).filter(|&stem| stem != 2).collect()
        };
        let across: Vec<f32> = (1..WORDS.len())
            .map(|at| {
                let above = set(&WORDS[at.saturating_sub(WINDOW)..at]);
                let below = set(&WORDS[at..WORDS.len().min(at + WINDOW)]);
                let shared = above.intersection(&below).count() as f32;
                shared / above.len().min(below.len()).max(1) as f32
            })
            .collect();
        assert_eq!(spread().across(), across);
    }

    #[test]
    fn it_is_known_in_which_paragraphs_a_stem_stands() {
        let spread = spread();
        let of = |number| {
            let OfTitle { first, last, holders } = spread.of_title(number);
            (first, last, &spread.holders[holders.start as usize..holders.end as usize])
        };
        assert_eq!(of(0), (0, 5, &[0, 5][..]));
        assert_eq!(of(6), (4, 6, &[4, 6][..]));
        assert_eq!(of(2), (0, 6, &[][..]), "a stem of many");
        assert_eq!(of(7), (1, 0, &[][..]), "a stem of none");
    }
}
