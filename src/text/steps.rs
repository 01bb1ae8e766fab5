//! The steps of a pattern, tried one after another with backtracking, in the order that Perl's regular expressions have.

use std::ops::Range;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::text::sets::{Bytes, Set};

/// Steps of the largest pattern.
const MOST: usize = 4_000;
/// Steps of a try: so many for each byte, and so many more.
const STEPS_A_BYTE: usize = 16;
const STEPS_MORE: usize = 2_000;
/// Choices from which on they are looked up by the byte that comes.
const MANY_CHOICES: usize = 8;

/// Steps from the first to the last. A step is known by its place.
#[derive(Debug)]
pub(crate) struct Steps {
    steps: Vec<Step>,
    first: u32,
    /// Bytes that a match may begin with that does not begin where the text does.
    begins: Bytes,
    /// Whether a match can only begin where the text does.
    is_tied: bool,
    texts: Vec<u8>,
    sets: Vec<Set>,
    choices: Vec<Choice>,
    tables: Vec<Table>,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    /// The bytes from one place in `texts` to another.
    Text {
        from: u32,
        to: u32,
        next: u32,
    },
    /// So many characters of a set, as many as possible first or as few.
    Many {
        set: u32,
        least: u32,
        most: u32,
        is_greedy: bool,
        next: u32,
    },
    /// One of the choices from one place to another, which stand in the reverse of their order.
    Either {
        from: u32,
        to: u32,
    },
    /// The same, of many.
    Any {
        table: u32,
    },
    Start {
        next: u32,
    },
    End {
        next: u32,
    },
    /// A border of a word, or none.
    Border {
        is_one: bool,
        next: u32,
    },
    Done,
}

#[derive(Debug, Clone, Copy)]
struct Choice {
    step: u32,
    begins: Bytes,
}

/// The choices for each byte that may come, and for the end of the text, in the reverse of their order.
#[derive(Debug)]
struct Table {
    ends: Box<[u32; 257]>,
    steps: Vec<u32>,
}

/// What is still to be tried; kept from text to text, so that it is not allocated for each.
#[derive(Debug, Default)]
pub(crate) struct Room(Vec<Todo>);

#[derive(Debug, Clone, Copy)]
struct Todo {
    step: u32,
    at: u32,
    /// Of a step of many characters, how many were taken.
    taken: Option<u32>,
}

impl Table {
    fn new(choices: &[Choice]) -> Table {
        let of_choice = |choice: &Choice| {
            let step = choice.step;
            choice.begins.places().map(move |place| (place, step))
        };
        let mut steps: Vec<(usize, u32)> = choices.iter().flat_map(of_choice).collect();
        steps.sort_by_key(|&(place, _)| place);
        let mut ends = Box::new([0; 257]);
        for (place, end) in ends.iter_mut().enumerate() {
            *end = steps.partition_point(|&(at, _)| at <= place) as u32;
        }
        Table { ends, steps: steps.into_iter().map(|(_, step)| step).collect() }
    }

    fn get(&self, byte: Option<u8>) -> &[u32] {
        let place = byte.map_or(256, usize::from);
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.steps[from as usize..self.ends[place] as usize]
    }
}

impl Steps {
    /// The steps of a pattern; None where it asks for what these cannot say, or for too many.
    pub(crate) fn of(hir: &Hir) -> Option<Steps> {
        let mut steps = Steps {
            steps: vec![Step::Done],
            first: 0,
            begins: Bytes::default(),
            is_tied: hir.properties().look_set_prefix().contains(Look::Start),
            texts: Vec::new(),
            sets: Vec::new(),
            choices: Vec::new(),
            tables: Vec::new(),
        };
        steps.first = steps.add(hir, 0)?;
        steps.begins = steps.begins_of(steps.first, false);
        Some(steps)
    }

    fn push(&mut self, step: Step) -> Option<u32> {
        self.steps.push(step);
        (self.steps.len() <= MOST).then_some(self.steps.len() as u32 - 1)
    }

