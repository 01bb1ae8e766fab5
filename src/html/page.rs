//! A page of HTML read: what it shows and what it states.

use crate::html::metadata::PageMeta;
use crate::html::render::Renderer;
use crate::html::rendered::Rendered;

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
