//! Marks within a line of running text.

use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// The kinds of marks that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    Restructured,
    AsciiDoc,
    Org,
}

/// What a mark stands for.
enum Meant {
    /// A stretch of the source as it stands.
    Verbatim(Span),
    /// Text.
    Text(Span),
    /// Text that leads to an address.
    Link(Span, Span),
    /// Code.
    Code(Span),
    Nothing,
}

/// Writes running text with the marks in it as Markdown has them.
pub(super) fn inline(out: &mut Unfolded, source: &str, span: Span, marks: Marks) {
    let mut copied = span.start;
    let mut at = span.start;
    while at < span.end {
        let rest = &source[at..span.end];
        let before = source[span.start..at].chars().next_back();
        let found = match marks {
            Marks::Restructured => restructured(rest, before),
            Marks::AsciiDoc => asciidoc(rest, before),
            Marks::Org => org(rest, before),
        };
        let place = |part: Span| Span::new(at + part.start, at + part.end);
        match found {
            Some((length, meant)) => {
                out.copy(source, Span::new(copied, at));
                match meant {
                    Meant::Verbatim(part) => out.copy(source, place(part)),
                    Meant::Text(part) => plain(out, source, place(part)),
                    Meant::Link(text, address) => {
                        out.text.push('[');
                        plain(out, source, place(text));
                        let address = place(address).of(source).replace(' ', "%20");
                        out.text.push_str(&format!("](<{}>)", address.replace(['<', '>'], "")));
                    }
                    Meant::Code(part) => {
                        out.text.push('`');
                        out.copy(source, place(part));
                        out.text.push('`');
                    }
                    Meant::Nothing => {}
                }
                at += length;
                copied = at;
            }
            None => {
                if rest.starts_with('<') {
                    out.copy(source, Span::new(copied, at));
                    out.text.push('\\');
                    copied = at;
                }
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
    }
    out.copy(source, Span::new(copied, span.end));
}

/// Writes a stretch in which no more marks are looked for.
fn plain(out: &mut Unfolded, source: &str, span: Span) {
    let mut at = span.start;
    for found in memchr::memchr_iter(b'<', span.of(source).as_bytes()) {
        out.copy(source, Span::new(at, span.start + found));
        out.text.push('\\');
        at = span.start + found;
    }
    out.copy(source, Span::new(at, span.end));
}

fn is_apart(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric())
}

/// The text and the target in `text <target>`; the target is empty where there is none.
fn parts_of(content: &str, start: usize) -> (Span, Span) {
    let target = content.strip_suffix('>').and_then(|content| content.rfind('<'));
    match target {
        Some(open) => {
            let text = content[..open].trim_end();
            let target = Span::new(start + open + 1, start + content.len() - 1);
            (if text.is_empty() { target } else { Span::new(start, start + text.len()) }, target)
        }
        None => {
            let mark = content.len() - content.trim_start_matches(['~', '!']).len();
            (Span::new(start + mark, start + content.len()), Span::new(start, start))
        }
    }
}

fn restructured(rest: &str, before: Option<char>) -> Option<(usize, Meant)> {
    let quoted = |from: usize| {
        let end = rest.get(from..)?.find('`').filter(|&end| end > 0)?;
        Some((&rest[from..from + end], from + end + 1))
    };
    match rest.as_bytes()[0] {
        b'`' if rest.starts_with("``") => {
            let end = rest[2..].find("``")? + 4;
            Some((end, Meant::Verbatim(Span::new(0, end))))
        }
        b'`' => {
            let (content, end) = quoted(1)?;
            let underscores = rest[end..].bytes().take_while(|&b| b == b'_').count();
            let (text, target) = parts_of(content, 1);
            let is_link = underscores > 0 && !target.is_empty();
            let meant = if is_link { Meant::Link(text, target) } else { Meant::Text(text) };
            Some((end + underscores, meant))
        }
        b':' if is_apart(before) => {
            let is_role = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-' | '+');
            let end = rest.find(|c: char| !is_role(c)).filter(|&end| end > 2)?;
            if !rest[..end].ends_with(':') || !rest[end..].starts_with('`') {
                return None;
            }
            let (content, close) = quoted(end + 1)?;
            Some((close, Meant::Text(parts_of(content, end + 1).0)))
        }
        b'_' => {
            let ends = rest[1..].trim_start_matches('_').chars().next();
            let is_name = before.is_some_and(|c| c.is_alphanumeric() || c == ']');
            let length = rest.bytes().take_while(|&b| b == b'_').count();
            (is_name && ends.is_none_or(|c| !c.is_alphanumeric()))
                .then_some((length, Meant::Nothing))
        }
        b'\\' if rest[1..].starts_with([' ', '\n']) => Some((2, Meant::Nothing)),
        _ => None,
    }
}

fn asciidoc(rest: &str, before: Option<char>) -> Option<(usize, Meant)> {
    /// What stands before the brackets with the text, and whether an address does.
    const MACROS: [(&str, bool); 9] = [
        ("link:", true),
        ("https://", true),
        ("http://", true),
        ("mailto:", true),
        ("xref:", false),
        ("footnote:", false),
        ("kbd:", false),
        ("btn:", false),
        ("image:", false),
    ];
    match rest.as_bytes()[0] {
        b'`' => {
            let end = rest[1..].find('`')? + 2;
            Some((end, Meant::Verbatim(Span::new(0, end))))
        }
        b'<' if rest.starts_with("<<") => {
            let end = rest.find(">>")?;
            let comma = rest[2..end].find(',').map_or(2, |comma| comma + 3);
            Some((end + 2, Meant::Text(Span::new(comma, end))))
        }
        b'[' if rest.starts_with("[[") => Some((rest.find("]]")? + 2, Meant::Nothing)),
        _ if is_apart(before) => {
            let (name, is_link) = MACROS.iter().find(|(name, _)| rest.starts_with(name))?;
            let open = rest.find('[')?;
            if rest[..open].contains(char::is_whitespace) {
                return None;
            }
            let close = open + rest[open..].find(']')?;
            let written = rest[open + 1..close].trim_end_matches('^');
            let text = Span::new(open + 1, open + 1 + written.len());
            let from = if name.ends_with('/') { 0 } else { name.len() };
            let address = Span::new(if *name == "mailto:" { 0 } else { from }, open);
            let meant = match (*name, is_link) {
                ("image:", _) => Meant::Nothing,
                (_, true) if text.is_empty() => Meant::Link(Span::new(from, open), address),
                (_, true) => Meant::Link(text, address),
                _ => Meant::Text(text),
            };
            Some((close + 1, meant))
        }
        _ => None,
    }
}

fn org(rest: &str, before: Option<char>) -> Option<(usize, Meant)> {
    let first = rest.as_bytes()[0];
    if rest.starts_with("[[") {
        let end = rest.find("]]")?;
        let within = &rest[2..end];
        let meant = match within.find("][") {
            Some(at) => Meant::Link(Span::new(at + 4, end), Span::new(2, at + 2)),
            None => Meant::Text(Span::new(2, end)),
        };
        return Some((end + 2, meant));
    }
    if !matches!(first, b'=' | b'~' | b'/') || !is_apart(before) || before == Some('/') {
        return None;
    }
    let end = 1 + rest[1..].find(char::from(first))?;
    let within = &rest[1..end];
    let ends = rest[end + 1..].chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '/');
    if within.is_empty() || within.trim() != within || within.contains('\n') || !ends {
        return None;
    }
    let part = Span::new(1, end);
    Some((end + 1, if first == b'/' { Meant::Text(part) } else { Meant::Code(part) }))
}
