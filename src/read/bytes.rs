//! The record that bytes are, without a reader.

use crate::error::Unreadable;
use crate::read::container::Container;
use crate::read::format::Format;
#[cfg(feature = "archives")]
use crate::read::limits::HEAD;
use crate::read::limits::Limits;
use crate::read::media::{charset_of, media_of};
use crate::read::record::{Hint, Record, SourceMetadata, text};
#[cfg(feature = "archives")]
use crate::read::{csv, mail, place::Settings};

impl Record {
    /// The record that bytes are: text, or a page of HTML, in any encoding of the web; or a message with its head (RFC 5322), whose body is the
    /// view. Containers of records, and what is compressed, are for [`Reader::records`](crate::read::Reader::records).
    ///
    /// # Errors
    /// [`Unreadable`] says why the bytes are no text, [`Unreadable::Container`] that they hold records.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>, hint: Hint) -> Result<Self, Unreadable> {
        let bytes = bytes.into();
        if let Some(container) = Container::of(&bytes) {
            return Err(Unreadable::Container { format: container.name() });
        }
        let (name, media, charset) = match hint {
            Hint::None => ("", None, None),
            Hint::Name(name) => (name, None, None),
            Hint::MediaType(value) => ("", media_of(value), charset_of(value)),
        };
        let stated = match media.as_deref() {
            Some("message/rfc822") => Some(Format::Mail),
            media => media.and_then(Format::of_media),
        };
        #[cfg(feature = "archives")]
        if let Some(read) = of_message_or_table(&bytes, name, stated) {
            return read;
        }
        let view = text(bytes, charset, &Limits::default())?;
        let format = |view: &str| stated.unwrap_or_else(|| Format::of_file(name, view));
        Ok(Self::new(None, view, format, SourceMetadata::default()))
    }
}

/// What bytes are that begin as a message or a table does, unless they are stated to be something else.
#[cfg(feature = "archives")]
fn of_message_or_table(
    bytes: &[u8],
    name: &str,
    stated: Option<Format>,
) -> Option<Result<Record, Unreadable>> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let container = |format| Some(Err(Unreadable::Container { format }));
    match stated {
        None | Some(Format::Mail) if mail::is_mbox(head) => container("an mbox"),
        None | Some(Format::Mail) if mail::is_message(head) => {
            Some(mail::record(bytes, &Settings::default()).0)
        }
        None if csv::Header::of(head, name, None).is_some() => container("a table (CSV)"),
        _ => None,
    }
}

#[cfg(all(test, feature = "archives"))]
mod tests {
    use super::*;

    const MAIL: &[u8] = b"From: Ada <ada@quay.example>\nSubject: Quay opens\nDate: Mon, 16 Jun 2031 15:53:00 +0200\n\
        MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nThe quay is open again.\n";

    #[test]
    fn a_message_is_its_body_with_what_its_head_says() {
        for hint in [Hint::None, Hint::Name("quay.eml"), Hint::MediaType("message/rfc822")] {
            let record = Record::from_bytes(MAIL, hint).unwrap();
            assert_eq!(
                (record.format, record.view.trim()),
                (Format::Mail, "The quay is open again.")
            );
            assert_eq!(record.about.title.as_deref(), Some("Quay opens"));
        }
        let as_text = Record::from_bytes(MAIL, Hint::MediaType("text/plain")).unwrap();
        assert_eq!((as_text.format, as_text.view.as_bytes()), (Format::Text, MAIL));
    }

    #[test]
    fn what_holds_records_is_named() {
        let mbox = [b"From ada@quay.example Mon Jun 16 15:53:00 2031\n", MAIL].concat();
        let table = b"title,text\nQuay opens,The quay is open again.\n".to_vec();
        for (bytes, name) in [(mbox, "an mbox"), (table, "a table (CSV)")] {
            let container = Unreadable::Container { format: name };
            assert_eq!(Record::from_bytes(bytes, Hint::None), Err(container));
        }
    }
}
