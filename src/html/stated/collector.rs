//! What a page states of itself, gathered while it is read and weighed at its end.

use crate::html::markup::attributes::{Attribute, attributes, value_of};
use crate::html::markup::entity::decoded;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::Rendered;
use crate::html::stated::credits::{BylineElement, Credited};
use crate::html::stated::meta_names::STATED;
use crate::html::stated::metadata::PageMeta;
use crate::html::stated::printed::VisibleByline;
use crate::html::stated::statements::{Field, LONGEST, MOST, Statements, Trust};
use crate::html::stated::{jsonld, names};
use crate::html::thresholds::HtmlThresholds;
use crate::span::Span;
use crate::{bylines, dates};

/// Gathers what a page says of itself while it is read.
#[derive(Debug, Default)]
pub(in crate::html) struct Collector<'s> {
    stated: Statements,
    title: Option<&'s str>,
    credits: Vec<Credited>,
    linked_data: Vec<Span>,
    /// Whether the last label of a pair of Twitter tags is one of the author.
    labels_author: bool,
}

impl<'s> Collector<'s> {
    /// The text of an element that holds no tags, at its place in the source.
    pub(in crate::html) fn raw(
        &mut self,
        tag: Tag,
        text: &str,
        place: Span,
        source: &'s str,
        in_drawing: bool,
    ) {
        let content = place.of(source);
        match tag {
            Tag::Title if !in_drawing && self.title.is_none() => self.title = Some(content),
            Tag::Script
                if attributes(text).any(|a| {
                    a.name.eq_ignore_ascii_case("type")
                        && a.value.trim().eq_ignore_ascii_case("application/ld+json")
                }) =>
            {
                jsonld::read(content, &mut self.stated);
                self.linked_data.push(place);
            }
            _ => {}
        }
    }

    /// An attribute of an element that holds text.
    pub(in crate::html) fn attribute(&mut self, tag: Tag, attribute: Attribute) {
        let is = |name: &str| attribute.name.eq_ignore_ascii_case(name);
        match tag {
            Tag::Html if is("lang") || is("xml:lang") => {
                self.stated.say(Field::Language, Trust::Meta, attribute.value)
            }
            _ => {}
        }
    }

    /// An element `time` with these attributes. A time of change is one of publication where the page states no other.
    pub(in crate::html) fn time(&mut self, text: &str) {
        let value = |name: &str| value_of(text, name);
        let Some(datetime) = value("datetime") else { return };
        let is_change = ["itemprop", "class"].into_iter().filter_map(value).any(|names| {
            let names = names.to_ascii_lowercase();
            names.contains("modified") || names.contains("updated")
        });
        let trust = if is_change { Trust::Last } else { Trust::Weak };
        self.stated.say(Field::Published, trust, datetime);
    }

    /// A `meta` element.
    pub(in crate::html) fn meta(&mut self, text: &str) {
        let (mut names, mut content, mut is_property) = (Vec::new(), None, false);
        for attribute in attributes(text) {
            match attribute.name.to_ascii_lowercase().as_str() {
                "name" | "itemprop" => names.push(attribute.value.to_ascii_lowercase()),
                "property" => {
                    is_property = true;
                    names.push(attribute.value.to_ascii_lowercase());
                }
                "content" => content = Some(attribute.value),
                _ => {}
            }
        }
        let Some(content) = content.filter(|content| content.len() <= LONGEST) else { return };
        let content = decoded(content, true);
        let trust = if is_property { Trust::OpenGraph } else { Trust::Meta };
        for name in names {
            if let Some((field, known)) = STATED.get(name.as_str()) {
                self.stated.say(*field, known.unwrap_or(trust), &content);
            }
            match name.as_str() {
                "twitter:label1" | "twitter:label2" => {
                    self.labels_author = bylines::is_opening(&content)
                }
                "twitter:data1" | "twitter:data2" if std::mem::take(&mut self.labels_author) => {
                    self.stated.say(Field::Author, Trust::Meta, &content)
                }
                "og:type" => {
                    self.stated.is_article |= content.trim().eq_ignore_ascii_case("article")
                }
                _ => {}
            }
        }
    }

