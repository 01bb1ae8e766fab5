//! Elements that name the author, or the day, of an article: by class, `rel`, `itemprop`, or by where they link to.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::adjustable::adjustable;
use crate::html::markup::attributes::Attribute;
use crate::html::markup::hints::{ElementRoles, words};
use crate::html::markup::tag::Tag;
use crate::languages::words_in_classes;
use crate::span::Span;

/// What an element is said to name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum BylineElement {
    /// An author.
    Author,
    /// The day on which the article was published.
    Day,
}

/// An element that names something, and the text within it.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct Credited {
    pub(in crate::html) credit: BylineElement,
    pub(in crate::html) text: Span,
    /// The element, or the innermost one around it that is kept.
    pub(in crate::html) element: u32,
}

adjustable! {
    /// Which elements can name an author or a day.
    CreditThresholds {
        /// Bytes of the shortest text that names somebody, or a day.
        least_bytes: usize = 3,
        /// Bytes of the longest.
        most_bytes: usize = 160,
        /// Bytes of text before the main heading among which its author is named.
        before: usize = 400,
        /// Bytes after the beginning of the main heading among which its author is named.
        after: usize = 1200,
        /// Bytes between the names of two authors of one article, at most.
        between: usize = 6,
    }
}

impl CreditThresholds {
    /// Whether a text is as long as a name or a day.
    pub(in crate::html) fn can_name(&self, text: Span) -> bool {
        (self.least_bytes..=self.most_bytes).contains(&text.len())
    }
}

/// What holds the names of other people than the author.
pub(crate) const OTHERS: [ElementRoles; 4] =
    [ElementRoles::COMMENTS, ElementRoles::RELATED, ElementRoles::QUOTE, ElementRoles::NEWSLETTER];

impl BylineElement {
    /// What an attribute says that its element names.
    pub(in crate::html) fn of(tag: Tag, attribute: Attribute) -> Option<BylineElement> {
        let Attribute { name, value } = attribute;
        let says = |word: &str| {
            value.len() < 200
                && value.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word))
        };
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            of_names(value)
        } else if name.eq_ignore_ascii_case("itemprop") {
            if says("author") {
                Some(BylineElement::Author)
            } else {
                says("datePublished").then_some(BylineElement::Day)
            }
        } else if name.eq_ignore_ascii_case("rel") {
            says("author").then_some(BylineElement::Author)
        } else if tag == Tag::A && name.eq_ignore_ascii_case("href") {
            ["/author/", "/authors/", "/contributor/", "/contributors/"]
                .iter()
                .any(|place| value.contains(place))
                .then_some(BylineElement::Author)
        } else {
            None
        }
    }
}

/// Bytes of class names that are looked at: a bound on the work.
const LONGEST: usize = 400;

/// What class names say, or an id. Such as `comment-author` speak of somebody else, such as `author-bio` of something else.
fn of_names(value: &str) -> Option<BylineElement> {
    let starts = |word: &str, with: &str| {
        word.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    let mut credit = None;
    for name in value[..value.floor_char_boundary(LONGEST)].split_ascii_whitespace() {
        let mut own = None;
        let mut about_else = false;
        for word in words(name) {
            let said = said_by(word);
            if said & OTHER_PEOPLE != 0 {
                return None;
            }
            about_else |= said & OTHER_THINGS != 0;
            if starts(word, "author") && !starts(word, "authori")
                || starts(word, "byline")
                || said & AUTHOR != 0
            {
                own = Some(BylineElement::Author);
            } else if said & DAY != 0 {
                own = Some(BylineElement::Day);
            }
        }
        credit = credit.or(own.filter(|_| !about_else));
    }
    credit
}

/// What a word may say, as bits.
const AUTHOR: u8 = 1;
const DAY: u8 = 2;
const OTHER_PEOPLE: u8 = 4;
const OTHER_THINGS: u8 = 8;

/// English words that say so.
#[rustfmt::skip]
const WORDS: [(u8, &str); 4] = [
    (AUTHOR, "writer writtenby"),
    (DAY, "date published publish pubdate datetime timestamp dateline"),
    (OTHER_PEOPLE, "comment comments commenter testimonial testimonials pullquote quote related reviewer reviewed recommended popular"),
    (OTHER_THINGS, "bio avatar image img photo social title role position description icon label modified updated count form prep"),
];
/// Letters of the longest of all words.
const LONGEST_WORD: usize = 32;

/// What each word says, those of other languages too; in lower case.
static SAID: LazyLock<FxHashMap<Vec<u8>, u8>> = LazyLock::new(|| {
    let mut said = FxHashMap::<Vec<u8>, u8>::default();
    let english = WORDS.iter().flat_map(|(bit, words)| words.split(' ').map(|word| (*bit, word)));
    let of_languages = [(AUTHOR, "author"), (DAY, "day")]
        .into_iter()
        .flat_map(|(bit, what)| words_in_classes(what).map(move |word| (bit, word)));
    for (bit, word) in english.chain(of_languages) {
        *said.entry(word.as_bytes().to_ascii_lowercase()).or_default() |= bit;
    }
    said
});

/// What a word says in any case.
fn said_by(word: &str) -> u8 {
    let mut lower = [0; LONGEST_WORD];
    let Some(lower) = lower.get_mut(..word.len()) else { return 0 };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    SAID.get(&*lower).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_say_who_is_named() {
        let of = |class| BylineElement::of(Tag::Div, Attribute { name: "class", value: class });
        assert_eq!(of("card postAuthorName"), Some(BylineElement::Author));
        assert_eq!(of("entry-byline"), Some(BylineElement::Author));
        assert_eq!(of("post-date"), Some(BylineElement::Day));
        assert_eq!(of("author-date"), Some(BylineElement::Day));
        assert!(
            ["comment author vcard", "author-avatar", "authority", "testimonial-author"]
                .iter()
                .all(|class| of(class).is_none())
        );
    }

    #[test]
    fn no_word_is_too_long_to_be_looked_up() {
        assert!(SAID.keys().all(|word| word.len() <= LONGEST_WORD));
        assert_eq!(said_by(&"bio".repeat(LONGEST_WORD)), 0);
    }

    #[test]
    fn links_to_an_author_name_the_author() {
        let of = |href| BylineElement::of(Tag::A, Attribute { name: "href", value: href });
        assert_eq!(of("/blog/authors/mirva-lindqvist"), Some(BylineElement::Author));
        assert_eq!(of("/blog/quay-authority"), None);
    }
}
