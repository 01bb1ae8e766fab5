//! Broken and hostile containers: each fault is named, and what can be read is read.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::support::{STORY, folder, records, run};

/// The id of a record, and its view or why it has none.
type Row = (Option<String>, String);

/// What is read of a dump of these bytes, and why the rest is not.
fn read(bytes: &[u8]) -> (Vec<Row>, Vec<Row>) {
    let dir = folder(&[("dump", bytes)]);
    let (records, broken) = records(&dir.path().join("dump"));
    (records.into_iter().map(|r| (r.id, r.view)).collect(), broken)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn some(record: &str, text: &str) -> Row {
    (Some(record.into()), text.into())
}

#[test]
fn a_cut_gzip_gives_what_came_before() {
    let text: String = (0..20_000)
        .map(|n: u64| format!("{:x}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        .collect();
    let packed = gzip(text.as_bytes());
    let (records, broken) = read(&packed[..packed.len() / 2]);
    assert!(records[0].1.len() > text.len() / 4 && text.starts_with(&records[0].1));
    assert!(broken[0].1.starts_with("gzip: "), "{broken:?}");
}

#[test]
fn bombs_end_as_failures() {
    let dir = folder(&[("good.txt", STORY.as_bytes())]);
    let mut bomb =
        zstd::Encoder::new(std::fs::File::create(dir.path().join("bomb.zst")).unwrap(), 1).unwrap();
    let zeros = vec![b'x'; 1 << 20];
    (0..600).for_each(|_| bomb.write_all(&zeros).unwrap());
    bomb.finish().unwrap();
    let output = run(&[dir.path()]).1;
    assert_eq!(
        output.listed("failures", "error"),
        [(
            "bomb.zst",
            "unpacks to over 600 times its size and 67108864 bytes, as no dump of texts does"
        )]
    );
    assert_eq!(output.dumps(), ["good.txt"]);
}

fn warc(kind: &str, length: usize, content: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{kind}:{length}>\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{content}\r\n\r\n"
    )
}

#[test]
fn a_record_of_a_wrong_length_ends_where_the_next_one_begins() {
    let good = |text: &str| warc("conversion", text.len(), text);
    let long = [warc("conversion", 90, "too long"), good("one"), good("four")].concat();
    let (records, broken) = read(long.as_bytes());
    assert_eq!(
        records,
        [
            some("conversion:90", "too long"),
            some("conversion:3", "one"),
            some("conversion:4", "four")
        ]
    );
    assert_eq!(broken, []);
    let text = "too short\nby far";
    let short = [good("one"), warc("conversion", 2, text), good("four")].concat();
    let (records, broken) = read(short.as_bytes());
    let found = some("conversion:2", text);
    assert_eq!(records, [some("conversion:3", "one"), found.clone(), some("conversion:4", "four")]);
    assert_eq!(broken, []);
    let last = [good("one"), warc("conversion", 2, text)].concat();
    assert_eq!(read(last.as_bytes()).0, [some("conversion:3", "one"), found]);
    let cut = [good("one"), warc("conversion", 5000, "cut")].concat();
    let (records, broken) = read(cut.as_bytes());
    assert_eq!(records, [some("conversion:3", "one")]);
    assert_eq!(
        broken,
        [some("conversion:5000", "the WARC record breaks off after 7 of 5000 bytes")]
    );
    let none =
        good("one").replace("Content-Length: 3\r\n", "") + &warc("metadata", usize::MAX, "x");
    let (records, broken) = read(none.as_bytes());
    assert_eq!((records.len(), broken.len()), (0, 2), "{broken:?}");
}

#[test]
fn a_response_that_is_no_http_is_named() {
    let answer = "chunked garbage";
    let record = warc("response", answer.len(), answer)
        .replace("text/plain", "application/http; msgtype=response");
    let (records, broken) = read((record + &warc("conversion", 3, "one")).as_bytes());
    assert_eq!(records, [some("conversion:3", "one")]);
    assert_eq!(broken, [some("response:15", "the response has no HTTP head")]);
}

#[test]
fn bad_lines_of_json_are_named_and_the_others_read() {
    let lines = b"{\"text\": \"one\"}\n{\"text\": \"tw\n\n{\"text\": 4}\n[5]\n{\"text\": \"\xff\"}\n{\"text\": \"zero \\u0000\"}\n{\"text\": \" \"}\n{\"text\": \"nine\"}";
    let (records, broken) = read(lines);
    assert_eq!(records, [some("1", "one"), some("6", "ÿ"), some("9", "nine")]);
    let named: Vec<_> = broken.iter().map(|(id, _)| id.as_deref().unwrap()).collect();
    assert_eq!(named, ["2", "4", "5", "7", "8"]);
    assert!(broken[0].1.starts_with("is no JSON object: EOF while parsing"), "{broken:?}");
    let (records, broken) = read(b"{\"text\":\n{\"text\": \"two\"}\n");
    assert_eq!((records, broken.len()), (vec![some("2", "two")], 1));
    let (records, broken) =
        read(br#"[{"text": "one"}, 2, {"text": }, {"text": "four"}, {"text": "cut"#);
    assert_eq!(records, [some("1", "one"), some("4", "four")]);
    assert_eq!(
        broken.iter().map(|(id, _)| id.as_deref().unwrap()).collect::<Vec<_>>(),
        ["2", "3", "5"]
    );
    let deep = [br#"{"text": "one", "deep": "#.to_vec(), b"[".repeat(1 << 20)].concat();
    assert_eq!(read(&deep).1.len(), 1);
}

/// Whatever a member is called, it stays in the folder; nothing of it is written to disk.
#[test]
fn names_of_members_lead_nowhere() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../../up.txt", "/etc/abs.txt", "a\\..\\back.txt", "esc\u{1b}[31m.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(STORY.as_bytes()).unwrap();
    }
    let (records, broken) = read(&zip.finish().unwrap().into_inner());
    let ids: Vec<_> = records.iter().map(|(id, _)| id.as_deref().unwrap()).collect();
    assert_eq!(
        (ids, broken),
        (vec!["up.txt", "etc/abs.txt", "a/back.txt", "esc\u{fffd}[31m.txt"], vec![])
    );
}

fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap()
}

#[test]
fn archives_in_archives_are_opened_once() {
    let text = ("../in.txt", STORY.as_bytes());
    let inner = gzip(&tar(&[text, ("bad.bin", b"\0\0")]));
    let outer = tar(&[("inner.tar.gz", &inner), text]);
    let (records, broken) = read(&outer);
    assert_eq!(records, [some("inner.tar.gz#in.txt", STORY), some("in.txt", STORY)]);
    assert_eq!(broken, [some("inner.tar.gz#bad.bin", "is a binary file (zero byte at offset 0)")]);
    let (records, broken) = read(&tar(&[("outer.tar", &outer), text]));
    assert_eq!(records, [some("outer.tar#in.txt", STORY), some("in.txt", STORY)]);
    assert_eq!(
        broken,
        [some(
            "outer.tar#inner.tar.gz",
            "is an archive within 2 others, more than are opened; unpack it first"
        )]
    );
}

#[test]
fn cut_and_damaged_archives_keep_what_is_whole() {
    let whole = tar(&[("a.txt", STORY.as_bytes()), ("b.txt", &STORY.as_bytes().repeat(50))]);
    let (records, broken) = read(&whole[..4096]);
    assert_eq!(records[0], some("a.txt", STORY));
    assert!(
        !broken.is_empty() && broken.iter().all(|(id, _)| id.as_deref() != Some("a.txt")),
        "{broken:?}"
    );
    let (records, broken) = read(b"PK\x03\x04 and then nothing of the kind");
    assert!(records.is_empty() && broken[0].1.starts_with("zip: "), "{broken:?}");
}

/// The longest name that a member may have is bounded: here one of a gigabyte is announced, and zeros follow.
#[test]
fn the_head_of_a_member_cannot_fill_the_memory() {
    let mut header = tar::Header::new_gnu();
    header.set_path("././@LongLink").unwrap();
    header.set_size(1 << 30);
    header.set_entry_type(tar::EntryType::GNULongName);
    header.set_cksum();
    let mut bomb = zstd::Encoder::new(Vec::new(), 1).unwrap();
    bomb.write_all(header.as_bytes()).unwrap();
    let zeros = vec![b'x'; 1 << 20];
    (0..64).for_each(|_| bomb.write_all(&zeros).unwrap());
    let clock = Instant::now();
    let (records, broken) = read(&bomb.finish().unwrap());
    assert!(records.is_empty() && clock.elapsed() < Duration::from_secs(10));
    assert!(broken[0].1.contains("too large"), "{broken:?}");
}

/// One row with lists of `items` items, which are all the same text of so many bytes.
fn listed(items: usize, bytes: usize) -> Vec<u8> {
    let schema = "message rows { required binary text (STRING); required group authors (LIST) { repeated group list { required binary element (STRING); } } }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&[STORY.into()], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let item = ByteArray::from("x".repeat(bytes).into_bytes());
    let repetition: Vec<i16> = (0..items).map(|at| i16::from(at > 0)).collect();
    column
        .typed::<ByteArrayType>()
        .write_batch(&vec![item; items], Some(&vec![1; items]), Some(&repetition))
        .unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.into_inner().unwrap()
}

/// A dictionary makes much of little: a row is refused before it is in memory.
#[test]
fn a_row_whose_lists_would_fill_the_memory_is_refused() {
    let (rows, broken) = read(&listed(100, 10));
    assert_eq!((rows, broken), (vec![some("1", STORY)], vec![]));
    let bomb = listed(400, 1 << 20);
    assert!(bomb.len() < 4 << 20);
    assert_eq!(read(&bomb), (vec![], vec![some("1", "parquet: a row is too large")]));
}

/// A menu holds no paragraph; a notice does, but no article; some pages are none.
#[test]
fn the_manifest_says_why_a_record_gives_no_article() {
    let notice = "We use cookies and similar technologies to make this site work, to measure how it is used, and to show you advertisements. \
        By clicking on Accept all you agree to the use of all cookies.\n";
    let dir = folder(&[
        ("menu.txt", b"Home\nSport\nCulture\n".as_slice()),
        ("notice.txt", notice.as_bytes()),
        ("denied.html", b"<!DOCTYPE html><title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p>"),
        ("gone.html", b"<!DOCTYPE html><title>404 Not Found</title><h1>404 Not Found</h1><p>The page that you asked for could not be found here.</p>"),
        ("story.txt", STORY.as_bytes()),
    ]);
    let (summary, output) = run(&[dir.path()]);
    assert_eq!(summary.articles, 1);
    let reasons =
        serde_json::json!({"error_page": 2, "no_paragraph": 1, "no_text_of_an_article": 1});
    assert_eq!(output.manifest["without_article"], reasons);
}
