//! What elements, classes and roles say about the text within.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::html::markup::attributes::Attribute;
use crate::html::markup::tag::Tag;
use crate::languages::{LANGUAGES, words_in_classes};

/// Classes of what programs for mail quote.
const CITES: [&str; 5] =
    ["gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix", "zmail_extra"];

/// A set of things that an element is said to be, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ElementRoles(u32);

/// Names of the hints, in the order of their bits.
#[rustfmt::skip]
const NAMES: [&str; 26] = [
    "main", "article", "aside", "nav", "header", "footer", "form", "caption", "comments", "related", "share", "sidebar", "ad", "newsletter", "legal", "byline",
    "tags", "text", "popup", "button", "table", "list", "quote", "hidden", "bio", "contents",
];

macro_rules! hints {
    ($($name:ident = $bit:literal: $doc:literal,)*) => {
        impl ElementRoles {
            $(#[doc = $doc] pub(crate) const $name: ElementRoles = ElementRoles(1 << $bit);)*
        }
    };
}

hints! {
    MAIN = 0: "`main`, or its role.",
    ARTICLE = 1: "`article`, or its role.",
    ASIDE = 2: "`aside`, or its role.",
    NAV = 3: "`nav`, a menu, a breadcrumb, a pager.",
    HEADER = 4: "`header`, a banner.",
    FOOTER = 5: "`footer`.",
    FORM = 6: "`form`.",
    CAPTION = 7: "`figcaption`, the caption or credit of a picture.",
    COMMENTS = 8: "Readers' comments.",
    RELATED = 9: "Other stories: related, recommended, most read.",
    SHARE = 10: "Share buttons.",
    SIDEBAR = 11: "A side bar.",
    AD = 12: "Advertisement or promotion.",
    NEWSLETTER = 13: "Asks to subscribe.",
    LEGAL = 14: "Cookie notices, copyright.",
    BYLINE = 15: "Author, date and the like.",
    TAGS = 16: "Topics and categories.",
    TEXT = 17: "Said to be the article's text.",
    POPUP = 18: "Opens above the page.",
    BUTTON = 19: "A button.",
    TABLE = 20: "A table.",
    LIST = 21: "A list.",
    QUOTE = 22: "A quotation.",
    HIDDEN = 23: "Not shown.",
    BIO = 24: "A portrait of the author.",
    CONTENTS = 25: "The article's table of contents.",
    CITED = 26: "What a mail quotes of another; no feature of the model.",
}

impl ElementRoles {
    /// Whether any of `others` is among them.
    #[must_use]
    pub(crate) fn any(self, others: ElementRoles) -> bool {
        self.0 & others.0 != 0
    }

    /// These and `others`.
    #[must_use]
    pub(crate) fn with(self, others: ElementRoles) -> ElementRoles {
        ElementRoles(self.0 | others.0)
    }

    /// Those of them that an element can be said to be that holds the article's text.
    pub(in crate::html) fn of_text(self) -> ElementRoles {
        ElementRoles(
            self.0
                & (Self::MAIN.0
                    | Self::ARTICLE.0
                    | Self::TEXT.0
                    | Self::TABLE.0
                    | Self::LIST.0
                    | Self::QUOTE.0),
        )
    }

    /// These without `others`.
    #[must_use]
    pub(crate) fn without(self, others: ElementRoles) -> ElementRoles {
        ElementRoles(self.0 & !others.0)
    }

    /// Each of them that says that text is debris of the page itself, which readers' comments and other stories can outweigh.
    pub(in crate::html) fn each_of_page(self) -> impl Iterator<Item = ElementRoles> {
        let of_page = self
            .without(self.of_text())
            .without(Self::COMMENTS)
            .without(Self::RELATED)
            .without(Self::ASIDE);
        (0..NAMES.len()).map(|bit| ElementRoles(1 << bit)).filter(move |hint| of_page.any(*hint))
    }

    /// How many there are, and each of them in the order of its bit.
    pub(crate) const COUNT: usize = NAMES.len();
    pub(crate) const ALL_NAMES: [&str; Self::COUNT] = NAMES;

    /// Whether the hint of number `bit` is among them.
    pub(crate) fn has(self, bit: usize) -> bool {
        self.0 >> bit & 1 == 1
    }

    /// Whether nothing is said.
    #[must_use]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What an element's name says.
    pub(in crate::html) fn of_tag(tag: Tag) -> ElementRoles {
        match tag {
            Tag::Main => Self::MAIN,
            Tag::Article => Self::ARTICLE,
            Tag::Aside => Self::ASIDE,
            Tag::Nav => Self::NAV,
            Tag::Header => Self::HEADER,
            Tag::Footer => Self::FOOTER,
            Tag::Form => Self::FORM,
            Tag::Figcaption => Self::CAPTION,
            Tag::Button => Self::BUTTON,
            Tag::Table => Self::TABLE,
            Tag::List => Self::LIST,
            Tag::Blockquote => Self::QUOTE,
            Tag::Dialog => Self::POPUP,
            _ => Self::default(),
        }
    }

    /// What an attribute says.
    pub(in crate::html) fn of_attribute(attribute: Attribute) -> ElementRoles {
        let Attribute { name, value } = attribute;
        if name.eq_ignore_ascii_case("class") || name.eq_ignore_ascii_case("id") {
            let cites = value.split_ascii_whitespace().any(|class| CITES.contains(&class));
            Self::of_names(value).with(if cites { Self::CITED } else { Self::default() })
        } else if name.eq_ignore_ascii_case("type") && value.eq_ignore_ascii_case("cite") {
            Self::CITED
        } else if name.eq_ignore_ascii_case("role") {
            Self::of_role(value.trim())
        } else if name.eq_ignore_ascii_case("itemprop") {
            if value.eq_ignore_ascii_case("articleBody") { Self::TEXT } else { Self::default() }
        } else if name.eq_ignore_ascii_case("style") {
            Self::of_style(value)
        } else if name.eq_ignore_ascii_case("hidden") && !value.eq_ignore_ascii_case("until-found")
            || name.eq_ignore_ascii_case("aria-hidden") && value.eq_ignore_ascii_case("true")
        {
            Self::HIDDEN
        } else {
            Self::default()
        }
    }

    /// Whether an attribute says that its element is hidden only until a script has moved it to its place, as pages that are sent piece by
    /// piece do (React's `id="S:1"`).
    pub(in crate::html) fn is_streamed(attribute: Attribute) -> bool {
        let number = attribute.value.strip_prefix("S:");
        attribute.name.eq_ignore_ascii_case("id")
            && number.is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|b| b.is_ascii_hexdigit())
            })
    }

    fn of_role(role: &str) -> ElementRoles {
        match role {
            "main" => Self::MAIN,
            "article" => Self::ARTICLE,
            "complementary" => Self::ASIDE,
            "navigation" | "menu" | "menubar" | "tablist" => Self::NAV,
            "banner" => Self::HEADER,
            "contentinfo" => Self::FOOTER,
            "search" | "form" => Self::FORM,
            "dialog" | "alertdialog" => Self::POPUP,
            "button" => Self::BUTTON,
            _ => Self::default(),
        }
    }

    fn of_style(style: &str) -> ElementRoles {
        let has = |property: &str, value: &str| {
            style.split(';').filter_map(|part| part.split_once(':')).any(|(p, v)| {
                p.trim().eq_ignore_ascii_case(property)
                    && v.trim_start()
                        .get(..value.len())
                        .is_some_and(|v| v.eq_ignore_ascii_case(value))
            })
        };
        if style.len() <= LONGEST && (has("display", "none") || has("visibility", "hidden")) {
            Self::HIDDEN
        } else {
            Self::default()
        }
    }

    /// What the words of class names say, or of an id.
    fn of_names(value: &str) -> ElementRoles {
        let mut hints = Self::default();
        let mut end = value.len().min(LONGEST);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        for name in value[..end].split_ascii_whitespace().filter(|name| !is_about_others(name)) {
            let (mut body, mut owner, mut previous) = (false, false, Self::default());
            let mut word = [0u8; 20];
            for part in words(name) {
                let Some(lower) = word.get_mut(..part.len()) else { continue };
                lower.copy_from_slice(part.as_bytes());
                lower.make_ascii_lowercase();
                previous = of_word(lower);
                hints = hints.with(previous);
                body |= matches!(&*lower, b"body" | b"content" | b"text" | b"copy" | b"main");
                owner |= OWNERS.iter().any(|owner| owner.as_bytes() == &*lower);
            }
            if body && owner && previous.is_empty() {
                hints = hints.with(Self::TEXT);
            }
        }
        hints
    }
}

