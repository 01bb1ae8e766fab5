//! The page that shows a run: what stands in it, and what it does in a browser.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::support::{Output, SAMPLES, STORY, folder};

/// What runs where a page takes text for its own.
const HOSTILE: &str = "Quay \x1b[31mreopens\x1b[0m after the storm </script><script>window.ran = 1</script>\n\n\
    The old quay was opened again\0 on Monday, two weeks after </script><img src=x onerror=window.ran=1> the storm had torn \u{202e}away its\u{202c} railings.\n\n\
    Forty volunteers had carried the sand out of the hall in buckets. <!-- --><svg onload=window.ran=1> The ferries run twice a day. {data} {script}\n";

const HOSTILE_PAGE: &str = "<!doctype html><title>Quay</title><h1>Quay \u{202e}gnp.exe reopens</h1>\
    <p onclick=\"window.ran = 1\">The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>\
    <script>window.ran = 1; alert('ran')</script>\
    <p>Forty volunteers <a href=\"javascript:window.ran=1\">had carried the sand</a> out of the hall in buckets. The ferries to the islands will run twice a day until the autumn.</p>\
    <img src=x onerror=\"window.ran = 1\">\
    <p>Write &lt;script&gt;window.ran=1&lt;/script&gt; and &lt;img src=x onerror=alert(1)&gt; in the guest book, said the harbour master, and see what becomes of it.</p>";

/// A page, and its data by name.
struct Page {
    source: String,
    data: BTreeMap<String, Value>,
}

impl Page {
    fn of(path: &Path) -> Self {
        let source = std::fs::read_to_string(path).unwrap();
        let mut data = BTreeMap::new();
        for block in source.split("<script type=\"application/json\" id=\"").skip(1) {
            let (name, rest) = block.split_once("\">").unwrap();
            let json = rest.split_once("</script>").unwrap().0;
            data.insert(name.to_string(), serde_json::from_str(json).unwrap());
        }
        Self { source, data }
    }

    /// The list of records, stories or suspects.
    fn list(&self, name: &str) -> &Vec<Value> {
        self.data[name].as_array().unwrap()
    }

    /// What stands in the page of the first record of a dump.
    fn record(&self, dump: &str) -> &Value {
        let at = self.list("rows").iter().position(|row| row["dump"] == dump).unwrap();
        &self.data[&format!("r{at}")]
    }
}

fn clean(input: &Path, options: &[&str]) -> TempDir {
    let out = TempDir::new().unwrap();
    let command = dechaff().arg("clean").arg(input).args(["--quiet", "-o"]).arg(out.path());
    command.args(options).output().unwrap();
    out
}

/// Makes a report: its exit status, what it says, and the page where there is one.
fn report(out: &Path, options: &[&str]) -> (i32, String, Option<Page>) {
    let output = dechaff().arg("report").arg(out).args(options).output().unwrap();
    let path = out.join("report.html");
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code().unwrap(), said, path.exists().then(|| Page::of(&path)))
}

