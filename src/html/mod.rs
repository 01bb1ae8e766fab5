//! HTML: a page's source to the text it shows, with the place in the source of every part of it.
//!
//! The record's view is the source. One scan over its tags ([`HtmlPage::of`]) gives the text that the stages after it read like any dump, what
//! the page says of itself, and what its elements say about each line. What the stages decide is then carried back to the source.
//!
//! Styles and scripts are not run: what a style sheet hides is taken for shown, and what a script would fetch is not there.

pub(crate) mod evidence;
pub(crate) mod frame;
pub(crate) mod headline;
pub(crate) mod hidden_text;
pub(crate) mod listings;
pub(crate) mod markdown;
pub(crate) mod markup;
pub(crate) mod page;
pub(crate) mod shown;
pub(crate) mod side_by_side;
pub(crate) mod stated;
pub(crate) mod stated_text;
pub(crate) mod thresholds;
pub(crate) mod unfolded;

pub(crate) use crate::html::evidence::dom_features::COLUMNS as EVIDENCE;
pub(crate) use crate::html::evidence::dom_features::DomFeatures;
pub(crate) use crate::html::markup::hints::ElementRoles;
pub(crate) use crate::html::markup::selector::Selector;
pub use crate::html::page::HtmlPage;
pub(crate) use crate::html::shown::rendered::Rendered;
pub(crate) use crate::html::shown::selected::Selected;
pub(crate) use crate::html::side_by_side::ArticleElement;
pub(crate) use crate::html::stated::names::{AuthorThresholds, shown as names_shown};
pub(crate) use crate::html::thresholds::HtmlThresholds;
