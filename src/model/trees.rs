//! Gradient-boosted trees: a sum of leaves, one of each tree.

/// A question to one feature: at most the threshold goes left, more goes right. A child below zero is leaf `-1 - child`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) feature: u16,
    pub(super) left: i16,
    pub(super) right: i16,
    pub(super) threshold: f32,
    /// What the tree would answer here, for explaining.
    pub(super) value: f32,
}

/// One tree. Every child stands behind its parent, so that a walk ends.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    leaves: Vec<f32>,
}

impl Tree {
    /// A tree whose children all exist; None otherwise.
    pub(super) fn new(nodes: Vec<Node>, leaves: Vec<f32>) -> Option<Tree> {
        let exists = |parent: usize, child: i16| match usize::try_from(child) {
            Ok(node) => node > parent && node < nodes.len(),
            Err(_) => leaf(child) < leaves.len(),
        };
        let sound = !nodes.is_empty() && nodes.iter().enumerate().all(|(at, n)| exists(at, n.left) && exists(at, n.right));
        sound.then_some(Tree { nodes, leaves })
    }

    /// The largest feature index that is asked for.
    pub(super) fn last_feature(&self) -> usize {
        self.nodes.iter().map(|n| usize::from(n.feature)).max().unwrap_or(0)
    }

    pub(super) fn value(&self, row: &[f32]) -> f32 {
        let mut at = 0;
        loop {
            let node = &self.nodes[at];
            let child = if row[usize::from(node.feature)] <= node.threshold { node.left } else { node.right };
            match usize::try_from(child) {
                Ok(next) => at = next,
                Err(_) => return self.leaves[leaf(child)],
            }
        }
    }

    /// Adds to each feature what the answer changed by where the tree asked it (Saabas 2014).
    pub(super) fn explain(&self, row: &[f32], weights: &mut [f32]) {
        let mut at = 0;
        loop {
            let node = &self.nodes[at];
            let feature = usize::from(node.feature);
            let child = if row[feature] <= node.threshold { node.left } else { node.right };
            match usize::try_from(child) {
                Ok(next) => {
                    weights[feature] += self.nodes[next].value - node.value;
                    at = next;
                }
                Err(_) => {
                    weights[feature] += self.leaves[leaf(child)] - node.value;
                    return;
                }
            }
        }
    }
}

fn leaf(child: i16) -> usize {
    usize::try_from(-1 - i32::from(child)).unwrap_or(usize::MAX)
}
