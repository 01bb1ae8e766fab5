//! `dechaff clean --part i/n`: many processes that share a folder write what one does, whatever becomes of them on the way.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dechaff::{
    Beside, Cleaner, Error, Format, Layout, Options, Paragraphs, PartProgress, Reader, Run, Spans,
};
use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{CLEANER, SAMPLES, folder, sentence};

/// A cleaner that keeps captions, and leaves out what is short.
static CHOOSY: LazyLock<Cleaner> = LazyLock::new(|| {
    let mut options = Options::default();
    options.beside = vec![Beside::Captions];
    options.wanted.chars = 500;
    Cleaner::new(options).unwrap()
});

/// A paragraph of made-up words.
fn paragraph(seed: u64) -> String {
    (0..3).map(|n| sentence(100 * seed + n)).collect::<Vec<_>>().join(" ")
}

/// A story, and what stands below it.
fn dump(title: u64, paragraphs: &[u64], below: &[String]) -> String {
    let paragraphs = paragraphs.iter().map(|seed| paragraph(*seed));
    let all: Vec<String> = paragraphs.chain(below.iter().cloned()).collect();
    format!("{}\n\n{}\n", sentence(title).trim_end_matches('.'), all.join("\n\n"))
}

/// Dumps of unlike sizes, among them records that cannot be read, and some with several articles: copies of every kind, texts of one template, one appeal
/// below stories and another above that, which is found only when the first is cut, and a text that is a copy once its appeal is.
fn dumps() -> TempDir {
    let appeals = [sentence(1_000_000), sentence(1_000_001)];
    let mut texts = Vec::new();
    for story in 0..12u64 {
        let of: Vec<u64> = (10 * story..10 * story + 5).collect();
        let below = match story % 4 {
            0 => Vec::new(),
            1 | 2 => vec![appeals[0].clone()],
            _ => appeals.iter().rev().cloned().collect(),
        };
        texts.push(dump(story, &of, &below));
        match story % 6 {
            1 => texts.push(dump(story, &of[..4], &[])),
            2 => texts.push(dump(story, &[&of[..], &[900 + story]].concat(), &below)),
            3 => texts.push(dump(story + 500, &[&[800 + story], &of[1..]].concat(), &[])),
            4 => texts.push(dump(story, &of, &[]).to_uppercase()),
            _ => {}
        }
    }
    texts.extend((0..5).map(|n| dump(600, &[700, 701], &[sentence(2_000_000 + n)])));
    texts.extend([dump(610, &[710], &appeals), dump(620, &[710], &[])]);
    texts.push(dump(630, &[720, 721, 722], &["Photo: Mirva Lindqvist / The Quay Times".into()]));
    let mut lines = String::new();
    for (n, text) in texts.iter().enumerate().filter(|(n, _)| n % 3 > 0) {
        let (date, source) = (format!("{}-01-01", 2040 - n / 3), format!("Gazette {}", n % 2));
        let object = json!({"id": n, "text": text, "date": date, "source": source});
        lines += &format!("{object}\n");
        if n % 10 == 1 {
            lines += "{\"id\": 7}\n";
        }
    }
    let names: Vec<String> = (0..texts.len()).map(|n| format!("{}/{n}.txt", n % 4)).collect();
    let texts = names.iter().zip(&texts).step_by(3);
    let mut files: Vec<(&str, &[u8])> =
        texts.map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    files.extend([("rows.jsonl", lines.as_bytes()), ("empty.txt", b"")]);
    folder(&files)
}

/// The files of a run by their names; of the manifest all but when it began and how long it took.
fn written(out: &Path) -> (Vec<(String, Vec<u8>)>, Value) {
    let mut manifest: Value =
        serde_json::from_slice(&std::fs::read(out.join("manifest.json")).unwrap()).unwrap();
    for told in ["started", "seconds"] {
        manifest.as_object_mut().unwrap().remove(told).unwrap();
    }
    let names = manifest["files"].as_array().unwrap().iter();
    let names = names.map(|name| name.as_str().unwrap().to_string());
    (names.map(|name| (name.clone(), std::fs::read(out.join(name)).unwrap())).collect(), manifest)
}

