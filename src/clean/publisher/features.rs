//! What the scorer sees of a name. The same code serves training (`dechaff features --sources`) and use.

use std::ops::RangeInclusive;

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::clean::judge::Verdict;
use crate::clean::mark::Marks;
use crate::clean::model::around::flag;
use crate::clean::model::range::{Column, bound};
use crate::clean::publisher::candidate::{
    BESIDE_NAME, Candidate, PRINTS, TEXT, candidates, in_one_line,
};
use crate::clean::publisher::words::{in_small, is_in_capitals};
use crate::clean::split::is_common_word;
use crate::guard::look;
use crate::page::Page;
use crate::span::Kind;

/// Blocks up to which a distance is told.
const FAR: f32 = 40.0;
/// Blocks from the headline on that are the head of an article.
const TITLE_HEAD: usize = 4;
/// Bytes of the longest host (RFC 1035), and letters of the shortest part of one that tells a name.
const HOST: usize = 253;
const LABEL: usize = 4;

const COLUMNS: [Column; 56] = [
    Column::to("words", 8.0),
    Column::to("chars", 80.0),
    Column::share("in_capitals"),
    Column::share("in_small"),
    Column::share("without_case"),
    Column::share("capital_within"),
    Column::to("digits", 6.0),
    Column::share("stop_within"),
    Column::share("capitalised"),
    Column::share("common"),
    Column::share("common_first"),
    Column::share("common_last"),
    Column::to("first_letters", 20.0),
    Column::to("last_letters", 20.0),
    Column::to("alone", 12.0),
    Column::to("part", 12.0),
    Column::to("first", 12.0),
    Column::to("last", 12.0),
    Column::to("within", 12.0),
    Column::to("prints_around", 20.0),
    Column::share("of_lines"),
    Column::to("legal", 6.0),
    Column::to("before", BESIDE_NAME as f32),
    Column::to("after", BESIDE_NAME as f32),
    Column::to("first_line", FAR),
    Column::to("lines_after", FAR),
    Column::to("first_block", FAR),
    Column::to("blocks_after", FAR),
    Column::between("to_title", -FAR, FAR),
    Column::between("to_text", -FAR, FAR),
    Column::between("to_end", -FAR, FAR),
    Column::share("alone_above"),
    Column::to("first_alone", FAR),
    Column::share("in_title"),
    Column::share("at_head"),
    Column::to("mark_first", Kind::ALL.len() as f32),
    Column::to("verdict_first", Kind::ALL.len() as f32),
    Column::to("verdict_last", Kind::ALL.len() as f32),
    Column::to("gap", 4.0),
    Column::to("words_of_line", 60.0),
    Column::share("logo"),
    Column::to("prints", PRINTS as f32),
    Column::to("prints_in_text", PRINTS as f32),
    Column::to("address", 8.0),
    Column::share("begins_address"),
    Column::to("longer", 20.0),
    Column::to("shorter", 20.0),
    Column::share("longer_is_legal"),
    Column::share("shorter_is_legal"),
    Column::share("told"),
    Column::share("others_told"),
    Column::share("author"),
    Column::to("rank", 96.0),
    Column::to("candidates", 96.0),
    Column::to("articles", FAR),
    Column::to("lines", 400.0),
];
/// How many features a name has.
pub(super) const FEATURES: usize = COLUMNS.len();

/// What the scorer sees of a name.
pub(super) type Row = [f32; FEATURES];

/// The names of the features with the range of their values, in the order of a row.
pub(super) fn ranges() -> impl Iterator<Item = (&'static str, RangeInclusive<f32>)> {
    COLUMNS.iter().map(|column| (column.name, column.least..=column.most))
}

/// What is known of a page before its publisher is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around<'a> {
    /// What rules and detectors say.
    pub(crate) marks: &'a Marks,
    /// The verdict on each block.
    pub(crate) verdicts: &'a [Verdict],
    /// The authors of its articles.
    pub(crate) authors: &'a [&'a str],
    /// How many articles it holds.
    pub(crate) articles: usize,
    /// The publisher that rules find.
    pub(crate) told: Option<&'a str>,
}

/// The names on a page that may be its publisher's, each with what is seen of it.
pub(super) fn rows<'p>(page: &Page<'p>, around: Around) -> Vec<(Candidate<'p>, Row)> {
    let (candidates, lines) = candidates(page, around.verdicts);
    if candidates.is_empty() {
        return Vec::new();
    }
    let seen = Seen::of(page, around, lines);
    let nested = nested(&candidates);
    let rows: Vec<Row> =
        (0..candidates.len()).map(|at| seen.row(&candidates, at, nested[at])).collect();
    candidates.into_iter().zip(rows).collect()
}

