//! The names of `meta` elements that state something of a page.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::html::stated::statements::{Field, Trust};

/// What `meta` elements state by their names, and how far that is trusted: None where a `property` is trusted as OpenGraph is.
#[rustfmt::skip]
const NAMES: [(Field, Option<Trust>, &str); 10] = [
    (Field::Headline, Some(Trust::OpenGraph), "og:title"),
    (Field::Headline, Some(Trust::Meta), "twitter:title dc.title parsely-title sailthru.title headline citation_title"),
    (Field::Published, Some(Trust::OpenGraph), "article:published_time og:published_time og:article:published_time"),
    (Field::Published, Some(Trust::Meta), "datepublished date pubdate publishdate publish-date publish_date dc.date dc.date.issued dcterms.created dcterms.date dc.date.created sailthru.date parsely-pub-date article.published published-date citation_publication_date cxenseparse:recs:publishtime article:published publication_date publicationdate datecreated bt:pubdate article_date_original rnews:datepublished published"),
    (Field::Published, Some(Trust::Last), "last-modified"),
    (Field::Author, None, "author article:author og:article:author dc.creator dcterms.creator parsely-author sailthru.author byl article:author_name citation_author citation_authors cxenseparse:author article.author og:author"),
    (Field::Publisher, Some(Trust::OpenGraph), "og:site_name"),
    (Field::Publisher, Some(Trust::Meta), "publisher dc.publisher application-name citation_publisher"),
    (Field::Url, Some(Trust::Element), "og:url"),
    (Field::Language, Some(Trust::Element), "og:locale"),
];

pub(super) static STATED: LazyLock<FxHashMap<&str, (Field, Option<Trust>)>> = LazyLock::new(|| {
    let stated = |(field, trust, names): (_, _, &'static str)| {
        names.split(' ').map(move |name| (name, (field, trust)))
    };
    NAMES.into_iter().flat_map(stated).collect()
});
