//! Columns: text that a program laid out side by side, as `w3m -dump` does with the cells of a table and `pdftotext -layout` with the columns
//! of a page, is read one column after another.
//!
//! The page is cut as in the recursive XY-cut (Nagy & Seth 1984): rows of lines that a gutter runs through, then the columns beside it, and so
//! on within each. Rows of data are left as they are: a column is one of text only where its lines go on from one to the next.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::adjustable::adjustable;
use crate::html::shown::rendered::{Piece, Rendered};
use crate::span::Span;
use crate::text::chars::{is_space, is_stop, line_end};

adjustable! {
    /// What columns of text look like.
    ColumnThresholds {
        /// Spaces of the gap that begins a column, at least.
        gap: usize = 3,
        /// Lines with text on both sides of a gutter, at least.
        lines: usize = 4,
        /// Percent of the lines right of a gutter that begin at it, at least.
        aligned: usize = 50,
        /// Percent of the lines beside others that go on with the line above, at least, on one of the sides.
        running: usize = 40,
        /// Percent of the width of a side that a line is wide from which on the next may go on with it.
        full: usize = 75,
        /// Lines in a row that leave one space for the gutter, at most: in running text words part there by chance.
        tight: usize = 2,
        /// Percent of the lines beside others that do so, at most.
        tight_share: usize = 40,
        /// Columns of the narrowest side that is running text.
        width: usize = 16,
    }
}

/// Gutters within columns within columns, at most.
const DEEPEST: usize = 4;
/// Places that are tried for a gutter.
const TRIED: usize = 8;
/// Where a row of cells ends that tabs part: beyond any gutter.
const FARTHEST: usize = 1 << 20;
/// Columns from one stop of the tabulator to the next.
const TAB: usize = 8;

/// The text of a record with each column below the one on its left; none where nothing stands side by side.
pub(crate) fn unfold(text: &str, thresholds: &ColumnThresholds) -> Option<Rendered> {
    if !has_gaps(text, thresholds) {
        return None;
    }
    let grid = Grid::of(text);
    let mut out = Rendered::default();
    out.is_layout = true;
    let mut layout = Layout { grid: &grid, out };
    let whole = Area { lines: 0..grid.lines.len(), columns: 0..usize::MAX };
    layout.lay(&whole, 0, thresholds).then_some(layout.out)
}

/// Whether enough lines have a gap within: a look that costs little.
fn has_gaps(text: &str, t: &ColumnThresholds) -> bool {
    let gap = " ".repeat(t.gap.max(1));
    let gap = memchr::memmem::Finder::new(&gap);
    let within = |line: &&str| gap.find(line.trim_matches(is_space).as_bytes()).is_some();
    text.split(char::from(line_end(text))).filter(within).nth(t.lines.saturating_sub(1)).is_some()
}

/// A word with the columns that it takes.
#[derive(Debug, Clone, Copy)]
struct Word {
    columns: (usize, usize),
    span: Span,
}

/// The words of a text by line and column.
struct Grid<'t> {
    text: &'t str,
    words: Vec<Word>,
    lines: Vec<Range<usize>>,
    /// The lines that begin a sheet of paper, behind a form feed.
    sheets: Vec<usize>,
}

/// Lines of a text, and columns of these.
#[derive(Debug, Clone)]
struct Area {
    lines: Range<usize>,
    columns: Range<usize>,
}

/// Lines that a gutter runs through, and the column that begins at it.
#[derive(Debug, Clone)]
struct Gutter {
    lines: Range<usize>,
    column: usize,
    /// Lines with text on both sides.
    both: usize,
}

impl<'t> Grid<'t> {
    fn of(text: &'t str) -> Self {
        let mut grid = Grid { text, words: Vec::new(), lines: Vec::new(), sheets: Vec::new() };
        let mut start = 0;
        for line in text.split(char::from(line_end(text))) {
            let first = grid.words.len();
            if line.starts_with('\u{c}') {
                grid.sheets.push(grid.lines.len());
            }
            let shown = line.trim_end_matches(is_space);
            // Programs that lay text out in columns set them with spaces: a tab parts the cells of a row, which is left whole.
            let is_row = shown.trim_start_matches(is_space).contains('\t');
            let (mut column, mut word): (usize, Option<Word>) = (0, None);
            for (at, c) in shown.char_indices() {
                if is_space(c) && (!is_row || word.is_none()) {
                    grid.words.extend(word.take());
                    column += if c == '\t' { TAB - column % TAB } else { c.width().unwrap_or(0) };
                    continue;
                }
                let end = start + at + c.len_utf8();
                let next = column + c.width().unwrap_or(0);
                let own = word.get_or_insert(Word {
                    columns: (column, next),
                    span: Span::new(start + at, end),
                });
                own.columns.1 = if is_row { next.max(FARTHEST) } else { next };
                own.span.end = end;
                column = next;
            }
            grid.words.extend(word);
            grid.lines.push(first..grid.words.len());
            start += line.len() + 1;
        }
        grid
    }

