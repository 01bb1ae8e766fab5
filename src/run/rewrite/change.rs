//! What the second pass changes of one article, and what becomes of the entries of its text.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::clean::mark::stage;
use crate::run::rewrite::cut::{Cut, Repeats};
use crate::run::rewrite::entry::StashedEntry;
use crate::sentences::Sentence;
use crate::span::{Decider, Kind, Span};

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
    pub(super) fn cut<'a>(&self, entry: StashedEntry<'a>, into: &mut Vec<StashedEntry<'a>>) {
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
    pub(super) fn fold<'a>(&self, entry: StashedEntry<'a>, into: &mut Vec<StashedEntry<'a>>) {
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
