//! Publication dates, as short lines of text in many languages state them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use jiff::{Timestamp, civil::Date, tz::Offset};
use regex::Regex;
use serde::Deserialize;

/// A date found in a line of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte of the date in the text.
    pub start: usize,
    /// The byte after the date, with its clock time and zone.
    pub end: usize,
    /// `2025-06-16`, `2025-06-16T15:53` or `2025-06-16T15:53:00`, in the zone of the text.
    pub iso: String,
}

/// How the reader of a text takes `08/03/2022`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// 8 March.
    DayFirst,
    /// August 3.
    MonthFirst,
    /// Not a date, as either could be meant.
    Unknown,
}

/// All absolute dates in `text`, left to right, non-overlapping.
///
/// `order` decides only numeric dates that read both ways; dots always put the day first.
pub fn find(text: &str, order: Order) -> Vec<Found> {
    if !may_hold_date(text) {
        return Vec::new();
    }
    if let Some(found) = epoch(text) {
        return vec![found];
    }
    let Some(tokens) = tokenise(text, false) else {
        return Vec::new();
    };
    let line = Line { tokens, order };
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(first) = line.tokens.get(at) {
        let Some((iso, next)) = line.stamp(at) else {
            at += 1;
            continue;
        };
        let end = line.tokens[next - 1].end;
        found.push(Found {
            start: first.start,
            end,
            iso,
        });
        at = next;
    }
    found
}

/// Whether the text tells a time from the moment of reading: `17 minutes ago`, `yesterday`.
pub fn is_relative(text: &str) -> bool {
    TABLE.relative.is_match(text)
        || contents(text).is_some_and(|line| line.today && line.dates == 0)
}

/// Whether `text` is nothing but dates (one at least), times, week-day and zone names,
/// connecting words and publication words.
pub fn is_date_line(text: &str) -> bool {
    may_hold_date(text)
        && (epoch(text).is_some() || contents(text).is_some_and(|line| line.dates > 0))
}

/// Whether some digits could be a year, by their count and the mark before them, or an epoch.
fn may_hold_date(text: &str) -> bool {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let (mut before, mut mark, mut run) = (' ', ' ', 0);
    for c in text.chars().chain([' ']) {
        if digit(c).is_some() {
            if run == 0 {
                mark = before;
            }
            run += 1;
            continue;
        }
        let is_short = run == 2 && FOLDS.get(mark).is_some_and(|mark| "-/.'".contains(mark));
        if run == 4 || run == 13 || is_short {
            return true;
        }
        (before, run) = (c, 0);
    }
    false
}

