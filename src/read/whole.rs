//! A file that is one record.

use crate::error::Unreadable;
use crate::read::format::Format;
use crate::read::limits::LARGEST_DUMP;
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts, SourceMetadata, text};

/// Reads all of a stream as one record; one that breaks off is read as far as it goes.
pub(super) fn read<'r>(place: Place, mut input: Peek<'r>) -> Parts<'r> {
    Box::new(std::iter::once_with(move || parts(&place, &mut input)).flatten())
}

fn parts(place: &Place, input: &mut Peek) -> impl Iterator<Item = Part> + use<> {
    let (bytes, error) = input.rest(LARGEST_DUMP + 1);
    let record = (error.is_none() || !bytes.is_empty()).then(|| {
        let format = |view: &str| Format::of_file(&place.name, view);
        Part::new(place.record.clone(), text(bytes, None), format, SourceMetadata::default())
    });
    let broken = error.map(|error| place.broken(Unreadable::damaged(error)));
    record.into_iter().chain(broken)
}
