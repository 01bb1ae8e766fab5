//! How an archive is laid out: compressed, in shards, on standard output, in the place of another.

use std::io::Write;
use std::num::NonZero;
use std::path::Path;

use dechaff::{Compression, Format, Layout};
use dechaff::{Error, Run};
use serde_json::Value;
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::forms::{Files, PLAIN, files, gunzip, lines, manifest, names, samples, write};
use crate::parquet_written::rows;
use crate::schema::{check, schema};
use crate::support::{CLEANER, SAMPLES, STORY, folder};

fn packed(compression: Compression) -> Layout {
    Layout { compression: Some(compression), ..Layout::default() }
}

fn shards(bytes: Option<u64>) -> Layout {
    Layout { shard: bytes.and_then(NonZero::new), ..Layout::default() }
}

#[test]
fn files_of_lines_are_compressed_where_that_is_asked() {
    let gz = samples(|run| run.layout(packed(Compression::Gzip)));
    assert_eq!(names(&gz), ["articles.jsonl.gz", "ledger.jsonl.gz", "manifest.json"]);
    let zst = samples(|run| run.layout(packed(Compression::Zstd)));
    assert_eq!(names(&zst), ["articles.jsonl.zst", "ledger.jsonl.zst", "manifest.json"]);
    for name in ["articles.jsonl", "ledger.jsonl"] {
        assert_eq!(gunzip(&gz[&format!("{name}.gz")]), PLAIN[name]);
        assert_eq!(zstd::decode_all(&zst[&format!("{name}.zst")][..]).unwrap(), PLAIN[name]);
    }
}

