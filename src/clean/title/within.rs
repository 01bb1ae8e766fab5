//! The headline within its block: without signs and labels in front of it, and without the name of a site behind it. What is left stands in the
//! text as it is.

use std::ops::Range;

use crate::page::{MarkedHeading, Page};
use crate::span::Span;
use crate::text::chars::is_unspaced;
use crate::text::fold;

/// Words of the shortest headline that may be parted from the name of a site.
const HEADLINE_WORDS: usize = 3;
/// Words of the longest name of a site behind a bar.
const SITE_WORDS: usize = 4;
/// Labels of sections that stand before a bar, folded.
const LABELS: [&str; 38] = [
    "analyse",
    "analysis",
    "análisis",
    "avis",
    "breaking",
    "breaking news",
    "comment",
    "commentary",
    "débat",
    "editorial",
    "éditorial",
    "essay",
    "exclusive",
    "exklusiv",
    "explainer",
    "feature",
    "interview",
    "kommentar",
    "kommentaar",
    "komentarz",
    "listen",
    "live",
    "meinung",
    "news",
    "opinie",
    "opinia",
    "opinion",
    "opinión",
    "opinião",
    "opinione",
    "podcast",
    "review",
    "update",
    "video",
    "watch",
    "görüş",
    "мнение",
    "думка",
];
/// What parts a label or a site from a headline.
const BARS: [&str; 3] = ["|", "｜", " :: "];
/// What parts a site from a headline where the page shows that it does.
const DASHES: [&str; 4] = [" - ", " – ", " — ", " · "];

/// The part of a line that is the headline of the article in `blocks`, given the place of the line without its list marker.
#[must_use]
pub(crate) fn headline_within(page: &Page, blocks: Range<usize>, line: Span) -> Span {
    let whole = line.of(page.text);
    let text = without_signs(whole);
    let text = without_marks(text);
    let text = without_label(text);
    let text = without_site(page, blocks, without_host(text));
    if text.is_empty() {
        return line;
    }
    let start = line.start + (text.as_ptr() as usize - whole.as_ptr() as usize);
    Span::new(start, start + text.len())
}

/// Without the marks of headings and emphasis, and the numbers of links.
fn without_signs(text: &str) -> &str {
    if let Some(heading) = MarkedHeading::of(text) {
        return &text[heading.text];
    }
    let heading = text.trim_start_matches('#');
    let text = if heading.starts_with(' ') { heading.trim_end_matches('#') } else { text };
    let text = text.trim().trim_end_matches('¶').trim_end();
    let text = ["**", "__"].iter().fold(text, |text, sign| {
        let inner = text.strip_prefix(sign).and_then(|text| text.strip_suffix(sign));
        inner.unwrap_or(text)
    });
    match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((label, rest)) if is_sign(label, rest) => rest.trim_start(),
        _ => text,
    }
}

/// Without what counts or adorns an item of a list: a number in a circle or in brackets, arrows, bullets and pictures in front, rules around.
/// Words are left as they are.
fn without_marks(text: &str) -> &str {
    let mut left = text;
    loop {
        let next = without_rules(without_number(left.trim_start_matches(is_drawn).trim_start()));
        if next.len() == left.len() {
            break;
        }
        left = next;
    }
    if left.contains(char::is_alphabetic) { left } else { text }
}

