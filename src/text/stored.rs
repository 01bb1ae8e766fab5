//! Patterns whose steps were made beforehand, so that none is parsed when it is first needed.

use std::borrow::Cow;
use std::sync::Arc;

use crate::text::sets::{Bytes, Set};
use crate::text::steps::{Choice, Choices, Step, Steps};

/// What stands for "as many as there are".
const NO_BOUND: u16 = u16::MAX;

/// Steps of many patterns, each known by its place among them.
#[derive(Debug)]
pub(crate) struct Stored {
    sets: Arc<[Set]>,
    begins: Box<[Bytes]>,
    patterns: Vec<&'static [u8]>,
}

/// What is left to be read, number by number.
struct Numbers(&'static [u8]);

impl Numbers {
    fn next(&mut self) -> Option<u16> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*number))
    }

    fn wide(&mut self) -> Option<u32> {
        Some(u32::from(self.next()?) | u32::from(self.next()?) << 16)
    }

    fn step(&mut self) -> Option<u32> {
        self.next().map(u32::from)
    }

    fn bytes(&mut self) -> Option<&'static [u8]> {
        let len = self.wide()? as usize;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.wide()?).map(|_| read(self)).collect()
    }

    fn set(&mut self) -> Option<Set> {
        let ascii =
            (0..4).try_fold(0, |ascii, at| Some(ascii | u128::from(self.wide()?) << (32 * at)))?;
        let others =
            self.list(|own| Some((char::from_u32(own.wide()?)?, char::from_u32(own.wide()?)?)))?;
        Some(Set { ascii, others: others.into() })
    }

    fn begins(&mut self) -> Option<Bytes> {
        let mut begins = Bytes { bits: [0; 4], end: self.next()? == 1 };
        for bits in &mut begins.bits {
            *bits = u64::from(self.wide()?) | u64::from(self.wide()?) << 32;
        }
        Some(begins)
    }
}

impl Stored {
    /// Those that [`write`] wrote; None where it did not.
    pub(crate) fn read(bytes: &'static [u8]) -> Option<Stored> {
        let mut numbers = Numbers(bytes);
        let sets = numbers.list(Numbers::set)?.into();
        let begins = numbers.list(Numbers::begins)?.into();
        let patterns = numbers.list(Numbers::bytes)?;
        Some(Stored { sets, begins, patterns })
    }

    /// The steps of a pattern; None of one that cannot be said in steps.
    pub(crate) fn get(&self, pattern: usize) -> Option<Steps> {
        let mut numbers = Numbers(self.patterns.get(pattern)?);
        let (first, begins) = (numbers.step()?, self.begins_of(&mut numbers)?);
        let is_tied = numbers.next()? == 1;
        let (mut choices, mut end) = (Choices::default(), 0);
        let steps = numbers.list(|numbers| self.step(numbers, &mut choices, &mut end))?;
        let texts = Cow::Borrowed(numbers.0);
        Some(Steps { steps, first, begins, is_tied, texts, sets: self.sets.clone(), choices })
    }

    fn begins_of(&self, numbers: &mut Numbers) -> Option<Bytes> {
        self.begins.get(usize::from(numbers.next()?)).copied()
    }

    fn step(&self, numbers: &mut Numbers, choices: &mut Choices, end: &mut u32) -> Option<Step> {
        Some(match numbers.next()? {
            0 => {
                let from = *end;
                *end += numbers.step()?;
                Step::Text { from, to: *end, next: numbers.step()? }
            }
            kind @ (1 | 2) => Step::Many {
                set: numbers.step()?,
                least: numbers.step()?,
                most: Some(numbers.next()?)
                    .filter(|&most| most != NO_BOUND)
                    .map_or(u32::MAX, u32::from),
                is_greedy: kind == 1,
                next: numbers.step()?,
            },
            3 => {
                let choice = |numbers: &mut Numbers| {
                    Some(Choice { step: numbers.step()?, begins: self.begins_of(numbers)? })
                };
                choices.either(numbers.list(choice)?)
            }
            4 => Step::Start { next: numbers.step()? },
            5 => Step::End { next: numbers.step()? },
            kind @ (6 | 7) => Step::Border { is_one: kind == 6, next: numbers.step()? },
            _ => Step::Done,
        })
    }
}

