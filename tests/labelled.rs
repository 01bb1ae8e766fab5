//! Records of labelled lines, by the whole library: each becomes an article with what its labels say, and no label is text.

use dechaff::Span;
use serde_json::Value;

use crate::support::{CLEANER, folder, run};

const TEXTS: [&str; 4] = [
    "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
    "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
    "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
    "The bakers of the old town will light their ovens at three in the morning and not at one, as they have done since the war.",
];
const NAMES: [&str; 3] = ["Mara Quill", "Tobias Fenn", "Runa Tveiten"];
const PAPERS: [&str; 3] = ["Quay Post", "Orchard Times", "The Velmouth Bee"];

/// A story of an export: what its labels are to say of it.
struct Story {
    title: String,
    author: Option<&'static str>,
    paper: &'static str,
    day: u32,
}

fn stories(count: usize) -> Vec<Story> {
    let story = |at: usize| Story {
        title: format!("Report number {at} about the lock and its keeper"),
        // Every fourth is unsigned.
        author: (at % 4 != 1).then_some(NAMES[at % 3]),
        paper: PAPERS[at % 3],
        day: 1 + at as u32 % 28,
    };
    (0..count).map(story).collect()
}

/// An export in which publisher and day stand above the labels, and the texts have one to four paragraphs.
fn export(stories: &[Story]) -> String {
    let mut export = String::new();
    for (at, story) in stories.iter().enumerate() {
        let Story { title, paper, day, .. } = story;
        let number = at + 1;
        let count = stories.len();
        export +=
            &format!("\n{number} of {count} DOCUMENTS\n\n\n{paper}\n\nMay {day}, 2031 Monday\n\n");
        export +=
            &format!("SECTION: LOCAL; Pg. {number}\n\nLENGTH: 90 words\n\nHEADLINE: {title}\n\n");
        if let Some(author) = story.author {
            export += &format!("BYLINE: By {author}\n\n");
        }
        export += "BODY:\n\n";
        for paragraph in 0..=at % 4 {
            export += &format!("{}\n\n", TEXTS[(at + paragraph) % 4]);
        }
        export += &format!("LOAD-DATE: May {day}, 2031\n\nPUBLICATION-TYPE: Newspaper\n\n");
        export += &format!("Copyright 2031 {paper}\nAll Rights Reserved\n");
    }
    export
}

#[test]
fn every_story_of_an_export_has_its_own_headline_author_publisher_and_day() {
    let stories = stories(40);
    let articles = CLEANER.clean(&export(&stories)).articles;
    assert_eq!(articles.len(), stories.len());
    for (at, (article, story)) in articles.iter().zip(&stories).enumerate() {
        assert_eq!(article.title.as_deref(), Some(&*story.title));
        assert_eq!(article.meta.authors, story.author.into_iter().collect::<Vec<_>>(), "{at}");
        assert_eq!(article.meta.source.as_deref(), Some(story.paper));
        assert_eq!(article.meta.published, Some(format!("2031-05-{:02}", story.day)));
        let text: Vec<&str> = (0..=at % 4).map(|paragraph| TEXTS[(at + paragraph) % 4]).collect();
        assert_eq!(article.text, text.join("\n\n"));
    }
}

#[test]
fn a_label_is_about_the_article_and_the_headline_is_what_stands_behind_it() {
    let text = export(&stories(2));
    let folder = folder(&[("export.txt", text.as_bytes())]);
    let (_, output) = run(&[folder.path()]);
    let place = |value: &Value| -> Span { serde_json::from_value(value.clone()).unwrap() };
    for article in &output.articles {
        let title = place(&article["provenance"]["title"]).of(&text);
        assert_eq!(article["title"], *title);
    }
    let spans = output.ledger[0]["spans"].as_array().unwrap();
    let kind_at = |at: usize| {
        let holds = |span: &&Value| {
            span["start"].as_u64() <= Some(at as u64) && span["end"].as_u64() > Some(at as u64)
        };
        spans.iter().find(holds).unwrap()["kind"].as_str().unwrap()
    };
    for label in ["SECTION:", "HEADLINE:", "BYLINE:", "BODY:", "LOAD-DATE:", "Copyright"] {
        for (at, _) in text.match_indices(label) {
            assert_eq!(kind_at(at), "meta", "{label} at {at}");
        }
    }
    for (at, _) in text.match_indices("Report number") {
        assert_eq!(kind_at(at), "title");
    }
}

