//! Pages of HTML in shapes that people meet: what comes out of them.

use dechaff::{Cleaned, Cleaner, Options};

/// Paragraphs of one story.
const STORY: [&str; 6] = [
    "The ferry to the outer islands was late again on Monday, and the people on the pier knew before the captain that she would not come before noon.",
    "A bolt had broken in the ramp. It was of the size of a thumb, and the yard that had made it closed in the year in which the captain was born.",
    "So the smith was called out of bed. She keeps a drawer of such bolts, each with a paper label that says of which ship it is and who paid for it.",
    "By eleven the ramp moved, by twelve the ferry did, and the first lorry that rolled ashore carried the chairs for a wedding that had begun at ten.",
    "The bride had waited on the quay with her guests, and the band had played so long that the trumpeter asked for a chair, of which there were none.",
    "In the evening the company said that it would order bolts. The smith said that it had said so in the spring too, and put the drawer back in place.",
];

fn clean(page: &str) -> Cleaned {
    Cleaner::new(Options::default()).unwrap().clean_html(page)
}

/// The text of the only article of a page.
fn text(page: &str) -> String {
    let articles = clean(page).articles;
    assert_eq!(articles.len(), 1, "{page}");
    articles.into_iter().map(|article| article.text).collect()
}

fn paragraphs(of: &[&str]) -> String {
    of.iter().map(|text| format!("<p>{text}</p>")).collect()
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Bolt stops the ferry - Island Post</title></head><body><nav><a href=/>Home</a> <a href=/news>News</a></nav>\
         <main>{body}</main><footer>© 2031 Island Post</footer></body></html>"
    )
}

const HEADLINE: &str = "<h1>Bolt stops the ferry</h1><p>By Mirva Lind, 3 May 2031</p>";

#[test]
fn a_button_amid_the_text_does_not_end_it() {
    for button in ["Leave a comment", "Join the discussion", "View all comments"] {
        let (above, below) = STORY.split_at(3);
        let body = format!(
            "<article>{HEADLINE}{}<div class=b><a href=#c>{button}</a></div>{}</article>",
            paragraphs(above),
            paragraphs(below)
        );
        assert_eq!(text(&page(&body)), STORY.join("\n\n"), "{button}");
    }
}

#[test]
fn comments_below_the_text_are_no_part_of_it() {
    let thread: String = (1..5).map(|n| format!("<li class=comment><b>Ola {n}</b> {n} May 2031<p>I sat there with {n} guests, and the band was good.</p></li>")).collect();
    let body = format!(
        "<article>{HEADLINE}{}</article><h3>4 comments on Bolt stops the ferry</h3><ol>{thread}</ol>",
        paragraphs(&STORY)
    );
    assert_eq!(text(&page(&body)), STORY.join("\n\n"));
}

#[test]
fn posts_that_are_classed_as_comments_are_the_text_of_a_thread() {
    let posts: String = (0..6)
        .map(|n| format!("<div class='comment post'><div class=comment-author>islander{n}</div><div>Posted {} May 2031</div><div class=comment-content><p>{}</p></div></div>", n + 1, STORY[n]))
        .collect();
    let text = text(&page(&format!("<h1>Why is the ferry late?</h1>{posts}")));
    assert!(STORY.iter().all(|post| text.contains(post)), "{text}");
}

#[test]
fn other_stories_below_the_text_are_no_part_of_it() {
    let other = |n: usize, name: &str| {
        format!("<div class=x{n}><h2><a href=/{n}>{name}</a></h2><p>{}</p></div>", STORY[n])
    };
    let body = format!(
        "<article>{HEADLINE}{}</article><section>{}{}{}</section>",
        paragraphs(&STORY[..3]),
        other(3, "Lighthouse stays dark for a week"),
        other(4, "Children build a harbour of wood"),
        other(5, "A cod as large as a door")
    );
    assert_eq!(text(&page(&body)), STORY[..3].join("\n\n"));
}

#[test]
fn the_name_of_a_blog_is_no_headline_of_its_posts() {
    let names = ["Bolt stops the ferry", "A wedding without chairs", "The drawer of the smith"];
    let posts: String = (0..3)
        .map(|n| {
            format!(
                "<div class=post><h2><a href=/{n}>{}</a></h2><p class=date>{} May 2031</p>{}</div>",
                names[n],
                9 - n,
                paragraphs(&STORY[2 * n..2 * n + 2])
            )
        })
        .collect();
    let blog = format!(
        "<title>Notes from the pier</title><header><h1><a href=/>Notes from the pier</a></h1></header><div>{posts}</div>"
    );
    let titles: Vec<_> = clean(&blog).articles.into_iter().filter_map(|a| a.title).collect();
    assert_eq!(titles, names);
}

#[test]
fn questions_in_buttons_stand_above_their_answers() {
    let faq: String = ["Why was the ferry late?", "Who keeps the bolts?", "Was there a wedding?"]
        .iter()
        .zip(STORY.chunks(2))
        .map(|(question, answer)| {
            format!("<h3><button>{question}</button></h3><div>{}</div>", paragraphs(answer))
        })
        .collect();
    let text = text(&page(&format!("<article><h1>Questions about the ferry</h1>{faq}</article>")));
    assert!(text.contains("Who keeps the bolts?\n\nSo the smith"), "{text}");
}

#[test]
fn a_line_of_topics_and_a_name_below_the_headline_is_no_text() {
    let body = format!(
        "<article><h1>Bolt stops the ferry</h1><div>Leave a Comment / Harbour / By Mirva Lind</div>{}</article>",
        paragraphs(&STORY)
    );
    let article = clean(&page(&body)).articles.remove(0);
    assert_eq!(
        (article.text, article.meta.authors),
        (STORY.join("\n\n"), vec!["Mirva Lind".to_owned()])
    );
}

