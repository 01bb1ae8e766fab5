//! How to treat what several stories share.

use serde::Serialize;

/// How to treat a paragraph that several stories share, such as the background that a newsroom repeats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Paragraphs {
    /// They stay in every story.
    #[default]
    Keep,
    /// They stay, and the later ones say where the first stands.
    Mark,
    /// They stay in the first story alone.
    Drop,
}

/// How to treat a stretch of fifty words and more that several stories have word for word, wherever it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Spans {
    /// It stays in every story.
    #[default]
    Keep,
    /// It stays, and the later stories say where it stands, and where first.
    Mark,
    /// Its sentences stay in the first story alone.
    Drop,
}

/// How to treat what several stories share.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Treatment {
    /// Paragraphs, nearly as they are in an earlier story.
    pub paragraphs: Paragraphs,
    /// Long stretches, word for word.
    pub spans: Spans,
    /// The share of a paragraph that may be lost where it is dropped.
    pub loss: f32,
}

impl Treatment {
    /// Whether something is cut of articles.
    #[must_use]
    pub fn drops(&self) -> bool {
        self.paragraphs == Paragraphs::Drop || self.spans == Spans::Drop
    }

    /// Whether something is only named in articles.
    #[must_use]
    pub fn marks(&self) -> bool {
        self.paragraphs == Paragraphs::Mark || self.spans == Spans::Mark
    }
}
