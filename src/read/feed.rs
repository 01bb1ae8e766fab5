//! Feeds (RSS, RDF and Atom): each entry is a record with its headline, date, authors and address. An entry is in memory at a time, and damage in one
//! leaves the others.

use std::io::{BufRead, Error, Read, Result};

use crate::error::Unreadable;
use crate::read::charset::{View, check, declared_in, narrow};
use crate::read::entry::{Entry, authors_of, bare, elements, text_of};
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts, SourceMetadata};

/// Largest head of a feed, in bytes.
const LARGEST_HEAD: usize = 1 << 20;
/// Reads the entries of a feed. Those without a text are counted.
pub(super) fn read<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    let largest = place.settings.limits.record;
    let mut cutter = Cutter { input, largest, markup: Vec::new(), encoding: None };
    match cutter.head() {
        Ok(feed) => {
            Box::new(Entries { place, cutter, feed, number: 0, textless: 0, is_over: false })
        }
        Err(error) => place.all_broken(Unreadable::damaged(error)),
    }
}

struct Entries<'r> {
    place: Place,
    cutter: Cutter<'r>,
    /// What the feed says of all its entries.
    feed: SourceMetadata,
    number: usize,
    textless: usize,
    is_over: bool,
}

impl Iterator for Entries<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.is_over {
            let entry = match self.cutter.entry() {
                Ok(Some(entry)) => entry,
                Ok(None) => break,
                Err(error) => {
                    self.is_over = true;
                    return Some(self.place.broken(Unreadable::damaged(error)));
                }
            };
            self.number += 1;
            if let Some(part) = self.part(entry) {
                return Some(part);
            }
        }
        if !std::mem::replace(&mut self.is_over, true) && self.number == 0 {
            return Part::skipped(1, "feeds without an entry");
        }
        Part::skipped(std::mem::take(&mut self.textless), "entries of a feed without a text")
    }
}

impl Entries<'_> {
    /// The record that an entry is; None where it has no text.
    fn part(&mut self, markup: Vec<u8>) -> Option<Part> {
        let id = self.place.id(&self.number.to_string());
        let read = narrow(markup, self.cutter.encoding.as_deref()).and_then(|mut stored| {
            let elements = elements(&stored.text)
                .map_err(|error| Unreadable::damaged(format!("is no entry of a feed: {error}")))?;
            stored.text = String::new();
            Ok((Entry::of(&elements, &self.place.settings.pass_fields), stored))
        });
        let (entry, stored) = match read {
            Ok(read) => read,
            Err(reason) => return Some(Part::Broken { record: id, reason }),
        };
        let Entry { text, format, mut about } = entry;
        if text.trim().is_empty() {
            self.textless += 1;
            return None;
        }
        about.complete(&self.feed);
        let view = check(&text, &self.place.settings.limits).map(|()| View { text, ..stored });
        Some(Part::new(id, view, |_| format, about))
    }
}

/// Cuts a feed into its entries, and passes over all else.
struct Cutter<'r> {
    input: Peek<'r>,
    /// Bytes that an entry may have.
    largest: u64,
    /// What was read of an entry, or of the head.
    markup: Vec<u8>,
    /// The encoding that the feed declares.
    encoding: Option<String>,
}

