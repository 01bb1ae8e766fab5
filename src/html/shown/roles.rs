//! What each block of a page is in the build of its text, by the elements that hold it.

use crate::guard::look;
use crate::html::markup::tag::Tag;
use crate::html::shown::rendered::{Line, Rendered};
use crate::page::{CellPlace, Page, Role, RoleKind};

/// Rows of the smallest table.
const ROWS: usize = 2;
/// Bytes of a cell in the mean, in the largest table without heads; longer ones lay out a page.
const CELL_BYTES: usize = 160;
/// Lines of the shortest stanza, which breaks part in one element.
const VERSE_LINES: usize = 3;
/// Characters of the longest line of verse.
const VERSE_CHARS: u32 = 80;
/// Elements around code that may name its language.
const NEAR: usize = 3;

/// The tables of a page that hold data, each with its rows.
#[derive(Debug, Default)]
pub(crate) struct DataTables(Vec<DataTable>);

/// A table that holds data, and is no layout of the page.
#[derive(Debug)]
pub(crate) struct DataTable {
    element: u32,
    /// The cells of each row, in order.
    pub(crate) rows: Vec<Vec<CellPlace>>,
    has_heads: bool,
    holds_table: bool,
    /// Whether code of several lines stands in a cell: a row could not hold them.
    holds_code: bool,
}

impl DataTables {
    /// The table that is the unit of a [`RoleKind::Row`].
    pub(crate) fn get(&self, unit: u32) -> Option<&DataTable> {
        let at = self.0.binary_search_by_key(&unit, |table| table.element).ok()?;
        Some(&self.0[at])
    }
}

impl DataTable {
    fn holds_data(&self) -> bool {
        let cells = self.rows.iter().map(Vec::len).sum::<usize>();
        let bytes: usize = self.rows.iter().flatten().map(|cell| cell.text.len()).sum();
        let wide = self.rows.iter().filter(|row| row.len() > 1).count();
        !self.holds_table
            && !self.holds_code
            && self.rows.len() >= ROWS
            && wide * 2 > self.rows.len()
            && (self.has_heads || bytes <= CELL_BYTES * cells)
    }
}

impl Rendered {
    /// The tables of the page that hold data.
    pub(crate) fn data_tables(&self) -> DataTables {
        let mut tables: Vec<DataTable> = Vec::new();
        let mut rows: Vec<u32> = Vec::new();
        for &(element, cell) in &self.outline.cells {
            look();
            let Some((row, table)) = self.row_and_table(element) else { continue };
            let at = tables.partition_point(|known| known.element < table);
            if tables.get(at).is_none_or(|known| known.element != table) {
                let empty = DataTable {
                    element: table,
                    rows: Vec::new(),
                    has_heads: false,
                    holds_table: false,
                    holds_code: false,
                };
                tables.insert(at, empty);
                rows.insert(at, u32::MAX);
                if let Some(outer) = self.element_around(table, |tag| tag == Tag::Table)
                    && let Ok(outer) = tables.binary_search_by_key(&outer, |known| known.element)
                {
                    tables[outer].holds_table = true;
                }
            }
            let own = &mut tables[at];
            own.has_heads |= cell.is_header;
            if rows[at] != row {
                own.rows.push(Vec::new());
                rows[at] = row;
            }
            if let Some(row) = own.rows.last_mut() {
                row.push(cell);
            }
        }
        let code = if tables.is_empty() { Vec::new() } else { self.code_of_lines() };
        for table in code.iter().filter_map(|&at| self.element_around(at, |t| t == Tag::Table)) {
            if let Ok(at) = tables.binary_search_by_key(&table, |known| known.element) {
                tables[at].holds_code = true;
            }
        }
        let lays_out =
            |table: &DataTable| self.outline.layouts.binary_search(&table.element).is_ok();
        tables.retain(|table| table.holds_data() && !lays_out(table));
        DataTables(tables)
    }

    /// The preformatted elements with more than one line.
    fn code_of_lines(&self) -> Vec<u32> {
        let code_of = |line: &Line| {
            let own = line.element as usize;
            let around = self.first_around(own, |at| self.elements[at].tag == Tag::Pre) as u32;
            (self.elements[around as usize].tag == Tag::Pre).then_some(around)
        };
        let codes: Vec<Option<u32>> = self.lines.iter().map(code_of).collect();
        codes.windows(2).filter(|pair| pair[0] == pair[1]).filter_map(|pair| pair[0]).collect()
    }

    fn row_and_table(&self, cell: u32) -> Option<(u32, u32)> {
        let row = self.element_around(cell, |tag| matches!(tag, Tag::Row | Tag::Table))?;
        let is_row = self.elements[row as usize].tag == Tag::Row;
        let table = if is_row { self.element_around(row, |tag| tag == Tag::Table)? } else { row };
        Some((row, table))
    }

