//! Words that paragraphs share with those next to them: within an article more than across its borders (Hearst, TextTiling, 1997).

use rustc_hash::FxHashMap;

use crate::clean::split::lines::Lines;
use crate::guard::look;
use crate::text::alike::stems;

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
    /// The stems of each paragraph, as they come.
    pub(super) words: Vec<Vec<u32>>,
    /// The first of these that are no stems of many, sorted.
    stems: Vec<Vec<u32>>,
    /// The stems of each line that may be a headline, by its block.
    titles: Vec<Vec<OfTitle>>,
    /// The first and the last paragraph of each stem that stands in several, but not in many.
    reaches: Vec<(usize, usize)>,
}

/// A stem of a line that may be a headline.
#[derive(Debug)]
struct OfTitle {
    stem: u32,
    /// The first and the last paragraph that it stands in; the first behind the last where there is none.
    first: u32,
    last: u32,
}

impl Cohesion {
    pub(super) fn of(lines: &Lines) -> Self {
        let page = lines.page;
        let texts: Vec<usize> = (0..lines.len()).filter(|&i| page.blocks[i].is_prose()).collect();
        let words: Vec<Vec<u32>> = texts.iter().map(|&i| stems(page.folded(i)).collect()).collect();
        let mut own: Vec<Vec<u32>> = words.iter().map(|words| distinct(words)).collect();
        let mut stand_in: FxHashMap<u32, (usize, usize, usize)> = FxHashMap::default();
        for (at, stem) in
            own.iter().enumerate().flat_map(|(at, own)| own.iter().map(move |s| (at, s)))
        {
            let (count, _, last) = stand_in.entry(*stem).or_insert((0, at, at));
            (*count, *last) = (*count + 1, at);
        }
        let most = (texts.len() / 3).max(4);
        own.iter_mut().for_each(|own| own.retain(|stem| stand_in[stem].0 <= most));
        let several = stand_in.values().filter(|&&(count, ..)| (2..=most).contains(&count));
        let reaches = several.map(|&(_, first, last)| (first, last)).collect();
        let across: Vec<f32> = (1..texts.len())
            .map(|at| {
                look();
                let above = union(&own[at.saturating_sub(WINDOW)..at]);
                let below = union(&own[at..texts.len().min(at + WINDOW)]);
                let shared = common(&above, &below) as f32;
                shared / (above.len().min(below.len()).max(1) as f32)
            })
            .collect();
        let of_title = |stem| {
            let (first, last) =
                stand_in.get(&stem).map_or((1, 0), |&(_, first, last)| (first as u32, last as u32));
            OfTitle { stem, first, last }
        };
        let titles = (0..lines.len()).map(|i| match lines.is_title[i] {
            true => {
                let stems: Vec<u32> = stems(page.folded(i)).collect();
                distinct(&stems).into_iter().map(of_title).collect()
            }
            false => Vec::new(),
        });
        let titles = titles.collect();
        let mean = across.iter().sum::<f32>() / across.len().max(1) as f32;
        Self { texts, words, across, mean, stems: own, titles, reaches }
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
        let together = self.reaches.iter().filter(|&&(a, b)| part_of[a] == part_of[b]).count();
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
        let texts = &self.stems[from.min(to)..to.min(from + WINDOW)];
        let is_in = |own: &&OfTitle| texts.iter().any(|text| text.binary_search(&own.stem).is_ok());
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

/// The first stems of a text, sorted.
fn distinct(stems: &[u32]) -> Vec<u32> {
    let mut own = stems[..stems.len().min(STEMS)].to_vec();
    own.sort_unstable();
    own.dedup();
    own
}

fn union(texts: &[Vec<u32>]) -> Vec<u32> {
    let mut all = texts.concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// How many values two sorted lists have in common.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_lists_are_compared_in_one_pass() {
        assert_eq!(common(&[1, 3, 5, 9], &[2, 3, 4, 9, 10]), 2);
        assert_eq!(union(&[vec![1, 4], vec![2, 4]]), [1, 2, 4]);
    }
}
