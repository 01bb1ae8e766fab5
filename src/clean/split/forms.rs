//! The forms of a line: what it has in common with its siblings, at several levels of detail.

use std::fmt::Write;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::clean::split::lines::{Lines, head_of};

/// What kind of form a set of lines shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// No set: the page is one article.
    Whole,
    /// What the rules find.
    Rules,
    /// The same letters, digits free.
    Literal,
    /// The same shape of capitals, words, numbers and dates.
    Shape,
    /// The same shape of words, numbers and dates.
    Coarse,
    /// The same first word or two.
    Lead,
    /// A date.
    Date,
    /// A rule, or other symbols.
    Symbols,
    /// A number one higher than the last.
    Number,
    /// A signature below a text.
    Signature,
    /// A headline above a text.
    Headline,
    /// A headline that a list of contents names.
    Contents,
    /// A phrase that parts articles.
    Separator,
    /// A form feed before it.
    FormFeed,
    /// Many blank lines before it.
    Gap,
    /// Capitals at the head of a paragraph.
    Capitals,
    /// Words change.
    Cohesion,
}

impl Family {
    /// All, in order.
    pub(crate) const ALL: [Family; 17] = [
        Family::Whole,
        Family::Rules,
        Family::Literal,
        Family::Shape,
        Family::Coarse,
        Family::Lead,
        Family::Date,
        Family::Symbols,
        Family::Number,
        Family::Signature,
        Family::Headline,
        Family::Contents,
        Family::Separator,
        Family::FormFeed,
        Family::Gap,
        Family::Capitals,
        Family::Cohesion,
    ];
}

/// A form: its kind, and what tells it from others of that kind.
pub(super) type Form = (Family, u64);

/// A form of block `index`, for each level of detail that it has one at.
pub(super) fn forms_of(lines: &Lines, index: usize, mut each: impl FnMut(Form)) {
    if !lines.is_near_text[index] {
        return;
    }
    let page = lines.page;
    let block = &page.blocks[index];
    let text = page.text_of(index);
    if block.gap >= 2 {
        each((Family::Gap, 2));
        if block.gap >= 3 {
            each((Family::Gap, 3));
        }
    }
    let above = if index == 0 { 0 } else { page.blocks[index - 1].span.end };
    if page.text[above..block.span.start].contains('\u{c}') {
        each((Family::FormFeed, 0));
    }
    if lines.dated[index].is_some() {
        date_forms(lines, index, &mut each);
    }
    if !lines.is_line(index) {
        if let Some(label) = label_of(head_of(text)) {
            each((Family::Lead, hash(&label)));
        }
        if begins_in_capitals(text) {
            each((Family::Capitals, 0));
        }
        return;
    }
    if block.is_symbolic() {
        let mut symbols: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        symbols.dedup();
        each((Family::Symbols, hash(&symbols)));
        return;
    }
    each((Family::Literal, lines.literal[index]));
    lead_forms(page.folded(index), &mut each);
    shape_forms(lines, index, &mut each);
    let follows_text = index > 0 && page.blocks[index - 1].is_prose();
    if follows_text && block.shape.words <= 6 && !block.shape.ends_sentence {
        each((Family::Signature, 0));
        if block.shape.capitalised * 2 >= block.shape.words && block.shape.digits == 0 {
            each((Family::Signature, 1));
        }
    }
    headline_forms(lines, index, &mut each);
}

fn date_forms(lines: &Lines, index: usize, each: &mut impl FnMut(Form)) {
    let Some(date) = lines.dated[index] else { return };
    if !lines.is_line(index) {
        each((Family::Date, 4));
        return;
    }
    let text = lines.page.text_of(index);
    each((Family::Date, 0));
    if (date.end - date.start) * 10 >= text.len() * 7 {
        each((Family::Date, 1));
    }
    if date.start == 0 {
        each((Family::Date, 2));
    }
    if index > 0 && lines.page.blocks[index - 1].is_prose() {
        each((Family::Date, 3));
    }
    if lines.next_text[index] == index + 1 {
        each((Family::Date, 5));
    }
}

