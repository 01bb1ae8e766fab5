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
    /// Other parts must do something first.
    Waiting,
}

impl Status {
    pub(super) fn code(&self) -> u8 {
        match self {
            Self::AllWell => 0,
            Self::SomeFailed | Self::Differing => 1,
            Self::WrongUsage => 2,
            Self::NothingWritten => 3,
            Self::Waiting => 4,
        }
    }

    /// That of a run with these failures.
    pub(super) fn of(failures: &[Failure]) -> Self {
        if failures.is_empty() { Self::AllWell } else { Self::SomeFailed }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        status.code().into()
    }
}
