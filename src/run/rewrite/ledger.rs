//! The ledger of the first pass with the changes of the second.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::run::rewrite::change::Change;
use crate::run::rewrite::entry::StashedEntry;
use crate::span::Kind;

/// A line of the ledger as it is read again.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct StashedLedger<'a> {
    #[serde(borrow)]
    dump: Cow<'a, str>,
    #[serde(borrow)]
    record: Option<Cow<'a, str>>,
    #[serde(borrow)]
    digest: Cow<'a, str>,
    bytes: usize,
    #[serde(borrow)]
    encoding: Cow<'a, str>,
    #[serde(borrow)]
    format: Cow<'a, str>,
    #[serde(borrow)]
    spans: Vec<StashedEntry<'a>>,
}

impl StashedLedger<'_> {
    /// Makes the changes of several articles, each by its place in the record, and says what they change in what is counted.
    pub(crate) fn change(&mut self, changes: &FxHashMap<usize, Change>) -> Recount {
        let beside_before = self.beside().collect();
        let mut entries = Vec::with_capacity(self.spans.len() + 2 * changes.len());
        let mut parts = Vec::new();
        for entry in self.spans.drain(..) {
            let Some(change) = entry.article.and_then(|article| changes.get(&article)) else {
                entries.push(entry);
                continue;
            };
            if entry.kind == Kind::Body || entry.is_beside() {
                change.cut(entry, &mut parts);
            } else {
                parts.push(entry);
            }
            parts.drain(..).for_each(|part| change.fold(part, &mut entries));
        }
        entries.retain(|entry| entry.start < entry.end);
        self.spans = entries;
        let repeated = self.repeated().map(|bytes| (Kind::Repeated, bytes));
        let removed = repeated.chain(self.copied().map(|bytes| (Kind::Copy, bytes))).collect();
        Recount { beside_before, beside: self.beside().collect(), removed }
    }

    /// Kind and bytes of each span that is kept beside the text.
    fn beside(&self) -> impl Iterator<Item = (Kind, usize)> {
        self.spans.iter().filter(|e| e.is_beside()).map(|e| (e.kind, e.end - e.start))
    }

    /// The bytes of each span that was folded.
    fn copied(&self) -> impl Iterator<Item = usize> {
        self.spans.iter().filter(|e| e.kind == Kind::Copy).map(|e| e.end - e.start)
    }

    /// The bytes of each span that was cut.
    fn repeated(&self) -> impl Iterator<Item = usize> {
        self.spans.iter().filter(|e| e.repeats.is_some()).map(|e| e.end - e.start)
    }
}

/// What the changes of a ledger change in what is counted: kind and bytes of spans.
#[derive(Debug, Default)]
pub(crate) struct Recount {
    /// What was kept beside the text before, and what is after.
    pub(crate) beside_before: Vec<(Kind, usize)>,
    pub(crate) beside: Vec<(Kind, usize)>,
    /// What is removed.
    pub(crate) removed: Vec<(Kind, usize)>,
}

