//! Packs as they stand in TOML files: read, checked, refused with file, rule and reason.

use std::borrow::Cow;

use serde::Deserialize;

#[cfg(any(feature = "packs", test))]
use crate::clean::rules::site::MOST;
use crate::clean::rules::site::SiteRule;
#[cfg(any(feature = "packs", test))]
use crate::error::{Error, Result};
use crate::span::Kind;
#[cfg(any(feature = "packs", test))]
use crate::text::pattern::PATTERN_LIMIT;

/// How much of a dump a rule looks at, and takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Scope {
    /// A whole block, matched from end to end.
    Line,
    /// A whole block, the pattern found anywhere in it.
    Block,
    /// One sentence of a block.
    Sentence,
    /// A heading line and the short blocks under it, until prose resumes or the `until` line comes.
    Section,
    /// A line and all that follows it in the article.
    Rest,
    /// A line that parts two articles.
    Separator,
}

impl Scope {
    /// Whether the pattern must match the whole line.
    #[must_use]
    pub fn is_whole_line(self) -> bool {
        !matches!(self, Scope::Block | Scope::Sentence)
    }

    /// `pattern` tied to both ends of the text where the scope asks for that.
    pub(super) fn anchored(self, pattern: &str) -> String {
        if self.is_whole_line() { format!("^(?:{pattern})$") } else { pattern.to_owned() }
    }
}

/// One rule. Its pattern is matched against folded text: lower case, plain quotes and dashes, squeezed white space.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `<pack>.<kind>.<name>`.
    pub id: Cow<'static, str>,
    /// What a match is.
    pub kind: Kind,
    /// What is looked at and taken.
    pub scope: Scope,
    /// A regular expression in the syntax of the `regex` crate.
    pub pattern: Cow<'static, str>,
    /// Why the text is what the rule says.
    pub why: Cow<'static, str>,
    /// Blocks with more characters are not tried; 160 for whole-line scopes and 3000 for the others unless given.
    pub max_chars: Option<u32>,
    /// Only for sections: the line that ends it.
    pub until: Option<Cow<'static, str>>,
    /// Texts that must match.
    pub hit: Cow<'static, [Cow<'static, str>]>,
    /// Texts that must not match.
    pub spare: Cow<'static, [Cow<'static, str>]>,
}

impl Rule {
    /// Characters of the longest block that is tried.
    #[must_use]
    pub fn max_chars(&self) -> u32 {
        self.max_chars.unwrap_or(if self.scope.is_whole_line() { 160 } else { 3000 })
    }
}

/// A named set of rules.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its name: the `name` in the file.
    pub name: String,
    /// xxh3 of the file's bytes, 128 bits in hex.
    pub digest: String,
    /// Its rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// What it says of the pages of sites.
    pub sites: Vec<SiteRule>,
}

impl Pack {
    /// Reads a pack from TOML; `origin` names it in errors.
    ///
    /// # Errors
    /// [`Error::RulePack`] when the TOML, an id, a kind or a pattern cannot be used.
    #[cfg(feature = "packs")]
    pub fn parse(origin: &str, toml: &str) -> Result<Pack> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct PackFile {
            name: String,
            #[serde(default)]
            rule: Vec<Rule>,
            #[serde(default)]
            site: Vec<SiteRule>,
        }
        let PackFile { name, rule: rules, site: sites } = toml::from_str(toml).map_err(|e| {
            let line = e.span().map_or(1, |span| toml[..span.start].matches('\n').count() + 1);
            let reason = format!("line {line}: {}", e.message().replace('\n', " "));
            Error::RulePack { pack: origin.into(), rule: None, reason }
        })?;
        let pack = Pack { name, digest: digest(toml), rules, sites };
        pack.check(origin)?;
        Ok(pack)
    }

    /// Refuses ids that stand twice, kinds that are not for rules, and patterns that cannot be used.
    #[cfg(any(feature = "packs", test))]
    fn check(&self, origin: &str) -> Result<()> {
        let mut ids = std::collections::HashSet::new();
        for rule in &self.rules {
            let refuse = |reason: String| {
                let (pack, rule) = (origin.into(), Some(rule.id.clone().into_owned()));
                Err(Error::RulePack { pack, rule, reason })
            };
            if !ids.insert(&*rule.id) {
                return refuse("the id stands twice".into());
            }
            if matches!(
                rule.kind,
                Kind::Title | Kind::Body | Kind::Blank | Kind::Markup | Kind::Repeated
            ) {
                return refuse("this kind is not for rules".into());
            }
            if rule.until.is_some() && rule.scope != Scope::Section {
                return refuse("`until` goes with scope \"section\"".into());
            }
        }
        let refuse = |id: Option<&str>, reason: String| {
            Err(Error::RulePack { pack: origin.into(), rule: id.map(str::to_owned), reason })
        };
        if self.sites.len() > MOST {
            return refuse(None, format!("holds more than {MOST} rules for sites"));
        }
        for site in &self.sites {
            if !ids.insert(site.id.as_str()) {
                return refuse(Some(&site.id), "the id stands twice".into());
            }
            if let Some(fault) = site.fault() {
                return refuse(Some(&site.id), fault);
            }
        }
        for rule in &self.rules {
            for pattern in std::iter::once(&rule.pattern).chain(&rule.until) {
                let reason = match regex::RegexBuilder::new(&rule.scope.anchored(pattern))
                    .size_limit(PATTERN_LIMIT)
                    .build()
                {
                    Err(e) => {
                        format!("pattern: {}", e.to_string().lines().last().unwrap_or_default())
                    }
                    Ok(re) if re.is_match("") => "the pattern matches the empty text".to_owned(),
                    Ok(_) => continue,
                };
                return Err(Error::RulePack {
                    pack: origin.into(),
                    rule: Some(rule.id.clone().into_owned()),
                    reason,
                });
            }
        }
        Ok(())
    }

    /// Reads a pack from a file.
    ///
    /// # Errors
    /// [`Error::RulePack`] when it cannot be read or cannot be used.
    #[cfg(feature = "packs")]
    pub fn read(path: &std::path::Path) -> Result<Pack> {
        let refuse = |e: std::io::Error| Error::RulePack {
            pack: path.display().to_string(),
            rule: None,
            reason: e.to_string(),
        };
        let toml = std::fs::read_to_string(path).map_err(refuse)?;
        Pack::parse(&path.display().to_string(), &toml)
    }
}

