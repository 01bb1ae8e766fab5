//! The steps of a pattern, tried one after another with backtracking, in the order that Perl's regular expressions have.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::text::sets::{Bytes, Set};

/// Steps of a try: so many for each byte, and so many more.
const STEPS_A_BYTE: usize = 16;
const STEPS_MORE: usize = 2_000;
/// Choices from which on they are looked up by the byte that comes.
const MANY_CHOICES: usize = 8;

/// Steps from the first to the last. A step is known by its place.
#[derive(Debug)]
pub(crate) struct Steps {
    pub(super) steps: Vec<Step>,
    pub(super) first: u32,
    /// Bytes that a match may begin with that does not begin where the text does.
    pub(super) begins: Bytes,
    /// Whether a match can only begin where the text does.
    pub(super) is_tied: bool,
    pub(super) texts: Cow<'static, [u8]>,
    pub(super) sets: Arc<[Set]>,
    pub(super) choices: Choices,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
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
        from: u32,
        to: u32,
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
pub(super) struct Choice {
    pub(super) step: u32,
    pub(super) begins: Bytes,
}

/// The choices of all steps.
#[derive(Debug, Default)]
pub(super) struct Choices {
    all: Vec<Choice>,
    tables: Vec<Table>,
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
        steps.iter().for_each(|&(place, _)| ends[place] += 1);
        ends.iter_mut().fold(0, |before, end| {
            *end += before;
            *end
        });
        Table { ends, steps: steps.into_iter().map(|(_, step)| step).collect() }
    }

    fn get(&self, byte: Option<u8>) -> &[u32] {
        let place = byte.map_or(256, usize::from);
        let from = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.steps[from as usize..self.ends[place] as usize]
    }
}

impl Choices {
    /// The step of one of these, which stand in the reverse of their order.
    pub(super) fn either(&mut self, choices: impl IntoIterator<Item = Choice>) -> Step {
        let from = self.all.len();
        self.all.extend(choices);
        let (to, own) = (self.all.len() as u32, &self.all[from..]);
        if own.len() < MANY_CHOICES {
            return Step::Either { from: from as u32, to };
        }
        self.tables.push(Table::new(own));
        Step::Any { from: from as u32, to, table: self.tables.len() as u32 - 1 }
    }

    /// Those from one place to another.
    pub(super) fn of(&self, from: u32, to: u32) -> &[Choice] {
        &self.all[from as usize..to as usize]
    }
}

impl Steps {
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
                |&byte: &u8| self.begins.has_byte(byte) && !(0x80..0xc0).contains(&byte);
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
                        let choices = self.choices.of(from, to).iter();
                        let choices = choices.filter(|choice| choice.begins.has(byte));
                        push_all(todo, at, choices.map(|choice| choice.step));
                        break;
                    }
                    Step::Any { table, .. } => {
                        let byte = text.as_bytes().get(at).copied();
                        let table = &self.choices.tables[table as usize];
                        push_all(todo, at, table.get(byte).iter().copied());
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
