//! Gradient-boosted trees: a sum of leaves, one of each tree.

/// What the trees ask: the features of a block, those that a model does not have left at zero.
pub(super) type Row = [f32; COLUMNS];

/// Features that a tree can ask for. With one for each value of a byte no index needs a check.
pub(super) const COLUMNS: usize = 1 << u8::BITS;

/// Rows that walk down a tree side by side, so that one waits for memory while others go on.
const ABREAST: usize = 8;

/// A question to one feature: at most the threshold goes left, more goes right. A leaf leads to itself.
#[derive(Debug, Clone, Copy)]
struct Node {
    threshold: f32,
    feature: u8,
    left: u8,
    right: u8,
}

/// A question as it stands in a model file. A child below zero is leaf `-1 - child`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) feature: u16,
    pub(super) left: i16,
    pub(super) right: i16,
    pub(super) threshold: f32,
    /// What the tree would answer here, for explaining.
    pub(super) value: f32,
}

/// One tree, its leaves after its questions. Every child of a question stands behind it, so that a walk ends.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// The answer at each node; what is given is that of a leaf.
    values: Vec<f32>,
    depth: usize,
}

impl Tree {
    /// A tree whose children all exist and whose features are below `features`; None otherwise.
    pub(super) fn new(questions: &[Question], leaves: &[f32], features: usize) -> Option<Tree> {
        let count = questions.len();
        let child = |parent: usize, child: i16| {
            let node = match usize::try_from(child) {
                Ok(node) => Some(node).filter(|&node| node > parent && node < count),
                Err(_) => usize::try_from(-1 - i32::from(child)).ok().filter(|&leaf| leaf < leaves.len()).map(|leaf| count + leaf),
            };
            node.and_then(|node| u8::try_from(node).ok())
        };
        let mut nodes = Vec::with_capacity(count + leaves.len());
        for (at, question) in questions.iter().enumerate() {
            let feature = u8::try_from(question.feature).ok().filter(|&feature| usize::from(feature) < features)?;
            nodes.push(Node { threshold: question.threshold, feature, left: child(at, question.left)?, right: child(at, question.right)? });
        }
        for at in count..count + leaves.len() {
            let own = u8::try_from(at).ok()?;
            nodes.push(Node { threshold: 0.0, feature: 0, left: own, right: own });
        }
        let values = questions.iter().map(|q| q.value).chain(leaves.iter().copied()).collect();
        let depth = depth(&nodes[..count]);
        (!nodes.is_empty()).then_some(Tree { nodes, values, depth })
    }

    /// Adds the tree's answer for each of `rows` to `sums`.
    fn add(&self, rows: &[Row], sums: &mut [f32]) {
        let (rows, last_rows) = rows.as_chunks::<ABREAST>();
        let (sums, last_sums) = sums.as_chunks_mut::<ABREAST>();
        for (rows, sums) in rows.iter().zip(sums) {
            let mut at = [0u8; ABREAST];
            for _ in 0..self.depth {
                for (at, row) in at.iter_mut().zip(rows) {
                    *at = self.next(*at, row);
                }
            }
            for (sum, at) in sums.iter_mut().zip(at) {
                *sum += self.values[usize::from(at)];
            }
        }
        for (row, sum) in last_rows.iter().zip(last_sums) {
            let leaf = (0..self.depth).fold(0, |at, _| self.next(at, row));
            *sum += self.values[usize::from(leaf)];
        }
    }

    fn next(&self, at: u8, row: &Row) -> u8 {
        let node = &self.nodes[usize::from(at)];
        if row[usize::from(node.feature)] <= node.threshold { node.left } else { node.right }
    }

    /// Adds to each feature what the answer changed by where the tree asked it (Saabas 2014).
    pub(super) fn explain(&self, row: &Row, weights: &mut Row) {
        let mut at = 0;
        for _ in 0..self.depth {
            let next = self.next(at, row);
            weights[usize::from(self.nodes[usize::from(at)].feature)] += self.values[usize::from(next)] - self.values[usize::from(at)];
            at = next;
        }
    }
}

/// Adds up the answers of `trees` for each of `rows`.
pub(super) fn sum(trees: &[Tree], rows: &[Row], sums: &mut Vec<f32>) {
    sums.clear();
    sums.resize(rows.len(), 0.0);
    trees.iter().for_each(|tree| tree.add(rows, sums));
}

/// Questions on the longest way down.
fn depth(questions: &[Node]) -> usize {
    let mut below = vec![0; questions.len()];
    for (at, node) in questions.iter().enumerate().rev() {
        let under = |child: u8| below.get(usize::from(child)).copied().unwrap_or(0);
        below[at] = 1 + under(node.left).max(under(node.right));
    }
    below.first().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Up to 1 in feature 0 gives 10; above, up to 5 in feature 1 gives 20 and more 30.
    fn tree() -> Tree {
        let question = |feature, left, right, threshold, value| Question { feature, left, right, threshold, value };
        Tree::new(&[question(0, -1, 1, 1.0, 18.0), question(1, -2, -3, 5.0, 25.0)], &[10.0, 20.0, 30.0], 2).unwrap()
    }

    fn row(first: f32, second: f32) -> Row {
        std::array::from_fn(|at| if at == 0 { first } else { second })
    }

    #[test]
    fn rows_abreast_and_the_rest_end_in_their_leaves() {
        let rows: Vec<Row> = (0..11).map(|i| row(if i % 3 == 0 { 1.0 } else { 2.0 }, if i % 3 == 1 { 5.0 } else { 6.0 })).collect();
        let mut sums = Vec::new();
        sum(&[tree(), tree()], &rows, &mut sums);
        let expected: Vec<f32> = (0..11).map(|i| [20.0, 40.0, 60.0][i % 3]).collect();
        assert_eq!(sums, expected);
    }

    #[test]
    fn what_each_feature_changed_adds_up_to_the_answer() {
        let mut weights = row(0.0, 0.0);
        tree().explain(&row(3.0, 6.0), &mut weights);
        assert_eq!(weights[..2], [7.0, 5.0]);
    }

    #[test]
    fn a_tree_that_leads_nowhere_is_refused() {
        let question = Question { feature: 0, left: 0, right: -1, threshold: 0.0, value: 0.0 };
        assert!(Tree::new(&[question], &[1.0], 2).is_none());
        assert!(Tree::new(&[Question { left: -2, ..question }], &[1.0], 2).is_none());
        assert!(Tree::new(&[Question { left: -1, feature: 2, ..question }], &[1.0], 2).is_none());
    }
}
