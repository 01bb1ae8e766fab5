//! Copies found in small steps over tables by key, as many machines would, are those that are found on one.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use dechaff::copies::{
    HeldShingle, Kept, Place, Tables, Weights, candidates, is_likely, members, proposed,
};
use dechaff::{CompareThresholds, Deduplicator, Fingerprint, NormalizedText};

use crate::support::sentence;

/// Letters, hash, and then what tells a text from all others: here its place in the list, elsewhere dump, record and article.
type Key = (Reverse<u32>, u128, usize);

/// Rows by key, as joins would bring them together.
#[derive(Default)]
struct Rows {
    held: BTreeMap<Key, Vec<HeldShingle>>,
    longest: BTreeMap<u64, Vec<Key>>,
}

impl Tables for Rows {
    type Text = Key;
    type Shingle = HeldShingle;

    fn letters(&self, (Reverse(letters), ..): Key) -> u32 {
        letters
    }

    fn held(&self, text: Key) -> Cow<'_, [HeldShingle]> {
        self.held[&text].as_slice().into()
    }

    fn texts(&self, shingle: HeldShingle) -> usize {
        shingle.texts
    }

    fn longest(&self, shingle: HeldShingle) -> Cow<'_, [Key]> {
        self.longest[&shingle.name].as_slice().into()
    }
}

fn letters(text: &str) -> NormalizedText {
    let mut letters = NormalizedText::default();
    letters.read_with_quotes(text);
    letters
}

/// What becomes of different texts: for each member of a cluster the anchor, and for each that stands apart what it is most like.
fn found_in_steps(texts: &[String], thresholds: &CompareThresholds) -> [Vec<(usize, usize)>; 2] {
    // A row for each text, and one for each of its shingles.
    let mut by_name: BTreeMap<u64, BTreeSet<Key>> = BTreeMap::new();
    let mut rows = Rows::default();
    for (number, text) in texts.iter().enumerate() {
        let fingerprint = Fingerprint::new(&letters(text));
        let key = (Reverse(fingerprint.letters()), fingerprint.exact(), number);
        rows.held.insert(key, Vec::new());
        for &name in fingerprint.sample() {
            by_name.entry(name).or_default().insert(key);
        }
    }
    // Back to the texts: how many hold each shingle.
    for (name, holders) in by_name.into_iter().filter(|(_, holders)| holders.len() > 1) {
        for holder in &holders {
            let shingle = HeldShingle { name, texts: holders.len() };
            rows.held.get_mut(holder).unwrap().push(shingle);
        }
        rows.longest.insert(name, holders.into_iter().take(4).collect());
    }
    rows.held.values_mut().for_each(|held| held.sort());
    // Pairs.
    let mut proposed_to: BTreeMap<Key, Vec<Key>> = BTreeMap::new();
    for &text in rows.held.keys() {
        for anchor in proposed(&rows, text, thresholds) {
            if is_likely(&rows, anchor, text, thresholds) {
                proposed_to.entry(anchor).or_default().push(text);
            }
        }
    }
    let to = |key: Key| proposed_to.get(&key).map_or(&[][..], Vec::as_slice);
    let mut alike = Vec::new();
    for &anchor in proposed_to.keys() {
        let mut kept = Kept::default();
        kept.set(&letters(&texts[anchor.2]));
        for text in candidates(&rows, anchor, to, thresholds) {
            let weights = Weights::of(&rows.held[&text], thresholds);
            let found = kept.compare(&letters(&texts[text.2]), &weights, thresholds);
            alike.extend(found.map(|found| (text, Place { anchor, found })));
        }
    }
    // Edges, anchors and places.
    let is_edge = |place: &Place<Key>| place.found.loss <= thresholds.loss;
    let edges: Vec<(Key, Key)> = alike
        .iter()
        .filter(|(_, place)| is_edge(place))
        .map(|(text, place)| (place.anchor, *text))
        .collect();
    let members: BTreeSet<Key> = members(&edges).into_iter().collect();
    let mut best: [BTreeMap<Key, Place<Key>>; 2] = Default::default();
    for (text, place) in alike.into_iter().filter(|(_, place)| !members.contains(&place.anchor)) {
        let best = &mut best[usize::from(!is_edge(&place))];
        if best.get(&text).is_none_or(|other| place.is_better(other)) {
            best.insert(text, place);
        }
    }
    best[1].retain(|text, _| !members.contains(text));
    best.map(|best| {
        let mut places: Vec<_> =
            best.into_iter().map(|(text, place)| (text.2, place.anchor.2)).collect();
        places.sort_unstable();
        places
    })
}

/// The same, all at once.
fn found_at_once(texts: &[String], thresholds: CompareThresholds) -> [Vec<(usize, usize)>; 2] {
    let mut all = Deduplicator::with_thresholds(thresholds);
    texts.iter().for_each(|text| all.push(&Fingerprint::new(&letters(text))).unwrap());
    let found = all.compare(|number| texts[number].as_str().into());
    let clusters = found.clusters.iter();
    let mut members: Vec<_> = clusters
        .flat_map(|cluster| cluster.members.iter().map(|m| (m.text, cluster.anchor)))
        .collect();
    members.sort_unstable();
    [members, found.related.iter().map(|related| (related.text, related.to)).collect()]
}

/// Stories of several sentences with what happens to stories: cut short, put between others, written anew in part, filled into one form.
fn stories() -> Vec<String> {
    let of =
        |from: u64, count: u64| (from..from + count).map(sentence).collect::<Vec<_>>().join(" ");
    let mut texts = Vec::new();
    for story in 0..60 {
        let (from, count) = (40 * story, 6 + story % 9);
        texts.push(of(from, count));
        texts.push(of(from, count - 1));
        texts.push(of(9000 + story, 1) + &of(from, count));
        texts.push(of(from, count).replace('e', "c"));
        texts.push(of(from, count / 2) + &of(from + 20, count));
        texts.push(of(8000, 5) + &of(from + 30, 1 + story % 3));
    }
    texts
}

#[test]
fn what_is_found_in_steps_by_key_is_what_is_found_at_once() {
    let texts = stories();
    let thresholds = CompareThresholds::default();
    let [members, related] = found_at_once(&texts, thresholds);
    assert!(members.len() > 100 && related.len() > 20, "{} {}", members.len(), related.len());
    assert_eq!(found_in_steps(&texts, &thresholds), [members, related]);
}
