//! What the scorer sees of a candidate. The same code serves training (`dechaff titles`) and use.

use std::ops::{Range, RangeInclusive};

use crate::bylines::looks_like_name;
use crate::clean::mark::Marks;
use crate::clean::model::range::{Column, bound};
use crate::clean::segment::Segment;
use crate::clean::title::among::{self, Compared, among};
use crate::clean::title::candidate::{Candidate, candidates, span};
use crate::clean::title::places::{self, Look, Places, form_of};
use crate::clean::title::prints::Prints;
use crate::clean::title::subject::{OFTEN, Subject};
use crate::clean::title::surroundings::{NEAR, Role, Surroundings};
use crate::guard::look;
use crate::page::{Marker, Page};
use crate::span::Kind;
use crate::text::chars::{is_closer, is_quote, is_stop};

/// Blocks up to which a distance is told.
const FAR: f32 = 40.0;
/// Blocks, candidates or paragraphs of a page: more of them say nothing more.
const MANY: f32 = 400.0;
/// The same of characters and words of text.
const TEXT: f32 = 8000.0;

/// The features of a candidate by itself, in the order of its row.
const OWN: [Column; 64] = [
    // Its text.
    Column::to("chars", 260.0),
    Column::to("words", 42.0),
    Column::share("letters"),
    Column::share("upper"),
    Column::share("capitalised"),
    Column::share("digits"),
    Column::share("symbols"),
    Column::to("commas", 4.0),
    Column::to("stops", 4.0),
    Column::to("word_length", 20.0),
    Column::to("first_sign", 6.0),
    Column::to("last_sign", 6.0),
    Column::to("bars", 4.0),
    Column::share("colon"),
    Column::share("prose"),
    Column::share("bullet"),
    Column::share("number"),
    Column::to("lines", 4.0),
    Column::to("blocks_joined", 4.0),
    Column::share("goes_on"),
    Column::share("last_line"),
    Column::to("indent", FAR),
    Column::to("gap", 4.0),
    Column::to("gap_after", 4.0),
    // Its marks.
    Column::between("mark_kind", -1.0, Kind::ALL.len() as f32),
    Column::to("mark_force", 3.0),
    // Its place.
    Column::between("to_first", -FAR, FAR),
    Column::between("to_text", -FAR, FAR),
    Column::between("to_dense", -FAR, FAR),
    Column::to("index", MANY),
    Column::share("place"),
    Column::to("text_above", TEXT),
    Column::to("words_below", TEXT),
    Column::to("text_below", NEAR as f32),
    Column::to("about_above", NEAR as f32),
    Column::to("about_below", NEAR as f32),
    Column::to("short_above", NEAR as f32),
    Column::to("short_below", NEAR as f32),
    Column::to("role-2", Surroundings::MOST),
    Column::to("role-1", Surroundings::MOST),
    Column::to("role+1", Surroundings::MOST),
    Column::to("role+2", Surroundings::MOST),
    Column::to("role+3", Surroundings::MOST),
    Column::to("chars-1", TEXT),
    Column::to("chars+1", TEXT),
    // Its words.
    Column::to("longer_words", 12.0),
    Column::share("in_first"),
    Column::share("in_four"),
    Column::share("in_text"),
    Column::share("uses"),
    Column::to("most_used", FAR),
    Column::share("in_others"),
    // Where it is printed again.
    Column::to("prints_before", 4.0),
    Column::to("prints_after", 4.0),
    // The page.
    Column::to("blocks", MANY),
    Column::to("text_chars", TEXT),
    Column::to("paragraphs", MANY),
    Column::share("wrapped"),
    // What parted the page.
    Column::share("item"),
    Column::between("head", -1.0, 1.0),
    Column::between("to_head", -FAR, FAR),
    // Whether it is whole.
    Column::share("name"),
    Column::to("last_word", 12.0),
    Column::share("next_goes_on"),
];
/// How many features a candidate has.
pub(crate) const FEATURES: usize = OWN.len() + among::COLUMNS.len() + places::COLUMNS.len();
/// Where the features beside other articles begin.
const AMONG: usize = OWN.len() + among::COLUMNS.len();
/// The column of the words that the text uses, whose order among the candidates is a feature.
const USES: usize = 49;

/// What the scorer sees of a candidate.
pub(crate) type Row = [f32; FEATURES];

/// Whether a character parts a headline from a section or a site.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '›' | '»' | '>' | '/' | '·' | '•' | '▸')
}

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

fn share(part: u32, whole: u32) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// The candidates for the headline of a text, and what is seen of each.
#[derive(Debug)]
pub(crate) struct Candidates {
    /// Their blocks.
    pub(crate) blocks: Vec<Range<usize>>,
    /// A row for each.
    pub(crate) rows: Vec<Row>,
    /// Whether they are those of one of several articles of one form.
    pub(super) are_of_item: bool,
    /// What is compared with other articles.
    looks: Vec<Look>,
}