fn start(dumps: &Path, out: &Path, part: u32) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dechaff"));
    command.args(["clean", "-q", "-j", "1", "--wait", "--part", &format!("{part}/8"), "-o"]);
    command.args([out, dumps, Path::new(SAMPLES)]).stderr(Stdio::null()).spawn().unwrap()
}

#[test]
fn eight_processes_of_which_some_are_killed_write_what_one_does() {
    let (dumps, [one, out]) = (dumps(), [(); 2].map(|()| TempDir::new().unwrap()));
    let at_once = dechaff().args(["clean", "-q", "-o"]);
    at_once.args([one.path(), dumps.path(), Path::new(SAMPLES)]).assert().code(1);
    let mut processes: Vec<(u32, Child)> =
        (1..=8).map(|part| (part, start(dumps.path(), out.path(), part))).collect();
    // Each is killed when it, or another, has come to this stage, or all is published, after which the first part tells of nothing.
    for (part, stage) in [(3, "clean"), (1, "lists"), (8, "edges-01"), (5, "cut"), (1, "copies")] {
        let folder = out.path().join(format!(".dechaff.parts/part-{part:03}/{stage}"));
        let begun = Instant::now();
        while !folder.exists() && !out.path().join("manifest.json").exists() {
            assert!(begun.elapsed() < Duration::from_secs(60), "part {part} does no {stage}");
            std::thread::sleep(Duration::from_millis(1));
        }
        let (_, process) = processes.iter_mut().find(|(other, _)| *other == part).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        *process = start(dumps.path(), out.path(), part);
    }
    for (part, mut process) in processes {
        let code = process.wait().unwrap().code();
        assert!(code == Some(0) || part == 1 && code == Some(1), "part {part}: {code:?}");
    }
    let (files, manifest) = written(one.path());
    assert!(written(out.path()) == (files, manifest.clone()));
    assert!(!out.path().join(".dechaff.parts").exists());
    let [inputs, articles, copies] =
        ["inputs", "articles", "copies"].map(|counted| manifest[counted].as_u64().unwrap());
    assert!(articles > inputs && copies > 8, "{manifest}");
    assert!(manifest["removed"]["repeated"]["spans"].as_u64().unwrap() > 8, "{manifest}");
    assert!(manifest["failed"].as_u64().unwrap() > 2, "{manifest}");
}

/// The parts of a run, one after the other until all are done, and what they have written.
fn in_parts(run: &Run, parts: usize, out: &Path) -> (Vec<(String, Vec<u8>)>, Value) {
    for _ in 0..60 {
        let all = (1..=parts).map(|part| {
            let part = format!("{part}/{parts}").parse().unwrap();
            run.run_part(part, false, |_| {}).unwrap()
        });
        let progress: Vec<_> = all.collect();
        if progress.iter().all(|part| matches!(part, PartProgress::Done(_))) {
            return written(out);
        }
    }
    panic!("there is no end to it");
}

