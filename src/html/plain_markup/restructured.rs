//! reStructuredText.

use crate::html::plain_markup::inline::Marks;
use crate::html::plain_markup::lines::{Line, lines_of};
use crate::html::plain_markup::rows::{is_border, of_commas, of_grid, of_list, of_runs};
use crate::html::plain_markup::sheet::Sheet;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// Directives whose content is code.
const CODE: [&str; 9] = [
    "code-block",
    "code",
    "sourcecode",
    "parsed-literal",
    "prompt",
    "doctest",
    "testcode",
    "ipython",
    "highlight-block",
];
/// Directives whose content is none of the text.
const HIDDEN: [&str; 17] = [
    "contents",
    "toctree",
    "include",
    "index",
    "highlight",
    "meta",
    "raw",
    "only",
    "module",
    "currentmodule",
    "tabularcolumns",
    "image",
    "literalinclude",
    "automodule",
    "autoclass",
    "autofunction",
    "sectnum",
];
/// What stands for a date or an author at the head of a text.
const FIELDS: [(&str, &str); 4] =
    [("author", "author"), ("authors", "author"), ("date", "date"), ("published", "date")];

/// Whether a line is one that only such a text has.
pub(super) fn tells(line: &str) -> bool {
    directive(line.trim_start()).is_some()
}

/// The name of a directive, and how long what stands before its argument is.
fn directive(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix(".. ")?.trim_start();
    let (name, _) = rest.split_once("::")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let before = text.len() - rest.len();
    (!name.is_empty() && name.chars().all(is_name)).then_some((name, before + name.len() + 2))
}

/// The text as Markdown.
pub(super) fn written(source: &str) -> Unfolded {
    let lines = lines_of(source);
    let mut text = Text { sheet: Sheet::new(source, Marks::Restructured), levels: Vec::new() };
    let mut fields = Vec::new();
    for (name, value) in lines.iter().take(HEAD).filter_map(|line| field(line, source)) {
        let known = FIELDS.iter().find(|(known, _)| name.eq_ignore_ascii_case(known));
        fields.extend(known.map(|(_, field)| (*field, value.of(source).to_owned())));
    }
    text.sheet.front(&fields);
    text.blocks(&lines, 0, "");
    text.sheet.out
}

/// Lines among which the fields at the head stand.
const HEAD: usize = 30;

/// The name and the value of `:name: value`.
fn field<'s>(line: &Line, source: &'s str) -> Option<(&'s str, Span)> {
    let (name, rest) = line.of(source).strip_prefix(':')?.split_once(':')?;
    let is_plain = !name.is_empty() && name.len() < 60 && !name.contains('`');
    (is_plain && (rest.is_empty() || rest.starts_with(' ')))
        .then(|| (name, line.behind(name.len() + 2, source)))
}

/// The sign that all of a line is, where it may be drawn below a title.
fn drawn(text: &str) -> Option<u8> {
    let first = *text.as_bytes().first()?;
    (text.len() >= 2 && first.is_ascii_punctuation() && text.bytes().all(|b| b == first))
        .then_some(first)
}

struct Text<'s> {
    sheet: Sheet<'s>,
    /// The signs that are drawn below titles, and whether above them too, by level.
    levels: Vec<(u8, bool)>,
}

