//! The range of each feature. A dump may be longer, and stranger, than any that was labelled: what grows with it saturates, so that
//! the trees are never asked about a value beyond those they have seen.

/// A feature: its name, and the least and the greatest value that a row may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::clean) struct Column {
    /// Its name.
    pub(in crate::clean) name: &'static str,
    /// The least value.
    pub(in crate::clean) least: f32,
    /// The greatest value.
    pub(in crate::clean) most: f32,
}

/// The logarithm of one and 8,102 characters: more of them say nothing more.
pub(in crate::clean) const TEXT: f32 = 9.0;
/// The same of 402 blocks.
pub(in crate::clean) const BLOCKS: f32 = 6.0;

impl Column {
    /// Values from `least` to `most`.
    pub(in crate::clean) const fn between(name: &'static str, least: f32, most: f32) -> Column {
        Column { name, least, most }
    }

    /// Values from 0 to `most`.
    pub(in crate::clean) const fn to(name: &'static str, most: f32) -> Column {
        Column::between(name, 0.0, most)
    }

    /// A part of a whole, or yes and no: 0 to 1.
    pub(in crate::clean) const fn share(name: &'static str) -> Column {
        Column::to(name, 1.0)
    }

    /// `value`, or the end of the range that it passes.
    pub(in crate::clean) fn bound(&self, value: f32) -> f32 {
        value.clamp(self.least, self.most)
    }
}

/// Brings each value of `row` into the range of its column.
pub(in crate::clean) fn bound(columns: &[Column], row: &mut [f32]) {
    for (column, value) in columns.iter().zip(row) {
        *value = column.bound(*value);
    }
}
