//! What a page or its container states of an article, put together with what the text says.

use crate::article::{Article, Meta};

/// Statements about one article from outside of its text.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) meta: Meta,
}

/// Whose word counts where the text and a statement differ on day, authors or source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// That of the statement: a page knows its article better than a line of text does.
    Stated,
    /// That of the text: a container may speak of more than the article.
    Text,
}

/// Adds what is stated. A headline, an address and a language are only ever filled in.
pub(crate) fn merge(article: &mut Article, stated: Stated, word: Word) {
    let settle = |field: &mut Option<String>, value: Option<String>, word: Word| {
        if value.is_some() && (field.is_none() || word == Word::Stated) {
            *field = value;
        }
    };
    let Stated { title, url, meta } = stated;
    settle(&mut article.title, title, Word::Text);
    settle(&mut article.url, url, Word::Text);
    settle(&mut article.meta.language, meta.language, Word::Text);
    settle(&mut article.meta.published, meta.published, word);
    settle(&mut article.meta.source, meta.source, word);
    if !meta.authors.is_empty() && (article.meta.authors.is_empty() || word == Word::Stated) {
        article.meta.authors = meta.authors;
    }
}