fn lead_forms(folded: &str, each: &mut impl FnMut(Form)) {
    let mut words = folded.split_whitespace();
    if let Some(first) = words.next() {
        let first = without_digits(first);
        each((Family::Lead, hash(&first)));
        if let Some(second) = words.next() {
            each((Family::Lead, hash(&(first, without_digits(second)))));
        }
    }
}

fn headline_forms(lines: &Lines, index: usize, each: &mut impl FnMut(Form)) {
    let block = &lines.page.blocks[index];
    if !lines.is_headline(index) || lines.dated[index].is_some() {
        return;
    }
    let group_start = lines.group[index];
    let text = lines.next_text[index];
    if text >= lines.len() {
        return;
    }
    let is_last = !(index + 1..text).any(|i| lines.is_headline(i));
    let set_apart = block.gap > 0;
    let is_capital = block.shape.upper == block.shape.letters && block.shape.upper > 3;
    if text == index + 1 {
        each((Family::Headline, 0));
        if block.shape.words >= 4 {
            each((Family::Headline, 1));
        }
    }
    if is_last {
        each((Family::Headline, 2));
        if set_apart || group_start < index {
            each((Family::Headline, 3));
        }
    }
    if set_apart && block.shape.words >= 3 {
        each((Family::Headline, 4));
        if lines.page.blocks.get(index + 1).is_some_and(|next| next.gap > 0) {
            each((Family::Headline, 5));
        }
    }
    if is_capital {
        each((Family::Headline, 6));
    }
    if block.marker.is_some() {
        each((Family::Headline, 7));
    }
    if block.shape.words >= 3
        && !(lines.top[index]..index)
            .any(|i| lines.is_headline(i) && lines.page.blocks[i].shape.words >= 3)
    {
        each((Family::Headline, 8));
    }
}

/// The shape of a line: `A` for words in capitals, `a` for others, `0` for numbers, `D` for a date, signs as they are; runs squeezed. The coarser
/// one takes all words alike.
fn shape_forms(lines: &Lines, index: usize, each: &mut impl FnMut(Form)) {
    let text = lines.page.text_of(index);
    let mut shape = String::new();
    let mut push = |part: &str| {
        let (mut last, mut in_word) = (shape.chars().next_back(), false);
        for c in part.chars() {
            let class = match c {
                c if c.is_numeric() => '0',
                c if c.is_alphabetic() && in_word => continue,
                c if c.is_uppercase() => 'A',
                c if c.is_alphabetic() => 'a',
                c if c.is_whitespace() => {
                    in_word = false;
                    continue;
                }
                '\'' | '’' => continue,
                c => c,
            };
            in_word = c.is_alphabetic();
            if last != Some(class) {
                shape.push(class);
            }
            last = Some(class);
        }
    };
    match lines.dated[index] {
        Some(date) => {
            push(&text[..date.start]);
            push("§");
            push(&text[date.end..]);
        }
        None => push(text),
    }
    each((Family::Shape, hash(&shape)));
    let mut coarse = String::new();
    for c in shape.chars().map(|c| if c == 'A' { 'a' } else { c }) {
        if !coarse.ends_with(c) {
            coarse.push(c);
        }
    }
    if coarse != "a" && coarse != shape {
        each((Family::Coarse, hash(&coarse)));
    }
}

/// The first word of a paragraph where it is a label: `Q:`, `Ask:`; with digits free.
fn label_of(head: &str) -> Option<String> {
    let first = head.split_whitespace().next()?;
    (first.ends_with([':', '：']) && first.len() < 20)
        .then(|| without_digits(&first.to_lowercase()))
}

pub(super) fn begins_in_capitals(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 3
        && first.chars().all(|c| !c.is_lowercase())
        && first.chars().any(char::is_uppercase)
}

/// A text with each run of digits as one `0`.
pub(super) fn without_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_numeric() {
            let _ = out.write_char(c);
        } else if !out.ends_with('0') {
            out.push('0');
        }
    }
    out
}

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
