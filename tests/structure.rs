//! The structure of articles: what the paragraphs are, how they come out as Markdown and as text, and that they come back from it.

use std::collections::BTreeMap;
use std::path::Path;

use dechaff::{BlockType, Format, InlineType};
use serde_json::Value;
use tempfile::TempDir;

use crate::forms::{lines, write};
use crate::support::{CLEANER, folder};

const LEAD: &str = "<p>The gauge at the old quay can be read by <a href='gauge?x=1&amp;y=2'>anybody who has a boat</a>, and it is <b>free of charge</b> for all members.</p>";
const REST: &str = "<p>The harbour master reads the gauge each morning, and writes what it says on the board at the door of the ticket hall, next to the hours of the ferry.</p>";

/// A page with these parts between its first and its last paragraph.
pub(crate) fn page(parts: &[&str]) -> String {
    format!(
        "<!DOCTYPE html><base href='https://quay.example/docs/'><title>Reading the gauge</title><nav><a href='/'>Home</a></nav>\
         <article><h1>Reading the gauge</h1>{LEAD}{}{REST}</article>",
        parts.concat()
    )
}

const HEADING: &str = "<h2>What you need</h2><p>All of it can be had at the shop of the club, which is open on each day but Sunday, and lends what it does not sell.</p>";
const LISTS: &str = "<ul><li>A boat that floats, with a <code>mast</code><ul><li>of oak, which is heavy, or</li><li>of ash, which is not.</li></ul></li><li>A rope of forty metres that nobody has cut.</li></ul>\
    <ol start=3><li>Row to the gauge in the morning<p>before the tide turns, and wait there for the wind to fall.</p></li><li>Read the mark on the wooden pole, and write it down.</li></ol>";
const QUOTATION: &str = "<blockquote><p>It is the best gauge of the coast, said the harbour master, who has read it for thirty years.</p><p>Nobody else has done so, and nobody else will.</p></blockquote>";
const CODE: &str = "<pre><code class='language-python'>def read(gauge):\n    <i>for</i> mark in gauge:\n        print(mark)  # `now`\n\n    return   None</code></pre>";
const TABLE: &str = "<table><thead><tr><th>Mark</th><th colspan=2>Depth | tide</th></tr></thead><tr><td rowspan=2>Low</td><td>2 m</td><td>in the <a href='m'>morning</a></td></tr>\
    <tr><td>3 m</td><td>at night</td></tr></table>";
const FORMULA: &str = "<p>So <math><semantics><mi>h</mi><annotation encoding='application/x-tex'>h_1 + a^2</annotation></semantics></math> is the height of the water over the sill, at $2 or $3 a reading, and &lt;script&gt; is no *tag*.</p>";
const VERSE: &str = "<p>The tide is high<br>and the boats are low<br>and nobody is at home</p>";

#[test]
fn elements_say_what_paragraphs_are() {
    let source = page(&[HEADING, LISTS, QUOTATION, CODE, TABLE, FORMULA, VERSE]);
    let article = CLEANER.clean_html(&source).articles.remove(0);
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    let of = |wanted: fn(&BlockType) -> bool| -> Vec<String> {
        let blocks = article.blocks.iter().filter(|block| wanted(&block.role));
        blocks.map(|block| paragraphs[block.paragraphs.clone()].join("|")).collect()
    };
    assert_eq!(of(|role| *role == BlockType::Heading { level: 2 }), ["What you need"]);
    assert_eq!(of(|role| matches!(role, BlockType::ListItem { number: None, .. })).len(), 4);
    assert_eq!(
        of(|role| matches!(role, BlockType::ListItem { number: Some(3), .. })),
        [
            "Row to the gauge in the morning|before the tide turns, and wait there for the wind to fall."
        ]
    );
    assert_eq!(
        of(|role| *role == BlockType::Code { language: Some("python".into()) }),
        [
            "def read(gauge):\n    for mark in gauge:\n        print(mark)  # `now`|    return   None"
        ]
    );
    assert_eq!(
        of(|role| *role == BlockType::Verse),
        ["The tide is high|and the boats are low|and nobody is at home"]
    );
    let table = article.blocks.iter().find_map(|block| match &block.role {
        BlockType::Table { rows } => Some(rows),
        _ => None,
    });
    let cells = table.unwrap().iter().map(|row| {
        row.iter().map(|cell| (&*cell.text, cell.colspan, cell.rowspan, cell.is_header)).collect()
    });
    assert_eq!(
        cells.collect::<Vec<Vec<_>>>(),
        [
            vec![("Mark", 1, 1, true), ("Depth | tide", 2, 1, true)],
            vec![("Low", 1, 2, false), ("2 m", 1, 1, false), ("in the morning", 1, 1, false)],
            vec![("3 m", 1, 1, false), ("at night", 1, 1, false)],
        ]
    );
    let [link, strong] = &article.blocks[0].spans[..] else { panic!("{:?}", article.blocks[0]) };
    let target = "https://quay.example/docs/gauge?x=1&y=2".into();
    assert_eq!(link.role, InlineType::Link { target });
    assert_eq!(strong.role, InlineType::Strong);
    let range = strong.range;
    assert_eq!(&paragraphs[strong.paragraph][range.start..range.end], "free of charge");
}

