//! What a page says of its article outside of the text: JSON-LD, OpenGraph, meta tags, time elements, in that order of trust.

use crate::span::Span;

/// What a page says of its article. What it does not say is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageMeta {
    /// Its headline as the page names it, the most trusted first; the last may have the site's name added.
    pub headlines: Vec<String>,
    /// When it was published, ISO 8601, with the offset from UTC where that is stated.
    pub published: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// Who may be the author where nobody else is named: an organisation, an account, somebody whom an element far from the headline names.
    pub maybe_authors: Vec<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// Whether the page says that it is one article.
    pub is_article: bool,
    /// Where the scripts of linked data stand.
    pub linked_data: Vec<Span>,
}

impl PageMeta {
    /// A headline without the name of the site behind it, where the page says what its site is called, or the name is an address.
    pub(crate) fn without_site<'h>(&self, headline: &'h str) -> &'h str {
        let letters = |text: &str| {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let host = self
            .url
            .as_deref()
            .and_then(|url| url.split('/').nth(2))
            .map(|host| letters(host.trim_start_matches("www.")));
        let names: Vec<String> =
            [self.publisher.as_deref().map(letters), host].into_iter().flatten().collect();
        let is_site = |end: &str| {
            let tail = letters(end);
            let holds_words = |name: &String| {
                end.split_whitespace().map(letters).all(|word| name.contains(&word))
            };
            let is_name = |name: &String| {
                name.starts_with(&tail)
                    || tail.len() > 3 && (name.contains(&tail) || holds_words(name))
                    || tail.starts_with(name.as_str())
            };
            tail.len() >= 3 && (names.iter().any(is_name) || is_address(end))
        };
        let border = [" | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » "]
            .iter()
            .filter_map(|rule| Some((headline.rfind(rule)?, rule.len())))
            .max();
        border
            .filter(|&(at, length)| at > 0 && is_site(&headline[at + length..]))
            .map_or(headline, |(at, _)| headline[..at].trim_end())
    }
}

/// Whether a name is the address of a site, such as `Gazette.com`.
fn is_address(name: &str) -> bool {
    let domain = name
        .trim()
        .rsplit_once('.')
        .filter(|(site, _)| !site.is_empty() && !site.contains(char::is_whitespace));
    domain.is_some_and(|(_, top)| {
        ["com", "org", "net", "edu", "gov"].iter().any(|known| top.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(source: &str) -> PageMeta {
        crate::html::page::HtmlPage::of(source).stated
    }

    #[test]
    fn a_headline_loses_the_name_of_its_site() {
        let page = meta(
            "<meta property='og:site_name' content='The Gazette'><title>Quay reopens | Storm damage - The Gazette</title>",
        );
        assert_eq!(
            page.headlines.iter().map(|headline| page.without_site(headline)).collect::<Vec<_>>(),
            ["Quay reopens | Storm damage"]
        );
        assert_eq!(
            page.without_site("Quay reopens - after two weeks"),
            "Quay reopens - after two weeks"
        );
        assert_eq!(page.without_site("Quay reopens | Harbour.com"), "Quay reopens");
        let page = meta("<link rel=canonical href='https://news.gazette.example/quay'>");
        assert_eq!(page.without_site("Quay reopens | Gazette News"), "Quay reopens");
        assert_eq!(page.without_site("Quay reopens | Bad News"), "Quay reopens | Bad News");
    }
}
