//! TODO

use dechaff::Error;
use dechaff::Failure;
use std::process::ExitCode;

/// A dump that a command was to show, and could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BadInput(String);

/// How a command ends.
pub(crate) enum Status {
    AllWell,
    SomeFailed,
    WrongUsage,
    NothingWritten,
}

impl Status {
    /// That of a run with these failures.
    fn of(failures: &[Failure]) -> Self {
        if failures.is_empty() { Self::AllWell } else { Self::SomeFailed }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::AllWell => 0,
            Status::SomeFailed => 1,
            Status::WrongUsage => 2,
            Status::NothingWritten => 3,
        })
    }
}
