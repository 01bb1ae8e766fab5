//! Which texts are anchors: the first of all that no anchor before them reaches. These are the lexicographically first maximal independent
//! set of a graph, found in rounds that look at all texts at once (Blelloch, Fineman and Shun 2012).

use rayon::prelude::*;

/// Rounds before what is left is decided in order: a chain of texts each shorter than the one before needs as many as it has links.
const ROUNDS: usize = 8;

/// What is known of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Anchor,
    Member,
}

/// The texts that some text reaches and that are no anchors, ascending. An edge leads from a text to a later one that it would stand for; a text
/// is an anchor unless an anchor reaches it. How the edges are ordered, and how many threads there are, does not show.
///
/// ```
/// // 1 reaches 2, and 2 reaches 3: so 2 belongs to 1, and 3 is an anchor.
/// assert_eq!(dechaff::copies::members(&[(2, 3), (1, 2)]), [2]);
/// ```
#[must_use]
pub fn members<K: Copy + Ord + Send + Sync>(edges: &[(K, K)]) -> Vec<K> {
    let mut texts: Vec<K> = edges.iter().flat_map(|&(anchor, text)| [anchor, text]).collect();
    texts.par_sort_unstable();
    texts.dedup();
    // A text that is there is found.
    let place = |text: &K| texts.partition_point(|other| other < text);
    let mut reached: Vec<(usize, usize)> =
        edges.par_iter().map(|(anchor, text)| (place(text), place(anchor))).collect();
    reached.par_sort_unstable();
    let mut states = vec![State::Anchor; texts.len()];
    let mut open: Vec<&[(usize, usize)]> = reached.chunk_by(|a, b| a.0 == b.0).collect();
    open.iter().for_each(|by| states[by[0].0] = State::Open);
    for _ in 0..ROUNDS {
        let decided: Vec<State> = open.par_iter().map(|by| state(by, &states)).collect();
        let texts: Vec<usize> = open.iter().map(|by| by[0].0).collect();
        texts.into_iter().zip(decided).for_each(|(text, state)| states[text] = state);
        open.retain(|by| states[by[0].0] == State::Open);
    }
    for by in open {
        states[by[0].0] = state(by, &states);
    }
    texts.into_iter().zip(states).filter(|(_, s)| *s == State::Member).map(|(t, _)| t).collect()
}

/// What a text is by those that reach it, as far as that is known.
fn state(reached: &[(usize, usize)], states: &[State]) -> State {
    let mut by = reached.iter().map(|&(_, anchor)| states[anchor]);
    if by.clone().any(|state| state == State::Anchor) {
        State::Member
    } else if by.any(|state| state == State::Open) {
        State::Open
    } else {
        State::Anchor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by its definition, one text after the other.
    fn in_order(texts: u32, edges: &[(u32, u32)]) -> Vec<u32> {
        let mut members: Vec<u32> = Vec::new();
        for text in 0..texts {
            let is_member = |&(anchor, to): &(u32, u32)| to == text && !members.contains(&anchor);
            if edges.iter().any(is_member) {
                members.push(text);
            }
        }
        members
    }

    #[test]
    fn every_second_text_of_a_chain_is_an_anchor_however_long_it_is() {
        for length in [2, 3, 9, 10, 1000] {
            let chain: Vec<(u32, u32)> = (1..length).map(|text| (text - 1, text)).collect();
            let odd: Vec<u32> = (0..length).filter(|text| text % 2 == 1).collect();
            assert_eq!(members(&chain), odd, "{length}");
        }
    }

    #[test]
    fn what_is_found_in_rounds_is_what_is_found_in_order() {
        let mut state = 7u64;
        let mut below = |most: u32| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u32 % most
        };
        for texts in [5, 40, 300] {
            for edges in [texts / 2, texts, 4 * texts] {
                let edge = |_| {
                    let text = 1 + below(texts - 1);
                    (below(text), text)
                };
                let edges: Vec<(u32, u32)> = (0..edges).map(edge).collect();
                assert_eq!(members(&edges), in_order(texts, &edges));
            }
        }
    }
}
