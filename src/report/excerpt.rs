//! The first words of a text.

use crate::report::limits::EXCERPT;

/// The first bytes of a text in one line, with a sign where it goes on.
pub(super) fn excerpt(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        let room = EXCERPT.saturating_sub(words.len());
        if room < word.len() + 1 {
            if words.is_empty() {
                words.extend(word.chars().take(room / 4));
            }
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words += word;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_short_and_in_one_line() {
        assert_eq!(excerpt(" The old\n quay "), "The old quay");
        let long = excerpt(&"quay ".repeat(99));
        assert!(long.ends_with("quay…") && long.len() < EXCERPT + 4, "{long}");
        assert!(excerpt(&"ж".repeat(9_999)).len() < EXCERPT);
    }
}