/// A shard is as large as it may be, whatever the format, and no article stands in two.
#[test]
fn shards_are_bounded_and_hold_all_in_order() {
    const BYTES: usize = 8000;
    let parts = |files: &Files, stem: &str| {
        files
            .iter()
            .filter(|(name, _)| name.starts_with(stem))
            .map(|(_, bytes)| bytes.clone())
            .collect::<Vec<_>>()
    };
    let sharded = |format| samples(|run| run.format(format).layout(shards(Some(BYTES as u64))));
    let plain = sharded(Format::Jsonl);
    assert!(
        plain.contains_key("articles-00000.jsonl")
            && plain.contains_key("articles-00002.jsonl")
            && plain.contains_key("ledger-00001.jsonl")
    );
    for stem in ["articles", "ledger"] {
        let parts = parts(&plain, stem);
        assert_eq!(parts.concat(), PLAIN[&format!("{stem}.jsonl")]);
        for pair in parts.windows(2) {
            let next = lines(&pair[1]).len();
            let first = pair[1].split_inclusive(|&b| b == b'\n').next().unwrap();
            assert!(
                next > 0
                    && (pair[0].len() <= BYTES || lines(&pair[0]).len() == 1)
                    && pair[0].len() + first.len() > BYTES
            );
        }
    }
    let ids = |rows: Vec<Value>| {
        rows.into_iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let by_shard: Vec<_> =
        parts(&plain, "articles").iter().map(|shard| ids(lines(shard))).collect();
    assert_eq!(
        parts(&sharded(Format::Parquet), "articles")
            .iter()
            .map(|shard| ids(rows(shard)))
            .collect::<Vec<_>>(),
        by_shard
    );
    assert_eq!(
        parts(&sharded(Format::Dolma), "documents/articles")
            .iter()
            .map(|shard| ids(lines(&gunzip(shard))))
            .collect::<Vec<_>>(),
        by_shard
    );
}

#[test]
fn every_format_is_the_same_bytes_for_any_number_of_threads() {
    for format in [Format::Jsonl, Format::Parquet, Format::Markdown, Format::Text, Format::Dolma] {
        let [one, two] = [1, 2].map(|threads| {
            let shard = if matches!(format, Format::Markdown | Format::Text) {
                None
            } else {
                NonZero::new(8000)
            };
            let layout = Layout { shard, ..packed(Compression::Zstd) };
            let mut files =
                samples(|run| run.format(format).layout(layout).threads(NonZero::new(threads)));
            files.remove("manifest.json");
            files
        });
        assert!(one == two && one.len() > 1, "{format:?}");
    }
}

/// Whatever an earlier run has left under any name makes room for the next, and nothing else does.
#[test]
fn force_replaces_what_an_earlier_run_of_any_format_left() {
    let dir = folder(&[
        ("story.txt", STORY.as_bytes()),
        ("out/notes.txt", b"mine"),
        ("out/documents/mine.txt", b"mine"),
    ]);
    let (story, out) = (dir.path().join("story.txt"), dir.path().join("out"));
    let mine = ["documents/mine.txt", "notes.txt"];
    let page = "articles/story_txt/quay-reopens-after-the-storm-7547eb9174f0";
    let cases: [(Format, Option<u64>, Vec<String>); 6] = [
        (Format::Markdown, None, vec![format!("{page}.md"), "ledger.jsonl".into()]),
        (Format::Text, None, vec![format!("{page}.txt"), "ledger.jsonl".into()]),
        (
            Format::Jsonl,
            Some(1000),
            vec!["articles-00000.jsonl".into(), "ledger-00000.jsonl".into()],
        ),
        (Format::Dolma, None, vec!["documents/articles.jsonl.gz".into(), "ledger.jsonl".into()]),
        (Format::Parquet, None, vec!["articles.parquet".into(), "ledger.jsonl".into()]),
        (Format::Markdown, None, vec![format!("{page}.md"), "ledger.jsonl".into()]),
    ];
    for (number, (format, shard, wanted)) in cases.into_iter().enumerate() {
        let run = |run: Run<'static>| run.format(format).layout(shards(shard));
        let refused = run(Run::new(&CLEANER, vec![story.clone()], &out)).run(|_| {});
        assert_eq!(matches!(refused, Err(Error::OutputTaken { .. })), number > 0);
        let files = write(&[&story], &out, |r| run(r).force(true));
        let mut wanted: Vec<String> = wanted
            .into_iter()
            .chain(mine.map(str::to_owned))
            .chain(["manifest.json".into()])
            .collect();
        wanted.sort();
        assert_eq!(names(&files), wanted);
    }
}

#[test]
fn a_folder_that_no_run_has_written_is_not_replaced() {
    let dir = folder(&[("story.txt", STORY.as_bytes()), ("out/articles/mine.txt", b"mine")]);
    let clean = |format: &str| {
        dechaff()
            .args(["clean", "story.txt", "-q", "-o", "out", "--force", "--format", format])
            .current_dir(dir.path())
            .assert()
    };
    clean("text").code(3).stderr_eq(str![[r#"
dechaff: out/articles: was written by no run; move it away or choose another folder

"#]]);
    clean("jsonl").success();
    clean("parquet").success();
    assert_eq!(
        names(&files(&dir.path().join("out"))),
        ["articles.parquet", "articles/mine.txt", "ledger.jsonl", "manifest.json"]
    );
}

/// Hidden files and folders, of any format.
#[test]
fn what_a_killed_run_left_goes_with_the_next() {
    let left = [
        (".dechaff-a1", "half"),
        (".dechaff-b2/story_txt/quay.md", "half"),
        (".dechaff.lock", ""),
        ("notes.txt", "mine"),
    ];
    let dir = folder(&left.map(|(name, text)| (name, text.as_bytes())));
    let story = folder(&[("story.txt", STORY.as_bytes())]);
    let files = write(&[story.path()], dir.path(), |run| run.format(Format::Text));
    assert_eq!(
        names(&files),
        [
            "articles/story_txt/quay-reopens-after-the-storm-7547eb9174f0.txt",
            "ledger.jsonl",
            "manifest.json",
            "notes.txt"
        ]
    );
    let refused = Run::new(&CLEANER, vec![story.path().into()], dir.path()).run(|_| {});
    assert!(matches!(refused, Err(Error::OutputTaken { .. })));
    assert_eq!(crate::forms::files(dir.path()), files);
}

/// The first run waits for its input meanwhile.
#[test]
fn a_second_run_into_a_folder_is_refused() {
    let dir =
        folder(&[("story.txt", STORY.as_bytes()), ("ids.jsonl", br#"{"id": 1, "text": "One."}"#)]);
    let mut first = std::process::Command::new(env!("CARGO_BIN_EXE_dechaff"))
        .args(["clean", "-", "-q", "-o", "out", "--shard", "1"])
        .current_dir(dir.path())
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let has_begun = || files(dir.path()).keys().any(|name| name.starts_with("out/.dechaff-"));
    let waited = std::time::Instant::now();
    while !has_begun() {
        assert!(
            waited.elapsed().as_secs() < 60 && first.try_wait().unwrap().is_none(),
            "the first run does not begin"
        );
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    for (command, input) in [("clean", "story.txt"), ("dedup", "ids.jsonl")] {
        let second = dechaff()
            .args([command, input, "-q", "--force", "-o", "out"])
            .current_dir(dir.path())
            .assert();
        second.code(2).stdout_eq("").stderr_eq(
            "dechaff: out: another run writes to it; wait for that or choose another folder\n",
        );
    }
    first.stdin.take().unwrap().write_all(STORY.as_bytes()).unwrap();
    assert!(first.wait().unwrap().success());
    assert_eq!(
        names(&files(&dir.path().join("out"))),
        ["articles-00000.jsonl", "ledger-00000.jsonl", "manifest.json"]
    );
}

/// A run over a folder that holds its own output reads none of that.
#[test]
fn what_a_run_has_written_is_no_dump() {
    let dir = folder(&[("story.txt", STORY.as_bytes())]);
    for format in [Format::Markdown, Format::Text, Format::Parquet, Format::Dolma, Format::Jsonl] {
        let files = write(&[dir.path()], dir.path(), |run| run.format(format).force(true));
        assert_eq!(
            lines(&files["ledger.jsonl"])
                .iter()
                .map(|line| line["dump"].as_str().unwrap())
                .collect::<Vec<_>>(),
            ["story.txt"],
            "{format:?}"
        );
    }
}

#[test]
fn articles_go_to_standard_output_and_nothing_else_is_written() {
    let dir = folder(&[("in/good.txt", STORY.as_bytes()), ("in/bad.txt", b"\0")]);
    let clean = |options: &[&str]| {
        dechaff().args(["clean", "in", "-o", "-"]).args(options).current_dir(dir.path())
    };
    let plain = write(&[&dir.path().join("in")], TempDir::new().unwrap().path(), |run| run);
    clean(&[]).assert().code(1).stderr_eq(str![[r#"
dechaff: bad.txt: is a binary file (zero byte at offset 0)
1 record ([..] B), 1 article, 0 of them copies -> standard output
1 input failed

"#]]);
    let streamed = |options: &[&str]| clean(options).output().unwrap().stdout;
    assert_eq!(streamed(&[]), plain["articles.jsonl"]);
    assert_eq!(gunzip(&streamed(&["--compress", "gz"])), plain["articles.jsonl"]);
    assert_eq!(rows(&streamed(&["--format", "parquet"])).len(), 1);
    assert_eq!(
        lines(&streamed(&["--format", "dolma"]))[0]["metadata"]["provenance"]["dump"],
        "good.txt"
    );
    assert_eq!(names(&files(dir.path())), ["in/bad.txt", "in/good.txt"]);
}

#[test]
fn of_one_file_the_text_is_printed() {
    let dir = folder(&[("in/one.txt", STORY.as_bytes()), ("in/none.txt", b"Home\nNews\n")]);
    let clean = |options: &[&str]| dechaff().arg("clean").args(options).current_dir(dir.path());
    let text = clean(&["in/one.txt"]).assert().success().stderr_eq("").get_output().stdout.clone();
    assert_eq!(String::from_utf8(text.clone()).unwrap(), STORY);
    clean(&["-"]).stdin(STORY).assert().success().stdout_eq(text);
    let page = clean(&["in/one.txt", "--format", "markdown"]).output().unwrap().stdout;
    assert!(page.starts_with(b"---\n"));
    clean(&["in/none.txt"])
        .assert()
        .success()
        .stdout_eq("")
        .stderr_eq("no article found; dechaff explain says why\n");
    clean(&["in"]).assert().code(2).stdout_eq("");
    let other = "Mill gives the weir to the town\n\nThe mill at the upper weir was given to the town on Friday by the family that had ground there since 1790.\n";
    let records =
        [STORY, other].map(|text| serde_json::json!({ "text": text }).to_string()).join("\n");
    let pages = clean(&["-"]).stdin(records).output().unwrap().stdout;
    assert_eq!(String::from_utf8(pages).unwrap(), format!("{STORY}\n\x0c\n{other}"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_stream_that_takes_no_more_is_named() {
    let full = std::fs::File::create("/dev/full").unwrap();
    let mut clean = std::process::Command::new(env!("CARGO_BIN_EXE_dechaff"));
    let output = clean
        .args(["clean", SAMPLES, "-q", "-o", "-"])
        .stdout(full)
        .stderr(std::process::Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(
        (
            output.status.code(),
            String::from_utf8(output.stderr)
                .unwrap()
                .starts_with("dechaff: standard output: No space")
        ),
        (Some(3), true)
    );
}

#[test]
fn what_does_not_go_together_is_wrong_usage() {
    let cases: [(&[&str], &str); 4] = [
        (
            &["-o", "-", "--format", "text", "--compress", "gz"],
            "dechaff: pages on standard output are not compressed; leave --compress out\n",
        ),
        (
            &["-o", "-", "--shard", "1"],
            "dechaff: standard output cannot be split; leave --shard out, or name a folder with --out\n",
        ),
        (
            &["-o", "-", "--format", "parquet", "--compress", "gz"],
            "dechaff: parquet is compressed already; leave --compress out\n",
        ),
        (
            &["-o", "no/such", "--format", "markdown", "--shard", "1"],
            "dechaff: each article has a file of its own already; leave --shard out\n",
        ),
    ];
    for (options, message) in cases {
        dechaff()
            .args(["clean", "samples"])
            .args(options)
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(message);
    }
    for options in [&["--shard", "0"], &["--compress", "rar"], &["--format", "csv"]] {
        dechaff().args(["clean", "samples", "-o", "no/such"]).args(options).assert().code(2);
    }
    assert!(!Path::new("no").exists());
}

/// `dedup` reads what `clean` has compressed, and writes what it leaves in the same ways.
#[test]
fn dedup_reads_and_writes_compressed_files_and_streams() {
    let dir = TempDir::new().unwrap();
    let dedup = |input: &str, options: &[&str]| {
        dechaff().args(["dedup", input]).args(options).arg("-q").current_dir(dir.path()).assert()
    };
    for (name, bytes) in samples(|run| run.format(Format::Dolma).layout(packed(Compression::Zstd)))
    {
        std::fs::write(dir.path().join(Path::new(&name).file_name().unwrap()), bytes).unwrap();
    }
    std::fs::write(
        dir.path().join("plain.jsonl"),
        zstd::decode_all(&std::fs::read(dir.path().join("articles.jsonl.zst")).unwrap()[..])
            .unwrap(),
    )
    .unwrap();
    dedup("plain.jsonl", &["-o", "plain"]).success();
    dedup("articles.jsonl.zst", &["-o", "packed", "--compress", "gz", "--shard", "1"]).success();
    let (plain, packed) = (files(&dir.path().join("plain")), files(&dir.path().join("packed")));
    assert_eq!(
        names(&packed),
        ["articles-00000.jsonl.gz", "clusters.jsonl.gz", "manifest.json", "related.jsonl.gz"]
    );
    check(&schema("dedup-manifest.schema.json"), &manifest(&packed));
    assert_eq!(gunzip(&packed["articles-00000.jsonl.gz"]), plain["articles.jsonl"]);
    assert_eq!(
        dedup("plain.jsonl", &["-o", "-"]).success().get_output().stdout,
        plain["articles.jsonl"]
    );
    assert!(!dir.path().join("-").exists());
}
