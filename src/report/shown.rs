//! What is shown of a record's text: the beginning of what is very long, and of each stretch of tags, scripts and styles.

use crate::finished::LedgerSpan;
use crate::report::limits::LONGEST;
use crate::report::rows::shown_bytes;

/// The text that is shown, and where its spans stand in it.
pub(super) struct Shown {
    /// None where there is no text.
    pub(super) text: Option<String>,
    /// Of each span that is shown where it begins and ends in the view, and where it ends in what is shown.
    pub(super) ends: Vec<(usize, usize, usize)>,
    /// Where in the view that ends.
    pub(super) until: usize,
}

impl Shown {
    pub(super) fn of(view: Option<&str>, spans: &[LedgerSpan]) -> Self {
        let bytes = spans.last().map_or(0, |span| span.end);
        let Some(view) = view else {
            let ends = spans.iter().map(|span| (span.start, span.end, span.end)).collect();
            return Self { text: None, ends, until: bytes };
        };
        let (mut text, mut ends) = (String::new(), Vec::new());
        for span in spans {
            let room = LONGEST - text.len();
            let last = view.floor_char_boundary(span.start + shown_bytes(span).min(room));
            let piece = view.get(span.start..last).unwrap_or_default();
            if !piece.is_empty() {
                text.push_str(piece);
                ends.push((span.start, span.end, text.len()));
            }
            if shown_bytes(span) > room || piece.is_empty() {
                return Self { text: Some(text), ends, until: last };
            }
        }
        Self { text: Some(text), ends, until: bytes }
    }

    /// Where a byte of the view stands in what is shown.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        let at = self.ends.partition_point(|(start, _, _)| *start <= byte);
        let Some(at) = at.checked_sub(1) else { return 0 };
        let before = at.checked_sub(1).map_or(0, |before| self.ends[before].2);
        let (start, _, end) = self.ends[at];
        (before + byte - start).min(end)
    }

    /// How many bytes of a span are not shown.
    pub(super) fn left_out(&self, span: &LedgerSpan) -> usize {
        if self.text.is_none() {
            return 0;
        }
        span.len().saturating_sub(self.place_of(span.end) - self.place_of(span.start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::limits::MARKUP;
    use dechaff::Kind;

    fn span(start: usize, end: usize, kind: Kind) -> LedgerSpan {
        LedgerSpan { start, end, kind, article: None, rule: None, kept: None }
    }

    #[test]
    fn of_long_markup_the_beginning_is_shown_and_all_else_stands_where_it_did() {
        let view = format!("Quay{}weir", "<é>".repeat(200));
        let markup = view.len() - 4;
        let spans = [
            span(0, 4, Kind::Body),
            span(4, markup, Kind::Markup),
            span(markup, view.len(), Kind::Body),
        ];
        let shown = Shown::of(Some(&view), &spans);
        let text = shown.text.as_deref().unwrap();
        assert!(text.starts_with("Quay<é>") && text.ends_with(">weir"), "{text}");
        assert_eq!(&text[shown.place_of(markup)..shown.place_of(view.len())], "weir");
        assert_eq!(shown.left_out(&spans[1]), view.len() - text.len());
        assert!(text.len() <= 8 + MARKUP && shown.left_out(&spans[2]) == 0);
        assert_eq!(Shown::of(None, &spans).left_out(&spans[1]), 0);
    }

    #[test]
    fn of_a_long_record_the_last_span_that_has_room_is_cut() {
        let body = "é".repeat(LONGEST);
        let view = format!("The quay\n{body}\nThe weir");
        let end = 9 + body.len();
        let spans =
            [span(0, 9, Kind::Title), span(9, end, Kind::Body), span(end, view.len(), Kind::Body)];
        let shown = Shown::of(Some(&view), &spans);
        let text = shown.text.as_deref().unwrap();
        assert!(view.starts_with(text) && (LONGEST - 1..=LONGEST).contains(&text.len()));
        assert_eq!((shown.ends.len(), shown.until), (2, text.len()));
        assert_eq!(shown.left_out(&spans[1]), end - text.len());
        let all = Shown::of(None, &spans);
        assert_eq!((all.ends.len(), all.until), (3, view.len()));
    }
}
