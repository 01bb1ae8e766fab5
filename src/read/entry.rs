//! What an entry of a feed says: RSS and RDF with the usual modules (content, Dublin Core), and Atom.

use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::read::fields::names_in;
use crate::read::format::Format;
use crate::read::pass::PassFields;
use crate::read::record::SourceMetadata;

/// Elements that hold the text, the fullest first.
const TEXT: [&str; 4] = ["content:encoded", "content", "description", "summary"];
const PUBLISHED: [&str; 5] = ["pubDate", "published", "dc:date", "issued", "updated"];
const AUTHORS: [&str; 3] = ["dc:creator", "author", "creator"];
const ID: [&str; 2] = ["id", "guid"];
/// Other elements that are known by their names.
const OTHERS: [&str; 8] = ["title", "link", "source", "name", "item", "entry", "channel", "feed"];
/// Prefixes that feeds give the names of RSS and Atom themselves.
const PREFIXES: [&str; 3] = ["atom", "rss", "a10"];

/// Elements of an entry, and those within each other of which the names are kept.
const MOST_ELEMENTS: usize = 1 << 16;
const DEEPEST: usize = 1 << 10;

/// A record without its id.
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) format: Format,
    pub(super) about: SourceMetadata,
}

impl Entry {
    /// What the elements of an entry say; of the other ones those that `passed` asks for.
    pub(super) fn of(elements: &[Element], passed: &PassFields) -> Self {
        let held = |name: &&str| {
            elements.iter().position(|e| e.name == *name && !e.text.trim().is_empty())
        };
        let text = TEXT.iter().find_map(held);
        let others = elements.iter().enumerate().filter(|(number, _)| Some(*number) != text);
        let fields = others.map(|(_, element)| (element.name.as_str(), element.value()));
        let url = elements.iter().find_map(Element::address);
        let authors = AUTHORS.iter().map(|name| authors_of(elements, name));
        let first = |names: &[&str]| names.iter().find_map(|name| text_of(elements, name));
        let about = SourceMetadata {
            id: first(&ID),
            target: url.clone(),
            url,
            title: first(&["title"]).map(|title| plain(&title)),
            published: first(&PUBLISHED),
            source: first(&["source"]).map(|source| plain(&source)),
            authors: authors.into_iter().find(|names| !names.is_empty()).unwrap_or_default(),
            fields: passed.of_head(fields),
        };
        let element = text.map(|number| &elements[number]);
        Self {
            text: element.map_or_else(String::new, |element| element.text.clone()),
            format: element.map_or(Format::Text, Element::format),
            about,
        }
    }
}

/// The text of the first element with this name that has one.
pub(super) fn text_of(elements: &[Element], name: &str) -> Option<String> {
    let mut texts =
        elements.iter().filter(|element| element.name == name).map(|element| element.text.trim());
    texts.find(|text| !text.is_empty()).map(str::to_owned)
}

/// The names in all elements that name authors so. RSS writes them behind an address: `ada@news.example (Ada Quill)`.
pub(super) fn authors_of(elements: &[Element], name: &str) -> Vec<String> {
    let names = elements.iter().filter(|element| element.name == name).map(|element| {
        let text = element.text.trim();
        match text.strip_suffix(')').and_then(|text| text.split_once('(')) {
            Some((address, name)) if address.contains('@') => name,
            _ if text.contains('@') => "",
            _ => text,
        }
    });
    names.flat_map(names_in).collect()
}

/// A line without tags and entities.
fn plain(line: &str) -> String {
    if !has_markup(line) {
        return line.to_owned();
    }
    let mut pieces = line.split('<');
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text: String = std::iter::once(first).chain(rest).collect();
    html_escape::decode_html_entities(text.trim()).into_owned()
}

/// An element in an entry: its text, decoded, or the markup within it where it is written as XHTML.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
}

