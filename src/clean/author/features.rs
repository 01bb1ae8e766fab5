//! What the scorer sees of a candidate. The same code serves training (`dechaff features --authors`) and use.

use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::clean::author::candidate::{Candidate, Form, Places, candidates};
use crate::clean::author::columns::{COLUMNS, FAR, PRINTS, Row};
use crate::clean::finder::Finder;
use crate::clean::judge::Verdict;
use crate::clean::mark::{Marks, NAME_BELOW};
use crate::clean::model::around::flag;
use crate::clean::model::range::bound;
use crate::clean::segment::Segment;
use crate::clean::split::is_common_word;
use crate::guard::look;
use crate::page::Page;
use crate::span::{Decider, Kind};

/// Bytes of an article in which a name is looked for again.
const TEXT: usize = 1 << 16;

/// The candidates of an article, each with what is seen of it; none where it has no text. `told` are the authors that rules find.
pub(super) fn rows(
    page: &Page,
    segment: &Segment,
    (marks, verdicts): (&Marks, &[Verdict]),
    told: &[String],
) -> Vec<(Candidate, Row)> {
    let Some(places) = Places::of(page, segment, verdicts) else { return Vec::new() };
    let candidates = candidates(page, &places, verdicts);
    if candidates.is_empty() {
        return Vec::new();
    }
    let seen = Seen::of(page, segment, &places, (marks, verdicts), &candidates, told);
    let rows: Vec<Row> = (0..candidates.len()).map(|at| seen.row(&candidates, at)).collect();
    candidates.into_iter().zip(rows).collect()
}

/// What every candidate is seen with.
struct Seen<'a> {
    page: &'a Page<'a>,
    places: &'a Places,
    marks: &'a Marks,
    verdicts: &'a [Verdict],
    is_item: bool,
    /// Blocks with a day, of those around the candidates.
    days: FxHashSet<usize>,
    /// Words of the candidates that the text has in small letters.
    small: FxHashSet<String>,
    /// Where the first name of each candidate is printed, [`PRINTS`] at most.
    prints: Vec<Vec<usize>>,
    /// For each candidate the number of those with the same names, and these.
    same: Vec<usize>,
    groups: Vec<Group>,
    opened: usize,
    told: &'a [String],
}

impl<'a> Seen<'a> {
    fn of(
        page: &'a Page,
        segment: &Segment,
        places: &'a Places,
        (marks, verdicts): (&'a Marks, &'a [Verdict]),
        candidates: &[Candidate],
        told: &'a [String],
    ) -> Self {
        let is_near = |i: &usize| places.blocks.contains(i) && page.blocks[*i].shape.digits > 0;
        let mut days = FxHashSet::default();
        let mut before = None;
        for candidate in candidates {
            for i in (candidate.block.saturating_sub(4)..=candidate.block + 4).filter(is_near) {
                if before.is_none_or(|before| i > before) {
                    before = Some(i);
                    let shape = &page.blocks[i].shape;
                    if shape.chars <= 200 && !page.days(i).is_empty() {
                        days.insert(i);
                    }
                }
            }
        }
        let start = page.blocks[places.blocks.start].span.start;
        let end = page.blocks[places.blocks.end - 1].span.end;
        let text = &page.text[start..page.text.floor_char_boundary(end.min(start + TEXT))];
        let mut prints =
            Finder::new(candidates.iter().map(Candidate::name)).places_in(text, PRINTS);
        prints.iter_mut().flatten().for_each(|place| *place += start);
        let texts = (places.first..=places.last)
            .take_while(|&i| page.blocks[i].span.start < start + TEXT)
            .map(|i| page.text_of(i))
            .map(|text| &text[..text.floor_char_boundary(TEXT)]);
        let small = small_in(texts, candidates);
        let (same, groups) = groups_of(candidates);
        let opened = candidates.iter().filter(|candidate| candidate.is_opened).count();
        Self {
            page,
            places,
            marks,
            verdicts,
            is_item: segment.is_item,
            days,
            small,
            prints,
            same,
            groups,
            opened,
            told,
        }
    }