#[test]
fn what_browsers_without_frames_show_is_read() {
    let frames = format!(
        "<html><head><title>Bolt stops the ferry</title></head><frameset cols='20%,80%'><frame src=menu.html><frame src=text.html>\
         <noframes><body><h1>Bolt stops the ferry</h1>{}</body></noframes></frameset></html>",
        paragraphs(&STORY)
    );
    assert_eq!(text(&frames), STORY.join("\n\n"));
}

/// An `article` element with a heading, a byline, a day and some paragraphs of the story.
fn article_element(level: u8, heading: &str, author: &str, day: u32, text: &[&str]) -> String {
    format!(
        "<article class=x1><h{level}>{heading}</h{level}><div class=b2>By <a href=/a/{day}>{author}</a></div><time datetime=2031-05-0{day}>{day} May 2031</time>\
         <div class=c3>{}</div></article>",
        paragraphs(text)
    )
}

#[test]
fn article_elements_side_by_side_are_articles_each_with_what_is_its_own() {
    for level in [1, 2] {
        for title in ["Bolt stops the ferry - Island Post", "Island Post"] {
            let body = article_element(level, "Bolt stops the ferry", "Mirva Lind", 3, &STORY[..3])
                + "<div>Up next</div>"
                + &article_element(
                    level,
                    "Chairs for a late wedding",
                    "Tobias Fenn",
                    2,
                    &STORY[3..],
                );
            let page = page(&body).replace("Bolt stops the ferry - Island Post", title);
            let articles = clean(&page).articles;
            let told: Vec<(&str, &str, &str)> = articles
                .iter()
                .map(|article| {
                    let title = article.title.as_deref().unwrap_or_default();
                    let day = article.meta.published.as_deref().unwrap_or_default();
                    (title, &*article.meta.authors[0], day)
                })
                .collect();
            let expected = [
                ("Bolt stops the ferry", "Mirva Lind", "2031-05-03"),
                ("Chairs for a late wedding", "Tobias Fenn", "2031-05-02"),
            ];
            assert_eq!(told, expected, "h{level}, {title}");
            assert_eq!(articles[0].text, STORY[..3].join("\n\n"));
            assert_eq!(articles[1].text, STORY[3..].join("\n\n"));
        }
    }
}

#[test]
fn a_story_with_cards_or_readers_letters_in_article_elements_is_one_article() {
    let story = article_element(1, "Bolt stops the ferry", "Mirva Lind", 3, &STORY[..5]);
    let card = article_element(2, "Lighthouse dark for a week", "Tobias Fenn", 2, &STORY[5..]);
    let letter = article_element(3, "So it was", "Ola Berg", 4, &STORY[5..]);
    for page in [
        page(&format!("{story}<section>{card}{card}</section>")),
        page(&story.replace("</article>", &format!("{letter}{letter}</article>"))),
        page(&format!("{story}<div class=comments>{letter}{letter}</div>")),
    ] {
        let article = &clean(&page).articles[..];
        assert_eq!(article.len(), 1, "{page}");
        assert_eq!(article[0].title.as_deref(), Some("Bolt stops the ferry"));
    }
}

#[test]
fn what_a_box_that_asks_for_an_address_says_is_no_part_of_the_text_whatever_it_is_called() {
    let asks = |field: &str| {
        format!(
            "<div class=x9><h3>The ferry letter</h3><div>All that sails, each Friday morning, in your mailbox.</div>\
             <div><input {field}><button>Send it to me</button></div></div>"
        )
    };
    let (above, below) = STORY.split_at(3);
    for field in ["type=email", "placeholder='Your e-mail'"] {
        let (asks, above, below) = (asks(field), paragraphs(above), paragraphs(below));
        let text = text(&page(&format!("<article>{HEADLINE}{above}{asks}{below}</article>")));
        assert!(!text.contains("All that sails") && !text.contains("Send it"), "{field}: {text}");
        assert!(STORY.iter().all(|paragraph| text.contains(paragraph)), "{field}: {text}");
    }
    let around = page(&format!("<div><input type=email>{HEADLINE}{}</div>", paragraphs(&STORY)));
    assert_eq!(text(&around), STORY.join("\n\n"));
}

#[test]
fn the_short_posts_of_a_thread_are_text_as_the_long_ones_are() {
    let posts = [
        STORY[0],
        "They go open when they are hot. I have a drawer of them.",
        STORY[4],
        "You were right, you swine. Cod was excellent.",
    ];
    let post = |(n, text): (usize, &str)| {
        format!(
            "<article class='message js-post' id=js-post-{n}><section class=message-user><h4 class=message-name><a class=username>islander{n}</a></h4>\
             <h5>Well-known member</h5><dl><dt>Joined</dt><dd>Mar 5, 2031</dd></dl><dl><dt>Messages</dt><dd>21{n}</dd></dl></section>\
             <header class=message-attribution><ul><li><a><time>Jun {}, 2031</time></a></li></ul><ul><li><a>#{}</a></li></ul></header>\
             <div class=message-userContent><article class=message-body><div class=bbWrapper>{text}</div></article></div>\
             <footer class=message-footer><a>Reply</a></footer></article>",
            n + 4,
            n + 1
        )
    };
    let thread: String = posts.into_iter().enumerate().map(post).collect();
    let text = text(&page(&format!("<h1>Bolts that break in the ramp</h1>{thread}")));
    assert!(posts.iter().all(|post| text.contains(post)), "{text}");
}
