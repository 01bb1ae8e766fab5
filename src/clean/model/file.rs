//! The model file: a header, the lexical weights, the borders of the features and the trees, then borders and trees for
//! pages of HTML where it has any; all little-endian. `training/modelfile.py` writes it.

use crate::clean::model::columns::SEEN_OF_HTML;
use crate::clean::model::lexical;
use crate::clean::model::trees::{DEPTH, LEAVES, Question, Tree, Trees};

const MAGIC: &[u8] = b"dechaff2";

/// What a model file holds.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) features: usize,
    pub(super) lexical: Vec<f32>,
    pub(super) trees: Trees,
    /// Those that judge pages of HTML further, by what their elements say.
    pub(super) hint_trees: Trees,
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
    let trees = trees(&mut bytes, count, features.checked_add(lexical::COLUMNS.len())?)?;
    let hint_trees =
        if bytes.is_empty() { Trees::default() } else { trees_over(&mut bytes, SEEN_OF_HTML)? };
    bytes.is_empty().then_some(Parts { features, lexical, trees, hint_trees })
}

/// Reads a file of trees alone, over so many columns; None where it is cut short or not one.
pub(in crate::clean) fn parse_trees(bytes: &[u8], columns: usize) -> Option<Trees> {
    let mut bytes = bytes.strip_prefix(MAGIC)?;
    let trees = trees_over(&mut bytes, columns)?;
    bytes.is_empty().then_some(trees)
}

/// Reads how many columns the trees see, how many trees there are, and these; None where they see other columns.
fn trees_over(bytes: &mut &[u8], columns: usize) -> Option<Trees> {
    let seen = u32::from_le_bytes(take(bytes)?) as usize;
    let count = u32::from_le_bytes(take(bytes)?) as usize;
    if seen == columns { trees(bytes, count, columns) } else { None }
}

fn trees(bytes: &mut &[u8], count: usize, columns: usize) -> Option<Trees> {
    let borders = (0..columns).map(|_| borders(bytes)).collect::<Option<Vec<_>>>()?;
    let trees = (0..count).map(|_| tree(bytes, columns)).collect::<Option<Vec<_>>>()?;
    Some(Trees::new(borders, trees))
}

fn borders(bytes: &mut &[u8]) -> Option<Vec<f32>> {
    let [count] = take(bytes)?;
    (0..count).map(|_| number(bytes)).collect()
}

fn tree(bytes: &mut &[u8], columns: usize) -> Option<Tree> {
    let mut questions = [Question { feature: 0, above: 0 }; DEPTH];
    for question in &mut questions {
        let feature = u16::from_le_bytes(take(bytes)?);
        let [above] = take(bytes)?;
        *question = Question { feature, above };
    }
    Tree::new(questions, leaves(bytes)?, leaves(bytes)?, columns)
}

fn leaves(bytes: &mut &[u8]) -> Option<[f32; LEAVES]> {
    let mut values = [0.0; LEAVES];
    for value in &mut values {
        *value = number(bytes)?;
    }
    Some(values)
}

fn number(bytes: &mut &[u8]) -> Option<f32> {
    take(bytes).map(f32::from_le_bytes)
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*first)
}
