//! Fingerprints of many texts in, clusters of copies out.

use std::borrow::Cow;
use std::cmp::Reverse;

use rayon::prelude::*;

use crate::compare::cluster::{Proposals, fates};
use crate::compare::fingerprint::Fingerprint;
use crate::compare::gather::{Cluster, Related, gather, related};
use crate::compare::grow::grow;
use crate::compare::held::HeldLists;
use crate::compare::loss::Kept;
use crate::compare::rows::Rows;
use crate::compare::same::Same;
use crate::compare::samples::Samples;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;
use crate::error::{Error, Result};
use crate::spill::Room;
use crate::text::letters::NormalizedText;

/// Fingerprints of texts, in memory; docs/near-duplicates.md says how many bytes a text takes. A text may be an article or a paragraph.
///
/// ```
/// use dechaff::{Fingerprint, Deduplicator, NormalizedText, Relation};
///
/// let texts = ["The old quay was opened again on Monday, two weeks after the storm.", "THE OLD QUAY was opened again on Monday – two weeks after the storm"];
/// let (mut texts_seen, mut letters) = (Deduplicator::default(), NormalizedText::default());
/// for text in texts {
///     letters.read(text);
///     texts_seen.push(&Fingerprint::new(&letters))?;
/// }
/// let clusters = texts_seen.compare(|number| texts[number].into())?.clusters;
/// assert_eq!(clusters[0].members[0].relation, Relation::Exact);
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug)]
pub struct Deduplicator {
    thresholds: Thresholds,
    room: Room,
    exact: Vec<u128>,
    letters: Vec<u32>,
    samples: Samples,
}

impl Default for Deduplicator {
    fn default() -> Self {
        Self::with_thresholds(Thresholds::default())
    }
}

/// Bytes that stay in memory for each text, whatever is spilled.
const KEPT: usize = 48;

impl Deduplicator {
    /// No texts yet; they will be compared by these thresholds.
    #[must_use]
    pub fn with_thresholds(thresholds: Thresholds) -> Self {
        Self::within(thresholds, Room::default())
    }

    /// The same, with so much room in memory: the lists that do not fit go to files.
    pub(crate) fn within(thresholds: Thresholds, room: Room) -> Self {
        let samples = Samples::new(&room);
        Self { thresholds, room, exact: Vec::new(), letters: Vec::new(), samples }
    }

    /// Adds the next text; they are numbered from 0.
    ///
    /// # Errors
    /// [`Error::TooManyTexts`] when there are 2^32 - 1 texts already, [`Error::Io`] when a list that does not fit into memory cannot be written.
    pub fn push(&mut self, fingerprint: &Fingerprint) -> Result<()> {
        let number = self.exact.len() as u32;
        if number == u32::MAX {
            return Err(Error::TooManyTexts);
        }
        self.room.owe(KEPT);
        grow(&mut self.exact, 1);
        self.exact.push(fingerprint.exact);
        grow(&mut self.letters, 1);
        self.letters.push(fingerprint.letters);
        self.samples.push(number, &fingerprint.sample)
    }

    /// Compares all texts. `text` gives each text once more.
    ///
    /// In what order the texts were pushed shows in their numbers alone, the number of threads nowhere. Of several texts with the
    /// same letters the one with the lowest number stands for all.
    ///
    /// # Errors
    /// [`Error::Io`] when a list that does not fit into memory cannot be written or read again.
    pub fn compare<'t>(self, text: impl Fn(usize) -> Cow<'t, str> + Sync) -> Result<Found> {
        let Self { thresholds, room, exact, letters, samples } = self;
        let mut order: Vec<u32> = (0..exact.len() as u32).collect();
        order.par_sort_unstable_by_key(|&n| (Reverse(letters[n as usize]), exact[n as usize], n));
        let same = Same::new(order, |a, b| exact[a] == exact[b]);
        let lengths: Vec<u32> = same.firsts().map(|first| letters[first as usize]).collect();
        drop((exact, letters));
        let ranks = same.ranks();
        let rows = Rows::join(samples, &ranks, lengths.len(), &room)?;
        let (proposals, tables) = Proposals::of(rows, lengths, &thresholds, &room)?;
        let text = |rank: u32| text(same.copies(rank as usize)[0] as usize);
        let fates = fates(&tables, &proposals, &thresholds, &room, &text)?;
        tables.check()?;
        Ok(Found {
            clusters: gather(&same, &fates, tables.all_letters(), &thresholds),
            related: related(&same, &fates),
            tables,
            ranks,
            thresholds,
        })
    }
}

