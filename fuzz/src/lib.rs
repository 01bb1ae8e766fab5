//! Targets for whatever bytes, the seeds that they begin with, and the changes that a run on a stable compiler makes to those.

#[path = "../../tests/oracles.rs"]
mod oracles;

pub mod mutate;
pub mod seeds;
pub mod targets;
