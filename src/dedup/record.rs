//! A document as a line of JSON: `id` and `text`, and where they are known a date and a source.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

/// The fields that every document must have.
#[derive(Debug, Deserialize)]
pub(super) struct Record<'a> {
    /// A string or a number, as it stands in the line.
    #[serde(borrow)]
    pub(super) id: &'a RawValue,
    #[serde(borrow)]
    pub(super) text: Cow<'a, str>,
}

impl<'a> Record<'a> {
    /// Reads a line, or says what is wrong with it.
    pub(super) fn read(line: &'a [u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(line).map_err(|e| e.to_string())?;
        if record.id.get().starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()) {
            Ok(record)
        } else {
            Err("the id is neither a string nor a number".into())
        }
    }
}

/// When and where a document appeared, for the choice among copies. What is no string is not known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
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
        let string = |value: serde_json::Value| value.as_str().map(str::to_string);
        Self { date: fields.date.and_then(string).or(fields.published.and_then(string)), source: fields.source.and_then(string) }
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
        assert_eq!(id(r#"{"id": null, "text": "x"}"#).unwrap_err(), "the id is neither a string nor a number");
        assert!(id(r#"{"id": "a"}"#).unwrap_err().starts_with("missing field `text`"));
    }

    #[test]
    fn the_date_goes_by_two_names() {
        let origin = |line: &str| Origin::read(line.as_bytes());
        let on_monday = Origin { date: Some("2031-06-16".into()), source: Some("Gazette".into()) };
        assert_eq!(origin(r#"{"id": 1, "text": "", "date": "2031-06-16", "source": "Gazette"}"#), on_monday);
        assert_eq!(origin(r#"{"id": 1, "text": "", "published": "2031-06-16", "date": null, "source": "Gazette"}"#), on_monday);
        assert_eq!(origin(r#"{"id": 1, "text": "", "date": 2031}"#), Origin::default());
    }
}
