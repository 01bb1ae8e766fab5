//! The schemas in `docs/schema` describe what a run really writes.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Output, SAMPLES, folder, run};

pub(crate) fn schema(name: &str) -> jsonschema::Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema").join(name);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::meta::validate(&schema).unwrap_or_else(|e| panic!("{name} is no schema: {e}"));
    jsonschema::validator_for(&schema).unwrap()
}

pub(crate) fn check(schema: &jsonschema::Validator, value: &Value) {
    let faults: Vec<String> =
        schema.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

pub(crate) fn check_all(output: &Output) {
    let (article, ledger, manifest) = (
        schema("article.schema.json"),
        schema("ledger.schema.json"),
        schema("manifest.schema.json"),
    );
    output.articles.iter().for_each(|line| check(&article, line));
    output.ledger.iter().for_each(|line| check(&ledger, line));
    check(&manifest, &output.manifest);
}

#[test]
fn a_run_over_the_samples_fits_the_schemas() {
    let (summary, output) = run(&[Path::new(SAMPLES)]);
    assert_eq!(output.articles.len(), summary.articles);
    check_all(&output);
}

#[test]
fn a_run_with_failures_and_skipped_files_fits_the_schemas() {
    let dir = folder(&[("empty.txt", b""), (".hidden", b"x"), ("zero.txt", b"caf\0")]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!((summary.failures.len(), summary.skipped.len()), (2, 1));
    check_all(&output);
}

#[test]
fn the_manifest_adds_up_the_ledger() {
    let output = run(&[Path::new(SAMPLES)]).1;
    let spans = || output.ledger.iter().flat_map(|l| l["spans"].as_array().unwrap());
    for (kind, removed) in output.manifest["removed"].as_object().unwrap() {
        let sizes: Vec<u64> = spans()
            .filter(|s| s["kind"] == **kind)
            .map(|s| s["end"].as_u64().unwrap() - s["start"].as_u64().unwrap())
            .collect();
        assert_eq!(
            *removed,
            json!({"spans": sizes.len(), "bytes": sizes.iter().sum::<u64>()}),
            "{kind}"
        );
    }
    assert_eq!(output.manifest["inputs"], output.ledger.len());
    assert_eq!(
        output.manifest["bytes"],
        output.ledger.iter().map(|l| l["bytes"].as_u64().unwrap()).sum::<u64>()
    );
    assert_eq!(output.manifest["articles"], output.articles.len());
}

#[test]
fn the_schemas_refuse_what_is_no_output() {
    let article = run(&[Path::new(SAMPLES)]).1.articles.remove(0);
    let schema = schema("article.schema.json");
    for (field, wrong) in [
        ("id", json!("x")),
        ("text", json!("")),
        ("published", json!("yesterday")),
        ("authors", Value::Null),
    ] {
        let mut changed = article.clone();
        changed[field] = wrong;
        assert!(!schema.is_valid(&changed), "{field}");
        changed.as_object_mut().unwrap().remove(field);
        assert!(!schema.is_valid(&changed), "without {field}");
    }
}
