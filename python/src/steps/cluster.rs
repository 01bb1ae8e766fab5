//! Which article of a cluster stands for all.

use std::collections::BTreeMap;

use dechaff::copies::{Kept, Weights};
use dechaff::publishing::{Copies, Facts};
use dechaff::{Cluster, CompareThresholds, Member, NormalizedText};
use serde::Serialize;
use serde_json::Value as Json;

use crate::steps::copies::{Rank, comparison, held_of, letters_of, rank_of};
use crate::steps::row::{Value, refused, row};
use crate::steps::stream::Work;

/// The name that a value has in JSON.
pub(super) fn name_of(value: &impl Serialize) -> Value {
    match serde_json::to_value(value) {
        Ok(Json::String(name)) => Value::Text(name),
        _ => Value::Null,
    }
}

/// `cluster`, `key`, `rank`, `found`, `held`, `title`, `published`, `source`, `text`, by cluster and sorted by key → `key`, `to`, `relation`,
/// `similarity`: what is folded, and into what.
pub(super) fn choose(thresholds: CompareThresholds, prefer: Vec<String>) -> Work {
    let (mut kept, mut letters) = (Kept::default(), NormalizedText::default());
    Box::new(move |rows, found| {
        let anchor_rank = rank_of(rows[0].bytes(0)?)?;
        let mut first_of: BTreeMap<Rank, usize> = BTreeMap::new();
        let mut ranks = Vec::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            let rank = rank_of(row.bytes(2)?)?;
            first_of.entry(rank).or_insert(number);
            ranks.push(rank);
        }
        let anchor =
            *first_of.get(&anchor_rank).ok_or_else(|| refused("a cluster lacks its anchor"))?;
        let mut members = Vec::with_capacity(rows.len());
        for (text, row) in rows.iter().enumerate().filter(|(text, _)| *text != anchor) {
            let same = first_of[&ranks[text]];
            let member = match row.maybe_bytes(3) {
                _ if same == anchor => Member::exact(anchor),
                Some(packed) => {
                    let letters = [letters_of(&anchor_rank), letters_of(&ranks[text])];
                    Member::placed(same, letters, &comparison(packed)?, &thresholds)
                }
                None => return Err(refused("a member of a cluster was not compared")),
            };
            members.push(Member { text, ..member });
        }
        if members.is_empty() {
            return Ok(());
        }
        let text = |number: usize| rows[number].maybe_text(8).unwrap_or_default();
        let facts = |number: usize| {
            let said = |at| rows[number].maybe_text(at).map(str::to_owned);
            let (title, published, source) = (said(5), said(6), said(7));
            Ok::<_, std::convert::Infallible>(Facts {
                title,
                bytes: text(number).len(),
                published,
                source,
            })
        };
        let loss = |number: usize, canonical: usize| {
            letters.read_with_quotes(text(canonical));
            kept.set(&letters);
            letters.read_with_quotes(text(number));
            let held = held_of(rows[number].maybe_bytes(4).unwrap_or_default());
            kept.loss(&letters, &Weights::of(&held), &thresholds)
        };
        let cluster = Cluster { anchor, members };
        let copies = Copies::choose(&[cluster], &prefer, &thresholds, facts, loss)
            .unwrap_or_else(|never| match never {});
        for (number, row) in rows.iter().enumerate() {
            if let Some(folded) = copies.folded(number) {
                let to = rows[folded.into].bytes(1)?;
                let similarity = f64::from(folded.similarity);
                found.push(row![row.bytes(1)?, to, name_of(&folded.relation), similarity]);
            }
        }
        Ok(())
    })
}
