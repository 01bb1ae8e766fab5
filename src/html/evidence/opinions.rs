//! What extractors of other designs would take for the article: second opinions for the model, from the elements alone.

use crate::adjustable::adjustable;
use crate::html::evidence::within::Within;
use crate::html::markup::hints::ElementRoles;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::Rendered;
use crate::page::Page;

/// Names of the opinions, each 1 where the block belongs to the article by it and else 0; `standing` is a part of a whole.
pub(in crate::html) const NAMES: [&str; 5] =
    ["readable", "standing", "dense", "with_heading", "named"];

/// What is thought of a block, in the order of [`NAMES`].
pub(in crate::html) type Opinions = [f32; NAMES.len()];

adjustable! {
    /// What extractors of other designs go by, from their sources and papers.
    OpinionThresholds {
        /// Characters of the shortest block that speaks for the elements around it.
        chars: f64 = 25.0,
        /// Characters of a block that speak as much as a comma in it.
        chars_per_point: f64 = 100.0,
        /// As many commas as its characters speak for at most.
        length_points: f64 = 3.0,
        /// The part of a block that may stand in links before it speaks for nothing.
        linked: f64 = 0.5,
        /// What the class of an element adds to its score, or takes off.
        class: f64 = 25.0,
        /// The part of the best score from which on an element beside the best belongs to the article too.
        sibling: f64 = 0.2,
        /// What a block costs in the search for the densest stretch, in bytes.
        dense_block: f64 = 60.0,
        /// What a byte in a link costs in it, in bytes.
        dense_linked: f64 = 3.0,
        /// The part of the page's text that an element must hold to be the article by its heading or its name.
        part: f64 = 0.25,
    }
}

/// By how much the words of a block speak less for each element around it, from the inside out. The numbers hang together: they are those of
/// Readability.
const LEVELS: [f64; 4] = [1.0, 2.0, 6.0, 9.0];

impl Rendered {
    /// What is thought of each block of `page`, whose lines are `lines`.
    pub(in crate::html) fn opinions(
        &self,
        page: &Page,
        lines: &[usize],
        within: &[Within],
        t: &OpinionThresholds,
    ) -> Vec<Opinions> {
        let scores = self.scores(page, lines, within, t);
        let most = scores.iter().copied().fold(0.0, f64::max);
        let readable = self.held_by(&self.readable(&scores, most, t.sibling));
        let with_heading = self.held_by(&self.around_heading(within, t.part));
        let named = self.held_by(&self.named(within, t.part));
        let dense = self.densest(lines, t);
        let standing = |mut element: usize| loop {
            if scores[element] > 0.0 {
                return (scores[element] / most) as f32;
            }
            if element == 0 {
                return 0.0;
            }
            element = self.elements[element].parent as usize;
        };
        let flag = |value: bool| f32::from(u8::from(value));
        lines
            .iter()
            .enumerate()
            .map(|(block, &line)| {
                let element = self.lines[line].element as usize;
                [
                    flag(readable[element]),
                    standing(element),
                    flag(dense.contains(&block)),
                    flag(with_heading[element]),
                    flag(named[element]),
                ]
            })
            .collect()
    }

    /// For each element whether it, or one around it, is among `chosen`.
    fn held_by(&self, chosen: &[usize]) -> Vec<bool> {
        let mut held = vec![false; self.elements.len()];
        for &at in chosen {
            held[at] = true;
        }
        for at in 1..held.len() {
            held[at] |= held[self.elements[at].parent as usize];
        }
        held
    }

    /// How much the paragraphs within speak for each element, the nearest the most, less what stands in links (Arc90's Readability, 2010).
    fn scores(
        &self,
        page: &Page,
        lines: &[usize],
        within: &[Within],
        t: &OpinionThresholds,
    ) -> Vec<f64> {
        let mut scores = vec![0.0; self.elements.len()];
        for (block, &line) in page.blocks.iter().zip(lines) {
            let (line, shape) = (&self.lines[line], &block.shape);
            let chars = f64::from(shape.chars);
            if chars < t.chars || f64::from(line.linked) > t.linked * f64::from(line.bytes) {
                continue;
            }
            let own =
                1.0 + f64::from(shape.commas) + (chars / t.chars_per_point).min(t.length_points);
            let mut element = line.element as usize;
            if matches!(self.elements[element].tag, Tag::P | Tag::Pre | Tag::Td) {
                element = self.elements[element].parent as usize;
            }
            for less in LEVELS {
                scores[element] += own / less;
                if element == 0 {
                    break;
                }
                element = self.elements[element].parent as usize;
            }
        }
        for ((score, element), within) in scores.iter_mut().zip(&self.elements).zip(within) {
            if *score > 0.0 {
                let class = if element.hints.any(ElementRoles::TEXT.with(ElementRoles::ARTICLE)) {
                    t.class
                } else if element.hints.each_of_page().next().is_some() {
                    -t.class
                } else {
                    0.0
                };
                *score = (*score + class) * (1.0 - within.linked / within.bytes.max(1.0)).max(0.0);
            }
        }
        scores
    }

    /// The element of the best score, with those beside it that are nearly as good.
    fn readable(&self, scores: &[f64], most: f64, sibling: f64) -> Vec<usize> {
        let Some(best) = scores.iter().position(|&score| score > 0.0 && score == most) else {
            return Vec::new();
        };
        let parent = self.elements[best].parent;
        let beside = |at: &usize| {
            *at == best
                || *at > 0 && self.elements[*at].parent == parent && scores[*at] > sibling * most
        };
        (0..scores.len()).filter(beside).collect()
    }

    /// The innermost element that holds a main heading with much of the page's text.
    fn around_heading(&self, within: &[Within], part: f64) -> Vec<usize> {
        let much = part * within[0].prose;
        let headings = self.elements.iter().filter(|element| element.tag == Tag::Heading(1));
        let around = headings.filter_map(|heading| {
            let mut element = heading.parent as usize;
            while element > 0 && within[element].prose < much {
                element = self.elements[element].parent as usize;
            }
            (element > 0).then_some(element)
        });
        around.max_by_key(|&element| element).into_iter().collect()
    }

    /// The element that is said to be the article, the text before the story before the page, where it holds much of the page's text.
    fn named(&self, within: &[Within], part: f64) -> Vec<usize> {
        let much = part * within[0].prose;
        let said = [ElementRoles::TEXT, ElementRoles::ARTICLE, ElementRoles::MAIN];
        let of = |hint: ElementRoles| {
            let mut fitting = (1..self.elements.len())
                .filter(|&at| self.elements[at].hints.any(hint) && within[at].prose >= much);
            fitting.next()
        };
        said.into_iter().find_map(of).into_iter().collect()
    }

    /// The stretch of blocks that holds most text for its blocks and links (after Finn, Kushmerick and Smyth 2001).
    fn densest(&self, lines: &[usize], t: &OpinionThresholds) -> std::ops::Range<usize> {
        let (mut best, mut most, mut from, mut sum) = (0..0, 0.0, 0, 0.0);
        for (at, &line) in lines.iter().enumerate() {
            let line = &self.lines[line];
            sum += f64::from(line.bytes) - t.dense_linked * f64::from(line.linked) - t.dense_block;
            if sum > most {
                (best, most) = (from..at + 1, sum);
            }
            if sum <= 0.0 {
                (from, sum) = (at + 1, 0.0);
            }
        }
        best
    }
}
