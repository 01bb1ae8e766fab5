//! What is learned of all articles, and how each is published: see `dechaff::publishing`.

use std::collections::BTreeSet;

use arrow_schema::ArrowError;
use dechaff::publishing::{Change, Earlier, Published, Treatment, changed_line, rounded, unpack};
use dechaff::{Alike, Article, CopyOf, Relation};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::steps::options::{Learned, Options};
use crate::steps::row::{Row, Value, refused, row};
use crate::steps::stream::Work;

pub(super) fn json(value: &impl Serialize) -> Result<String, ArrowError> {
    serde_json::to_string(value).map_err(refused)
}

pub(super) fn of_json<T: DeserializeOwned>(line: &str) -> Result<T, ArrowError> {
    serde_json::from_str(line).map_err(refused)
}

/// An article without its text as JSON, and its text.
pub(super) fn apart(mut article: Article) -> Result<(String, String), ArrowError> {
    let text = std::mem::take(&mut article.text);
    Ok((json(&article)?, text))
}

/// How articles become as they are published.
struct Publishing {
    learned: Learned,
    treatment: Treatment,
}

impl Publishing {
    fn of(options: Options) -> Self {
        Self { treatment: options.treatment(), learned: options.learned() }
    }

    /// The article that stands in four columns, `meta`, `text`, `sentences` and `earlier`, as it is published.
    fn published(&self, row: &Row, at: usize) -> Result<Published, ArrowError> {
        let mut article: Article = of_json(row.text(at)?)?;
        article.text = row.text(at + 1)?.into();
        let sentences = unpack(row.bytes(at + 2)?);
        let earlier = row.maybe_text(at + 3).filter(|earlier| !earlier.is_empty());
        let earlier: Option<Earlier> = earlier.map(of_json).transpose()?;
        let earlier = earlier.unwrap_or_default();
        let place = |lesson| self.learned.place(lesson);
        let known = (&self.learned.sentences, &earlier);
        Ok(Published::without_repeated(article, sentences, known, &self.treatment, place))
    }
}

/// `key`, `story`, `sentences` → `hash`, `story`, `key`: the sentences at the edges of each article, each once.
pub(super) fn edges(options: Options) -> Work {
    let learned = options.learned();
    Box::new(move |rows, found| {
        for row in rows {
            let sentences = unpack(row.bytes(2)?);
            let hashes: BTreeSet<u64> = learned.sentences.edges(&sentences).collect();
            for hash in hashes {
                found.push(row![hash.cast_signed(), row.bytes(1)?, row.bytes(0)?]);
            }
        }
        Ok(())
    })
}

/// `sentences` → `hash`: those candidates that stand in an article, each once.
pub(super) fn everywhere(options: Options) -> Work {
    let candidates: BTreeSet<u64> =
        options.candidates.iter().map(|hash| hash.cast_unsigned()).collect();
    Box::new(move |rows, found| {
        for row in rows {
            let sentences = unpack(row.bytes(0)?);
            let hashes: BTreeSet<u64> = sentences.iter().map(|s| s.hash).collect();
            found.extend(hashes.intersection(&candidates).map(|hash| row![hash.cast_signed()]));
        }
        Ok(())
    })
}

/// `hash`, `at_edge`, `everywhere` → `hash`: those that are boilerplate.
pub(super) fn boilerplate(options: Options) -> Work {
    let learned = options.learned();
    Box::new(move |rows, found| {
        for row in rows {
            let [at_edge, everywhere] = [row.number(1)?, row.number(2)?].map(i64::cast_unsigned);
            if learned.sentences.is_boilerplate(at_edge, everywhere) {
                found.push(row![row.number(0)?]);
            }
        }
        Ok(())
    })
}

/// `key`, `meta`, `text`, `sentences`, `earlier` → `key`, `id`: the id of each article as it is published.
pub(super) fn ids(options: Options) -> Work {
    let publishing = Publishing::of(options);
    Box::new(move |rows, found| {
        for row in rows {
            let published = publishing.published(row, 1)?;
            found.push(row![row.bytes(0)?, published.article().id.as_str()]);
        }
        Ok(())
    })
}

