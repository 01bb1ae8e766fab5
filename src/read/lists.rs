//! Lists of objects within an object, as interfaces of servers answer with: `{"status": "ok", "articles": [{…}, {…}]}`.

use serde_json::Value;

use crate::read::fields::{Object, has_text};

/// Objects within each other in which lists are looked for.
const DEEPEST: usize = 4;

/// What stands in the lists of an object.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The objects, each with its place: `articles.3`.
    pub(super) objects: Vec<(String, Object)>,
    /// How many values beside them are no objects.
    pub(super) others: usize,
}

/// Takes the objects out of the lists that stand in `object` or in objects within it, where one of a list has a text at least.
pub(super) fn listed(object: &mut Object, names: &[&str]) -> Found {
    let mut found = Found::default();
    search(object, names, "", DEEPEST, &mut found);
    found
}

fn search(object: &mut Object, names: &[&str], path: &str, depth: usize, found: &mut Found) {
    for (field, value) in object.iter_mut() {
        match value {
            Value::Array(values) if values.iter().any(|value| is_record(value, names)) => {
                for (number, value) in std::mem::take(values).into_iter().enumerate() {
                    match value {
                        Value::Object(object) => {
                            let place = format!("{path}{field}.{}", number + 1);
                            found.objects.push((place, object));
                        }
                        _ => found.others += 1,
                    }
                }
            }
            Value::Object(within) if depth > 1 => {
                search(within, names, &format!("{path}{field}."), depth - 1, found);
            }
            _ => {}
        }
    }
}

fn is_record(value: &Value, names: &[&str]) -> bool {
    value.as_object().is_some_and(|object| has_text(object, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(json: &str) -> Vec<String> {
        let mut object = serde_json::from_str(json).unwrap();
        let found = listed(&mut object, &["text"]);
        let others = (found.others > 0).then(|| format!("{} others", found.others));
        found.objects.into_iter().map(|(place, _)| place).chain(others).collect()
    }

    #[test]
    fn lists_with_a_text_are_found_wherever_they_stand() {
        assert_eq!(
            places(r#"{"count": 2, "articles": [{"text": "a"}, {"title": "none"}, 3]}"#),
            ["articles.1", "articles.2", "1 others"]
        );
        assert_eq!(
            places(
                r#"{"response": {"results": [{"text": "a"}], "tags": [{"name": "x"}]}, "b": [{"text": "c"}]}"#
            ),
            ["b.1", "response.results.1"]
        );
        assert!(
            places(r#"{"words": ["text"], "empty": [{"text": " "}], "one": {"text": "a"}}"#)
                .is_empty()
        );
    }
}
