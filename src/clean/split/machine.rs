//! Lines that a program wrote between the pages of a dump: `=== page 3 ===`, `==> quay.txt <==`, the address that each page was fetched from.

use rustc_hash::FxHashSet;

use crate::clean::split::beginnings::without_digits;
use crate::clean::split::candidates::Candidate;
use crate::clean::split::lines::Lines;

/// Characters of the longest such line.
const LONGEST: u32 = 200;
/// Signs of the shortest frame, on each side.
const FRAME: usize = 2;

/// Words for the pages of a dump; other words and numbers in frames part the chapters of one text.
const PAGES: [&str; 19] = [
    "page",
    "file",
    "record",
    "document",
    "doc",
    "url",
    "article",
    "story",
    "item",
    "post",
    "entry",
    "seite",
    "datei",
    "página",
    "pagina",
    "fichier",
    "страница",
    "strona",
    "sayfa",
];

/// Whether a set parts a page at lines of a program: all of one form, each above a headline of its own, and none amid a sentence. Addresses stand
/// in texts too, so those count where the page begins with one. What other words in a frame part has lines about each article too.
pub(super) fn is_parted_by_program(lines: &Lines, set: &Candidate) -> bool {
    let line_at = |&start: &usize| {
        let near = [Some(start), start.checked_sub(1)].into_iter().flatten();
        near.into_iter().find_map(|at| Some((at, form_of(lines, at)?)))
    };
    let Some(found) = set.starts.iter().map(line_at).collect::<Option<Vec<_>>>() else {
        return false;
    };
    let Some((first, form)) = found.first() else { return false };
    let opens = (0..*first).find(|&at| form_of(lines, at).as_ref() == Some(form));
    let begins_page = |at: usize| lines.words.within(0..at) == 0;
    let opening = opens.unwrap_or(*first);
    if !begins_page(opening) && (form.is_address || opens.is_some()) {
        return false;
    }
    let is_told = |at: usize, end: usize| {
        form.names_pages || lines.about.within(at..end) + lines.dates.within(at..end) > 0
    };
    let all: Vec<usize> = opens.into_iter().chain(found.iter().map(|&(at, _)| at)).collect();
    let ends = all.iter().skip(1).copied().chain([lines.len()]);
    let mut headlines = FxHashSet::default();
    all.len() > 1
        && found.iter().all(|(_, own)| own == form)
        && all.iter().zip(ends).all(|(&at, end)| {
            let above = (0..at).rev().find(|&above| lines.page.blocks[above].is_prose());
            let title = lines.headline(at + 1, end);
            is_told(at, end)
                && above.is_none_or(|above| lines.page.blocks[above].shape.ends_sentence)
                && title.is_some_and(|title| headlines.insert(lines.page.folded(title)))
        })
}

/// What two lines of one program have in common.
#[derive(Debug, PartialEq, Eq)]
struct Form {
    text: String,
    /// Whether it is but an address, or one behind a label.
    is_address: bool,
    /// Whether it says that pages follow, by a word for them or the address of one.
    names_pages: bool,
}

fn form_of(lines: &Lines, at: usize) -> Option<Form> {
    let is_line = lines.page.blocks[at].shape.chars <= LONGEST && lines.marks.of(at).is_none();
    is_line.then(|| form_of_line(lines.page.text_of(at))).flatten()
}

