//! Names of authors and sources out of bylines.

use std::sync::LazyLock;

use regex::Regex;

use super::date;

/// Words that open a byline, in the languages of the rule packs.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?i)^\W*(?:written by|posted by|published by|reported by|text by|story by|words by|by|von|par|por|di|a cura di|door|przez|autor(?:ka|es|e|a)?|author|автор|текст|yazan|作者|文|記者)(?:\s*[:：|]\s*|\s+)",
    )
});

/// Where the names end: a role, a date word, a rule between parts.
static CLOSING: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?i)\s*(?:[|•·–—@]|\s-\s|,?\s+(?:on|published|updated|posted|am|le|il|el|em|op|dnia|for|from|in)\s|\d|\s\().*$"));

static BETWEEN: LazyLock<Regex> = LazyLock::new(|| compile(r"(?i)\s*(?:,|;|&|\s(?:and|und|et|y|e|en|i|и|та|ve)\s)\s*"));

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern compiles")
}

/// The authors a byline names; None where the line is no byline.
pub(super) fn authors_in(line: &str, order: date::Order) -> Option<Vec<String>> {
    let opening = OPENING.find(line)?;
    let rest = &line[opening.end()..];
    let rest = date::find(rest, order).first().map_or(rest, |found| &rest[..found.start]);
    let names = CLOSING.replace(rest, "");
    let names: Vec<String> =
        BETWEEN.split(&names).map(|n| squeeze(n.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))).filter(|n| is_name(n)).collect();
    (!names.is_empty()).then_some(names)
}

/// Whether a short line is a byline: names after an opening word, or a name next to a date.
pub(crate) fn is_byline(line: &str, digits: bool) -> bool {
    if authors_in(line, date::Order::DayFirst).is_some_and(|names| names.iter().all(|n| looks_like_name(n))) && !line.trim_end().ends_with(['.', ':', '?']) {
        return true;
    }
    let found = if digits { date::find(line, date::Order::DayFirst) } else { Vec::new() };
    let Some(first) = found.first() else { return false };
    let rest = format!("{} {}", &line[..first.start], &line[first.end..]);
    let words = rest.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    words <= 6 && !line.trim_end().ends_with('.')
}

/// Two to four words that all begin in upper case.
fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let particle = |w: &str| matches!(w, "de" | "da" | "di" | "van" | "von" | "der" | "den" | "del" | "la" | "le" | "el" | "al" | "bin" | "dos" | "du");
    (2..=5).contains(&words.len()) && words.iter().all(|w| particle(w) || w.chars().next().is_some_and(|c| !c.is_lowercase()))
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
    squeeze(line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '.' | '!' | '?' | '"' | '“' | '”')))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_names_its_authors() {
        let names = |line| authors_in(line, date::Order::Unknown).unwrap_or_default();
        assert_eq!(names("By Mara Quill and Tobias Fenn"), ["Mara Quill", "Tobias Fenn"]);
        assert_eq!(names("Posted by Mara Quill on Sunday March 08, 2026"), ["Mara Quill"]);
        assert_eq!(names("von Jette Brandt, 3. Mai 2031"), ["Jette Brandt"]);
        assert_eq!(names("par Luc Armand et Zoé Petit"), ["Luc Armand", "Zoé Petit"]);
        assert!(names("Harbour news").is_empty());
    }

    #[test]
    fn a_source_loses_its_bullet() {
        assert_eq!(source_in("✇The Tidewater Courier"), "The Tidewater Courier");
    }
}
