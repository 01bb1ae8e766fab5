//! A record cleaned as its format asks for, with what its container says about it.

use crate::article::Article;
use crate::clean::Cleaner;
use crate::clean::cleaned::Cleaned;
use crate::dates::find;
use crate::dates::order::Order;
use crate::read::{About, Format, Record};
use crate::sentences::Sentence;

impl Cleaner {
    /// Cleans a record of a dump. What the container says of its address, headline, date, publisher and authors goes where the text says
    /// nothing; of a record with several articles only the address is that of all.
    #[must_use]
    pub fn clean_record(&self, record: &Record) -> Cleaned {
        self.clean_with_sentences(record).0
    }

    /// The same, with the sentences of each article.
    pub(crate) fn clean_with_sentences(&self, record: &Record) -> (Cleaned, Vec<Vec<Sentence>>) {
        let (mut cleaned, sentences) = self.clean_view(&record.view, record.format == Format::Html);
        complete_all(&mut cleaned.articles, record);
        (cleaned, sentences)
    }
}

/// Adds to the articles of a record what its container says.
pub(crate) fn complete_all(articles: &mut [Article], record: &Record) {
    let is_alone = articles.len() == 1;
    for article in articles {
        article.provenance.record.clone_from(&record.id);
        fill(&mut article.url, record.about.url.as_ref());
        if is_alone {
            complete(article, &record.about);
        }
    }
}

fn complete(article: &mut Article, about: &About) {
    fill(&mut article.title, about.title.as_ref());
    fill(&mut article.meta.source, about.source.as_ref());
    let date =
        about.published.as_ref().and_then(|text| find(text, Order::Unknown).into_iter().next());
    fill(&mut article.meta.published, date.map(|found| found.iso).as_ref());
    if article.meta.authors.is_empty() {
        article.meta.authors.clone_from(&about.authors);
    }
}

fn fill(field: &mut Option<String>, said: Option<&String>) {
    if field.is_none() {
        *field = said.cloned();
    }
}