/// Milliseconds since 1970, when they are the whole text and fall in 2000..=2035.
fn epoch(text: &str) -> Option<Found> {
    let digits = text.trim();
    if digits.len() != 13 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let stamp = Timestamp::from_millisecond(digits.parse().ok()?).ok()?;
    let moment = Offset::UTC.to_datetime(stamp);
    let start = text.len() - text.trim_start().len();
    (2000..=2035).contains(&moment.year()).then(|| Found {
        start,
        end: start + digits.len(),
        iso: moment.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}

struct Contents {
    dates: usize,
    today: bool,
}

/// What a line of nothing but date vocabulary holds; `None` for any other line.
fn contents(text: &str) -> Option<Contents> {
    let line = Line {
        tokens: tokenise(text, true)?,
        order: Order::DayFirst,
    };
    let (mut contents, mut at) = (
        Contents {
            dates: 0,
            today: false,
        },
        0,
    );
    while let Some(token) = line.tokens.get(at) {
        at = match token.kind {
            _ if let Some((_, next)) = line.stamp(at) => {
                contents.dates += 1;
                next
            }
            _ if let Some((_, next)) = line.clock(at, true) => next,
            Kind::Number(..) | Kind::Mark('$' | '€' | '£' | '¥' | '%') => return None,
            Kind::Mark(_) => at + 1,
            Kind::Word(word) => {
                contents.today |= word.is(Class::Today.bit());
                at + 1
            }
        };
    }
    Some(contents)
}

#[derive(Clone, Copy, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Class {
    Weekday,
    Publication,
    Join,
    Of,
    Ordinal,
    Month,
    Zone,
    Hour,
    Oclock,
    Am,
    Pm,
    Ante,
    Post,
    Meridiem,
    Today,
    /// The beginning of a name of several words.
    Prefix,
}

impl Class {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What a word can mean in a date; all zero for a word that has no part in dates.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
struct Word {
    month: u8,
    /// The month after a day with a dot, where it differs.
    dotted: Option<u8>,
    classes: u16,
}

impl Word {
    fn is(self, classes: u16) -> bool {
        self.classes & classes != 0
    }
}

#[derive(Deserialize)]
struct Data {
    fold: BTreeMap<String, String>,
    months: BTreeMap<String, [String; 12]>,
    dotted_day: BTreeMap<String, u8>,
    vocabulary: BTreeMap<Class, BTreeMap<String, String>>,
    relative: Relative,
}

#[derive(Deserialize)]
struct Relative {
    count: String,
    unit: String,
    before: String,
    filler: String,
    after: String,
    whole: String,
    cjk: [String; 2],
}

struct Table {
    words: HashMap<String, Word>,
    relative: Regex,
}

static DATA: LazyLock<Data> =
    LazyLock::new(|| toml::from_str(include_str!("months.toml")).expect("months.toml is tested"));

/// Characters with their plain forms, sorted by character; `None` drops the character.
struct Folds(Vec<(char, Option<char>)>);

static FOLDS: LazyLock<Folds> = LazyLock::new(|| {
    let pairs = DATA.fold.iter();
    let pairs = pairs.flat_map(|(base, from)| from.chars().map(|c| (c, base.chars().next())));
    let mut folds: Vec<_> = pairs.collect();
    folds.sort_unstable();
    Folds(folds)
});

impl Folds {
    fn get(&self, c: char) -> Option<char> {
        if c.is_ascii() {
            return Some(c);
        }
        let place = self.0.binary_search_by_key(&c, |&(from, _)| from);
        place.map_or(Some(c), |place| self.0[place].1)
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let data = &*DATA;
    let mut words = HashMap::<String, Word>::new();
    let mut add = |names: &str, change: &dyn Fn(&mut Word)| {
        for name in names.split_whitespace() {
            let name = fold(&name.replace('_', " "));
            for (space, _) in name.match_indices(' ') {
                words.entry(name[..space].to_owned()).or_default().classes |= Class::Prefix.bit();
            }
            change(words.entry(name).or_default());
        }
    };
    for names in data.months.values() {
        for (month, names) in (1..).zip(names) {
            add(names, &|word| word.month = month);
        }
    }
    for (name, month) in &data.dotted_day {
        add(name, &|word| word.dotted = Some(*month));
    }
    for (class, names) in &data.vocabulary {
        names
            .values()
            .for_each(|names| add(names, &|word| word.classes |= class.bit()));
    }
    Table {
        words,
        relative: data.relative.regex(),
    }
});

impl Relative {
    fn regex(&self) -> Regex {
        let any = |names: &str| {
            let names = names
                .split_whitespace()
                .map(|name| name.replace('_', r"\s+"));
            names.collect::<Vec<_>>().join("|")
        };
        let (before, after) = (any(&self.before), any(&self.after));
        let (filler, whole) = (any(&self.filler), any(&self.whole));
        let count = format!(r"(?:\d+\s*|(?:{})\s+)", any(&self.count));
        let unit = format!(r"(?:{})\p{{L}}*", any(&self.unit));
        let [cjk_unit, cjk_after] = &self.cjk;
        // Spelt-out edges, as `\b` is slow outside ASCII.
        let (left, right) = (r"(?:^|[^\p{L}\p{N}])", r"(?:$|\P{L})");
        let pattern = format!(
            r"(?i){left}(?:(?:{before})\s+(?:(?:{filler})\s+)?{count}{unit}|{count}{unit}\.?\s+(?:{after}){right}|(?:{whole}){right})|\d\s*(?:{cjk_unit})\s*(?:{cjk_after})"
        );
        Regex::new(&pattern).expect("the words of months.toml are tested")
    }
}

/// Lower case without the accents that are often left out.
fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| FOLDS.get(c))
        .collect()
}

#[derive(Clone, Copy)]
enum Kind {
    /// Value and count of digits.
    Number(u32, usize),
    Word(Word),
    Mark(char),
}

struct Token {
    start: usize,
    end: usize,
    /// Follows the token before it without a space.
    glued: bool,
    kind: Kind,
}

/// Bytes from a digit within which a word can belong to the same date.
const NEAR: usize = 24;

