//! Mail: what a message quotes, the line that says of whom, its signature, and the foot of its list.
//!
//! A `>` before a line means a quotation in a mail alone: elsewhere it marks the items of a list, a block quotation of the article, or a prompt.

use std::ops::Range;
use std::sync::LazyLock;

use crate::clean::labelled::is_mail;
use crate::clean::mark::{ATTRIBUTION, LIST_FOOT, MAIL_QUOTE, Marks, SIGNATURE};
use crate::dates;
use crate::languages::words_of;
use crate::page::{Page, is_quoted};
use crate::text::Room;
use crate::text::chars::{is_stop, is_unspaced};
use crate::text::pattern::Pattern;
use crate::text::sentence::sentences;

/// Blocks of the longest signature of a mail.
const SIGNATURE_BLOCKS: usize = 8;
/// Blocks of the longest foot of a list below its rule.
const FOOT_BLOCKS: usize = 8;
/// Characters of the shortest rule above the foot of a list.
const RULE: usize = 10;
/// Characters of the longest line that names whom a mail quotes.
const LONGEST: u32 = 300;

/// Words that say that somebody wrote something, each by itself.
static WROTE: LazyLock<Pattern> = LazyLock::new(|| {
    let alone = |word: &String| {
        let pattern = regex::escape(word);
        let is_unspaced = word.contains(is_unspaced);
        if is_unspaced { pattern } else { format!(r"(?:^|[^\pL]){pattern}(?:[^\pL]|$)") }
    };
    let words: Vec<String> = words_of(|language| language.wrote).iter().map(alone).collect();
    Pattern::new(format!("(?i){}", words.join("|")))
});

/// Marks the quotations, signatures and feet of the mails of a page; of another text only what stands below a line that says of whom it is quoted.
pub(crate) fn mark_mail(page: &Page, marks: &mut Marks) {
    let quotes = Quotes::of(page);
    let messages = messages(page);
    for message in &messages {
        quotes.mark(message.clone(), marks);
        let text = message.start..mark_list_foot(page, message.clone(), marks);
        mark_signature(page, text, marks);
    }
    if messages.is_empty()
        && let Some(first) = quotes.first_attributed()
    {
        quotes.mark(first..page.blocks.len(), marks);
    }
}

/// The blocks of the text of each mail.
fn messages(page: &Page) -> Vec<Range<usize>> {
    if page.is_mail {
        return std::iter::once(0..page.blocks.len()).collect();
    }
    let block_at = |byte| page.blocks.partition_point(|block| block.span.start < byte);
    let mails = page.labelled.records.iter().filter(|record| is_mail(page, record));
    mails.map(|mail| block_at(mail.text.start)..block_at(mail.text.end)).collect()
}

/// The blocks of a page that would be quotations in a mail.
struct Quotes<'p> {
    page: &'p Page<'p>,
    /// Listings of which not every line is one: what stands behind a prompt.
    spared: Vec<&'p Range<usize>>,
}

impl<'p> Quotes<'p> {
    fn of(page: &'p Page<'p>) -> Self {
        let is_code = |listing: &&Range<usize>| {
            (*listing).clone().any(|index| !is_quoted(page.text_of(index)))
        };
        Self { page, spared: page.listings.iter().filter(is_code).collect() }
    }

    /// Whether a block is quoted.
    fn is_quote(&self, index: usize) -> bool {
        let next = self.spared.partition_point(|listing| listing.end <= index);
        let is_code = || self.spared.get(next).is_some_and(|listing| listing.contains(&index));
        is_quoted(self.page.text_of(index)) && !is_code()
    }

    /// Whether a quotation begins at a block, below another.
    fn begins_at(&self, index: usize) -> bool {
        index > 0
            && self.page.blocks[index].gap <= 1
            && self.is_quote(index)
            && !self.is_quote(index - 1)
    }

    /// The line that says for sure of whom the first quotation is: by an address, or by the day that it begins with. Articles quote letters
    /// too, and say more of them.
    fn first_attributed(&self) -> Option<usize> {
        let begins = (0..self.page.blocks.len()).filter(|&index| self.begins_at(index));
        begins.map(|index| index - 1).find(|&above| {
            let text = self.page.text_of(above);
            says_of_whom(self.page, above) && (begins_with_day(text) || has_address(text))
        })
    }

    /// Marks quotations, and the lines above them that say of whom they are.
    fn mark(&self, blocks: Range<usize>, marks: &mut Marks) {
        for index in blocks.clone() {
            if blocks.contains(&(index + 1)) && self.is_torn_off(index) {
                marks.set(index, &MAIL_QUOTE);
            }
            if !self.is_quote(index) {
                continue;
            }
            marks.set(index, &MAIL_QUOTE);
            let above = index.wrapping_sub(1);
            if blocks.contains(&above) && self.begins_at(index) && says_of_whom(self.page, above) {
                marks.set(above, &ATTRIBUTION);
                if self.goes_on(above) && blocks.contains(&(above - 1)) {
                    marks.set(above - 1, &ATTRIBUTION);
                }
            }
        }
    }

