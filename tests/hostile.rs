//! Bad inputs: each becomes a line in the manifest, everything else is written, and the exit status is 1.

use std::io::Write;
use std::path::PathBuf;

use dechaff::{Event, Run};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{CLEANER, Output, STORY, folder, records, run};

/// Cleans a folder that holds a good story and `bad.txt`; returns what the manifest says of the latter.
fn failure_of(bad: &[u8]) -> String {
    let dir = folder(&[("bad.txt", bad), ("good.txt", STORY.as_bytes())]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!(output.dumps(), ["good.txt"]);
    assert_eq!(output.articles.len(), 1);
    assert_eq!(summary.failures.len(), 1);
    let failures = output.listed("failures", "error");
    assert_eq!(failures[0].0, "bad.txt");
    failures[0].1.to_string()
}

#[test]
fn a_file_that_is_no_text_is_named_with_the_place() {
    assert_eq!(failure_of(b""), "is empty");
    assert_eq!(failure_of(b"\xef\xbb\xbf \r\n\t\n"), "is empty");
    assert_eq!(failure_of(b"\x89PDQ\r\n\x1a\n\0\0"), "is a binary file (zero byte at offset 8)");
    assert_eq!(
        failure_of(b"\xff\xd8\x01\x02\xe0"),
        "is no text in any known encoding (control character at byte 2)"
    );
}

#[test]
fn a_line_of_200_megabytes_is_refused_and_not_worked_on() {
    let dir = folder(&[("good.txt", STORY.as_bytes())]);
    let mut long = std::fs::File::create(dir.path().join("long.txt")).unwrap();
    let piece = vec![b'x'; 1 << 20];
    for _ in 0..200 {
        long.write_all(&piece).unwrap();
    }
    let output = run(&[dir.path()]).1;
    assert_eq!(
        output.listed("failures", "error"),
        [("long.txt", "has a line of over 16777216 bytes (at byte 0)")]
    );
    assert_eq!(output.dumps(), ["good.txt"]);
}

#[test]
fn a_dump_of_too_many_lines_is_refused() {
    assert_eq!(failure_of(&b"x\n".repeat(1_100_000)), "has over 1048576 lines; split it");
}

/// Work grows with the size of a dump, not with its square: each of these would take hours otherwise.
#[test]
fn repetition_does_not_blow_up() {
    let story = STORY.trim();
    let many = 30_000;
    let dumps = [
        "Leave a comment\n".repeat(many),
        format!("{story}\n\n{}", "Leave a reply\n\n".repeat(many)),
        (0..many).map(|n| format!("{}\n", "-".repeat(1 + n % 60))).collect(),
        (0..many).map(|n| format!("Word{n} said on 3 May 2031\n")).collect(),
        "word\n".repeat(many),
        "!?".repeat(1 << 20),
        "read more ".repeat(1 << 18),
    ];
    for dump in dumps {
        assert_eq!(CLEANER.clean(&dump).ledger.bytes(), dump.len());
    }
}

#[test]
fn a_broken_page_is_read_to_its_end() {
    let story = "<p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the hall.";
    let broken = [
        "<div><b><a href=x>".repeat(20_000) + story,
        "<p>".repeat(100_000) + story,
        format!("{story}<div class=\"{}\">", "menu ".repeat(200_000)),
        format!("{story}{}", "</div></p></b>".repeat(50_000)),
        format!("{story} &amp &#x110000; &nosuch; &#0; &copy2031<p>{}", "&".repeat(100_000)),
        format!("{story}<!-- {}", "--!".repeat(100_000)),
        format!("{story}<a title='"),
        format!("{story}\0<\0p>"),
        "<table><tr><td>".repeat(20_000) + story,
        "<ul><li>".repeat(20_000) + story,
    ];
    for page in broken {
        let cleaned = CLEANER.clean_html(&page);
        assert_eq!(cleaned.ledger.bytes(), page.len());
        assert!(
            cleaned.articles.iter().any(|a| a.text.starts_with("The old quay was opened again")),
            "{} … {}",
            &page[..40],
            &page[page.len() - 10..]
        );
    }
}

#[test]
fn the_exit_status_tells_of_failures() {
    let dir = folder(&[("bad.txt", b"\0"), ("good.txt", STORY.as_bytes())]);
    let out = TempDir::new().unwrap();
    let message = "dechaff: bad.txt: is a binary file (zero byte at offset 0)\n...\n1 input failed, listed in manifest.json under \"failures\"\n";
    dechaff()
        .arg("clean")
        .arg(dir.path())
        .arg("-o")
        .arg(out.path())
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(message);
    assert_eq!(Output::of(out.path()).dumps(), ["good.txt"]);
}

#[test]
fn a_file_that_vanishes_during_the_run_is_a_failure() {
    let dir = folder(&[
        ("a.txt", STORY.as_bytes()),
        ("b.txt", STORY.as_bytes()),
        ("c.txt", STORY.as_bytes()),
    ]);
    let out = TempDir::new().unwrap();
    let gone = dir.path().join("b.txt");
    let remove = |event: Event| {
        if let Event::Walked { dumps, .. } = event {
            assert_eq!(dumps, 3);
            std::fs::remove_file(&gone).unwrap();
        }
    };
    let summary = Run::new(&CLEANER, vec![dir.path().into()], out.path()).run(remove).unwrap();
    assert_eq!((summary.inputs, summary.failures.len()), (2, 1));
    let output = Output::of(out.path());
    assert_eq!(output.listed("failures", "error")[0].0, "b.txt");
    assert_eq!(output.dumps(), ["a.txt", "c.txt"]);
}

#[test]
fn a_directory_named_like_a_dump_is_walked_as_a_directory() {
    let dir = folder(&[("looks-like.txt/inner.txt", STORY.as_bytes())]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!(summary.failures, []);
    assert_eq!(output.dumps(), ["looks-like.txt/inner.txt"]);
}

#[test]
fn hidden_files_are_left_out_by_name() {
    let dir = folder(&[
        (".git/config", b"x"),
        (".notes.txt", STORY.as_bytes()),
        ("good.txt", STORY.as_bytes()),
    ]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!(
        output.listed("skipped", "reason"),
        [(".git", "is hidden"), (".notes.txt", "is hidden")]
    );
    assert_eq!(summary.failures, []);
    // Whoever names a hidden file wants it.
    assert_eq!(run(&[&dir.path().join(".notes.txt")]).1.dumps(), [".notes.txt"]);
}

/// The output folder may stand inside the input folder: a second run does not read what the first one wrote.
#[test]
fn the_output_folder_is_no_input() {
    let dir = folder(&[("good.txt", STORY.as_bytes())]);
    let out = dir.path().join("out");
    for _ in 0..2 {
        Run::new(&CLEANER, vec![dir.path().into()], &out).force(true).run(|_| {}).unwrap();
        let output = Output::of(&out);
        assert_eq!(output.dumps(), ["good.txt"]);
        assert_eq!(output.listed("skipped", "reason"), [("out", "is the output folder")]);
    }
}

/// A run that cannot begin leaves the folder as it was.
#[test]
fn a_place_that_cannot_be_written_is_status_3() {
    let dir = folder(&[("good.txt", STORY.as_bytes()), ("file", b"")]);
    let out = dir.path().join("file/out");
    dechaff()
        .arg("clean")
        .arg(dir.path().join("good.txt"))
        .arg("-o")
        .arg(&out)
        .assert()
        .code(3)
        .stdout_eq("");
    assert_eq!(std::fs::read(dir.path().join("file")).unwrap(), b"");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_broken_link_is_a_failure_where_it_was_given_and_left_out_where_it_was_found() {
        let dir = folder(&[("good.txt", STORY.as_bytes())]);
        let link = dir.path().join("dangling.txt");
        symlink("nowhere", &link).unwrap();
        let output = run(&[dir.path()]).1;
        assert_eq!(output.listed("skipped", "reason"), [("dangling.txt", "is a link")]);
        assert_eq!(output.listed("failures", "error"), []);
        let output = run(&[&dir.path().join("good.txt"), &link]).1;
        assert_eq!(output.listed("failures", "error")[0].0, link.display().to_string());
        assert_eq!(output.dumps(), ["good.txt"]);
    }

    /// As `<(…)` of a shell is one.
    #[test]
    fn a_pipe_that_was_given_is_read() {
        let dir = TempDir::new().unwrap();
        let parquet =
            std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/rows.plain.parquet"))
                .unwrap();
        let run = |command: &str, input: &[u8]| {
            let run = dechaff()
                .args([command, "/dev/stdin", "-q", "--force", "-o", "out"])
                .current_dir(dir.path())
                .stdin(input)
                .output()
                .unwrap();
            let lines = |name: &str| {
                std::fs::read_to_string(dir.path().join("out").join(name))
                    .map_or(0, |text| text.lines().count())
            };
            (run.status.code(), lines("articles.jsonl"), lines("clusters.jsonl"))
        };
        assert_eq!(run("clean", STORY.as_bytes()), (Some(0), 1, 0));
        assert_eq!(run("dedup", br#"{"id": 1, "text": "One."}"#).1, 1);
        assert_eq!(run("dedup", &parquet).1, 2);
    }

    #[test]
    fn a_pipe_that_was_found_is_left_out() {
        let dir = folder(&[("good.txt", STORY.as_bytes())]);
        assert!(
            std::process::Command::new("mkfifo")
                .arg(dir.path().join("pipe"))
                .status()
                .unwrap()
                .success()
        );
        let output = run(&[dir.path()]).1;
        assert_eq!(
            (output.dumps(), output.listed("skipped", "reason")),
            (vec!["good.txt"], vec![("pipe", "is no regular file")])
        );
    }

    #[test]
    fn a_folder_given_through_a_link_is_walked() {
        let dir = folder(&[("real/good.txt", STORY.as_bytes())]);
        let link = dir.path().join("link");
        symlink("real", &link).unwrap();
        let (summary, output) = run(&[&link]);
        assert_eq!(output.dumps(), ["good.txt"]);
        assert_eq!(summary.skipped, []);
    }

    #[test]
    fn links_in_a_circle_do_not_trap_the_walk() {
        let dir = folder(&[("a/good.txt", STORY.as_bytes())]);
        symlink("..", dir.path().join("a/up")).unwrap();
        let output = run(&[dir.path()]).1;
        assert_eq!(output.dumps(), ["a/good.txt"]);
        assert_eq!(output.listed("skipped", "reason"), [("a/up", "is a link")]);
    }

    #[test]
    fn a_file_without_read_permission_is_a_failure() {
        let dir = folder(&[("good.txt", STORY.as_bytes()), ("locked.txt", STORY.as_bytes())]);
        let locked: PathBuf = dir.path().join("locked.txt");
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).unwrap();
        if std::fs::File::open(&locked).is_ok() {
            return; // The superuser may read everything.
        }
        let output = run(&[dir.path()]).1;
        assert_eq!(output.dumps(), ["good.txt"]);
        assert_eq!(output.listed("failures", "error")[0].0, "locked.txt");
    }
}

/// Parquet says of itself how much there is of everything, anywhere in the file. Whatever a byte of it says, reading ends.
#[test]
fn parquet_may_claim_what_it_likes() {
    for name in ["zstd", "snappy", "plain"] {
        let whole = std::fs::read(format!(
            "{}/tests/formats/rows.{name}.parquet",
            env!("CARGO_MANIFEST_DIR")
        ))
        .unwrap();
        let dir = TempDir::new().unwrap();
        let path = dir.path().join("rows.parquet");
        let read = |bytes: &[u8]| {
            std::fs::write(&path, bytes).unwrap();
            records(&path)
        };
        for cut in (5..whole.len()).step_by(97) {
            let (rows, broken) = read(&whole[..cut]);
            assert_eq!((rows.len(), broken.len()), (0, 1), "{name}, cut at {cut}");
        }
        for (at, to) in
            (4..whole.len()).step_by(5).zip([0x00, 0x7f, 0xff, 0x0c, 0x80].into_iter().cycle())
        {
            let mut bytes = whole.clone();
            bytes[at] = to;
            let (rows, _) = read(&bytes);
            assert!(rows.len() <= 3, "{name}, {to} at {at}");
        }
    }
}

/// The library that reads Parquet panics on some files. What is said of it is one line.
#[test]
fn a_panic_on_a_damaged_file_is_a_failure_like_any_other() {
    for (name, at, to) in [("lz4", 748, 0), ("plain", 1534, 0xff), ("zstd", 1471, 0xff)] {
        let mut bytes = std::fs::read(format!(
            "{}/tests/formats/rows.{name}.parquet",
            env!("CARGO_MANIFEST_DIR")
        ))
        .unwrap();
        bytes[at] = to;
        let output = dechaff().args(["text", "-"]).stdin(bytes).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), said.lines().count(), said.starts_with("dechaff: -: ")),
            (Some(1), 1, true),
            "{said}"
        );
    }
}

/// Messages within messages, parts within parts, a head without an end, borders without a message: reading ends, and the message after is read.
#[test]
fn mail_may_be_made_in_any_way() {
    let head = "From a@quay.example Mon Jun 16 13:53:00 2031\nMIME-Version: 1.0\nSubject: x\n";
    let nested = |kind: &str, border: &str| {
        (0..20_000).map(|n| format!("Content-Type: {kind}{n}\"\n\n{border}")).collect::<String>()
    };
    let bodies = [
        nested("message/rfc822; n=\"", ""),
        (0..20_000)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\n"))
            .collect(),
        format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n".repeat(100_000)),
        "To: a:b:c:".repeat(50_000),
        format!("From: {}\n\n", "(".repeat(100_000)),
        "Received:\n\t".into(),
        "X: y\n".repeat(200_000),
        "Content-Type: text/plain; charset=\u{0}\n\n\u{0}".into(),
        format!("From x 13:53 2031\n\n{head}"),
    ];
    for body in bodies {
        let dir = folder(&[("box.mbox", format!("{head}{body}\n\n{head}\n{STORY}").as_bytes())]);
        let (read, _) = records(&dir.path().join("box.mbox"));
        assert!(
            read.last().is_some_and(|last| last.view.starts_with("Quay reopens")),
            "{}",
            &body[..body.len().min(60)]
        );
    }
}

/// A line of a few bytes makes a failure of some hundred: of many of them the manifest names some, and a file of their own all.
#[test]
fn many_failures_are_counted_and_named_in_a_file() {
    let good = serde_json::json!({ "text": STORY }).to_string();
    let lines = format!("{good}\n{}", "{\"text\": ]\n".repeat(1_500));
    let dir = folder(&[("in/rows.jsonl", lines.as_bytes())]);
    let (summary, output) = run(&[&dir.path().join("in")]);
    assert_eq!((summary.failed, summary.failures.len(), output.articles.len()), (1_500, 1_000, 1));
    assert_eq!(output.manifest["failed"], 1_500);
    assert_eq!(output.manifest["failures"].as_array().unwrap().len(), 1_000);
    let reasons = output.manifest["failed_by_reason"].as_object().unwrap();
    assert_eq!(reasons.len(), 1, "{reasons:?}");
    assert!(output.manifest["files"].as_array().unwrap().contains(&"failures.jsonl".into()));
}
