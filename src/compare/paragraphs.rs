//! Paragraphs that stand in several stories, word for word or nearly so: the comparison that finds copies of articles, over paragraphs.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::compare::{Deduplicator, Fingerprint, Thresholds};
use crate::error::Result;
use crate::text::letters::NormalizedText;

/// A paragraph of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// The number of the article in the run.
    pub(crate) article: u32,
    /// The paragraph, from 0.
    pub(crate) paragraph: u32,
}

/// The article in which a paragraph stands first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FirstArticle {
    /// The one with this number in the run.
    OfRun(u32),
    /// One of an earlier run, by its id.
    Known(String),
}

/// Where a paragraph stands first, and in how many stories.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct First {
    pub(crate) article: FirstArticle,
    /// How many stories have it, or one that is like it.
    pub(crate) stories: u32,
    /// The share of the paragraph that stands in the first one, from 0 to 1.
    pub(crate) similarity: f32,
}

/// For each paragraph that an earlier story has too where it stands first.
#[derive(Debug, Default)]
pub(crate) struct Firsts {
    firsts: FxHashMap<Place, First>,
}

impl Firsts {
    /// Where a paragraph stands first; None where no earlier story has it.
    pub(crate) fn of(&self, place: Place) -> Option<&First> {
        self.firsts.get(&place)
    }

    /// Notes that an article of an earlier run has a paragraph, and which share of it.
    pub(crate) fn note_known(&mut self, place: Place, id: String, similarity: f32) {
        let stories = self.firsts.get(&place).map_or(1, |first| first.stories) + 1;
        self.firsts.insert(place, First { article: FirstArticle::Known(id), stories, similarity });
    }
}

/// A paragraph of a cluster of such as are alike, by its article and that one's story, which is known by its canonical article.
#[derive(Debug, Clone, Copy)]
pub struct SharedParagraph<A> {
    /// The article that it stands in.
    pub article: A,
    /// The canonical article of its story.
    pub story: A,
    /// The number of its letters: those that have the same letters have one.
    pub same: usize,
}

/// A paragraph that an earlier story has too, by its place among those of its cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepeatedParagraph {
    /// Which one it is.
    pub paragraph: usize,
    /// The one that stands first.
    pub first: usize,
    /// How many stories have it, or one that is like it.
    pub stories: u32,
    /// The share of it that stands in the first one, from 0 to 1.
    pub similarity: f32,
}

/// The paragraphs of a cluster that an earlier story has too; they come in order, and `loss` says which share of one stands nowhere in another. One
/// stands first in the canonical article of its story, and repeats within one story are natural.
pub fn repeated_paragraphs<A: Copy + Ord>(
    cluster: &[SharedParagraph<A>],
    mut loss: impl FnMut(usize, usize) -> f32,
) -> Vec<RepeatedParagraph> {
    let mut stories: Vec<A> = cluster.iter().map(|paragraph| paragraph.story).collect();
    stories.sort_unstable();
    stories.dedup();
    let Some(first) = cluster.iter().position(|one| one.article == one.story) else {
        return Vec::new();
    };
    let is_later = |(_, one): &(usize, &SharedParagraph<A>)| one.story > cluster[first].story;
    let repeated = |(paragraph, one): (usize, &SharedParagraph<A>)| {
        let is_equal = one.same == cluster[first].same;
        let lost = if is_equal { 0.0 } else { loss(paragraph, first) };
        let stories = stories.len() as u32;
        RepeatedParagraph { paragraph, first, stories, similarity: 1.0 - lost }
    };
    cluster.iter().enumerate().filter(is_later).map(repeated).collect()
}

/// The thresholds by which paragraphs are alike.
#[must_use]
pub fn paragraph_thresholds(thresholds: Thresholds) -> Thresholds {
    Thresholds { loss: thresholds.loss.max(thresholds.paragraph_loss), ..thresholds }
}

/// Whether a paragraph has enough letters to be compared.
#[must_use]
pub fn is_compared(paragraph: &NormalizedText, thresholds: &Thresholds) -> bool {
    paragraph.bytes().len() >= thresholds.paragraph as usize
}

/// Takes the paragraphs of a run; docs/near-duplicates.md says what each takes in memory.
#[derive(Debug)]
pub(crate) struct Finder {
    batch: Deduplicator,
    letters: NormalizedText,
    thresholds: Thresholds,
    /// Each paragraph with its story: the number of that one's canonical article.
    places: Vec<(Place, u32)>,
}

