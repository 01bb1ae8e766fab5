//! The scan over a page: tags open and close elements, text goes to lines.

use crate::html::markup::attributes::{attributes, value_of};
use crate::html::markup::hints::ElementRoles;
use crate::html::markup::scan::{Scanner, Token, bytes_shown};
use crate::html::markup::selector::Selector;
use crate::html::markup::tag::{Display, Tag, id_of};
use crate::html::shown::custom;
use crate::html::shown::formula;
use crate::html::shown::hidden::{Hidden, Revealed};
use crate::html::shown::open::{DEEPEST, Gap, NEAR_HEADING, Open};
use crate::html::shown::outline::{Noted, base_of, language_of, may_name_language};
use crate::html::shown::picture::{self, Picture};
use crate::html::shown::reading::{LeftOut, Reading};
use crate::html::shown::rendered::{Element, ElementDay, Rendered};
use crate::html::shown::selected::Selecting;
use crate::html::stated::collector::Collector;
use crate::html::stated::credits::BylineElement;
use crate::html::stated::of_entries::day_of;
use crate::html::thresholds::HtmlThresholds;
use crate::span::Span;
use crate::structure::InlineType;

/// Renders page after page; see [`HtmlPage::of`](crate::html::page::HtmlPage::of).
#[derive(Debug)]
pub(in crate::html) struct Renderer<'s> {
    pub(in crate::html) source: &'s str,
    /// Whether it is XML of another kind than HTML.
    pub(super) is_xml: bool,
    pub(in crate::html) thresholds: &'s HtmlThresholds,
    pub(in crate::html) out: Rendered,
    pub(in crate::html) open: Vec<Open>,
    pub(in crate::html) collector: Collector<'s>,
    /// Which hidden elements are read as if they were shown.
    pub(super) revealed: Revealed<'s>,
    pub(in crate::html) hidden: u32,
    pub(in crate::html) links: u32,
    pub(in crate::html) pre: u32,
    pub(in crate::html) gap: Gap,
    /// The white space in preformatted text that stands before the next text of its line.
    pub(in crate::html) space: String,
    /// Line breaks in preformatted text since its last text.
    pub(in crate::html) breaks: usize,
    /// Whether something that is not shown stands in the gap.
    pub(in crate::html) apart: bool,
    pub(in crate::html) bullet: bool,
    /// Whether the text that is read holds no character references.
    pub(in crate::html) is_raw: bool,
    /// Where the row begins that is being read.
    pub(in crate::html) row: usize,
    /// The `id` of the last heading.
    pub(super) heading_id: Option<&'s str>,
    /// Where the text of the last element in a line ends, and whether that is about the article.
    pub(super) line_element_end: Option<(usize, bool)>,
    /// Where the text of the last heading ends.
    pub(super) heading_end: usize,
    /// What was left out because an attribute hides it, or because it stands in for what a script shows.
    pub(in crate::html) left_out: LeftOut,
    /// The hidden elements that were read all the same.
    hidden_elements: Vec<Hidden>,
    pub(super) selecting: Selecting<'s>,
}

