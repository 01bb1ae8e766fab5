//! What the forms of lines say of the build of a text: lists, code, tables, headings, verse.

use std::ops::Range;

use crate::clean::build::line_tables::line_tables;
use crate::clean::mark::{LISTING, Marks, VERSE, depth_and_bytes, stage};
use crate::page::{Block, CellPlace, Marker, Page, Role, RoleKind, behind_fence, underline};
use crate::span::{Decider, Span};

/// Lines of the smallest list.
const LINES: usize = 2;
/// Words of the longest heading.
const HEADING_WORDS: u32 = 12;
/// Characters of a line that goes on in the next.
const WRAPPED: u32 = 50;
/// Columns that a list within a list stands further in.
const INDENT: usize = 2;

/// What the forms of lines say of the blocks of a text.
#[derive(Debug)]
pub(crate) struct Forms {
    pub(crate) roles: Vec<Role>,
    tables: Vec<(u32, Vec<Vec<CellPlace>>)>,
    languages: Vec<(u32, String)>,
    /// The units of tables that rules of signs draw.
    drawn: Vec<u32>,
}

impl Forms {
    /// Of the lines of a page, of which these marks say what is code and what verse.
    pub(crate) fn of(page: &Page, marks: &Marks) -> Self {
        let count = page.blocks.len();
        let roles = (0..count).map(|unit| Role { unit: unit as u32, ..Role::default() }).collect();
        let mut forms =
            Self { roles, tables: Vec::new(), languages: Vec::new(), drawn: Vec::new() };
        forms.read_listings(page, marks);
        forms.read_quotations(page, marks);
        forms.read_tables(page);
        forms.read_lists(page);
        forms.read_verse(page, marks);
        forms.read_headings(page);
        forms
    }

    /// The language of a listing, by its unit.
    pub(crate) fn language(&self, unit: u32) -> Option<String> {
        let at = self.languages.binary_search_by_key(&unit, |(unit, _)| *unit).ok()?;
        Some(self.languages[at].1.clone())
    }

    /// The rows of a table, by its unit.
    pub(crate) fn rows(&self, unit: u32) -> &[Vec<CellPlace>] {
        let at = self.tables.binary_search_by_key(&unit, |(unit, _)| *unit);
        at.map_or(&[], |at| &self.tables[at].1)
    }

    /// Whether rules of signs draw a table, by its unit.
    pub(crate) fn is_drawn(&self, unit: u32) -> bool {
        self.drawn.binary_search(&unit).is_ok()
    }

    /// Gives a run of blocks a role as one.
    fn set(&mut self, blocks: Range<usize>, kind: RoleKind) {
        let unit = blocks.start as u32;
        for role in &mut self.roles[blocks] {
            (role.kind, role.unit) = (kind, unit);
        }
    }

    fn is_open(&self, index: usize) -> bool {
        self.roles[index].kind == RoleKind::Paragraph
    }

    fn read_listings(&mut self, page: &Page, marks: &Marks) {
        for listing in &page.listings {
            let is_code = |index| is_by(marks, index, LISTING.name);
            if listing.clone().any(is_code) {
                self.set(listing.clone(), RoleKind::Code);
            }
            let language = page.blocks.get(listing.start).and_then(|_| {
                let behind = behind_fence(page.text_of(listing.start))?;
                let name = behind.trim_start_matches(['`', '~', '{', '.', ' ']);
                let is_name = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
                let end = name.find(|c| !is_name(c)).unwrap_or(name.len());
                Some(name[..end].to_ascii_lowercase()).filter(|name| !name.is_empty())
            });
            self.languages.extend(language.map(|language| (listing.start as u32, language)));
        }
    }

