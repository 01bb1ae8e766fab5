//! The articles of the set that a page parts at, and what stands around them.

use std::ops::Range;

use crate::clean::segment::Segment;
use crate::clean::split::around::{leave_common_headline, leave_foot, leave_masthead, sign};
use crate::clean::split::candidates::Candidate;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::quantile;
use crate::clean::split::weak::begins_above;

/// The pages of a dump that begin here, and one above: each has a head of menus in which its headline is still to be found.
pub(super) fn untitled(lines: &Lines, starts: Vec<usize>) -> Vec<Segment> {
    let ends = starts.clone().into_iter().chain([lines.len()]);
    let blocks = [0].into_iter().chain(starts).zip(ends).map(|(start, end)| start..end);
    blocks.map(|blocks| Segment { blocks, is_item: true, ..Segment::default() }).collect()
}

/// The articles of a set. What stands above the first of them is one too where the lines of the set stand between articles, or where it is long
/// enough; else it is left over.
pub(super) fn segments(lines: &Lines, set: &Candidate) -> Vec<Segment> {
    let of = |(start, end): (usize, usize)| Segment {
        blocks: start..end,
        title: lines.headline(start, end),
        is_item: true,
        ..Segment::default()
    };
    let mut segments: Vec<Segment> = set.parts(lines.len()).map(of).collect();
    let first = segments.first().map_or(0, |segment| segment.blocks.start);
    let is_item =
        lines.words.within(0..first) > 0 && (set.ways.stand_between() || begins_above(lines, set));
    if is_item {
        let title = headline_as_below(lines, first, &segments);
        let above = of((0, first));
        segments.insert(0, Segment { title: title.or(above.title), ..above });
    }
    sign(lines, &mut segments);
    leave_common_headline(lines, &mut segments);
    leave_masthead(lines, &mut segments);
    leave_foot(lines, &mut segments);
    let first = segments.first().map_or(0, |segment| segment.blocks.start);
    if first > 0 {
        segments.insert(0, Segment::around(0..first));
    }
    segments
}

/// The headline of what stands above the others: as far above its text as those of most others are above theirs.
fn headline_as_below(lines: &Lines, end: usize, others: &[Segment]) -> Option<usize> {
    let text = |start: usize| lines.next_text[start];
    let heights = others.iter().filter_map(|own| text(own.blocks.start).checked_sub(own.title?));
    let heights: Vec<usize> = heights.collect();
    let same = |height: usize| heights.iter().filter(|&&other| other == height).count();
    let height = heights.iter().copied().max_by_key(|&height| same(height))?;
    let title = text(0).checked_sub(height).filter(|_| text(0) < end)?;
    (same(height) * 4 >= others.len() * 3 && lines.is_title[title]).then_some(title)
}

/// Where a list of contents names the articles, what stands above and below these is none: the list itself, and how the whole is had.
pub(super) fn leave_unnamed(lines: &Lines, named: &[usize], segments: &mut Vec<Segment>) {
    let is_named = |segment: &Segment| {
        let next = named.partition_point(|&line| line < segment.blocks.start);
        let head = segment.blocks.start..=lines.next_text[segment.blocks.start];
        named.get(next).is_some_and(|line| head.contains(line))
    };
    let Some(first) = segments.iter().position(is_named) else { return };
    let last = segments.iter().rposition(is_named).unwrap_or(first);
    if last < first + 1 || !segments[first..=last].iter().all(is_named) {
        return;
    }
    let words = |segment: &Segment| lines.words.within(segment.blocks.clone()) as f32;
    let of_named: Vec<f32> = segments[first..=last].iter().map(words).collect();
    let is_short = |segment: &Segment| words(segment) * 2.0 < quantile(&of_named, 0.5);
    for above in &mut segments[..first] {
        above.stand_around(is_short(above));
    }
    // Of several below, the list names the first of them alone.
    if let [below] = &mut segments[last + 1..] {
        let has_headline = lines.headline(below.blocks.start, below.blocks.end).is_some();
        below.stand_around(is_short(below) || !has_headline);
    }
    // The list itself stands above the head of the first, which is as long as those of the others.
    let head = |segment: &Segment| {
        named[named.partition_point(|&line| line < segment.blocks.start)] - segment.blocks.start
    };
    let most = segments[first + 1..=last].iter().map(head).max().unwrap_or(0);
    let Range { start, end } = segments[first].blocks;
    let begin = start + head(&segments[first]).saturating_sub(most);
    if begin > start {
        let above = Segment::around(start..begin);
        segments[first].blocks.start = begin;
        segments[first].title = lines.headline(begin, end);
        segments.insert(first, above);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::Marks;
    use crate::page::Page;

    const TEXTS: [&str; 3] = [
        "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
        "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
        "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
    ];

    #[test]
    fn the_name_of_the_whole_is_no_headline_of_the_first_article() {
        let story = |(at, text)| format!("Story of day {at}\nBy the keeper\n{text}");
        let stories: Vec<String> = TEXTS.iter().enumerate().map(story).collect();
        let text = format!("The letter from the quay\nIssue 7\n\n{}\n", stories.join("\n\n"));
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let lines = Lines::of(&page, &marks);
        let title = |at: usize| page.text_of(at).starts_with("Story of day");
        let starts = (0..lines.len()).filter(|&at| title(at)).skip(1).collect();
        let set = Candidate::of_rules(starts);
        let found = segments(&lines, &set);
        let stories = found.iter().filter(|segment| !segment.is_around);
        assert!(stories.clone().count() == TEXTS.len());
        assert!(stories.clone().all(|segment| segment.title.is_some_and(title)));
    }
}
