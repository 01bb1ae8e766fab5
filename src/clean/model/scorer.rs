//! Trees that say of each of several candidates how likely it is the one, as title, authors and publisher are chosen by.

use crate::clean::model::file::parse_trees;
use crate::clean::model::trees::{Trees, probability};
use crate::error::{Error, Result};

/// Scores candidates for one thing.
#[derive(Debug)]
pub(in crate::clean) struct Scorer {
    trees: Trees,
}

impl Scorer {
    /// The trees in `bytes`, which are compiled in and see so many features; `of` says what they choose.
    ///
    /// # Errors
    /// [`Error::Model`] if they do not fit this version, which the tests rule out.
    pub(in crate::clean) fn built_in(of: &str, bytes: &[u8], features: usize) -> Result<Self> {
        let trees = parse_trees(bytes, features).ok_or_else(|| Error::Model {
            model: format!("the built-in model of {of}"),
            reason: "was trained for other features; train it again".into(),
        })?;
        Ok(Self { trees })
    }

    /// How likely each row is the one, 0 to 1.
    pub(in crate::clean) fn probabilities<R: AsRef<[f32]>>(&self, rows: &[R]) -> Vec<f32> {
        let mut sums = vec![0.0; rows.len()];
        self.trees.add(rows, &mut sums);
        sums.iter_mut().for_each(|sum| *sum = probability(*sum));
        sums
    }
}

/// The likeliest of several candidates and its probability, the first of equals.
pub(in crate::clean) fn likeliest<T>(scored: impl Iterator<Item = (T, f32)>) -> Option<(T, f32)> {
    scored.reduce(|best, next| if next.1 > best.1 { next } else { best })
}
