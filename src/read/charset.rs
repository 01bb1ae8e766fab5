//! From bytes to the text view, or the reason why there is none.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Unreadable;
use crate::read::format::Format;
use crate::read::limits::Limits;
use crate::text::chars::line_end;

/// Bytes in which a page declares its encoding.
const HEAD: usize = 4096;
/// Bytes by which an encoding is guessed.
const SAMPLE: usize = 1 << 18;
/// Of so many bytes of a damaged text one may be of a kind that stands in no text.
const RARE: usize = 64;

/// Decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) text: String,
    pub(crate) encoding: &'static Encoding,
    /// Whether bytes stood in it that the encoding does not know; U+FFFD stands for them.
    pub(crate) replaced: bool,
}

impl View {
    /// A text that was stored as UTF-8.
    pub(super) fn utf_8(text: String) -> Self {
        Self { text, encoding: UTF_8, replaced: false }
    }
}

/// Decodes bytes: as their byte order mark says, as UTF-8 where they are that, as they were declared, as the page declares itself, as they look.
///
/// # Errors
/// [`Unreadable`] says why the bytes are no text.
pub(crate) fn decode(
    bytes: Vec<u8>,
    declared: Option<&str>,
    limits: &Limits,
) -> Result<View, Unreadable> {
    if bytes.len() as u64 > limits.record {
        return Err(Unreadable::TooLarge { limit: limits.record });
    }
    if is_utf_32(&bytes) {
        let advice = "convert it to UTF-8 first";
        return Err(Unreadable::Foreign { format: "UTF-32", advice });
    }
    let view = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => decoded(encoding, &bytes[mark..]),
        _ => match memchr::memchr(0, &bytes).and_then(|_| wide(&bytes)) {
            Some(encoding) => decoded(encoding, &bytes),
            None => {
                check_zeros(&bytes)?;
                narrow(bytes, declared)?
            }
        },
    };
    check(&view.text, limits).map(|()| view)
}

/// Whether a text is one that can be worked on.
///
/// # Errors
/// [`Unreadable`] says why not.
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), Unreadable> {
    if text.len() as u64 > limits.record {
        return Err(Unreadable::TooLarge { limit: limits.record });
    }
    check_zeros(text.as_bytes())?;
    let ends = || memchr::memchr_iter(line_end(text), text.as_bytes());
    if ends().nth(limits.lines).is_some() {
        return Err(Unreadable::TooManyLines { limit: limits.lines });
    }
    let mut start = 0;
    for end in ends().chain([text.len()]) {
        if end - start > limits.line {
            return Err(Unreadable::LongLine { offset: start, limit: limits.line });
        }
        start = end + 1;
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        Err(Unreadable::Empty)
    } else {
        Ok(())
    }
}

/// Whether the zero bytes of a text, if it has any, are faults in it: few, and beside hardly any other byte that stands in no text. A page
/// may have more of them, since browsers pass over them.
fn check_zeros(bytes: &[u8]) -> Result<(), Unreadable> {
    let Some(offset) = memchr::memchr(0, bytes) else { return Ok(()) };
    let zeros = memchr::memchr_iter(0, bytes).count();
    let others = bytes.iter().filter(|&&b| b != 0 && is_no_text(b.into())).count();
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let most = if Format::of_page(&head) == Format::Html { 4 } else { RARE };
    if zeros * most > bytes.len() || others * RARE > bytes.len() {
        return Err(Unreadable::Binary { offset });
    }
    Ok(())
}

fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> View {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    View { text: text.into_owned(), encoding, replaced }
}

/// Whether bytes are UTF-32, which the web does not know: by their mark, or as all begin as characters that may stand in text.
fn is_utf_32(bytes: &[u8]) -> bool {
    let units = bytes[..bytes.len().min(HEAD)].as_chunks::<4>().0;
    let is_text = |order: fn([u8; 4]) -> u32| {
        let is_character =
            |unit: &[u8; 4]| char::from_u32(order(*unit)).is_some_and(|c| !is_no_text(c));
        units.len() > 1 && units.iter().all(is_character)
    };
    is_text(u32::from_le_bytes) || is_text(u32::from_be_bytes)
}

/// The byte order of UTF-16 without a mark. The high bytes tell it: they are zero in spaces and line ends, and nearly all others are one and
/// the same in a text of one alphabet.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes[..bytes.len().min(HEAD)].as_chunks::<2>().0;
    [(UTF_16LE, 1), (UTF_16BE, 0)].into_iter().find_map(|(encoding, high)| {
        let mut counts = [0_usize; 256];
        units.iter().for_each(|unit| counts[usize::from(unit[high])] += 1);
        let most = counts[1..].iter().max()?;
        let is_text = counts[0] > 1
            && counts[0] * 10 > units.len()
            && (counts[0] + most) * 10 > units.len() * 9;
        let is_binary =
            units.iter().any(|unit| unit[high] == 0 && is_no_text(unit[1 - high].into()));
        (is_text && !is_binary).then_some(encoding)
    })
}

