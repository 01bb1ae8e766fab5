//! JSON: an object a line, an array of objects, or objects that follow each other over several lines.

use std::io::BufRead;

use serde_json::{Map, Value};

use crate::error::Unreadable;
use crate::read::charset::{View, check};
use crate::read::peek::Peek;
use crate::read::{About, Flow, Format, LARGEST_DUMP, Part, Place, Visit};

/// Fields that hold the text, the most usual first.
const TEXT: [&str; 5] = ["text", "content", "body", "html", "raw_content"];
/// Fields that hold more about it; they may also stand in an object under one of [`MORE`].
const URL: [&str; 3] = ["url", "link", "uri"];
const TITLE: [&str; 2] = ["title", "headline"];
const PUBLISHED: [&str; 5] =
    ["published", "date", "published_at", "date_published", "datePublished"];
/// When the text came to be, or somebody took it in: of documents of Dolma the publication, where nothing else says that.
const CREATED: [&str; 1] = ["created"];
const SOURCE: [&str; 3] = ["source", "publisher", "site_name"];
const AUTHORS: [&str; 2] = ["authors", "author"];
const MORE: [&str; 2] = ["metadata", "meta"];

/// Objects without a text after which a file is taken for a dump all the same.
const MOST_TEXTLESS: usize = 1 << 12;

type Object = Map<String, Value>;

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
pub(super) fn read(visit: &mut Visit, place: &Place, input: Peek) -> Flow {
    if !visit.in_folder {
        return objects(visit, place, input);
    }
    let (mut textless, mut is_dump) = (Vec::new(), false);
    let mut take = |part| {
        is_dump |= textless.len() >= MOST_TEXTLESS
            || !matches!(part, Part::Broken { reason: Unreadable::NoTextField { .. }, .. });
        textless.push(part);
        if is_dump { textless.drain(..).try_for_each(&mut *visit.take) } else { Flow::Continue(()) }
    };
    objects(
        &mut Visit { text_field: visit.text_field, in_folder: false, take: &mut take },
        place,
        input,
    )?;
    visit.skipped(textless.len(), "objects of JSON without a text, and none with one: name the field with --text-field if this is a dump")
}

fn objects(visit: &mut Visit, place: &Place, mut input: Peek) -> Flow {
    if input.peek(3) == b"\xef\xbb\xbf" {
        input.consume(3);
    }
    let is_array = is_array(input.peek(crate::read::HEAD));
    let result = if is_array || spans_lines(&mut input) {
        values(visit, place, &mut input, is_array)
    } else {
        lines(visit, place, &mut input)
    };
    result.unwrap_or_else(|error| visit.broken(place.record.clone(), Unreadable::damaged(error)))
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

fn lines(visit: &mut Visit, place: &Place, input: &mut Peek) -> std::io::Result<Flow> {
    for number in 1_usize.. {
        let line = input.line(LARGEST_DUMP + 1)?;
        if line.is_empty() {
            break;
        }
        let flow = if line.len() as u64 > LARGEST_DUMP {
            return Ok(visit.broken(
                place.id(&number.to_string()),
                Unreadable::TooLarge { limit: LARGEST_DUMP },
            ));
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            object(visit, place, number, line.trim_ascii_end())
        };
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(Flow::Continue(()))
}

/// Objects that follow each other, in an array or without one.
fn values(
    visit: &mut Visit,
    place: &Place,
    input: &mut Peek,
    is_array: bool,
) -> std::io::Result<Flow> {
    let mut cutter = Cutter::new(is_array);
    let mut number = 0;
    loop {
        let bytes = input.fill_buf()?;
        if bytes.is_empty() {
            break;
        }
        let (used, whole) = cutter.take(bytes);
        input.consume(used);
        if cutter.value.len() as u64 > LARGEST_DUMP {
            return Ok(visit.broken(
                place.id(&(number + 1).to_string()),
                Unreadable::TooLarge { limit: LARGEST_DUMP },
            ));
        }
        if whole && !cutter.value.trim_ascii().is_empty() {
            number += 1;
            if object(visit, place, number, &cutter.value).is_break() {
                return Ok(Flow::Break(()));
            }
        }
        if whole {
            cutter.value.clear();
        }
    }
    let is_cut = !cutter.value.trim_ascii().is_empty();
    Ok(if is_cut { object(visit, place, number + 1, &cutter.value) } else { Flow::Continue(()) })
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

fn object(visit: &mut Visit, place: &Place, number: usize, json: &[u8]) -> Flow {
    let id = place.id(&number.to_string());
    match serde_json::from_slice(json) {
        Ok(object) => record(visit, id, object),
        Err(error) => visit.broken(id, Unreadable::damaged(format!("is no JSON object: {error}"))),
    }
}

/// The names of the fields that may hold the text.
pub(super) fn text_names<'n>(text_field: &'n Option<&'n str>) -> &'n [&'n str] {
    text_field.as_ref().map_or(TEXT.as_slice(), std::slice::from_ref)
}

/// Whether a field is looked at.
pub(super) fn is_wanted(field: &str, text_field: Option<&str>) -> bool {
    text_names(&text_field).contains(&field)
        || [&URL[..], &TITLE, &PUBLISHED, &CREATED, &SOURCE, &AUTHORS, &MORE]
            .concat()
            .contains(&field)
}

/// Whether one of the fields holds a text that is not blank.
pub(super) fn has_text(object: &Object, names: &[&str]) -> bool {
    names.iter().any(|name| {
        object.get(*name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
    })
}

/// Hands over an object as a record.
pub(super) fn record(visit: &mut Visit, id: Option<String>, mut object: Object) -> Flow {
    let about = about(&object);
    let names = text_names(&visit.text_field);
    let is_text = |name: &&&str| has_text(&object, std::slice::from_ref(*name));
    let found = names
        .iter()
        .find(is_text)
        .or_else(|| names.iter().find(|name| object.get(**name).is_some_and(Value::is_string)));
    let Some((name, Value::String(text))) =
        found.and_then(|name| Some((name.to_string(), object.remove(*name)?)))
    else {
        let looked_for = names.join(", ");
        return visit.broken(id, Unreadable::NoTextField { looked_for });
    };
    let view = match memchr::memchr(0, text.as_bytes()) {
        Some(offset) => Err(Unreadable::Binary { offset }),
        None => check(&text).map(|()| View { text, encoding: encoding_rs::UTF_8, replaced: false }),
    };
    visit.record(id, view, |view| Format::of_field(&name, view), about)
}

fn about(object: &Object) -> About {
    let places: Vec<&Object> = [object]
        .into_iter()
        .chain(MORE.iter().filter_map(|name| object.get(*name)?.as_object()))
        .collect();
    let values = |names: &'static [&str]| {
        places.iter().flat_map(move |object| names.iter().filter_map(|name| object.get(*name)))
    };
    let string = |names| values(names).find_map(string_of);
    let authors = values(&AUTHORS).map(|value| match value {
        Value::Array(list) => list.iter().filter_map(string_of).collect(),
        one => string_of(one).into_iter().collect::<Vec<_>>(),
    });
    About {
        url: string(&URL),
        title: string(&TITLE),
        published: string(&PUBLISHED).or_else(|| string(&CREATED)),
        source: string(&SOURCE),
        authors: authors.into_iter().find(|a| !a.is_empty()).unwrap_or_default(),
    }
}

/// A string, or the name of an object that has one, with its white space squeezed; None for an empty one.
fn string_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("name")?.as_str())?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
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
