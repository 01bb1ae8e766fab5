//! A document as a line of JSON, whose fields are left as they stand.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;

use crate::read::field_names::{ID, dotted, holds_text, is_named, text_names};
use crate::read::fields::{about, text_among};
use crate::read::json::{fault, object_of};
use crate::read::record::SourceMetadata;

/// The fields that every document must have, as they stand in the line.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// A string or a number.
    pub(crate) id: &'a RawValue,
    /// A string.
    pub(crate) text: &'a RawValue,
}

impl<'a> Document<'a> {
    /// Reads a line, or says what is wrong with it. The text is looked for as in the records of `clean`.
    pub(crate) fn read(line: &'a [u8], text_field: Option<&str>) -> Result<Self, String> {
        let names = text_names(&text_field);
        let (id, texts) = fields_of(line, names).map_err(|error| fault(&error))?;
        let id = id.ok_or("has no id")?;
        if !id.get().starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
            return Err("the id is neither a string nor a number".into());
        }
        let is_text = |name: &str| text_of(&texts, name).and_then(is_text);
        let name = text_among(names, is_text).map_err(|reason| reason.to_string())?;
        let text = text_of(&texts, name).ok_or("has no text")?;
        Ok(Self { id, text })
    }

    /// The text. Half of a surrogate pair, which no text can hold but JSON can write, becomes U+FFFD.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        unescape(self.text.get())
    }

    /// What the document in a line that [`Self::read`] took says about its text.
    pub(crate) fn about(line: &[u8]) -> SourceMetadata {
        let line = std::str::from_utf8(line).unwrap_or_default();
        object_of(line).map(|object| about(&object, None)).unwrap_or_default()
    }
}

/// The fields of a line that may hold the text, in their order.
type Texts<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

/// The id in an object, and the fields with one of these names.
fn fields_of<'a>(
    object: &'a [u8],
    names: &[&str],
) -> Result<(Option<&'a RawValue>, Texts<'a>), Error> {
    let mut object = serde_json::Deserializer::from_slice(object);
    let fields = Names(names).deserialize(&mut object)?;
    object.end()?;
    Ok(fields)
}

/// The value of a field, or of one in an object.
fn text_of<'a>(texts: &Texts<'a>, name: &str) -> Option<&'a RawValue> {
    let spelled = |name: &str| {
        let exact = texts.iter().rev().find(|(field, _)| field == name);
        exact.or_else(|| texts.iter().find(|(field, _)| is_named(field, name)))
    };
    if let Some((_, text)) = spelled(name) {
        return Some(text);
    }
    let (outer, rest) = dotted(name)?;
    let (_, object) = spelled(outer)?;
    let (_, texts) = fields_of(object.get().as_bytes(), &[rest]).ok()?;
    text_of(&texts, rest)
}

/// The names of the fields that may hold the text.
struct Names<'n>(&'n [&'n str]);

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> DeserializeSeed<'a> for Names<'_> {
    type Value = (Option<&'a RawValue>, Texts<'a>);

    fn deserialize<D: Deserializer<'a>>(self, line: D) -> Result<Self::Value, D::Error> {
        line.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Names<'_> {
    type Value = (Option<&'a RawValue>, Texts<'a>);

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut line: A) -> Result<Self::Value, A::Error> {
        let (mut id, mut texts) = (None, Vec::new());
        while let Some(Name(name)) = line.next_key()? {
            if is_named(&name, ID) {
                id = Some(line.next_value()?);
            } else if holds_text(&name, self.0) {
                texts.push((name, line.next_value()?));
            } else {
                line.next_value::<IgnoredAny>()?;
            }
        }
        Ok((id, texts))
    }
}

/// Whether a value is a string of more than white space; None for one that is no string.
fn is_text(value: &RawValue) -> Option<bool> {
    let string = value.get().strip_prefix('"')?.strip_suffix('"')?.trim_start();
    let is_escaped = string.starts_with('\\');
    Some(if is_escaped { !unescape(value.get()).trim().is_empty() } else { !string.is_empty() })
}

