//! Copies of a story, and what is repeated around different stories, through whole runs.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::schema::{check, check_all, schema};
use crate::support::{CLEANER, Output};

const QUAY: [&str; 6] = [
    "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.",
    "Crews from three towns had worked through both weekends, and the last of the new lamps was lit an hour before the first ferry came in.",
    "“We had hoped for a month and got it done in half of that,” said harbour master Ilse Brandvold, who had slept in her office for most of the time.",
    "The town will pay for the work out of its reserve. A part of the cost may come back from the insurer, which has sent two surveyors.",
    "Fishermen who had landed their catch at the north pier may come back to their berths from Thursday on, when the cranes have been tested.",
    "The ferry to Skerry Island leaves at the usual hours again. Tickets that were bought for the days of the closure stay valid until autumn.",
];
const MILL: [&str; 4] = [
    "The paper mill at Tarn Bridge has hired forty people for a second shift, the first new hands it has taken on in eleven years.",
    "Its owner, a family that lives above the sluice, says that orders for wrapping paper have doubled since the plastics law came into force.",
    "The union asked for a night bus before it agreed. The bus will run from January, and the mill pays for half of the fare.",
    "Neighbours fear for their sleep. A wall of willow is to be planted along the lane, and the lorries must keep to the valley road.",
];
/// Background that both stories have.
const SHARED: &str = "The valley has lost a third of its jobs since the railway was closed, and both towns have tried to bring work back with cheap ground and a new road.";
const APPEAL: &str = "Nobody owns this paper but those who read it. Put a coin in the box by the door, or send us one by post.";

fn story(title: &str, paragraphs: &[&str]) -> String {
    format!("{title}\n\n{}\n", paragraphs.join("\n\n"))
}

fn run(
    dumps: &[(&str, String)],
    change: impl Fn(dechaff::Run) -> dechaff::Run,
) -> (TempDir, Output) {
    let (input, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (name, text) in dumps {
        fs::write(input.path().join(name), text).unwrap();
    }
    let summary = change(dechaff::Run::new(&CLEANER, vec![input.path().into()], out.path()))
        .run(|_| {})
        .unwrap();
    assert_eq!(summary.failures, []);
    let output = Output::of(out.path());
    check_all(&output);
    (out, output)
}

/// Three copies of one story, and another story with a paragraph in common.
fn dumps() -> Vec<(&'static str, String)> {
    let quay = [&QUAY[..], &[SHARED]].concat();
    let typos = quay
        .iter()
        .map(|p| p.replace("Crews", "Teams").replace("month", "mouth"))
        .collect::<Vec<_>>();
    vec![
        ("a-short.txt", story("Old quay opens again", &quay[..3])),
        ("b-whole.txt", story("Quay reopens after the storm", &quay)),
        ("c-mill.txt", story("Paper mill adds a second shift", &[&MILL[..], &[SHARED]].concat())),
        (
            "d-typos.txt",
            story(
                "QUAY REOPENS AFTER THE STORM",
                &typos.iter().map(String::as_str).collect::<Vec<_>>(),
            ),
        ),
    ]
}

fn dumps_of(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|copy| copy["dump"].as_str().unwrap()).collect()
}

#[test]
fn copies_are_folded_into_the_most_complete_one_and_another_story_stays() {
    let (_, output) = run(&dumps(), |run| run);
    let found: Vec<_> =
        output.articles.iter().map(|a| a["provenance"]["dump"].as_str().unwrap()).collect();
    assert_eq!(found, ["b-whole.txt", "c-mill.txt"]);
    let copies = &output.articles[0]["provenance"]["copies"];
    assert_eq!(dumps_of(copies), ["a-short.txt", "d-typos.txt"]);
    assert_eq!(
        (&copies[0]["relation"], &copies[1]["relation"]),
        (&"contained".into(), &"near".into())
    );
    assert_eq!(copies[0]["title"], "Old quay opens again");
    assert_eq!(
        (&output.manifest["articles"], &output.manifest["canonical"], &output.manifest["copies"]),
        (&4.into(), &2.into(), &2.into())
    );
    assert_eq!(output.dumps().len(), 4, "the ledger has the copies too");
}

#[test]
fn copies_that_are_kept_name_their_canonical_article() {
    let (_, output) = run(&dumps(), |run| run.keep_duplicates(true));
    assert_eq!(output.articles.len(), 4);
    let canonical = &output.articles[1]["id"];
    assert_eq!(&output.articles[0]["provenance"]["copy_of"]["id"], canonical);
    assert_eq!(&output.articles[3]["provenance"]["copy_of"]["id"], canonical);
    assert!(output.articles[2]["provenance"].get("copy_of").is_none());
}

