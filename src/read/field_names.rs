//! The names of the fields of an object of JSON, or of a row of a table, that say something about a record.

use crate::read::place::Settings;

/// Fields that hold the text, the most usual first; as all of these, by any spelling: `article_body` is `articleBody` too. Behind a dot stands a
/// field of an object.
pub(super) const TEXT: [&str; 44] = [
    "text",
    "maintext",
    "content",
    "content.rendered",
    "body",
    "article_body",
    "article_text",
    "full_text",
    "content_html",
    "content_text",
    "html",
    "raw_content",
    "markdown",
    "content_markdown",
    "markdown.raw_markdown",
    "md",
    "article",
    "page_content",
    "text_content",
    "html_content",
    "article_content",
    "article_html",
    "post_content",
    "post_text",
    "post_body",
    "plain_text",
    "raw_text",
    "raw_html",
    "body_text",
    "body_html",
    "clean_text",
    "cleaned_text",
    "extracted_text",
    "selftext",
    "contents",
    "paragraphs",
    "data.markdown",
    "data.content",
    "data.text",
    "data.html",
    "result.markdown",
    "result.content",
    "result.text",
    "result.html",
];
/// The field by which other tables name the record.
pub(super) const ID: &str = "id";
/// Fields that hold more about it; they may also stand in an object under one of [`MORE`].
pub(super) const URL: [&str; 10] = [
    "url",
    "link",
    "uri",
    "canonical_url",
    "article_url",
    "web_url",
    "permalink",
    "page_url",
    "source_url",
    "original_url",
];
pub(super) const TITLE: [&str; 8] = [
    "title",
    "headline",
    "heading",
    "article_title",
    "web_title",
    "page_title",
    "post_title",
    "og_title",
];
pub(super) const PUBLISHED: [&str; 15] = [
    "published",
    "published_at",
    "date_published",
    "date_publish",
    "publish_date",
    "published_date",
    "published_on",
    "publication_date",
    "pub_date",
    "web_publication_date",
    "published_time",
    "posted_at",
    "post_date",
    "article_date",
    "date",
];
/// When the text came to be, or somebody took it in: of documents of Dolma the publication, where nothing else says that.
pub(super) const CREATED: [&str; 3] = ["created", "created_at", "date_created"];
pub(super) const SOURCE: [&str; 7] =
    ["source", "publisher", "site_name", "source_name", "publication", "newspaper", "outlet"];
pub(super) const AUTHORS: [&str; 5] = ["authors", "author", "creator", "author_name", "writer"];
/// A line that names the authors as a page prints it: `By Ada Quill`.
pub(super) const BYLINE: [&str; 1] = ["byline"];
pub(super) const MORE: [&str; 3] = ["metadata", "meta", "fields"];

/// The names of the fields that may hold the text.
pub(super) fn text_names<'n>(text_field: &'n Option<&'n str>) -> &'n [&'n str] {
    text_field.as_ref().map_or(TEXT.as_slice(), std::slice::from_ref)
}

/// The names of fields as a message lists them.
pub(super) fn listed(names: &[&str]) -> String {
    /// The most that are listed.
    const MOST: usize = 17;
    let first = names[..names.len().min(MOST)].join(", ");
    if names.len() > MOST { format!("{first} and the like") } else { first }
}

/// Whether a field is the one with this name, however its words are written: `datePublished`, `date_published` and `Date published` are one.
pub(super) fn is_named(field: &str, name: &str) -> bool {
    letters(field).eq(letters(name))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    let letters = name.bytes().filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
    letters.map(|byte| byte.to_ascii_lowercase())
}

/// The field of an object within an object: its own name, and what comes behind it.
pub(super) fn dotted(name: &str) -> Option<(&str, &str)> {
    name.split_once('.')
}

/// Whether a column is looked at.
pub(super) fn is_wanted(field: &str, settings: &Settings) -> bool {
    holds_text(field, text_names(&settings.text_field.as_deref()))
        || is_known(field)
        || settings.pass_fields.has(field)
}

/// Whether a field has a name by which it says something about a record.
pub(super) fn is_known(field: &str) -> bool {
    [&TEXT[..], &[ID], &URL, &TITLE, &PUBLISHED, &CREATED, &SOURCE, &AUTHORS, &BYLINE, &MORE]
        .into_iter()
        .flatten()
        .any(|name| is_named(field, name))
}

/// Whether a field is one of those that may hold the text.
pub(super) fn is_text_field(field: &str, names: &[&str]) -> bool {
    names.iter().any(|name| is_named(field, name))
}

/// Whether a field is one of those that may hold the text, or an object with it.
pub(super) fn holds_text(field: &str, names: &[&str]) -> bool {
    let is_outer = |name: &str| dotted(name).is_some_and(|(outer, _)| is_named(field, outer));
    is_text_field(field, names) || names.iter().any(|name| is_outer(name))
}
