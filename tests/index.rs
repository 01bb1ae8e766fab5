//! The index of what earlier runs saw, through whole runs: what it takes, what of it is there after a run that was killed, what it refuses.

use std::fs;
use std::path::Path;

use dechaff::Paragraphs;
use serde_json::Value;
use tempfile::TempDir;

use crate::schema::check_all;
use crate::support::{CLEANER, Output, sentence};

/// Bytes of a head of the file; there are two, and parts of it begin behind them.
const HEAD: usize = 4096;

/// An article of some 2,500 bytes that is like no other.
fn article(seed: u64) -> String {
    let paragraph =
        |n: u64| (0..4).map(|s| sentence(1000 * seed + 10 * n + s)).collect::<Vec<_>>().join(" ");
    let text: Vec<String> = (0..6).map(paragraph).collect();
    format!("Number {seed} of the week\n\n{}\n", text.join("\n\n"))
}

/// Runs over articles with an index.
fn run(index: &Path, articles: impl IntoIterator<Item = String>) -> Output {
    run_with(index, articles, Paragraphs::Keep)
}

fn run_with(
    index: &Path,
    articles: impl IntoIterator<Item = String>,
    paragraphs: Paragraphs,
) -> Output {
    let (input, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let line = |text: String| serde_json::json!({ "text": text }).to_string() + "\n";
    let lines: String = articles.into_iter().map(line).collect();
    fs::write(input.path().join("articles.jsonl"), lines).unwrap();
    dechaff::Run::new(&CLEANER, vec![input.path().into()], out.path())
        .index(Some(index.into()))
        .paragraphs(paragraphs)
        .run(|_| {})
        .unwrap();
    let output = Output::of(out.path());
    check_all(&output);
    output
}

#[test]
fn an_article_takes_at_most_five_hundred_bytes() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    let articles: Vec<String> = (0..300).map(article).collect();
    let bytes = articles.iter().map(String::len).sum::<usize>() / articles.len();
    assert!((2000..3000).contains(&bytes), "{bytes}");
    let output = run(&index, articles);
    assert_eq!(output.articles.len(), 300);
    let taken = fs::metadata(&index).unwrap().len() as usize - 2 * HEAD;
    assert!(taken <= 500 * 300, "{} an article", taken / 300);
}

#[test]
fn copies_are_known_after_many_runs_whatever_was_misread_added_or_cut() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    for day in 0..5 {
        run(&index, (0..8).map(|n| article(10 * day + n)));
    }
    let misread = article(3).replace("ba", "bo").replace("li", "1i");
    let cut = article(14).rsplit_once("\n\n").unwrap().0.to_string();
    let again = run(&index, [misread, cut, article(25).replace(". ", "! "), article(99)]);
    let new: Vec<&Value> = again.articles.iter().map(|a| &a["title"]).collect();
    assert_eq!(new, ["Number 99 of the week"]);
    assert_eq!(again.manifest["known"], 3);
    let fuller =
        run(&index, [format!("{}\n\n{}\n\n{}", article(31), sentence(7), sentence(8).repeat(6))]);
    assert!(fuller.articles[0]["supersedes"].is_string());
}

#[test]
fn a_line_that_a_site_prints_below_all_its_previews_is_no_loss() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, (0..10).map(article));
    let preview = |n: u64| {
        let story = article(n);
        let start: Vec<&str> = story.split("\n\n").take(3).collect();
        format!("{}\n\n{}\n", start.join("\n\n"), sentence(900_000))
    };
    let alone = run(&index, [preview(0)]);
    assert_eq!(alone.manifest["known"], 0, "one alone does not show whose line it is");
    let together = run(&index, (1..10).map(preview));
    assert_eq!(together.manifest["known"], 9);
}

/// Where all previews of a run are folded into what earlier runs wrote, none of them shows what they share.
#[test]
fn a_passage_that_all_previews_have_and_no_known_article_is_kept() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, (0..40).map(article));
    for sentences in [3, 6] {
        let passage = (900_000..900_000 + sentences).map(sentence).collect::<Vec<_>>().join(" ");
        let preview = |n: u64| {
            let story = article(n);
            let parts: Vec<&str> = story.split("\n\n").collect();
            format!("{}\n\n{passage}\n\n{}\n", parts[..2].join("\n\n"), parts[2..4].join("\n\n"))
        };
        let index_before = fs::read(&index).unwrap();
        let output = run(&index, (0..30).map(preview));
        let with_passage = output
            .articles
            .iter()
            .filter(|article| article["text"].as_str().unwrap().contains(&passage))
            .count();
        assert_eq!((with_passage, &output.manifest["known"]), (30, &0.into()), "{sentences}");
        fs::write(&index, index_before).unwrap();
    }
}

/// The paragraph of an article, from 0.
fn paragraph(article: &str, number: usize) -> &str {
    article.trim_end().split("\n\n").nth(number + 1).unwrap()
}

