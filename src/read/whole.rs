//! A file that is one record, but for one of several pages of Markdown, each below its title and address.

use crate::error::Unreadable;
use crate::read::charset::View;
use crate::read::fetched::fetched_pages;
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
    let format = |view: &str| Format::of_file(&place.name, view);
    let part = |id, view| Part::new(id, view, format, SourceMetadata::default());
    let records: Vec<Part> = match is_read.then(|| text(bytes, None, limits)) {
        None => Vec::new(),
        Some(Err(reason)) => vec![part(place.record.clone(), Err(reason))],
        Some(Ok(view)) => match pages_of(&view) {
            pages if pages.len() > 1 => {
                let numbered = (1..).zip(pages);
                numbered
                    .map(|(number, page)| part(place.id(&number.to_string()), Ok(page)))
                    .collect()
            }
            _ => vec![part(place.record.clone(), Ok(view))],
        },
    };
    let broken = error.map(|error| place.broken(Unreadable::damaged(error)));
    records.into_iter().chain(broken)
}

/// The pages of Markdown in a view; none of another.
fn pages_of(view: &View) -> Vec<View> {
    let pages = fetched_pages(&view.text);
    if pages.len() < 2 {
        return Vec::new();
    }
    let page = |text: &str| View {
        text: text.to_owned(),
        encoding: view.encoding,
        replaced: view.replaced && text.contains(char::REPLACEMENT_CHARACTER),
    };
    pages.into_iter().map(page).collect()
}