    /// The words of a line within columns.
    fn words(&self, line: usize, columns: &Range<usize>) -> &[Word] {
        let words = &self.words[self.lines[line].clone()];
        let from = words.partition_point(|word| word.columns.0 < columns.start);
        let to = words.partition_point(|word| word.columns.0 < columns.end);
        &words[from..to.max(from)]
    }

    /// Gutters that are likely in an area, none within the lines of another, in order.
    fn gutters(&self, area: &Area, t: &ColumnThresholds) -> Vec<Gutter> {
        let begins = area.lines.clone().flat_map(|line| {
            self.words(line, &area.columns).windows(2).filter_map(|pair| {
                let (end, begin) = (pair[0].columns.1, pair[1].columns.0);
                (begin >= end + t.gap).then_some(begin)
            })
        });
        let mut begins: Vec<usize> = begins.collect();
        begins.sort_unstable();
        let often = begins.chunk_by(|a, b| a == b).filter(|same| same.len() >= t.lines);
        let mut counts: Vec<(usize, usize)> = often.map(|same| (same.len(), same[0])).collect();
        counts.sort_unstable_by_key(|&(count, column)| (std::cmp::Reverse(count), column));
        let mut found: Vec<Gutter> = Vec::new();
        for &(_, column) in counts.iter().take(TRIED) {
            found.extend(self.runs(area, column, t));
        }
        found.sort_by_key(|gutter| (std::cmp::Reverse(gutter.both), gutter.column));
        let mut chosen: BTreeMap<usize, Gutter> = BTreeMap::new();
        for gutter in found {
            let before = chosen.range(..gutter.lines.end).next_back();
            if before.is_none_or(|(_, other)| other.lines.end <= gutter.lines.start) {
                chosen.insert(gutter.lines.start, gutter);
            }
        }
        chosen.into_values().collect()
    }

    /// The runs of lines that a gutter before `column` goes through with text on both sides. Where the gutter is one space wide in line after
    /// line, it is none. A sheet ends it, and its running head is no part of it.
    fn runs(&self, area: &Area, column: usize, t: &ColumnThresholds) -> Vec<Gutter> {
        let sides = [area.columns.start..column, column..area.columns.end];
        let mut runs = Vec::new();
        let stands_alone = |line: usize| self.lines.get(line + 1).is_some_and(Range::is_empty);
        let (mut start, mut tight) = (area.lines.start, 0);
        for line in area.lines.clone() {
            if line > start && self.sheets.binary_search(&line).is_ok() {
                runs.extend(self.run(start..line, &sides, t));
                (start, tight) = (line + usize::from(stands_alone(line)), 0);
            }
            tight = if self.is_tight(line, &sides) { tight + 1 } else { 0 };
            if line < start {
                continue;
            }
            if tight > t.tight || self.crosses(line, &sides) {
                runs.extend(self.run(start..line, &sides, t));
                (start, tight) = (line + 1, 0);
            }
        }
        runs.extend(self.run(start..area.lines.end, &sides, t));
        runs
    }

    /// Whether a word of a line stands where the gutter would.
    fn crosses(&self, line: usize, sides: &[Range<usize>; 2]) -> bool {
        self.words(line, &sides[0]).last().is_some_and(|word| word.columns.1 >= sides[1].start)
    }

    /// Whether a line leaves no more than one space between its two sides.
    fn is_tight(&self, line: usize, sides: &[Range<usize>; 2]) -> bool {
        let left = self.words(line, &sides[0]).last().map(|word| word.columns.1);
        let right = self.words(line, &sides[1]).first().map(|word| word.columns.0);
        left.zip(right).is_some_and(|(end, begin)| begin <= end + 1)
    }

