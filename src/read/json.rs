//! JSON: an object a line, an array of objects, or objects that follow each other over several lines.

use std::collections::VecDeque;
use std::io::BufRead;

use crate::error::Unreadable;
use crate::read::fields::{Object, record};
use crate::read::limits::{HEAD, LARGEST_DUMP};
use crate::read::peek::Peek;
use crate::read::place::Place;
use crate::read::record::{Part, Parts};

/// Objects without a text after which a file is taken for a dump all the same.
const MOST_TEXTLESS: usize = 1 << 12;

/// Whether an input begins with an object, or an array of objects.
pub(super) fn is_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start(), [b'"' | b'}', ..]),
        Some((b'[', rest)) => rest.trim_ascii_start().starts_with(b"{"),
        _ => false,
    }
}

/// Whether JSON begins with an array.
pub(super) fn is_array(head: &[u8]) -> bool {
    head.trim_ascii_start().starts_with(b"[")
}

/// Reads the objects of a stream, each as one record. A file that was found in a folder may be no dump but settings, or what somebody noted
/// about a page: there objects without a text are failures only beside others that have one, or that are broken.
pub(super) fn read<'r>(place: Place, mut input: Peek<'r>) -> Parts<'r> {
    skip_mark(&mut input);
    let is_array = is_array(input.peek(HEAD));
    let cutter = (is_array || spans_lines(&mut input)).then(|| Cutter::new(is_array));
    let in_folder = place.settings.in_folder;
    let objects = Objects { place, input, cutter, number: 0, is_over: false };
    if in_folder {
        Box::new(Doubtful { inner: objects, held: VecDeque::new(), is_dump: false })
    } else {
        Box::new(objects)
    }
}

/// Passes over a byte order mark.
pub(super) fn skip_mark(input: &mut Peek) {
    if input.peek(3) == b"\xef\xbb\xbf" {
        input.consume(3);
    }
}

/// The objects of a file that may be no dump.
struct Doubtful<'r> {
    inner: Objects<'r>,
    /// Objects without a text, until another part comes.
    held: VecDeque<Part>,
    is_dump: bool,
}

impl Iterator for Doubtful<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        while !self.is_dump {
            let Some(part) = self.inner.next() else {
                let records = std::mem::take(&mut self.held).len();
                return Part::skipped(
                    records,
                    "objects of JSON without a text, and none with one: name the field with --text-field if this is a dump",
                );
            };
            self.is_dump = self.held.len() >= MOST_TEXTLESS
                || !matches!(part, Part::Broken { reason: Unreadable::NoTextField { .. }, .. });
            self.held.push_back(part);
        }
        self.held.pop_front().or_else(|| self.inner.next())
    }
}

/// Objects that follow each other.
struct Objects<'r> {
    place: Place,
    input: Peek<'r>,
    /// None where each stands in a line of its own.
    cutter: Option<Cutter>,
    /// The line or the object that was read last.
    number: usize,
    is_over: bool,
}

impl Iterator for Objects<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if self.is_over {
            return None;
        }
        let part = match self.cutter.take() {
            None => self.line(),
            Some(mut cutter) => {
                let part = self.value(&mut cutter);
                self.cutter = Some(cutter);
                part
            }
        };
        let part = part.unwrap_or_else(|error| {
            self.is_over = true;
            Some(self.place.broken(Unreadable::damaged(error)))
        });
        self.is_over |= part.is_none();
        part
    }
}

impl Objects<'_> {
    /// The object in the next line that is not blank.
    fn line(&mut self) -> std::io::Result<Option<Part>> {
        loop {
            let line = self.input.line(LARGEST_DUMP + 1)?;
            self.number += 1;
            if line.is_empty() {
                return Ok(None);
            } else if line.len() as u64 > LARGEST_DUMP {
                return Ok(Some(self.too_large()));
            } else if !line.trim_ascii().is_empty() {
                return Ok(Some(self.object(line.trim_ascii_end())));
            }
        }
    }

    /// The next object of an array, or of those that take several lines.
    fn value(&mut self, cutter: &mut Cutter) -> std::io::Result<Option<Part>> {
        loop {
            let bytes = self.input.fill_buf()?;
            let is_end = bytes.is_empty();
            let (used, whole) = if is_end { (0, true) } else { cutter.take(bytes) };
            self.input.consume(used);
            let value = if whole { std::mem::take(&mut cutter.value) } else { Vec::new() };
            self.number += usize::from(whole && !value.trim_ascii().is_empty());
            if value.len().max(cutter.value.len()) as u64 > LARGEST_DUMP {
                self.number += usize::from(!whole);
                return Ok(Some(self.too_large()));
            } else if !value.trim_ascii().is_empty() {
                return Ok(Some(self.object(&value)));
            } else if is_end {
                return Ok(None);
            }
        }
    }

    fn too_large(&mut self) -> Part {
        self.is_over = true;
        let reason = Unreadable::TooLarge { limit: LARGEST_DUMP };
        Part::Broken { record: self.place.id(&self.number.to_string()), reason }
    }

    fn object(&self, json: &[u8]) -> Part {
        match serde_json::from_slice::<Object>(json) {
            Ok(object) => record(&self.place, self.number, object),
            Err(error) => Part::Broken {
                record: self.place.id(&self.number.to_string()),
                reason: Unreadable::damaged(format!("is no JSON object: {}", fault(&error))),
            },
        }
    }
}

/// What is wrong with a line of JSON, and at which byte of it. Serde counts lines from its beginning, which would be taken for a line of the file.
pub(super) fn fault(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    said.strip_suffix(&place)
        .map_or_else(|| said.clone(), |reason| format!("{reason} (at byte {})", error.column()))
}

/// Whether the first object goes on behind the end of its line. Where another one begins there, it is a line that was cut.
pub(super) fn spans_lines(input: &mut Peek) -> bool {
    let line = input.line(LARGEST_DUMP).unwrap_or_default();
    let is_open = serde_json::from_slice::<serde::de::IgnoredAny>(&line).is_err_and(|e| e.is_eof())
        && !line.trim_ascii().is_empty();
    let goes_on = is_open && !matches!(input.peek(1), [] | [b'{']);
    input.give_back(&line);
    goes_on
}

/// Cuts a stream of JSON into values without reading them.
#[derive(Debug, Default)]
pub(super) struct Cutter {
    is_array: bool,
    has_begun: bool,
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    pub(super) value: Vec<u8>,
}

impl Cutter {
    pub(super) fn new(is_array: bool) -> Self {
        Self { is_array, ..Self::default() }
    }

    /// Adds bytes to the value, up to its end. Returns how many were used, and whether the value is whole.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (usize, bool) {
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

    #[test]
    fn json_is_told_by_its_beginning() {
        for json in ["{\"text\": 1}", "\u{feff} {\n  \"a\"", "[\n{", "{}"] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for text in ["[1] A footnote", "{{template}}", "[{", "{curly} words"] {
            assert_eq!(is_json(text.as_bytes()), text == "[{", "{text}");
        }
    }
}
