//! Which part a process does, and how far it has come.

use std::fmt;
use std::str::FromStr;

use crate::run::dedup::summary::Summary;
use crate::run::event::Awaited;

/// Parts at most: a part opens up to four files of each other one at a time.
const MOST: usize = 200;

/// One of the parts of a run, written as `3/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartOf {
    nth: usize,
    of: usize,
}

impl PartOf {
    /// Its number from 0, and how many there are.
    pub(super) fn numbers(self) -> (usize, usize) {
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

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').map(|(nth, of)| (nth.parse(), of.parse()));
        match numbers {
            Some((Ok(nth), Ok(of))) if (1..=of).contains(&nth) && of <= MOST => {
                Ok(Self { nth, of })
            }
            _ => Err(format!("give a part and how many there are, up to {MOST}, such as 3/8")),
        }
    }
}

/// How far a part has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartProgress {
    /// Nothing is left to be done by this part. What the run did is told by the first part, which publishes it, when it does.
    Done(Option<Summary>),
    /// Other parts must do something before it can go on.
    Waits(Awaited),
}
