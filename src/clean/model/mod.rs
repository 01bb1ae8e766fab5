//! The learned classifier: how likely a block is the article's text, from its shape, its place, its words and what the rules and detectors said.
//!
//! Gradient-boosted trees (Friedman 2001; trained with CatBoost, Prokhorenkova et al. 2018) over the features of a block and its neighbours.
//! Some of the features are scores of words, hashed (Weinberger et al. 2009). Of a page of HTML further trees see what its elements say, and others
//! do of one of Markdown, which has no names and roles for them.
//! Training is documented in `training/README.md`.

pub(crate) mod around;
pub(crate) mod columns;
pub(crate) mod credit;
pub(crate) mod dates;
pub(crate) mod echo;
pub(crate) mod features;
pub(crate) mod file;
pub(crate) mod lexical;
pub(crate) mod own;
pub(crate) mod range;
pub(crate) mod scorer;
pub(crate) mod trees;

use std::ops::{Range, RangeInclusive};
use std::path::Path;

pub(crate) use crate::clean::model::features::{FEATURES, Features};

use crate::clean::mark::Marks;
use crate::clean::model::columns::{SEEN_OF_HTML, USED};
use crate::clean::model::lexical::Words;
use crate::clean::model::trees::{Trees, probability};
use crate::clean::segment::Segment;
use crate::error::{Error, Result};
use crate::guard::look;
use crate::html::{DomFeatures, EVIDENCE};
use crate::page::Page;

/// The greatest log-odds by text alone that the trees for HTML see.
const MOST_ODDS: f32 = 8.0;
/// Blocks whose rows are judged at once.
const TOGETHER: usize = 64;

/// All that is seen of a block; of plain text only the first [`USED`] columns.
type Row = [f32; SEEN_OF_HTML];

/// A trained model.
#[derive(Debug)]
pub(crate) struct Model {
    /// What tells its file from others (xxh3).
    #[cfg(feature = "run")]
    pub(crate) digest: u64,
    lexical: Vec<f32>,
    trees: Trees,
    hint_trees: Trees,
    /// The same for pages of Markdown.
    markdown_trees: Trees,
}

/// What the model judges: the blocks of an article, and what is known of them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ModelInput<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The article's blocks.
    pub segment: &'a Segment,
    /// Where its text stands by the sum over its paragraphs.
    pub region: &'a Range<usize>,
    /// What rules and detectors say.
    pub marks: &'a Marks,
    /// What the elements of a page of HTML say, by block of the page; none for plain text.
    pub evidence: Option<&'a [DomFeatures]>,
    /// Whether the page was written in Markdown, so that its elements have neither names nor roles.
    pub is_markdown: bool,
}

/// What the model says of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Prediction {
    /// How likely it is text of the article, 0 to 1.
    pub probability: f32,
}

impl Prediction {
    /// Of a block of an article that was cleaned before.
    pub(crate) const OF_CLEANED: Self = Self { probability: 0.99 };

    fn of(log_odds: f32) -> Self {
        Self { probability: probability(log_odds) }
    }
}

/// The model that is compiled in, and its trees for Markdown.
const BLOCKS: &[u8] = include_bytes!("blocks.model");
const MARKDOWN: &[u8] = include_bytes!("markdown.model");

/// What tells the model that is compiled in from others (xxh3, 128 bits).
#[must_use]
pub fn built_in_model_digest() -> String {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    [BLOCKS, MARKDOWN].iter().for_each(|part| hash.update(part));
    format!("xxh3:{:032x}", hash.digest128())
}