#[test]
fn a_paragraph_of_two_stories_stays_is_marked_or_dropped() {
    let mill = |paragraphs| run(&dumps(), |run| run.paragraphs(paragraphs)).1;
    let kept = mill(dechaff::Paragraphs::Keep);
    assert!(kept.articles[1]["text"].as_str().unwrap().ends_with(SHARED));
    let marked = mill(dechaff::Paragraphs::Mark);
    assert_eq!(marked.articles[1]["text"], kept.articles[1]["text"]);
    let repeat = serde_json::json!([{"paragraph": 4, "dump": "b-whole.txt", "record": null, "article": 1, "similarity": 1.0}]);
    assert_eq!(marked.articles[1]["provenance"]["repeats"], repeat);
    let dropped = mill(dechaff::Paragraphs::Drop);
    assert!(
        dropped.articles[0]["text"].as_str().unwrap().ends_with(SHARED),
        "the first story keeps it"
    );
    assert!(dropped.articles[1]["text"].as_str().unwrap().ends_with(MILL[3]));
    assert_eq!(dropped.articles[1]["provenance"]["paragraphs"].as_array().unwrap().len(), 4);
    let spans = dropped.ledger[2]["spans"].as_array().unwrap();
    assert!(spans.iter().any(|s| s["kind"] == "repeated" && s["repeats"]["dump"] == "b-whole.txt"));
}

/// Six different stories, the first `closed` of which the appeal closes.
fn appeals(closed: usize) -> Vec<(&'static str, String)> {
    let names = ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "f.txt"];
    let paragraphs = [&QUAY[..3], &MILL[..2], &QUAY[3..5], &MILL[2..], &QUAY[5..], &[SHARED]];
    names
        .into_iter()
        .zip(paragraphs)
        .enumerate()
        .map(|(n, (name, own))| {
            (
                name,
                story(
                    &format!("Story number {n} of the week"),
                    &[own, &[APPEAL][..usize::from(n < closed)]].concat(),
                ),
            )
        })
        .collect()
}

#[test]
fn an_appeal_that_no_rule_knows_goes_when_it_closes_four_stories() {
    let (_, output) = run(&appeals(4), |run| run);
    assert_eq!(output.articles.len(), 6);
    assert!(
        output
            .articles
            .iter()
            .all(|a| !a["text"].as_str().unwrap().contains("Nobody owns this paper"))
    );
    let repeated: Vec<&Value> = output
        .ledger
        .iter()
        .flat_map(|l| l["spans"].as_array().unwrap())
        .filter(|s| s["kind"] == "repeated")
        .collect();
    assert_eq!(repeated.len(), 4);
    assert_eq!(
        repeated[3]["repeats"],
        serde_json::json!({"stories": 4, "dump": "a.txt", "record": null, "article": 1})
    );
    assert_eq!(output.manifest["removed"]["repeated"]["spans"], 4);
}

#[test]
fn text_that_is_printed_again_and_what_is_repeated_are_counted_once() {
    let mut dumps = appeals(6);
    let reprint = QUAY[..3].join("\n\n");
    dumps[0].1 = dumps[0].1.replace(APPEAL, &format!("{reprint}\n\n{APPEAL}"));
    let (_, output) = run(&dumps, |run| run);
    assert_eq!(output.articles[0]["text"].as_str().unwrap().matches(QUAY[1]).count(), 1);
    let repeated: Vec<&Value> = output
        .ledger
        .iter()
        .flat_map(|l| l["spans"].as_array().unwrap())
        .filter(|s| s["kind"] == "repeated")
        .collect();
    assert_eq!(repeated.iter().filter(|s| s["rule"] == "detector:printed-again").count(), 1);
    assert_eq!(output.manifest["removed"]["repeated"]["spans"], repeated.len());
}

#[test]
fn an_appeal_around_three_stories_stays_unless_fewer_are_asked_for() {
    let with_it = |output: &Output| {
        output
            .articles
            .iter()
            .filter(|a| a["text"].as_str().unwrap().contains("Nobody owns this paper"))
            .count()
    };
    assert_eq!(with_it(&run(&appeals(3), |run| run).1), 3);
    assert_eq!(with_it(&run(&appeals(3), |run| run.repeated(3)).1), 0);
    assert_eq!(with_it(&run(&appeals(6), |run| run.repeated(0)).1), 6);
}

#[test]
fn threads_change_nothing() {
    let files = |threads: usize| {
        let (out, _) = run(&dumps(), |run| run.threads(std::num::NonZero::new(threads)));
        ["articles.jsonl", "ledger.jsonl"]
            .map(|name| fs::read(Path::new(out.path()).join(name)).unwrap())
    };
    assert_eq!(files(1), files(4));
}

