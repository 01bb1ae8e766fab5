//! The learned classifier: how likely a block is the article's text, from its shape, its place, its words and what the rules and detectors said.
//!
//! Gradient-boosted trees (Friedman 2001; trained with CatBoost, Prokhorenkova et al. 2018) over the features of a block and its neighbours. Some of
//! the features are scores of words, hashed (Weinberger et al. 2009). Training is documented in `training/README.md`.

mod around;
mod dates;
mod features;
mod file;
mod lexical;
mod trees;

use std::ops::Range;
use std::path::Path;

pub use features::{FEATURES, Features};

use crate::error::{Error, Result};
use crate::mark::Marks;
use crate::page::Page;
use crate::segment::Segment;
use lexical::Words;
use trees::Trees;

/// Features of a block with those of its words.
const USED: usize = FEATURES + lexical::COLUMNS.len();

/// A trained model.
#[derive(Debug)]
pub struct Model {
    lexical: Vec<f32>,
    trees: Trees,
}

/// What the model says of a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opinion {
    /// How likely it is text of the article, 0 to 1.
    pub probability: f32,
}

impl Model {
    /// The model that is compiled in.
    ///
    /// # Errors
    /// [`Error::Model`] if it does not fit this version, which the tests rule out.
    pub fn built_in() -> Result<Model> {
        Model::parse("the built-in model", include_bytes!("blocks.model"))
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Model`] when it cannot be read, or was trained for other features.
    pub fn read(path: &Path) -> Result<Model> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Error::Model { model: name.clone(), reason: e.to_string() })?;
        Model::parse(&name, &bytes)
    }

    fn parse(name: &str, bytes: &[u8]) -> Result<Model> {
        let refuse = |reason: &str| Error::Model { model: name.into(), reason: reason.into() };
        let parts = file::parse(bytes).ok_or_else(|| refuse("is no model file of this version"))?;
        if parts.features != FEATURES {
            return Err(refuse("was trained for other features; train it again"));
        }
        Ok(Model { lexical: parts.lexical, trees: parts.trees })
    }

    /// What the model says of each block of an article.
    #[must_use]
    pub fn judge(&self, page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks) -> Vec<Opinion> {
        let rows = Rows::new(page, segment, region, marks, &self.lexical);
        let mut opinions = Vec::with_capacity(segment.blocks.len());
        self.trees.sum(segment.blocks.len(), |at, row| rows.fill(at, row), |log_odds| opinions.push(Opinion { probability: 1.0 / (1.0 + (-log_odds).exp()) }));
        opinions
    }

    /// For each block of an article the `most` features that weighed most for or against it, with their weight in log-odds of being text.
    #[must_use]
    pub fn explain(&self, page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks, most: usize) -> Vec<Vec<(String, f32)>> {
        let names: Vec<String> = Features::names().into_iter().chain(lexical::COLUMNS.map(String::from)).collect();
        let rows = Rows::new(page, segment, region, marks, &self.lexical);
        let mut row = [0.0; USED];
        let reasons = (0..segment.blocks.len()).map(|at| {
            rows.fill(at, &mut row);
            let weights = self.trees.explain(&row);
            let mut order: Vec<usize> = (0..USED).collect();
            order.sort_by(|&a, &b| weights[b].abs().total_cmp(&weights[a].abs()));
            order.into_iter().take(most).map(|i| (names[i].clone(), weights[i])).collect()
        });
        reasons.collect()
    }
}

/// All features of the blocks of an article.
struct Rows {
    features: Features,
    words: Words,
}

impl Rows {
    fn new(page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks, weights: &[f32]) -> Rows {
        let features = Features::of(page, segment, region, marks);
        let text_before: Vec<f32> = (0..features.len()).map(|at| features.text_before(at)).collect();
        let words = Words::new(page, segment.blocks.clone(), weights, &text_before);
        Rows { features, words }
    }

    /// Fills `row`, of [`USED`] columns, for the block at place `at`.
    fn fill(&self, at: usize, row: &mut [f32]) {
        let (own, of_words) = row.split_at_mut(FEATURES);
        own.copy_from_slice(self.features.row(at));
        self.words.fill(at, of_words);
    }
}
