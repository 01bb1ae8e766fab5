//! Text as a line of numbers, words and marks.

use crate::dates::order::Order;
use crate::dates::words;
use crate::dates::words::{Class, Word};

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Number(Number),
    Word(Word),
    Mark(char),
}

#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) value: u32,
    /// Count of digits.
    pub(super) digits: u32,
}

pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Follows the token before it without a space.
    glued: bool,
    pub(super) kind: Kind,
}

/// The tokens of a text; places are counted in tokens, and one beyond the last holds nothing.
pub(super) struct Line {
    pub(super) tokens: Vec<Token>,
    pub(super) order: Order,
}

impl Line {
    pub(super) fn new(text: &str, order: Order) -> Self {
        Self { tokens: Tokens::of(text).collect(), order }
    }

    /// The line if each of its words can have a part in a date.
    pub(super) fn of_known_words(text: &str, order: Order) -> Option<Self> {
        let is_known =
            |token: &Token| !matches!(token.kind, Kind::Word(word) if word == Word::default());
        let tokens = Tokens::of(text).map(|token| is_known(&token).then_some(token));
        Some(Self { tokens: tokens.collect::<Option<_>>()?, order })
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.tokens.get(at)?.kind {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    /// A number of one or two digits.
    pub(super) fn short(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|number| number.digits <= 2).map(|number| number.value)
    }

    pub(super) fn two_digits(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|number| number.digits == 2).map(|number| number.value)
    }

    pub(super) fn word(&self, at: usize) -> Word {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Word(word)) => word,
            _ => Word::default(),
        }
    }

    pub(super) fn is_mark(&self, at: usize, marks: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Mark(c), .. }) if marks.contains(*c))
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The place after at most `limit` tokens that are some of these.
    pub(super) fn skip(&self, at: usize, limit: usize, marks: &str, classes: &[Class]) -> usize {
        let is_skipped = |&at: &usize| {
            self.is_mark(at, marks) || classes.iter().any(|&class| self.word(at).is(class))
        };
        at + (at..at + limit).take_while(is_skipped).count()
    }
}

/// The tokens of a text as they are read.
struct Tokens<'t> {
    text: &'t str,
    rest: &'t str,
    /// The end of the last token and whether it is a number.
    last: Option<(usize, bool)>,
}

impl<'t> Tokens<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, rest: text, last: None }
    }

    /// Bytes and meaning of the longest name here, or of the word if no name is known.
    fn word(&self) -> (usize, Word) {
        let mut length = letters_at_head(self.rest);
        let mut word = words::look_up(&self.rest[..length]).unwrap_or_default();
        while word.is(Class::Prefix)
            && let Some(more) = self.rest[length..].strip_prefix([' ', '.'])
            && let end = length + 1 + letters_at_head(more)
            && let Some(whole) = words::look_up(&self.rest[..end])
        {
            (length, word) = (end, whole);
        }
        (length, word)
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let is_blank = |c: char| c.is_whitespace() || is_invisible(c);
        self.rest = match self.rest.as_bytes() {
            [b'!'..=b'~', ..] => self.rest,
            [b' ', b'!'..=b'~', ..] => &self.rest[1..],
            _ => self.rest.trim_start_matches(is_blank),
        };
        let first = self.rest.chars().next()?;
        let (length, kind) = if digit(first).is_some() {
            let length = self.rest.find(|c| digit(c).is_none()).unwrap_or(self.rest.len());
            let digits = self.rest[..length].chars().filter_map(digit);
            let number = digits.fold(Number { value: 0, digits: 0 }, Number::with);
            (length, Kind::Number(number))
        } else if let (Some((_, true)), Some(counter)) = (self.last, counter(first)) {
            (first.len_utf8(), Kind::Mark(counter))
        } else if is_letter(first) {
            let (length, word) = self.word();
            (length, Kind::Word(word))
        } else {
            (first.len_utf8(), Kind::Mark(words::plain(first).unwrap_or(first)))
        };
        let start = self.text.len() - self.rest.len();
        let end = start + length;
        let glued = self.last.is_some_and(|(end, _)| end == start);
        self.last = Some((end, matches!(kind, Kind::Number(_))));
        self.rest = &self.rest[length..];
        Some(Token { start, end, glued, kind })
    }
}

impl Number {
    /// The number with one more digit.
    pub(super) fn with(self, digit: u32) -> Self {
        Self { value: self.value.saturating_mul(10).saturating_add(digit), digits: self.digits + 1 }
    }
}

/// Bytes of the letters that a text begins with.
fn letters_at_head(text: &str) -> usize {
    let ascii = text.bytes().position(|byte| !byte.is_ascii_alphabetic());
    match ascii {
        Some(end) if !text.as_bytes()[end].is_ascii() => {
            text[end..].find(|c| !is_letter(c)).map_or(text.len(), |more| end + more)
        }
        end => end.unwrap_or(text.len()),
    }
}

pub(super) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        '๐'..='๙' => '๐',
        '０'..='９' => '０',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// Letters and the marks of Latin, Devanagari and Thai that are not alphabetic by themselves.
fn is_letter(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{94d}' | '\u{e47}'..='\u{e4e}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// The characters that count years to seconds in Chinese, Japanese and Korean.
fn counter(c: char) -> Option<char> {
    Some(match c {
        '年' | '년' => '年',
        '月' | '월' => '月',
        '日' | '号' | '號' | '일' => '日',
        '時' | '时' | '点' | '點' | '시' => '時',
        '分' | '분' => '分',
        '秒' | '초' => '秒',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_several_words_is_one_token() {
        let text = "18 Tháng Mười Một, 2023";
        let line = Line::new(text, Order::Unknown);
        let parts: Vec<_> = line.tokens.iter().map(|token| &text[token.start..token.end]).collect();
        assert_eq!(parts, ["18", "Tháng Mười Một", ",", "2023"]);
        assert_eq!(line.word(1).month, 11);
    }

    #[test]
    fn digits_of_all_scripts_count() {
        for text in ["2023", "٢٠٢٣", "۲۰۲۳", "२०२३", "২০২৩", "๒๐๒๓", "２０２３"]
        {
            let number = Line::new(text, Order::Unknown)
                .number(0)
                .map(|number| (number.value, number.digits));
            assert_eq!(number, Some((2023, 4)), "{text}");
        }
    }

    #[test]
    fn counters_stand_only_after_numbers() {
        let line = Line::new("10월 月曜日", Order::Unknown);
        assert!(line.is_mark(1, "月") && line.is_glued(1));
        assert!(line.word(2).is(Class::Weekday) && !line.is_glued(2));
    }

    #[test]
    fn an_unknown_word_spoils_the_line() {
        assert!(Line::of_known_words("Published: 3 March", Order::Unknown).is_some());
        assert!(Line::of_known_words("Published: 3 marches", Order::Unknown).is_none());
    }
}