/// The samples, a copy of one of them, dumps that attack the page, and one that cannot be read.
fn dumps() -> TempDir {
    let story =
        std::fs::read_to_string(Path::new(SAMPLES).join("clean/funding-story.txt")).unwrap();
    let more = "The study will be repeated in two years, the college said, with newsrooms from the islands as well.\n";
    let copy = story.replacen("fourteen", "fifteen", 1) + "\n" + more;
    let dir = folder(&[
        ("clean/funding-copy.txt", copy.as_bytes()),
        ("hostile.txt", HOSTILE.as_bytes()),
        ("hostile.html", HOSTILE_PAGE.as_bytes()),
        ("broken.txt", &b"\x00\x01\x02\xff".repeat(500)),
    ]);
    for (name, text) in crate::support::samples("") {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    dir
}

#[test]
fn a_page_has_every_record_with_its_text_and_every_byte_of_it_in_a_span() {
    let dir = dumps();
    let out = clean(dir.path(), &[]);
    let (status, said, page) = report(out.path(), &[]);
    assert_eq!(status, 0, "{said}");
    let (page, run) = (page.unwrap(), Output::of(out.path()));
    assert_eq!(page.list("rows").len(), run.ledger.len());
    assert_eq!(page.list("stories").len(), run.articles.len());
    for (at, line) in run.ledger.iter().enumerate() {
        let block = &page.data[&format!("r{at}")];
        let text = block["text"].as_str().unwrap();
        let spans = block["spans"].as_array().unwrap();
        let units: u64 = spans.iter().map(|span| span[0].as_u64().unwrap()).sum();
        assert_eq!(units as usize, text.encode_utf16().count(), "{}", line["dump"]);
        let left_out: u64 = spans.iter().map(|span| span[4].as_u64().unwrap()).sum();
        let bytes = line["bytes"].as_u64().unwrap();
        assert_eq!(text.len() as u64 + left_out, bytes, "{}", line["dump"]);
        assert!(left_out == 0 || line["format"] == "html");
        if left_out == 0 {
            assert_eq!(letters_by_kind(&page, text, spans), letters_of_ledger(text, line));
        }
    }
    let counted = &page.data["run"]["counts"];
    assert_eq!(counted["articles"], run.manifest["articles"]);
    assert_eq!(page.data["run"]["failures"], run.manifest["failures"]);
    let by = |name: &str| {
        let deciders = page.data["run"]["deciders"].as_array().unwrap();
        deciders.iter().find(|line| line["by"] == name).map(|line| line["spans"].clone())
    };
    let spans = run.ledger.iter().flat_map(|line| line["spans"].as_array().unwrap());
    let fired = spans.filter(|span| span["rule"] == "rule:en.share.button").count();
    assert_eq!(by("rule:en.share.button"), Some(fired.into()));
    let never = page.data["run"]["never"].as_array().unwrap();
    assert!(!never.is_empty() && !never.contains(&"en.share.button".into()));
    assert!(said.contains("records with their texts -> "), "{said}");
}

/// The bytes of each kind that are no white space, by the spans of a page.
fn letters_by_kind(page: &Page, text: &str, spans: &[Value]) -> BTreeMap<String, usize> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let (mut found, mut at) = (BTreeMap::new(), 0);
    for span in spans {
        let number = |place: usize| span[place].as_u64().unwrap() as usize;
        let text = String::from_utf16(&units[at..at + number(0)]).unwrap();
        at += number(0);
        let kind = page.data["run"]["kinds"][number(1)]["name"].as_str().unwrap();
        *found.entry(kind.to_string()).or_default() += letters(&text);
    }
    found.retain(|_, bytes| *bytes > 0);
    found
}

/// The same by a line of the ledger.
fn letters_of_ledger(text: &str, line: &Value) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for span in line["spans"].as_array().unwrap() {
        let place = |end: &str| span[end].as_u64().unwrap() as usize;
        let kind = span["kind"].as_str().unwrap().to_string();
        *found.entry(kind).or_default() += letters(&text[place("start")..place("end")]);
    }
    found.retain(|_, bytes| *bytes > 0);
    found
}

fn letters(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}

#[test]
fn each_block_is_a_span_of_its_own_with_what_was_known_of_it() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let out = clean(dir.path(), &[]);
    let page = report(out.path(), &[]).2.unwrap();
    let block = page.record("a.txt");
    let mut at = 0;
    let mut places = Vec::new();
    for span in block["spans"].as_array().unwrap() {
        let end = at + span[0].as_u64().unwrap();
        if page.data["run"]["kinds"][span[1].as_u64().unwrap() as usize]["name"] != "blank" {
            places.push(serde_json::json!([at, end]));
        }
        at = end;
    }
    assert_eq!(places.len(), STORY.split("\n\n").count());
    let reasons: Vec<&Value> =
        block["reasons"].as_array().unwrap().iter().map(|why| &why["at"]).collect();
    assert_eq!(reasons, places.iter().collect::<Vec<_>>());
}

