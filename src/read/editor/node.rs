//! An object of an editor's tree: what it is, and where its text stands.

use serde_json::{Map, Value};

use crate::read::editor::kind::{Kind, level};

/// Fields that name the type of an object.
const TYPES: [&str; 5] = ["_type", "nodeType", "blockName", "type", "tag"];
/// Objects within one that hold more of it; so does the one that is called as its type.
const MORE: [&str; 4] = ["data", "attrs", "attributes", "props"];
/// Lists of what stands in an object.
const CHILDREN: [&str; 9] = [
    "children",
    "content",
    "nodes",
    "leaves",
    "rich_text",
    "richText",
    "items",
    "innerBlocks",
    "cells",
];
/// Fields that hold its text; `text` is an object of its own in some pieces.
const TEXTS: [&str; 7] = ["plain_text", "text", "value", "content", "code", "message", "title"];
/// Fields that hold markup.
const MARKUP: [&str; 4] = ["innerHTML", "html", "rendered", "raw_html"];

/// An object of a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'v> {
    object: &'v Map<String, Value>,
    name: Option<&'v str>,
}

/// The text of an object: as it stands, or with the tags of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text<'v> {
    Plain(&'v str),
    Markup(&'v str),
}

impl<'v> Node<'v> {
    pub(super) fn new(object: &'v Map<String, Value>) -> Self {
        let type_of = |field: &&str| object.get(*field).and_then(Value::as_str);
        let of_block =
            || object.get("name")?.as_str().filter(|_| object.contains_key("innerBlocks"));
        Self { object, name: TYPES.iter().find_map(type_of).or_else(of_block) }
    }

    /// What it is by the name of its type, where that is known.
    pub(super) fn known(&self) -> Option<Kind> {
        Kind::named(self.name?)
    }

    /// What it is: what has no type but a text is a piece of a paragraph.
    pub(super) fn kind(&self) -> Kind {
        let kind = match (self.known(), self.name) {
            (Some(kind), _) => kind,
            (None, None) if self.string("text").is_some() => Kind::Piece,
            _ => Kind::Group,
        };
        match kind {
            Kind::Paragraph if self.string("listItem").is_some() => {
                Kind::Item(self.string("listItem").map(|marks| marks == "number"))
            }
            Kind::Paragraph => {
                let styled = self.string("style").and_then(Kind::named);
                styled.filter(|kind| matches!(kind, Kind::Heading(_) | Kind::Quote)).unwrap_or(kind)
            }
            Kind::Heading(None) => Kind::Heading(self.level()),
            Kind::List(None) => Kind::List(Some(self.is_ordered())),
            kind => kind,
        }
    }

    fn level(&self) -> Option<u8> {
        let told = |value: &Value| match value {
            Value::Number(number) => level(&number.to_string()),
            Value::String(tag) => level(tag.trim_start_matches(['h', 'H'])),
            _ => None,
        };
        ["level", "tag"].iter().filter_map(|field| self.field(field)).find_map(told)
    }

    fn is_ordered(&self) -> bool {
        let says = |field: &&str| match self.field(field) {
            Some(Value::String(kind)) => matches!(kind.as_str(), "ordered" | "number" | "ol"),
            Some(Value::Bool(is_ordered)) => *is_ordered,
            _ => false,
        };
        ["style", "listType", "format", "ordered", "tag"].iter().any(says)
    }

    /// The object, and those within it that hold more of it.
    fn places(&self) -> impl Iterator<Item = &'v Map<String, Value>> + use<'v> {
        let object = self.object;
        let own = self.name.into_iter();
        let more = own.chain(MORE).filter_map(|field| object.get(field)?.as_object());
        [object].into_iter().chain(more)
    }

    /// The first value of a field.
    pub(super) fn field(&self, name: &str) -> Option<&'v Value> {
        self.places().find_map(|object| object.get(name).filter(|value| !value.is_null()))
    }

    /// The string in a field.
    pub(super) fn string(&self, name: &str) -> Option<&'v str> {
        self.field(name)?.as_str()
    }

    /// The objects, strings or rows within it.
    pub(super) fn children(&self) -> impl Iterator<Item = &'v [Value]> + use<'v> {
        self.places().flat_map(|object| {
            CHILDREN.iter().filter_map(|field| Some(object.get(*field)?.as_array()?.as_slice()))
        })
    }

    /// Its own text. What stands in its data may have tags, as an editor within a page writes it.
    pub(super) fn text(&self) -> Option<Text<'v>> {
        let string = |object: &'v Map<String, Value>, field: &&str| object.get(*field)?.as_str();
        if let Some(markup) = self.places().find_map(|o| MARKUP.iter().find_map(|f| string(o, f))) {
            return Some(Text::Markup(markup));
        }
        self.places().find_map(|object| {
            let is_own = std::ptr::eq(object, self.object);
            let (field, text) = TEXTS.iter().find_map(|f| Some((*f, string(object, f)?)))?;
            Some(if is_own || field == "code" { Text::Plain(text) } else { Text::Markup(text) })
        })
    }

    /// Where it leads, or its picture stands.
    pub(super) fn address(&self) -> Option<&'v str> {
        let marked = || {
            let marks = self.field("marks")?.as_array()?.iter();
            marks.filter_map(Value::as_object).find_map(|mark| Node::new(mark).string("href"))
        };
        ["href", "url", "uri", "src"].iter().find_map(|field| self.string(field)).or_else(marked)
    }

    /// Markup with gaps in it, in which the objects within it stand one after the other.
    pub(super) fn gapped(&self) -> Option<&'v [Value]> {
        self.object.get("innerContent")?.as_array().map(Vec::as_slice)
    }
}

/// Whether a value is an object of a tree of a kind that is known.
pub(in crate::read) fn is_node(value: &Value) -> bool {
    value.as_object().is_some_and(|object| Node::new(object).known().is_some())
}
