//! Subtitles: the words of SubRip (`.srt`) and WebVTT files as paragraphs, without the numbers, times, settings and tags between them.

use crate::adjustable::adjustable;
use crate::html::shown::rendered::{Piece, Rendered};
use crate::span::Span;
use crate::text::chars::{is_closer, is_stop, is_unspaced, line_end};

adjustable! {
    /// How the lines of subtitles become paragraphs.
    SubtitleThresholds {
        /// Bytes of a paragraph from which on the next line that ends a sentence ends it.
        paragraph: usize = 300,
        /// Bytes from which on any line ends it, as in subtitles without punctuation.
        longest: usize = 1200,
    }
}

/// Bytes within which the first time stands.
const HEAD: usize = 4000;
/// Words that begin a part of WebVTT which is not shown.
const UNSHOWN: [&str; 3] = ["NOTE", "STYLE", "REGION"];

/// The words of subtitles; none of another text.
pub(crate) fn words_of_subtitles(text: &str, t: &SubtitleThresholds) -> Option<Rendered> {
    if !are_subtitles(text) {
        return None;
    }
    let repeats = text.contains("<00:");
    let mut words = Words { text, out: Rendered::default(), begins: 0, is_parted: true };
    let lines: Vec<Span> = lines_of(text).collect();
    let line = |at: usize| lines.get(at).map_or("", |line| line.of(text).trim());
    let (mut is_shown, mut before) = (false, "");
    for (at, span) in lines.iter().enumerate() {
        let own = line(at);
        // What stands between a blank line and a time names the cue.
        let begins = at == 0 || line(at - 1).is_empty();
        let names_cue = is_time(line(at + 1)) && (begins || is_number(own));
        let hides = begins && UNSHOWN.iter().any(|word| own.split(' ').next() == Some(*word));
        if is_time(own) {
            is_shown = true;
        } else if hides {
            is_shown = false;
        } else if is_shown && !own.is_empty() && !names_cue {
            // Captions that roll up show each line again below a new one.
            if !(repeats && own == before) {
                words.line(*span, t);
            }
            before = own;
        }
    }
    Some(words.out)
}

/// Whether a text begins as subtitles do: with `WEBVTT`, or with the number and the time of a cue.
fn are_subtitles(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut lines = lines_of(head).map(|line| line.of(head).trim());
    match lines.next() {
        Some(first) if first.split_whitespace().next() == Some("WEBVTT") => lines.any(is_time),
        Some(first) => is_number(first) && lines.next().is_some_and(is_time),
        None => false,
    }
}

fn lines_of(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    text.split_inclusive(char::from(line_end(text))).map(move |line| {
        let begins = start;
        start += line.len();
        Span::new(begins, begins + line.trim_end_matches(['\n', '\r']).len())
    })
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line is the time of a cue: `00:01:02,500 --> 00:01:04,000`, with settings behind it or none.
fn is_time(line: &str) -> bool {
    let is_clock = |clock: &str| {
        clock.contains(':')
            && clock.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b','))
    };
    line.split_once("-->").is_some_and(|(from, to)| {
        is_clock(from.trim()) && to.split_whitespace().next().is_some_and(is_clock)
    })
}

/// The words so far.
struct Words<'t> {
    text: &'t str,
    out: Rendered,
    /// Where the paragraph begins in them.
    begins: usize,
    /// Whether something that is not shown stands before what comes next.
    is_parted: bool,
}

