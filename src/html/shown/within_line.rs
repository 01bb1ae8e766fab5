//! Elements within a line by what stands beside them: what is no part of a heading, initials, what a style sheet parts.

use crate::html::markup::tag::Tag;
use crate::html::shown::hidden::is_initial;
use crate::html::shown::open::{Gap, NEAR_HEADING};
use crate::html::shown::permalink::{OpenHeading, is_beside, is_bracketed_link};
use crate::html::shown::render::Renderer;

impl<'s> Renderer<'s> {
    /// Parts an element in a line from the one that ends right before it by a space, where one of them, or what holds both, is about the article: a
    /// style sheet parts these.
    pub(super) fn part_from_sibling(&mut self, rest: &str, is_about: bool) {
        let Some((end, was_about)) = self.line_element_end else { return };
        let holder = || self.open.last().is_some_and(|open| open.is_about);
        let is_glued = self.gap == Gap::None
            && self.hidden == 0
            && end == self.out.text.len()
            && self.out.text.ends_with(|c: char| c.is_alphanumeric() || c == ')')
            && rest.starts_with(|c: char| c.is_alphanumeric() || c == '<');
        // An initial and the word that it begins are one.
        let mut last = self.out.text.chars().rev();
        last.next();
        let is_initial = rest.starts_with(char::is_lowercase)
            && last.next().is_none_or(|c| !c.is_alphanumeric());
        if is_glued && !is_initial && (is_about || was_about || holder()) {
            self.widen(Gap::Space);
        }
    }

    /// Where in the source the attributes of an element stand.
    pub(super) fn place_of(&self, attributes: &str) -> usize {
        attributes.as_ptr() as usize - self.source.as_ptr() as usize
    }

    /// What stands behind the start tag with these attributes.
    pub(super) fn behind(&self, attributes: &str) -> &'s str {
        self.source.get(self.place_of(attributes) + attributes.len() + 1..).unwrap_or_default()
    }

    pub(super) fn is_revealed(&self, attributes: &str) -> bool {
        self.revealed.has(self.place_of(attributes))
    }

    /// Whether an element with these attributes holds the first letter of a line, which is hidden from what reads the page aloud alone.
    pub(super) fn begins_initial(&self, attributes: &str) -> bool {
        let begins_line = self.gap >= Gap::Line || self.out.text.is_empty();
        begins_line && self.hidden == 0 && is_initial(attributes, self.behind(attributes))
    }

    /// Whether an element that begins within a heading, or right behind it, is no part of the text.
    pub(super) fn is_beside_heading(&self, name: &str, tag: Tag, text: &'s str) -> bool {
        if !matches!(tag, Tag::A | Tag::Button | Tag::Other) {
            return false;
        }
        let rest = self.behind(text);
        let mut near = self.open.iter().rev().take(NEAR_HEADING);
        let Some(heading) = near.find(|open| matches!(open.tag, Tag::Heading(_))) else {
            let is_behind = self.heading_end > 0 && self.heading_end == self.out.text.len();
            return tag == Tag::Other && is_behind && is_bracketed_link(name, rest);
        };
        let has_text = !self.out.text[heading.from..].trim().is_empty();
        is_beside(OpenHeading { id: self.heading_id, has_text }, tag, text, rest)
    }
}
