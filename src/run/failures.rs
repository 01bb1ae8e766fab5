//! What could not be read or cleaned: all of it is counted, and named as far as there is room.

use std::collections::BTreeMap;

use crate::error::{Failure, Result};

/// Failures that are kept in memory, and named in the manifest.
const NAMED: usize = 1_000;
/// Reasons that are counted one by one.
const REASONS: usize = 100;

/// Where a run counts its failures.
pub(crate) struct Failures<'s> {
    /// The first thousand.
    pub(crate) named: &'s mut Vec<Failure>,
    pub(crate) count: &'s mut u64,
    pub(crate) by_reason: &'s mut BTreeMap<String, u64>,
}

impl Failures<'_> {
    /// Counts a failure, and names it; where there are many, `list` takes all of them.
    pub(crate) fn add(
        self,
        failure: Failure,
        mut list: impl FnMut(&Failure) -> Result<()>,
    ) -> Result<()> {
        *self.count += 1;
        let reason = without_numbers(&failure.error);
        let is_new = !self.by_reason.contains_key(&reason);
        let is_full = is_new && self.by_reason.len() >= REASONS;
        let reason = if is_full { "other".into() } else { reason };
        *self.by_reason.entry(reason).or_default() += 1;
        if self.named.len() < NAMED {
            self.named.push(failure);
            return Ok(());
        }
        if *self.count == NAMED as u64 + 1 {
            self.named.iter().try_for_each(&mut list)?;
        }
        list(&failure)
    }
}

/// A reason with `#` in the place of each number, which differs from input to input.
fn without_numbers(reason: &str) -> String {
    let mut shown = String::with_capacity(reason.len());
    for c in reason.chars() {
        match c {
            '0'..='9' if shown.ends_with('#') => {}
            '0'..='9' => shown.push('#'),
            c => shown.push(c),
        }
    }
    shown
}

/// A failure as a row; rows sort as failures do.
pub(crate) fn row_of(failure: &Failure) -> Vec<u8> {
    let Failure { dump, record, error } = failure;
    let record = record.as_ref().map(|record| format!("\u{1}{record}"));
    [dump, record.as_deref().unwrap_or_default(), error].join("\0").into_bytes()
}

/// The failure that a row holds; None where it holds none.
pub(crate) fn failure_of(row: &[u8]) -> Option<Failure> {
    let mut parts = std::str::from_utf8(row).ok()?.splitn(3, '\0');
    let [dump, record, error] = [parts.next()?, parts.next()?, parts.next()?];
    let record = record.strip_prefix('\u{1}').map(str::to_owned);
    Some(Failure { dump: dump.into(), record, error: error.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_told_apart_by_their_words() {
        assert_eq!(
            without_numbers("is a binary file (zero byte at offset 4711)"),
            "is a binary file (zero byte at offset #)"
        );
    }

    #[test]
    fn rows_sort_as_failures_do() {
        let failure = |dump: &str, record: Option<&str>, error: &str| Failure {
            dump: dump.into(),
            record: record.map(Into::into),
            error: error.into(),
        };
        let failures = [
            failure("a", None, "is empty"),
            failure("a", Some(""), "is empty"),
            failure("a", Some("1"), "is a binary file"),
            failure("a", Some("1"), "is empty"),
            failure("a", Some("10"), ""),
            failure("a b", None, ""),
        ];
        let rows: Vec<Vec<u8>> = failures.iter().map(row_of).collect();
        assert!(failures.is_sorted() && rows.is_sorted());
        assert_eq!(
            rows.iter().map(|row| failure_of(row)).collect::<Option<Vec<_>>>().unwrap(),
            failures
        );
    }
}