    /// Whether a line is the end of the quoted line above, which was too long for a program that wrapped it anew.
    fn is_torn_off(&self, index: usize) -> bool {
        let is_tight = |index: usize| self.page.blocks[index].gap == 0;
        index > 0
            && !self.is_quote(index)
            && [index - 1, index + 1].iter().all(|&other| self.is_quote(other))
            && [index, index + 1].into_iter().all(is_tight)
            && self.page.text_of(index).starts_with(char::is_lowercase)
            && !self.page.text_of(index - 1).ends_with(is_stop)
    }

    /// Whether a line that says of whom something is quoted goes on from the block above it.
    fn goes_on(&self, index: usize) -> bool {
        let Some(above) = index.checked_sub(1) else { return false };
        let text = self.page.text_of(above);
        self.page.blocks[index].gap == 0
            && !self.is_quote(above)
            && !text.ends_with(is_stop)
            && self.page.blocks[above].shape.chars <= LONGEST
            && (has_day(text) || has_address(text))
    }
}

/// Whether a line that ends with a colon says who wrote what stands below it: by the word, or by a day and an address. A paragraph of several
/// sentences says more.
fn says_of_whom(page: &Page, index: usize) -> bool {
    let text = page.text_of(index);
    let is_one = || sentences(text).nth(1).is_none() || begins_with_day(text) || has_address(text);
    page.blocks[index].shape.chars <= LONGEST
        && text.ends_with([':', '：'])
        && (WROTE.is_match(text, &mut Room::default()) || has_day(text) && has_address(text))
        && is_one()
}

/// Whether a day stands at the head of a line, behind a word such as "On" at most.
fn begins_with_day(text: &str) -> bool {
    /// Bytes before the day, at most.
    const BEFORE: usize = 24;
    dates::find(text, dates::Order::Unknown).first().is_some_and(|day| day.start <= BEFORE)
}

fn has_day(text: &str) -> bool {
    !dates::find(text, dates::Order::Unknown).is_empty()
}

fn has_address(text: &str) -> bool {
    text.split_whitespace().any(|word| word.trim_matches(['<', '>']).contains('@'))
}

/// Marks the foot of a mailing list below a rule, with its address; gives the block at which the message ends.
fn mark_list_foot(page: &Page, message: Range<usize>, marks: &mut Marks) -> usize {
    let is_rule = |&index: &usize| {
        let text = page.text_of(index);
        text.len() >= RULE && (text.bytes().all(|b| b == b'_') || text.bytes().all(|b| b == b'-'))
    };
    let names =
        |index: usize| has_address(page.text_of(index)) || page.text_of(index).contains("://");
    let is_of_list = |index: usize| !page.blocks[index].is_prose() || names(index);
    let from = message.end.saturating_sub(FOOT_BLOCKS + 1).max(message.start);
    let foot = (from..message.end)
        .rev()
        .find(is_rule)
        .filter(|rule| (rule + 1..message.end).any(names))
        .filter(|rule| (rule + 1..message.end).all(is_of_list));
    let Some(foot) = foot else { return message.end };
    (foot..message.end).for_each(|index| marks.set(index, &LIST_FOOT));
    foot
}

/// Marks the signature below the text of a mail, which two dashes part from it.
fn mark_signature(page: &Page, text: Range<usize>, marks: &mut Marks) {
    let last = text.end.saturating_sub(SIGNATURE_BLOCKS).max(text.start);
    if let Some(dashes) = (last..text.end).find(|&index| page.text_of(index) == "--") {
        let is_of_it = |&index: &usize| !page.blocks[index].is_prose();
        (dashes..text.end).filter(is_of_it).for_each(|index| marks.set(index, &SIGNATURE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a text that is no mail quotes below this line.
    fn attributes(line: &str) -> bool {
        let text = format!("{line}\n> The fees for small boats are far too high.\n");
        let page = Page::new(&text);
        Quotes::of(&page).first_attributed().is_some()
    }

    #[test]
    fn a_line_says_in_every_language_of_whom_is_quoted() {
        for language in crate::languages::files::read() {
            for (line, is_said) in language.hits_and_spares("quotes") {
                assert_eq!(attributes(line), is_said, "{}: {line}", language.name);
            }
        }
    }

    #[test]
    fn a_day_and_an_address_say_so_without_a_word() {
        assert!(attributes("12 May 2031 08:40, Mara Quill <mara@quay.example>:"));
        assert!(!attributes("Mara Quill, 12 May 2031"));
        assert!(!attributes("These are the fees of 12 May 2031:"));
    }
}
