//! AsciiDoc.

use crate::html::plain_markup::inline::Marks;
use crate::html::plain_markup::lines::{Line, lines_of, trimmed};
use crate::html::plain_markup::sheet::Sheet;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// Whether a line is one that only such a text has.
pub(super) fn tells(line: &str) -> bool {
    line == "|===" || line.starts_with("[source,") || line.starts_with("include::")
}

/// The text as Markdown.
pub(super) fn written(source: &str) -> Unfolded {
    let lines = lines_of(source);
    let mut text = Text { sheet: Sheet::new(source, Marks::AsciiDoc), attributes: None };
    let body = text.head(&lines);
    text.blocks(&lines[body..], "");
    text.sheet.out
}

struct Text<'s> {
    sheet: Sheet<'s>,
    /// The attributes of the block that begins next, as they stand in brackets.
    attributes: Option<&'s str>,
}

/// The name and the value of `:name: value`.
fn attribute<'s>(line: &Line, source: &'s str) -> Option<(&'s str, &'s str)> {
    let (name, value) = line.of(source).strip_prefix(':')?.split_once(':')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '!');
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, value.trim()))
}

/// Whether a line bounds a block: one sign four times or more, or what bounds a table or an open block.
fn is_bound(text: &str) -> bool {
    let of = |sign: u8| text.len() >= 4 && text.bytes().all(|b| b == sign);
    b"-.=*_+/".iter().any(|&sign| of(sign)) || matches!(text, "--" | "|===" | "```" | "!===")
}

impl<'s> Text<'s> {
    /// Reads the title and what stands with it, and says how many lines that is.
    fn head(&mut self, lines: &[Line]) -> usize {
        let source = self.sheet.source;
        let is_note =
            |line: &Line| line.of(source).starts_with("//") || attribute(line, source).is_some();
        let first = lines.iter().position(|line| !line.is_blank() && !is_note(line)).unwrap_or(0);
        let Some(title) = lines.get(first).filter(|line| line.of(source).starts_with("= ")) else {
            return 0;
        };
        let end =
            lines[first..].iter().position(Line::is_blank).map_or(lines.len(), |end| first + end);
        let mut fields = Vec::new();
        let stated = lines[..end].iter().filter_map(|line| attribute(line, source));
        for (name, value) in stated.filter(|(_, value)| !value.is_empty()) {
            match name {
                "author" => fields.push(("author", value.to_owned())),
                "revdate" | "date" => fields.push(("date", value.to_owned())),
                _ => {}
            }
        }
        let mut below = lines[first + 1..end].iter().filter(|line| !is_note(line));
        if let Some(author) = below.next() {
            let name =
                |author: &str| author.split('<').next().unwrap_or_default().trim().to_owned();
            let names: Vec<String> = author.of(source).split(';').map(name).collect();
            fields.push(("author", names.join("; ")));
        }
        if let Some(revision) = below.next() {
            let day =
                |part: &&str| part.contains(|c: char| c.is_ascii_digit()) && !part.starts_with('v');
            let revision = revision.of(source).split([',', ':']).map(str::trim).find(day);
            fields.extend(revision.map(|day| ("date", day.to_owned())));
        }
        self.sheet.front(&fields);
        self.sheet.heading(1, title.behind(2, source));
        end
    }

