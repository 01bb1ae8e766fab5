//! Gradient-boosted oblivious trees: every level of a tree asks one question, so that the answers are the bits of a leaf's number, and many rows
//! are answered side by side without a branch (Prokhorenkova et al., CatBoost, 2018).

/// Questions of a tree.
pub(in crate::clean) const DEPTH: usize = 6;
/// Leaves of a tree.
pub(in crate::clean) const LEAVES: usize = 1 << DEPTH;
/// Rows that are answered side by side.
const TOGETHER: usize = 64;
/// The same of a page with few blocks, up to [`FEW`] rows: most of the larger number would stay empty.
const FEW_TOGETHER: usize = 8;
const FEW: usize = 16;

/// For a feature of so many rows: how many of its borders lie below the value.
type Bins<const ROWS: usize> = [u8; ROWS];

/// Whether more than `above` borders of a feature lie below its value.
#[derive(Debug, Clone, Copy)]
pub(in crate::clean) struct Question {
    pub(in crate::clean) feature: u16,
    pub(in crate::clean) above: u8,
}

/// One tree. The answer to question `n` is bit `n` of the number of a leaf.
#[derive(Debug)]
pub(in crate::clean) struct Tree {
    questions: [Question; DEPTH],
    leaves: [f32; LEAVES],
    /// The share of the training blocks that ended in each leaf. Only what explains looks there: beside the leaves it would fill the caches.
    shares: Box<[f32; LEAVES]>,
}

impl Tree {
    /// A tree that asks for features below `features` only; None otherwise.
    pub(in crate::clean) fn new(
        questions: [Question; DEPTH],
        leaves: [f32; LEAVES],
        shares: [f32; LEAVES],
        features: usize,
    ) -> Option<Tree> {
        questions.iter().all(|q| usize::from(q.feature) < features).then_some(Tree {
            questions,
            leaves,
            shares: Box::new(shares),
        })
    }

    #[inline(always)]
    fn add<const ROWS: usize>(&self, bins: &[Bins<ROWS>], sums: &mut [f32; ROWS]) {
        let mut leaves = [0u8; ROWS];
        for (level, question) in self.questions.iter().enumerate() {
            for (leaf, &bin) in leaves.iter_mut().zip(&bins[usize::from(question.feature)]) {
                *leaf |= u8::from(bin > question.above) << level;
            }
        }
        for (sum, leaf) in sums.iter_mut().zip(leaves) {
            *sum += self.leaves[usize::from(leaf) % LEAVES];
        }
    }

    /// The mean over the leaves whose number ends in the `count` lowest bits of `leaf`.
    fn mean(&self, leaf: usize, count: usize) -> f32 {
        let below = |at: &usize| (at ^ leaf) & ((1 << count) - 1) == 0;
        let (sum, share) = (0..LEAVES).filter(below).fold((0.0, 0.0), |(sum, share), at| {
            (sum + self.leaves[at] * self.shares[at], share + self.shares[at])
        });
        if share > 0.0 { sum / share } else { self.leaves[leaf] }
    }
}

/// The trees of a model.
#[derive(Debug, Default)]
pub(in crate::clean) struct Trees {
    /// For each feature the values that the trees ask for, rising.
    borders: Vec<Vec<f32>>,
    trees: Vec<Tree>,
}

impl Trees {
    /// Trees over features with these borders, at most 255 each.
    pub(in crate::clean) fn new(borders: Vec<Vec<f32>>, trees: Vec<Tree>) -> Trees {
        Trees { borders, trees }
    }

