//! What is taken of a dump at most: a few kilobytes that unpack to gigabytes end as a failure of that dump, whatever they are packed in, and
//! each limit can be set.

use std::io::Write;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use dechaff::{Limits, Reader, Run};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{CLEANER, STORY, folder, run};

/// What is said of a dump that unpacks to too much, or to too many records and members.
const BOMB: &str =
    "unpacks to over 600 times its size and 67108864 bytes, as no dump of texts does";
const MEMBERS: &str =
    "holds over 100000 members and records in less than two bytes each, as no dump of texts does";

/// A piece of bytes so many times.
fn gzip(piece: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    (0..times).for_each(|_| encoder.write_all(piece).unwrap());
    encoder.finish().unwrap()
}

/// A zip archive of one member, a piece so many times.
fn zip(name: &str, piece: &[u8], times: usize) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let mut crc = flate2::Crc::new();
    for _ in 0..times {
        encoder.write_all(piece).unwrap();
        crc.update(piece);
    }
    let packed = encoder.finish().unwrap();
    let sizes = [crc.sum(), packed.len() as u32, (piece.len() * times) as u32];
    let about = |extra: &[u16]| -> Vec<u8> {
        let head = [20u16, 0, 8, 0, 0].map(u16::to_le_bytes).concat();
        let sizes = sizes.map(u32::to_le_bytes).concat();
        let tail: Vec<u8> =
            [&[name.len() as u16], extra].concat().into_iter().flat_map(u16::to_le_bytes).collect();
        [head, sizes, tail].concat()
    };
    let local = [b"PK\x03\x04", &about(&[0])[..], name.as_bytes(), &packed].concat();
    let listed = [b"PK\x01\x02\x14\x00", &about(&[0; 8])[..], name.as_bytes()].concat();
    let ends = [1u16, 1].map(u16::to_le_bytes).concat();
    let places = [listed.len() as u32, local.len() as u32].map(u32::to_le_bytes).concat();
    [local, listed, b"PK\x05\x06\0\0\0\0".to_vec(), ends, places, vec![0, 0]].concat()
}

/// A tar archive of so many empty members.
fn tar(members: usize) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.set_path("note.txt").unwrap();
    header.set_size(0);
    header.set_cksum();
    gzip(header.as_bytes(), members)
}

/// What is said of a dump beside a good one, which is read whatever the other holds.
fn said_of(bomb: &[u8]) -> Vec<String> {
    assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
    let dir = folder(&[("bomb", bomb), ("good.txt", STORY.as_bytes())]);
    let (_, output) = run(&[dir.path()]);
    assert_eq!(output.dumps().last(), Some(&"good.txt"));
    let failures = output.listed("failures", "error");
    failures.into_iter().map(|(_, said)| said.to_owned()).collect()
}

#[test]
fn what_unpacks_to_far_more_than_text_is_named_in_whatever_it_is_packed() {
    let lines = (0..1 << 15).flat_map(|_| *b"The quay is open. \n").collect::<Vec<u8>>();
    let row = format!("{{\"text\": \"{}\"}}\n", "x".repeat(10_000)).repeat(100);
    let packed = [
        gzip(&gzip(&lines, 500), 1),
        gzip(&gzip(row.as_bytes(), 500), 30),
        zip("inner.zip", &zip("page.txt", &lines, 500), 1),
        zip("page.txt.gz", &gzip(&lines, 500), 1),
        gzip(&zip("page.txt", &lines, 500), 1),
    ];
    for bomb in packed {
        assert_eq!(said_of(&bomb), [BOMB]);
    }
}

