//! Elements that name the author, or the day, of an article: by class, `rel`, `itemprop`, or by where they link to.

use crate::bylines;
use crate::html::hints::{Hints, words};
use crate::html::rendered::{Rendered, common};
use crate::html::scan::Attribute;
use crate::html::tag::Tag;
use crate::span::Span;

/// What an element is said to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credit {
    /// An author.
    Author,
    /// The day on which the article was published.
    Day,
}

/// An element that names something, and the text within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credited {
    pub(super) credit: Credit,
    pub(super) text: Span,
    /// The element, or the innermost one around it that is kept.
    pub(super) element: u32,
}

/// Bytes of text before and after the main heading among which its author is named.
const BEFORE: usize = 400;
const AFTER: usize = 1200;
/// What holds the names of other people than the author.
const OTHERS: [Hints; 4] = [Hints::COMMENTS, Hints::RELATED, Hints::QUOTE, Hints::NEWSLETTER];

impl Credit {
    /// What an attribute says that its element names.
    pub(super) fn of(tag: Tag, attribute: Attribute) -> Option<Credit> {
        let Attribute { name, value } = attribute;
        let says = |word: &str| {
            value.len() < 200
                && value.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word))
        };
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            of_names(value)
        } else if name.eq_ignore_ascii_case("itemprop") {
            if says("author") {
                Some(Credit::Author)
            } else {
                says("datePublished").then_some(Credit::Day)
            }
        } else if name.eq_ignore_ascii_case("rel") {
            says("author").then_some(Credit::Author)
        } else if tag == Tag::A && name.eq_ignore_ascii_case("href") {
            ["/author/", "/authors/", "/contributor/", "/contributors/"]
                .iter()
                .any(|place| value.contains(place))
                .then_some(Credit::Author)
        } else {
            None
        }
    }
}

/// Bytes of class names that are looked at.
const LONGEST: usize = 400;

/// What class names say, or an id. Such as `comment-author` speak of somebody else, such as `author-bio` of something else.
fn of_names(value: &str) -> Option<Credit> {
    let is = |word: &str, of: &[&str]| of.iter().any(|known| word.eq_ignore_ascii_case(known));
    let starts = |word: &str, with: &str| {
        word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let mut credit = None;
    for name in value[..value.floor_char_boundary(LONGEST)].split_ascii_whitespace() {
        let mut own = None;
        let mut about_else = false;
        for word in words(name) {
            if is(word, &OTHER_PEOPLE) {
                return None;
            }
            about_else |= is(word, &OTHER_THINGS);
            if starts(word, "author") && !starts(word, "authori")
                || starts(word, "byline")
                || is(word, &["autor", "autoren", "auteur", "writer", "writtenby"])
            {
                own = Some(Credit::Author);
            } else if is(
                word,
                &[
                    "date",
                    "published",
                    "publish",
                    "pubdate",
                    "datetime",
                    "timestamp",
                    "datum",
                    "dateline",
                ],
            ) {
                own = Some(Credit::Day);
            }
        }
        credit = credit.or(own.filter(|_| !about_else));
    }
    credit
}

#[rustfmt::skip]
const OTHER_PEOPLE: [&str; 12] = [
    "comment", "comments", "commenter", "testimonial", "testimonials", "pullquote", "quote", "related", "reviewer", "reviewed", "recommended", "popular",
];
#[rustfmt::skip]
const OTHER_THINGS: [&str; 16] = [
    "bio", "avatar", "image", "img", "photo", "social", "title", "role", "position", "description", "icon", "label", "modified", "updated", "count", "form",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_say_who_is_named() {
        let of = |class| Credit::of(Tag::Div, Attribute { name: "class", value: class });
        assert_eq!(of("card postAuthorName"), Some(Credit::Author));
        assert_eq!(of("entry-byline"), Some(Credit::Author));
        assert_eq!(of("post-date"), Some(Credit::Day));
        assert_eq!(of("author-date"), Some(Credit::Day));
        assert!(
            ["comment author vcard", "author-avatar", "authority", "testimonial-author"]
                .iter()
                .all(|class| of(class).is_none())
        );
    }

    #[test]
    fn links_to_an_author_name_the_author() {
        let of = |href| Credit::of(Tag::A, Attribute { name: "href", value: href });
        assert_eq!(of("/blog/authors/mirva-lindqvist"), Some(Credit::Author));
        assert_eq!(of("/blog/quay-authority"), None);
    }
}
