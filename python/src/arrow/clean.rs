//! A table of texts cleaned, batch by batch.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, OnceLock};
use std::thread::ThreadId;

use arrow_array::{
    ArrayRef, Int64Array, RecordBatch, RecordBatchReader, StringArray, StructArray, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, FieldRef, Schema, SchemaRef};
use dechaff::{RecordFormat, Stop};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments::named;
use crate::arrow::batches_of;
use crate::arrow::capsule::Batches;
use crate::arrow::column::{Column, Holds, place_of};
use crate::arrow::rows::{
    article_columns, article_fields, entry_columns, entry_fields, list_type, lists,
};
use crate::arrow::stream::ArrowStream;
use crate::attend::TICK;
use crate::cleaned::Cleaned;
use crate::cleaner::Cleaner;
use crate::errors::{Failure, Reason};
use crate::given::{About, FORMATS, Given};
use crate::locked::locked;

/// Rows that are cleaned for one batch of the result, and bytes of them: what is in memory beside the batch that is read.
const ROWS: usize = 1 << 10;
const BYTES: usize = 4 << 20;

/// What is asked of a table.
pub(crate) struct TableOptions<'a> {
    pub(crate) text: &'a str,
    pub(crate) format: Option<&'a str>,
    pub(crate) url: Option<&'a str>,
    pub(crate) id: Option<&'a str>,
    pub(crate) keep: Vec<String>,
    pub(crate) rows: &'a str,
    pub(crate) ledger: bool,
}

/// What the format of a row is.
enum FormatOf {
    Guessed,
    All(RecordFormat),
    Column(Column),
}

/// Reads batches and cleans their texts.
pub(crate) struct CleanArrow {
    cleaner: Cleaner,
    threads: NonZero<usize>,
    batches: Batches,
    /// The batch that is worked on, and its next row.
    batch: Option<(RecordBatch, usize)>,
    /// Rows before the next one.
    row: usize,
    text: Column,
    format: FormatOf,
    url: Option<Column>,
    id: Option<Column>,
    kept: Vec<usize>,
    by_article: bool,
    ledger: bool,
    schema: SchemaRef,
    stop: Stop,
}

type Outcome = Option<Result<Cleaned, Failure>>;

impl CleanArrow {
    /// The table of the results.
    pub(crate) fn stream(
        cleaner: Cleaner,
        data: &Bound<PyAny>,
        options: TableOptions,
        threads: NonZero<usize>,
    ) -> PyResult<ArrowStream> {
        // Most begin in it: known from here on, other threads need not ask Python.
        is_main_thread();
        let batches = batches_of(data)?;
        let TableOptions { text, format, url, id, keep, rows, ledger } = options;
        let by_article = named("rows", rows, &[("article", true), ("input", false)])?;
        let given = batches.schema();
        let find = |name: &str, holds: Holds| Column::find(&given, name, holds);
        let format = match format {
            None => FormatOf::Guessed,
            Some(name) => match named("format", name, &FORMATS) {
                Ok(format) => FormatOf::All(format),
                Err(unknown) => FormatOf::Column(find(name, Holds::Texts).map_err(|error| {
                    let is_missing = given.index_of(name).is_err();
                    let both = || format!("{}, or the name of a column", unknown.value(data.py()));
                    if is_missing { PyValueError::new_err(both()) } else { error }
                })?),
            },
        };
        let kept =
            keep.iter().map(|name| place_of(&given, name)).collect::<PyResult<Vec<usize>>>()?;
        let schema = schema_of(&given, &kept, by_article, ledger);
        Ok(ArrowStream::new(Box::new(Self {
            text: find(text, Holds::TextsOrBytes)?,
            url: url.map(|name| find(name, Holds::Texts)).transpose()?,
            id: id.map(|name| find(name, Holds::TextsOrNumbers)).transpose()?,
            format,
            cleaner,
            threads,
            batches,
            batch: None,
            row: 0,
            kept,
            by_article,
            ledger,
            schema: Arc::new(schema),
            stop: Stop::default(),
        })))
    }

    /// The next rows of the input: their batch, and where they stand in it.
    fn next_rows(&mut self) -> Result<Option<(RecordBatch, usize)>, ArrowError> {
        loop {
            if let Some((batch, from)) =
                self.batch.take().filter(|(batch, from)| *from < batch.num_rows())
            {
                return Ok(Some((batch, from)));
            }
            match self.batches.next() {
                Some(batch) => {
                    let batch = batch?;
                    for &place in &self.kept {
                        batch.column(place).to_data().validate_full()?;
                    }
                    self.batch = Some((batch, 0));
                }
                None => return Ok(None),
            }
        }
    }

