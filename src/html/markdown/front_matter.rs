//! What stands in front of a page of Markdown and says what it is: YAML between lines of `---`, TOML between lines of `+++`, or the lines that
//! end with `Markdown Content:`.
//!
//! Of YAML and TOML as much is read as authors and programs write there: a field a line, with a string, a list or JSON behind it, or a list or
//! fields on the lines below it.

use serde_json::Value;

use crate::html::markdown::title_line::title_line;
use crate::html::markup::entity::as_value;

/// How the first and the last line look of each kind, the last as one of several.
const FENCES: [(&str, &[&str]); 2] = [("---", &["---", "..."]), ("+++", &["+++"])];
/// The last line of what [Jina's reader](https://jina.ai/reader/) writes above a page.
const CONTENT: &str = "Markdown Content:";
/// What stands in place of a value of YAML whose text is on the lines below.
const FOLDED: [&str; 4] = ["|", "|-", ">", ">-"];
/// Bytes that are looked at for the last line.
const LONGEST: usize = 1 << 20;

/// Names of fields by what they say, the most trusted first, without `_`, `-` and spaces; and the attributes by which a page of HTML says that.
const FIELDS: [(&str, &str); 6] = [
    ("title headline", "property=\"og:title\""),
    (
        "published publishedat date datepublished publisheddate publishdate pubdate publishedtime created createdat",
        "property=\"article:published_time\"",
    ),
    ("authors author byline creator", "name=\"author\""),
    ("url canonicalurl canonical urlsource sourceurl permalink link source", "property=\"og:url\""),
    ("site sitename publisher publication source website", "property=\"og:site_name\""),
    ("language lang locale", "property=\"og:locale\""),
];

/// What stands in front of a page.
#[derive(Debug, Default)]
pub(in crate::html) struct FrontMatter {
    /// Where it ends, and the page begins.
    pub(in crate::html) end: usize,
    /// Name and values of each field.
    fields: Vec<(String, Vec<String>)>,
    /// What stands in its place on pages that programs wrote: the title that the page had.
    title: Option<String>,
}

impl FrontMatter {
    /// Reads what stands in front of a page.
    pub(in crate::html) fn of(source: &str) -> Self {
        let front = Self::stated(source);
        match title_line(&source[front.end..]).filter(|_| front.fields.is_empty()) {
            Some(line) => {
                let title = Some(without_backslashes(line.of(&source[front.end..])));
                Self { end: front.end + line.end, title, ..front }
            }
            None => front,
        }
    }

    fn stated(source: &str) -> Self {
        let page = source.strip_prefix('\u{feff}').unwrap_or(source);
        let begin = source.len() - page.len();
        let head = &page[..page.floor_char_boundary(LONGEST)];
        let first = head.lines().next().unwrap_or_default().trim_end();
        let mut lines = Lines::of(head);
        let last: &[&str] = match FENCES.iter().find(|(open, _)| *open == first) {
            Some((_, last)) => {
                lines.next();
                last
            }
            None if first.starts_with("Title:") => &[CONTENT],
            None => return Self { end: begin, ..Self::default() },
        };
        let mut within = Vec::new();
        for (end, line) in lines {
            if last.contains(&line.trim_end()) {
                let fields = fields_of(&within);
                return if fields.is_empty() {
                    Self { end: begin, ..Self::default() }
                } else {
                    Self { end: begin + end, fields, ..Self::default() }
                };
            }
            within.push(line);
        }
        Self { end: begin, ..Self::default() }
    }

    /// Whether it is what dechaff writes in front of an article: what follows was cleaned.
    pub(in crate::html) fn is_of_article(&self) -> bool {
        ["id", "provenance"].iter().all(|own| self.fields.iter().any(|(name, _)| name == own))
    }

