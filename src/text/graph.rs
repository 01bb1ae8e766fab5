//! How a pattern becomes steps.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::text::sets::{Bytes, Set};
use crate::text::steps::{Choice, Choices, Step, Steps};

/// Steps of the largest pattern.
const MOST: usize = 4_000;

/// Steps that are not yet all.
#[derive(Debug, Default)]
struct Graph {
    steps: Vec<Step>,
    texts: Vec<u8>,
    sets: Vec<Set>,
    choices: Choices,
}

impl Steps {
    /// The steps of a pattern; None where it asks for what these cannot say, or for too many.
    pub(crate) fn of(hir: &Hir) -> Option<Steps> {
        let mut graph = Graph { steps: vec![Step::Done], ..Graph::default() };
        let first = graph.add(hir, 0)?;
        let begins = graph.begins_of(first, false);
        let Graph { steps, texts, sets, choices } = graph;
        Some(Steps {
            steps,
            first,
            begins,
            is_tied: hir.properties().look_set_prefix().contains(Look::Start),
            texts: texts.into(),
            sets: sets.into(),
            choices,
        })
    }
}

impl Graph {
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
        self.choices.either(choices)
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
                Step::Either { from, to } | Step::Any { from, to, .. } => {
                    todo.extend(self.choices.of(from, to).iter().map(|choice| choice.step));
                }
                Step::Start { next } => todo.extend(is_start.then_some(next)),
                Step::Border { next, .. } => todo.push(next),
                Step::End { .. } => begins.add_end(),
                Step::Done => return Bytes::ALL,
            }
        }
        begins
    }
}