/// What the comparison of many texts has found.
#[derive(Debug)]
pub struct Found {
    /// The clusters of two texts and more, by the number of their anchor.
    pub clusters: Vec<Cluster>,
    /// Texts that are alike but not copies, by their numbers.
    pub related: Vec<Related>,
    tables: HeldLists,
    ranks: Vec<u32>,
    thresholds: Thresholds,
}

impl Found {
    /// How common shingles are among the texts.
    pub(crate) fn weights(&self) -> Weights {
        self.tables.all_weights()
    }

    /// Whether all that was spilled could be read again so far.
    pub(crate) fn check(&self) -> Result<()> {
        self.tables.check()
    }

    /// Compares further pairs of the texts.
    #[must_use]
    pub fn losses(&self) -> Losses<'_> {
        Losses { found: self, aligned: Aligned::default() }
    }
}

/// Tells of further pairs of texts what would be lost. It keeps its memory, and the text that was kept last.
#[derive(Debug)]
pub struct Losses<'f> {
    found: &'f Found,
    aligned: Aligned,
}

impl Losses<'_> {
    /// The share of text `number` that stands nowhere in the text `kept`, 0 to 1; what many of the texts share counts less. `text` gives
    /// the texts by their numbers.
    pub fn of<'t>(
        &mut self,
        number: usize,
        kept: usize,
        text: impl Fn(usize) -> Cow<'t, str>,
    ) -> f32 {
        let Found { tables, ranks, thresholds, .. } = self.found;
        self.aligned.loss(number, kept, text, &tables.weights(ranks[number]), thresholds)
    }
}

/// Numbered texts that are aligned with each other, and the one that was kept last.
#[derive(Debug, Default)]
pub(crate) struct Aligned {
    kept: Kept,
    letters: NormalizedText,
    last: Option<usize>,
}

