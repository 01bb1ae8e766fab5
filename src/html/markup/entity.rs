//! Character references: `&eacute;`, `&#233;`, `&#xe9;`, and the old names that need no semicolon.

use html_escape::NAMED_ENTITIES;

/// Bytes of the longest name.
const LONGEST: usize = 32;

/// Names that are references without a semicolon too.
const BARE: &[&str] = &[
    "AElig", "AMP", "Aacute", "Acirc", "Agrave", "Aring", "Atilde", "Auml", "COPY", "Ccedil",
    "ETH", "Eacute", "Ecirc", "Egrave", "Euml", "GT", "Iacute", "Icirc", "Igrave", "Iuml", "LT",
    "Ntilde", "Oacute", "Ocirc", "Ograve", "Oslash", "Otilde", "Ouml", "QUOT", "REG", "THORN",
    "Uacute", "Ucirc", "Ugrave", "Uuml", "Yacute", "aacute", "acirc", "acute", "aelig", "agrave",
    "amp", "aring", "atilde", "auml", "brvbar", "ccedil", "cedil", "cent", "copy", "curren", "deg",
    "divide", "eacute", "ecirc", "egrave", "eth", "euml", "frac12", "frac14", "frac34", "gt",
    "iacute", "icirc", "iexcl", "igrave", "iquest", "iuml", "laquo", "lt", "macr", "micro",
    "middot", "nbsp", "not", "ntilde", "oacute", "ocirc", "ograve", "ordf", "ordm", "oslash",
    "otilde", "ouml", "para", "plusmn", "pound", "quot", "raquo", "reg", "sect", "shy", "sup1",
    "sup2", "sup3", "szlig", "thorn", "times", "uacute", "ucirc", "ugrave", "uml", "uuml",
    "yacute", "yen", "yuml",
];

/// What a character reference stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum Meaning {
    /// A numeric one.
    Char(char),
    /// A named one: one or two characters.
    Text(&'static str),
}

/// The reference that `text` begins with, and its length in bytes; None where the `&` stands for itself.
pub(in crate::html) fn reference(text: &str, in_attribute: bool) -> Option<(Meaning, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes);
    }
    let length = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = &bytes[1..=length];
    if bytes.get(length + 1) == Some(&b';')
        && let Some(meaning) = named(name)
    {
        return Some((meaning, length + 2));
    }
    let bare = (2..=length.min(6))
        .rev()
        .find(|&n| BARE.binary_search_by(|b| b.as_bytes().cmp(&name[..n])).is_ok())?;
    let goes_on = bytes.get(bare + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'=');
    if in_attribute && goes_on {
        None
    } else {
        named(&name[..bare]).map(|meaning| (meaning, bare + 1))
    }
}

fn named(name: &[u8]) -> Option<Meaning> {
    let at = NAMED_ENTITIES.binary_search_by(|(known, _)| known.cmp(&name)).ok()?;
    Some(Meaning::Text(NAMED_ENTITIES[at].1))
}

fn numeric(bytes: &[u8]) -> Option<(Meaning, usize)> {
    let hexadecimal = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (from, radix) = if hexadecimal { (3, 16) } else { (2, 10) };
    let mut value = 0u32;
    let mut at = from;
    while let Some(digit) = bytes.get(at).and_then(|&b| char::from(b).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == from {
        return None;
    }
    Some((Meaning::Char(character(value)), at + usize::from(bytes.get(at) == Some(&b';'))))
}

/// The character of a number, those of Windows' code page 1252 where pages take them for it.
fn character(value: u32) -> char {
    const WINDOWS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match value {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9f => WINDOWS[value as usize - 0x80],
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// `text` with its references decoded; for attribute values and titles.
pub(in crate::html) fn decoded(text: &str, in_attribute: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match reference(rest, in_attribute) {
            Some((Meaning::Char(c), length)) => {
                out.push(c);
                length
            }
            Some((Meaning::Text(text), length)) => {
                out.push_str(text);
                length
            }
            None => {
                out.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// A text as the value of an attribute in double quotes.
pub(in crate::html) fn as_value(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_browsers_do() {
        assert_eq!(
            decoded(
                "caf&eacute; &amp; th&#233; &#x201C;a&#148; &notin; &notit; &copy 2031 &;&x; &#; &#0;",
                false
            ),
            "café & thé “a” ∉ ¬it; © 2031 &;&x; &#; \u{fffd}"
        );
        assert_eq!(decoded("?a=1&copy=2&lt;", true), "?a=1&copy=2<");
        assert_eq!(decoded("&#99999999999;&#xd800;", false), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn the_bare_names_are_known_and_sorted() {
        assert!(BARE.is_sorted() && BARE.iter().all(|name| named(name.as_bytes()).is_some()));
    }
}
