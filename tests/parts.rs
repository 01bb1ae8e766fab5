//! Pages of several articles by the whole library: where they part, and what is said of each article. Texts that are one stay one.

use dechaff::Article;

use crate::support::CLEANER;

const TEXTS: [&str; 4] = [
    "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
    "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
    "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
    "The bakers of the old town will light their ovens at three in the morning and not at one, as they have done since the war.",
];
const HEADS: [&str; 4] = [
    "Keeper of the lock wants a second boat",
    "Meadow under water below the mill",
    "Pupils learn to mend nets again",
    "Bakers of the old town may sleep longer",
];

/// What a page prints of each story, one below the other.
fn page(head: &str, story: impl Fn(usize) -> String) -> String {
    let stories: Vec<String> = (0..TEXTS.len()).map(story).collect();
    format!("{head}{}\n", stories.join("\n\n"))
}

fn articles(text: &str) -> Vec<Article> {
    CLEANER.clean(text).articles
}

fn titles(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.title.as_deref().unwrap_or("-")).collect()
}

#[test]
fn marks_of_a_list_are_no_part_of_its_headlines() {
    let signs = ["①", "②", "③", "④"];
    let text = page("", |at| format!("{} {}\n{}", signs[at], HEADS[at], TEXTS[at]));
    let found = articles(&text);
    assert_eq!(titles(&found), HEADS);
    for article in &found {
        let place = article.provenance.title.unwrap();
        assert_eq!(place.of(&text), article.title.as_deref().unwrap());
    }
}

#[test]
fn the_name_and_the_welcome_of_a_newsletter_are_no_headline() {
    let signs = ["🚲", "🎭", "🐈", "🥖"];
    let welcome = "Hello neighbours! Here is the news of the week from the quay\n\n";
    let text = page(welcome, |at| format!("{} {}\n{}", signs[at], HEADS[at], TEXTS[at]));
    assert_eq!(titles(&articles(&text)), HEADS);
}

#[test]
fn datelines_of_an_agency_part_its_stories() {
    let places = [
        "HOLM, March 3 (NWN)",
        "VELMOUTH, March 3 (NWN)",
        "NORRBY, March 4 (NWN)",
        "OSTRAND, March 4 (NWN)",
    ];
    let text = page("From the wires\n\n", |at| format!("{} - {}", places[at], TEXTS[at]));
    let found = articles(&text);
    assert_eq!(found.len(), 4);
    assert!(found.iter().zip(TEXTS).all(|(article, text)| article.text.ends_with(text)));
}

#[test]
fn papers_that_comment_part_a_press_review() {
    let papers = [
        "Der Hafenbote kommentiert den Streik an der Schleuse:",
        "Zum Hochwasser an der Mühle schreibt die Talbacher Zeitung:",
        "Die Inselpost befasst sich mit der Schule am Sund:",
        "Die Neue Backstube äußert sich zu den Öfen:",
    ];
    let text = page("Presseschau\n\n", |at| format!("{}\n„{}“", papers[at], TEXTS[at]));
    assert_eq!(articles(&text).len(), 4);
}

#[test]
fn one_drawn_sign_before_each_headline_parts_stories_but_not_the_sections_below_an_opening() {
    let heads = [
        "水門の番人が二艘目の船を求める",
        "水車小屋の下の牧草地が水につかる",
        "島の生徒が網の繕いを学ぶ",
    ];
    let texts = [
        "水門の番人は三日、町議会に二艘目の船を求めた。いまの船は三人が乗ると水が漏れ、冬の見回りに使うことができないという。議会は来週までに返事をする。",
        "水車小屋では金曜日にだれが水門を開けたのかわからなかった。下の牧草地は夕方まで水につかり、羊は丘の上に移された。けがをした人はいなかった。",
        "入り江の奥の学校では、四十年ぶりに生徒が網の繕いを学んでいる。最後の漁船が売られてから道具は倉庫に眠っていたが、老人たちが使い方を教えた。",
    ];
    let list = |above: &str| {
        let stories: Vec<String> =
            heads.iter().zip(texts).map(|(head, text)| format!("■{head}\n{text}")).collect();
        format!("地域のたより\n\n{above}{}\n", stories.join("\n\n"))
    };
    assert_eq!(titles(&articles(&list(""))), heads);
    let opening = format!("{}\n\n", texts.concat());
    assert_eq!(articles(&list(&opening)).len(), 1);
}

#[test]
fn letters_end_with_the_names_of_their_writers() {
    let writers = [
        "Mara Quill, Pinfold Lane",
        "Tobias Fenn, Cold Ashton",
        "Runa Tveiten, Station Road",
        "Ole Marten, Ferry Cross",
    ];
    let text =
        page("Letters to the editor\n\n", |at| format!("Sir, {}\n{}", TEXTS[at], writers[at]));
    let found = articles(&text);
    assert_eq!(found.len(), 4);
    for (article, writer) in found.iter().zip(writers) {
        let name = writer.split(',').next().unwrap();
        assert_eq!(article.title, None);
        assert_eq!(article.meta.authors, [name]);
        assert!(!article.text.contains(name));
    }
}

#[test]
fn stories_may_be_signed_off_at_the_end_of_their_text() {
    let names = ["Mara Quill", "Tobias Fenn", "Mara Quill", "Runa Tveiten"];
    let text = page("", |at| format!("{}. {}\n\n{} — {}", at + 1, HEADS[at], TEXTS[at], names[at]));
    let found = articles(&text);
    let authors: Vec<&str> =
        found.iter().flat_map(|article| &article.meta.authors).map(String::as_str).collect();
    assert_eq!(authors, names);
}

