//! Texts with the same letters, of which one stands for all.

/// Texts with the same letters: those of one rank after those of the other, each with the lowest number first.
#[derive(Debug)]
pub(crate) struct Same {
    order: Vec<u32>,
    /// Where in `order` each rank begins; at last the end.
    begins: Vec<u32>,
}

impl Same {
    /// From all texts in their order, and which of them are the same.
    pub(crate) fn new(order: Vec<u32>, is_same: impl Fn(usize, usize) -> bool) -> Self {
        let is_first = |at: usize| at == 0 || !is_same(order[at - 1] as usize, order[at] as usize);
        let begins = (0..order.len())
            .filter(|&at| is_first(at))
            .chain([order.len()])
            .map(|at| at as u32)
            .collect();
        Self { order, begins }
    }

    /// The texts of a rank.
    pub(super) fn copies(&self, rank: usize) -> &[u32] {
        &self.order[self.begins[rank] as usize..self.begins[rank + 1] as usize]
    }

    /// The rank of each text.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.order.len()];
        for rank in 0..self.len() {
            self.copies(rank).iter().for_each(|&text| ranks[text as usize] = rank as u32);
        }
        ranks
    }

    /// How many ranks there are.
    pub(super) fn len(&self) -> usize {
        self.begins.len() - 1
    }

    /// The first text of each rank.
    pub(super) fn firsts(&self) -> impl Iterator<Item = u32> + Clone {
        self.begins[..self.begins.len() - 1].iter().map(|&begin| self.order[begin as usize])
    }
}
