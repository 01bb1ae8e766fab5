//! How long texts get that are written as what each adds to the one before: DELTA_BYTE_ARRAY, in which the bytes that each takes over stand
//! first, as DELTA_BINARY_PACKED (Apache Parquet, `Encodings.md`). A page of few bytes may hold long texts many times.

use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::errors::ParquetError;
use parquet::schema::types::ColumnDescriptor;

/// Bytes that the texts of a column take over from those before them. Whoever decodes them makes room for as many as their pages say.
///
/// # Errors
/// When a page does not say how many, or says it for more texts than it has.
pub(super) fn taken_over(
    pages: &mut dyn PageReader,
    column: &ColumnDescriptor,
) -> Result<u64, ParquetError> {
    let mut bytes = 0_u64;
    while let Some(page) = pages.get_next_page()? {
        let taken = match page.encoding() {
            Encoding::DELTA_BYTE_ARRAY => {
                values_of(&page, column).and_then(|values| taken(values, page.num_values().into()))
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY => values_of(&page, column)
                .and_then(|values| sum(&mut Packed { bytes: values }, page.num_values().into()))
                .map(|_| 0),
            _ => continue,
        };
        bytes = bytes.saturating_add(
            taken.ok_or_else(|| ParquetError::General("a page of texts is damaged".into()))?,
        );
    }
    Ok(bytes)
}

/// The sum of the numbers of bytes taken over, behind which as many numbers of bytes added stand.
fn taken(values: &[u8], most: u64) -> Option<u64> {
    let mut packed = Packed { bytes: values };
    let taken = sum(&mut packed, most)?;
    sum(&mut packed, most).map(|_| taken)
}

/// What stands in a page behind the levels of its values.
fn values_of<'p>(page: &'p Page, column: &ColumnDescriptor) -> Option<&'p [u8]> {
    match page {
        Page::DataPage { buf, rep_level_encoding, def_level_encoding, .. } => {
            let mut values = &buf[..];
            for (most, encoding) in [
                (column.max_rep_level(), rep_level_encoding),
                (column.max_def_level(), def_level_encoding),
            ] {
                if most > 0 {
                    let (len, rest) =
                        values.split_first_chunk().filter(|_| *encoding == Encoding::RLE)?;
                    values = rest.get(u32::from_le_bytes(*len) as usize..)?;
                }
            }
            Some(values)
        }
        Page::DataPageV2 { buf, rep_levels_byte_len, def_levels_byte_len, .. } => {
            buf.get(*rep_levels_byte_len as usize + *def_levels_byte_len as usize..)
        }
        Page::DictionaryPage { .. } => None,
    }
}

/// The sum of at most `most` numbers that are packed as 32-bit differences; one below 0 counts as 0. None where they are damaged.
fn sum(packed: &mut Packed, most: u64) -> Option<u64> {
    if packed.bytes.is_empty() {
        return Some(0);
    }
    let (block, parts, count) = (packed.varint()?, packed.varint()?, packed.varint()?);
    let first = packed.zigzag()?;
    let part = block.checked_div(parts).filter(|part| *part > 0)?;
    if count > most {
        return None;
    }
    let mut sum = if count > 0 { first.max(0) as u64 } else { 0 };
    let (mut left, mut number) = (count.saturating_sub(1), first);
    while left > 0 {
        let least = packed.zigzag()?;
        for &width in packed.take(parts)? {
            let here = left.min(part);
            if here == 0 {
                break;
            }
            let bits = packed
                .take((part / 8).checked_mul(width.into())?.min(packed.bytes.len() as u64))?;
            for at in 0..here {
                number = number.wrapping_add(least).wrapping_add(difference(bits, at, width)?);
                sum += number.max(0) as u64;
            }
            left -= here;
        }
    }
    Some(sum)
}

/// The difference with this number, of so many bits each.
fn difference(bits: &[u8], number: u64, width: u8) -> Option<i32> {
    let (from, mask) =
        (number * u64::from(width), 1_u64.checked_shl(width.into())?.wrapping_sub(1));
    let bytes = bits
        .get((from / 8) as usize..)
        .filter(|bytes| width <= 32 && bytes.len() as u64 * 8 >= from % 8 + u64::from(width))?;
    let word = bytes.iter().take(8).rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
    Some((word >> (from % 8) & mask) as u32 as i32)
}

/// Bytes that are read from front to back.
struct Packed<'b> {
    bytes: &'b [u8],
}

impl<'b> Packed<'b> {
    fn take(&mut self, bytes: u64) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(bytes).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.take(1)?[0];
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i32> {
        self.varint().map(|value| ((value >> 1) as i64 ^ -((value & 1) as i64)) as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(bytes: &[u8], most: u64) -> Option<u64> {
        super::sum(&mut Packed { bytes }, most)
    }

    /// The numbers of an example of `Encodings.md`: 7, 5, 3, 1, 2, 3, 4, 5.
    #[test]
    fn packed_numbers_are_summed() {
        let mut bytes = vec![0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0xc0, 0x3f, 0, 0, 0, 0, 0, 0];
        assert_eq!(sum(&bytes, 8), Some(30));
        assert_eq!(sum(&bytes, 7), None, "more numbers than values");
        assert!((1..12).all(|len| sum(&bytes[..len], 8).is_none()), "a page that breaks off");
        bytes[1] = 0;
        assert_eq!(sum(&bytes, 8), None, "blocks of no numbers");
    }
}