    /// Adds to each of `sums` the answers of all trees for its row. A row has as many features as there are borders, or more.
    ///
    /// The widest registers that the machine has are used; the sums are the same with any.
    pub(in crate::clean) fn add<R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        #[cfg(feature = "simd")]
        pulp::Arch::new().dispatch(
            #[inline(always)]
            || self.add_all(rows, sums),
        );
        #[cfg(not(feature = "simd"))]
        self.add_all(rows, sums);
    }

    #[inline(always)]
    fn add_all<R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        for (rows, sums) in rows.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
            match rows.len() {
                1 => self.add_side_by_side::<1, R>(rows, sums),
                2..=FEW => self.add_side_by_side::<FEW_TOGETHER, R>(rows, sums),
                _ => self.add_side_by_side::<TOGETHER, R>(rows, sums),
            }
        }
    }

    /// The same, `ROWS` rows at a time.
    #[inline(always)]
    fn add_side_by_side<const ROWS: usize, R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        let mut bins = vec![[0; ROWS]; self.borders.len()];
        for (rows, sums) in rows.chunks(ROWS).zip(sums.chunks_mut(ROWS)) {
            for (feature, (bins, borders)) in bins.iter_mut().zip(&self.borders).enumerate() {
                let mut values = [0.0; ROWS];
                values.iter_mut().zip(rows).for_each(|(value, row)| *value = row.as_ref()[feature]);
                *bins = bins_of(borders, &values);
            }
            let mut added = [0.0; ROWS];
            for tree in &self.trees {
                tree.add(&bins, &mut added);
            }
            sums.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
        }
    }

    /// Adds to `weights` what each feature of `row` changed the answers by where the trees asked it (Saabas 2014).
    pub(in crate::clean) fn explain(&self, row: &[f32], weights: &mut [f32]) {
        let bins: Vec<u8> =
            self.borders.iter().zip(row).map(|(borders, value)| bin(borders, *value)).collect();
        for tree in &self.trees {
            let answer = |q: &Question| bins[usize::from(q.feature)] > q.above;
            let leaf = tree
                .questions
                .iter()
                .enumerate()
                .fold(0, |leaf, (level, q)| leaf | (usize::from(answer(q)) << level));
            for (level, question) in tree.questions.iter().enumerate() {
                weights[usize::from(question.feature)] +=
                    tree.mean(leaf, level + 1) - tree.mean(leaf, level);
            }
        }
    }
}

/// The same as [`bin`] for many values.
#[inline(always)]
fn bins_of<const ROWS: usize>(borders: &[f32], values: &[f32; ROWS]) -> Bins<ROWS> {
    let mut counts = [0u32; ROWS];
    for border in borders {
        counts
            .iter_mut()
            .zip(values)
            .for_each(|(count, value)| *count += u32::from(border < value));
    }
    counts.map(|count| count as u8)
}

/// How many of `borders` lie below `value`.
fn bin(borders: &[f32], value: f32) -> u8 {
    borders.iter().map(|&border| u8::from(border < value)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// More than 1 in feature 0 gives 10 more; more than 5 in feature 1 gives 20 more.
    fn trees() -> Trees {
        let never = Question { feature: 0, above: u8::MAX };
        let mut questions = [never; DEPTH];
        questions[0] = Question { feature: 0, above: 0 };
        questions[1] = Question { feature: 1, above: 1 };
        let leaves = std::array::from_fn(|leaf| [0.0, 10.0, 20.0, 30.0][leaf % 4]);
        let shares = std::array::from_fn(|leaf| if leaf < 4 { 0.25 } else { 0.0 });
        Trees::new(
            vec![vec![1.0], vec![2.0, 5.0]],
            vec![Tree::new(questions, leaves, shares, 2).unwrap()],
        )
    }

    #[test]
    fn every_row_ends_in_its_leaf_however_many_there_are() {
        let rows: Vec<[f32; 2]> = (0..150)
            .map(|i| [if i % 3 == 0 { 1.0 } else { 1.5 }, if i % 2 == 0 { 5.0 } else { 5.5 }])
            .collect();
        let mut sums = vec![1.0; rows.len()];
        trees().add(&rows, &mut sums);
        let expected: Vec<f32> = (0..150)
            .map(|i| {
                1.0 + if i % 3 == 0 { 0.0 } else { 10.0 } + if i % 2 == 0 { 0.0 } else { 20.0 }
            })
            .collect();
        assert_eq!(sums, expected);
    }

    #[test]
    fn what_each_feature_changed_adds_up_to_the_answer() {
        let mut weights = [0.0, 1.0];
        trees().explain(&[3.0, 6.0], &mut weights);
        assert_eq!(weights, [5.0, 11.0]);
        trees().explain(&[3.0, 0.0], &mut weights);
        assert_eq!(weights, [10.0, 1.0]);
    }

    #[test]
    fn a_tree_that_asks_for_no_feature_is_refused() {
        let question = Question { feature: 2, above: 0 };
        assert!(Tree::new([question; DEPTH], [0.0; LEAVES], [0.0; LEAVES], 2).is_none());
    }
}
