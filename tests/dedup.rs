//! `dechaff dedup`: documents in, canonical ones and clusters out.

use std::num::NonZero;
use std::path::Path;
use std::sync::LazyLock;

use dechaff::Dedup;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::schema::{check, schema};
use crate::support::{folder, sentence};

/// Made-up stories of a harbour town and copies of them.
pub(crate) const HARBOUR: &str = include_str!("dedup/harbour.jsonl");

/// The three files of a run.
pub(crate) struct Found {
    pub(crate) articles: String,
    pub(crate) clusters: String,
    related: String,
    pub(crate) manifest: Value,
}

impl Found {
    pub(crate) fn of(out: &Path) -> Self {
        let read = |name: &str| std::fs::read_to_string(out.join(name)).unwrap();
        Self {
            articles: read("articles.jsonl"),
            clusters: read("clusters.jsonl"),
            related: read("related.jsonl"),
            manifest: serde_json::from_str(&read("manifest.json")).unwrap(),
        }
    }

    pub(crate) fn clusters(&self) -> Vec<Value> {
        self.clusters.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

pub(crate) static FIRST: LazyLock<Found> = LazyLock::new(|| dedup(HARBOUR, &["-j", "1"]));

/// Runs over `documents` on standard input.
fn dedup(documents: &str, options: &[&str]) -> Found {
    let out = TempDir::new().unwrap();
    dechaff()
        .args(["dedup", "-", "-q", "-o"])
        .arg(out.path())
        .args(options)
        .stdin(documents)
        .assert()
        .success();
    Found::of(out.path())
}

/// The copies of the quay's story stand together: with boilerplate around it, in capitals, misread, cut short. Another report of
/// the same event stands alone, and so does a story that shares nothing but the boilerplate.
#[test]
fn copies_come_together_and_nothing_else() {
    let found = dedup(HARBOUR, &[]);
    let ids: Vec<Value> = found.clusters().iter().map(|c| c["cluster"].clone()).collect();
    assert_eq!(
        ids,
        [
            json!([5, 6]),
            json!(["a-gazette", "a-herald", "a-mirror", "a-scan", "a-short"]),
            json!(["c-tram", "d-tram"])
        ]
    );
    let left: Vec<Value> = found
        .articles
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].clone())
        .collect();
    assert_eq!(
        left,
        [json!(5), json!("a-herald"), json!("a-other-report"), json!("b-bakers"), json!("c-tram")]
    );
}

/// What a paper prints below all its stories, and is longer than they are.
const IMPRINT: &str = "The Ferry Bell is printed on Tuesdays and Fridays at the Old Net Loft, and is read in every house between the two lighthouses. \
    NormalizedText to the editor must bear a name and a street; those that bear neither are read aloud in the kitchen and then burned. \
    Nothing that stands in these columns may be copied, recited or sung on other shores without a line in the hand of the publisher. \
    Whoever wants the paper brought to the door may tell the boy with the red cap, or leave two crowns and a note under the bell.";
const STORIES: [&str; 3] = [
    "A seal has taken the place of the watchman on the fish market since Sunday. It lets nobody near the crates but the widow Amsel, who feeds it herring heads. \
    The harbour office wants to see until the end of the week whether the rats stay away as well as they did before.",
    "The school at Nettle Bay has no teacher of arithmetic for the third winter running. Parents have drawn up a list of who can divide, and it has four names. \
    Two of them will take turns from November, a pilot and the clerk of the savings bank.",
    "Snow fell on the ridge on Wednesday night, a month earlier than last year, and the mail coach turned round at the upper inn. \
    Its eleven passengers slept on benches; one of them, a piano tuner, is said to have repaid the innkeeper before breakfast.",
];

