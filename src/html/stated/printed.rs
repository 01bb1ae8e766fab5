//! What a page prints by its main heading: the byline, and the day. It is set against what the page says outside of the text.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::adjustable::adjustable;
use crate::html::shown::rendered::Rendered;
use crate::html::stated::names;
use crate::html::stated::names::AuthorThresholds;
use crate::languages::words_of;
use crate::text::chars::is_mark;
use crate::{bylines, dates};

adjustable! {
    /// Where the byline and the day are looked for.
    PrintedThresholds {
        /// Bytes of text before the main heading that are looked at.
        before: usize = 400,
        /// Bytes after its beginning that are looked at.
        after: usize = 1000,
        /// Bytes of a line that is a byline: fewer than this.
        byline_bytes: usize = 90,
        /// Bytes of a line that names the day: fewer than this.
        day_bytes: usize = 60,
        /// Bytes of the words in an element of their own that open a byline: fewer than this.
        opening_bytes: usize = 20,
        /// Bytes of a line that may hold the name among other things: fewer than this.
        parts_bytes: usize = 160,
    }
}

/// Stems of words that say that a day is not the one of publication.
static LATER: LazyLock<Vec<String>> = LazyLock::new(|| words_of(|language| language.later));

/// The byline and the day that are printed by the first main heading.
#[derive(Debug, Default)]
pub(in crate::html) struct VisibleByline {
    /// The text by the heading, in lower case.
    nearby: String,
    authors: Vec<String>,
    beside: Option<String>,
    day: Option<jiff::civil::Date>,
}

impl VisibleByline {
    pub(in crate::html) fn by_heading(
        page: &Rendered,
        t: &PrintedThresholds,
        of_names: &AuthorThresholds,
    ) -> Self {
        let Some(heading) = page.main_headings().next() else { return Self::default() };
        let mut printed = Self::default();
        let mut before = "";
        let mut parts = Vec::new();
        let from = page.lines.partition_point(|line| line.start + t.before < heading.0);
        for (number, line) in page
            .lines
            .iter()
            .enumerate()
            .skip(from)
            .take_while(|(_, line)| line.start <= heading.0 + t.after)
        {
            if page.is_of_others(line.element, &[heading]) {
                continue;
            }
            let end = page.lines.get(number + 1).map_or(page.text.len(), |next| next.start);
            let mut at = line.start;
            for part in page.text[line.start..end].split(['\n', '\t']) {
                let text = part.trim_matches(is_around);
                let start = at + part.len() - part.trim_start_matches(is_around).len();
                at += part.len() + 1;
                if !text.is_empty() {
                    let line = opened_apart(page, text, start, t);
                    printed.read(&line, before, t, of_names);
                    before = text;
                    if start > heading.0 && text.len() < t.parts_bytes {
                        parts.extend(parts_of(page, start, text));
                    }
                }
            }
        }
        if printed.authors.is_empty() {
            printed.authors = opened_part(&parts, t.byline_bytes).unwrap_or_default();
            printed.beside = beside_day(&parts);
        }
        printed
    }

    /// The name that stands alone beside the day, who may be the author.
    pub(in crate::html) fn beside_day(&self) -> Option<&str> {
        self.beside.as_deref()
    }

    fn read(
        &mut self,
        line: &str,
        before: &str,
        t: &PrintedThresholds,
        of_names: &AuthorThresholds,
    ) {
        self.nearby.push_str(&line.to_lowercase());
        self.nearby.push('\n');
        if self.authors.is_empty() && line.len() < t.byline_bytes {
            let undated = dates::find(line, dates::Order::Unknown)
                .first()
                .map_or(line, |found| &line[..found.start]);
            let is_byline = bylines::without_opening(undated).len() < undated.len()
                && !undated.contains(|c: char| c.is_ascii_digit());
            let opened =
                if is_byline { names::shown(undated, false, of_names) } else { Vec::new() };
            self.authors = if bylines::is_opening(before) {
                bylines::name_alone(line).unwrap_or_default()
            } else {
                opened
            };
            self.authors.retain(|name| bylines::looks_like_name(name));
        }
        if self.day.is_none()
            && line.len() < t.day_bytes
            && !is_later(line)
            && !(before.len() < t.day_bytes && is_later(before))
        {
            let found = dates::find(line, dates::Order::Unknown).into_iter().next();
            self.day = found.and_then(|found| found.iso.get(..10)?.parse().ok());
        }
    }