/// The tokens of `text`; when `strict`, `None` at the first word that has no part in dates.
fn tokenise(text: &str, strict: bool) -> Option<Vec<Token>> {
    let look = |word: &str| {
        let is_short = word.len() < 64;
        is_short.then(|| TABLE.words.get(&fold(word)).copied())?
    };
    let mut digits = text.char_indices().filter(|&(_, c)| digit(c).is_some());
    let (mut digit_before, mut digit_after) = (None, digits.next());
    let mut is_near_digit = |start: usize, end: usize| {
        while let Some((place, _)) = digit_after.filter(|&(place, _)| place < start) {
            (digit_before, digit_after) = (Some(place), digits.next());
        }
        digit_before.is_some_and(|place| start - place < NEAR)
            || digit_after.is_some_and(|(place, _)| place - end < NEAR)
    };
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let start = text.len() - rest.len();
        let length_of = |part: fn(char) -> bool| rest.find(|c| !part(c)).unwrap_or(rest.len());
        let last = tokens
            .last()
            .map(|token| (token.start, token.end, token.kind));
        let (length, kind) = if c.is_whitespace() || is_invisible(c) {
            rest = &rest[c.len_utf8()..];
            continue;
        } else if digit(c).is_some() {
            let length = length_of(|c| digit(c).is_some());
            let digits = rest[..length].chars().filter_map(digit);
            let value = digits.clone().fold(0, |sum: u32, digit| {
                sum.saturating_mul(10).saturating_add(digit)
            });
            (length, Kind::Number(value, digits.count()))
        } else if let (Some(counter), Some((.., Kind::Number(..)))) = (counter(c), last) {
            (c.len_utf8(), Kind::Mark(counter))
        } else if is_letter(c) {
            let length = length_of(is_letter);
            let end = start + length;
            let is_relevant = strict || is_near_digit(start, end);
            let word = is_relevant.then(|| look(&rest[..length])).flatten();
            if let Some((from, _, Kind::Word(prefix))) = last
                && prefix.is(Class::Prefix.bit())
                && let Some(whole) = look(&text[from..end])
                && let Some(token) = tokens.last_mut()
            {
                (token.end, token.kind) = (end, Kind::Word(whole));
                rest = &rest[length..];
                continue;
            }
            if strict && word.is_none() {
                return None;
            }
            (length, Kind::Word(word.unwrap_or_default()))
        } else {
            (c.len_utf8(), Kind::Mark(FOLDS.get(c).unwrap_or(c)))
        };
        let glued = last.is_some_and(|(_, end, _)| end == start);
        tokens.push(Token {
            start,
            end: start + length,
            glued,
            kind,
        });
        rest = &rest[length..];
    }
    Some(tokens)
}

fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 6] = ['٠', '۰', '०', '০', '๐', '０'];
    if c < ZEROS[0] {
        return c.to_digit(10);
    }
    let places = ZEROS.map(|zero| (c as u32).wrapping_sub(zero as u32));
    places.into_iter().find(|&place| place <= 9)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
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

struct Line {
    tokens: Vec<Token>,
    order: Order,
}

/// Every reading starts at a token and gives, with what it read, the index of the token after.
impl Line {
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.tokens.get(at)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    fn two_digits(&self, at: usize) -> Option<u32> {
        self.number(at)
            .filter(|&(_, digits)| digits == 2)
            .map(|(value, _)| value)
    }

    fn word(&self, at: usize) -> Word {
        match self.tokens.get(at).map(|token| token.kind) {
            Some(Kind::Word(word)) => word,
            _ => Word::default(),
        }
    }

    fn is_mark(&self, at: usize, marks: &str) -> bool {
        matches!(self.tokens.get(at), Some(Token { kind: Kind::Mark(c), .. }) if marks.contains(*c))
    }

    fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    fn skip(&self, at: usize, limit: usize, marks: &str, classes: u16) -> usize {
        let skipped = |&at: &usize| self.is_mark(at, marks) || self.word(at).is(classes);
        at + (at..at + limit).take_while(skipped).count()
    }

    /// A date with the clock time after or before it, in ISO form.
    fn stamp(&self, at: usize) -> Option<(String, usize)> {
        const BETWEEN: &str = ",.-–—|@·•:;/()[]";
        let joins = Class::Join.bit() | Class::Weekday.bit();
        if let Some((date, next)) = self.date(at) {
            let stamp = self.clock(self.skip(next, 6, BETWEEN, joins), true);
            return Some(match stamp {
                Some((clock, next)) => (format!("{date}T{clock}"), next),
                None => (date.to_string(), next),
            });
        }
        if self.word(at).month > 0 {
            return self.clock_inside(at);
        }
        let (clock, next) = self.clock(at, false)?;
        let mut next = self.skip(next, 6, BETWEEN, joins);
        if let Some((_, elsewhere)) = self.clock(next, false) {
            next = self.skip(elsewhere, 6, BETWEEN, joins);
        }
        let (date, next) = self.date(next)?;
        let own = self.clock(self.skip(next, 6, BETWEEN, joins), true);
        own.is_none().then(|| (format!("{date}T{clock}"), next))
    }

