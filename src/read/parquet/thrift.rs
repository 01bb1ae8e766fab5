//! What a Parquet file says of itself, looked at before it is believed. The footer and the heads of pages are structures of Thrift's compact
//! protocol (Apache Thrift, `thrift-compact-protocol.md`); whoever decodes them makes room for what they claim.

/// Structures within each other that are followed, and groups of a schema within each other.
const DEEPEST: usize = 64;

/// Types of the compact protocol.
const I32: u8 = 5;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Bytes that are read from front to back; every step says None where they are no Thrift.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Thrift<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn varint(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn int(&mut self) -> Option<i64> {
        self.varint().map(|value| (value >> 1) as i64 ^ -((value & 1) as i64))
    }

    fn pass(&mut self, bytes: u64) -> Option<()> {
        self.at = self
            .at
            .checked_add(usize::try_from(bytes).ok()?)
            .filter(|&at| at <= self.bytes.len())?;
        Some(())
    }

    /// The number of elements of a list, each of which takes a byte at least, and their type.
    fn list(&mut self) -> Option<(usize, u8)> {
        let head = self.byte()?;
        let len = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        let len = usize::try_from(len).ok().filter(|&len| len <= self.bytes.len() - self.at)?;
        Some((len, head & 15))
    }

    /// Goes through the fields of a structure. `take` gets the number and the type of each, and says whether it has read the value.
    fn fields(
        &mut self,
        depth: usize,
        take: &mut dyn FnMut(&mut Self, i64, u8) -> Option<bool>,
    ) -> Option<()> {
        let mut field = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            field = if head >> 4 == 0 {
                self.int()?
            } else {
                i64::checked_add(field, i64::from(head >> 4))?
            };
            if !take(self, field, head & 15)? {
                self.skip(head & 15, depth, false)?;
            }
        }
    }

    /// Skips a value. A truth value stands in the head of its field, but takes a byte of its own in a list.
    fn skip(&mut self, kind: u8, depth: usize, in_list: bool) -> Option<()> {
        let deeper = depth.checked_sub(1)?;
        match kind {
            1 | 2 => self.pass(in_list.into()),
            3 => self.pass(1),
            4..=6 => self.varint().map(drop),
            7 => self.pass(8),
            8 => self.varint().and_then(|len| self.pass(len)),
            LIST | 10 => {
                let (len, kind) = self.list()?;
                (0..len).try_for_each(|_| self.skip(kind, deeper, true))
            }
            11 => {
                let len = self.varint()?;
                let kinds = if len > 0 { self.byte()? } else { 0 };
                (0..len).try_for_each(|_| {
                    self.skip(kinds >> 4, deeper, true)
                        .and_then(|()| self.skip(kinds & 15, deeper, true))
                })
            }
            STRUCT => self.fields(deeper, &mut |_, _, _| Some(false)),
            _ => None,
        }
    }
}

/// Whether a footer can be decoded: no list claims more than stands there, and neither structures nor groups of columns stand too deep in
/// each other.
pub(super) fn is_sound_footer(footer: &[u8]) -> bool {
    let mut thrift = Thrift { bytes: footer, at: 0 };
    let footer = thrift.fields(DEEPEST, &mut |thrift, field, kind| {
        if (field, kind) == (2, LIST) { schema(thrift).map(|()| true) } else { Some(false) }
    });
    footer.is_some()
}

/// Reads a schema, a tree of which every element says how many of those that follow are its children.
fn schema(thrift: &mut Thrift) -> Option<()> {
    let (len, kind) = thrift.list()?;
    // How many children each open group still wants.
    let mut open: Vec<i64> = Vec::new();
    for _ in 0..len {
        let mut children = 0;
        let mut take = |thrift: &mut Thrift, field: i64, kind: u8| {
            let is_children = (field, kind) == (5, I32);
            if is_children {
                children = thrift.int()?;
            }
            Some(is_children)
        };
        if kind != STRUCT {
            return None;
        }
        thrift.fields(DEEPEST, &mut take)?;
        while open.pop_if(|wanted| *wanted == 0).is_some() {}
        open.last_mut().into_iter().for_each(|wanted| *wanted -= 1);
        if children > 0 {
            open.push(children);
        }
        if open.len() > DEEPEST {
            return None;
        }
    }
    Some(())
}

