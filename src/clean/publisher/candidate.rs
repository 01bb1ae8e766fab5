//! What may name the publisher of a page: what lines around its text print more than once, or alone at its head or foot, or behind a copyright sign.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::clean::finder::Finder;
use crate::clean::judge::Verdict;
use crate::clean::publisher::copyright::behind_copyright;
use crate::clean::publisher::words::{PART, Word, is_in_capitals, joined, words_of};
use crate::guard::look;
use crate::page::Page;
use crate::span::Kind;

/// Lines from the head of a page, and from its foot, that are looked at.
const FROM_HEAD: usize = 150;
const FROM_FOOT: usize = 250;
/// Of these, lines that name the publisher though nothing else does.
const AT_HEAD: usize = 12;
const AT_FOOT: usize = 12;
/// Characters of the longest line, words of the longest part of one, and of the longest name that stands alone or with other words beside it.
const CHARS: u32 = 200;
const ALONE: usize = 8;
const BESIDE: usize = 4;
/// Bytes of the longest name.
const BYTES: usize = 80;
/// Bytes of a page in which a name is looked for, and prints that are counted.
pub(super) const TEXT: usize = 1 << 16;
pub(super) const PRINTS: usize = 20;
/// Names that are scored, the most printed first.
const CANDIDATES: usize = 96;
/// Words right before a name that are told apart, and right after it.
pub(super) const BESIDE_NAME: usize = 12;

/// A name that may be that of the publisher, and where lines around the text print it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate<'p> {
    /// The name, as first printed other than in capitals, where it is so printed.
    pub(super) name: &'p str,
    /// How often it is all of a line, all of a part of one, the first words of one, the last, others.
    pub(super) alone: u32,
    /// See `alone`.
    pub(super) part: u32,
    /// See `alone`.
    pub(super) first: u32,
    /// See `alone`.
    pub(super) last: u32,
    /// See `alone`.
    pub(super) within: u32,
    /// The words that follow it in the copyright line that names it, the fewest of several.
    pub(super) legal: Option<u32>,
    /// The words right before and right after it.
    pub(super) before: Beside,
    /// See `before`.
    pub(super) after: Beside,
    /// The block that prints it first, and last.
    pub(super) blocks: (usize, usize),
    /// The first block of which it is all.
    pub(super) first_alone: Option<usize>,
    /// The number of the first and of the last line, of those looked at.
    pub(super) lines: (usize, usize),
    /// Where the head of the page prints it, in its text and around that, [`PRINTS`] at most.
    pub(super) places: Vec<usize>,
}

impl Candidate<'_> {
    /// How many lines print it.
    pub(super) fn prints(&self) -> u32 {
        let in_lines = self.alone + self.part + self.first + self.last + self.within;
        in_lines + u32::from(self.legal.is_some())
    }
}

/// The words beside a name that differ, [`BESIDE_NAME`] at most.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Beside {
    words: [u64; BESIDE_NAME],
    count: usize,
}

impl Beside {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    fn add(&mut self, word: u64) {
        if self.count < BESIDE_NAME && !self.words[..self.count].contains(&word) {
            self.words[self.count] = word;
            self.count += 1;
        }
    }
}

/// Where in a line a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Alone,
    Part,
    First,
    Last,
    Within,
    /// In a copyright line, of whose name so many words more follow.
    Legal(u32),
}

/// The names that the lines of a page print around its text, in the order of the page, and how many lines were looked at.
pub(super) fn candidates<'p>(page: &Page<'p>, verdicts: &[Verdict]) -> (Vec<Candidate<'p>>, usize) {
    let is_around = |i: &usize| {
        let block = &page.blocks[*i];
        block.shape.chars <= CHARS && !(verdicts[*i].kind == Kind::Body && block.is_prose())
    };
    let mut lines: Vec<usize> = (0..page.blocks.len()).filter(is_around).collect();
    if lines.len() > FROM_HEAD + FROM_FOOT {
        lines.drain(FROM_HEAD..lines.len() - FROM_FOOT);
    }
    let mut found = Found::default();
    for (line, &block) in lines.iter().enumerate() {
        look();
        let is_title = matches!(verdicts[block].kind, Kind::Title | Kind::Duptitle);
        found.add_line(page.text_of(block), is_title, (block, line));
    }
    let count = lines.len();
    let is_likely = |own: &Candidate| {
        // The same word follows wherever it stands: it is the beginning of a longer name.
        let is_cut = own.after.count() == 1 && own.alone + own.part + own.last == 0;
        let is_at_end = own.lines.0 < AT_HEAD || own.lines.1 + AT_FOOT >= count;
        own.legal.is_some() || own.prints() > 1 && !is_cut || own.alone + own.part > 0 && is_at_end
    };
    let mut names = found.names;
    names.retain(is_likely);
    let text = &page.text[..page.text.floor_char_boundary(TEXT)];
    let places = Finder::new(names.iter().map(|own| own.name)).places_in(text, PRINTS);
    names.iter_mut().zip(places).for_each(|(own, places)| own.places = places);
    if names.len() > CANDIDATES {
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_cached_key(|&at| {
            let own = &names[at];
            let weight = (own.prints() + own.alone) as usize + own.places.len();
            (own.legal.is_none(), usize::MAX - weight, at)
        });
        let kept: FxHashSet<usize> = order.into_iter().take(CANDIDATES).collect();
        let mut at = 0..;
        names.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
    }
    (names, count)
}