/// Each member of such an archive takes a line in its list alone, and many times that to be cleaned.
#[test]
fn an_archive_whose_members_overlap_ends_at_the_first_that_does() {
    let one = zip("story.txt", STORY.as_bytes(), 1);
    let (list, end) = (memmem(&one, b"PK\x01\x02"), memmem(&one, b"PK\x05\x06"));
    let members = 2_000u16;
    let mut many = one[..list].to_vec();
    for member in 0..members {
        let listed = &one[list..end];
        many.extend_from_slice(&listed[..listed.len() - "story.txt".len()]);
        many.extend(format!("s{member:04}.txt").into_bytes());
    }
    let mut ends = one[end..].to_vec();
    ends[8..12].copy_from_slice(&[members, members].map(u16::to_le_bytes).concat());
    ends[12..16].copy_from_slice(&((end - list) as u32 * u32::from(members)).to_le_bytes());
    many.extend(ends);
    let dir = folder(&[("many.zip", &many), ("one.zip", &one)]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!(
        output.listed("failures", "error"),
        [(
            "many.zip",
            "zip: overlaps with another member, as in no archive of dumps; the rest is not read"
        )]
    );
    assert_eq!(
        (summary.failures[0].record.as_deref(), output.dumps()),
        (Some("2"), vec!["many.zip", "one.zip"])
    );
}

/// Where a few bytes stand in others.
fn memmem(bytes: &[u8], few: &[u8]) -> usize {
    bytes.windows(few.len()).position(|window| window == few).unwrap()
}

/// Servers pack pages, and crawlers pack what servers sent.
#[test]
fn pages_that_servers_packed_count_too() {
    let page = gzip(&b"<p>The quay is open.\n".repeat(1 << 16), 20);
    let answer = [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", &page[..]].concat();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        answer.len()
    );
    let record = [head.as_bytes(), &answer, b"\r\n\r\n"].concat();
    assert!(said_of(&gzip(&record, 20)).contains(&BOMB.to_owned()));
}

#[test]
fn many_members_and_many_failures_end_with_their_dump() {
    let empty = b"{\"text\": \"\"}\n".repeat(1000);
    for bomb in [tar(150_000), gzip(&empty, 150)] {
        let dir = folder(&[("bomb", &bomb), ("good.txt", STORY.as_bytes())]);
        let (summary, output) = run(&[dir.path()]);
        assert_eq!(output.dumps(), ["good.txt"]);
        assert_eq!(summary.failed_by_reason.get(&MEMBERS.replace("100000", "#")), Some(&1));
        assert!(summary.failed <= 100_001, "{}", summary.failed);
    }
}

/// What is not packed has two bytes for each of its records, so that it never has too many.
#[test]
fn what_is_not_packed_is_read_to_its_end() {
    let dir = folder(&[("rows.jsonl", &b"{}\n".repeat(150_000))]);
    let (summary, _) = run(&[dir.path()]);
    assert_eq!(summary.failed, 150_000);
}

fn clean(place: &Path, arguments: &[&str]) -> Output {
    let common =
        ["clean", "in", "-o", "out", "-q", "--force", "--rules", "none", "--model", "none"];
    dechaff().args(common).args(arguments).current_dir(place).output().unwrap()
}

/// What the manifest in a folder says of the limits that were set, and what failed.
fn manifest(place: &Path) -> (serde_json::Value, Vec<String>) {
    let manifest = std::fs::read(place.join("out/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let failures = manifest["failures"].as_array().unwrap();
    let said = failures.iter().map(|failure| failure["error"].as_str().unwrap().to_owned());
    (manifest["options"]["limits"].clone(), said.collect())
}

#[test]
fn each_limit_can_be_set_and_the_manifest_says_so() {
    let deep = zip("two.zip", &zip("story.txt", STORY.as_bytes(), 1), 1);
    let many = zip("rows.jsonl", b"{\"text\": \"The quay.\"}\n", 1000);
    let packed = gzip(STORY.as_bytes(), 1000);
    let two = include_bytes!("../samples/feeds/reader-normal-view.txt");
    let cases: [(&[u8], &[&str], serde_json::Value, &str); 6] = [
        (
            STORY.as_bytes(),
            &["--max-record", "100"],
            serde_json::json!({"record": 100}),
            "has over 100 bytes; split it",
        ),
        (
            STORY.as_bytes(),
            &["--max-line", "100"],
            serde_json::json!({"line": 100}),
            "has a line of over 100 bytes (at byte 30)",
        ),
        (
            &packed,
            &["--max-unpacked", "1K", "--max-ratio", "10"],
            serde_json::json!({"unpacked": 1024, "ratio": 10}),
            "unpacks to over 10 times its size and 1024 bytes, as no dump of texts does",
        ),
        (
            &many,
            &["--max-members", "99"],
            serde_json::json!({"members": 99}),
            "holds over 99 members and records in less than two bytes each, as no dump of texts does",
        ),
        (
            &deep,
            &["--max-depth", "1"],
            serde_json::json!({"depth": 1}),
            "is an archive within 1 others, more than are opened; unpack it first",
        ),
        (
            two,
            &["--max-articles", "1"],
            serde_json::json!({"articles": 1}),
            "holds over 1 articles; split it",
        ),
    ];
    for (dump, arguments, set, expected) in cases {
        let place = folder(&[("in/dump", dump)]);
        clean(place.path(), &[]);
        assert_eq!(manifest(place.path()), (serde_json::Value::Null, vec![]), "{arguments:?}");
        clean(place.path(), arguments);
        assert_eq!(manifest(place.path()), (set, vec![expected.to_owned()]));
    }
}

#[test]
fn dedup_has_the_limits_of_files() {
    let lines: String =
        (0..2000).map(|n| format!("{{\"id\": {n}, \"text\": \"Quay.\"}}\n")).collect();
    let packed = gzip(lines.as_bytes(), 1);
    let bomb =
        gzip(&gzip(&b"{\"id\": 1, \"text\": \"The quay is open.\"}\n".repeat(1 << 14), 200), 1);
    let place = folder(&[("in/few.jsonl.gz", &packed), ("in/rows.jsonl.gz", &bomb)]);
    let dedup = |arguments: &[&str]| {
        let common = ["dedup", "in", "-o", "out", "-q", "--force"];
        dechaff().args(common).args(arguments).current_dir(place.path()).output().unwrap();
        manifest(place.path())
    };
    assert_eq!(dedup(&[]).0, serde_json::Value::Null);
    assert!(dedup(&[]).1.contains(&MEMBERS.to_owned()));
    let (set, said) = dedup(&["--max-unpacked", "1K", "--max-ratio", "2"]);
    assert_eq!(set, serde_json::json!({"unpacked": 1024, "ratio": 2}));
    let bomb = BOMB.replace("600", "2").replace("67108864", "1024");
    assert_eq!(said, [bomb.clone(), bomb]);
}

/// A record that takes too long is named, and the others are cleaned.
#[test]
fn a_record_has_its_time() {
    let long = (0..60_000).map(|n| format!("Line {n} of the harbour book.\n")).collect::<String>();
    let dir = folder(&[("good.txt", STORY.as_bytes()), ("long.txt", long.as_bytes())]);
    let out = TempDir::new().unwrap();
    let limits = Limits { time: Some(Duration::from_millis(10)), ..Limits::default() };
    let summary = Run::new(&CLEANER, vec![dir.path().into()], out.path())
        .reader(Reader::default().limits(limits))
        .run(|_| {})
        .unwrap();
    let said: Vec<&str> = summary.failures.iter().map(|failure| failure.error.as_str()).collect();
    assert_eq!((summary.articles, said), (1, vec!["takes over 0.01 s to clean; split it"]));
}
