//! Which texts may be copies of which: those that share some of their rarest sampled shingles (as the spot signatures of
//! Theobald, Siddharth and Paepcke 2008 do with words). A proposal decides nothing.

use rayon::prelude::*;

use super::fingerprint::level;
use super::weight::Weights;

/// A text was proposed as a copy of a longer one. Texts are named by their rank, the longest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Proposal {
    pub(super) anchor: u32,
    pub(super) text: u32,
}

/// A text is proposed through so many of the rarest shingles that it shares with others.
const SPENT_AT_MOST: u8 = 12;
/// A shingle proposes the longest texts that hold it: so many where it is rare, and so many where it is not.
const LONGEST: [usize; 2] = [4, 2];
/// A shingle in no more texts than this is rare.
const RARE: usize = 16;
/// The least part of a text's shingles, among those that another text would show in its sample, that must propose the other.
const LEAST_SHARE: f32 = 0.25;
/// Shingles are taken by the number of texts that hold them: up to the first of these, then up to the next.
const RARITIES: [usize; 7] = [2, 3, 5, 8, RARE, 64, usize::MAX];

/// A sampled shingle and the rank of a text that holds it, in one number that sorts by shingle.
pub(super) fn posting(shingle: u32, rank: u32) -> u64 {
    u64::from(shingle) << 32 | u64::from(rank)
}

/// From the postings of all texts, and the letters of each text by rank, to proposals (sorted) and weights.
pub(super) fn propose(mut postings: Vec<u64>, letters: &[u32]) -> (Vec<Proposal>, Weights) {
    postings.par_sort_unstable();
    let mut weights = Weights::default();
    for texts in postings.chunk_by(same_shingle) {
        weights.note((texts[0] >> 32) as u32, texts.len());
    }
    drop_single(&mut postings);
    let mut spent = vec![0u8; letters.len()];
    let mut pairs = Vec::new();
    let mut fewer = 1;
    for rarity in RARITIES {
        let longest = LONGEST[usize::from(rarity > RARE)];
        for texts in postings.chunk_by(same_shingle).filter(|texts| (fewer + 1..=rarity).contains(&texts.len())) {
            for (place, &posting) in texts.iter().enumerate().skip(1) {
                let text = posting as u32;
                let spent = &mut spent[text as usize];
                if *spent < SPENT_AT_MOST {
                    *spent += 1;
                    pairs.extend(texts[..place.min(longest)].iter().map(|&anchor| Proposal { anchor: anchor as u32, text }));
                }
            }
        }
        fewer = rarity;
    }
    drop(postings);
    pairs.par_sort_unstable();
    let enough = |same: &[Proposal]| {
        let Proposal { anchor, text } = same[0];
        let [of_anchor, of_text] = [anchor, text].map(|rank| letters[rank as usize] as usize);
        let shown = (of_text >> level(of_anchor)).min(usize::from(spent[text as usize]));
        same.len() as f32 >= LEAST_SHARE * shown as f32
    };
    let kept = pairs.chunk_by(|a, b| a == b).filter(|same| enough(same)).map(|same| same[0]).collect();
    (kept, weights)
}

/// Drops the shingles that one text alone holds, most of all.
fn drop_single(postings: &mut Vec<u64>) {
    let mut kept = 0;
    for at in 0..postings.len() {
        let same = |other: Option<&u64>| other.is_some_and(|other| same_shingle(other, &postings[at]));
        if at > 0 && same(postings.get(at - 1)) || same(postings.get(at + 1)) {
            postings[kept] = postings[at];
            kept += 1;
        }
    }
    postings.truncate(kept);
    postings.shrink_to_fit();
}

fn same_shingle(a: &u64, b: &u64) -> bool {
    a >> 32 == b >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_share_rare_shingles_are_proposed_to_the_longest_of_them() {
        let postings = [(1, 0), (1, 2), (2, 2), (2, 0), (3, 1), (4, 2)].map(|(shingle, rank)| posting(shingle, rank));
        let (proposals, _) = propose(postings.to_vec(), &[100, 60, 50]);
        assert_eq!(proposals, [Proposal { anchor: 0, text: 2 }]);
    }

    #[test]
    fn a_shingle_of_many_texts_weighs_little() {
        let postings = (0..80).map(|rank| posting(7, rank)).collect();
        let (_, weights) = propose(postings, &[1000; 80]);
        assert_eq!((weights.of(7), weights.of(8)), (0.1, 1.0));
    }
}