    /// The authors, given those that the page states: the printed ones where no stated one is to be read by the heading.
    /// A stated name may be that of the account that put the page there, or of the only one of several authors that has a page.
    pub(in crate::html) fn authors(self, stated: Vec<String>) -> Vec<String> {
        let is_printed = |name: &String| self.nearby.contains(&name.to_lowercase());
        let goes_on = !stated.is_empty()
            && self.authors.len() > stated.len()
            && stated.iter().all(|name| self.authors.contains(name));
        let keeps = self.authors.is_empty() || stated.iter().any(is_printed);
        if keeps && !goes_on { stated } else { self.authors }
    }

    /// When it was published, given what the page states: the printed day where it is more than a day earlier, as a page that was put up
    /// again states the later day. A day apart may be the time zone.
    pub(in crate::html) fn published(&self, stated: String) -> String {
        let day: Option<jiff::civil::Date> = stated.get(..10).and_then(|day| day.parse().ok());
        let is_earlier = |printed: jiff::civil::Date| {
            day.and_then(|day| day.yesterday().ok()).is_some_and(|yesterday| printed < yesterday)
        };
        self.day
            .filter(|&printed| is_earlier(printed))
            .map_or(stated, |printed| printed.to_string())
    }
}

/// The parts of a line at `start`: what elements, rules and dots part.
fn parts_of<'p>(page: &Rendered, start: usize, line: &'p str) -> Vec<&'p str> {
    let is_border = |at: usize, c: char| {
        matches!(c, '|' | '·' | '•' | '⋅')
            || c == '/' && line[..at].ends_with(' ')
            || page.begins_element(start + at)
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, c) in line.char_indices().skip(1) {
        if is_border(at, c) {
            parts.push(&line[from..at]);
            from = at;
        }
    }
    parts.push(&line[from..]);
    let trimmed = parts
        .into_iter()
        .map(|part| part.trim_matches(|c: char| is_around(c) || "|·⋅/,-–—".contains(c)));
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// The authors that the first part names behind words that open a byline, or before the word for a reporter, as in Korean.
fn opened_part(parts: &[&str], bytes: usize) -> Option<Vec<String>> {
    parts.iter().filter(|part| part.len() < bytes).find_map(|part| {
        let authors = bylines::authors_in(part, dates::Order::Unknown);
        let before_role = || {
            let name = names::without_role(part);
            (name.len() < part.len() && names::is_caseless(name)).then(|| vec![name.to_owned()])
        };
        let named = authors.or_else(before_role)?;
        let are_names = !named.is_empty() && named.iter().all(|name| is_person(name));
        are_names.then_some(named)
    })
}

/// The name that is a whole part next to one that is the day.
fn beside_day(parts: &[&str]) -> Option<String> {
    let is_day = |at: usize| parts.get(at).is_some_and(|part| dates::is_date_line(part));
    let at = (0..parts.len()).find(|&at| {
        let is_beside = is_day(at + 1) || at.checked_sub(1).is_some_and(is_day);
        is_beside
            && is_person(parts[at])
            && parts[at].contains(' ')
            && names::without_role(parts[at]) == parts[at]
    })?;
    Some(parts[at].to_owned())
}

/// Whether a text may be the name of a person.
fn is_person(name: &str) -> bool {
    let is_plain =
        name.chars().all(|c| c.is_alphabetic() || is_mark(c) || c == ' ' || ".-'’".contains(c));
    is_plain && (bylines::looks_like_name(name) || names::is_caseless(name))
}

fn is_around(c: char) -> bool {
    c.is_whitespace() || c == '•'
}

/// A line of the page at `start`, with a space after the words that open a byline where only an element parts them from the name.
fn opened_apart<'p>(
    page: &Rendered,
    line: &'p str,
    start: usize,
    t: &PrintedThresholds,
) -> Cow<'p, str> {
    let border = (1..line.len().min(t.opening_bytes)).find(|&at| page.begins_element(start + at));
    match border
        .and_then(|at| line.split_at_checked(at))
        .filter(|(opening, _)| bylines::is_opening(opening))
    {
        Some((opening, name)) => Cow::Owned(format!("{opening} {name}")),
        None => Cow::Borrowed(line),
    }
}

