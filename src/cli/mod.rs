//! The command line: arguments in, exit status out.

mod args;
mod clean;
mod completions;
mod config;
mod dedup;
mod diff;
mod explain;
mod features;
mod file;
mod folds;
mod index;
mod limits;
mod man;
mod messages;
mod part;
mod progress;
mod report;
mod rules;
mod signals;
mod status;
mod text;
mod thresholds;
mod verify;
mod version;
mod wanted;
mod width;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::config::Config;
use crate::cli::signals::Signals;
use crate::cli::status::{BadInput, Status};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use dechaff::{Error, printable};

/// Raw dumps of scraped pages in, clean canonical articles out, with a ledger of every byte.
#[derive(Parser)]
#[command(version, about, max_term_width = 120)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Takes options from this TOML file, by their names; what the command line says wins; none reads no file [default: dechaff.toml, where it is there]
    #[arg(long, global = true, value_name = "FILE|none", display_order = 1_000)]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    Clean(Box<clean::Clean>),
    Dedup(dedup::Dedup),
    Explain(explain::Explain),
    Text(text::Text),
    Verify(verify::Verify),
    Report(report::Report),
    Diff(diff::Diff),
    Features(features::FeaturesArgs),
    Thresholds(thresholds::ThresholdsArgs),
    #[command(subcommand)]
    Rules(rules::RulesCommand),
    #[command(subcommand)]
    Index(index::IndexCommand),
    Completions(completions::Completions),
    Man(man::Man),
}

pub(crate) fn main() -> ExitCode {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !dechaff::is_guarded() {
            report(panic);
        }
    }));
    let (command, config) = match parse(std::env::args_os().collect()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let _ = writeln!(anstream::stderr(), "dechaff: {}", message_of(&error));
            return Status::WrongUsage.into();
        }
    };
    let signals = Signals::default();
    let result = match command {
        Command::Clean(clean) => clean.run(signals.watch(), config.as_deref()),
        Command::Dedup(dedup) => dedup.run(signals.watch()),
        Command::Explain(explain) => explain.run(),
        Command::Text(text) => text.run(),
        Command::Verify(verify) => verify.run(),
        Command::Diff(diff) => diff.run(),
        Command::Report(report) => report.run(signals.watch()),
        Command::Features(features) => features.run(),
        Command::Thresholds(thresholds) => thresholds.run(),
        Command::Rules(rules) => rules.run(),
        Command::Index(index) => index.run(),
        Command::Completions(completions) => completions.run(Cli::command()),
        Command::Man(man) => man.run(Cli::command()),
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

/// The command that the arguments and the configuration file ask for, and that file.
fn parse(arguments: Vec<OsString>) -> anyhow::Result<(Command, Option<PathBuf>)> {
    let mut command = Cli::command();
    if arguments.iter().any(|argument| argument == "--version") {
        command = command.long_version(version::version());
    }
    let given = command.clone().get_matches_from(&arguments);
    let named = given.get_one::<PathBuf>("config").map(PathBuf::as_path);
    let config = Config::find(&command, named)?;
    let matches = match &config {
        Some(config) => {
            let arguments = config.applied(&command, &given, arguments)?;
            command.try_get_matches_from(arguments).map_err(|e| misread(&config.path, &e))?
        }
        None => given,
    };
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    Ok((cli.command, config.map(|config| config.path)))
}

/// Says in one line what a configuration file gets wrong.
fn misread(path: &Path, error: &clap::Error) -> anyhow::Error {
    let said = error.to_string();
    let said = said.lines().next().unwrap_or_default().trim_start_matches("error: ");
    anyhow::anyhow!("{}: {said}", printable(&path.display().to_string()))
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
