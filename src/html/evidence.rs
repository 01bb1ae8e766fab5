//! What a page's elements say about each block of its text.

use std::ops::RangeInclusive;

use crate::adjustable::adjustable;
use crate::html::hints::ElementRoles;
use crate::html::opinions;
use crate::html::opinions::{OpinionThresholds, Opinions};
use crate::html::rendered::{Rendered, common};
use crate::html::tag::Tag;
use crate::html::within::Within;
use crate::page::Page;

/// What the elements around a block say about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DomFeatures {
    /// What the elements that hold it are said to be. Debris hints of an element that holds much of the page's text are left out, as a page
    /// is not all side bar.
    pub hints: ElementRoles,
    /// The level of the heading it stands in, 1 to 6; 0 for none.
    pub heading: u8,
    /// Whether it stands in a `p`.
    pub is_paragraph: bool,
    /// The part of it that stands in links, 0 to 1.
    pub linked: f32,
    /// The same for the nearest element that holds more than this block.
    pub linked_around: f32,
    /// Whether it stands in the innermost element that holds most of the page's text.
    pub in_trunk: bool,
    /// The part of the page's paragraphs that the nearest sectioning element holds, 0 to 1.
    pub text_around: f32,
    /// The same for the nearest element that holds more than this block.
    pub prose_around: f32,
    /// How many blocks that element holds.
    pub blocks_around: u32,
    /// Elements around it.
    pub depth: u32,
    /// Elements from the one it stands in up to the first that holds the trunk too, and from there down to the trunk.
    pub from_trunk: u32,
    /// The nearest paragraph (1), list item (2), cell (3), quotation (4), preformatted text (5), heading (6) or entry of a definition list (7)
    /// around it; 0 for none.
    pub stands_in: u32,
    /// What extractors of other designs would say of it.
    pub(super) opinions: Opinions,
}

/// The features that [`DomFeatures::fill`] fills, with their greatest value; the hints, each 0 or 1, follow. `blocks_around` is the logarithm of
/// one and at most 402 blocks.
const OWN: [(&str, f32); 11] = [
    ("heading", 6.0),
    ("paragraph", 1.0),
    ("linked", 1.0),
    ("linked_around", 1.0),
    ("in_trunk", 1.0),
    ("text_around", 1.0),
    ("prose_around", 1.0),
    ("blocks_around", 6.0),
    ("depth", 40.0),
    ("from_trunk", 40.0),
    ("stands_in", 7.0),
];

/// How many features the elements give of a block.
pub(crate) const COLUMNS: usize = HINTS + ElementRoles::COUNT;
/// Where the columns of the hints begin; those of the opinions stand before them.
const HINTS: usize = OWN.len() + opinions::NAMES.len();

impl DomFeatures {
    /// Whether it stands in preformatted text.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.stands_in == VERBATIM
    }

    /// The names of the features with the range of their values, in their order.
    pub(crate) fn ranges() -> impl Iterator<Item = (String, RangeInclusive<f32>)> {
        let hints =
            ElementRoles::ALL_NAMES.into_iter().map(|name| (format!("<{name}>"), 0.0..=1.0));
        let opinions = opinions::NAMES.into_iter().map(|name| (name.into(), 0.0..=1.0));
        OWN.into_iter().map(|(name, most)| (name.into(), 0.0..=most)).chain(opinions).chain(hints)
    }

    /// Fills `row` with what the model sees of it.
    pub(crate) fn fill(&self, row: &mut [f32]) {
        let flag = |value: bool| f32::from(u8::from(value));
        let own = [
            f32::from(self.heading),
            flag(self.is_paragraph),
            self.linked,
            self.linked_around,
            flag(self.in_trunk),
            self.text_around,
            self.prose_around,
            (1.0 + self.blocks_around as f32).ln(),
            self.depth as f32,
            self.from_trunk as f32,
            self.stands_in as f32,
        ];
        for ((value, own), (_, most)) in row.iter_mut().zip(own).zip(OWN) {
            *value = own.min(most);
        }
        row[OWN.len()..HINTS].copy_from_slice(&self.opinions);
        for (bit, value) in row[HINTS..COLUMNS].iter_mut().enumerate() {
            *value = flag(self.hints.has(bit));
        }
    }
}

