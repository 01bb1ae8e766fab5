//! UTF-16 around JSON: it is read as UTF-8, as the readers of JSON ask for.

use std::io::{BufRead, Read, Result};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::read::container::Container;
use crate::read::peek::Peek;

/// Bytes at the head by which JSON is told.
const HEAD: usize = 256;
/// Bytes that are decoded at a time.
const STEP: usize = 1 << 14;

/// An input that is JSON in UTF-16 as UTF-8; any other as it is.
pub(super) fn without_utf16(mut input: Peek) -> Peek {
    let Some(encoding) = encoding_of(input.peek(HEAD)) else { return input };
    let decoder = encoding.new_decoder_with_bom_removal();
    Peek::new(Decoded { input, decoder, text: Vec::new(), at: 0, is_over: false })
}

/// The byte order of JSON in UTF-16, with a mark or without.
fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    let (encoding, mark) = match (Encoding::for_bom(head), head) {
        (Some((encoding, mark)), _) => (encoding, mark),
        (None, [b'{' | b'[', 0, ..]) => (UTF_16LE, 0),
        (None, [0, b'{' | b'[', ..]) => (UTF_16BE, 0),
        _ => return None,
    };
    let is_json = || {
        let (text, _) = encoding.decode_without_bom_handling(&head[mark..]);
        Container::of(text.as_bytes()) == Some(Container::Json)
    };
    (encoding != UTF_8 && is_json()).then_some(encoding)
}

/// An input that is decoded as it is read.
struct Decoded<'r> {
    input: Peek<'r>,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    is_over: bool,
}

impl Read for Decoded<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.at == self.text.len() && !self.is_over {
            let bytes = self.input.fill_buf()?;
            self.is_over = bytes.is_empty();
            let bytes = &bytes[..bytes.len().min(STEP)];
            // A unit of two bytes makes three at most.
            self.text.resize(3 * bytes.len() + 16, 0);
            let (_, read, written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.text, self.is_over);
            self.input.consume(read);
            self.text.truncate(written);
            self.at = 0;
        }
        let read = (&self.text[self.at..]).read(out)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<u8> {
        let mut read = Vec::new();
        without_utf16(Peek::new(bytes)).read_to_end(&mut read).unwrap();
        read
    }

    #[test]
    fn json_is_read_as_utf_8_whatever_the_byte_order() {
        let json = format!("{{\"text\": \"Der Kutter „Ida“ 🐟 {}\"}}\n", "liegt ".repeat(9000));
        for mark in ["\u{feff}", ""] {
            let units: Vec<u16> = format!("{mark}{json}").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert!(read(&little) == json.as_bytes() && read(&big) == json.as_bytes(), "{mark:?}");
        }
    }

    #[test]
    fn other_inputs_are_left_as_they_are() {
        for bytes in [&b"\xff\xfeT\0h\0e\0"[..], b"{\"text\": 1}", b"\xef\xbb\xbf{}", b"[\0", b""] {
            assert_eq!(read(bytes), bytes);
        }
    }
}
