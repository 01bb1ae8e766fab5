//! Code: which lines of a record are a listing of a program, of a configuration or of what a shell printed.
//!
//! A fence says so. Elsewhere the lines say it by their signs: calls, operators, brackets at their ends. A line alone says nothing; in a
//! listing the lines with such signs crowd.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::guard::look;
use crate::page::line::Line;

adjustable! {
    /// Which lines are a listing: those with signs of code that crowd.
    CodeThresholds {
        /// Lines with signs of code of the shortest listing.
        lines: usize = 3,
        /// The same where the listing stands further in than the line above it.
        indented_lines: usize = 2,
        /// Columns that a listing stands further in, at least.
        indent: usize = 2,
        /// Lines without signs between two with signs, at most.
        between: usize = 3,
        /// Words from which on a line without signs is no code.
        prose_words: usize = 14,
        /// Bytes of the longest line of code.
        line_bytes: usize = 200,
        /// Words of a line whose last character alone is a sign: fewer than this.
        statement_words: usize = 5,
        /// Bytes of the longest line of brackets alone.
        bracket_bytes: usize = 8,
        /// Words up to the name of a function that is called, at most.
        call_words: usize = 4,
        /// Bytes of the longest name of a language behind a fence.
        language_bytes: usize = 40,
    }
}

/// Lines of the longest listing between fences: a bound on the work, as each fence that nothing closes is looked for so far.
const FENCED: usize = 1000;

/// The listings of a record, as ranges of its lines, in order. Fences belong to them.
pub(super) fn listings(text: &str, lines: &[Line], t: &CodeThresholds) -> Vec<Range<usize>> {
    let mut listings: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for at in 0..lines.len() {
        if at < from || !is_fence(lines[at].span.of(text), t) {
            continue;
        }
        let last = lines.len().min(at + FENCED);
        let closes = |&end: &usize| {
            let line = lines[end].span.of(text);
            is_fence(line, t) && line.bytes().all(|b| b == line.as_bytes()[0])
        };
        if let Some(end) = (at + 1..last).find(closes) {
            listings.extend(crowds(text, lines, from..at, t));
            listings.push(at..end + 1);
            from = end + 1;
        }
    }
    listings.extend(crowds(text, lines, from..lines.len(), t));
    listings
}

fn is_fence(line: &str, t: &CodeThresholds) -> bool {
    behind_fence(line).is_some_and(|rest| rest.len() <= t.language_bytes && !rest.contains('`'))
}

/// What stands behind the sign of a fence that a line begins with: the language of the code, or nothing.
pub(crate) fn behind_fence(line: &str) -> Option<&str> {
    line.strip_prefix("```").or_else(|| line.strip_prefix("~~~"))
}

/// The stretches of lines in which those with signs of code crowd.
fn crowds(
    text: &str,
    lines: &[Line],
    range: Range<usize>,
    t: &CodeThresholds,
) -> Vec<Range<usize>> {
    let signs: Vec<Sign> =
        lines[range.clone()].iter().map(|line| Sign::of(line.span.of(text), t)).collect();
    let sign = |at: usize| signs[at - range.start];
    let count = |range: Range<usize>, wanted| range.filter(|&at| sign(at) == wanted).count();
    let is_one = |&a: &usize, &b: &usize| {
        count(a + 1..b, Sign::Prose) == 0 && count(a + 1..b, Sign::None) <= t.between
    };
    let signed: Vec<usize> = range.clone().filter(|&at| sign(at) == Sign::Code).collect();
    let mut found = Vec::new();
    for crowd in signed.chunk_by(is_one) {
        let (first, end) = (crowd[0], crowd[crowd.len() - 1] + 1);
        let above = (range.start..first).rev().find(|&at| !lines[at].is_blank());
        let further_in = lines[first].indent >= t.indent
            && above.is_none_or(|above| lines[first].indent >= lines[above].indent + t.indent);
        let least = if further_in { t.indented_lines } else { t.lines };
        if crowd.len() < least || crowd.len() < count(first..end, Sign::None) {
            continue;
        }
        let base = crowd.iter().map(|&at| lines[at].indent).min().unwrap_or(0);
        let stands_in = |&at: &usize| {
            base >= t.indent
                && lines[at].indent >= base
                && matches!(sign(at), Sign::Code | Sign::None)
        };
        let before = (range.start..first).rev().take_while(stands_in).count();
        let after = (end..range.end).take_while(stands_in).count();
        found.push(first - before..end + after);
    }
    found
}

/// What a line says of whether it is code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Blank,
    Code,
    /// Too long for a line without signs.
    Prose,
    None,
}

impl Sign {
    fn of(line: &str, t: &CodeThresholds) -> Sign {
        look();
        let words = || line.split_ascii_whitespace().take(t.prose_words).count();
        match line {
            "" => Sign::Blank,
            _ if is_signed(line, t) => Sign::Code,
            _ if line.len() > t.line_bytes || words() >= t.prose_words => Sign::Prose,
            _ => Sign::None,
        }
    }
}

