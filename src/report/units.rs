//! From bytes of UTF-8 to units of UTF-16, which a page counts in.

/// Bytes between two places whose count is kept.
const STEP: usize = 512;

/// The units before each byte of a text.
pub(super) struct Units<'t> {
    bytes: &'t [u8],
    before: Vec<usize>,
}

fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|&b| usize::from(b & 0xc0 != 0x80) + usize::from(b >= 0xf0)).sum()
}

impl<'t> Units<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut sum = 0;
        let before = bytes.chunks(STEP).map(|step| {
            let before = sum;
            sum += units(step);
            before
        });
        Self { before: before.collect(), bytes }
    }

    /// How many units stand before this byte; all of them where the text ends before it.
    pub(super) fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let step = (byte / STEP).min(self.before.len().saturating_sub(1));
        self.before.get(step).map_or(0, |before| before + units(&self.bytes[step * STEP..byte]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn units_are_those_of_utf_16(text in "\\PC{0,900}") {
            let units = Units::of(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(units.at(at), text[..at].encode_utf16().count());
            }
        }
    }
}
