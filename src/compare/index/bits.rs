//! Numbers as bits, each as short as it can be said (Golomb 1966, Rice 1979).

/// Takes numbers, the lowest bits first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    waiting: u64,
    held: u32,
}

impl BitWriter {
    /// Adds the lowest `bits` of a number, at most 56 of them.
    pub(super) fn push(&mut self, value: u64, bits: u32) {
        self.waiting |= (value & mask(bits)) << self.held;
        self.held += bits;
        while self.held >= 8 {
            self.bytes.push(self.waiting as u8);
            self.waiting >>= 8;
            self.held -= 8;
        }
    }

    /// Adds a number that is most often less than two to the power of `low`.
    pub(super) fn push_rice(&mut self, value: u64, low: u32) {
        (0..value >> low).for_each(|_| self.push(1, 1));
        self.push(0, 1);
        self.push(value, low);
    }

    /// What was written, up to a whole byte; the next number begins anew.
    pub(super) fn take(&mut self) -> Vec<u8> {
        if self.held > 0 {
            self.bytes.push(self.waiting as u8);
        }
        (self.waiting, self.held) = (0, 0);
        std::mem::take(&mut self.bytes)
    }
}

/// Gives numbers back; None at the end.
#[derive(Debug)]
pub(super) struct BitReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> BitReader<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// A number of so many bits, at most 56.
    pub(super) fn read(&mut self, bits: u32) -> Option<u64> {
        if self.at + bits as usize > 8 * self.bytes.len() {
            return None;
        }
        let rest = &self.bytes[self.at / 8..];
        let mut word = [0; 8];
        let len = rest.len().min(8);
        word[..len].copy_from_slice(&rest[..len]);
        let value = u64::from_le_bytes(word) >> (self.at % 8) & mask(bits);
        self.at += bits as usize;
        Some(value)
    }

    /// A number that was written with the same `low`.
    pub(super) fn read_rice(&mut self, low: u32) -> Option<u64> {
        let mut high = 0;
        while self.read(1)? == 1 {
            high += 1;
        }
        Some(high << low | self.read(low)?)
    }
}

fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// Bits that numbers below `count` need.
pub(super) fn bits_of(count: u64) -> u32 {
    u64::BITS - count.saturating_sub(1).leading_zeros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let mut writer = BitWriter::default();
        let numbers = [0, 1, 5, 63, 64, 1000, 123_456];
        for number in numbers {
            writer.push_rice(number, 6);
            writer.push(number, 17);
        }
        writer.push(mask(56), 56);
        let bytes = writer.take();
        let mut reader = BitReader::new(&bytes);
        for number in numbers {
            assert_eq!((reader.read_rice(6), reader.read(17)), (Some(number), Some(number)));
        }
        assert_eq!((reader.read(56), reader.read(8)), (Some(mask(56)), None));
    }

    #[test]
    fn the_bits_that_numbers_need() {
        assert_eq!([0, 1, 2, 3, 1 << 20, (1 << 20) + 1].map(bits_of), [0, 0, 1, 2, 20, 21]);
    }
}
