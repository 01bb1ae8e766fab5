//! Org, as outlines of Emacs are written.

use crate::html::plain_markup::inline::Marks;
use crate::html::plain_markup::lines::{Line, lines_of, trimmed};
use crate::html::plain_markup::rows::between_bars;
use crate::html::plain_markup::sheet::Sheet;
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// What stands before a headline that is something to do.
const STATES: [&str; 6] = ["TODO ", "DONE ", "NEXT ", "WAITING ", "CANCELLED ", "CANCELED "];
/// Lines about a headline.
const PLANS: [&str; 3] = ["SCHEDULED:", "DEADLINE:", "CLOSED:"];

/// Whether a line is one that only such a text has.
pub(super) fn tells(line: &str) -> bool {
    let keyword = |key: &str| line.get(..key.len()).is_some_and(|l| l.eq_ignore_ascii_case(key));
    ["#+title:", "#+begin_src", "#+author:", "#+begin_quote", "#+options:"].into_iter().any(keyword)
        || line.trim() == ":PROPERTIES:"
}

/// The text as Markdown.
pub(super) fn written(source: &str) -> Unfolded {
    let lines = lines_of(source);
    let mut sheet = Sheet::new(source, Marks::Org);
    let stated = |key: &str| lines.iter().find_map(|line| setting(line, key, source));
    let date = |span: Span| {
        let day = span.of(source).trim_start_matches(['<', '[']).split([' ', '>', ']']).next();
        day.unwrap_or_default().to_owned()
    };
    let author = stated("author").map(|span| ("author", span.of(source).to_owned()));
    let day = stated("date").map(|span| ("date", date(span)));
    sheet.front(&author.into_iter().chain(day).collect::<Vec<_>>());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += write(&mut sheet, &lines[at..], line).max(1);
    }
    sheet.out
}

/// The value of `#+KEY: value`.
fn setting(line: &Line, key: &str, source: &str) -> Option<Span> {
    let rest = line.of(source).strip_prefix("#+")?;
    let is_key = rest.get(..key.len()).is_some_and(|name| name.eq_ignore_ascii_case(key))
        && rest[key.len()..].starts_with(':');
    is_key.then(|| line.behind(key.len() + 3, source)).filter(|value| !value.is_empty())
}

/// Writes what begins at the first of the lines, and says how many it takes.
fn write(sheet: &mut Sheet, lines: &[Line], line: &Line) -> usize {
    let source = sheet.source;
    let text = line.of(source);
    let lower = text.to_ascii_lowercase();
    if let Some(title) = setting(line, "title", source) {
        sheet.heading(1, title);
    } else if let Some(caption) = setting(line, "caption", source) {
        sheet.paragraph("", caption);
    } else if let Some(block) = lower.strip_prefix("#+begin_") {
        return self::block(sheet, lines, block);
    } else if text.starts_with('#')
        && (text.starts_with("#+") || text[1..].starts_with([' ', '#']) || text.len() == 1)
    {
        // Settings and comments.
    } else if is_drawer(text) {
        let end = lines.iter().position(|line| line.of(source).eq_ignore_ascii_case(":end:"));
        return end.map_or(1, |end| end + 1);
    } else if line.indent == 0
        && text.starts_with('*')
        && text.trim_start_matches('*').starts_with(' ')
    {
        headline(sheet, line);
    } else if text.starts_with('|') {
        let rows = lines.iter().take_while(|line| line.of(source).starts_with('|'));
        let rows: Vec<&Line> = rows.collect();
        let cells = rows.iter().filter(|row| !row.of(source).starts_with("|-"));
        let cells =
            cells.map(|row| between_bars(row, source).into_iter().map(|c| vec![c]).collect());
        sheet.table(&cells.collect::<Vec<_>>());
        return rows.len();
    } else if text == ":" || text.starts_with(": ") {
        let is_fixed = |line: &&Line| line.of(source).starts_with(": ") || line.of(source) == ":";
        let fixed: Vec<Line> = lines.iter().take_while(is_fixed).copied().collect();
        let bare = |line: &Line| {
            let start = (line.span.start + 2).min(line.span.end);
            let rest = &source[start..line.span.end];
            let indent = rest.len() - rest.trim_start().len();
            Line { span: Span::new(start + indent, line.span.end), indent }
        };
        sheet.code(&fixed.iter().map(bare).collect::<Vec<_>>(), "", "");
        return fixed.len();
    } else if !PLANS.iter().any(|plan| text.starts_with(plan)) {
        sheet.line(&" ".repeat(line.indent.min(12)), line.span);
    }
    1
}

fn is_drawer(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|text| text.strip_suffix(':'));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b == b'-')
    })
}

/// Writes what stands between `#+BEGIN_NAME` and `#+END_NAME`.
fn block(sheet: &mut Sheet, lines: &[Line], opening: &str) -> usize {
    let source = sheet.source;
    let mut words = opening.split_whitespace();
    let name = words.next().unwrap_or_default();
    let language = words.next().unwrap_or_default();
    let is_end = |line: &Line| line.of(source).eq_ignore_ascii_case(&format!("#+end_{name}"));
    let end = lines.iter().position(is_end).unwrap_or(lines.len());
    let within = &lines[1..end.max(1)];
    match name {
        "src" | "example" => sheet.code(within, language, ""),
        "comment" | "export" => {}
        "quote" | "verse" => {
            sheet.mark("\n");
            within.iter().for_each(|line| sheet.line("> ", line.span));
            sheet.mark("\n");
        }
        _ => {
            let mut at = 0;
            while let Some(line) = within.get(at) {
                at += write(sheet, &within[at..], line).max(1);
            }
        }
    }
    end + 1
}

/// Writes a headline without what it says of the work on it.
fn headline(sheet: &mut Sheet, line: &Line) {
    let source = sheet.source;
    let level = line.of(source).bytes().take_while(|&b| b == b'*').count();
    let mut span = line.behind(level, source);
    if let Some(state) = STATES.iter().find(|state| span.of(source).starts_with(**state)) {
        span = trimmed(Span::new(span.start + state.len(), span.end), source);
    }
    let text = span.of(source);
    if text.starts_with("[#") && text[2..].get(1..2) == Some("]") {
        span = trimmed(Span::new(span.start + 4, span.end), source);
    }
    let text = span.of(source);
    let is_tags = |tags: &str| tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':');
    let tagged = text.rsplit_once(char::is_whitespace).filter(|(_, tags)| is_tags(tags));
    if let Some((title, _)) = tagged {
        span = trimmed(Span::new(span.start, span.start + title.len()), source);
    }
    sheet.heading(level + 1, span);
}