#[test]
fn an_index_remembers_what_earlier_runs_saw() {
    let folder = TempDir::new().unwrap();
    let index = || Some(folder.path().join("seen.index"));
    let quay = |name, count| vec![(name, story("Quay reopens after the storm", &QUAY[..count]))];
    let (_, first) = run(&quay("monday.txt", 3), |run| run.index(index()));
    let known = &first.articles[0]["id"];

    let (out, again) = run(&quay("tuesday.txt", 3), |run| run.index(index()));
    assert_eq!((again.articles.len(), &again.manifest["known"]), (0, &1.into()));
    let copies = fs::read_to_string(out.path().join("copies.jsonl")).unwrap();
    let copy: Value = serde_json::from_str(copies.trim()).unwrap();
    assert_eq!(
        (&copy["id"], &copy["dump"], &copy["relation"]),
        (known, &"tuesday.txt".into(), &"exact".into())
    );
    check(&schema("copy.schema.json"), &copy);

    let (_, fuller) = run(&quay("wednesday.txt", 6), |run| run.index(index()));
    assert_eq!(&fuller.articles[0]["supersedes"], known);

    let (_, kept) = run(&quay("thursday.txt", 6), |run| run.index(index()).keep_duplicates(true));
    assert_eq!(kept.articles[0]["provenance"]["copy_of"]["id"], fuller.articles[0]["id"]);
}

/// A tenth of the text is new: known where a tenth may be lost, and an article of its own where nothing may.
#[test]
fn a_known_text_is_left_out_only_where_no_more_is_lost_than_may_be() {
    let folder = TempDir::new().unwrap();
    let index = || Some(folder.path().join("seen.index"));
    let quay = story("Quay reopens after the storm", &QUAY[..6]);
    run(&[("monday.txt", quay.clone())], |run| run.index(index()));
    let longer =
        vec![("tuesday.txt", format!("{quay}\n\nThe old lamp was lit by its keeper again."))];
    let (_, strict) = run(&longer, |run| run.index(index()).loss(0.0));
    assert_eq!(strict.articles.len(), 1);
}

#[test]
fn a_run_that_cannot_write_leaves_the_index_as_it_was() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    let out = folder.path().join("out");
    fs::write(&out, "a file where a folder should be").unwrap();
    let input = folder.path().join("quay.txt");
    fs::write(&input, story("Quay reopens after the storm", &QUAY)).unwrap();
    dechaff::Run::new(&CLEANER, vec![input], &out)
        .index(Some(index.clone()))
        .run(|_| {})
        .unwrap_err();
    assert_eq!(dechaff::Index::open(&index).unwrap().stats().unwrap().articles, 0);
}

