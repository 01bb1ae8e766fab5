//! What stays with the text of articles where that is asked for, which articles are left out, and runs without a ledger.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::cli::dechaff;
use crate::schema::check_all;
use crate::support::{Output, SAMPLES, STORY, folder};

const PAGE: &str = "<!DOCTYPE html><title>Quay reopens</title><article><h1>Quay reopens after the storm</h1>\
    <p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>\
    <figure><img src=quay.jpg><figcaption>The quay at dawn. Photo: Mirva Lindqvist</figcaption></figure>\
    <p>Forty volunteers had carried the sand out of the hall in buckets. The ferries will run twice a day until the autumn.</p>\
    <p>This article was amended on 3 May 2031 to correct the name of the mayor.</p></article>\
    <section class=comments><div class=comment><p>Great that the quay is open again, I missed the ferries so much.</p></div></section>";

const CAPTION: &str = "The quay at dawn. Photo: Mirva Lindqvist";
const NOTE: &str = "This article was amended on 3 May 2031 to correct the name of the mayor.";
const COMMENT: &str = "Great that the quay is open again, I missed the ferries so much.";

const GERMAN: &str = "Die alte Mühle dreht sich wieder\n\n\
    Am Montag wurde die alte Mühle am Fluss wieder geöffnet, zwei Wochen nachdem der Sturm ihre Flügel abgerissen hatte.\n\n\
    Vierzig Freiwillige hatten den Sand in Eimern aus der Halle getragen. Die Boote fahren nun bis zum Herbst zweimal am Tag.\n";

fn clean(files: &[(&str, &str)], options: &[&str]) -> (TempDir, String) {
    let files: Vec<(String, &[u8])> =
        files.iter().map(|(name, text)| (format!("in/{name}"), text.as_bytes())).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (&**name, *text)).collect();
    let dir = folder(&files);
    let command = dechaff().args(["clean", "in", "-o", "out"]).args(options);
    let output = command.current_dir(dir.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    (dir, said)
}

/// Type and text of each paragraph of an article.
fn paragraphs(article: &Value) -> Vec<(&str, &str)> {
    let texts: Vec<&str> = article["text"].as_str().unwrap().split("\n\n").collect();
    let blocks = article["blocks"].as_array().unwrap().iter();
    let of_block = |block: &Value| {
        let [first, end] = [0, 1].map(|at| block["paragraphs"][at].as_u64().unwrap() as usize);
        first..end
    };
    blocks.flat_map(|b| of_block(b).map(|at| (b["type"].as_str().unwrap(), texts[at]))).collect()
}

/// The spans of a line of the ledger that say `kept`: kind and text.
fn kept<'t>(line: &Value, text: &'t str) -> Vec<(String, &'t str)> {
    let spans = line["spans"].as_array().unwrap().iter().filter(|span| span["kept"] == true);
    let shown = |span: &Value| {
        let [start, end] = ["start", "end"].map(|key| span[key].as_u64().unwrap() as usize);
        assert_eq!(span["article"], 1);
        (span["kind"].as_str().unwrap().to_owned(), &text[start..end])
    };
    spans.map(shown).collect()
}

#[test]
fn captions_notes_and_comments_stay_in_paragraphs_of_their_own_where_asked_for() {
    let (dir, said) = clean(&[("page.html", PAGE)], &["--keep", "notes,captions,comments"]);
    let output = Output::of(&dir.path().join("out"));
    check_all(&output);
    let types: Vec<(&str, &str)> = paragraphs(&output.articles[0]);
    assert_eq!(types[1], ("caption", CAPTION));
    assert_eq!(types[3..], [("note", NOTE), ("comment", COMMENT)]);
    assert_eq!([types[0].0, types[2].0], ["paragraph"; 2]);
    let in_ledger = kept(&output.ledger[0], PAGE);
    let expected = [("caption", CAPTION), ("note", NOTE), ("comments", COMMENT)];
    assert_eq!(in_ledger, expected.map(|(kind, text)| (kind.to_owned(), text)));
    let counts = &output.manifest["beside"];
    assert_eq!(counts["caption"], json!({"spans": 1, "bytes": CAPTION.len()}));
    assert_eq!(output.manifest["options"]["keep"], json!(["captions", "notes", "comments"]));
    assert_eq!(output.manifest["removed"]["comments"], Value::Null);
    assert!(
        said.contains("\nkept with the text: note 72 B, comments 64 B, caption 40 B\n"),
        "{said}"
    );
}

