//! Names of authors as pages write them: without opening words, roles and the name of the publisher; and what is no name at all.

use std::sync::LazyLock;

use crate::adjustable::adjustable;
use crate::bylines;
use crate::languages::words_of;

adjustable! {
    /// How long the name of an author is.
    AuthorThresholds {
        /// Bytes of the longest name.
        bytes: usize = 120,
        /// Words of the longest name that stands in the text.
        words: usize = 6,
        /// Words of the longest name that begins in lower case.
        lower_words: usize = 3,
    }
}

/// What systems put where nobody is named.
static NOBODY: LazyLock<Vec<String>> = LazyLock::new(|| words_of(|language| language.names.nobody));
/// What stands in an element of the author without being a name.
static OPENINGS: LazyLock<Vec<String>> =
    LazyLock::new(|| words_of(|language| language.names.openings));
/// Words that stand in roles, not in names.
static ROLES: LazyLock<Vec<String>> = LazyLock::new(|| words_of(|language| language.names.roles));

/// The name in a statement such as a `meta` tag or JSON-LD makes.
pub(in crate::html) fn stated(
    value: &str,
    publisher: Option<&str>,
    t: &AuthorThresholds,
) -> Option<String> {
    let mut name = bylines::without_opening(value).trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | '|' | '•' | '·' | '–' | '"')
    });
    if let Some(publisher) = publisher
        && let Some(rest) = name
            .len()
            .checked_sub(publisher.len())
            .and_then(|at| name.split_at_checked(at))
            .filter(|(_, end)| end.eq_ignore_ascii_case(publisher))
        && !rest.0.is_empty()
    {
        name = rest
            .0
            .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '-' | '–'));
    }
    let is_address = name.contains("://")
        || name.contains("www.")
        || name.contains(".com/")
        || name.contains('@');
    (is_named(name, t) && !is_address).then(|| name.to_owned())
}

/// The names in the text of an element that is said to name the author: those of the first line that holds any.
/// `is_opened` where words such as `written by` stand before the element.
pub(crate) fn shown(text: &str, is_opened: bool, t: &AuthorThresholds) -> Vec<String> {
    text.split(['\n', '\t', '|', '•', '·', '⋅'])
        .map(|line| of_line(line, is_opened, t))
        .find(|names| !names.is_empty())
        .unwrap_or_default()
}

fn of_line(line: &str, is_opened: bool, t: &AuthorThresholds) -> Vec<String> {
    let line = line.trim();
    let lower = line[..line.floor_char_boundary(16)].to_lowercase();
    let rest = bylines::without_opening(line);
    if rest.len() == line.len() && OPENINGS.iter().any(|opening| lower.starts_with(&**opening)) {
        return Vec::new();
    }
    let dated = line.contains(|c: char| c.is_ascii_digit());
    let mut names = Vec::new();
    for name in bylines::names_of(rest) {
        let person = without_role(&name);
        let is_name = is_named(person, t)
            && person.split(' ').count() <= t.words
            && (!dated || person.contains(' '));
        let ends = person.len() < name.len();
        if is_name && (names.is_empty() || !ends) {
            names.push(person.to_owned());
        }
        if ends {
            break;
        }
    }
    if names.is_empty() && (is_opened || rest.len() < line.len()) {
        names.extend(opened(rest, t));
    }
    names
}

/// The name behind an opening word where it begins in lower case, as those of accounts and teams do.
fn opened(rest: &str, t: &AuthorThresholds) -> Option<String> {
    let name = bylines::without_closing(rest);
    let is_short = name.split_whitespace().count() <= t.lower_words && without_role(name) == name;
    (is_short
        && is_named(name, t)
        && name.starts_with(char::is_lowercase)
        && name.chars().all(|c| c.is_alphanumeric() || c == ' '))
    .then(|| name.to_owned())
}

/// A name without the role behind it; empty where there is only a role.
pub(in crate::html) fn without_role(name: &str) -> &str {
    let is_role = |word: &str| ROLES.iter().any(|role| word.eq_ignore_ascii_case(role));
    let mut at = 0;
    for (number, word) in name.split(' ').enumerate() {
        if is_role(word) {
            let before = name[..at].trim_end();
            return if number >= 2 || is_caseless(before) { before } else { "" };
        }
        at += word.len() + 1;
    }
    name
}

/// Whether a text is two to four letters of a script without capitals, as names are in Chinese, Japanese and Korean.
pub(in crate::html) fn is_caseless(text: &str) -> bool {
    (2..=4).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

fn is_named(name: &str, t: &AuthorThresholds) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && name.len() <= t.bytes
        && !NOBODY.iter().any(|nobody| name.eq_ignore_ascii_case(nobody))
}

/// Whether a name looks like that of an account: one word in lower case, or with dots, dashes and digits.
pub(in crate::html) fn is_account(name: &str) -> bool {
    !name.contains(' ')
        && (name.starts_with(|c: char| c.is_lowercase())
            || name.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | '@')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(value: &str, publisher: Option<&str>) -> Option<String> {
        super::stated(value, publisher, &AuthorThresholds::default())
    }

    fn shown(text: &str, is_opened: bool) -> Vec<String> {
        super::shown(text, is_opened, &AuthorThresholds::default())
    }

    #[test]
    fn a_statement_loses_its_opening_and_its_publisher() {
        assert_eq!(
            stated("By Mirva Lindqvist, The Gazette", Some("The Gazette")).as_deref(),
            Some("Mirva Lindqvist")
        );
        assert_eq!(stated("\"Mirva Lindqvist\"", None).as_deref(), Some("Mirva Lindqvist"));
        assert_eq!(stated(", The Gazette", Some("The Gazette")).as_deref(), Some("The Gazette"));
        assert!(
            ["admin", "https://social.example/gazette"].iter().all(|value| stated(
                value,
                Some("The Gazette")
            )
            .is_none())
        );
    }

    #[test]
    fn an_element_shows_the_names_of_the_examples() {
        for language in crate::languages::files::read() {
            for (text, names) in language.examples("names") {
                assert_eq!(shown(text, false).join("; "), names, "{}: {text}", language.name);
            }
        }
    }

    #[test]
    fn an_element_shows_names_among_other_things() {
        assert_eq!(shown("Written by\nMirva Lindqvist\nMay 3, 2031", false), ["Mirva Lindqvist"]);
        assert_eq!(
            shown("By Mirva Lindqvist and Ola Berg | Senior writers", false),
            ["Mirva Lindqvist", "Ola Berg"]
        );
        assert_eq!(shown("Ola Berg Senior Writer, Head of Culture", false), ["Ola Berg"]);
        assert_eq!(shown("by quayfan | Jun 16, 2031", false), ["quayfan"]);
        assert_eq!(shown("By the Gazette team", false), ["the Gazette team"]);
        assert_eq!(shown(" quayfan", true), ["quayfan"]);
        assert!(
            shown("quayfan", false).is_empty()
                && shown("by walking along the quay at night", false).is_empty()
        );
        assert!(
            shown("View all posts by Ola Berg", false).is_empty()
                && shown("Sat, 3 May", false).is_empty()
        );
    }
}
