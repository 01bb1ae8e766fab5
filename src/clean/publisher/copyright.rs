//! Whom a copyright line names.

use memchr::memmem;

/// Words of the longest name.
const WORDS: usize = 6;
/// Bytes of the longest name.
const BYTES: usize = 60;
/// Signs that open a copyright line.
pub(super) const OPENINGS: [&str; 3] = ["©", "copyright", "(c)"];

/// The name behind the sign and the years of a copyright line.
pub(super) fn name_in_copyright(line: &str) -> Option<&str> {
    behind_copyright(line).filter(|name| is_name(name))
}

/// What a copyright line names behind its sign and its years.
pub(super) fn behind_copyright(line: &str) -> Option<&str> {
    if !holds_opening(line) {
        return None;
    }
    let lower = line.to_lowercase();
    // Where the line takes other bytes in lower case, the places in it are not those of the line.
    if lower.len() != line.len() {
        return None;
    }
    let find = |sign: &str| memmem::find(lower.as_bytes(), sign.as_bytes());
    let sign = OPENINGS.iter().filter_map(|sign| Some((find(sign)?, sign.len()))).min()?;
    // A picture has a name behind the sign too.
    let has_year = lower.as_bytes().windows(4).any(|of| of.iter().all(u8::is_ascii_digit));
    if !has_year && !CLOSINGS.iter().any(|end| lower.contains(end)) {
        return None;
    }
    let mut start = sign.0 + sign.1;
    let is_around = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | ',' | '.' | ':' | '©')
    };
    loop {
        let rest = &lower[start..];
        let trimmed = rest.trim_start_matches(is_around);
        let next = ["copyright", "(c)", "by "].iter().find_map(|word| trimmed.strip_prefix(word));
        let left = next.unwrap_or(trimmed).len();
        if left == rest.len() {
            break;
        }
        start = lower.len() - left;
    }
    let rest = line.get(start..)?;
    let ends = CLOSINGS.iter().filter_map(|end| lower[start..].find(end));
    let signs = ["\u{3000}", " | ", "|", " · ", "; ", ", ", " – ", " - ", "("].iter();
    let ends = ends.chain(signs.filter_map(|sign| rest.find(sign)));
    let end = ends.chain(end_of_sentence(rest)).min().unwrap_or(rest.len());
    Some(rest.get(..end)?.trim_end_matches(is_around))
}

/// Whether one of the [`OPENINGS`] stands in a line, in any case.
pub(super) fn holds_opening(line: &str) -> bool {
    let bytes = line.as_bytes();
    let stands = |opening: &str, from: usize| {
        let own = bytes.get(from..from + opening.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(opening.as_bytes()))
    };
    let [sign, word, brackets] = OPENINGS;
    // Letters that are rarer than the first.
    let at_y = |at: usize| at.checked_sub(3).is_some_and(|from| stands(word, from));
    memchr::memchr2_iter(sign.as_bytes()[0], b'(', bytes)
        .any(|at| stands(sign, at) || stands(brackets, at))
        || memchr::memchr2_iter(b'y', b'Y', bytes).any(at_y)
}

/// The first stop behind a word that is no abbreviation, as `St.` and `J.` are: one capital, and a small letter at most. `AG.` ends a name.
pub(super) fn end_of_sentence(text: &str) -> Option<usize> {
    let is_abbreviation = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && letters.next().is_none()
    };
    let mut stops = text.match_indices(". ").map(|(at, _)| at);
    stops.find(|&at| !is_abbreviation(text[..at].rsplit([' ', '.']).next().unwrap_or_default()))
}

/// What follows the name in a copyright line.
pub(super) const CLOSINGS: [&str; 19] = [
    "all rights",
    "alle rechte",
    "tous droits",
    "todos los derechos",
    "todos os direitos",
    "tutti i diritti",
    "wszelkie prawa",
    "все права",
    "усі права",
    "alle rechten",
    "alla rättigheter",
    "保留所有权利",
    "版权所有",
    "未经",
    "禁止",
    "無断",
    "著作権",
    "무단",
    "powered by",
];

/// Whether a text is as short as a name, and begins with a capital or in a script without them.
pub(super) fn is_name(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase() || text.contains('.'))
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && text.len() <= BYTES
        && text.split_whitespace().count() <= WORDS
        && !text.contains(['@', '/', '!', '?', '"', '“'])
}
