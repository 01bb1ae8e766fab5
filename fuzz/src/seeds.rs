//! What each target begins with: the small files of tests/ and samples/.

use std::path::{Path, PathBuf};

/// An ARC of two records.
const ARC: &[u8] = b"filedesc://a.arc 0.0.0.0 20310616155300 text/plain 76\n1 0 Quay\nURL IP-address Archive-date Content-type Archive-length\n\n\nhttp://quay.example/ 10.0.0.1 20310616155300 text/html 62\nHTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>The quay is open.\n\n";

const TABLE: &[u8] = b"title,text,date\nQuay opens,\"The quay is \"\"open\"\"\nagain, on Monday.\",2031-06-16\nMill closes,The mill is shut.,\n";

const PACK: &[u8] = br#"name = "mine"
language = "en"
[[rule]]
id = "mine.patron"
kind = "appeal"
scope = "block"
pattern = "become a (friend|patron) of"
reason = "asks for money"
hits = ["Become a friend of the reading room", "Become a patron of the quay"]
spares = ["She had become a friend of the keeper", "A patron of the arts"]
"#;

/// The files whose names end in one of these.
fn ending(endings: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = Vec::new();
    let mut folders =
        vec![root.join("samples"), root.join("tests/formats"), root.join("tests/dedup")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true => folders.push(path),
                false => paths.push(path),
            }
        }
    }
    paths.sort();
    let is_wanted =
        |path: &&PathBuf| endings.iter().any(|end| path.to_string_lossy().ends_with(end));
    paths.iter().filter(is_wanted).filter_map(|path| std::fs::read(path).ok()).collect()
}

/// The seeds of a target.
#[must_use]
pub fn seeds_of(target: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let file = |path: &str| std::fs::read(root.join(path)).unwrap_or_default();
    match target {
        "compressed" => ending(&[".gz", ".zst", ".bz2", ".xz"]),
        "zip" => ending(&[".zip"]),
        "tar" => vec![tar()],
        "crawl" => [ending(&[".warc"]), vec![ARC.to_vec()]].concat(),
        "mail" => ending(&[".eml", ".mbox", ".mhtml"]),
        "json" => ending(&[".json", ".jsonl"]),
        "table" => vec![TABLE.to_vec()],
        "feed" => ending(&[".rss", ".atom"]),
        "parquet" => ending(&[".parquet"]),
        "html" => ending(&[".html", ".mhtml"]),
        "markdown" => {
            vec![file("docs/rules.md"), file("docs/copies.md"), file("docs/structure.md")]
        }
        "rules" => vec![PACK.to_vec(), file("src/languages/en.toml")],
        "model" => vec![file("src/clean/model/blocks.model")],
        "index" => vec![crate::targets::whole_index()],
        _ => ending(&[".txt"]),
    }
}

/// The tar archive of tests/formats, unpacked.
fn tar() -> Vec<u8> {
    let mut header = [0_u8; 512];
    let text = b"The quay is open again, two weeks after the storm.\n";
    header[..8].copy_from_slice(b"quay.txt");
    header[100..108].copy_from_slice(b"0000644\0");
    header[124..136].copy_from_slice(format!("{:011o}\0", text.len()).as_bytes());
    header[136..148].copy_from_slice(b"00000000000\0");
    header[148..156].copy_from_slice(b"        ");
    header[156] = b'0';
    header[257..265].copy_from_slice(b"ustar\x0000");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let member = [&header[..], text, &[0; 461]].concat();
    [member.repeat(2), vec![0; 1024]].concat()
}
