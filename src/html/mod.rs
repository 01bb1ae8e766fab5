//! HTML: a page's source to the text it shows, with the place in the source of every part of it.
//!
//! The record's view is the source. One scan over its tags ([`HtmlPage::of`]) gives the text that the stages after it read like any dump, what
//! the page says of itself, and what its elements say about each line. What the stages decide is then carried back to the source.
//!
//! Styles and scripts are not run: what a style sheet hides is taken for shown, and what a script would fetch is not there.

pub(crate) mod credits;
pub(crate) mod entity;
pub(crate) mod evidence;
pub(crate) mod headings;
pub(crate) mod hints;
pub(crate) mod jsonld;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod opinions;
pub(crate) mod printed;
pub(crate) mod render;
pub(crate) mod rendered;
pub(crate) mod scan;
pub(crate) mod statements;
pub(crate) mod tag;
pub(crate) mod within;

pub(crate) use crate::html::evidence::COLUMNS as EVIDENCE;
pub(crate) use crate::html::evidence::DomFeatures;
pub(crate) use crate::html::hints::ElementRoles;
pub(crate) use crate::html::rendered::Rendered;

use crate::html::metadata::PageMeta;
use crate::html::render::Renderer;

/// Bytes of text below which a page may have hidden all of it until a script runs.
const LITTLE: usize = 600;

/// A page of HTML: what it shows, and what it states of itself.
#[derive(Debug, Default)]
pub struct HtmlPage {
    /// The text that it shows.
    pub shown: Rendered,
    /// What it states of its article.
    pub(crate) stated: PageMeta,
}

impl HtmlPage {
    /// Reads a page. Where it hides nearly all of its text, as some do until a script runs, what is hidden is shown.
    #[must_use]
    pub fn of(source: &str) -> Self {
        let (shown, stated, left_out) = Renderer::new(source, false).run();
        if shown.text.len() < LITTLE && left_out > 2 * shown.text.len() {
            let (shown, stated, _) = Renderer::new(source, true).run();
            Self { shown, stated }
        } else {
            Self { shown, stated }
        }
    }
}
