//! Packs as they stand in TOML files: read, checked, refused with file, rule and reason.

use std::path::Path;

use rayon::prelude::*;
use regex::RegexBuilder;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::span::Kind;

/// Name and text of each pack that is compiled in.
pub const BUILT_IN: [(&str, &str); 15] = [
    ("structure", include_str!("packs/structure.toml")),
    ("en", include_str!("packs/en.toml")),
    ("fr", include_str!("packs/fr.toml")),
    ("de", include_str!("packs/de.toml")),
    ("es", include_str!("packs/es.toml")),
    ("it", include_str!("packs/it.toml")),
    ("pt", include_str!("packs/pt.toml")),
    ("nl", include_str!("packs/nl.toml")),
    ("pl", include_str!("packs/pl.toml")),
    ("ru", include_str!("packs/ru.toml")),
    ("uk", include_str!("packs/uk.toml")),
    ("tr", include_str!("packs/tr.toml")),
    ("ar", include_str!("packs/ar.toml")),
    ("zh", include_str!("packs/zh.toml")),
    ("ja", include_str!("packs/ja.toml")),
];

/// Memory that one compiled pattern may take, in bytes.
pub(super) const PATTERN_LIMIT: usize = 64 << 20;

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
    pub id: String,
    /// What a match is.
    pub kind: Kind,
    /// What is looked at and taken.
    pub scope: Scope,
    /// A regular expression in the syntax of the `regex` crate.
    pub pattern: String,
    /// Why the text is what the rule says.
    pub why: String,
    /// Blocks with more characters are not tried; 160 for whole-line scopes and 3000 for the others unless given.
    pub max_chars: Option<u32>,
    /// Only for sections: the line that ends it.
    pub until: Option<String>,
    /// Texts that must match.
    pub hit: Vec<String>,
    /// Texts that must not match.
    pub spare: Vec<String>,
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
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackFile {
    name: String,
    #[serde(default)]
    rule: Vec<Rule>,
}

impl Pack {
    /// Reads a pack from TOML; `origin` names it in errors.
    ///
    /// # Errors
    /// [`Error::RulePack`] when the TOML, an id, a kind or a pattern cannot be used.
    pub fn parse(origin: &str, toml: &str) -> Result<Pack> {
        let pack = Pack::parse_unchecked(origin, toml)?;
        pack.check_patterns(origin)?;
        Ok(pack)
    }

    /// Reads a pack without compiling its patterns.
    fn parse_unchecked(origin: &str, toml: &str) -> Result<Pack> {
        let refuse = |rule: Option<&str>, reason: String| Error::RulePack {
            pack: origin.into(),
            rule: rule.map(Into::into),
            reason,
        };
        let file: PackFile = toml::from_str(toml).map_err(|e| {
            let line = e.span().map_or(1, |span| toml[..span.start].matches('\n').count() + 1);
            refuse(None, format!("line {line}: {}", e.message().replace('\n', " ")))
        })?;
        let mut ids = std::collections::HashSet::new();
        for rule in &file.rule {
            let refuse = |reason: &str| Err(refuse(Some(&rule.id), reason.into()));
            if !ids.insert(&rule.id) {
                return refuse("the id stands twice");
            }
            if matches!(
                rule.kind,
                Kind::Title | Kind::Body | Kind::Blank | Kind::Markup | Kind::Repeated
            ) {
                return refuse("this kind is not for rules");
            }
            if rule.until.is_some() && rule.scope != Scope::Section {
                return refuse("`until` goes with scope \"section\"");
            }
        }
        Ok(Pack {
            name: file.name,
            digest: format!("xxh3:{:032x}", xxhash_rust::xxh3::xxh3_128(toml.as_bytes())),
            rules: file.rule,
        })
    }

    fn check_patterns(&self, origin: &str) -> Result<()> {
        for rule in &self.rules {
            for pattern in std::iter::once(&rule.pattern).chain(&rule.until) {
                let reason = match RegexBuilder::new(&rule.scope.anchored(pattern))
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
                    rule: Some(rule.id.clone()),
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
    pub fn read(path: &Path) -> Result<Pack> {
        let refuse = |e: std::io::Error| Error::RulePack {
            pack: path.display().to_string(),
            rule: None,
            reason: e.to_string(),
        };
        let toml = std::fs::read_to_string(path).map_err(refuse)?;
        Pack::parse(&path.display().to_string(), &toml)
    }

    /// The packs that are compiled in. Their patterns are checked by the tests, not here.
    ///
    /// # Errors
    /// [`Error::RulePack`] if one of them is broken, which the tests rule out.
    pub fn built_in() -> Result<Vec<Pack>> {
        BUILT_IN.par_iter().map(|(name, toml)| Pack::parse_unchecked(name, toml)).collect()
    }
}
