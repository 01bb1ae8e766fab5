//! The values of a row as JSON has them.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use parquet::record::{Field, Row};
use serde_json::{Map, Value};

/// A row as an object: its columns by their names.
pub(super) fn object_of(row: Row) -> Map<String, Value> {
    row.into_columns().into_iter().map(|(name, field)| (name, value_of(field))).collect()
}

/// Bytes of all texts in a value, and one for each value.
pub(super) fn bytes_of(value: &Value) -> u64 {
    let within: u64 = match value {
        Value::String(text) => text.len() as u64,
        Value::Array(items) => items.iter().map(bytes_of).sum(),
        Value::Object(fields) => fields.values().map(bytes_of).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    within + 1
}

/// Text, numbers and truth values stay what they are, days and times become text in ISO 8601. Bytes that are no text are null.
fn value_of(field: Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(value) => value.into(),
        Field::Byte(value) => value.into(),
        Field::Short(value) => value.into(),
        Field::Int(value) => value.into(),
        Field::Long(value) => value.into(),
        Field::UByte(value) => value.into(),
        Field::UShort(value) => value.into(),
        Field::UInt(value) => value.into(),
        Field::ULong(value) => value.into(),
        Field::Float(value) => value.into(),
        Field::Double(value) => value.into(),
        Field::Str(text) => text.into(),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        Field::Date(days) => day(days).map_or(Value::Null, |day| day.to_string().into()),
        Field::TimestampMillis(millis) => time(Timestamp::from_millisecond(millis)),
        Field::TimestampMicros(micros) => time(Timestamp::from_microsecond(micros)),
        Field::Group(row) => object_of(row).into(),
        Field::ListInternal(list) => list.elements().iter().cloned().map(value_of).collect(),
        Field::MapInternal(map) => map
            .entries()
            .iter()
            .map(|(key, value)| {
                (key.to_string().trim_matches('"').to_owned(), value_of(value.clone()))
            })
            .collect(),
        other => other.to_string().into(),
    }
}

fn day(days: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(days).ok()?).ok()
}

fn time(stamp: Result<Timestamp, jiff::Error>) -> Value {
    stamp.map_or(Value::Null, |stamp| stamp.strftime("%Y-%m-%dT%H:%M:%S").to_string().into())
}

#[cfg(test)]
mod tests {
    use parquet::data_type::ByteArray;

    use super::*;

    #[test]
    fn days_and_times_become_text() {
        assert_eq!(value_of(Field::Date(22_446)), "2031-06-16");
        assert_eq!(value_of(Field::TimestampMillis(1_939_391_580_000)), "2031-06-16T15:53:00");
        assert_eq!(value_of(Field::TimestampMicros(i64::MAX)), Value::Null);
        assert_eq!(value_of(Field::Date(i32::MIN)), Value::Null);
    }

    #[test]
    fn bytes_that_are_text_are_taken_for_it() {
        assert_eq!(value_of(Field::Bytes(ByteArray::from("café"))), "café");
        assert_eq!(value_of(Field::Bytes(ByteArray::from(vec![0xff, 0xfe]))), Value::Null);
    }
}
