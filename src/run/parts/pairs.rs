//! From texts to pairs that are worth a comparison.

use std::borrow::Cow;

use crate::compare::propose::{is_likely, proposed};
use crate::compare::rarity::HeldShingle;
use crate::compare::rows::LONGEST;
use crate::compare::tables::{Longest, Tables};
use crate::error::Result;
use crate::run::parts::docs::{POSTINGS, TEXTS};
use crate::run::parts::job::{Job, Task};
use crate::run::parts::keys::{
    Doc, RANK, Rank, add_shingle, damaged, letters_of, part_of_text, ranks_of, take, take_shingle,
};
use crate::run::parts::lists::{List, Lists, Lookup};
use crate::run::parts::work::{Draft, in_batches};

/// By shingle: shingle, text → by text: text, shingle, how many texts hold it, and the longest of these that stand before the text.
pub(super) fn shingles<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let mut held = draft.outbox("held", 1);
    // Read twice, so that the texts of a shingle need not be in memory: they are counted first.
    let postings = || work.rows(&[(T::TEXTS, POSTINGS)], work.part);
    let (mut ahead, mut rows) = (postings()?, postings()?);
    while let Some(name) = ahead.key::<8>() {
        let texts = ahead.each_of(&name, |_| Ok(()))?;
        if texts < 2 {
            continue;
        }
        let mut shingle = Vec::with_capacity(12 + LONGEST * RANK);
        add_shingle(&mut shingle, HeldShingle { name: u64::from_be_bytes(name), texts });
        let full = shingle.len() + LONGEST * RANK;
        rows.each_of(&name, |mut text| {
            let text: Rank = take(&mut text)?;
            held.push(part_of_text(&text, work.parts), &[&text, &shingle])?;
            if shingle.len() < full {
                shingle.extend(text);
            }
            Ok(())
        })?;
    }
    held.finish()
}

/// A text that shares shingles with others, and all that is asked to propose it.
struct Sharing {
    text: Rank,
    held: Vec<HeldShingle>,
    /// Beside each shingle the longest texts that hold it.
    longest: Vec<Vec<Rank>>,
}

impl Sharing {
    fn of(text: Rank, rows: &[Vec<u8>]) -> Result<Self> {
        let shingle = |row: &Vec<u8>| {
            let row = &mut &row[..];
            Ok((take_shingle(row)?, ranks_of(row)))
        };
        let mut rows = rows.iter().map(shingle).collect::<Result<Vec<_>>>()?;
        rows.sort_unstable_by_key(|(shingle, _)| *shingle);
        let (held, longest) = rows.into_iter().unzip();
        Ok(Self { text, held, longest })
    }
}

impl Tables for Sharing {
    type Text = Rank;

    fn letters(&self, text: Rank) -> u32 {
        letters_of(&text)
    }

    fn held(&self, text: Rank) -> Cow<'_, [HeldShingle]> {
        if text == self.text { self.held.as_slice().into() } else { Cow::Borrowed(&[]) }
    }
}

impl Longest for Sharing {
    fn longest(&self, _: Rank, shingle: usize) -> Cow<'_, [Rank]> {
        self.longest[shingle].as_slice().into()
    }
}

/// By text: its documents, its shingles → its list; by anchor: anchor, text that it is proposed to.
pub(super) fn lists<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let (mut lists, mut pairs) = (draft.table("lists")?, draft.outbox("pairs", 1));
    let mut texts = work.rows(&[(T::TEXTS, TEXTS)], work.part)?;
    let mut held = work.rows(&[("shingles", "held")], work.part)?;
    let next = || {
        let Some(text) = held.key::<RANK>() else { return Ok(None) };
        let mut first = None;
        texts.each_of(&text, |mut doc| {
            if first.is_none() {
                first = Some(Doc::take(&mut doc)?);
            }
            Ok(())
        })?;
        Ok(Some((text, first.ok_or_else(damaged)?, held.all_of(&text)?)))
    };
    let propose = |(): &mut (), (text, first, rows): (Rank, Doc, Vec<Vec<u8>>)| {
        let sharing = Sharing::of(text, &rows)?;
        let anchors = proposed(&sharing, text, job.thresholds());
        Ok((text, List::row(&text, first, &sharing.held), anchors))
    };
    in_batches(
        next,
        |(_, _, rows)| rows.iter().map(|row| row.len() as u64).sum(),
        || (),
        propose,
        |(text, list, anchors)| {
            lists.push(0, &list)?;
            let mut to = anchors.iter();
            to.try_for_each(|to| pairs.push(part_of_text(to, work.parts), &[to, &text]))
        },
    )?;
    lists.finish()?;
    pairs.finish()
}

/// By anchor: anchor, text that it is proposed to → anchor and those of the texts that are likely; by text: those that are.
pub(super) fn likely<T: Task>(job: &Job<T>, draft: &Draft) -> Result<()> {
    let Job { work, .. } = job;
    let (mut likely, mut members) = (draft.table("likely")?, draft.outbox("proposed", 1));
    let lookup = Lookup::open(work, "lists", "lists")?;
    let mut pairs = work.rows(&[("lists", "pairs")], work.part)?;
    let next = || {
        let Some(anchor) = pairs.key::<RANK>() else { return Ok(None) };
        Ok(Some((anchor, pairs.all_of(&anchor)?.concat())))
    };
    let retain = |lists: &mut Lists, (anchor, texts): (Rank, Vec<u8>)| {
        lists.forget();
        let mut texts = ranks_of(&texts);
        texts.retain(|&text| is_likely(lists, anchor, text, job.thresholds()));
        Ok((anchor, texts))
    };
    in_batches(
        next,
        |(_, texts)| texts.len() as u64,
        || Lists::new(&lookup),
        retain,
        |(anchor, texts)| {
            if texts.is_empty() {
                return Ok(());
            }
            let mut row = anchor.to_vec();
            texts.iter().for_each(|text| row.extend(text));
            likely.push(0, &row)?;
            let mut texts = texts.iter();
            texts.try_for_each(|text| members.push(part_of_text(text, work.parts), &[text]))
        },
    )?;
    lookup.check()?;
    likely.finish()?;
    members.finish()
}
