//! Blocks: the paragraphs, headlines and items of a page, measured once.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use crate::dates;
use crate::guard::look;
use crate::page::asked::{Said, headlines};
use crate::page::code::listings;
use crate::page::heading_mark::MarkedHeading;
use crate::page::labelled::{FieldPlace, Labelled, records};
use crate::page::line::{Line, Marker};
use crate::page::shape::BlockStats;
use crate::page::stems::PageStems;
use crate::page::text_browser::Printed;
use crate::page::thresholds::PageThresholds;
use crate::page::wrap::Wraps;
use crate::span::Span;
use crate::text::Folded;
use crate::text::words::hash_words;

/// A paragraph, headline, menu item or list item: one line, or the lines of a wrapped paragraph.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// Its lines, as indices into [`Page::lines`].
    pub lines: Range<usize>,
    /// Blank lines right before it.
    pub gap: usize,
    /// Columns of white space before its first line.
    pub indent: usize,
    /// The list marker it begins with.
    pub marker: Option<Marker>,
    /// Its measures.
    pub shape: BlockStats,
    is_prose: bool,
    is_headline_like: bool,
    marker_len: usize,
    words: Range<usize>,
}

impl Block {
    /// Where its text stands, the list marker and the marks of a text browser before it left out.
    #[must_use]
    pub fn unmarked(&self) -> Span {
        Span::new(self.span.start + self.marker_len, self.span.end)
    }

    /// Running text: several words that close as a sentence, or very many.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        self.is_prose
    }

    /// As short and open-ended as a headline: no colon at its end, mostly letters, by default 2 to 32 words.
    #[must_use]
    pub fn is_headline_like(&self) -> bool {
        self.is_headline_like
    }

    /// Nothing but symbols and punctuation.
    #[must_use]
    pub fn is_symbolic(&self) -> bool {
        self.shape.letters == 0 && self.shape.digits == 0
    }
}

/// A record's text with its lines, blocks, folded text and hashed words.
#[derive(Debug)]
pub struct Page<'t> {
    /// The record's view.
    pub text: &'t str,
    /// Its lines.
    pub(crate) lines: Vec<Line>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Whether most of its long lines were hard-wrapped.
    pub wrapped: bool,
    /// Its listings of code, as ranges of its blocks, in order. In these every line is a block.
    pub listings: Vec<Range<usize>>,
    /// Whether its bullets were drawn by a renderer: no text of the page.
    pub drawn_bullets: bool,
    /// Whether it is the text of a mail, as what holds it tells.
    pub(crate) is_mail: bool,
    /// The headline that what holds it states, where that is one article's.
    pub(crate) headline: Option<String>,
    /// Its records of labelled lines. Each label and each value is a block.
    pub(crate) labelled: Labelled,
    /// What a text browser added.
    pub(crate) printed: Printed,
    folded: Folded,
    words: Vec<u32>,
    stems: OnceLock<PageStems>,
    days: OnceLock<Vec<OnceLock<Vec<dates::Found>>>>,
}

/// Lines of the longest wrapped paragraph.
const LONGEST: usize = 1000;

