//! Where a person should look first.

use serde::Serialize;

use dechaff::Kind;

use crate::report::limits::SUSPECTS;

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Suspect {
    /// The record, by its place in the list.
    pub(super) row: usize,
    /// The span in its text, counted from 0.
    pub(super) span: Option<usize>,
    pub(super) kind: Option<Kind>,
    /// What decided.
    pub(super) by: Option<String>,
    /// The probability by the model, and the one that was asked for.
    pub(super) probability: Option<f64>,
    pub(super) needed: Option<f64>,
    pub(super) excerpt: String,
    /// How little there is to suspect: the list begins with the least.
    #[serde(skip)]
    pub(super) rank: f64,
}

/// The first suspects of a list, by rank; of equals in the order of their places.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Suspects(Vec<Suspect>);

impl Suspects {
    pub(super) fn add(&mut self, suspect: Suspect) {
        self.0.push(suspect);
        if self.0.len() >= 4 * SUSPECTS {
            self.cut();
        }
    }

    pub(super) fn cut(&mut self) {
        self.0
            .sort_by(|a, b| a.rank.total_cmp(&b.rank).then((a.row, a.span).cmp(&(b.row, b.span))));
        self.0.truncate(SUSPECTS);
    }
}
