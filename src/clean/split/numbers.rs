//! Numbered lines: which lines continue each other's count.

use std::ops::Range;

use crate::clean::split::beginnings::without_digits;
use crate::clean::split::dated::head_of;
use crate::clean::split::forms::hash;
use crate::clean::split::lines::Lines;

/// Lines that count upwards from one, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) members: Vec<usize>,
}

/// A number in a line: what stands around it, its value, how many there are as the line says, and whether a text stands in the line.
#[derive(Debug, Clone, Copy)]
struct Numbered {
    form: u64,
    value: u32,
    index: usize,
}

/// All counts of a page: each that begins at one, and for each form all of them together.
pub(super) fn counts(lines: &Lines) -> Vec<Count> {
    let mut found: Vec<Numbered> = (0..lines.len())
        .filter(|&i| lines.is_near_text[i])
        .flat_map(|i| numbers_of(lines, i))
        .collect();
    found.sort_by_key(|n| (n.form, n.index));
    let mut counts = Vec::new();
    for same in found.chunk_by(|a, b| a.form == b.form).filter(|same| same.len() >= 2) {
        let mut chains: Vec<Vec<usize>> = Vec::new();
        let mut value = 0;
        for number in same {
            if number.value <= 1 && value != 1 || number.value == 1 {
                chains.push(vec![number.index]);
                value = number.value;
            } else if number.value == value + 1
                && let Some(chain) = chains.last_mut()
            {
                chain.push(number.index);
                value += 1;
            }
        }
        chains.retain(|chain| {
            chain.len() >= 2
                && lines.words.within(chain[0]..chain.last().map_or(0, |last| last + 1)) > 0
        });
        if chains.len() > 1 {
            counts.push(Count { members: chains.concat() });
        }
        counts.extend(chains.into_iter().map(|members| Count { members }));
    }
    counts
}

/// The first number of a line that may count articles.
pub(super) fn number_of(lines: &Lines, index: usize) -> Option<u32> {
    let head = counting_head(lines, index)?;
    first_digits(lines, index, head)
        .map(|(_, value)| value)
        .or_else(|| head.chars().next().and_then(circled))
        .or_else(|| roman(head).map(|(value, _)| value))
}

/// The numbers of a line that may count articles: the first in digits, and one in roman letters at its head.
fn numbers_of(lines: &Lines, index: usize) -> impl Iterator<Item = Numbered> + use<> {
    let head = counting_head(lines, index);
    let of_digits = head.and_then(|head| {
        let (place, value) = first_digits(lines, index, head)?;
        let after = head[place.end..].chars().next().filter(|c| !c.is_alphanumeric());
        let lead = without_digits(&head[..place.start]).to_lowercase();
        Some((hash(&(lead, after.unwrap_or(' '))), value))
    });
    let circled = head.and_then(|head| circled(head.chars().next()?));
    let circled = circled.map(|value| (hash(&"circled"), value));
    let roman = head.and_then(roman).map(|(value, after)| (hash(&("roman", after)), value));
    let found = of_digits.into_iter().chain(circled).chain(roman);
    found.map(move |(form, value)| Numbered { form, value, index })
}

/// What of a line, or of the first line of a text, may count articles; none of a line without words.
fn counting_head<'l>(lines: &'l Lines, index: usize) -> Option<&'l str> {
    let text = lines.page.text_of(index);
    let has_words = lines.page.blocks[index].shape.words >= 1;
    has_words.then(|| if lines.is_line(index) { text } else { head_of(text) })
}

/// The first number in digits that may count articles, and where it stands: in a text only at its head.
fn first_digits(lines: &Lines, index: usize, head: &str) -> Option<(Range<usize>, u32)> {
    first_number(head).filter(|(place, _)| lines.is_line(index) || place.start <= 3)
}

/// The first number of a line with at most 24 bytes before it, of at most three digits.
fn first_number(text: &str) -> Option<(Range<usize>, u32)> {
    let start = text.find(|c: char| c.is_ascii_digit()).filter(|&at| at <= 24)?;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    let value = text[start..start + digits].parse().ok()?;
    (digits <= 3).then_some((start..start + digits, value))
}

/// The value of a number in a circle.
fn circled(c: char) -> Option<u32> {
    matches!(c, '①'..='⑳').then(|| c as u32 - '①' as u32 + 1)
}

/// The value of a roman number that a line begins with, and the sign behind it.
fn roman(text: &str) -> Option<(u32, char)> {
    let value_of = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let numeral = text.split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let after = text[numeral.len()..].chars().next().unwrap_or('\n');
    if numeral.is_empty()
        || numeral.len() > 7
        || !matches!(after, '.' | ')' | ':' | '\n' | ' ' | '-')
    {
        return None;
    }
    let values: Vec<u32> = numeral.chars().map(value_of).collect::<Option<_>>()?;
    let sum = values.iter().enumerate().fold(0i64, |sum, (at, &value)| {
        let is_less = values.get(at + 1).is_some_and(|&next| next > value);
        if is_less { sum - i64::from(value) } else { sum + i64::from(value) }
    });
    u32::try_from(sum).ok().filter(|&sum| sum > 0).map(|sum| (sum, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roman_number_is_read_with_the_sign_behind_it() {
        assert_eq!(roman("XIV. The weir"), Some((14, '.')));
        assert_eq!(roman("IX"), Some((9, '\n')));
        assert_eq!(roman("Vixen"), None);
        assert_eq!(roman("MILD. weather"), None);
    }

    #[test]
    fn a_number_in_a_circle_counts() {
        assert_eq!(['①', '⑳', '☺'].map(circled), [Some(1), Some(20), None]);
    }

    #[test]
    fn the_first_number_stands_near_the_head_of_the_line() {
        assert_eq!(first_number("Message: 12"), Some((9..11, 12)));
        assert_eq!(first_number("In the year 2031"), None);
        assert_eq!(first_number("a line that goes on for long 1"), None);
    }
}
