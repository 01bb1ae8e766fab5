//! The language of an article's text.

/// Bytes of text that are looked at first, and where those are not plain enough.
const SAMPLES: [usize; 2] = [640, 2048];

/// The BCP 47 tag of the language of `text`; None where it is too short or too mixed to say.
#[must_use]
pub(crate) fn language_of(text: &str) -> Option<String> {
    let detect = |most: usize| whatlang::detect(&text[..text.floor_char_boundary(most)]);
    let [first, most] = SAMPLES;
    if text.len() > first
        && let Some(info) = detect(first).filter(whatlang::Info::is_reliable)
    {
        return Some(tag(info.lang()).to_string());
    }
    let info = detect(most)?;
    (info.is_reliable() || info.confidence() > 0.5 || text.len() >= most)
        .then(|| tag(info.lang()).to_string())
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
    fn every_language_that_can_be_told_has_the_tag_of_the_table() {
        let lines = include_str!("../../tests/tables/language_codes.tsv").lines().skip(1);
        let listed: Vec<(&str, &str)> = lines.map(|line| line.split_once('\t').unwrap()).collect();
        for lang in whatlang::Lang::all() {
            assert!(listed.contains(&(lang.code(), tag(*lang))), "{} {}", lang.code(), tag(*lang));
        }
        assert_eq!(listed.len(), whatlang::Lang::all().len());
    }
}
