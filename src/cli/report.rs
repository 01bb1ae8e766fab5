//! `dechaff report`.

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;
use dechaff::{Cleaner, Stop, printable};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::args::{JudgeArgs, RuleArgs, Strictness};
use crate::cli::file::{check_free, write_whole};
use crate::cli::messages::place_of;
use crate::cli::status::Status;
use crate::cli::wanted::{KeepArg, WantedArgs};
use crate::finished::{Finished, Manifest, PackName};
use crate::report::{Report as Page, Told};

/// Shows a run in one page of HTML: what it kept and removed, and why; its stories with their copies; where to look first
#[derive(clap::Args)]
#[command(
    after_help = "The page loads nothing and needs no network. It reads the dumps again to show their texts: those that are gone or were changed are shown without. \
A run too large for one page is sampled, the same way each time, and the page says so.

Examples:
  dechaff report out
  dechaff report out -o monday.html
  dechaff report out --dumps /mnt/archive/scrapes --force
  dechaff report out -o - > report.html

Exit status: 0 all well; 1 some dumps could not be read again; 2 wrong usage; 3 the page could not be written."
)]
pub(super) struct Report {
    /// The folder that dechaff clean has written to
    #[arg(value_name = "OUT")]
    run: PathBuf,
    /// The file to write, or - for standard output [default: OUT/report.html]
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where the dumps stand now, as they were given to clean; may be given several times [default: where the run has read them]
    #[arg(long, value_name = "PATH")]
    dumps: Vec<PathBuf>,
    /// Replaces FILE
    #[arg(long)]
    force: bool,
    /// No summary
    #[arg(short, long)]
    quiet: bool,
}

/// Dumps that are named on standard error.
const NAMED: usize = 20;

impl Report {
    pub(super) fn run(self, stop: Stop) -> anyhow::Result<Status> {
        let run = Finished::open(&self.run)?;
        let out = self.out.unwrap_or_else(|| self.run.join("report.html"));
        check_free(&out, self.force)?;
        let text_field = run.manifest.option("text_field").as_str().map(str::to_owned);
        let (cleaner, rules) = judge(&run.manifest);
        let dumps = if self.dumps.is_empty() { run.manifest.paths("paths") } else { self.dumps };
        let bar = bar(self.quiet);
        let page = Page {
            run: &run,
            out: &self.run,
            dumps,
            reader: dechaff::Reader::default().text_field(text_field),
            cleaner,
            rules,
            stop,
            progress: &|done, all| {
                bar.set_length(all as u64);
                bar.set_position(done as u64);
            },
        };
        let told = write_whole(&out, self.force, |file| page.write(file))?;
        bar.finish_and_clear();
        for (dump, why) in told.missing.iter().take(NAMED) {
            let said = printable(&format!("{dump}: {why}; it is shown without its text"));
            writeln!(anstream::stderr(), "dechaff: {said}")?;
        }
        if let more @ 1.. = told.missing.len().saturating_sub(NAMED) {
            writeln!(anstream::stderr(), "dechaff: {more} more dumps; the page names them")?;
        }
        if !self.quiet {
            writeln!(anstream::stderr(), "{} -> {}", shown(&told), place_of(&out))?;
        }
        Ok(if told.missing.is_empty() { Status::AllWell } else { Status::SomeFailed })
    }
}

/// The bar of records that were read again; none where it is quiet, or where nobody looks.
fn bar(quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(None, target);
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} records {eta}") {
        bar.set_style(style);
    }
    bar
}

fn shown(told: &Told) -> String {
    let Told { records, all_records, texts, .. } = told;
    if records == all_records && texts == records {
        format!("{records} records with their texts")
    } else {
        format!("{records} of {all_records} records, {texts} of them with their texts")
    }
}

/// What judges as the run did, or why nothing does; and the rules of it.
fn judge(manifest: &Manifest) -> (Result<Cleaner, String>, Vec<String>) {
    let file = |name| manifest.option(name).as_str().map(PathBuf::from);
    let strictness = manifest.option("strictness").as_str();
    let judge = JudgeArgs {
        rules: RuleArgs { packs: manifest.paths("rules") },
        model: file("model"),
        strictness: strictness
            .and_then(|name| Strictness::from_str(name, false).ok())
            .unwrap_or_default(),
        thresholds: file("thresholds"),
    };
    let names =
        |name| manifest.option(name).as_array().into_iter().flatten().filter_map(|n| n.as_str());
    let wanted = WantedArgs {
        keep: names("keep").filter_map(|name| KeepArg::from_str(name, false).ok()).collect(),
        lang: names("lang").map(str::to_owned).collect(),
        min_chars: manifest.option("min_chars").as_u64().unwrap_or(0) as usize,
    };
    let cleaner = judge.options().and_then(|mut options| {
        wanted.tell(&mut options);
        Cleaner::new(options)
    });
    let cleaner = match cleaner {
        Ok(cleaner) => cleaner,
        Err(error) => return (Err(error.to_string()), Vec::new()),
    };
    let packs = cleaner.rules().packs();
    let names: Vec<PackName> = packs
        .iter()
        .map(|pack| PackName { name: pack.name.clone(), digest: pack.digest.clone() })
        .collect();
    let phrases = packs.iter().flat_map(|pack| &pack.rules).map(|rule| rule.id.to_string());
    let sites = packs.iter().flat_map(|pack| &pack.sites).map(|site| site.id.clone());
    let rules = phrases.chain(sites).collect();
    let tool = concat!("dechaff ", env!("CARGO_PKG_VERSION"));
    let same = if manifest.tool != tool {
        Err(format!("{} made the run, and this is {tool}", manifest.tool))
    } else if manifest.rule_packs != names {
        Err("the rules are not those of the run any more".into())
    } else {
        Ok(cleaner)
    };
    (same, rules)
}
