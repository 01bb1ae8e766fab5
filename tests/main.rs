//! What dechaff promises, as tests. One binary, so that it links once.

mod cli;
mod copies;
mod hostile;
mod laws;
mod readme;
mod rules;
mod samples;
mod schema;
mod support;
