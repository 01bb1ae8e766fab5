//! What elements say of the build of a text: the numbers of items, the cells of tables, the languages of code, links and emphasis.
//!
//! All of it is noted while a page is read, and looked at for what is kept of it alone.

use crate::html::markup::address::address_of;
use crate::html::markup::attributes::{Attribute, attributes, value_of};
use crate::html::markup::tag::Tag;
use crate::html::shown::picture::Picture;
use crate::languages::LANGUAGES;
use crate::page::CellPlace;
use crate::span::Span;
use crate::structure::InlineType;

/// What was noted of a page, each list in the order of the elements or of the text.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The items of lists that count: the element, and its number.
    pub(in crate::html) numbers: Vec<(u32, u32)>,
    /// The cells of tables: the element, and its place.
    pub(in crate::html) cells: Vec<(u32, CellPlace)>,
    /// Elements of code, with the language that they name.
    pub(in crate::html) languages: Vec<(u32, String)>,
    /// Stretches of the text that are more than plain text.
    pub(crate) marks: Vec<Mark>,
    /// White space in preformatted text that the text of the page squeezes, with the place in that before which it stands.
    pub(in crate::html) spaces: Vec<(usize, String)>,
    /// What addresses are relative to, where the page says so.
    pub(crate) base: Option<String>,
    /// Pictures that say what they show.
    pub(crate) pictures: Vec<Picture>,
    /// Tables that are said to lay out the page.
    pub(in crate::html) layouts: Vec<u32>,
    /// The lists that are open.
    lists: Vec<Counting>,
}

/// A stretch of the text that is more than plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Where it stands in the text; white space may stand at its ends.
    pub(crate) text: Span,
    /// What it is. The target of a link stands as the page has it.
    pub(crate) role: InlineType,
}

/// How a list that is open counts.
#[derive(Debug)]
enum Counting {
    /// Not at all.
    No,
    /// From this number, by this step.
    From(u32, i32),
    /// Down to 1: the places of its items among the numbers.
    Down(Vec<usize>),
}

/// What of an element is noted once it ends.
#[derive(Debug)]
pub(in crate::html) enum Noted {
    Inline(InlineType),
    Cell { is_header: bool, colspan: u32, rowspan: u32 },
}

/// Columns and rows of the largest cell: as browsers have it.
const MOST_COLUMNS: u32 = 1000;
const MOST_ROWS: u32 = 65534;
/// Bytes of the longest name of a language.
const LONGEST_LANGUAGE: usize = 24;

impl Noted {
    /// What the start of an element says that is to be noted where it ends.
    pub(in crate::html) fn of(name: &str, tag: Tag, text: &str) -> Option<Self> {
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        let inline = |role| Some(Self::Inline(role));
        match tag {
            Tag::A => inline(InlineType::Link { target: target_of(text)? }),
            Tag::Td => {
                let number = |wanted: &str| {
                    let value = value_of(text, wanted).and_then(|value| value.trim().parse().ok());
                    value.filter(|&number: &u32| number > 0).unwrap_or(1)
                };
                Some(Self::Cell {
                    is_header: is("th"),
                    colspan: number("colspan").min(MOST_COLUMNS),
                    rowspan: number("rowspan").min(MOST_ROWS),
                })
            }
            Tag::Other if is("b") || is("strong") => inline(InlineType::Strong),
            Tag::Other if is("i") || is("em") => inline(InlineType::Emphasis),
            Tag::Other if ["code", "kbd", "samp", "tt"].iter().any(|name| is(name)) => {
                inline(InlineType::Code)
            }
            _ => None,
        }
    }
}

impl Outline {
    /// Notes that an element begins.
    pub(in crate::html) fn begin(&mut self, name: &str, tag: Tag, element: u32, text: &str) {
        let number =
            |wanted: &str| value_of(text, wanted).and_then(|v| v.trim().parse::<i64>().ok());
        match tag {
            Tag::List => {
                let is_reversed = attributes(text).any(|a| a.name.eq_ignore_ascii_case("reversed"));
                let step = if is_reversed { -1 } else { 1 };
                self.lists.push(match number("start") {
                    _ if !name.eq_ignore_ascii_case("ol") => Counting::No,
                    None if is_reversed => Counting::Down(Vec::new()),
                    start => u32::try_from(start.unwrap_or(1))
                        .map_or(Counting::No, |start| Counting::From(start, step)),
                });
            }
            Tag::Li => match self.lists.last_mut() {
                Some(Counting::From(next, step)) => {
                    let own = number("value").and_then(|own| u32::try_from(own).ok());
                    let own = own.unwrap_or(*next);
                    *next = own.saturating_add_signed(*step);
                    self.numbers.push((element, own));
                }
                Some(Counting::Down(items)) => {
                    items.push(self.numbers.len());
                    self.numbers.push((element, 0));
                }
                _ => {}
            },
            Tag::Table => {
                let role = value_of(text, "role").map(str::trim);
                if role.is_some_and(|role| ["presentation", "none"].contains(&role)) {
                    self.layouts.push(element);
                }
            }
            _ => {}
        }
    }

    /// Notes that a list ends.
    pub(in crate::html) fn end_list(&mut self) {
        if let Some(Counting::Down(items)) = self.lists.pop() {
            for (number, at) in (1..).zip(items.into_iter().rev()) {
                self.numbers[at].1 = number;
            }
        }
    }

