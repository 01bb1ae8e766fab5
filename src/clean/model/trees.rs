//! Gradient-boosted oblivious trees: every level of a tree asks one question, so that the answers are the bits of a leaf's number, and many rows
//! are answered side by side without a branch (Prokhorenkova et al., CatBoost, 2018).

/// Questions of a tree.
pub(in crate::clean) const DEPTH: usize = 6;
/// Leaves of a tree.
pub(in crate::clean) const LEAVES: usize = 1 << DEPTH;
/// Rows that are answered side by side.
const TOGETHER: usize = 64;
/// The same of a page with fewer blocks: most of the larger number would stay empty.
const HALF_TOGETHER: usize = 32;
/// Rows up to which all questions are answered beforehand, so many of them side by side, fewer where there are no more.
const FEW: usize = 16;
const FEW_TOGETHER: usize = 8;
/// Trees whose leaves are found before they are added, so that a row's sum stays in a register.
const TREES_TOGETHER: usize = 8;

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
    /// The share of the training blocks that ended in each leaf.
    shares: [f32; LEAVES],
}

impl Tree {
    /// A tree that asks for features below `features` only; None otherwise.
    pub(in crate::clean) fn new(
        questions: [Question; DEPTH],
        leaves: [f32; LEAVES],
        shares: [f32; LEAVES],
        features: usize,
    ) -> Option<Tree> {
        let is_known = |q: &Question| usize::from(q.feature) < features;
        questions.iter().all(is_known).then_some(Tree { questions, leaves, shares })
    }
}

/// The trees of a model. What is asked, what is answered and what only explains stand apart, so that each fills the caches when it is needed.
#[derive(Debug, Default)]
pub(in crate::clean) struct Trees {
    /// For each feature the values that the trees ask for, rising.
    borders: Vec<Vec<f32>>,
    questions: Vec<[Question; DEPTH]>,
    /// The same as places of the border that is asked for among all, or of a place behind them where there is no such border.
    places: Vec<[u32; DEPTH]>,
    leaves: Vec<[f32; LEAVES]>,
    shares: Vec<[f32; LEAVES]>,
}

impl Trees {
    /// Trees over features with these borders, at most 255 each.
    pub(in crate::clean) fn new(borders: Vec<Vec<f32>>, trees: Vec<Tree>) -> Trees {
        let mut firsts = vec![0];
        borders.iter().for_each(|own| firsts.push(firsts[firsts.len() - 1] + own.len()));
        let place = |Question { feature, above }: Question| {
            let (feature, above) = (usize::from(feature), usize::from(above));
            let is_known = above < borders[feature].len();
            (if is_known { firsts[feature] + above } else { firsts[borders.len()] }) as u32
        };
        let places = trees.iter().map(|tree| tree.questions.map(place)).collect();
        let mut made = Trees { borders, places, ..Trees::default() };
        for Tree { questions, leaves, shares } in trees {
            made.questions.push(questions);
            made.leaves.push(leaves);
            made.shares.push(shares);
        }
        made
    }

