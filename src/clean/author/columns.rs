//! What the scorer of authors sees of a candidate: the names of the features, and the ranges of their values.

use std::ops::RangeInclusive;

use crate::clean::model::range::Column;
use crate::span::Kind;

/// Blocks up to which a distance is told.
pub(super) const FAR: f32 = 40.0;
/// Prints of a name that are counted.
pub(super) const PRINTS: usize = 12;

/// The features of a candidate, in the order of its row.
pub(super) const COLUMNS: [Column; 63] = [
    Column::between("to_title", -FAR, FAR),
    Column::share("titled"),
    Column::between("to_first", -FAR, FAR),
    Column::between("to_last", -FAR, FAR),
    Column::share("below_end"),
    Column::to("gap", 4.0),
    Column::to("gap_after", 4.0),
    Column::to("line_words", 60.0),
    Column::to("line_chars", 260.0),
    Column::share("marked"),
    Column::share("ends_sentence"),
    Column::share("prose"),
    Column::share("line_upper"),
    Column::share("line_capitalised"),
    Column::to("line_digits", 16.0),
    Column::to("parts", 12.0),
    Column::to("part", 12.0),
    Column::to("form", 3.0),
    Column::to("names", 6.0),
    Column::to("words", 6.0),
    Column::to("chars", 60.0),
    Column::share("in_capitals"),
    Column::share("in_small"),
    Column::share("without_case"),
    Column::share("initial"),
    Column::share("of_line"),
    Column::share("opened"),
    Column::to("sign", 8.0),
    Column::share("day_in_line"),
    Column::share("day_above"),
    Column::share("day_below"),
    Column::to("to_day", 8.0),
    Column::between("mark_kind", -1.0, Kind::ALL.len() as f32),
    Column::to("mark_force", 3.0),
    Column::to("verdict", Kind::ALL.len() as f32),
    Column::share("name_below"),
    Column::to("prints", PRINTS as f32),
    Column::to("prints_in_text", PRINTS as f32),
    Column::to("prints_above", PRINTS as f32),
    Column::to("prints_below", PRINTS as f32),
    Column::to("prints_alone", PRINTS as f32),
    Column::to("prints_about", PRINTS as f32),
    Column::share("common"),
    Column::share("common_of_last"),
    Column::share("in_small_elsewhere"),
    Column::share("in_title"),
    Column::to("rank", 120.0),
    Column::to("candidates", 120.0),
    Column::to("words_above", 60.0),
    Column::to("words_below", 60.0),
    Column::share("text_above"),
    Column::share("text_below"),
    Column::to("kind_above", Kind::ALL.len() as f32),
    Column::to("kind_below", Kind::ALL.len() as f32),
    Column::to("opened_among", 12.0),
    Column::share("told"),
    Column::share("others_told"),
    Column::to("same", 12.0),
    Column::share("same_opened"),
    Column::share("same_about"),
    Column::share("item"),
    Column::to("first_letters", 20.0),
    Column::to("last_letters", 20.0),
];
/// How many features a candidate has.
pub(super) const FEATURES: usize = COLUMNS.len();

/// What the scorer sees of a candidate.
pub(super) type Row = [f32; FEATURES];

/// The names of the features with the range of their values, in the order of a row.
pub(super) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
    COLUMNS.iter().map(|column| (column.name, column.least..=column.most))
}