    /// Lines whose marks of a quotation were cut out. Those that end far out go on in the next.
    fn read_quotations(&mut self, page: &Page, marks: &Marks) {
        let depth = |index: usize| {
            let is_mark = |by: &Decider| *by == Decider::Detector(stage::QUOTE_MARK);
            let is_quoted = marks.cuts_of(index).next().is_some_and(|cut| is_mark(&cut.by));
            if is_quoted { depth_and_bytes(page.text_of(index)).0 } else { 0 }
        };
        let depths: Vec<u32> = (0..page.blocks.len()).map(depth).collect();
        let mut end = 0;
        for run in depths.chunk_by(|a, b| a == b) {
            let blocks = end..end + run.len();
            end = blocks.end;
            if run[0] == 0 {
                continue;
            }
            self.set(blocks.clone(), RoleKind::Quotation);
            let mut paragraph = 0;
            for at in blocks.clone() {
                let goes_on = at > blocks.start && {
                    let above = &page.blocks[at - 1];
                    page.blocks[at].gap == 0 && above.shape.chars >= WRAPPED
                };
                paragraph = if goes_on { paragraph } else { at as u32 + 1 };
                (self.roles[at].quoted, self.roles[at].row) = (run[0], paragraph);
            }
        }
    }

    fn read_tables(&mut self, page: &Page) {
        let is_open =
            |index: usize| self.is_open(index) && list_mark(page, &page.blocks[index]).is_none();
        for table in line_tables(page, is_open) {
            if table.is_drawn {
                self.drawn.push(table.blocks.start as u32);
            }
            self.set(table.blocks.clone(), RoleKind::Row);
            table.blocks.clone().for_each(|at| self.roles[at].row = at as u32);
            self.tables.push((table.blocks.start as u32, table.rows));
        }
    }

    /// Lines with the mark of a list, of which several follow each other, and what stands as far in below them.
    fn read_lists(&mut self, page: &Page) {
        let is_item = |index: usize| {
            let block = &page.blocks[index];
            self.roles[index].kind == RoleKind::Paragraph && list_mark(page, block).is_some()
        };
        let items: Vec<bool> = (0..page.blocks.len()).map(is_item).collect();
        let mut from = 0;
        while from < items.len() {
            if !items[from] {
                from += 1;
                continue;
            }
            let indent = page.blocks[from].indent;
            let goes_on = |at: &usize| items[*at] || page.blocks[*at].indent >= indent + INDENT;
            let run = from..from + (from..items.len()).take_while(goes_on).count();
            if run.clone().filter(|&at| items[at]).count() >= LINES {
                let mut depth = 0;
                for at in run.clone() {
                    if !self.is_open(at) {
                        continue;
                    }
                    let block = &page.blocks[at];
                    if let Some((number, mark)) =
                        items[at].then(|| list_mark(page, block)).flatten()
                    {
                        depth = block.indent as u32 + 1;
                        let role = &mut self.roles[at];
                        (role.kind, role.mark) = (RoleKind::Item(number), mark);
                    }
                    self.roles[at].depth = depth;
                }
            }
            from = run.end.max(from + 1);
        }
    }

    /// The stanzas of what a detector took for verse.
    fn read_verse(&mut self, page: &Page, marks: &Marks) {
        let is_verse = |index: usize| {
            self.roles[index].kind == RoleKind::Paragraph && is_by(marks, index, VERSE.name)
        };
        let verse: Vec<bool> = (0..page.blocks.len()).map(is_verse).collect();
        let mut from = 0;
        while from < verse.len() {
            let goes_on = |at: &usize| verse[*at] && (*at == from || page.blocks[*at].gap == 0);
            let stanza = from..from + (from..verse.len()).take_while(goes_on).count();
            if stanza.is_empty() {
                from += 1;
                continue;
            }
            from = stanza.end;
            self.set(stanza, RoleKind::Verse);
        }
    }

