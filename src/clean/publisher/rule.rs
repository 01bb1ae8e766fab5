//! Who published a page: the name in its copyright line or its imprint, behind the headline at its head, or above all.

use memchr::memmem;

use crate::clean::publisher::copyright::{is_name, name_in_copyright};
use crate::page::Page;
use crate::text::fold;

/// Bytes of the longest line with a name.
const LINE: usize = 200;
/// Blocks at the head of a page among which its name may stand.
const HEAD: usize = 3;
/// Copyright lines that are looked at, the last first.
const LEGAL: usize = 4;
/// Lines with the name behind its headline that a page has, at least.
const PRINTS: usize = 3;

/// What parts a headline from the name of the site.
const BARS: [&str; 6] = [" | ", " — ", " – ", " - ", " » ", " :: "];

/// What stands before the name of the publisher in an imprint.
const IMPRINTS: [&str; 10] = [
    "a publication of ",
    "an initiative of ",
    "eine publikation von ",
    "eine veröffentlichung von ",
    "une publication de ",
    "una publicación de ",
    "uma publicação de ",
    "una pubblicazione di ",
    "een uitgave van ",
    "издание ",
];
/// What stands before the name of a newsletter where it says why it was sent.
const SUBSCRIPTIONS: [&str; 6] = [
    "emails from ",
    "email from ",
    "newsletters from ",
    "subscribed to ",
    "signed up for ",
    "signed up to ",
];
/// Words that count the issues of a newsletter or a magazine.
const ISSUES: [&str; 14] = [
    "issue",
    "vol",
    "volume",
    "no",
    "number",
    "edition",
    "ausgabe",
    "nr",
    "numéro",
    "número",
    "numero",
    "выпуск",
    "№",
    "第",
];

/// The publisher that a page names of itself. `is_free` says of a line whether it is none of the text, and nothing else that is known;
/// `authors` are those of its articles, and `holds_many` says whether these are several.
pub(crate) fn publisher_of(
    page: &Page,
    is_free: impl Fn(usize) -> bool,
    authors: &[&str],
    holds_many: bool,
) -> Option<String> {
    let by_author = |name: &str| authors.contains(&name);
    let named = named_of(page);
    let is_of_author = named.as_deref().is_some_and(by_author);
    let named = named.filter(|_| !is_of_author);
    let told = || {
        (0..page.blocks.len())
            .filter(|&i| page.text_of(i).len() <= LINE)
            .find_map(|i| told_in(page, i))
    };
    named.or_else(|| told().map(str::to_owned)).or_else(|| {
        let name =
            masthead_of(page, is_free, is_of_author, holds_many).filter(|name| !by_author(name));
        name.map(str::to_owned)
    })
}

/// The publisher that a line of an imprint, of a newsletter's foot or of an encyclopedia's head names.
fn told_in<'p>(page: &Page<'p>, at: usize) -> Option<&'p str> {
    if !may_tell(page.folded(at), at < HEAD) {
        return None;
    }
    let line: &'p str = page.text_of(at);
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return None;
    }
    let behind = |opening: &&str| lower.find(*opening).map(|found| found + opening.len());
    let imprint = IMPRINTS.iter().filter(|opening| {
        lower.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(**opening)
    });
    let from = imprint.into_iter().find_map(behind);
    let is_foot = || lower.contains("receiv") || lower.contains("unsubscribe");
    let from =
        from.or_else(|| is_foot().then(|| SUBSCRIPTIONS.iter().filter_map(behind).max()).flatten());
    let is_head = at < HEAD && lower.starts_with("from ") && lower.contains(", the free ");
    let rest = line.get(from.or(is_head.then_some("from ".len()))?..)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let ends = ["  ", "\t", ", ", " | ", " · ", " - ", " – ", ";", "(", "!", ". "];
    let end = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches(['.', ' ', ':']);
    (is_name(name) && !name.starts_with(|c: char| c.is_ascii_digit())).then_some(name)
}

/// Whether [`told_in`] may find a name in a folded line.
fn may_tell(folded: &str, is_head: bool) -> bool {
    let begin = folded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let holds = |word: &str| memmem::find(folded.as_bytes(), word.as_bytes()).is_some();
    IMPRINTS.iter().any(|opening| begin.starts_with(opening.trim_end()))
        || holds("receiv")
        || holds("unsubscribe")
        || is_head && folded.starts_with("from ")
}