impl<'t> Page<'t> {
    /// Reads `text` into blocks, by the default thresholds.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self::with(text, &PageThresholds::default())
    }

    /// Reads `text` into blocks.
    #[must_use]
    pub fn with(text: &'t str, thresholds: &PageThresholds) -> Self {
        let lines = Line::all(text);
        let printed = Printed::of(text, &lines);
        let labelled = records(text, &lines);
        let fields: Vec<Range<usize>> =
            labelled.fields.iter().map(|field| lines_of(&lines, field)).collect();
        let mut listings = listings(text, &lines, &thresholds.code);
        listings.retain(|listing| {
            let next = fields.partition_point(|field| field.end <= listing.start);
            fields.get(next).is_none_or(|field| field.start >= listing.end)
        });
        let mut apart = [&listings[..], &printed.lists].concat();
        let starts_at = |line: usize| lines[line].span.start;
        apart.extend(labelled.fields.iter().zip(fields).map(|(field, lines)| {
            // The text that a label opens goes on in the next line, and that which a tag closes came from the one before.
            match field.opens_text() {
                true => lines.start..lines.start,
                false if field.label.start > starts_at(lines.start) => lines.end..lines.end,
                false => lines,
            }
        }));
        apart.sort_unstable_by_key(|range| range.start);
        let wraps = Wraps::of(text, &lines, &apart, &thresholds.wrap);
        Self::of_lines(text, lines, (&wraps, &listings), (labelled, printed), thresholds)
    }

    /// Reads the rendered text of an HTML page, where a line is a block.
    pub(crate) fn rendered(text: &'t str, thresholds: &PageThresholds) -> Self {
        let lines = Line::all(text);
        let listings = listings(text, &lines, &thresholds.code);
        let wraps = Wraps::none(&lines);
        let page = Self::of_lines(text, lines, (&wraps, &listings), Default::default(), thresholds);
        Self { drawn_bullets: true, ..page }
    }

    fn of_lines(
        text: &'t str,
        lines: Vec<Line>,
        (wraps, listings): (&Wraps, &[Range<usize>]),
        (labelled, printed): (Labelled, Printed),
        thresholds: &PageThresholds,
    ) -> Self {
        let mut page = Page {
            text,
            blocks: Vec::new(),
            wrapped: wraps.prevail(&lines, &thresholds.wrap),
            listings: Vec::with_capacity(listings.len()),
            drawn_bullets: false,
            is_mail: false,
            headline: None,
            labelled,
            printed,
            folded: Folded::with_capacity(text.len()),
            words: Vec::with_capacity(text.len() / 6),
            stems: OnceLock::new(),
            days: OnceLock::new(),
            lines,
        };
        let mut gap = 0;
        let mut at = 0;
        let mut next = 0;
        while at < page.lines.len() {
            look();
            if page.lines[at].is_blank() {
                gap += 1;
                at += 1;
                continue;
            }
            let mut from = page.lines[at].span.start;
            let field = page.labelled.fields.get(next).copied();
            if let Some(field) = field.filter(|field| field.label.start <= from) {
                next += 1;
                let lines = lines_of(&page.lines, &field);
                from = page.push_field(&field, at..lines.end.max(at + 1), gap, thresholds);
                gap = 0;
                if from >= page.lines[at].span.end {
                    at = lines.end.max(at + 1);
                    continue;
                }
            }
            let mut end = at + 1;
            while end < page.lines.len() && end - at < LONGEST && wraps.joins(end) {
                end += 1;
            }
            let last = page.lines[end - 1].span.end;
            let closing = page.labelled.fields.get(next).map(|field| field.label);
            let closing = closing.filter(|label| label.start < last);
            let text = &page.text[from..closing.map_or(last, |label| label.start)];
            page.push(from..from + text.trim_end().len(), at..end, gap, thresholds);
            if let Some(label) = closing {
                next += 1;
                page.push_span((label, None), end - 1..end, 0, thresholds);
            }
            gap = 0;
            at = end;
        }
        let said = |at: usize| {
            let Block { span, shape, is_prose, .. } = &page.blocks[at];
            Said { text: span.of(text), shape, is_prose: *is_prose }
        };
        for headline in headlines(page.blocks.len(), said) {
            page.blocks[headline].is_prose = false;
        }
        let first_from = |line: usize| page.blocks.partition_point(|b| b.lines.start < line);
        page.listings = listings.iter().map(|l| first_from(l.start)..first_from(l.end)).collect();
        page
    }

    /// Makes blocks of a label, of its value and of what closes the line; gives the place from which on its line is text.
    fn push_field(
        &mut self,
        field: &FieldPlace,
        lines: Range<usize>,
        gap: usize,
        thresholds: &PageThresholds,
    ) -> usize {
        let first = lines.start..lines.start + 1;
        self.push_span((field.label, None), first, gap, thresholds);
        for span in [field.value, field.tail].into_iter().filter(|span| !span.is_empty()) {
            self.push_span((span, None), lines.clone(), 0, thresholds);
        }
        let rest =
            &self.text[field.tail.end..self.lines[lines.end - 1].span.end.max(field.tail.end)];
        field.tail.end + (rest.len() - rest.trim_start().len())
    }

    /// Makes a block of these lines, which stands at these bytes.
    fn push(&mut self, bytes: Range<usize>, lines: Range<usize>, gap: usize, t: &PageThresholds) {
        let first = self.lines[lines.start];
        let span = Span::new(bytes.start, bytes.end);
        let is_whole = span.start == first.span.start;
        self.push_span((span, Some(first).filter(|_| is_whole)), lines, gap, t);
    }

    /// Makes a block of a stretch; its list marker is that of the line `marked`.
    fn push_span(
        &mut self,
        (span, marked): (Span, Option<Line>),
        lines: Range<usize>,
        gap: usize,
        thresholds: &PageThresholds,
    ) {
        let indent = self.lines[lines.start].indent;
        let (marker, marker_len) = marked.map_or((None, 0), |line| (line.marker, line.marker_len));
        let unmarked = Span::new(span.start + marker_len, span.end);
        let marker_len = marker_len + self.printed.leading(self.text, unmarked);
        let content = self.printed.plain(self.text, unmarked);
        let shape = BlockStats::of(&content);
        self.folded.push(&content);
        let from = self.words.len();
        hash_words(self.folded.get(self.blocks.len()), &mut self.words);
        self.blocks.push(Block {
            span,
            lines,
            gap,
            indent,
            marker,
            is_prose: thresholds.is_prose(&shape),
            is_headline_like: thresholds.is_headline_like(&shape),
            shape,
            marker_len,
            words: from..self.words.len(),
        });
    }

    /// The folded text of block `index`, its list marker left out.
    #[must_use]
    pub fn folded(&self, index: usize) -> &str {
        self.folded.get(index)
    }

    /// The stems of the words of all blocks.
    pub(crate) fn stems(&self) -> &PageStems {
        let folded = (0..self.blocks.len()).map(|index| self.folded(index));
        self.stems.get_or_init(|| PageStems::of(folded))
    }

    /// The dates in the text of block `index`; where one reads both ways, the day stands first.
    pub(crate) fn days(&self, index: usize) -> &[dates::Found] {
        let days = self.days.get_or_init(|| vec![OnceLock::new(); self.blocks.len()]);
        days[index].get_or_init(|| dates::find(self.text_of(index), dates::Order::DayFirst))
    }

    /// The text of block `index` as it stands in the view.
    #[must_use]
    pub fn text_of(&self, index: usize) -> &'t str {
        self.blocks[index].span.of(self.text)
    }

    /// The heading that block `index` is by the marks of plain text, outside code.
    pub(crate) fn marked_heading(&self, index: usize) -> Option<MarkedHeading> {
        let block = &self.blocks[index];
        let heading = MarkedHeading::of(self.text_of(index)).filter(|_| block.lines.len() == 1)?;
        let next = self.listings.partition_point(|listing| listing.end <= index);
        let is_code = self.listings.get(next).is_some_and(|listing| listing.start <= index);
        (!is_code).then_some(heading)
    }

    /// The text of block `index` without the marks that a text browser put in.
    #[must_use]
    pub(crate) fn plain_text_of(&self, index: usize) -> Cow<'t, str> {
        self.printed.plain(self.text, self.blocks[index].span)
    }

    /// The hashed words of block `index`; in scripts without spaces each character is a word.
    #[must_use]
    pub fn words(&self, index: usize) -> &[u32] {
        &self.words[self.blocks[index].words.clone()]
    }
}

