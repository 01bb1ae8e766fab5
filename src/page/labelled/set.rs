//! A set of labels that comes back with each record of a text.

use std::collections::BTreeSet;

use crate::page::labelled::label::{Field, Label};
use crate::page::labelled::sheet::Sheet;

/// Lines above a head that may belong to it, at most.
pub(super) const ABOVE: usize = 14;

/// A set of labels of which every record has most.
#[derive(Debug)]
pub(super) struct Set<'s> {
    pub(super) names: BTreeSet<&'s str>,
    /// The labels by which records are counted, one in each, as places in the labels of the sheet.
    pub(super) anchors: Vec<usize>,
    /// The line of a label of the same name behind the last record, where that stands there alone, as in the foot of a digest.
    pub(super) end: usize,
}

impl<'s> Set<'s> {
    /// The labels that come back with the label `anchor`; none where they tell of no articles.
    pub(super) fn around(sheet: &'s Sheet, anchor: &str) -> Option<Self> {
        let mut anchors: Vec<usize> =
            (0..sheet.labels.len()).filter(|&at| sheet.labels[at].name == anchor).collect();
        let mut names = common(sheet, &anchors);
        let mut end = sheet.lines.len();
        // A label of the same name in a text, or behind all records, has no other beside it.
        let last = *anchors.last()?;
        anchors.retain(|&at| is_accompanied(sheet, at, &names));
        if anchors.last().is_some_and(|&at| at != last) {
            end = sheet.labels[last].line;
        }
        if anchors.len() < 2 {
            return None;
        }
        names.append(&mut common(sheet, &anchors));
        let field = sheet.labels[anchors[0]].field?;
        let has = |wanted: &[Field]| {
            let known = |label: &&Label| {
                names.contains(&*label.name)
                    && label.name != anchor
                    && label.field.is_some_and(|field| wanted.contains(&field))
            };
            let found: BTreeSet<&str> =
                sheet.labels.iter().filter(known).map(|label| &*label.name).collect();
            found.len()
        };
        use Field::{About, Author, Date, Source, Subject, Text, Thing, Title, Url};
        let tells = match field {
            Title => has(&[Author, Date, Subject, Text, Url]) > 0 || has(&[About, Source]) > 1,
            Subject => has(&[Author, Date]) > 0,
            About if sheet.labels[anchors[0]].is_bare => has(&[About]) > 0,
            _ => {
                has(&[Author, Source, Date, Text]) > 0 && has(&[About, Author, Date, Source]) > 1
                    || has(&[About]) > 2
            }
        };
        (tells && has(&[Thing]) == 0).then_some(Self { names, anchors, end })
    }
}

/// The labels that stand in half of the stretches from anchor to anchor; what stands above the first belongs to what stands below the last.
fn common<'s>(sheet: &'s Sheet, anchors: &[usize]) -> BTreeSet<&'s str> {
    let mut seen: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (at, label) in sheet.labels.iter().enumerate() {
        seen.insert((
            &label.name,
            anchors.partition_point(|&anchor| anchor <= at) % anchors.len().max(1),
        ));
    }
    let least = anchors.len().div_ceil(2).max(2);
    let names: BTreeSet<&str> = seen.iter().map(|(name, _)| *name).collect();
    names
        .into_iter()
        .filter(|name| seen.range((*name, 0)..=(*name, usize::MAX)).count() >= least)
        .collect()
}

/// Whether another label of the set stands next to this one, with no text between.
fn is_accompanied(sheet: &Sheet, at: usize, names: &BTreeSet<&str>) -> bool {
    let label = &sheet.labels[at];
    let is_other = |other: &&usize| {
        let other = &sheet.labels[**other];
        names.contains(&*other.name) && other.name != label.name
    };
    let near = |other: usize| {
        let lines = [label.line, sheet.labels[other].line];
        lines[0].abs_diff(lines[1]) <= ABOVE
            && !sheet.has_text(lines[0].min(lines[1])..lines[0].max(lines[1]), names)
    };
    let around: Vec<usize> = (at.saturating_sub(4)..sheet.labels.len().min(at + 5)).collect();
    around.iter().filter(is_other).any(|&other| near(other))
}
