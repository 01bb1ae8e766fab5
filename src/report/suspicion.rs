//! What makes a place suspect.

use dechaff::{Kind, Reason};
use serde::Serialize;

use crate::finished::LedgerSpan;
use crate::report::excerpt::excerpt;
use crate::report::limits::{AGAINST, LOST, PROSE, SHORTEST, SUSPECTS, UNSURE};
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
    pub(super) fn of(stories: &Stories) -> Self {
        let mut found = Self::default();
        for shared in stories.shared().into_iter().take(SUSPECTS) {
            let said = format!("{} stories: {}", shared.stories, shared.excerpt);
            found.shared.add(suspect(shared.row, -(shared.stories as f64), said));
        }
        found
    }

    /// Looks at what decided on each block of a record, and at how much of it went. Its spans are those of `pieces`.
    pub(super) fn look(
        &mut self,
        row: usize,
        view: &str,
        spans: &[LedgerSpan],
        reasons: &[Reason],
    ) {
        self.lost(row, spans);
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
                _ if entry.is_lost() && probability >= AGAINST => {
                    self.against.add(found(1.0 - probability));
                }
                _ if entry.kind == Kind::Body && probability <= 1.0 - AGAINST => {
                    self.against.add(found(probability));
                }
                _ => {}
            }
        }
    }

    fn lost(&mut self, row: usize, spans: &[LedgerSpan]) {
        let bytes_of = |is_meant: fn(&LedgerSpan) -> bool| -> usize {
            spans.iter().filter(|span| is_meant(span)).map(LedgerSpan::len).sum()
        };
        let kept = bytes_of(LedgerSpan::is_kept);
        let lost = bytes_of(|span| span.is_lost() && span.len() >= PROSE);
        let share = lost as f64 / (lost + kept).max(1) as f64;
        if spans.iter().any(|span| span.article.is_some()) && share >= LOST {
            let said = format!("{lost} of {} bytes of paragraphs were removed", lost + kept);
            self.lost.add(suspect(row, -(lost as f64), said));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::pieces::pieces;
    use dechaff::Span;

    fn span(start: usize, end: usize, kind: Kind, article: Option<usize>) -> LedgerSpan {
        LedgerSpan { start, end, kind, article, rule: Some("model".into()), kept: None }
    }

    /// A reason for each line that the model was hardly sure of.
    fn doubts(view: &str) -> Vec<Reason> {
        let mut start = 0;
        let doubts = view.split_inclusive('\n').map(|line| {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            let (probability, needed) = (Some(0.45), Some(0.5));
            Reason { span, marks: Vec::new(), probability, needed, weights: Vec::new() }
        });
        doubts.collect()
    }

    #[test]
    fn of_a_span_of_several_doubtful_lines_each_is_a_suspect_of_its_own() {
        let view = "Sailings in the winter months\nTickets at the old harbour gate\n";
        let reasons = doubts(view);
        let pieces = pieces(view, &[span(0, view.len() - 1, Kind::Nav, None)], &reasons);
        let mut found = Suspicions::default();
        found.look(0, view, &pieces, &reasons);
        let unsure = serde_json::to_value(found.finish().unsure).unwrap();
        let found = unsure.as_array().unwrap().iter();
        let excerpts: Vec<_> = found.map(|found| (&found["span"], &found["excerpt"])).collect();
        let lines: Vec<&str> = view.lines().collect();
        assert_eq!(excerpts, [(&0.into(), &lines[0].into()), (&2.into(), &lines[1].into())]);
    }

    #[test]
    fn a_menu_is_no_lost_paragraph_and_a_long_line_is_one() {
        let menu = "Ferries to the islands\n".repeat(20);
        let paragraph = "The old quay was opened again on Monday. ".repeat(9);
        for (removed, count) in [(menu, 0), (paragraph, 1)] {
            let view = format!("The quay is open.\n{removed}");
            let spans = [span(0, 18, Kind::Body, Some(1)), span(18, view.len(), Kind::Nav, None)];
            let reasons = doubts(&view);
            for reasons in [&reasons[..], &[]] {
                let mut found = Suspicions::default();
                found.look(0, &view, &pieces(&view, &spans, reasons), reasons);
                let lost = serde_json::to_value(found.finish().lost).unwrap();
                assert_eq!(lost.as_array().unwrap().len(), count, "{lost}");
            }
        }
    }
}
