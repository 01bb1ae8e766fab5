//! Links of Markdown around several blocks, written out as elements around the text of each.
//!
//! Programs write a card of a picture, a heading and a text that is a link as `[`, the blocks, and `](/address)`, each parted by an empty line. By
//! the standard a link ends with its paragraph, and such brackets are text.

use crate::html::markup::entity::as_value;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// Bytes from the bracket that opens a link to the one that closes it, at most.
const FAR: usize = 8192;
/// Bytes of the longest address.
const LONGEST: usize = 4096;
/// Spaces before a line that may be code.
const CODE: usize = 4;
/// How many times as long a link may be with its address in each line.
const LONGER: usize = 8;

/// A link around several blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OpenLink {
    /// The bracket that opens it.
    open: usize,
    /// From the bracket that closes it to the end of its address.
    close: Span,
    /// The address, without a title.
    address: Span,
}

impl Unfolded {
    /// Writes the links around several blocks out as elements, from the byte `from` on; None where there are none.
    pub(in crate::html) fn of_open_links(source: &str, from: usize) -> Option<Self> {
        let links = open_links(source, from);
        if links.is_empty() {
            return None;
        }
        let mut out = Self::default();
        out.text.reserve(source.len() - from);
        let mut copied = from;
        for link in links {
            out.copy(source, Span::new(copied, link.open));
            let address = as_value(link.address.of(source));
            let tag = format!("<a href=\"{address}\">");
            out.copy_linked(source, Span::new(link.open + 1, link.close.start), &tag);
            copied = link.close.end;
        }
        out.copy(source, Span::new(copied, source.len()));
        Some(out)
    }
}

impl Unfolded {
    /// Adds a stretch of the source with the text of each line as a link.
    fn copy_linked(&mut self, source: &str, span: Span, tag: &str) {
        let mut at = span.start;
        for line in span.of(source).split_inclusive('\n') {
            let end = at + line.len();
            let text = at + marks_of(line);
            let text_end = at + line.trim_end().len();
            let indent = &line[..line.len() - line.trim_start().len()];
            let is_code = indent.contains('\t') || indent.len() >= CODE;
            let is_text =
                text < text_end && !is_code && !line[text - at..].starts_with(['|', '`', '~']);
            if is_text {
                self.copy(source, Span::new(at, text));
                self.text.push_str(tag);
                self.copy(source, Span::new(text, text_end));
                self.text.push_str("</a>");
                self.copy(source, Span::new(text_end, end));
            } else {
                self.copy(source, Span::new(at, end));
            }
            at = end;
        }
    }
}

/// The links around several blocks, which stand in none of each other.
fn open_links(source: &str, from: usize) -> Vec<OpenLink> {
    let mut links: Vec<OpenLink> = Vec::new();
    // The bracket that a block before has left open at its start or its end.
    let mut open: Option<usize> = None;
    let mut block = Block::default();
    let mut fence: Option<char> = None;
    let mut at = from;
    for line in source[from..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let own = line.trim();
        let mark =
            ['`', '~'].into_iter().find(|&m| own.len() - own.trim_start_matches(m).len() > 2);
        if let Some(mark) = mark.filter(|mark| fence.is_none_or(|open| open == *mark)) {
            fence = if fence.is_some() { None } else { Some(mark) };
            open = None;
        }
        if fence.is_some() {
            continue;
        }
        if own.is_empty() || own.starts_with('#') {
            open = block.left_open(source).or(open);
            block = Block::default();
        }
        if own.is_empty() {
            continue;
        }
        let begin = start + (line.len() - line.trim_start().len());
        block.begin.get_or_insert(begin);
        block.end = begin + own.len();
        let mut next = begin;
        while let Some(found) = source[next..block.end].find(['[', ']', '\\']) {
            let sign = next + found;
            next = sign + 1;
            match source.as_bytes()[sign] {
                b'\\' => {
                    let escaped = source[next..].chars().next().map_or(0, char::len_utf8);
                    next = (next + escaped).min(block.end);
                }
                b'[' => block.open.push(sign),
                _ if block.open.pop().is_some() => {}
                _ => {
                    let Some(opened) = open.take().filter(|opened| sign - opened <= FAR) else {
                        continue;
                    };
                    let Some((address, end)) = address_at(source, next) else { continue };
                    let lines = source[opened..sign].split('\n').count();
                    if lines * address.len() <= LONGER * (end - opened) {
                        links.push(OpenLink { open: opened, close: Span::new(sign, end), address });
                    }
                    next = end.min(block.end);
                }
            }
        }
    }
    links
}