impl<'s> Renderer<'s> {
    pub(in crate::html) fn new(
        source: &'s str,
        revealed: Revealed<'s>,
        thresholds: &'s HtmlThresholds,
        selectors: &'s [&'s Selector],
    ) -> Self {
        let out = Rendered { elements: vec![Element::default()], ..Rendered::default() };
        Self {
            source,
            is_xml: custom::is_xml(source),
            thresholds,
            out,
            open: Vec::new(),
            collector: Collector::default(),
            revealed,
            hidden: 0,
            links: 0,
            pre: 0,
            gap: Gap::None,
            space: String::new(),
            breaks: 0,
            apart: false,
            bullet: false,
            is_raw: false,
            row: 0,
            heading_id: None,
            line_element_end: None,
            heading_end: 0,
            left_out: LeftOut::default(),
            hidden_elements: Vec::new(),
            selecting: Selecting::new(selectors),
        }
    }

    /// Reads the page.
    pub(in crate::html) fn run(mut self) -> Reading {
        let mut scanner = Scanner::new(self.source);
        let mut at = 0;
        while let Some(token) = scanner.next() {
            match token {
                Token::Text(span) if self.is_xml => {
                    custom::without_cdata_ends(self.source, span).for_each(|part| self.text(part));
                }
                Token::Text(span) => self.text(span),
                Token::Start { name, attributes, closes_itself } => {
                    self.start(name, attributes, closes_itself, &mut scanner)
                }
                Token::End { name } => self.end(name),
                Token::Other if self.is_xml => {
                    let content = custom::cdata(&self.source[at..]).map(|opening| at + opening);
                    content.into_iter().for_each(|content| scanner.go_to(content));
                }
                Token::Other => {}
            }
            at = scanner.at();
        }
        self.close_to(0);
        self.out.outline.sort();
        self.out.selected = self.selecting.finish();
        let stated = self.collector.finish(&self.out, self.thresholds);
        Reading {
            shown: self.out,
            stated,
            left_out: self.left_out,
            hidden_elements: self.hidden_elements,
        }
    }

    fn start(
        &mut self,
        name: &'s str,
        attributes: &'s str,
        closes_itself: bool,
        scanner: &mut Scanner<'s>,
    ) {
        let (tag, display) = custom::tag_of(name, self.is_xml);
        let in_drawing = self.open.last().is_some_and(|open| open.tag == Tag::Vector);
        self.leave_head(tag, display);
        let is_revealed_fallback = is_fallback(name) && self.is_revealed(attributes);
        let display = if is_revealed_fallback { Display::Line } else { display };
        if display == Display::Raw {
            if !(closes_itself && (in_drawing || self.is_xml)) {
                let raw = if name.eq_ignore_ascii_case("plaintext") {
                    scanner.rest()
                } else {
                    scanner.raw(name)
                };
                if !self.is_in_tree_of_its_own() {
                    self.collector.raw(tag, attributes, raw, self.source, in_drawing);
                }
                if tag == Tag::Script && formula::is_script(attributes) {
                    self.is_raw = true;
                    self.formula(raw);
                    self.is_raw = false;
                }
                self.apart = true;
                if is_fallback(name) {
                    let bytes = bytes_shown(raw.of(self.source));
                    self.left_out.add(bytes, self.thresholds.hidden.line_bytes);
                }
                if ["xmp", "plaintext"].iter().any(|shown| name.eq_ignore_ascii_case(shown)) {
                    self.listing(name, attributes, raw);
                }
            }
            return;
        }
        if display == Display::Void {
            return self.void(tag, attributes);
        }
        if matches!(tag, Tag::Html | Tag::Body) && self.open.iter().any(|open| open.tag == tag) {
            return;
        }
        if tag == Tag::A {
            self.end_link();
        }
        if name.eq_ignore_ascii_case("math")
            && let Some((tex, end)) = formula::annotation(&self.source[scanner.at()..])
        {
            let at = scanner.at();
            self.formula(Span::new(at + tex.start, at + tex.end));
            scanner.go_to(at + end);
            return;
        }
        self.end_implied(tag, display);
        let is_custom = display == Display::Inline && self.is_custom_block(name, scanner.at());
        let display = if is_custom { Display::Line } else { display };
        self.break_before(tag, display);
        if closes_itself && (in_drawing || self.is_xml) || self.open.len() >= DEEPEST {
            return;
        }
        self.push(name, tag, display, attributes);
    }

    /// Whether an element of no known name, such as `news-paragraph`, stands on lines of its own: it holds an element that does, or stands between
    /// such and others like it. Its content begins at `at`.
    fn is_custom_block(&self, name: &str, at: usize) -> bool {
        let begins_line = self.gap >= Gap::Line || self.out.text.is_empty();
        custom::is_custom(name, self.is_xml)
            && self.pre == 0
            && custom::is_block(&self.source[at..], name, begins_line, self.is_xml)
    }

    /// Text that browsers show as `pre` does, though its tags and references are none.
    fn listing(&mut self, name: &str, attributes: &'s str, text: Span) {
        self.break_before(Tag::Pre, Display::Paragraph);
        if self.open.len() >= DEEPEST {
            return;
        }
        self.push(name, Tag::Pre, Display::Paragraph, attributes);
        self.is_raw = true;
        self.text(text);
        self.is_raw = false;
        self.close_to(self.open.len() - 1);
    }

    fn push(&mut self, name: &str, tag: Tag, display: Display, text: &'s str) {
        let is_root = matches!(tag, Tag::Html | Tag::Body);
        let mut hints = ElementRoles::of_tag(tag);
        let (mut links, mut credit) = (false, (tag == Tag::Time).then_some(BylineElement::Day));
        let (mut is_streamed, mut is_shadow) = (false, false);
        let is_code = tag == Tag::Other && self.pre > 0 && name.eq_ignore_ascii_case("code");
        let mut language = None;
        for attribute in attributes(text) {
            if !is_root {
                hints = hints.with(ElementRoles::of_attribute(attribute));
                is_streamed |= ElementRoles::is_streamed(attribute);
            }
            links |= tag == Tag::A && attribute.name.eq_ignore_ascii_case("href");
            credit =
                credit.or_else(|| if is_root { None } else { BylineElement::of(tag, attribute) });
            is_shadow |=
                tag == Tag::Template && attribute.name.eq_ignore_ascii_case("shadowrootmode");
            if (tag != Tag::Other || is_code) && may_name_language(tag, attribute) {
                language = language.or_else(|| language_of(tag, attribute));
            }
            self.collector.attribute(tag, attribute);
        }
        if tag == Tag::Time {
            self.collector.time(text);
        }
        if is_streamed {
            hints = hints.without(ElementRoles::HIDDEN);
        }
        let is_revealed =
            (hints.any(ElementRoles::HIDDEN) || is_fallback(name)) && self.is_revealed(text);
        let is_text = matches!(self.revealed, Revealed::Those(_)) && is_revealed;
        if is_text || hints.any(ElementRoles::HIDDEN) && self.begins_initial(text) {
            hints = hints.without(ElementRoles::HIDDEN);
        }
        let is_about = credit.is_some() || hints.any(ElementRoles::BYLINE);
        if display == Display::Inline {
            self.part_from_sibling(self.behind(text), is_about);
        }
        links |= tag == Tag::Button;
        let parent = self.open.last().map_or(0, |open| open.element);
        let element = if display == Display::Inline && hints.is_empty() {
            parent
        } else {
            self.out.elements.push(Element { parent, tag, hints });
            self.out.elements.len() as u32 - 1
        };
        if tag == Tag::Time || tag == Tag::Other && name.eq_ignore_ascii_case("abbr") {
            let day = day_of(name, tag, text);
            self.out.days.extend(day.map(|day| ElementDay { element, day }));
        }
        // Browsers show the shadow root that a template declares.
        let display = if is_shadow { Display::Line } else { display };
        // A button amid code copies it.
        let hides = display == Display::Hidden
            || tag == Tag::Button && self.pre > 0
            || tag == Tag::Other && formula::is_laid_out(text)
            || self.is_beside_heading(name, tag, text)
            || !is_revealed && hints.any(ElementRoles::HIDDEN);
        if is_revealed {
            self.hidden_elements.push(Hidden { element, at: self.place_of(text) });
        }
        self.hidden += u32::from(hides);
        self.links += u32::from(links);
        match tag {
            Tag::Pre => {
                self.pre += 1;
                self.breaks = 0;
            }
            Tag::Heading(_) => self.heading_id = value_of(text, "id"),
            _ => {}
        }
        let noted = if self.hidden == 0 { Noted::of(name, tag, text) } else { None };
        self.out.outline.begin(name, tag, element, text);
        self.selecting.begin(name, text, self.out.text.len());
        if let Some(language) = language {
            let listing = self.open.iter().rev().find(|open| is_code && open.tag == Tag::Pre);
            self.out.outline.name_language(listing.map_or(element, |open| open.element), language);
        }
        self.open.push(Open {
            id: id_of(name),
            tag,
            display,
            element,
            hides,
            links,
            credit,
            is_about,
            noted,
            asks: false,
            from: self.out.text.len(),
        });
    }

    fn void(&mut self, tag: Tag, attributes: &'s str) {
        match tag {
            Tag::Br if self.is_in_headline() => self.widen(Gap::Space),
            Tag::Br => self.widen(if self.gap == Gap::Line { Gap::Paragraph } else { Gap::Line }),
            Tag::Hr => {
                self.end_implied(Tag::Hr, Display::Void);
                self.widen(Gap::Paragraph);
            }
            Tag::Image => {
                if let Some(tex) = formula::of_picture(attributes) {
                    let start = self.place_of(tex);
                    self.formula(Span::new(start, start + tex.len()));
                } else if self.hidden == 0 && self.out.outline.pictures.len() < picture::MOST {
                    let element = self.open.last().map_or(0, |open| open.element);
                    let picture = Picture::of(attributes, self.out.text.len(), element);
                    self.out.outline.pictures.extend(picture);
                }
            }
            Tag::Other if asks_for_address(attributes) => self.ask(),
            Tag::Meta if !self.is_in_tree_of_its_own() => self.collector.meta(attributes),
            Tag::Link if !self.is_in_tree_of_its_own() => self.collector.link(attributes),
            Tag::Base if !self.is_in_tree_of_its_own() && self.out.outline.base.is_none() => {
                self.out.outline.base = base_of(attributes);
            }
            _ => {}
        }
    }

    /// Adds the source of a formula.
    fn formula(&mut self, tex: Span) {
        let from = self.out.text.len();
        self.text(tex);
        let text = Span::new(from, self.out.text.len());
        self.out.outline.end(Noted::Inline(InlineType::Formula), 0, text);
    }

    /// Whether what is read stands in a template: a page in a frame states nothing of the page around it.
    fn is_in_tree_of_its_own(&self) -> bool {
        self.open.iter().any(|open| open.tag == Tag::Template)
    }

    /// Whether a heading is open whose text so far is as long as one line may be: all of it is one line, however it is laid out.
    pub(super) fn is_in_headline(&self) -> bool {
        let heading =
            self.open.iter().rev().take(NEAR_HEADING).find(|o| matches!(o.tag, Tag::Heading(_)));
        heading.is_some_and(|heading| {
            self.out.text.len() - heading.from < self.thresholds.heading_bytes
        })
    }

    fn break_before(&mut self, tag: Tag, display: Display) {
        match display {
            Display::Line if self.is_in_headline() => self.widen(Gap::Space),
            Display::Line => self.widen(Gap::Line),
            Display::Paragraph => self.widen(Gap::Paragraph),
            Display::Cell => {
                // A row of data is one line; cells that are longer, or hold lines, lay out the page.
                let row = self.out.text[self.row..].trim_start_matches('\n');
                let is_layout = row.len() > self.thresholds.row_bytes || row.contains('\n');
                self.widen(if is_layout { Gap::Line } else { Gap::Cell });
                self.apart = true;
            }
            _ => {}
        }
        match tag {
            Tag::Li => self.bullet = true,
            Tag::Row => self.row = self.out.text.len(),
            _ => {}
        }
    }
}

/// Whether a field asks for the address of a mailbox.
fn asks_for_address(text: &str) -> bool {
    /// Attributes that say what it asks for.
    const NAMES: [&str; 6] = ["type", "name", "id", "placeholder", "aria-label", "autocomplete"];
    attributes(text).any(|attribute| {
        let is_name = NAMES.iter().any(|name| attribute.name.eq_ignore_ascii_case(name));
        is_name && attribute.value.to_ascii_lowercase().contains("mail")
    })
}

/// Whether browsers show the element only where they run no scripts, or know no frames.
fn is_fallback(name: &str) -> bool {
    ["noscript", "noframes"].iter().any(|known| name.eq_ignore_ascii_case(known))
}