/// The name above all: a line at the head of a page that another line about the issue follows, or that stands elsewhere too (its first words,
/// where the page holds many articles), or any where the page is its author's.
fn masthead_of<'p>(
    page: &Page<'p>,
    is_free: impl Fn(usize) -> bool,
    is_of_author: bool,
    holds_many: bool,
) -> Option<&'p str> {
    let at = (0..page.blocks.len().min(HEAD)).find(|&at| is_free(at))?;
    let line: &'p str = page.text_of(at);
    // Pictures, and what is left of them.
    let is_drawn = |word: &str| {
        !word.chars().any(|c| c.is_ascii_alphanumeric())
            && word.contains(|c: char| !c.is_alphanumeric())
    };
    let name = line
        .split_once(' ')
        .filter(|(word, _)| is_drawn(word))
        .map_or(line, |(_, name)| name.trim_start())
        .trim_end_matches(':');
    let first_words: Vec<&str> = name.split_whitespace().take(2).collect();
    let begin = fold(&if holds_many { first_words.join(" ") } else { name.to_owned() });
    let stands_elsewhere = || {
        (at + 1..page.blocks.len())
            .any(|i| page.text_of(i).len() <= LINE && page.folded(i).contains(&begin))
    };
    let is_issue = |i: usize| {
        let words = || page.folded(i).split(|c: char| !c.is_alphanumeric() && c != '№');
        let counts = words().any(|word| ISSUES.contains(&word)) && page.blocks[i].shape.digits > 0;
        !page.blocks[i].is_prose() && counts
    };
    let is_sign = |c: char| !c.is_alphanumeric() && !" .,:&'’-–—|".contains(c);
    let is_told = first_words.len() == 2
        && is_name(name)
        && !name.contains(is_sign)
        && (is_of_author
            || stands_elsewhere()
            || (at + 1..page.blocks.len().min(at + 2)).any(is_issue));
    is_told.then_some(name)
}

/// The publisher that a copyright line or the head of a page names.
fn named_of(page: &Page) -> Option<String> {
    let lines = || (0..page.blocks.len()).filter(|&i| page.text_of(i).len() <= LINE);
    let folded: Vec<&str> = lines().map(|i| page.folded(i)).collect();
    let prints = |name: &str| {
        let name = fold(name);
        folded.iter().filter(|line| line.contains(&name)).count()
    };
    let legal = lines().rev().filter_map(|i| name_in_copyright(page.text_of(i))).take(LEGAL);
    let heads = lines().take(HEAD).map(|i| page.text_of(i));
    let behind = heads.filter_map(|line| {
        let bars = BARS.iter().filter_map(|bar| line.rsplit_once(bar));
        bars.map(|(_, name)| name.trim()).filter(|name| is_name(name)).min_by_key(|name| name.len())
    });
    let printed = behind.filter(|name| prints(name) >= PRINTS);
    let legal: Vec<&str> = legal.collect();
    let agreed = legal.iter().find(|name| prints(name) > 1).or(legal.first()).copied();
    // A company has the name of its page and a further word.
    let of_company = |name: &&str| {
        let begins = |company: &str| company.strip_prefix(name).is_some_and(|r| r.starts_with(' '));
        agreed.is_some_and(begins) && prints(name) >= PRINTS
    };
    let masthead = || lines().take(HEAD).map(|i| page.text_of(i)).filter(|name| is_name(name));
    let of_logo = masthead().find_map(name_of_logo).filter(|name| prints(name) > 1);
    masthead()
        .find(of_company)
        .or(agreed)
        .or(of_logo)
        .or_else(|| printed.max_by_key(|name| prints(name)))
        .map(str::to_owned)
}

