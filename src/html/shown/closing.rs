//! How elements end: by their own end tag, by that of one around them, or because another begins.

use crate::html::markup::hints::ElementRoles;
use crate::html::markup::tag::{Display, Tag, ends_paragraph, ends_sibling, id_of, is_fence};
use crate::html::shown::custom;
use crate::html::shown::open::{Gap, Open};
use crate::html::shown::render::Renderer;
use crate::html::stated::credits::{BylineElement, Credited};
use crate::span::Span;

impl Renderer<'_> {
    /// Text and elements that stand in no head end it.
    pub(in crate::html) fn leave_head(&mut self, tag: Tag, display: Display) {
        let stays = matches!(
            tag,
            Tag::Meta
                | Tag::Link
                | Tag::Base
                | Tag::Title
                | Tag::Script
                | Tag::Template
                | Tag::Head
                | Tag::Html
        ) || display == Display::Raw
            || display == Display::Void && tag == Tag::Other;
        if !stays && self.open.last().is_some_and(|open| open.tag == Tag::Head) {
            self.close_to(self.open.len() - 1);
        }
    }

    /// Closes what the start of an element ends without saying so.
    pub(super) fn end_implied(&mut self, tag: Tag, display: Display) {
        let mut lowest = None;
        for at in (0..self.open.len()).rev() {
            let open = &self.open[at];
            if ends_sibling(tag, open.tag) {
                lowest = Some(at);
                break;
            }
            if is_fence(open.tag, tag) {
                break;
            }
            if open.tag == Tag::P && ends_paragraph(display, tag) {
                lowest = Some(at);
                if !matches!(tag, Tag::Li | Tag::Dt | Tag::Dd) {
                    break;
                }
            }
        }
        if let Some(lowest) = lowest {
            self.close_to(lowest);
        }
        if let (Tag::Heading(_), Some(Open { tag: Tag::Heading(_), .. })) = (tag, self.open.last())
        {
            self.close_to(self.open.len() - 1);
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let (tag, display) = custom::tag_of(name, self.is_xml);
        match tag {
            Tag::Br => return self.widen(Gap::Line),
            Tag::Html | Tag::Body => return,
            Tag::A => self.end_link(),
            Tag::P => self.widen(Gap::Paragraph),
            _ => {}
        }
        let id = id_of(name);
        let is_block = display != Display::Inline
            || custom::is_custom(name, self.is_xml)
                && self.open.iter().any(|open| open.id == id && open.display == Display::Line);
        for at in (0..self.open.len()).rev() {
            let open = &self.open[at];
            if open.id == id || matches!((tag, open.tag), (Tag::Heading(_), Tag::Heading(_))) {
                return self.close_to(at);
            }
            let barred = if is_block {
                match tag {
                    Tag::Td | Tag::Row | Tag::Rows | Tag::Caption => open.tag == Tag::Table,
                    Tag::Table | Tag::Template | Tag::Head => false,
                    _ => matches!(open.tag, Tag::Td | Tag::Caption),
                }
            } else {
                open.display != Display::Inline
            };
            if barred {
                return;
            }
        }
    }

    pub(super) fn end_link(&mut self) {
        let end = self.out.text.len();
        if let Some(open) = self.open.iter_mut().rev().find(|open| open.links) {
            open.links = false;
            self.links -= 1;
            if let Some(noted) = open.noted.take() {
                self.out.outline.end(noted, open.element, Span::new(open.from, end));
            }
        }
    }

    /// Notes that a field in the innermost element asks for an address.
    pub(super) fn ask(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.asks = true;
        }
    }

    /// Ends an element in which a field asks for an address: a small one is there to ask.
    fn close_asking(&mut self, tag: Tag, element: u32, bytes: usize) {
        let is_box = matches!(tag, Tag::Div | Tag::Section | Tag::Aside | Tag::P | Tag::Li);
        if is_box && bytes <= self.thresholds.asking_bytes {
            let hints = &mut self.out.elements[element as usize].hints;
            *hints = hints.with(ElementRoles::NEWSLETTER);
        }
        self.ask();
    }

    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { break };
            self.selecting.end(self.out.text.len());
            self.hidden -= u32::from(open.hides);
            self.apart |= open.hides;
            self.links -= u32::from(open.links);
            self.pre -= u32::from(open.tag == Tag::Pre);
            match open.tag {
                Tag::List => self.out.outline.end_list(),
                Tag::Heading(_) => self.heading_end = self.out.text.len(),
                _ => {}
            }
            if let Some(noted) = open.noted {
                let text = Span::new(open.from, self.out.text.len());
                self.out.outline.end(noted, open.element, text);
            }
            match open.display {
                Display::Line if self.is_in_headline() => self.widen(Gap::Space),
                Display::Line => self.widen(Gap::Line),
                Display::Paragraph => self.widen(Gap::Paragraph),
                _ => {}
            }
            if open.display == Display::Inline && open.from < self.out.text.len() {
                self.line_element_end = Some((self.out.text.len(), open.is_about));
            }
            if open.tag == Tag::Li {
                self.bullet = false;
            }
            let text = Span::new(open.from, self.out.text.len());
            if open.asks && open.tag != Tag::Form {
                self.close_asking(open.tag, open.element, text.len());
            }
            if let Some(credit) = open.credit.filter(|_| self.thresholds.credits.can_name(text)) {
                if credit == BylineElement::Author {
                    self.out.names.push((open.element, text));
                }
                self.collector.credit(Credited { credit, text, element: open.element });
            }
        }
    }
}
