//! Kept blocks put together as paragraphs, and paragraphs as the blocks of an article.

use rustc_hash::FxHashSet;

use crate::clean::beside::Beside;
use crate::clean::build::inline::{Reaching, Squeezed};
use crate::clean::build::pictures::Placed;
use crate::clean::build::structure::Structure;
use crate::guard::look;
use crate::html::shown::outline::Mark;
use crate::page::{CellPlace, Page, Role, RoleKind};
use crate::span::Span;
use crate::structure::{BlockType, InlineType, TableCell, TextBlock};

/// Lists and quotations around a block that are counted.
const DEEPEST: u32 = 16;

/// The text of an article.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// Its paragraphs, parted by empty lines.
    pub(crate) text: String,
    /// For each paragraph the ranges it was taken from.
    pub(crate) paragraphs: Vec<Vec<Span>>,
    /// What its paragraphs are.
    pub(crate) blocks: Vec<TextBlock>,
}

/// What is kept of a block of the page.
#[derive(Debug)]
pub(crate) struct Kept {
    /// The block.
    pub(crate) index: usize,
    /// The stretches of it.
    pub(crate) pieces: Vec<Span>,
    /// What it is where it is no text of the article.
    pub(crate) beside: Option<Beside>,
}

/// Puts together what is kept of blocks, and the pictures between them.
pub(crate) fn build<'k>(
    page: &Page,
    structure: &Structure,
    kept: impl Iterator<Item = &'k Kept>,
    pictures: &[Placed],
) -> Built {
    let mut builder = Builder {
        page,
        structure,
        built: Built::default(),
        marks: Reaching::of(structure.marks()),
        last: None,
        seen: FxHashSet::default(),
        lists: Vec::new(),
        table: None,
        pictures,
    };
    for kept in kept {
        builder.push(kept);
    }
    builder.end_table();
    builder.draw(usize::MAX, None);
    builder.built
}

struct Builder<'a> {
    page: &'a Page<'a>,
    structure: &'a Structure<'a>,
    built: Built,
    marks: Reaching<'a>,
    /// What the last block was.
    last: Option<Role>,
    /// Items that were begun.
    seen: FxHashSet<u32>,
    /// The lists that are open: how deep in the page each is, and which.
    lists: Vec<(u32, Option<u32>)>,
    /// The unit of the table that is being read, and what is kept of it.
    table: Option<(u32, Vec<Span>)>,
    /// The pictures that are still to come.
    pictures: &'a [Placed<'a>],
}