/// Another article with a paragraph in its middle.
fn with(seed: u64, background: &str) -> String {
    let own = article(seed);
    own.replacen(
        "\n\n",
        &format!("\n\n{}\n\n{background}\n\n", sentence(1_000_000 + seed).repeat(3)),
        1,
    )
}

#[test]
fn paragraphs_of_earlier_runs_are_marked_or_dropped_even_if_a_word_differs() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    let first = run(&index, (0..4).map(article));
    let id = &first.articles[2]["id"];
    let background = article(2);
    let background = paragraph(&background, 3);
    let (word, rest) = background.split_once(". The ").unwrap();
    let near = format!("{word}. The old {rest}");
    let runs = [background, &near].map(|background| {
        let copy = |paragraphs| {
            let index = folder.path().join(format!("{paragraphs:?}.index"));
            fs::copy(folder.path().join("seen.index"), &index).unwrap();
            run_with(&index, [with(50, background)], paragraphs)
        };
        (copy(Paragraphs::Mark), copy(Paragraphs::Drop))
    });
    for ((marked, dropped), least) in runs.iter().zip([0.97, 0.9]) {
        let repeats = &marked.articles[0]["provenance"]["repeats"];
        assert_eq!(repeats.as_array().unwrap().len(), 1, "{repeats}");
        assert_eq!((&repeats[0]["paragraph"], &repeats[0]["id"]), (&1.into(), id));
        assert!(repeats[0]["dump"].is_null() && repeats[0]["article"].is_null());
        let similarity = repeats[0]["similarity"].as_f64().unwrap();
        assert!((least..=1.0).contains(&similarity), "{similarity}");
        let paragraphs =
            |output: &Output| output.articles[0]["text"].as_str().unwrap().split("\n\n").count();
        assert_eq!(paragraphs(dropped) + 1, paragraphs(marked));
        let spans = dropped.ledger[0]["spans"].as_array().unwrap();
        assert!(
            spans.iter().any(|span| span["kind"] == "repeated" && span["repeats"]["id"] == *id)
        );
    }
}

/// What a fuller copy takes over from the one that it replaces is its own text.
#[test]
fn a_copy_repeats_no_paragraph_of_its_own_story() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, (0..2).map(article));
    let fuller = format!("{}\n\n{}", article(1), article(60).split_once("\n\n").unwrap().1);
    let output = run_with(&index, [fuller], Paragraphs::Mark);
    assert!(output.articles[0]["supersedes"].is_string());
    assert!(
        output.articles[0]["provenance"].get("repeats").is_none_or(|r| r == &serde_json::json!([]))
    );
}

/// A run that is killed has written parts behind those that count, and perhaps some of its heads, one after the other.
#[test]
fn a_run_that_is_killed_while_it_commits_leaves_the_index_as_it_was() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, [article(1), article(2)]);
    let before = fs::read(&index).unwrap();
    run(&index, [article(3)]);
    let after = fs::read(&index).unwrap();
    for written in [0, 1, 9, 100, HEAD - 1, HEAD, HEAD + 1, 2 * HEAD - 1] {
        let mut killed = after.clone();
        killed[written..2 * HEAD].copy_from_slice(&before[written..2 * HEAD]);
        fs::write(&index, &killed).unwrap();
        let articles = if written < HEAD { 2 } else { 3 };
        let stats = dechaff::Index::open(&index).unwrap().stats().unwrap();
        assert_eq!(stats.articles, articles, "after {written} bytes of the heads");
        let output = run(&index, [article(1), article(3)]);
        assert_eq!(output.articles.len(), 3 - articles as usize);
        assert_eq!(fs::read(&index).unwrap()[2 * HEAD..], after[2 * HEAD..]);
        assert_eq!(dechaff::Index::open(&index).unwrap().stats().unwrap().articles, 3);
    }
}

/// Whatever byte of an index is another, or wherever it is cut: it is refused in words, or knows all that it knew.
#[test]
fn a_damaged_index_is_refused_or_read_rightly() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, [article(1), article(2)]);
    run(&index, [article(3)]);
    let whole = fs::read(&index).unwrap();
    let known = dechaff::Index::open(&index).unwrap().stats().unwrap();
    let mut refused = 0;
    let mut look = |bytes: &[u8], what: &str| {
        fs::write(&index, bytes).unwrap();
        match dechaff::Index::open(&index) {
            Ok(index) => assert_eq!(index.stats().unwrap().articles, known.articles, "{what}"),
            Err(error) => {
                refused += 1;
                assert!(error.to_string().contains("seen.index"), "{error}");
                assert!(error.to_string().contains("index rebuild"), "{what}: {error}");
            }
        }
    };
    for at in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        look(&damaged, &format!("another bit at {at}"));
    }
    for len in (HEAD..whole.len()).step_by(13) {
        look(&whole[..len], &format!("cut at {len}"));
    }
    let mut both = whole.clone();
    (both[100], both[HEAD + 100]) = (0xff, 0xff);
    look(&both, "both heads");
    assert!(refused > whole.len() / 30, "{refused} of {}", whole.len());
}