fn is_later(text: &str) -> bool {
    let text = text.to_lowercase();
    LATER.iter().any(|stem| text.contains(&**stem))
}

#[cfg(test)]
mod tests {
    use super::is_later;

    fn meta(source: &str) -> crate::html::stated::metadata::PageMeta {
        crate::html::page::HtmlPage::of(source).stated
    }

    #[test]
    fn a_day_of_revision_is_told_from_that_of_publication() {
        for language in crate::languages::files::read() {
            for (text, is_hit) in language.hits_and_spares("later") {
                assert_eq!(is_later(text), is_hit, "{}: {text}", language.name);
            }
        }
    }

    #[test]
    fn a_printed_byline_wins_over_the_account_that_put_the_page_there() {
        let page = |byline| {
            meta(&format!(
                "<meta name=author content='Ola Berg'><h1>Quay reopens after storm</h1><p>{byline}</p><p>The old quay was opened.</p>"
            ))
        };
        assert_eq!(page("By Mirva Lindqvist, senior reporter").authors, ["Mirva Lindqvist"]);
        assert_eq!(
            page("By Mirva Lindqvist</p><p>Photo: Ola Berg").authors,
            ["Ola Berg"],
            "both are printed"
        );
        assert_eq!(page("By walking there").authors, ["Ola Berg"]);
    }

    #[test]
    fn a_byline_of_two_elements_names_the_author() {
        assert_eq!(
            meta(
                "<h1>Quay reopens after storm</h1><div>Written by</div><div>Mirva Lindqvist</div>"
            )
            .authors,
            ["Mirva Lindqvist"]
        );
        assert_eq!(meta("<h1>Quay reopens after storm</h1><div><span>By</span><span>Mirva Lindqvist</span></div>").authors, ["Mirva Lindqvist"]);
    }

    /// Parts are told by elements, rules and dots.
    #[test]
    fn a_name_in_a_line_of_several_parts_is_found() {
        let by = |line: &str| {
            let page = meta(&format!(
                "<h1>Quay reopens after storm</h1><div>{line}</div><p>The old quay was opened.</p>"
            ));
            (page.authors.join("; "), page.maybe_authors.join("; "))
        };
        let certain = |name: &str| (name.to_owned(), String::new());
        assert_eq!(
            by(
                "<span>14 июня 2029, 12:35</span> <span>Просмотров: 18</span> <span>Автор: Ольга Лунд</span>"
            ),
            certain("Ольга Лунд")
        );
        assert_eq!(
            by("2029-10-08 09:21 来源：港湾日报 作者：陈小林 <span>字号：大 中 小</span>"),
            certain("陈小林")
        );
        assert_eq!(by("한가람 기자 | 입력 2030.03.04 10:22 | 댓글 3"), certain("한가람"));
        let perhaps = |name: &str| (String::new(), name.to_owned());
        assert_eq!(
            by("<span>Elif Kaya</span><span>22 Nisan 2029 - 11:40</span>"),
            perhaps("Elif Kaya")
        );
        assert_eq!(
            by("Mirva Lindqvist</div><div><time>1.12.2028 6:00</time>"),
            perhaps("Mirva Lindqvist")
        );
        assert_eq!(by("Harbour | 1.12.2028 | 3 comments"), perhaps(""));
        assert_eq!(by("Mirva Lindqvist | 3 comments"), perhaps(""));
    }

    #[test]
    fn an_earlier_day_by_the_heading_is_the_one_of_publication() {
        let page = |day| {
            meta(&format!("<meta itemprop=datePublished content='2031-06-16T01:00'><h1>Quay reopens after storm</h1><p>{day}</p>")).published
        };
        assert_eq!(page("May 3, 2030").as_deref(), Some("2030-05-03"));
        assert_eq!(
            page("June 15, 2031").as_deref(),
            Some("2031-06-16T01:00"),
            "it may be the time zone"
        );
        assert_eq!(page("Updated May 3, 2030").as_deref(), Some("2031-06-16T01:00"));
        assert_eq!(page("Last updated:</p><p>May 3, 2030").as_deref(), Some("2031-06-16T01:00"));
        assert_eq!(page("July 1, 2031").as_deref(), Some("2031-06-16T01:00"));
    }
}
