//! Listings that a page lays out by other elements than `pre`.

pub(crate) mod line_numbers;
pub(crate) mod listing_reader;
pub(crate) mod written_out;
