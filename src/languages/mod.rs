//! What dechaff knows of each language, as data: one TOML file a language, compiled into Rust by a test (`UPDATE=1 cargo test --lib generated`).
//!
//! A new language is a new file beside the others; the test finds it.

pub(crate) mod files;
pub(crate) mod generated;
pub(crate) mod language;

#[cfg(test)]
#[rustfmt::skip]

pub(crate) use crate::languages::generated::LANGUAGES;
pub(crate) use crate::languages::language::{Language, any_of, words_in_classes, words_of};
