//! What comes back in many places: a paragraph in many articles, a story in many dumps.

use super::index::Cluster;

/// In how many different owners each text stands, itself or as a copy (exact, near or contained): its document frequency, 1 and up.
///
/// `owners` gives the owner of each text by its number in the [`Index`](super::Index), such as the story that a paragraph was found in.
/// Give copies of one story the same owner, and only what stands in different stories counts as repeated.
///
/// # Panics
/// If `clusters` name a text that has no owner.
#[must_use]
pub fn frequencies(clusters: &[Cluster], owners: &[u32]) -> Vec<u32> {
    let mut frequencies = vec![1; owners.len()];
    for cluster in clusters {
        let texts = || cluster.members.iter().map(|m| m.text).chain([cluster.anchor]);
        let mut different: Vec<u32> = texts().map(|text| owners[text]).collect();
        different.sort_unstable();
        different.dedup();
        texts().for_each(|text| frequencies[text] = different.len() as u32);
    }
    frequencies
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedup::{Fingerprint, Index, Letters};

    #[test]
    fn a_paragraph_that_stands_in_two_stories_is_repeated() {
        let paragraphs = ["Support us.", "A quay was opened.", "Support us!", "Support us", "A tram was stopped."];
        let (mut index, mut letters) = (Index::default(), Letters::default());
        for paragraph in paragraphs {
            letters.read(paragraph);
            index.push(&Fingerprint::new(&letters));
        }
        let clusters = index.clusters(|number| paragraphs[number].into());
        assert_eq!(frequencies(&clusters, &[0, 0, 1, 1, 1]), [2, 1, 2, 2, 1]);
    }
}
