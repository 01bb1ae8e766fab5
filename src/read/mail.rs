//! Mail: a message in a file of its own (RFC 5322 and MIME), or many in an mbox, one in memory at a time. The body is the record's text: its
//! HTML where it has one, which is what its reader saw; the head says who wrote it, when, and under which headline. A page that a browser saved
//! as MHTML is a message too, of which the head says only the address and the headline.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use serde_json::Value;

use crate::error::Unreadable;
use crate::guard::guarded;
use crate::read::charset::{View, check};
use crate::read::format::Format;
use crate::read::limits::Limits;
use crate::read::pass::PassFields;
use crate::read::peek::Peek;
use crate::read::place::{Place, Settings};
use crate::read::record::{Part, Parts, Record, SourceMetadata};

/// Fields of which every message has one or the other, and no text that only looks like a message.
const SURE: [&str; 4] = ["message-id", "mime-version", "received", "return-path"];
/// Fields of which a message has one too.
const USUAL: [&str; 3] = ["from", "date", "subject"];

/// The field in which browsers say where a page that they saved comes from.
const SAVED_FROM: &str = "Snapshot-Content-Location";

/// Whether an input begins with the head of a message.
pub(super) fn is_message(head: &[u8]) -> bool {
    let mut has = [false; 2];
    for line in head.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end) {
        if line.is_empty() {
            break;
        } else if let Some(name) = field_name(line) {
            has[0] |= SURE.contains(&name.as_str());
            has[1] |= USUAL.contains(&name.as_str());
        } else if !matches!(line[0], b' ' | b'\t') {
            // A line that is cut where the head ends says nothing.
            return has == [true; 2] && head.ends_with(line);
        }
    }
    has == [true; 2]
}

/// The name of the field that a line begins, in lower case.
fn field_name(line: &[u8]) -> Option<String> {
    let (name, _) = line.split_at(line.iter().position(|&b| b == b':')?);
    let is_name = !name.is_empty()
        && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_name.then(|| String::from_utf8_lossy(name).to_ascii_lowercase())
}

/// Whether an input begins with the first line of an mbox and the head of a message.
pub(super) fn is_mbox(head: &[u8]) -> bool {
    let end = head.iter().position(|&b| b == b'\n').unwrap_or(head.len());
    let next = head[end..].trim_ascii_start();
    is_border(&head[..end]) && next.split(|&b| b == b'\n').next().and_then(field_name).is_some()
}

/// Whether a line stands before a message in an mbox: `From ada@quay.example Mon Jun 16 15:53:00 2031`.
fn is_border(line: &[u8]) -> bool {
    let words = || line.split(u8::is_ascii_whitespace);
    let is_year = |word: &[u8]| {
        word.len() == 4
            && (word.starts_with(b"19") || word.starts_with(b"20"))
            && word.iter().all(u8::is_ascii_digit)
    };
    let is_time = |word: &[u8]| {
        word.len() >= 4
            && word.contains(&b':')
            && word.iter().all(|b| b.is_ascii_digit() || *b == b':')
    };
    line.starts_with(b"From ") && line.len() < 512 && words().any(is_year) && words().any(is_time)
}

/// Reads a file that is a message.
pub(super) fn read<'r>(place: Place, mut input: Peek<'r>) -> Parts<'r> {
    let parts = move || {
        let (bytes, error) = input.rest(place.settings.limits.record.saturating_add(1));
        let mut attachments = 0;
        let message = (!place.budget.is_spent())
            .then(|| message(place.record.clone(), &bytes, &place.settings, &mut attachments));
        let broken = error.map(|error| place.broken(Unreadable::damaged(error)));
        [message, Part::skipped(attachments, ATTACHMENTS), broken].into_iter().flatten()
    };
    Box::new(std::iter::once_with(parts).flatten())
}

/// Reads the messages of an mbox, each as a record by its number.
pub(super) fn read_mbox<'r>(place: Place, input: Peek<'r>) -> Parts<'r> {
    Box::new(Messages { place, input, fault: None, number: 0, attachments: 0, is_over: false })
}

