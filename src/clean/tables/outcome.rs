//! What comes out for an input of each table.

use std::ops::Range;
use std::sync::LazyLock;

use crate::clean::cleaner::{About, moved};
use crate::clean::judge::{JudgeInput, Strictness};
use crate::clean::mark::{DETECTORS, LISTING, Marks, Strength, VERSE};
use crate::clean::model::Prediction;
use crate::clean::region::{likely_region, text_region};
use crate::clean::segment::Segment;
use crate::clean::site::PageContext;
use crate::clean::{Cleaner, Options};
use crate::html::HtmlPage;
use crate::page::Page;
use crate::read::Format;
use crate::span::{Decider, Kind};

/// Whether a block is running text, and whether it looks like a headline.
pub(super) fn block(cleaner: &Cleaner, _: &str, text: &str) -> String {
    let page = Page::with(text, &cleaner.thresholds.page);
    match (page.blocks[0].is_prose(), page.blocks[0].is_headline_like()) {
        (true, true) => "prose, headline",
        (true, false) => "prose",
        (false, true) => "headline",
        (false, false) => "other",
    }
    .into()
}

/// A page written as codes, with the marks and the probabilities that they name: `p20` is a paragraph of 20 words, `s5` a sentence that is none, `l5`
/// a line without an end, `c5` one with a colon, `i5` an item of a list, `h5` and `d5` a line that is debris by a hint or by a strong mark; `@0.9`
/// behind a code is its probability. Further, `x5` is a line that is debris by a sure mark, `t5` a row of so many cells, `k5` a line of code, and
/// `v5` one of verse.
fn coded(codes: &str) -> (String, Vec<char>, Vec<Prediction>) {
    let (mut text, mut forms, mut predictions) = (String::new(), Vec::new(), Vec::new());
    for code in codes.split_whitespace() {
        let (code, probability) = code.split_once('@').unwrap_or((code, "0.5"));
        let form = code.chars().next().unwrap();
        let between = if form == 't' { "\t" } else { " " };
        let words = vec!["harbour"; code[1..].parse().unwrap()].join(between);
        let end = match form {
            'p' | 's' => ".",
            'c' => ":",
            _ => "",
        };
        let marker = if form == 'i' { "• " } else { "" };
        text += &format!("{marker}{words}{end}\n\n");
        forms.push(form);
        predictions.push(Prediction { probability: probability.parse().unwrap() });
    }
    (text, forms, predictions)
}

/// The marks that codes name.
fn marked(forms: &[char]) -> Marks {
    let mut marks = Marks::new(forms.len());
    for (index, form) in forms.iter().enumerate() {
        let mut debris =
            |strength| marks.add(index, Kind::Nav, Decider::Rule("table".into()), strength);
        match form {
            'h' => debris(Strength::Hint),
            'd' => debris(Strength::Strong),
            'x' => debris(Strength::Sure),
            'k' => marks.set(index, &LISTING),
            'v' => marks.set(index, &VERSE),
            _ => {}
        }
    }
    marks
}

fn range(range: &Range<usize>) -> String {
    format!("{}..{}", range.start, range.end)
}

/// Where the text of a page written as codes stands.
pub(super) fn region(cleaner: &Cleaner, _: &str, codes: &str) -> String {
    let (text, forms, _) = coded(codes);
    let page = Page::with(&text, &cleaner.thresholds.page);
    let marks = marked(&forms);
    range(&text_region(&page, 0..page.blocks.len(), &marks, &cleaner.thresholds.region))
}

/// Where the text of a page written as codes stands by the model.
pub(super) fn likely(cleaner: &Cleaner, _: &str, codes: &str) -> String {
    let (text, _, predictions) = coded(codes);
    let t = &cleaner.thresholds;
    let page = Page::with(&text, &t.page);
    let least = t.judge.least(Strictness::Balanced);
    range(&likely_region(&page, 0..page.blocks.len(), &predictions, least, &t.region))
}

