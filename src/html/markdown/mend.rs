//! Markdown as programs write it, mended to what its standard reads.
//!
//! Programs that turn pages into Markdown break lines within addresses, leave spaces in them, write what a table lays out as one line, put lists deeper than their place allows, wrap
//! headings, write headings within links or behind them, and leave code open. By the standard such a link is text, such a list is code, such a
//! heading ends at the end of its line or is none, and such code goes on to the end.

use crate::html::markdown::broken_address::{BrokenAddress, is_address};
use crate::html::markdown::fences::Fences;
use crate::html::markdown::headings::{goes_on, heading_behind_link, is_wrapped, marks_of_heading};
use crate::html::markdown::layout_rows::{CellPart, Table, cells_of, parts_of};
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// Columns from which on a line is code.
const DEEP: usize = 4;

impl Unfolded {
    /// Mends the Markdown of `source` from the byte `from` on.
    pub(in crate::html) fn of_mended(source: &str, from: usize) -> Self {
        let mut mending =
            Mending { source, out: Self::default(), is_wrapped: is_wrapped(&source[from..]) };
        mending.out.text.reserve(source.len() - from);
        mending.run(from);
        mending.out
    }
}

struct Mending<'s> {
    source: &'s str,
    out: Unfolded,
    /// Whether its lines are wrapped.
    is_wrapped: bool,
}

