//! What dechaff promises, as tests. One binary, so that it links once.

mod broken;
mod cli;
mod copies;
mod dedup;
mod examples;
mod explain;
mod formats;
mod forms;
mod hostile;
mod index;
mod labelled;
mod laws;
mod layout;
mod passing;
mod readme;
mod records;
mod rules;
mod samples;
mod schema;
mod sets;
mod support;
mod tables;
mod thresholds;
mod together;
mod warc;
mod words;
