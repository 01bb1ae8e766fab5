//! What an object of an editor's tree is, by the name of its type.

/// What an object of a tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// Its level where the name says it.
    Heading(Option<u8>),
    /// Whether its items are numbered, where the name says it.
    List(Option<bool>),
    Item(Option<bool>),
    Quote,
    Code,
    Line,
    Table,
    Row,
    Cell,
    HeadCell,
    Picture,
    Rule,
    Break,
    Link,
    /// A piece of a paragraph.
    Piece,
    /// What holds others, or is not known.
    Group,
}

/// The names of types, in small letters and digits alone.
const NAMES: [(Kind, &[&str]); 22] = [
    (
        Kind::Paragraph,
        &["paragraph", "p", "unstyled", "block", "narrativetext", "lead", "textblock"],
    ),
    (Kind::Heading(Some(1)), &["title"]),
    (Kind::Heading(None), &["heading", "header", "subheading", "subtitle", "subheader"]),
    (Kind::List(None), &["list", "checklist", "tasklist", "todolist"]),
    (Kind::List(Some(false)), &["ul", "unorderedlist", "bulletedlist", "bulletlist"]),
    (Kind::List(Some(true)), &["ol", "orderedlist", "numberedlist", "numberlist"]),
    (
        Kind::Item(None),
        &[
            "li",
            "lic",
            "listitem",
            "checklistitem",
            "taskitem",
            "todo",
            "todoitem",
            "checkablelistitem",
        ],
    ),
    (Kind::Item(Some(false)), &["bulletedlistitem", "unorderedlistitem", "bulletlistitem"]),
    (Kind::Item(Some(true)), &["numberedlistitem", "orderedlistitem"]),
    (Kind::Quote, &["quote", "blockquote", "pullquote", "verse"]),
    (Kind::Code, &["code", "codeblock", "preformatted", "pre"]),
    (Kind::Line, &["codeline", "codehighlight"]),
    (Kind::Table, &["table"]),
    (Kind::Row, &["tablerow", "tr"]),
    (Kind::Cell, &["tablecell", "td"]),
    (Kind::HeadCell, &["tableheader", "tableheadercell", "tableheadcell", "th"]),
    (Kind::Picture, &["image", "picture", "figure", "photo", "img", "embeddedassetblock"]),
    (
        Kind::Rule,
        &[
            "horizontalrule",
            "hr",
            "delimiter",
            "divider",
            "separator",
            "thematicbreak",
            "pagebreak",
        ],
    ),
    (Kind::Break, &["hardbreak", "linebreak", "br"]),
    (Kind::Link, &["link", "a", "hyperlink", "autolink", "entryhyperlink", "assethyperlink"]),
    (Kind::Piece, &["text", "span", "equation", "mention", "emoji", "strong", "em", "b", "i"]),
    (Kind::Group, &["doc", "document", "root"]),
];
/// Names of headings that end with their level, as a digit or a word.
const HEADINGS: [&str; 3] = ["heading", "header", "h"];
const LEVELS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];

impl Kind {
    /// What a type is that is named so, and whether the name is known: `core/list-item`, `bulletedList`, `heading_2`, `header-two`.
    pub(super) fn named(name: &str) -> Option<Self> {
        let own = name.rsplit(['/', ':']).next().unwrap_or(name);
        let plain: String = own
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        let known = NAMES.iter().find(|(_, names)| names.contains(&plain.as_str()));
        known.map(|(kind, _)| *kind).or_else(|| {
            let level = HEADINGS.iter().find_map(|heading| level(plain.strip_prefix(heading)?))?;
            Some(Self::Heading(Some(level)))
        })
    }

    /// Whether it says that the list in which it stands is a text.
    pub(super) fn tells_text(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading(_) | Self::List(_) | Self::Item(_))
    }
}

/// The level of a heading that a digit or a word says.
pub(super) fn level(said: &str) -> Option<u8> {
    let word = || LEVELS.iter().position(|word| *word == said).map(|at| at as u8 + 1);
    said.parse().ok().filter(|level| (1..=6).contains(level)).or_else(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_its_words_are_written() {
        for (name, kind) in [
            ("core/paragraph", Kind::Paragraph),
            ("core/list-item", Kind::Item(None)),
            ("bulletedList", Kind::List(Some(false))),
            ("numbered_list_item", Kind::Item(Some(true))),
            ("heading_2", Kind::Heading(Some(2))),
            ("header-two", Kind::Heading(Some(2))),
            ("heading-one", Kind::Heading(Some(1))),
            ("h3", Kind::Heading(Some(3))),
            ("block-quote", Kind::Quote),
            ("NarrativeText", Kind::Paragraph),
        ] {
            assert_eq!(Kind::named(name), Some(kind), "{name}");
        }
        for name in ["article", "post", "h7", "heading", "comment", "hotel", "headline"] {
            assert!(!matches!(Kind::named(name), Some(Kind::Heading(Some(_)))), "{name}");
        }
        assert_eq!(Kind::named("article"), None);
    }
}