impl Mending<'_> {
    fn run(&mut self, from: usize) {
        let mut at = from;
        let mut fences = Fences::of(self.source);
        // Columns that are taken from the lines of a list.
        let mut too_deep = 0;
        let mut is_after_text = false;
        let mut line_end = from;
        // Where the last table that was looked at ends, and whether it lays out the page.
        let (mut table_end, mut is_layout) = (from, false);
        while at < self.source.len() {
            if line_end <= at {
                let rest = &self.source[at..];
                line_end = at + rest.find('\n').map_or(rest.len(), |n| n + 1);
            }
            let end = line_end;
            let behind_link =
                heading_behind_link(&self.source[at..end]).filter(|_| !fences.is_open());
            let end = behind_link.map_or(end, |n| at + n);
            let line = &self.source[at..end];
            let own = line.trim_start_matches(' ');
            let depth = line.len() - own.len();
            let is_blank = own.trim_end().is_empty();
            if fences.hold(own) {
                self.out.copy(self.source, Span::new(at, end));
                at = end;
                continue;
            }
            let unclosed = fences.open(own, at);
            if !is_blank {
                if depth < too_deep {
                    too_deep = 0;
                }
                let is_item = begins_item(own);
                let may_be_code = depth >= DEEP && !is_after_text;
                if too_deep == 0 && may_be_code && begins_links(&self.source[at..]) {
                    too_deep = depth;
                }
                // An item, and what is indented, may hold a list.
                is_after_text = is_item || depth > 0;
            }
            if !fences.is_open() && depth < DEEP && own.starts_with('|') {
                if at >= table_end {
                    let table = Table::at_start_of(&self.source[at..]);
                    (table_end, is_layout) = (at + table.bytes, table.is_layout);
                }
                if is_layout {
                    self.cells(Span::new(at, end));
                    at = end;
                    continue;
                }
            }
            let start = if unclosed > 0 { at + depth + unclosed } else { at + too_deep.min(depth) };
            let start = self.item_in_item(start, end);
            let start = self.heading_in_link(start, end);
            at = self.line(start, end);
            if behind_link.is_some() {
                self.out.text.push_str("\n\n");
            }
        }
    }

    /// Adds what stands in the cells of a row that lays out the page. What stands together in a cell does so in the page.
    fn cells(&mut self, row: Span) {
        self.out.text.push('\n');
        for cell in cells_of(row.of(self.source)) {
            let parts = parts_of(cell);
            let is_box = parts.len() > 1;
            if is_box {
                self.out.text.push_str("<div>\n\n");
            }
            let mut is_list = false;
            for part in parts {
                let (text, is_item) = match part {
                    CellPart::Paragraph(text) => (text, false),
                    CellPart::Item(text) => (text, true),
                };
                if is_list && !is_item {
                    self.out.text.push('\n');
                }
                is_list = is_item;
                self.out.text.push_str(if is_item { "* " } else { "" });
                // In a cell these begin no block.
                if text.starts_with(['#', '>', '`', '~', '=', '+']) || begins_item(text) {
                    self.out.text.push('\\');
                }
                let mut start = text.as_ptr() as usize - self.source.as_ptr() as usize;
                let end = start + text.len();
                while let Some((from, address)) = self.broken_address(start, end)
                    && address.end <= end
                {
                    start = self.address_mended(Span::new(start, from), address);
                }
                self.out.copy(self.source, Span::new(start, end));
                self.out.text.push_str(if is_item { "\n" } else { "\n\n" });
            }
            self.out.text.push_str(if is_list { "\n" } else { "" });
            self.out.text.push_str(if is_box { "</div>\n\n" } else { "" });
        }
    }

    /// Adds the marks of items whose first text is an item, as of `*     * a`, without the spaces that would make it code; gives where the line goes on.
    fn item_in_item(&mut self, mut start: usize, end: usize) -> usize {
        loop {
            let own = self.source[start..end].trim_start_matches(' ');
            let Some(rest) = own.strip_prefix(['*', '-', '+']) else { return start };
            let inner = rest.trim_start_matches(' ');
            if rest.len() - inner.len() <= DEEP || !begins_item(inner) {
                return start;
            }
            self.out.copy(self.source, Span::new(start, end - rest.len() + 1));
            start = end - inner.len();
        }
    }

    /// Adds the beginning of a link that a heading stands in, as of `[## a](/a)`, without the marks of the heading; gives where the line goes on.
    fn heading_in_link(&mut self, start: usize, end: usize) -> usize {
        let Some(text) = self.source[start..end].strip_prefix('[') else { return start };
        let Some(marks) = marks_of_heading(text) else { return start };
        self.out.copy(self.source, Span::new(start, start + 1));
        start + 1 + marks
    }

    /// Adds the line, and what belongs to its last address or to its heading; gives where the next begins.
    fn line(&mut self, start: usize, end: usize) -> usize {
        let (mut copied, mut end) = (start, end);
        while let Some((from, address)) = self.broken_address(copied, end) {
            copied = self.address_mended(Span::new(copied, from), address);
            if copied > end {
                let rest = &self.source[copied..];
                end = copied + rest.find('\n').map_or(rest.len(), |n| n + 1);
            }
        }
        if goes_on(self.source, Span::new(start, end), self.is_wrapped) {
            let text = self.source[..end].trim_end().len();
            self.out.copy(self.source, Span::new(copied, text));
            self.out.push(" ", Span::new(text, end));
        } else {
            self.out.copy(self.source, Span::new(copied, end));
        }
        end
    }

    /// The first broken address in a stretch, and where it begins.
    fn broken_address(&self, mut at: usize, end: usize) -> Option<(usize, BrokenAddress)> {
        loop {
            at += self.source[at..end].find("](")? + 2;
            if let Some(broken) = BrokenAddress::at(self.source, at) {
                return Some((at, broken));
            }
        }
    }

    /// Adds what stands before an address, and the address without line breaks and the white space around them, and other spaces as addresses have
    /// them; gives where the source goes on.
    fn address_mended(&mut self, before: Span, broken: BrokenAddress) -> usize {
        self.out.copy(self.source, before);
        let address = broken.address;
        let mut at = address.start;
        while at < address.end {
            let rest = Span::new(at, address.end).of(self.source);
            let word = rest.find([' ', '\t', '\r', '\n']).unwrap_or(rest.len());
            self.out.copy(self.source, Span::new(at, at + word));
            let space = rest[word..].len() - rest[word..].trim_ascii_start().len();
            let space = Span::new(at + word, at + word + space);
            if !space.is_empty() && !space.of(self.source).contains('\n') {
                self.out.push("%20", space);
            }
            at = space.end;
        }
        broken.end
    }
}

/// Whether a line begins as an item of a list does.
fn begins_item(line: &str) -> bool {
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = &line[number..];
    let marks: &[&str] = if number > 0 { &[". ", ") "] } else { &["* ", "- ", "+ "] };
    number < 10 && marks.iter().any(|known| mark.starts_with(known))
}

