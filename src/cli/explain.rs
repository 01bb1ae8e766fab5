//! `dechaff explain`.

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use dechaff::Record;
use dechaff::printable;
use dechaff::stages::line_end;
use dechaff::{Cleaner, Entry, Explanation, Kind, Mark, Reason, Span, Strength};
use serde::Serialize;
use textwrap::core::display_width;

use crate::cli::args::{JudgeArgs, ShowArgs};
use crate::cli::folds::{Fold, Folds};
use crate::cli::status::Status;
use crate::cli::width::{self, fitted};

/// Shows every line of a dump with its verdict: kind, article, and what decided
#[derive(clap::Args)]
#[command(after_help = "Examples:
  dechaff explain a.txt | less -R
  dechaff explain crawl.warc.gz --record urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0
  dechaff explain --run out scrapes/a.txt
  dechaff explain --json a.txt | jq 'select(.kind == \"teaser\")'")]
pub(super) struct Explain {
    #[command(flatten)]
    show: ShowArgs,
    /// One JSON object a line, for programs
    #[arg(long)]
    json: bool,
    /// The folder that a run wrote to: shows what it folded into other articles, and what of that stands nowhere there
    #[arg(long, value_name = "OUT")]
    run: Option<PathBuf>,
    #[command(flatten)]
    judge: JudgeArgs,
}

/// Columns between the number of a line and its text: kind, article, and white space.
const BEFORE_TEXT: usize = 17;

/// Features that are shown for a verdict of the model.
const MOST: usize = 3;

/// What the model thinks of a block.
#[derive(Serialize)]
struct Prediction<'a> {
    probability: f32,
    /// The probability that was asked for at the block's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    needed: Option<f32>,
    weights: &'a [(String, f32)],
}

/// What a rule or a detector says of a block.
#[derive(Serialize)]
struct Evidence {
    kind: Kind,
    rule: String,
    strength: &'static str,
}

impl From<&Mark> for Evidence {
    fn from(mark: &Mark) -> Self {
        let strength = match mark.strength {
            Strength::Hint => "hint",
            Strength::Strong => "strong",
            Strength::Sure => "sure",
        };
        Self { kind: mark.kind, rule: mark.by.to_string(), strength }
    }
}

impl std::fmt::Display for Prediction<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, " {:.2}", self.probability)?;
        if let Some(needed) = self.needed {
            write!(f, " ({needed:.2} needed)")?;
        }
        f.write_str(":")?;
        self.weights.iter().try_for_each(|(name, weight)| write!(f, " {name} {weight:+.1}"))
    }
}

fn opinion_of(reason: &Reason) -> Option<Prediction<'_>> {
    let probability = reason.probability?;
    Some(Prediction { probability, needed: reason.needed, weights: &reason.weights })
}

/// A line of a dump, or a part of one that got a verdict of its own.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    line: usize,
    start: usize,
    end: usize,
    kind: Kind,
    article: Option<usize>,
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Prediction<'a>>,
    /// All that rules and detectors say of the block, the strongest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Evidence>,
    text: &'a str,
}

/// An article of a record that a run has folded, behind the rows of the record.
#[derive(Serialize)]
struct Folded<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<&'a str>,
    #[serde(flatten)]
    fold: &'a Fold,
}

impl Explain {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let cleaner = self.judge.cleaner()?;
        let json = self.json;
        let mut folds = self.run.as_deref().map(Folds::open).transpose()?;
        let path = self.show.path.clone();
        self.show.each(|record| {
            let folded = match &mut folds {
                Some(folds) => folds.of(&path, &record)?,
                None => Some(Vec::new()),
            };
            if folded.is_none() {
                let of = record.id.as_deref().map_or(String::new(), |id| format!(", record {id}"));
                let dump = path.display().to_string();
                let (dump, of) = (printable(&dump), printable(&of));
                writeln!(
                    anstream::stderr(),
                    "dechaff: {dump}{of}: the run has not seen this text"
                )?;
            }
            explain(&cleaner, &record, &folded.unwrap_or_default(), json)
        })
    }
}

