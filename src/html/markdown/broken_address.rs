//! Addresses of links that the standard of Markdown does not take for such: with line breaks or spaces in them, or titles with quotation marks.

use crate::span::Span;

/// Bytes of the longest address that is mended, with its title.
const LONGEST: usize = 4096;

/// An address that is to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) struct BrokenAddress {
    pub(in crate::html) address: Span,
    /// Where the source goes on: at its end, or behind a title that cannot be read.
    pub(in crate::html) end: usize,
}

impl BrokenAddress {
    /// The address that begins at a place, where it or its title is broken and it reads as one all the same.
    pub(in crate::html) fn at(source: &str, from: usize) -> Option<Self> {
        let text = &source[from..source.floor_char_boundary(from + LONGEST)];
        if !is_address(text) {
            return None;
        }
        let (mut depth, mut end) = (0, None);
        for (at, c) in text.char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                ')' => depth -= 1,
                '\n' if text[at + 1..].trim_start_matches([' ', '\r']).starts_with('\n') => break,
                ']' if text[at..].starts_with("](") => break,
                _ => {}
            }
        }
        let inner = &text[..end?];
        // A title in quotation marks is none of the address.
        let quote = inner.trim_end().chars().next_back().filter(|c| matches!(c, '"' | '\''));
        let title = quote.and_then(|quote| {
            let found =
                inner.find([' ', '\n']).filter(|&at| inner[at..].trim_start().starts_with(quote));
            found.or_else(|| inner.trim_end().trim_end_matches(quote).rfind(&format!(" {quote}")))
        });
        let address = inner[..title.unwrap_or(inner.len())].trim_end();
        let title = inner[address.len()..].trim();
        let is_unreadable = quote.is_some_and(|quote| {
            let within = title.strip_prefix(quote).and_then(|title| title.strip_suffix(quote));
            within.is_some_and(|within| {
                within.replace('\\', "").len() == within.len() && within.contains(quote)
            })
        });
        let end = if is_unreadable { inner.len() } else { address.len() };
        (is_unreadable || address.contains([' ', '\t', '\n']))
            .then(|| Self { address: Span::new(from, from + address.len()), end: from + end })
    }
}

/// Whether text begins as an address does.
pub(in crate::html) fn is_address(text: &str) -> bool {
    text.starts_with(['/', '#', '.', '?']) || is_scheme(text)
}

/// Whether an address begins with the name of a scheme, such as `https:`.
fn is_scheme(address: &str) -> bool {
    let name = address
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'))
        .count();
    name > 1 && address[name..].starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(source: &str) -> Option<(&str, &str)> {
        let found = BrokenAddress::at(source, 0)?;
        Some((found.address.of(source), &source[found.end..]))
    }

    #[test]
    fn a_title_with_quotation_marks_in_it_is_left_out() {
        assert_eq!(mended("/quay \"\"The quay\": shut\") b"), Some(("/quay", ") b")));
        assert_eq!(mended("/the quay \"Shut\")"), Some(("/the quay", " \"Shut\")")));
        for sound in ["/quay \"Shut\")", "/quay)", "quay \"a\"b\")", "/quay \"a \\\"b\\\" c\")"] {
            assert_eq!(mended(sound), None, "{sound}");
        }
    }
}