    /// Writes it as the head of a page of HTML.
    pub(in crate::html) fn write(&self, out: &mut String) {
        if let Some(title) = &self.title {
            let title = title.replace('&', "&amp;").replace('<', "&lt;");
            out.push_str(&format!("<head><title>{title}</title></head>"));
        }
        if self.fields.is_empty() {
            return;
        }
        out.push_str("<head><meta property=\"og:type\" content=\"article\">");
        for (names, attribute) in FIELDS {
            let values = |name: &str| {
                let field = self.fields.iter().find(|(known, _)| known == name);
                let is_address = |value: &&String| value.starts_with("http");
                let is_of_addresses = attribute.contains("og:url");
                let is_fitting =
                    move |value: &&String| name != "source" || is_address(value) == is_of_addresses;
                let values = field.into_iter().flat_map(|(_, values)| values);
                values.filter(is_fitting).collect::<Vec<_>>()
            };
            let said = names.split(' ').map(values).find(|values| !values.is_empty());
            for value in said.into_iter().flatten() {
                let value = as_value(value);
                out.push_str(&format!("<meta {attribute} content=\"{value}\">"));
            }
        }
        out.push_str("</head>");
    }
}

/// A line of Markdown without the backslashes before its signs.
fn without_backslashes(line: &str) -> String {
    let mut signs = line.chars().peekable();
    std::iter::from_fn(|| {
        let c = signs.next()?;
        let is_escape = c == '\\' && signs.peek().is_some_and(char::is_ascii_punctuation);
        if is_escape { signs.next() } else { Some(c) }
    })
    .collect()
}

/// The lines of a text, each with where the next begins.
struct Lines<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Lines<'s> {
    fn of(text: &'s str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'s> Iterator for Lines<'s> {
    type Item = (usize, &'s str);

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.text[self.at..].split_inclusive('\n').next()?;
        self.at += line.len();
        Some((self.at, line.trim_end_matches(['\n', '\r'])))
    }
}

/// The fields in these lines; what stands deeper belongs to the field above.
fn fields_of(lines: &[&str]) -> Vec<(String, Vec<String>)> {
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    // Whether the lines below the last field are its text.
    let mut is_folded = false;
    for line in lines {
        let own = line.trim_start();
        if own.is_empty() || own.starts_with('#') {
            continue;
        }
        // A table of TOML.
        if own.starts_with('[') {
            break;
        }
        let item = own.strip_prefix("- ");
        let is_deeper = own.len() < line.len() || item.is_some();
        let field = field_of(item.unwrap_or(own)).filter(|_| !(is_deeper && is_folded));
        match (field, fields.last_mut()) {
            // Of an author, say, only the name is told.
            (Some((name, value)), Some((_, values))) if is_deeper && name == "name" => {
                values.extend(values_of(value));
            }
            (Some((name, value)), _) if !is_deeper => {
                is_folded = FOLDED.contains(&value);
                fields.push((name, values_of(value)));
            }
            (None, Some((_, values))) if is_deeper => match (item, values.last_mut()) {
                (None, Some(value)) => {
                    value.push(' ');
                    value.push_str(own.trim_end());
                }
                _ => values.extend(values_of(item.unwrap_or(own))),
            },
            _ => {}
        }
    }
    fields
}

/// Name and value of a line of YAML or TOML; None for another line.
fn field_of(line: &str) -> Option<(String, &str)> {
    let (name, value) = line.split_once([':', '='])?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ' | '"');
    let begins =
        value.is_empty() || value.starts_with([' ', '\t']) || line[name.len()..].starts_with('=');
    if !begins || name.trim().is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    Some((letters.map(|c| c.to_ascii_lowercase()).collect(), value.trim()))
}

/// What a value of YAML or TOML says: none, one or several strings.
fn values_of(value: &str) -> Vec<String> {
    if let Ok(value) = serde_json::from_str::<Value>(value) {
        return strings_of(&value);
    }
    if let Some(list) = value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return list.split(',').filter_map(|item| string_of(item.trim())).collect();
    }
    string_of(value).into_iter().collect()
}

/// What a value that is no list says.
fn string_of(value: &str) -> Option<String> {
    if let Ok(value) = serde_json::from_str::<String>(value) {
        return Some(value);
    }
    let quoted = value.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
    let text = match quoted {
        Some(text) => text.replace("''", "'"),
        None => value.split(" #").next().unwrap_or_default().trim().to_owned(),
    };
    let is_empty = matches!(text.as_str(), "" | "~" | "null") || FOLDED.contains(&&*text);
    (!is_empty).then_some(text)
}