    /// Writes blocks, each line of which stands behind `before`.
    fn blocks(&mut self, lines: &[Line], before: &str) {
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += self.block(line, &lines[at..], before).max(1);
        }
    }

    /// Writes the block that begins with a line, and says how many lines it takes.
    fn block(&mut self, line: &Line, lines: &[Line], before: &str) -> usize {
        let source = self.sheet.source;
        let text = line.of(source);
        if is_bound(text) {
            return self.bounded(text, lines, before);
        }
        let level = text.bytes().take_while(|&b| b == b'=').count();
        if line.is_blank() {
            self.sheet.mark(before.trim_end());
            self.sheet.mark("\n");
        } else if text.starts_with("//") || attribute(line, source).is_some() {
        } else if text.starts_with('[')
            && text.ends_with(']')
            && !text.starts_with("[[")
            && !text[1..].contains("] ")
        {
            self.attributes = Some(&text[1..text.len() - 1]);
        } else if (2..=6).contains(&level) && text[level..].starts_with(' ') {
            self.attributes = None;
            self.sheet.heading(level, line.behind(level, source));
        } else if text.starts_with('.') && text.len() > 1 && !text[1..].starts_with(['.', ' ']) {
            self.sheet.paragraph(before, line.behind(1, source));
        } else if is_macro(text) {
            self.attributes = None;
        } else if let Some((depth, marker, length)) = item(text) {
            let set_in = "    ".repeat(depth - 1);
            self.sheet.line(&format!("{before}{set_in}{marker} "), line.behind(length, source));
        } else if text == "+" {
            self.sheet.mark(before.trim_end());
            self.sheet.mark("\n");
        } else if let Some(term) = text.find(":: ").filter(|_| !text.contains("://")) {
            self.sheet.paragraph(
                &format!("{before}**"),
                Span::new(line.span.start, line.span.start + term),
            );
            self.sheet.out.text.truncate(self.sheet.out.text.trim_end().len());
            self.sheet.line("** ", line.behind(term + 2, source));
        } else {
            return self.paragraph(lines, before);
        }
        1
    }

    /// Writes a paragraph, which is code or a quotation where its attributes say so.
    fn paragraph(&mut self, lines: &[Line], before: &str) -> usize {
        let source = self.sheet.source;
        let is_part =
            |line: &&Line| !line.is_blank() && !is_bound(line.of(source)) && line.of(source) != "+";
        let mut own: Vec<Line> = lines.iter().take_while(is_part).copied().collect();
        let attributes = self.attributes.take().unwrap_or_default();
        let kind = attributes.split([',', '%']).next();
        if matches!(kind, Some("source" | "listing" | "literal"))
            || own[0].indent > 0 && before.is_empty()
        {
            self.sheet.code(&own, language_of(attributes), before);
            return own.len();
        }
        let quote = if matches!(kind, Some("quote" | "verse")) { "> " } else { "" };
        let is_start = |line: &Line| item(line.of(source)).is_some();
        if let Some(next) = own.iter().skip(1).position(is_start) {
            own.truncate(next + 1);
        }
        for line in &own {
            let whole = line.of(source);
            let text = whole.strip_suffix(" +").map_or(whole.len(), str::len);
            self.sheet.mark(&format!("{before}{quote}"));
            self.sheet.text(Span::new(line.span.start, line.span.start + text));
            self.sheet.mark(if text < whole.len() { "  \n" } else { "\n" });
        }
        own.len()
    }

    /// Writes what stands between two lines that bound a block.
    fn bounded(&mut self, bound: &str, lines: &[Line], before: &str) -> usize {
        let source = self.sheet.source;
        let end = lines.iter().skip(1).position(|line| line.of(source) == bound);
        let Some(end) = end.map(|end| end + 1) else { return 1 };
        let within = &lines[1..end];
        let attributes = self.attributes.take().unwrap_or_default();
        match bound.as_bytes() {
            [b'|' | b'!', ..] => self.table(within, attributes),
            b"--" => self.blocks(within, before),
            [b'-' | b'.' | b'`', ..] => self.sheet.code(within, language_of(attributes), before),
            [b'/' | b'+', ..] => {}
            [b'_', ..] => {
                self.sheet.mark("\n");
                self.blocks(within, &format!("{before}> "));
                self.sheet.mark("\n");
            }
            _ => self.blocks(within, before),
        }
        end + 1
    }

    /// Writes a table. How many columns it has say its attributes, or its first line.
    fn table(&mut self, lines: &[Line], attributes: &str) {
        let source = self.sheet.source;
        let mut cells: Vec<Vec<Span>> = Vec::new();
        let mut first_line = 0;
        for line in lines.iter().filter(|line| !line.is_blank()) {
            let bars = bars_of(line.of(source));
            let begin = |&(start, _): &(usize, usize)| start;
            let lead = bars.first().map_or(line.span.len(), begin);
            let lead = trimmed(Span::new(line.span.start, line.span.start + lead), source);
            if let Some(cell) = cells.last_mut().filter(|_| !lead.is_empty()) {
                cell.push(lead);
            }
            for (number, &(_, from)) in bars.iter().enumerate() {
                let to = bars.get(number + 1).map_or(line.span.len(), begin);
                let start = line.span.start + from;
                let cell = trimmed(Span::new(start, (line.span.start + to).max(start)), source);
                cells.push(Some(cell).filter(|cell| !cell.is_empty()).into_iter().collect());
            }
            if first_line == 0 {
                first_line = cells.len();
            }
        }
        let columns = columns_of(attributes).unwrap_or(first_line).max(1);
        let rows: Vec<Vec<Vec<Span>>> = cells.chunks(columns).map(<[_]>::to_vec).collect();
        self.sheet.table(&rows);
    }
}

