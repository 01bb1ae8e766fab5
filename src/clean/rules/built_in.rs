//! The packs that are compiled in.

use crate::clean::rules::generated::BUILT_IN;
use crate::clean::rules::pack::{Pack, Rule};

/// The packs that are compiled in: one a language, and one of forms that are the same in all languages.
#[must_use]
pub fn built_in_packs() -> Vec<Pack> {
    let pack = |&(name, digest, rules): &(&str, &str, &[Rule])| Pack {
        name: name.to_owned(),
        digest: digest.to_owned(),
        rules: rules.to_vec(),
    };
    BUILT_IN.iter().map(pack).collect()
}
