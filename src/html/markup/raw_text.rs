//! Where the text of an element ends that holds no tags: a script, a style, a title.

use memchr::{memchr, memmem};

use crate::html::markup::space::is_space;

/// Whether `</name` and the end of a name stand at `at`.
fn is_end_tag(text: &[u8], at: usize, name: &str) -> bool {
    let from = at + 2;
    let to = from + name.len();
    text[at..].starts_with(b"</")
        && text.get(from..to).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        && text.get(to).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
}

/// Where the text of an element that holds no tags ends.
pub(super) fn raw_end(text: &str, name: &str) -> usize {
    let bytes = text.as_bytes();
    memmem::find_iter(bytes, b"</").find(|&at| is_end_tag(bytes, at, name)).unwrap_or(bytes.len())
}

/// The same for a script, in which a comment may hold a script of its own.
pub(super) fn script_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut commented, mut nested) = (false, false);
    let mut at = 0;
    while let Some(n) = bytes.get(at..).and_then(|rest| {
        if commented { memchr::memchr2(b'<', b'-', rest) } else { memchr(b'<', rest) }
    }) {
        at += n;
        let rest = &bytes[at..];
        if commented && rest.starts_with(b"-->") {
            (commented, nested) = (false, false);
            at += 3;
        } else if !commented && rest.starts_with(b"<!--") {
            commented = true;
            at += if rest.starts_with(b"<!-->") || rest.starts_with(b"<!--->") { 2 } else { 4 };
        } else if is_end_tag(bytes, at, "script") {
            if !nested {
                return at;
            }
            nested = false;
            at += 2;
        } else {
            let opens = rest.get(1..7).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
                && rest.get(7).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'));
            nested |= commented && opens;
            at += 1;
        }
    }
    bytes.len()
}