    /// A `link` element.
    pub(in crate::html) fn link(&mut self, text: &str) {
        let value = |name: &str| value_of(text, name);
        if value("rel").is_some_and(|rel| {
            rel.split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case("canonical"))
        }) && let Some(href) = value("href")
        {
            self.stated.say(Field::Url, Trust::Meta, &decoded(href, true));
        }
    }

    /// An element that names the author or the day.
    pub(in crate::html) fn credit(&mut self, credited: Credited) {
        if self.credits.len() < MOST {
            self.credits.push(credited);
        }
    }

    /// What the first element says that names anybody, with those that follow it after no more than a comma or an `and`; and the first day.
    fn say_credits(
        &mut self,
        credits: &[Credited],
        trust: Trust,
        page: &Rendered,
        t: &HtmlThresholds,
    ) {
        let mut end: Option<usize> = None;
        for credited in credits.iter().filter(|credited| credited.credit == BylineElement::Author) {
            let follows = |end| (end..=end + t.credits.between).contains(&credited.text.start);
            if !end.is_none_or(follows) {
                continue;
            }
            let is_opened = page.is_opened(credited.text);
            let names = names::shown(credited.text.of(&page.text), is_opened, &t.names);
            if !names.is_empty() {
                end = Some(credited.text.end);
            }
            for name in names {
                self.stated.say(Field::Author, trust, &name);
            }
        }
        let day = credits.iter().find_map(|credited| {
            dates::find(credited.text.of(&page.text), dates::Order::Unknown).into_iter().next()
        });
        if let Some(day) = day {
            self.stated.say(Field::Published, Trust::Weak, &day.iso);
        }
    }

    pub(in crate::html) fn finish(mut self, page: &Rendered, t: &HtmlThresholds) -> PageMeta {
        let printed = VisibleByline::by_heading(page, &t.printed, &t.names);
        let (near, far) = page.by_heading(std::mem::take(&mut self.credits), &t.credits);
        self.say_credits(&near, Trust::Element, page, t);
        self.say_credits(&far, Trust::Weak, page, t);
        if let Some(title) = self.title {
            self.stated.say(Field::Headline, Trust::Weak, &decoded(title, false));
        }
        self.stated.said.sort_by_key(|(_, trust, _)| *trust);
        let all = |field: Field| self.stated.all(field);
        let is_url = |value: &str| value.starts_with("http://") || value.starts_with("https://");
        let publisher = all(Field::Publisher).map(|(_, value)| value).find(|value| !is_url(value));
        let is_publisher = |name: &str| {
            all(Field::Publisher).any(|(_, publisher)| publisher.eq_ignore_ascii_case(name))
        };
        let (certain, doubtful): (Vec<_>, Vec<_>) = all(Field::Author)
            .filter_map(|(trust, value)| {
                if trust < Trust::Element {
                    Some((trust, names::stated(value, publisher, &t.names)?))
                } else {
                    Some((trust, value.to_owned()))
                }
            })
            .partition(|(trust, name)| {
                *trust < Trust::Weak
                    && !is_publisher(name)
                    && (*trust == Trust::Element || !names::is_account(name))
            });
        let published = all(Field::Published).find_map(|(_, value)| dates::stated(value));
        PageMeta {
            headlines: all(Field::Headline).map(|(_, value)| value.to_owned()).collect(),
            published: published.map(|stated| printed.published(stated)),
            maybe_authors: match (most_trusted(doubtful), printed.beside_day()) {
                (names, Some(beside)) if names.is_empty() => vec![beside.to_owned()],
                (names, _) => names,
            },
            authors: printed.authors(most_trusted(certain)),
            publisher: publisher.map(str::to_owned),
            url: all(Field::Url)
                .map(|(_, value)| value)
                .find(|value| is_url(value))
                .map(str::to_owned),
            language: all(Field::Language).find_map(|(_, value)| tag_of(value)),
            is_article: self.stated.is_article,
            linked_data: self.linked_data,
        }
    }
}

/// The names that are trusted most.
fn most_trusted(said: Vec<(Trust, String)>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let most = said.first().map(|(trust, _)| *trust);
    for (_, name) in said.into_iter().take_while(|(trust, _)| Some(*trust) == most) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    names
}

