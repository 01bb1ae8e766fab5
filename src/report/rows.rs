//! The records of a run as the page lists them, and what is counted over all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dechaff::Kind;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::finished::{LedgerLine, LedgerSpan};
use crate::report::limits::{LONGEST, MARKUP, ROWS, SPAN};

/// A record.
#[derive(Debug)]
pub(crate) struct Row {
    /// By which a sample is taken: the same for the same record.
    pub(super) key: u64,
    /// Its line in the ledger, from 0.
    pub(super) number: usize,
    pub(super) dump: String,
    pub(super) record: Option<String>,
    pub(super) digest: String,
    pub(super) format: String,
    pub(super) bytes: usize,
    /// Bytes that it takes in the page with its text, about.
    pub(super) weight: usize,
    pub(super) kept: usize,
    pub(super) removed: usize,
    pub(super) articles: usize,
}

/// How much of something there is.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Amount {
    pub(super) spans: u64,
    pub(super) bytes: u64,
}

impl Amount {
    fn add(&mut self, bytes: usize) {
        self.spans += 1;
        self.bytes += bytes as u64;
    }
}

/// What the ledger says of all records, and the records that are listed.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) listed: Vec<Row>,
    pub(super) total: usize,
    pub(super) kinds: BTreeMap<Kind, Amount>,
    /// What decided, with the kind that it gave first.
    pub(super) deciders: BTreeMap<String, (Kind, Amount)>,
    at: HashMap<(String, Option<String>), usize>,
}

/// Bytes that are shown of a span: all of it, but of tags the first.
pub(super) fn shown_bytes(span: &LedgerSpan) -> usize {
    if span.kind == Kind::Markup { span.len().min(MARKUP) } else { span.len() }
}

impl Rows {
    /// Reads the ledger to its end.
    pub(super) fn read(
        lines: impl Iterator<Item = anyhow::Result<LedgerLine>>,
    ) -> anyhow::Result<Self> {
        let mut rows = Self::default();
        for line in lines {
            let row = rows.count(line?);
            rows.listed.push(row);
            if rows.listed.len() >= 2 * ROWS {
                rows.sample();
            }
        }
        rows.sample();
        rows.listed.sort_by_key(|row| row.number);
        for (at, row) in rows.listed.iter().enumerate() {
            rows.at.entry((row.dump.clone(), row.record.clone())).or_insert(at);
        }
        Ok(rows)
    }

    /// Where a record stands in the list.
    pub(super) fn find(&self, dump: &str, record: Option<&str>) -> Option<usize> {
        self.at.get(&(dump.to_owned(), record.map(str::to_owned))).copied()
    }

    fn sample(&mut self) {
        if self.listed.len() > ROWS {
            self.listed.select_nth_unstable_by_key(ROWS, |row| (row.key, row.number));
            self.listed.truncate(ROWS);
        }
    }

    fn count(&mut self, line: LedgerLine) -> Row {
        let LedgerLine { dump, record, digest, bytes, format, spans } = line;
        let of = format!("{dump}\0{}\0{digest}", record.as_deref().unwrap_or_default());
        let key = xxh3_64(of.as_bytes());
        let number = self.total;
        self.total += 1;
        let (mut kept, mut removed) = (0, 0);
        let (mut articles, mut unwanted) = (BTreeSet::new(), BTreeSet::new());
        let shown: usize = spans.iter().map(shown_bytes).sum();
        let weight = 2 * shown.min(LONGEST) + spans.len() * SPAN;
        for span in spans {
            let len = span.len();
            self.kinds.entry(span.kind).or_default().add(len);
            kept += if span.is_kept() { len } else { 0 };
            if span.is_lost() {
                removed += len;
            }
            let numbers = if span.is_unwanted() { &mut unwanted } else { &mut articles };
            numbers.extend(span.article);
            if let Some(rule) = span.rule {
                self.deciders.entry(rule).or_insert((span.kind, Amount::default())).1.add(len);
            }
        }
        let articles = articles.difference(&unwanted).count();
        Row { key, number, dump, record, digest, format, bytes, weight, kept, removed, articles }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize) -> LedgerLine {
        let (dump, digest, format) = (format!("{number}.txt"), String::new(), "text".into());
        LedgerLine { dump, record: None, digest, bytes: 1, format, spans: Vec::new() }
    }

    #[test]
    fn an_article_that_is_not_wanted_is_no_article_and_no_loss() {
        let span = |end: usize, kind, article, rule: &str| LedgerSpan {
            start: end - 10,
            end,
            kind,
            article: Some(article),
            rule: Some(rule.into()),
            kept: None,
        };
        let spans = vec![
            span(10, Kind::Other, 1, "detector:other-language"),
            span(20, Kind::Meta, 1, "model"),
            span(30, Kind::Body, 2, "model"),
            span(40, Kind::Nav, 2, "model"),
        ];
        let row = Rows::default().count(LedgerLine { spans, ..line(0) });
        assert_eq!((row.articles, row.kept, row.removed), (1, 10, 10));
    }

    #[test]
    fn a_run_that_is_too_large_is_sampled_the_same_way_whatever_its_order() {
        let all = 3 * ROWS;
        let dumps = |numbers: &mut dyn Iterator<Item = usize>| {
            let rows = Rows::read(numbers.map(|number| Ok(line(number)))).unwrap();
            assert_eq!((rows.listed.len(), rows.total), (ROWS, all));
            assert!(rows.listed.is_sorted_by_key(|row| row.number));
            let mut dumps: Vec<String> = rows.listed.into_iter().map(|row| row.dump).collect();
            dumps.sort();
            dumps
        };
        assert_eq!(dumps(&mut (0..all)), dumps(&mut (0..all).rev()));
    }
}
