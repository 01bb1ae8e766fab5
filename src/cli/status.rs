//! How a command ends, and its exit status.

use dechaff::Failure;
use std::process::ExitCode;

/// A dump that a command was to show, and could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct BadInput(pub(super) String);

/// How a command ends.
pub(crate) enum Status {
    AllWell,
    SomeFailed,
    /// What was compared is not the same.
    Differing,
    WrongUsage,
    NothingWritten,
}

impl Status {
    /// That of a run with these failures.
    pub(super) fn of(failures: &[Failure]) -> Self {
        if failures.is_empty() { Self::AllWell } else { Self::SomeFailed }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::AllWell => 0,
            Status::SomeFailed | Status::Differing => 1,
            Status::WrongUsage => 2,
            Status::NothingWritten => 3,
        })
    }
}
