//! Files of a site that are no pages: pictures, fonts, style sheets, scripts, what is meant for crawlers. A mirror of a site is full of them.

use crate::read::charset::is_no_text;

/// What a file is that holds no page, by its first bytes; of a script or a style sheet the name must say so too. None for everything else.
pub(super) fn of(head: &[u8], name: &str) -> Option<&'static str> {
    media(head).or_else(|| {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        for_crawlers(text, name).or_else(|| code(text, name))
    })
}

/// What begins with the mark of such a file, and is no text: a headline may begin with `OTTO`, too.
fn media(head: &[u8]) -> Option<&'static str> {
    if !head.iter().any(|&byte| is_no_text(byte.into())) {
        return None;
    }
    let is = |at: usize, mark: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(mark));
    Some(match head {
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => "image",
        [b'G', b'I', b'F', b'8', ..] | [0, 0, 1, 0, ..] => "image",
        _ if is(0, b"RIFF") && is(8, b"WEBP") => "image",
        _ if is(4, b"ftypavif") || is(4, b"ftypheic") => "image",
        [b'w', b'O', b'F', b'F' | b'2', ..] | [0, 1, 0, 0, 0, ..] => "font",
        [b'O', b'T', b'T', b'O', ..] => "font",
        _ if is(4, b"ftyp") || is(0, b"OggS") || is(0, b"ID3") => "sound or film",
        [0x1a, 0x45, 0xdf, 0xa3, ..] => "sound or film",
        _ if is(0, b"RIFF") && (is(8, b"WAVE") || is(8, b"AVI ")) => "sound or film",
        _ => return None,
    })
}

/// What stands in a file for crawlers, or a drawing in XML.
fn for_crawlers(text: &str, name: &str) -> Option<&'static str> {
    let root = text.split('<').skip(1).find(|tag| !tag.starts_with(['?', '!']));
    let root = root.and_then(|tag| tag.split([' ', '>', '\n', '\t']).next()).unwrap_or_default();
    match root {
        "urlset" | "sitemapindex" if text.starts_with('<') => return Some("site map"),
        "svg" if text.starts_with('<') => return Some("image"),
        _ => {}
    }
    let is_rule = |line: &str| {
        let field = line.split_once(':').map(|(field, _)| field.trim());
        line.starts_with('#')
            || field.is_some_and(|f| {
                !f.is_empty() && f.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
            })
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    (file_name(name) == "robots.txt" && lines.all(is_rule)).then_some("file for crawlers")
}

/// A script or a style sheet: as its name says, and with the marks of code in most of its lines.
fn code(text: &str, name: &str) -> Option<&'static str> {
    let ending = file_name(name).rsplit_once('.').map_or("", |(_, ending)| ending);
    let what = match ending.to_ascii_lowercase().as_str() {
        "js" | "mjs" | "cjs" | "map" => "script",
        "css" => "style sheet",
        _ => return None,
    };
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_code = |line: &&str| {
        line.contains(['{', '}', ';'])
            || line.starts_with(['/', '*', '@'])
            || line.ends_with([',', '(', ')'])
    };
    let coded = lines().filter(is_code).count();
    (!text.starts_with('<') && coded * 2 >= lines().count()).then_some(what)
}

/// The last part of a path.
fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_beside_pages_are_told_by_what_they_hold() {
        let cases: [(&str, &[u8], Option<&str>); 14] = [
            ("quay.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", Some("image")),
            ("quay", b"\x89PNG\r\n\x1a\n", Some("image")),
            ("logo.svg", b"<?xml version=\"1.0\"?>\n<svg width=\"3\">", Some("image")),
            ("letters.woff2", b"wOF2\0\x01", Some("font")),
            ("style.css", b".quay {\n  color: red;\n}\n", Some("style sheet")),
            ("menu.js", b"// menu\nfunction open() {\n  go();\n}\n", Some("script")),
            ("robots.txt", b"User-agent: *\nDisallow: /quay\n", Some("file for crawlers")),
            ("sitemap.xml", b"<urlset xmlns=\"x\"><url>", Some("site map")),
            ("notes.js", b"The old quay was opened again.\nForty volunteers came.\n", None),
            ("robots.txt", b"The robots of the quay carry sand.\n", None),
            ("page.css", b"<!DOCTYPE html><p>Not found</p>", None),
            ("quay.txt", b"Title: Quay reopens\n", None),
            ("otto.txt", b"OTTO MENDS THE WEIR\n\nThe weir holds again.\n", None),
            ("letters.otf", b"OTTO\0\x0b\0\x80", Some("font")),
        ];
        for (name, head, expected) in cases {
            assert_eq!(of(head, name), expected, "{name}");
        }
    }
}
