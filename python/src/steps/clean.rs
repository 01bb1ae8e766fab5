//! Records cleaned as rows: one for each article, and one for a record without.

use std::sync::Arc;

use arrow_schema::ArrowError;
use dechaff::publishing::{Draft, pack};
use dechaff::{Article, Error, Part, Reader, Source, Stop};

use crate::arguments::named;
use crate::errors::{Failure, Reason, said};
use crate::given::{About, FORMATS, Given};
use crate::steps::publish::apart;
use crate::steps::row::{Columns, Kind, Row, Rows, Value, refused, row};
use crate::steps::stream::Makes;

/// The columns of records that are given.
pub(super) const RECORDS: Columns = &[
    ("dump", Kind::Text),
    ("place", Kind::Number),
    ("record", Kind::Text),
    ("text", Kind::Given),
    ("url", Kind::Text),
    ("format", Kind::Text),
];

/// The columns of dumps that are read.
pub(super) const DUMPS: Columns = &[
    ("dump", Kind::Text),
    ("path", Kind::Text),
    ("nth", Kind::Number),
    ("in_folder", Kind::Number),
];

/// The columns of what was cleaned. `article` is null in the row of a record that has none; its first row has the ledger.
pub(super) const CLEANED: Columns = &[
    ("key", Kind::Bytes),
    ("dump", Kind::Text),
    ("record", Kind::Text),
    ("article", Kind::Number),
    ("id", Kind::Text),
    ("title", Kind::Text),
    ("text", Kind::Text),
    ("published", Kind::Text),
    ("source", Kind::Text),
    ("language", Kind::Text),
    ("url", Kind::Text),
    ("meta", Kind::Text),
    ("sentences", Kind::Bytes),
    ("ledger", Kind::Text),
    ("error", Kind::Text),
    ("skipped", Kind::Text),
];

/// Dumps of one name stand so far apart.
const RECORDS_OF_DUMP: u64 = 1 << 40;

/// A record by its place.
struct Place<'a> {
    dump: &'a str,
    place: u64,
    /// What tells it from others of this place.
    name: &'a str,
    record: Option<&'a str>,
}

impl Place<'_> {
    /// The key of an article, whose bytes sort as articles do: dump, place of the record in the dump, its name, article.
    fn key(&self, article: usize) -> Vec<u8> {
        let place = self.place.to_be_bytes();
        let article = (article as u32).to_be_bytes();
        [self.dump.as_bytes(), &[0], &place, self.name.as_bytes(), &article].concat()
    }

    /// The row of a record that has no article.
    fn row(&self, ledger: Option<String>, error: Option<String>, skipped: Option<String>) -> Row {
        let mut row = row![self.key(0), self.dump, self.record];
        row.0.resize(CLEANED.len() - 3, Value::Null);
        row.0.extend([ledger.into(), error.into(), skipped.into()]);
        row
    }

    fn article(
        &self,
        article: Article,
        sentences: Vec<u8>,
        ledger: Option<String>,
    ) -> Result<Row, ArrowError> {
        let (meta, text) = apart(article.clone())?;
        let Article { id, title, meta: about, url, provenance, .. } = article;
        Ok(row![
            self.key(provenance.article),
            self.dump,
            self.record,
            provenance.article as i64,
            id,
            title,
            text,
            about.published,
            about.source,
            about.language,
            url,
            meta,
            sentences,
            ledger,
            Value::Null,
            Value::Null,
        ])
    }

    /// The rows of a record that can be read.
    fn cleaned(
        &self,
        cleaner: &dechaff::Cleaner,
        record: &dechaff::Record,
        stop: &Stop,
    ) -> Result<Vec<Row>, ArrowError> {
        let draft = match stop.run(|| Draft::of(cleaner, self.dump, record)) {
            Ok(draft) => draft.map_err(refused)?,
            Err(reason) => return Ok(vec![self.row(None, Some(reason.to_string()), None)]),
        };
        let mut ledger = Some(draft.ledger);
        let mut rows = Vec::with_capacity(draft.articles.len());
        for (article, sentences) in draft.articles {
            rows.push(self.article(article, pack(&sentences), ledger.take())?);
        }
        if ledger.is_some() {
            rows.push(self.row(ledger, None, None));
        }
        Ok(rows)
    }
}

/// Cleans rows that are records.
pub(super) struct CleanedRows {
    pub(super) rows: Rows,
    pub(super) cleaner: Arc<dechaff::Cleaner>,
    pub(super) stop: Stop,
}