    /// `Jun 16 15:53:00 UTC 2025`, as Unix tools write it.
    fn clock_inside(&self, at: usize) -> Option<(String, usize)> {
        let (month, next) = self.month(at, false)?;
        let (day, _) = self.number(next)?;
        let (clock, next) = self.clock(next + 1, false)?;
        let date = civil(self.year(next)?, month, day)?;
        Some((format!("{date}T{clock}"), next + 1))
    }

    fn date(&self, at: usize) -> Option<(Date, usize)> {
        if self.word(at).month > 0 || self.word(at).is(Class::Month.bit()) {
            return self.month_first(at);
        }
        self.number(at)?;
        if at > 0
            && self.is_glued(at)
            && let Token {
                start,
                end,
                kind: Kind::Word(_),
                ..
            } = self.tokens[at - 1]
            && end - start == 1
        {
            return None;
        }
        self.numeric(at)
            .or_else(|| self.day_first(at))
            .or_else(|| self.year_first(at))
    }

    fn year(&self, at: usize) -> Option<u32> {
        let (value, digits) = self.number(at)?;
        let is_short = digits == 2 && self.is_glued(at) && self.is_mark(at - 1, "-/'");
        match value {
            1900..=2099 if digits == 4 => Some(value),
            70.. if is_short => Some(1900 + value),
            _ if is_short => Some(2000 + value),
            _ => None,
        }
    }

    /// `2025-06-16`, `30.10.2019`, `18/10/2023`, `2023年10月18日`.
    fn numeric(&self, at: usize) -> Option<(Date, usize)> {
        let [first, second, third] = [at, at + 2, at + 4].map(|at| self.number(at));
        let (first, second, third) = (first?, second?, third?);
        let Kind::Mark(separator) = self.tokens[at + 1].kind else {
            return None;
        };
        if first.1 == 4 && separator == '年' && self.is_mark(at + 3, "月") {
            let next = at + 5 + usize::from(self.is_mark(at + 5, "日"));
            return Some((civil(self.year(at)?, second.0, third.0)?, next));
        }
        let is_apart = separator != '.' && (at + 1..at + 5).any(|at| !self.is_glued(at));
        if !"-/.".contains(separator)
            || !self.is_mark(at + 3, separator.encode_utf8(&mut [0; 4]))
            || is_apart
            || second.1 > 2
            || self.is_inside_number(at, at + 5, separator)
        {
            return None;
        }
        if first.1 == 4 && third.1 <= 2 {
            return Some((civil(self.year(at)?, second.0, third.0)?, at + 5));
        }
        let year = match (separator, first.1, second.1, third.1) {
            (.., 4) => self.year(at + 4)?,
            ('/', .., 2) | ('.', 2, 2, 2) if third.0 >= 70 => 1900 + third.0,
            ('/', .., 2) | ('.', 2, 2, 2) => 2000 + third.0,
            _ => return None,
        };
        let is_day_first = match (first.0, second.0, self.order) {
            (13.., ..) => true,
            (_, 13.., _) => false,
            _ if separator == '.' || first.0 == second.0 => true,
            (.., Order::DayFirst) => true,
            (.., Order::MonthFirst) => false,
            (.., Order::Unknown) => return None,
        };
        let (day, month) = if is_day_first {
            (first.0, second.0)
        } else {
            (second.0, first.0)
        };
        (first.1 <= 2).then_some((civil(year, month, day)?, at + 5))
    }

    /// Whether the tokens `at..next` are part of a longer number, a path or an address.
    fn is_inside_number(&self, at: usize, next: usize, separator: char) -> bool {
        let is_number = |at: usize| self.number(at).is_some();
        let before = at > 0
            && self.is_glued(at)
            && (self.is_mark(at - 1, "/_\\")
                || at > 1
                    && self.is_glued(at - 1)
                    && (separator == '-' && self.is_mark(at - 1, "-")
                        || self.is_mark(at - 1, ".:,") && is_number(at - 2)));
        let after = self.is_glued(next)
            && self.is_glued(next + 1)
            && (self.is_mark(next, "/_\\")
                || separator == '-' && self.is_mark(next, "-")
                || self.is_mark(next, ".") && is_number(next + 1));
        before || after
    }

    /// `16 June 2025`, `16. Juni 2025`, `18 de octubre de 2023`, `16-Jun-25`.
    fn day_first(&self, at: usize) -> Option<(Date, usize)> {
        let (day, _) = self.number(at).filter(|&(_, digits)| digits <= 2)?;
        if at > 1
            && self.is_glued(at)
            && self.is_glued(at - 1)
            && self.is_mark(at - 1, ".,:")
            && self.number(at - 2).is_some()
        {
            return None;
        }
        let of = Class::Of.bit();
        let next = self.skip(at + 1, 4, ".-/'°", of | Class::Ordinal.bit());
        let (month, next) = self.month(next, self.is_mark(at + 1, "."))?;
        let next = self.skip(next, 4, ".,-/'", of);
        Some((civil(self.year(next)?, month, day)?, next + 1))
    }