/// The lines that a field takes up; of a text that begins in the line of its label only those above.
fn lines_of(lines: &[Line], field: &FieldPlace) -> Range<usize> {
    let first = lines.partition_point(|line| line.span.end < field.label.start);
    let end = lines.partition_point(|line| line.span.start < field.tail.end);
    first..end.max(first + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let page = Page::new(text);
        (0..page.blocks.len()).map(|i| page.folded(i).to_string()).collect()
    }

    #[test]
    fn a_block_is_a_line_where_lines_are_paragraphs() {
        assert_eq!(
            texts("One line.\nAnother line.\n\n  * An item"),
            ["one line.", "another line.", "an item"]
        );
    }

    #[test]
    fn prose_ends_as_a_sentence_and_a_headline_does_not() {
        let page = Page::new(
            "Ferry strike ends after nine days\nThe crews of the night ferry went back to work on Monday, nine days after they had left the ships in port.",
        );
        assert!(page.blocks[0].is_headline_like() && !page.blocks[0].is_prose());
        assert!(page.blocks[1].is_prose());
        assert_eq!(page.blocks[1].shape.words, 22);
        assert_eq!(page.blocks[1].shape.stops, 1);
    }

    #[test]
    fn the_days_of_a_line_are_those_in_its_text() {
        let page = Page::new("Posted on 3 May 2031, changed on 4 May 2031\n\nBy Mara Quill");
        for _ in 0..2 {
            let days: Vec<&str> = page.days(0).iter().map(|day| &*day.iso).collect();
            assert_eq!(days, ["2031-05-03", "2031-05-04"]);
            assert!(page.days(1).is_empty());
        }
    }

    #[test]
    fn words_are_the_same_whatever_the_case_and_quotes() {
        let page = Page::new("The “Ferry” crew’s\nTHE \"ferry\" crew's");
        assert_eq!(page.words(0), page.words(1));
    }

    #[test]
    fn a_script_without_spaces_has_words_too() {
        let page = Page::new("港の新しい防波堤が完成した。");
        assert_eq!(page.blocks[0].shape.words, 6);
        assert!(page.blocks[0].shape.ends_sentence);
        assert_eq!(Page::new("ท่าเรือเก่าเปิดอีกครั้ง").blocks[0].shape.words, 5);
    }

    #[test]
    fn marks_stand_within_a_word_and_are_no_symbols() {
        for (text, words) in
            [("सड़क फिर खुल्ली", 3), ("می‌روند", 1), ("שָׁלוֹם לכם", 2), ("cafe\u{301} noir", 2)]
        {
            let shape = Page::new(text).blocks[0].shape;
            assert_eq!((shape.words, shape.symbols), (words, 0), "{text}");
        }
    }
}
