//! Copies found in small steps over tables by key, as many machines would, are those that are found on one.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use dechaff::copies::{
    Choice, HeldShingle, Kept, Longest, Place, Story, Tables, Weights, candidates, choose,
    is_likely, members, proposed,
};
use dechaff::{CompareThresholds, Deduplicator, Fingerprint, Member, NormalizedText};

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

    fn letters(&self, (Reverse(letters), ..): Key) -> u32 {
        letters
    }

    fn held(&self, text: Key) -> Cow<'_, [HeldShingle]> {
        self.held[&text].as_slice().into()
    }
}

impl Longest for Rows {
    fn longest(&self, text: Key, shingle: usize) -> Cow<'_, [Key]> {
        self.longest[&self.held[&text][shingle].name].as_slice().into()
    }
}

fn letters(text: &str) -> NormalizedText {
    let mut letters = NormalizedText::default();
    letters.read_with_quotes(text);
    letters
}

/// What becomes of texts.
#[derive(Debug, Default, PartialEq)]
struct Fates {
    /// The stories of the clusters, by their anchors.
    stories: Vec<Chosen>,
    /// For each text that stands apart what it is most like.
    related: Vec<(usize, usize)>,
}

/// A story: its canonical text, those that are folded into it, and those that stand apart, equal ones together.
#[derive(Debug, PartialEq)]
struct Chosen(usize, Vec<usize>, Vec<Vec<usize>>);

/// Chooses among the members of a cluster, the anchor first.
fn chosen(
    members: &[Member],
    thresholds: &CompareThresholds,
    loss: impl FnMut(usize, usize) -> f32,
) -> Chosen {
    let first_of = |members: &[Member]| {
        // Every second text is dated, the later the earlier.
        let date =
            |text: usize| text.is_multiple_of(2).then(|| format!("{:04}-01-01", 3000 - text));
        let facts: Vec<_> =
            members.iter().map(|m| (m, date(m.text), format!("{:04}", m.text))).collect();
        let choices: Vec<Choice> = facts
            .iter()
            .map(|(member, date, id)| Choice {
                completeness: member.completeness,
                date: date.as_deref(),
                source: None,
                id,
            })
            .collect();
        choose(&choices, &[], thresholds.complete)
    };
    let story = Story::of(members, thresholds.loss, first_of, loss).unwrap();
    let numbers = |members: &[Member]| members.iter().map(|m| m.text).collect::<Vec<_>>();
    let apart = story.apart.iter().map(|equal| numbers(equal)).collect();
    Chosen(story.canonical.text, numbers(&story.copies), apart)
}