    /// The gutter between two sides of lines that no word crosses, where both are columns.
    fn run(
        &self,
        lines: Range<usize>,
        sides: &[Range<usize>; 2],
        t: &ColumnThresholds,
    ) -> Option<Gutter> {
        let has = |line: usize, side: usize| !self.words(line, &sides[side]).is_empty();
        let is_wide = |&line: &usize| has(line, 1) && !self.is_tight(line, sides);
        let first = lines.clone().find(is_wide)?;
        let last = lines.clone().rev().find(is_wide)?;
        let is_left = |&line: &usize| has(line, 0) && !has(line, 1);
        let first = (lines.start..first).rev().take_while(is_left).last().unwrap_or(first);
        let last = (last + 1..lines.end).take_while(is_left).last().unwrap_or(last);
        let own = first..last + 1;
        let both: Vec<usize> = own.clone().filter(|&line| has(line, 0) && has(line, 1)).collect();
        let tight = both.iter().filter(|&&line| self.is_tight(line, sides)).count();
        let right = own.clone().filter(|&line| has(line, 1)).count();
        let begins = |&line: &usize| {
            self.words(line, &sides[1]).first().is_some_and(|w| w.columns.0 == sides[1].start)
        };
        let aligned = own.clone().filter(begins).count();
        let is_text = both.len() >= t.lines
            && tight * 100 <= both.len() * t.tight_share
            && aligned * 100 >= right * t.aligned
            && sides.iter().any(|side| self.is_running(&both, &own, side, t));
        is_text.then_some(Gutter { lines: own, column: sides[1].start, both: both.len() })
    }

    /// Whether the text on a side goes on from line to line, of those lines that stand beside others.
    fn is_running(
        &self,
        both: &[usize],
        lines: &Range<usize>,
        side: &Range<usize>,
        t: &ColumnThresholds,
    ) -> bool {
        let width = |line: usize| {
            let words = self.words(line, side);
            words
                .first()
                .zip(words.last())
                .map_or(0, |(a, b)| b.columns.1.saturating_sub(a.columns.0))
        };
        let widest = lines.clone().map(width).max().unwrap_or(0);
        let goes_on = |&&line: &&usize| {
            let Some(above) = line.checked_sub(1).filter(|above| lines.contains(above)) else {
                return false;
            };
            let ends = self.words(above, side).last().is_none_or(|word| {
                word.span.of(self.text).ends_with(|c| is_stop(c) || matches!(c, ':' | ';'))
            });
            let begin = self.words(line, side).first().map(|word| word.span.of(self.text));
            let begin = begin.and_then(|word| word.chars().find(|c| c.is_alphabetic()));
            !ends
                && begin.is_some_and(|c| !c.is_uppercase())
                && width(above) * 100 >= widest * t.full
        };
        widest >= t.width && both.iter().filter(goes_on).count() * 100 >= both.len() * t.running
    }
}

/// The text as it is laid out anew.
struct Layout<'g, 't> {
    grid: &'g Grid<'t>,
    out: Rendered,
}

impl Layout<'_, '_> {
    /// Writes an area, its columns one after another; whether it has any.
    fn lay(&mut self, area: &Area, depth: usize, t: &ColumnThresholds) -> bool {
        let gutters = if depth < DEEPEST { self.grid.gutters(area, t) } else { Vec::new() };
        let mut from = area.lines.start;
        for Gutter { lines, column, .. } in &gutters {
            self.write(from..lines.start, &area.columns);
            for columns in [area.columns.start..*column, *column..area.columns.end] {
                self.out.text.push('\n');
                self.lay(&Area { lines: lines.clone(), columns }, depth + 1, t);
            }
            self.out.text.push('\n');
            from = lines.end;
        }
        self.write(from..area.lines.end, &area.columns);
        !gutters.is_empty()
    }