/// A line of the ledger with the changes of several articles, each by its place in the record.
///
/// # Errors
/// Where the line is none of a ledger.
pub fn changed_line(
    line: &str,
    changes: impl IntoIterator<Item = (usize, Change)>,
) -> serde_json::Result<String> {
    let mut ledger: StashedLedger = serde_json::from_str(line)?;
    ledger.change(&changes.into_iter().collect());
    serde_json::to_string(&ledger)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::rewrite::cut::{Cut, Repeats, cut_article};
    use crate::sentences::{Sentence, sentences_of};
    use crate::span::Span;
    use crate::{Cleaner, Options};

    const DUMP: &str = "Quay reopens after storm\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n\n        The mayor thanked the crews who had worked through both weekends. Our members pay for every line of this.  Do join us in spring, all of you.\n";

    #[test]
    fn what_is_cut_goes_from_text_places_and_ledger() {
        let cleaned = Cleaner::new(Options {
            no_built_in_rules: true,
            model: crate::ModelChoice::None,
            ..Options::default()
        })
        .unwrap()
        .clean(DUMP);
        let mut article = cleaned.articles[0].clone();
        let sentences = sentences_of(DUMP, &article.provenance.paragraphs);
        let line = serde_json::json!({"dump": "a", "record": null, "digest": "", "bytes": DUMP.len(), "encoding": "utf-8", "format": "text", "spans": cleaned.ledger});
        let line = line.to_string();
        let mut ledger: StashedLedger = serde_json::from_str(&line).unwrap();
        let repeats = Repeats {
            stories: 4,
            dump: Some("a".into()),
            record: None,
            article: Some(1),
            id: None,
            similarity: None,
        };
        let cuts = [2, 3].map(|sentence| Cut { sentence, repeats: repeats.clone() });
        assert!(cut_article(&mut article, &sentences, &cuts));
        let change = Change::new(&sentences, &cuts, None);
        ledger.change(&[(1, change)].into_iter().collect());
        assert!(
            article
                .text
                .ends_with("\n\nThe mayor thanked the crews who had worked through both weekends."),
            "{}",
            article.text
        );
        let last = article.provenance.paragraphs[1][0];
        assert_eq!(
            last.of(DUMP),
            "The mayor thanked the crews who had worked through both weekends."
        );
        assert_eq!(article.provenance.range.end, last.end);
        let repeated = ledger.spans.iter().find(|e| e.kind == Kind::Repeated).unwrap();
        assert_eq!(
            &DUMP[repeated.start..repeated.end],
            "Our members pay for every line of this.  Do join us in spring, all of you."
        );
        assert!(ledger.spans.windows(2).all(|pair| pair[0].end == pair[1].start));
    }

    fn sentence(start: usize, end: usize, paragraph: u32) -> Sentence {
        Sentence {
            span: Span::new(start, end),
            paragraph,
            squeezed: (end - start) as u32,
            hash: 0,
            letters: 0,
        }
    }

    /// Kind, start and end of what an entry of 60 bytes becomes.
    fn changed(change: &Change) -> Vec<(Kind, usize, usize)> {
        let entry = serde_json::json!([{"start": 0, "end": 60, "kind": "body", "article": 1}]);
        let line = serde_json::json!({"dump": "a", "record": null, "digest": "", "bytes": 60, "encoding": "utf-8", "format": "text", "spans": entry});
        let line = changed_line(&line.to_string(), [(1, change.clone())]).unwrap();
        let ledger: StashedLedger = serde_json::from_str(&line).unwrap();
        ledger.spans.iter().map(|entry| (entry.kind, entry.start, entry.end)).collect()
    }

    #[test]
    fn white_space_between_two_that_are_cut_goes_with_them_and_text_does_not() {
        let cuts = [0, 1].map(|sentence| Cut { sentence, repeats: Repeats::default() });
        let apart = [sentence(0, 10, 0), sentence(12, 20, 1), sentence(22, 60, 2)];
        let cut = Change::new(&apart, &cuts, None);
        assert_eq!(
            changed(&cut),
            [(Kind::Repeated, 0, 12), (Kind::Repeated, 12, 20), (Kind::Body, 20, 60)]
        );
        // Another column between them.
        let columns = [sentence(0, 10, 0), sentence(40, 50, 1), sentence(12, 38, 2)];
        let cut = Change::new(&columns, &cuts, None);
        assert_eq!(
            changed(&cut),
            [
                (Kind::Repeated, 0, 10),
                (Kind::Body, 10, 40),
                (Kind::Repeated, 40, 50),
                (Kind::Body, 50, 60)
            ]
        );
    }

    #[test]
    fn own_text_of_a_copy_is_one_stretch_where_white_space_alone_parts_it() {
        let sentences =
            [sentence(0, 10, 0), sentence(12, 20, 1), sentence(22, 30, 2), sentence(32, 60, 3)];
        let own = [0, 1, 3].map(|at| sentences[at].span).to_vec();
        let folded = Change::new(&sentences, &[], Some(("id".into(), own)));
        assert_eq!(
            changed(&folded),
            [(Kind::Body, 0, 20), (Kind::Copy, 20, 32), (Kind::Body, 32, 60)]
        );
    }
}
