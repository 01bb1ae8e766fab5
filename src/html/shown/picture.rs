//! Pictures that say in words what they show.

use crate::html::markup::address::address_of;
use crate::html::markup::attributes::{attributes, value_of};
use crate::html::markup::entity::decoded;
use crate::html::markup::hints::ElementRoles;

/// A picture with alternative text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    /// How many bytes of the page's text stand above it.
    pub(crate) at: usize,
    /// The element that holds it.
    pub(crate) element: u32,
    /// What it shows, white space squeezed.
    pub(crate) alt: String,
    /// Its address as the page has it, where that leads somewhere.
    pub(crate) target: Option<String>,
}

/// Where its address stands, by falling trust: pages that load pictures late have another in `src` until then.
const ADDRESSES: [&str; 4] = ["data-src", "data-original", "data-lazy-src", "src"];
/// Bytes of the longest alternative text.
const LONGEST_ALT: usize = 2000;
/// Pictures of a page that are noted.
pub(in crate::html) const MOST: usize = 10_000;
/// What holds pictures that are none of the text.
const BESIDE_TEXT: [ElementRoles; 12] = [
    ElementRoles::AD,
    ElementRoles::ASIDE,
    ElementRoles::BIO,
    ElementRoles::BUTTON,
    ElementRoles::BYLINE,
    ElementRoles::COMMENTS,
    ElementRoles::FOOTER,
    ElementRoles::NAV,
    ElementRoles::NEWSLETTER,
    ElementRoles::RELATED,
    ElementRoles::SHARE,
    ElementRoles::SIDEBAR,
];

impl Picture {
    /// Of the attributes of an `img`; None without words, and of one that is said to be none of the text.
    pub(in crate::html) fn of(text: &str, at: usize, element: u32) -> Option<Self> {
        let alt = decoded(value_of(text, "alt")?, true);
        let words = alt.split(|c: char| c.is_whitespace() || c.is_control());
        let alt = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let hints = attributes(text).map(ElementRoles::of_attribute);
        let is_told = alt.contains(char::is_alphanumeric)
            && alt.len() <= LONGEST_ALT
            && !hints.fold(ElementRoles::default(), ElementRoles::with).is_beside_text();
        let target = || ADDRESSES.iter().find_map(|name| address_of(text, name));
        is_told.then(|| Self { at, element, alt, target: target() })
    }
}

impl ElementRoles {
    /// Whether pictures in such an element are none of the text.
    pub(in crate::html) fn is_beside_text(self) -> bool {
        BESIDE_TEXT.into_iter().any(|role| self.any(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_words_and_an_address_that_leads_somewhere() {
        let of = |text| Picture::of(text, 0, 0).map(|picture| (picture.alt, picture.target));
        let told = |alt: &str, target: Option<&str>| Some((alt.into(), target.map(String::from)));
        assert_eq!(
            of("src=/quay.jpg alt='The  old &amp; new\n quay'"),
            told("The old & new quay", Some("/quay.jpg"))
        );
        assert_eq!(
            of("src='data:image/gif;base64,R0lG' data-src=boat.png alt=Boat"),
            told("Boat", Some("boat.png"))
        );
        assert_eq!(of("src='javascript:sail()' alt=Boat"), told("Boat", None));
        assert_eq!(of("src=/line.gif alt=''"), None);
        assert_eq!(of("src=/line.gif alt='--'"), None);
        assert_eq!(of("src=/line.gif"), None);
        assert_eq!(of("src=/ola.jpg alt='Ola Berg' class=author-bio"), None);
    }
}
