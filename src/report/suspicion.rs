//! What makes a place suspect.

use dechaff::{Kind, Reason};
use serde::Serialize;

use crate::finished::LedgerSpan;
use crate::report::excerpt::excerpt;
use crate::report::limits::{AGAINST, LOST, SHORTEST, SUSPECTS, UNSURE};
use crate::report::rows::Rows;
use crate::report::stories::Stories;
use crate::report::suspects::{Suspect, Suspects};

/// The lists of suspects.
#[derive(Debug, Default, Serialize)]
pub(super) struct Suspicions {
    /// The model was hardly sure.
    unsure: Suspects,
    /// A rule or a detector decided against the model.
    against: Suspects,
    /// Much of the record's paragraphs went.
    lost: Suspects,
    /// Paragraphs that several stories have, and were kept.
    shared: Suspects,
}

impl Suspicions {
    /// Those that need no text.
    pub(super) fn of(rows: &Rows, stories: &Stories) -> Self {
        let mut found = Self::default();
        for (at, row) in rows.listed.iter().enumerate() {
            let share = row.lost as f64 / (row.lost + row.kept).max(1) as f64;
            if row.articles > 0 && share >= LOST {
                let excerpt = format!(
                    "{} of {} bytes of paragraphs were removed",
                    row.lost,
                    row.lost + row.kept
                );
                found.lost.add(suspect(at, -(row.lost as f64), excerpt));
            }
        }
        for shared in stories.shared().into_iter().take(SUSPECTS) {
            let said = format!("{} stories: {}", shared.stories, shared.excerpt);
            found.shared.add(suspect(shared.row, -(shared.stories as f64), said));
        }
        found
    }

    /// Looks at what decided on each block of a record.
    pub(super) fn look(
        &mut self,
        row: usize,
        view: &str,
        spans: &[LedgerSpan],
        reasons: &[Reason],
    ) {
        for Reason { span, probability, needed, .. } in reasons {
            let at = spans.partition_point(|entry| entry.end <= span.start);
            let Some((entry, probability)) = spans.get(at).zip(*probability) else { continue };
            // What becomes of a copy shows at the article that it went to.
            let is_own = !matches!(entry.kind, Kind::Markup | Kind::Copy);
            let is_text = entry.len() >= SHORTEST && is_own;
            let (Some(by), true) = (&entry.rule, is_text) else { continue };
            let by_model = by.starts_with("model");
            let margin = needed.map(|needed| (probability - needed).abs());
            let found = |rank: f32| Suspect {
                span: Some(at),
                kind: Some(entry.kind),
                by: Some(by.clone()),
                probability: Some(rounded(probability)),
                needed: needed.map(rounded),
                ..suspect(
                    row,
                    rank.into(),
                    excerpt(view.get(entry.start..entry.end).unwrap_or_default()),
                )
            };
            match margin {
                Some(margin) if by_model && margin <= UNSURE => self.unsure.add(found(margin)),
                _ if by_model => {}
                _ if entry.kind.is_debris() && probability >= AGAINST => {
                    self.against.add(found(1.0 - probability));
                }
                _ if entry.kind == Kind::Body && probability <= 1.0 - AGAINST => {
                    self.against.add(found(probability));
                }
                _ => {}
            }
        }
    }

    /// The lists as they are shown.
    pub(super) fn finish(mut self) -> Self {
        let lists = [&mut self.unsure, &mut self.against, &mut self.lost, &mut self.shared];
        lists.into_iter().for_each(Suspects::cut);
        self
    }
}

fn suspect(row: usize, rank: f64, excerpt: String) -> Suspect {
    let (span, kind, by, probability, needed) = (None, None, None, None, None);
    Suspect { row, span, kind, by, probability, needed, excerpt, rank }
}

fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1e3).round() / 1e3
}
