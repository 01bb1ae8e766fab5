//! What steps are told.

use dechaff::publishing::{
    RepeatedSentence, RepeatedSentences, Repeats, Treatment, paragraph_thresholds,
};
use dechaff::{CompareThresholds, Paragraphs, Spans};
use pyo3::PyResult;
use serde::Deserialize;

use crate::arguments::share;
use crate::json::from_line;

/// What steps are told, as JSON.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Options {
    loss: Option<f32>,
    pub(super) prefer: Vec<String>,
    pub(super) keep_duplicates: bool,
    pub(super) merge_own: bool,
    /// Whether the texts that are compared are paragraphs.
    of_paragraphs: bool,
    paragraphs: Treated,
    spans: Treated,
    lessons: Vec<Lesson>,
    pub(super) candidates: Vec<i64>,
}

/// How what several stories share is treated.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Treated {
    #[default]
    Keep,
    Mark,
    Drop,
}

/// A sentence that was learned.
#[derive(Debug, Deserialize)]
struct Lesson {
    hash: i64,
    stories: u32,
    dump: String,
    record: Option<String>,
    article: usize,
}

/// What was learned of all articles, and where each sentence stands first.
pub(super) struct Learned {
    pub(super) sentences: RepeatedSentences,
    firsts: Vec<Repeats>,
}

impl Learned {
    /// Where a sentence stands first.
    pub(super) fn place(&self, lesson: RepeatedSentence) -> Repeats {
        let first = self.firsts.get(lesson.first as usize).cloned().unwrap_or_default();
        Repeats { stories: lesson.stories, ..first }
    }
}

impl Options {
    pub(super) fn of(line: &str) -> PyResult<Self> {
        let options: Self = from_line(line)?;
        options.loss.map(share).transpose()?;
        Ok(options)
    }

    pub(super) fn thresholds(&self) -> CompareThresholds {
        let default = CompareThresholds::default();
        let told = CompareThresholds { loss: self.loss.unwrap_or(default.loss), ..default };
        if self.of_paragraphs { paragraph_thresholds(told) } else { told }
    }

    pub(super) fn treatment(&self) -> Treatment {
        let paragraphs = match self.paragraphs {
            Treated::Keep => Paragraphs::Keep,
            Treated::Mark => Paragraphs::Mark,
            Treated::Drop => Paragraphs::Drop,
        };
        let spans = match self.spans {
            Treated::Keep => Spans::Keep,
            Treated::Mark => Spans::Mark,
            Treated::Drop => Spans::Drop,
        };
        Treatment { paragraphs, spans, loss: self.thresholds().loss }
    }

    pub(super) fn learned(self) -> Learned {
        let mut sentences = RepeatedSentences::with_thresholds(self.thresholds());
        let mut firsts = Vec::with_capacity(self.lessons.len());
        for (first, lesson) in (0..).zip(self.lessons) {
            let Lesson { hash, stories, dump, record, article } = lesson;
            sentences.add(hash.cast_unsigned(), RepeatedSentence { stories, first });
            let (dump, article) = (Some(dump), Some(article));
            firsts.push(Repeats { stories, dump, record, article, ..Repeats::default() });
        }
        Learned { sentences, firsts }
    }
}
