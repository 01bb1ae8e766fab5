//! The model file: a header, the lexical weights, the trees, all little-endian. `training/modelfile.py` writes it.

use super::lexical;
use super::trees::{Question, Tree};

const MAGIC: &[u8] = b"dechaff1";

/// What a model file holds.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) features: usize,
    pub(super) lexical: Vec<f32>,
    pub(super) trees: Vec<Tree>,
}

/// Reads a model file; None where it is cut short or not one.
pub(super) fn parse(bytes: &[u8]) -> Option<Parts> {
    let mut bytes = bytes.strip_prefix(MAGIC)?;
    let features = u32::from_le_bytes(take(&mut bytes)?) as usize;
    let buckets = u32::from_le_bytes(take(&mut bytes)?) as usize;
    let count = u32::from_le_bytes(take(&mut bytes)?) as usize;
    let scale = f32::from_le_bytes(take(&mut bytes)?);
    let weights = bytes.split_off(..buckets)?;
    let lexical = weights.iter().map(|&w| f32::from(w.cast_signed()) * scale).collect();
    let trees = (0..count).map(|_| tree(&mut bytes, features + lexical::COLUMNS.len())).collect::<Option<Vec<_>>>()?;
    bytes.is_empty().then_some(Parts { features, lexical, trees })
}

fn tree(bytes: &mut &[u8], features: usize) -> Option<Tree> {
    let questions = u16::from_le_bytes(take(bytes)?);
    let leaves = u16::from_le_bytes(take(bytes)?);
    let questions = (0..questions).map(|_| question(bytes)).collect::<Option<Vec<_>>>()?;
    let leaves = (0..leaves).map(|_| take(bytes).map(f32::from_le_bytes)).collect::<Option<Vec<_>>>()?;
    Tree::new(&questions, &leaves, features)
}

fn question(bytes: &mut &[u8]) -> Option<Question> {
    Some(Question {
        feature: u16::from_le_bytes(take(bytes)?),
        left: i16::from_le_bytes(take(bytes)?),
        right: i16::from_le_bytes(take(bytes)?),
        threshold: f32::from_le_bytes(take(bytes)?),
        value: f32::from_le_bytes(take(bytes)?),
    })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}