/// Words in class names that name the article as a whole. With a word for its text they say that this stands there.
static OWNERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let english = "article entry post story single page main".split(' ');
    english.chain(words_in_classes("owner")).collect()
});

/// Bytes of class names, or of a style, that are looked at.
const LONGEST: usize = 400;

/// Class names that say what else the page has, or what the story is about.
fn is_about_others(name: &str) -> bool {
    const LEADS: [&str; 14] = [
        "has-",
        "no-",
        "with-",
        "without-",
        "is-",
        "tag-",
        "category-",
        "js-",
        "hide-",
        "show-",
        "not-",
        "col-",
        "type-",
        "format-",
    ];
    LEADS
        .iter()
        .any(|lead| name.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead)))
}

/// The words of a name in dashes, underscores or camel case.
pub(in crate::html) fn words(name: &str) -> impl Iterator<Item = &str> {
    let bytes = name.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && !bytes[at].is_ascii_alphabetic() {
            at += 1;
        }
        let start = at;
        while at < bytes.len()
            && bytes[at].is_ascii_alphabetic()
            && !(at > start && bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase())
        {
            at += 1;
        }
        (at > start).then(|| &name[start..at])
    })
}

/// What English words in class names say, as most pages have them in any language.
#[rustfmt::skip]
const WORDS: [(ElementRoles, &str); 17] = [
    (ElementRoles::COMMENTS, "comment comments commentlist disqus respond reply replies commenting"),
    (ElementRoles::RELATED, "related relatedposts recommended recommendation recommendations recommend recirc recirculation teaser teasers similar popular trending outbrain taboola zergnet yarpp upnext readmore seealso crosslinks mostread recent latest readnext interlink"),
    (ElementRoles::SHARE, "share sharing shares social socials sharedaddy addtoany shariff addthis sharebar sharethis follow likes"),
    (ElementRoles::SIDEBAR, "sidebar sidebars rail sidenav"),
    (ElementRoles::AD, "promo promos promotion ad ads advert adverts advertisement advertising banner sponsor sponsored adsbygoogle dfp cta adslot adbox"),
    (ElementRoles::NEWSLETTER, "newsletter newsletters subscribe subscription signup paywall optin mailchimp mailinglist"),
    (ElementRoles::LEGAL, "cookie cookies consent gdpr cmp copyright disclaimer onetrust disclosure"),
    (ElementRoles::NAV, "nav navbar navigation menu menus submenu breadcrumb breadcrumbs crumbs pagination pager paging toolbar topbar masthead megamenu offcanvas skiplink"),
    (ElementRoles::FOOTER, "footer colophon"),
    (ElementRoles::BYLINE, "byline bylines dateline timestamp pubdate postmeta meta published author authors metadata date"),
    (ElementRoles::BIO, "bio biography authorbox authorbio"),
    (ElementRoles::TAGS, "tags taglist tagcloud keywords categories topics hashtags"),
    (ElementRoles::CAPTION, "caption captions figcaption credit credits"),
    (ElementRoles::TEXT, "articlebody bodytext maincontent storybody postbody entrycontent postcontent articlecontent articletext"),
    (ElementRoles::POPUP, "modal popup lightbox overlay tooltip flyout dropdown"),
    (ElementRoles::BUTTON, "btn button buttons"),
    (ElementRoles::CONTENTS, "toc tableofcontents"),
];

