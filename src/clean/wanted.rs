//! Which articles are wanted; the others are left out once all is known of them.

use crate::article::Article;
use crate::clean::cleaned::Cleaned;
use crate::clean::mark::stage;

/// Which articles are wanted. By default all are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wanted {
    /// The languages they may have, as BCP 47 tags: `pt` takes `pt-BR` too. Where there are some, an article of unknown language is not wanted.
    pub languages: Vec<String>,
    /// Characters that their text has at least.
    pub chars: usize,
}

impl Wanted {
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

/// Whether a language is the one that is wanted, or a form of it.
fn is_of(language: &str, wanted: &str) -> bool {
    let form = language.get(..wanted.len()).filter(|form| form.eq_ignore_ascii_case(wanted));
    form.is_some_and(|form| matches!(language[form.len()..].chars().next(), None | Some('-' | '_')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_takes_its_forms_and_no_other_that_begins_alike() {
        assert!(is_of("pt-BR", "pt") && is_of("pt", "PT") && is_of("zh-Hant-TW", "zh-hant"));
        assert!(!is_of("fil", "fi") && !is_of("pt", "pt-BR") && !is_of("ü", "u"));
    }
}