/// Decodes bytes of an encoding that has no zero bytes.
///
/// # Errors
/// [`Unreadable::Undecodable`] where they are no text.
pub(super) fn narrow(bytes: Vec<u8>, declared: Option<&str>) -> Result<View, Unreadable> {
    if memchr::memmem::find(&bytes, b"\x1b$").is_some() {
        let view = decoded(ISO_2022_JP, &bytes);
        if !view.replaced {
            return Ok(view);
        }
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(View { text, encoding: UTF_8, replaced: false }),
        Err(e) => e.into_bytes(),
    };
    if is_broken_utf8(&bytes) {
        return Ok(decoded(UTF_8, &bytes));
    }
    let in_page = declared_in(&bytes[..bytes.len().min(HEAD)]);
    let labels = [declared.map(str::as_bytes), in_page];
    let named = labels
        .into_iter()
        .flatten()
        .filter_map(Encoding::for_label)
        .find(|e| ![UTF_8, REPLACEMENT, UTF_16LE, UTF_16BE].contains(e));
    let view = named.map(|encoding| decoded(encoding, &bytes));
    match view {
        Some(view) if !view.replaced => Ok(view),
        declared => {
            let controls = bytes.iter().filter(|&&b| is_no_text(b.into())).count();
            if controls * RARE > bytes.len() {
                let offset = bytes.iter().position(|&b| is_no_text(b.into())).unwrap_or(0);
                return Err(Unreadable::Undecodable { offset });
            }
            let guessed = decoded(guess(&bytes), &bytes);
            Ok(declared.filter(|_| guessed.replaced).unwrap_or(guessed))
        }
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = &bytes[first.saturating_sub(HEAD)..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample[..sample.len().min(SAMPLE)], sample.len() <= SAMPLE);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether bytes are UTF-8 but for a few that are damaged, such as a letter that was cut at the end.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let is_cut =
        |e: std::str::Utf8Error| e.error_len().is_none() && bytes.len() - e.valid_up_to() > 1;
    good > 4 * bad || bad == 1 && std::str::from_utf8(bytes).is_err_and(is_cut)
}

/// What a page says of its encoding, in a `meta` tag or an XML declaration.
pub(super) fn declared_in(head: &[u8]) -> Option<&[u8]> {
    let lower = head.to_ascii_lowercase();
    let xml = lower
        .trim_ascii_start()
        .starts_with(b"<?xml")
        .then(|| memchr::memmem::find(&lower, b"encoding"))
        .flatten()
        .map(|at| at + 8);
    let meta = || {
        memchr::memmem::find(&lower, b"<meta").and_then(|from| {
            memchr::memmem::find(&lower[from..], b"charset").map(|at| from + at + 7)
        })
    };
    let value =
        head[xml.or_else(meta)?..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
        .unwrap_or(value.len());
    Some(&value[..end])
}

/// A character that stands in no text.
pub(super) fn is_no_text(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0e'..='\x1a' | '\x1c'..='\x1f' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode_alone(bytes: Vec<u8>, declared: Option<&str>) -> Result<View, Unreadable> {
        decode(bytes, declared, &Limits::default())
    }

    /// Encodes made-up text, and says what it is decoded to without any hint.
    fn back(label: &str, text: &str) -> View {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, replaced) = encoding.encode(text);
        assert!(!replaced && std::str::from_utf8(&bytes).is_err(), "{label}");
        let view = decode_alone(bytes.into_owned(), None).unwrap();
        assert!(!view.replaced, "{label}");
        view
    }

    const RUSSIAN: &str = "Старая набережная снова открыта\n\nВ понедельник, через две недели после бури, рабочие поставили новые перила.\n";

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let cases = [
            ("windows-1251", RUSSIAN),
            ("koi8-r", RUSSIAN),
            (
                "windows-1252",
                "Le vieux quai a rouvert après la tempête. L’été dernier, la mairie avait déjà réparé la jetée.\n",
            ),
            (
                "shift_jis",
                "古い桟橋が月曜日に再び開いた。嵐が手すりを壊してから二週間たっていた。\n",
            ),
            ("euc-jp", "古い桟橋が月曜日に再び開いた。嵐が手すりを壊してから二週間たっていた。\n"),
            ("gb18030", "旧码头星期一重新开放，两周前的风暴毁坏了栏杆，淹没了售票厅。\n"),
            ("euc-kr", "낡은 부두가 월요일에 다시 열렸다. 폭풍이 난간을 부순 지 두 주 만이다.\n"),
            (
                "windows-1253",
                "Η παλιά προβλήτα άνοιξε ξανά τη Δευτέρα, δύο εβδομάδες μετά την καταιγίδα.\n",
            ),
        ];
        for (label, text) in cases {
            assert_eq!(back(label, text).text, text, "{label}");
        }
        let japanese = "古い桟橋が月曜日に再び開いた。\n";
        let view = decode_alone(ISO_2022_JP.encode(japanese).0.into_owned(), None).unwrap();
        assert_eq!((view.text.as_str(), view.encoding), (japanese, ISO_2022_JP));
    }

    #[test]
    fn utf_16_is_read_with_and_without_its_mark() {
        let text = "The café by the quay\nopened again on Monday.\n";
        for (bytes, encoding) in
            [(u16::to_le_bytes as fn(u16) -> [u8; 2], UTF_16LE), (u16::to_be_bytes, UTF_16BE)]
        {
            let plain: Vec<u8> = text.encode_utf16().flat_map(bytes).collect();
            let marked: Vec<u8> = bytes(0xfeff).into_iter().chain(plain.iter().copied()).collect();
            for dump in [plain, marked] {
                let view = decode_alone(dump, None).unwrap();
                assert_eq!(
                    (view.text.as_str(), view.encoding, view.replaced),
                    (text, encoding, false)
                );
            }
        }
        let odd = decode_alone(b"\xff\xfea\0b\0\0\xd8".to_vec(), None).unwrap();
        assert_eq!((odd.text.as_str(), odd.replaced), ("ab\u{fffd}", true));
    }

    #[test]
    fn utf_32_is_named_with_and_without_its_mark() {
        for text in ["\u{feff}The café by the quay\n", RUSSIAN] {
            for order in [u32::to_le_bytes as fn(u32) -> [u8; 4], u32::to_be_bytes] {
                let bytes: Vec<u8> = text.chars().flat_map(|c| order(c.into())).collect();
                let reason = decode_alone(bytes, None).unwrap_err().to_string();
                assert_eq!(reason, "is UTF-32, which is not read; convert it to UTF-8 first");
            }
        }
    }

    #[test]
    fn utf_16_of_other_alphabets_is_told_without_its_mark() {
        let bytes: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode_alone(bytes, None).unwrap().text, RUSSIAN);
    }

    #[test]
    fn what_is_declared_goes_before_what_is_guessed_and_utf_8_before_both() {
        let bytes = |text: &str| encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        assert_eq!(decode_alone(bytes("да"), Some("windows-1251")).unwrap().text, "да");
        let page = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=Windows-1251\"></head>да</html>";
        assert_eq!(decode_alone(bytes(page), None).unwrap().text, page);
        let xml = "<?xml version='1.0' encoding='windows-1251'?><p>да</p>";
        assert_eq!(decode_alone(bytes(xml), Some("no such encoding")).unwrap().text, xml);
        let view = decode_alone("naïve".into(), Some("windows-1251")).unwrap();
        assert_eq!((view.text.as_str(), view.encoding), ("naïve", UTF_8));
    }

    #[test]
    fn a_little_damage_does_not_make_it_another_encoding() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes[7] = b'\xff';
        let view = decode_alone(bytes, None).unwrap();
        assert_eq!((view.encoding, view.replaced), (UTF_8, true));
        let cut = decode_alone(b"cut in a letter: \xe6\xb8".to_vec(), None).unwrap();
        assert_eq!(
            (cut.text.as_str(), cut.encoding, cut.replaced),
            ("cut in a letter: \u{fffd}", UTF_8, true)
        );
        assert_eq!(
            decode_alone(b"\xef\xbb\xbfmarked".to_vec(), None).unwrap().text,
            "\u{feff}marked"
        );
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let refused = |bytes: &[u8]| decode_alone(bytes.to_vec(), None).unwrap_err();
        assert_eq!(refused(b" \n\xc2\xa0\n"), Unreadable::Empty);
        assert_eq!(refused(b"PK\0\0"), Unreadable::Binary { offset: 2 });
        assert_eq!(refused(b"caf\0"), Unreadable::Binary { offset: 3 });
        assert_eq!(
            refused(b"\xff\xd8\x01\x02\x03\x04\xe0\x90"),
            Unreadable::Undecodable { offset: 2 }
        );
        let mut long = b"short\n".to_vec();
        let Limits { line, lines, .. } = Limits::default();
        long.resize(line + 10, b'x');
        assert_eq!(refused(&vec![b'\n'; lines + 1]), Unreadable::TooManyLines { limit: lines });
        assert_eq!(refused(&long), Unreadable::LongLine { offset: 6, limit: line });
    }
}