/// A paragraph or heading.
#[derive(Debug, Default)]
struct Block {
    begin: Option<usize>,
    end: usize,
    /// Brackets that nothing has closed.
    open: Vec<usize>,
}

impl Block {
    /// The bracket at its start or its end that it leaves open.
    fn left_open(&self, source: &str) -> Option<usize> {
        let first = self.begin.map(|begin| begin + marks_of(&source[begin..self.end]));
        let is_at_border = |&at: &usize| Some(at) == first || at + 1 == self.end;
        self.open.last().copied().filter(is_at_border)
    }
}

/// Bytes of the marks of headings, lists and quotations that a line begins with.
fn marks_of(line: &str) -> usize {
    let mut rest = line.trim_start();
    loop {
        let behind = rest.trim_start_matches('#');
        let behind = if behind.len() < rest.len() {
            behind
        } else {
            rest.strip_prefix(['*', '-', '+', '>']).unwrap_or(rest)
        };
        match behind.strip_prefix(' ') {
            Some(next) if behind.len() < rest.len() => rest = next.trim_start(),
            _ => return line.len() - rest.len(),
        }
    }
}

/// The address in brackets that stands at a place, without its title, and where the brackets end.
fn address_at(source: &str, at: usize) -> Option<(Span, usize)> {
    let text = source[at..source.floor_char_boundary(at + LONGEST)].strip_prefix('(')?;
    let start = at + 1;
    let mut depth = 0;
    for (n, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                let inner = text[..n].trim_end();
                let address = inner.split([' ', '\n']).next().unwrap_or_default();
                return (!address.is_empty())
                    .then(|| (Span::new(start, start + address.len()), start + n + 1));
            }
            ')' => depth -= 1,
            '\n' if text[n + 1..].starts_with('\n') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::page::HtmlPage;

    fn written(source: &str) -> String {
        Unfolded::of_open_links(source, 0).map_or_else(|| source.to_owned(), |out| out.text)
    }

    #[test]
    fn a_card_that_is_a_link_is_one_element() {
        let card = "[\n\n![Quay](/q.jpg)\n\n### The quay\n\nIt was shut. ](/quay \"The quay\")\n";
        assert_eq!(
            written(card),
            "\n\n<a href=\"/quay\">![Quay](/q.jpg)</a>\n\n### <a href=\"/quay\">The quay</a>\n\n<a href=\"/quay\">It was shut.</a> \n"
        );
        let page = HtmlPage::of_markdown(card).shown;
        assert_eq!(page.text, "The quay\n\nIt was shut.");
        let linked: u32 = page.lines.iter().map(|line| line.linked).sum();
        assert_eq!(linked as usize, "The quayIt was shut.".len());
    }

    #[test]
    fn a_list_may_hold_such_links() {
        let list = "* [![Quay](/q.jpg)\n\n  The quay](/quay)\n* [The ferry](/ferry)\n";
        assert_eq!(
            written(list),
            "* <a href=\"/quay\">![Quay](/q.jpg)</a>\n\n  <a href=\"/quay\">The quay</a>\n* [The ferry](/ferry)\n"
        );
    }

    #[test]
    fn brackets_that_are_text_stay() {
        for sound in [
            "The [old quay\n\nwas shut](/quay)\n",
            "[a](/a)\n\n[b](/b \"c\")\n",
            "[\n\nThe quay] (/quay)\n",
            "[\n\n```\n](/quay)\n```\n",
            "\\[\n\nThe quay](/quay)\n",
        ] {
            assert_eq!(written(sound), sound);
        }
    }

    #[test]
    fn a_long_address_is_not_written_once_for_each_of_many_lines() {
        let link = format!("[\n\n{}](/{})\n\n", "a\n\n".repeat(1000), "b".repeat(4000));
        assert_eq!(written(&link), link);
    }

    #[test]
    fn brackets_without_end_are_read_once() {
        for part in ["[\n\n", "](\n\n", "[\n\n](", "[\n\n](/a"] {
            written(&part.repeat(100_000));
        }
    }
}
