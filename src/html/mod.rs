//! HTML: a page's source to the text it shows, with the place in the source of every part of it.
//!
//! The record's view is the source. One scan over its tags ([`HtmlPage::of`]) gives the text that the stages after it read like any dump, what
//! the page says of itself, and what its elements say about each line. What the stages decide is then carried back to the source.
//!
//! Styles and scripts are not run: what a style sheet hides is taken for shown, and what a script would fetch is not there.

pub(crate) mod address;
pub(crate) mod broken_address;
pub(crate) mod caption;
pub(crate) mod credits;
pub(crate) mod custom;
pub(crate) mod data_lists;
pub(crate) mod entity;
pub(crate) mod entries;
pub(crate) mod evidence;
pub(crate) mod flow;
pub(crate) mod formula;
pub(crate) mod frame;
pub(crate) mod front_matter;
pub(crate) mod headings;
pub(crate) mod headline;
pub(crate) mod hints;
pub(crate) mod jsonld;
pub(crate) mod layout_rows;
pub(crate) mod line_numbers;
pub(crate) mod listing_reader;
pub(crate) mod listings;
pub(crate) mod markdown;
pub(crate) mod mend;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod open_links;
pub(crate) mod opinions;
pub(crate) mod outline;
pub(crate) mod page;
pub(crate) mod permalink;
pub(crate) mod picture;
pub(crate) mod printed;
pub(crate) mod render;
pub(crate) mod rendered;
pub(crate) mod roles;
pub(crate) mod scan;
pub(crate) mod selected;
pub(crate) mod selector;
pub(crate) mod side_by_side;
pub(crate) mod stated_text;
pub(crate) mod statements;
pub(crate) mod story;
pub(crate) mod strings;
pub(crate) mod tag;
pub(crate) mod thresholds;
pub(crate) mod title_line;
pub(crate) mod unfolded;
pub(crate) mod verbatim;
pub(crate) mod within;

pub(crate) use crate::html::evidence::COLUMNS as EVIDENCE;
pub(crate) use crate::html::evidence::DomFeatures;
pub(crate) use crate::html::hints::ElementRoles;
pub(crate) use crate::html::names::{AuthorThresholds, shown as names_shown};
pub use crate::html::page::HtmlPage;
pub(crate) use crate::html::rendered::Rendered;
pub(crate) use crate::html::selected::Selected;
pub(crate) use crate::html::selector::Selector;
pub(crate) use crate::html::side_by_side::ArticleElement;
pub(crate) use crate::html::thresholds::HtmlThresholds;
