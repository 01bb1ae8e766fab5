//! When two short texts are the same but for a letter or a cut end.

/// Longest folded text, in bytes, that edit distance is spent on.
const LONGEST: usize = 300;

/// Whether two folded texts are the same headline: equal, or apart by a few letters.
pub(crate) fn same_text(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (longer, shorter) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    shorter.len() >= 16 && longer.len() <= LONGEST && (longer.len() - shorter.len()) * 12 <= longer.len() && strsim::normalized_levenshtein(a, b) >= 0.92
}

/// Whether `long` begins as `short` does, for at least `least` bytes of `short`; a cut end (`...`) of `short` is left out.
pub(crate) fn is_prefix_alike(short: &str, long: &str, least: usize) -> bool {
    let short = short.trim_end_matches(['.', ' ']);
    let common = short.bytes().zip(long.bytes()).take_while(|(a, b)| a == b).count();
    common >= least.min(short.len()) && !short.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_apart_is_the_same_headline() {
        assert!(same_text("harbour board closes the old quay", "harbor board closes the old quay"));
        assert!(!same_text("harbour board closes the old quay", "harbour board opens the new bridge"));
    }

    #[test]
    fn an_excerpt_begins_as_the_text_does() {
        assert!(is_prefix_alike("the crews went ba...", "the crews went back to work on monday", 40));
        assert!(!is_prefix_alike("the crews stayed", "the crews went back to work on monday", 16));
    }
}