    /// `June 16th, 2025`, `Jun 16 2025`.
    fn month_first(&self, at: usize) -> Option<(Date, usize)> {
        let (month, next) = self.month(at, false)?;
        let next = self.skip(next, 2, ".-", Class::Of.bit());
        let (day, _) = self.number(next).filter(|&(_, digits)| digits <= 2)?;
        let between = Class::Of.bit() | Class::Ordinal.bit() | Class::Weekday.bit();
        let next = self.skip(next + 1, 4, ",.-/'()", between);
        Some((civil(self.year(next)?, month, day)?, next + 1))
    }

    /// `2023. október 18.`, `2023 Oct 18`.
    fn year_first(&self, at: usize) -> Option<(Date, usize)> {
        let (year, name) = (self.year(at)?, self.skip(at + 1, 1, ".-,", 0));
        let (month, next) = self.month(name, false)?;
        let next = self.skip(next, 1, ".-", 0);
        let (day, _) = self.number(next).filter(|&(_, digits)| digits <= 2)?;
        let is_other = self.month_first(name).is_some();
        (!is_other).then_some((civil(year, month, day)?, next + 1))
    }

    /// A month name, one given twice (`كانون الثاني/يناير`), or `tháng 10`.
    fn month(&self, at: usize, dotted: bool) -> Option<(u32, usize)> {
        let word = self.word(at);
        if word.is(Class::Month.bit())
            && let Some((month, _)) = self.number(at + 1)
        {
            return Some((month, at + 2));
        }
        let month = if dotted {
            word.dotted.unwrap_or(word.month)
        } else {
            word.month
        };
        let twice = self.is_mark(at + 1, "/(") && self.word(at + 2).month == word.month;
        let next = if twice {
            self.skip(at + 3, 1, ")", 0)
        } else {
            at + 1
        };
        (month > 0).then_some((month.into(), next))
    }

