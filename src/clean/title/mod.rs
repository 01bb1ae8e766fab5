//! The headline of an article: by a learned score of every candidate, or by rules where there is no model.

pub(crate) mod among;
pub(crate) mod candidate;
pub(crate) mod echo;
pub(crate) mod features;
pub(crate) mod fringe;
pub(crate) mod places;
pub(crate) mod prints;
pub(crate) mod recurring;
pub(crate) mod rule;
pub(crate) mod scorer;
pub(crate) mod siblings;
pub(crate) mod subject;
pub(crate) mod surroundings;
pub(crate) mod within;

pub(crate) use crate::clean::title::candidate::span;
pub(crate) use crate::clean::title::features::Candidates;
pub(crate) use crate::clean::title::prints::Prints;
pub(crate) use crate::clean::title::recurring::forsake_recurring;
pub(crate) use crate::clean::title::rule::{TitleThresholds, find_title};
pub(crate) use crate::clean::title::scorer::TitleScorer;
pub(crate) use crate::clean::title::siblings::own_parts;
pub(crate) use crate::clean::title::within::headline_within;