    fn row(&self, candidates: &[Candidate], at: usize) -> Row {
        look();
        let (page, places, own) = (self.page, self.places, &candidates[at]);
        let index = own.block;
        let (block, shape) = (&page.blocks[index], &page.blocks[index].shape);
        let distance = |from: usize| index as f32 - from as f32;
        let name = own.name();
        let words: Vec<&str> = name.split(' ').collect();
        let common: Vec<bool> = words.iter().map(|word| is_common_word(word)).collect();
        let letters: usize = own.names.iter().map(|name| letters(name)).sum();
        let in_text = self.prints(name, &self.prints[at]);
        let mark = self.marks.of(index);
        let kind = |kind: Kind| Kind::ALL.iter().position(|&k| k == kind).unwrap_or(0) as f32;
        let beside = |at: Option<usize>| at.filter(|at| places.blocks.contains(at));
        let (above, below) = (beside(index.checked_sub(1)), beside(Some(index + 1)));
        let words_of = |at: Option<usize>| at.map_or(0.0, |i| page.blocks[i].shape.words as f32);
        let is_text = |at: Option<usize>| at.is_some_and(|i| page.blocks[i].is_prose());
        let kind_of = |at: Option<usize>| at.map_or(0.0, |i| kind(self.verdicts[i].kind));
        let has_day = |at: Option<usize>| at.is_some_and(|i| self.days.contains(&i));
        let to_day = (0..=4usize).find(|&far| {
            self.days.contains(&(index + far))
                || index.checked_sub(far).is_some_and(|i| self.days.contains(&i))
        });
        let share = |count: usize| count as f32 / words.len().max(1) as f32;
        let is_small = |word: &&&str| self.small.contains(&*word.to_lowercase());
        let holds_name = |title| memmem::find(page.text_of(title).as_bytes(), name.as_bytes());
        let in_title = places.title.and_then(holds_name).is_some();
        let same = self.groups[self.same[at]].without(own);
        let is_initial = |word: &&str| word.chars().count() <= 2 && word.ends_with('.');
        let mut row = [
            places.title.map_or(FAR, distance),
            flag(places.title.is_some()),
            distance(places.first),
            distance(places.last),
            flag(index > places.last),
            block.gap as f32,
            page.blocks.get(index + 1).map_or(4.0, |next| next.gap as f32),
            shape.words as f32,
            shape.chars as f32,
            flag(block.marker.is_some()),
            flag(shape.ends_sentence),
            flag(block.is_prose()),
            shape.upper as f32 / shape.letters.max(1) as f32,
            shape.capitalised as f32 / shape.words.max(1) as f32,
            shape.digits as f32,
            own.parts as f32,
            own.part as f32,
            match own.form {
                Form::Whole => 0.0,
                Form::First => 1.0,
                Form::Two => 2.0,
                Form::About => 3.0,
            },
            own.names.len() as f32,
            words.len() as f32,
            name.chars().count() as f32,
            flag(!name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase)),
            flag(name.starts_with(char::is_lowercase)),
            flag(!name.chars().any(|c| c.is_lowercase() || c.is_uppercase())),
            flag(words.iter().any(is_initial)),
            letters as f32 / shape.letters.max(1) as f32,
            flag(own.is_opened),
            sign_of(own.sign),
            flag(has_day(Some(index))),
            flag(has_day(above)),
            flag(has_day(below)),
            to_day.map_or(8.0, |far| far as f32),
            mark.map_or(-1.0, |mark| kind(mark.kind)),
            mark.map_or(0.0, |mark| 1.0 + f32::from(mark.strength as u8)),
            kind(self.verdicts[index].kind),
            flag(self.verdicts[index].by == Some(Decider::Detector(NAME_BELOW.name))),
            in_text.all,
            in_text.in_text,
            in_text.above,
            in_text.below,
            in_text.alone,
            in_text.about,
            share(common.iter().filter(|&&is_common| is_common).count()),
            flag(common.last() == Some(&true)),
            share(words.iter().filter(is_small).count()),
            flag(in_title && !name.is_empty()),
            at as f32,
            candidates.len() as f32,
            words_of(above),
            words_of(below),
            flag(is_text(above)),
            flag(is_text(below)),
            kind_of(above),
            kind_of(below),
            self.opened as f32,
            flag(own.names == self.told),
            flag(own.names != self.told && !self.told.is_empty()),
            same.all as f32,
            flag(same.opened > 0),
            flag(same.about > 0),
            flag(self.is_item),
            words.first().map_or(0.0, |word| word.chars().count() as f32),
            words.last().map_or(0.0, |word| word.chars().count() as f32),
        ];
        bound(&COLUMNS, &mut row);
        row
    }

    /// Where a name stands in the article that is printed at these places.
    fn prints(&self, name: &str, places: &[usize]) -> Prints {
        let mut prints = Prints::default();
        for &place in places {
            let index = self.page.blocks.partition_point(|block| block.span.end <= place);
            let Some(block) = self.page.blocks.get(index) else { break };
            let is_text = self.verdicts[index].kind == Kind::Body && block.is_prose();
            let rest = &self.page.text[(place + name.len()).min(block.span.end)..block.span.end];
            let begins = block.unmarked().start == place;
            let is_about = begins
                && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase));
            prints.all += 1.0;
            prints.in_text += flag(is_text);
            prints.above += flag(index < self.places.first);
            prints.below += flag(index > self.places.last);
            prints.alone += flag(begins && rest.trim().is_empty());
            prints.about += flag(is_about);
        }
        prints
    }
}