/// What the words in class names say, those of other languages too.
static OF_WORDS: LazyLock<FxHashMap<&[u8], ElementRoles>> = LazyLock::new(|| {
    let of_languages =
        LANGUAGES.iter().flat_map(|language| language.classes).filter_map(|(hint, words)| {
            let bit = NAMES.iter().position(|name| name == hint)?;
            Some((ElementRoles(1 << bit), *words))
        });
    let all = WORDS.into_iter().chain(of_languages);
    all.flat_map(|(hint, words)| words.split(' ').map(move |word| (word.as_bytes(), hint)))
        .collect()
});

fn of_word(word: &[u8]) -> ElementRoles {
    OF_WORDS.get(word).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_class(class: &str) -> Vec<&'static str> {
        let said = ElementRoles::of_attribute(Attribute { name: "class", value: class });
        let names = NAMES.into_iter().enumerate();
        names.filter(|(bit, _)| said.0 >> bit & 1 == 1).map(|(_, name)| name).collect()
    }

    #[test]
    fn class_names_say_what_stands_there() {
        assert_eq!(of_class("jp-RelatedPosts"), ["related"]);
        assert_eq!(of_class("entry-content clear"), ["text"]);
        assert_eq!(of_class("postCommentList"), ["comments"]);
        assert!(of_class("has-sidebar tag-newsletter category-social shadow advanced").is_empty());
    }

    /// The table has each word of no language.
    #[test]
    fn words_in_class_names_say_what_the_table_has() {
        let lines = || include_str!("../../../tests/tables/class_words.tsv").lines().skip(1);
        for line in lines() {
            let (word, hint) = line.split_once('\t').unwrap();
            assert_eq!(of_class(word), [hint], "{word}");
        }
        let listed: Vec<&str> = lines().map(|line| line.split('\t').next().unwrap()).collect();
        let mut words = WORDS.iter().flat_map(|(_, words)| words.split(' '));
        assert_eq!(words.find(|word| !listed.contains(word)), None, "a word without a line");
    }

    #[test]
    fn languages_say_what_can_be_said_in_class_names() {
        for (says, words) in LANGUAGES.iter().flat_map(|language| language.classes) {
            let is_known = NAMES.contains(says) || ["author", "day", "owner"].contains(says);
            assert!(is_known && !words.is_empty(), "{says}: {words}");
        }
        assert_eq!(of_class("artikel-text"), ["text"]);
    }

    #[test]
    fn what_is_not_shown_is_hidden() {
        let hidden = |name, value| {
            ElementRoles::of_attribute(Attribute { name, value }).any(ElementRoles::HIDDEN)
        };
        assert!(
            hidden("hidden", "")
                && hidden("style", "color:red; Display : none !important")
                && hidden("aria-hidden", "true")
        );
        assert!(!hidden("aria-hidden", "false") && !hidden("style", "overflow: hidden"));
    }
}
