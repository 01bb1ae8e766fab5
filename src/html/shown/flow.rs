//! The text of a page as it flows into lines: what parts it, and where in the source each piece of it stands.

use crate::html::markup::entity::{Meaning, reference};
use crate::html::markup::space::{is_space, run_end};
use crate::html::markup::tag::{Display, Tag};
use crate::html::shown::open::Gap;
use crate::html::shown::render::Renderer;
use crate::html::shown::rendered::{Line, Piece, common};
use crate::span::Span;

impl Renderer<'_> {
    /// Parts what follows from the text so far by no less than this.
    pub(in crate::html) fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
        if gap >= Gap::Cell {
            self.space.clear();
        }
    }

    /// Adds a stretch of the source that holds no tags, where it is shown.
    pub(in crate::html) fn text(&mut self, span: Span) {
        if self.hidden > 0 {
            if self.open.last().is_some_and(|open| open.tag == Tag::Head)
                && !span.of(self.source).trim_ascii().is_empty()
            {
                self.leave_head(Tag::Other, Display::Inline);
                return self.text(span);
            }
            let bytes = span.of(self.source).trim_ascii().len();
            self.left_out.add(bytes, self.thresholds.hidden.line_bytes);
            return;
        }
        let bytes = self.source.as_bytes();
        let mut at = span.start;
        while at < span.end {
            let byte = bytes[at];
            if is_space(byte) {
                let end = bytes[at..span.end]
                    .iter()
                    .position(|b| !is_space(*b))
                    .map_or(span.end, |n| at + n);
                if self.pre > 0 && bytes[at..end].contains(&b'\n') {
                    self.breaks += memchr::memchr_iter(b'\n', &bytes[at..end]).count();
                    self.widen(if self.breaks > 1 { Gap::Paragraph } else { Gap::Line });
                } else {
                    self.widen(Gap::Space);
                }
                if self.pre > 0 {
                    self.keep_space(&self.source[at..end]);
                }
                at = end;
            } else if byte == b'&' && !self.is_raw {
                at += self.reference(at, span.end);
            } else if byte == 0 {
                at += 1;
            } else {
                let end = run_end(bytes, at, span.end).max(at + 1);
                self.verbatim(Span::new(at, end));
                at = end;
            }
        }
    }

    /// The character reference at `at`; gives its length.
    fn reference(&mut self, at: usize, end: usize) -> usize {
        let Some((meaning, length)) = reference(&self.source[at..end], false) else {
            self.verbatim(Span::new(at, at + 1));
            return 1;
        };
        let source = Span::new(at, at + length);
        let mut buffer = [0; 4];
        let text = match meaning {
            Meaning::Char(c) => &*c.encode_utf8(&mut buffer),
            Meaning::Text(text) => text,
        };
        if text.chars().all(char::is_whitespace) {
            self.widen(Gap::Space);
            if self.pre > 0 {
                self.keep_space(text);
            }
        } else {
            self.begin();
            let from = self.out.text.len();
            self.out.text.push_str(text);
            self.piece(Span::new(from, self.out.text.len()), source);
        }
        length
    }

    /// Keeps white space of preformatted text that stands in the line of what follows. Spaces of every width are spaces, so that code runs.
    fn keep_space(&mut self, space: &str) {
        let line = space.rsplit(['\n', '\r']).next().unwrap_or_default();
        if line.len() < space.len() {
            self.space.clear();
        }
        self.space.extend(line.chars().map(|c| if c == '\t' { c } else { ' ' }));
    }

    fn verbatim(&mut self, source: Span) {
        let single = self.gap == Gap::Space && !self.apart;
        self.begin();
        let from = self.out.text.len();
        self.out.text.push_str(source.of(self.source));
        let text = Span::new(from, self.out.text.len());
        if let Some(last) = self.out.pieces.last_mut()
            && last.is_even()
            && last.text.end + usize::from(single) == text.start
            && last.source.end + usize::from(single) == source.start
        {
            last.text.end = text.end;
            last.source.end = source.end;
            self.count(source.len());
            return;
        }
        self.piece(text, source);
    }

    fn piece(&mut self, text: Span, source: Span) {
        let apart = std::mem::take(&mut self.apart)
            && self.out.text[..text.start].ends_with([' ', '\t', '\n']);
        self.out.pieces.push(Piece { text, source, apart });
        self.count(text.len());
    }

    fn count(&mut self, bytes: usize) {
        let element = self.open.last().map_or(0, |open| open.element);
        let Some(line) = self.out.lines.last_mut() else { return };
        line.bytes += bytes as u32;
        line.linked += if self.links > 0 { bytes as u32 } else { 0 };
        line.element = if line.bytes as usize == bytes {
            element
        } else {
            common(&self.out.elements, line.element, element)
        };
    }

    /// Writes what parts the text so far from what follows.
    fn begin(&mut self) {
        let gap = if self.out.text.is_empty() { Gap::Line } else { self.gap };
        self.breaks = 0;
        self.part(gap);
        if self.pre > 0 && !self.space.is_empty() && (gap >= Gap::Line || self.space != " ") {
            self.out.outline.spaces.push((self.out.text.len(), std::mem::take(&mut self.space)));
        }
        self.space.clear();
    }

    fn part(&mut self, gap: Gap) {
        match gap {
            Gap::None => return,
            Gap::Space => self.out.text.push(' '),
            Gap::Cell => self.out.text.push('\t'),
            Gap::Line | Gap::Paragraph => {
                if !self.out.text.is_empty() {
                    self.out.text.push_str(if gap == Gap::Line { "\n" } else { "\n\n" });
                }
                self.out.lines.push(Line { start: self.out.text.len(), ..Line::default() });
                if std::mem::take(&mut self.bullet) {
                    self.out.text.push_str("• ");
                }
            }
        }
        self.gap = Gap::None;
    }
}
