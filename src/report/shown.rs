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
}

impl Shown {
    pub(super) fn of(view: Option<&str>, spans: &[LedgerSpan]) -> Self {
        let mut text = view.map(|_| String::new());
        let (mut ends, mut end) = (Vec::new(), 0);
        for span in spans {
            let mut len = shown_bytes(span);
            if end + len > LONGEST && !ends.is_empty() {
                break;
            }
            if let (Some(text), Some(view)) = (&mut text, view) {
                let last = view.floor_char_boundary(span.start + len.min(LONGEST));
                let piece = view.get(span.start..last).unwrap_or_default();
                len = piece.len();
                text.push_str(piece);
            }
            end += len;
            ends.push((span.start, span.end, end));
        }
        Self { text, ends }
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

    #[test]
    fn of_long_markup_the_beginning_is_shown_and_all_else_stands_where_it_did() {
        let view = format!("Quay{}weir", "<é>".repeat(200));
        let span = |start, end, kind| LedgerSpan { start, end, kind, article: None, rule: None };
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
}