/// The encoding in which a text is what it adds to the one before.
pub(super) const DELTA_BYTE_ARRAY: i64 = 7;
/// The encoding in which the lengths of all texts stand before them.
pub(super) const DELTA_LENGTH_BYTE_ARRAY: i64 = 6;

/// What the head of a page says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageHead {
    /// Bytes of the head itself.
    pub(super) bytes: u64,
    /// Bytes of the page as it is stored, and unpacked.
    pub(super) packed: i64,
    pub(super) unpacked: i64,
    /// Values of a page of data, nulls too, and how they are written.
    pub(super) values: i64,
    pub(super) encoding: i64,
    /// Values of a dictionary.
    pub(super) entries: i64,
}

impl PageHead {
    /// Reads the head at the start of `bytes`; None where there is none.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut head = Self::default();
        let mut thrift = Thrift { bytes, at: 0 };
        thrift.fields(DEEPEST, &mut |thrift, field, kind| {
            match (field, kind) {
                (2, I32) => head.unpacked = thrift.int()?,
                (3, I32) => head.packed = thrift.int()?,
                (5, STRUCT) => [head.values, head.encoding] = ints(thrift, [1, 2])?,
                (7, STRUCT) => [head.entries] = ints(thrift, [1])?,
                (8, STRUCT) => [head.values, head.encoding] = ints(thrift, [1, 4])?,
                _ => return Some(false),
            }
            Some(true)
        })?;
        head.bytes = thrift.at as u64;
        let is_sound = [head.packed, head.unpacked, head.values, head.entries]
            .into_iter()
            .all(|count| (0..=i64::from(i32::MAX)).contains(&count));
        is_sound.then_some(head)
    }
}

/// The fields of a structure that have these numbers; 0 for one that it has not, or that is no number.
fn ints<const N: usize>(thrift: &mut Thrift, wanted: [i64; N]) -> Option<[i64; N]> {
    let mut found = [0; N];
    thrift.fields(DEEPEST, &mut |thrift, field, kind| {
        let place = wanted.iter().position(|&number| (field, kind) == (number, I32));
        if let Some(place) = place {
            found[place] = thrift.int()?;
        }
        Some(place.is_some())
    })?;
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_page_is_read() {
        // Type 0, 300 bytes unpacked, 20 packed; in field 5 five values and their encoding; a list of two texts in field 9, which nobody asked for.
        let head = [
            0x15, 0, 0x15, 0xd8, 4, 0x15, 40, 0x2c, 0x15, 10, 0x15, 14, 0, 0x49, 0x28, 1, b'a', 1,
            b'b', 0, 0xff,
        ];
        assert_eq!(
            PageHead::read(&head),
            Some(PageHead {
                bytes: 20,
                packed: 20,
                unpacked: 300,
                values: 5,
                encoding: DELTA_BYTE_ARRAY,
                entries: 0
            })
        );
        assert!(
            (0..20).all(|len| PageHead::read(&head[..len]).is_none()),
            "a head that breaks off"
        );
        assert_eq!(PageHead::read(&[0x25, 1, 0]), None, "a size below 0");
    }

    #[test]
    fn a_footer_that_claims_too_much_is_refused() {
        let version = [0x15, 4];
        // Two elements of a schema: a group of one child, and the child.
        let schema = [0x19, 0x2c, 0x55, 2, 0, 0x15, 12, 0];
        assert!(is_sound_footer(&[&version[..], &schema, &[0]].concat()));
        let row_groups = [0x19, 0xfc, 0xff, 0xff, 0xff, 0xff, 7];
        assert!(
            !is_sound_footer(&[&version[..], &schema, &row_groups, &[0]].concat()),
            "2^31 - 1 row groups"
        );
        let deep: Vec<u8> = [0x19, 0xfc, 100]
            .into_iter()
            .chain((0..100).flat_map(|_| [0x55, 2, 0]))
            .chain([0])
            .collect();
        assert!(
            !is_sound_footer(&[&version[..], &deep].concat()),
            "a hundred groups within each other"
        );
        let structs = vec![0x1c; 1 << 20];
        assert!(!is_sound_footer(&structs), "structures without an end");
    }
}