impl Element {
    fn begin(tag: &BytesStart) -> Self {
        let attributes = tag.html_attributes().flatten().map(|attribute| {
            let value = html_escape::decode_html_entities(&attribute.value).into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self {
            name: bare(tag.name().as_ref()).to_owned(),
            attributes: attributes.collect(),
            text: String::new(),
        }
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The address of the entry, where this is it.
    fn address(&self) -> Option<String> {
        let is_permanent = self.attribute("isPermaLink") != Some("false");
        let address = match self.name.as_str() {
            "link" if matches!(self.attribute("rel"), None | Some("alternate")) => {
                self.attribute("href").unwrap_or(&self.text)
            }
            "guid" if is_permanent => &self.text,
            _ => "",
        };
        let address = address.trim();
        address.starts_with("http").then(|| address.to_owned())
    }

    /// What it says, in its text or else in an attribute.
    fn value(&self) -> Value {
        let stated = || ["term", "href", "url"].into_iter().find_map(|name| self.attribute(name));
        let text = Some(self.text.trim()).filter(|text| !text.is_empty());
        text.or_else(stated).unwrap_or_default().into()
    }

    /// The element within this one that holds its text, where one does: the name of an author, the headline of the feed that an entry was taken from.
    fn inner(&self) -> &'static str {
        if self.name == "source" { "title" } else { "name" }
    }

    fn format(&self) -> Format {
        let is_html = self.name == "content:encoded"
            || self.attribute("type").is_some_and(|kind| kind.contains("html"))
            || has_markup(&self.text);
        if is_html { Format::Html } else { Format::Text }
    }
}

/// A name of an element without the prefix that some feeds give RSS and Atom; one that is known, in whatever case it stands, as it is known.
pub(super) fn bare(name: &str) -> &str {
    let is_own = |prefix: &str| PREFIXES.iter().any(|own| own.eq_ignore_ascii_case(prefix));
    let name = match name.split_once(':') {
        Some((prefix, rest)) if is_own(prefix) => rest,
        _ => name,
    };
    let mut known = TEXT.iter().chain(&PUBLISHED).chain(&AUTHORS).chain(&ID).chain(&OTHERS);
    known.find(|known| known.eq_ignore_ascii_case(name)).copied().unwrap_or(name)
}

/// Whether a text is written as HTML: it has a tag or an entity.
fn has_markup(text: &str) -> bool {
    let is_tag = |rest: &str| {
        let name = rest.strip_prefix('/').unwrap_or(rest);
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains('>')
    };
    let is_entity = |rest: &str| {
        rest.find(';').is_some_and(|end| {
            (2..10).contains(&end)
                && rest[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        })
    };
    text.split('<').skip(1).any(is_tag) || text.split('&').skip(1).any(is_entity)
}

/// The elements within the first element of a piece of XML, as far as it goes. Entities that a document type declares are left as they stand.
///
/// # Errors
/// Where the markup cannot be understood.
pub(super) fn elements(markup: &str) -> Result<Vec<Element>, String> {
    let mut reader = quick_xml::Reader::from_str(markup);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) =
        (false, true, true);
    let (mut found, mut open) = (Vec::new(), None::<Open>);
    let mut is_within = false;
    while found.len() < MOST_ELEMENTS {
        let before = reader.buffer_position();
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(tag) => match &mut open {
                None if is_within => open = Some(Open::new(&tag, reader.buffer_position())),
                None => is_within = true,
                Some(open) => open.begin(bare(tag.name().as_ref())),
            },
            Event::Empty(tag) if open.is_none() && is_within => found.push(Element::begin(&tag)),
            Event::Empty(_) => open.iter_mut().for_each(|open| open.has_markup = true),
            Event::End(tag) => {
                if let Some(open) = open.take_if(|open| open.is_ended_by(bare(tag.name().as_ref())))
                {
                    found.push(open.end(markup, before));
                }
            }
            Event::Text(text) => open.iter_mut().for_each(|open| open.say(&text.xml10_content())),
            Event::CData(text) => open.iter_mut().for_each(|open| open.say(&text.xml10_content())),
            Event::GeneralRef(name) => {
                let named = format!("&{};", &*name);
                let meant = html_escape::decode_html_entities(&named);
                open.iter_mut().for_each(|open| open.say(&meant));
            }
            Event::Eof => {
                found.extend(open.map(|open| open.end(markup, before)));
                return Ok(found);
            }
            _ => {}
        }
    }
    Err(format!("has over {MOST_ELEMENTS} elements"))
}

/// An element whose end is still to come.
struct Open {
    element: Element,
    /// Where its content begins.
    start: u64,
    /// The elements within it that are open.
    within: Vec<String>,
    /// Whether tags stand in it.
    has_markup: bool,
}

impl Open {
    fn new(tag: &BytesStart, start: u64) -> Self {
        Self { element: Element::begin(tag), start, within: Vec::new(), has_markup: false }
    }

    fn begin(&mut self, name: &str) {
        if name == self.element.inner() {
            self.element.text.clear();
        }
        if self.within.len() < DEEPEST {
            self.within.push(name.to_owned());
        }
        self.has_markup = true;
    }

    fn say(&mut self, text: &str) {
        if self.within.last().is_none_or(|name| name == self.element.inner()) {
            self.element.text.push_str(text);
        }
    }

    /// Whether the end of an element is that of this one. Elements of HTML within it may have none.
    fn is_ended_by(&mut self, name: &str) -> bool {
        if let Some(inner) = self.within.iter().rposition(|within| within == name) {
            self.within.truncate(inner);
            return false;
        }
        self.element.name == name
    }