/// `key`, `to`, `to_id`, `to_text`, `relation`, `similarity`, `meta`, `text`, `sentences`, `earlier` → `to`, `key`, `copy`, `appendix`, `change`, `line`:
/// how a copy is named by its canonical article, what that keeps of it, what changes in the ledger, and its own line where copies are kept.
pub(super) fn copies(options: Options) -> Work {
    let (keep_duplicates, merge_own) = (options.keep_duplicates, options.merge_own);
    let thresholds = options.thresholds();
    let publishing = Publishing::of(options);
    Box::new(move |rows, found| {
        for row in rows {
            let copy = publishing.published(row, 6)?;
            let own = copy.own(row.text(3)?, &thresholds);
            let relation: Relation = of_json(&json(&row.text(4)?)?)?;
            let similarity = row.share(5)? as f32;
            let id = row.text(2)?;
            let named = json(&copy.copy(relation, similarity, Some(&own)))?;
            let merged = if merge_own { &own[..] } else { &[] };
            let appendix = copy.appendix(merged).map(|appendix| json(&appendix)).transpose()?;
            let is_changed = !keep_duplicates || copy.is_cut();
            let fold = (!keep_duplicates).then(|| (id.to_owned(), merged));
            let change = is_changed.then(|| json(&copy.change(fold))).transpose()?;
            let mut article = copy.article().clone();
            article.provenance.copy_of =
                Some(CopyOf { id: id.into(), relation, similarity: rounded(similarity) });
            let line = keep_duplicates.then(|| json(&article)).transpose()?;
            found.push(row![row.bytes(1)?, row.bytes(0)?, named, appendix, change, line]);
        }
        Ok(())
    })
}

/// What an article shows of itself as columns, then its line.
fn shown(key: &[u8], article: &Article, line: String, change: Option<String>) -> Row {
    let meta = &article.meta;
    let said = |said: &Option<String>| Value::from(said.as_deref());
    row![
        key,
        article.provenance.dump.as_str(),
        said(&article.provenance.record),
        article.provenance.article as i64,
        article.id.as_str(),
        said(&article.title),
        article.text.as_str(),
        said(&meta.published),
        said(&meta.source),
        said(&meta.language),
        said(&article.url),
        line,
        change,
    ]
}

/// `canonical`, `key`, `copy`, `appendix`, `line`, `meta`, `text`, `sentences`, `earlier`, `dump`, `record`, `article`, `own`, `other_own`, by canonical and
/// sorted by key → the columns of articles, `line` and `change`: each canonical article with its copies, and copies that are kept.
pub(super) fn articles(options: Options) -> Work {
    let publishing = Publishing::of(options);
    Box::new(move |rows, found| {
        let (mut copies, mut appendix, mut canonical) = (Vec::new(), Vec::new(), None);
        for row in rows {
            let Some(copy) = row.maybe_text(2) else {
                canonical = Some(row);
                continue;
            };
            copies.push(of_json(copy)?);
            appendix.extend(row.maybe_text(3).map(of_json).transpose()?);
            if let Some(line) = row.maybe_text(4) {
                let article: Article = of_json(line)?;
                found.push(shown(row.bytes(1)?, &article, line.into(), None));
            }
        }
        let row = canonical.ok_or_else(|| refused("a copy lacks its canonical article"))?;
        let published = publishing.published(row, 5)?;
        let mut article = published.article().clone();
        article.provenance.copies = copies;
        article.appendix = appendix;
        if let Some(dump) = row.maybe_text(9) {
            let [own, other_own] = [row.share(12)?, row.share(13)?].map(|own| rounded(own as f32));
            let record = row.maybe_text(10).map(str::to_owned);
            let place = row.number(11)? as usize;
            article.provenance.alike =
                Some(Alike { dump: dump.into(), record, article: place, own, other_own });
        }
        let change = published.is_cut().then(|| json(&published.change(None))).transpose()?;
        found.push(shown(row.bytes(1)?, &article, json(&article)?, change));
        Ok(())
    })
}

/// `key`, `ledger`, `change` → `record`, `article`, `ledger`, `change`: whose each is, by the key of an article, which begins with that of its record.
pub(super) fn recorded() -> Work {
    Box::new(|rows, found| {
        for row in rows {
            let (record, article) = row
                .bytes(0)?
                .split_last_chunk()
                .ok_or_else(|| refused("a key of an article is too short"))?;
            let article = i64::from(u32::from_be_bytes(*article));
            found.push(row![record, article, row.maybe_text(1), row.maybe_text(2)]);
        }
        Ok(())
    })
}

/// `record`, `article`, `ledger`, `change`, by record → `record`, `line`: the ledger of each record with the changes of its articles.
pub(super) fn ledger() -> Work {
    Box::new(|rows, found| {
        let line = rows.iter().find_map(|row| row.maybe_text(2));
        let line = line.ok_or_else(|| refused("an article lacks the ledger of its record"))?;
        let mut changes: Vec<(usize, Change)> = Vec::new();
        for row in rows {
            if let Some(change) = row.maybe_text(3) {
                changes.push((row.number(1)? as usize, of_json(change)?));
            }
        }
        let line = if changes.is_empty() {
            line.to_owned()
        } else {
            changed_line(line, changes).map_err(refused)?
        };
        found.push(row![rows[0].bytes(0)?, line]);
        Ok(())
    })
}
