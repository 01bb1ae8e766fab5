//! Whether a line prints the headline that is stated outside of the text.

use crate::text::alike::{Stems, is_prefix_alike, same_text};

/// Characters of the beginning that a cut headline has in common with the whole one, at least.
const BEGINNING: usize = 16;

/// Whether a folded line is the folded headline that is stated, with or without the name of the site, cut, or in other words for a few of them.
pub(super) fn echoes(stated: &str, line: &str) -> bool {
    let (shorter, longer) = if line.len() < stated.len() { (line, stated) } else { (stated, line) };
    let is_most = shorter.len() * 2 >= longer.len();
    let is_long = || shorter.chars().nth(BEGINNING - 1).is_some();
    let shares = |text: &str, other: &str, percent: usize| {
        let (words, shared) = Stems::of(std::iter::once(text)).shared_with(other);
        words > 1 && shared * 100 >= words * percent
    };
    !shorter.is_empty()
        && (same_text(stated, line)
            || is_most && longer.contains(shorter)
            || is_long() && is_prefix_alike(shorter, longer, shorter.len())
            || shares(stated, line, 66) && shares(line, stated, 50))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_printed_with_the_site_cut_or_in_other_words() {
        let stated = "night ferry sails again after nine days in port";
        for line in [
            stated,
            "night ferry sails again after nine days in port | norrby bugle",
            "night ferry sails again after nine...",
            "night ferry sails again after ten days in harbour",
        ] {
            assert!(echoes(stated, line), "{line}");
            assert!(echoes(line, stated), "{line}");
        }
    }

    #[test]
    fn other_lines_do_not_print_it() {
        for line in ["they argued until dawn.", "night", "norrby bugle", "", "the ferry is old."] {
            assert!(!echoes("night ferry sails again after nine days in port", line), "{line}");
        }
    }
}
