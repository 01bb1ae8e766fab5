//! The tokens of an HTML source with their byte ranges: a scan after the WHATWG tokeniser, without a copy of anything.
//!
//! Every token stands where the last one ended, so that all of the source is seen. What follows an unclosed tag or comment is part of it, as
//! in browsers. The tests compare it with html5gum, which follows the standard state by state and is several times slower.

use memchr::{memchr, memchr_iter, memmem};

use crate::guard::look;
use crate::html::markup::attributes::tag_end;
use crate::html::markup::raw_text::{raw_end, script_end};
use crate::html::markup::space::{is_space, skip};
use crate::html::markup::tag::{Display, Tag};
use crate::span::Span;

/// A piece of an HTML source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum Token<'s> {
    /// Characters between tags, entities and all.
    Text(Span),
    /// `<name …>`.
    Start {
        /// As written, in any case.
        name: &'s str,
        /// What stands between the name and the `>`.
        attributes: &'s str,
        /// Whether it ends with `/>`.
        closes_itself: bool,
    },
    /// `</name>`.
    End {
        /// As written, in any case.
        name: &'s str,
    },
    /// A comment, a doctype, a processing instruction, an unfinished tag.
    Other,
}

/// Reads tokens from the front to the back.
#[derive(Debug)]
pub(in crate::html) struct Scanner<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Scanner<'s> {
    pub(in crate::html) fn new(source: &'s str) -> Self {
        Self { source, at: 0 }
    }

    /// Where the next token begins.
    pub(in crate::html) fn at(&self) -> usize {
        self.at
    }

    /// The characters up to the end tag of `name`, which hold no tags: what stands in a script, a style, a title. The end tag is the next token.
    pub(in crate::html) fn raw(&mut self, name: &str) -> Span {
        let start = self.at;
        let length = if name.eq_ignore_ascii_case("script") {
            script_end(&self.source[start..])
        } else {
            raw_end(&self.source[start..], name)
        };
        self.at = start + length;
        Span::new(start, self.at)
    }

    /// The rest of the source.
    pub(in crate::html) fn rest(&mut self) -> Span {
        let start = std::mem::replace(&mut self.at, self.source.len());
        Span::new(start, self.at)
    }

    /// Goes on at a place further on.
    pub(in crate::html) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    fn markup(&mut self) -> Token<'s> {
        let bytes = self.source.as_bytes();
        let start = self.at;
        let closing = bytes[start + 1] == b'/';
        let name_start = start + 1 + usize::from(closing);
        if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
            self.at = if bytes[start..].starts_with(b"<!--") {
                comment_end(bytes, start + 4)
            } else {
                end_of(
                    bytes,
                    start + 2 - usize::from(closing && bytes.get(name_start) == Some(&b'>')),
                    b'>',
                )
            };
            return Token::Other;
        }
        let name_end = bytes[name_start..]
            .iter()
            .position(|b| is_space(*b) || matches!(b, b'/' | b'>'))
            .map_or(bytes.len(), |n| name_start + n);
        let Some(end) = tag_end(bytes, name_end) else {
            self.at = bytes.len();
            return Token::Other;
        };
        self.at = end;
        let name = &self.source[name_start..name_end];
        if closing {
            return Token::End { name };
        }
        let attributes = &self.source[name_end..end - 1];
        Token::Start { name, attributes, closes_itself: attributes.ends_with('/') }
    }
}

impl<'s> Iterator for Scanner<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        look();
        let bytes = self.source.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let opens = |at: &usize| {
            let next = bytes.get(at + 1).copied().unwrap_or(b' ');
            next.is_ascii_alphabetic()
                || matches!(next, b'!' | b'?')
                || next == b'/' && at + 2 < bytes.len()
        };
        let text_end = memchr_iter(b'<', &bytes[self.at..])
            .map(|n| self.at + n)
            .find(opens)
            .unwrap_or(bytes.len());
        if text_end == self.at {
            return Some(self.markup());
        }
        let text = Span::new(self.at, text_end);
        self.at = text_end;
        Some(Token::Text(text))
    }
}

/// One past the next `byte`, or the end.
fn end_of(bytes: &[u8], from: usize, byte: u8) -> usize {
    memchr(byte, &bytes[from..]).map_or(bytes.len(), |n| from + n + 1)
}

