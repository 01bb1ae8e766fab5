//! Links beside a heading that lead to it, or to where it is edited: `¶`, `#`, `[edit]`, `Copy link`. They are no part of the heading.

use crate::html::markup::attributes::value_of;
use crate::html::markup::hints::words;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::Tag;
use crate::span::Span;

/// Bytes within which such a link ends.
const LONGEST: usize = 1000;
/// What the text of such a link begins with where it has letters, wherever in the heading it stands.
const TEXTS: [&str; 6] =
    ["permalink", "anchor link", "copy link", "direct link to", "link to this", "link to heading"];

/// A heading that is being read.
#[derive(Debug, Clone, Copy)]
pub(in crate::html) struct OpenHeading<'s> {
    /// Its `id`.
    pub(in crate::html) id: Option<&'s str>,
    /// Whether text of it has been read.
    pub(in crate::html) has_text: bool,
}

/// Whether an element within a heading stands beside what the heading says: `text` are its attributes, `rest` what follows its tag.
pub(in crate::html) fn is_beside(heading: OpenHeading, tag: Tag, text: &str, rest: &str) -> bool {
    let value = |name: &str| value_of(text, name);
    match tag {
        Tag::A => {
            let Some((_, fragment)) = value("href").and_then(|href| href.split_once('#')) else {
                return false;
            };
            let leads_here = || {
                let own = [heading.id, value("id"), value("name")];
                !fragment.is_empty() && own.contains(&Some(fragment))
            };
            let Some(shown) = shown(rest) else { return false };
            let is_sign = !shown.contains(char::is_alphanumeric);
            let says_so = || {
                let shown = shown.trim_start_matches(|c: char| !c.is_alphanumeric());
                TEXTS.iter().any(|known| {
                    let start = shown.get(..known.len());
                    start.is_some_and(|start| start.eq_ignore_ascii_case(known))
                })
            };
            is_sign || says_so() || heading.has_text && leads_here()
        }
        Tag::Button => heading.has_text,
        _ => value("class").is_some_and(|class| words(class).any(|word| word == "editsection")),
    }
}

/// Whether an element right behind a heading is a link alone in brackets, as wikis have them to edit what stands below: `[edit]`. `name` is that
/// of the element, `rest` what follows its tag.
pub(in crate::html) fn is_bracketed_link(name: &str, rest: &str) -> bool {
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let (mut shown, mut links, mut depth) = (String::new(), 0, 1);
    for token in Scanner::new(near) {
        match token {
            Token::Text(span) => shown.push_str(span.of(near)),
            Token::Start { name: inner, .. } => {
                links += u32::from(inner.eq_ignore_ascii_case("a"));
                depth += u32::from(inner.eq_ignore_ascii_case(name));
            }
            Token::End { name: inner } if inner.eq_ignore_ascii_case(name) => {
                depth -= 1;
                if depth == 0 {
                    let shown = without_references(&shown);
                    let inner = shown.trim().strip_prefix('[').and_then(|s| s.strip_suffix(']'));
                    return links > 0 && inner.is_some_and(|s| s.contains(char::is_alphabetic));
                }
            }
            _ => {}
        }
    }
    false
}

/// The text of a link, given the source behind its tag; None where it does not end soon.
fn shown(rest: &str) -> Option<String> {
    let near = &rest[..rest.floor_char_boundary(LONGEST)];
    let mut shown = String::new();
    for token in Scanner::new(near) {
        match token {
            Token::Text(Span { start, end }) => shown.push_str(&near[start..end]),
            Token::End { name } if name.eq_ignore_ascii_case("a") => {
                // A character reference that begins with letters stands for a sign in nearly all cases.
                return Some(without_references(&shown));
            }
            _ => {}
        }
    }
    None
}

fn without_references(text: &str) -> String {
    let mut out = String::new();
    for (at, part) in text.split('&').enumerate() {
        let behind = part.split_once(';').filter(|(name, _)| at > 0 && !name.contains(' '));
        out.push_str(behind.map_or(part, |(_, behind)| behind));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;

    fn text(heading: &str) -> String {
        HtmlPage::of(&format!("<h2 id=tide>{heading}</h2>")).shown.text
    }

    #[test]
    fn links_to_the_heading_are_no_part_of_it() {
        for mark in [
            "<a class=headerlink href='#a'>¶</a>",
            "<a href='/page#tide'>&para;</a>",
            "<a href='#x'><span>#</span></a>",
            "<a href='#x'>🔗</a>",
            "<a href='#x'>Permalink to this heading</a>",
            "<a href='#x'> Direct link to The tide</a>",
        ] {
            assert_eq!(text(&format!("{mark}The tide")), "The tide", "{mark}");
            assert_eq!(text(&format!("The tide {mark}")), "The tide", "{mark}");
        }
        for mark in [
            "<a href='#tide'>Lien vers cette section</a>",
            "<a id=t href='#t'>kopieren</a>",
            "<button>Copy</button>",
            "<span class='mw-editsection'>[<a href='/w?action=edit'>Bearbeiten</a>]</span>",
        ] {
            assert_eq!(text(&format!("The tide{mark}")), "The tide", "{mark}");
        }
    }

    #[test]
    fn links_in_brackets_behind_a_heading_are_none_of_the_text() {
        let page = |behind: &str| {
            HtmlPage::of(&format!("<div><h2>The tide</h2>{behind}</div><p>It rose.</p>")).shown.text
        };
        for link in [
            "<span class=s><span>[</span><a href='/w?edit'>Bearbeiten</a><span>]</span></span>",
            "<small>[<a href='/e'>edit</a> | <a href='/v'>edit source</a>]</small>",
        ] {
            assert_eq!(page(link), "The tide\n\nIt rose.", "{link}");
        }
        for text in ["<sup>[<a href='#n'>1</a>]</sup>", "<span>[sic]</span>", "<b><a>edit</a></b>"]
        {
            assert_ne!(page(text), "The tide\n\nIt rose.", "{text}");
        }
        assert_eq!(
            HtmlPage::of("<p>It rose <b>[<a href=/e>edit</a>]</b>").shown.text,
            "It rose [edit]"
        );
    }

    #[test]
    fn links_of_the_heading_are_part_of_it() {
        for heading in [
            "<a href='#tide'>The tide</a>",
            "<a href='/tide#now'>The tide</a> today",
            "The tide<a href='#note'>[1]</a>",
            "<button>The tide</button>",
            "The <a href='/c'>#</a>",
        ] {
            let shown = heading.split(['<', '>']).step_by(2).collect::<String>();
            assert_eq!(text(heading), shown, "{heading}");
        }
        assert_eq!(HtmlPage::of("<p>See <a href='#a'>§</a> 4</p>").shown.text, "See § 4");
    }
}
