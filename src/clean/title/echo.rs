//! Whether a line prints the headline that is stated outside of the text.

use crate::text::alike::{Stems, is_prefix_alike, same_text};

/// Bytes of the beginning that a cut headline has in common with the whole one, at least.
const BEGINNING: usize = 16;

/// Whether a folded line is the folded headline that is stated, with or without the name of the site, cut, or in other words for a few of them.
pub(super) fn echoes(stated: &str, line: &str) -> bool {
    let (shorter, longer) = if line.len() < stated.len() { (line, stated) } else { (stated, line) };
    let is_most = shorter.len() * 2 >= longer.len();
    let shares = |text: &str, other: &str| {
        let (words, shared) = Stems::of(std::iter::once(text)).shared_with(other);
        words > 1 && shared * 3 >= words * 2
    };
    !shorter.is_empty()
        && (same_text(stated, line)
            || is_most && longer.contains(shorter)
            || shorter.len() >= BEGINNING && is_prefix_alike(shorter, longer, shorter.len())
            || shares(stated, line) && shares(line, stated))
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