impl Finder {
    pub(crate) fn new(thresholds: Thresholds) -> Self {
        Self {
            batch: Deduplicator::with_thresholds(paragraph_thresholds(thresholds)),
            letters: NormalizedText::default(),
            thresholds,
            places: Vec::new(),
        }
    }

    /// Adds the next paragraph, in the order of the run; one that is too short is left out.
    ///
    /// # Errors
    /// [`Error::TooManyTexts`](crate::Error::TooManyTexts) when there are more than can be numbered.
    pub(crate) fn push(&mut self, place: Place, story: u32, text: &str) -> Result<()> {
        self.letters.read(text);
        if is_compared(&self.letters, &self.thresholds) {
            self.batch.push(&Fingerprint::new(&self.letters))?;
            self.places.push((place, story));
        }
        Ok(())
    }

    /// Compares them all; `text` gives each once more.
    pub(crate) fn find(self, text: impl Fn(Place) -> String + Sync) -> Result<Firsts> {
        let Self { batch, places, .. } = self;
        let text = |number: usize| Cow::Owned(text(places[number].0));
        let found = batch.compare(text)?;
        let mut losses = found.losses();
        let mut firsts = FxHashMap::default();
        for cluster in &found.clusters {
            let all = cluster.in_order();
            let paragraph = |&(number, same): &(usize, usize)| {
                let (place, story) = places[number];
                SharedParagraph { article: place.article, story, same }
            };
            let cluster: Vec<SharedParagraph<u32>> = all.iter().map(paragraph).collect();
            let lost =
                |paragraph: usize, first: usize| losses.of(all[paragraph].0, all[first].0, text);
            for repeated in repeated_paragraphs(&cluster, lost) {
                let RepeatedParagraph { paragraph, first, stories, similarity } = repeated;
                let article = FirstArticle::OfRun(cluster[first].article);
                let (place, _) = places[all[paragraph].0];
                firsts.insert(place, First { article, stories, similarity });
            }
        }
        Ok(Firsts { firsts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOARD: &str = "The harbour board was set up after the great storm, has nine members, and keeps its minutes open to anyone who asks for them at the office.";

    /// The similarity of `text`, in the second of two stories, to [`BOARD`] in the first.
    fn similarity(text: &str) -> Option<f32> {
        let texts = [BOARD, text];
        let place = |article| Place { article, paragraph: 0 };
        let mut finder = Finder::new(Thresholds::default());
        (0..2).for_each(|n| finder.push(place(n), n, texts[n as usize]).unwrap());
        let firsts = finder.find(|place| texts[place.article as usize].into()).unwrap();
        assert_eq!(firsts.of(place(0)), None);
        firsts.of(place(1)).map(|first| {
            assert_eq!((&first.article, first.stories), (&FirstArticle::OfRun(0), 2));
            first.similarity
        })
    }

    #[test]
    fn a_paragraph_with_another_word_a_misreading_or_a_sentence_more_is_found_again() {
        assert_eq!(similarity(&BOARD.to_uppercase()), Some(1.0));
        assert_eq!(
            similarity(&BOARD.replace("storrn", "storm").replace("open", "opem")),
            Some(1.0)
        );
        let other_word = similarity(&BOARD.replace("anyone", "a citizen")).unwrap();
        assert!((0.9..1.0).contains(&other_word), "{other_word}");
        let other_words = BOARD.replace("anyone", "a citizen").replace("nine", "twelve");
        let other_words = similarity(&other_words.replace("great storm", "long war")).unwrap();
        assert!((0.75..0.93).contains(&other_words), "{other_words}");
        let longer =
            similarity(&format!("{BOARD} It meets on Mondays, in the old customs house.")).unwrap();
        assert!((0.6..0.8).contains(&longer), "{longer}");
    }

    #[test]
    fn another_paragraph_is_not_nor_a_short_one() {
        assert_eq!(
            similarity(
                "The fishing fleet has nine boats, and its owners keep their nets in the loft above the ice house by the mole."
            ),
            None
        );
        assert_eq!(similarity("The harbour board was set up after the storm."), None);
    }

    #[test]
    fn what_one_story_repeats_is_natural_and_copies_are_of_one_story() {
        let texts = [BOARD, BOARD, BOARD];
        let mut finder = Finder::new(Thresholds::default());
        let places = [(0, 0, 0), (0, 4, 0), (1, 0, 0)];
        for (article, paragraph, story) in places {
            finder.push(Place { article, paragraph }, story, BOARD).unwrap();
        }
        let firsts = finder.find(|place| texts[place.article as usize].into()).unwrap();
        assert!(firsts.firsts.is_empty());
    }
}
