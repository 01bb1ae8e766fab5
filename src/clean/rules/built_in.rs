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
        sites: Vec::new(),
    };
    BUILT_IN.iter().map(pack).collect()
}

/// Whether `packs` begin with the rules that are compiled in; how many these are.
pub(super) fn begin_built_in(packs: &[Pack]) -> Option<usize> {
    let given = packs.get(..BUILT_IN.len())?.iter().flat_map(|pack| &pack.rules);
    let ours = BUILT_IN.iter().flat_map(|(_, _, rules)| *rules);
    let is_same = |(a, b): (&Rule, &Rule)| a.pattern == b.pattern && a.scope == b.scope;
    let count = ours.clone().count();
    (given.clone().count() == count && given.zip(ours).all(is_same)).then_some(count)
}
