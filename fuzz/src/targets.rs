//! What is done with bytes: none may panic, none may take long, and what comes out keeps the laws.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use dechaff::stages::HtmlPage;
use dechaff::{
    Article, Cleaner, Format, Index, IndexMatch, Limits, ModelChoice, Options, Pack, Part, Reader,
    Record, RecordFormat, Rules, Run,
};

use crate::oracles::{is_shown_where_it_says, partitions, stands_where_it_says};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 16] = [
    ("compressed", compressed),
    ("zip", zip),
    ("tar", tar),
    ("crawl", crawl),
    ("mail", mail),
    ("json", json),
    ("table", table),
    ("feed", feed),
    ("parquet", parquet),
    ("text", text),
    ("html", html),
    ("markdown", markdown),
    ("rules", rules),
    ("model", model),
    ("index", index),
    ("run", run),
];

static CLEANER: LazyLock<Cleaner> =
    LazyLock::new(|| Cleaner::new(Options::default()).expect("the built-in rules"));

/// Reads bytes as a dump of that name.
fn read(name: &str, bytes: &[u8]) {
    let limits = Limits { record: 1 << 22, unpacked: 1 << 24, members: 1000, ..Limits::default() };
    let parts: Vec<Part> = Reader::default().limits(limits).records(name, bytes).collect();
    let most = limits.members.max(bytes.len() as u64 / 2) as usize + 1;
    assert!(parts.len() <= most, "{} parts of {} bytes", parts.len(), bytes.len());
    for part in &parts {
        if let Part::Record(record) = part {
            assert!(record.view.len() as u64 <= limits.record);
        }
    }
    let again: Vec<Part> = Reader::default().limits(limits).records(name, bytes).collect();
    assert_eq!(parts, again, "the same bytes give the same parts");
}

/// Gzip, zstd, bzip2 and xz.
pub fn compressed(bytes: &[u8]) {
    read("dump.gz", bytes);
}

/// Zip archives.
pub fn zip(bytes: &[u8]) {
    read("dump.zip", bytes);
}

/// Tar archives.
pub fn tar(bytes: &[u8]) {
    read("dump.tar", bytes);
}

/// WARC and ARC.
pub fn crawl(bytes: &[u8]) {
    read("dump.warc", bytes);
}

/// Messages and mailboxes.
pub fn mail(bytes: &[u8]) {
    read("dump.eml", bytes);
}

/// JSON in all its forms.
pub fn json(bytes: &[u8]) {
    read("dump.jsonl", bytes);
}

/// CSV and its like.
pub fn table(bytes: &[u8]) {
    read("dump.csv", bytes);
}

/// RSS, RDF and Atom.
pub fn feed(bytes: &[u8]) {
    read("dump.rss", bytes);
}

/// Parquet.
pub fn parquet(bytes: &[u8]) {
    read("dump.parquet", bytes);
}

/// A dump of text.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let cleaned = CLEANER.clean(&text);
    partitions(&text, &cleaned);
    if !text.contains("  ") {
        // What stands in columns is read column by column: its paragraphs take up their white space again.
        stands_where_it_says(&text, &cleaned);
    }
}

/// A page of HTML.
pub fn html(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let cleaned = CLEANER.clean_html(&source);
    partitions(&source, &cleaned);
    is_shown_where_it_says(&HtmlPage::of(&source), &cleaned);
}

/// A page of Markdown.
pub fn markdown(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let Ok(record) = Record::from_text(source, Some(RecordFormat::Markdown)) else { return };
    let cleaned = CLEANER.clean_record(&record);
    partitions(&record.view, &cleaned);
    is_shown_where_it_says(&HtmlPage::of_markdown(&record.view), &cleaned);
}

/// A rule pack.
pub fn rules(bytes: &[u8]) {
    let Ok(pack) = Pack::parse("pack.toml", &String::from_utf8_lossy(bytes)) else { return };
    let rules = Rules::new(vec![pack.clone()]);
    if rules.refuse_faults().is_err() {
        return;
    }
    let mut options = Options::default();
    (options.packs, options.no_built_in_rules) = (vec![pack], true);
    options.model = ModelChoice::None;
    if let Ok(cleaner) = Cleaner::new(options) {
        partitions(SAMPLE, &cleaner.clean(SAMPLE));
    }
}

/// A model file.
pub fn model(bytes: &[u8]) {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("blocks.model");
    std::fs::write(&path, bytes).expect("room");
    let mut options = Options::default();
    (options.no_built_in_rules, options.model) = (true, ModelChoice::File(path));
    if let Ok(cleaner) = Cleaner::new(options) {
        partitions(SAMPLE, &cleaner.clean(SAMPLE));
    }
}

/// A text that is short, with something to remove.
const SAMPLE: &str = include_str!("../../samples/aggregator/tide-barrier.txt");

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(|| CLEANER.clean(SAMPLE).articles);

/// An index with an article or two in it.
pub fn whole_index() -> Vec<u8> {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("seen.index");
    for article in ARTICLES.iter().take(2) {
        let mut index = Index::open(&path).expect("an index");
        let mut session = index.session().expect("a session");
        session.take(article).expect("room");
        session.commit().expect("room");
    }
    std::fs::read(path).expect("the index")
}

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(whole_index);

/// An index file: it is refused, or all that it knew is known.
pub fn index(bytes: &[u8]) {
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("seen.index");
    std::fs::write(&path, bytes).expect("room");
    let Ok(mut index) = Index::open(&path) else { return };
    let is_known =
        bytes.len() >= WHOLE.len() / 2 && bytes.len() < 2 * WHOLE.len() && !bytes.is_empty();
    let Ok(mut session) = index.session() else { return };
    for article in ARTICLES.iter().take(2) {
        let found = session.take(article).expect("what was opened can be read");
        assert!(!is_known || found != IndexMatch::New, "an article is lost in silence");
    }
    session.commit().expect("what was opened can be written");
    index.compact().expect("what was opened can be written anew");
    index.stats().expect("the size of a file");
}

/// A whole run over a dump and a copy of it: the same files with one thread and with eight.
pub fn run(bytes: &[u8]) {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name);
    std::fs::create_dir(at("in")).expect("room");
    for name in ["a.txt", "b.html"] {
        std::fs::write(at("in").join(name), bytes).expect("room");
    }
    std::fs::write(at("in").join("c.txt"), SAMPLE).expect("room");
    for format in [Format::Markdown, Format::Jsonl, Format::Parquet] {
        let written = [1, 8].map(|threads| {
            let out = at(&format!("{format:?}-{threads}"));
            Run::new(&CLEANER, vec![at("in")], &out)
                .threads(std::num::NonZero::new(threads))
                .format(format)
                .run(|_| {})
                .expect("a run");
            files(&out)
        });
        assert_eq!(written[0], written[1], "{format:?}");
    }
}

/// The files below a folder but the manifest, which holds the time; sorted.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("manifest.json") {
                let bytes = std::fs::read(&path).expect("a file");
                files.push((path.strip_prefix(folder).expect("below it").into(), bytes));
            }
        }
    }
    files.sort();
    files
}