impl Aligned {
    /// The share of text `number`, whose shingles weigh so much, that stands nowhere in the text `kept`, 0 to 1.
    pub(crate) fn loss<'t>(
        &mut self,
        number: usize,
        kept: usize,
        text: impl Fn(usize) -> Cow<'t, str>,
        weights: &Weights,
        thresholds: &Thresholds,
    ) -> f32 {
        if self.last.replace(kept) != Some(kept) {
            self.letters.read_with_quotes(&text(kept));
            self.kept.set(&self.letters);
        }
        self.letters.read_with_quotes(&text(number));
        self.kept.loss(&self.letters, weights, thresholds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Relation;
    use crate::compare::gather::Member;
    use crate::text::letters::NormalizedText;

    fn clusters(texts: &[String]) -> Vec<Cluster> {
        let (mut texts_seen, mut letters) = (Deduplicator::default(), NormalizedText::default());
        for text in texts {
            letters.read(text);
            texts_seen.push(&Fingerprint::new(&letters)).unwrap();
        }
        texts_seen.compare(|number| texts[number].as_str().into()).unwrap().clusters
    }

    /// A text that is like no other: words made of the digits of a number.
    fn made_up(seed: u64, words: u64) -> String {
        let word = |n: u64| {
            (seed * 1000 + n)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .to_string()
                .bytes()
                .take(9)
                .map(|b| (b + 49) as char)
                .collect::<String>()
        };
        (0..words).map(|n| word(n) + " ").collect()
    }

    fn numbers(cluster: &Cluster) -> (usize, Vec<usize>) {
        (cluster.anchor, cluster.members.iter().map(|m| m.text).collect())
    }

    #[test]
    fn a_text_within_another_is_contained_and_the_longer_one_is_the_anchor() {
        let [first, second] = [made_up(1, 30), made_up(2, 90)];
        let found = clusters(&[first.clone(), first + &second]);
        assert_eq!(numbers(&found[0]), (1, vec![0]));
        let Member { relation, similarity, completeness, .. } = found[0].members[0];
        assert_eq!((relation, similarity), (Relation::Contained, 1.0));
        assert!((0.2..0.3).contains(&completeness));
    }

    /// The second half of one text is the first of the next: neighbours are alike, the ends of the chain are not.
    #[test]
    fn there_are_no_chains() {
        let parts: Vec<String> = (0..8).map(|n| made_up(n, 40)).collect();
        let chain: Vec<String> = parts.windows(3).map(|parts| parts.concat()).collect();
        for cluster in clusters(&chain) {
            assert!(
                cluster.members.iter().all(|m| m.text.abs_diff(cluster.anchor) == 1),
                "{cluster:?}"
            );
        }
    }

    /// Of thirty words alone: each eight letters in a row stand in many of these texts.
    #[test]
    fn copies_are_found_among_texts_of_which_every_shingle_is_common() {
        let vocabulary: Vec<String> = (1..=30).map(|n| made_up(n, 1)[..6].into()).collect();
        let word = |text: u64, nth: u64| {
            let mixed = (text << 8 | nth).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            vocabulary[(mixed ^ mixed >> 29) as usize % vocabulary.len()].as_str()
        };
        let text = |n: u64| (0..40).map(|nth| word(n, nth)).collect::<String>();
        let changed = |n: u64| text(n).replacen(word(n, 13), word(n + 1, 50), 1);
        let mut texts: Vec<String> = (0..3000).map(text).collect();
        texts.extend((0..300).map(|n| changed(10 * n)));
        let found = clusters(&texts);
        let is_right = |cluster: &&Cluster| {
            let numbers = numbers(cluster);
            let [text, copy] = [numbers.0.min(numbers.1[0]), numbers.0.max(numbers.1[0])];
            numbers.1.len() == 1 && copy >= 3000 && text == 10 * (copy - 3000)
        };
        let right = found.iter().filter(is_right).count();
        assert!(right >= 290 && right == found.len(), "{right} of {}", found.len());
    }

    #[test]
    fn boilerplate_brings_nothing_together() {
        let boilerplate = made_up(1000, 60);
        let texts: Vec<String> = (0..200).map(|n| boilerplate.clone() + &made_up(n, 40)).collect();
        assert_eq!(clusters(&texts), []);
    }

    #[test]
    fn nor_does_it_in_a_set_of_two() {
        for (boilerplate, own) in [(60, 40), (150, 60), (400, 150)] {
            let with = |seed| made_up(1000, boilerplate) + &made_up(seed, own);
            let around = |seed| {
                made_up(1001, boilerplate / 2)
                    + &made_up(seed, own)
                    + &made_up(1000, boilerplate / 2)
            };
            assert_eq!(clusters(&[with(1), with(2)]), []);
            assert_eq!(clusters(&[around(1), around(2)]), []);
        }
    }

    #[test]
    fn exact_copies_go_where_one_of_them_goes() {
        let text = made_up(1, 60);
        let texts = [
            text.clone(),
            made_up(2, 50),
            text.clone(),
            text.clone() + &made_up(3, 10),
            text.to_uppercase(),
        ];
        assert_eq!(clusters(&texts).iter().map(numbers).collect::<Vec<_>>(), [(3, vec![0, 2, 4])]);
        assert_eq!(clusters(&[String::new(), " ".into()])[0].members[0].relation, Relation::Exact);
    }

    /// What a cluster is, whatever its texts are called.
    fn named(found: &[Cluster], order: &[usize]) -> Vec<(Vec<usize>, String)> {
        let mut clusters: Vec<_> = found
            .iter()
            .map(|cluster| {
                let mut all: Vec<_> = cluster
                    .members
                    .iter()
                    .map(|m| (order[m.text], format!("{:?} {}", m.relation, m.similarity)))
                    .collect();
                all.push((order[cluster.anchor], "anchor".into()));
                all.sort();
                let (texts, rest): (Vec<_>, Vec<_>) = all.into_iter().unzip();
                (texts, rest.join(", "))
            })
            .collect();
        clusters.sort();
        clusters
    }

    #[test]
    fn the_order_in_which_texts_are_pushed_changes_nothing() {
        let texts: Vec<String> = (0..60)
            .map(|n| {
                let story = made_up(n / 4, 40 + n / 4);
                match n % 4 {
                    0 => story,
                    1 => story[..story.len() - 30].into(),
                    2 => made_up(2000, 4) + &story,
                    _ => made_up(n % 3, 12) + &made_up(n, 30),
                }
            })
            .collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        let in_order = named(&clusters(&texts), &order);
        assert!(in_order.len() >= 15, "{in_order:?}");
        for step in [7, 23, 41, 59] {
            order = (0..texts.len()).map(|n| n * step % texts.len()).collect();
            let shuffled: Vec<String> = order.iter().map(|&n| texts[n].clone()).collect();
            assert_eq!(named(&clusters(&shuffled), &order), in_order);
        }
    }
}