impl Words<'_> {
    /// Adds a line of a cue, without the white space at its ends.
    fn line(&mut self, line: Span, t: &SubtitleThresholds) {
        let shown = line.of(self.text).trim();
        let mut at = shown.as_ptr() as usize - self.text.as_ptr() as usize;
        let end = at + shown.len();
        let mut is_first = true;
        self.is_parted = true;
        while at < end {
            let rest = &self.text[at..end];
            if let Some(tag) = tag_in(rest) {
                at += tag;
                self.is_parted = true;
                continue;
            }
            let next = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '<' | '{'));
            let part = Span::new(at, next.map_or(end, |(next, _)| at + next));
            at = part.end;
            if std::mem::take(&mut is_first) && !self.out.text.is_empty() {
                self.part_from_above(part, t);
            }
            self.push(part);
        }
    }

    /// Adds what stands between the text so far and a new line of it.
    fn part_from_above(&mut self, next: Span, t: &SubtitleThresholds) {
        let paragraph = &self.out.text[self.begins..];
        let ends =
            paragraph.trim_end_matches(is_closer).ends_with(|c: char| is_stop(c) || c == '…');
        let is_full = ends && paragraph.len() >= t.paragraph || paragraph.len() >= t.longest;
        let is_joined = paragraph.ends_with(is_unspaced)
            && next.of(self.text).trim_start().starts_with(is_unspaced);
        if is_full {
            self.out.text.push_str("\n\n");
            self.begins = self.out.text.len();
        } else if !is_joined {
            self.out.text.push(' ');
        }
    }

    /// Adds a stretch of a line.
    fn push(&mut self, part: Span) {
        let text = part.of(self.text);
        let is_behind_space = self.out.text.is_empty() || self.out.text.ends_with([' ', '\n']);
        let shown = if is_behind_space { text.trim_start() } else { text };
        if !shown.is_empty() {
            let start = self.out.text.len();
            self.out.text.push_str(shown);
            let (text, source) = (
                Span::new(start, self.out.text.len()),
                Span::new(part.end - shown.len(), part.end),
            );
            let apart = std::mem::take(&mut self.is_parted);
            self.out.pieces.push(Piece { text, source, apart });
        }
    }
}

/// The length of a tag, a time or a placement that a cue begins with: `<i>`, `</v>`, `<00:01:02.500>`, `{\an8}`.
fn tag_in(text: &str) -> Option<usize> {
    /// Bytes of the longest.
    const LONGEST: usize = 200;
    let inner = text.strip_prefix('<').or_else(|| text.strip_prefix("{\\"))?;
    let close = if text.starts_with('<') { '>' } else { '}' };
    let is_tag = close == '}'
        || inner.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphanumeric());
    let end = text[..text.floor_char_boundary(LONGEST)].find(close)?;
    is_tag.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<String> {
        let shown = words_of_subtitles(text, &SubtitleThresholds::default())?;
        for piece in &shown.pieces {
            assert_eq!(piece.text.of(&shown.text), piece.source.of(text));
        }
        Some(shown.text)
    }

    #[test]
    fn the_words_of_cues_are_joined_and_what_stands_between_them_is_left_out() {
        let srt = "1\n00:00:00,000 --> 00:00:04,500\nThe old quay\nwas opened\n\n2\n00:00:05,000 --> 00:00:09,500\n<i>again</i> on Monday.\n\n";
        assert_eq!(words(srt).unwrap(), "The old quay was opened again on Monday.");
        let windows = format!("\u{feff}{}", srt.replace('\n', "\r\n"));
        assert_eq!(words(&windows), words(srt));
        let vtt = "WEBVTT - ferry\nKind: captions\n\nNOTE made by hand\nin May\n\nSTYLE\n::cue {}\n\nfirst\n00:00.000 --> 00:04.500 align:start position:0%\n<v Mirva>The ferry\n\n00:05.000 --> 00:09.500\n1887 & 3 < 4\n";
        assert_eq!(words(vtt).unwrap(), "The ferry 1887 & 3 < 4");
        let rolling = "WEBVTT\n\n00:00.000 --> 00:01.000\nthe ferry\n\n00:01.000 --> 00:02.000\nthe ferry\nwent<00:01.500><c> again</c>\n";
        assert_eq!(words(rolling).unwrap(), "the ferry went again");
        assert_eq!(
            words("1\n00:01,0 --> 00:02,0\n渡船\n\n2\n00:02,0 --> 00:03,0\n又开了。").unwrap(),
            "渡船又开了。"
        );
    }

    #[test]
    fn paragraphs_end_where_a_sentence_does() {
        let cue =
            |n: usize, text: &str| format!("{n}\n00:00:0{n},000 --> 00:00:0{n},500\n{text}\n\n");
        let long = "The old quay was opened again on Monday, and the ferries go. ".repeat(5);
        let all = cue(1, &long) + &cue(2, "Nobody knows") + &cue(3, "who pays.");
        let expected = format!("{}\n\nNobody knows who pays.", long.trim_end());
        assert_eq!(words(&all).unwrap(), expected);
    }

    #[test]
    fn text_that_speaks_of_subtitles_is_none() {
        for text in [
            "A cue has a time, such as\n00:00:01,000 --> 00:00:02,000\nand a text.",
            "1\nThe quay\n00:00:01,000 --> 00:00:02,000\n",
            "WEBVTT is a format of subtitles.",
            "12:30 --> 13:30\nLunch",
            "",
        ] {
            assert_eq!(words(text), None, "{text}");
        }
    }
}