/// `de_AT` and `de-at` as BCP 47 writes them; None for what is no tag.
fn tag_of(value: &str) -> Option<String> {
    let mut parts = value.trim().split(['-', '_']);
    let language = parts
        .next()
        .filter(|l| (2..=3).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphabetic()))?;
    Some(language.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(source: &str) -> PageMeta {
        crate::html::page::HtmlPage::of(source).stated
    }

    #[test]
    fn what_is_trusted_more_comes_first() {
        let page = meta(
            "<html lang=en-GB><title>Quay reopens &ndash; The Gazette</title><meta property='og:title' content='Quay reopens'>\
             <meta name=date content='June 17, 2031'><meta property=article:published_time content='2031-06-16T15:53:00+02:00'>\
             <link rel=canonical href='https://gazette.example/quay'><meta name=author content='Mirva Lindqvist'><meta property=og:type content=article>\
             <meta property=og:site_name content='The Gazette'>",
        );
        assert_eq!(page.headlines, ["Quay reopens", "Quay reopens – The Gazette"]);
        assert_eq!(page.published.as_deref(), Some("2031-06-16T15:53:00+02:00"));
        assert_eq!(page.authors, ["Mirva Lindqvist"]);
        assert_eq!(
            (page.publisher.as_deref(), page.language.as_deref()),
            (Some("The Gazette"), Some("en"))
        );
        assert_eq!(
            (page.url.as_deref(), page.is_article),
            (Some("https://gazette.example/quay"), true)
        );
    }

    #[test]
    fn a_label_of_twitter_says_who_wrote_the_page() {
        let labelled = |label: &str| {
            meta(&format!(
                "<meta name=twitter:label1 content='{label}'><meta name=twitter:data1 content='Mirva Lindqvist'>"
            ))
        };
        assert_eq!(labelled("Written by").authors, ["Mirva Lindqvist"]);
        assert!(labelled("Reading time").authors.is_empty());
        assert!(meta("<meta property=og:type content=article>").is_article);
    }

    #[test]
    fn an_organisation_or_a_name_among_comments_is_no_certain_author() {
        let page = meta(
            "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"author\": {\"@type\": \"Organization\", \"name\": \"Harbour Press\"}}</script>\
             <h1>Quay reopens</h1><div class=comments><span class=author>quayfan</span></div>",
        );
        assert_eq!((page.authors.len(), page.maybe_authors), (0, vec!["Harbour Press".to_owned()]));
    }

    #[test]
    fn elements_name_the_author_and_the_day() {
        let page = meta(
            "<h1>Quay reopens</h1><p>By <a rel=author>Mirva Lindqvist</a> <time datetime=2031-06-16>yesterday</time></p>",
        );
        assert_eq!(
            (page.authors, page.published.as_deref()),
            (vec!["Mirva Lindqvist".to_owned()], Some("2031-06-16"))
        );
    }

    #[test]
    fn an_author_without_a_page_is_one_too() {
        let page = meta(
            "<h1>Quay reopens</h1><p>By <a rel=author>Mirva Lindqvist</a> and Tobias Fenn</p>",
        );
        assert_eq!(page.authors, ["Mirva Lindqvist", "Tobias Fenn"]);
    }

    #[test]
    fn elements_about_the_article_that_a_style_parts_are_parted_in_its_text() {
        let line = |meta: &str| {
            crate::html::page::HtmlPage::of(&format!("<h1>Quay reopens</h1>{meta}")).shown.text
        };
        let parted = "Quay reopens\n\nMirva Lindqvist June 16, 2031";
        assert_eq!(
            line(
                "<div class=post-meta><span>Mirva Lindqvist</span><span>June 16, 2031</span></div>"
            ),
            parted
        );
        assert_eq!(
            line("<div><a class=author>Mirva Lindqvist</a><time>June 16, 2031</time></div>"),
            parted
        );
        assert_eq!(
            line("<div class=post-meta><b>M</b>irva Lindqvist <span>June 16</span>, 2031</div>"),
            parted
        );
        assert_eq!(line("<p><b>Mirva Lind</b><i>qvist</i></p>"), "Quay reopens\n\nMirva Lindqvist");
        let page = meta(
            "<h1>Quay reopens</h1><div><span class=entry-author>Mirva Lindqvist</span><span class=entry-date>June 16, 2031</span></div>",
        );
        assert_eq!(
            (page.authors, page.published.as_deref()),
            (vec!["Mirva Lindqvist".to_owned()], Some("2031-06-16"))
        );
    }

    /// The table has each name that states something, and no other.
    #[test]
    fn names_of_meta_elements_state_what_the_table_has() {
        let lines = || include_str!("../../../tests/tables/meta_names.tsv").lines().skip(1);
        let said = |attribute: &str, name: &str| {
            let mut page = Collector::default();
            page.meta(&format!("{attribute}=\"{name}\" content=\"Quay\""));
            page.stated.said
        };
        for line in lines() {
            let [name, field, of_name, of_property] = *line.split('\t').collect::<Vec<_>>() else {
                panic!("{line}")
            };
            for (attribute, trust) in [("name", of_name), ("property", of_property)] {
                let [(found, trusted, value)] = &*said(attribute, name) else { panic!("{name}") };
                assert_eq!(
                    format!("{found:?} {trusted:?} {value}"),
                    format!("{field} {trust} Quay")
                );
            }
        }
        let mut listed: Vec<&str> = lines().map(|line| line.split('\t').next().unwrap()).collect();
        let mut known: Vec<&str> = STATED.keys().copied().collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(known, listed);
    }
}
