//! The learned classifier: how likely a block is the article's text, from its shape, its place, its words and what the rules and detectors said.
//!
//! Gradient-boosted trees (Friedman 2001; trained with LightGBM, Ke et al. 2017) over the features of a block and its neighbours. Some of
//! the features are scores of the words of short blocks, hashed (Weinberger et al. 2009). Training is documented in `training/README.md`.

mod around;
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
use trees::Tree;

/// Features of a block with those of its words.
const COLUMNS: usize = FEATURES + lexical::COLUMNS.len();

/// A trained model.
#[derive(Debug)]
pub struct Model {
    lexical: Vec<f32>,
    trees: Vec<Tree>,
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
        if parts.features != FEATURES || parts.trees.iter().any(|t| t.last_feature() >= COLUMNS) {
            return Err(refuse("was trained for other features; train it again"));
        }
        Ok(Model { lexical: parts.lexical, trees: parts.trees })
    }

    /// What the model says of each block of an article.
    #[must_use]
    pub fn judge(&self, page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks) -> Vec<Opinion> {
        self.rows(page, segment, region, marks, |row| Opinion { probability: self.probability(row) })
    }

    /// For each block of an article the `most` features that weighed most for or against it, with their weight in log-odds of being text.
    #[must_use]
    pub fn explain(&self, page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks, most: usize) -> Vec<Vec<(String, f32)>> {
        let names: Vec<String> = Features::names().into_iter().chain(lexical::COLUMNS.map(String::from)).collect();
        self.rows(page, segment, region, marks, |row| {
            let mut weights = vec![0.0; COLUMNS];
            self.trees.iter().for_each(|tree| tree.explain(row, &mut weights));
            let mut order: Vec<usize> = (0..COLUMNS).collect();
            order.sort_by(|&a, &b| weights[b].abs().total_cmp(&weights[a].abs()));
            order.into_iter().take(most).map(|i| (names[i].clone(), weights[i])).collect()
        })
    }

    fn rows<T>(&self, page: &Page, segment: &Segment, region: &Range<usize>, marks: &Marks, mut each: impl FnMut(&[f32]) -> T) -> Vec<T> {
        let features = Features::of(page, segment, region, marks);
        let scores = lexical::scores(page, segment.blocks.clone(), &self.lexical);
        let mut row = [0.0; COLUMNS];
        (0..features.len())
            .map(|at| {
                row[..FEATURES].copy_from_slice(features.row(at));
                lexical::add_windows(&scores, at, &mut row[FEATURES..]);
                each(&row)
            })
            .collect()
    }

    fn probability(&self, row: &[f32]) -> f32 {
        let log_odds: f32 = self.trees.iter().map(|tree| tree.value(row)).sum();
        1.0 / (1.0 + (-log_odds).exp())
    }
}
