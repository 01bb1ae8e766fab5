//! The files of the languages as the tests read them, and how they become Rust.

use std::fmt::Write;
use std::path::PathBuf;

use toml::{Table, Value};

/// One language file.
pub(crate) struct LanguageFile {
    pub(crate) name: String,
    pub(crate) text: String,
    table: Table,
}

/// All language files, sorted by name.
pub(crate) fn read() -> Vec<LanguageFile> {
    let folder = path("src/languages").read_dir().unwrap();
    let mut files: Vec<LanguageFile> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let table: Table = text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert_eq!(table["name"].as_str(), Some(&*name), "its name is that of its file");
            LanguageFile { name, text, table }
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// A file of the project.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Checks that the generated file `name` holds `content`, or makes it so where that is asked for.
pub(crate) fn compare(name: &str, content: impl AsRef<[u8]>) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path(name), &content).unwrap();
    }
    let is_same = std::fs::read(path(name)).unwrap() == content.as_ref();
    assert!(is_same, "{name} is stale; run UPDATE=1 cargo test --lib generated");
}

/// A text as a literal of Rust. Marks that turn the direction of writing are refused by the compiler unless they are escaped.
pub(crate) fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                literal.extend(c.escape_unicode());
            }
            c if c.is_control() => literal.extend(c.escape_default()),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

impl LanguageFile {
    /// A section; None where the language has none.
    pub(crate) fn section(&self, name: &str) -> Option<&Table> {
        Some(self.table.get(name)?.as_table().expect("a section is a table"))
    }

    /// The examples of a section: input and what is expected.
    pub(crate) fn examples(&self, section: &str) -> Vec<(&str, &str)> {
        let Some(section) = self.section(section) else { return Vec::new() };
        let examples = section["examples"].as_table().expect("examples are a table");
        examples.iter().map(|(input, expected)| (&**input, expected.as_str().unwrap())).collect()
    }

    /// Texts that a section is to take, and texts that it is to leave: at least two of each.
    pub(crate) fn hits_and_spares(&self, section: &str) -> Vec<(&str, bool)> {
        let Some(section) = self.section(section) else { return Vec::new() };
        let texts = |key: &str| {
            let texts = section[key].as_array().expect("a list of texts");
            assert!(texts.len() >= 2, "{}: `{key}` needs two texts", self.name);
            texts.iter().map(|text| text.as_str().unwrap())
        };
        texts("hit")
            .map(|text| (text, true))
            .chain(texts("spare").map(|text| (text, false)))
            .collect()
    }

    /// The fields of a section, each a list of words.
    fn lists(&self, section: &str, names: &[&str]) -> String {
        let known = [
            "examples",
            "hit",
            "spare",
            "months",
            "persian_months",
            "buddhist_years",
            "dotted_day",
        ];
        let table = self.section(section);
        for name in table.into_iter().flat_map(Table::keys) {
            let is_known = names.contains(&&**name) || known.contains(&&**name);
            assert!(is_known, "{}: unknown list {section}.{name}", self.name);
        }
        let list = |name: &&str| {
            let words = table.and_then(|table| table.get(*name));
            format!("{name}: {}", literal(words.map_or("", |words| words.as_str().unwrap())))
        };
        names.iter().map(list).collect::<Vec<_>>().join(", ")
    }

    /// The language as Rust.
    fn rust(&self) -> String {
        for section in self.table.keys() {
            let known = [
                "name", "common", "dates", "relative", "later", "bylines", "quotes", "errors",
                "names", "labels", "classes", "rule",
            ];
            assert!(known.contains(&&**section), "{}: unknown section {section}", self.name);
        }
        let dates = self.section("dates");
        let twelve = |key: &str| match dates.and_then(|dates| dates.get(key)?.as_array()) {
            Some(months) => months.iter().map(|names| literal(names.as_str().unwrap())).collect(),
            None => vec![literal(""); 12],
        };
        let has_buddhist_years = dates
            .and_then(|dates| dates.get("buddhist_years"))
            .is_some_and(|value| value.as_bool().unwrap());
        let dotted = dates.and_then(|dates| dates.get("dotted_day")).and_then(Value::as_table);
        let dotted: Vec<String> = dotted
            .into_iter()
            .flatten()
            .map(|(name, month)| format!("({}, {month})", literal(name)))
            .collect();
        let classes: Vec<String> = self
            .section("classes")
            .into_iter()
            .flatten()
            .filter(|(key, _)| *key != "examples")
            .map(|(hint, words)| {
                format!("({}, {})", literal(hint), literal(words.as_str().unwrap()))
            })
            .collect();
        let words = |section: &str, key: &str| {
            self.section(section).map_or("", |section| section[key].as_str().unwrap())
        };
        format!(
            "    Language {{\n        name: {}, common: {},\n        dates: Dates {{ months: [{}], persian_months: [{}], buddhist_years: {has_buddhist_years}, dotted_day: &[{}], {} }},\n        \
             relative: Relative {{ {} }},\n        later: {},\n        bylines: Bylines {{ {} }},\n        wrote: {}, errors: {},\n        \
             names: Names {{ {} }},\n        labels: Labels {{ {} }},\n        classes: &[{}],\n    }},\n",
            literal(&self.name),
            literal(words("common", "words")),
            twelve("months").join(", "),
            twelve("persian_months").join(", "),
            dotted.join(", "),
            self.lists("dates", &DATES),
            self.lists("relative", &RELATIVE),
            literal(words("later", "stems")),
            self.lists("bylines", &["opening", "closing", "conjunction", "particle"]),
            literal(words("quotes", "wrote")),
            literal(words("errors", "pages")),
            self.lists("names", &["nobody", "openings", "roles", "degrees"]),
            self.lists("labels", &LABELS),
            classes.join(", "),
        )
    }
}

#[rustfmt::skip]
const DATES: [&str; 15] = [
    "weekday", "publication", "join", "of", "ordinal", "month", "zone", "hour", "oclock", "am", "pm", "ante", "post", "meridiem", "today",
];
const RELATIVE: [&str; 8] =
    ["count", "unit", "before", "filler", "after", "whole", "glued_unit", "glued_after"];

const LABELS: [&str; 9] =
    ["title", "subject", "author", "source", "date", "url", "text", "about", "thing"];

#[test]
fn the_generated_words_are_those_of_the_files() {
    let files = read();
    let mut rust = String::from(
        "//! The words of the language files, written by `UPDATE=1 cargo test --lib generated`; do not edit.\n\n\
         use crate::languages::language::{Bylines, Dates, Labels, Language, Names, Relative};\n\n",
    );
    let _ = writeln!(rust, "pub(crate) static LANGUAGES: [Language; {}] = [", files.len());
    rust.extend(files.iter().map(LanguageFile::rust));
    rust.push_str("];\n");
    compare("src/languages/generated.rs", &rust);
}