impl Text<'_> {
    /// Writes lines that are set in by `base`, each behind `before`.
    fn blocks(&mut self, lines: &[Line], base: usize, before: &str) {
        let mut at = 0;
        let mut list = None;
        let mut is_after_blank = true;
        while let Some(line) = lines.get(at) {
            let rest = &lines[at..];
            if line.is_blank() {
                self.sheet.mark(before.trim_end());
                self.sheet.mark("\n");
                is_after_blank = true;
                at += 1;
                continue;
            }
            let set_in = line.indent.saturating_sub(base);
            if list.is_some_and(|own| set_in < own) && is_after_blank {
                list = None;
            }
            let deeper = match list {
                Some(_) => format!("{before}{}", " ".repeat(set_in.min(12))),
                None => before.to_owned(),
            };
            let text = line.of(self.sheet.source);
            let took = self
                .titled(rest, set_in)
                .or_else(|| self.explicit(rest, &deeper))
                .or_else(|| self.table(rest))
                .or_else(|| self.fixed(rest, &deeper));
            if let Some(took) = took {
                at += took.max(1);
                is_after_blank = true;
                continue;
            }
            if let Some((name, value)) = field(line, self.sheet.source) {
                let is_stated =
                    at < HEAD && FIELDS.iter().any(|(f, _)| f.eq_ignore_ascii_case(name));
                if !is_stated && !value.is_empty() {
                    let said = Span::new(line.span.start + 1, line.span.end);
                    self.sheet.line(&format!("{before}- "), said);
                }
                at += 1;
                continue;
            }
            if let Some((marker, length)) = item(text) {
                let span = line.behind(length, self.sheet.source);
                list = Some(set_in + 1);
                at += self.running(
                    &[*line],
                    span,
                    &format!("{before}{}{marker} ", " ".repeat(set_in.min(12))),
                );
                at += self.literal(&lines[at..], line, &deeper);
            } else if set_in > 0 && list.is_none() && is_after_blank {
                let quoted =
                    rest.iter().take_while(|l| l.is_blank() || l.indent >= line.indent).count();
                self.blocks(&rest[..quoted], line.indent, &format!("{before}> "));
                at += quoted;
            } else {
                let is_part = |next: &&Line| {
                    !next.is_blank()
                        && next.indent == line.indent
                        && item(next.of(self.sheet.source)).is_none()
                };
                let own: Vec<Line> = if is_after_blank
                    && before.is_empty()
                    && set_in == 0
                    && !text.starts_with("| ")
                {
                    rest.iter().take_while(is_part).copied().collect()
                } else {
                    vec![*line]
                };
                let last = own.last().map_or(line.span.end, |last| last.span.end);
                let deeper = if is_after_blank || list.is_some() { &deeper } else { before };
                at += self.running(&own, Span::new(line.span.start, last), deeper);
                at += self.literal(&lines[at..], line, deeper);
            }
            is_after_blank = false;
        }
    }

    /// Writes running text, without the colons that say that code follows.
    fn running(&mut self, lines: &[Line], span: Span, before: &str) -> usize {
        let text = span.of(self.sheet.source);
        let span = match text.strip_suffix("::") {
            Some("") => return lines.len(),
            Some(said) if said.ends_with(' ') => {
                Span::new(span.start, span.start + said.trim_end().len())
            }
            Some(_) => Span::new(span.start, span.end - 1),
            None => span,
        };
        let span = match text.strip_prefix("| ") {
            Some(_) => Span::new(span.start + 2, span.end),
            None => span,
        };
        self.sheet.line(before, span);
        if text.starts_with("| ") {
            self.sheet.out.text.insert_str(self.sheet.out.text.len() - 1, "  ");
        }
        lines.len()
    }

    /// Writes the code that follows a paragraph that ends with two colons, and says how many lines it takes.
    fn literal(&mut self, rest: &[Line], line: &Line, before: &str) -> usize {
        let source = self.sheet.source;
        let ends = rest.first().is_some_and(Line::is_blank);
        let above = source[..rest.first().map_or(source.len(), |line| line.span.start)].trim_end();
        if !ends || !above.ends_with("::") {
            return 0;
        }
        let own = rest.iter().take_while(|l| l.is_blank() || l.indent > line.indent).count();
        if rest[..own].iter().all(Line::is_blank) {
            return 0;
        }
        self.sheet.code(&rest[..own], "", before);
        own
    }

    /// Writes a title with what is drawn below it, and above.
    fn titled(&mut self, lines: &[Line], set_in: usize) -> Option<usize> {
        let source = self.sheet.source;
        let (first, second) = (lines[0], lines.get(1)?);
        let text = first.of(source);
        let is_below = |title: &str, below: &str| {
            drawn(below).is_some()
                && below.len() >= 3
                && below.chars().count() + 2 >= title.chars().count()
        };
        if let Some(sign) = drawn(text).filter(|_| text.len() >= 3) {
            let third = lines.get(2)?;
            if !second.is_blank()
                && drawn(third.of(source)) == Some(sign)
                && drawn(second.of(source)).is_none()
            {
                self.title((sign, true), second.span);
                return Some(3);
            }
            let is_rule = text.len() >= 4 && second.is_blank();
            return is_rule.then(|| {
                self.sheet.mark("\n* * *\n");
                1
            });
        }
        let below = second.of(source);
        if set_in > 0
            || second.indent != first.indent
            || !is_below(text, below)
            || drawn(text).is_some()
        {
            return None;
        }
        self.title((drawn(below)?, false), first.span);
        Some(2)
    }

    fn title(&mut self, sign: (u8, bool), span: Span) {
        let known = self.levels.iter().position(|known| *known == sign);
        let level = known.unwrap_or_else(|| {
            self.levels.push(sign);
            self.levels.len() - 1
        });
        self.sheet.heading(level + 1, span);
    }

    /// Writes what begins with two dots, and says how many lines it takes: a directive, a note, a comment.
    fn explicit(&mut self, lines: &[Line], before: &str) -> Option<usize> {
        let source = self.sheet.source;
        let line = lines[0];
        let text = line.of(source);
        if text != ".." && !text.starts_with(".. ") && !text.starts_with("__ ") {
            return None;
        }
        let is_own = |next: &&Line| next.is_blank() || next.indent > line.indent;
        let own = 1 + lines[1..].iter().take_while(is_own).count();
        let body = &lines[1..own];
        let Some((name, length)) = directive(text) else {
            if text.starts_with(".. [") {
                self.sheet.paragraph(before, line.behind(3, source));
                self.within(body, before);
            }
            return Some(own);
        };
        let argument = line.behind(length, source);
        let options = body.iter().take_while(|line| field(line, source).is_some()).count();
        let content = &body[options..];
        let name = name.rsplit(':').next().unwrap_or(name);
        if CODE.contains(&name) {
            self.sheet.code(content, argument.of(source), before);
        } else if HIDDEN.contains(&name) {
        } else if matches!(name, "list-table" | "csv-table") {
            self.sheet.paragraph(before, argument);
            let rows =
                if name == "list-table" { of_list(content, source) } else { self.comma_rows(body) };
            self.sheet.table(&rows);
        } else if name == "math" {
            self.sheet.paragraph(before, argument);
            self.within(content, before);
        } else {
            // The argument of a figure or of a picture is an address.
            if name != "figure" {
                self.sheet.paragraph(before, argument);
            }
            self.within(content, before);
        }
        Some(own)
    }

    /// Writes lines that are set in.
    fn within(&mut self, lines: &[Line], before: &str) {
        let base = lines.iter().find(|line| !line.is_blank()).map_or(0, |line| line.indent);
        self.sheet.mark("\n");
        self.blocks(lines, base, before);
        self.sheet.mark("\n");
    }

    /// Writes a table that is drawn, and says how many lines it takes.
    fn table(&mut self, lines: &[Line]) -> Option<usize> {
        let source = self.sheet.source;
        let text = lines[0].of(source);
        if text.starts_with("+-") && text.ends_with('+') {
            let is_row = |line: &&Line| line.of(source).starts_with(['+', '|']);
            let own = lines.iter().take_while(is_row).count();
            self.sheet.table(&of_grid(&lines[..own], source));
            return Some(own);
        }
        if !is_border(text) || !text.starts_with('=') {
            return None;
        }
        let is_end = |at: &usize| {
            let is_last = lines.get(at + 1).is_none_or(Line::is_blank);
            is_last && is_border(lines[*at].of(source))
        };
        let end = (1..lines.len()).find(is_end)?;
        self.sheet.table(&of_runs(&lines[..=end], &lines[0], source));
        Some(end + 1)
    }

    /// Writes a session with an interpreter.
    fn fixed(&mut self, lines: &[Line], before: &str) -> Option<usize> {
        let is_session = lines[0].of(self.sheet.source).starts_with(">>> ");
        let own = lines.iter().take_while(|line| !line.is_blank()).count();
        is_session.then(|| {
            self.sheet.code(&lines[..own], "", before);
            own
        })
    }

    /// The rows of a table with commas between its cells; the first may stand among the options.
    fn comma_rows(&self, body: &[Line]) -> Vec<Vec<Vec<Span>>> {
        let source = self.sheet.source;
        let header = body.iter().filter_map(|line| field(line, source));
        let header = header.filter(|(name, _)| *name == "header").map(|(_, value)| value);
        let rows = body.iter().filter(|line| field(line, source).is_none() && !line.is_blank());
        header.chain(rows.map(|line| line.span)).map(|row| of_commas(row, source)).collect()
    }
}

/// The marker of an item in Markdown, and the length of its own.
fn item(text: &str) -> Option<(&'static str, usize)> {
    let (marker, _) = text.split_once(' ')?;
    let number = marker.trim_start_matches('(').strip_suffix(['.', ')']);
    let is_number = number.is_some_and(|n| {
        n == "#" || !n.is_empty() && n.len() < 4 && n.bytes().all(|b| b.is_ascii_digit())
    });
    match marker {
        "*" | "-" | "+" | "•" => Some(("-", marker.len())),
        _ if is_number => Some(("1.", marker.len())),
        _ => None,
    }
}
