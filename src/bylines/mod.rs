//! Names of authors and sources out of bylines.

mod names;
mod phrases;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::bylines::names::{is_of_word, squeeze};
pub(crate) use crate::bylines::names::{looks_like_name, name_alone, names_of};
use crate::bylines::phrases::{BEHIND_DAY, opening_of};
pub(crate) use crate::bylines::phrases::{is_opening, without_closing, without_opening};
use crate::dates;
use crate::languages::words_of;
use crate::text::chars::{is_closer, is_mark, is_stop};
use crate::text::fold;

/// A link as Markdown writes it: the words that it shows, and the address.
static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[([^\[\]]+)\]\([^\s()]*\)").expect("a constant pattern compiles")
});

/// Labels of the source of a text.
static SOURCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = words_of(|language| language.labels.source);
    // Abbreviations that press databases print stand before other things too.
    words.into_iter().filter(|word| word.len() > 3).collect()
});

/// The authors a byline names; None where the line is no byline.
pub(super) fn authors_in(line: &str, order: dates::Order) -> Option<Vec<String>> {
    let line = without_links(line);
    authors_beside(&line, first_day(&line, order).as_ref(), order)
}

/// A line with the words that links show in place of them.
fn without_links(line: &str) -> Cow<'_, str> {
    let has_link = memchr::memchr(b']', line.as_bytes()).is_some() && line.contains("](");
    if has_link { LINK.replace_all(line, "$1") } else { Cow::Borrowed(line) }
}

fn first_day(line: &str, order: dates::Order) -> Option<dates::Found> {
    dates::find(line, order).into_iter().next()
}

/// The authors that a line names, whose first day is `day`.
fn authors_beside(
    line: &str,
    day: Option<&dates::Found>,
    order: dates::Order,
) -> Option<Vec<String>> {
    let Some(opening) = opening_of(line) else { return authors_behind_day(line, day?) };
    let rest = &line[opening.end..];
    let names = names_of(first_day(rest, order).map_or(rest, |found| &rest[..found.start]));
    if names.is_empty() { authors_behind_day(line, day?) } else { Some(names) }
}

/// The authors that a line names behind its day, `Posted on 3 May 2031 by Mara Quill`: there an account may be written as it is, `by halyard`.
fn authors_behind_day(line: &str, day: &dates::Found) -> Option<Vec<String>> {
    let rest = &line[day.end..];
    let rest = &rest[BEHIND_DAY.find(rest)?.end..];
    let names = names_of(rest);
    match names.is_empty() {
        false => Some(names),
        true => account_of(rest).map(|account| vec![account.to_owned()]),
    }
}

/// The name of an account that a text is, but for signs behind it: `halyard`.
pub(crate) fn account_of(text: &str) -> Option<&str> {
    /// Characters of the longest.
    const LONGEST: usize = 40;
    let account = text.trim().trim_end_matches(|c: char| !is_of_word(c));
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    ((2..=LONGEST).contains(&account.chars().count()) && account.chars().all(is_part))
        .then_some(account)
}

/// The name that stands alone beside the day of a line: `12 May 2031 — Mara Quill`.
pub(crate) fn name_beside_day(line: &str) -> Option<String> {
    name_beside(line, &first_day(line, dates::Order::DayFirst)?)
}

/// The same of a line whose first day is known.
pub(crate) fn name_beside(line: &str, day: &dates::Found) -> Option<String> {
    let beside = format!("{} {}", &line[..day.start], &line[day.end..]);
    let beside = beside.trim_matches(|c: char| !is_of_word(c));
    let is_name = looks_like_name(beside)
        && beside
            .chars()
            .all(|c| c.is_alphabetic() || is_mark(c) || c == ' ' || ".-'’".contains(c));
    is_name.then(|| beside.to_owned())
}

/// The name behind a dash that signs a paragraph off: `... went back to work. — Mara Quill`.
pub(crate) fn signed_off(paragraph: &str) -> Option<&str> {
    /// Words of the longest name.
    const WORDS: usize = 4;
    let dashes = ["—", "–", " -- "].iter().filter_map(|dash| paragraph.rsplit_once(dash));
    let (text, name) = dashes.min_by_key(|(_, name)| name.len())?;
    let (text, name) = (text.trim_end(), name.trim());
    let is_ended = text.ends_with(|c| is_stop(c) || is_closer(c));
    let is_of_name =
        |c: char| c.is_alphabetic() || is_mark(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’');
    let is_signed = is_ended
        && looks_like_name(name)
        && name.split(' ').count() <= WORDS
        && name.chars().all(is_of_name)
        && !name.ends_with('.');
    is_signed.then_some(name)
}

/// The name behind the address that a line begins with: `https://quay.example/ramp Mara Quill`.
pub(crate) fn name_behind_address(line: &str) -> Option<&str> {
    let (address, name) = line.split_once(' ')?;
    let name = name.trim();
    let is_name = address.contains("://")
        && looks_like_name(name)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || is_mark(c) || matches!(c, ' ' | '.' | '-' | '\'' | '’'));
    is_name.then_some(name)
}

