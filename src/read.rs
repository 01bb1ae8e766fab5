//! From a dump's bytes to its text view, or the reason why there is none.

use std::io::Read;

use crate::error::{Error, Result, Unreadable};
use crate::walk::Source;

/// Largest dump that is held in memory, in bytes.
pub const LARGEST_DUMP: u64 = 1 << 29;
/// Longest line that is taken for text, in bytes.
pub const LONGEST_LINE: usize = 1 << 24;

/// Most lines of a dump: what is kept in memory grows with them.
pub const MOST_LINES: usize = 1 << 20;

/// Reads a dump as text.
///
/// # Errors
/// [`Error::Io`] when it cannot be read, [`Error::Unreadable`] when it is empty, too large, binary, not UTF-8, or one endless line.
pub fn read(source: &Source) -> Result<String> {
    let bytes = match &source.path {
        Some(path) => std::fs::File::open(path).and_then(bounded).map_err(Error::io(path))?,
        None => bounded(std::io::stdin().lock()).map_err(Error::io("standard input"))?,
    };
    Ok(text_view(bytes)?)
}

fn bounded(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LARGEST_DUMP + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text view of a UTF-8 dump: the bytes themselves.
///
/// # Errors
/// [`Unreadable`] says why the bytes are no text.
pub fn text_view(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.len() as u64 > LARGEST_DUMP {
        return Err(Unreadable::TooLarge { limit: LARGEST_DUMP });
    }
    if let Some(offset) = memchr::memchr(0, &bytes) {
        return Err(Unreadable::Binary { offset });
    }
    let text = String::from_utf8(bytes).map_err(|e| Unreadable::NotUtf8 { offset: e.utf8_error().valid_up_to() })?;
    if memchr::memchr_iter(b'\n', text.as_bytes()).nth(MOST_LINES).is_some() {
        return Err(Unreadable::TooManyLines { limit: MOST_LINES });
    }
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        if end - start > LONGEST_LINE {
            return Err(Unreadable::LongLine { offset: start, limit: LONGEST_LINE });
        }
        start = end + 1;
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() { Err(Unreadable::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(text_view(b" \n\xc2\xa0\n".to_vec()), Err(Unreadable::Empty));
        assert_eq!(text_view(b"PK\0\0".to_vec()), Err(Unreadable::Binary { offset: 2 }));
        assert_eq!(text_view(b"caf\xe9 noir".to_vec()), Err(Unreadable::NotUtf8 { offset: 3 }));
        let mut long = b"short\n".to_vec();
        long.resize(LONGEST_LINE + 10, b'x');
        assert_eq!(text_view(vec![b'\n'; MOST_LINES + 1]), Err(Unreadable::TooManyLines { limit: MOST_LINES }));
        assert_eq!(text_view(long), Err(Unreadable::LongLine { offset: 6, limit: LONGEST_LINE }));
    }
}