/// What stands in a JSON string in its quotes. Serde would do it too, but copies the text twice.
pub(crate) fn unescape(quoted: &str) -> Cow<'_, str> {
    let string = &quoted[1..quoted.len() - 1];
    let next = |rest: &str| memchr::memchr(b'\\', rest.as_bytes());
    if next(string).is_none() {
        return string.into();
    }
    let mut text = String::with_capacity(string.len());
    let mut rest = string;
    while let Some(at) = next(rest) {
        text.push_str(&rest[..at]);
        let escape = &rest[at + 1..at + 2];
        rest = &rest[at + 2..];
        text.push(match escape {
            "n" => '\n',
            "r" => '\r',
            "t" => '\t',
            "b" => '\u{8}',
            "f" => '\u{c}',
            "u" => unicode_escape(&mut rest),
            other => other.chars().next().unwrap_or_default(),
        });
    }
    text.push_str(rest);
    text.into()
}

/// The character that the digits at the start of `rest` stand for, with the other half if they are the first half of a pair.
fn unicode_escape(rest: &mut &str) -> char {
    let unit = |digits: Option<&str>| digits.and_then(|d| u16::from_str_radix(d, 16).ok());
    let first = unit(rest.get(..4));
    *rest = rest.get(4..).unwrap_or_default();
    let second = rest.strip_prefix("\\u").and_then(|after| unit(after.get(..4)));
    let one = |units: &[u16]| char::decode_utf16(units.iter().copied()).next().and_then(Result::ok);
    match (first, second) {
        (Some(first @ 0xd800..0xdc00), Some(second @ 0xdc00..0xe000)) => {
            *rest = &rest[6..];
            one(&[first, second])
        }
        (Some(first), _) => one(&[first]),
        _ => None,
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Document<'_>, String> {
        Document::read(line.as_bytes(), None)
    }

    #[test]
    fn an_id_is_a_string_or_a_number() {
        let id = |line: &str| read(line).map(|document| document.id.get().to_string());
        assert_eq!(id(r#"{"id": "a", "text": "x", "more": [1]}"#).unwrap(), "\"a\"");
        assert_eq!(id(r#"{"text": "x", "id": 7}"#).unwrap(), "7");
        assert_eq!(
            id(r#"{"id": null, "text": "x"}"#).unwrap_err(),
            "the id is neither a string nor a number"
        );
        assert_eq!(id(r#"{"text": "x"}"#).unwrap_err(), "has no id");
        assert!(id(r#"{"id": 1, "text": "x"} {}"#).is_err());
    }

    #[test]
    fn the_text_stands_where_records_have_it() {
        let text = |line: &str| read(line).map(|document| document.text().into_owned());
        for line in [
            r#"{"id": 1, "text": "the text", "body": "no text"}"#,
            r#"{"id": 1, "content": "the text", "text": " \n"}"#,
            r#"{"raw_content": "the text", "text": 5, "id": 1}"#,
            r#"{"id": 1, "te\u0078t": "the text"}"#,
            r#"{"Id": 1, "articleBody": "the text"}"#,
            r#"{"id": 1, "text": null, "content": {"protected": false, "rendered": "the text"}}"#,
        ] {
            assert_eq!(text(line).unwrap(), "the text", "{line}");
        }
        assert_eq!(text(r#"{"id": 1, "text": "\n"}"#).unwrap(), "\n", "all that there is");
        assert!(text(r#"{"id": 1, "story": "x"}"#).unwrap_err().starts_with("has no text: "));
        let story =
            Document::read(br#"{"id": 1, "text": "x", "story": "the text"}"#, Some("story"));
        assert_eq!(story.unwrap().text(), "the text");
    }

    #[test]
    fn a_text_is_read_as_json_says() {
        let text = |json: &str| {
            read(&format!(r#"{{"id": 1, "text": {json}}}"#)).map(|d| d.text().into_owned())
        };
        for json in
            [r#""plain""#, r#""a\n\"b\" \\ \/ \t\r\b\f c""#, r#""caf\u00e9 \ud83d\ude80 \u65e5""#]
        {
            assert_eq!(text(json).unwrap(), serde_json::from_str::<String>(json).unwrap());
        }
        assert_eq!(text(r#""half \ud83d, \ude80\n""#).unwrap(), "half \u{fffd}, \u{fffd}\n");
        assert!(text("[1]").unwrap_err().starts_with("has no text: "));
        assert!(text(r#""\x""#).is_err());
    }
}