/// The names found so far, each once, by the hash of its words in small letters.
#[derive(Default)]
struct Found<'p> {
    names: Vec<Candidate<'p>>,
    by_words: FxHashMap<u64, usize>,
}

impl<'p> Found<'p> {
    /// Adds the names of a line; of a headline those behind it.
    fn add_line(&mut self, text: &'p str, is_title: bool, at_line: (usize, usize)) {
        let text = text.trim();
        if let Some(name) = behind_copyright(text) {
            let words = words_of(name, usize::MAX);
            let mut hash = 0;
            for (end, word) in words.iter().enumerate().take(ALONE) {
                hash = joined(hash, word.hash);
                let own = &name[words[0].start..word.end];
                let left = (words.len() - end - 1) as u32;
                self.add((own, hash), At::Legal(left), at_line, (None, None));
            }
            return;
        }
        let parts = parts_of(text);
        if is_title && parts.len() == 1 {
            return;
        }
        for part in &parts {
            let part = &text[part.clone()];
            let words = words_of(part, PART + 1);
            let count = words.len();
            if count == 0 || count > PART {
                continue;
            }
            for start in 0..count {
                let mut hash = 0;
                let most = if start == 0 { ALONE } else { BESIDE };
                for end in start + 1..=count.min(start + most) {
                    hash = joined(hash, words[end - 1].hash);
                    let is_all = start == 0 && end == count;
                    let (first, last) = (&words[start], &words[end - 1]);
                    let begins_and_ends = first.is_capital && last.is_capital;
                    let is_named = || words[start..end].iter().any(Word::is_own);
                    if !is_all && (end - start > BESIDE || !begins_and_ends || !is_named()) {
                        continue;
                    }
                    let at = match (start == 0, end == count) {
                        (true, true) if parts.len() == 1 => At::Alone,
                        (true, true) => At::Part,
                        (true, false) => At::First,
                        (false, true) => At::Last,
                        (false, false) => At::Within,
                    };
                    let before = start.checked_sub(1).map(|at| words[at].hash);
                    let after = words.get(end).map(|word| word.hash);
                    let name = (&part[first.start..last.end], hash);
                    self.add(name, at, at_line, (before, after));
                }
            }
        }
    }

    fn add(
        &mut self,
        (name, hash): (&'p str, u64),
        at: At,
        (block, line): (usize, usize),
        (before, after): (Option<u64>, Option<u64>),
    ) {
        if !is_name(name, matches!(at, At::Legal(_))) {
            return;
        }
        let place = *self.by_words.entry(hash).or_insert(self.names.len());
        if place == self.names.len() {
            self.names.push(Candidate {
                name,
                alone: 0,
                part: 0,
                first: 0,
                last: 0,
                within: 0,
                legal: None,
                before: Beside::default(),
                after: Beside::default(),
                blocks: (block, block),
                first_alone: None,
                lines: (line, line),
                places: Vec::new(),
            });
        }
        let own = &mut self.names[place];
        if is_in_capitals(own.name) && !is_in_capitals(name) {
            own.name = name;
        }
        own.blocks.1 = block;
        own.lines.1 = line;
        match at {
            At::Alone => {
                own.alone += 1;
                own.first_alone.get_or_insert(block);
            }
            At::Part => own.part += 1,
            At::First => own.first += 1,
            At::Last => own.last += 1,
            At::Within => own.within += 1,
            At::Legal(left) => own.legal = Some(own.legal.map_or(left, |known| known.min(left))),
        }
        before.into_iter().for_each(|word| own.before.add(word));
        after.into_iter().for_each(|word| own.after.add(word));
    }
}

/// The parts of a line between signs, bars and dashes.
fn parts_of(line: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut is_after_space = true;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        let is_before_space = || chars.clone().next().is_none_or(|(_, next)| next.is_whitespace());
        let is_between = is_after_space && parts_in_space(c) && is_before_space();
        if is_between || parts_anywhere(c) {
            parts.push(start..at);
            start = at + c.len_utf8();
        }
        is_after_space = c.is_whitespace();
    }
    parts.push(start..line.len());
    parts.retain(|part| line[part.clone()].contains(char::is_alphanumeric));
    parts
}

