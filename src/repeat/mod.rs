//! Learned boilerplate: sentences that stand around many different stories, where the debris of a page stands.
//!
//! An appeal that no rule knows gives itself away when it closes one story after another. What is learned are sentences, so that a banner is
//! found in one paragraph or in four, and where it is glued to the last paragraph of a text. Background that stories share is no boilerplate:
//! it stands in few of them, or also within them.

mod learn;
mod sentences;

pub use learn::{Learned, Lesson};
pub use sentences::{Sentence, sentences_of};