/// Two equal texts, of which a longer one holds half.
#[test]
fn twins_within_a_longer_text_are_one_article() {
    let dumps = vec![
        ("longer.txt", story("The week in the harbour", &[&QUAY[..], &MILL[..2]].concat())),
        ("twin-a.txt", story("Paper mill hires", &MILL)),
        ("twin-b.txt", story("Paper mill hires", &MILL)),
    ];
    let (_, output) = run(&dumps, |run| run);
    let ids: Vec<&str> = output.articles.iter().map(|a| a["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn no_two_canonical_articles_have_one_id_even_if_what_tells_them_apart_is_cut() {
    const FARES: &str = "Fares rise by a tenth in May, the ferry board says, and children ride free as they always did.";
    let mut dumps = appeals(4);
    dumps.push(("g.txt", story("Fares will rise in the spring", &[FARES, APPEAL])));
    dumps.push(("h.txt", story("A word from the ticket office", &[FARES])));
    dumps.push(("i.txt", story("Children ride free", &[FARES])));
    let (_, output) = run(&dumps, |run| run);
    let mut ids: Vec<&str> = output.articles.iter().map(|a| a["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), output.articles.len()), (7, 7));
    assert_eq!(dumps_of(&output.articles[6]["provenance"]["copies"]), ["h.txt", "i.txt"]);
    assert_eq!(output.manifest["canonical"], 7);
}

/// The quay's story as another paper has it: a name misread, a figure changed, a sentence of its own.
fn own_words() -> Vec<(&'static str, String)> {
    let mut other: Vec<String> = QUAY.iter().map(|p| p.replace("Brandvold", "Brandv0ld")).collect();
    other[3] = other[3].replace("two surveyors", "nine surveyors");
    other[4].push_str(" Gulls sleep there now.");
    let other: Vec<&str> = other.iter().map(String::as_str).collect();
    vec![
        ("a.txt", story("Quay reopens after the storm", &[&QUAY[..], &[SHARED]].concat())),
        ("b.txt", story("Quay reopens after the storm", &other)),
    ]
}

fn text_of<'d>(dump: &'d str, range: &Value) -> &'d str {
    let end = |at: usize| range[at].as_u64().unwrap() as usize;
    &dump[end(0)..end(1)]
}

#[test]
fn what_only_a_copy_has_is_listed_and_its_text_names_the_canonical_article() {
    let dumps = own_words();
    let (_, output) = run(&dumps, |run| run);
    assert_eq!(output.articles.len(), 1);
    let canonical = &output.articles[0];
    let own = canonical["provenance"]["copies"][0]["own"].as_array().unwrap();
    let words: Vec<&str> = own.iter().map(|range| text_of(&dumps[1].1, range)).collect();
    assert_eq!(words, ["nine", "Gulls sleep there now."]);
    assert_eq!(output.manifest["own"], serde_json::json!({"spans": 2, "bytes": 26}));
    assert!(canonical.get("appendix").is_none());
    let spans = output.ledger[1]["spans"].as_array().unwrap();
    assert!(spans.iter().all(|span| span["kind"] != "body" && span["kind"] != "title"));
    let copied: Vec<&Value> = spans.iter().filter(|span| span["kind"] == "copy").collect();
    assert!(copied.iter().all(|span| span["copy_of"] == canonical["id"] && span["article"] == 1));
    assert_eq!(output.manifest["removed"]["copy"]["spans"], copied.len());
}

#[test]
fn what_only_a_copy_has_can_be_kept_as_an_appendix() {
    let dumps = own_words();
    let (_, output) = run(&dumps, |run| run.merge_own(true));
    let canonical = &output.articles[0];
    assert!(!canonical["text"].as_str().unwrap().contains("Gulls"));
    let appendix = &canonical["appendix"][0];
    assert_eq!((&appendix["dump"], &appendix["article"]), (&"b.txt".into(), &1.into()));
    assert!(appendix["text"].as_str().unwrap().ends_with("nine surveyors. Gulls sleep there now."));
    let kept: Vec<&str> = output.ledger[1]["spans"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|span| span["kind"] == "body")
        .map(|span| text_of(&dumps[1].1, &serde_json::json!([span["start"], span["end"]])))
        .collect();
    assert_eq!(kept, ["nine", "Gulls sleep there now."]);
}

#[test]
fn an_article_with_too_much_of_its_own_stays_and_names_what_it_is_like() {
    let mut dumps = own_words();
    dumps[1].1.push_str(&format!("\n{}\n\n{}\n", MILL[0], MILL[1]));
    let (_, output) = run(&dumps, |run| run);
    assert_eq!(output.articles.len(), 2);
    let alike: Vec<&Value> =
        output.articles.iter().filter_map(|article| article["provenance"].get("alike")).collect();
    assert_eq!(alike.len(), 1);
    let own = ["own", "other_own"].map(|side| alike[0][side].as_f64().unwrap());
    assert!(own.iter().all(|share| (0.1..0.4).contains(share)), "{own:?}");
    assert_eq!(run(&dumps, |run| run.loss(0.5)).1.articles.len(), 1);
}

#[test]
fn a_paragraph_that_is_nearly_the_same_is_marked_and_dropped_by_the_rule_of_loss() {
    let changed = SHARED.replace("a third", "a quarter");
    let half = SHARED.replace(
        "cheap ground and a new road",
        "the promise of a canal, a school of mining and two hotels",
    );
    let dumps = [
        ("a.txt", story("Quay reopens after the storm", &[&QUAY[..], &[SHARED]].concat())),
        ("b.txt", story("Paper mill adds a second shift", &[&MILL[..2], &[&changed]].concat())),
        ("c.txt", story("A night bus for the mill", &[&MILL[2..], &[&half]].concat())),
    ];
    let (_, marked) = run(&dumps, |run| run.paragraphs(dechaff::Paragraphs::Mark));
    let repeats: Vec<&Value> =
        marked.articles.iter().map(|a| &a["provenance"]["repeats"][0]).collect();
    assert_eq!((&repeats[0], &repeats[1]["dump"]), (&&Value::Null, &"a.txt".into()));
    let similarity = repeats[1]["similarity"].as_f64().unwrap();
    assert!((0.93..1.0).contains(&similarity), "{similarity}");
    let (_, dropped) = run(&dumps, |run| run.paragraphs(dechaff::Paragraphs::Drop));
    let has_it: Vec<bool> = dropped
        .articles
        .iter()
        .map(|a| a["text"].as_str().unwrap().contains("since the railway was closed"))
        .collect();
    assert_eq!(has_it, [true, false, true]);
}
