//! Patterns in a looser form that compiles to far less.

use std::fmt::Write;

/// What stands for letters, digits and marks of any script: all of them and the signs above ASCII.
const WORD: &str = "0-9A-Za-z_\\x{80}-\\x{10ffff}";

/// A pattern that matches whatever `pattern` matches, and more: without word boundaries, with repetitions that count
/// no further than one, and with plain ranges in place of Unicode's classes.
///
/// Counted repetitions and Unicode classes make thousands of states, and a boundary that knows Unicode rules the DFA out.
pub(super) fn loosen(pattern: &str) -> String {
    if pattern.contains("(?") && is_verbose(pattern) {
        return pattern.to_owned();
    }
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' => escape(rest, &mut out),
            '[' => class(rest, &mut out),
            '{' => count(rest, &mut out),
            _ => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Whether white space and comments may stand in the pattern: flag `x` in some `(?...)`.
fn is_verbose(pattern: &str) -> bool {
    pattern.split("(?").skip(1).any(|group| {
        let flags = group.split([':', ')', '<', 'P']).next().unwrap_or_default();
        flags.split('-').next().is_some_and(|on| on.contains('x'))
    })
}

/// Length of the escape that `rest` opens with, `\p{L}` and `\b{start}` whole.
fn escape_len(rest: &str) -> usize {
    let letter = rest[1..].chars().next().map_or(0, char::len_utf8);
    let braced = matches!(rest.as_bytes().get(1), Some(b'p' | b'P' | b'b' | b'x' | b'u' | b'U')) && rest.as_bytes().get(2) == Some(&b'{');
    if braced { rest.find('}').map_or(rest.len(), |end| end + 1) } else { 1 + letter }
}

/// Writes an escape loosened; returns how much of `rest` it is.
fn escape(rest: &str, out: &mut String) -> usize {
    let len = escape_len(rest);
    match rest.as_bytes().get(1) {
        Some(b'b' | b'B' | b'<' | b'>') => out.push_str("(?:)"),
        Some(b'd') => out.push_str("[0-9\\x{80}-\\x{10ffff}]"),
        Some(b'D') => out.push_str("[^0-9]"),
        Some(b'W') => out.push_str("[^0-9A-Za-z_]"),
        Some(b'S') => out.push_str("[^\\t-\\r ]"),
        Some(b'w') => _ = write!(out, "[{WORD}]"),
        Some(b'p') if is_of_words(&rest[..len]) => _ = write!(out, "[{WORD}]"),
        _ => out.push_str(&rest[..len]),
    }
    len
}

/// Whether `\p{...}` names letters, marks or numbers only.
fn is_of_words(escape: &str) -> bool {
    matches!(escape.trim_start_matches("\\p").trim_matches(['{', '}']).as_bytes(), [b'L' | b'M' | b'N'] | [b'L' | b'M' | b'N', b'a'..=b'z'])
}

/// Writes a bracketed class, its Unicode classes as plain ranges unless it is negated; returns how much of `rest` it is.
fn class(rest: &str, out: &mut String) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut depth, mut opened) = (0, 0u32, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += escape_len(&rest[at..]),
            b'[' => {
                depth += 1;
                at += 1;
                if bytes.get(at) == Some(&b'^') {
                    at += 1;
                }
                opened = at;
            }
            b']' if at > opened => {
                depth -= 1;
                at += 1;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    let class = &rest[..at];
    if class[1..].starts_with('^') || class[1..].contains('[') || class.contains("&&") || class.contains("--") || class.contains("~~") {
        out.push_str(class);
        return at;
    }
    let mut from = 0;
    while let Some(found) = class[from..].find('\\') {
        out.push_str(&class[from..from + found]);
        from += found;
        let len = escape_len(&class[from..]);
        match class.as_bytes()[from + 1] {
            b'd' => out.push_str("0-9\\x{80}-\\x{10ffff}"),
            b'w' => out.push_str(WORD),
            b'p' if is_of_words(&class[from..from + len]) => out.push_str(WORD),
            _ => out.push_str(&class[from..from + len]),
        }
        from += len;
    }
    out.push_str(&class[from..]);
    at
}

/// Writes `{m,n}` as `*` or `+`; returns how much of `rest` it is.
fn count(rest: &str, out: &mut String) -> usize {
    let len = rest.find('}').map_or(rest.len(), |end| end + 1);
    let from_none = rest[1..].trim_start_matches([' ', '0']).starts_with([',', '}']);
    out.push(if from_none { '*' } else { '+' });
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_classes_and_boundaries_are_loosened() {
        for (pattern, loose) in [
            (".{1,140}", ".+"),
            ("a{0,3}? [b-d]{2}", "a*? [b-d]+"),
            (r"\bour\b", "(?:)our(?:)"),
            (r"\{{2}[{]\p{Lu}", r"\{+[{][0-9A-Za-z_\x{80}-\x{10ffff}]"),
            (r"[\w'-]+\W", r"[0-9A-Za-z_\x{80}-\x{10ffff}'-]+[^0-9A-Za-z_]"),
            (r"[^\d\]x]{2,3}[]a]", r"[^\d\]x]+[]a]"),
            (r"\u{2019}\x{41}\.", r"\u{2019}\x{41}\."),
            ("(?x) a {2} # x{3}", "(?x) a {2} # x{3}"),
            ("(?:x|(?P<x>y)){4}", "(?:x|(?P<x>y))+"),
        ] {
            assert_eq!(loosen(pattern), loose, "{pattern}");
            regex::Regex::new(loose).unwrap();
        }
    }
}
