//! Which records stand in the page with their texts.

use std::collections::BTreeSet;

use crate::report::limits::{LONGEST, TEXTS};
use crate::report::rows::Rows;
use crate::report::stories::Stories;

/// The records whose texts have room in the page, by their place in the list: all of them, or else a sample that depends on the records alone.
/// With a record go those that hold copies of what it holds, so that stories can be compared.
pub(super) fn with_text(rows: &Rows, stories: &Stories) -> BTreeSet<usize> {
    let mut by_key: Vec<usize> = (0..rows.listed.len()).collect();
    by_key.sort_by_key(|&at| (rows.listed[at].key, at));
    let (mut chosen, mut room) = (BTreeSet::new(), TEXTS);
    for at in by_key {
        let beside = stories.beside.get(&at).into_iter().flatten().copied();
        for at in std::iter::once(at).chain(beside) {
            let bytes = rows.listed[at].bytes.min(LONGEST);
            if bytes <= room && chosen.insert(at) {
                room -= bytes;
            }
        }
    }
    chosen
}
