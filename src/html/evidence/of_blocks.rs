//! What a page's elements say about each block of its text.

use crate::adjustable::adjustable;
use crate::html::evidence::dom_features::{CELL, DomFeatures, VERBATIM};
use crate::html::evidence::opinions::OpinionThresholds;
use crate::html::evidence::within::{Measured, Within};
use crate::html::markup::hints::ElementRoles;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::{Rendered, common};
use crate::html::stated_text::found::StatedText;
use crate::page::{Block, Page};

adjustable! {
    /// What the elements around a block say of it. The model was trained with these.
    EvidenceThresholds {
        /// The part of the page's text from which on an element is too large to be debris as a whole: more than this.
        too_large: f64 = 0.4,
        /// The part of the text that the trunk holds, at least.
        trunk: f64 = 0.75,
        /// The part of the text below the headline that the story holds, at least.
        story: f64 = 0.25,
        /// Bytes that the nearest element which holds more than a block has for each character of the block: more than this.
        more: f64 = 1.5,
        /// The part of the page's text beside comments below which these are the posts of a thread.
        beside_thread: f64 = 0.1,
        /// Characters of text beside comments below which these are the posts of a thread.
        opening_post: f64 = 200.0,
        /// The part of a paragraph that stands in links: from this on it is no text.
        linked: f64 = 0.5,
        /// What extractors of other designs go by.
        opinions: OpinionThresholds = OpinionThresholds::default(),
    }
}

impl Rendered {
    /// What the elements say about each block of `page`, which was read from this text; `headline` is the block that is the headline, and `text`
    /// what the page states of its article.
    #[must_use]
    pub(crate) fn evidence(
        &self,
        page: &Page,
        headline: Option<usize>,
        text: &StatedText,
        t: &EvidenceThresholds,
    ) -> Vec<DomFeatures> {
        let lines = self.lines_of(page);
        let levels: Vec<u8> = lines.iter().map(|&line| self.level_of(line)).collect();
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
        let mut wrong = self.overused(page, &lines, &hints, t.too_large * total);
        if self.is_thread(&within, &hints, t) {
            wrong = wrong.with(ElementRoles::COMMENTS);
        }
        let opinions = self.opinions(page, &lines, &within, &t.opinions);
        let measured =
            Measured { lines: &lines, levels: &levels, within: &within, depths: &depths };
        let stories = self.story(page, headline, &measured, t.story);
        let entries = self.entries(page, &lines, &within);
        let printed = text.printed_in((0..page.blocks.len()).map(|at| page.words(at)));
        let of_stated = |at: usize| {
            if text.is_empty() {
                [-1.0, 0.0]
            } else {
                [text.part_of(page.words(at)).unwrap_or(-0.5), printed]
            }
        };
        page.blocks
            .iter()
            .enumerate()
            .map(|(at, block)| {
                let line = &self.lines[lines[at]];
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
                let paragraph = self.first_around(element, |at| {
                    matches!(
                        self.elements[at].tag,
                        Tag::P | Tag::Div | Tag::Li | Tag::Section | Tag::Td
                    )
                });
                DomFeatures {
                    hints: hints[element].without(wrong),
                    heading: levels[at],
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
                    names_language: self.names_language(element),
                    holder: section as u32,
                    opinions: opinions[at],
                    story: stories[at],
                    entries: entries[at],
                    stated: of_stated(at),
                }
            })
            .collect()
    }

    /// For each block the level of the heading that it stands in, 0 for none.
    pub(in crate::html) fn levels(&self, page: &Page) -> Vec<u8> {
        self.lines_of(page).into_iter().map(|line| self.level_of(line)).collect()
    }

    /// For each block the line that it begins on.
    pub(in crate::html) fn lines_of(&self, page: &Page) -> Vec<usize> {
        let mut at = 0;
        let line_of = |block: &Block| {
            while self.lines.get(at + 1).is_some_and(|line| line.start <= block.span.start) {
                at += 1;
            }
            at
        };
        page.blocks.iter().map(line_of).collect()
    }

    /// The level of the heading that a line stands in, 0 for none.
    fn level_of(&self, line: usize) -> u8 {
        let around = self.first_around(self.lines[line].element as usize, |at| {
            matches!(
                self.elements[at].tag,
                Tag::Heading(_) | Tag::Div | Tag::Li | Tag::Section | Tag::Td
            )
        });
        match self.elements[around].tag {
            Tag::Heading(level) => level,
            _ => 0,
        }
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

    /// Whether comments hold all of the text but a little: they are the posts of a forum.
    fn is_thread(&self, within: &[Within], hints: &[ElementRoles], t: &EvidenceThresholds) -> bool {
        let total = within[0].prose;
        let is_outside = |at: &usize| !hints[*at].any(ElementRoles::COMMENTS);
        let held: f64 = (1..self.elements.len())
            .filter(|at| !is_outside(at) && is_outside(&(self.elements[*at].parent as usize)))
            .map(|at| within[at].prose)
            .sum();
        held > 0.0 && total - held < (t.beside_thread * total).min(t.opening_post)
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
                Tag::Td => return CELL,
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

    /// Whether an element stands in preformatted text that names the language of its code.
    fn names_language(&self, element: usize) -> bool {
        let code = self.first_around(element, |at| self.elements[at].tag == Tag::Pre);
        self.elements[code].tag == Tag::Pre && self.language_of(code as u32).is_some()
    }

    /// The innermost element around one, itself included, that fits; else the outermost.
    pub(in crate::html) fn first_around(
        &self,
        mut element: usize,
        fits: impl Fn(usize) -> bool,
    ) -> usize {
        while element > 0 && !fits(element) {
            element = self.elements[element].parent as usize;
        }
        element
    }
}