/// Why parts of messages are left out.
const ATTACHMENTS: &str = "attachments of mail";

/// The messages of an mbox.
struct Messages<'r> {
    place: Place,
    input: Peek<'r>,
    /// What broke it off.
    fault: Option<std::io::Error>,
    /// The message whose first line was read.
    number: usize,
    attachments: usize,
    is_over: bool,
}

impl Iterator for Messages<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        if let Some(bytes) = self.bytes() {
            let id = self.place.id(&self.number.to_string());
            let part = message(id, &bytes, &self.place.settings, &mut self.attachments);
            self.number += 1;
            return Some(part);
        }
        let fault = self.fault.take().map(|error| self.place.broken(Unreadable::damaged(error)));
        fault.or_else(|| Part::skipped(std::mem::take(&mut self.attachments), ATTACHMENTS))
    }
}

impl Messages<'_> {
    /// The bytes of the next message, without the line before it; None at the end.
    fn bytes(&mut self) -> Option<Vec<u8>> {
        let (mut bytes, mut after_blank) = (Vec::new(), self.number == 0);
        let most = self.place.settings.limits.record.saturating_add(1);
        while !self.is_over {
            let line = self.input.line(most).unwrap_or_else(|error| {
                self.fault = Some(error);
                Vec::new()
            });
            self.is_over = line.is_empty();
            if self.is_over || after_blank && is_border(&line) {
                if self.number > 0 {
                    return Some(bytes);
                }
                (self.number, after_blank) = (1, false);
                continue;
            }
            after_blank = line.trim_ascii_end().is_empty();
            let line = if is_quoted(&line) { &line[1..] } else { &line[..] };
            // One byte more than a message may have tells that it is too large; the rest of it is not kept.
            let room = most - bytes.len() as u64;
            bytes.extend_from_slice(&line[..line.len().min(room as usize)]);
        }
        None
    }
}

/// Whether a line of a message begins with "From " in its own right, which in an mbox is written with a ">" before it.
fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|&&b| b == b'>').count();
    marks > 0 && line[marks..].starts_with(b"From ")
}

/// A message as a part of its dump; its attachments are counted.
fn message(id: Option<String>, bytes: &[u8], settings: &Settings, attachments: &mut usize) -> Part {
    let (record, count) = record(bytes, settings);
    *attachments += count;
    match record {
        Ok(record) => Part::Record(Record { id, ..record }),
        Err(reason) => Part::Broken { record: id, reason },
    }
}

/// The record that a message is, and how many parts are attached to it.
pub(super) fn record(bytes: &[u8], settings: &Settings) -> (Result<Record, Unreadable>, usize) {
    let Settings { pass_fields, limits, .. } = settings;
    if bytes.len() as u64 > limits.record {
        return (Err(Unreadable::TooLarge { limit: limits.record }), 0);
    }
    // Every field of a head and every part takes a line, and many times its bytes when it is read.
    if memchr::memchr_iter(b'\n', bytes).count() > limits.lines {
        return (Err(Unreadable::TooManyLines { limit: limits.lines }), 0);
    }
    let read = || {
        let message = MessageParser::default().parse(bytes)?;
        let read =
            (body(&message, limits), about(&message, pass_fields), message.attachment_count());
        dismantle(message);
        Some(read)
    };
    match guarded(read).flatten() {
        Some(((view, format), about, count)) => {
            (view.map(|view| Record::new(None, view, |_| format, about)), count)
        }
        None => (Err(Unreadable::damaged("is no message that can be read")), 0),
    }
}

/// Drops a message after those that are attached to it: thousands of messages within each other would take more stack than there is.
fn dismantle(message: Message) {
    let mut rest = vec![message];
    while let Some(message) = rest.pop() {
        rest.extend(message.parts.into_iter().filter_map(|part| {
            if let PartType::Message(inner) = part.body { Some(inner) } else { None }
        }));
    }
}