/// What [`Stored::read`] reads: the steps of patterns, in their order.
#[cfg(test)]
pub(crate) fn write<'s>(patterns: impl IntoIterator<Item = Option<&'s Steps>>) -> Vec<u8> {
    let mut writer = Writer::default();
    let patterns: Vec<Vec<u8>> = patterns
        .into_iter()
        .map(|steps| steps.and_then(|steps| writer.pattern(steps)).unwrap_or_default())
        .collect();
    let mut bytes = Vec::new();
    put_wide(&mut bytes, writer.sets.len());
    for Set { ascii, others } in &writer.sets {
        bytes.extend(ascii.to_le_bytes());
        put_wide(&mut bytes, others.len());
        for &(start, end) in others {
            bytes.extend([u32::from(start), u32::from(end)].map(u32::to_le_bytes).as_flattened());
        }
    }
    put_wide(&mut bytes, writer.begins.len());
    for Bytes { bits, end } in &writer.begins {
        bytes.extend(u16::from(*end).to_le_bytes());
        bytes.extend(bits.map(u64::to_le_bytes).as_flattened());
    }
    put_wide(&mut bytes, patterns.len());
    for pattern in patterns {
        put_wide(&mut bytes, pattern.len());
        bytes.extend(pattern);
    }
    bytes
}

#[cfg(test)]
#[derive(Default)]
struct Writer {
    sets: Vec<Set>,
    begins: Vec<Bytes>,
}

#[cfg(test)]
fn put_wide(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend((number as u32).to_le_bytes());
}

#[cfg(test)]
impl Writer {
    /// The numbers of a pattern; None where one is too high.
    fn pattern(&mut self, steps: &Steps) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let put = |bytes: &mut Vec<u8>, numbers: &[u32]| {
            numbers.iter().try_for_each(|&number| {
                bytes.extend(u16::try_from(number).ok().filter(|&n| n != NO_BOUND)?.to_le_bytes());
                Some(())
            })
        };
        let begins = place_of(&mut self.begins, &steps.begins);
        put(&mut bytes, &[steps.first, begins, u32::from(steps.is_tied)])?;
        put_wide(&mut bytes, steps.steps.len());
        for step in &steps.steps {
            match *step {
                Step::Text { from, to, next } => put(&mut bytes, &[0, to - from, next])?,
                Step::Many { set, least, most, is_greedy, next } => {
                    let set = place_of(&mut self.sets, &steps.sets[set as usize]);
                    put(&mut bytes, &[2 - u32::from(is_greedy), set, least])?;
                    match most {
                        u32::MAX => bytes.extend(NO_BOUND.to_le_bytes()),
                        most => put(&mut bytes, &[most])?,
                    }
                    put(&mut bytes, &[next])?;
                }
                Step::Either { from, to } | Step::Any { from, to, .. } => {
                    put(&mut bytes, &[3])?;
                    put_wide(&mut bytes, (to - from) as usize);
                    for choice in steps.choices.of(from, to) {
                        let begins = place_of(&mut self.begins, &choice.begins);
                        put(&mut bytes, &[choice.step, begins])?;
                    }
                }
                Step::Start { next } => put(&mut bytes, &[4, next])?,
                Step::End { next } => put(&mut bytes, &[5, next])?,
                Step::Border { is_one, next } => put(&mut bytes, &[7 - u32::from(is_one), next])?,
                Step::Done => put(&mut bytes, &[8])?,
            }
        }
        bytes.extend(&*steps.texts);
        Some(bytes)
    }
}

/// The place of a value among those that are known, of which it becomes one.
#[cfg(test)]
fn place_of<T: PartialEq + Clone>(known: &mut Vec<T>, value: &T) -> u32 {
    let place = known.iter().position(|other| other == value).unwrap_or_else(|| {
        known.push(value.clone());
        known.len() - 1
    });
    place as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Room;

    #[test]
    fn stored_steps_lead_where_those_of_the_pattern_do() {
        let patterns = [
            "^(read (also|more)|share|print|save|like|mail|ask|quote|é+)$",
            r"\bquays?\b|[^.!?]{2,}?ab|(a|b|ab)+c?$",
            r"(?m)^a$",
        ];
        let steps = patterns.map(|pattern| Steps::of(&regex_syntax::parse(pattern).unwrap()));
        let bytes = write(steps.iter().map(Option::as_ref));
        let stored = Stored::read(bytes.leak()).unwrap();
        assert!(stored.get(2).is_none() && stored.get(3).is_none());
        for text in ["read more", "éé", "print it", "the quay", "quay", "xxab", "abc", "", "ask"]
        {
            for (at, steps) in steps.iter().enumerate().take(2) {
                let own = stored.get(at).unwrap().find(text, &mut Room::default());
                let whole = steps.as_ref().unwrap().find(text, &mut Room::default());
                assert_eq!(own, whole, "{}: {text}", patterns[at]);
            }
        }
    }

    #[test]
    fn what_was_cut_off_is_not_read() {
        let steps = Steps::of(&regex_syntax::parse("^a{2,3}[bc]$").unwrap());
        let bytes = &*write([steps.as_ref()]).leak();
        for len in 0..bytes.len() {
            assert!(Stored::read(&bytes[..len]).is_none_or(|stored| stored.get(0).is_none()));
        }
    }
}
