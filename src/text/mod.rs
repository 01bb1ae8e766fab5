//! Text without a page around it: kinds of characters, folding, words, sentences, likeness.

pub(crate) mod alike;
pub(crate) mod chars;
mod fold;
mod graph;
pub(crate) mod letters;
pub(crate) mod pattern;
pub(crate) mod sentence;
mod sets;
mod steps;
pub(crate) mod stored;
pub(crate) mod words;

pub(crate) use fold::{Folded, fold};
pub(crate) use steps::Room;
