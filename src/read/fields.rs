//! What the fields of an object of JSON, or of a row of Parquet, mean.

use serde_json::{Map, Value};

use crate::error::Unreadable;
use crate::read::charset::{View, check};
use crate::read::format::Format;
use crate::read::place::{Place, Settings};
use crate::read::record::{Part, SourceMetadata};

/// Fields that hold the text, the most usual first.
const TEXT: [&str; 5] = ["text", "content", "body", "html", "raw_content"];
/// The field by which other tables name the record.
pub(super) const ID: &str = "id";
/// Fields that hold more about it; they may also stand in an object under one of [`MORE`].
const URL: [&str; 3] = ["url", "link", "uri"];
const TITLE: [&str; 2] = ["title", "headline"];
const PUBLISHED: [&str; 5] =
    ["published", "date", "published_at", "date_published", "datePublished"];
/// When the text came to be, or somebody took it in: of documents of Dolma the publication, where nothing else says that.
const CREATED: [&str; 1] = ["created"];
const SOURCE: [&str; 3] = ["source", "publisher", "site_name"];
const AUTHORS: [&str; 2] = ["authors", "author"];
const MORE: [&str; 2] = ["metadata", "meta"];

/// A JSON object, or a row by the names of its columns.
pub(super) type Object = Map<String, Value>;

/// The names of the fields that may hold the text.
pub(super) fn text_names<'n>(text_field: &'n Option<&'n str>) -> &'n [&'n str] {
    text_field.as_ref().map_or(TEXT.as_slice(), std::slice::from_ref)
}

/// Whether a column is looked at.
pub(super) fn is_wanted(field: &str, settings: &Settings) -> bool {
    text_names(&settings.text_field.as_deref()).contains(&field)
        || [&[ID][..], &URL, &TITLE, &PUBLISHED, &CREATED, &SOURCE, &AUTHORS, &MORE]
            .concat()
            .contains(&field)
        || settings.pass_fields.has(field)
}

/// The first of the fields `names` that holds a text, or else a string; `is_text` says of a field whether its string is more than white
/// space, and None where it holds no string.
///
/// # Errors
/// [`Unreadable::NoTextField`] where none does.
pub(super) fn text_among<'n>(
    names: &[&'n str],
    is_text: impl Fn(&str) -> Option<bool>,
) -> Result<&'n str, Unreadable> {
    let find = |is: fn(Option<bool>) -> bool| names.iter().find(|name| is(is_text(name)));
    find(|text| text == Some(true))
        .or_else(|| find(|text| text.is_some()))
        .copied()
        .ok_or_else(|| Unreadable::NoTextField { looked_for: names.join(", ") })
}

fn is_text(object: &Object, name: &str) -> Option<bool> {
    object.get(name).and_then(Value::as_str).map(|text| !text.trim().is_empty())
}

/// Whether one of the fields holds a text that is not blank.
pub(super) fn has_text(object: &Object, names: &[&str]) -> bool {
    names.iter().any(|name| is_text(object, name) == Some(true))
}

/// An object as a record.
pub(super) fn record(place: &Place, number: usize, mut object: Object) -> Part {
    let id = place.id(&number.to_string());
    let text_field = place.settings.text_field.as_deref();
    let name = match text_among(text_names(&text_field), |name| is_text(&object, name)) {
        Ok(name) => name,
        Err(reason) => return Part::Broken { record: id, reason },
    };
    let mut about = about(&object);
    let text = match object.remove(name) {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    object.retain(|field, _| place.settings.pass_fields.has(field));
    about.fields = object;
    let view = check(&text).map(|()| View { text, encoding: encoding_rs::UTF_8, replaced: false });
    Part::new(id, view, |view| Format::of_field(name, view), about)
}

/// What an object says about its text.
pub(super) fn about(object: &Object) -> SourceMetadata {
    let places: Vec<&Object> = [object]
        .into_iter()
        .chain(MORE.iter().filter_map(|name| object.get(*name)?.as_object()))
        .collect();
    let values = |names: &'static [&str]| {
        places.iter().flat_map(move |object| names.iter().filter_map(|name| object.get(*name)))
    };
    let string = |names| values(names).find_map(string_of);
    let authors = values(&AUTHORS).map(|value| match value {
        Value::Array(list) => list.iter().filter_map(string_of).collect(),
        one => string_of(one).into_iter().collect::<Vec<_>>(),
    });
    let id = object.get(ID).and_then(|id| match id {
        Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    SourceMetadata {
        id,
        url: string(&URL),
        title: string(&TITLE),
        published: string(&PUBLISHED).or_else(|| string(&CREATED)),
        source: string(&SOURCE),
        authors: authors.into_iter().find(|a| !a.is_empty()).unwrap_or_default(),
        ..SourceMetadata::default()
    }
}

/// A string, or the name of an object that has one, with its white space squeezed; None for an empty one.
fn string_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("name")?.as_str())?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}
