//! Which records stand in the page with their texts.

use std::collections::BTreeSet;

use crate::report::limits::TEXTS;
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
            let weight = rows.listed[at].weight;
            if weight <= room && chosen.insert(at) {
                room -= weight;
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finished::{LedgerLine, LedgerSpan};
    use crate::report::limits::LONGEST;
    use dechaff::Kind;

    #[test]
    fn what_has_no_room_is_left_out_and_copies_go_with_what_they_were_folded_into() {
        let bytes = TEXTS / 50;
        let body = LedgerSpan {
            start: 0,
            end: bytes,
            kind: Kind::Body,
            article: Some(1),
            rule: None,
            kept: None,
        };
        let line = |number: usize| LedgerLine {
            dump: format!("{number}.txt"),
            record: None,
            digest: String::new(),
            bytes,
            format: "text".into(),
            spans: vec![body.clone()],
        };
        let rows = Rows::read((0..200).map(|number| Ok(line(number)))).unwrap();
        let alone = with_text(&rows, &Stories::default());
        assert!((40..=TEXTS / LONGEST).contains(&alone.len()), "{}", alone.len());
        let first = (0..200).min_by_key(|&at| rows.listed[at].key).unwrap();
        let copy = (0..200).find(|at| !alone.contains(at)).unwrap();
        let mut stories = Stories::default();
        stories.beside.insert(first, vec![copy]);
        assert!(with_text(&rows, &stories).contains(&copy));
    }
}