    /// The element, which ends before the byte `end` of the markup.
    fn end(mut self, markup: &str, end: u64) -> Element {
        let is_prose = TEXT.contains(&self.element.name.as_str()) || self.element.name == "title";
        if self.has_markup && is_prose {
            self.element.text = markup[self.start as usize..end as usize].to_owned();
        }
        self.element
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(markup: &str) -> Entry {
        Entry::of(&elements(markup).unwrap(), &PassFields::Named(vec!["category".into()]))
    }

    #[test]
    fn an_item_of_rss_has_its_fullest_text_and_what_stands_beside_it() {
        let Entry { text, format, about } = entry(
            "<item><title>Quay &amp;amp; mill</title><link>https://news.example/quay</link><category>Town</category><category>Sea</category>\
             <description>A summary.</description><dc:creator><![CDATA[Ada Quill, Ben Reed]]></dc:creator><pubDate>Mon, 16 Jun 2031 15:53:00 GMT</pubDate>\
             <guid isPermaLink=\"false\">7</guid><content:encoded><![CDATA[<p>The quay is open &amp; dry.</p>]]></content:encoded>\
             <media:title>A picture</media:title></item>",
        );
        assert_eq!((text.as_str(), format), ("<p>The quay is open &amp; dry.</p>", Format::Html));
        let told = [&about.title, &about.url, &about.id, &about.published].map(Option::as_deref);
        assert_eq!(
            told.map(Option::unwrap),
            ["Quay & mill", "https://news.example/quay", "7", "Mon, 16 Jun 2031 15:53:00 GMT"]
        );
        assert_eq!(about.authors, ["Ada Quill", "Ben Reed"]);
        assert_eq!(Value::Object(about.fields), serde_json::json!({"category": ["Town", "Sea"]}));
    }

    #[test]
    fn an_entry_of_atom_may_write_its_text_in_three_ways() {
        for (content, text, format) in [
            ("<content>1 &lt; 2 at the quay</content>", "1 < 2 at the quay", Format::Text),
            (
                "<content type='html'>The quay&lt;br/>is open</content>",
                "The quay<br/>is open",
                Format::Html,
            ),
            (
                "<content type='xhtml'><div>The <b>quay</b></div></content>",
                "<div>The <b>quay</b></div>",
                Format::Html,
            ),
            (
                "<content src='https://news.example/a'/><summary>The quay</summary>",
                "The quay",
                Format::Text,
            ),
        ] {
            let entry = entry(&format!(
                "<entry><title type='html'>The &lt;i>quay&lt;/i></title><link rel='self' href='https://news.example/feed'/>\
                 <link href='https://news.example/quay?a=1&amp;b=2'/><author><name>Ada Quill</name><email>ada@news.example</email></author>\
                 <source><id>x</id><title>The Gazette</title></source><updated>2031-06-17</updated><published>2031-06-16</published>{content}</entry>"
            ));
            assert_eq!((entry.text.as_str(), entry.format), (text, format), "{content}");
            let SourceMetadata { title, url, source, published, authors, .. } = entry.about;
            assert_eq!(url.as_deref(), Some("https://news.example/quay?a=1&b=2"));
            assert_eq!(
                (title.as_deref(), source.as_deref()),
                (Some("The quay"), Some("The Gazette"))
            );
            assert_eq!(
                (published.as_deref(), authors),
                (Some("2031-06-16"), vec!["Ada Quill".into()])
            );
        }
    }

    #[test]
    fn markup_that_is_half_wrong_is_read_all_the_same() {
        for (markup, text) in [
            (
                "<item><description>Fish & chips &nbsp;&own; &#8217;</description></item>",
                "Fish & chips \u{a0}&own; ’",
            ),
            ("<item><description><p>One<br>two</p></description></item>", "<p>One<br>two</p>"),
            ("<item><description>One</i> two</description></item>", "One two"),
            ("<item><description>One &amp; two</item>", "One & two"),
        ] {
            assert_eq!(entry(markup).text.trim_end(), text, "{markup}");
        }
        let deep = format!("<item><title>{}</title></item>", "<b>".repeat(4 * DEEPEST));
        assert!(elements(&deep).is_ok());
        let wide = format!("<item>{}</item>", "<a/>".repeat(MOST_ELEMENTS));
        assert!(elements(&wide).unwrap_err().starts_with("has over"));
        let authors = |author: &str| {
            authors_of(
                &elements(&format!("<item><author>{author}</author></item>")).unwrap(),
                "author",
            )
        };
        assert_eq!(authors("ada@news.example (Ada Quill)"), ["Ada Quill"]);
        assert!(authors("ada@news.example").is_empty());
    }
}
