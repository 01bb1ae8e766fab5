//! A document as a line of JSON: `id` and `text`, and where they are known a date and a source.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::dates::find;
use crate::dates::order::Order;

/// The fields that every document must have, as they stand in the line.
#[derive(Debug, Deserialize)]
pub(super) struct Record<'a> {
    /// A string or a number.
    #[serde(borrow)]
    pub(super) id: &'a RawValue,
    /// A string.
    #[serde(borrow)]
    pub(super) text: &'a RawValue,
}

impl<'a> Record<'a> {
    /// Reads a line, or says what is wrong with it.
    pub(super) fn read(line: &'a [u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(line).map_err(|e| fault(&e))?;
        if !record.id.get().starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
            return Err("the id is neither a string nor a number".into());
        }
        if !record.text.get().starts_with('"') {
            return Err("the text is no string".into());
        }
        Ok(record)
    }

    /// The text. Half of a surrogate pair, which no text can hold but JSON can write, becomes U+FFFD.
    pub(super) fn text(&self) -> Cow<'a, str> {
        unescape(self.text.get())
    }
}

/// What is wrong with a line of JSON, and at which byte of it. Serde counts lines from its beginning, which would be taken for a line of the file.
fn fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    said.strip_suffix(&place)
        .map_or_else(|| said.clone(), |reason| format!("{reason} (at byte {})", error.column()))
}

/// What stands in a JSON string in its quotes. Serde would do it too, but copies the text twice.
pub(super) fn unescape(quoted: &str) -> Cow<'_, str> {
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

/// When and where a document appeared, for the choice among copies. What is no string is not known, nor is a date that reads two ways.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    /// In ISO 8601, however the document writes it.
    pub(super) date: Option<String>,
    pub(super) source: Option<String>,
}

impl Origin {
    /// Reads it from a line that [`Record::read`] took: `date` or `published`, and `source`.
    pub(super) fn read(line: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Fields {
            date: Option<serde_json::Value>,
            published: Option<serde_json::Value>,
            source: Option<serde_json::Value>,
        }
        let Ok(fields) = serde_json::from_slice::<Fields>(line) else { return Self::default() };
        let string = |value: Option<serde_json::Value>| {
            value.and_then(|value| value.as_str().map(str::to_string))
        };
        let date = |value| {
            string(value)
                .and_then(|text| find(&text, Order::Unknown).into_iter().next())
                .map(|found| found.iso)
        };
        Self {
            date: date(fields.date).or_else(|| date(fields.published)),
            source: string(fields.source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_string_or_a_number() {
        let id = |line: &str| Record::read(line.as_bytes()).map(|r| r.id.get().to_string());
        assert_eq!(id(r#"{"id": "a", "text": "x", "more": [1]}"#).unwrap(), "\"a\"");
        assert_eq!(id(r#"{"text": "x", "id": 7}"#).unwrap(), "7");
        assert_eq!(
            id(r#"{"id": null, "text": "x"}"#).unwrap_err(),
            "the id is neither a string nor a number"
        );
        assert_eq!(id(r#"{"id": "a"}"#).unwrap_err(), "missing field `text` (at byte 11)");
    }

    #[test]
    fn a_text_is_read_as_json_says() {
        let text = |json: &str| {
            Record::read(format!(r#"{{"id": 1, "text": {json}}}"#).as_bytes())
                .map(|r| r.text().into_owned())
        };
        for json in
            [r#""plain""#, r#""a\n\"b\" \\ \/ \t\r\b\f c""#, r#""caf\u00e9 \ud83d\ude80 \u65e5""#]
        {
            assert_eq!(text(json).unwrap(), serde_json::from_str::<String>(json).unwrap());
        }
        assert_eq!(text(r#""half \ud83d, \ude80\n""#).unwrap(), "half \u{fffd}, \u{fffd}\n");
        assert_eq!(text("[1]").unwrap_err(), "the text is no string");
        assert!(text(r#""\x""#).is_err());
    }

    #[test]
    fn the_date_goes_by_two_names_and_is_written_in_many_ways() {
        let origin = |line: &str| Origin::read(line.as_bytes());
        let on_monday = Origin { date: Some("2031-06-16".into()), source: Some("Gazette".into()) };
        assert_eq!(
            origin(r#"{"id": 1, "text": "", "date": "2031-06-16", "source": "Gazette"}"#),
            on_monday
        );
        assert_eq!(
            origin(
                r#"{"id": 1, "text": "", "published": "2031-06-16", "date": null, "source": "Gazette"}"#
            ),
            on_monday
        );
        assert_eq!(origin(r#"{"id": 1, "text": "", "date": 2031}"#), Origin::default());
        let date = |text: &str| {
            origin(&serde_json::json!({"id": 1, "text": "", "date": text}).to_string()).date
        };
        assert_eq!(
            ["16 June 2031", "Mon, 16 Jun 2031"].map(date),
            ["2031-06-16", "2031-06-16"].map(|iso| Some(iso.to_string()))
        );
        assert_eq!(
            ["03/04/2031", "soon"].map(date),
            [None, None],
            "a date that reads two ways, or none"
        );
    }
}
