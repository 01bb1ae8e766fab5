//! A file that is one record.

use crate::error::Unreadable;
use crate::read::format::Format;
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts, SourceMetadata, text};

/// Reads all of a stream as one record; one that breaks off is read as far as it goes.
pub(super) fn read<'r>(place: Place, mut input: Peek<'r>) -> Parts<'r> {
    Box::new(std::iter::once_with(move || parts(&place, &mut input)).flatten())
}

fn parts(place: &Place, input: &mut Peek) -> impl Iterator<Item = Part> + use<> {
    let limits = &place.settings.limits;
    let (bytes, error) = input.rest(limits.record.saturating_add(1));
    let is_read = error.is_none() || !bytes.is_empty() && !place.budget.is_spent();
    let record = is_read.then(|| {
        let format = |view: &str| Format::of_file(&place.name, view);
        let view = text(bytes, None, limits);
        Part::new(place.record.clone(), view, format, SourceMetadata::default())
    });
    let broken = error.map(|error| place.broken(Unreadable::damaged(error)));
    record.into_iter().chain(broken)
}
