//! Names of authors and sources out of bylines.

use std::sync::LazyLock;

use regex::Regex;

use crate::dates;

/// Words that open a byline, in the languages of the rule packs.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^\W*(?:written by|article by|authored by|interview by|verfasst von|geschrieben von|escrito por|écrit par|scritto da|geschreven door|posted by|published by|reported by|text by|story by|words by|by|von|par|por|di|a cura di|door|przez|autor(?:ka|es|e|a)?|authors?|contributors?|автор|текст|yazan|作者|文|記者)(?:\s*[:：|]\s*|\s+)",
    )
});

/// Where the names end: a role, a date word, a rule between parts.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)\s*(?:[|•·–—@]|\s-\s|,?\s+(?:on|published|updated|posted|am|le|il|el|em|op|dnia|for|from|in)\s|\d|\s\().*$",
    )
});

static BETWEEN: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\s*(?:,?\s(?:and|und|et|y|e|en|i|и|та|ve)\s|,|;|&)\s*"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// The authors a byline names; None where the line is no byline.
pub(super) fn authors_in(line: &str, order: dates::Order) -> Option<Vec<String>> {
    let opening = OPENING.find(line)?;
    let rest = &line[opening.end()..];
    let names =
        names_of(dates::find(rest, order).first().map_or(rest, |found| &rest[..found.start]));
    (!names.is_empty()).then_some(names)
}

/// The names in a list of them, without the roles and dates behind.
pub(crate) fn names_of(list: &str) -> Vec<String> {
    let list = CLOSING.replace(list, "");
    let mut names: Vec<String> = Vec::new();
    for part in BETWEEN.split(&list) {
        let part =
            squeeze(part.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')')));
        match names.last_mut().filter(|_| is_degree(&part)) {
            Some(name) => *name = format!("{name}, {part}"),
            None if is_name(&part) => names.push(part),
            None => {}
        }
    }
    names
}

/// A byline up to a role, a date word, or a rule between its parts.
pub(crate) fn without_closing(line: &str) -> &str {
    CLOSING.find(line).map_or(line, |closing| &line[..closing.start()]).trim()
}

/// A byline without the words that open it.
pub(crate) fn without_opening(line: &str) -> &str {
    OPENING.find(line).map_or(line, |opening| &line[opening.end()..])
}

/// Whether a line is but the words that open a byline.
pub(crate) fn is_opening(line: &str) -> bool {
    line.len() < 40
        && OPENING
            .find(&format!("{} ", line.trim()))
            .is_some_and(|opening| opening.end() > line.trim().len())
}

/// The names on a line that holds nothing else.
pub(crate) fn name_alone(line: &str) -> Option<Vec<String>> {
    let names = names_of(line);
    let is_all = names.iter().map(String::len).sum::<usize>() + 8 > line.len();
    (is_all && !names.is_empty() && line.split_whitespace().count() <= 6).then_some(names)
}

/// Degrees and certificates that stand behind a name, without their stops and in upper case.
#[rustfmt::skip]
const DEGREES: [&str; 32] = [
    "BA", "BS", "BSC", "BSN", "CFA", "CFP", "CPA", "DDS", "DMD", "DO", "DVM", "ESQ", "FACLM", "JD", "JR", "LCSW", "LD", "MA", "MBA", "MD", "MPH", "MS", "MSC", "MSW", "PHD", "PSYD", "RD",
    "RDN", "RN", "SR", "VMD", "MFA",
];

/// Whether a word is a degree: `MD`, `Ph.D.`
fn is_degree(word: &str) -> bool {
    word.len() <= 8
        && DEGREES.contains(
            &&*word.chars().filter(|&c| c != '.').flat_map(char::to_uppercase).collect::<String>(),
        )
}

/// Whether a short line is a byline: names after an opening word, or a name next to a date.
pub(crate) fn is_byline(line: &str, digits: bool) -> bool {
    if authors_in(line, dates::Order::DayFirst)
        .is_some_and(|names| names.iter().all(|n| looks_like_name(n)))
        && !line.trim_end().ends_with(['.', ':', '?'])
    {
        return true;
    }
    let found = if digits { dates::find(line, dates::Order::DayFirst) } else { Vec::new() };
    let Some(first) = found.first() else { return false };
    let rest = format!("{} {}", &line[..first.start], &line[first.end..]);
    let words = rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    words <= 6 && !line.trim_end().ends_with('.')
}

/// Two to five words that all begin in upper case.
pub(crate) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let particle = |w: &str| {
        matches!(
            w,
            "de" | "da"
                | "di"
                | "van"
                | "von"
                | "der"
                | "den"
                | "del"
                | "la"
                | "le"
                | "el"
                | "al"
                | "bin"
                | "dos"
                | "du"
        )
    };
    (2..=5).contains(&words.len())
        && words.iter().all(|w| particle(w) || w.chars().next().is_some_and(|c| !c.is_lowercase()))
}

fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    (1..=5).contains(&words.len())
        && name.chars().count() <= 60
        && name.chars().next().is_some_and(char::is_alphabetic)
        && words[0].chars().next().is_none_or(|c| !c.is_lowercase())
}

/// The name of a source without the symbols around it.
pub(super) fn source_in(line: &str) -> String {
    squeeze(line.trim_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.' | '!' | '?' | '"' | '“' | '”')
    }))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_names_its_authors() {
        let names = |line| authors_in(line, dates::Order::Unknown).unwrap_or_default();
        assert_eq!(names("By Mara Quill and Tobias Fenn"), ["Mara Quill", "Tobias Fenn"]);
        assert_eq!(names("Posted by Mara Quill on Sunday March 08, 2026"), ["Mara Quill"]);
        assert_eq!(names("von Jette Brandt, 3. Mai 2031"), ["Jette Brandt"]);
        assert_eq!(names("par Luc Armand et Zoé Petit"), ["Luc Armand", "Zoé Petit"]);
        assert_eq!(
            names("By Mara Quill, Ph.D., RN, and Tobias Fenn, AFP"),
            ["Mara Quill, Ph.D., RN", "Tobias Fenn", "AFP"]
        );
        assert!(names("Harbour news").is_empty());
        assert!(is_opening("Written by:") && !is_opening("By Mara Quill"));
    }

    #[test]
    fn a_source_loses_its_bullet() {
        assert_eq!(source_in("✇The Tidewater Courier"), "The Tidewater Courier");
    }
}
