//! `dechaff diff`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use dechaff::printable;
use serde::Serialize;

use crate::changes::{Change, Pair, Pairs, Turn, changes};
use crate::cli::status::Status;
use crate::finished::{Finished, LedgerLine};

/// Compares two runs: what the later one has newly removed and newly kept, by dump and by rule
#[derive(clap::Args)]
#[command(
    after_help = "Records are the same where their dump and their id are. One whose text is another one is named and not compared. \
The rule is that of the removal: the one that removes now, or that did before.

Examples:
  dechaff diff monday tuesday
  dechaff diff --json before after | jq -c 'select(.changes) | .dump'

Exit status: 0 nothing differs; 1 something does; 2 wrong usage, or a run cannot be read."
)]
pub(super) struct Diff {
    /// The folder of the earlier run
    #[arg(value_name = "A")]
    before: PathBuf,
    /// The folder of the later run
    #[arg(value_name = "B")]
    after: PathBuf,
    /// One JSON object for each record that differs, and one for the sums
    #[arg(long)]
    json: bool,
}

/// How much turned.
#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Amount {
    stretches: u64,
    bytes: u64,
}

impl Amount {
    fn add(&mut self, change: &Change) {
        self.stretches += 1;
        self.bytes += (change.end - change.start) as u64;
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{} in {}", indicatif::HumanBytes(self.bytes), self.stretches)
    }
}

/// What of a record differs, for programs.
#[derive(Serialize)]
struct RecordLine<'c> {
    dump: &'c str,
    record: Option<&'c str>,
    /// Which runs have it: `a`, `b` or `both`.
    #[serde(rename = "in")]
    held: &'static str,
    /// Whether its text is another one.
    text_changed: bool,
    changes: &'c [Change],
}

/// Sums over all records.
#[derive(Default, Serialize)]
struct Sums {
    records: u64,
    differing: u64,
    only_a: u64,
    only_b: u64,
    text_changed: u64,
    removed: Amount,
    kept: Amount,
    otherwise: Amount,
    removed_by: BTreeMap<String, Amount>,
    kept_by: BTreeMap<String, Amount>,
}

/// What turned in the records of a dump.
#[derive(Default)]
struct OfDump {
    dump: String,
    turned: BTreeMap<Turn, Amount>,
    only_a: u64,
    only_b: u64,
    text_changed: u64,
}

impl Diff {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let (before, after) = (Finished::open(&self.before)?, Finished::open(&self.after)?);
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let (mut sums, mut of_dump) = (Sums::default(), OfDump::default());
        for pair in Pairs::of(&before, &after) {
            let pair = pair?;
            let (line, held, text_changed, found) = match &pair {
                Pair::Before(line) => (line, "a", false, Vec::new()),
                Pair::After(line) => (line, "b", false, Vec::new()),
                Pair::Both(both) if both.0.digest != both.1.digest => {
                    (&both.0, "both", true, Vec::new())
                }
                Pair::Both(both) => (&both.0, "both", false, changes(&both.0.spans, &both.1.spans)),
            };
            sums.records += 1;
            if held == "both" && !text_changed && found.is_empty() {
                continue;
            }
            sums.add(held, text_changed, &found);
            if self.json {
                let LedgerLine { dump, record, .. } = line;
                let record = record.as_deref();
                let changes = &found;
                let line = RecordLine { dump, record, held, text_changed, changes };
                serde_json::to_writer(&mut out, &line).map_err(std::io::Error::from)?;
                writeln!(out)?;
                continue;
            }
            if of_dump.dump != line.dump {
                of_dump.show(&mut out)?;
                of_dump = OfDump { dump: line.dump.clone(), ..OfDump::default() };
            }
            of_dump.add(held, text_changed, &found);
        }
        if self.json {
            serde_json::to_writer(&mut out, &serde_json::json!({ "sums": sums }))
                .map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            of_dump.show(&mut out)?;
            sums.show(&mut out)?;
        }
        out.flush()?;
        Ok(if sums.differing == 0 { Status::AllWell } else { Status::Differing })
    }
}

impl OfDump {
    fn add(&mut self, held: &str, text_changed: bool, found: &[Change]) {
        self.only_a += u64::from(held == "a");
        self.only_b += u64::from(held == "b");
        self.text_changed += u64::from(text_changed);
        for change in found {
            self.turned.entry(change.turn).or_default().add(change);
        }
    }

    fn show(&self, out: &mut impl Write) -> std::io::Result<()> {
        let turned = self.turned.iter().map(|(turn, amount)| match turn {
            Turn::Removed => format!("newly removed {amount}"),
            Turn::Kept => format!("newly kept {amount}"),
            Turn::Otherwise => format!("judged otherwise {amount}"),
        });
        let counted = [
            (self.text_changed, "with another text"),
            (self.only_a, "only in A"),
            (self.only_b, "only in B"),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let counted = counted.map(|(count, what)| match count {
            1 => format!("a record {what}"),
            _ => format!("{count} records {what}"),
        });
        let said: Vec<String> = turned.chain(counted).collect();
        if said.is_empty() {
            return Ok(());
        }
        writeln!(out, "{}: {}", printable(&self.dump), said.join(", "))
    }
}

impl Sums {
    fn add(&mut self, held: &str, text_changed: bool, found: &[Change]) {
        self.differing += 1;
        self.only_a += u64::from(held == "a");
        self.only_b += u64::from(held == "b");
        self.text_changed += u64::from(text_changed);
        for change in found {
            let (sum, by) = match change.turn {
                Turn::Removed => (&mut self.removed, Some(&mut self.removed_by)),
                Turn::Kept => (&mut self.kept, Some(&mut self.kept_by)),
                Turn::Otherwise => (&mut self.otherwise, None),
            };
            sum.add(change);
            if let Some(by) = by {
                by.entry(change.by().to_owned()).or_default().add(change);
            }
        }
    }

    fn show(&self, out: &mut impl Write) -> std::io::Result<()> {
        for (what, sum, by) in [
            ("newly removed, by what removes it", self.removed, &self.removed_by),
            ("newly kept, by what removed it", self.kept, &self.kept_by),
        ] {
            if by.is_empty() {
                continue;
            }
            writeln!(out, "\n{what}: {sum}")?;
            let width = by.keys().map(|by| by.chars().count()).max().unwrap_or(0);
            let mut by: Vec<_> = by.iter().collect();
            by.sort_by_key(|(name, amount)| (std::cmp::Reverse(amount.bytes), *name));
            for (name, amount) in by {
                writeln!(out, "  {:width$}  {amount}", printable(name))?;
            }
        }
        if self.differing > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} of {} records differ", self.differing, self.records)
    }
}
