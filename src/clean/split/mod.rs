//! Splitting: which blocks make up which article of a record. A choice among sets of lines of one form, and "no split".

pub(crate) mod again;
pub(crate) mod around;
pub(crate) mod articles;
pub(crate) mod beginnings;
pub(crate) mod candidates;
pub(crate) mod choose;
pub(crate) mod cohesion;
pub(crate) mod contents;
pub(crate) mod dated;
pub(crate) mod forms;
pub(crate) mod headed;
pub(crate) mod heads;
pub(crate) mod items;
pub(crate) mod letters;
pub(crate) mod lines;
pub(crate) mod machine;
pub(crate) mod measures;
pub(crate) mod missed;
pub(crate) mod numbers;
pub(crate) mod parts;
pub(crate) mod rules;
pub(crate) mod sections;
pub(crate) mod seen;
pub(crate) mod signature;
pub(crate) mod terms;
pub(crate) mod told;
pub(crate) mod ways;
pub(crate) mod weak;

pub(crate) use crate::clean::split::choose::{Parted, SplitCandidate, Splitter, split_candidates};
pub(crate) use crate::clean::split::items::SplitThresholds;
pub(crate) use crate::clean::split::letters::buttoned_texts;
pub(crate) use crate::clean::split::measures::names as measure_names;
pub(crate) use crate::clean::split::rules::split;
pub(crate) use crate::clean::split::signature::{signature_of, signed_by};
pub(crate) use crate::clean::split::terms::is_common_word;
