//! Dumps of several stories as text: what comes out of each of them.

use dechaff::{Article, Explanation, Record};

use crate::support::CLEANER;

/// Stories: a headline and its paragraphs.
const STORIES: [(&str, [&str; 2]); 5] = [
    (
        "Second boat for the lock",
        [
            "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
            "The council will look at the boat on Thursday. Until then the keeper rows alone, and whoever wants to cross has to wait on the bank.",
        ],
    ),
    (
        "Meadow below the mill stands under water",
        [
            "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
            "Two cows were led up to the road by a girl of nine. The miller has put a padlock on the wheel, and he keeps the key in his coat.",
        ],
    ),
    (
        "Pupils mend nets again",
        [
            "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
            "The old men of the village come on Wednesdays and correct the knots. They take coffee for it, and they say that it is too weak.",
        ],
    ),
    (
        "Bakers light their ovens later",
        [
            "The bakers of the old town will light their ovens at three in the morning and not at one, as they have done since the war.",
            "They found out that nobody buys bread before six. The night watch, who did, has been given a basket of rolls to make up for it.",
        ],
    ),
    (
        "Letter found behind the organ",
        [
            "Workers who took down the organ of the small church found a letter behind the largest pipe, written in 1794 and never opened.",
            "The parish will open it on Sunday after the sermon. Bets are being taken at the inn on whether it is a will or a bill.",
        ],
    ),
];
const DAYS: [&str; 5] = ["3 May 2031", "4 May 2031", "7 May 2031", "9 May 2031", "12 May 2031"];

fn articles(dump: &str) -> Vec<Article> {
    CLEANER.clean(dump).articles
}

fn titles(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.title.as_deref().unwrap_or_default()).collect()
}

/// The first `number` stories, each as `head` says with its headline and its number, its paragraphs, and `foot`.
fn dump(number: usize, head: impl Fn(&str, usize) -> String, foot: &str) -> String {
    let story = |(at, (title, text)): (usize, &(&str, [&str; 2]))| {
        format!("{}\n\n{}\n\n{foot}", head(title, at), text.join("\n\n"))
    };
    STORIES.iter().take(number).enumerate().map(story).collect::<Vec<_>>().join("\n\n")
}

fn headlines(number: usize) -> Vec<&'static str> {
    STORIES.iter().take(number).map(|(title, _)| *title).collect()
}

#[test]
fn a_headline_that_asks_begins_a_story_as_others_do() {
    let question = "Who will mend the sluice below the old mill before the water comes back?";
    let page = dump(5, |title, at| format!("{title}\n\n{} by Ida Holm", DAYS[at]), "");
    let page = page.replace(STORIES[2].0, question);
    let mut expected = headlines(5);
    expected[2] = question;
    assert_eq!(titles(&articles(&page)), expected);
}

#[test]
fn a_line_below_each_story_does_not_end_the_page() {
    let page = dump(5, |title, at| format!("{title}\n{} by Ida Holm", DAYS[at]), "Comments (12)");
    let found = articles(&page);
    assert_eq!(titles(&found), headlines(5));
    for (article, (_, text)) in found.iter().zip(STORIES) {
        assert_eq!(article.text, text.join("\n\n"));
    }
}

#[test]
fn a_first_story_of_one_sentence_is_one() {
    let page = dump(5, |title, at| format!("- {title}\n\n{} by Ida Holm", DAYS[at]), "Read more");
    let short = "- Bell is silent\n\n2 May 2031 by Ida Holm\n\nThe bell of the town hall has been silent since Monday, for want of a rope.\n\nRead more";
    let page = format!("Home\nNews\nHarbours\nContact\n\nThe Quay Letter\n\n{short}\n\n{page}");
    let found = articles(&page);
    assert_eq!(found.len(), 6);
    assert!(found[0].text.starts_with("The bell of the town hall"), "{}", found[0].text);
}

#[test]
fn two_stories_with_one_kind_of_head_are_two() {
    let page = dump(2, |title, at| format!("{title}\n\n{} by Ida Holm", DAYS[at]), "");
    assert_eq!(titles(&articles(&page)), headlines(2));
}

#[test]
fn a_promotion_below_the_stories_is_none() {
    let page = dump(5, |title, at| format!("{title}\n\n{} by Ida Holm", DAYS[at]), "");
    let page = format!(
        "{page}\n\nThe quay in your pocket\n\nGet the free app of the Quay Letter and never miss a boat again.\n\nDownload now\n\n© 2031 Quay Letter\n"
    );
    assert_eq!(titles(&articles(&page)), headlines(5));
}

#[test]
fn what_stands_beside_all_headlines_is_no_part_of_them() {
    let numerals = ["I", "II", "III", "IV", "V"];
    for head in [
        &|title: &str, at: usize| format!("{}. {title}\n\n{} by Ida Holm", numerals[at], DAYS[at]),
        &|title: &str, at: usize| format!("**{title}**\n\n{} by Ida Holm", DAYS[at]),
    ] as [&dyn Fn(&str, usize) -> String; 2]
    {
        let page = dump(5, head, "");
        assert_eq!(titles(&articles(&page)), headlines(5), "{page}");
    }
}

#[test]
fn a_headline_over_two_lines_is_whole() {
    let wrapped = |title: &str, at: usize| {
        let half = title[..title.len() / 2 + 4].rfind(' ').unwrap();
        format!("{}\n{}\n\n{} by Ida Holm", &title[..half], &title[half + 1..], DAYS[at])
    };
    let found = articles(&dump(4, wrapped, ""));
    let found: Vec<String> = titles(&found).iter().map(|title| title.replace('\n', " ")).collect();
    assert_eq!(found, headlines(4));
}

#[test]
fn what_stands_below_stories_does_not_hide_them() {
    let others = [
        "What readers say",
        "olaf wrote: I have rowed that boat and it does not leak if you sit still.",
        "marta wrote: Nobody sits still at the lock.",
        "Write a comment",
        "More from the sound",
        "Ferry misses the pier again",
        "A calm night, a sober captain and nobody who could say why it took three attempts.",
        "Choir sings for the lighthouse",
        "The keeper came down for the first time since Easter and asked for a second verse.",
        "Old mill gets a new roof",
        "It is of slate, and it is paid for by a man who wants not to be named, though everybody knows him.",
        "Most read",
        "Why the eel is late",
        "Who owns the towpath?",
    ];
    let stories = dump(3, |title, at| format!("{title}\n{}", DAYS[at]), "");
    let page = format!("{}\n\n{}", stories.trim_end(), others.join("\n\n"));
    assert_eq!(titles(&articles(&page)), headlines(3));
    let record = Record::from_text(&page, None).unwrap();
    let reasons = Explanation::of(&CLEANER, &record, 1).reasons;
    assert!(reasons.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "one a block");
}
