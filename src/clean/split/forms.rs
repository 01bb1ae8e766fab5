//! The forms of a line: what it has in common with its siblings, at several levels of detail.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::clean::split::beginnings::{
    BRACKETS, PICTURE, begin_of, begins_in_capitals, credit_of, is_picture, label_of, led_by,
    names_first, without_digits,
};
use crate::clean::split::dated::head_of;
use crate::clean::split::lines::Lines;
use crate::guard::look;
use crate::page::Marker;

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
    /// A bullet before a paragraph.
    Bullet,
    /// A name or a source at the end of a paragraph.
    Credit,
    /// A paragraph.
    Text,
    /// Words change.
    Cohesion,
}

impl Family {
    /// All, in order.
    pub(crate) const ALL: [Family; 20] = [
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
        Family::Bullet,
        Family::Credit,
        Family::Text,
        Family::Cohesion,
    ];
}

/// A form: its kind, and what tells it from others of that kind.
pub(super) type Form = (Family, u64);

/// A form of block `index`, for each level of detail that it has one at.
pub(super) fn forms_of(lines: &Lines, index: usize, mut each: impl FnMut(Form)) {
    look();
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
    if lines.is_below_form_feed(index) {
        each((Family::FormFeed, 0));
    }
    if lines.dated[index].is_some() {
        date_forms(lines, index, &mut each);
    }
    if !lines.is_line(index) {
        text_forms(lines, index, &mut each);
        if let Some(label) = label_of(head_of(text)) {
            each((Family::Lead, hash(&label)));
        }
        if let Some(sign) = led_by(text) {
            each((Family::Lead, hash(&sign)));
        }
        if begins_in_capitals(text) {
            each((Family::Capitals, 0));
        }
        if block.marker == Some(Marker::Bullet) {
            each((Family::Bullet, u64::from(begin_of(text))));
        }
        if let Some(sign) = credit_of(text) {
            each((Family::Credit, u64::from(sign)));
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
    let ends_text = follows_text && block.shape.ends_sentence;
    if let Some(sign) = credit_of(text).filter(|_| ends_text) {
        each((Family::Credit, u64::from(sign)));
    }
    headline_forms(lines, index, &mut each);
}

/// A paragraph, one that a blank line parts from the line above, and what it begins with: a bracket, a picture, a word or two before a stop.
fn text_forms(lines: &Lines, index: usize, each: &mut impl FnMut(Form)) {
    let text = lines.page.text_of(index);
    each((Family::Text, 0));
    if lines.page.blocks[index].gap > 0 {
        each((Family::Text, 1));
    }
    match begin_of(text) {
        sign if BRACKETS.contains(sign) => each((Family::Lead, hash(&sign))),
        sign if is_picture(sign) => each((Family::Lead, hash(&PICTURE))),
        _ => {}
    }
    if names_first(text) {
        each((Family::Lead, hash(&'.')));
    }
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
        let is_drawn = first.chars().all(is_picture);
        let first = if is_drawn { PICTURE.to_string() } else { without_digits(first) };
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
                c if is_picture(c) => PICTURE,
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

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_may_stand_in_one_paragraph_with_its_text() {
        for (text, sign) in [
            ("Ferry strike is over – The crews went back to work.", Some("–")),
            ("Norrby: The baker found a letter.", Some(":")),
            ("港口重新开放：船员周一恢复工作。", Some("：")),
            ("The crews, nine days out – all of them – went back.", None),
            ("The strike is over. It took nine days: too long.", None),
        ] {
            assert_eq!(led_by(text), sign, "{text}");
        }
    }

    #[test]
    fn a_credit_ends_a_paragraph() {
        for (text, sign) in [
            ("The crews went back to work. (Harbour Post)", Some('(')),
            ("The crews went back to work [ih]", Some('[')),
            ("The crews went back to work. — Ida Holm", Some('—')),
            ("The crews went back to work (and were glad), it is said.", None),
            ("The crews went back to work (1931)", None),
            ("They went back — at last", None),
        ] {
            assert_eq!(credit_of(text), sign, "{text}");
        }
    }
}
