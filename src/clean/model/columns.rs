//! TODO

use crate::clean::model::features::FEATURES;
use crate::html::EVIDENCE;

/// Features of a block with those of its words.
pub(crate) const USED: usize = FEATURES + lexical::COLUMNS.len();

/// The same for a page of HTML: with what its elements say, and the log-odds without that.
pub(crate) const SEEN_OF_HTML: usize = USED + EVIDENCE + 1;