/// Candidates with the same names: how many, how many of them behind words that open a byline, and how many with a text about them.
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    all: usize,
    opened: usize,
    about: usize,
}

impl Group {
    fn add(&mut self, own: &Candidate) {
        self.all += 1;
        self.opened += usize::from(own.is_opened);
        self.about += usize::from(own.form == Form::About);
    }

    /// The others beside one of them.
    fn without(self, own: &Candidate) -> Group {
        Group {
            all: self.all - 1,
            opened: self.opened - usize::from(own.is_opened),
            about: self.about - usize::from(own.form == Form::About),
        }
    }
}

/// The candidates with the same names together: for each of them the number of its group.
fn groups_of(candidates: &[Candidate]) -> (Vec<usize>, Vec<Group>) {
    let mut numbers: FxHashMap<&[String], usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    let mut same = Vec::with_capacity(candidates.len());
    for own in candidates {
        let number = *numbers.entry(&own.names).or_insert(groups.len());
        if number == groups.len() {
            groups.push(Group::default());
        }
        groups[number].add(own);
        same.push(number);
    }
    (same, groups)
}

/// Forms of words that are told apart before a word is looked up.
const FORMS: usize = 1 << 12;

/// The words of the candidates, in small letters, that texts have so.
fn small_in<'t>(
    texts: impl Iterator<Item = &'t str>,
    candidates: &[Candidate],
) -> FxHashSet<String> {
    let words = candidates.iter().flat_map(|own| own.name().split(' '));
    let mut asked: FxHashSet<String> = words.map(str::to_lowercase).collect();
    if asked.is_empty() {
        return asked;
    }
    // Which first letters and lengths there are among them.
    let form = |word: &str| {
        let letter = |at: usize| word.as_bytes().get(at).map_or(0, |&byte| usize::from(byte));
        (letter(0) ^ letter(1) << 3 ^ word.len() << 6) % FORMS
    };
    let mut forms = [false; FORMS];
    asked.iter().for_each(|word| forms[form(word)] = true);
    let mut found = FxHashSet::default();
    for text in texts {
        let mut rest = text;
        while !rest.is_empty() {
            let (word, behind) = rest.split_at(word_at_head(rest));
            if forms[form(word)]
                && word.starts_with(char::is_lowercase)
                && let Some(own) = asked.take(word)
            {
                found.insert(own);
            }
            let mut behind = behind.chars();
            behind.next();
            rest = behind.as_str();
        }
    }
    found
}

/// Bytes of the letters and digits that a text begins with.
fn word_at_head(text: &str) -> usize {
    match text.bytes().position(|byte| !byte.is_ascii_alphanumeric()) {
        Some(end) if !text.as_bytes()[end].is_ascii() => {
            let more = text[end..].find(|c: char| !c.is_alphanumeric());
            more.map_or(text.len(), |more| end + more)
        }
        end => end.unwrap_or(text.len()),
    }
}

/// How often a name stands in an article: at all, in its text, above and below that, alone in a line, at the head of a paragraph.
#[derive(Debug, Default)]
struct Prints {
    all: f32,
    in_text: f32,
    above: f32,
    below: f32,
    alone: f32,
    about: f32,
}

fn letters(name: &str) -> usize {
    name.chars().filter(|c| c.is_alphabetic()).count()
}

/// What stands before a part of a line: nothing (0), a bar or a dot (1), a dash (2), a colon (3), a bracket (4), a number (5), an at-sign (6), another
/// sign (7).
fn sign_of(sign: Option<char>) -> f32 {
    match sign {
        None => 0.0,
        Some('|' | '•' | '·' | '●' | '∙') => 1.0,
        Some('-' | '–' | '—') => 2.0,
        Some(':' | '：') => 3.0,
        Some('(' | '[' | '{' | ')' | ']' | '}') => 4.0,
        Some(c) if c.is_numeric() => 5.0,
        Some('@') => 6.0,
        Some(_) => 7.0,
    }
}

#[cfg(test)]
mod tests {
    use crate::clean::author::columns::{FEATURES, ranges};
    use crate::stages::author_rows;
    use crate::{Cleaner, Options};

    #[test]
    fn rows_of_odd_lines_are_whole_and_hold_numbers() {
        let names =
            "Mara Quill | 12 May 2031 | by Tobias Fenn (Norrby), 4711 | Ida Holm\n".repeat(60);
        let text =
            "The night ferry went back to work on Monday, as Mara Quill had said.\n\n".repeat(900);
        let rows = author_rows(
            &Cleaner::new(Options::default()).unwrap(),
            &format!("{names}\n{text}{names}"),
        );
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(row.features.len(), FEATURES);
            for ((name, range), value) in ranges().zip(row.features) {
                assert!(range.contains(&value), "{name}: {value}");
            }
        }
    }
}
