//! The command line: arguments in, exit status out.

mod args;
mod clean;
mod dedup;
mod explain;
mod features;
mod folds;
mod index;
mod limits;
mod progress;
mod report;
mod rules;
mod signals;
mod status;
mod text;
mod thresholds;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use crate::cli::signals::Signals;
use crate::cli::status::{BadInput, Status};

use clap::{Parser, Subcommand};
use dechaff::Error;

/// Raw dumps of scraped pages in, clean canonical articles out, with a ledger of every byte.
#[derive(Parser)]
#[command(version, about, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Clean(Box<clean::Clean>),
    Dedup(dedup::Dedup),
    Explain(explain::Explain),
    Text(text::Text),
    Verify(verify::Verify),
    Features(features::FeaturesArgs),
    Thresholds(thresholds::ThresholdsArgs),
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    #[command(subcommand)]
    Index(index::IndexCommand),
}

pub(crate) fn main() -> ExitCode {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !dechaff::is_guarded() {
            report(panic);
        }
    }));
    let command = Cli::parse().command;
    let signals = Signals::default();
    let result = match command {
        Command::Clean(clean) => clean.run(signals.watch()),
        Command::Dedup(dedup) => dedup.run(signals.watch()),
        Command::Explain(explain) => explain.run(),
        Command::Text(text) => text.run(),
        Command::Verify(verify) => verify.run(),
        Command::Features(features) => features.run(),
        Command::Thresholds(thresholds) => thresholds.run(),
        Command::Rules(rules) => rules.run(),
        Command::Index(index) => index.run(),
    };
    match result {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => Status::AllWell.into(),
        Err(error) if matches!(error.downcast_ref(), Some(Error::Stopped)) => {
            let _ = writeln!(anstream::stderr(), "dechaff: {}", message_of(&error));
            signals.exit_code().unwrap_or_else(|| status_of(&error).into())
        }
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "dechaff: {}", message_of(&error));
            status_of(&error).into()
        }
    }
}

/// What happened and why, from the outside in; a cause that the message before it ends with is not said twice.
fn message_of(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |said, cause| match said.as_str() {
        "" => cause,
        before if before.ends_with(&cause) => said,
        before => format!("{before}: {cause}"),
    })
}

fn status_of(error: &anyhow::Error) -> Status {
    if error.is::<BadInput>() {
        Status::SomeFailed
    } else if error.is::<std::io::Error>() || matches!(error.downcast_ref(), Some(Error::Io { .. }))
    {
        Status::NothingWritten
    } else {
        Status::WrongUsage
    }
}

/// A reader that went away, such as `head`, is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
