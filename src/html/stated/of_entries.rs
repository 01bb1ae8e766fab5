//! The days and authors of the entries of a page: each stands in the element that holds one entry and no other.

use std::ops::Range;

use crate::dates;
use crate::html::markup::attributes::value_of;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::Rendered;
use crate::html::stated::names::{self, AuthorThresholds};
use crate::span::Span;

/// Elements of an entry that may name its authors: so many are read.
const ELEMENTS: usize = 8;

/// The day that an element states whose class or property says that something was published then: `time` by its `datetime`, `abbr` by its title.
pub(in crate::html) fn day_of(name: &str, tag: Tag, attributes: &str) -> Option<String> {
    /// Bytes of the longest.
    const LONGEST: usize = 40;
    let named = |word: &str| {
        let names = ["class", "itemprop"].into_iter().filter_map(|name| value_of(attributes, name));
        names.into_iter().any(|names| names.to_ascii_lowercase().contains(word))
    };
    let from = match tag {
        Tag::Time => "datetime",
        _ if name.eq_ignore_ascii_case("abbr") => "title",
        _ => return None,
    };
    let value = value_of(attributes, from).filter(|_| named("publish"));
    value.filter(|value| value.len() <= LONGEST).map(str::to_owned)
}

impl Rendered {
    /// For each of several entries, whose headlines stand there in the text, the day that its elements state, or that of a line above its headline.
    pub(crate) fn days_of_entries(&self, titles: &[Option<Span>]) -> Vec<Option<String>> {
        let lines = self.lines_of_titles(titles);
        let entries = self.entries_around(&lines);
        let mut days = vec![None; titles.len()];
        for own in &self.days {
            let number = entries[own.element as usize];
            if let Some(number) = number.filter(|_| !self.is_of_others(own.element, &[])) {
                days[number] = days[number].take().or_else(|| dates::stated(&own.day));
            }
        }
        for (number, line) in lines.iter().enumerate() {
            let is_within = |element: u32| entries[element as usize] == Some(number);
            let above = || self.day_above((*line)?, is_within);
            days[number] = days[number].take().or_else(above);
        }
        days
    }

    /// For each of several entries the authors that the first element of it names that names any.
    pub(crate) fn authors_of_entries(
        &self,
        titles: &[Option<Span>],
        t: &AuthorThresholds,
    ) -> Vec<Vec<String>> {
        let entries = self.entries_around(&self.lines_of_titles(titles));
        let mut authors = vec![Vec::new(); titles.len()];
        let mut read = vec![0; titles.len()];
        for &(element, text) in &self.names {
            let Some(number) = entries[element as usize] else { continue };
            if authors[number].is_empty()
                && read[number] < ELEMENTS
                && !self.is_of_others(element, &[])
            {
                read[number] += 1;
                authors[number] = names::shown(text.of(&self.text), self.is_opened(text), t);
            }
        }
        authors
    }

    fn lines_of_titles(&self, titles: &[Option<Span>]) -> Vec<Option<usize>> {
        titles.iter().map(|title| self.line_of(title.as_ref()?.start)).collect()
    }

    /// For each element the entry that holds it, by the lines of the headlines of all entries.
    fn entries_around(&self, headlines: &[Option<usize>]) -> Vec<Option<usize>> {
        // For each element how many headlines it holds.
        let mut held = vec![0u32; self.elements.len()];
        for line in headlines.iter().flatten() {
            held[self.lines[*line].element as usize] += 1;
        }
        for at in (1..held.len()).rev() {
            held[self.elements[at].parent as usize] += held[at];
        }
        let mut entries: Vec<Option<usize>> = vec![None; held.len()];
        for (number, line) in headlines.iter().enumerate() {
            let headline = line.map(|line| self.lines[line].element);
            if let Some(entry) = headline.and_then(|headline| self.entry_of(headline, &held)) {
                entries[entry as usize] = Some(number);
            }
        }
        for at in 1..entries.len() {
            entries[at] = entries[at].or(entries[self.elements[at].parent as usize]);
        }
        entries
    }

    /// The line of the text that holds a place.
    fn line_of(&self, place: usize) -> Option<usize> {
        self.lines.partition_point(|line| line.start <= place).checked_sub(1)
    }

