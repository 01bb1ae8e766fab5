//! The values of a stream of JSON, one in memory at a time: a line each, the elements of an array, or values that take several lines.

use std::io::BufRead;

use crate::error::Unreadable;
use crate::read::charset::{View, narrow};
use crate::read::limits::HEAD;
use crate::read::peek::Peek;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A value as text, and its number from 1: that of its line where each has one.
pub(super) type Value = (usize, Result<View, Unreadable>);

/// The values that follow each other in an input. One that is too large ends it.
pub(super) struct Values<'r> {
    input: Peek<'r>,
    /// None where each stands in a line of its own.
    cutter: Option<Cutter>,
    /// Bytes that a value may have.
    largest: u64,
    number: usize,
    is_over: bool,
}

impl<'r> Values<'r> {
    /// The values of an input, each of at most `largest` bytes.
    pub(super) fn new(mut input: Peek<'r>, largest: u64) -> Self {
        if input.peek(MARK.len()) == MARK {
            input.consume(MARK.len());
        }
        let is_array = is_array(input.peek(HEAD));
        let cutter = (is_array || spans_lines(&mut input, largest)).then(|| Cutter::new(is_array));
        Self { input, cutter, largest, number: 0, is_over: false }
    }

    /// The next line that is not blank.
    fn line(&mut self) -> std::io::Result<Option<Value>> {
        loop {
            let mut line = self.input.line(self.largest.saturating_add(1))?;
            self.number += 1;
            if line.is_empty() {
                return Ok(None);
            } else if line.len() as u64 > self.largest {
                return Ok(Some(self.too_large()));
            } else if !line.trim_ascii().is_empty() {
                line.truncate(line.trim_ascii_end().len());
                return Ok(Some((self.number, decoded(line))));
            }
        }
    }

    /// The next element of an array, or value of those that take several lines.
    fn value(&mut self, cutter: &mut Cutter) -> std::io::Result<Option<Value>> {
        loop {
            let bytes = self.input.fill_buf()?;
            let is_end = bytes.is_empty();
            let (used, whole) = if is_end { (0, true) } else { cutter.take(bytes) };
            self.input.consume(used);
            let value = if whole { std::mem::take(&mut cutter.value) } else { Vec::new() };
            self.number += usize::from(whole && !value.trim_ascii().is_empty());
            if value.len().max(cutter.value.len()) as u64 > self.largest {
                self.number += usize::from(!whole);
                return Ok(Some(self.too_large()));
            } else if !value.trim_ascii().is_empty() {
                return Ok(Some((self.number, decoded(value.trim_ascii().to_vec()))));
            } else if is_end {
                return Ok(None);
            }
        }
    }

    fn too_large(&mut self) -> Value {
        self.is_over = true;
        (self.number, Err(Unreadable::TooLarge { limit: self.largest }))
    }
}

impl Iterator for Values<'_> {
    type Item = std::io::Result<Value>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let value = match self.cutter.take() {
            None => self.line(),
            Some(mut cutter) => {
                let value = self.value(&mut cutter);
                self.cutter = Some(cutter);
                value
            }
        };
        self.is_over |= !matches!(value, Ok(Some(_)));
        value.transpose()
    }
}

/// Whether JSON begins with an array.
fn is_array(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"[")
}

/// A value by itself: one that is no UTF-8 among others that are is of another program, or has a damaged byte. A byte order mark stands before
/// it where files were put one behind the other.
fn decoded(mut value: Vec<u8>) -> Result<View, Unreadable> {
    if value.starts_with(MARK) {
        value.drain(..MARK.len());
    }
    narrow(value, None)
}

/// Whether the first object goes on behind the end of its line. Where another one begins there, it is a line that was cut.
fn spans_lines(input: &mut Peek, largest: u64) -> bool {
    let line = input.line(largest).unwrap_or_default();
    let is_open = serde_json::from_slice::<serde::de::IgnoredAny>(&line).is_err_and(|e| e.is_eof())
        && !line.trim_ascii().is_empty();
    let goes_on = is_open && !matches!(input.peek(1), [] | [b'{']);
    input.give_back(&line);
    goes_on
}

/// Cuts a stream of JSON into values without reading them.
#[derive(Debug, Default)]
struct Cutter {
    is_array: bool,
    has_begun: bool,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    value: Vec<u8>,
}

impl Cutter {
    fn new(is_array: bool) -> Self {
        Self { is_array, ..Self::default() }
    }

    /// Adds bytes to the value, up to its end. Returns how many were used, and whether the value is whole.
    fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.is_escaped {
                self.is_escaped = false;
            } else if self.in_string {
                self.is_escaped = byte == b'\\';
                self.in_string = byte != b'"';
            } else {
                match byte {
                    b'[' if self.is_array && !self.has_begun => {
                        self.has_begun = true;
                        self.value.clear();
                        return (at + 1, true);
                    }
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b',' | b']' if self.is_array && self.depth == 0 => {
                        self.value.extend_from_slice(&bytes[..at]);
                        return (at + 1, true);
                    }
                    b'}' | b']' => {
                        self.depth = self.depth.saturating_sub(1);
                        if self.depth == 0 && !self.is_array {
                            self.value.extend_from_slice(&bytes[..=at]);
                            return (at + 1, true);
                        }
                    }
                    _ => {}
                }
            }
        }
        self.value.extend_from_slice(bytes);
        (bytes.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, is_array: bool) -> Vec<String> {
        let mut cutter = Cutter::new(is_array);
        let mut values = Vec::new();
        // In pieces of every size, as they may come out of a stream.
        for size in [1, 3, 1000] {
            values.clear();
            for mut piece in text.as_bytes().chunks(size) {
                while !piece.is_empty() {
                    let (used, whole) = cutter.take(piece);
                    piece = &piece[used..];
                    if whole {
                        values.push(
                            String::from_utf8(std::mem::take(&mut cutter.value))
                                .unwrap()
                                .trim()
                                .to_owned(),
                        );
                    }
                }
            }
            cutter = Cutter::new(is_array);
        }
        values.retain(|value| !value.is_empty());
        values
    }

    #[test]
    fn values_are_cut_at_their_borders() {
        let array = r#" [ {"a": "]},\"{"}, {"b": [1, {"c": 2}]} ,3, "x,y" ]"#;
        assert_eq!(
            cut(array, true),
            [r#"{"a": "]},\"{"}"#, r#"{"b": [1, {"c": 2}]}"#, "3", r#""x,y""#]
        );
        assert_eq!(cut("{\n \"a\": {}\n}\n{\"b\": 1}", false), ["{\n \"a\": {}\n}", "{\"b\": 1}"]);
    }
}
