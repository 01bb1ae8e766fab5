//! Ends that recur: where each page of a dump has a foot, only the last of them ends the text of the whole, and a line that closes item after
//! item ends none.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::adjustable::adjustable;
use crate::clean::mark::marks::Marks;
use crate::dates;
use crate::guard::look;
use crate::page::Page;

adjustable! {
    /// What tells the foot of a page among others from a line that ends a text.
    RecurringThresholds {
        /// Paragraphs above each, since the one before it, at least.
        paragraphs: usize = 2,
        /// Words of a headline below it, at least: names of readers have fewer.
        headline_words: u32 = 4,
        /// Blocks between that headline and the first paragraph below it, at most.
        reach: usize = 4,
    }
}

/// Takes from the lines that end a text those that come again, but for numbers, below another headline with its paragraphs.
pub(super) fn leave_recurring_ends(page: &Page, marks: &mut Marks, t: &RecurringThresholds) {
    if marks.ends.len() < 2 {
        return;
    }
    let mut above = 0;
    let mut groups = FxHashMap::<String, Vec<(usize, usize)>>::default();
    let mut ends = marks.ends.iter().copied().peekable();
    for (index, block) in page.blocks.iter().enumerate() {
        look();
        if ends.next_if_eq(&index).is_some() {
            groups.entry(form_of(page, index)).or_default().push((index, above));
        }
        above += usize::from(block.is_prose() && marks.of(index).is_none());
    }
    let is_headline = |index: usize| {
        let block = &page.blocks[index];
        block.is_headline_like()
            && block.shape.words >= t.headline_words
            && !block.shape.ends_sentence
            && !dates::is_date_line(page.text_of(index))
    };
    let is_headed = |end: usize, next: usize| {
        let text = (end + 1..next).find(|&index| page.blocks[index].is_prose());
        text.is_some_and(|text| (text.saturating_sub(t.reach).max(end + 1)..text).any(is_headline))
    };
    let recur = |group: &[(usize, usize)]| {
        let begins = std::iter::once(0).chain(group.iter().map(|&(_, above)| above));
        group.len() > 1
            && group.iter().zip(begins).all(|(&(_, above), from)| above >= from + t.paragraphs)
            && group.windows(2).all(|pair| is_headed(pair[0].0, pair[1].0))
    };
    let feet = groups.into_values().filter(|group| recur(group));
    let passed: FxHashSet<usize> =
        feet.flat_map(|group| group.into_iter().rev().skip(1)).map(|(end, _)| end).collect();
    marks.ends.retain(|end| !passed.contains(end));
}

/// Of lines that end articles elsewhere those that close one item after another: they stand there again and again, below so many texts at least.
pub(super) fn closing_items(
    page: &Page,
    marks: &Marks,
    ends: &[usize],
    items: usize,
) -> Vec<usize> {
    let mut closing: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    // Of each form the texts above its last line.
    let mut above: FxHashMap<String, usize> = FxHashMap::default();
    let (mut texts, mut from) = (0, 0);
    for &end in ends {
        texts += (from..end).filter(|&at| marks.is_text(page, at)).count();
        from = end;
        let form = form_of(page, end);
        if above.insert(form.clone(), texts).is_none_or(|last| last < texts) {
            closing.entry(form).or_default().push(end);
        }
    }
    let mut closing: Vec<usize> =
        closing.into_values().filter(|same| same.len() >= items).flatten().collect();
    closing.sort_unstable();
    closing
}

/// A line that ends a text without its numbers: where it comes again, these count on.
fn form_of(page: &Page, end: usize) -> String {
    page.folded(end).chars().filter(|c| !c.is_numeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::Strength;
    use crate::span::{Decider, Kind};

    const STORY: &str = "The night ferry went back to work on Monday, nine days after its crew had left the ship in port.\n\n\
        The harbour master told the council in the evening that nobody had been hurt, and that the line would pay.\n\n";

    fn ends(text: &str) -> Vec<String> {
        let page = Page::new(text);
        let mut marks = Marks::new(page.blocks.len());
        for index in 0..page.blocks.len() {
            if page.text_of(index).starts_with("Comments") {
                marks.add(index, Kind::Comments, Decider::Detector("test"), Strength::Sure);
                marks.ends.push(index);
            }
        }
        leave_recurring_ends(&page, &mut marks, &RecurringThresholds::default());
        marks.ends.iter().map(|&end| page.text_of(end).to_owned()).collect()
    }

    #[test]
    fn feet_of_pages_do_not_end_the_text_but_for_the_last() {
        let pages: String = (1..=3)
            .map(|n| format!("Night ferry number {n} sails\n\n{STORY}Comments ({n})\n\n"))
            .collect();
        assert_eq!(ends(&pages), ["Comments (3)"]);
    }

    #[test]
    fn comments_between_two_of_them_are_no_page() {
        let reader = "Mara Quill\n\nGlad to hear it, since I have waited for a week and more, and my bicycle with me.\n\n";
        let page = format!(
            "Night ferry sails again\n\n{STORY}Comments (3)\n\n{}Comments (3)\n",
            reader.repeat(3)
        );
        assert_eq!(ends(&page).len(), 2);
    }

    #[test]
    fn a_line_at_the_head_and_one_above_short_comments_end_it() {
        let page = format!(
            "Comments (2)\n\n{STORY}Comments (2)\n\nGlad to hear it, since I have waited for a week and more.\n\nComments (2)\n"
        );
        assert_eq!(ends(&page).len(), 3);
    }
}
