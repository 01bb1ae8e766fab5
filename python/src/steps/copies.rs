//! The search for copies by rows: see `dechaff::copies`, which says what each step is.
//!
//! A text is named by its rank: bytes that sort as texts do. Texts that have one rank have the same letters.

use std::borrow::Cow;
use std::collections::BTreeMap;

use arrow_schema::ArrowError;
use dechaff::copies::{
    Comparison, HeldShingle, Kept, Longest, Overlap, Place, Tables, Weights, is_likely, proposed,
};
use dechaff::{CompareThresholds, Fingerprint, NormalizedText};

use crate::steps::row::{Row, Value, refused, row};
use crate::steps::stream::Work;

/// The letters of a text, the most first, then its hash.
pub(super) type Rank = [u8; 20];

/// Texts that a shingle proposes are among so many of its holders.
const LONGEST: usize = 4;

pub(super) fn rank_of(bytes: &[u8]) -> Result<Rank, ArrowError> {
    bytes.try_into().map_err(|_| refused("the rank of a text is 20 bytes"))
}

/// How many letters a text has.
pub(super) fn letters_of(rank: &Rank) -> u32 {
    !rank.first_chunk::<4>().map_or(0, |letters| u32::from_be_bytes(*letters))
}

fn rank(fingerprint: &Fingerprint) -> Rank {
    let mut rank = [0; 20];
    rank[..4].copy_from_slice(&(!fingerprint.letters()).to_be_bytes());
    rank[4..].copy_from_slice(&fingerprint.exact().to_be_bytes());
    rank
}

fn ranks(packed: &[u8]) -> Vec<Rank> {
    packed.as_chunks::<20>().0.to_vec()
}

/// The name of a shingle as a number of Spark, which has a sign, and back.
fn signed(name: u64) -> i64 {
    name.cast_signed()
}

/// Shingles that a text holds, as bytes.
pub(super) fn held_of(packed: &[u8]) -> Vec<HeldShingle> {
    let number = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
    let (pairs, _) = packed.as_chunks::<16>();
    let held = |pair: &[u8; 16]| {
        let (halves, _) = pair.as_chunks::<8>();
        HeldShingle { name: number(&halves[0]), texts: number(&halves[1]) as usize }
    };
    pairs.iter().map(held).collect()
}

/// `key`, `text` → `key`, `rank`, `names`: the fingerprint of each text.
pub(super) fn fingerprints() -> Work {
    let mut letters = NormalizedText::default();
    Box::new(move |rows, found| {
        for row in rows {
            letters.read(row.text(1)?);
            let fingerprint = Fingerprint::new(&letters);
            let mut names = fingerprint.sample().to_vec();
            names.sort_unstable();
            names.dedup();
            let names: Vec<u8> = names.iter().flat_map(|name| name.to_le_bytes()).collect();
            found.push(row![row.bytes(0)?, rank(&fingerprint).to_vec(), names]);
        }
        Ok(())
    })
}

/// `rank`, `key`, `names`, by rank → the same of the first of these texts, which are equal.
pub(super) fn first() -> Work {
    Box::new(|rows, found| {
        let mut first = &rows[0];
        for row in rows {
            if row.bytes(1)? < first.bytes(1)? {
                first = row;
            }
        }
        found.push(first.clone());
        Ok(())
    })
}

/// `rank`, `names` → `name`, `texts`, `longest`: a row for each sampled shingle of a text.
pub(super) fn postings() -> Work {
    Box::new(|rows, found| {
        for row in rows {
            for name in row.bytes(1)?.as_chunks::<8>().0 {
                found.push(row![signed(u64::from_le_bytes(*name)), 1, row.bytes(0)?]);
            }
        }
        Ok(())
    })
}

/// `name`, `texts`, `longest`, by name → the same, a row for each name: how many texts hold it, and the first four of them.
pub(super) fn tally() -> Work {
    Box::new(|rows, found| {
        let (mut texts, mut longest) = (0, Vec::new());
        for row in rows {
            texts += row.number(1)?;
            longest.extend(ranks(row.bytes(2)?));
        }
        longest.sort_unstable();
        longest.truncate(LONGEST);
        found.push(row![rows[0].number(0)?, texts, longest.concat()]);
        Ok(())
    })
}

/// Rows of the tables for one text, or two.
struct Known {
    held: Vec<(Rank, Vec<HeldShingle>)>,
    longest: BTreeMap<u64, Vec<Rank>>,
}

impl Tables for Known {
    type Text = Rank;

    fn letters(&self, text: Rank) -> u32 {
        letters_of(&text)
    }

    fn held(&self, text: Rank) -> Cow<'_, [HeldShingle]> {
        let held = self.held.iter().find(|(rank, _)| *rank == text);
        held.map_or(Cow::Borrowed(&[]), |(_, held)| held.as_slice().into())
    }
}

impl Longest for Known {
    fn longest(&self, text: Rank, shingle: usize) -> Cow<'_, [Rank]> {
        let name = self.held(text).get(shingle).map(|shingle| shingle.name);
        let longest = name.and_then(|name| self.longest.get(&name));
        longest.map_or(Cow::Borrowed(&[]), |longest| longest.into())
    }
}