    /// Notes the language that an element of code names, or one around it.
    pub(in crate::html) fn name_language(&mut self, element: u32, language: String) {
        if self.languages.last().is_none_or(|(last, _)| *last < element) {
            self.languages.push((element, language));
        }
    }

    /// Notes an element that ends, with where its text stands.
    pub(in crate::html) fn end(&mut self, noted: Noted, element: u32, text: Span) {
        match noted {
            Noted::Cell { is_header, colspan, rowspan } => {
                self.cells.push((element, CellPlace { text, is_header, colspan, rowspan }));
            }
            Noted::Inline(role) if !text.is_empty() => self.marks.push(Mark { text, role }),
            Noted::Inline(_) => {}
        }
    }

    /// Brings what was noted where elements ended into the order of the text.
    pub(in crate::html) fn sort(&mut self) {
        self.marks.sort_by_key(|mark| (mark.text.start, std::cmp::Reverse(mark.text.end)));
        self.cells.sort_by_key(|(element, _)| *element);
    }
}

/// The address of a link that leads to another page.
fn target_of(text: &str) -> Option<String> {
    address_of(text, "href").filter(|target| !target.starts_with('#'))
}

/// The address that a page names as its base.
pub(in crate::html) fn base_of(text: &str) -> Option<String> {
    address_of(text, "href")
}

/// Whether an element around code may name its language.
pub(in crate::html) fn may_name_language(tag: Tag, attribute: Attribute) -> bool {
    let names_code = || {
        let signs = ["highlight", "sourceCode", "language-", "brush:"];
        signs.iter().any(|sign| attribute.value.contains(sign))
            || LANGUAGE.iter().any(|name| attribute.name.eq_ignore_ascii_case(name))
    };
    match tag {
        Tag::Pre | Tag::Other => true,
        Tag::Div | Tag::Figure => names_code(),
        _ => false,
    }
}

/// Attributes that name a language of code.
const LANGUAGE: [&str; 3] = ["data-lang", "data-language", "data-enlighter-language"];

/// The language that an element names, as programs for highlighting do: `language-rust`, `lang-sh`, `highlight-source-c`, `brush: js`, `hljs go`.
pub(in crate::html) fn language_of(tag: Tag, attribute: Attribute) -> Option<String> {
    /// What names of classes begin with that name a language; of two that fit the first.
    const STARTS: [&str; 6] =
        ["language-", "lang-", "highlight-source-", "highlight-text-", "highlight-", "src-"];
    /// Classes that the language follows, as one of its own.
    const LEADS: [&str; 4] = ["sourceCode", "syntaxhighlighter", "hljs", "brush:"];
    const NONE: [&str; 7] =
        ["none", "default", "nohighlight", "no-highlight", "notranslate", "nogutter", "collapsed"];
    fn named(word: &str) -> Option<&str> {
        let name = STARTS.iter().find_map(|start| word.strip_prefix(start))?;
        Some(name).filter(|name| !name.is_empty())
    }
    let is = |name: &str| attribute.name.eq_ignore_ascii_case(name);
    let value = attribute.value.trim();
    let name = if is("class") {
        let words = || value.split_ascii_whitespace();
        let led = || {
            let behind = words().skip_while(|word| !LEADS.contains(word)).nth(1);
            behind.or_else(|| words().find_map(|word| word.strip_prefix("brush:")))
        };
        words().find_map(named).or_else(led)
    } else if LANGUAGE.iter().any(|name| is(name)) {
        Some(value)
    } else {
        // Of people's languages none is meant: they stand as `en` or `en-GB`.
        let is_code = is("lang") && matches!(tag, Tag::Pre | Tag::Other);
        Some(value).filter(|name| is_code && !name.contains('-') && !is_spoken(name))
    }?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '.' | '_');
    let name: String = name.chars().take_while(|&c| is_name(c)).collect();
    let name = name.to_ascii_lowercase();
    let is_language = !name.is_empty() && name.len() <= LONGEST_LANGUAGE;
    (is_language && !NONE.contains(&name.as_str())).then_some(name)
}

/// Whether a name is that of a language that people speak.
fn is_spoken(name: &str) -> bool {
    LANGUAGES.iter().any(|language| language.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_for_highlighting_name_the_language_each_in_its_way() {
        let of = |name, value| language_of(Tag::Pre, Attribute { name, value });
        for (name, value, language) in [
            ("class", "highlight-python notranslate", "python"),
            ("class", "highlight highlight-source-rust", "rust"),
            ("class", "language-ruby highlighter-rouge", "ruby"),
            ("class", "prettyprint lang-js linenums", "js"),
            ("class", "brush: js; toolbar: false", "js"),
            ("class", "brush:php", "php"),
            ("class", "syntaxhighlighter csharp", "csharp"),
            ("class", "sourceCode haskell", "haskell"),
            ("class", "src src-C++", "c++"),
            ("class", "hljs go", "go"),
            ("data-lang", "sh", "sh"),
            ("data-enlighter-language", "xml", "xml"),
            ("lang", "ts", "ts"),
        ] {
            assert_eq!(of(name, value).as_deref(), Some(language), "{value}");
        }
        for (name, value) in [
            ("class", "highlight-default notranslate"),
            ("class", "hljs"),
            ("lang", "en"),
            ("lang", "pt-BR"),
            ("title", "rust"),
        ] {
            assert_eq!(of(name, value), None, "{value}");
        }
    }
}