/// Shows a record; its id stands above it where it has one.
fn explain(cleaner: &Cleaner, record: &Record, folded: &[Fold], json: bool) -> anyhow::Result<()> {
    let text = &record.view;
    let id = record.id.as_deref();
    let Explanation { cleaned, reasons } = Explanation::of(cleaner, record, MOST);
    let mut out = anstream::AutoStream::auto(std::io::stdout()).lock();
    let columns = width::of_output();
    let width = text.trim_end().split(line_end(text) as char).count().to_string().len();
    if let Some(id) = id.filter(|_| !json) {
        let bold = Style::new().bold();
        writeln!(out, "{bold}{}{bold:#}", printable(id))?;
    }
    for mut row in rows(text, cleaned.ledger.entries()) {
        row.record = id;
        if row.kind.is_kept() && folded.iter().any(|fold| Some(fold.article) == row.article) {
            row.kind = Kind::Copy;
        }
        let at = reasons.partition_point(|r| r.span.end <= row.start);
        let reason = reasons.get(at).filter(|reason| reason.span.start < row.end);
        row.model = reason
            .filter(|_| row.rule.as_deref().is_some_and(|rule| rule.starts_with("model")))
            .and_then(opinion_of);
        row.evidence =
            reason.map_or_else(Vec::new, |r| r.marks.iter().map(Evidence::from).collect());
        if json {
            serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            let style = style_of(row.kind);
            let article = row.article.map_or("-".into(), |a| a.to_string());
            let rule = row.rule.unwrap_or_default()
                + &row.model.map(|m| m.to_string()).unwrap_or_default();
            let (line, kind, text) = (row.line, row.kind, printable(row.text));
            write!(out, "{line:width$} {style}{kind:10} {article:>3}{style:#}  ")?;
            let indent = width + BEFORE_TEXT;
            match columns
                .filter(|columns| indent + display_width(&format!("{text}  {rule}")) > *columns)
            {
                Some(columns) => {
                    // The first line has in front what all others are indented by.
                    let below =
                        |text: &str| fitted(&format!("{:indent$}{text}", ""), columns, indent);
                    let (text, rule) = (below(&text), below(&rule));
                    writeln!(out, "{}\n{style}{rule}{style:#}", &text[indent..])?;
                }
                None => writeln!(out, "{text}  {style}{rule}{style:#}")?,
            }
        }
    }
    for fold in folded {
        if json {
            serde_json::to_writer(&mut out, &Folded { record: id, fold })
                .map_err(std::io::Error::from)?;
            writeln!(out)?;
        } else {
            fold.show(text, &mut out)?;
        }
    }
    Ok(())
}

fn rows<'a>(text: &'a str, entries: &[Entry]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut first = 0;
    let mut start = 0;
    for (number, line) in text.split(line_end(text) as char).enumerate() {
        let end = start + line.len();
        while first < entries.len() && entries[first].span.end <= start {
            first += 1;
        }
        for entry in entries[first..]
            .iter()
            .take_while(|e| e.span.start < end)
            .filter(|e| !matches!(e.kind, Kind::Blank | Kind::Markup))
        {
            let part = Span::new(entry.span.start.max(start), entry.span.end.min(end));
            let shown = part.of(text).trim();
            if !shown.is_empty() {
                let rule = entry.rule.as_ref().map(ToString::to_string);
                rows.push(Row {
                    record: None,
                    line: number + 1,
                    start: part.start,
                    end: part.end,
                    kind: entry.kind,
                    article: entry.article,
                    rule,
                    model: None,
                    evidence: Vec::new(),
                    text: shown,
                });
            }
        }
        start = end + 1;
    }
    rows
}

fn style_of(kind: Kind) -> Style {
    let colour = match kind {
        Kind::Title => return Style::new().bold().fg_color(Some(AnsiColor::Green.into())),
        Kind::Body => AnsiColor::Green,
        kind if kind.is_about() => AnsiColor::Cyan,
        Kind::Donation | Kind::Newsletter | Kind::Ad | Kind::Legal => AnsiColor::Magenta,
        Kind::Teaser | Kind::Card | Kind::Related => AnsiColor::Yellow,
        Kind::Duptitle | Kind::Alt => AnsiColor::Blue,
        _ => AnsiColor::Red,
    };
    Style::new().fg_color(Some(colour.into()))
}
