//! Clock times with their zones.

use std::fmt;

use crate::dates::lex::{Kind, Line};
use crate::dates::words::Class;

/// A time of the day, shown as `15:53` or `15:53:00`.
pub(super) struct Clock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        self.second.map_or(Ok(()), |second| write!(f, ":{second:02}"))
    }
}

#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

impl Line {
    /// A clock time with its zone; with `dotted` also `05.00`.
    pub(super) fn clock(&self, at: usize, dotted: bool) -> Option<(Clock, usize)> {
        let (half, (mut clock, next)) = match self.half(at) {
            Some((half, _)) => (Some(half), self.face(at + 1, false)?),
            None => (None, self.face(at, dotted)?),
        };
        let (half, next) = match self.half(next) {
            Some((after, next)) if half.is_none() => (Some(after), next),
            _ => (half, next),
        };
        match half {
            Some(Half::Pm) if clock.hour < 12 => clock.hour += 12,
            Some(Half::Am) if clock.hour == 12 => clock.hour = 0,
            _ => {}
        }
        let next = self.zone(self.skip(next, 1, "", &[Class::Oclock]));
        let is_valid =
            clock.hour < 24 && clock.minute < 60 && clock.second.is_none_or(|second| second < 60);
        is_valid.then_some((clock, next))
    }

    /// The numbers of a clock time.
    fn face(&self, at: usize, dotted: bool) -> Option<(Clock, usize)> {
        let number = self.number(at)?;
        if number.digits == 4 && self.word(at + 1).is(Class::Zone) {
            return Some((
                Clock { hour: number.value / 100, minute: number.value % 100, second: None },
                at + 1,
            ));
        }
        let (minute, second, next) = match self.tokens.get(at + 1)?.kind {
            Kind::Mark(':') => {
                let (second, next) = self.seconds(at + 3);
                (self.two_digits(at + 2)?, second, next)
            }
            Kind::Mark('時') => {
                let (minute, next) = self.counted(at + 2, "分");
                let (second, next) = self.counted(next, "秒");
                (minute.unwrap_or(0), second, next)
            }
            Kind::Mark('.') if dotted && self.is_glued(at + 2) => {
                let is_longer = self.is_mark(at + 3, ".") && self.is_glued(at + 4);
                (self.two_digits(at + 2).filter(|_| !is_longer)?, None, at + 3)
            }
            Kind::Word(word) if word.is(Class::Hour) => match self.two_digits(at + 2) {
                Some(minute) => (minute, None, at + 3),
                None => (0, None, at + 2),
            },
            Kind::Word(word) if word.is(Class::Oclock) || self.half(at + 1).is_some() => {
                (0, None, at + 1)
            }
            _ => return None,
        };
        Some((Clock { hour: self.short(at)?, minute, second }, next))
    }

    /// `:53` with its fraction, if it stands here.
    fn seconds(&self, at: usize) -> (Option<u32>, usize) {
        let Some(second) = self.two_digits(at + 1).filter(|_| self.is_mark(at, ":")) else {
            return (None, at);
        };
        let has_fraction =
            self.is_mark(at + 2, ".") && self.is_glued(at + 3) && self.number(at + 3).is_some();
        (Some(second), if has_fraction { at + 4 } else { at + 2 })
    }

    /// A number before its `counter`, if it stands here.
    fn counted(&self, at: usize, counter: &str) -> (Option<u32>, usize) {
        match self.number(at) {
            Some(number) if self.is_mark(at + 1, counter) => (Some(number.value), at + 2),
            _ => (None, at),
        }
    }

    /// `am` or `pm`, with dots or without.
    fn half(&self, at: usize) -> Option<(Half, usize)> {
        let word = self.word(at);
        let has_dots = self.is_mark(at + 1, ".") && self.word(at + 2).is(Class::Meridiem);
        let after_dots = || self.skip(at + 1, 3, ".", &[Class::Meridiem]);
        match word {
            _ if word.is(Class::Am) => Some((Half::Am, at + 1)),
            _ if word.is(Class::Pm) => Some((Half::Pm, at + 1)),
            _ if has_dots && word.is(Class::Ante) => Some((Half::Am, after_dots())),
            _ if has_dots && word.is(Class::Post) => Some((Half::Pm, after_dots())),
            _ => None,
        }
    }

    /// The place after a zone name, an offset or both.
    fn zone(&self, at: usize) -> usize {
        let next = self.skip(at, 1, "", &[Class::Zone]);
        let has_minutes = self.is_mark(next + 2, ":") && self.two_digits(next + 3).is_some();
        let Some(hours) =
            self.number(next + 1).filter(|hours| hours.value <= 1400 && self.is_glued(next + 1))
        else {
            return next;
        };
        let is_west = self.is_mark(next, "-") && (hours.digits == 4 || has_minutes || next > at);
        match self.is_mark(next, "+") || is_west {
            true if has_minutes => next + 4,
            true => next + 2,
            false => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::order::Order;

    /// The time at the start of a text and the count of tokens it takes.
    fn clock(text: &str) -> Option<(String, usize)> {
        Line::new(text, Order::Unknown)
            .clock(0, true)
            .map(|(clock, next)| (clock.to_string(), next))
    }

    #[test]
    fn every_clock_form_is_read_to_its_end() {
        for (text, iso, next) in [
            ("15:53", "15:53", 3),
            ("15:53:07.123+02:00 on", "15:53:07", 11),
            ("15:53:07-0500", "15:53:07", 7),
            ("3 pm", "15:00", 2),
            ("12:05 a.m. ET", "00:05", 8),
            ("1203 GMT", "12:03", 2),
            ("05.00 Uhr MEZ", "05:00", 5),
            ("14h30", "14:30", 3),
            ("9 Uhr", "09:00", 2),
            ("下午3点30分", "15:30", 5),
            ("10時20分30秒", "10:20:30", 6),
        ] {
            assert_eq!(clock(text), Some((iso.to_owned(), next)), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_clock_times() {
        for text in ["15", "25:00", "10:61", "10:5", "123:10", "05.00.12", "3 people"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}
