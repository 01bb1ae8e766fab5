//! Which articles are wanted; the others are left out once all is known of them.

use crate::article::Article;
use crate::clean::cleaned::Cleaned;
use crate::clean::language::known_languages;
use crate::clean::mark::stage;

/// What says in the ledger that an article is not wanted.
const UNWANTED: [&str; 3] = [stage::TOO_SHORT, stage::OTHER_LANGUAGE, stage::UNKNOWN_LANGUAGE];
/// Norwegian as such, and its written forms, which are told apart.
const NORWEGIAN: [&str; 3] = ["no", "nb", "nn"];

/// Which articles are wanted. By default all are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wanted {
    /// The languages they may have, as BCP 47 tags: `pt` takes `pt-BR` too, `no` takes `nb` and `nn`, and `pt-BR` takes `pt` where no more is known
    /// of an article. Where there are some, an article of unknown language is not wanted.
    pub languages: Vec<String>,
    /// Characters that their text has at least.
    pub chars: usize,
}

impl Wanted {
    /// Why this cannot be one of `languages`, where it cannot: the language must be one that can be told.
    #[must_use]
    pub fn fault(language: &str) -> Option<String> {
        let mut parts = language.split('-');
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let mut known = [&known_languages()[..], &NORWEGIAN].concat();
        known.sort_unstable();
        known.dedup();
        let is_known = known.contains(&&*primary);
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        (!is_known || !parts.all(is_part)).then(|| {
            let known = known.join(", ");
            format!("give codes of languages that can be told: {known}")
        })
    }

    /// Whether what decides on a span of a ledger, as it is written there, says that its article is not wanted.
    #[must_use]
    pub fn is_unwanted(decider: &str) -> bool {
        decider.strip_prefix("detector:").is_some_and(|name| UNWANTED.contains(&name))
    }

    /// Leaves out the articles that are not wanted. The others keep their numbers.
    pub(crate) fn leave_out(&self, cleaned: &mut Cleaned) {
        let Cleaned { articles, ledger, left_out, .. } = cleaned;
        articles.retain(|article| {
            let why = self.why_not(article);
            if let Some(why) = why {
                ledger.leave_out(article.provenance.article, why);
                match why {
                    stage::TOO_SHORT => left_out.too_short += 1,
                    stage::OTHER_LANGUAGE => left_out.other_language += 1,
                    _ => left_out.unknown_language += 1,
                }
            }
            why.is_none()
        });
    }

    /// What speaks against an article.
    fn why_not(&self, article: &Article) -> Option<&'static str> {
        if article.text.chars().take(self.chars).count() < self.chars {
            return Some(stage::TOO_SHORT);
        }
        let language = article.meta.language.as_deref();
        match language.filter(|_| !self.languages.is_empty()) {
            Some(language) if self.languages.iter().any(|wanted| is_of(language, wanted)) => None,
            Some(_) => Some(stage::OTHER_LANGUAGE),
            None => (!self.languages.is_empty()).then_some(stage::UNKNOWN_LANGUAGE),
        }
    }
}

/// Whether a language may be the one that is wanted: scripts and regions tell them apart where both have one.
fn is_of(language: &str, wanted: &str) -> bool {
    let [language, wanted] = [language, wanted].map(Tag::of);
    let is_norwegian = |tag: &Tag| NORWEGIAN.contains(&&*tag.primary);
    let is_as_such = language.primary == "no" || wanted.primary == "no";
    let is_same = language.primary == wanted.primary
        || is_as_such && is_norwegian(&language) && is_norwegian(&wanted);
    let fits = |own: Option<String>, wanted| own.zip(wanted).is_none_or(|(a, b)| a == b);
    is_same && fits(language.script, wanted.script) && fits(language.region, wanted.region)
}

/// What counts of the tag of a language, in lower case.
struct Tag {
    primary: String,
    script: Option<String>,
    region: Option<String>,
}

impl Tag {
    fn of(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']).map(str::to_owned);
        let primary = parts.next().unwrap_or_default();
        let rest: Vec<String> = parts.collect();
        let is_region = |part: &&String| match part.len() {
            2 => part.bytes().all(|b| b.is_ascii_alphabetic()),
            3 => part.bytes().all(|b| b.is_ascii_digit()),
            _ => false,
        };
        let script = rest.iter().find(|part| part.len() == 4).cloned();
        Self { primary, script, region: rest.iter().find(is_region).cloned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_takes_its_forms_and_no_other_that_begins_alike() {
        assert!(is_of("pt-BR", "pt") && is_of("pt", "PT") && is_of("zh-Hant-TW", "zh-hant"));
        assert!(is_of("nb", "no") && is_of("nn", "no") && is_of("no", "nb"));
        assert!(!is_of("fil", "fi") && !is_of("ü", "u") && !is_of("nn", "nb"));
    }

    #[test]
    fn a_region_or_a_script_tells_languages_apart_where_both_have_one() {
        assert!(is_of("pt", "pt-BR") && is_of("pt_br", "pt-BR") && is_of("zh", "zh-Hant"));
        assert!(is_of("zh-TW", "zh-Hant") && is_of("es-419", "es-419"));
        assert!(
            !is_of("pt-PT", "pt-BR")
                && !is_of("zh-Hans-SG", "zh-Hant")
                && !is_of("es-ES", "es-419")
        );
    }

    #[test]
    fn only_languages_that_can_be_told_can_be_wanted() {
        for language in ["de", "DE", "de-AT", "zh-Hant", "no", "nb", "nn"] {
            assert_eq!(Wanted::fault(language), None, "{language}");
        }
        for language in ["deu", "xx", "german", "d", "de_AT", "de-", "", "12"] {
            assert!(Wanted::fault(language).is_some_and(|fault| fault.contains(" de, ")));
        }
    }

    #[test]
    fn what_says_in_the_ledger_that_an_article_is_not_wanted() {
        let unwanted =
            ["detector:too-short", "detector:other-language", "detector:unknown-language"];
        assert!(unwanted.into_iter().all(Wanted::is_unwanted));
        assert!(
            !["detector:no-text", "rule:too-short", "model"].into_iter().any(Wanted::is_unwanted)
        );
    }
}