/// What [`DomFeatures::stands_in`] is for preformatted text.
const VERBATIM: u32 = 5;

adjustable! {
    /// What the elements around a block say of it. The model was trained with these.
    EvidenceThresholds {
        /// The part of the page's text from which on an element is too large to be debris as a whole: more than this.
        too_large: f64 = 0.4,
        /// The part of the text that the trunk holds, at least.
        trunk: f64 = 0.75,
        /// Bytes that the nearest element which holds more than a block has for each character of the block: more than this.
        more: f64 = 1.5,
        /// The part of a paragraph that stands in links: from this on it is no text.
        linked: f64 = 0.5,
        /// What extractors of other designs go by.
        opinions: OpinionThresholds = OpinionThresholds::default(),
    }
}

impl Rendered {
    /// What the elements say about each block of `page`, which was read from this text.
    #[must_use]
    pub(crate) fn evidence(&self, page: &Page, t: &EvidenceThresholds) -> Vec<DomFeatures> {
        let mut at = 0;
        let lines: Vec<usize> = page
            .blocks
            .iter()
            .map(|block| {
                while self.lines.get(at + 1).is_some_and(|line| line.start <= block.span.start) {
                    at += 1;
                }
                at
            })
            .collect();
        let within = self.sums(page, &lines, t);
        let total = within[0].prose.max(1.0);
        let trunk = self.trunk(&within, t);
        let mut hints = vec![ElementRoles::default(); self.elements.len()];
        let mut in_trunk = vec![false; self.elements.len()];
        for (at, element) in self.elements.iter().enumerate() {
            let parent = element.parent as usize;
            let own = if within[at].prose > t.too_large * total {
                element.hints.of_text()
            } else {
                element.hints
            };
            hints[at] = hints[parent].with(own);
            in_trunk[at] = at == trunk || at > 0 && in_trunk[parent];
        }
        let depths = self.depths();
        let wrong = self.overused(page, &lines, &hints, t.too_large * total);
        let opinions = self.opinions(page, &lines, &within, &t.opinions);
        page.blocks
            .iter()
            .zip(&lines)
            .zip(opinions)
            .map(|((block, &line), opinions)| {
                let line = &self.lines[line];
                let element = line.element as usize;
                let around = self.first_around(element, |at| {
                    within[at].blocks > 1
                        && within[at].bytes > t.more * f64::from(block.shape.chars)
                });
                let section = self.first_around(element, |at| {
                    matches!(
                        self.elements[at].tag,
                        Tag::Div
                            | Tag::Section
                            | Tag::Article
                            | Tag::Aside
                            | Tag::Main
                            | Tag::Td
                            | Tag::Body
                            | Tag::Li
                    )
                });
                let heading = self.first_around(element, |at| {
                    matches!(
                        self.elements[at].tag,
                        Tag::Heading(_) | Tag::Div | Tag::Li | Tag::Section | Tag::Td
                    )
                });
                let paragraph = self.first_around(element, |at| {
                    matches!(
                        self.elements[at].tag,
                        Tag::P | Tag::Div | Tag::Li | Tag::Section | Tag::Td
                    )
                });
                DomFeatures {
                    hints: hints[element].without(wrong),
                    heading: if let Tag::Heading(level) = self.elements[heading].tag {
                        level
                    } else {
                        0
                    },
                    is_paragraph: self.elements[paragraph].tag == Tag::P,
                    linked: line.linked as f32 / line.bytes.max(1) as f32,
                    linked_around: (within[around].linked / within[around].bytes.max(1.0)) as f32,
                    in_trunk: in_trunk[element],
                    text_around: (within[section].prose / total) as f32,
                    prose_around: (within[around].prose / total) as f32,
                    blocks_around: within[around].blocks,
                    depth: depths[element],
                    from_trunk: {
                        let shared =
                            depths[common(&self.elements, element as u32, trunk as u32) as usize];
                        depths[element] + depths[trunk] - 2 * shared
                    },
                    stands_in: self.stands_in(element),
                    opinions,
                }
            })
            .collect()
    }

