//! What several stories share, and where each piece stands first: see `dechaff::publishing`.

use std::collections::BTreeMap;

use arrow_schema::ArrowError;
use dechaff::NormalizedText;
use dechaff::copies::{Kept, Weights};
use dechaff::publishing::{
    Earlier, EarlierParagraph, EarlierSpan, FirstRun, Repeats, SharedParagraph, SharedSpans,
    is_compared, kept_paragraphs, repeated_paragraphs, rounded, sampled_runs, unpack,
};

use crate::steps::copies::{Rank, held_of, rank_of};
use crate::steps::options::Options;
use crate::steps::publish::{json, of_json};
use crate::steps::row::{Row, refused, row};
use crate::steps::stream::Work;

/// A key and a number behind it, which sort as both do.
fn numbered(key: &[u8], number: u32) -> Vec<u8> {
    [key, &number.to_be_bytes()].concat()
}

/// The key and the number.
fn key_and_number(numbered: &[u8]) -> Result<(&[u8], u32), ArrowError> {
    let (key, number) =
        numbered.split_last_chunk().ok_or_else(|| refused("a key has no number behind it"))?;
    Ok((key, u32::from_be_bytes(*number)))
}

/// `key`, `story`, `text`, `sentences` → `key`, `story`, `text`: the paragraphs of each article that are compared, by its key and their numbers.
pub(super) fn paragraphs(options: Options) -> Work {
    let thresholds = options.thresholds();
    let learned = options.learned();
    let mut letters = NormalizedText::default();
    Box::new(move |rows, found| {
        for row in rows {
            let sentences = unpack(row.bytes(3)?);
            for (number, text) in kept_paragraphs(row.text(2)?, &sentences, &learned.sentences) {
                letters.read(text);
                if is_compared(&letters, &thresholds) {
                    found.push(row![numbered(row.bytes(0)?, number), row.bytes(1)?, text]);
                }
            }
        }
        Ok(())
    })
}

/// `cluster`, `key`, `story`, `rank`, `held`, `text`, by cluster and sorted by key → `key`, `paragraph`, `first`, `stories`, `similarity`: the
/// paragraphs of an article that an earlier story has, and the article in which each stands first.
pub(super) fn firsts(options: Options) -> Work {
    let thresholds = options.thresholds();
    let (mut kept, mut letters) = (Kept::default(), NormalizedText::default());
    Box::new(move |rows, found| {
        let mut same: BTreeMap<Rank, usize> = BTreeMap::new();
        let mut cluster = Vec::with_capacity(rows.len());
        for row in rows {
            let many = same.len();
            let same = *same.entry(rank_of(row.bytes(3)?)?).or_insert(many);
            let (article, _) = key_and_number(row.bytes(1)?)?;
            cluster.push(SharedParagraph { article, story: row.bytes(2)?, same });
        }
        let mut last = None;
        let loss = |paragraph: usize, first: usize| {
            if last.replace(first) != Some(first) {
                letters.read_with_quotes(rows[first].maybe_text(5).unwrap_or_default());
                kept.set(&letters);
            }
            letters.read_with_quotes(rows[paragraph].maybe_text(5).unwrap_or_default());
            let held = held_of(rows[paragraph].maybe_bytes(4).unwrap_or_default());
            kept.loss(&letters, &Weights::of(&held), &thresholds)
        };
        for repeated in repeated_paragraphs(&cluster, loss) {
            let (article, number) = key_and_number(rows[repeated.paragraph].bytes(1)?)?;
            let first = cluster[repeated.first].article;
            let (stories, similarity) = (i64::from(repeated.stories), repeated.similarity);
            found.push(row![article, i64::from(number), first, stories, f64::from(similarity)]);
        }
        Ok(())
    })
}

/// `key`, `text` → `hash`, `key`, `first`: the sampled runs of letters of each article, and where they begin, behind its key.
pub(super) fn runs() -> Work {
    Box::new(|rows, found| {
        for row in rows {
            for (hash, at) in sampled_runs(row.text(1)?) {
                let key = row.bytes(0)?;
                found.push(row![hash.cast_signed(), key, numbered(key, at)]);
            }
        }
        Ok(())
    })
}