/// Whether the lines that text begins with, as deep as code, are links or a list with links.
fn begins_links(text: &str) -> bool {
    let is_deep = |line: &&str| line.starts_with("    ") && !line.trim().is_empty();
    let holds_link = |line: &str| {
        let mut addresses = line.match_indices("](").map(|(at, _)| &line[at + 2..]);
        addresses.any(is_address)
    };
    let first = text.trim_start_matches(' ');
    let is_link = first.starts_with(['[', '!']) && first.lines().next().is_some_and(holds_link);
    is_link || begins_item(first) && text.lines().take_while(is_deep).any(holds_link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(source: &str) -> String {
        Unfolded::of_mended(source, 0).text
    }

    #[test]
    fn addresses_lose_line_breaks_and_spaces() {
        let source = "See [the quay](https://gazette.example/the-\n  old-quay) and ![it](data:image/svg, <a b>).\n";
        assert_eq!(
            mended(source),
            "See [the quay](https://gazette.example/the-old-quay) and ![it](data:image/svg,%20<a%20b>).\n"
        );
        for sound in [
            "[a](/b \"c d\") and [e](/f\n'g')\n",
            "[a](not an address) [b](/c\n\nd) [e](/f [g](/h)\n",
            "```\n[a](/b c)\n```\n",
        ] {
            assert_eq!(mended(sound), sound);
        }
    }

    #[test]
    fn a_list_of_links_that_stands_too_deep_is_no_code() {
        assert_eq!(
            mended("Menu\n\n    * [a](/a)\n    * b\n\nText\n"),
            "Menu\n\n* [a](/a)\n* b\n\nText\n"
        );
        assert_eq!(
            mended("Licence\n\n     * free\n     * open ([a](/a))\n\nText\n"),
            "Licence\n\n* free\n* open ([a](/a))\n\nText\n"
        );
        assert_eq!(mended("See:\n\n    [a](/a)\n    [b](/b)\n"), "See:\n\n[a](/a)\n[b](/b)\n");
        assert_eq!(mended("  *     *      * [a](/a)\n"), "  * * * [a](/a)\n");
        assert_eq!(mended("*     a\n"), "*     a\n");
        for sound in [
            "* a\n    * [b](/b)\n",
            "Menu\n\n    * not linked\n",
            "Code\n\n    [this](int tide) {\n",
            "Text\n\n    * a\n\n    [b](/b)\n",
        ] {
            assert_eq!(mended(sound), sound);
        }
    }

    #[test]
    fn a_heading_in_a_link_is_a_link_and_one_behind_it_a_heading() {
        assert_eq!(mended("[## The quay](/a)\n"), "[The quay](/a)\n");
        assert_eq!(mended("[a](/a)### [b](/b)\n"), "[a](/a)\n\n### [b](/b)\n");
        for sound in ["[#quay](/a)\n", "[a](/a)#1\n", "```\n[a](/a)## b\n```\n"] {
            assert_eq!(mended(sound), sound);
        }
    }

    #[test]
    fn tables_within_the_cell_of_one_become_paragraphs() {
        let nested = "|  |\n| --- |\n| |  |  | | --- | --- | | The old quay | 3 May | | |  | | --- | | It was opened on Monday | |\n";
        assert_eq!(mended(nested), "\n\n\nThe old quay\n\n3 May\n\nIt was opened on Monday\n\n");
        assert_eq!(
            mended("| |  | | --- | | # 4 \\| 5 | | |  | | --- | | ~~~ | |\n"),
            "\n\\# 4 \\| 5\n\n\\~~~\n\n"
        );
        for sound in [
            "| Mark | Depth |\n| --- | --- |\n| Low - high | 2 m |\n| Mean | --- | 3 m |\n",
            "```\n| |  | | --- | | a | |\n```\n",
        ] {
            assert_eq!(mended(sound), sound);
        }
    }

    #[test]
    fn code_that_nothing_closes_is_none() {
        assert_eq!(mended("~~~~__\n\nText\n"), "__\n\nText\n");
        assert_eq!(mended("```\na\n```\n```\nText\n"), "```\na\n```\n\nText\n");
        for sound in ["```sh\n~~~\n[a](/b c)\n```\n", "~~~~\n~~~\n~~~~~\n", "```a``` b\n"] {
            assert_eq!(mended(sound), sound);
        }
    }

    #[test]
    fn a_wrapped_heading_is_one_line() {
        let heading = "# The old quay is opened again two weeks after the storm had torn away its\nrailings\n\n";
        let text = "The people on the pier knew before the captain that she would not come in\nbefore noon.\n";
        assert_eq!(
            mended(&format!("{heading}{text}")),
            format!("{}\n\n{text}", heading.trim_end().replace('\n', " "))
        );
        let sound = format!("# The old quay\nThe railings\n\n{text}");
        assert_eq!(mended(&sound), sound);
        let unwrapped = format!("{heading}{}", text.replace('\n', " "));
        assert_eq!(mended(&unwrapped), unwrapped);
        assert_eq!(
            mended("## [The old\nquay](/quay)\n\nText\n"),
            "## [The old quay](/quay)\n\nText\n"
        );
    }
}