/// The name in what is read out for the picture at the head of a page: `Harbour Post Logo`.
fn name_of_logo(line: &str) -> Option<&str> {
    let (first, after) = line.split_once(' ').unwrap_or(("", line));
    let (before, last) = line.rsplit_once(' ').unwrap_or((line, ""));
    let is_logo = |word: &str| word.trim_end_matches(':').eq_ignore_ascii_case("logo");
    let name = if is_logo(last) {
        before
    } else if is_logo(first) {
        after
    } else {
        return None;
    };
    let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
    is_name(name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copyright_line_names_the_publisher() {
        for (line, name) in [
            ("© 2031 Harbour Post. All rights reserved.", Some("Harbour Post")),
            ("Copyright © 2029-2031 by Quay.example All Rights Reserved", Some("Quay.example")),
            ("© Der Hafenbote 2031 | Impressum", Some("Der Hafenbote")),
            ("(c) 2031, Le Phare, tous droits réservés", Some("Le Phare")),
            ("© 2031 港湾日報社\u{3000}無断転載を禁じます", Some("港湾日報社")),
            ("© 2031 海港日报社 未经许可不得转载", Some("海港日报社")),
            // In lower case other bytes, and as many.
            ("Ⱥ© 2031 \u{2126}mega Post. All rights reserved", None),
            ("© 2031 St. Marten Times. A Big Quay Production", Some("St. Marten Times")),
            ("© 2031 Hafenpost AG. Impressum", Some("Hafenpost AG")),
            ("© 2031", None),
            ("Harbour Post", None),
            ("Photo © Ida Holm", None),
        ] {
            assert_eq!(name_in_copyright(line), name, "{line}");
        }
    }

    /// The publisher of a text of which nothing but its lines is known.
    fn publisher(text: &str, authors: &[&str]) -> Option<String> {
        let page = Page::new(text);
        publisher_of(&page, |at| !page.blocks[at].is_prose(), authors, false)
    }

    const TEXT: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the ticket hall.";

    #[test]
    fn an_imprint_and_the_foot_of_a_newsletter_name_the_publisher() {
        for line in [
            "A publication of the Harbour Society     ISSN 0000-0000",
            "You receive this mail because you signed up for emails from Harbour Society. Unsubscribe here.",
        ] {
            let found = publisher(&format!("Quay reopens\n\n{TEXT}\n\n{line}\n"), &[]);
            assert_eq!(found.as_deref(), Some("Harbour Society"), "{line}");
        }
        let wiki = format!("Quay\nFrom Portpedia, the free guide to ports\n\n{TEXT}\n");
        assert_eq!(publisher(&wiki, &[]).as_deref(), Some("Portpedia"));
        let own = format!("Quay reopens\n\n{TEXT}\n\nYou have subscribed to our newsletter\n");
        assert_eq!(publisher(&own, &[]), None);
    }

    #[test]
    fn a_name_above_all_names_the_publisher_where_an_issue_is_counted_below() {
        let text = |below: &str| format!("The Lower Quay Letter\n{below}\n\n{TEXT}\n");
        assert_eq!(
            publisher(&text("Issue 212 · Friday"), &[]).as_deref(),
            Some("The Lower Quay Letter")
        );
        assert_eq!(publisher(&text("Quay reopens after storm"), &[]), None);
        let skip =
            format!("Skip to quay search\nQuay reopens after storm\n\n{TEXT}\n\nSkip to the top\n");
        assert_eq!(publisher(&skip, &[]), None);
    }

    #[test]
    fn where_the_rights_are_those_of_the_author_the_name_above_all_is_that_of_the_page() {
        let text =
            format!("⚓ Lantern Notes from Holm\n\nQuay reopens\n\n{TEXT}\n\n© Mara Quill, 2031\n");
        assert_eq!(publisher(&text, &[]).as_deref(), Some("Mara Quill"));
        assert_eq!(publisher(&text, &["Mara Quill"]).as_deref(), Some("Lantern Notes from Holm"));
        let own = format!("Mara Quill\n\nBy Mara Quill\n\n{TEXT}\n");
        assert_eq!(publisher(&own, &["Mara Quill"]), None);
    }

    #[test]
    fn the_masthead_goes_before_the_company_that_is_named_after_it() {
        let text = "Lantern\n\nLantern on air\n\nAbout Lantern\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n\n© 2031 Lantern Media. All rights reserved.\n";
        assert_eq!(named_of(&Page::new(text)).as_deref(), Some("Lantern"));
        let other = text.replace("Lantern Media", "Quay Holdings");
        assert_eq!(named_of(&Page::new(&other)).as_deref(), Some("Quay Holdings"));
    }

    #[test]
    fn a_logo_names_the_publisher_where_its_name_stands_elsewhere_too() {
        let text = "Lantern Logo\n\nLantern on air\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n";
        assert_eq!(named_of(&Page::new(text)).as_deref(), Some("Lantern"));
        let headline = text.replace("Lantern Logo", "Quay drops old logo");
        assert_eq!(named_of(&Page::new(&headline)), None);
        let signed = format!("{headline}\n© 2031 Harbour Post. All rights reserved.\n");
        assert_eq!(named_of(&Page::new(&signed)).as_deref(), Some("Harbour Post"));
    }

    #[test]
    fn a_name_that_a_page_prints_again_and_again_is_its_own() {
        let text = "Quay reopens | Harbour Post\n\nAbout Harbour Post\n\nHarbour Post on air\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n";
        assert_eq!(named_of(&Page::new(text)).as_deref(), Some("Harbour Post"));
        let once = text.replace("\n\nAbout Harbour Post\n\nHarbour Post on air", "");
        assert_eq!(named_of(&Page::new(&once)), None);
    }
}