/// Signs that part a name from what stands beside it in a line.
fn parts_anywhere(c: char) -> bool {
    matches!(c, '|' | '•' | '●' | '∙' | '›' | '»' | '(' | ')' | '[' | ']' | '\t')
}

/// Those that do where white space stands around them.
fn parts_in_space(c: char) -> bool {
    matches!(c, '·' | '–' | '—' | '-' | ':' | '/' | '~')
}

/// Whether a text can be a name: short, of two letters or more, begun with a capital or in a script without them, unless it stands behind a
/// copyright sign, is one word, or holds a stop as addresses do.
fn is_name(text: &str, is_legal: bool) -> bool {
    if text.len() > BYTES {
        return false;
    }
    let begins = text.chars().next().is_some_and(|c| !c.is_lowercase());
    let (mut letters, mut has_stop, mut has_space) = (0, false, false);
    for c in text.chars() {
        match c {
            '@' | '/' | '!' | '?' | '"' | '“' | '{' | '<' => return false,
            '.' => has_stop = true,
            ' ' => has_space = true,
            c => letters += u32::from(c.is_alphabetic()),
        }
    }
    letters > 1 && (begins || is_legal || has_stop || !has_space)
}

/// A name that a wrapped line may part.
pub(crate) fn in_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_part_a_line_where_they_are_no_part_of_a_word() {
        let parts = |line: &'static str| -> Vec<&str> {
            parts_of(line).into_iter().map(|part| line[part].trim()).collect()
        };
        assert_eq!(parts("Night ferry – Norrby Bugle"), ["Night ferry", "Norrby Bugle"]);
        assert_eq!(parts("Home|News [12]Norrby Bugle"), ["Home", "News", "12", "Norrby Bugle"]);
        for whole in ["Col·legi Nou", "Quay–Harbour Record", "Norrby-Bote"] {
            assert_eq!(parts(whole), [whole]);
        }
    }

    #[test]
    fn words_keep_their_marks() {
        for (text, words) in [
            ("“Norrby Bugle”, Ltd.", vec!["Norrby", "Bugle", "Ltd"]),
            ("ข่าวไทยโพสต์", vec!["ข่าวไทยโพสต์"]),
            ("தினமலர்", vec!["தினமலர்"]),
            ("Canal+", vec!["Canal+"]),
            ("— · —", vec![]),
        ] {
            let found: Vec<&str> =
                words_of(text, PART).iter().map(|w| &text[w.start..w.end]).collect();
            assert_eq!(found, words);
        }
    }

    #[test]
    fn names_stand_alone_in_parts_at_ends_and_behind_the_sign() {
        let mut found = Found::default();
        for (line, text) in [
            "Norrby Bugle",
            "About Norrby Bugle",
            "Quays | Norrby Bugle",
            "© 2031 Norrby Bugle Ltd",
        ]
        .into_iter()
        .enumerate()
        {
            found.add_line(text, false, (line, line));
        }
        let own = found.names.iter().find(|own| own.name == "Norrby Bugle").unwrap();
        assert_eq!((own.alone, own.part, own.last, own.legal), (1, 1, 1, Some(1)));
        assert_eq!((own.prints(), own.before.count()), (4, 1));
    }

    #[test]
    fn a_headline_is_no_name_but_what_stands_behind_it_is() {
        let mut found = Found::default();
        found.add_line("Night Ferry Sails", true, (0, 0));
        assert!(found.names.is_empty());
        found.add_line("Night Ferry Sails | Norrby Bugle", true, (1, 1));
        assert!(found.names.iter().any(|own| own.name == "Norrby Bugle"));
    }

    #[test]
    fn a_name_that_a_wrapped_line_parts_is_one() {
        assert_eq!(in_one_line("Norrby\n   Bugle"), "Norrby Bugle");
    }
}
