//! How often each line of a page is printed on it.

use rustc_hash::FxHashMap;

use crate::page::Page;

/// Characters of the longest line whose prints are counted.
const LONGEST: u32 = 300;

/// How often each line of a page is printed on it, by its folded text.
#[derive(Debug)]
pub(crate) struct Prints<'p> {
    page: &'p Page<'p>,
    counts: FxHashMap<&'p str, u32>,
    /// For each block how many before it are the same.
    before: Vec<u32>,
}

impl<'p> Prints<'p> {
    /// Counts the lines of `page`.
    #[must_use]
    pub(crate) fn of(page: &'p Page<'p>) -> Self {
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        let mut before = Vec::with_capacity(page.blocks.len());
        for (index, block) in page.blocks.iter().enumerate() {
            if block.shape.chars > LONGEST {
                before.push(0);
                continue;
            }
            let count = counts.entry(page.folded(index)).or_default();
            before.push(*count);
            *count += 1;
        }
        Self { page, counts, before }
    }

    /// The page.
    pub(super) fn page(&self) -> &'p Page<'p> {
        self.page
    }

    /// How many blocks before and after block `index` have this folded text, which may be its own.
    pub(super) fn beside(&self, index: usize, folded: &str) -> (u32, u32) {
        let all = self.counts.get(folded).copied().unwrap_or(0);
        let is_own = folded.len() == self.page.folded(index).len();
        let before = if is_own { self.before[index] } else { 0 };
        (before, all.saturating_sub(before + u32::from(is_own)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prints_of_a_line_above_and_below_are_counted() {
        let page = Page::new("Port\n\nFerry\n\nPORT\n\nport");
        let prints = Prints::of(&page);
        assert_eq!(prints.beside(2, "port"), (1, 1));
        assert_eq!(prints.beside(1, "ferry"), (0, 0));
        assert_eq!(prints.beside(0, "port ferry"), (0, 0));
    }
}
