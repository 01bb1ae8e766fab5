//! What the fields of an object of JSON, or of a row of a table, mean.

use serde_json::{Map, Value};

use crate::bylines;
use crate::error::Unreadable;
use crate::read::charset::{View, check};
use crate::read::field_names::{
    AUTHORS, BYLINE, CREATED, ID, MORE, PUBLISHED, SOURCE, TITLE, URL, dotted, is_named, listed,
    text_names,
};
use crate::read::format::Format;
use crate::read::place::Place;
use crate::read::record::{Part, SourceMetadata};

/// A JSON object, or a row by the names of its columns.
pub(super) type Object = Map<String, Value>;

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
        .ok_or_else(|| Unreadable::NoTextField { looked_for: listed(names) })
}

/// The fields that lead to the one that is named, from the outermost.
fn path_of(object: &Object, name: &str) -> Option<Vec<String>> {
    let field = |name: &str| {
        let spelled = || object.keys().find(|field| is_named(field, name)).map(String::as_str);
        object.get_key_value(name).map(|(field, _)| field.as_str()).or_else(spelled)
    };
    if let Some(field) = field(name) {
        return Some(vec![field.to_owned()]);
    }
    let (outer, rest) = dotted(name)?;
    let outer = field(outer)?;
    let mut path = path_of(object.get(outer)?.as_object()?, rest)?;
    path.insert(0, outer.to_owned());
    Some(path)
}

fn value<'o>(object: &'o Object, name: &str) -> Option<&'o Value> {
    let path = path_of(object, name)?;
    let (last, outer) = path.split_last()?;
    outer.iter().try_fold(object, |object, field| object.get(field)?.as_object())?.get(last)
}

/// Whether a field holds a string, or a list of strings, of more than white space; None where it holds neither.
fn is_text(object: &Object, name: &str) -> Option<bool> {
    let is_blank = |text: &str| text.trim().is_empty();
    match value(object, name)? {
        Value::String(text) => Some(!is_blank(text)),
        Value::Array(list) => {
            let strings: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            strings.filter(|list| !list.is_empty()).map(|list| !list.into_iter().all(is_blank))
        }
        _ => None,
    }
}

/// Whether one of the fields holds a text that is not blank.
pub(super) fn has_text(object: &Object, names: &[&str]) -> bool {
    names.iter().any(|name| is_text(object, name) == Some(true))
}

/// An object as a record, by its number or its place. `stored` says how it was encoded.
pub(super) fn record(place: &Place, number: &str, mut object: Object, stored: &View) -> Part {
    let id = place.id(number);
    let text_field = place.settings.text_field.as_deref();
    let name = match text_among(text_names(&text_field), |name| is_text(&object, name)) {
        Ok(name) => name,
        Err(reason) => {
            let is_there =
                text_names(&text_field).iter().any(|name| value(&object, name).is_some());
            match is_there {
                true => place.settings.looked.found(),
                false => place.settings.looked.missed(object.keys().map(String::as_str)),
            }
            return Part::Broken { record: id, reason };
        }
    };
    place.settings.looked.found();
    let mut about = about(&object, Some(name));
    let text = take(&mut object, name).unwrap_or_default();
    object.retain(|field, _| place.settings.pass_fields.has(field));
    about.fields = object;
    let view = check(&text, &place.settings.limits).map(|()| View { text, ..*stored });
    Part::new(id, view, |view| Format::of_field(name, view), about)
}

/// Takes a string out of an object, or out of one within it; of a list of strings each is a paragraph.
fn take(object: &mut Object, name: &str) -> Option<String> {
    let path = path_of(object, name)?;
    let (last, outer) = path.split_last()?;
    let holder =
        outer.iter().try_fold(object, |object, field| object.get_mut(field)?.as_object_mut())?;
    match holder.remove(last)? {
        Value::String(text) => Some(text),
        Value::Array(list) => {
            let strings: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            strings.map(|strings| strings.join("\n\n"))
        }
        _ => None,
    }
}

/// An object, and those in it that say more of it.
fn with_more(object: &Object) -> impl Iterator<Item = &Object> {
    let more = MORE.iter().filter_map(move |name| value(object, name)?.as_object());
    [object].into_iter().chain(more)
}

/// What an object says about its text, which stands in the field `text`: what stands beside it goes first.
pub(super) fn about(object: &Object, text: Option<&str>) -> SourceMetadata {
    let beside = text
        .and_then(|name| dotted(name).filter(|_| !object.contains_key(name)))
        .and_then(|(outer, _)| value(object, outer)?.as_object());
    let places: Vec<&Object> =
        beside.into_iter().flat_map(with_more).chain(with_more(object)).collect();
    let values = |names: &'static [&str]| {
        places.iter().flat_map(move |object| names.iter().filter_map(|name| value(object, name)))
    };
    let string = |names| values(names).find_map(string_of);
    let id = value(object, ID).and_then(|id| match id {
        Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    });
    let printed = |line: String| names_in(bylines::without_opening(&line).trim());
    let authors = values(&AUTHORS)
        .map(authors_of)
        .chain(values(&BYLINE).filter_map(string_of).map(printed))
        .find(|authors| !authors.is_empty());
    SourceMetadata {
        id,
        url: string(&URL),
        title: string(&TITLE),
        published: string(&PUBLISHED).or_else(|| string(&CREATED)),
        source: string(&SOURCE),
        authors: authors.unwrap_or_default(),
        ..SourceMetadata::default()
    }
}

