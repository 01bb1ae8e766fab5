//! The learned classifier: how likely a block is the article's text, from its shape, its place and what the rules and detectors said.

mod features;

pub use features::{FEATURES, Features};