/// Without a number of one or two digits in brackets that a space follows.
fn without_number(text: &str) -> &str {
    let parts = text.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let is_number = |number: &str| {
        (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
    };
    match parts {
        Some((number, rest)) if is_number(number) => rest.trim_start(),
        _ => text,
    }
}

/// Without arrows before a space, and without rules of two signs or more before a space in front and behind one at the end.
fn without_rules(text: &str) -> &str {
    let is_rule = |c: char| matches!(c, '-' | '–' | '—' | '=' | '~' | '*' | '+' | '_');
    let is_arrow = |c: char| matches!(c, '>' | '›' | '»' | '→' | '➔');
    let rest = text.trim_start_matches(is_arrow);
    let text =
        if rest.len() < text.len() && rest.starts_with(' ') { rest.trim_start() } else { text };
    let rest = text.trim_start_matches(is_rule);
    let is_long = |rule: &str| rule.chars().count() >= 2;
    let text = match rest.starts_with(' ') && is_long(&text[..text.len() - rest.len()]) {
        true => rest.trim_start(),
        false => text,
    };
    let rest = text.trim_end_matches(is_rule);
    match rest.ends_with(' ') && is_long(&text[rest.len()..]) {
        true => rest.trim_end(),
        false => text,
    }
}

/// Whether a character is drawn in front of a headline: a bullet, a number in a circle, a picture, or what such a picture is made of.
fn is_drawn(c: char) -> bool {
    matches!(c, '•' | '‣' | '※' | '\u{200d}' | '\u{20e3}' | '\u{2460}'..='\u{2473}' | '\u{24f5}'..='\u{24fe}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether brackets hold the number of a link, glued to its text, or a sign.
fn is_sign(label: &str, rest: &str) -> bool {
    let is_number = !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
    let is_glued = rest.starts_with(|c: char| !c.is_whitespace());
    is_number && is_glued || !label.is_empty() && !label.contains(char::is_alphanumeric)
}

/// Without the label of a section before a bar.
fn without_label(text: &str) -> &str {
    let label = BARS.iter().find_map(|bar| text.split_once(bar));
    match label {
        Some((label, rest)) if LABELS.contains(&fold(label).as_str()) => rest.trim_start(),
        _ => text,
    }
}

/// Without the host of another site in parentheses, and a number behind that: `(harbour.example) 23`.
fn without_host(text: &str) -> &str {
    let counted = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let parts = counted.strip_suffix(')').and_then(|text| text.rsplit_once(" ("));
    let is_host = |host: &str| {
        host.contains('.')
            && host.split('.').all(|name| !name.is_empty())
            && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
            && host.ends_with(|c: char| c.is_ascii_alphabetic())
    };
    match parts {
        Some((headline, host)) if is_host(host) => headline.trim_end(),
        _ => text,
    }
}

/// Without the name of the site behind a bar, or behind a dash where the page prints the headline, or the name, by itself too.
fn without_site<'t>(page: &Page, blocks: Range<usize>, text: &'t str) -> &'t str {
    let words = |text: &str| text.split_whitespace().count();
    let is_headline = |text: &str| {
        let unspaced = text.chars().filter(|&c| is_unspaced(c)).count();
        words(text) + unspaced / 2 >= HEADLINE_WORDS
    };
    let bar = BARS
        .iter()
        .filter_map(|bar| text.rsplit_once(bar))
        .find(|(headline, site)| is_headline(headline) && (1..=SITE_WORDS).contains(&words(site)));
    if let Some((headline, _)) = bar {
        return headline.trim_end();
    }
    let prints = |text: &str| {
        let folded = fold(text);
        blocks.clone().any(|index| page.folded(index) == folded)
    };
    let dash = DASHES.iter().filter_map(|dash| text.rsplit_once(dash)).find(|(headline, site)| {
        is_headline(headline) && words(site) <= SITE_WORDS && (prints(headline) || prints(site))
    });
    dash.map_or(text, |(headline, _)| headline.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headline within the first line of a text.
    fn within(text: &str) -> &str {
        let page = Page::new(text);
        headline_within(&page, 0..page.blocks.len(), page.blocks[0].unmarked()).of(text)
    }

    #[test]
    fn signs_in_front_are_no_part_of_the_headline() {
        assert_eq!(within("## Ferry back in port"), "Ferry back in port");
        assert_eq!(within("**Ferry back in port**"), "Ferry back in port");
        assert_eq!(within("[12]Ferry back in port"), "Ferry back in port");
        assert_eq!(within("[$] Ferry back in port"), "Ferry back in port");
        assert_eq!(within("Ferry back in port ¶"), "Ferry back in port");
    }

    #[test]
    fn marks_of_the_item_of_a_list_are_no_part_of_the_headline() {
        for line in [
            "① Ferry back in port",
            "❷ Ferry back in port",
            "[3] Ferry back in port",
            ">> Ferry back in port",
            "» Ferry back in port",
            "■Ferry back in port",
            "▶ Ferry back in port",
            "🚲 Ferry back in port",
            "⚙️ Ferry back in port",
            "--- Ferry back in port ---",
            "== Ferry back in port ==",
        ] {
            assert_eq!(within(line), "Ferry back in port", "{line}");
        }
        for line in ["»Ferry back« in port", "-40 in the port", "Ferry – back in port", "⚓⚓"]
        {
            assert_eq!(within(line), line);
        }
    }

    #[test]
    fn brackets_with_words_or_a_year_stay() {
        assert_eq!(within("[2031] Ferries of the year"), "[2031] Ferries of the year");
        assert_eq!(within("[快讯]港口的新防波堤完成"), "[快讯]港口的新防波堤完成");
        assert_eq!(within("#ferry is back in port"), "#ferry is back in port");
    }

    #[test]
    fn the_label_of_a_section_is_no_part_of_it_but_other_words_before_a_bar_are() {
        assert_eq!(within("Opinion | Why the ferry must sail"), "Why the ferry must sail");
        assert_eq!(within("Мнение | Почему парому нужен причал"), "Почему парому нужен причал");
        let budget = "BUDGET 31 | The board buys a third ferry for the sound";
        assert_eq!(within(budget), budget);
    }

    #[test]
    fn the_name_of_a_site_behind_a_bar_is_no_part_of_it() {
        assert_eq!(within("Ferry back in port | Harbour Gazette"), "Ferry back in port");
        assert_eq!(within("Ferry back in port (gazette.example) 23"), "Ferry back in port");
        let long = "Ferry back in port | What the crew says of nine days on strike";
        assert_eq!(within(long), long);
        assert_eq!(within("Ferry (a history)"), "Ferry (a history)");
    }

    #[test]
    fn behind_a_dash_it_is_one_only_where_the_page_shows_it() {
        let line = "Ferry back in port - Harbour Gazette";
        assert_eq!(within(line), line);
        for shown in ["Harbour Gazette", "Ferry back in port"] {
            assert_eq!(within(&format!("{line}\n\n{shown}\n")), "Ferry back in port");
        }
    }
}