#[test]
fn a_copy_stands_beside_what_it_was_folded_into_with_what_only_it_has() {
    let other =
        STORY.replace("Forty volunteers", "Ninety volunteers").replace(" until the autumn", "");
    let dir = folder(&[("a.txt", STORY.as_bytes()), ("b.txt", other.as_bytes())]);
    let out = clean(dir.path(), &[]);
    let page = report(out.path(), &[]).2.unwrap();
    let article = &page.record("a.txt")["articles"][0];
    let copy = &page.record("b.txt")["articles"][0];
    assert_eq!(
        (&article["copies"][0]["dump"], &article["copies"][0]["row"]),
        (&"b.txt".into(), &1.into())
    );
    assert_eq!(copy["folded"]["own"], serde_json::json!(["Ninety"]));
    assert_eq!((&copy["folded"]["row"], &copy["folded"]["article"]), (&0.into(), &1.into()));
    let paragraphs = copy["paragraphs"].as_array().unwrap();
    assert!(paragraphs[1].as_str().unwrap().starts_with("Ninety volunteers"));
}

#[test]
fn hostile_text_is_data_and_nothing_else() {
    let dir = dumps();
    let out = clean(dir.path(), &[]);
    let page = report(out.path(), &[]).2.unwrap();
    let scripts = page.source.matches("<script").count();
    assert_eq!(scripts, page.data.len() + 1, "each block of data, and the script of the page");
    let is_unseen = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!page.source.contains(is_unseen));
    assert!(!["<img", "<svg", "<!--"].into_iter().any(|tag| page.source.contains(tag)));
    let text = page.record("hostile.txt")["text"].as_str().unwrap();
    assert_eq!(text, HOSTILE.replace('\0', " "));
    assert!(page.source.contains("default-src 'none'; style-src 'sha256-"));
}

#[test]
fn a_dump_that_is_gone_or_was_changed_is_said_so_and_shown_without_its_text() {
    let dir = folder(&[
        ("gone.txt", STORY.as_bytes()),
        ("changed.txt", STORY.replace("quay", "pier").as_bytes()),
        ("there.txt", STORY.replace("quay", "weir").as_bytes()),
    ]);
    let out = clean(dir.path(), &[]);
    std::fs::remove_file(dir.path().join("gone.txt")).unwrap();
    std::fs::write(dir.path().join("changed.txt"), "Something else.\n").unwrap();
    let (status, said, page) = report(out.path(), &["--quiet"]);
    assert_eq!(status, 1);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines,
        [
            "dechaff: changed.txt: was changed; it is shown without its text",
            "dechaff: gone.txt: is gone; it is shown without its text"
        ]
    );
    let page = page.unwrap();
    assert_eq!(
        page.data["run"]["missing"],
        serde_json::json!({"changed.txt": "was changed", "gone.txt": "is gone"})
    );
    assert_eq!(page.record("gone.txt")["text"], Value::Null);
    assert!(!page.record("gone.txt")["spans"].as_array().unwrap().is_empty());
    assert!(page.record("there.txt")["text"].is_string());
}

#[test]
fn dumps_that_were_moved_are_found_where_they_stand_now() {
    let dir = folder(&[("old/a.txt", STORY.as_bytes())]);
    let out = clean(&dir.path().join("old"), &[]);
    std::fs::rename(dir.path().join("old"), dir.path().join("new")).unwrap();
    let moved = dir.path().join("new");
    let (status, said, page) = report(out.path(), &["--dumps", moved.to_str().unwrap()]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(page.unwrap().record("a.txt")["text"], STORY);
}

#[test]
fn a_file_is_replaced_only_where_that_is_asked_for_and_a_run_stays_whole() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let out = clean(dir.path(), &[]);
    let path = out.path().join("report.html");
    std::fs::write(&path, "mine").unwrap();
    let (status, said, _) = report_of(out.path(), &[]);
    assert_eq!((status, said.lines().count()), (2, 1));
    assert!(said.contains("is there already; use --force to replace it"), "{said}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    assert_eq!(report_of(out.path(), &["--force"]).0, 0);
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("<!doctype html>"));
    dechaff().arg("verify").arg(out.path()).assert().success();
    let left = std::fs::read_dir(out.path()).unwrap().count();
    assert_eq!(left, 4, "nothing else is left behind");
}