    fn job(&self, batch: &RecordBatch, row: usize) -> Result<Option<(Given, About)>, Failure> {
        let Some(given) = self.text.given(batch, row)? else { return Ok(None) };
        let text = |column: &Option<Column>| match column {
            Some(column) => column.text(batch, row),
            None => Ok(None),
        };
        let format = match &self.format {
            FormatOf::Guessed => None,
            FormatOf::All(format) => Some(*format),
            FormatOf::Column(column) => match column.text(batch, row)? {
                None => None,
                Some(name) => Some(named("format", &name, &FORMATS).map_err(|_| {
                    let column = column.name();
                    Failure::of(Reason::Other(format!(
                        "column {column:?} names the format {name:?}, which is not known"
                    )))
                })?),
            },
        };
        let about = About { url: text(&self.url)?, id: text(&self.id)?, format, encoding: None };
        Ok(Some((given, about)))
    }

    /// Cleans rows from `from` on until there are enough.
    fn cleaned(&self, batch: &RecordBatch, from: usize) -> Result<Vec<Outcome>, ArrowError> {
        let (mut jobs, mut bytes) = (Vec::new(), 0);
        for row in from..batch.num_rows().min(from + ROWS) {
            let job = self.job(batch, row);
            bytes += job.as_ref().ok().and_then(Option::as_ref).map_or(0, |(given, _)| given.len());
            jobs.push(std::sync::Mutex::new(Some(job)));
            if bytes >= BYTES {
                break;
            }
        }
        let next = AtomicUsize::new(0);
        let (sender, done) = channel();
        let (cleaner, stop) = (&self.cleaner, &self.stop);
        let work = || {
            let sender = sender.clone();
            while let Some(at) = Some(next.fetch_add(1, Relaxed)).filter(|at| *at < jobs.len()) {
                let job = locked(&jobs[at]).take();
                let outcome = match job {
                    Some(Ok(Some((given, about)))) => Some(cleaner.cleaned(given, about, stop)),
                    Some(Err(failure)) => Some(Err(failure)),
                    _ => None,
                };
                if sender.send((at, outcome)).is_err() {
                    return;
                }
            }
        };
        let mut outcomes: Vec<Outcome> = Vec::new();
        outcomes.resize_with(jobs.len(), || None);
        std::thread::scope(|scope| {
            let threads = self.threads.get().min(jobs.len());
            (0..threads).for_each(|_| drop(scope.spawn(work)));
            for _ in 0..jobs.len() {
                loop {
                    match done.recv_timeout(TICK) {
                        Ok((at, outcome)) => outcomes[at] = outcome,
                        Err(RecvTimeoutError::Timeout) => {
                            self.look_for_signals()?;
                            continue;
                        }
                        Err(RecvTimeoutError::Disconnected) => {}
                    }
                    break;
                }
            }
            Ok(outcomes)
        })
    }

    /// Ends the work where Ctrl-C was pressed. Who reads the stream sees an error of Arrow; the interrupt is raised again when that is back in
    /// Python.
    fn look_for_signals(&self) -> Result<(), ArrowError> {
        if !is_main_thread() {
            return Ok(());
        }
        Python::attach(|py| {
            py.check_signals().map_err(|error| {
                self.stop.set();
                // Python code would take an interrupt that is raised before it.
                let reason = error.to_string();
                let again =
                    py.import("_thread").and_then(|thread| thread.call_method0("interrupt_main"));
                drop(again);
                ArrowError::ExternalError(reason.into())
            })
        })
    }

