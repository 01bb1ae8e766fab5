//! The names in a list of them, and what looks like one.

use std::sync::LazyLock;

use crate::bylines::phrases::{BETWEEN, BETWEEN_WORDS, closing_of};
use crate::languages::words_of;
use crate::text::chars::is_mark;

/// Words in lower case that stand inside a name.
static PARTICLES: LazyLock<Vec<String>> =
    LazyLock::new(|| words_of(|language| language.bylines.particle));

static DEGREES: LazyLock<Vec<String>> =
    LazyLock::new(|| words_of(|language| language.names.degrees));

/// The names in a list of them, without the roles and dates behind.
pub(crate) fn names_of(list: &str) -> Vec<String> {
    let list = match closing_of(list) {
        Some(closing) => without_lower_end(&list[..closing.start]),
        None => list,
    };
    let mut names: Vec<String> = Vec::new();
    let mut add = |part: &str| {
        let part = squeeze(part.trim_matches(|c: char| !is_of_word(c) && !matches!(c, '.' | ')')));
        match names.last_mut().filter(|_| is_degree(&part)) {
            Some(name) => *name = format!("{name}, {part}"),
            None if is_name(&part) => names.push(part),
            None => {}
        }
    };
    let is_sign = |c: char| matches!(c, ',' | ';' | '&');
    if list.contains(is_sign) || BETWEEN_WORDS.may_stand_in(list) {
        BETWEEN.parts(list).for_each(add);
    } else {
        add(list);
    }
    names
}

/// A name without words in lower case behind it, as before a time: `Mara Quill at`. All of it where all is in lower case.
fn without_lower_end(name: &str) -> &str {
    let mut rest = name;
    while let Some((before, word)) = rest.rsplit_once(' ') {
        if !word.starts_with(char::is_lowercase) {
            return rest;
        }
        rest = before;
    }
    if rest.starts_with(char::is_lowercase) { name } else { rest }
}

/// The names on a line that holds nothing else.
pub(crate) fn name_alone(line: &str) -> Option<Vec<String>> {
    let names = names_of(line);
    let is_all = names.iter().map(String::len).sum::<usize>() + 8 > line.len();
    (is_all && !names.is_empty() && line.split_whitespace().count() <= 6).then_some(names)
}

/// Whether a word is a degree: `MD`, `Ph.D.`
fn is_degree(word: &str) -> bool {
    let plain =
        |word: &str| word.chars().filter(|&c| c != '.').flat_map(char::to_uppercase).collect();
    word.len() <= 8 && DEGREES.contains(&plain(word))
}

/// Whether a character is part of a word: a letter, a digit, or a sign that belongs to the letter before it.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Two to five words that all begin in upper case.
pub(crate) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let particle = |word: &str| PARTICLES.iter().any(|known| known == word);
    (2..=5).contains(&words.len())
        && words.iter().all(|w| particle(w) || w.chars().next().is_some_and(|c| !c.is_lowercase()))
}

pub(super) fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    (1..=5).contains(&words.len())
        && name.chars().count() <= 60
        && name.chars().next().is_some_and(char::is_alphabetic)
        && words[0].chars().next().is_none_or(|c| !c.is_lowercase())
}

pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_particles_in_lower_case() {
        for particle in words_of(|language| language.bylines.particle) {
            assert!(looks_like_name(&format!("Mara {particle} Quill")));
        }
        assert!(!looks_like_name("Mara og Quill"));
    }
}