#[cfg(any(feature = "packs", test))]
fn digest(file: &str) -> String {
    format!("xxh3:{:032x}", xxhash_rust::xxh3::xxh3_128(file.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::clean::rules::compiled::Compiled;
    use crate::languages::files;
    use crate::languages::files::literal;

    /// Packs that come first, in this order: of two rules that match the ledger names the earlier.
    const FIRST: [&str; 14] =
        ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja"];

    /// The packs as their files have them: forms of any language, then the languages.
    fn packs() -> Vec<Pack> {
        /// What a language file knows beside its rules is compiled elsewhere.
        #[derive(Deserialize)]
        struct LanguageFile {
            name: String,
            #[serde(default)]
            rule: Vec<Rule>,
        }
        let place =
            |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
        let mut languages = files::read();
        languages.sort_by_key(|language| place(&language.name));
        let structure = files::path("src/clean/rules/structure.toml");
        let texts = std::iter::once(std::fs::read_to_string(structure).unwrap())
            .chain(languages.into_iter().map(|language| language.text));
        texts
            .map(|text| (toml::from_str::<LanguageFile>(&text).unwrap(), digest(&text)))
            .filter(|(file, _)| !file.rule.is_empty())
            .map(|(file, digest)| Pack {
                name: file.name,
                digest,
                rules: file.rule,
                sites: Vec::new(),
            })
            .collect()
    }

    fn texts(texts: &[Cow<'static, str>]) -> String {
        let texts: Vec<String> = texts.iter().map(|text| format!("B({})", literal(text))).collect();
        format!("B(&[{}])", texts.join(", "))
    }

    #[test]
    fn the_generated_packs_are_those_of_the_files() {
        let packs = packs();
        let mut rust = String::from(
            "//! The rules of the built-in packs, written by `UPDATE=1 cargo test --lib generated`; do not edit.\n\n\
             use std::borrow::Cow::Borrowed as B;\n\nuse crate::clean::rules::pack::{Rule, Scope};\nuse crate::span::Kind;\n\n\
             /// Name, digest and rules of each.\n",
        );
        let _ = writeln!(
            rust,
            "pub(super) static BUILT_IN: [(&str, &str, &[Rule]); {}] = [",
            packs.len()
        );
        for Pack { name, digest, rules, .. } in &packs {
            let _ = writeln!(rust, "(\"{name}\", \"{digest}\", &[");
            for rule in rules {
                let Rule { id, kind, scope, pattern, why, max_chars, until, hit, spare } = rule;
                let until = until
                    .as_ref()
                    .map_or("None".to_owned(), |until| format!("Some(B({}))", literal(until)));
                let _ = writeln!(
                    rust,
                    "Rule {{ id: B({}), kind: Kind::{kind:?}, scope: Scope::{scope:?}, pattern: B({}), why: B({}), max_chars: {max_chars:?}, until: {until}, hit: {}, spare: {} }},",
                    literal(id),
                    literal(pattern),
                    literal(why),
                    texts(hit),
                    texts(spare),
                );
            }
            rust.push_str("]),\n");
        }
        rust.push_str("];\n");
        files::compare("src/clean/rules/generated.rs", &rust);
        let rules: Vec<&Rule> = packs.iter().flat_map(|pack| &pack.rules).collect();
        let compiled = Compiled::of(rules.iter().copied().enumerate()).bytes(&rules);
        files::compare("src/clean/rules/built_in.bin", &compiled);
        assert!(Compiled::read(compiled.leak()).is_some());
    }

    #[test]
    fn built_in_packs_can_be_used() {
        for pack in packs() {
            pack.check(&pack.name).unwrap();
        }
    }
}