    /// Hints that more than `most` characters of the text would have: names that the page uses for something else.
    fn overused(
        &self,
        page: &Page,
        lines: &[usize],
        hints: &[ElementRoles],
        most: f64,
    ) -> ElementRoles {
        let mut prose: Vec<(ElementRoles, f64)> = Vec::new();
        for (block, &line) in page.blocks.iter().zip(lines).filter(|(block, _)| block.is_prose()) {
            for hint in hints[self.lines[line].element as usize].each_of_page() {
                match prose.iter_mut().find(|(known, _)| *known == hint) {
                    Some((_, sum)) => *sum += f64::from(block.shape.chars),
                    None => prose.push((hint, f64::from(block.shape.chars))),
                }
            }
        }
        prose
            .into_iter()
            .filter(|(_, sum)| *sum > most)
            .fold(ElementRoles::default(), |all, (hint, _)| all.with(hint))
    }

    fn sums(&self, page: &Page, lines: &[usize], t: &EvidenceThresholds) -> Vec<Within> {
        let mut within = vec![Within::default(); self.elements.len()];
        for (block, &line) in page.blocks.iter().zip(lines) {
            let line = &self.lines[line];
            let own = &mut within[line.element as usize];
            own.bytes += f64::from(line.bytes);
            own.linked += f64::from(line.linked);
            own.blocks += 1;
            if block.is_prose() && f64::from(line.linked) < t.linked * f64::from(line.bytes) {
                own.prose += f64::from(block.shape.chars);
            }
        }
        // An element stands behind the one that holds it.
        for at in (1..self.elements.len()).rev() {
            let own = within[at];
            let parent = &mut within[self.elements[at].parent as usize];
            parent.prose += own.prose;
            parent.bytes += own.bytes;
            parent.linked += own.linked;
            parent.blocks += own.blocks;
        }
        within
    }

    /// The innermost element that holds most of the text.
    fn trunk(&self, within: &[Within], t: &EvidenceThresholds) -> usize {
        let least = t.trunk * within[0].prose;
        let holds = |at: &usize| {
            within[*at].prose >= least && !matches!(self.elements[*at].tag, Tag::P | Tag::Li)
        };
        if least > 0.0 { (0..self.elements.len()).rev().find(holds).unwrap_or(0) } else { 0 }
    }

    /// Elements around each element.
    fn depths(&self) -> Vec<u32> {
        let mut depths = vec![0; self.elements.len()];
        for at in 1..self.elements.len() {
            depths[at] = depths[self.elements[at].parent as usize] + 1;
        }
        depths
    }

    fn stands_in(&self, mut element: usize) -> u32 {
        loop {
            match self.elements[element].tag {
                Tag::P => return 1,
                Tag::Li => return 2,
                Tag::Td => return 3,
                Tag::Blockquote => return 4,
                Tag::Pre => return VERBATIM,
                Tag::Heading(_) => return 6,
                Tag::Dd | Tag::Dt => return 7,
                Tag::Article | Tag::Section | Tag::Main | Tag::Body => return 0,
                _ if element == 0 => return 0,
                _ => element = self.elements[element].parent as usize,
            }
        }
    }

    fn first_around(&self, mut element: usize, fits: impl Fn(usize) -> bool) -> usize {
        while element > 0 && !fits(element) {
            element = self.elements[element].parent as usize;
        }
        element
    }
}
