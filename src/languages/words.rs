//! The words of one list in all languages.

use crate::languages::generated::LANGUAGES;
use crate::languages::language::Language;

/// The words of one list in all languages, sorted, each once.
pub(crate) fn words_of(list: impl Fn(&'static Language) -> &'static str) -> Vec<String> {
    let mut words: Vec<String> = LANGUAGES
        .iter()
        .flat_map(|language| list(language).split_whitespace())
        .map(|word| word.replace('_', " "))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A pattern that matches any word of one list in all languages, the longer before the shorter.
pub(crate) fn any_of(list: impl Fn(&'static Language) -> &'static str) -> String {
    let mut words = words_of(list);
    words.reverse();
    words.iter().map(|word| regex::escape(word)).collect::<Vec<_>>().join("|")
}

/// The words of all languages which say `what` in class names.
pub(crate) fn words_in_classes(what: &str) -> impl Iterator<Item = &'static str> {
    LANGUAGES
        .iter()
        .flat_map(|language| language.classes)
        .filter(move |(says, _)| *says == what)
        .flat_map(|(_, words)| words.split(' '))
}
