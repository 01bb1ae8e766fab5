//! The order of shingles: those of few texts first.

/// A shingle in no more texts than this is rare.
pub(super) const RARE: usize = 16;
/// How many classes of rarity there are.
pub(super) const CLASSES: usize = 7;
/// Shingles are sorted by how many texts hold them: those with up to the first of these, then those with up to the next.
const RARITIES: [usize; CLASSES] = [2, 3, 5, 8, RARE, 64, usize::MAX];

/// Where shingles of so many texts stand in the order of rarity; within a class they sort by name.
pub(super) fn rarity(texts: usize) -> usize {
    RARITIES.partition_point(|&most| most < texts)
}

/// A shingle by its name, and how many texts hold it. Shingles sort by rarity, those of few texts first, then by name; two are equal where
/// neither sorts before the other.
#[derive(Debug, Clone, Copy)]
pub struct HeldShingle {
    /// One of [`Fingerprint::sample`](crate::Fingerprint::sample).
    pub name: u64,
    /// How many different texts hold it.
    pub texts: usize,
}

impl PartialEq for HeldShingle {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for HeldShingle {}

impl Ord for HeldShingle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (rarity(self.texts), self.name).cmp(&(rarity(other.texts), other.name))
    }
}

impl PartialOrd for HeldShingle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_shingles_are_equal_where_neither_sorts_first() {
        let held = |name, texts| HeldShingle { name, texts };
        let shingles = [held(7, 3), held(7, 4), held(7, 5), held(7, 20), held(8, 3)];
        for a in shingles {
            for b in shingles {
                assert_eq!(a == b, a.cmp(&b).is_eq(), "{a:?} {b:?}");
            }
        }
        assert_eq!(held(7, 4), held(7, 5), "of one class");
        assert!(held(8, 3) < held(7, 4), "the rarer one first, whatever its name");
    }
}