impl Candidates {
    /// Measures the candidates for the headline of the article whose text begins at block `text`.
    pub(super) fn of(prints: &Prints, marks: &Marks, segment: &Segment, text: usize) -> Self {
        let page = prints.page();
        let blocks = segment.blocks.clone();
        let around = Surroundings::of(page, blocks.clone(), marks);
        let first = around.first_text();
        let dense = around.dense_text().unwrap_or(first);
        let candidates = candidates(page, marks, blocks.clone(), (text, dense), segment.is_item);
        let paragraphs = (text..blocks.end).filter(|&i| around.role(i) == Role::Text);
        let alone = candidates.iter().filter(|candidate| candidate.blocks.len() == 1);
        let subject =
            Subject::of(paragraphs.map(|i| page.folded(i)), alone.map(|alone| &*alone.folded));
        let begins = [first, text, dense];
        let seen = Seen { page, marks, prints, segment, around, subject, begins };
        let mut rows: Vec<Row> = candidates.iter().map(|candidate| seen.row(candidate)).collect();
        let compared = candidates.iter().zip(&rows).map(|(candidate, row)| Compared {
            block: candidate.blocks.start,
            folded: &candidate.folded,
            uses: row[USES],
            words: candidate.shape.words,
        });
        let compared: Vec<Compared> = compared.collect();
        for (row, among) in rows.iter_mut().zip(among(&compared, text)) {
            row[OWN.len()..AMONG].copy_from_slice(&among);
            bound(&OWN, &mut row[..OWN.len()]);
            bound(&among::COLUMNS, &mut row[OWN.len()..AMONG]);
        }
        let looks = candidates.iter().zip(&rows).map(|(candidate, row)| Look {
            place: Look::place(candidate.blocks.clone(), blocks.start, text),
            form: form_of(span(page, &candidate.blocks).of(page.text), &candidate.shape),
            words: candidate.shape.words as f32,
            capitalised: share(candidate.shape.capitalised, candidate.shape.words),
            has_digit: candidate.shape.digits > 0,
            uses: row[USES],
            is_printed_again: row[USES + 3] + row[USES + 4] > 0.0,
        });
        let looks = looks.collect();
        let blocks = candidates.into_iter().map(|candidate| candidate.blocks).collect();
        Self { blocks, rows, are_of_item: segment.is_item, looks }
    }

    /// The lines that are compared with those of other articles: those of one block.
    pub(super) fn lines(&self) -> impl Iterator<Item = &Look> {
        self.blocks
            .iter()
            .zip(&self.looks)
            .filter(|(blocks, _)| blocks.len() == 1)
            .map(|(_, look)| look)
    }

    /// Adds what other articles have at the place of each; `is_seen` says whether this article is among those of `places`.
    pub(super) fn compare(&mut self, places: &Places, is_seen: bool) {
        let own: Vec<Look> = self.lines().copied().collect();
        for (row, look) in self.rows.iter_mut().zip(&self.looks) {
            row[AMONG..].copy_from_slice(&places.beside(look, &own, is_seen));
            bound(&places::COLUMNS, &mut row[AMONG..]);
        }
    }
}

/// The names of the features with the range of their values, in the order of a row.
pub(super) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
    OWN.iter()
        .chain(&among::COLUMNS)
        .chain(&places::COLUMNS)
        .map(|column| (column.name, column.least..=column.most))
}

/// What every candidate is seen with.
struct Seen<'a> {
    page: &'a Page<'a>,
    marks: &'a Marks,
    prints: &'a Prints<'a>,
    segment: &'a Segment,
    around: Surroundings,
    subject: Subject,
    /// Where text begins: any, that of the article, a dense stretch.
    begins: [usize; 3],
}