/// The kind of each block of a page written as codes, `*` behind those that their run decides.
pub(super) fn form(cleaner: &Cleaner, _: &str, codes: &str) -> String {
    let (text, forms, predictions) = coded(codes);
    let page = Page::with(&text, &cleaner.thresholds.page);
    let blocks = 0..page.blocks.len();
    let segment = Segment { blocks: blocks.clone(), ..Segment::default() };
    let marks = marked(&forms);
    let region = text_region(&page, blocks, &marks, &cleaner.thresholds.region);
    let verdicts = cleaner.stages().verdicts(&page, &segment, &region, &marks, &predictions);
    let shown = verdicts.iter().map(|verdict| match verdict.by {
        Some(Decider::ModelBy("form")) => format!("{}*", verdict.kind),
        _ => verdict.kind.to_string(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The verdict on one block of an article: `mark | place | form | probability | strictness`.
pub(super) fn verdict(cleaner: &Cleaner, _: &str, row: &str) -> String {
    let columns: Vec<&str> = row.split('|').map(str::trim).collect();
    let [mark, place, form, probability, strictness] = columns[..] else { panic!("{row}") };
    let words = |count: &str| vec!["lantern"; count.parse().unwrap()].join(" ");
    let (form, count) = form.split_at(1);
    let tested = match form {
        "l" => words(count),
        _ => words(count) + ".",
    };
    let others = |codes: &str| {
        let (text, _, predictions) = coded(codes);
        (text, predictions)
    };
    // The article: a headline, three paragraphs, four lines of debris, and the block under test at its place.
    let (before, after, title) = match place {
        "above" => ("", "l4@0.9 p20@0.9 p20@0.9 p20@0.9 l3@0.1", Some(1)),
        "below" => ("l4@0.9", "p20@0.9 p20@0.9 p20@0.9 l3@0.1", Some(0)),
        "second" => ("l4@0.9 l3@0.1", "p20@0.9 p20@0.9 l3@0.1", Some(0)),
        "third" => ("l4@0.9 l3@0.1 l3@0.1", "p20@0.9 p20@0.9 l3@0.1", Some(0)),
        "amid" => ("l4@0.9 p20@0.9 p20@0.9", "p20@0.9 l3@0.1", Some(0)),
        "near" => ("l4@0.9 p20@0.9 p20@0.9 l3@0.1 l3@0.1", "l3@0.1 l3@0.1 p20@0.9", Some(0)),
        "apart" => {
            let lines = "l4@0.9 p20@0.9 p20@0.9 l3@0.1 l3@0.1 l3@0.1 l3@0.1";
            (lines, "l3@0.1 l3@0.1 p20@0.9", Some(0))
        }
        "far" => {
            let lines = "l4@0.9 p20@0.9 p20@0.9 p20@0.9 l3@0.1 l3@0.1 l3@0.1 l3@0.1 l3@0.1 l3@0.1";
            (lines, "l3@0.1", Some(0))
        }
        "untitled" => ("p20@0.9", "p20@0.9", None),
        _ => panic!("{place}"),
    };
    let (before, mut predictions) = others(before);
    let (after, opinions_after) = others(after);
    let index = predictions.len();
    predictions.push(Prediction { probability: probability.parse().unwrap_or(0.0) });
    predictions.extend(opinions_after);
    let text = format!("{before}{tested}\n\n{after}");
    let t = &cleaner.thresholds;
    let page = Page::with(&text, &t.page);
    let mut marks = Marks::new(page.blocks.len());
    add_mark(&mut marks, index, mark);
    let blocks = 0..page.blocks.len();
    let segment = Segment { blocks: blocks.clone(), title, ..Segment::default() };
    let least = t.judge.least(match strictness {
        "keep" => Strictness::Keep,
        "strict" => Strictness::Strict,
        _ => Strictness::Balanced,
    });
    let region = text_region(&page, blocks.clone(), &marks, &t.region);
    let likely = likely_region(&page, blocks, &predictions, least, &t.region);
    let predictions = if probability == "-" { Vec::new() } else { predictions };
    let case = JudgeInput {
        page: &page,
        segment: &segment,
        region: &region,
        marks: &marks,
        predictions: &predictions,
        likely,
        least,
        thresholds: &t.judge,
        bounds: &t.mark.detectors,
    };
    let verdict = case.verdict(index);
    let by = verdict.by.map_or_else(|| "-".into(), |by| by.to_string());
    format!("{} {by}", verdict.kind)
}

/// Marks a block: by the name of a detector, or as `strength kind` by a rule.
fn add_mark(marks: &mut Marks, index: usize, mark: &str) {
    if let Some(detector) = DETECTORS.iter().find(|detector| detector.name == mark) {
        marks.detect(index, detector);
    }
    if let Some((strength, kind)) = mark.split_once(' ') {
        let strength = match strength {
            "hint" => Strength::Hint,
            "strong" => Strength::Strong,
            _ => Strength::Sure,
        };
        let kind = Kind::ALL.into_iter().find(|k| k.name() == kind).unwrap();
        marks.add(index, kind, Decider::Rule("table".into()), strength);
    }
}

/// Reads a text, or a page of HTML, and tells with `show` what the stages before the verdict found.
fn examined(
    cleaner: &Cleaner,
    text: &str,
    show: impl FnOnce(&Page, &Marks, &[(Segment, Range<usize>)]) -> String,
) -> String {
    let t = &cleaner.thresholds;
    let found = if text.trim_start().starts_with('<') {
        let html = HtmlPage::with(text, &t.html);
        let page = Page::rendered(&html.shown.text, &t.page);
        let site = PageContext::of(&html, &page, &t.html);
        let (marks, segments) = cleaner.stages().examine(&page, Some(&site));
        show(&page, &marks, &segments)
    } else {
        let page = Page::with(text, &t.page);
        let (marks, segments) = cleaner.stages().examine(&page, None);
        show(&page, &marks, &segments)
    };
    if found.is_empty() { "-".into() } else { found }
}

/// The first words of a block.
fn head(page: &Page, index: usize) -> String {
    page.text_of(index).split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}

/// The blocks that the detector in the heading finds.
pub(super) fn detected(cleaner: &Cleaner, heading: &str, text: &str) -> String {
    let name = heading.split(' ').next().unwrap();
    examined(cleaner, text, |page, marks, _| {
        let by = |by: &Decider| matches!(by, Decider::Detector(detector) if *detector == name);
        let found = |&index: &usize| marks.all_of(index).iter().any(|mark| by(&mark.by));
        let lines = (0..page.blocks.len()).filter(found).map(|index| head(page, index));
        lines.collect::<Vec<_>>().join("\n")
    })
}

/// The headline of the first article.
pub(super) fn headline(cleaner: &Cleaner, _: &str, text: &str) -> String {
    examined(cleaner, text, |page, _, segments| {
        segments[0].0.title.map_or_else(String::new, |title| head(page, title))
    })
}

/// The headline of each article, by the scorer.
pub(super) fn titles(_: &Cleaner, _: &str, text: &str) -> String {
    static CLEANER: LazyLock<Cleaner> = LazyLock::new(|| Cleaner::new(Options::default()).unwrap());
    let articles = CLEANER.clean(text).articles.into_iter();
    let shown = articles.map(|article| article.title.unwrap_or_else(|| "-".into()));
    shown.collect::<Vec<_>>().join("\n")
}

/// What is known of each article: headline, authors, publisher and day; and the first and the last word of its text.
pub(super) fn records(cleaner: &Cleaner, _: &str, text: &str) -> String {
    let shown = cleaner.clean(text).articles.into_iter().map(|article| {
        let meta = article.meta;
        let words = |mut text: std::str::SplitWhitespace| {
            let first = text.next().unwrap_or_default().to_owned();
            format!("{first} … {}", text.next_back().unwrap_or_default())
        };
        let known = |value: Option<String>| value.unwrap_or_else(|| "-".into());
        let authors = Some(meta.authors.join("; ")).filter(|authors| !authors.is_empty());
        let fields = [article.title, authors, meta.source, meta.published];
        let fields = fields.map(known).join(" | ");
        format!("{fields} | {}", words(article.text.split_whitespace()))
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// The first block of each article, and its headline.
pub(super) fn articles(cleaner: &Cleaner, _: &str, text: &str) -> String {
    examined(cleaner, text, |page, _, segments| {
        let shown = |(segment, _): &(Segment, Range<usize>)| {
            let title = segment.title.map_or_else(|| "-".into(), |title| head(page, title));
            format!("{} | {title}", head(page, segment.blocks.start))
        };
        segments.iter().map(shown).collect::<Vec<_>>().join("\n")
    })
}

/// What is kept of a text, and what became of the rest, without a model: kind and first words of each block.
pub(super) fn text(cleaner: &Cleaner, _: &str, text: &str) -> String {
    let shown = cleaner
        .clean_shown(text, Format::Text, About::default(), |subject| cleaner.predictions(subject));
    let cleaned = moved(shown.page.as_ref(), text, shown.cleaned);
    let entries = cleaned.ledger.entries().iter().filter(|entry| entry.kind != Kind::Blank);
    let shown = entries.map(|entry| {
        let words: Vec<&str> = entry.span.of(text).split_whitespace().take(3).collect();
        format!("{}: {}", entry.kind, words.join(" "))
    });
    shown.collect::<Vec<_>>().join("\n")
}
