//! What all parts know of texts, looked up by rank: the first document of each, the shingles that it holds and others too, and whom it is proposed to.

use std::borrow::Cow;
use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::compare::rarity::HeldShingle;
use crate::compare::tables::Tables;
use crate::error::Result;
use crate::run::parts::keys::{
    Doc, Rank, add_shingle, letters_of, part_of_text, ranks_of, take_shingle,
};
use crate::run::parts::work::{Fault, Work};
use crate::spill::sorted::SortedFile;

/// A table of which each part holds the rows of its texts.
#[derive(Debug)]
pub(crate) struct Lookup {
    tables: Vec<SortedFile>,
    fault: Fault,
}

impl Lookup {
    pub(crate) fn open(work: &Work, stage: &str, name: &str) -> Result<Self> {
        let tables = (0..work.parts).map(|part| work.table(part, stage, name));
        Ok(Self { tables: tables.collect::<Result<_>>()?, fault: Fault::default() })
    }

    fn table(&self, text: &Rank) -> &SortedFile {
        &self.tables[part_of_text(text, self.tables.len())]
    }

    /// The row of a text, without its rank.
    pub(crate) fn row(&self, text: &Rank) -> Option<Vec<u8>> {
        self.fault.or_noted(self.table(text).find(text))
    }

    /// The texts in the row of a text.
    pub(crate) fn texts(&self, text: &Rank) -> Vec<Rank> {
        self.row(text).map_or_else(Vec::new, |row| ranks_of(&row))
    }

    /// The document in the row of a text.
    pub(crate) fn doc(&self, text: &Rank) -> Option<Doc> {
        let row = self.row(text)?;
        self.fault.or_noted(Doc::take(&mut &row[..]).map(Some))
    }

    /// # Errors
    /// What was in the way of what could not be read.
    pub(crate) fn check(&self) -> Result<()> {
        self.fault.check()
    }
}

/// What is known of a text that shares shingles with others.
#[derive(Debug, Clone, Default)]
pub(crate) struct List {
    /// The first document that has this text.
    pub(crate) first: Option<Doc>,
    pub(crate) held: Vec<HeldShingle>,
}

impl List {
    /// The row of a text.
    pub(crate) fn row(text: &Rank, first: Doc, held: &[HeldShingle]) -> Vec<u8> {
        let mut row = text.to_vec();
        row.extend(first.to_bytes());
        held.iter().for_each(|&shingle| add_shingle(&mut row, shingle));
        row
    }

    fn of(mut row: &[u8]) -> Result<Self> {
        let mut list = Self { first: Some(Doc::take(&mut row)?), held: Vec::new() };
        while !row.is_empty() {
            list.held.push(take_shingle(&mut row)?);
        }
        Ok(list)
    }
}

/// The lists of texts, as far as they were asked for.
pub(crate) struct Lists<'l> {
    lists: &'l Lookup,
    known: RefCell<FxHashMap<Rank, List>>,
}

impl<'l> Lists<'l> {
    pub(crate) fn new(lists: &'l Lookup) -> Self {
        Self { lists, known: RefCell::default() }
    }

    /// Forgets what was asked for.
    pub(crate) fn forget(&mut self) {
        self.known.get_mut().clear();
    }

    /// What is wanted of the list of a text, which has one.
    pub(crate) fn of<T>(&self, text: Rank, wanted: impl Fn(&List) -> T) -> T {
        let read = || {
            let table = self.lists.table(&text);
            let row = table.find(&text)?.ok_or_else(|| table.damaged())?;
            List::of(&row).map(Some)
        };
        let noted = || self.lists.fault.or_noted(read()).unwrap_or_default();
        wanted(self.known.borrow_mut().entry(text).or_insert_with(noted))
    }

    /// The shingles that a text holds and others too, if it holds any such.
    pub(crate) fn held_if_any(&self, text: Rank) -> Vec<HeldShingle> {
        let list = self.lists.row(&text).map(|row| List::of(&row));
        let list = self.lists.fault.or_noted(list.transpose());
        list.map_or_else(Vec::new, |list| list.held)
    }
}

impl Tables for Lists<'_> {
    type Text = Rank;

    fn letters(&self, text: Rank) -> u32 {
        letters_of(&text)
    }

    fn held(&self, text: Rank) -> Cow<'_, [HeldShingle]> {
        self.of(text, |list| list.held.clone()).into()
    }
}