    /// Adds the steps of `hir`, after which `next` comes; gives the first.
    fn add(&mut self, hir: &Hir, next: u32) -> Option<u32> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Literal(literal) => {
                let from = self.texts.len() as u32;
                self.texts.extend(&literal.0);
                self.push(Step::Text { from, to: self.texts.len() as u32, next })
            }
            HirKind::Class(class) => self.add_many(class, (1, 1), true, next),
            HirKind::Look(look) => self.push(match look {
                Look::Start => Step::Start { next },
                Look::End => Step::End { next },
                Look::WordUnicode => Step::Border { is_one: true, next },
                Look::WordUnicodeNegate => Step::Border { is_one: false, next },
                _ => return None,
            }),
            HirKind::Capture(capture) => self.add(&capture.sub, next),
            HirKind::Concat(parts) => {
                parts.iter().rev().try_fold(next, |next, part| self.add(part, next))
            }
            HirKind::Alternation(parts) => {
                let firsts: Option<Vec<u32>> =
                    parts.iter().map(|part| self.add(part, next)).collect();
                self.add_either(&firsts?)
            }
            HirKind::Repetition(repetition) => {
                let (least, most, sub) = (repetition.min, repetition.max, &*repetition.sub);
                let is_greedy = repetition.greedy;
                if let HirKind::Class(class) = sub.kind() {
                    let most = most.unwrap_or(u32::MAX);
                    return self.add_many(class, (least, most), is_greedy, next);
                }
                let ordered = |once| if is_greedy { [once, next] } else { [next, once] };
                let mut first = next;
                match most {
                    Some(most) => {
                        for _ in least..most {
                            let once = self.add(sub, first)?;
                            first = self.add_either(&ordered(once))?;
                        }
                    }
                    // Nothing could be taken for ever.
                    None if sub.properties().minimum_len() == Some(0) => return None,
                    None => {
                        first = self.push(Step::Done)?;
                        let once = self.add(sub, first)?;
                        self.steps[first as usize] = self.either(&ordered(once));
                    }
                }
                (0..least).try_fold(first, |first, _| self.add(sub, first))
            }
        }
    }

    fn add_many(
        &mut self,
        class: &Class,
        (least, most): (u32, u32),
        is_greedy: bool,
        next: u32,
    ) -> Option<u32> {
        self.sets.push(Set::of(class)?);
        let set = self.sets.len() as u32 - 1;
        self.push(Step::Many { set, least, most, is_greedy, next })
    }

    fn add_either(&mut self, firsts: &[u32]) -> Option<u32> {
        let either = self.either(firsts);
        self.push(either)
    }

    fn either(&mut self, firsts: &[u32]) -> Step {
        let choice = |&step: &u32| Choice { step, begins: self.begins_of(step, true) };
        let choices: Vec<Choice> = firsts.iter().rev().map(choice).collect();
        if choices.len() >= MANY_CHOICES {
            self.tables.push(Table::new(&choices));
            return Step::Any { table: self.tables.len() as u32 - 1 };
        }
        let from = self.choices.len() as u32;
        self.choices.extend(choices);
        Step::Either { from, to: self.choices.len() as u32 }
    }

    /// What may come at a step, where the text may begin there or not.
    fn begins_of(&self, step: u32, is_start: bool) -> Bytes {
        let mut begins = Bytes::default();
        let (mut todo, mut seen) = (vec![step], Vec::new());
        while let Some(step) = todo.pop() {
            if seen.contains(&step) {
                continue;
            }
            seen.push(step);
            match self.steps[step as usize] {
                Step::Text { from, .. } => begins.add(self.texts[from as usize]),
                Step::Many { set, least, next, .. } => {
                    begins.add_set(&self.sets[set as usize]);
                    todo.extend((least == 0).then_some(next));
                }
                Step::Either { from, to } => {
                    let choices = &self.choices[from as usize..to as usize];
                    todo.extend(choices.iter().map(|choice| choice.step));
                }
                Step::Any { table } => todo.extend(&self.tables[table as usize].steps),
                Step::Start { next } => todo.extend(is_start.then_some(next)),
                // A match may be empty from here on.
                Step::End { .. } | Step::Border { .. } | Step::Done => return Bytes::ALL,
            }
        }
        begins
    }

    /// The first stretch of `text` that they lead through, or no such; None where that took too many steps.
    pub(crate) fn find(&self, text: &str, room: &mut Room) -> Option<Option<Range<usize>>> {
        let mut left = STEPS_A_BYTE * text.len() + STEPS_MORE;
        let mut at = 0;
        loop {
            if let Some(end) = self.lead_from(text, at, room, &mut left)? {
                return Some(Some(at..end));
            }
            let rest = text.as_bytes().get(at + 1..).filter(|_| !self.is_tied);
            let may_begin =
                |&byte: &u8| self.begins.has(Some(byte)) && !(0x80..0xc0).contains(&byte);
            let next = rest.and_then(|rest| rest.iter().position(may_begin));
            match next {
                Some(skipped) => at += 1 + skipped,
                None if self.begins.has(None) && at < text.len() && !self.is_tied => {
                    at = text.len()
                }
                None => return Some(None),
            }
        }
    }

    /// Where they end that begin at a byte of `text`.
    fn lead_from(
        &self,
        text: &str,
        at: usize,
        Room(todo): &mut Room,
        left: &mut usize,
    ) -> Option<Option<usize>> {
        todo.clear();
        todo.push(Todo { step: self.first, at: at as u32, taken: None });
        while let Some(Todo { mut step, at, mut taken }) = todo.pop() {
            let mut at = at as usize;
            loop {
                *left = left.checked_sub(1)?;
                match self.steps[step as usize] {
                    Step::Text { from, to, next } => {
                        let known = &self.texts[from as usize..to as usize];
                        if !text.as_bytes()[at..].starts_with(known) {
                            break;
                        }
                        at += known.len();
                        step = next;
                    }
                    Step::Many { set, least, most, is_greedy, next } => {
                        let set = &self.sets[set as usize];
                        let (end, count) = match taken.take() {
                            Some(count) if is_greedy => {
                                (text.floor_char_boundary(at - 1), count - 1)
                            }
                            Some(count) => match set.take(text, at) {
                                Some(len) => (at + len, count + 1),
                                None => break,
                            },
                            None => match set.run(text, at, if is_greedy { most } else { least }) {
                                (_, count) if count < least => break,
                                (end, count) => {
                                    *left = left.checked_sub(count as usize)?;
                                    (end, count)
                                }
                            },
                        };
                        at = end;
                        if if is_greedy { count > least } else { count < most } {
                            todo.push(Todo { step, at: at as u32, taken: Some(count) });
                        }
                        step = next;
                    }
                    Step::Either { from, to } => {
                        let byte = text.as_bytes().get(at).copied();
                        let choices = &self.choices[from as usize..to as usize];
                        let choices = choices.iter().filter(|choice| choice.begins.has(byte));
                        push_all(todo, at, choices.map(|choice| choice.step));
                        break;
                    }
                    Step::Any { table } => {
                        let byte = text.as_bytes().get(at).copied();
                        push_all(todo, at, self.tables[table as usize].get(byte).iter().copied());
                        break;
                    }
                    Step::Start { next } if at == 0 => step = next,
                    Step::End { next } if at == text.len() => step = next,
                    Step::Border { is_one, next } if is_border(text, at) == is_one => step = next,
                    Step::Done => return Some(Some(at)),
                    _ => break,
                }
            }
        }
        Some(None)
    }
}

fn push_all(todo: &mut Vec<Todo>, at: usize, steps: impl Iterator<Item = u32>) {
    todo.extend(steps.map(|step| Todo { step, at: at as u32, taken: None }));
}

/// Whether a word begins or ends at a byte.
fn is_border(text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(regex_syntax::is_word_character);
    let (before, after) = text.split_at(at);
    is_word(before.chars().next_back()) != is_word(after.chars().next())
}
