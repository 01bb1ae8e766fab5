//! The account of a record: every byte of its view has one kind, and most have the evidence for it.

use serde::{Deserialize, Deserializer, Serialize};

use crate::span::{Decider, Kind, Span};

/// One stretch of a record with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// The article (1-based) it belongs to.
    pub article: Option<usize>,
    /// What decided.
    pub rule: Option<Decider>,
    /// Whether it is in the article's text or title: text of the article, and what [was asked to stay](crate::Beside) with it.
    pub is_kept: bool,
}

impl Entry {
    /// Whether another entry says the same of its stretch.
    fn is_as(&self, other: &Self) -> bool {
        let of = |entry: &Self| (entry.kind, entry.article, entry.is_kept);
        of(self) == of(other) && self.rule == other.rule
    }
}

impl Serialize for Entry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = serializer.serialize_struct("Entry", 6)?;
        row.serialize_field("start", &self.span.start)?;
        row.serialize_field("end", &self.span.end)?;
        row.serialize_field("kind", &self.kind)?;
        row.serialize_field("article", &self.article)?;
        match &self.rule {
            Some(rule) => row.serialize_field("rule", rule)?,
            None => row.skip_field("rule")?,
        }
        if self.is_kept == self.kind.is_kept() {
            row.skip_field("kept")?;
        } else {
            row.serialize_field("kept", &self.is_kept)?;
        }
        row.end()
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Row {
            start: usize,
            end: usize,
            kind: Kind,
            article: Option<usize>,
            rule: Option<Decider>,
            kept: Option<bool>,
        }
        let Row { start, end, kind, article, rule, kept } = Row::deserialize(deserializer)?;
        let is_kept = kept.unwrap_or(kind.is_kept());
        if start < end {
            Ok(Self { span: Span { start, end }, kind, article, rule, is_kept })
        } else {
            Err(serde::de::Error::custom("a span runs forward"))
        }
    }
}

/// The entries of a record in order. It partitions the record: no byte is left out and none stands in two entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ledger {
    entries: Vec<Entry>,
}

impl Ledger {
    /// The entries, in the order of their spans.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The same account in as few entries as it takes: those of one kind, article and rule between which nothing but white space stands are one.
    #[must_use]
    pub(crate) fn coalesced(self) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        for entry in self.entries {
            match &mut entries[..] {
                [.., before, blank] if blank.kind == Kind::Blank && before.is_as(&entry) => {
                    before.span.end = entry.span.end;
                    entries.pop();
                }
                [.., before] if before.is_as(&entry) => before.span.end = entry.span.end,
                _ => entries.push(entry),
            }
        }
        Self { entries }
    }

    /// Takes back what is kept of an article, as this detector says.
    pub(crate) fn leave_out(&mut self, article: usize, detector: &'static str) {
        let of = |entry: &&mut Entry| entry.article == Some(article) && entry.is_kept;
        for entry in self.entries.iter_mut().filter(of) {
            let is_text = entry.kind.is_kept();
            entry.is_kept = false;
            entry.kind = if is_text { Kind::Other } else { entry.kind };
            entry.rule = Some(Decider::Detector(detector));
        }
    }

    /// Bytes accounted for: the length of the record's view.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.last().map_or(0, |e| e.span.end)
    }
}

impl<'de> Deserialize<'de> for Ledger {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries = Vec::<Entry>::deserialize(deserializer)?;
        let ends = [0].into_iter().chain(entries.iter().map(|entry| entry.span.end));
        if ends.zip(&entries).all(|(end, next)| end == next.span.start) {
            Ok(Self { entries })
        } else {
            Err(serde::de::Error::custom("a ledger has neither a gap nor an overlap"))
        }
    }
}

/// Writes a ledger from the front to the back. Each step covers the bytes from where the last one ended, so that
/// neither a gap nor an overlap can be expressed.
#[derive(Debug, Default)]
pub(crate) struct LedgerBuilder {
    entries: Vec<Entry>,
    at: usize,
}

impl LedgerBuilder {
    /// Accounts for the bytes up to `end`; nothing happens where `end` lies behind.
    pub(crate) fn cover(
        &mut self,
        end: usize,
        kind: Kind,
        article: Option<usize>,
        rule: Option<Decider>,
    ) {
        let span = Span { start: self.at, end };
        self.enter(Entry { span, kind, article, rule, is_kept: kind.is_kept() });
    }

