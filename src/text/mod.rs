//! TODO

pub(crate) mod alike;
pub(crate) mod chars;
pub(crate) mod fold;
pub(crate) mod letters;
pub(crate) mod sentence;
pub(crate) mod words;