    /// A clock time with its zone; with `dotted` also `05.00`.
    fn clock(&self, at: usize, dotted: bool) -> Option<(String, usize)> {
        let mut is_pm = self.half(at);
        let at = at + usize::from(is_pm.is_some());
        let (mut hour, digits) = self.number(at)?;
        let mut next = at + 2;
        let (mut minute, mut second) = (0, None);
        if digits == 4 && self.word(at + 1).is(Class::Zone.bit()) {
            (hour, minute, next) = (hour / 100, hour % 100, at + 1);
        } else if digits > 2 {
            return None;
        } else if self.is_mark(at + 1, ":") {
            minute = self.two_digits(at + 2)?;
            next = at + 3;
            if self.is_mark(next, ":")
                && let Some(seconds) = self.two_digits(next + 1)
            {
                (second, next) = (Some(seconds), next + 2);
                if self.is_mark(next, ".")
                    && self.is_glued(next + 1)
                    && self.number(next + 1).is_some()
                {
                    next += 2;
                }
            }
        } else if self.is_mark(at + 1, "時") {
            if let (Some((minutes, _)), true) = (self.number(next), self.is_mark(next + 1, "分")) {
                (minute, next) = (minutes, next + 2);
            }
            if let (Some((seconds, _)), true) = (self.number(next), self.is_mark(next + 1, "秒")) {
                (second, next) = (Some(seconds), next + 2);
            }
        } else if self.word(at + 1).is(Class::Hour.bit()) {
            if let Some(minutes) = self.two_digits(next) {
                (minute, next) = (minutes, next + 1);
            }
        } else if dotted && is_pm.is_none() && self.is_mark(at + 1, ".") && self.is_glued(at + 2) {
            minute = self.two_digits(at + 2)?;
            next = at + 3;
            if self.is_mark(next, ".") && self.is_glued(next + 1) {
                return None;
            }
        } else if self.half(at + 1).is_some() || self.word(at + 1).is(Class::Oclock.bit()) {
            next = at + 1;
        } else {
            return None;
        }
        if is_pm.is_none() {
            is_pm = self.half(next);
            next += usize::from(is_pm.is_some());
            if is_pm.is_some()
                && self
                    .word(next - 1)
                    .is(Class::Ante.bit() | Class::Post.bit())
            {
                next = self.skip(next, 3, ".", Class::Meridiem.bit());
            }
        }
        match is_pm {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        next = self.zone(self.skip(next, 1, "", Class::Oclock.bit()));
        let is_valid = hour < 24 && minute < 60 && second.is_none_or(|second| second < 60);
        let second = second.map_or(String::new(), |second| format!(":{second:02}"));
        is_valid.then(|| (format!("{hour:02}:{minute:02}{second}"), next))
    }

    /// Whether an `am` (false) or a `pm` (true), with dots or without, stands here.
    fn half(&self, at: usize) -> Option<bool> {
        let word = self.word(at);
        let has_dots = self.is_mark(at + 1, ".") && self.word(at + 2).is(Class::Meridiem.bit());
        if word.is(Class::Am.bit()) || has_dots && word.is(Class::Ante.bit()) {
            Some(false)
        } else if word.is(Class::Pm.bit()) || has_dots && word.is(Class::Post.bit()) {
            Some(true)
        } else {
            None
        }
    }

    /// The token after a zone name, an offset or both.
    fn zone(&self, at: usize) -> usize {
        let next = self.skip(at, 1, "", Class::Zone.bit());
        let is_long = self.is_mark(next + 2, ":") && self.two_digits(next + 3).is_some();
        let is_offset = match self.number(next + 1) {
            Some((hours, digits)) if self.is_glued(next + 1) && hours <= 1400 => {
                let is_west = digits == 4 || is_long || next > at;
                self.is_mark(next, "+") || self.is_mark(next, "-") && is_west
            }
            _ => false,
        };
        match (is_offset, is_long) {
            (false, _) => next,
            (true, false) => next + 2,
            (true, true) => next + 4,
        }
    }
}

fn civil(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dates of a text whose language puts the day first.
    fn dates(text: &str) -> Vec<String> {
        find(text, Order::DayFirst)
            .into_iter()
            .map(|found| found.iso)
            .collect()
    }

    #[test]
    fn every_format_gives_its_iso_date() {
        for (text, iso) in [
            ("16 June 2025", "2025-06-16"),
            ("June 16th, 2025", "2025-06-16"),
            ("Jun 16 2025", "2025-06-16"),
            ("16th of June, 2025", "2025-06-16"),
            ("16-Jun-25", "2025-06-16"),
            ("JUNE 16 , 2025", "2025-06-16"),
            ("Sept. 5, 1999", "1999-09-05"),
            ("Sunday March 08, 2026 @03:34AM", "2026-03-08T03:34"),
            (
                "Published: Monday 3 March 2025 at 10:15 GMT",
                "2025-03-03T10:15",
            ),
            ("June 16, 2025 at 12:05 a.m. ET", "2025-06-16T00:05"),
            ("June 16, 2025 3:53 p.m.", "2025-06-16T15:53"),
            ("June 16, 2025, 3 pm", "2025-06-16T15:00"),
            ("Updated 12:03 GMT, Nov 20, 2019", "2019-11-20T12:03"),
            (
                "Updated 1203 GMT (2003 HKT) November 20, 2019",
                "2019-11-20T12:03",
            ),
            ("10:15 on 3 March 2025", "2025-03-03T10:15"),
            ("2025-06-16", "2025-06-16"),
            ("2025-06-16T15:53:00Z", "2025-06-16T15:53:00"),
            ("2025-06-16T15:53:00.123+02:00", "2025-06-16T15:53:00"),
            ("2025-06-16T15:53:00-05:00", "2025-06-16T15:53:00"),
            ("Mon Jun 16 15:53:00 UTC 2025", "2025-06-16T15:53:00"),
            ("2025-06-16 15:53", "2025-06-16T15:53"),
            ("2025/06/16", "2025-06-16"),
            ("2025‑06‑16", "2025-06-16"),
            ("30.10.2019", "2019-10-30"),
            ("1.2.2020", "2020-02-01"),
            ("30.10.19", "2019-10-30"),
            ("30. 10. 2019", "2019-10-30"),
            ("18/10/2023", "2023-10-18"),
            ("12/19/2025", "2025-12-19"),
            ("08-03-2022", "2022-03-08"),
            ("08/03/71", "1971-03-08"),
            ("1592322780000", "2020-06-16T15:53:00"),
        ] {
            assert_eq!(dates(text), [iso], "{text}");
        }
    }

    #[test]
    fn every_language_gives_its_iso_date() {
        for (text, iso) in [
            ("le 16 juin 2025 à 15:53", "2025-06-16T15:53"),
            ("1er août 2025, 15h29", "2025-08-01T15:29"),
            ("16. Juni 2025", "2025-06-16"),
            ("Mittwoch, 30.10.2019, 05.00 Uhr MEZ", "2019-10-30T05:00"),
            ("3. März 2020 um 9 Uhr", "2020-03-03T09:00"),
            ("18 de octubre de 2023 a las 15:30", "2023-10-18T15:30"),
            ("18 oct. 2023 3:30 p. m.", "2023-10-18T15:30"),
            ("30 ottobre 2023 alle 10.05", "2023-10-30T10:05"),
            ("1º de março de 2020 às 14h30", "2020-03-01T14:30"),
            ("3 maart 2021 om 10:15 uur", "2021-03-03T10:15"),
            ("12 grudnia 2020 r., godz. 14:30", "2020-12-12T14:30"),
            ("12 listopada 2020", "2020-11-12"),
            ("8 декабря 2020 г., 14:30 МСК", "2020-12-08T14:30"),
            ("8 грудня 2020", "2020-12-08"),
            ("3 Mart 2021 Çarşamba 10:15", "2021-03-03T10:15"),
            ("5 KASIM 2021", "2021-11-05"),
            ("18 يناير 2024", "2024-01-18"),
            ("١٨ كانون الثاني ٢٠٢٤", "2024-01-18"),
            ("18 تشرين الأول/أكتوبر 2023 الساعة 15:30", "2023-10-18T15:30"),
            ("12. října 2020 v 14:30", "2020-10-12T14:30"),
            ("16 juni 2025 kl. 15.53", "2025-06-16T15:53"),
            ("16. desember 2025", "2025-12-16"),
            ("16. maj 2025", "2025-05-16"),
            ("16. kesäkuuta 2025 klo 9.05", "2025-06-16T09:05"),
            ("18 noiembrie 2023, ora 10:15", "2023-11-18T10:15"),
            ("2023. október 18., 14:30", "2023-10-18T14:30"),
            ("18 Οκτωβρίου 2023, 3:30 μ.μ.", "2023-10-18T15:30"),
            ("18 ΜΑΪΟΥ 2023", "2023-05-18"),
            ("18 октомври 2023 г.", "2023-10-18"),
            ("12. listopada 2020. u 14:30", "2020-10-12T14:30"),
            ("18 Agustus 2023 pukul 15.30 WIB", "2023-08-18T15:30"),
            ("ngày 18 tháng 10 năm 2023", "2023-10-18"),
            ("18 Tháng Mười Một, 2023", "2023-11-18"),
            ("18 d'octubre del 2023", "2023-10-18"),
            ("2023年10月18日 15:30", "2023-10-18T15:30"),
            ("发布时间：2023年10月18日下午3点30分", "2023-10-18T15:30"),
            ("2023年10月18日(水)午後3時30分", "2023-10-18T15:30"),
            ("２０２３年１０月１８日", "2023-10-18"),
            ("입력 2023.10.18. 오후 3:30", "2023-10-18T15:30"),
            ("2023년 10월 18일 수요일", "2023-10-18"),
        ] {
            assert_eq!(dates(text), [iso], "{text}");
        }
    }

    #[test]
    fn a_date_that_reads_both_ways_needs_an_order() {
        for text in ["08/03/2022", "08-03-2022", "8/3/22"] {
            assert_eq!(find(text, Order::Unknown), [], "{text}");
            assert_eq!(find(text, Order::DayFirst)[0].iso, "2022-03-08", "{text}");
            assert_eq!(find(text, Order::MonthFirst)[0].iso, "2022-08-03", "{text}");
        }
        for (text, iso) in [
            ("03/03/2022", "2022-03-03"),
            ("18/10/2023", "2023-10-18"),
            ("12/19/2025", "2025-12-19"),
            ("08.03.2022", "2022-03-08"),
        ] {
            assert_eq!(find(text, Order::Unknown)[0].iso, iso, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "",
            "June 2025",
            "12/5",
            "March 12",
            "They won 3-1 and 2-2, then 12:10",
            "It costs 1.200 € or 12.50",
            "Call 01.02.20.33.44, 06/12/34/56/78, +49 30 12-10-2020-1 or 555-123-2020",
            "10.12.20.1",
            "v1.2.2020",
            "31 June 2025",
            "30.02.2020",
            "16 June 1823",
            "16/13/2020",
            "https://example.com/2023/10/18/page.html",
            "Chapter 5, May 2025",
            "12 May 25 people came",
            "1592322780000 bytes",
            "9999999999999",
            "17 minutes ago",
            "99999999999999999999999999.1.2020",
        ] {
            assert_eq!(dates(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn dates_are_found_inside_prose_with_their_bytes() {
        let text = "Né le 16 juin 1975 à Lyon, élu le 02/03/2020 à 10h.";
        let found = find(text, Order::DayFirst);
        let spans: Vec<_> = found
            .iter()
            .map(|found| &text[found.start..found.end])
            .collect();
        assert_eq!(spans, ["16 juin 1975", "02/03/2020 à 10h"]);
        assert_eq!(
            dates("10.05.2020 - 12.05.2020"),
            ["2020-05-10", "2020-05-12"]
        );
        assert_eq!(dates("Published16 June 2025Updated"), ["2025-06-16"]);
    }

    #[test]
    fn a_date_line_holds_nothing_else() {
        for text in [
            "Published: Monday 3 March 2025 at 10:15 GMT",
            "16 juin 2025 à 15:53",
            "Updated 12:03 GMT, Nov 20, 2019",
            "Updated 1203 GMT (2003 HKT) November 20, 2019",
            "30.10.2019, 05.00 Uhr",
            "Publié le 08/03/22 à 15h29 — Mis à jour le 08/03/22 à 16h30",
            "Veröffentlicht am 16. Juni 2025 um 10.15 Uhr",
            "Última actualización: 18 de octubre de 2023",
            "Опубликовано 8 декабря 2020 г. в 14:30",
            "Yayınlanma Tarihi: 3 Mart 2021 10:15 | Güncelleme: 4 Mart 2021",
            "تاريخ النشر: ١٨ كانون الثاني ٢٠٢٤",
            "发布时间：2023-10-18 15:30",
            "公開日：2023年10月18日(水)",
            "입력 2023.10.18. 오후 3:30",
            "1592322780000",
        ] {
            assert!(is_date_line(text), "{text}");
        }
        for text in [
            "",
            "Monday at 10:15",
            "17 minutes ago",
            "John Smith, 3 March 2025",
            "3 March 2025 - 5 comments",
            "Sales on 3 March 2025: $5",
            "Born on 16 June 1975 in Lyon",
        ] {
            assert!(!is_date_line(text), "{text}");
        }
    }

    #[test]
    fn times_from_the_reading_are_relative() {
        for text in [
            "17 minutes ago",
            "Posted an hour ago by John",
            "5m ago",
            "vor 3 Stunden",
            "vor etwa einer Stunde",
            "il y a 2 heures",
            "2 часа назад",
            "3 години тому",
            "hace 3 horas",
            "há 3 horas",
            "3 ore fa",
            "3 uur geleden",
            "2 dni temu",
            "5 dk önce",
            "3小时前",
            "3時間前",
            "3시간 전",
            "منذ ساعتين",
            "منذ 3 ساعات",
            "před 3 hodinami",
            "prije 3 sata",
            "преди 3 часа",
            "πριν από 3 ώρες",
            "acum 3 ore",
            "3 órával ezelőtt",
            "for 3 timer siden",
            "för 3 timmar sedan",
            "3 tuntia sitten",
            "3 jam yang lalu",
            "3 giờ trước",
            "fa 3 hores",
            "yesterday",
            "Updated: yesterday at 10:15",
            "Hier à 15h29",
            "i går kl. 10.15",
        ] {
            assert!(is_relative(text), "{text}");
        }
        for text in [
            "16 June 2025",
            "Today, 16 June 2025",
            "yesterday we won",
            "3 hours",
            "hi",
            "",
        ] {
            assert!(!is_relative(text), "{text}");
        }
    }

    #[test]
    fn no_name_means_two_months() {
        let mut seen = HashMap::new();
        for names in DATA.months.values() {
            for (month, names) in (1..=12).zip(names) {
                for name in names.split_whitespace() {
                    assert_eq!(*seen.entry(fold(name)).or_insert(month), month, "{name}");
                }
            }
        }
    }

    #[test]
    fn no_text_panics() {
        let pieces = [
            "٣",
            "９",
            "2025",
            "-",
            "/",
            ".",
            "年",
            "tháng ",
            "كانون ",
            "\u{301}",
            "\u{200f}",
            "🎉",
            "T",
            "Z",
            "+",
            ":",
            "16",
            "June",
            " ",
            "²",
            "ⅷ",
            "99999999999999",
            "p",
            "m",
            "h",
            "ß",
            "İ",
            "\0",
            "(",
            "GMT",
        ];
        let mut seed = 7_usize;
        for _ in 0..50_000 {
            let mut text = String::new();
            for _ in 0..9 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) % pieces.len()]);
            }
            for found in find(&text, Order::Unknown) {
                assert!(
                    text.get(found.start..found.end)
                        .is_some_and(|date| !date.is_empty())
                );
            }
            is_relative(&text);
            is_date_line(&text);
        }
    }
}
