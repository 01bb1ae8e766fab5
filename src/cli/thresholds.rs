//! `dechaff thresholds`: the numbers that the stages decide by.

use std::io::Write;

use clap::Args;
use dechaff::{CompareThresholds, Thresholds};

use crate::cli::status::Status;

/// Prints the numbers that the stages decide by as JSON, for --thresholds of clean and explain
#[derive(Args)]
#[command(hide = true)]
pub(super) struct ThresholdsArgs {
    /// Those of the comparison instead, for --compare-thresholds
    #[arg(long)]
    compare: bool,
}

impl ThresholdsArgs {
    pub(super) fn run(self) -> anyhow::Result<Status> {
        let defaults = match self.compare {
            true => serde_json::to_string_pretty(&CompareThresholds::default())?,
            false => serde_json::to_string_pretty(&Thresholds::default())?,
        };
        writeln!(std::io::stdout(), "{defaults}")?;
        Ok(Status::AllWell)
    }
}
