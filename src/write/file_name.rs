//! Names of files and folders that are safe on every system, whatever a dump or a headline is called: letters, digits, `-` and `_`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// Longest name of a file without its ending, and longest path of a folder, in bytes. Systems allow 255 in a name.
const LONGEST_NAME: usize = 100;
const LONGEST_PATH: usize = 160;
/// Digits of its id in the name of an article.
const ID_DIGITS: usize = 12;

/// The folder of a dump's articles. No part of it has a dot, so it is never hidden, never the parent folder, and never the name of a file.
/// Dumps whose names differ in other characters alone share one.
pub(super) fn folder_of(dump: &str) -> String {
    let parts: Vec<String> = dump.split('/').filter(|part| !part.is_empty()).map(part_of).collect();
    let path = if parts.is_empty() { "dump".into() } else { parts.join("/") };
    if path.len() <= LONGEST_PATH {
        return path;
    }
    format!("{}-{:016x}", cut(&path.replace('/', "_"), LONGEST_NAME), xxh3_64(dump.as_bytes()))
}

/// The name of an article's file, without its ending: what its headline says, and the first digits of its id.
pub(super) fn stem_of(title: &str, id: &str) -> String {
    let mut stem = String::new();
    for c in title.to_lowercase().nfc() {
        if is_safe(c) {
            stem.push(c);
        } else if !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
    }
    let stem = cut(&stem, LONGEST_NAME - ID_DIGITS - 1).trim_end_matches('-');
    let id = id.get(..ID_DIGITS).unwrap_or(id);
    if stem.is_empty() { id.into() } else { format!("{stem}-{id}") }
}

/// What a path is to systems that tell neither case nor forms of letters apart.
pub(super) fn folded(path: &str) -> u64 {
    let folded: String = path.to_uppercase().to_lowercase().nfkd().collect();
    xxh3_64(folded.as_bytes())
}

fn part_of(part: &str) -> String {
    let safe: String = part.nfc().map(|c| if is_safe(c) || c == '-' { c } else { '_' }).collect();
    let safe = safe.trim_start_matches('-');
    if safe.chars().all(|c| c == '_' || c == '-') {
        "dump".into()
    } else if is_reserved(safe) {
        format!("{safe}_")
    } else {
        safe.into()
    }
}

fn is_safe(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '_'
}

/// Whether Windows takes the name for a device.
fn is_reserved(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let is_port = |rest: &str| {
        matches!(rest, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
    };
    matches!(name.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || ["COM", "LPT"].iter().any(|port| name.strip_prefix(port).is_some_and(is_port))
}

/// The longest beginning of `text` that has at most so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    #[test]
    fn a_file_is_named_after_its_headline_and_id() {
        assert_eq!(
            stem_of("Quay reopens: “at last”, says mayor!", ID),
            "quay-reopens-at-last-says-mayor-0123456789ab"
        );
        assert_eq!(stem_of("港の防波堤、完成", ID), "港の防波堤-完成-0123456789ab");
        for nothing in ["", "../..", "\u{0}\u{1b}", "?*<>|"] {
            assert_eq!(stem_of(nothing, ID), "0123456789ab");
        }
        assert_eq!(stem_of("../../etc/passwd", ID), "etc-passwd-0123456789ab");
        assert!(stem_of(&"港".repeat(300), ID).len() <= LONGEST_NAME);
    }

    #[test]
    fn a_folder_is_named_after_its_dump() {
        let names = [
            ("feeds/a.txt", "feeds/a_txt"),
            ("-", "dump"),
            ("../x", "dump/x"),
            ("CON", "CON_"),
            ("lpt³", "lpt³_"),
            (".hidden/.x", "_hidden/_x"),
            ("-rf/a b.txt", "rf/a_b_txt"),
        ];
        for (dump, folder) in names {
            assert_eq!(folder_of(dump), folder);
        }
        let (a, b) = (folder_of(&"deep/".repeat(100)), folder_of(&"deep/".repeat(101)));
        assert!(a != b && a.len() < LONGEST_PATH && !a.contains('/'));
    }

    #[test]
    fn names_that_some_systems_take_for_one_fold_to_one() {
        assert_eq!(folded("Straße/É"), folded("STRASSE/e\u{301}"));
        assert_ne!(folded("a/b"), folded("a_b"));
    }

    proptest! {
        #[test]
        fn names_are_safe_whatever_they_come_from(title in ".*", dump in "(\\PC|[./:-]){0,80}") {
            let (folder, stem) = (folder_of(&dump), stem_of(&title, ID));
            for name in folder.split('/').filter(|part| !part.is_empty()).chain([stem.as_str()]) {
                prop_assert!(name.chars().all(|c| is_safe(c) || c == '-') && !name.starts_with('-') && !is_reserved(name), "{name:?}");
                prop_assert!(name.len() <= 255);
            }
        }
    }
}