/// The text of a message: its HTML, or else all its plain texts.
fn body(message: &Message, limits: &Limits) -> (Result<View, Unreadable>, Format) {
    let parts = || message.html_bodies();
    let html = parts().find_map(|part| {
        if let PartType::Html(html) = &part.body { Some((html.to_string(), part)) } else { None }
    });
    let (text, part, format) = match html {
        Some((html, part)) => (html, Some(part), Format::Html),
        None => {
            let texts: Vec<&str> = parts()
                .filter_map(|part| {
                    if let PartType::Text(text) = &part.body { Some(text.as_ref()) } else { None }
                })
                .collect();
            (texts.join("\n\n"), parts().next(), Format::Mail)
        }
    };
    let view = check(&text, limits).map(|()| View {
        encoding: part.and_then(encoding_of).unwrap_or(UTF_8),
        replaced: part.is_some_and(|part| part.is_encoding_problem)
            || text.contains(char::REPLACEMENT_CHARACTER),
        text,
    });
    (view, format)
}

fn encoding_of(part: &MessagePart) -> Option<&'static Encoding> {
    Encoding::for_label(part.content_type()?.attribute("charset")?.as_bytes())
}

fn about(message: &Message, pass_fields: &PassFields) -> SourceMetadata {
    let about = SourceMetadata {
        id: message.message_id().and_then(squeezed),
        title: message.subject().and_then(squeezed),
        fields: pass_fields.of_head(head(message)),
        ..SourceMetadata::default()
    };
    if let Some(url) = message.header(SAVED_FROM).and_then(|value| value.as_text()) {
        return SourceMetadata { url: squeezed(url), ..about };
    }
    let authors = message
        .from()
        .into_iter()
        .flat_map(|from| from.iter().filter_map(|one| one.name().or(one.address())));
    SourceMetadata {
        published: message.date().map(mail_parser::DateTime::to_rfc3339),
        authors: authors.filter_map(squeezed).collect(),
        ..about
    }
}

/// The fields of a head: text decoded, all else as it stands.
fn head<'m>(message: &'m Message) -> impl Iterator<Item = (&'m str, Value)> {
    message.headers().iter().map(|header| {
        let raw = message.raw_message.get(header.offset_start as usize..header.offset_end as usize);
        let value = match &header.value {
            HeaderValue::Text(text) => text.as_ref().into(),
            _ => String::from_utf8_lossy(raw.unwrap_or_default()),
        };
        (header.name(), squeezed(&value).unwrap_or_default().into())
    })
}

/// Text with its white space squeezed; None where there is nothing else.
fn squeezed(text: &str) -> Option<String> {
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_told_from_a_text_with_fields() {
        assert!(is_message(b"Return-Path: <ada@quay.example>\r\nFrom: Ada\r\n\r\nText"));
        assert!(is_message(b"Subject: a headline\n that goes on\nMIME-Version: 1.0\nX-Long: cut"));
        assert!(is_message(b"Date: today\nMessage-ID: <1@quay.example>\nX-Lon"));
        for text in [
            "From: Ada\nDate: 2031-06-16\n\nA mail that somebody copied.",
            "Received: with thanks\n\nDate: unknown",
            "Note: From\nno field\nMIME-Version: 1.0",
        ] {
            assert!(!is_message(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn an_mbox_is_told_by_its_first_two_lines() {
        assert!(is_mbox(
            b"From ada@quay.example Mon Jun 16 15:53:00 2031\nReturn-Path: <ada@quay.example>\n"
        ));
        assert!(is_mbox(b"From - Mon Jun 16 15:53:00 2031\r\nX-Status: 0\r\n"));
        assert!(!is_mbox(b"From 15:53 on, in 2031, the quay is closed.\nThe harbour master"));
        assert!(!is_mbox(b"From the quay\nSubject: nothing"));
    }

    #[test]
    fn quoted_lines_lose_one_mark() {
        assert!(
            is_quoted(b">From here")
                && is_quoted(b">>From here")
                && !is_quoted(b"> From here")
                && !is_quoted(b"From here")
        );
    }
}