    /// The batch of the rows from `from` on that were cleaned.
    fn batch_of(
        &self,
        batch: &RecordBatch,
        from: usize,
        outcomes: &[Outcome],
    ) -> Result<RecordBatch, ArrowError> {
        let mut of_row: Vec<usize> = Vec::new();
        let mut articles = Vec::new();
        for (at, outcome) in outcomes.iter().enumerate() {
            match outcome {
                Some(Ok(cleaned)) => {
                    articles.extend(cleaned.articles.iter().map(|article| Some(&**article)))
                }
                Some(Err(_)) if self.by_article => articles.push(None),
                _ => {}
            }
            of_row.resize(articles.len(), at);
        }
        let by_row = |at: usize| outcomes[at].as_ref().and_then(|outcome| outcome.as_ref().ok());
        let places: Vec<usize> =
            if self.by_article { of_row.clone() } else { (0..outcomes.len()).collect() };
        let row = |at: &usize| (self.row + at) as i64;
        let mut columns: Vec<ArrayRef> =
            vec![Arc::new(places.iter().map(row).collect::<Int64Array>())];
        let rows: UInt64Array = places.iter().map(|at| (from + at) as u64).collect();
        for &place in &self.kept {
            columns.push(arrow_select::take::take(batch.column(place), &rows, None)?);
        }
        let of_articles = article_columns(&articles)?;
        if self.by_article {
            columns.extend(of_articles);
        } else {
            let items = StructArray::try_new(article_fields(), of_articles, None)?;
            let lengths = places.iter().map(|&at| by_row(at).map(|cleaned| cleaned.articles.len()));
            columns.push(Arc::new(lists(lengths, Arc::new(items))?));
        }
        if self.ledger {
            let ledgers =
                places.iter().filter_map(|&at| by_row(at).map(|cleaned| &*cleaned.ledger));
            let items = StructArray::try_new(entry_fields(), entry_columns(ledgers), None)?;
            let lengths =
                places.iter().map(|&at| by_row(at).map(|cleaned| cleaned.ledger.entries().len()));
            columns.push(Arc::new(lists(lengths, Arc::new(items))?));
        }
        let error = |at: &usize| {
            outcomes[*at].as_ref().and_then(|outcome| outcome.as_ref().err()).map(Failure::reason)
        };
        columns.push(Arc::new(places.iter().map(error).collect::<StringArray>()));
        RecordBatch::try_new(self.schema.clone(), columns)
    }

    fn next_batch(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let Some((batch, from)) = self.next_rows()? else { return Ok(None) };
        let outcomes = self.cleaned(&batch, from)?;
        let made = self.batch_of(&batch, from, &outcomes)?;
        self.row += outcomes.len();
        self.batch = Some((batch, from + outcomes.len()));
        Ok(Some(made))
    }
}

impl Iterator for CleanArrow {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Who reads the stream cannot bear that it breaks down.
        let next = self.stop.clone().run(|| self.next_batch());
        next.unwrap_or_else(|reason| Err(ArrowError::ExternalError(Box::new(reason)))).transpose()
    }
}

impl RecordBatchReader for CleanArrow {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Whether this is the thread that Python began in, where signals are handled.
fn is_main_thread() -> bool {
    static MAIN: OnceLock<ThreadId> = OnceLock::new();
    let own = std::thread::current().id();
    if let Some(main) = MAIN.get() {
        return *main == own;
    }
    let is_main = Python::attach(|py| {
        let threading = py.import("threading")?;
        threading.call_method0("current_thread")?.eq(threading.call_method0("main_thread")?)
    });
    let is_main = is_main.unwrap_or(false);
    if is_main {
        // Another thread cannot have set it.
        let _ = MAIN.set(own);
    }
    is_main
}

fn schema_of(given: &Schema, kept: &[usize], by_article: bool, ledger: bool) -> Schema {
    let mut ours: Vec<FieldRef> = Vec::new();
    if by_article {
        ours.extend(article_fields().iter().cloned());
    } else {
        ours.push(Arc::new(Field::new(
            "articles",
            list_type(DataType::Struct(article_fields())),
            true,
        )));
    }
    if ledger {
        ours.push(Arc::new(Field::new(
            "ledger",
            list_type(DataType::Struct(entry_fields())),
            true,
        )));
    }
    ours.push(Arc::new(Field::new("error", DataType::Utf8, true)));
    let row: FieldRef = Arc::new(Field::new("row", DataType::Int64, false));
    let kept = kept.iter().map(|&place| {
        let field = given.field(place).clone();
        let is_taken = [&row].into_iter().chain(&ours).any(|ours| ours.name() == field.name());
        let name = if is_taken { format!("input_{}", field.name()) } else { field.name().clone() };
        Arc::new(field.with_name(name).with_nullable(true))
    });
    let fields: Vec<FieldRef> =
        [row.clone()].into_iter().chain(kept).chain(ours.iter().cloned()).collect();
    Schema::new(fields)
}
