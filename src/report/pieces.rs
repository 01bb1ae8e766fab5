//! A record's spans, block by block: a span of the ledger runs on over all blocks that it says the same of.

use dechaff::{Kind, Reason};

use crate::finished::LedgerSpan;

/// The spans, cut where the blocks that were judged begin and end; at the ends of lines where none was. White space that is cut off is blank.
pub(super) fn pieces(view: &str, spans: &[LedgerSpan], reasons: &[Reason]) -> Vec<LedgerSpan> {
    let cuts = if reasons.is_empty() { ends_of_lines(view) } else { ends_of_blocks(reasons) };
    let mut pieces: Vec<LedgerSpan> = Vec::with_capacity(spans.len());
    for span in spans {
        let is_text = !matches!(span.kind, Kind::Blank | Kind::Markup);
        let first = cuts.partition_point(|cut| *cut <= span.start);
        let within = cuts[first..].iter().copied().take_while(|cut| is_text && *cut < span.end);
        let mut start = span.start;
        for end in within.filter(|cut| view.is_char_boundary(*cut)).chain([span.end]) {
            let piece = LedgerSpan { start, end, ..span.clone() };
            let is_cut = piece.len() < span.len();
            let is_blank =
                is_cut && view.get(start..end).is_some_and(|text| text.trim().is_empty());
            match pieces.last_mut() {
                Some(last) if is_blank && last.kind == Kind::Blank => last.end = end,
                _ if is_blank => {
                    pieces.push(LedgerSpan {
                        kind: Kind::Blank,
                        article: None,
                        rule: None,
                        ..piece
                    });
                }
                _ => pieces.push(piece),
            }
            start = end;
        }
    }
    pieces
}

fn ends_of_blocks(reasons: &[Reason]) -> Vec<usize> {
    let mut ends: Vec<usize> =
        reasons.iter().flat_map(|reason| [reason.span.start, reason.span.end]).collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn ends_of_lines(view: &str) -> Vec<usize> {
    let mut start = 0;
    let lines = view.split_inclusive('\n').flat_map(|line| {
        let ends = [start + line.trim_end().len(), start + line.len()];
        start += line.len();
        ends
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dechaff::Span;

    const MENU: &str = "Home\n\n Ferries\r\nTides";

    fn menu() -> Vec<LedgerSpan> {
        let rule = Some("model".into());
        vec![LedgerSpan {
            start: 0,
            end: MENU.len(),
            kind: Kind::Nav,
            article: None,
            rule,
            kept: None,
        }]
    }

    fn block(word: &str) -> Reason {
        let start = MENU.find(word).unwrap();
        let span = Span::new(start, start + word.len());
        Reason { span, marks: Vec::new(), probability: None, needed: None, weights: Vec::new() }
    }

    fn texts(pieces: &[LedgerSpan]) -> Vec<(&str, Kind)> {
        pieces.iter().map(|piece| (&MENU[piece.start..piece.end], piece.kind)).collect()
    }

    #[test]
    fn a_span_of_many_blocks_is_a_piece_for_each_and_blank_between() {
        let found = pieces(MENU, &menu(), &["Home", "Ferries", "Tides"].map(block));
        let (nav, blank) = (Kind::Nav, Kind::Blank);
        let expected =
            [("Home", nav), ("\n\n ", blank), ("Ferries", nav), ("\r\n", blank), ("Tides", nav)];
        assert_eq!(texts(&found), expected);
        assert!(found.iter().all(|piece| piece.rule.is_some() == (piece.kind == nav)));
    }

    #[test]
    fn where_no_block_was_judged_each_line_is_a_piece() {
        let (nav, blank) = (Kind::Nav, Kind::Blank);
        let expected =
            [("Home", nav), ("\n\n", blank), (" Ferries", nav), ("\r\n", blank), ("Tides", nav)];
        assert_eq!(texts(&pieces(MENU, &menu(), &[])), expected);
    }

    #[test]
    fn tags_stay_whole() {
        let tags = [LedgerSpan { kind: Kind::Markup, ..menu().remove(0) }];
        assert_eq!(pieces(MENU, &tags, &[block("Ferries")]), tags);
    }
}