/// The pages of a run that are read, without what stands in front.
fn bodies(files: &BTreeMap<String, Vec<u8>>) -> String {
    let pages = files.iter().filter(|(name, _)| name.starts_with("articles/"));
    let body = |page: &[u8]| {
        let page = String::from_utf8(page.to_vec()).unwrap();
        page.split_once("\n---\n").map_or(page.clone(), |(_, body)| body.to_owned())
    };
    pages.map(|(_, page)| body(page)).collect()
}

#[test]
fn markdown_and_text_keep_lists_code_tables_and_verse() {
    let source = page(&[HEADING, LISTS, QUOTATION, CODE, TABLE, FORMULA, VERSE]);
    let dumps = folder(&[("a.html", source.as_bytes())]);
    let page = |format| {
        let out = TempDir::new().unwrap();
        bodies(&write(&[dumps.path()], out.path(), |run| run.format(format)))
    };
    assert_eq!(page(Format::Markdown), MARKDOWN);
    assert_eq!(page(Format::Text), TEXT);
}

const MARKDOWN: &str = r#"
# Reading the gauge

The gauge at the old quay can be read by [anybody who has a boat](<https://quay.example/docs/gauge?x=1\&y=2>), and it is **free of charge** for all members.

## What you need

All of it can be had at the shop of the club, which is open on each day but Sunday, and lends what it does not sell.

- A boat that floats, with a `mast`
  - of oak, which is heavy, or
  - of ash, which is not.
- A rope of forty metres that nobody has cut.

3. Row to the gauge in the morning

   before the tide turns, and wait there for the wind to fall.

4. Read the mark on the wooden pole, and write it down.

> It is the best gauge of the coast, said the harbour master, who has read it for thirty years.
>
> Nobody else has done so, and nobody else will.

```python
def read(gauge):
    for mark in gauge:
        print(mark)  # `now`

    return   None
```

| Mark | Depth \| tide | |
| --- | --- | --- |
| Low | 2 m | in the [morning](<https://quay.example/docs/m>) |
| | 3 m | at night |

So $h_1 + a^2$ is the height of the water over the sill, at \$2 or \$3 a reading, and \<script> is no \*tag\*.

The tide is high\
and the boats are low\
and nobody is at home

The harbour master reads the gauge each morning, and writes what it says on the board at the door of the ticket hall, next to the hours of the ferry.
"#;

const TEXT: &str = "Reading the gauge

The gauge at the old quay can be read by anybody who has a boat, and it is free of charge for all members.

What you need

All of it can be had at the shop of the club, which is open on each day but Sunday, and lends what it does not sell.

- A boat that floats, with a mast
  - of oak, which is heavy, or
  - of ash, which is not.
- A rope of forty metres that nobody has cut.

3. Row to the gauge in the morning
before the tide turns, and wait there for the wind to fall.
4. Read the mark on the wooden pole, and write it down.

It is the best gauge of the coast, said the harbour master, who has read it for thirty years.

Nobody else has done so, and nobody else will.

def read(gauge):
    for mark in gauge:
        print(mark)  # `now`

    return   None

Mark\tDepth | tide
Low\t2 m\tin the morning
3 m\tat night

So h_1 + a^2 is the height of the water over the sill, at $2 or $3 a reading, and <script> is no *tag*.

The tide is high
and the boats are low
and nobody is at home

The harbour master reads the gauge each morning, and writes what it says on the board at the door of the ticket hall, next to the hours of the ferry.
";

#[test]
fn what_is_written_as_markdown_is_read_as_it_was() {
    let parts = [HEADING, LISTS, QUOTATION, CODE, TABLE, FORMULA];
    let pages: Vec<(String, String)> = (0..parts.len() * parts.len())
        .map(|number| {
            let (one, other) = (parts[number / parts.len()], parts[number % parts.len()]);
            let rest = REST.replace("harbour master", &format!("keeper of lamp {number}"));
            (format!("{number:02}.html"), page(&[one, &rest, other]))
        })
        .collect();
    let pages: Vec<(&str, &[u8])> =
        pages.iter().map(|(name, page)| (&**name, page.as_bytes())).collect();
    let dumps = folder(&pages);
    let clean = |paths: &Path, out: &Path, format| {
        write(&[paths], out, |run| run.format(format).keep_duplicates(true).repeated(0))
    };
    let [first, written, again] = [(); 3].map(|()| TempDir::new().unwrap());
    let articles = clean(dumps.path(), first.path(), Format::Jsonl);
    clean(dumps.path(), written.path(), Format::Markdown);
    let read = clean(&written.path().join("articles"), again.path(), Format::Jsonl);
    let build = |article: &Value| {
        let blocks = article["blocks"].as_array().unwrap().iter().map(|block| {
            let fields = [
                "type",
                "paragraphs",
                "depth",
                "quoted",
                "level",
                "number",
                "begins_list",
                "language",
            ];
            fields.map(|field| block[field].clone())
        });
        (article["title"].clone(), article["text"].clone(), blocks.collect::<Vec<_>>())
    };
    let [articles, read] = [articles, read].map(|files| lines(&files["articles.jsonl"]));
    assert_eq!(articles.len(), read.len());
    for (article, read) in articles.iter().zip(&read) {
        assert_eq!(build(article), build(read));
    }
}

#[test]
fn a_table_amid_the_text_keeps_rows_that_alone_are_debris() {
    let hours = "<p>The harbour office lends the tools that this needs, and somebody who knows how to hold them:</p>\
        <table><tr><th>Day</th><th>Hours</th></tr><tr><td>Monday</td><td>8 to 12</td></tr><tr><td>Saturday</td><td>9 to 11</td></tr>\
        <tr><td>Sunday</td><td>closed</td></tr><tr><td>Holidays</td><td>closed</td></tr></table>";
    let rows = |role: &BlockType| match role {
        BlockType::Table { rows } => Some(rows.len()),
        _ => None,
    };
    let article = CLEANER.clean_html(&page(&[hours])).articles.remove(0);
    let tables: Vec<usize> = article.blocks.iter().filter_map(|block| rows(&block.role)).collect();
    assert_eq!(tables, [5], "{}", article.text);
    let menu = "<table><tr><td><a href=/a>Home</a></td><td><a href=/b>News</a></td></tr><tr><td><a href=/c>Log in</a></td><td><a href=/d>Contact</a></td></tr>\
        <tr><td><a href=/e>Privacy</a></td><td><a href=/f>Imprint</a></td></tr></table>";
    let article = CLEANER.clean_html(&page(&[HEADING, menu])).articles.remove(0);
    assert!(article.blocks.iter().all(|block| rows(&block.role).is_none()), "{}", article.text);
}

#[test]
fn a_table_that_lays_out_the_page_holds_no_data() {
    let table = TABLE.replacen("<table>", "<table role=presentation>", 1);
    let article = CLEANER.clean_html(&page(&[&table])).articles.remove(0);
    assert!(article.text.contains("in the morning"), "{}", article.text);
    let is_table = |role: &BlockType| matches!(role, BlockType::Table { .. });
    assert!(!article.blocks.iter().any(|block| is_table(&block.role)));
}

#[test]
fn lists_below_each_other_stay_two() {
    let lists = "<ul><li>Bread and salted butter for the journey.<li>Water for three days and nights.</ul><ul><li>A rope of forty metres that nobody has cut.<li>A lamp that burns for the whole night.</ul>";
    let dumps = folder(&[("a.html", page(&[lists]).as_bytes())]);
    let write_as = |format| {
        let out = TempDir::new().unwrap();
        bodies(&write(&[dumps.path()], out.path(), |run| run.format(format)))
    };
    assert!(
        write_as(Format::Markdown)
            .contains("- Water for three days and nights.\n\n* A rope of forty"),
        "{}",
        write_as(Format::Markdown)
    );
    assert!(
        write_as(Format::Text).contains("- Water for three days and nights.\n\n- A rope of forty")
    );
    let read = CLEANER.clean_html(&page(&[lists])).articles.remove(0);
    let begins: Vec<bool> = read
        .blocks
        .iter()
        .filter_map(|block| match block.role {
            BlockType::ListItem { begins_list, .. } => Some(begins_list),
            _ => None,
        })
        .collect();
    assert_eq!(begins, [false, false, true, false]);
}

#[test]
fn links_that_run_scripts_are_none() {
    let hidden = [
        "javascript:alert(1)",
        "java&#9;script:alert(1)",
        "&#1;javascript:alert(1)",
        "javascript&colon;alert(1)",
        "JaVaScRiPt&#9;:alert(1)",
        "da&#10;ta:text/html,x",
        "view-source:javascript:alert(1)",
        "#note",
    ];
    for href in hidden {
        let linked = format!(
            "<p>The board has met, and <a href='{href}'>the minutes</a> are out; nobody knows what stands in them, though, and nobody asks.</p>"
        );
        let article = CLEANER.clean_html(&page(&[&linked])).articles.remove(0);
        assert!(article.text.contains("the minutes are out"));
        assert!(article.blocks[1].spans.is_empty(), "{:?}", article.blocks[1]);
    }
    let base = "<!DOCTYPE html><base href='javascript:x/'>";
    let source = page(&[]).replacen("<!DOCTYPE html>", base, 1);
    let article = CLEANER.clean_html(&source).articles.remove(0);
    assert!(!format!("{:?}", article.blocks).contains("javascript"));
}

#[test]
fn spans_stand_where_they_say_whatever_white_space_is_around() {
    let linked = "<p>Le prix\u{a0}: 4\u{a0}\u{a0}000 francs, <a href='/prix'>dit\n  la poste</a>\u{a0}; le bateau ne part plus le soir, et personne ne sait pourquoi.</p>";
    let article = CLEANER.clean_html(&page(&[linked])).articles.remove(0);
    let [link] = &article.blocks[1].spans[..] else { panic!("{:?}", article.blocks[1]) };
    let paragraph = article.text.split("\n\n").nth(1).unwrap();
    assert_eq!(&paragraph[link.range.start..link.range.end], "dit la poste");
}

#[test]
fn a_quotation_in_an_item_stands_in_it_and_a_list_in_a_quotation_too() {
    let parts = "<ul><li>The master of the harbour has read the gauge for years, and says:<blockquote><p>Nobody else has done so, and nobody else will.</p></blockquote></li></ul>\
        <blockquote><p>What he needs is soon told, and he has told it often:</p><ol><li>a boat that floats, and</li><li>a rope that nobody has cut.</li></ol></blockquote>";
    let dumps = folder(&[("a.html", page(&[parts]).as_bytes())]);
    let out = TempDir::new().unwrap();
    let page = bodies(&write(&[dumps.path()], out.path(), |run| run.format(Format::Markdown)));
    let wanted = "
- The master of the harbour has read the gauge for years, and says:

  > Nobody else has done so, and nobody else will.

> What he needs is soon told, and he has told it often:
>
> 1. a boat that floats, and
> 2. a rope that nobody has cut.
";
    assert!(page.contains(wanted), "{page}");
}

#[test]
fn lists_count_as_they_say() {
    let numbers = |list: &str| -> Vec<Option<u32>> {
        let items = [
            "a boat that floats on the water",
            "a rope that nobody has cut so far",
            "a gauge that somebody has read",
        ];
        let items: String = items.iter().map(|item| format!("<li>{item}")).collect();
        let article =
            CLEANER.clean_html(&page(&[&format!("<{list}>{items}</ol>")])).articles.remove(0);
        let numbers = article.blocks.iter().filter_map(|block| match block.role {
            BlockType::ListItem { number, .. } => Some(number),
            _ => None,
        });
        numbers.collect()
    };
    assert_eq!(numbers("ol"), [Some(1), Some(2), Some(3)]);
    assert_eq!(numbers("ol start=7"), [Some(7), Some(8), Some(9)]);
    assert_eq!(numbers("ol reversed"), [Some(3), Some(2), Some(1)]);
    assert_eq!(numbers("ol start=-2"), [None, None, None]);
}
