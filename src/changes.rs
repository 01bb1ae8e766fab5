//! What differs between the ledgers of two runs, record by record.

use std::collections::HashSet;
use std::iter::Peekable;

use dechaff::Kind;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::finished::{Finished, LedgerLine, LedgerSpan, Lines};

/// What was said of a byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Verdict {
    pub(crate) kind: Kind,
    article: Option<usize>,
    pub(crate) rule: Option<String>,
    #[serde(rename = "kept")]
    is_kept: bool,
}

/// How the later verdict differs from the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Turn {
    /// It was text of an article, and is no more.
    Removed,
    /// It was none, and is now.
    Kept,
    /// Another kind, another article, or another reason.
    Otherwise,
}

/// A stretch of a record with two verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) turn: Turn,
    pub(crate) was: Verdict,
    pub(crate) now: Verdict,
}

impl Change {
    /// What decided on the removal, now or before.
    pub(crate) fn by(&self) -> &str {
        let removal = if self.turn == Turn::Kept { &self.was } else { &self.now };
        match removal.kind {
            Kind::Copy => "the copy of another article",
            _ => removal.rule.as_deref().unwrap_or("no rule"),
        }
    }
}

impl From<&LedgerSpan> for Verdict {
    fn from(span: &LedgerSpan) -> Self {
        Self {
            kind: span.kind,
            article: span.article,
            rule: span.rule.clone(),
            is_kept: span.is_kept(),
        }
    }
}

fn turn_of(was: &Verdict, now: &Verdict) -> Turn {
    match (was.is_kept, now.is_kept) {
        (true, false) if now.kind != Kind::Markup => Turn::Removed,
        (false, true) if was.kind != Kind::Markup => Turn::Kept,
        _ => Turn::Otherwise,
    }
}

/// Where two accounts of the same text differ, in order. White space may be blank or part of what stands around it: that is no difference.
pub(crate) fn changes(was: &[LedgerSpan], now: &[LedgerSpan]) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    let (mut a, mut b) = (was.iter().peekable(), now.iter().peekable());
    while let (Some(before), Some(after)) = (a.peek(), b.peek()) {
        let (start, end) = (before.start.max(after.start), before.end.min(after.end));
        let (was, now) = (Verdict::from(*before), Verdict::from(*after));
        let is_blank = [&was, &now].into_iter().any(|verdict| verdict.kind == Kind::Blank);
        if start < end && was != now && !is_blank {
            match found.last_mut() {
                Some(last) if last.end == start && last.was == was && last.now == now => {
                    last.end = end;
                }
                _ => found.push(Change { start, end, turn: turn_of(&was, &now), was, now }),
            }
        }
        let (a_ends, b_ends) = (before.end <= after.end, after.end <= before.end);
        if a_ends {
            a.next();
        }
        if b_ends {
            b.next();
        }
    }
    found
}

/// A record of either run, or of both.
pub(crate) enum Pair {
    Both(Box<(LedgerLine, LedgerLine)>),
    Before(LedgerLine),
    After(LedgerLine),
}

/// The records of two runs side by side. One of each is in memory; and where the runs have not the same records, eight bytes for each of theirs.
pub(crate) struct Pairs<'r> {
    runs: (&'r Finished, &'r Finished),
    before: Peekable<Lines<LedgerLine>>,
    after: Peekable<Lines<LedgerLine>>,
    /// What each run has, once it is needed.
    keys: Option<(HashSet<u64>, HashSet<u64>)>,
}

fn key(line: &LedgerLine) -> u64 {
    xxh3_64(format!("{}\0{}", line.dump, line.record.as_deref().unwrap_or("\0")).as_bytes())
}

fn keys(run: &Finished) -> anyhow::Result<HashSet<u64>> {
    run.ledger().map(|line| line.map(|line| key(&line))).collect()
}

impl<'r> Pairs<'r> {
    pub(crate) fn of(before: &'r Finished, after: &'r Finished) -> Self {
        Self {
            runs: (before, after),
            before: before.ledger().peekable(),
            after: after.ledger().peekable(),
            keys: None,
        }
    }

