//! A step as a stream of tables: rows in, rows out, never all of them at once.

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use dechaff::Stop;

use crate::steps::row::{Columns, Row, Rows, batch_of, refused, schema_of};

/// Rows, and bytes of them, of one table that is given.
const ROWS: usize = 1 << 13;
const BYTES: usize = 16 << 20;
/// Rows of one group that are combined as soon as there are so many.
const COMBINED: usize = 1 << 12;

/// What makes rows, some at a time; None when there are no more.
pub(super) trait Makes: Send {
    fn make(&mut self) -> Result<Option<Vec<Row>>, ArrowError>;
}

/// The rows that are made as a stream of tables.
pub(super) struct Made<M> {
    makes: M,
    columns: Columns,
    schema: SchemaRef,
    stop: Stop,
    is_done: bool,
}

impl<M: Makes> Made<M> {
    pub(super) fn new(makes: M, columns: Columns) -> Self {
        let schema = schema_of(columns);
        Self { makes, columns, schema, stop: Stop::default(), is_done: false }
    }

    fn table(&mut self) -> Result<Option<RecordBatch>, ArrowError> {
        let (mut rows, mut bytes): (Vec<Row>, usize) = (Vec::new(), 0);
        while rows.len() < ROWS && bytes < BYTES {
            // What breaks down must not do so into the library that reads the stream.
            let made = self.stop.run(|| self.makes.make());
            let Some(made) = made.unwrap_or_else(|reason| Err(refused(reason)))? else {
                self.is_done = true;
                break;
            };
            bytes += made.iter().map(Row::len).sum::<usize>();
            rows.extend(made);
        }
        let is_there = !(rows.is_empty() && self.is_done);
        is_there.then(|| batch_of(&rows, self.columns, &self.schema)).transpose()
    }
}

impl<M: Makes> Iterator for Made<M> {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let table = self.table().transpose();
        self.is_done |= matches!(table, Some(Err(_)));
        table
    }
}

impl<M: Makes> RecordBatchReader for Made<M> {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// What a step makes of rows that go together.
pub(super) type Work = Box<dyn FnMut(&[Row], &mut Vec<Row>) -> Result<(), ArrowError> + Send>;

/// Rows that follow each other and have the same first columns, worked on together.
pub(super) struct Grouped {
    rows: Rows,
    /// The first row of the next group.
    next: Option<Row>,
    by: usize,
    /// Whether what is made of some rows of a group stands for these.
    combines: bool,
    work: Work,
}

impl Grouped {
    /// Rows go together by so many columns; each stands alone by none.
    pub(super) fn new(rows: Rows, by: usize, combines: bool, work: Work) -> Self {
        Self { rows, next: None, by, combines, work }
    }
}

impl Makes for Grouped {
    fn make(&mut self) -> Result<Option<Vec<Row>>, ArrowError> {
        let first = match self.next.take() {
            Some(row) => row,
            None => match self.rows.next() {
                Some(row) => row?,
                None => return Ok(None),
            },
        };
        let mut group = vec![first];
        while self.by > 0 {
            let Some(row) = self.rows.next().transpose()? else { break };
            if row.0[..self.by] != group[0].0[..self.by] {
                self.next = Some(row);
                break;
            }
            group.push(row);
            if self.combines && group.len() >= COMBINED {
                let mut combined = Vec::new();
                (self.work)(&group, &mut combined)?;
                group = combined;
            }
        }
        let mut made = Vec::new();
        (self.work)(&group, &mut made)?;
        Ok(Some(made))
    }
}
