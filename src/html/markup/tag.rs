//! What the names of elements mean for the text that a page shows.

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::html) enum Display {
    /// In the line.
    Inline,
    /// On lines of its own.
    Line,
    /// Set apart by blank lines.
    Paragraph,
    /// A cell of a table, on the line of its row.
    Cell,
    /// Not at all.
    Hidden,
    /// Not at all, and no tags stand in it.
    Raw,
    /// Without content: nothing can stand in it.
    Void,
}

/// Elements that something depends on, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[rustfmt::skip]
pub(crate) enum Tag {
    A, Address, Article, Aside, Base, Blockquote, Body, Br, Button, Caption, Dd, Details, Dialog, Div, Dt, Figcaption, Figure, Footer, Form, Head, Header, Heading(u8), Hr,
    Html, Image, Li, Link, List, Main, Meta, Nav, Option, P, Pre, Row, Rows, Script, Section, Summary, Table, Td, Template, Time, Title, Vector, Other,
}

/// Bytes of the longest name that is known.
const LONGEST: usize = 14;

impl Tag {
    /// The element of that name, and how it stands in the text.
    #[rustfmt::skip]
    pub(in crate::html) fn of(name: &str) -> (Tag, Display) {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else { return (Tag::Other, Display::Inline) };
        lower.copy_from_slice(name.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"a" => (Tag::A, Display::Inline),
            b"time" => (Tag::Time, Display::Inline),
            b"button" => (Tag::Button, Display::Inline),
            b"div" => (Tag::Div, Display::Line),
            b"li" => (Tag::Li, Display::Line),
            b"dt" => (Tag::Dt, Display::Line),
            b"dd" => (Tag::Dd, Display::Line),
            b"body" => (Tag::Body, Display::Line),
            b"html" => (Tag::Html, Display::Line),
            b"summary" => (Tag::Summary, Display::Line),
            b"tr" => (Tag::Row, Display::Line),
            b"thead" | b"tbody" | b"tfoot" => (Tag::Rows, Display::Line),
            b"legend" | b"center" | b"optgroup" | b"frameset" => (Tag::Other, Display::Line),
            b"p" => (Tag::P, Display::Paragraph),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => (Tag::Heading(lower[1] - b'0'), Display::Paragraph),
            b"ul" | b"ol" | b"dir" | b"menu" | b"dl" => (Tag::List, Display::Paragraph),
            b"address" => (Tag::Address, Display::Paragraph),
            b"article" => (Tag::Article, Display::Paragraph),
            b"aside" => (Tag::Aside, Display::Paragraph),
            b"blockquote" => (Tag::Blockquote, Display::Paragraph),
            b"details" => (Tag::Details, Display::Paragraph),
            b"dialog" => (Tag::Dialog, Display::Paragraph),
            b"figcaption" => (Tag::Figcaption, Display::Paragraph),
            b"figure" => (Tag::Figure, Display::Paragraph),
            b"footer" => (Tag::Footer, Display::Paragraph),
            b"form" => (Tag::Form, Display::Paragraph),
            b"header" => (Tag::Header, Display::Paragraph),
            b"main" => (Tag::Main, Display::Paragraph),
            b"nav" => (Tag::Nav, Display::Paragraph),
            b"pre" | b"listing" => (Tag::Pre, Display::Paragraph),
            b"section" => (Tag::Section, Display::Paragraph),
            b"table" => (Tag::Table, Display::Paragraph),
            b"caption" => (Tag::Caption, Display::Paragraph),
            b"fieldset" | b"hgroup" | b"search" => (Tag::Other, Display::Paragraph),
            b"td" | b"th" => (Tag::Td, Display::Cell),
            b"head" => (Tag::Head, Display::Hidden),
            b"template" => (Tag::Template, Display::Hidden),
            b"svg" => (Tag::Vector, Display::Hidden),
            b"math" => (Tag::Vector, Display::Inline),
            // The source of the formula that stands beside, in TeX or in other markup.
            b"annotation" | b"annotation-xml" => (Tag::Other, Display::Hidden),
            b"option" => (Tag::Option, Display::Hidden),
            b"select" | b"datalist" | b"object" | b"audio" | b"video" | b"canvas" | b"map" | b"rp" => (Tag::Other, Display::Hidden),
            b"script" => (Tag::Script, Display::Raw),
            b"title" => (Tag::Title, Display::Raw),
            b"style" | b"textarea" | b"iframe" | b"xmp" | b"noembed" | b"noframes" | b"noscript" => (Tag::Other, Display::Raw),
            b"br" => (Tag::Br, Display::Void),
            b"hr" => (Tag::Hr, Display::Void),
            b"img" => (Tag::Image, Display::Void),
            b"meta" => (Tag::Meta, Display::Void),
            b"link" => (Tag::Link, Display::Void),
            b"base" => (Tag::Base, Display::Void),
            b"input" | b"source" | b"track" | b"wbr" | b"area" | b"basefont" | b"bgsound" | b"col" | b"embed" | b"param" | b"frame" | b"keygen" => (Tag::Other, Display::Void),
            _ => (Tag::Other, Display::Inline),
        }
    }
}

/// Tells elements of one name from those of another.
pub(in crate::html) fn id_of(name: &str) -> u32 {
    name.bytes().fold(name.len() as u32, |hash, b| {
        (hash.rotate_left(5) ^ u32::from(b.to_ascii_lowercase())).wrapping_mul(0x9e37_79b1)
    })
}

/// Whether the start of an element of kind `tag` ends an open paragraph.
pub(in crate::html) fn ends_paragraph(display: Display, tag: Tag) -> bool {
    match display {
        Display::Paragraph | Display::Line => {
            !matches!(tag, Tag::Caption | Tag::Row | Tag::Rows | Tag::Body | Tag::Html)
        }
        _ => tag == Tag::Hr,
    }
}

/// Whether the start of `new` ends an open `open`, with all that is open within.
pub(in crate::html) fn ends_sibling(new: Tag, open: Tag) -> bool {
    match new {
        Tag::Li => open == Tag::Li,
        Tag::Dt | Tag::Dd => matches!(open, Tag::Dt | Tag::Dd),
        Tag::Td => open == Tag::Td,
        Tag::Row => open == Tag::Row,
        Tag::Rows => open == Tag::Rows,
        Tag::Option => open == Tag::Option,
        _ => false,
    }
}

/// Whether an element keeps what starts within from ending what is open around it.
pub(in crate::html) fn is_fence(tag: Tag, new: Tag) -> bool {
    match new {
        Tag::Li | Tag::Dt | Tag::Dd => matches!(
            tag,
            Tag::List | Tag::Td | Tag::Table | Tag::Article | Tag::Section | Tag::Main | Tag::Body
        ),
        Tag::Td | Tag::Row | Tag::Rows => tag == Tag::Table,
        _ => matches!(tag, Tag::Td | Tag::Table | Tag::Caption | Tag::Button),
    }
}
