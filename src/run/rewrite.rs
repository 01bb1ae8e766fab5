//! What the second pass changes in the lines of the first: repeated text is cut from an article and its ledger, copies are named.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::{Article, Provenance, id_of};
use crate::clean::mark::stage;
use crate::sentences::Sentence;
use crate::span::{Decider, Kind, Span};
use crate::structure::blocks_after_cuts;

/// A sentence that is cut because it is repeated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cut {
    /// Its place among the sentences of the article.
    pub(crate) sentence: usize,
    /// How often the text stands in the run, and where first.
    pub(crate) repeats: Repeats,
}

/// How often a text stands in the run, and where first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Repeats {
    /// Stories that it stands in.
    pub stories: u32,
    /// The dump of the first of them; None for an article of an earlier run.
    pub dump: Option<String>,
    /// The record of that dump.
    pub record: Option<String>,
    /// Which article of its record that is; None for one of an earlier run.
    pub article: Option<usize>,
    /// The id of an article of an earlier run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The share of a paragraph that stands in the first one; None for sentences, which are the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
}

impl Provenance {
    /// Where this article stands, as the first of so many stories.
    pub(crate) fn repeats(self, stories: u32) -> Repeats {
        let Self { dump, record, article, .. } = self;
        let (dump, article) = (Some(dump), Some(article));
        Repeats { stories, dump, record, article, ..Repeats::default() }
    }
}

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

#[derive(Debug, Clone, Serialize, Deserialize)]
struct StashedEntry<'a> {
    start: usize,
    end: usize,
    kind: Kind,
    article: Option<usize>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    rule: Option<Cow<'a, str>>,
    /// Whether it is kept, where its kind does not say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kept: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeats: Option<Repeats>,
    /// The canonical article that the text was folded into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copy_of: Option<String>,
}

impl StashedEntry<'_> {
    /// Whether it is kept beside the text of the article.
    fn is_beside(&self) -> bool {
        self.kept == Some(true) && !self.kind.is_kept()
    }
}

/// What the second pass changes of the text of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What is cut, in the order of the record.
    taken: Vec<(Span, Repeats)>,
    /// The id of the canonical article that it is folded into, and what of it stays text, in order.
    fold: Option<(String, Vec<Span>)>,
}

impl Change {
    /// Cuts sentences of an article, and folds it into the article with this id but for what is kept as its own.
    ///
    /// No two sentences overlap in the record, nor do two stretches that are kept: both are sorted by their start, and found by their end.
    pub(crate) fn new(
        sentences: &[Sentence],
        cuts: &[Cut],
        mut fold: Option<(String, Vec<Span>)>,
    ) -> Self {
        // Text that is read behind where it is used stands elsewhere in the record.
        let mut taken: Vec<(Span, Repeats)> = runs(sentences, cuts)
            .into_iter()
            .map(|(span, repeats)| (span, repeats.clone()))
            .collect();
        taken.sort_by_key(|(span, _)| span.start);
        let sentences = Places::of(sentences);
        for at in 1..taken.len() {
            let next = taken[at].0.start;
            let end = &mut taken[at - 1].0.end;
            *end = if sentences.are_none_within(*end, next) { next } else { *end };
        }
        if let Some((_, own)) = &mut fold {
            own.sort_by_key(|span| span.start);
            own.dedup_by(|next, before| {
                let goes_on = sentences.are_none_within(before.end, next.start);
                before.end = if goes_on { next.end } else { before.end };
                goes_on
            });
        }
        Self { taken, fold }
    }

    /// Gives what is cut of an entry the kind of repeated text.
    fn cut<'a>(&self, entry: StashedEntry<'a>, into: &mut Vec<StashedEntry<'a>>) {
        let mut at = entry.start;
        let from = self.taken.partition_point(|(span, _)| span.end <= entry.start);
        for (span, repeats) in
            self.taken[from..].iter().take_while(|(span, _)| span.start < entry.end)
        {
            let (start, end) = (span.start.max(at), span.end.min(entry.end));
            if start >= end {
                continue;
            }
            let body = StashedEntry { start: at, end: start, ..entry.clone() };
            let rule = Some(Cow::Owned(Decider::Detector(stage::REPEATED).to_string()));
            let cut = StashedEntry {
                start,
                end,
                kind: Kind::Repeated,
                article: None,
                rule,
                kept: None,
                repeats: Some(repeats.clone()),
                copy_of: None,
            };
            into.extend([body, cut]);
            at = end;
        }
        into.push(StashedEntry { start: at, ..entry });
    }

    /// Gives an entry the kind of a copy; what is kept as its own stays text.
    fn fold<'a>(&self, entry: StashedEntry<'a>, into: &mut Vec<StashedEntry<'a>>) {
        let is_text = entry.kind.is_kept() || entry.is_beside();
        let Some((id, own)) = self.fold.as_ref().filter(|_| is_text) else {
            into.push(entry);
            return;
        };
        let entry = StashedEntry { copy_of: Some(id.clone()), ..entry };
        let part = |start, end, kind| {
            let kept = entry.kept.filter(|_| kind == entry.kind);
            StashedEntry { start, end, kind, kept, ..entry.clone() }
        };
        let mut at = entry.start;
        let from = own.partition_point(|span| span.end <= entry.start);
        for span in own[from..].iter().take_while(|span| span.start < entry.end) {
            let (start, end) = (span.start.max(at), span.end.min(entry.end));
            if start < end {
                into.extend([part(at, start, Kind::Copy), part(start, end, entry.kind)]);
                at = end;
            }
        }
        into.push(part(at, entry.end, Kind::Copy));
    }
}

