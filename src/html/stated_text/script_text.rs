//! One text as it stands in the strings of a script: its lines, as they are meant, with the place of each part.

use std::ops::Range;

use crate::html::markup::entity::decoded;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::stated_text::runs::words_of;
use crate::html::stated_text::strings::unescaped;
use crate::html::unfolded::Unfolded;
use crate::span::Span;
use crate::text::sentence::sentences;

/// A string that a page states, or one of several that make a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StatedString {
    pub(super) place: Span,
    /// Whether it goes on with the line of the one before it.
    pub(super) goes_on: bool,
}

impl StatedString {
    pub(super) fn alone(place: Span) -> Vec<Self> {
        vec![Self { place, goes_on: false }]
    }
}

/// One text as it stands in a script: its lines, as they are meant, without tags.
pub(super) struct Text(Vec<Unfolded>);

impl Text {
    pub(super) fn of(source: &str, strings: &[StatedString]) -> Self {
        let tags = ["<p", "<br", "<\\/", "</", "\\u003c"];
        let has_tags = strings.iter().any(|string| {
            let text = string.place.of(source);
            tags.iter().any(|tag| text.contains(tag))
        });
        let mut all = Unfolded::default();
        for (number, string) in strings.iter().enumerate() {
            if number > 0 && !string.goes_on {
                all.push(
                    if has_tags { "<br>" } else { "\n" },
                    Span::new(string.place.start, string.place.start),
                );
            }
            for (span, meant) in unescaped(source, string.place) {
                match meant {
                    Some('<') if !has_tags => all.push("&lt;", span),
                    Some(c) => all.push(c.encode_utf8(&mut [0; 4]), span),
                    None => all.copy(source, span),
                }
            }
        }
        Self(if has_tags { without_tags(&all) } else { lines_of(&all) })
    }

    /// What a reader sees of it.
    pub(super) fn plain(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|line| decoded(&line.text, false)).collect();
        lines.join("\n")
    }

    /// Writes it out as an element of its own, from the first sentence of each line on that is not printed, or from the place on at which
    /// what is printed of the line breaks off.
    pub(super) fn write(
        &self,
        is_printed: impl Fn(&[u32]) -> bool,
        broken_off: impl Fn(&str) -> Option<usize>,
        out: &mut Unfolded,
    ) {
        out.text.push_str("<div itemprop=articleBody>");
        for line in &self.0 {
            let is_new = |sentence: &Range<usize>| {
                !is_printed(&words_of(&decoded(&line.text[sentence.clone()], false)))
            };
            let first = sentences(&line.text).find(is_new);
            let begins = match (broken_off(&line.text), first) {
                (Some(at), Some(first)) if at >= first.end => Some(first.start),
                (Some(at), _) => Some(at),
                (None, first) => first.map(|first| first.start),
            };
            if let Some(begins) = begins {
                out.text.push_str("<p>");
                out.append(line, begins..line.text.len());
                out.text.push_str("</p>");
            }
        }
        out.text.push_str("</div>");
    }
}

/// The lines of a text without tags.
fn lines_of(text: &Unfolded) -> Vec<Unfolded> {
    let lines = text.text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let cut = |line: &str| {
        let start = line.as_ptr() as usize - text.text.as_ptr() as usize;
        let mut cut = Unfolded::default();
        cut.append(text, start..start + line.len());
        cut
    };
    lines.map(cut).collect()
}

/// The lines of a text with tags, as the elements in it part them.
fn without_tags(text: &Unfolded) -> Vec<Unfolded> {
    let mut lines = vec![Unfolded::default()];
    let mut scanner = Scanner::new(&text.text);
    while let Some(token) = scanner.next() {
        let name = match token {
            Token::Text(span) => {
                if let Some(line) = lines.last_mut() {
                    line.append(text, span.start..span.end);
                }
                continue;
            }
            Token::Start { name, .. } | Token::End { name } => name,
            Token::Other => continue,
        };
        let (tag, display) = Tag::of(name);
        if matches!(token, Token::Start { .. }) && display == Display::Raw {
            scanner.raw(name);
        }
        if tag == Tag::Br || matches!(display, Display::Line | Display::Paragraph) {
            lines.push(Unfolded::default());
        }
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}