#[test]
fn what_is_not_asked_for_goes_as_ever() {
    let (dir, _) = clean(&[("page.html", PAGE)], &["--keep", "captions"]);
    let output = Output::of(&dir.path().join("out"));
    let types: Vec<&str> = paragraphs(&output.articles[0]).iter().map(|(kind, _)| *kind).collect();
    assert_eq!(types, ["paragraph", "caption", "paragraph"]);
    let (dir, _) = clean(&[("page.html", PAGE)], &[]);
    let output = Output::of(&dir.path().join("out"));
    assert_eq!(output.manifest["beside"], json!({}));
    assert_eq!(kept(&output.ledger[0], PAGE), []);
}

/// A sentence that a rule takes for a note goes out of its paragraph into one of its own.
#[test]
fn a_sentence_of_plain_text_stays_beside_its_paragraph() {
    const PACK: &str = r#"name = "mine"

[[rule]]
id = "mine.note.amended"
kind = "note"
scope = "sentence"
pattern = "this text was amended in .*"
why = "a note of the paper"
hit = ["This text was amended in May.", "This text was amended in June of that year."]
spare = ["The text was amended.", "He amended this text in May."]
"#;
    let note = "This text was amended in May.";
    let text = STORY.replace("buckets. ", &format!("buckets. {note} "));
    let dir = folder(&[("mine.toml", PACK.as_bytes()), ("in/a.txt", text.as_bytes())]);
    let command = dechaff().args(["clean", "in", "-o", "out", "--keep", "note", "--rules"]);
    command.arg("mine.toml").current_dir(dir.path()).assert().success();
    let output = Output::of(&dir.path().join("out"));
    let found = paragraphs(&output.articles[0]);
    assert!(found[1].1.starts_with("Forty") && found[1].1.ends_with("until the autumn."));
    assert_eq!(found[2..], [("note", note)]);
    assert_eq!(kept(&output.ledger[0], &text), [("note".to_owned(), note)]);
}

/// What stayed with a copy goes with it, and is counted no more.
#[test]
fn what_stays_with_a_copy_is_folded_with_it() {
    let (dir, _) = clean(&[("a.html", PAGE), ("b.html", PAGE)], &["--keep", "captions"]);
    let output = Output::of(&dir.path().join("out"));
    assert_eq!(output.manifest["beside"]["caption"]["spans"], 1);
    let kept: usize = output.ledger.iter().map(|line| kept(line, PAGE).len()).sum();
    assert_eq!(kept, 1);
}

const PICTURES: &str = "<!DOCTYPE html><base href='https://post.example/quay/'><title>Quay reopens</title><img src=/logo.png alt='The Harbour Post'>\
    <article><h1>Quay reopens after the storm</h1><figure><img src=quay.jpg alt='The [new] quay'><figcaption>The quay at dawn.</figcaption></figure>\
    <p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>\
    <p><img src=line.gif alt=''><img src='data:image/gif;base64,R0lG' data-src=ferry.jpg alt='A ferry,\n two gulls'></p>\
    <p>Forty volunteers had carried the sand out of the hall in buckets. The ferries will run twice a day until the autumn.</p></article>\
    <aside class=promo><a href=/shop><img src=cup.jpg alt='Buy a cup'>Our shop</a></aside>";

const AMONG_OTHERS: &str = "<!DOCTYPE html><title>Quay reopens</title><article><h1>Quay reopens after the storm</h1>\
    <a class=share-button><img src=f.png alt='Share it'></a><p class=byline>By Mirva Lindqvist</p><img src=quay.jpg alt='The quay'>\
    <p>The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.</p>\
    <div class=advertisement><img src=car.jpg alt='Win a car'></div><p>Those who want to help need three things, and a friend who brings the tea:</p>\
    <ol><li><img src=needle.jpg alt='A needle'>a needle of juniper wood, as long as a hand<li><img src=gauge.jpg alt='A gauge'>a gauge as wide as two fingers</ol>\
    <p>Forty volunteers had carried the sand out of the hall in buckets. The ferries will run twice a day until the autumn.</p>\
    <div class=related-stories><figure><img src=mill.jpg alt='The mill'></figure><h3><a href=/mill>The mill turns again</a></h3></div></article>";

