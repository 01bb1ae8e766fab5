//! What a terminal is shown.

/// Whether a character turns the direction of writing, so that a line reads otherwise than it stands.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A line without characters that a terminal would act on: U+FFFD stands for each, a space for a tab.
#[must_use]
pub fn printable(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '\t' => ' ',
            c if c.is_control() || is_turning(c) => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// The same of a page, whose lines and tabs stay.
pub(crate) fn printable_page(page: &str) -> String {
    let mut shown = String::with_capacity(page.len());
    for piece in page.split_inclusive(['\n', '\t']) {
        let end = piece.len() - usize::from(piece.ends_with(['\n', '\t']));
        shown += &printable(&piece[..end]);
        shown += &piece[end..];
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_not_printed() {
        assert_eq!(printable("a\tb\x1b[31mc\u{202e}d"), "a b\u{fffd}[31mc\u{fffd}d");
        assert_eq!(printable("שלום\u{200f}!"), "שלום\u{200f}!");
        assert_eq!(printable_page("one\ttwo\n\x1b[2J\nthree"), "one\ttwo\n\u{fffd}[2J\nthree");
    }
}