/// What every name is seen with.
struct Seen<'a> {
    page: &'a Page<'a>,
    around: Around<'a>,
    lines: usize,
    title: Option<usize>,
    /// The first and the last block of text.
    text: (usize, usize),
    /// The parts of the hosts on the page, their letters alone, and how often each is printed.
    hosts: FxHashMap<String, u32>,
    /// The publisher that rules find, as [`in_small`] has it.
    told: Option<u64>,
}

impl<'a> Seen<'a> {
    fn of(page: &'a Page<'a>, around: Around<'a>, lines: usize) -> Self {
        let blocks = 0..page.blocks.len();
        let is = |i: &usize, kind: Kind| around.verdicts[*i].kind == kind;
        let is_text = |i: &usize| is(i, Kind::Body) && page.blocks[*i].is_prose();
        let first = blocks.clone().find(is_text).unwrap_or(0);
        let last = blocks.clone().rev().find(is_text).unwrap_or(first);
        let title = blocks.clone().find(|i| is(i, Kind::Title));
        let text = &page.text[..page.text.floor_char_boundary(TEXT)];
        let mut hosts = FxHashMap::default();
        for host in hosts_in(text) {
            let labels = host.rsplit('.').skip(1).map(letters_of);
            for label in labels.filter(|label| label.len() >= LABEL) {
                *hosts.entry(label).or_insert(0) += 1;
            }
        }
        let told = around.told.map(in_small);
        Self { page, around, lines, title, text: (first, last), hosts, told }
    }

    fn row(&self, candidates: &[Candidate], at: usize, nested: Nested) -> Row {
        look();
        let (page, own) = (self.page, &candidates[at]);
        let name = own.name;
        let words: Vec<&str> = name.split_whitespace().collect();
        let kind = |kind: Kind| Kind::ALL.iter().position(|&k| k == kind).unwrap_or(0) as f32;
        let verdict = |block: usize| kind(self.around.verdicts[block].kind);
        let share = |count: usize| count as f32 / words.len().max(1) as f32;
        let common: Vec<bool> = words.iter().map(|word| is_common_word(word)).collect();
        let has_capital_within = |word: &str| {
            word.chars().any(char::is_lowercase) && word.chars().skip(1).any(char::is_uppercase)
        };
        let (first, last) = own.blocks;
        let line = &page.blocks[first];
        let distance = |from: Option<usize>| from.map_or(FAR, |from| first as f32 - from as f32);
        let (prints, prints_in_text) = self.prints(own);
        let is_told = self.told.is_some_and(|told| told == in_small(&in_one_line(name)));
        let letters = letters_of(name);
        let begins = |host: &String| host.starts_with(&letters) || letters.starts_with(&**host);
        let begins_address = letters.len() >= LABEL && self.hosts.keys().any(begins);
        let holds_name = |title| memmem::find(page.text_of(title).as_bytes(), name.as_bytes());
        let in_title = self.title.and_then(holds_name).is_some();
        let at_head = |from: usize| (from..from + TITLE_HEAD).contains(&first);
        let mut row = [
            words.len() as f32,
            name.chars().count() as f32,
            flag(is_in_capitals(name)),
            flag(name.starts_with(char::is_lowercase)),
            flag(!name.chars().any(|c| c.is_lowercase() || c.is_uppercase())),
            flag(words.iter().any(|word| has_capital_within(word))),
            name.chars().filter(|c| c.is_numeric()).count() as f32,
            flag(name.contains('.')),
            share(words.iter().filter(|word| word.starts_with(char::is_uppercase)).count()),
            share(common.iter().filter(|&&is_common| is_common).count()),
            flag(common.first() == Some(&true)),
            flag(common.last() == Some(&true)),
            words.first().map_or(0.0, |word| word.chars().count() as f32),
            words.last().map_or(0.0, |word| word.chars().count() as f32),
            own.alone as f32,
            own.part as f32,
            own.first as f32,
            own.last as f32,
            own.within as f32,
            own.prints() as f32,
            own.prints() as f32 / self.lines.max(1) as f32,
            own.legal.map_or(6.0, |left| left.min(5) as f32),
            own.before.count() as f32,
            own.after.count() as f32,
            own.lines.0 as f32,
            (self.lines - 1 - own.lines.1) as f32,
            first as f32,
            (page.blocks.len() - 1 - last) as f32,
            distance(self.title),
            distance(Some(self.text.0)),
            last as f32 - self.text.1 as f32,
            flag(own.first_alone.is_some_and(|at| at < self.title.unwrap_or(self.text.0))),
            own.first_alone.map_or(FAR, |at| at as f32),
            flag(in_title),
            flag(self.title.is_some_and(at_head)),
            self.around.marks.of(first).map_or(0.0, |mark| 1.0 + kind(mark.kind)),
            verdict(first),
            verdict(last),
            line.gap as f32,
            line.shape.words as f32,
            flag(page.folded(first).contains("logo")),
            prints,
            prints_in_text,
            self.hosts.get(&letters).copied().unwrap_or(0) as f32,
            flag(begins_address),
            nested.longer.prints,
            nested.shorter.prints,
            nested.longer.is_legal,
            nested.shorter.is_legal,
            flag(is_told),
            flag(!is_told && self.around.told.is_some()),
            flag(self.around.authors.contains(&name)),
            at as f32,
            candidates.len() as f32,
            self.around.articles as f32,
            self.lines as f32,
        ];
        bound(&COLUMNS, &mut row);
        row
    }