    fn step(&mut self) -> anyhow::Result<Option<Pair>> {
        let key_of = |line: Option<&anyhow::Result<LedgerLine>>| line?.as_ref().ok().map(key);
        for run in [&mut self.before, &mut self.after] {
            if let Some(Err(error)) = run.next_if(Result::is_err) {
                return Err(error);
            }
        }
        let (a, b) = (key_of(self.before.peek()), key_of(self.after.peek()));
        let (a, b) = match (a, b) {
            (None, None) => return Ok(None),
            (Some(_), None) => return Ok(self.before.next().transpose()?.map(Pair::Before)),
            (None, Some(_)) => return Ok(self.after.next().transpose()?.map(Pair::After)),
            (Some(a), Some(b)) => (a, b),
        };
        if a == b {
            let both = self.before.next().transpose()?.zip(self.after.next().transpose()?);
            return Ok(both.map(|both| Pair::Both(both.into())));
        }
        if self.keys.is_none() {
            self.keys = Some((keys(self.runs.0)?, keys(self.runs.1)?));
        }
        let (in_before, in_after) = self
            .keys
            .as_ref()
            .map_or((false, false), |(before, after)| (before.contains(&b), after.contains(&a)));
        if !in_after {
            Ok(self.before.next().transpose()?.map(Pair::Before))
        } else if !in_before {
            Ok(self.after.next().transpose()?.map(Pair::After))
        } else {
            anyhow::bail!(
                "the runs have the same records in different orders; clean both from the same paths"
            )
        }
    }
}

impl Iterator for Pairs<'_> {
    type Item = anyhow::Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn spans(ends: &[usize], kinds: &[usize]) -> Vec<LedgerSpan> {
        let mut start = 0;
        let mut ends = ends.to_vec();
        ends.sort_unstable();
        ends.dedup();
        let row = |(end, kind): (usize, &usize)| {
            let span = LedgerSpan {
                start,
                end,
                kind: Kind::ALL[*kind],
                article: None,
                rule: None,
                kept: None,
            };
            start = end;
            span
        };
        ends.into_iter().zip(kinds.iter().cycle()).map(row).collect()
    }

    #[test]
    fn white_space_that_one_account_has_by_itself_is_no_change() {
        let place = |kind| Kind::ALL.iter().position(|other| *other == kind).unwrap();
        let [body, blank, nav] = [Kind::Body, Kind::Blank, Kind::Nav].map(place);
        let one = spans(&[50], &[body]);
        let apart = spans(&[20, 22, 40, 42, 50], &[body, blank]);
        assert_eq!(changes(&one, &apart), []);
        assert_eq!(changes(&apart, &one), []);
        let with_nav = spans(&[20, 22, 40, 42, 50], &[body, blank, nav, blank, body]);
        let found = changes(&one, &with_nav);
        let places: Vec<_> = found.iter().map(|change| (change.start, change.end)).collect();
        assert_eq!((places, found[0].turn), (vec![(22, 40)], Turn::Removed));
    }

    proptest! {
        #[test]
        fn changes_are_the_bytes_whose_verdict_differs(
            a in proptest::collection::vec(1usize..60, 0..9), b in proptest::collection::vec(1usize..60, 0..9),
            kinds in proptest::collection::vec(0..Kind::ALL.len(), 1..7), others in proptest::collection::vec(0..Kind::ALL.len(), 1..7),
        ) {
            let (a, b) = (spans(&[&a[..], &[60]].concat(), &kinds), spans(&[&b[..], &[60]].concat(), &others));
            let kind_at = |spans: &[LedgerSpan], byte: usize| {
                spans.iter().find(|span| byte < span.end).map(|span| span.kind)
            };
            let found = changes(&a, &b);
            for byte in 0..60 {
                let change = found.iter().find(|change| (change.start..change.end).contains(&byte));
                let (was, now) = (kind_at(&a, byte), kind_at(&b, byte));
                prop_assert_eq!(change.map(|c| (c.was.kind, c.now.kind)), was.zip(now).filter(|(was, now)| was != now && ![was, now].contains(&&Kind::Blank)));
            }
            prop_assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
        }
    }
}
