//! A set of keys in few bits: what was put in is found, and a few of all others too.
//!
//! Each key is an equation over a band of 128 bits; their solution is what is kept (ribbon filters: Dillinger and Walzer 2021).

/// Bits of a set that is small, but for a few.
const ROOM: usize = 2048;
/// Bits of a key that are compared, at least and at most: of keys that were not put in one in two to the power of so many is found.
const COMPARED: [usize; 2] = [4, 12];
/// Slots that a key's equation spans.
const BAND: usize = 128;
/// Seeds that are tried before there are more slots.
const SEEDS: u8 = 4;

/// A key's equation.
struct Equation {
    /// The first slot of its band.
    start: usize,
    /// Which slots of the band count.
    band: u128,
    /// What they must sum up to, column by column.
    sum: u16,
}

impl Equation {
    fn of(key: u64, seed: u8, slots: usize) -> Self {
        let first = mix(key ^ u64::from(seed).wrapping_mul(0xa076_1d64_78bd_642f));
        let [second, third] =
            [mix(first ^ 0xe703_7ed1_a0b4_28db), mix(first ^ 0x8ebc_6af0_9c88_c6e3)];
        let width = slots.min(BAND);
        let starts = slots - width + 1;
        Self {
            start: (((first >> 32) * starts as u64) >> 32) as usize,
            band: (u128::from(second) << 64 | u128::from(third)) & (u128::MAX >> (BAND - width)),
            sum: first as u16,
        }
    }
}

/// A hash of which every bit depends on all bits (the last steps of MurmurHash3, Appleby).
fn mix(key: u64) -> u64 {
    let key = (key ^ key >> 33).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let key = (key ^ key >> 33).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    key ^ key >> 33
}

/// Bits that are compared in a set of so many keys.
fn compared(keys: usize) -> usize {
    (ROOM / keys.max(1)).clamp(COMPARED[0], COMPARED[1])
}

/// The set of keys as bytes: seed, slots beyond the number of keys, and the columns. The keys are given once each.
pub(super) fn build(keys: &[u64]) -> Vec<u8> {
    if keys.is_empty() {
        return Vec::new();
    }
    let compared = compared(keys.len());
    let mut more = keys.len() / 40 + 4;
    loop {
        let slots = keys.len() + more;
        if let Some((seed, columns)) =
            (0..SEEDS).find_map(|seed| Some((seed, solve(keys, seed, slots, compared)?)))
        {
            let mut bytes = vec![seed];
            bytes.extend((more as u16).to_le_bytes());
            bytes.extend(columns);
            return bytes;
        }
        more += keys.len() / 40 + 4;
    }
}

/// The columns that solve the equations of all keys; None where these contradict each other.
fn solve(keys: &[u64], seed: u8, slots: usize, compared: usize) -> Option<Vec<u8>> {
    let mut rows = vec![(0u128, 0u16); slots];
    for &key in keys {
        let Equation { start: mut at, mut band, mut sum } = Equation::of(key, seed, slots);
        loop {
            if band == 0 {
                if sum & ((1 << compared) - 1) != 0 {
                    return None;
                }
                break;
            }
            let zeros = band.trailing_zeros();
            (at, band) = (at + zeros as usize, band >> zeros);
            if rows[at].0 == 0 {
                rows[at] = (band, sum);
                break;
            }
            (band, sum) = (band ^ rows[at].0, sum ^ rows[at].1);
        }
    }
    let width = slots.div_ceil(8);
    let mut columns = vec![0; compared * width];
    let mut windows = vec![0u128; compared];
    for (at, (band, sum)) in rows.into_iter().enumerate().rev() {
        for (column, window) in windows.iter_mut().enumerate() {
            *window <<= 1;
            let bit = (band & *window).count_ones() as u16 ^ sum >> column;
            let bit = u8::from(band != 0) & bit as u8 & 1;
            *window |= u128::from(bit);
            columns[column * width + at / 8] |= bit << (at % 8);
        }
    }
    Some(columns)
}

/// A set that was built.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filter<'b> {
    columns: &'b [u8],
    seed: u8,
    slots: usize,
}

impl<'b> Filter<'b> {
    /// Reads what was built of so many keys; None where it is damaged.
    pub(super) fn read(bytes: &'b [u8], keys: usize) -> Option<Self> {
        if keys == 0 {
            return Some(Self { columns: &[], seed: 0, slots: 0 });
        }
        let (&[seed, low, high], columns) = bytes.split_first_chunk()?;
        let slots = keys + usize::from(u16::from_le_bytes([low, high]));
        (columns.len() == compared(keys) * slots.div_ceil(8)).then_some(Self {
            columns,
            seed,
            slots,
        })
    }

    /// The share of other keys that are found though they were not put in.
    pub(super) fn chance(&self) -> f32 {
        let compared = self.columns.len() / self.slots.div_ceil(8).max(1);
        1.0 / (1u32 << compared) as f32
    }

    /// Whether a key was put in; of others a few are found too.
    pub(super) fn has(&self, key: u64) -> bool {
        if self.slots == 0 {
            return false;
        }
        let Equation { start, band, sum } = Equation::of(key, self.seed, self.slots);
        self.columns.chunks_exact(self.slots.div_ceil(8)).enumerate().all(|(at, column)| {
            (window(column, start) & band).count_ones() as u16 & 1 == sum >> at & 1
        })
    }
}

/// The 128 bits of a column from one on; zeros beyond its end.
fn window(column: &[u8], start: usize) -> u128 {
    let rest = &column[start / 8..];
    let low = match rest.first_chunk::<16>() {
        Some(whole) => u128::from_le_bytes(*whole),
        None => rest.iter().rev().fold(0, |word, &byte| word << 8 | u128::from(byte)),
    };
    let shift = start % 8;
    let high = rest.get(16).map_or(0, |&byte| u128::from(byte));
    if shift == 0 { low } else { low >> shift | high << (BAND - shift) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found_and_few_others_are() {
        for count in [1, 7, 100, 127, 128, 130, 500, 3000] {
            let keys: Vec<u64> = (0..count).map(|n| mix(n + 1)).collect();
            let bytes = build(&keys);
            let filter = Filter::read(&bytes, keys.len()).unwrap();
            assert!(keys.iter().all(|&key| filter.has(key)), "{count}");
            let others = (0..16_000u64).filter(|&n| filter.has(mix(n + 1_000_000))).count();
            let expected = 16_000.0 * filter.chance();
            assert!((others as f32 - expected).abs() < 20.0 + expected / 4.0, "{count}: {others}");
        }
    }

    #[test]
    fn a_set_of_five_hundred_keys_takes_little_more_than_half_as_many_bytes() {
        let keys: Vec<u64> = (0..500).map(|n| mix(n + 1)).collect();
        assert!((250..275).contains(&build(&keys).len()), "{}", build(&keys).len());
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        let bytes = build(&[1, 2, 3]);
        assert!(Filter::read(&bytes[..bytes.len() - 1], 3).is_none());
        assert!(Filter::read(&[], 3).is_none());
        assert!(!Filter::read(&[], 0).unwrap().has(1));
    }
}