    /// The same of bytes that are kept, whatever their kind.
    pub(crate) fn keep(&mut self, end: usize, kind: Kind, article: usize, rule: Option<Decider>) {
        let span = Span { start: self.at, end };
        self.enter(Entry { span, kind, article: Some(article), rule, is_kept: true });
    }

    /// Accounts for the bytes up to the end of an entry as that does.
    pub(crate) fn enter(&mut self, entry: Entry) {
        let end = entry.span.end;
        if end <= self.at {
            return;
        }
        match self.entries.last_mut() {
            Some(last) if last.kind == entry.kind && entry.kind == Kind::Blank => {
                last.span.end = end
            }
            _ => self.entries.push(Entry { span: Span::new(self.at, end), ..entry }),
        }
        self.at = end;
    }

    /// The finished ledger of a record of `bytes` bytes; what is left is blank.
    #[must_use]
    pub(crate) fn finish(mut self, bytes: usize) -> Ledger {
        self.cover(bytes, Kind::Blank, None, None);
        Ledger { entries: self.entries }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_was_written_is_read_back_and_a_gap_is_refused() {
        let mut builder = LedgerBuilder::default();
        let by =
            |name: &str| [Decider::Rule(name.into()), Decider::Detector("card"), Decider::Model];
        for (end, decider) in
            (1..).zip(by("en.nav.home").into_iter().chain([Decider::ModelBy("form")]))
        {
            builder.cover(end, Kind::Nav, None, Some(decider));
        }
        builder.cover(9, Kind::Body, Some(1), None);
        let ledger = builder.finish(10);
        let written = serde_json::to_string(&ledger).unwrap();
        assert_eq!(serde_json::from_str::<Ledger>(&written).unwrap(), ledger);
        let gap = r#"[{"start": 1, "end": 2, "kind": "body", "article": 1}]"#;
        assert!(serde_json::from_str::<Ledger>(gap).is_err());
        let nobody = r#"[{"start": 0, "end": 2, "kind": "body", "article": 1, "rule": "fate"}]"#;
        assert!(serde_json::from_str::<Ledger>(nobody).is_err());
    }

    #[test]
    fn stretches_of_one_kind_article_and_rule_are_one_and_no_others() {
        let mut builder = LedgerBuilder::default();
        let by = |name: &'static str| Some(Decider::Detector(name));
        for (end, kind, article, rule) in [
            (2, Kind::Body, Some(1), None),
            (3, Kind::Blank, None, None),
            (5, Kind::Body, Some(1), None),
            (6, Kind::Blank, None, None),
            (8, Kind::Body, Some(2), None),
            (10, Kind::Nav, None, by("menu")),
            (11, Kind::Blank, None, None),
            (13, Kind::Nav, None, by("menu")),
            (14, Kind::Blank, None, None),
            (16, Kind::Nav, None, by("card")),
        ] {
            builder.cover(end, kind, article, rule);
        }
        let ledger = builder.finish(16).coalesced();
        let spans: Vec<(usize, usize)> =
            ledger.entries().iter().map(|entry| (entry.span.start, entry.span.end)).collect();
        assert_eq!(spans, [(0, 5), (5, 6), (6, 8), (8, 13), (13, 14), (14, 16)]);
    }

    proptest! {
        #[test]
        fn any_sequence_of_steps_partitions_the_record(steps in proptest::collection::vec((0usize..200, 0..Kind::ALL.len()), 0..40), bytes in 200usize..300) {
            let mut builder = LedgerBuilder::default();
            for (end, kind) in steps {
                builder.cover(end, Kind::ALL[kind], None, None);
            }
            let ledger = builder.finish(bytes);
            let kind_at = |ledger: &Ledger, byte: usize| {
                ledger.entries().iter().find(|entry| byte < entry.span.end).map(|entry| entry.kind)
            };
            let few = ledger.clone().coalesced();
            for ledger in [&ledger, &few] {
                let mut at = 0;
                for entry in ledger.entries() {
                    prop_assert_eq!(entry.span.start, at);
                    prop_assert!(!entry.span.is_empty());
                    at = entry.span.end;
                }
                prop_assert_eq!(at, bytes);
            }
            for byte in 0..bytes {
                let kind = kind_at(&ledger, byte);
                prop_assert!(kind == Some(Kind::Blank) || kind == kind_at(&few, byte));
            }
            for pair in few.entries().windows(2) {
                prop_assert!(!pair[0].is_as(&pair[1]));
            }
        }
    }
}