/// A handful of texts does not show what is common. Stories under one imprint stay apart all the same, and copies of each come together.
#[test]
fn stories_of_a_small_set_that_share_boilerplate_stay_apart_and_true_copies_do_not() {
    let document = |id: &str, text: String| json!({"id": id, "text": text}).to_string() + "\n";
    let printed: Vec<String> =
        STORIES.iter().map(|story| format!("{story}\n\n{IMPRINT}")).collect();
    let stories: Vec<String> =
        printed.iter().zip(["a", "b", "c"]).map(|(text, id)| document(id, text.clone())).collect();
    assert_eq!(dedup(&stories.concat(), &[]).clusters, "");
    let copies = [
        document("a-misread", printed[0].replace("th", "tb").replace("ou", "on")),
        document("a-bare", STORIES[0].into()),
        document("b-cut", printed[1][..printed[1].len() * 2 / 3].into()),
        document("c-above", format!("Wednesday's paper of the upper valley\n\n{}", printed[2])),
    ];
    let ids: Vec<Value> = dedup(&[stories, copies.into()].concat().concat(), &[])
        .clusters()
        .iter()
        .map(|c| c["cluster"].clone())
        .collect();
    assert_eq!(
        ids,
        [json!(["a", "a-bare", "a-misread"]), json!(["b", "b-cut"]), json!(["c", "c-above"])]
    );
}

#[test]
fn every_member_says_how_it_relates_and_how_similar_it_is() {
    let found = dedup(HARBOUR, &[]);
    let members = found.clusters()[1]["members"].as_array().unwrap().clone();
    let relations: Vec<_> = members
        .iter()
        .map(|m| (m["id"].as_str().unwrap(), m["relation"].as_str().unwrap()))
        .collect();
    assert_eq!(
        relations,
        [
            ("a-gazette", "contained"),
            ("a-mirror", "contained"),
            ("a-scan", "contained"),
            ("a-short", "contained")
        ]
    );
    for member in &members {
        assert!((0.4..=1.0).contains(&member["similarity"].as_f64().unwrap()), "{member}");
    }
}

#[test]
fn what_is_written_fits_the_schemas() {
    let found = dedup(HARBOUR, &["--prefer", "The Gazette"]);
    let cluster = schema("cluster.schema.json");
    found.clusters().iter().for_each(|line| check(&cluster, line));
    check(&schema("dedup-manifest.schema.json"), &found.manifest);
}

/// Of copies that are equally complete the earliest stands for all, then the one of a preferred source, then the first by id.
#[test]
fn the_most_complete_then_the_earliest_then_a_preferred_source_stands_for_all() {
    let text = HARBOUR
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .find(|d| d["id"] == "d-tram")
        .unwrap()["text"]
        .clone();
    let document = |id: &str, date: Value, source: &str| {
        json!({"id": id, "text": text, "date": date, "source": source}).to_string() + "\n"
    };
    let [undated, late, early, early_too] = [
        document("1", Value::Null, "A"),
        document("2", "2031-02-02".into(), "A"),
        document("3", "2031-02-01".into(), "A"),
        document("4", "2031-02-01".into(), "B"),
    ];
    let chosen = |documents: &[&str], options: &[&str]| {
        dedup(&documents.concat(), options).clusters()[0]["canonical"].clone()
    };
    assert_eq!(chosen(&[&undated, &late], &[]), "2");
    assert_eq!(chosen(&[&late, &early_too, &early], &[]), "3");
    assert_eq!(chosen(&[&late, &early_too, &early], &["--prefer", "C", "--prefer", "B"]), "4");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Neither the order of the documents, nor the files they stand in, nor the number of threads shows in what is written.
    #[test]
    fn every_run_writes_the_same_bytes(lines in Just(HARBOUR.lines().collect::<Vec<_>>()).prop_shuffle(), cut in 0..11usize, threads in 1..5usize) {
        let (some, others) = lines.split_at(cut);
        let dir = folder(&[("x.jsonl", some.join("\n").as_bytes()), ("y.jsonl", others.join("\r\n").as_bytes())]);
        let out = dir.path().join("out");
        Dedup::new(vec![dir.path().join("y.jsonl"), dir.path().join("x.jsonl")], &out).threads(NonZero::new(threads)).run(|_| {}).unwrap();
        let again = Found::of(&out);
        prop_assert_eq!((&again.articles, &again.clusters), (&FIRST.articles, &FIRST.clusters));
    }
}

