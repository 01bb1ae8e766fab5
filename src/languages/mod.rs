//! What dechaff knows of each language, as data: one TOML file a language, compiled into Rust by a test (`UPDATE=1 cargo test --lib generated`).
//!
//! A new language is a new file beside the others; the test finds it.

#[cfg(test)]
pub(crate) mod files;
mod first_words;
#[rustfmt::skip]
mod generated;
mod language;
mod words;

pub(crate) use first_words::FirstWords;
#[cfg(test)]
pub(crate) use first_words::has_other_letters;
pub(crate) use generated::LANGUAGES;
pub(crate) use language::{Labels, Language};
pub(crate) use words::{any_of, words_in_classes, words_of};
