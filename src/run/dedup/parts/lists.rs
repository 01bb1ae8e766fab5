//! What all parts know of texts, looked up by rank: the first document of each, the shingles that it holds and others too, and whom it is proposed to.

use std::borrow::Cow;
use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::compare::rarity::HeldShingle;
use crate::compare::tables::Tables;
use crate::error::Result;
use crate::run::dedup::parts::keys::{
    Doc, Rank, add_shingle, damaged, letters_of, part_of_text, ranks_of, take_shingle,
};
use crate::run::dedup::parts::work::{Fault, Work};
use crate::run::dedup::piece::Pieces;
use crate::spill::file::SpillFile;
use crate::spill::sorted::SortedFile;

/// A table of which each part holds the rows of its texts.
#[derive(Debug)]
pub(super) struct Lookup {
    tables: Vec<SortedFile>,
    fault: Fault,
}

impl Lookup {
    pub(super) fn open(work: &Work, stage: &str, name: &str) -> Result<Self> {
        let tables = (0..work.parts).map(|part| work.table(part, stage, name));
        Ok(Self { tables: tables.collect::<Result<_>>()?, fault: Fault::default() })
    }

    /// The row of a text, without its rank.
    pub(super) fn row(&self, text: &Rank) -> Option<Vec<u8>> {
        self.fault.or_noted(self.tables[part_of_text(text, self.tables.len())].find(text))
    }

    /// The texts in the row of a text.
    pub(super) fn texts(&self, text: &Rank) -> Vec<Rank> {
        self.row(text).map_or_else(Vec::new, |row| ranks_of(&row))
    }

    /// The document in the row of a text.
    pub(super) fn doc(&self, text: &Rank) -> Option<Doc> {
        let row = self.row(text)?;
        self.fault.or_noted(Doc::take(&mut &row[..]).map(Some))
    }

    /// # Errors
    /// What was in the way of what could not be read.
    pub(super) fn check(&self) -> Result<()> {
        self.fault.check()
    }
}

/// What is known of a text that shares shingles with others.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    /// The first document that has this text.
    pub(super) first: Option<Doc>,
    pub(super) held: Vec<HeldShingle>,
}

impl List {
    /// The row of a text.
    pub(super) fn row(text: &Rank, first: Doc, held: &[HeldShingle]) -> Vec<u8> {
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
pub(super) struct Lists<'l> {
    lists: &'l Lookup,
    known: RefCell<FxHashMap<Rank, List>>,
}

impl<'l> Lists<'l> {
    pub(super) fn new(lists: &'l Lookup) -> Self {
        Self { lists, known: RefCell::default() }
    }

    /// Forgets what was asked for.
    pub(super) fn forget(&mut self) {
        self.known.get_mut().clear();
    }

    /// What is wanted of the list of a text.
    pub(super) fn of<T>(&self, text: Rank, wanted: impl Fn(&List) -> T) -> T {
        let read = || {
            let row = self.lists.row(&text)?;
            self.lists.fault.or_noted(List::of(&row).map(Some))
        };
        wanted(self.known.borrow_mut().entry(text).or_insert_with(|| read().unwrap_or_default()))
    }
}

impl Tables for Lists<'_> {
    type Text = Rank;
    type Shingle = HeldShingle;

    fn letters(&self, text: Rank) -> u32 {
        letters_of(&text)
    }

    fn held(&self, text: Rank) -> Cow<'_, [HeldShingle]> {
        self.of(text, |list| list.held.clone()).into()
    }

    fn texts(&self, shingle: HeldShingle) -> usize {
        shingle.texts
    }
}

/// The documents that all parts have read.
#[derive(Debug)]
pub(super) struct Docs<'p> {
    files: Vec<SpillFile>,
    /// The part that has read each file.
    dealt: &'p [usize],
    fault: Fault,
}

impl<'p> Docs<'p> {
    pub(super) fn open(work: &Work, dealt: &'p [usize]) -> Result<Self> {
        let files = (0..work.parts).map(|part| work.file(part, "read", "documents"));
        Ok(Self { files: files.collect::<Result<_>>()?, dealt, fault: Fault::default() })
    }

    fn piece(&self, doc: Doc) -> Vec<u8> {
        let read = || {
            let file = self.dealt.get(doc.source as usize).map(|&part| &self.files[part]);
            let end = doc.at.saturating_add(doc.len);
            let file = file.filter(|file| end <= file.len()).ok_or_else(damaged)?;
            let mut piece = vec![0; doc.len as usize];
            file.read(&mut piece, doc.at)?;
            Ok(Some(piece))
        };
        self.fault.or_noted(read()).unwrap_or_default()
    }

    /// # Errors
    /// What was in the way of what could not be read.
    pub(super) fn check(&self) -> Result<()> {
        self.fault.check()
    }
}

/// A few of these documents, numbered from 0.
pub(super) struct Chosen<'d> {
    pub(super) docs: &'d Docs<'d>,
    pub(super) list: &'d [Doc],
}

impl Pieces for Chosen<'_> {
    fn piece(&self, number: usize) -> Cow<'_, [u8]> {
        self.docs.piece(self.list[number]).into()
    }
}
