//! Times told from the moment of reading, as `17 minutes ago`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::words::DATA;

/// The words of relative times, as lists of alternatives.
#[derive(Deserialize)]
pub(super) struct Phrases {
    count: String,
    unit: String,
    before: String,
    filler: String,
    after: String,
    whole: String,
    cjk: [String; 2],
}

static PATTERN: LazyLock<Regex> = LazyLock::new(|| DATA.relative.pattern());

/// Whether the text tells how long ago something was.
pub(super) fn tells_age(text: &str) -> bool {
    PATTERN.is_match(text)
}

impl Phrases {
    fn pattern(&self) -> Regex {
        let any = |names: &str| names.split_whitespace().map(|name| name.replace('_', r"\s+")).collect::<Vec<_>>().join("|");
        let (before, after) = (any(&self.before), any(&self.after));
        let (filler, whole) = (any(&self.filler), any(&self.whole));
        let count = format!(r"(?:\d+\s*|(?:{})\s+)", any(&self.count));
        let unit = format!(r"(?:{})\p{{L}}*", any(&self.unit));
        let [cjk_unit, cjk_after] = &self.cjk;
        // Spelt-out edges, as `\b` is slow outside ASCII.
        let (left, right) = (r"(?:^|[^\p{L}\p{N}])", r"(?:$|\P{L})");
        let pattern = format!(
            r"(?i){left}(?:(?:{before})\s+(?:(?:{filler})\s+)?{count}{unit}|{count}{unit}\.?\s+(?:{after}){right}|(?:{whole}){right})|\d\s*(?:{cjk_unit})\s*(?:{cjk_after})"
        );
        Regex::new(&pattern).expect("the words of months.toml are tested")
    }
}
