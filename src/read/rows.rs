//! Rows of a table as records.

use crate::error::Unreadable;
use crate::guard::look;
use crate::read::charset::View;
use crate::read::field_names::text_names;
use crate::read::fields::{Object, has_text, record};
use crate::read::place::Place;
use crate::read::record::Part;

/// A row by its number from 1: the object of its columns, and how it was stored.
pub(super) type Row = (usize, Result<(Object, View), Unreadable>);

/// The rows that have a text; at the end, how many have none.
pub(super) struct RowRecords<I> {
    pub(super) place: Place,
    pub(super) rows: I,
    pub(super) textless: usize,
}

impl<I: Iterator<Item = Row>> Iterator for RowRecords<I> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let text_field = self.place.settings.text_field.as_deref();
        for (number, row) in self.rows.by_ref() {
            look();
            let number = number.to_string();
            match row {
                Ok((row, _)) if !has_text(&row, text_names(&text_field)) => self.textless += 1,
                Ok((row, stored)) => return Some(record(&self.place, &number, row, &stored)),
                Err(reason) => {
                    return Some(Part::Broken { record: self.place.id(&number), reason });
                }
            }
        }
        Part::skipped(std::mem::take(&mut self.textless), "rows without a text")
    }
}
