//! `dechaff clean --part i/n`: many processes that share a folder write what one does, whatever becomes of them on the way.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use dechaff::{Error, Format, Layout, Paragraphs, PartProgress, Reader, Run, Spans};
use serde_json::{Value, json};
use snapbox::str;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{CLEANER, SAMPLES, folder, sentence};

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
    let mut lines = String::new();
    for (n, text) in texts.iter().enumerate().filter(|(n, _)| n % 3 > 0) {
        let object = json!({"id": n, "text": text, "date": format!("{}-01-01", 2040 - n)});
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
    // Each is killed when it, or another, has come to this stage.
    for (part, stage) in [(3, "clean"), (1, "lists"), (8, "edges-01"), (5, "cut"), (1, "copies")] {
        let folder = out.path().join(format!(".dechaff.parts/part-{part:03}/{stage}"));
        let begun = Instant::now();
        while !folder.exists() {
            assert!(begun.elapsed() < Duration::from_secs(60), "part {part} does no {stage}");
            std::thread::sleep(Duration::from_millis(1));
        }
        let (_, process) = processes.iter_mut().find(|(other, _)| *other == part).unwrap();
        process.kill().unwrap();
        process.wait().unwrap();
        *process = start(dumps.path(), out.path(), part);
    }
    for (part, mut process) in processes {
        let expected = if part == 1 { 1 } else { 0 };
        assert_eq!(process.wait().unwrap().code(), Some(expected), "part {part}");
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
    let asked: [(usize, Change); 3] = [
        (3, |run| run.keep_duplicates(true).merge_own(true).loss(0.3).repeated(2)),
        (1, |run| {
            let shard = Some(std::num::NonZero::new(4096).unwrap());
            let run = run.format(Format::Dolma).layout(Layout { shard, ..Layout::default() });
            run.merge_own(true).repeated(0)
        }),
        (2, |run| {
            let reader = Reader::default().text_field(Some("story".into()));
            run.format(Format::Parquet).ledger(false).reader(reader)
        }),
    ];
    for (parts, change) in asked {
        let [one, out] = [(); 2].map(|()| TempDir::new().unwrap());
        let run = |out: &TempDir| change(Run::new(&CLEANER, vec![dumps.path().into()], out.path()));
        run(&one).run(|_| {}).unwrap();
        let (files, manifest) = written(one.path());
        let (in_parts, told) = in_parts(&run(&out), parts, out.path());
        assert_eq!(told, manifest);
        assert!(in_parts == files, "{parts} parts");
    }
}

#[test]
fn a_part_says_which_others_it_waits_for_and_refuses_other_options() {
    let dir = folder(&[("in/a.txt", b"The quay is open again.")]);
    let part = |given: &[&str]| {
        let part = dechaff().args(["clean", "in", "-o", "out", "--part", "2/3"]).args(given);
        part.current_dir(dir.path()).assert()
    };
    part(&[]).code(4).stderr_eq(str![[r#"
dechaff: out: part 2/3 waits for others: shingles needs clean of 1, 3; run it again then

"#]]);
    part(&["--strictness", "keep"]).code(2).stderr_eq(str![[r#"
dechaff: out: the parts of the run in it were begun with another --strictness; give the same, or remove .dechaff.parts in it to begin anew

"#]]);
}

#[test]
fn what_parts_do_not_do_is_refused_before_anything_is_written() {
    let dir = folder(&[("in/a.txt", b"The quay is open again.")]);
    let out = dir.path().join("out");
    let run = |out: &Path| Run::new(&CLEANER, vec![dir.path().join("in")], out);
    let refused = [
        (run(Path::new("-")), "give --out a folder"),
        (run(&out).index(Some(PathBuf::from("seen.index"))), "leave out --part or --index"),
        (run(&out).paragraphs(Paragraphs::Mark), "leave out --part, or --paragraphs and --spans"),
        (run(&out).spans(Spans::Drop), "leave out --part, or --paragraphs and --spans"),
        (run(&out).format(Format::Markdown), "give --format jsonl, parquet or dolma"),
    ];
    for (run, advice) in refused {
        let error = run.run_part("1/2".parse().unwrap(), false, |_| {}).unwrap_err();
        assert!(matches!(error, Error::Format { reason } if reason.ends_with(advice)), "{error}");
        assert!(!out.exists());
    }
}