impl Seen<'_> {
    /// The row of a candidate, without what is told among the others.
    fn row(&self, candidate: &Candidate) -> Row {
        look();
        let (page, around, blocks) = (self.page, &self.around, &self.segment.blocks);
        let (index, last) = (candidate.blocks.start, candidate.blocks.end - 1);
        let (block, s) = (&page.blocks[index], &candidate.shape);
        let text = span(page, &candidate.blocks).of(page.text);
        let mark = self.marks.of(index);
        let next = page.blocks.get(last + 1);
        let common = self.subject.common_with(&candidate.folded);
        let (prints_before, prints_after) = self.prints.beside(index, &candidate.folded);
        let near = |offset: isize| if offset < 0 { index } else { last }.checked_add_signed(offset);
        let role = |offset| near(offset).map_or(0.0, |at| f32::from(around.role(at) as u8));
        let chars = |offset| {
            let at = near(offset).filter(|at| blocks.contains(at));
            at.map_or(0.0, |at| page.blocks[at].shape.chars as f32)
        };
        let [to_first, to_text, to_dense] = self.begins.map(|at| at as f32 - last as f32);
        let [about_above, about_below] =
            around.to_about(&candidate.blocks).map(|blocks| blocks as f32);
        let [short_above, short_below] =
            around.short_lines(&candidate.blocks).map(|blocks| blocks as f32);
        let at = index - blocks.start;
        let own = [
            s.chars as f32,
            s.words as f32,
            share(s.letters, s.chars),
            share(s.upper, s.letters),
            share(s.capitalised, s.words),
            share(s.digits, s.chars),
            share(s.symbols, s.chars),
            s.commas as f32,
            s.stops as f32,
            share(s.letters, s.words),
            f32::from(first_sign(text)),
            f32::from(last_sign(text)),
            text.chars().filter(|&c| is_bar(c)).count() as f32,
            flag(text.contains([':', '：'])),
            flag(candidate.blocks.clone().any(|at| page.blocks[at].is_prose())),
            flag(block.marker == Some(Marker::Bullet)),
            flag(block.marker == Some(Marker::Number)),
            (page.blocks[last].lines.end - block.lines.start) as f32,
            candidate.blocks.len() as f32,
            flag(candidate.blocks.clone().skip(1).any(|at| page.blocks[at].shape.starts_lower)),
            share(page.blocks[last].shape.chars, s.chars),
            block.indent as f32,
            block.gap as f32,
            next.map_or(4.0, |next| next.gap as f32),
            mark.map_or(-1.0, |m| Kind::ALL.iter().position(|&k| k == m.kind).unwrap_or(0) as f32),
            mark.map_or(0.0, |m| 1.0 + f32::from(m.strength as u8)),
            to_first,
            to_text,
            to_dense,
            at as f32,
            share(at as u32, blocks.len() as u32),
            around.text_above(index) as f32,
            around.words_between(last, self.begins[1]) as f32,
            around.text_below(last) as f32,
            about_above,
            about_below,
            short_above,
            short_below,
            role(-2),
            role(-1),
            role(1),
            role(2),
            role(3),
            chars(-1),
            chars(1),
            common.words as f32,
            share(common.in_first, common.words),
            share(common.in_four, common.words),
            share(common.in_text, common.words),
            share(common.uses, OFTEN * common.words),
            common.most as f32,
            share(common.in_others, common.words),
            prints_before as f32,
            prints_after as f32,
            blocks.len() as f32,
            around.text_above(blocks.end) as f32,
            around.paragraphs() as f32,
            flag(page.wrapped),
            flag(self.segment.is_item),
            self.segment.title.map_or(-1.0, |head| flag(head == index)),
            self.segment.title.map_or(0.0, |head| index as f32 - head as f32),
            flag(looks_like_name(text)),
            text.chars().rev().take_while(|c| !c.is_whitespace()).count() as f32,
            flag(next.is_some_and(|next| next.gap == 0 && next.shape.starts_lower)),
        ];
        let mut row = [0.0; FEATURES];
        row[..OWN.len()].copy_from_slice(&own);
        row
    }
}

/// What a text begins with: nothing (0), a small letter (1), a capital (2), a letter without case (3), a digit (4), a quotation mark (5), another
/// sign (6).
fn first_sign(text: &str) -> u8 {
    match text.chars().next() {
        None => 0,
        Some(c) if c.is_lowercase() => 1,
        Some(c) if c.is_uppercase() => 2,
        Some(c) if c.is_alphabetic() => 3,
        Some(c) if c.is_numeric() => 4,
        Some(c) if is_quote(c) => 5,
        Some(_) => 6,
    }
}

/// What a text ends with: a letter or digit (0), a comma or semicolon (1), another sign (2), a question or exclamation mark (3), dots that cut it
/// off (4), a colon (5), a full stop (6). Closing quotes and brackets do not count.
fn last_sign(text: &str) -> u8 {
    let text = text.trim_end_matches(is_closer);
    match text.chars().next_back() {
        Some(',' | ';' | '，' | '、') => 1,
        Some('?' | '!' | '？' | '！' | '؟') => 3,
        Some('…') => 4,
        Some('.') if text.ends_with("...") => 4,
        Some(':' | '：') => 5,
        Some(c) if is_stop(c) => 6,
        Some(c) if !c.is_alphanumeric() => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_column_of_the_words_that_the_text_uses_is_where_its_name_is() {
        assert_eq!(OWN[USES].name, "uses");
    }

    #[test]
    fn the_first_and_the_last_sign_of_a_line() {
        assert_eq!(
            ["ferry", "Ferry", "港", "9 days", "“Ferry”", "#"].map(first_sign),
            [1, 2, 3, 4, 5, 6]
        );
        assert_eq!(
            ["in port", "in port,", "in port |", "in port?”", "in po...", "in port:", "in port."]
                .map(last_sign),
            [0, 1, 2, 3, 4, 5, 6]
        );
    }
}