    /// The elements around one, from the innermost.
    pub(in crate::html) fn elements_around(&self, element: u32) -> impl Iterator<Item = u32> {
        let parent = |&at: &u32| (at > 0).then(|| self.elements[at as usize].parent);
        std::iter::successors(parent(&element), parent)
    }

    /// The innermost element around one, itself left out, whose tag fits.
    fn element_around(&self, element: u32, fits: impl Fn(Tag) -> bool) -> Option<u32> {
        self.elements_around(element).find(|&around| fits(self.elements[around as usize].tag))
    }

    /// Whether an element, or one around it, says that pictures in it are none of the text.
    pub(crate) fn is_beside_text(&self, element: u32) -> bool {
        let says_so = |at: u32| self.elements[at as usize].hints.is_beside_text();
        says_so(element) || self.elements_around(element).any(says_so)
    }

    /// Whether an element stands in a figure, or is one.
    pub(crate) fn is_in_figure(&self, element: u32) -> bool {
        let is_figure = |tag: Tag| tag == Tag::Figure;
        is_figure(self.elements[element as usize].tag)
            || self.element_around(element, is_figure).is_some()
    }

    /// What each block of `page`, which was read from this text, is.
    pub(crate) fn roles(&self, page: &Page, tables: &DataTables) -> Vec<Role> {
        let role_of = |line: usize| self.role_of(self.lines[line].element, tables);
        let mut roles: Vec<Role> = self.lines_of(page).into_iter().map(role_of).collect();
        let is_line = |index: usize| {
            let block = &page.blocks[index];
            !block.is_prose() && block.shape.chars <= VERSE_CHARS
        };
        let mut from = 0;
        while from < roles.len() {
            let first = roles[from];
            let goes_on = |at: &usize| {
                roles[*at] == first
                    && first.kind == RoleKind::Paragraph
                    && is_line(*at)
                    && (*at == from || page.blocks[*at].gap == 0)
            };
            let stanza = from..from + (from..roles.len()).take_while(goes_on).count();
            from = stanza.end.max(from + 1);
            if stanza.len() >= VERSE_LINES {
                roles[stanza].iter_mut().for_each(|role| role.kind = RoleKind::Verse);
            }
        }
        roles
    }

    /// What a line in this element is.
    pub(crate) fn role_of(&self, innermost: u32, tables: &DataTables) -> Role {
        let mut told = None;
        let (mut depth, mut quoted, mut row) = (0, 0, None);
        let mut at = innermost;
        loop {
            let kind = match self.elements[at as usize].tag {
                Tag::Heading(level) => Some(RoleKind::Heading(level)),
                Tag::Pre => Some(RoleKind::Code),
                Tag::Li => {
                    depth += 1;
                    Some(RoleKind::Item(self.number_of(at)))
                }
                Tag::Row => {
                    row = row.or(Some(at));
                    None
                }
                Tag::Dt => Some(RoleKind::Term),
                Tag::Dd => Some(RoleKind::Definition),
                Tag::Figcaption | Tag::Caption => Some(RoleKind::Caption),
                Tag::Blockquote => {
                    quoted += 1;
                    Some(RoleKind::Quotation)
                }
                // What stands in a cell is part of it, whatever it is.
                Tag::Table if tables.get(at).is_some() => {
                    let is_caption = |at: u32| self.elements[at as usize].tag == Tag::Caption;
                    told = told.filter(|&(_, by)| is_caption(by));
                    Some(RoleKind::Row)
                }
                _ => None,
            };
            told = told.or(kind.map(|kind| (kind, at)));
            if at == 0 {
                let (kind, unit) = told.unwrap_or((RoleKind::Paragraph, innermost));
                let row = row.filter(|_| kind == RoleKind::Row).unwrap_or(0);
                return Role { kind, unit, depth, quoted, row, mark: 0 };
            }
            at = self.elements[at as usize].parent;
        }
    }

    /// The list that an item stands in; 0 for none.
    pub(crate) fn list_of(&self, item: u32) -> u32 {
        self.element_around(item, |tag| tag == Tag::List).unwrap_or(0)
    }

    /// The number of an item in a list that counts.
    fn number_of(&self, item: u32) -> Option<u32> {
        let numbers = &self.outline.numbers;
        let at = numbers.binary_search_by_key(&item, |(element, _)| *element).ok()?;
        Some(numbers[at].1)
    }

    /// The language that code names, whose element is given.
    pub(crate) fn language_of(&self, code: u32) -> Option<&str> {
        let around = std::iter::successors(Some(code), |&at| {
            Some(self.elements[at as usize].parent).filter(|&parent| parent != at)
        });
        let languages = &self.outline.languages;
        let named = |at: u32| languages.binary_search_by_key(&at, |(element, _)| *element).ok();
        around.take(NEAR).find_map(named).map(|at| languages[at].1.as_str())
    }
}