/// What becomes of texts, step by step.
fn found_in_steps(texts: &[String], thresholds: &CompareThresholds) -> Fates {
    // A row for each text; of equal ones the first stands for all.
    let key = |(number, text): (usize, &String)| {
        let fingerprint = Fingerprint::new(&letters(text));
        (Reverse(fingerprint.letters()), fingerprint.exact(), number)
    };
    let all: BTreeSet<Key> = texts.iter().enumerate().map(key).collect();
    let mut first_of: BTreeMap<usize, Key> = BTreeMap::new();
    let mut equal: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for key in all {
        let first = match equal.last_key_value() {
            Some((&last, _)) if last.1 == key.1 => last,
            _ => key,
        };
        equal.entry(first).or_default().push(key.2);
        first_of.insert(key.2, first);
    }
    // One for each shingle of these.
    let mut by_name: BTreeMap<u64, BTreeSet<Key>> = BTreeMap::new();
    let mut rows = Rows::default();
    for &key in equal.keys() {
        let fingerprint = Fingerprint::new(&letters(&texts[key.2]));
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
            let weights = Weights::of(&rows.held[&text]);
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
    let [best, mut apart] = best;
    apart.retain(|text, _| !members.contains(text));
    // Clusters: equal texts go where the first of them goes.
    let mut clusters: BTreeMap<usize, Vec<Member>> = BTreeMap::new();
    for (first, numbers) in &equal {
        let member = match best.get(first) {
            Some(Place { anchor, found }) => {
                Member::placed(first.2, [anchor.0.0, first.0.0], found, thresholds)
            }
            None => Member::exact(first.2),
        };
        let of = clusters.entry(best.get(first).map_or(first.2, |place| place.anchor.2));
        of.or_default().extend(numbers.iter().map(|&text| Member { text, ..member }));
    }
    clusters.retain(|_, members| members.len() > 1);
    let mut kept = Kept::default();
    let stories = clusters.into_iter().map(|(anchor, mut members)| {
        members.sort_by_key(|m| (m.text != anchor, m.text));
        chosen(&members, thresholds, |text, canonical| {
            kept.set(&letters(&texts[canonical]));
            let weights = Weights::of(&rows.held[&first_of[&text]]);
            kept.loss(&letters(&texts[text]), &weights, thresholds)
        })
    });
    let mut related: Vec<_> =
        apart.into_iter().map(|(text, place)| (text.2, place.anchor.2)).collect();
    related.sort_unstable();
    Fates { stories: stories.collect(), related }
}

/// The same, all at once.
fn found_at_once(texts: &[String], thresholds: &CompareThresholds) -> Fates {
    let mut all = Deduplicator::with_thresholds(*thresholds);
    texts.iter().for_each(|text| all.push(&Fingerprint::new(&letters(text))).unwrap());
    let found = all.compare(|number| texts[number].as_str().into()).unwrap();
    let mut losses = found.losses();
    let stories = found.clusters.iter().map(|cluster| {
        let members: Vec<Member> = [Member::exact(cluster.anchor)]
            .into_iter()
            .chain(cluster.members.iter().copied())
            .collect();
        let text = |number: usize| texts[number].as_str().into();
        chosen(&members, thresholds, |number, kept| losses.of(number, kept, text))
    });
    let stories = stories.collect();
    Fates { stories, related: found.related.iter().map(|r| (r.text, r.to)).collect() }
}

/// Stories of several sentences with what happens to stories: printed again, in other letters too, cut short, put between others, written anew in part, filled into one form.
pub(crate) fn stories() -> Vec<String> {
    let of =
        |from: u64, count: u64| (from..from + count).map(sentence).collect::<Vec<_>>().join(" ");
    let mut texts = Vec::new();
    for story in 0..60 {
        let (from, count) = (40 * story, 6 + story % 9);
        texts.push(of(from, count));
        texts.push(of(from, count - 1));
        if story % 4 == 0 {
            texts.push(of(from, count).to_uppercase());
            texts.push(of(from, count - 1));
        }
        texts.push(of(9000 + story, 1) + &of(from, count));
        texts.push(of(from, count).replace('e', "c"));
        texts.push(of(from, count / 2) + &of(from + 20, count));
        texts.push(of(8000, 5) + &of(from + 30, 1 + story % 3));
    }
    // The end of a story stands in no copy that was cut.
    for from in (20_000..20_300).step_by(25) {
        texts.extend([of(from, 24), of(from, 23), of(from + 21, 3)]);
    }
    texts
}

#[test]
fn what_is_found_in_steps_by_key_is_what_is_found_at_once() {
    let (texts, thresholds) = (stories(), CompareThresholds::default());
    let found = found_at_once(&texts, &thresholds);
    let count = |of: &dyn Fn(&Chosen) -> usize| found.stories.iter().map(of).sum::<usize>();
    let folded = count(&|Chosen(_, copies, _)| copies.len());
    let apart = count(&|Chosen(_, _, apart)| apart.len());
    assert!(
        folded > 100 && apart > 5 && found.related.len() > 20,
        "{folded} {apart} {}",
        found.related.len()
    );
    assert_eq!(found_in_steps(&texts, &thresholds), found);
}