    /// Lines that markup marks, and short lines between paragraphs, or above a rule.
    fn read_headings(&mut self, page: &Page) {
        for index in 0..page.blocks.len() {
            let marked = page.marked_heading(index).filter(|_| self.is_open(index));
            if let Some(heading) = marked {
                self.roles[index].kind = RoleKind::Heading(heading.level);
            }
        }
        for index in 1..page.blocks.len() {
            let [block, above] = [&page.blocks[index], &page.blocks[index - 1]];
            let below = page.blocks.get(index + 1);
            let is_short = block.is_headline_like()
                && block.shape.words <= HEADING_WORDS
                && !block.shape.ends_sentence
                && self.is_open(index)
                && block.marker != Some(Marker::Bullet)
                && self.roles[index].depth == 0;
            let is_rule = |rule: &&str| {
                rule.len() > 2 && ['=', '-'].iter().any(|sign| rule.trim_matches(*sign).is_empty())
            };
            let below_text = below.map(|below| below.span.of(page.text));
            let sign = below_text
                .and_then(|rule| underline(page.text_of(index), rule))
                .filter(|_| below.is_some_and(|below| below.gap == 0));
            let rule = below_text.filter(|rule| is_rule(rule) || sign.is_some());
            let level = match rule.and_then(|rule| rule.chars().next()) {
                Some('=') => 1,
                Some('-') | None => 2,
                Some(_) => 3,
            };
            let text = if rule.is_some() { page.blocks.get(index + 2) } else { below };
            let is_parted = rule.is_some() || above.is_prose() || block.gap > 0;
            if is_short && is_parted && text.is_some_and(Block::is_prose) {
                let level = section_level(page.text_of(index)).unwrap_or(level);
                self.roles[index].kind = RoleKind::Heading(level);
            }
        }
    }
}

fn is_by(marks: &Marks, index: usize, detector: &'static str) -> bool {
    marks.all_of(index).iter().any(|mark| mark.by == Decider::Detector(detector))
}

/// The number of an item, if it has one, and the bytes of its mark; None for a line that is no item.
fn list_mark(page: &Page, block: &Block) -> Option<(Option<u32>, u32)> {
    let mark = Span::new(block.span.start, block.unmarked().start).of(page.text).trim_end();
    let bytes = u32::try_from(mark.len()).ok()?;
    match block.marker? {
        Marker::Number => {
            let digits = mark.bytes().take_while(u8::is_ascii_digit).count();
            Some((Some(mark[..digits].parse().ok()?), bytes))
        }
        Marker::Bullet => mark
            .starts_with(['•', '◦', '▪', '‣', '·', '*', '+', '-', '○', '●', '►', '▶', '▸'])
            .then_some((None, bytes)),
    }
}

/// The level of a heading with the number of a section, such as `4.2 Title`.
fn section_level(text: &str) -> Option<u8> {
    let number = text.split_whitespace().next()?.trim_end_matches('.');
    let parts = number.split('.');
    let is_number = parts
        .clone()
        .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    let level = u8::try_from(parts.count()).unwrap_or(u8::MAX).saturating_add(1);
    is_number.then_some(level.min(6))
}

#[cfg(test)]
mod tests {
    use crate::{BlockType, Cleaner, Options};

    const A: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the hall.";
    const B: &str = "The mayor thanked the crews, who had worked through both weekends so that the ferry could sail before the summer.";

    /// The blocks of the article of a text, but for plain paragraphs.
    fn blocks(between: &str) -> Vec<(BlockType, String)> {
        let text = format!("Quay reopens after storm\n\n{A}\n\n{between}\n\n{B}\n\n{A}\n");
        let cleaner = Cleaner::new(Options::default()).unwrap();
        let article = cleaner.clean(&text).articles.remove(0);
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        let shown = article.blocks.into_iter().map(|mut block| {
            if let BlockType::Table { rows } = &mut block.role {
                rows.iter_mut().flatten().for_each(|cell| cell.ranges.clear());
            }
            (block.role, paragraphs[block.paragraphs].join("|"))
        });
        shown.filter(|(role, _)| *role != BlockType::Paragraph).collect()
    }