impl Model {
    /// The model that is compiled in.
    ///
    /// # Errors
    /// [`Error::Model`] if it does not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Model> {
        Model::parse("the built-in model", BLOCKS)
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Model`] when it cannot be read, or was trained for other features.
    pub(crate) fn read(path: &Path) -> Result<Model> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path)
            .map_err(|e| Error::Model { model: name.clone(), reason: e.to_string() })?;
        Model::parse(&name, &bytes)
    }

    fn parse(name: &str, bytes: &[u8]) -> Result<Model> {
        let refuse = |reason: &str| Error::Model { model: name.into(), reason: reason.into() };
        let parts = file::parse(bytes).ok_or_else(|| refuse("is no model file of this version"))?;
        if parts.features != FEATURES {
            return Err(refuse("was trained for other features; train it again"));
        }
        let markdown_trees = file::parse_trees(MARKDOWN, SEEN_OF_HTML);
        Ok(Model {
            #[cfg(feature = "run")]
            digest: xxhash_rust::xxh3::xxh3_64(bytes),
            lexical: parts.lexical,
            trees: parts.trees,
            hint_trees: parts.hint_trees,
            markdown_trees: markdown_trees.ok_or_else(|| {
                refuse("does not go with the trees for Markdown; train them again")
            })?,
        })
    }

    /// What the model says of each block of an article.
    #[must_use]
    pub(crate) fn judge(&self, subject: ModelInput) -> Vec<Prediction> {
        let mut predictions = Vec::with_capacity(subject.segment.blocks.len());
        self.rows(subject, |_, sums| {
            predictions.extend(sums.iter().map(|&log_odds| Prediction::of(log_odds)));
        });
        predictions
    }

    /// What the model says of each block of an article, with the `most` features that weighed most for or against it and their weight in log-odds of
    /// being text.
    #[must_use]
    pub(crate) fn explain(
        &self,
        subject: ModelInput,
        most: usize,
    ) -> Vec<(Prediction, Vec<(String, f32)>)> {
        let names = Self::names();
        let mut reasons = Vec::with_capacity(subject.segment.blocks.len());
        self.rows(subject, |rows, sums| {
            reasons.extend(rows.iter().zip(sums).map(|(row, log_odds)| {
                let mut weights = [0.0; SEEN_OF_HTML];
                self.trees.explain(row, &mut weights);
                if subject.evidence.is_some() {
                    self.trees_of_elements(&subject).explain(row, &mut weights);
                }
                let mut order: Vec<usize> = (0..SEEN_OF_HTML).collect();
                order.sort_by(|&a, &b| weights[b].abs().total_cmp(&weights[a].abs()));
                let most = order.into_iter().take(most);
                let weights = most.map(|i| (names[i].clone(), weights[i])).collect();
                (Prediction::of(*log_odds), weights)
            }));
        });
        reasons
    }

    /// The trees that see what the elements of a page say.
    fn trees_of_elements(&self, subject: &ModelInput) -> &Trees {
        if subject.is_markdown { &self.markdown_trees } else { &self.hint_trees }
    }

    /// The names of all that is seen of a block of a page of HTML, in the order of a row.
    #[must_use]
    pub(crate) fn names() -> Vec<String> {
        Self::ranges().into_iter().map(|(name, _)| name).collect()
    }

    /// The same with the range of the values.
    #[must_use]
    pub(crate) fn ranges() -> Vec<(String, RangeInclusive<f32>)> {
        let words = lexical::COLUMNS.map(|c| (c.name.into(), c.least..=c.most));
        let text = Features::ranges().into_iter().chain(words);
        text.chain(DomFeatures::ranges())
            .chain([("text_odds".into(), -MOST_ODDS..=MOST_ODDS)])
            .collect()
    }

    /// All that is seen of each block of an article, in the order of [`names`](Self::names).
    #[must_use]
    pub(crate) fn seen(&self, subject: ModelInput) -> Vec<Vec<f32>> {
        let mut seen = Vec::with_capacity(subject.segment.blocks.len());
        self.rows(subject, |rows, _| seen.extend(rows.iter().map(|row| row.to_vec())));
        seen
    }

    /// Gives `each` the rows of the blocks of an article with their log-odds, some at a time, in order.
    ///
    /// A page of HTML is first judged as the text that it shows. Further trees, which see what its elements say, add to those log-odds.
    fn rows(&self, subject: ModelInput, mut each: impl FnMut(&[Row], &[f32])) {
        let ModelInput { page, segment, region, marks, evidence, .. } = subject;
        let features = Features::of(page, segment, region, marks);
        let words = Words::new(page, segment.blocks.clone(), &self.lexical, features.text_before());
        let mut rows = vec![[0.0; SEEN_OF_HTML]; TOGETHER.min(features.len())];
        let mut sums = Vec::new();
        for from in (0..features.len()).step_by(TOGETHER) {
            look();
            let count = TOGETHER.min(features.len() - from);
            let rows = &mut rows[..count];
            for (at, row) in (from..).zip(&mut *rows) {
                row[..FEATURES].copy_from_slice(features.row(at));
                words.fill(at, &mut row[FEATURES..USED]);
            }
            sums.clear();
            sums.resize(count, 0.0);
            self.trees.add(rows, &mut sums);
            if let Some(evidence) = evidence {
                for ((at, row), sum) in (from..).zip(&mut *rows).zip(&sums) {
                    evidence[segment.blocks.start + at].fill(&mut row[USED..USED + EVIDENCE]);
                    row[USED + EVIDENCE] = sum.clamp(-MOST_ODDS, MOST_ODDS);
                }
                self.trees_of_elements(&subject).add(rows, &mut sums);
            }
            each(rows, &sums);
        }
    }
}