/// Of each byte whether it is one of those of which a line of code has one.
const SIGNS: [bool; 256] = {
    let (mut is_sign, mut signs) = ([false; 256], b"()[]{}<>=&|:;$".as_slice());
    while let [sign, rest @ ..] = signs {
        is_sign[*sign as usize] = true;
        signs = rest;
    }
    is_sign
};

/// Whether a line has signs of code.
fn is_signed(line: &str, t: &CodeThresholds) -> bool {
    const OPERATORS: [&str; 13] =
        [" = ", "==", "!=", " => ", "->", "::", "&&", "||", ":=", "+=", "</", "/>", "();"];
    const OPENING: [&str; 14] = [
        "if", "elif", "else", "for", "while", "try", "except", "with", "class", "def", "case",
        "switch", "struct", "fn",
    ];
    let is_sign = |b: u8| SIGNS[usize::from(b)];
    if line.len() > t.line_bytes
        || !line.bytes().any(is_sign)
        || line.ends_with(['.', '!', '?']) && !line.ends_with("..")
    {
        return false;
    }
    let first = line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let ends = |end: &str| line.ends_with(end) && line.len() > end.len();
    let has_operator = || {
        OPERATORS
            .iter()
            .any(|sign| line.find(sign).is_some_and(|at| at > 0 && at + sign.len() < line.len()))
    };
    let few_words =
        line.split_ascii_whitespace().take(t.statement_words).count() < t.statement_words;
    is_brackets(line, t)
        || is_tag(line)
        || ends("{")
        || ends("):")
        || ends(");")
        || ends("),")
        || ends("(") && few_words
        || ends("};")
        || ends(";") && (few_words && !line.contains(", ") || line.contains(['(', '=', '"']))
        || ends(":") && OPENING.contains(&first) && few_words
        || line.starts_with("$ ")
        || line.starts_with(">>> ")
        || line.starts_with('"') && line.contains("\": ")
        || has_operator()
        || ends(")") && is_call(line, t)
}

/// Nothing but brackets with what stands behind them, as at the end of a block of code.
fn is_brackets(line: &str, t: &CodeThresholds) -> bool {
    line.len() <= t.bracket_bytes
        && line.contains(['{', '}', '(', ')', '[', ']'])
        && line.bytes().all(|b| b"{}()[];,<>/:".contains(&b))
}

/// A tag alone, such as `<gauge>`.
fn is_tag(line: &str) -> bool {
    let name = line.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    name.is_some_and(|name| {
        let name = name.trim_matches('/');
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b':');
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(is_name)
    })
}

/// A name in lower case with a bracket right behind it: `print(hours)`. The plural of prose, `word(s)`, is none.
fn is_call(line: &str, t: &CodeThresholds) -> bool {
    let Some((before, inside)) = line.split_once('(') else { return false };
    let name = before.rsplit([' ', '.', '=']).next().unwrap_or_default();
    let in_name = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'$');
    name.len() > 1
        && name.bytes().all(in_name)
        && (inside == ")" || inside.len() > 2 && before.split(' ').count() <= t.call_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let lines = Line::all(text);
        let shown = |range: Range<usize>| {
            let lines = lines[range].iter().map(|line| line.span.of(text));
            lines.collect::<Vec<_>>().join("|")
        };
        listings(text, &lines, &CodeThresholds::default()).into_iter().map(shown).collect()
    }

    #[test]
    fn what_stands_between_fences_is_a_listing() {
        let text = "Ask for the tide so:\n\n```sh\ntide at velmouth\n\nnow\n```\n\nIt answers with a number.";
        assert_eq!(found(text), ["```sh|tide at velmouth||now|```"]);
        assert!(found("```\nA fence that nothing closes.").is_empty());
    }

    #[test]
    fn signs_of_code_that_crowd_are_a_listing() {
        let text = "The tide is read by four lines, which anybody may take.\nfn tide(hour: u32) -> u32 {\nlet table = load();\n\
            table[hour]\n}\nThe table is printed every year.";
        assert_eq!(found(text), ["fn tide(hour: u32) -> u32 {|let table = load();|table[hour]|}"]);
        let query = "{\n\"station\": \"Velmouth\",\n\"hours\": [3, 9]\n}";
        assert_eq!(found(query), [query.replace('\n', "|")]);
    }

    #[test]
    fn a_listing_that_stands_further_in_may_be_short() {
        let text = "The loop is this:\n\n    for hour in hours:\n        print(hour)\n    stop\n\nIt ends at noon.";
        assert_eq!(found(text), ["for hour in hours:|print(hour)|stop"]);
    }

    #[test]
    fn prose_menus_and_forms_are_none() {
        for text in [
            "Home\nNews (12)\nSport\nName(Required)\nEmail(Required)\nTown(Required)\nRead more ->\nRead more ->",
            "The ferry (built in 1931) sank; nobody was hurt.\nThe quay (see below) was closed; the board met;\nit will meet again.",
            "1. Wash the net;\n2. Dry it in the wind, not in the sun;\n3. Fold it over the rail, and tie it.",
            "    They sailed at noon\n    and nobody knew\n    where the harbour lay",
        ] {
            assert!(found(text).is_empty(), "{:?}", found(text));
        }
    }
}