#[test]
fn the_name_and_the_day_of_an_issue_are_those_of_its_stories() {
    let head = "The Lower Quay Letter\n\nVol. 15, No. 28, September 11, 2031\n\n";
    let text = page(head, |at| format!("{}. {}\n\n{}", at + 1, HEADS[at], TEXTS[at]));
    let found = articles(&text);
    assert_eq!(titles(&found), HEADS);
    for article in &found {
        assert_eq!(article.meta.published.as_deref(), Some("2031-09-11"));
        assert_eq!(article.meta.source.as_deref(), Some("The Lower Quay Letter"));
    }
}

#[test]
fn stories_below_headings_of_a_page_part_where_each_is_signed_or_linked() {
    let html = |story: &dyn Fn(usize) -> String| {
        let stories: String = (0..TEXTS.len()).map(story).collect();
        format!("<html><body><h1>The Quay Letter</h1>{stories}</body></html>")
    };
    let signed =
        html(&|at| format!("<h2>{}</h2><p>By Mara Quill</p><p>{}</p>", HEADS[at], TEXTS[at]));
    let linked =
        html(&|at| format!("<h2><a href='/{at}'>{}</a></h2><p>{}</p><hr>", HEADS[at], TEXTS[at]));
    let buttons = html(&|at| {
        format!(
            "<table><tr><td><h2>{}</h2><p>{}</p><p><a href='/{at}'>Read more</a></p></td></tr></table>",
            HEADS[at], TEXTS[at]
        )
    });
    for page in [signed, linked, buttons] {
        assert_eq!(titles(&CLEANER.clean_html(&page).articles), HEADS);
    }
    let sections = html(&|at| format!("<h2>{}</h2><p>{}</p>", HEADS[at], TEXTS[at]));
    let essay =
        sections.replace("</h1>", &format!("</h1><p>By Mara Quill</p><p>{}</p>", TEXTS.concat()));
    assert_eq!(CLEANER.clean_html(&essay).articles.len(), 1);
}

#[test]
fn sections_hours_days_and_questions_of_one_text_are_not_parted() {
    let opening = "A weekend at the quay\n\nBy Mara Quill\n\nHolm has changed its harbour five times and its bread never, and two days are enough to fall for both of them.\n\n";
    let heads = [
        ["Where to stay", "Where to eat", "What to see", "When to go"],
        ["6.40 pm", "8.15 pm", "9.30 pm", "2.00 am"],
        ["Monday", "Tuesday", "Wednesday", "Thursday"],
        [
            "Who keeps the lock?",
            "What happened at the mill?",
            "Why do pupils mend nets?",
            "When do the bakers rise?",
        ],
    ];
    for heads in heads {
        let text = page(opening, |at| format!("{}\n\n{}", heads[at], TEXTS[at]));
        let found = articles(&text);
        assert_eq!(titles(&found), ["A weekend at the quay"], "{heads:?}");
        assert!(TEXTS.iter().all(|text| found[0].text.contains(text)));
    }
}

#[test]
fn paragraphs_alike_but_for_a_number_are_kept() {
    let room = |number: usize| {
        format!(
            "Room {number} was inspected on 3 March and found to be in good order, without any defects that we had to report\n\n"
        )
    };
    let text: String = (100..112).map(room).collect();
    let found = articles(&text);
    let kept: usize =
        found.iter().map(|article| article.text.matches("was inspected").count()).sum();
    assert!(kept >= 11, "{kept}");
}

#[test]
fn headlines_may_run_into_their_texts() {
    let pictures = ["🚢", "🌊", "🎒", "🥖"];
    let places = ["Holm", "Norrby", "Sund", "Vik"];
    let forms: [&dyn Fn(usize) -> String; 3] = [
        &|at| format!("{} {}. {}", pictures[at], HEADS[at], TEXTS[at]),
        &|at| format!("【{}】{}", HEADS[at], TEXTS[at]),
        &|at| format!("{}. {} (mk)", places[at], TEXTS[at]),
    ];
    for form in forms {
        let found = articles(&page("Notes from the quay\n\n", form));
        assert_eq!(found.len(), 4, "{}", form(0));
        assert!(found.iter().zip(TEXTS).all(|(article, text)| article.text.contains(text)));
    }
}

#[test]
fn what_the_headlines_of_a_dump_have_in_common_is_no_part_of_them() {
    let numerals = ["一", "二", "三", "四"];
    let hours = ["9:15", "10:22", "11:29", "12:36"];
    let papers = ["Harbour Post", "Coast Wire", "Valley Herald", "Old Town News"];
    let forms: [&dyn Fn(usize) -> String; 6] = [
        &|at| format!("STORY {} -- {}", at + 1, HEADS[at]),
        &|at| format!("{}、{}", numerals[at], HEADS[at]),
        &|at| format!("{} {}", hours[at], HEADS[at]),
        &|at| format!("[{}] {}", papers[at], HEADS[at]),
        &|at| format!("{} ({})", HEADS[at], papers[at]),
        &|at| format!("{} — by Ida Holm", HEADS[at]),
    ];
    for form in forms {
        let text = page("", |at| format!("{}\n\n{}", form(at), TEXTS[at]));
        let found = articles(&text);
        assert_eq!(titles(&found), HEADS, "{}", form(0));
        let place = found[0].provenance.title.unwrap();
        assert_eq!(place.of(&text), HEADS[0]);
    }
}