/// The same without a look at the page.
fn report_of(out: &Path, options: &[&str]) -> (i32, String, Vec<u8>) {
    let output = dechaff().arg("report").arg(out).args(options).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap(), output.stdout)
}

#[test]
fn a_run_makes_the_same_page_each_time_whatever_its_files_are() {
    let dir =
        folder(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.replace("quay", "weir").as_bytes())]);
    let plain = clean(dir.path(), &[]);
    let [first, again] = [(); 2].map(|()| report_of(plain.path(), &["-q", "-o", "-"]).2);
    assert!(!first.is_empty() && first == again);
    let packed = clean(dir.path(), &["--compress", "zst", "--shard", "1"]);
    let (status, said, page) = report(packed.path(), &[]);
    assert_eq!(status, 0, "{said}");
    let (page, plain) = (page.unwrap(), report(plain.path(), &[]).2.unwrap());
    for name in ["r0", "r1", "rows", "stories", "suspects"] {
        assert_eq!(page.data[name], plain.data[name], "{name}");
    }
}

#[test]
fn articles_that_are_no_json_lines_leave_the_dumps() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let out = clean(dir.path(), &["--format", "markdown"]);
    let (status, said, page) = report(out.path(), &[]);
    assert_eq!(status, 0, "{said}");
    let page = page.unwrap();
    assert_eq!((page.list("stories").len(), &page.data["run"]["format"]), (0, &"markdown".into()));
    assert_eq!(page.record("a.txt")["text"], STORY);
}

#[test]
fn a_folder_of_no_run_is_refused() {
    let dir = folder(&[("a.txt", STORY.as_bytes())]);
    let (status, said, page) = report(dir.path(), &[]);
    assert_eq!((status, said.lines().count()), (2, 1));
    assert!(said.contains("holds no finished run"), "{said}");
    assert!(page.is_none());
}

/// The browser, and the packages that drive it; None where something is missing.
fn browser() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let runs = |program: &str| Command::new(program).arg("--version").output().is_ok();
    let shows = |path: &PathBuf| {
        let mut page = Command::new(path);
        page.args(["--headless", "--no-sandbox", "--dump-dom", "about:blank"]);
        page.output().is_ok_and(|shown| shown.status.success())
    };
    let chromium = ["chromium", "chromium-browser", "google-chrome"];
    let found = chromium.into_iter().find(|program| runs(program))?;
    let path = std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(found))
        .find(|path| path.exists())
        .filter(shows)?;
    (runs("node") && root.join("node_modules").exists()).then_some(path)
}

/// With UPDATE=1 the screenshots of docs/ are made anew.
#[test]
fn the_page_works_in_a_browser() {
    let Some(chromium) = browser() else {
        let what = "no chromium that runs, no node, or no packages (npm ci --prefix tests/browser)";
        let said = format!("skipped: {what}; the page was not looked at in a browser");
        writeln!(std::io::stderr(), "{said}").unwrap();
        return;
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = dumps();
    let place = TempDir::new().unwrap();
    let here = |command: &str| dechaff().arg(command).current_dir(place.path());
    here("clean").arg(dir.path()).args(["-q", "-o", "out"]).output().unwrap();
    here("report").args(["out", "-q"]).assert().success();
    let mut node = Command::new("node");
    node.arg(root.join("tests/browser/report.mjs")).arg(place.path().join("out/report.html"));
    if std::env::var_os("UPDATE").is_some() {
        node.arg(root.join("docs/images"));
    }
    let output = node.env("CHROMIUM", chromium).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}