/// The source that a line names behind a label, or as that of what follows: `Source: The Harbour Post`, `From the Harbour Post:`.
pub(crate) fn source_named(line: &str) -> Option<String> {
    /// Bytes of the longest line.
    const LONGEST: usize = 100;
    /// Words of the longest name.
    const WORDS: usize = 6;
    if line.len() > LONGEST {
        return None;
    }
    let (label, rest) = line.split_once([':', '：'])?;
    let is_label = SOURCES.contains(&fold(label.trim_start_matches(|c: char| !c.is_alphabetic())));
    let name = match rest.trim().is_empty() {
        true => label
            .trim()
            .strip_prefix("From ")
            .map(|name| name.strip_prefix("the ").unwrap_or(name))?,
        false if is_label => rest.split([',', '|', ';', '(', '，', '、']).next()?,
        false => return None,
    };
    let name =
        dates::find(name, dates::Order::DayFirst).first().map_or(name, |day| &name[..day.start]);
    let name = source_in(name.trim_end().trim_end_matches(')'));
    let is_name = name.chars().next().is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
        && name.split_whitespace().count() <= WORDS
        && !name.contains("://");
    is_name.then_some(name)
}

/// Whether a short line is a byline: names after an opening word, or a name next to a date.
pub(crate) fn is_byline(line: &str, digits: bool) -> bool {
    let shown = without_links(line);
    let day = first_day(&shown, dates::Order::DayFirst);
    if authors_beside(&shown, day.as_ref(), dates::Order::DayFirst)
        .is_some_and(|names| names.iter().all(|n| looks_like_name(n)))
        && !line.trim_end().ends_with(['.', ':', '?'])
    {
        return true;
    }
    let day = match shown {
        Cow::Borrowed(_) => day,
        Cow::Owned(_) => first_day(line, dates::Order::DayFirst),
    };
    let Some(first) = day.filter(|_| digits) else { return false };
    let rest = format!("{} {}", &line[..first.start], &line[first.end..]);
    let is_word = |word: &&str| word.chars().any(char::is_alphabetic);
    let words: Vec<&str> = rest.split_whitespace().filter(is_word).collect();
    let is_at_end = || !line[first.end..].contains(char::is_alphanumeric);
    let names_version = rest.split_whitespace().any(is_version);
    if names_version && words.iter().filter(|word| !is_version(word)).count() < 2 {
        return false;
    }
    words.len() <= 6 && !line.trim_end().ends_with('.') && !(is_at_end() && is_phrase(&words))
}

