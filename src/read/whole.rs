//! A file that is one record.

use crate::error::Unreadable;
use crate::read::charset::decode;
use crate::read::format::foreign;
use crate::read::peek::Peek;
use crate::read::{About, Flow, Format, LARGEST_DUMP, Place, Visit};

/// Reads all of a stream as one record; one that breaks off is read as far as it goes.
pub(super) fn read(visit: &mut Visit, place: &Place, mut input: Peek) -> Flow {
    let (bytes, error) = input.rest(LARGEST_DUMP + 1);
    if error.is_none() || !bytes.is_empty() {
        let view = decode(bytes, None).and_then(|view| foreign(&view.text).map_or(Ok(view), Err));
        visit.record(
            place.record.clone(),
            view,
            |view| Format::of_file(&place.name, view),
            About::default(),
        )?;
    }
    error.map_or(Flow::Continue(()), |error| {
        visit.broken(place.record.clone(), Unreadable::damaged(error))
    })
}