/// Stories that others print again: as they are, with a word changed, cut, between other stories.
fn printed_again(stories: u64) -> String {
    let of = |from: u64, count: u64| -> String {
        (from..from + count).map(|n| sentence(n) + " ").collect()
    };
    let mut lines = String::new();
    for story in 0..stories {
        let from = 31 * story;
        let texts = [
            of(from, 9),
            of(from, 9).to_uppercase(),
            of(from, 8),
            of(from + 3, 9).replace('e', "c"),
            of(from + 20, 2) + &of(from, 9),
            of(9_000, 3) + &of(from + 15, 4),
        ];
        for (number, text) in texts.iter().enumerate() {
            let document =
                json!({"id": format!("{}-{number}", story * 11 % stories), "text": text});
            lines += &(document.to_string() + "\n");
        }
    }
    lines
}

/// What does not fit into memory is spilled, and that shows nowhere: neither in what is written nor in what is left lying about.
#[test]
fn however_little_memory_there_is_the_same_is_written() {
    let documents = printed_again(400);
    let packed = zstd::encode_all(documents.as_bytes(), 1).unwrap();
    let dir = folder(&[("a.jsonl.zst", &packed)]);
    let out = dir.path().join("out");
    let run = |memory: u64, threads: usize| {
        let run = Dedup::new(vec![dir.path().join("a.jsonl.zst")], &out).force(true);
        let summary = run.memory(memory).threads(NonZero::new(threads)).run(|_| {}).unwrap();
        let mut names: Vec<_> = std::fs::read_dir(&out)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        let Found { articles, clusters, related, .. } = Found::of(&out);
        (summary, names, articles, clusters, related)
    };
    let all_in_memory = run(u64::MAX, 1);
    let (summary, names, ..) = &all_in_memory;
    let (copies, related) = (summary.copies, summary.related);
    assert!(copies > 1000 && related > 100 && summary.failures.is_empty(), "{copies} {related}");
    assert!(names.iter().all(|name| !name.starts_with(".dechaff-")), "{names:?}");
    for (memory, threads) in [(0, 1), (0, 3), (1 << 20, 2), (8 << 20, 4)] {
        assert!(run(memory, threads) == all_in_memory, "{memory} bytes, {threads} threads");
    }
}

/// Of documents with the same letters one stands for both, and what is alike is named by that one, whichever came first.
#[test]
fn what_is_alike_is_named_in_any_order_of_arrival() {
    let told = |place: &str, street: &str, stop: &str| {
        format!(
            "The council of {place} agreed{stop} on Friday to close the baths at {street} and to sell the building to a \
             local brewery for a sum that was not named."
        )
    };
    let texts = [
        ("a", told("Kelham", "Pinder Street", "")),
        ("b", told("Kelham", "Pinder Street", ",")),
        ("c", told("Upper Marford", "Old Osgood Lane", "")),
    ];
    let related = |order: [usize; 3]| {
        let line = |at: usize| json!({"id": texts[at].0, "text": texts[at].1}).to_string() + "\n";
        dedup(&order.map(line).concat(), &[]).related
    };
    let first = related([0, 1, 2]);
    assert_eq!(first.lines().count(), 1, "{first}");
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(related(order), first, "{order:?}");
    }
}

#[test]
fn dates_are_compared_however_they_are_written() {
    let document = |id: &str, date: &str| {
        json!({"id": id, "text": "The quay is open.", "date": date}).to_string() + "\n"
    };
    let documents = [
        document("a", "soon"),
        document("b", "1 March 2031"),
        document("c", "2031-02-01"),
        document("d", "Sat, 01 Feb 2031 08:00:00 GMT"),
    ];
    assert_eq!(dedup(&documents.concat(), &[]).clusters()[0]["canonical"], "c");
}