/// Whether a text is the number of a version: `2.1.0`, `[1.4]`.
fn is_version(text: &str) -> bool {
    let numbers = text.trim_matches(|c: char| !c.is_ascii_digit());
    let parts = if text.trim_start().starts_with(['v', 'V', '[']) { 2 } else { 3 };
    numbers.split('.').count() >= parts
        && numbers.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether the words beside a day are those of a headline: most of several in small letters, and none that says when something was published.
fn is_phrase(words: &[&str]) -> bool {
    /// Words of the shortest.
    const WORDS: usize = 5;
    /// Words that say from whom or where it is, as `From our own correspondent` does.
    const FROM: [&str; 12] =
        ["from", "by", "von", "aus", "de", "du", "da", "di", "från", "fra", "od", "от"];
    let is_small = |word: &&&str| word.starts_with(char::is_lowercase);
    words.len() >= WORDS
        && words[0].starts_with(char::is_uppercase)
        && words.iter().filter(is_small).count() * 2 >= words.len()
        && !FROM.contains(&&*words[0].to_lowercase())
        && !words.iter().any(|word| dates::tells_publication(word))
}

/// The name of a source without the symbols around it.
pub(super) fn source_in(line: &str) -> String {
    squeeze(line.trim_matches(|c: char| {
        !is_of_word(c) && !matches!(c, '(' | ')' | '.' | '!' | '?' | '"' | '“' | '”')
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bylines::phrases::closing_of;

    fn names(line: &str) -> String {
        authors_in(line, dates::Order::DayFirst).unwrap_or_default().join("; ")
    }

    #[test]
    fn a_byline_names_its_authors_in_every_language() {
        for language in crate::languages::files::read() {
            for (line, authors) in language.examples("bylines") {
                assert_eq!(names(line), authors, "{}: {line}", language.name);
            }
        }
    }

    #[test]
    fn bylines_name_the_authors_of_the_table() {
        let lines = || include_str!("../../tests/tables/bylines.tsv").lines().skip(1);
        for line in lines() {
            let [_, byline, authors] = *line.split('\t').collect::<Vec<_>>() else {
                panic!("{line}")
            };
            assert_eq!(names(byline), authors, "{line}");
        }
    }

    #[test]
    fn what_opens_a_byline_begins_with_a_letter_and_what_parts_and_ends_it_has_first_words() {
        for words in words_of(|language| language.bylines.opening) {
            assert!(words.starts_with(char::is_alphabetic), "{words}");
            assert!(opening_of(&format!("— {}: Mara Quill", words.to_uppercase())).is_some());
        }
        for words in words_of(|language| language.bylines.closing) {
            assert!(closing_of(&format!("Mara Quill {words} Norrby")).is_some(), "{words}");
        }
        for words in words_of(|language| language.bylines.conjunction) {
            assert_eq!(names_of(&format!("Mara {words} Ole")), ["Mara", "Ole"], "{words}");
        }
    }

    #[test]
    fn degrees_belong_to_the_name_before_them() {
        assert_eq!(
            names("By Mara Quill, Ph.D., RN, and Tobias Fenn, AFP"),
            "Mara Quill, Ph.D., RN; Tobias Fenn; AFP"
        );
        assert!(is_opening("Written by:") && !is_opening("By Mara Quill"));
    }

    #[test]
    fn a_headline_that_ends_with_a_day_is_no_byline() {
        for line in [
            "Press briefing by the harbour master, 10 February 2031",
            "Procès-verbal du conseil du port du 22 juin 2031",
        ] {
            assert!(!is_byline(line, true), "{line}");
        }
        for line in [
            "Mara Quill in Norrby, 10 February 2031",
            "From our own correspondent in Norrby, 10 February 2031",
            "Zuletzt aktualisiert von der Redaktion am 22. Juni 2031",
            "Posted in news of port on 22 June 2031",
        ] {
            assert!(is_byline(line, true), "{line}");
        }
    }

    #[test]
    fn the_number_of_a_version_beside_a_day_is_no_byline() {
        for line in [
            "[2.1.0] - 2031-09-10",
            "1.4.0 (2031-09-10)",
            "v0.3.12 — 10 September 2031",
            "Version 3.1.4 (2031-09-10)",
        ] {
            assert!(!is_byline(line, true), "{line}");
        }
        assert!(is_byline("Mara Quill, version 2.1.0, 2031-09-10", true));
    }

    #[test]
    fn the_last_sign_of_a_name_belongs_to_it() {
        for name in ["சுந்தர்", "ราชสีห์", "កែវ ពេជ្រ៍"]
        {
            assert_eq!(names_of(name), [name]);
            assert_eq!(
                name_beside_day(&format!("{name} சு | 12 May 2031")),
                Some(format!("{name} சு"))
            );
            assert_eq!(source_in(&format!("- {name} -")), name);
        }
    }

    #[test]
    fn a_name_may_stand_beside_a_day() {
        for (line, name) in [
            ("12 May 2031 — Mara Quill", Some("Mara Quill")),
            ("Mara Quill | 12 May 2031", Some("Mara Quill")),
            ("12 May 2031", None),
            ("12 May 2031, 14 boats", None),
            ("12 May 2031 · Harbour", None),
        ] {
            assert_eq!(name_beside_day(line).as_deref(), name, "{line}");
        }
    }

    #[test]
    fn a_paragraph_may_be_signed_off() {
        for (paragraph, name) in [
            ("The crews went back to work. — Mara Quill", Some("Mara Quill")),
            ("“We are glad.” – Ole van der Berg", Some("Ole van der Berg")),
            ("The crews went back — Mara Quill", None),
            ("The crews went back to work. — It is said", None),
            ("The crews went back to work.", None),
        ] {
            assert_eq!(signed_off(paragraph), name, "{paragraph}");
        }
    }

    #[test]
    fn a_line_may_name_the_source() {
        for (line, source) in [
            ("Source: The Harbour Post, 12 May 2031", Some("The Harbour Post")),
            ("(Quelle: Talbacher Bote)", Some("Talbacher Bote")),
            ("来源：港湾日报", Some("港湾日报")),
            ("From the Tidewater Courier:", Some("Tidewater Courier")),
            ("From our correspondent:", None),
            ("Source: https://quay.example/ramp", None),
            ("The source: a well", None),
        ] {
            assert_eq!(source_named(line).as_deref(), source, "{line}");
        }
        assert_eq!(name_behind_address("https://quay.example/ramp Mara Quill"), Some("Mara Quill"));
        assert_eq!(name_behind_address("https://quay.example/ramp opens today"), None);
    }

    #[test]
    fn a_source_loses_its_bullet() {
        assert_eq!(source_in("✇The Tidewater Courier"), "The Tidewater Courier");
    }
}