impl Cutter<'_> {
    /// Reads up to the first entry. The headline of the feed is the name of who publishes it.
    fn head(&mut self) -> Result<SourceMetadata> {
        while let Some(tag) = self.tag()? {
            if tag.is_entry() && !tag.is_end {
                self.input.give_back(&self.markup.split_off(tag.start));
                break;
            } else if self.markup.len() > LARGEST_HEAD {
                break;
            }
        }
        let head = std::mem::take(&mut self.markup);
        self.encoding = declared_in(&head).map(|name| String::from_utf8_lossy(name).into_owned());
        let head = narrow(head, self.encoding.as_deref()).map(|view| view.text).unwrap_or_default();
        let speaks_of_feed = |&start: &usize| {
            let ends = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
            let name = head[start + 1..].split(ends).next().unwrap_or_default();
            matches!(bare(name), "channel" | "feed")
        };
        let mut tags = memchr::memchr_iter(b'<', head.as_bytes());
        let start = tags.find(speaks_of_feed).unwrap_or(head.len());
        let elements = elements(&head[start..]).unwrap_or_default();
        let source = text_of(&elements, "title");
        let authors = authors_of(&elements, "author");
        Ok(SourceMetadata { source, authors, ..SourceMetadata::default() })
    }

    /// The markup of the next entry; None at the end.
    fn entry(&mut self) -> Result<Option<Vec<u8>>> {
        let mut start = None;
        while let Some(tag) = self.tag()? {
            match start {
                None if tag.is_entry() && !tag.is_end => start = Some(tag.start),
                None => self.markup.clear(),
                Some(start) if tag.is_entry() && tag.is_end => {
                    let markup = std::mem::take(&mut self.markup);
                    return Ok(Some(markup[start..].to_vec()));
                }
                Some(_) => {}
            }
        }
        let is_cut = start.is_some();
        self.markup.clear();
        if is_cut { Err(Error::other("the feed breaks off within an entry")) } else { Ok(None) }
    }

    /// Reads up to the end of the next tag. What stands in comments and in CDATA is none.
    fn tag(&mut self) -> Result<Option<Tag>> {
        loop {
            if !self.read_to(b"<")? {
                return Ok(None);
            }
            let start = self.markup.len() - 1;
            let end: &[u8] = match self.input.peek(8) {
                [b'!', b'-', b'-', ..] => b"-->",
                b"![CDATA[" => b"]]>",
                _ => b">",
            };
            if !self.read_to(end)? {
                return Ok(None);
            }
            if end.len() == 1 {
                let tag = &self.markup[start + 1..self.markup.len() - 1];
                let is_end = tag.starts_with(b"/");
                let name = tag.strip_prefix(b"/").unwrap_or(tag);
                let end = name.iter().position(|b| b.is_ascii_whitespace() || *b == b'/');
                let name = name[..end.unwrap_or(name.len())].to_vec();
                return Ok(Some(Tag { start, name, is_end }));
            }
        }
    }

    /// Reads on behind the next `end`; false where none comes.
    fn read_to(&mut self, end: &[u8]) -> Result<bool> {
        let from = self.markup.len();
        let last = end[end.len() - 1];
        loop {
            let left = self.largest.saturating_sub(self.markup.len() as u64);
            if left == 0 {
                return Err(Error::other(Unreadable::TooLarge { limit: self.largest }));
            }
            if (&mut self.input).take(left).read_until(last, &mut self.markup)? == 0 {
                return Ok(false);
            }
            if self.markup[from..].ends_with(end) {
                return Ok(true);
            }
        }
    }
}

/// A tag, from a place in what was read.
struct Tag {
    start: usize,
    name: Vec<u8>,
    is_end: bool,
}

impl Tag {
    fn is_entry(&self) -> bool {
        std::str::from_utf8(&self.name).is_ok_and(|name| matches!(bare(name), "item" | "entry"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(feed: &str) -> (SourceMetadata, Vec<String>) {
        let mut cutter = Cutter {
            input: Peek::new(feed.as_bytes()),
            largest: 1 << 20,
            markup: Vec::new(),
            encoding: None,
        };
        let about = cutter.head().unwrap();
        let entries = std::iter::from_fn(|| cutter.entry().ok().flatten());
        (about, entries.map(|entry| String::from_utf8(entry).unwrap()).collect())
    }

    #[test]
    fn a_feed_is_cut_at_the_tags_of_its_entries_alone() {
        let (feed, entries) = cut(
            "<?xml version=\"1.0\"?><!-- <item>no</item> --><rss><channel><title>The Gazette</title>\
             <item><description><![CDATA[an <item> of HTML </item>]]></description></item>\n<ttl>5</ttl><item a='b'>two</item></channel></rss>",
        );
        assert_eq!(feed.source.as_deref(), Some("The Gazette"));
        assert_eq!(
            entries,
            [
                "<item><description><![CDATA[an <item> of HTML </item>]]></description></item>",
                "<item a='b'>two</item>"
            ]
        );
    }

    #[test]
    fn elements_are_known_in_any_case_and_behind_the_prefix_of_rss() {
        for feed in [
            "<RSS><CHANNEL><TITLE>The Gazette</TITLE><ITEM>one</ITEM></CHANNEL></RSS>",
            "<rdf:RDF><RSS:channel><RSS:title>The Gazette</RSS:title></RSS:channel><RSS:item>one</RSS:item></rdf:RDF>",
        ] {
            let (about, entries) = cut(feed);
            assert_eq!(
                (about.source.as_deref(), entries.len()),
                (Some("The Gazette"), 1),
                "{feed}"
            );
        }
    }

    #[test]
    fn a_feed_that_breaks_off_says_so() {
        let mut cutter = Cutter {
            largest: 1 << 20,
            input: Peek::new(&b"<feed><entry>one"[..]),
            markup: Vec::new(),
            encoding: None,
        };
        cutter.head().unwrap();
        assert!(cutter.entry().is_err());
        assert_eq!(cut("<feed><title>Nothing yet</title></feed>").1, Vec::<String>::new());
    }
}
