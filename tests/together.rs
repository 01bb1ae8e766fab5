//! Lines that belong together get one verdict: code, verse, lists, captions in pairs, cards in rows, and the lines of a wrapped paragraph.

use crate::support::CLEANER;

const LEAD: &str = "The gauge at the lock answers to a request with a single number, and the few lines below are enough to show it on a page.";
const REST: &str = "The function gives back nothing where the gauge is asleep, which it is for an hour each night while the keeper winds the clock.";
const LAST: &str = "Call it no more than once a minute. The gauge has a battery of its own, and whoever asks too often will find it empty by the evening.";

/// The text of all articles, white space squeezed.
fn text_of(dump: &str) -> String {
    let articles = CLEANER.clean(dump).articles;
    let texts: Vec<String> = articles.into_iter().map(|article| article.text).collect();
    texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page with a headline, `middle` between its paragraphs, and a list of other stories.
fn page(middle: &str) -> String {
    format!(
        "Home\nAbout\n\nHow to read the water gauge\n\nBy Runa Tveiten\nMay 9, 2031\n\n{LEAD}\n\n{middle}\n\n{REST}\n\n{LAST}\n\nRelated articles\nHow to wind the clock of the lock\n"
    )
}

#[track_caller]
fn keeps(dump: &str, lines: &str) {
    let (text, lines) = (text_of(dump), lines.split_whitespace().collect::<Vec<_>>().join(" "));
    assert!(text.contains(&lines), "{lines:?} is not in {text:?}");
}

#[track_caller]
fn drops(dump: &str, line: &str) {
    let text = text_of(dump);
    assert!(!text.contains(line), "{line:?} is in {text:?}");
    assert!(text.contains(LAST), "the text is lost: {text:?}");
}

#[test]
fn code_is_kept_whole() {
    let listings = [
        "```python\ndef level(gauge):\n    if gauge.asleep:\n        return None\n\n    return gauge.read()\n```",
        "    type Query {\n      author: User!\n      level: Int\n    }",
        "fn level(gauge: &Gauge) -> Option<u32> {\n    let answer = gauge.ask()?;\n    answer.parse().ok()\n}",
        "{\n  \"station\": \"Velmouth\",\n  \"hours\": [\n    3,\n    9\n  ]\n}",
        "~~~\n$ tide --at velmouth\n3.4\n$ tide --help\nUsage: tide [OPTIONS]\n~~~",
        "<gauge>\n  <name>Velmouth</name>\n  <level unit=\"cm\">340</level>\n</gauge>",
    ];
    for listing in listings {
        // The fences are no part of the code.
        let code: Vec<&str> =
            listing.lines().filter(|line| !line.starts_with(['`', '~'])).collect();
        let code = code.join("\n");
        keeps(&page(listing), &format!("{LEAD} {code} {REST}"));
        let text = &CLEANER.clean(&page(listing)).articles[0].text;
        assert!(text.contains(&code), "{code:?} is not in {text:?}");
    }
}

#[test]
fn code_in_a_page_is_kept_whole() {
    let listings = [
        "<pre><code>for boat in boats:\n    if boat.late:\n        print(boat)\n    else:\n        pass</code></pre>",
        "<pre>author: User!\n}\n);\ndone</pre>",
        "<div class='highlight'><pre><span>SELECT</span> name\n<span>FROM</span> boats\nWHERE late\n;</pre></div>",
        "<pre><code>&lt;ul&gt;\n  &lt;li&gt;Home&lt;/li&gt;\n&lt;/ul&gt;</code></pre>",
    ];
    for listing in listings {
        let source = format!(
            "<!DOCTYPE html><title>Late boats</title><nav><a href=/>Home</a></nav><main><h1>Late boats</h1><p>{LEAD}</p>{listing}<p>{REST}</p><p>{LAST}</p></main>"
        );
        let shown =
            listing.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
        let lines = shown.collect::<String>().replace("&lt;", "<").replace("&gt;", ">");
        let text = CLEANER.clean_html(&source).articles.remove(0).text;
        let kept: Vec<&str> = text.split_whitespace().collect();
        let wanted = [LEAD, &lines, REST].join(" ");
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        assert!(kept.join(" ").contains(&wanted.join(" ")), "{wanted:?} is not in {text:?}");
        assert!(text.contains(&lines), "{lines:?} is not in {text:?}");
    }
}

#[test]
fn verse_is_no_menu() {
    let songs = [
        "[Verse 1]\nThe lanterns go over the water\nand nobody asks for their name\nThe miller has lost his daughter\n\n[Chorus]\nRow over, row over\nRow over the sound again",
        "The wind has a key to the harbour\nand opens the gate when it will\nThe boats are asleep in their places\n\nThe clock in the tower is broken\nand counts all the hours as one\nThe ferryman sits by the window\n\nThe morning comes in with the seagulls\nand carries the night on its back\nThe wind has gone out through the harbour",
        "Ich habe das Boot nicht gerufen\nes kam in der Nacht übers Meer\nund brachte mir nichts als die Kälte\n\nDas Meer gibt uns nichts zurück\nes nimmt was es will und geht heim\nund brachte mir nichts als die Kälte\n\nDas Meer gibt uns nichts zurück\nes schläft wenn wir alle schon stehen\nund brachte mir nichts als die Kälte",
        "(Refrain)\nOh carry me over the river\nand carry me back by the moon\nand carry my heart to the miller\n\n(Strophe 2)\nThe bread was still warm in the basket\nthe key was still warm in the door\nand nobody stood at the water",
    ];
    for song in songs {
        let dump = format!(
            "Home\nLyrics\nCharts\n\nOver the water\nMaren Lie\n\n{song}\n\nAbout\nShare\n"
        );
        keeps(&dump, song);
        assert!(!text_of(&dump).contains("Charts"));
        keeps(&page(song), song);
    }
}

#[test]
fn a_menu_is_no_verse() {
    let menu = "News\nLocal news\nSport\n\nLetters\nWeather\nBoats for sale\n\nArchive\nAbout us\nPlaces to stay";
    drops(&page(menu), "Places to stay");
}

#[test]
fn lists_of_events_are_kept_whole() {
    let lists = [
        "• Ostby Boat Fair - March 7, 2031, Ostby\n• Open Bridge Day - July 7, 2031, Larkhaven\n• Slack Water Forum - October 2, 2031, Holm\n• Lantern Race - November 12, 2031, Lunden",
        "* May 4, 2031: Pilots Week\n\n* July 7, 2031: Bridge Day\n\n* August 28, 2031: Bread Market\n\n* October 2, 2031: Water Forum",
        "1. Harbour Day, 3 May 2031\n2. Night of the Pilots, 9 June 2031\n3. Seine Auction, 30 August 2031\n4. Last Ferry, 1 November 2031",
        "- Hafentag am 3. Mai 2031\n- Nacht der Lotsen am 9. Juni 2031\n- Netzmarkt am 30. August 2031\n- Letzte Fahrt am 1. November 2031",
    ];
    for list in lists {
        keeps(&page(list), list);
    }
}

#[test]
fn captions_that_are_printed_twice_are_captions() {
    let captions = [
        "The keeper winds the clock of the lock\n\nThe keeper winds the clock of the lock\n\nThe quay below the gauge is used by the ferries in the summer, when the water stands higher.\n\nA boat waits for the gate to open\n\nA boat waits for the gate to open",
        "The keeper winds the clock of the lock. Photo: Tobias Renner\n\nThe keeper winds the clock of the lock.",
        "The keeper winds the clock of the lock\n\nThe keeper winds the clock of the lock (Photo: Tobias Renner)",
    ];
    for lines in captions {
        drops(&page(lines), "The keeper winds the clock");
    }
}

#[test]
fn cards_in_a_row_are_debris() {
    let rows = [
        "SIXTY YEARS ON THE LOCK\nFrom its first gate to its last winter: nine pictures of a place that everybody has passed.\nOPEN\nWHAT THE DIVERS SAW\nThree of the men who went down to the sill speak about the cold and the silence.\nOPEN",
        "THE LAST MILLER\nMill with wheel\nHe has ground corn for forty years, and now he wants to see the sea.\nWATCH\nTHE FIRST FERRY\nFerry in ice\nShe has crossed the sound in every winter since the war, and not once late.\nWATCH\nTHE ONLY BRIDGE\nBridge at dusk\nIt was built by the fishermen, who carried every stone.\nWATCH",
    ];
    for row in rows {
        let dump = page(row);
        for line in row.lines() {
            drops(&dump, line);
        }
    }
}

#[test]
fn a_page_of_cut_excerpts_holds_no_article() {
    let excerpt = |end: &str| {
        let stories = [
            "In the last five years the number of boats in the upper harbour has tripled, and the keepers who look after them say that the city is kinder to boats than the sound, because",
            "The county boat show will open on Friday at the old cattle market with more than two hundred boats in eleven classes, and for the first time there is a prize for",
            "After a summer of complaints and petitions the council will vote on Tuesday on whether boats may stand in the four largest parks, while residents of the hill",
            "Candles are only the beginning, says the woman who has made wax for the harbour's lanterns since she was a girl, and she shows what else can be",
        ];
        let cards = stories.map(|story| format!("The Sable Valley Post\n\nCouncil To Vote On Boats In Parks\n\n{story}{end}\n\n4d\nShare\n\n"));
        format!("Sign in\n\nStories about boats\n\n{}View All\n", cards.concat())
    };
    for end in ["...", "…", " ...", " …"] {
        assert_eq!(text_of(&excerpt(end)), "");
    }
}

/// What stands above the story is no article of which the story could be a related one.
#[test]
fn a_story_below_a_profile_is_no_related_story() {
    let profiles = [
        "Location\nVelmouth\n• Yesterday at 9:12 AM",
        "Contact\nAbout\n2 hours ago",
        "Menu\nNews\n3 days ago",
    ];
    for profile in profiles {
        let dump = format!(
            "Log in\nSearch\n\nThis board was made for newer programs than the one you have, and some of it may look odd.\n\nHow to read the water gauge\n\n{profile}\n\n{LEAD}\n\n{REST}\n\n{LAST}\n\nFreshest notes\n\nOld charts of the fjord\n• Yesterday at 8:08 PM\nBest boots for a deck\n• Yesterday at 8:04 PM\n"
        );
        keeps(&dump, &[LEAD, REST, LAST].join(" "));
    }
}

/// The lines of `text`, filled up to `width` columns.
fn fill(text: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= width {
            *line = format!("{line} {word}");
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[test]
fn wrapped_paragraphs_are_put_together_each_by_its_own_width() {
    for widths in [[72, 60, 80], [60, 999, 72], [999, 66, 999], [48, 78, 56], [100, 72, 999]] {
        let paragraphs: Vec<String> = [LEAD, REST, LAST]
            .into_iter()
            .zip(widths)
            .map(|(text, width)| fill(text, width))
            .collect();
        let dump = format!("How to read the water gauge\n\n{}\n", paragraphs.join("\n\n"));
        let text = CLEANER.clean(&dump).articles.remove(0).text;
        assert!(text.ends_with(&[LEAD, REST, LAST].join("\n\n")), "{widths:?}: {text:?}");
    }
}

/// A mail that is handed on has no other text.
#[test]
fn what_a_mail_of_html_quotes_is_no_text_of_its_own() {
    let quotations = [
        format!("<div class=gmail_quote>Mara Quill wrote:<blockquote>{LAST}</blockquote></div>"),
        format!("<blockquote type=cite><p>{LAST}</p></blockquote>"),
    ];
    for quotation in quotations {
        let text_of = |own: &str| {
            let source = format!("<html><body><div>{own}</div>{quotation}</body></html>");
            CLEANER.clean_html(&source).articles.remove(0).text
        };
        let answer = text_of(&format!("<p>{LEAD}</p><p>{REST}</p>"));
        assert!(answer.contains(REST) && !answer.contains(LAST), "{answer:?}");
        assert!(text_of("Fyi").contains(LAST), "{quotation}");
    }
}
