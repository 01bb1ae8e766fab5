//! The account of a record: every byte of its view has one kind, and most have the evidence for it.

use serde::Serialize;

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
}

impl Serialize for Entry {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut row = serializer.serialize_struct("Entry", 5)?;
        row.serialize_field("start", &self.span.start)?;
        row.serialize_field("end", &self.span.end)?;
        row.serialize_field("kind", &self.kind)?;
        row.serialize_field("article", &self.article)?;
        match &self.rule {
            Some(rule) => row.serialize_field("rule", rule)?,
            None => row.skip_field("rule")?,
        }
        row.end()
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

    /// Bytes accounted for: the length of the record's view.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.last().map_or(0, |e| e.span.end)
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
        if end <= self.at {
            return;
        }
        match self.entries.last_mut() {
            Some(last) if last.kind == kind && kind == Kind::Blank => last.span.end = end,
            _ => self.entries.push(Entry { span: Span::new(self.at, end), kind, article, rule }),
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

    proptest! {
        #[test]
        fn any_sequence_of_steps_partitions_the_record(steps in proptest::collection::vec((0usize..200, 0..Kind::ALL.len()), 0..40), bytes in 200usize..300) {
            let mut builder = LedgerBuilder::default();
            for (end, kind) in steps {
                builder.cover(end, Kind::ALL[kind], None, None);
            }
            let ledger = builder.finish(bytes);
            let mut at = 0;
            for entry in ledger.entries() {
                prop_assert_eq!(entry.span.start, at);
                prop_assert!(!entry.span.is_empty());
                at = entry.span.end;
            }
            prop_assert_eq!(at, bytes);
        }
    }
}