#[test]
fn pictures_of_advertisements_buttons_and_other_stories_are_none_of_the_text() {
    let (dir, _) = clean(&[("page.html", AMONG_OTHERS)], &["--keep", "images"]);
    let output = Output::of(&dir.path().join("out"));
    let blocks = output.articles[0]["blocks"].as_array().unwrap().iter();
    let images = blocks.filter(|block| block["type"] == "image");
    let told: Vec<_> = images
        .map(|image| {
            (
                image["alt"].as_str().unwrap(),
                image["paragraphs"][0].as_u64(),
                image["depth"].as_u64(),
            )
        })
        .collect();
    let expected = [("The quay", 0, None), ("A needle", 3, Some(1)), ("A gauge", 4, Some(1))];
    assert_eq!(told, expected.map(|(alt, at, depth)| (alt, Some(at), depth)));
}

#[test]
fn pictures_that_say_what_they_show_stand_between_the_paragraphs_where_asked_for() {
    let (plain, _) = clean(&[("page.html", PICTURES)], &[]);
    let (dir, _) = clean(&[("page.html", PICTURES)], &["--keep", "images"]);
    let [plain, output] = [plain, dir].map(|dir| Output::of(&dir.path().join("out")));
    check_all(&output);
    let (article, plain) = (&output.articles[0], &plain.articles[0]);
    assert_eq!([&article["id"], &article["text"]], [&plain["id"], &plain["text"]]);
    assert_eq!(
        output.ledger,
        Output::of(&clean(&[("page.html", PICTURES)], &[]).0.path().join("out")).ledger
    );
    let images: Vec<&Value> =
        article["blocks"].as_array().unwrap().iter().filter(|b| b["type"] == "image").collect();
    let image = |alt: &str, target: &str, at: usize| json!({"type": "image", "alt": alt, "target": format!("https://post.example/quay/{target}"), "paragraphs": [at, at]});
    assert_eq!(
        images,
        [&image("The [new] quay", "quay.jpg", 0), &image("A ferry, two gulls", "ferry.jpg", 1)]
    );
    assert_eq!(
        plain["blocks"].as_array().unwrap().len() + 2,
        article["blocks"].as_array().unwrap().len()
    );
}

#[test]
fn a_picture_above_a_headline_is_none_of_the_article_above() {
    let story = |name: &str, text: &str| {
        format!(
            "<article><figure><img src={name}.jpg alt='The {name}'></figure><h2>The {name} is open again</h2><p class=byline>By Mirva Lindqvist, 3 May 2031</p>\
            <p>{text}</p><p><img src=in-{name}.jpg alt='In the {name}'></p><p>Forty volunteers had carried the sand out of the {name} in buckets, and nobody was paid for it.</p></article>"
        )
    };
    let page = format!(
        "<!DOCTYPE html><title>Harbour Post</title><link rel=canonical href='https://post.example/week'><main>{}{}</main>",
        story(
            "quay",
            "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall."
        ),
        story(
            "mill",
            "The mill above the town turns again since Tuesday, for the first time since the miller of old had left it to the owls."
        )
    );
    let pack = "name = \"post\"\n[[site]]\nid = \"post.week\"\nsite = \"post.example\"\nsplit = \"article\"\nwhy = \"a week on a page\"\nhit = [\"<article></article>\"]\nspare = [\"<p></p>\"]\n";
    let packs = folder(&[("post.toml", pack.as_bytes())]);
    let pack = packs.path().join("post.toml");
    let options = ["--keep", "images", "--rules", pack.to_str().unwrap()];
    let (dir, _) = clean(&[("page.html", &page)], &options);
    let output = Output::of(&dir.path().join("out"));
    let alts = |article: &Value| -> Vec<String> {
        let blocks = article["blocks"].as_array().unwrap().iter();
        blocks.filter_map(|block| Some(block["alt"].as_str()?.to_owned())).collect()
    };
    assert_eq!(output.articles.len(), 2);
    assert_eq!(alts(&output.articles[0]), ["In the quay"]);
    assert_eq!(alts(&output.articles[1]), ["In the mill"]);
}

#[test]
fn pictures_are_written_as_markdown_and_read_from_it() {
    let options = ["--keep", "images", "--format", "markdown"];
    let written = |name: &str, page: &str| {
        let (dir, _) = clean(&[(name, page)], &options);
        let files = walkdir::WalkDir::new(dir.path().join("out/articles")).into_iter();
        let file = files.flatten().find(|entry| entry.file_type().is_file()).unwrap();
        std::fs::read_to_string(file.path()).unwrap()
    };
    let page = written("page.html", PICTURES);
    assert!(
        page.contains("\n![The \\[new\\] quay](<https://post.example/quay/quay.jpg>)\n"),
        "{page}"
    );
    let again = written("page.md", &page);
    let body = |page: &str| page.split_once("\n---\n").unwrap().1.to_owned();
    assert_eq!(body(&again), body(&page));
}

