//! What `dechaff --version` says.

use dechaff::{built_in_model_digest, built_in_packs};

/// The version, the built-in model and the built-in rule packs, each with what tells it from others.
pub(super) fn version() -> String {
    let packs = built_in_packs();
    let width = packs.iter().map(|pack| pack.name.len()).max().unwrap_or(0);
    let packs = packs.iter().map(|pack| format!("\nrules {:width$}  {}", pack.name, pack.digest));
    let model = built_in_model_digest();
    let own = env!("CARGO_PKG_VERSION");
    format!("{own}\nmodel {:width$}  {model}{}", "", packs.collect::<String>())
}
