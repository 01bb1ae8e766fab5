//! Which fields of its container a record brings along.

use serde_json::{Map, Value};

/// Which fields of its container a record brings along, by their names without regard to case: the fields of a JSON object or of a row but
/// for the text, the elements of an entry of a feed, the fields of the head of a record of a WARC or ARC, or of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PassFields {
    /// None.
    #[default]
    None,
    /// All.
    All,
    /// Those with these names.
    Named(Vec<String>),
}

impl PassFields {
    /// Whether a field is one of them.
    pub(super) fn has(&self, field: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| name.eq_ignore_ascii_case(field)),
        }
    }

    /// Those of the fields of a head; a field that stands there several times becomes a list.
    pub(super) fn of_head<'f>(
        &self,
        fields: impl Iterator<Item = (&'f str, Value)>,
    ) -> Map<String, Value> {
        let mut passed = Map::new();
        for (name, value) in fields.filter(|(name, _)| self.has(name)) {
            match passed.get_mut(name) {
                None => drop(passed.insert(name.to_owned(), value)),
                Some(Value::Array(values)) => values.push(value),
                Some(one) => *one = Value::Array(vec![one.take(), value]),
            }
        }
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_a_head_go_by_name_without_regard_to_case_and_repeated_ones_are_lists() {
        let head = [("Received", "a"), ("X-List", "quay"), ("Received", "b"), ("Received", "c")];
        let passed = |pass: PassFields| {
            let head = head.into_iter().map(|(name, value)| (name, Value::from(value)));
            Value::Object(pass.of_head(head))
        };
        let named = PassFields::Named(vec!["x-list".into(), "Subject".into()]);
        assert_eq!(passed(named), serde_json::json!({"X-List": "quay"}));
        assert_eq!(
            passed(PassFields::All),
            serde_json::json!({"Received": ["a", "b", "c"], "X-List": "quay"})
        );
        assert_eq!(passed(PassFields::None), serde_json::json!({}));
    }
}
