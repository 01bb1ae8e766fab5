//! Every threshold halved and doubled, one at a time: does a table notice?

use serde_json::Value;

use crate::clean::tables::table::{cleaner, failures};
use crate::clean::thresholds::Thresholds;

/// The places of all numbers in `value` that are not zero.
fn numbers(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Number(number) if number.as_f64() != Some(0.0) => found.push(at.to_owned()),
        Value::Object(fields) => {
            for (name, field) in fields {
                numbers(field, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

fn scaled(number: &Value, factor: f64) -> Value {
    match number.as_u64() {
        Some(whole) => Value::from((whole as f64 * factor).round() as u64),
        None => Value::from(number.as_f64().unwrap() * factor),
    }
}

/// Left out are `most_share`, as a detector may take all of a text today, and what only the trees of splits weigh: `tests/tables/sets.txt` holds
/// texts for those.
#[test]
#[ignore = "takes minutes"]
fn every_threshold_is_noticed_when_it_is_halved_or_doubled() {
    let mut cleaner = cleaner();
    let defaults = serde_json::to_value(Thresholds::default()).unwrap();
    let mut found = Vec::new();
    numbers(&defaults, "", &mut found);
    let only = std::env::var("SWEEP").unwrap_or_default();
    const WITH_TREES: [&str; 5] =
        ["/most_share", "/lead_of_split", "/lead_of_weak", "/lead_of_rules", "/share_of_choice"];
    found.retain(|place| {
        place.starts_with(&only) && !WITH_TREES.iter().any(|end| place.ends_with(end))
    });
    let mut unnoticed = Vec::new();
    let mut fields = 0;
    for place in &found {
        let mut seen = false;
        for factor in [0.5, 2.0] {
            let mut changed = defaults.clone();
            let number = changed.pointer_mut(place).unwrap();
            *number = scaled(number, factor);
            cleaner.thresholds = serde_json::from_value(changed).unwrap();
            let notices = failures(&cleaner).next().is_some();
            seen |= notices;
            if !notices {
                unnoticed.push(format!("{place} × {factor}"));
            }
        }
        fields += usize::from(!seen);
    }
    let share = format!(
        "{} of {} changes and {fields} of {} thresholds go unnoticed:\n{}",
        unnoticed.len(),
        found.len() * 2,
        found.len(),
        unnoticed.join("\n")
    );
    assert_eq!(fields, 0, "{share}");
    #[expect(clippy::print_stdout, reason = "a report to read")]
    {
        println!("{share}");
    }
}
