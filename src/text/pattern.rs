//! Patterns of which no parts are asked for, but only whether and where they match.
//!
//! A pattern becomes a graph of steps, and a text is tried against it with backtracking. For the short patterns and lines that there are, that
//! runs about as fast as an automaton, and is built in a fraction of the time. Each try has a number of steps at most, so that no text can make
//! it slow; what needs more, or cannot be said in steps, is left to a whole regular expression.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use crate::text::steps::{Room, Steps};

/// Memory that one compiled pattern may take, in bytes.
pub(crate) const PATTERN_LIMIT: usize = 64 << 20;

/// A pattern in the syntax of the `regex` crate.
pub(crate) struct Pattern {
    text: Box<str>,
    steps: Option<Steps>,
    regex: OnceLock<Option<Regex>>,
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}

impl Pattern {
    /// Compiles `pattern`; one that cannot be compiled matches nothing.
    pub(crate) fn new(pattern: String) -> Pattern {
        let steps = regex_syntax::parse(&pattern).ok().and_then(|hir| Steps::of(&hir));
        Pattern::with(pattern, steps)
    }

    /// A pattern whose steps were made beforehand.
    pub(crate) fn with(pattern: String, steps: Option<Steps>) -> Pattern {
        Pattern { text: pattern.into(), steps, regex: OnceLock::new() }
    }

    /// Its steps; None where it cannot be said in steps.
    #[cfg(test)]
    pub(crate) fn steps(&self) -> Option<&Steps> {
        self.steps.as_ref()
    }

    /// Whether it matches somewhere in `text`.
    pub(crate) fn is_match(&self, text: &str, room: &mut Room) -> bool {
        match self.steps.as_ref().and_then(|steps| steps.find(text, room)) {
            Some(found) => found.is_some(),
            None => self.regex().is_some_and(|regex| regex.is_match(text)),
        }
    }

    /// The first match in `text`.
    pub(crate) fn find(&self, text: &str) -> Option<Range<usize>> {
        let found = self.steps.as_ref().and_then(|steps| steps.find(text, &mut Room::default()));
        found.unwrap_or_else(|| self.regex()?.find(text).map(|found| found.range()))
    }

    /// The parts of `text` between the matches, none of which may be empty.
    pub(crate) fn parts<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = Some(text);
        std::iter::from_fn(move || {
            let text = rest.take()?;
            let Some(found) = self.find(text).filter(|found| !found.is_empty()) else {
                return Some(text);
            };
            rest = Some(&text[found.end..]);
            Some(&text[..found.start])
        })
    }

    fn regex(&self) -> Option<&Regex> {
        let compile = || RegexBuilder::new(&self.text).size_limit(PATTERN_LIMIT).build().ok();
        self.regex.get_or_init(compile).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATTERNS: [&str; 18] = [
        "^(?:read (also|more))$",
        r"(19|20)[0-9]{2}\b",
        r"(?i)ÉTÉ|\bquay\b",
        "[^.!?]{2,5}$",
        "^(a|b|ab)+c?(,? [a-c]{1,3}){0,2}$",
        "a.{0,3}b.{1,2}c",
        "(a+)+$",
        "(a?b?)*c",
        r"(?m)^a$",
        r"\Ba",
        "a{3}|(ab){2,3}é",
        "(?:)",
        r"[[:^ascii:]]+ ?a",
        r"(?-u:\w)+é",
        r"^\W*(?:abc|ab|a)(?:\s*[,:]\s*|\s+)",
        r"^[^\pL]*(?:\pL{1,5}\b[^\pL]+){0,2}?(?:abc|ab)\s*",
        r"(?i)\s*(?:[|é]|\s-\s|,?\s+(?:ab|c)\s|\d|\s\().*$",
        "(?:abc|ab|a|b|c|é|1|ca|[ab]{2}c|){1,2}?(?: |$)",
    ];

    fn matches(pattern: &str, text: &str) -> [Option<Range<usize>>; 2] {
        let whole = Regex::new(pattern).unwrap().find(text).map(|found| found.range());
        [Pattern::new(pattern.to_owned()).find(text), whole]
    }

    proptest! {
        #[test]
        fn a_pattern_matches_what_the_regular_expression_does(text in "[abcé. ,1\n]{0,12}|(read|quay|été|199|20)( more|s|é|[0-9])?") {
            for pattern in PATTERNS {
                let [fast, whole] = matches(pattern, &text);
                prop_assert_eq!(fast, whole, "{}", pattern);
            }
        }
    }

    #[test]
    fn a_text_that_takes_too_many_steps_is_left_to_the_regular_expression() {
        let text = "a".repeat(500);
        for pattern in ["^(a+)+b", "^(a|aa)+b?c$"] {
            let steps = Steps::of(&regex_syntax::parse(pattern).unwrap()).unwrap();
            assert_eq!(steps.find(&text, &mut Room::default()), None);
            let [fast, whole] = matches(pattern, &text);
            assert_eq!(fast, whole, "{pattern}");
        }
    }

    #[test]
    fn the_parts_between_matches_are_those_of_the_regular_expression() {
        let pattern = r"\s*(?:,?\s(?:and|und)\s|,|;)\s*";
        for text in ["", "one", "one, two and three", ", one;und two und ", "one and, two,"] {
            let regex = Regex::new(pattern).unwrap();
            let parts: Vec<&str> = regex.split(text).collect();
            assert_eq!(Pattern::new(pattern.to_owned()).parts(text).collect::<Vec<_>>(), parts);
        }
    }

    #[test]
    fn what_is_no_pattern_matches_nothing() {
        assert!(!Pattern::new("(".to_owned()).is_match("(", &mut Room::default()));
    }
}
