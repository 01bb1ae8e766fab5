//! Dates as programs state them, with the offset of their zone.

use jiff::civil::{Date, Time};
use jiff::fmt::rfc2822;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

use crate::dates::find::find;
use crate::dates::order::Order;

/// The first year of a date that can be one of publication on a page.
const FIRST_YEAR: i16 = 1900;

/// The date that a value of metadata states, in ISO 8601: to the day, minute or second, with the offset from UTC that it states. Values of
/// other forms than ISO 8601 and RFC 2822 are read as text is, and their zone is left out. None where it is no date, or one before 1900.
#[must_use]
pub(crate) fn stated(value: &str) -> Option<String> {
    iso(value)
        .or_else(|| mail(value))
        .unwrap_or_else(|| find(value, Order::Unknown).into_iter().next().map(|found| found.iso))
}

/// A date of ISO 8601; the outer None where the value is written in another way.
fn iso(value: &str) -> Option<Option<String>> {
    let value = value.trim().replace(" +", "+").replace(" -", "-");
    let pieces = Pieces::parse(&value).ok()?;
    let clock = value.get(10..).unwrap_or_default().split(['.', ',', '+', '-', 'Z', 'z']).next()?;
    let has_seconds = clock.bytes().filter(u8::is_ascii_digit).count() > 4;
    let offset = pieces.to_numeric_offset();
    Some(shown(pieces.date(), pieces.time().map(|time| (time, has_seconds)), offset))
}

/// The date of a mail or of a server.
fn mail(value: &str) -> Option<Option<String>> {
    let moment = rfc2822::DateTimeParser::new().parse_zoned(value.trim()).ok()?;
    Some(shown(moment.date(), Some((moment.time(), true)), Some(moment.offset())))
}

/// The date, perhaps with a time of which the seconds are known, and an offset.
fn shown(date: Date, time: Option<(Time, bool)>, offset: Option<Offset>) -> Option<String> {
    if date.year() < FIRST_YEAR {
        return None;
    }
    let Some((time, has_seconds)) = time else { return Some(date.to_string()) };
    let clock = time.strftime(if has_seconds { "%H:%M:%S" } else { "%H:%M" });
    let zone = match offset.map(Offset::seconds) {
        None => String::new(),
        Some(0) => "Z".into(),
        Some(seconds) => {
            let minutes = seconds.abs() / 60;
            let sign = if seconds < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
        }
    };
    Some(format!("{date}T{clock}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stated_stays_as_exact_as_it_is() {
        for (value, iso) in [
            ("2031-06-16", "2031-06-16"),
            ("2031-06-16T15:53", "2031-06-16T15:53"),
            (" 2031-06-16 15:53:07 ", "2031-06-16T15:53:07"),
            ("2031-06-16T15:53:07.120+02:00", "2031-06-16T15:53:07+02:00"),
            ("2031-06-16T15:53-0330", "2031-06-16T15:53-03:30"),
            ("2031-06-16 15:53:07 +0545", "2031-06-16T15:53:07+05:45"),
            ("2031-06-16T15:53:07.000Z", "2031-06-16T15:53:07Z"),
            ("2031-06-16T15:53:07+00:00", "2031-06-16T15:53:07Z"),
            ("Mon, 16 Jun 2031 15:53:07 +0200", "2031-06-16T15:53:07+02:00"),
            ("Mon, 16 Jun 2031 15:53:07 GMT", "2031-06-16T15:53:07Z"),
            ("June 16, 2031 3:53 pm", "2031-06-16T15:53"),
            ("2031-06-16 15:53 Uhr", "2031-06-16T15:53"),
        ] {
            assert_eq!(stated(value).as_deref(), Some(iso), "{value}");
        }
    }

    #[test]
    fn what_is_no_date_or_too_old_for_a_page_is_left_out() {
        for value in ["", "soon", "0001-01-01T00:00:00Z", "1899-12-31", "2031", "2031-02-30"] {
            assert_eq!(stated(value), None, "{value}");
        }
    }
}