/// Where the sentences of an article stand, those further up first, each with the end of the furthest of those before it and itself.
struct Places(Vec<(usize, usize)>);

impl Places {
    fn of(sentences: &[Sentence]) -> Self {
        let mut spans: Vec<Span> = sentences.iter().map(|sentence| sentence.span).collect();
        spans.sort_by_key(|span| span.start);
        let mut end = 0;
        let places = spans.iter().map(|span| {
            end = end.max(span.end);
            (span.start, end)
        });
        Self(places.collect())
    }

    /// Whether no part of a sentence stands from one place to one at or behind it: nothing but white space, or what is no text.
    fn are_none_within(&self, from: usize, to: usize) -> bool {
        let before = self.0.partition_point(|&(start, _)| start < to);
        from <= to && before.checked_sub(1).is_none_or(|last| self.0[last].1 <= from)
    }
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

/// The stretches that are cut: sentences that follow each other in a paragraph go together.
fn runs<'c>(sentences: &[Sentence], cuts: &'c [Cut]) -> Vec<(Span, &'c Repeats)> {
    let mut runs: Vec<(Span, &Repeats)> = Vec::new();
    let mut before: Option<&Cut> = None;
    for cut in cuts {
        let sentence = &sentences[cut.sentence];
        let goes_on = before.is_some_and(|b| {
            b.sentence + 1 == cut.sentence && sentences[b.sentence].paragraph == sentence.paragraph
        });
        match runs.last_mut() {
            Some((span, _)) if goes_on => span.end = sentence.span.end,
            _ => runs.push((sentence.span, &cut.repeats)),
        }
        before = Some(cut);
    }
    runs
}

/// Cuts sentences, in order, from an article: its text, places, range and id become those of what is left. Says whether it could: nothing
/// is changed where the sentences are not those of the article.
pub(crate) fn cut_article(article: &mut Article, sentences: &[Sentence], cuts: &[Cut]) -> bool {
    let mut cuts = cuts.iter().map(|cut| cut.sentence).peekable();
    let mut texts: Vec<String> = Vec::new();
    let mut places = Vec::with_capacity(article.provenance.paragraphs.len());
    let mut left = Vec::with_capacity(article.provenance.paragraphs.len());
    let mut rest = (0..).zip(sentences).peekable();
    for (paragraph, old) in (0..).zip(article.text.split("\n\n")) {
        let (mut text, mut kept, mut from, mut goes_on) =
            (String::new(), Vec::<Span>::new(), 0, false);
        let mut is_whole = true;
        while let Some((at, sentence)) =
            rest.next_if(|(_, sentence)| sentence.paragraph == paragraph)
        {
            let end = from + sentence.squeezed as usize;
            let Some(part) = old.get(from..end) else { return false };
            let is_cut = cuts.next_if_eq(&at).is_some();
            if !is_cut {
                text.push_str(if !text.is_empty() && old[..from].ends_with(' ') {
                    " "
                } else {
                    ""
                });
                text.push_str(part);
                match kept
                    .last_mut()
                    .filter(|_| goes_on && !stands_apart(&article.provenance.paragraphs, sentence))
                {
                    Some(last) => last.end = sentence.span.end,
                    None => kept.push(sentence.span),
                }
            }
            is_whole &= !is_cut;
            goes_on = !is_cut;
            from = end + usize::from(old[end..].starts_with(' '));
        }
        if is_whole && !text.is_empty() {
            text = old.to_owned();
            kept.clone_from(&article.provenance.paragraphs[paragraph as usize]);
        }
        left.push((!text.is_empty()).then_some(is_whole));
        if !text.is_empty() {
            texts.push(text);
            places.push(kept);
        }
    }
    let (Some(first), Some(last)) = (
        places.first().and_then(|p: &Vec<Span>| p.first()),
        places.last().and_then(|p: &Vec<Span>| p.last()),
    ) else {
        return false;
    };
    let Provenance { range, title, .. } = &mut article.provenance;
    if sentences.first().is_some_and(|s| s.span.start == range.start) {
        range.start = first.start.min(title.map_or(first.start, |t| t.start));
    }
    if sentences.last().is_some_and(|s| s.span.end == range.end) {
        range.end = last.end.max(title.map_or(last.end, |t| t.end));
    }
    article.text = texts.join("\n\n");
    article.id = id_of(&article.text);
    article.provenance.paragraphs = places;
    article.blocks = blocks_after_cuts(std::mem::take(&mut article.blocks), &left);
    true
}

/// Whether a sentence begins a piece of its paragraph: debris was cut out before it already.
fn stands_apart(paragraphs: &[Vec<Span>], sentence: &Sentence) -> bool {
    paragraphs[sentence.paragraph as usize].iter().any(|piece| piece.start == sentence.span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences_of;
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
