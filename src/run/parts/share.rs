//! Which part a process does, and how far it has come.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::{Error, Result};
use crate::run::event::Awaited;
use crate::write::{Folder, is_stream};

/// Parts at most: a part has up to five files of each one open at a time, and many systems allow 1,024 in all.
const MOST: usize = 200;

/// One of the parts of a run, written as `3/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    nth: usize,
    of: usize,
}

impl PartOf {
    /// How many there are.
    pub(crate) fn parts(self) -> usize {
        self.of
    }

    /// Its number from 0, and how many there are.
    pub(crate) fn numbers(self) -> (usize, usize) {
        (self.nth - 1, self.of)
    }
}

impl fmt::Display for PartOf {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}/{}", self.nth, self.of)
    }
}

impl FromStr for PartOf {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let numbers = text.split_once('/').map(|(nth, of)| (nth.parse(), of.parse()));
        match numbers {
            Some((Ok(nth), Ok(of))) if (1..=of).contains(&nth) && of <= MOST => {
                Ok(Self { nth, of })
            }
            _ => Err(format!("give a part and how many there are, up to {MOST}, such as 3/8")),
        }
    }
}

/// Refuses what is no folder that parts can share.
///
/// # Errors
/// [`Error::Format`] for standard output.
pub(crate) fn check_folder(out: &Path) -> Result<()> {
    let reason = "parts share a folder that they write to; give --out a folder";
    if is_stream(out) { Err(Error::Format { reason }) } else { Ok(()) }
}

/// What a process is told to do.
pub(crate) struct Call {
    /// What is written to.
    pub(crate) folder: Folder,
    pub(crate) part: PartOf,
    /// Whether it waits for others.
    pub(crate) wait: bool,
    /// Bytes of memory that it takes before it spills.
    pub(crate) memory: u64,
}

/// How far a part has come of a run that tells `S` of what it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartProgress<S> {
    /// Nothing is left to be done by this part. What the run did is told by the first part, which publishes it, when it does.
    Done(Option<S>),
    /// Other parts must do something before it can go on.
    Waits(Awaited),
}
