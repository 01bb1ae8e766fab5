//! What a page prints by its main heading: the byline, and the day. It is set against what the page says outside of the text.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::adjustable::adjustable;
use crate::html::names;
use crate::html::names::AuthorThresholds;
use crate::html::rendered::Rendered;
use crate::languages::words_of;
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
    }
}

/// Stems of words that say that a day is not the one of publication.
static LATER: LazyLock<Vec<String>> = LazyLock::new(|| words_of(|language| language.later));

/// The byline and the day that are printed by the first main heading.
#[derive(Debug, Default)]
pub(super) struct VisibleByline {
    /// The text by the heading, in lower case.
    nearby: String,
    authors: Vec<String>,
    day: Option<jiff::civil::Date>,
}

impl VisibleByline {
    pub(super) fn by_heading(
        page: &Rendered,
        t: &PrintedThresholds,
        of_names: &AuthorThresholds,
    ) -> Self {
        let Some(heading) = page.main_headings().next() else { return Self::default() };
        let mut printed = Self::default();
        let mut before = "";
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
                }
            }
        }
        printed
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
    pub(super) fn authors(self, stated: Vec<String>) -> Vec<String> {
        let is_printed = |name: &String| self.nearby.contains(&name.to_lowercase());
        let goes_on = !stated.is_empty()
            && self.authors.len() > stated.len()
            && stated.iter().all(|name| self.authors.contains(name));
        let keeps = self.authors.is_empty() || stated.iter().any(is_printed);
        if keeps && !goes_on { stated } else { self.authors }
    }

    /// When it was published, given what the page states: the printed day where it is more than a day earlier, as a page that was put up
    /// again states the later day. A day apart may be the time zone.
    pub(super) fn published(&self, stated: String) -> String {
        let day: Option<jiff::civil::Date> = stated.get(..10).and_then(|day| day.parse().ok());
        let is_earlier = |printed: jiff::civil::Date| {
            day.and_then(|day| day.yesterday().ok()).is_some_and(|yesterday| printed < yesterday)
        };
        self.day
            .filter(|&printed| is_earlier(printed))
            .map_or(stated, |printed| printed.to_string())
    }
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

    fn meta(source: &str) -> crate::html::metadata::PageMeta {
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
