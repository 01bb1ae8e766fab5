//! Which shingles each text holds that others hold too: what is asked for again and again, of any text.

use std::borrow::Cow;

use crate::compare::grow::grow;
use crate::compare::rarity::HeldShingle;
use crate::compare::tables::Tables;
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::{Weights, weight_of};
use crate::error::Result;
use crate::spill::{Room, Store};

/// Bytes of a shingle: its name, and how many texts hold it.
const SHINGLE: usize = 12;

/// The lists of all texts, by their ranks.
#[derive(Debug)]
pub(super) struct HeldLists {
    /// How many letters each text has.
    letters: Vec<u32>,
    lists: Store,
    /// Where in `lists` each text begins that was added; at last the end.
    begins: Vec<u64>,
    discounts: Vec<f32>,
}

impl HeldLists {
    /// Those of texts of so many letters each; no list is there yet.
    pub(super) fn new(letters: Vec<u32>, room: &Room) -> Self {
        Self { letters, lists: Store::new(room), begins: vec![0], discounts: Vec::new() }
    }

    /// Adds the list of the next text.
    pub(super) fn push(&mut self, list: &[HeldShingle], thresholds: &Thresholds) -> Result<()> {
        let (mut bytes, mut discount) = (Vec::with_capacity(list.len() * SHINGLE), 0.0);
        for shingle in list {
            let &HeldShingle { name, texts } = shingle;
            bytes.extend_from_slice(&name.to_le_bytes());
            bytes.extend_from_slice(&(texts as u32).to_le_bytes());
            if !shingle.is_phrase() {
                discount += 1.0 - weight_of(texts, thresholds.few_texts);
            }
        }
        self.lists.push(&bytes, &[])?;
        grow(&mut self.begins, 1);
        self.begins.push(self.lists.len());
        grow(&mut self.discounts, 1);
        self.discounts.push(discount);
        Ok(())
    }

    /// How many letters each text has.
    pub(super) fn all_letters(&self) -> &[u32] {
        &self.letters
    }

    /// How much the shingles of a text weigh.
    pub(super) fn weights(&self, text: u32) -> Weights {
        Weights::of(&self.held(text))
    }

    /// How much all shingles weigh.
    pub(super) fn all_weights(&self) -> Weights {
        let mut weights = Weights::default();
        for text in 0..self.discounts.len() as u32 {
            let held = self.held(text);
            let shingles = held.iter().filter(|shingle| !shingle.is_phrase());
            shingles.for_each(|shingle| weights.note(shingle.name, shingle.texts));
        }
        weights
    }

    /// Whether all could be read so far.
    ///
    /// # Errors
    /// What was in the way of what could not.
    pub(super) fn check(&self) -> Result<()> {
        self.lists.check()
    }
}

impl Tables for HeldLists {
    type Text = u32;

    fn letters(&self, text: u32) -> u32 {
        self.letters[text as usize]
    }

    fn held(&self, text: u32) -> Cow<'_, [HeldShingle]> {
        let [from, to] = [0, 1].map(|next| self.begins[text as usize + next]);
        let bytes = self.lists.get(from..to);
        let shingle = |bytes: &[u8; SHINGLE]| {
            let (words, _) = bytes.as_chunks::<4>();
            let [low, high, texts] = [0, 1, 2].map(|at| u32::from_le_bytes(words[at]));
            HeldShingle {
                name: u64::from(high) << u32::BITS | u64::from(low),
                texts: texts as usize,
            }
        };
        bytes.as_chunks().0.iter().map(shingle).collect()
    }

    fn discount(&self, text: u32, _: &Thresholds) -> f32 {
        self.discounts[text as usize]
    }
}