    /// The outermost element around a headline that holds no other; none where another stands beside it.
    fn entry_of(&self, headline: u32, held: &[u32]) -> Option<u32> {
        let around = std::iter::once(headline).chain(self.elements_around(headline));
        around.take_while(|&at| at > 0 && held[at as usize] == 1).last()
    }

    /// The day on the last line of an entry above its headline that is nothing else.
    fn day_above(&self, headline: usize, is_within: impl Fn(u32) -> bool) -> Option<String> {
        /// Lines above the headline among which it stands.
        const NEAR: usize = 4;
        let above: Range<usize> = headline.saturating_sub(NEAR)..headline;
        above.rev().find_map(|at| {
            let line = &self.lines[at];
            let text = self.line_at(line.start);
            let is_day = is_within(line.element) && dates::is_date_line(text);
            let day = is_day.then(|| dates::find(text, dates::Order::Unknown).into_iter().next());
            Some(day??.iso)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const TEXT: &str = "The keeper of the lower lock rowed out on Monday to look at the gate, which had been stuck since the flood, and found a heron in it. \
        He told the council that the bird had a better right to the gate than the barges, and that he would wait. ";

    fn days(posts: &[String]) -> Vec<Option<String>> {
        let source =
            format!("<title>Lock notes</title><h1>Lock notes</h1><div>{}</div>", posts.concat());
        let articles = Cleaner::new(Options::default()).unwrap().clean_html(&source).articles;
        articles.into_iter().map(|article| article.meta.published).collect()
    }

    /// Posts as programs for blogs print them: a header with the day around each, and a link with the time below.
    fn post(number: usize, day: &str, foot: &str) -> String {
        let titles = ["A heron in the gate", "Why the barges wait", "Paint for the second boat"];
        let text = TEXT.replace("Monday", ["Monday", "Tuesday", "Friday"][number]);
        format!(
            "<div class=date-outer><h2 class=date-header>{day}</h2><div class='post hentry'><h3 class=post-title><a href=/{number}>{}</a></h3>\
             <div class=post-body><p>{text}</p><p>{} {text}</p></div><div class=post-footer>Posted by Ada Fenn at {foot}</div></div></div>",
            titles[number],
            ["First,", "Then,", "At last,"][number],
        )
    }

    #[test]
    fn the_day_above_a_post_is_that_of_the_post_below_it() {
        let posts: Vec<String> = (0..3)
            .map(|at| post(at, &format!("{} June 2031", 20 - at), "<a href=#>21:04</a>"))
            .collect();
        let expected = ["2031-06-20", "2031-06-19", "2031-06-18"];
        assert_eq!(days(&posts), expected.map(|day| Some(day.to_owned())));
    }

    #[test]
    fn an_element_of_an_entry_names_its_author() {
        let names = ["Ada Fenn", "Ole Quist", "Mara Quill"];
        let entry = |at: usize| {
            let meta = format!(
                "<span class=post-author>{}</span><span class=post-date>{} June 2031</span>",
                names[at],
                20 - at
            );
            format!(
                "<li><h2><a href=/{at}>Notes on gate number {at}</a></h2><div class=meta>{meta}</div><p>{TEXT}</p><p>Day {at}. {TEXT}</p></li>"
            )
        };
        let source = format!(
            "<title>Lock notes</title><h1>Lock notes</h1><ul>{}</ul>",
            (0..3).map(entry).collect::<String>()
        );
        let articles = Cleaner::new(Options::default()).unwrap().clean_html(&source).articles;
        let authors: Vec<String> =
            articles.iter().map(|article| article.meta.authors.join("; ")).collect();
        assert_eq!(authors, names);
        let days: Vec<&str> =
            articles.iter().filter_map(|article| article.meta.published.as_deref()).collect();
        assert_eq!(days, ["2031-06-20", "2031-06-19", "2031-06-18"]);
    }

    #[test]
    fn what_an_entry_states_for_machines_is_its_day() {
        let posts: Vec<String> = (0..3)
            .map(|at| {
                let time = format!(
                    "<abbr class=published title='2031-06-1{at}T21:04:00+02:00'>21:04</abbr>"
                );
                post(at, "Harbour", &time)
            })
            .collect();
        let found: Vec<Option<String>> =
            days(&posts).into_iter().map(|day| day.map(|day| day[..10].to_owned())).collect();
        assert_eq!(found, ["2031-06-10", "2031-06-11", "2031-06-12"].map(|d| Some(d.to_owned())));
    }
}
