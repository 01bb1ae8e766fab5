//! Tags and stretches of Markdown as they are written out as HTML, each with its place.

use memchr::{memchr2, memchr3, memmem};

use crate::html::markdown::front_matter::FrontMatter;
use crate::html::markup::entity::as_value;
use crate::html::markup::tag::{self, Display};
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// The HTML that a page of Markdown stands for, as far as it is written.
pub(super) struct Written<'s> {
    source: &'s str,
    pub(super) out: Unfolded,
    /// Pictures whose alternative text is being read; one may stand in that of another.
    pictures: u32,
}

impl<'s> Written<'s> {
    /// Begins with what stands in front of the page as its head.
    pub(super) fn new(source: &'s str, front: &FrontMatter) -> Self {
        let mut out = Unfolded::default();
        out.text.reserve(source.len() + source.len() / 4);
        front.write(&mut out.text);
        Self { source, out, pictures: 0 }
    }

    /// Begins a picture, behind which its alternative text follows; says whether it stands in that of no other.
    pub(super) fn begin_picture(&mut self, address: &str) -> bool {
        let is_outermost = self.pictures == 0;
        if is_outermost {
            self.element("img", "src", address);
            self.out.text.truncate(self.out.text.len() - 1);
            self.out.text.push_str(" alt=\"");
        }
        self.pictures += 1;
        is_outermost
    }

    pub(super) fn end_picture(&mut self) {
        self.pictures = self.pictures.saturating_sub(1);
        self.tag("\">");
    }

    /// Adds a tag. The alternative text of a picture holds none.
    pub(super) fn tag(&mut self, tag: &str) {
        if self.pictures == 0 {
            self.out.text.push_str(tag);
        }
    }

    /// Adds the source of a formula, which stands between so many dollar signs on each side.
    pub(super) fn formula(&mut self, tex: &str, span: Span, signs: usize) {
        self.tag("<math><annotation encoding=tex>");
        self.text(tex, Span::new(span.start + signs, span.end - signs));
        self.tag("</annotation></math>");
    }

    /// Adds the opening tag of an element with an attribute.
    pub(super) fn element(&mut self, name: &str, attribute: &str, value: &str) {
        let value = as_value(value);
        self.tag(&format!("<{name} {attribute}=\"{value}\">"));
    }

    /// Adds a stretch of the source as text.
    pub(super) fn copy(&mut self, span: Span) {
        let mut at = span.start;
        let special = |rest: &[u8]| match self.pictures {
            0 => memchr2(b'<', b'&', rest),
            _ => memchr3(b'"', b'<', b'&', rest),
        };
        while let Some(next) = special(&self.source.as_bytes()[at..span.end]) {
            let here = Span::new(at + next, at + next + 1);
            self.out.copy(self.source, Span::new(at, here.start));
            self.out.push(escaped(here.of(self.source)), here);
            at = here.end;
        }
        self.out.copy(self.source, Span::new(at, span.end));
    }

    /// Adds a stretch of running text without the marks of emphasis that holds none.
    pub(super) fn running_text(&mut self, span: Span) {
        let mut at = span.start;
        while let Some(found) = self.source[at..span.end].find("**") {
            let start = at + found;
            let stars = self.source[start..span.end].bytes().take_while(|&b| b == b'*').count();
            let marks = Span::new(start, start + stars);
            let is_empty = is_empty_emphasis(self.source, marks);
            self.copy(Span::new(at, if is_empty { start } else { marks.end }));
            at = marks.end;
        }
        self.copy(Span::new(at, span.end));
    }

    /// Adds what a stretch of the source shows: itself, itself without marks of Markdown in it, or what a character reference stands for.
    pub(super) fn text(&mut self, text: &str, span: Span) {
        let shown = span.of(self.source);
        if shown == text {
            return self.copy(span);
        }
        let is_reference = shown.starts_with('&') && shown.ends_with(';');
        match parts_of(shown, text).filter(|_| !is_reference) {
            Some(parts) => {
                for part in parts {
                    self.copy(Span::new(span.start + part.start, span.start + part.end));
                }
            }
            None => self.out.push(
                &text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;"),
                span,
            ),
        }
    }

    /// Adds the mark of a footnote as it is printed: `[1]` for `[^1]`.
    pub(super) fn label(&mut self, label: Span) {
        self.copy(Span::new(label.start, label.start + 1));
        self.copy(Span::new(label.start + 2, label.end));
    }

    /// Adds a stretch of HTML, with the tags as text whose element none of these end tags closes.
    pub(super) fn raw(&mut self, span: Span, end_tags: &[(&str, usize)]) {
        if self.pictures > 0 {
            return;
        }
        let html = span.of(self.source);
        let mut copied = span.start;
        for at in memchr::memchr_iter(b'<', html.as_bytes()) {
            let name = name_of(html[at + 1..].trim_start_matches('/'));
            let start = span.start + at;
            let is_closed =
                |(other, last): &(&str, usize)| other.eq_ignore_ascii_case(name) && *last >= start;
            if tag::Tag::of(name).1 == Display::Raw && !end_tags.iter().any(is_closed) {
                self.out.copy(self.source, Span::new(copied, start));
                self.out.push("&lt;", Span::new(start, start + 1));
                copied = start + 1;
            }
        }
        self.out.copy(self.source, Span::new(copied, span.end));
    }
}

/// What stands for a character that begins a tag or a reference, or ends the value of an attribute.
fn escaped(character: &str) -> &'static str {
    match character {
        "<" => "&lt;",
        "&" => "&amp;",
        _ => "&quot;",
    }
}

/// The stretches of `source`, in order, that make `text`, where a space may stand for any white space; None where none do.
fn parts_of(source: &str, text: &str) -> Option<Vec<Span>> {
    let mut parts: Vec<Span> = Vec::new();
    let mut rest = source.char_indices();
    for wanted in text.chars() {
        let (at, c) =
            rest.find(|&(_, c)| c == wanted || wanted == ' ' && c.is_ascii_whitespace())?;
        match parts.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end += c.len_utf8(),
            None => parts.push(Span::new(at, at + c.len_utf8())),
        }
    }
    Some(parts)
}

/// Whether stars are the marks of an emphasis without text, as programs write an empty element: by the standard these are text.
fn is_empty_emphasis(source: &str, span: Span) -> bool {
    let (before, behind) = (&source[..span.start], &source[span.end..]);
    let is_apart = |before: &str, behind: &str| {
        before.chars().next_back().is_none_or(char::is_whitespace)
            && behind.chars().next().is_none_or(char::is_whitespace)
    };
    match span.of(source) {
        "****" => is_apart(before, behind),
        "**" => {
            let opened = before.strip_suffix("** ").is_some_and(|before| is_apart(before, " "));
            let closed = behind.strip_prefix(" **").is_some_and(|behind| is_apart(" ", behind));
            is_apart(before, behind) && (opened || closed)
        }
        _ => false,
    }
}

/// The name that a tag begins with.
fn name_of(tag: &str) -> &str {
    &tag[..tag.bytes().take_while(u8::is_ascii_alphanumeric).count()]
}

/// The last end tag of each element in a block of HTML whose text holds no tags.
pub(super) fn end_tags(source: &str, block: Span) -> Vec<(&str, usize)> {
    let mut last: Vec<(&str, usize)> = Vec::new();
    let text = block.of(source);
    for at in memmem::find_iter(text.as_bytes(), "</") {
        let name = name_of(&text[at + 2..]);
        match last.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, end)) => *end = block.start + at,
            None if tag::Tag::of(name).1 == Display::Raw => last.push((name, block.start + at)),
            None => {}
        }
    }
    last
}
