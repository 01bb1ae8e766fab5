//! What the stages within a record make of small texts: tables of input and outcome in `tests/tables`.
//!
//! A line or a small block of a table is a test. `{a30}` in an input stands for a sentence of 30 words, another one for each letter. After a
//! change to a stage, `TABLES=update cargo test tables` writes the outcomes anew; read the difference before you commit it.
//!
//! All tables but that of titles need no model. `cargo test every_threshold -- --ignored --nocapture` halves and doubles every threshold, one at a time, and lists
//! those that no table notices; with `SWEEP=/title` in front those alone whose path begins so.

mod outcome;
mod reading;
mod sweep;
mod table;
