//! The page itself: one file, which loads nothing and runs nothing but its own script.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

const PAGE: &str = include_str!("page/page.html");
const STYLE: &str = concat!(include_str!("page/page.css"), include_str!("page/kinds.css"));
/// Its parts share one scope, and the last one begins.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("page/show.js"),
    include_str!("page/list.js"),
    include_str!("page/overview.js"),
    include_str!("page/article.js"),
    include_str!("page/dump.js"),
    include_str!("page/words.js"),
    include_str!("page/story.js"),
    include_str!("page/suspects.js"),
    include_str!("page/begin.js"),
    "})();\n",
);

/// A page that is being written.
pub(super) struct Page<W> {
    out: W,
    after_data: &'static str,
}

impl<W: Write> Page<W> {
    /// Begins the page: all of it down to its data.
    pub(super) fn begin(mut out: W) -> std::io::Result<Self> {
        let (before, after_data) = PAGE.split_once("{data}").unwrap_or((PAGE, ""));
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            digest(STYLE),
            digest(SCRIPT)
        );
        out.write_all(before.replace("{policy}", &policy).replace("{style}", STYLE).as_bytes())?;
        Ok(Self { out, after_data })
    }

    /// Adds data under a name.
    pub(super) fn data(&mut self, name: &str, data: &impl Serialize) -> std::io::Result<()> {
        let json = serde_json::to_string(data)?;
        self.json(name, &json)
    }

    /// The same of data that is JSON already.
    pub(super) fn json(&mut self, name: &str, json: &str) -> std::io::Result<()> {
        write!(self.out, "<script type=\"application/json\" id=\"{name}\">")?;
        write_inert(&mut self.out, json)?;
        self.out.write_all(b"</script>\n")
    }

    pub(super) fn finish(mut self) -> std::io::Result<()> {
        self.out.write_all(self.after_data.replace("{script}", SCRIPT).as_bytes())?;
        self.out.flush()
    }
}

/// How a policy names a style or a script.
fn digest(source: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(source)))
}

/// Writes JSON so that no character of it means anything to a reader of HTML, or turns the direction of writing.
fn write_inert(out: &mut impl Write, json: &str) -> std::io::Result<()> {
    let is_live = |c: char| matches!(c, '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut rest = json;
    while let Some(at) = rest.find(is_live) {
        let (before, from) = rest.split_at(at);
        out.write_all(before.as_bytes())?;
        let mut behind = from.chars();
        if let Some(c) = behind.next() {
            write!(out, "\\u{:04x}", u32::from(c))?;
        }
        rest = behind.as_str();
    }
    out.write_all(rest.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_says_nothing_to_a_reader_of_html() {
        let text =
            "</script><script>alert(1)</script><!-- &amp; \u{2028}\u{202e}\0\u{1b}[31m\u{85}";
        let mut written = Vec::new();
        write_inert(&mut written, &serde_json::to_string(text).unwrap()).unwrap();
        let written = String::from_utf8(written).unwrap();
        assert!(
            written.is_ascii() && !written.contains(['<', '>', '&', '\0', '\x1b']),
            "{written}"
        );
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn the_page_has_a_place_for_each_part_and_asks_for_nothing() {
        for part in ["{policy}", "{style}", "{data}", "{script}"] {
            assert_eq!(PAGE.matches(part).count(), 1, "{part}");
        }
        let all = [PAGE, STYLE, SCRIPT].concat();
        for asking in ["http:", "https:", "url(", "@import", "innerHTML", "fetch(", "eval("] {
            assert!(!all.contains(asking), "{asking}");
        }
        assert!(!SCRIPT.contains("</script") && !STYLE.contains("</style"));
    }
}
