//! Limits of size and depth.

use std::time::Duration;

use serde_json::{Map, Value};

/// What is taken of a dump: where it has more, it or the record is named as a failure, and all else is read.
///
/// ```
/// use dechaff::{Limits, Part, Reader, Unreadable};
///
/// let reader = Reader::default().limits(Limits { line: 20, ..Limits::default() });
/// let parts: Vec<Part> = reader.records("quay.txt", &b"The quay is open again."[..]).collect();
/// let reason = Unreadable::LongLine { offset: 0, limit: 20 };
/// assert_eq!(parts, [Part::Broken { record: None, reason }]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a record, which is held in memory.
    pub record: u64,
    /// Bytes of a line.
    pub line: usize,
    /// Lines of a record: what is kept in memory grows with them.
    pub lines: usize,
    /// Bytes that may come out of a dump whatever its size, counted over all its compressions and archives,
    pub unpacked: u64,
    /// and how many times its size may.
    pub ratio: u64,
    /// Archives within each other that are opened, at most [`Self::DEEPEST`].
    pub depth: usize,
    /// Members of archives, records and failures of a dump, unless it has two bytes for each.
    pub members: u64,
    /// Articles of a record; looked at by a [`Run`](crate::Run).
    pub articles: usize,
    /// How long a record may take to be cleaned; looked at by a [`Run`](crate::Run). With it, what is written depends on the machine.
    pub time: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 1 << 29,
            line: 1 << 24,
            lines: 1 << 20,
            unpacked: 1 << 26,
            ratio: 600,
            depth: 2,
            members: 100_000,
            articles: 100_000,
            time: None,
        }
    }
}

impl Limits {
    /// Archives within each other that are opened whatever is asked for.
    pub const DEEPEST: usize = 16;

    /// Those that differ from the default, by their names, as a manifest has them.
    #[must_use]
    pub fn changed(&self) -> Map<String, Value> {
        let usual = Self::default().named();
        let differs = self.named().into_iter().zip(usual).filter(|(value, usual)| value != usual);
        differs.map(|((name, value), _)| (name.to_owned(), value)).collect()
    }

    /// All of them by name.
    pub(super) fn named(&self) -> [(&'static str, Value); 9] {
        let Self { record, line, lines, unpacked, ratio, depth, members, articles, time } = *self;
        [
            ("record", record.into()),
            ("line", line.into()),
            ("lines", lines.into()),
            ("unpacked", unpacked.into()),
            ("ratio", ratio.into()),
            ("depth", depth.into()),
            ("members", members.into()),
            ("articles", articles.into()),
            ("seconds", time.map(|time| time.as_secs_f64()).into()),
        ]
    }

    /// What tells them from others, by the names of options.
    #[cfg(feature = "run")]
    pub(crate) fn told(&self) -> impl Iterator<Item = (String, String)> {
        let changed = self.changed().into_iter();
        changed.map(|(name, value)| (format!("--max-{name}"), value.to_string()))
    }
}

/// Bytes by which a container is told.
pub(super) const HEAD: usize = 4096;
/// Compressions within each other that are unpacked.
#[cfg(feature = "archives")]
pub(super) const MOST_LAYERS: usize = 3;