/// `hash`, `key`, `least`, `rows` → `key`, `hash`, `first`, `at`, `stories`: runs that stand in an earlier article, and where first.
pub(super) fn later() -> Work {
    Box::new(|rows, found| {
        for row in rows {
            let (first, at) = key_and_number(row.bytes(2)?)?;
            if first != row.bytes(1)? {
                let at = i64::from(at);
                found.push(row![row.bytes(1)?, row.number(0)?, first, at, row.number(3)?]);
            }
        }
        Ok(())
    })
}

/// Where an article stands: dump, record and article, in three columns.
fn place(row: &Row, at: usize, stories: i64) -> Result<Repeats, ArrowError> {
    let (dump, record) = (row.text(at)?.to_owned(), row.maybe_text(at + 1).map(str::to_owned));
    let article = Some(row.number(at + 2)? as usize);
    Ok(Repeats { stories: stories as u32, dump: Some(dump), record, article, ..Repeats::default() })
}

/// `key`, `text`, `hash`, `first`, `at`, `stories`, `dump`, `record`, `article`, by key: the text of an article, runs of it that stand in earlier ones,
/// and text and place of each of these → `key`, `earlier`: the long stretches that they share.
pub(super) fn spans() -> Work {
    Box::new(|rows, found| {
        let mut text = None;
        let mut runs: BTreeMap<u64, (&[u8], u32, u32)> = BTreeMap::new();
        let mut firsts: BTreeMap<&[u8], &Row> = BTreeMap::new();
        for row in rows {
            match (row.maybe_bytes(3), row.maybe_number(2)) {
                (Some(first), Some(hash)) => {
                    let (at, stories) = (row.number(4)? as u32, row.number(5)? as u32);
                    runs.insert(hash.cast_unsigned(), (first, at, stories));
                }
                (Some(first), None) => _ = firsts.insert(first, row),
                (None, _) => text = Some(row.text(1)?),
            }
        }
        let text = text.ok_or_else(|| refused("an article lacks its text"))?;
        let run = |hash| {
            let (article, at, stories) = *runs.get(&hash)?;
            Some(FirstRun { article, at, stories })
        };
        let text_of = |first: &[u8]| {
            firsts.get(first).and_then(|row| row.maybe_text(1)).unwrap_or_default().to_owned()
        };
        let mut earlier = Earlier::default();
        for span in SharedSpans::default().of(text, run, text_of) {
            let row = firsts.get(span.first).ok_or_else(|| refused("an article is missing"))?;
            let first = place(row, 6, span.stories.into())?;
            earlier.spans.push(EarlierSpan { range: span.range, first });
        }
        if !earlier.spans.is_empty() {
            found.push(row![rows[0].bytes(0)?, json(&earlier)?]);
        }
        Ok(())
    })
}

/// `key`, `earlier`, `paragraph`, `stories`, `similarity`, `dump`, `record`, `article`, by key: long stretches, and paragraphs with the places where
/// they stand first → `key`, `earlier`.
pub(super) fn earlier() -> Work {
    Box::new(|rows, found| {
        let mut earlier = Earlier::default();
        for row in rows {
            if let Some(spans) = row.maybe_text(1).filter(|spans| !spans.is_empty()) {
                earlier.spans = of_json::<Earlier>(spans)?.spans;
                continue;
            }
            let similarity = row.share(4)? as f32;
            let first =
                Repeats { similarity: Some(rounded(similarity)), ..place(row, 5, row.number(3)?)? };
            let paragraph = row.number(2)? as u32;
            earlier.paragraphs.push(EarlierParagraph { paragraph, similarity, first });
        }
        earlier.paragraphs.sort_by_key(|earlier| earlier.paragraph);
        found.push(row![rows[0].bytes(0)?, json(&earlier)?]);
        Ok(())
    })
}
