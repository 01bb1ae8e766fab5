//! The language of an article's text: told by the common words of languages where they are many, and else by trigrams, which cost a hundred times as
//! much.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::languages::LANGUAGES;

/// The common words of languages, and which of [`LANGUAGES`] have each.
static COMMON: LazyLock<FxHashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut common = FxHashMap::<_, Vec<usize>>::default();
    for (number, language) in LANGUAGES.iter().enumerate() {
        language.common.split(' ').for_each(|word| common.entry(word).or_default().push(number));
    }
    common
});
/// Common words of a language that a text holds at least, how many of its words they are at most apart, and how many times as many as those of
/// any other language.
const LEAST: usize = 4;
const APART: usize = 4;
const AHEAD: usize = 2;

/// Bytes of text that are looked at first, and where those are not plain enough.
const SAMPLES: [usize; 2] = [640, 2048];

/// The BCP 47 tag of the language of `text`; None where it is too short or too mixed to say.
#[must_use]
pub(crate) fn language_of(text: &str) -> Option<String> {
    let detect = |most: usize| whatlang::detect(&text[..text.floor_char_boundary(most)]);
    let [first, most] = SAMPLES;
    if let Some(told) = told_by_words(&text[..text.floor_char_boundary(first)]) {
        return Some(told.into());
    }
    if text.len() > first
        && let Some(info) = detect(first).filter(whatlang::Info::is_reliable)
    {
        return Some(tag(info.lang()).to_string());
    }
    let info = detect(most)?;
    (info.is_reliable() || info.confidence() > 0.5 || text.len() >= most)
        .then(|| tag(info.lang()).to_string())
}

/// The BCP 47 tags of all languages that can be told.
pub(crate) fn known_languages() -> Vec<&'static str> {
    whatlang::Lang::all().iter().map(|lang| tag(*lang)).collect()
}

/// The language whose common words are many in a text, and far more than those of any other.
fn told_by_words(text: &str) -> Option<&'static str> {
    let (mut counts, mut words, mut lower) = ([0; LANGUAGES.len()], 0, String::new());
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        for &language in COMMON.get(&*lower).into_iter().flatten() {
            counts[language] += 1;
        }
    }
    let (language, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let next = counts.iter().enumerate().filter(|(other, _)| *other != language);
    let next = next.map(|(_, count)| *count).max()?;
    let is_sure = most >= LEAST && most * APART >= words && most >= AHEAD * next;
    is_sure.then(|| LANGUAGES[language].name)
}

/// ISO 639-1 where there is one, as BCP 47 asks.
fn tag(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Epo => "eo",
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Ben => "bn",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Kat => "ka",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Yid => "yi",
        L::Pol => "pl",
        L::Amh => "am",
        L::Jav => "jv",
        L::Kor => "ko",
        L::Nob => "nb",
        L::Dan => "da",
        L::Swe => "sv",
        L::Fin => "fi",
        L::Tur => "tr",
        L::Nld => "nl",
        L::Hun => "hu",
        L::Ces => "cs",
        L::Ell => "el",
        L::Bul => "bg",
        L::Bel => "be",
        L::Mar => "mr",
        L::Kan => "kn",
        L::Ron => "ro",
        L::Slv => "sl",
        L::Hrv => "hr",
        L::Srp => "sr",
        L::Mkd => "mk",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Tam => "ta",
        L::Vie => "vi",
        L::Urd => "ur",
        L::Tha => "th",
        L::Guj => "gu",
        L::Uzb => "uz",
        L::Pan => "pa",
        L::Aze => "az",
        L::Ind => "id",
        L::Tel => "te",
        L::Pes => "fa",
        L::Mal => "ml",
        L::Ori => "or",
        L::Mya => "my",
        L::Nep => "ne",
        L::Sin => "si",
        L::Khm => "km",
        L::Tuk => "tk",
        L::Aka => "ak",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Afr => "af",
        L::Lat => "la",
        L::Slk => "sk",
        L::Cat => "ca",
        L::Tgl => "tl",
        L::Hye => "hy",
        L::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_paragraph_is_told() {
        let text = "Der Hafen wird im kommenden Jahr umgebaut, sagte die Bürgermeisterin am Montag vor dem Rat der Stadt.";
        assert_eq!(language_of(text).as_deref(), Some("de"));
        assert_eq!(language_of("123"), None);
    }

    #[test]
    fn common_words_tell_a_language_where_they_are_many_and_no_other_s() {
        let told = |text: &str, language: &str| {
            assert_eq!(told_by_words(text), Some(language), "{text}");
            let by_trigrams = whatlang::detect(text).map(|info| tag(info.lang()));
            assert_eq!(by_trigrams, Some(language), "{text}");
        };
        told(
            "The old quay was opened again on Monday, two weeks after the storm had torn away its railings.",
            "en",
        );
        told(
            "Am Montag wurde der alte Kai wieder für die Boote geöffnet, und das nach nur zwei Wochen.",
            "de",
        );
        told(
            "Le vieux quai a été rouvert lundi dans la ville, et les bateaux des pêcheurs sont de retour.",
            "fr",
        );
        let mixed =
            "Der Kai: the quay of the town, das Boot und die Fähre, was opened by the mayor.";
        for unsure in [mixed, "Quay opened.", "La de la de la", "123", ""] {
            assert_eq!(told_by_words(unsure), None, "{unsure}");
        }
    }

    #[test]
    fn every_language_that_can_be_told_has_the_tag_of_the_table() {
        let lines = include_str!("../../tests/tables/language_codes.tsv").lines().skip(1);
        let listed: Vec<(&str, &str)> = lines.map(|line| line.split_once('\t').unwrap()).collect();
        for lang in whatlang::Lang::all() {
            assert!(listed.contains(&(lang.code(), tag(*lang))), "{} {}", lang.code(), tag(*lang));
        }
        assert_eq!(listed.len(), whatlang::Lang::all().len());
    }
}