/// Where the bars of a line stand that begin cells, each from what says how the cell is set to its text.
fn bars_of(line: &str) -> Vec<(usize, usize)> {
    let bars = memchr::memchr_iter(b'|', line.as_bytes());
    let is_own = |&bar: &usize| bar == 0 || line.as_bytes()[bar - 1] != b'\\';
    let begin = |bar: usize| {
        let word = line[..bar].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let spec = &line[word..bar];
        let is_spec = !spec.is_empty()
            && spec.bytes().all(|b| b.is_ascii_digit() || b".+*<^>adehlmsv".contains(&b));
        (if is_spec { word } else { bar }, bar + 1)
    };
    bars.filter(is_own).map(begin).collect()
}

/// The language of code, in `source,ruby`.
fn language_of(attributes: &str) -> &str {
    let rest = attributes.strip_prefix("source").and_then(|rest| rest.split_once(','));
    rest.and_then(|(_, rest)| rest.split(',').next()).unwrap_or_default().trim()
}

/// How many columns `cols="1,2"` or `cols=3*` says.
fn columns_of(attributes: &str) -> Option<usize> {
    let said = attributes.split_once("cols=")?.1;
    let said = match said.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => said.split(',').next()?,
    };
    let columns = said.split([',', ';']).map(|column| {
        column.split_once('*').map_or(1, |(times, _)| times.trim().parse().unwrap_or(1))
    });
    Some(columns.sum())
}

/// How deep an item of a list stands, its marker in Markdown, and the length of its own.
fn item(text: &str) -> Option<(usize, &'static str, usize)> {
    let (marker, _) = text.split_once(' ')?;
    let of = |sign: u8| marker.bytes().all(|b| b == sign) && marker.len() <= 5;
    let number = marker.strip_suffix('.');
    let is_number = number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    match () {
        () if of(b'*') => Some((marker.len(), "-", marker.len())),
        () if marker == "-" => Some((1, "-", 1)),
        () if of(b'.') => Some((marker.len(), "1.", marker.len())),
        () if is_number => Some((1, "1.", marker.len())),
        () => None,
    }
}

/// Whether a line stands for something that is not there: a file, a picture, a list of contents.
fn is_macro(text: &str) -> bool {
    const NAMES: [&str; 8] =
        ["include::", "image::", "toc::", "video::", "audio::", "ifdef::", "ifndef::", "endif::"];
    NAMES.iter().any(|name| text.starts_with(name)) && text.ends_with(']')
        || text.starts_with("[[") && text.ends_with("]]")
        || matches!(text, "'''" | "<<<")
}
