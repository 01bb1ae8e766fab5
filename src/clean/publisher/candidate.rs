//! What may name the publisher of a page: what lines around its text print more than once, or alone at its head or foot, or behind a copyright sign.

use std::hash::Hasher;
use std::ops::Range;

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::clean::judge::Verdict;
use crate::clean::publisher::rule::behind_copyright;
use crate::clean::split::common_stems;
use crate::guard::look;
use crate::page::Page;
use crate::span::Kind;
use crate::text::alike::stems;

/// Lines from the head of a page, and from its foot, that are looked at.
const FROM_HEAD: usize = 150;
const FROM_FOOT: usize = 250;
/// Of these, lines that name the publisher though nothing else does.
const HEAD: usize = 12;
const FOOT: usize = 12;
/// Characters of the longest line, words of the longest part of one, and of the longest name that stands alone or with other words beside it.
const CHARS: u32 = 200;
const PART: usize = 12;
const ALONE: usize = 8;
const BESIDE: usize = 4;
/// Bytes of the longest name.
const BYTES: usize = 80;
/// Bytes of a page in which a name is looked for, and prints that are counted.
pub(super) const TEXT: usize = 1 << 16;
pub(super) const PRINTS: usize = 20;
/// Names that are scored, the most printed first.
const CANDIDATES: usize = 96;
/// Signs that part a name from what stands beside it in a line.
const SIGNS: [char; 14] = ['[', ']', '|', '•', '·', '●', '∙', '›', '»', '–', '—', '(', ')', '\t'];

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
    /// Whether a copyright line names it, or begins with it and goes on: by how many words.
    pub(super) legal: Option<u32>,
    /// The words right before and right after it that differ.
    pub(super) before: FxHashSet<u64>,
    /// See `before`.
    pub(super) after: FxHashSet<u64>,
    /// The block that prints it first, and last.
    pub(super) blocks: (usize, usize),
    /// The first block of which it is all.
    pub(super) first_alone: Option<usize>,
    /// The number of the first and of the last line, of those looked at.
    pub(super) lines: (usize, usize),
}

impl Candidate<'_> {
    /// How often lines print it.
    pub(super) fn prints(&self) -> u32 {
        let in_lines = self.alone + self.part + self.first + self.last + self.within;
        in_lines + u32::from(self.legal.is_some())
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
        found.add_line(page.text_of(block), block, line);
    }
    let count = lines.len();
    let is_likely = |own: &Candidate| {
        // The same word follows wherever it stands: it is the beginning of a longer name.
        let is_cut = own.after.len() == 1 && own.alone + own.part + own.last == 0;
        let is_at_end = own.lines.0 < HEAD || own.lines.1 + FOOT >= count;
        own.legal.is_some() || own.prints() > 1 && !is_cut || own.alone + own.part > 0 && is_at_end
    };
    let mut names = found.names;
    names.retain(is_likely);
    if names.len() > CANDIDATES {
        let mut order: Vec<usize> = (0..names.len()).collect();
        let text = &page.text.as_bytes()[..page.text.len().min(TEXT)];
        let prints = |name: &str| memmem::find_iter(text, name).take(PRINTS).count();
        order.sort_by_cached_key(|&at| {
            let own = &names[at];
            let weight = (own.prints() + own.alone) as usize + prints(own.name);
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
    fn add_line(&mut self, text: &'p str, block: usize, line: usize) {
        let text = text.trim();
        if let Some(name) = behind_copyright(text) {
            let words = words_of(name);
            let mut hash = 0;
            for (end, word) in words.iter().enumerate().take(ALONE) {
                hash = joined(hash, word.hash);
                let own = &name[words[0].start..word.end];
                let left = (words.len() - end - 1) as u32;
                self.add((own, hash), At::Legal(left), (block, line), (None, None));
            }
        }
        let parts = parts_of(text);
        for part in &parts {
            let part = &text[part.clone()];
            let words = words_of(part);
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
                    let is_named = words[start..end].iter().any(|word| !word.is_common);
                    if !is_all && (!begins_and_ends || !is_named || end - start > BESIDE) {
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
                    self.add(
                        (&part[first.start..last.end], hash),
                        at,
                        (block, line),
                        (before, after),
                    );
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
        if !is_name(name) {
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
                before: FxHashSet::default(),
                after: FxHashSet::default(),
                blocks: (block, block),
                first_alone: None,
                lines: (line, line),
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
        own.before.extend(before);
        own.after.extend(after);
    }
}

/// The parts of a line between signs, bars and dashes.
fn parts_of(line: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_between = before == ' ' && chars.peek().is_some_and(|&(_, next)| next == ' ');
        if SIGNS.contains(&c) || is_between && matches!(c, '-' | ':' | '/') {
            parts.push(start..at);
            start = at + c.len_utf8();
        }
        before = c;
    }
    parts.push(start..line.len());
    parts.retain(|part| line[part.clone()].contains(char::is_alphanumeric));
    parts
}

/// A word of a line.
struct Word {
    start: usize,
    end: usize,
    /// The hash of its letters in small.
    hash: u64,
    /// Whether it begins with a capital or a digit, is of a script without capitals, or holds a stop as addresses do.
    is_capital: bool,
    /// Whether it is among the commonest of a language.
    is_common: bool,
}

/// The words of a text, without the signs around each.
fn words_of(text: &str) -> Vec<Word> {
    let is_sign = |c: char| !c.is_alphanumeric();
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let own = word.trim_matches(is_sign);
        if let Some(first) = own.chars().next() {
            let start = own.as_ptr().addr() - text.as_ptr().addr();
            words.push(Word {
                start,
                end: start + own.len(),
                hash: in_small(own),
                is_capital: !first.is_lowercase() || own.contains('.'),
                is_common: is_common(own),
            });
        }
    }
    words
}

/// Whether a word is among the commonest of a language.
pub(super) fn is_common(word: &str) -> bool {
    stems(&word.to_lowercase()).any(|stem| common_stems().contains(stem))
}

/// The hash of several words, from that of all but the last and that of the last.
fn joined(words: u64, last: u64) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u64(words);
    hasher.write_u64(last);
    hasher.finish()
}

/// Whether a text can be a name: short, of two letters or more, begun with a capital or in a script without them, or with a stop within as
/// an address has.
fn is_name(text: &str) -> bool {
    let first = text.chars().next();
    text.len() <= BYTES
        && first.is_some_and(|c| !c.is_lowercase() || text.contains('.') || !text.contains(' '))
        && text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !text.contains(['@', '!', '?', '"', '“', '{', '<'])
}

/// Whether all letters with a case are capitals.
pub(super) fn is_in_capitals(name: &str) -> bool {
    !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)
}

/// The hash of a text in small letters.
pub(super) fn in_small(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.chars().flat_map(char::to_lowercase).for_each(|c| hasher.write_u32(c.into()));
    hasher.finish()
}