#[test]
fn a_folder_with_a_run_in_it_is_refused_without_force() {
    let out = TempDir::new().unwrap();
    let again = || dechaff().args(["dedup", "-", "-q", "-o"]).arg(out.path()).stdin(HARBOUR);
    again().assert().success();
    again().assert().code(2).stderr_eq("dechaff: [..]: holds files of the names that a run writes; choose another folder or pass --force to replace them\n");
    again().arg("--force").assert().success();
}

/// Texts in scripts that write no spaces, in others that have their own digits, and hardly any text at all.
#[test]
fn any_script_will_do_and_any_length() {
    let story = "港の新しい防潮堤は月曜日の朝に初めて閉じられ、高さ二メートルの波から旧市街を守った。市長は来年春までに二番目の門を建てると述べた。";
    let documents = [
        json!({"id": "ja", "text": story}),
        json!({"id": "ja-cut", "text": story.split_once('。').unwrap().0}),
        json!({"id": "ar", "text": "في عام ٢٠٣١"}),
        json!({"id": "ar-too", "text": "في عام 2031"}),
        json!({"id": "none", "text": ""}),
    ];
    let lines: Vec<String> = documents.iter().map(Value::to_string).collect();
    let found = dedup(&lines.join("\n"), &[]);
    let ids: Vec<Value> = found.clusters().iter().map(|c| c["cluster"].clone()).collect();
    assert_eq!(ids, [json!(["ar", "ar-too"]), json!(["ja", "ja-cut"])]);
}

/// Twelve notices from one form: what all share is the form, and what differs is all that matters.
#[test]
fn texts_of_one_template_stay_apart_and_are_named_as_alike() {
    const NAMES: [&str; 12] = [
        "Ida Holm",
        "Per Quist",
        "Ulla Brekke",
        "Jon Tveit",
        "Maja Sund",
        "Olav Rist",
        "Elin Skog",
        "Knut Voll",
        "Tuva Lien",
        "Arne Moe",
        "Signe Bakk",
        "Roar Fjeld",
    ];
    let notice = |n: usize| {
        let town =
            ["Velmouth", "Upper Garth", "Skarv", "Nettle Bay", "Holm", "Larkhaven", "Quern"][n % 7];
        let (name, hours, pay, day) = (NAMES[n], 21 + 3 * n, 18_250 + 731 * n, 2 + 2 * n);
        let text = format!(
            "The guild of bakers has taken {name} of {town} on as a journeyman. The week has {hours} hours at the ovens of the lower town, and the pay is {pay} crowns a year. \
             Journeymen sleep above the shop, eat at the master's table, and are free from noon on Saturday until the bells on Monday. \
             Whoever objects may say so at the guild house before the {day}th of the month, in writing and with a name."
        );
        json!({"id": n, "text": text}).to_string() + "\n"
    };
    let notices: String = (0..12).map(notice).collect();
    let found = dedup(&notices, &[]);
    assert_eq!(found.clusters, "");
    assert_eq!(found.articles.lines().count(), 12);
    let schema = schema("related.schema.json");
    let related: Vec<Value> =
        found.related.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    related.iter().for_each(|line| check(&schema, line));
    assert!(related.len() >= 8, "{related:?}");
    assert_eq!(found.manifest["related"], related.len());
    assert!(dedup(&notices, &["--loss", "0.9"]).clusters.lines().count() > 0);
}

#[test]
fn a_reply_is_no_copy_of_what_it_quotes() {
    let letter = STORIES[0];
    let quoted: String = letter.split(". ").map(|line| format!("> {line}.\n")).collect();
    let reply = format!("Ole wrote:\n{quoted}\nI saw the seal too, and it ate my sandwich.\n");
    let line = |id: &str, text: &str| json!({"id": id, "text": text}).to_string() + "\n";
    let found = dedup(&(line("letter", letter) + &line("reply", &reply)), &[]);
    assert_eq!(found.clusters, "");
    let twice = line("reply", &reply) + &line("again", &reply.to_uppercase());
    assert_eq!(dedup(&twice, &[]).clusters().len(), 1, "a reply can be a copy of a reply");
}