/// From what two runs wrote comes the index that they kept, in the place of one that is damaged.
#[test]
fn an_index_is_written_anew_from_the_folders_of_earlier_runs() {
    let place = TempDir::new().unwrap();
    let at = |name: &str| place.path().join(name);
    let lines = |articles: &[String]| -> String {
        let line = |text: &String| serde_json::json!({ "text": text }).to_string() + "\n";
        articles.iter().map(line).collect()
    };
    let fuller = format!("{}\n\n{}", article(1), article(101).split_once("\n\n").unwrap().1);
    fs::write(at("monday.jsonl"), lines(&[article(1), article(2), article(2)])).unwrap();
    fs::write(at("tuesday.jsonl"), lines(&[article(2), article(3), fuller])).unwrap();
    let dechaff = |arguments: &[&str]| {
        let output = crate::cli::dechaff().args(arguments).current_dir(place.path()).output();
        let output = output.unwrap();
        let said = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), said(output.stdout), said(output.stderr))
    };
    for (day, form) in [("monday", &["--shard", "1"][..]), ("tuesday", &["--compress", "zst"])] {
        let (input, out) = (format!("{day}.jsonl"), format!("out-{day}"));
        let clean = ["clean", &input, "-o", &out, "--index", "seen.index", "-q"];
        assert_eq!(dechaff(&[&clean[..], form].concat()).0, Some(0));
    }
    let kept = fs::read(at("seen.index")).unwrap();
    let stats = dechaff(&["index", "stats", "seen.index"]);
    fs::write(at("seen.index"), &kept[..kept.len() - 1]).unwrap();
    let refused = dechaff(&["clean", "monday.jsonl", "-o", "out", "--index", "seen.index"]);
    assert_eq!(refused.0, Some(2), "{}", refused.2);
    assert!(refused.2.contains("write it anew with `dechaff index rebuild`"), "{}", refused.2);

    let rebuilt = dechaff(&["index", "rebuild", "seen.index", "out-monday", "out-tuesday"]);
    assert_eq!((rebuilt.0, &rebuilt.1), (Some(0), &stats.1), "{}", rebuilt.2);
    assert_eq!(fs::read(at("seen.index")).unwrap(), kept);

    fs::write(at("notes.txt"), "dear diary").unwrap();
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let (status, _, said) = dechaff(&[&["index", "rebuild"], arguments].concat());
        assert_eq!((status, said.lines().count()), (Some(code), 1), "{said}");
        assert!(said.contains(words), "{said}");
    };
    refused(&["notes.txt", "out-monday"], 2, "name another file");
    refused(&["new.index", "nowhere"], 3, "nowhere");
    let clean = ["clean", "monday.jsonl", "-o", "out", "--format", "text", "-q"];
    assert_eq!(dechaff(&clean).0, Some(0));
    refused(&["new.index", "out"], 2, "--format jsonl");
    assert!(!at("new.index").exists());
}

#[test]
fn what_is_no_index_is_refused_in_one_line() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    let refused = |bytes: &[u8]| {
        fs::write(&index, bytes).unwrap();
        let error = dechaff::Index::open(&index).unwrap_err().to_string();
        assert_eq!(fs::read(&index).unwrap(), bytes, "it stays as it was");
        assert!(error.contains("seen.index") && !error.contains('\n'), "{error}");
        error
    };
    assert!(
        refused(&[b"redb\x1a\x0a", &[0; 20_000][..]].concat())
            .contains("delete it or name another file")
    );
    assert!(refused(b"dear diary").contains("name another file"));
    fs::remove_file(&index).unwrap();
    run(&index, [article(1)]);
    let whole = fs::read(&index).unwrap();
    assert!(
        refused(&whole[..whole.len() - 1])
            .contains("is damaged; write it anew with `dechaff index rebuild`")
    );
}

#[test]
fn compacting_keeps_what_counts() {
    let folder = TempDir::new().unwrap();
    let index = folder.path().join("seen.index");
    run(&index, (0..6).map(article));
    let text = |n| article(n).split_once("\n\n").unwrap().1.to_owned();
    let fuller = |n| format!("{}\n\n{}", article(n), text(n + 100));
    run(&index, (0..3).map(fuller));
    let mut open = dechaff::Index::open(&index).unwrap();
    let before = open.stats().unwrap();
    assert!(open.compact().unwrap());
    let after = open.stats().unwrap();
    assert_eq!((before.articles, before.superseded), (6, 3));
    assert_eq!((after.articles, after.superseded), (6, 3));
    drop(open);
    let again = run(&index, (0..6).map(article));
    assert_eq!((again.articles.len(), &again.manifest["known"]), (0, &6.into()));
}
