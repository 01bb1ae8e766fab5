//! Who published a page: the name in its copyright line, or behind the headline at its head.

use crate::page::Page;
use crate::text::fold;

/// Words of the longest name.
const WORDS: usize = 6;
/// Bytes of the longest name.
const BYTES: usize = 60;
/// Bytes of the longest line with a name.
const LINE: usize = 200;
/// Blocks at the head of a page among which its name may stand.
const HEAD: usize = 3;
/// Copyright lines that are looked at, the last first.
const LEGAL: usize = 4;
/// Lines with the name behind its headline that a page has, at least.
const PRINTS: usize = 3;

/// Signs that open a copyright line.
const OPENINGS: [&str; 3] = ["©", "copyright", "(c)"];
/// What parts a headline from the name of the site.
const BARS: [&str; 6] = [" | ", " — ", " – ", " - ", " » ", " :: "];
/// What follows the name in a copyright line.
const CLOSINGS: [&str; 19] = [
    "all rights",
    "alle rechte",
    "tous droits",
    "todos los derechos",
    "todos os direitos",
    "tutti i diritti",
    "wszelkie prawa",
    "все права",
    "усі права",
    "alle rechten",
    "alla rättigheter",
    "保留所有权利",
    "版权所有",
    "未经",
    "禁止",
    "無断",
    "著作権",
    "무단",
    "powered by",
];

/// The publisher that a page names of itself.
pub(crate) fn publisher_of(page: &Page) -> Option<String> {
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

/// The name behind the sign and the years of a copyright line.
fn name_in_copyright(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    // Where the line takes other bytes in lower case, the places in it are not those of the line.
    if lower.len() != line.len() {
        return None;
    }
    let sign = OPENINGS.iter().filter_map(|sign| Some((lower.find(sign)?, sign.len()))).min()?;
    // A picture has a name behind the sign too.
    let has_year = lower.as_bytes().windows(4).any(|of| of.iter().all(u8::is_ascii_digit));
    if !has_year && !CLOSINGS.iter().any(|end| lower.contains(end)) {
        return None;
    }
    let mut start = sign.0 + sign.1;
    let is_around = |c: char| {
        c.is_ascii_digit()
            || c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | ',' | '.' | ':' | '©')
    };
    loop {
        let rest = &lower[start..];
        let trimmed = rest.trim_start_matches(is_around);
        let next = ["copyright", "(c)", "by "].iter().find_map(|word| trimmed.strip_prefix(word));
        let left = next.unwrap_or(trimmed).len();
        if left == rest.len() {
            break;
        }
        start = lower.len() - left;
    }
    let rest = line.get(start..)?;
    let ends = CLOSINGS.iter().filter_map(|end| lower[start..].find(end));
    let signs = ["\u{3000}", " | ", "|", " · ", "; ", ", ", " – ", " - ", "("].iter();
    let ends = ends.chain(signs.filter_map(|sign| rest.find(sign)));
    let end = ends.chain(end_of_sentence(rest)).min().unwrap_or(rest.len());
    let name = rest.get(..end)?.trim_end_matches(is_around);
    is_name(name).then_some(name)
}

/// The first stop behind a word that is no abbreviation, as `St.` and `J.` are: one capital, and a small letter at most. `AG.` ends a name.
fn end_of_sentence(text: &str) -> Option<usize> {
    let is_abbreviation = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && letters.next().is_none()
    };
    let mut stops = text.match_indices(". ").map(|(at, _)| at);
    stops.find(|&at| !is_abbreviation(text[..at].rsplit([' ', '.']).next().unwrap_or_default()))
}

/// Whether a text is as short as a name, and begins with a capital or in a script without them.
fn is_name(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase() || text.contains('.'))
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && text.len() <= BYTES
        && text.split_whitespace().count() <= WORDS
        && !text.contains(['@', '/', '!', '?', '"', '“'])
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

    #[test]
    fn the_masthead_goes_before_the_company_that_is_named_after_it() {
        let text = "Lantern\n\nLantern on air\n\nAbout Lantern\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n\n© 2031 Lantern Media. All rights reserved.\n";
        assert_eq!(publisher_of(&Page::new(text)).as_deref(), Some("Lantern"));
        let other = text.replace("Lantern Media", "Quay Holdings");
        assert_eq!(publisher_of(&Page::new(&other)).as_deref(), Some("Quay Holdings"));
    }

    #[test]
    fn a_logo_names_the_publisher_where_its_name_stands_elsewhere_too() {
        let text = "Lantern Logo\n\nLantern on air\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n";
        assert_eq!(publisher_of(&Page::new(text)).as_deref(), Some("Lantern"));
        let headline = text.replace("Lantern Logo", "Quay drops old logo");
        assert_eq!(publisher_of(&Page::new(&headline)), None);
        let signed = format!("{headline}\n© 2031 Harbour Post. All rights reserved.\n");
        assert_eq!(publisher_of(&Page::new(&signed)).as_deref(), Some("Harbour Post"));
    }

    #[test]
    fn a_name_that_a_page_prints_again_and_again_is_its_own() {
        let text = "Quay reopens | Harbour Post\n\nAbout Harbour Post\n\nHarbour Post on air\n\nThe old quay was opened again on Monday, two weeks after the storm had torn away its railings.\n";
        assert_eq!(publisher_of(&Page::new(text)).as_deref(), Some("Harbour Post"));
        let once = text.replace("\n\nAbout Harbour Post\n\nHarbour Post on air", "");
        assert_eq!(publisher_of(&Page::new(&once)), None);
    }
}
