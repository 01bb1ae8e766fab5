//! The attributes of a start tag, as browsers read them.

use memchr::memchr;

use crate::html::markup::space::{is_space, skip};

/// An attribute of a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) struct Attribute<'s> {
    /// As written, in any case.
    pub(in crate::html) name: &'s str,
    /// As written, without quotes, entities not decoded; empty where there is none.
    pub(in crate::html) value: &'s str,
}

/// The value of an attribute of a tag.
pub(in crate::html) fn value_of<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    attributes(text).find(|a| a.name.eq_ignore_ascii_case(name)).map(|a| a.value)
}

/// The attributes of a start tag.
pub(in crate::html) fn attributes(text: &str) -> impl Iterator<Item = Attribute<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (name, value, end) = next_attribute(text.as_bytes(), at)?;
        at = end;
        Some(Attribute {
            name: &text[name.0..name.1],
            value: text.get(value.0..value.1).unwrap_or_default(),
        })
    })
}

type Places = ((usize, usize), (usize, usize), usize);

/// Name, value and end of the attribute that begins at or after `at`; None at the end of the tag.
fn next_attribute(bytes: &[u8], at: usize) -> Option<Places> {
    let mut at = skip(bytes, at, |b| is_space(b) || b == b'/');
    let name = at;
    if at >= bytes.len() || bytes[at] == b'>' {
        return None;
    }
    at = skip(bytes, at + 1, |b| !is_space(b) && !matches!(b, b'/' | b'>' | b'='));
    let name = (name, at);
    let equals = skip(bytes, at, is_space);
    if bytes.get(equals) != Some(&b'=') {
        return Some((name, (at, at), at));
    }
    at = skip(bytes, equals + 1, is_space);
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => match memchr(quote, &bytes[at + 1..]) {
            Some(n) => Some((name, (at + 1, at + 1 + n), at + n + 2)),
            None => Some((name, (at + 1, bytes.len()), bytes.len() + 1)),
        },
        _ => {
            let end = skip(bytes, at, |b| !is_space(b) && b != b'>');
            Some((name, (at, end), end))
        }
    }
}

/// One past the `>` of a tag whose name ends at `at`; None where the source ends within it.
pub(super) fn tag_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some((_, _, end)) = next_attribute(bytes, at) {
        at = end;
    }
    let close = skip(bytes, at, |b| is_space(b) || b == b'/');
    (bytes.get(close) == Some(&b'>')).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::attributes;

    #[test]
    fn attributes_are_read_as_browsers_do() {
        let found: Vec<_> =
            attributes(" a=1 B = 'x y' c d=\"e>f\"/ g=h/").map(|a| (a.name, a.value)).collect();
        assert_eq!(found, [("a", "1"), ("B", "x y"), ("c", ""), ("d", "e>f"), ("g", "h/")]);
    }
}