/// The form of a line: the words in a frame of signs, digits and names of files free; or an address alone, or behind a label.
fn form_of_line(text: &str) -> Option<Form> {
    let is_sign = |c: char| matches!(c, '=' | '-' | '#' | '*' | '~' | '_' | '<' | '>' | '+' | '|');
    let free = |word: &str| if is_address(word) { "/".to_owned() } else { without_digits(word) };
    let words = |text: &str| text.split_whitespace().map(free).collect::<Vec<_>>().join(" ");
    let text = text.trim();
    let inner = text.trim_start_matches(is_sign);
    let before = text.len() - inner.len();
    let framed = inner.trim_end_matches(is_sign);
    let after = inner.len() - framed.len();
    if before >= FRAME && after >= FRAME && framed.contains(char::is_alphanumeric) {
        let frame = &text[..1];
        let is_page = |word: &str| {
            is_address(word) || PAGES.contains(&&*word.trim_end_matches([':', '#']).to_lowercase())
        };
        return Some(Form {
            text: format!("{frame} {}", words(framed)),
            is_address: false,
            names_pages: framed.split_whitespace().any(is_page),
        });
    }
    let mut parts = text.split_whitespace();
    let is_told = match (parts.next(), parts.next(), parts.next()) {
        (Some(address), None, _) => is_address(address),
        (Some(label), Some(address), None) => label.ends_with(':') && is_address(address),
        _ => false,
    };
    is_told.then(|| Form { text: words(text), is_address: true, names_pages: true })
}

/// Whether a word is an address of the web, or a file with the ending of a page.
fn is_address(word: &str) -> bool {
    const ENDINGS: [&str; 8] = ["txt", "html", "htm", "md", "json", "xml", "pdf", "warc"];
    let is_file = || word.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending));
    word.contains("://") || word.starts_with("www.") || is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cleaner, Options};

    const STORIES: [(&str, &str); 3] = [
        (
            "Night ferry sails again",
            "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.",
        ),
        (
            "Mill owner gives the weir to the town",
            "The owner of the old mill has given its weir to the town, which will mend it before the winter.",
        ),
        (
            "Bakers agree on a shorter night",
            "The bakers of the upper town have agreed to begin their work at four in the morning from May on.",
        ),
    ];

    fn titles(separator: impl Fn(usize) -> String) -> Vec<Option<String>> {
        let more = "Nobody had asked for it, said the clerk, and yet the whole council was glad of it in the end.\n\n";
        let page: String = STORIES
            .iter()
            .enumerate()
            .map(|(n, (title, text))| {
                format!("{}\n\n{title}\n\n{text}\n\n{}{text}\n\n", separator(n + 1), more.repeat(3))
            })
            .collect();
        let cleaned = Cleaner::new(Options::default()).unwrap().clean(&page);
        cleaned.articles.into_iter().map(|article| article.title).collect()
    }

    #[test]
    fn lines_of_a_program_part_a_page() {
        let all: Vec<Option<String>> =
            STORIES.iter().map(|(title, _)| Some((*title).to_owned())).collect();
        assert_eq!(titles(|n| format!("=== page {n} ===")), all);
        assert_eq!(titles(|n| format!("==> out/{n}.txt <==")), all);
        assert_eq!(titles(|n| format!("https://norrby.example/{n}")), all);
        assert_eq!(titles(|n| format!("URL: https://norrby.example/{n}")), all);
    }

    #[test]
    fn the_form_of_a_line_leaves_digits_and_files_free() {
        let same = |a: &str, b: &str| {
            let (a, b) = (form_of_line(a), form_of_line(b));
            a.is_some() && a == b
        };
        assert!(same("=== page 3 ===", "=== page 12 ==="));
        assert!(same("==> quay.txt <==", "==> weir.txt <=="));
        assert!(same("https://quay.example/a", "https://weir.example/b?c=1"));
        assert!(!same("== History ==", "== Sources =="));
        let names_pages = |text: &str| form_of_line(text).is_some_and(|form| form.names_pages);
        assert!(names_pages("=== Page: 3 ===") && names_pages("==> quay.txt <=="));
        assert!(!names_pages("*** 3 ***") && !names_pages("=== Chapter 3 ==="));
        assert!(!same("=== page 3 ===", "--- page 3 ---"));
        for text in
            ["- a point", "* * *", "The quay, see https://quay.example", "-- Mara Quill", "v1.2"]
        {
            assert_eq!(form_of_line(text), None, "{text}");
        }
    }
}