/// The headlines of records without a label for them.
fn titles(records: impl Iterator<Item = String>) -> Vec<Option<String>> {
    let articles = CLEANER.clean(&records.collect::<String>()).articles;
    articles.into_iter().map(|article| article.title).collect()
}

#[test]
fn what_closes_each_record_is_no_headline_of_the_next() {
    let heads = ["Ferry back in port", "Baker finds a letter", "Eels under the mill"];
    let record = |at: usize| {
        format!(
            "{}\n\nSECTION: NEWS; Pg. {at}\nLENGTH: 90 words\nBYLINE: {}\nBODY:\n{}\n{}\n\nLOAD-DATE: May {}, 2031\n\n\
             End of Document\n\n",
            heads[at],
            NAMES[at],
            TEXTS[at],
            TEXTS[at + 1],
            at + 1
        )
    };
    assert_eq!(titles((0..3).map(record)), heads.map(|head| Some(head.to_owned())));
}

#[test]
fn what_a_text_is_about_is_no_headline_where_one_stands_between_the_labels() {
    let heads = [
        "Lost brooch turns up in a pike",
        "Runner beats the mail van",
        "Quarry takes on two girls",
    ];
    let record = |at: usize| {
        format!(
            "Document {} of 3\n\n{}\n\nAuthor: {}.\nPublication info: {}; Velmouth. 05 Mar 2031: 9.\n\nFull text: {} {}\n\
             Subject: {}\nPublication date: Mar {}, 2031\nLanguage of document: English\n\
             ____________________________________________________________\n",
            at + 1,
            heads[at],
            NAMES[at],
            PAPERS[at],
            TEXTS[at],
            TEXTS[at + 1],
            ["Fish; Jewelry", "Running", "Apprentices; Women"][at],
            at + 5
        )
    };
    assert_eq!(titles((0..3).map(record)), heads.map(|head| Some(head.to_owned())));
}

#[test]
fn a_digest_of_mails_parts_into_messages_with_subject_sender_and_date() {
    const MONDAYS: [u32; 2] = [5, 12];
    let mut digest = String::from(
        "Quay-talk digest\n\nToday's Topics:\n\n   1. The lock (Mara Quill)\n   2. Re: The mill (Tobias Fenn)\n\n",
    );
    let rule = |width: usize| format!("{}\n\n", "-".repeat(width));
    digest += &rule(70);
    let mails =
        [("Mara Quill", "The lock leaks again"), ("Tobias Fenn", "Re: The mill and its sluice")];
    for (at, (name, subject)) in mails.iter().enumerate() {
        let (number, day) = (at + 1, MONDAYS[at]);
        digest += &format!(
            "Message: {number}\nDate: Mon, {day} May 2031 10:00:00 +0200\nFrom: {name} <post@quay.example>\nTo: talk@quay.example\nSubject: {subject}\nMessage-ID:\n\t<{number}.quay@quay.example>\n\n{}\n\n-- \n{name}\n\n",
            TEXTS[at]
        );
        digest += &rule(30);
    }
    digest += "Subject: Digest Footer\n\nQuay-talk mailing list\n\n";
    digest += &rule(30);
    digest += "End of Quay-talk Digest, Vol 4\n";
    let articles = CLEANER.clean(&digest).articles;
    assert_eq!(articles.len(), 2);
    for (at, article) in articles.iter().enumerate() {
        assert_eq!(article.title.as_deref(), Some(mails[at].1));
        assert_eq!(article.meta.authors, [mails[at].0]);
        let day = format!("2031-05-{:02}T10:00:00+02:00", MONDAYS[at]);
        assert_eq!(article.meta.published, Some(day));
        assert_eq!(article.text, TEXTS[at]);
    }
}