/// One past the comment whose text begins at `from`.
fn comment_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    for abrupt in [&b">"[..], b"->"] {
        if rest.starts_with(abrupt) {
            return from + abrupt.len();
        }
    }
    memmem::find_iter(rest, b"--")
        .find_map(|n| {
            let dashes = skip(rest, n, |b| b == b'-');
            let end = dashes + usize::from(rest.get(dashes) == Some(&b'!'));
            (rest.get(end) == Some(&b'>')).then_some(from + end + 1)
        })
        .unwrap_or(bytes.len())
}

/// Bytes of text in the content of an element that browsers show only where they run no scripts.
pub(in crate::html) fn bytes_shown(content: &str) -> usize {
    let mut scanner = Scanner::new(content);
    let mut bytes = 0;
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(span) => bytes += span.of(content).trim_ascii().len(),
            Token::Start { name, .. } if Tag::of(name).1 == Display::Raw => {
                scanner.raw(name);
            }
            _ => {}
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
    use html5gum::{Span as Place, Tokenizer};
    use proptest::prelude::*;

    use super::*;

    const RAW: [&str; 7] = ["script", "style", "title", "textarea", "iframe", "xmp", "noscript"];

    /// The tags of a source: name with a slash before that of an end tag, and where it ends.
    fn ours(source: &str) -> Vec<(String, usize)> {
        let mut scanner = Scanner::new(source);
        let mut tags = Vec::new();
        while let Some(token) = scanner.next() {
            match token {
                Token::Start { name, .. } => {
                    tags.push((name.to_ascii_lowercase(), scanner.at));
                    if RAW.contains(&name.to_ascii_lowercase().as_str()) {
                        scanner.raw(name);
                    }
                }
                Token::End { name } => {
                    tags.push((format!("/{}", name.to_ascii_lowercase()), scanner.at))
                }
                _ => {}
            }
        }
        tags
    }

    fn theirs(source: &str) -> Vec<(String, usize)> {
        let mut tags = Vec::new();
        let mut name_of_start = String::new();
        let mut emitter = CallbackEmitter::new(
            |event: CallbackEvent<'_>, place: Place<usize>| -> Option<std::convert::Infallible> {
                match event {
                    CallbackEvent::OpenStartTag { name } => {
                        name_of_start = String::from_utf8_lossy(name).into_owned()
                    }
                    CallbackEvent::CloseStartTag { .. } => {
                        tags.push((name_of_start.clone(), place.end))
                    }
                    CallbackEvent::EndTag { name } => {
                        tags.push((format!("/{}", String::from_utf8_lossy(name)), place.end))
                    }
                    _ => {}
                }
                None
            },
        );
        emitter.naively_switch_states(true);
        let Ok(()) = Tokenizer::new_with_emitter(source, emitter).finish();
        tags
    }

    fn piece() -> impl Strategy<Value = String> {
        const NAMES: [&str; 14] = [
            "p",
            "DIV",
            "script",
            "/script",
            "style",
            "/Style",
            "title",
            "/title",
            "a",
            "/a",
            "noscript",
            "/noscript",
            "br/",
            "x-y",
        ];
        const ATTRIBUTES: [&str; 11] = [
            "",
            " class=a",
            " id='b > c'",
            " href=\"d'e\"",
            " f",
            " =g",
            " h = i/",
            "/",
            " j='",
            " k=>",
            "\n l",
        ];
        prop_oneof![
            6 => (prop::sample::select(&NAMES[..]), prop::sample::select(&ATTRIBUTES[..])).prop_map(|(name, attribute)| format!("<{name}{attribute}>")),
            3 => "[ a-zé<>&;/!?'\"=-]{0,6}",
            3 => prop::sample::select(vec!["<!--", "-->", "--!>", "<!-->", "<!doctype html>", "<?xml?>", "</>", "</ p>", "<![CDATA[", "]]>", "<", "</", "--", "<!"]).prop_map(str::to_string),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tags_are_those_of_the_standard(pieces in prop::collection::vec(piece(), 0..14)) {
            let source = pieces.concat();
            prop_assert_eq!(ours(&source), theirs(&source), "{}", source);
        }
    }
}