    /// Adds to each of `sums` the answers of all trees for its row. A row has as many features as there are borders, or more.
    ///
    /// The widest registers that the machine has are used; the sums are the same with any.
    pub(in crate::clean) fn add<R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        #[cfg(feature = "simd")]
        pulp::Arch::new().dispatch(Adding { trees: self, rows, sums });
        #[cfg(not(feature = "simd"))]
        self.add_all(rows, sums);
    }

    #[inline(always)]
    fn add_all<R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        for (rows, sums) in rows.chunks(TOGETHER).zip(sums.chunks_mut(TOGETHER)) {
            match rows.len() {
                1 => self.add_few::<1, R>(rows, sums),
                2 => self.add_few::<2, R>(rows, sums),
                3 | 4 => self.add_few::<4, R>(rows, sums),
                5..=FEW => self.add_few::<FEW_TOGETHER, R>(rows, sums),
                ..=HALF_TOGETHER => self.add_many::<HALF_TOGETHER, R>(rows, sums),
                _ => self.add_many::<TOGETHER, R>(rows, sums),
            }
        }
    }

    /// The same, `ROWS` rows at a time: each question is answered by how many borders lie below the value.
    #[inline(always)]
    fn add_many<const ROWS: usize, R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        let mut bins = vec![[0; ROWS]; self.borders.len()];
        for (rows, sums) in rows.chunks(ROWS).zip(sums.chunks_mut(ROWS)) {
            for (feature, (bins, borders)) in bins.iter_mut().zip(&self.borders).enumerate() {
                *bins = bins_of(borders, &values_of(rows, feature));
            }
            self.add_leaves(
                sums,
                #[inline(always)]
                |tree| leaves_of(&self.questions[tree], &bins),
            );
        }
    }

    /// The same of so few rows that the answers to all questions fit into the nearest cache.
    #[inline(always)]
    fn add_few<const ROWS: usize, R: AsRef<[f32]>>(&self, rows: &[R], sums: &mut [f32]) {
        let count: usize = self.borders.iter().map(Vec::len).sum();
        let mut answers = vec![[0u8; ROWS]; count + 1];
        for (rows, sums) in rows.chunks(ROWS).zip(sums.chunks_mut(ROWS)) {
            let mut left = &mut answers[..];
            for (feature, borders) in self.borders.iter().enumerate() {
                let values = values_of::<ROWS, R>(rows, feature);
                let (own, others) = left.split_at_mut(borders.len());
                for (answers, border) in own.iter_mut().zip(borders) {
                    *answers = values.map(|value| u8::from(*border < value));
                }
                left = others;
            }
            self.add_leaves(
                sums,
                #[inline(always)]
                |tree| {
                    let mut leaves = [0; ROWS];
                    for &place in self.places[tree].iter().rev() {
                        let answers = &answers[place as usize];
                        leaves
                            .iter_mut()
                            .zip(answers)
                            .for_each(|(leaf, yes)| *leaf = *leaf << 1 | yes);
                    }
                    leaves
                },
            );
        }
    }

    /// Adds the leaves of all trees, in their order; `leaves_of` says which they are for each row.
    #[inline(always)]
    fn add_leaves<const ROWS: usize>(
        &self,
        sums: &mut [f32],
        leaves_of: impl Fn(usize) -> [u8; ROWS],
    ) {
        let mut added = [0.0; ROWS];
        let (chunks, others) = self.leaves.as_chunks::<TREES_TOGETHER>();
        for (chunk, leaves) in chunks.iter().enumerate() {
            let mut ends = [[0; ROWS]; TREES_TOGETHER];
            for (at, ends) in ends.iter_mut().enumerate() {
                *ends = leaves_of(chunk * TREES_TOGETHER + at);
            }
            add_chunk(&mut added, leaves, &ends);
        }
        for (tree, leaves) in (chunks.len() * TREES_TOGETHER..).zip(others) {
            add_chunk(&mut added, std::array::from_ref(leaves), &[leaves_of(tree)]);
        }
        sums.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
    }

    /// Adds to `weights` what each feature of `row` changed the answers by where the trees asked it (Saabas 2014).
    pub(in crate::clean) fn explain(&self, row: &[f32], weights: &mut [f32]) {
        let bins: Vec<Bins<1>> =
            self.borders.iter().zip(row).map(|(borders, value)| [bin(borders, *value)]).collect();
        for (tree, questions) in self.questions.iter().enumerate() {
            let [leaf] = leaves_of(questions, &bins);
            let mut before = self.mean(tree, usize::from(leaf), 0);
            for (level, question) in questions.iter().enumerate() {
                let mean = self.mean(tree, usize::from(leaf), level + 1);
                weights[usize::from(question.feature)] += mean - before;
                before = mean;
            }
        }
    }

    /// The mean over the leaves of a tree whose number ends in the `count` lowest bits of `leaf`.
    fn mean(&self, tree: usize, leaf: usize, count: usize) -> f32 {
        let (leaves, shares) = (&self.leaves[tree], &self.shares[tree]);
        let step = 1 << count;
        let below = (leaf % step..LEAVES).step_by(step);
        let (sum, share) = below.fold((0.0, 0.0), |(sum, share), at| {
            (sum + leaves[at] * shares[at], share + shares[at])
        });
        if share > 0.0 { sum / share } else { leaves[leaf] }
    }
}

/// The work of [`Trees::add`]. A closure would be called through a function that is not compiled for the registers of the machine.
#[cfg(feature = "simd")]
struct Adding<'a, R> {
    trees: &'a Trees,
    rows: &'a [R],
    sums: &'a mut [f32],
}

#[cfg(feature = "simd")]
impl<R: AsRef<[f32]>> pulp::WithSimd for Adding<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        self.trees.add_all(self.rows, self.sums);
    }
}

/// The values of a feature in some rows; 0 behind the last.
#[inline(always)]
fn values_of<const ROWS: usize, R: AsRef<[f32]>>(rows: &[R], feature: usize) -> [f32; ROWS] {
    let mut values = [0.0; ROWS];
    values.iter_mut().zip(rows).for_each(|(value, row)| *value = row.as_ref()[feature]);
    values
}

/// Adds the leaves of some trees in which the rows end, in the order of the trees. How many there are is known when this is compiled: no loop is left
/// within a row.
#[inline(always)]
fn add_chunk<const ROWS: usize, const TREES: usize>(
    added: &mut [f32; ROWS],
    leaves: &[[f32; LEAVES]; TREES],
    ends: &[[u8; ROWS]; TREES],
) {
    for (row, added) in added.iter_mut().enumerate() {
        for (ends, leaves) in ends.iter().zip(leaves) {
            *added += leaves[usize::from(ends[row]) % LEAVES];
        }
    }
}

/// The leaf of a tree for each row.
#[inline(always)]
fn leaves_of<const ROWS: usize>(questions: &[Question; DEPTH], bins: &[Bins<ROWS>]) -> [u8; ROWS] {
    let mut leaves = [0; ROWS];
    for (level, question) in questions.iter().enumerate() {
        for (leaf, &bin) in leaves.iter_mut().zip(&bins[usize::from(question.feature)]) {
            *leaf |= u8::from(bin > question.above) << level;
        }
    }
    leaves
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
    borders.partition_point(|&border| border < value) as u8
}

/// The probability that log-odds stand for, 0 to 1.
pub(in crate::clean) fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
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
        for count in [1, 2, 3, 5, 8, 9, 16, 17, 32, 33, 150] {
            let is_more = |i: usize| (!i.is_multiple_of(3), !i.is_multiple_of(2));
            let rows: Vec<[f32; 2]> = (0..count)
                .map(is_more)
                .map(|(a, b)| [if a { 1.5 } else { 1.0 }, if b { 5.5 } else { 5.0 }])
                .collect();
            let mut sums = vec![1.0; rows.len()];
            trees().add(&rows, &mut sums);
            let expected: Vec<f32> = (0..count)
                .map(is_more)
                .map(|(a, b)| 1.0 + if a { 10.0 } else { 0.0 } + if b { 20.0 } else { 0.0 })
                .collect();
            assert_eq!(sums, expected);
        }
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