impl CleanedRows {
    fn record(&self, row: &Row) -> Result<Option<dechaff::Record>, Failure> {
        let given = match &row.0[3] {
            Value::Text(text) => Given::Text(text.clone()),
            Value::Bytes(bytes) => Given::Bytes(bytes.clone()),
            _ => return Ok(None),
        };
        let text = |at| row.maybe_text(at).map(str::to_owned);
        let format = match row.maybe_text(5) {
            None => None,
            Some(name) => Some(named("format", name, &FORMATS).map_err(|_| {
                Failure::of(Reason::Other(format!("is of the format {name:?}, which is not known")))
            })?),
        };
        let about = About { url: text(4), id: text(2), format, encoding: None };
        let source = self.stop.run(|| given.source(about));
        let source = source.map_err(|reason| Failure::of(Reason::Unfinished(reason)))??;
        let mut record = Arc::unwrap_or_clone(source.record);
        record.id = text(2);
        Ok(Some(record))
    }
}

impl Makes for CleanedRows {
    fn make(&mut self) -> Result<Option<Vec<Row>>, ArrowError> {
        let Some(row) = self.rows.next().transpose()? else { return Ok(None) };
        let (dump, record) = (row.maybe_text(0).unwrap_or_default(), row.maybe_text(2));
        let name = record.unwrap_or_default();
        // Numbers below zero sort before others.
        let number = row.maybe_number(1);
        let place = number.unwrap_or_default().cast_unsigned() ^ 1 << 63;
        let place = Place { dump, place, name, record };
        // What lacks one cannot be told from others, or has no order among them.
        let lacks = match (record, number) {
            (None, _) => Some("id"),
            (_, None) => Some("place"),
            _ => None,
        };
        if let Some(lacks) = lacks {
            return Ok(Some(vec![place.row(None, Some(format!("has no {lacks}")), None)]));
        }
        match self.record(&row) {
            Ok(Some(record)) => place.cleaned(&self.cleaner, &record, &self.stop).map(Some),
            Ok(None) => Ok(Some(Vec::new())),
            Err(failure) => Ok(Some(vec![place.row(None, Some(failure.reason()), None)])),
        }
    }
}

/// Reads dumps and cleans their records.
pub(super) struct CleanedDumps {
    pub(super) dumps: Rows,
    pub(super) reader: Reader,
    pub(super) cleaner: Arc<dechaff::Cleaner>,
    pub(super) stop: Stop,
    /// The dump that is read, and the place of its next record.
    pub(super) open: Option<(String, u64, dechaff::Records<'static>)>,
}

impl CleanedDumps {
    /// What a part of the dump that is open gives.
    fn part(&self, dump: &str, place: u64, part: Part) -> Result<Vec<Row>, ArrowError> {
        let at = |record| Place { dump, place, name: "", record };
        match part {
            Part::Record(record) => {
                at(record.id.as_deref()).cleaned(&self.cleaner, &record, &self.stop)
            }
            Part::Broken { record, reason } => {
                Ok(vec![at(record.as_deref()).row(None, Some(reason.to_string()), None)])
            }
            Part::Skipped { records, reason } => {
                Ok(vec![at(None).row(None, None, Some(format!("{records} {reason}")))])
            }
        }
    }
}

impl Makes for CleanedDumps {
    fn make(&mut self) -> Result<Option<Vec<Row>>, ArrowError> {
        if let Some((dump, place, mut parts)) = self.open.take() {
            let part = match self.stop.run(|| parts.next()) {
                Ok(part) => part,
                Err(reason) => {
                    let at = Place { dump: &dump, place, name: "", record: None };
                    return Ok(Some(vec![at.row(None, Some(reason.to_string()), None)]));
                }
            };
            let Some(part) = part else { return Ok(Some(Vec::new())) };
            let rows = self.part(&dump, place, part);
            self.open = Some((dump, place + 1, parts));
            return rows.map(Some);
        }
        let Some(row) = self.dumps.next().transpose()? else { return Ok(None) };
        let (dump, path) = (row.text(0)?.to_owned(), row.text(1)?.into());
        let place = row.number(2)?.cast_unsigned().wrapping_mul(RECORDS_OF_DUMP);
        let in_folder = row.number(3)? != 0;
        let source = Source { dump: dump.clone(), path: Some(path), bytes: 0, in_folder };
        let reason = match self.stop.run(|| self.reader.open(&source)) {
            Ok(Ok(parts)) => {
                self.open = Some((dump, place, parts));
                return Ok(Some(Vec::new()));
            }
            Ok(Err(Error::Io { source, .. })) => source.to_string(),
            Ok(Err(error)) => said(&error),
            Err(reason) => reason.to_string(),
        };
        let at = Place { dump: &dump, place, name: "", record: None };
        Ok(Some(vec![at.row(None, Some(reason), None)]))
    }
}