    #[test]
    fn items_follow_each_other_and_keep_their_mark() {
        let item = |number, mark| BlockType::ListItem { number, mark, begins_list: false };
        assert_eq!(
            blocks(
                "1. The crew of the ferry sails at noon.\n2. The crew of the tug sails at night."
            ),
            [
                (item(Some(1), 3), "1. The crew of the ferry sails at noon.".into()),
                (item(Some(2), 3), "2. The crew of the tug sails at night.".into()),
            ]
        );
        assert!(blocks("- The crew of the ferry sails at noon, said the master.").is_empty());
    }

    #[test]
    fn code_is_one_block_with_its_lines() {
        assert_eq!(
            blocks("```sh\nif tide --high; then\n    sail   home\n\nfi\n```"),
            [(
                BlockType::Code { language: Some("sh".into()) },
                "if tide --high; then\n    sail   home|fi".into()
            )]
        );
    }

    #[test]
    fn a_table_that_signs_draw_is_kept_with_its_head() {
        let drawn = "+------+-------+\n| Mark | Depth |\n+======+=======+\n| Low  | 2 m   |\n+------+-------+\n| High | 5 m   |\n+------+-------+";
        let found = blocks(drawn);
        let [(BlockType::Table { rows }, text)] = &found[..] else { panic!("{found:?}") };
        let cells = |row: &Vec<crate::TableCell>| {
            row.iter().map(|cell| (cell.text.clone(), cell.is_header)).collect::<Vec<_>>()
        };
        let cell = |text: &str, is_header| (text.to_owned(), is_header);
        assert_eq!(
            rows.iter().map(cells).collect::<Vec<_>>(),
            [
                [cell("Mark", true), cell("Depth", true)],
                [cell("Low", false), cell("2 m", false)],
                [cell("High", false), cell("5 m", false)]
            ]
        );
        assert_eq!(text, "| Mark | Depth ||| Low | 2 m ||| High | 5 m |");
        let open = drawn.replace('=', "-");
        let found = blocks(&open);
        let [(BlockType::Table { rows }, _)] = &found[..] else { panic!("{found:?}") };
        assert!(rows.iter().flatten().all(|cell| !cell.is_header));
    }

    #[test]
    fn what_is_quoted_has_no_marks() {
        let lines = "> By eleven the ramp moved, by twelve the ferry did, and the first lorry that\n> rolled ashore carried the chairs for a wedding.\n>\n> Nobody was hurt, said the keeper of the lamp, who had seen it all from above.";
        assert_eq!(
            blocks(lines),
            [(
                BlockType::Quotation,
                "By eleven the ramp moved, by twelve the ferry did, and the first lorry that rolled ashore carried the chairs for a wedding.|\
                 Nobody was hurt, said the keeper of the lamp, who had seen it all from above."
                    .into()
            )]
        );
    }

    #[test]
    fn two_stanzas_whose_lines_go_on_are_verse() {
        let poem = "The tide is high\nand the boats are low\nand nobody is at home,\nthe lamps are out;\n\nthe gulls have gone\nto the inner bay\nand the rope is cut\nand the rain has come.";
        let stanzas = poem.split("\n\n").map(|s| (BlockType::Verse, s.replace('\n', "|")));
        assert_eq!(blocks(poem), stanzas.collect::<Vec<_>>());
    }

    #[test]
    fn a_short_line_between_paragraphs_is_a_heading() {
        let heading = |level| BlockType::Heading { level };
        assert_eq!(blocks("What comes next"), [(heading(2), "What comes next".into())]);
        assert_eq!(blocks("4.2 What comes next"), [(heading(3), "4.2 What comes next".into())]);
        assert_eq!(
            blocks("What comes next\n~~~~~~~~~~~~~~~"),
            [(heading(3), "What comes next".into())]
        );
    }

    #[test]
    fn a_heading_with_marks_has_none_in_the_text() {
        for (line, level) in [
            ("== What comes next", 2),
            ("=== What comes next ===", 3),
            ("\\subsection{What comes next}\\label{next}", 3),
        ] {
            let heading = (BlockType::Heading { level }, "What comes next".into());
            assert_eq!(blocks(line), [heading], "{line}");
        }
    }
}