#[test]
fn whatever_is_asked_for_parts_write_what_one_process_does() {
    let dumps = dumps();
    type Change = fn(Run<'static>) -> Run<'static>;
    let asked: [(usize, &'static LazyLock<Cleaner>, Change); 3] = [
        (3, &CHOOSY, |run| {
            let run = run.prefer(vec!["Gazette 0".into()]).loss(0.3).repeated(2);
            run.keep_duplicates(true).merge_own(true)
        }),
        (1, &CLEANER, |run| {
            let shard = Some(std::num::NonZero::new(4096).unwrap());
            let run = run.format(Format::Dolma).layout(Layout { shard, ..Layout::default() });
            run.merge_own(true).repeated(0)
        }),
        (2, &CLEANER, |run| {
            let reader = Reader::default().text_field(Some("story".into()));
            run.format(Format::Parquet).ledger(false).reader(reader)
        }),
    ];
    for (parts, cleaner, change) in asked {
        let [one, out] = [(); 2].map(|()| TempDir::new().unwrap());
        let run = |out: &TempDir| change(Run::new(cleaner, vec![dumps.path().into()], out.path()));
        run(&one).run(|_| {}).unwrap();
        let (files, manifest) = written(one.path());
        let (in_parts, told) = in_parts(&run(&out), parts, out.path());
        assert_eq!(told, manifest);
        assert!(in_parts == files, "{parts} parts");
        let left_out = manifest["left_out"]["too_short"].as_u64().unwrap();
        let captions = manifest["beside"]["caption"]["spans"].as_u64().unwrap_or(0);
        assert_eq!(left_out > 0 && captions > 0, parts == 3, "{manifest}");
    }
}

/// Stories that have a paragraph of their own and share others: with copies of them, the same word for word, in other letters, or with another sentence.
fn stories_that_share() -> TempDir {
    let background = [paragraph(300), paragraph(301).to_uppercase(), paragraph(302)];
    let mut files = Vec::new();
    for story in 0..9u64 {
        let own: Vec<u64> = (10 * story + 2000..10 * story + 2003).collect();
        let mut below = vec![background[story as usize % 3].clone()];
        if story % 2 == 0 {
            let changed = format!("{} {}", paragraph(300), sentence(9_000 + story));
            below.push(if story % 4 == 0 { changed } else { paragraph(301) });
        }
        if story % 3 == 1 {
            below.extend([303, 304, 305].map(paragraph));
            below.push(paragraph(3_000 + story));
        }
        files.push((format!("{story}.txt"), dump(story + 40, &own, &below)));
        if story % 4 == 1 {
            let fewer = [below.clone(), vec![sentence(8_000 + story)]].concat();
            files.push((format!("copy-{story}.txt"), dump(story + 40, &own, &fewer)));
        }
    }
    let shared: Vec<String> = [300, 301, 302].map(paragraph).into();
    files.push(("nothing-else.txt".into(), dump(70, &[300], &shared[1..])));
    files.push(("once-more.txt".into(), dump(70, &[5_000], &shared)));
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    folder(&files)
}

#[test]
fn what_stories_share_is_marked_or_dropped_by_parts_as_by_one_process() {
    let dumps = stories_that_share();
    let asked = [
        (2, Paragraphs::Drop, Spans::Keep),
        (3, Paragraphs::Mark, Spans::Drop),
        (4, Paragraphs::Drop, Spans::Mark),
    ];
    for (parts, paragraphs, spans) in asked {
        let [one, out] = [(); 2].map(|()| TempDir::new().unwrap());
        let run = |out: &TempDir| {
            let run = Run::new(&CLEANER, vec![dumps.path().into()], out.path()).loss(0.15);
            run.paragraphs(paragraphs).spans(spans).keep_duplicates(parts == 3).merge_own(true)
        };
        run(&one).run(|_| {}).unwrap();
        let (files, manifest) = written(one.path());
        let (in_parts, told) = in_parts(&run(&out), parts, out.path());
        assert_eq!(told, manifest);
        assert!(in_parts == files, "{paragraphs:?} {spans:?}");
        let dropped = manifest["removed"]["repeated"]["spans"].as_u64().unwrap();
        assert!(dropped > 3, "{manifest}");
        let articles = std::fs::read_to_string(one.path().join("articles.jsonl")).unwrap();
        assert_eq!(articles.contains("\"repeats\":["), paragraphs == Paragraphs::Mark);
        assert_eq!(articles.contains("\"repeated_spans\":["), spans == Spans::Mark);
        assert!(manifest["copies"].as_u64().unwrap() > 0, "{manifest}");
    }
}

/// Names come twice where two folders are given; of two files that lack the field, a later part reads the first.
#[test]
fn failures_stand_in_the_order_of_the_files_whichever_part_has_read_them() {
    let broken = "{\"page\": }\n".repeat(1_100);
    let dir = folder(&[
        ("a/broken.jsonl", broken.as_bytes()),
        ("a/x.jsonl", b"{\"page\": 1}\n"),
        ("b/broken.jsonl", b"{\n"),
        ("b/x.jsonl", b"{\"number\": 1, \"of\": 2}\n"),
    ]);
    let run = |out: &Path| {
        let paths = ["a", "b"].map(|name| dir.path().join(name)).to_vec();
        Run::new(&CLEANER, paths, out).reader(Reader::default().text_field(Some("story".into())))
    };
    let [one, out] = [(); 2].map(|()| TempDir::new().unwrap());
    run(one.path()).run(|_| {}).unwrap();
    let at_once = written(one.path());
    let failed = std::fs::read_to_string(one.path().join("failures.jsonl")).unwrap();
    assert!(failed.ends_with("its fields are page\"}\n"), "{failed}");
    assert!(in_parts(&run(out.path()), 3, out.path()) == at_once);
}

#[test]
fn a_part_says_which_others_it_waits_for_and_refuses_other_options() {
    let thresholds = br#"{"title": {"least": 5.0}}"#;
    let dir = folder(&[
        ("in/a.txt", b"The quay is open again."),
        ("t.json", thresholds),
        ("same.json", thresholds),
    ]);
    let part = |thresholds: &str, given: &[&str]| {
        let part = dechaff().args(["clean", "in", "-o", "out", "--part", "2/3", "--thresholds"]);
        part.arg(thresholds).args(given).current_dir(dir.path()).assert()
    };
    part("t.json", &[]).code(4).stderr_eq(str![[r#"
dechaff: out: part 2/3 waits for others: shingles needs clean of 1, 3; run it again then

"#]]);
    // What a file holds counts, not where it stands.
    part("same.json", &[]).code(4);
    part("t.json", &["--max-depth", "3"]).code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun with another --max-depth; give the same, or remove .dechaff.parts in it to begin anew

"#]]);
    std::fs::write(dir.path().join("t.json"), "{}").unwrap();
    part("t.json", &[]).code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun with another --thresholds; give the same, or remove .dechaff.parts in it to begin anew

"#]]);
}

#[test]
fn a_part_with_another_cleaner_is_refused_though_nobody_describes_it() {
    let dir = folder(&[("in/a.txt", b"The quay is open again.")]);
    let part = |cleaner: &Cleaner, part: &str| {
        let run = Run::new(cleaner, vec![dir.path().join("in")], dir.path().join("out"));
        run.run_part(part.parse().unwrap(), false, |_| {})
    };
    part(&CLEANER, "1/2").unwrap();
    let error = part(&CHOOSY, "2/2").unwrap_err();
    assert!(matches!(&error, Error::Part { reason, .. } if reason.contains("--keep")), "{error}");
}

#[test]
fn what_parts_do_not_do_is_refused_before_anything_is_written() {
    let dir = folder(&[("in/a.txt", b"The quay is open again.")]);
    let out = dir.path().join("out");
    let run = |out: &Path| Run::new(&CLEANER, vec![dir.path().join("in")], out);
    let refused = [
        (run(Path::new("-")), "give --out a folder"),
        (run(&out).index(Some(PathBuf::from("seen.index"))), "leave out --part or --index"),
        (run(&out).format(Format::Markdown), "give --format jsonl, parquet or dolma"),
    ];
    for (run, advice) in refused {
        let error = run.run_part("1/2".parse().unwrap(), false, |_| {}).unwrap_err();
        assert!(matches!(error, Error::Format { reason } if reason.ends_with(advice)), "{error}");
        assert!(!out.exists());
    }
}