    /// Writes lines as they stand, as far as they stand in these columns.
    fn write(&mut self, lines: Range<usize>, columns: &Range<usize>) {
        for line in lines {
            let words = self.grid.words(line, columns);
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                let indent = first.columns.0 - columns.start;
                self.out.text.extend(std::iter::repeat_n(' ', indent));
                let start = self.out.text.len();
                let source = Span::new(first.span.start, last.span.end);
                self.out.text.push_str(source.of(self.grid.text));
                let text = Span::new(start, self.out.text.len());
                self.out.pieces.push(Piece { text, source, apart: true });
            }
            self.out.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfolded(text: &str) -> Option<String> {
        let page = unfold(text, &ColumnThresholds::default())?;
        for piece in &page.pieces {
            assert_eq!(piece.text.of(&page.text), piece.source.of(text));
        }
        let lines = page.text.lines().map(str::trim).filter(|line| !line.is_empty());
        Some(lines.collect::<Vec<_>>().join("|"))
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let text = "\
The Velmouth Gazette\n\
\n\
Harbour     The old lock was opened again on Monday,   More news\n\
Council     two weeks after the storm had torn away    Tide tables\n\
Weather     its railings and flooded the hall of the   for the\n\
Letters     ferry, as the harbour master told the      coming week\n\
\u{20}           council in the evening.\n\
\n\
All rights reserved by the Gazette and its owners.\n";
        assert_eq!(
            unfolded(text).as_deref(),
            Some(
                "The Velmouth Gazette|Harbour|Council|Weather|Letters|The old lock was opened again on Monday,|two weeks after the storm had torn away|\
                its railings and flooded the hall of the|ferry, as the harbour master told the|council in the evening.|More news|Tide tables|for the|coming week|\
                All rights reserved by the Gazette and its owners."
            )
        );
    }

    #[test]
    fn each_sheet_has_columns_of_its_own_below_its_running_head() {
        let sheet = "\
The harbour council met on Tuesday and heard    from the master of the ferry that the lock\n\
of the old lock, which has been shut since      would be mended by the end of the summer,\n\
the storm, and of the ferries that wait for     if the iron came from the works in time\n\
it on the other side of the river for days      and the masons were paid\n";
        let text =
            format!("{sheet}\n\u{c}12        The Velmouth Gazette, June       Vol. 3\n\n{sheet}");
        let left = "The harbour council met on Tuesday and heard|of the old lock, which has been shut since|\
            the storm, and of the ferries that wait for|it on the other side of the river for days";
        let right = "from the master of the ferry that the lock|would be mended by the end of the summer,|\
            if the iron came from the works in time|and the masons were paid";
        let head = "12        The Velmouth Gazette, June       Vol. 3";
        assert_eq!(unfolded(&text), Some([left, right, head, left, right].join("|")));
    }

    #[test]
    fn rows_of_data_definitions_and_code_stay() {
        for text in [
            "Velmouth      High water    03:12\nNorth Quay    Low water     09:40\nOld Lock      High water    15:31\nSpit          Low water     21:55\n",
            "-a     all tides of the year, with the times at which the lock is open and\n       the ferry sails\n-b     boats that are at sea\n\
             -c     clear the table, and begin\n       again\n-d     days\n-e     ends the program without a word to anybody\n",
            "let tide = load();      // The table of the year.\nlet hours = 24;         // A day.\nlet gap = tide.gap();   // Between two tides.\nprint(gap);             // In hours.\n",
            "Velmouth   3.1\tthe harbour at the mouth of the river, which\nThe Spit   0.4\tis shallow and has a light that was built by\nOld Lock   2.2\tthe town when\n\
             The Quay   5.0\tnobody knows any more how deep it is now\n",
            "quill         did everybody get home last night, the wind was up\nfenn          yes\nquill         and the nets\nfenn          two are torn, we mend them on sunday\n\
             runa          mine are whole\nquill         good\nfenn          see you all at noon then\n",
            "The harbour council met on Tuesday evening to decide\nwhether the old lock should be opened again before\nthe winter, as the ferry company had asked it to in a\nletter of last month.\n\
             Gate     open     shut\nOld      Monday   noon\nNew      Friday   noon\nSpit     Sunday   dusk\n\
             Mirva Lindqvist has kept the lock for eleven years and\ntold the council that its gates had been mended twice\nsince the storm, and that they would hold for another\nten winters at least.\n",
            "A line of text.\n\nAnother   one with   gaps within\nbut not   many.\n",
        ] {
            assert_eq!(unfolded(text), None, "{text}");
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let text = "\
首页          旧船闸星期一重新开放，两个星期之前的风暴\n\
新闻          冲走了栏杆，淹没了渡口的大厅，港务局长在\n\
体育          晚上的会议上告诉市议会说船闸仍然需要三年\n\
天气          才能修好，费用由市里和渡轮公司一起来承担\n";
        assert_eq!(
            unfolded(text).as_deref(),
            Some(
                "首页|新闻|体育|天气|旧船闸星期一重新开放，两个星期之前的风暴|冲走了栏杆，淹没了渡口的大厅，港务局长在|晚上的会议上告诉市议会说船闸仍然需要三年|才能修好，费用由市里和渡轮公司一起来承担"
            )
        );
    }
}