impl Builder<'_> {
    fn push(&mut self, kept: &Kept) {
        look();
        let (index, pieces) = (kept.index, kept.pieces.clone());
        let mut role = match kept.beside.and_then(Beside::role) {
            Some(kind) => Role { kind, unit: index as u32, ..Role::default() },
            None => self.structure.role(index),
        };
        if role.kind == RoleKind::Code {
            return self.push_code(role, index, pieces);
        }
        let stretch = pieces.first().zip(pieces.last()).map(|(a, b)| Span::new(a.start, b.end));
        let Some(stretch) = stretch else { return };
        let mut paragraph = Squeezed::default();
        let page = self.page;
        let marks: Vec<&Mark> = self
            .marks
            .reaching(stretch)
            .filter(|mark| is_of_one_block(page, mark, stretch))
            .collect();
        for piece in &pieces {
            paragraph.push(self.page, *piece, marks.iter().copied());
        }
        if paragraph.text.is_empty() {
            return;
        }
        let start = page.blocks[index].span.start;
        let sign = Span::new(start, start + role.mark as usize).of(page.text);
        let below = paragraph.text.strip_prefix(sign).filter(|_| !sign.is_empty());
        role.mark = below.map_or(0, |rest| role.mark + u32::from(rest.starts_with(' ')));
        let goes_on = self.goes_on(role);
        let is_of_one = role.kind == RoleKind::Row || role.row > 0;
        if goes_on && is_of_one && self.last.is_some_and(|last| last.row == role.row) {
            return self.go_on(&paragraph.text, pieces);
        }
        if matches!(role.kind, RoleKind::Item(_)) && !goes_on && !self.seen.insert(role.unit) {
            role.kind = RoleKind::Paragraph;
        }
        self.place(role, index, goes_on);
        if role.kind == RoleKind::Row {
            let (_, kept) = self.table.get_or_insert_with(|| (role.unit, Vec::new()));
            kept.extend(&pieces);
            paragraph.spans.clear();
        }
        self.paragraph(&paragraph.text, pieces);
        let number = self.built.paragraphs.len() - 1;
        paragraph.spans.iter_mut().for_each(|span| span.paragraph = number);
        if let Some(block) = self.built.blocks.last_mut() {
            block.spans.append(&mut paragraph.spans);
        }
    }

    /// Adds to the paragraph of a row.
    fn go_on(&mut self, text: &str, pieces: Vec<Span>) {
        if let Some((_, kept)) = &mut self.table {
            kept.extend(&pieces);
        }
        self.built.text.push(' ');
        self.built.text.push_str(text);
        if let Some(above) = self.built.paragraphs.last_mut() {
            above.extend(pieces);
        }
    }

    /// Adds a line of code: to the paragraph before it where no empty line parts the two.
    fn push_code(&mut self, role: Role, index: usize, pieces: Vec<Span>) {
        let block = &self.page.blocks[index];
        let is_whole = |piece: Span| {
            piece.end == block.span.end
                && [block.span.start, block.unmarked().start].contains(&piece.start)
        };
        let line = if let [piece] = pieces[..]
            && is_whole(piece)
        {
            self.structure.verbatim(self.page, piece).trim_end().to_owned()
        } else {
            let words = pieces.iter().flat_map(|piece| piece.of(self.page.text).split_whitespace());
            words.collect::<Vec<_>>().join(" ")
        };
        if line.trim().is_empty() {
            return;
        }
        let goes_on = self.goes_on(role);
        self.place(role, index, goes_on);
        let above = self.built.paragraphs.last_mut();
        match above.filter(|_| goes_on && self.page.blocks[index].gap == 0) {
            Some(above) => {
                above.extend(pieces);
                self.built.text.push('\n');
                self.built.text.push_str(&line);
                let end = self.built.paragraphs.len();
                self.built.blocks.last_mut().expect("a block goes on").paragraphs.end = end;
            }
            None => self.paragraph(&line, pieces),
        }
    }

    /// Whether a block is part of the one before it.
    fn goes_on(&self, role: Role) -> bool {
        let is_one_of_many = !matches!(role.kind, RoleKind::Paragraph | RoleKind::Heading(_));
        is_one_of_many
            && self.last.is_some_and(|last| (last.kind, last.unit) == (role.kind, role.unit))
    }

    /// Adds a paragraph to the last block.
    fn paragraph(&mut self, text: &str, pieces: Vec<Span>) {
        let Built { text: all, paragraphs, blocks } = &mut self.built;
        if !all.is_empty() {
            all.push_str("\n\n");
        }
        all.push_str(text);
        paragraphs.push(pieces);
        if let Some(block) = blocks.last_mut() {
            block.paragraphs.end = paragraphs.len();
        }
    }

    /// Begins a block of the article with a block of the page, unless it goes on.
    fn place(&mut self, role: Role, index: usize, goes_on: bool) {
        self.last = Some(role);
        if goes_on {
            return;
        }
        self.end_table();
        self.draw(index, Some(role));
        let begins_list = self.begins_list(role);
        let depth = self.depth(role);
        let kind = match role.kind {
            RoleKind::Paragraph => BlockType::Paragraph,
            RoleKind::Heading(level) => BlockType::Heading { level },
            RoleKind::Item(number) => BlockType::ListItem { number, mark: role.mark, begins_list },
            RoleKind::Quotation => BlockType::Quotation,
            RoleKind::Code => BlockType::Code { language: self.structure.language(role.unit) },
            RoleKind::Row => BlockType::Table { rows: Vec::new() },
            RoleKind::Term => BlockType::Term,
            RoleKind::Definition => BlockType::Definition,
            RoleKind::Verse => BlockType::Verse,
            RoleKind::Caption => BlockType::Caption,
            RoleKind::Note => BlockType::Note,
            RoleKind::Comment => BlockType::Comment,
        };
        let next = self.built.paragraphs.len();
        let quoted = role.quoted.min(DEEPEST);
        let block = TextBlock { depth, quoted, ..TextBlock::new(kind, next..next) };
        self.built.blocks.push(block);
    }

    /// Puts the pictures down that stand above a block of the page, or above one before it: what is one block is not parted by them, and those
    /// at the head of an item that begins here come below its text.
    fn draw(&mut self, index: usize, begun: Option<Role>) {
        let is_head = |placed: &Placed| {
            let own = begun.filter(|role| matches!(role.kind, RoleKind::Item(_)));
            own.is_some_and(|role| (role.kind, role.unit) == (placed.role.kind, placed.role.unit))
        };
        let is_due = |placed: &&Placed| placed.above <= index && !is_head(placed);
        let count = self.pictures.iter().take_while(is_due).count();
        let (drawn, left) = self.pictures.split_at(count);
        self.pictures = left;
        for Placed { role, picture, .. } in drawn {
            let depth = self.depth(Role { kind: RoleKind::Paragraph, ..*role });
            let next = self.built.paragraphs.len();
            let kind =
                BlockType::Image { alt: picture.alt.clone(), target: picture.target.clone() };
            let quoted = role.quoted.min(DEEPEST);
            self.built.blocks.push(TextBlock { depth, quoted, ..TextBlock::new(kind, next..next) });
        }
    }

    /// In how many lists a block stands of which items are kept.
    fn depth(&mut self, role: Role) -> u32 {
        while self.lists.pop_if(|(open, _)| *open > role.depth).is_some() {}
        if matches!(role.kind, RoleKind::Item(_)) {
            let list = self.structure.list_of(role.unit);
            match self.lists.last_mut().filter(|(open, _)| *open == role.depth) {
                Some(open) => open.1 = list,
                None => self.lists.push((role.depth, list)),
            }
        }
        (self.lists.len() as u32).min(DEEPEST)
    }

    /// Whether an item stands in another list than that which is open as deep in the page.
    fn begins_list(&self, role: Role) -> bool {
        let open = self.lists.iter().find(|(open, _)| *open == role.depth);
        matches!(role.kind, RoleKind::Item(_))
            && open.is_some_and(|(_, list)| *list != self.structure.list_of(role.unit))
    }

    /// Gives the table that was read its rows, as far as they are kept.
    fn end_table(&mut self) {
        let Some((unit, kept)) = self.table.take() else { return };
        let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return };
        let all = self.structure.rows(unit);
        let ends_before =
            |row: &Vec<CellPlace>| row.last().is_none_or(|cell| cell.text.end <= first.start);
        let all = &all[all.partition_point(ends_before)..];
        let begins =
            |row: &&Vec<CellPlace>| row.first().is_some_and(|cell| cell.text.start < last.end);
        let all: Vec<_> = all.iter().take_while(begins).collect();
        let rows = all.iter().map(|row| row.iter().map(|cell| self.cell(cell, &kept)).collect());
        let is_kept = |row: &Vec<TableCell>| row.iter().any(|cell| !cell.text.is_empty());
        let rows = rows.filter(is_kept).collect();
        if let Some(block) = self.built.blocks.last_mut() {
            block.role = BlockType::Table { rows };
        }
    }

    /// A cell of which no more is kept than these stretches.
    fn cell(&self, cell: &CellPlace, kept: &[Span]) -> TableCell {
        let from = kept.partition_point(|span| span.end <= cell.text.start);
        let within = kept[from..].iter().take_while(|span| span.start < cell.text.end);
        let marks = self.structure.marks();
        let mut text = Squeezed::default();
        let mut ranges = Vec::new();
        for span in within {
            let piece = Span::new(span.start.max(cell.text.start), span.end.min(cell.text.end));
            let Some(piece) = trimmed(self.page.text, piece) else { continue };
            // A mark may begin with the white space before it.
            let from = marks.partition_point(|mark| mark.text.start + 2 < piece.start);
            let marks = marks[from..].iter().take_while(|mark| mark.text.start < piece.end);
            text.push(self.page, piece, marks.filter(|mark| mark.text.end > piece.start));
            ranges.push(piece);
        }
        let Squeezed { text, spans } = text;
        let CellPlace { is_header, colspan, rowspan, .. } = *cell;
        TableCell { text, ranges, is_header, colspan, rowspan, spans }
    }
}

/// Whether a mark is no link around several blocks.
fn is_of_one_block(page: &Page, mark: &Mark, block: Span) -> bool {
    let is_link = matches!(mark.role, InlineType::Link { .. });
    !is_link
        || trimmed(page.text, mark.text)
            .is_some_and(|text| block.start <= text.start && text.end <= block.end)
}

/// A stretch without the white space at its ends; None where nothing else stands there.
pub(crate) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let text = text.get(span.start..span.end)?;
    let start = span.start + (text.len() - text.trim_start().len());
    let trimmed = text.trim();
    (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
}
