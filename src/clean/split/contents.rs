//! The lines that a list of contents names.

use rustc_hash::FxHashMap;

use crate::clean::split::lines::Lines;

impl Lines<'_> {
    /// The lines that a list of contents names, rising.
    pub(super) fn named(&self) -> &[usize] {
        self.named.get_or_init(|| named_by_contents(self))
    }
}

/// Lines and paragraphs that begin as the entries of a list of contents above them: lines that stand together with no text between them.
fn named_by_contents(lines: &Lines) -> Vec<usize> {
    let (mut by_whole, mut by_head) = (FxHashMap::default(), FxHashMap::default());
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut is_paired = vec![false; lines.len()];
    for (index, begin) in lines.begins.iter().enumerate() {
        if begin.words < 2 || lines.page.blocks[index].is_prose() && !begin.is_full() {
            continue;
        }
        // Of entries that begin alike each names the line that says the same, or else one below a text.
        let below_text = |&entry: &usize| lines.words.within(entry..index + 1) > 0;
        let entry = by_whole.get(&begin.whole).copied();
        match entry.or_else(|| by_head.get(&begin.head).copied().filter(below_text)) {
            Some(entry) if !is_paired[entry] => {
                is_paired[entry] = true;
                pairs.push((entry, index));
            }
            Some(_) => {}
            None if lines.may_be_entry(index) => {
                by_whole.insert(begin.whole, index);
                by_head.entry(begin.head).or_insert(index);
            }
            None => {}
        }
    }
    pairs.sort_unstable();
    let together = |a: &(usize, usize), b: &(usize, usize)| {
        b.0 == a.0 + 1 || lines.words.within(a.0..b.0) == 0
    };
    let best = pairs
        .chunk_by(together)
        .filter(|list| list.len() >= 2 && list[0].1 > list[list.len() - 1].0)
        .max_by_key(|list| list.len());
    let mut named: Vec<usize> = best.unwrap_or_default().iter().map(|&(_, named)| named).collect();
    named.sort_unstable();
    let ends: Vec<usize> = named.iter().skip(1).copied().chain([lines.len()]).collect();
    let with_text = named.iter().zip(ends).filter(|&(&at, end)| lines.words.within(at..end) > 0);
    // What stands twice in a song is no contents.
    if with_text.count() < 2 { Vec::new() } else { named }
}