/// The strings in a value of JSON, or the names of objects.
fn strings_of(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(strings_of).collect(),
        Value::Object(object) => object.get("name").map(strings_of).unwrap_or_default(),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::page::HtmlPage;
    use crate::html::stated::metadata::PageMeta;

    fn stated(source: &str) -> PageMeta {
        let page = HtmlPage::of_markdown(source);
        assert_eq!(page.shown.text, "The quay was shut.");
        page.stated
    }

    #[test]
    fn fields_are_read_as_authors_write_them() {
        for front in [
            "---\ntitle: \"Quay: open\"\ndate: 2031-06-16\nauthor: Mirva Lindqvist # desk\nsite: The Gazette\nurl: https://gazette.example/quay\nlang: en-GB\ntags: [a, b]\n---\n",
            "---\nTitle: 'Quay: open'\ndate: 2031-06-16\ntags:\n- a\nauthors:\n  - name: Mirva Lindqvist\n    url: https://a.example\nsource: https://gazette.example/quay\nsite_name: The Gazette\nlanguage: en\n...\n",
            "+++\ntitle = \"Quay: open\"\ndate = 2031-06-16\nauthors = [\"Mirva Lindqvist\"]\ncanonical = \"https://gazette.example/quay\"\npublisher = \"The Gazette\"\nlanguage = \"en\"\n[extra]\ntitle = \"b\"\n+++\n",
            "---\ntitle: >-\n  Quay:\n  open\ndate: 2031-06-16\nauthor: {\"name\": \"Mirva Lindqvist\"}\nlink: https://gazette.example/quay\nsource: \"The Gazette\"\nlanguage: \"en\"\nprovenance:\n  title: [1, 2]\n---\r\n",
            "Title: Quay: open\n\nURL Source: https://gazette.example/quay\n\nPublished Time: 2031-06-16\nAuthor: Mirva Lindqvist\nPublisher: The Gazette\nLanguage: en\n\nMarkdown Content:\n",
        ] {
            let stated = stated(&format!("{front}The quay was shut.\n"));
            assert_eq!(stated.headlines, ["Quay: open"], "{front}");
            assert_eq!(stated.published.as_deref(), Some("2031-06-16"), "{front}");
            assert_eq!(stated.authors, ["Mirva Lindqvist"], "{front}");
            assert_eq!(stated.publisher.as_deref(), Some("The Gazette"), "{front}");
            assert_eq!(stated.url.as_deref(), Some("https://gazette.example/quay"), "{front}");
            assert_eq!(stated.language.as_deref(), Some("en"), "{front}");
            assert!(stated.is_article);
        }
    }

    #[test]
    fn an_article_that_was_cleaned_is_told_by_where_it_came_from() {
        let is_of_article = |front: &str| FrontMatter::of(front).is_of_article();
        assert!(is_of_article(
            "---\ntitle: \"Quay\"\nid: \"a\"\nprovenance:\n  dump: \"b\"\n---\n"
        ));
        assert!(!is_of_article("---\ntitle: Quay\nid: a\n---\n"));
    }

    #[test]
    fn several_authors_stay_several() {
        for value in [
            "[Ada Quill, 'Ben Reed']",
            "[\"Ada Quill\", \"Ben Reed\"]",
            "\n  - Ada Quill\n  - Ben Reed",
        ] {
            let page = format!("---\nauthors: {value}\n---\nThe quay was shut.");
            assert_eq!(stated(&page).authors, ["Ada Quill", "Ben Reed"], "{value}");
        }
    }

    #[test]
    fn rules_around_text_are_no_front_matter() {
        for page in [
            "---\n\nThe quay was shut.\n\n---\n",
            "---\nThe quay\n",
            "Title: The quay\n",
            "text\n---\na: b\n---\n",
        ] {
            assert_eq!(FrontMatter::of(page).end, 0, "{page}");
        }
    }
}