    /// How often a name stands on the page, and how often in its text.
    fn prints(&self, own: &Candidate) -> (f32, f32) {
        let (mut all, mut in_text) = (0.0, 0.0);
        for &at in &own.places {
            let index = self.page.blocks.partition_point(|block| block.span.end <= at);
            let Some(block) = self.page.blocks.get(index) else { break };
            all += 1.0;
            in_text += flag(self.around.verdicts[index].kind == Kind::Body && block.is_prose());
        }
        (all, in_text)
    }
}

/// What is known of the names that hold a name, and of those that it holds.
#[derive(Debug, Clone, Copy, Default)]
struct Nested {
    longer: Others,
    shorter: Others,
}

/// The prints of the most printed of several names, and whether one of them stands right behind a copyright sign.
#[derive(Debug, Clone, Copy, Default)]
struct Others {
    prints: f32,
    is_legal: f32,
}

impl Others {
    fn add(&mut self, other: &Candidate) {
        self.prints = self.prints.max(other.prints() as f32);
        self.is_legal = self.is_legal.max(flag(other.legal == Some(0)));
    }
}

/// Which names hold which others.
fn nested(candidates: &[Candidate]) -> Vec<Nested> {
    let bytes = |name: &str| name.bytes().fold(0_u64, |set, byte| set | 1 << (byte & 63));
    let sets: Vec<u64> = candidates.iter().map(|own| bytes(own.name)).collect();
    let mut all = vec![Nested::default(); candidates.len()];
    for (short, shorter) in candidates.iter().enumerate() {
        look();
        let mut finder = None;
        for (long, longer) in candidates.iter().enumerate() {
            let may_hold = sets[short] & !sets[long] == 0 && longer.name.len() > shorter.name.len();
            if may_hold
                && finder
                    .get_or_insert_with(|| memmem::Finder::new(shorter.name))
                    .find(longer.name.as_bytes())
                    .is_some()
            {
                all[short].longer.add(longer);
                all[long].shorter.add(shorter);
            }
        }
    }
    all
}

/// The hosts of the addresses in a text: `norrby-post.example` of `mail@norrby-post.example`, of `www.norrby-post.example/quay` and of the name alone.
fn hosts_in(text: &str) -> impl Iterator<Item = &str> {
    let is_of_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.');
    let mut end = 0;
    memchr::memchr_iter(b'.', text.as_bytes()).filter_map(move |stop| {
        look();
        if stop < end {
            return None;
        }
        let run = text[end..stop].trim_end_matches(is_of_host).len() + end;
        end = text.len() - text[stop..].trim_start_matches(is_of_host).len();
        let host = text[run..end].trim_matches(['-', '.']);
        let (_, last) = host.rsplit_once('.')?;
        let is_host = host.len() <= HOST
            && (2..=12).contains(&last.len())
            && last.bytes().all(|b| b.is_ascii_lowercase());
        is_host.then_some(host)
    })
}

/// The letters and digits of a text, in small, as addresses have them.
fn letters_of(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        return letters.map(|c| c.to_ascii_lowercase()).collect();
    }
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stages::source_rows;
    use crate::{Cleaner, Options};

    #[test]
    fn rows_of_odd_lines_are_whole_and_hold_numbers() {
        let names =
            "Norrby Journal | About Norrby Journal | © 2031 Norrby / Journal Ltd\nnorrby.example\n";
        let text =
            "The night ferry went back to work on Monday, as the Norrby Journal had said.\n\n";
        let page = format!("{}\n{}{}", names.repeat(300), text.repeat(900), names.repeat(300));
        let rows = source_rows(&Cleaner::new(Options::default()).unwrap(), &page);
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(row.features.len(), FEATURES);
            for ((name, range), value) in ranges().zip(row.features) {
                assert!(range.contains(&value), "{name}: {value}");
            }
        }
    }

    #[test]
    fn hosts_stand_in_addresses() {
        let text =
            "mail@norrby-post.example, www.quay.example/a, 3.14 and e.g. See http://a.b.example.";
        let found: Vec<&str> = hosts_in(text).collect();
        assert_eq!(found, ["norrby-post.example", "www.quay.example", "a.b.example"]);
    }
}