#[test]
fn kinds_that_cannot_stay_are_refused_with_those_that_can() {
    let output =
        dechaff().args(["clean", "README.md", "--keep", "captions,menus"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("'menus'") && said.contains("captions, notes, comments"), "{said}");
}

#[test]
fn articles_of_other_languages_are_left_out_and_told() {
    let files = [("a.txt", STORY), ("b.txt", GERMAN)];
    let (dir, said) = clean(&files, &["--lang", "fr,de-DE"]);
    assert!(said.contains("\n1 article left out: 1 of another language\n"), "{said}");
    let output = Output::of(&dir.path().join("out"));
    assert_eq!(output.manifest["articles"], 1);
    assert_eq!(output.articles[0]["language"], "de");
    let left_out = json!({"other_language": 1, "unknown_language": 0, "too_short": 0});
    assert_eq!(output.manifest["left_out"], left_out);
    assert_eq!(output.manifest["without_article"]["no_text_of_an_article"], 0);
    let spans = output.ledger[0]["spans"].as_array().unwrap();
    assert!(spans.iter().all(|span| span["kind"] != "body" && span["kind"] != "title"));
    let by = |span: &&Value| span["rule"] == "detector:other-language";
    let bytes = |span: &Value| span["end"].as_u64().unwrap() - span["start"].as_u64().unwrap();
    let bytes: u64 = spans.iter().filter(by).map(bytes).sum();
    assert_eq!(output.manifest["removed"]["other"]["bytes"], bytes);
}

#[test]
fn short_articles_are_left_out_and_the_others_keep_their_numbers() {
    let chars = STORY.trim_end().split_once("\n\n").unwrap().1.chars().count();
    let articles = |least: usize| {
        let (dir, _) = clean(&[("a.txt", STORY)], &["--min-chars", &least.to_string()]);
        let manifest = Output::of(&dir.path().join("out")).manifest;
        (manifest["articles"].as_u64(), manifest["left_out"]["too_short"].as_u64())
    };
    assert_eq!(articles(chars), (Some(1), Some(0)));
    assert_eq!(articles(chars + 1), (Some(0), Some(1)));
    let digest = std::fs::read_to_string(format!("{SAMPLES}/mail/harbour-digest.txt")).unwrap();
    let all = |least: &str| {
        let (dir, _) = clean(&[("digest.txt", &digest)], &["--min-chars", least]);
        let articles = Output::of(&dir.path().join("out")).articles.into_iter();
        let place = |article: &Value| article["provenance"]["article"].clone();
        articles.map(|a| (place(&a), a["text"].as_str().unwrap().chars().count())).collect()
    };
    let every: Vec<(Value, usize)> = all("0");
    let least = every.iter().map(|(_, chars)| *chars).min().unwrap() + 1;
    let long: Vec<_> = every.iter().filter(|(_, chars)| *chars >= least).cloned().collect();
    assert!(!long.is_empty() && long.len() < every.len());
    assert_eq!(all(&least.to_string()), long);
}

#[test]
fn what_is_no_code_of_a_language_is_refused() {
    for code in ["german", "deu", "xx", "d", "de_AT", "de,", "12"] {
        let output = dechaff().args(["clean", "README.md", "--lang", code]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{code}: {said}");
        assert!(said.contains("give codes of languages") && said.contains(", de, "), "{said}");
    }
}

/// Commands that need the ledger say that it is missing, and why; those that do not need it work.
#[test]
fn a_run_without_a_ledger_says_so() {
    let (dir, _) = clean(&[("a.txt", STORY)], &["--ledger", "none"]);
    assert!(!dir.path().join("out/ledger.jsonl").exists());
    let run = |arguments: &[&str]| {
        let output = dechaff().args(arguments).current_dir(dir.path()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8(said).unwrap())
    };
    let missing = "dechaff: out: has no ledger, as its run was told --ledger none; clean the dumps again with --ledger jsonl\n";
    for command in
        [&["report", "out"][..], &["diff", "out", "out"], &["explain", "in/a.txt", "--run", "out"]]
    {
        assert_eq!(run(command), (Some(2), missing.to_owned()), "{command:?}");
    }
    let (status, said) = run(&["verify", "out"]);
    assert_eq!(status, Some(0));
    assert!(said.ends_with("; there is no ledger, as the run was told --ledger none\n"), "{said}");
    let (status, said) = run(&["index", "rebuild", "seen.index", "out"]);
    assert!(status == Some(0) && said.contains("\"articles\":1"), "{said}");
}