/// The authors in a list, or in a string.
fn authors_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(string_of).collect(),
        one => string_of(one).map_or_else(Vec::new, |names| names_in(&names)),
    }
}

/// The names in a string: one, several with commas or semicolons between them, or a list as Python prints it.
pub(super) fn names_in(names: &str) -> Vec<String> {
    let listed = names.strip_prefix('[').and_then(|names| names.strip_suffix(']'));
    let bare = |name: &str| name.trim_matches(['\'', '"', ' ']).to_owned();
    let several: Vec<String> = if let Some(list) = listed {
        list.split(',').map(bare).collect()
    } else if names.contains(';') {
        names.split(';').map(bare).collect()
    } else {
        bylines::name_alone(names)
            .filter(|names| names.iter().all(|name| bylines::looks_like_name(name)))
            .unwrap_or_else(|| vec![names.to_owned()])
    };
    several.into_iter().filter(|name| !name.is_empty()).collect()
}

/// A string, or the name of an object that has one, with its white space squeezed; None for an empty one.
fn string_of(value: &Value) -> Option<String> {
    let named = || value.get("name").or_else(|| value.get("rendered"))?.as_str();
    let text = value.as_str().or_else(named)?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::field_names::TEXT;

    fn of(json: &str) -> SourceMetadata {
        about(&serde_json::from_str(json).unwrap(), None)
    }

    #[test]
    fn fields_are_known_by_every_spelling_of_their_names() {
        for json in [
            r#"{"headline": "Quay", "datePublished": "2031-06-16", "Author": "Ada Quill", "web_url": "https://news.example/quay"}"#,
            r#"{"Title": "Quay", "publication date": "2031-06-16", "by-line": "By Ada Quill", "canonicalUrl": "https://news.example/quay"}"#,
            r#"{"title": {"rendered": "Quay"}, "date_publish": "2031-06-16", "creator": [{"name": "Ada Quill"}], "link": "https://news.example/quay"}"#,
            r#"{"title": null, "fields": {"headline": "Quay", "pubDate": "2031-06-16", "authors": ["Ada  Quill"]}, "url": "https://news.example/quay"}"#,
        ] {
            let about = of(json);
            assert_eq!(
                (about.title.as_deref(), about.published.as_deref(), about.url.as_deref()),
                (Some("Quay"), Some("2031-06-16"), Some("https://news.example/quay")),
                "{json}"
            );
            assert_eq!(about.authors, ["Ada Quill"], "{json}");
        }
    }

    #[test]
    fn a_string_may_name_several_authors() {
        for (names, authors) in [
            ("Ada Quill", vec!["Ada Quill"]),
            ("Ada Quill and Ben Reed", vec!["Ada Quill", "Ben Reed"]),
            ("Von Quill Ada", vec!["Von Quill Ada"]),
            ("Ada Quill, Ben Reed", vec!["Ada Quill", "Ben Reed"]),
            ("Quill, Ada; Reed, Ben", vec!["Quill, Ada", "Reed, Ben"]),
            ("['Ada Quill', 'Ben Reed']", vec!["Ada Quill", "Ben Reed"]),
            ("Quill, Ada", vec!["Quill, Ada"]),
            ("The Gazette", vec!["The Gazette"]),
            ("[]", vec![]),
        ] {
            assert_eq!(names_in(names), authors, "{names}");
        }
    }

    #[test]
    fn a_text_stands_in_usual_fields_and_a_list_of_strings_is_one() {
        for json in [
            r#"{"pageContent": "One.\n\nTwo."}"#,
            r#"{"raw_text": "One.\n\nTwo.", "text": null}"#,
            r#"{"text": ["One.", "Two."]}"#,
            r#"{"tags": ["a", "b"], "paragraphs": ["One.", "Two."]}"#,
            r#"{"data": {"markdown": "One.\n\nTwo.", "metadata": {}}}"#,
        ] {
            let mut object = serde_json::from_str(json).unwrap();
            let name = text_among(&TEXT, |name| is_text(&object, name)).unwrap();
            assert_eq!(take(&mut object, name).as_deref(), Some("One.\n\nTwo."), "{json}");
        }
        for json in [r#"{"text": [1, "One."]}"#, r#"{"text": []}"#, r#"{"data": "One."}"#] {
            let object = serde_json::from_str(json).unwrap();
            assert!(text_among(&TEXT, |name| is_text(&object, name)).is_err(), "{json}");
        }
    }

    #[test]
    fn what_stands_beside_the_text_goes_before_what_stands_around_it() {
        let json = r#"{"title": "Search", "url": "https://news.example", "article": {"body": "The text", "title": "Quay"}}"#;
        let mut object = serde_json::from_str(json).unwrap();
        let about = about(&object, Some("article.body"));
        assert_eq!(
            (about.title.as_deref(), about.url.as_deref()),
            (Some("Quay"), Some("https://news.example"))
        );
        let crawled = r#"{"data": {"markdown": "The text", "metadata": {"title": "Quay", "sourceURL": "https://news.example/quay"}}}"#;
        let of_crawl = super::about(&serde_json::from_str(crawled).unwrap(), Some("data.markdown"));
        assert_eq!(
            (of_crawl.title.as_deref(), of_crawl.url.as_deref()),
            (Some("Quay"), Some("https://news.example/quay"))
        );
        assert_eq!(take(&mut object, "article.body").as_deref(), Some("The text"));
        assert!(
            value(&object, "article.title").is_some() && value(&object, "article.body").is_none()
        );
    }
}
