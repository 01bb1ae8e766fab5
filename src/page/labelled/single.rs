//! The only record of a text that begins with several labels in a row.

use std::collections::BTreeSet;

use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::record::{Labelled, read};
use crate::page::labelled::sheet::Sheet;

/// Lines of the head of a single record that no label begins, at most.
const UNLABELLED: usize = 8;

/// The only record of a text that begins with several labels in a row.
pub(super) fn single(sheet: &Sheet) -> Option<Labelled> {
    let filled = |line: &usize| !sheet.is_blank(*line) && !sheet.is_rule(*line);
    let first = (0..sheet.lines.len()).find(filled)?;
    let first_label = sheet.labels.first()?.line;
    let above = first..first_label;
    if above.clone().filter(filled).count() > UNLABELLED || sheet.has_text(above, &BTreeSet::new())
    {
        return None;
    }
    let mut names = BTreeSet::new();
    let mut last = first_label;
    for label in &sheet.labels {
        if sheet.has_text(last..label.line, &names)
            || label.line - last > 4
            || label.field.is_none() && label.line - last > 1
        {
            break;
        }
        names.insert(&*label.name);
        last = label.line;
        if label.field == Some(Field::Text) {
            break;
        }
    }
    let head = sheet.labels_in(first_label..last + 1);
    let count = |wanted: &[Field]| {
        let known = |label: &&Label| label.field.is_some_and(|field| wanted.contains(&field));
        sheet.labels[head.clone()].iter().filter(known).count()
    };
    use Field::{About, Author, Date, Source, Subject, Text, Thing, Title, Url};
    let others = count(&[Author, Source, Date, Url, Text]);
    let tells = count(&[Title]) == 1 && others + count(&[About]).min(2) / 2 > 0
        || count(&[Subject]) == 1 && count(&[Author, Date]) > 0;
    let is_at_top = first_label == first || head.len() >= 3 && others >= 2;
    if !tells
        || !is_at_top
        || count(&[Thing]) > 0
        || !sheet.has_text(last..sheet.lines.len(), &names)
    {
        return None;
    }
    Some(read(sheet, &names, &[(0..sheet.lines.len(), first_label)]))
}