/// `rank`, `name`, `texts`, `longest`, by rank → `rank`, `held`, `anchors`: what a text holds, in order, and the longer texts that it may be a
/// copy of by that.
pub(super) fn proposals(thresholds: CompareThresholds) -> Work {
    Box::new(move |rows, found| {
        let text = rank_of(rows[0].bytes(0)?)?;
        let (mut held, mut longest) = (Vec::new(), BTreeMap::new());
        for row in rows {
            let name = row.number(1)?.cast_unsigned();
            held.push(HeldShingle { name, texts: row.number(2)? as usize });
            longest.insert(name, ranks(row.bytes(3)?));
        }
        held.sort();
        let packed: Vec<u8> = held
            .iter()
            .flat_map(|held| [held.name, held.texts as u64])
            .flat_map(u64::to_le_bytes)
            .collect();
        let tables = Known { held: vec![(text, held)], longest };
        let anchors = proposed(&tables, text, &thresholds);
        found.push(row![text.to_vec(), packed, anchors.concat()]);
        Ok(())
    })
}

/// `text`, `anchors` → `anchor`, `text`: a row for each proposal.
pub(super) fn pairs() -> Work {
    Box::new(|rows, found| {
        for row in rows {
            let anchors = ranks(row.bytes(1)?);
            for anchor in anchors {
                found.push(row![anchor.to_vec(), row.bytes(0)?]);
            }
        }
        Ok(())
    })
}

/// `anchor`, `anchor_held`, `text`, `held` → `anchor`, `text`: the pairs that are worth a comparison.
pub(super) fn likely(thresholds: CompareThresholds) -> Work {
    Box::new(move |rows, found| {
        for row in rows {
            let [anchor, text] = [rank_of(row.bytes(0)?)?, rank_of(row.bytes(2)?)?];
            let held = vec![(anchor, held_of(row.bytes(1)?)), (text, held_of(row.bytes(3)?))];
            let tables = Known { held, longest: BTreeMap::new() };
            if is_likely(&tables, anchor, text, &thresholds) {
                found.push(row![anchor.to_vec(), text.to_vec()]);
            }
        }
        Ok(())
    })
}

/// A comparison as bytes, and back.
fn packed(found: &Comparison) -> Vec<u8> {
    let Comparison { overlap: Overlap { of_text, of_anchor }, loss } = *found;
    [of_text, of_anchor, loss].iter().flat_map(|share| share.to_le_bytes()).collect()
}

pub(super) fn comparison(packed: &[u8]) -> Result<Comparison, ArrowError> {
    match packed.as_chunks::<4>() {
        (&[of_text, of_anchor, loss], []) => {
            let [of_text, of_anchor, loss] = [of_text, of_anchor, loss].map(f32::from_le_bytes);
            Ok(Comparison { overlap: Overlap { of_text, of_anchor }, loss })
        }
        _ => Err(refused("a comparison is 12 bytes")),
    }
}

/// `anchor`, `anchor_text`, `text`, `text_text`, `held` → `anchor`, `text`, `found`, `edge`: the pairs that are alike, and 1 where the anchor
/// would stand for the text. It is quickest where the rows of one anchor follow each other.
pub(super) fn compare(thresholds: CompareThresholds) -> Work {
    let (mut kept, mut letters) = (Kept::default(), NormalizedText::default());
    let mut last = None;
    Box::new(move |rows, found| {
        for row in rows {
            let anchor = rank_of(row.bytes(0)?)?;
            if last.replace(anchor) != Some(anchor) {
                letters.read_with_quotes(row.text(1)?);
                kept.set(&letters);
            }
            letters.read_with_quotes(row.text(3)?);
            let weights = Weights::of(&held_of(row.bytes(4)?));
            if let Some(alike) = kept.compare(&letters, &weights, &thresholds) {
                let is_edge = i64::from(alike.loss <= thresholds.loss);
                found.push(row![row.bytes(0)?, row.bytes(2)?, packed(&alike), is_edge]);
            }
        }
        Ok(())
    })
}

/// `text`, `anchor`, `found`, `edge`, by text → `text`, `anchor`, `found`, `edge`, `own`, `other_own`: where each text belongs, or else what it is
/// most alike, and the share of each that the other lacks.
pub(super) fn places() -> Work {
    Box::new(|rows, found| {
        let mut best: [Option<Place<Rank>>; 2] = [None, None];
        for row in rows {
            let place =
                Place { anchor: rank_of(row.bytes(1)?)?, found: comparison(row.bytes(2)?)? };
            let best = &mut best[usize::from(row.number(3)? == 0)];
            if best.as_ref().is_none_or(|best| place.is_better(best)) {
                *best = Some(place);
            }
        }
        let [place, alike] = best;
        let is_edge = i64::from(place.is_some());
        if let Some(Place { anchor, found: compared }) = place.or(alike) {
            let [own, other] = [compared.loss, 1.0 - compared.overlap.of_anchor].map(f64::from);
            let text = rows[0].bytes(0)?;
            found.push(row![text, anchor.to_vec(), packed(&compared), is_edge, own, other]);
        }
        Ok(())
    })
}

/// The texts among edges that are no anchors.
pub(super) fn members(
    edges: impl Iterator<Item = Result<Row, ArrowError>>,
) -> Result<Vec<Row>, ArrowError> {
    let pair = |row: Row| Ok((rank_of(row.bytes(0)?)?, rank_of(row.bytes(1)?)?));
    let edges = edges.map(|row| pair(row?)).collect::<Result<Vec<_>, ArrowError>>()?;
    let member = |text: Rank| Row(vec![Value::Bytes(text.to_vec())]);
    Ok(dechaff::copies::members(&edges).into_iter().map(member).collect())
}
