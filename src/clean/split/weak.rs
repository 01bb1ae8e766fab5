//! How much more must tell of a set of which its form tells little.

use std::ops::Range;

use crate::clean::split::candidates::Candidate;
use crate::clean::split::forms::Family;
use crate::clean::split::items::SplitThresholds;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::quantile;
use crate::clean::split::sections::are_sections;
use crate::span::Kind;

/// What tells of two articles as often as of more.
pub(super) const PART_TWO: [Family; 4] =
    [Family::Rules, Family::Separator, Family::FormFeed, Family::Contents];

/// Lines from a headline with a day or an author beside it to the text, at most.
const HEIGHT_OF_OWN: usize = 3;

/// The log-odds that a set must have more than others: where words alone change at its borders, or paragraphs begin there, where its parts look like
/// those of one text or nothing but promotions stand between them, and where it parts a page in two and is none of those that often do. Two articles with one kind of head need less, and so do four
/// or more with a headline and a day each, or three with a headline and an author: of these, what is returned is below nothing.
pub(super) fn lead_of_weak(lines: &Lines, set: &Candidate, t: &SplitThresholds) -> f32 {
    let articles = set.parts(lines.len()).count() + usize::from(begins_above(lines, set));
    let parts_two = PART_TWO.iter().any(|&family| set.ways.has_family(family));
    let is_of_words = set.ways.is_alone(Family::Cohesion) || set.ways.is_alone(Family::Text);
    if is_of_words || are_sections(lines, set) || are_interrupted(lines, set) {
        return t.lead_of_weak;
    }
    let heads = heads(lines, set);
    if articles > 2 || parts_two {
        return if have_own_heads(&heads) { -t.lead_of_own_heads } else { 0.0 };
    }
    match heads[..] {
        [first, second] if first == second && (first.is_dated || first.is_signed) => 0.0,
        [first, second] if first == second && first.height.is_some() => t.lead_of_pair,
        _ => t.lead_of_two,
    }
}

/// Whether nothing but advertisements, boxes and links to other stories stands above the text of most parts: these interrupt one text, too.
fn are_interrupted(lines: &Lines, set: &Candidate) -> bool {
    let is_debris = |at: usize| {
        let kind = lines.marks.kind(at);
        kind.is_some_and(|kind| {
            matches!(
                kind,
                Kind::Ad | Kind::Donation | Kind::Newsletter | Kind::Related | Kind::Teaser
            )
        })
    };
    let is_interrupted = |&(start, end): &(usize, usize)| {
        let text = lines.next_text[start].min(end);
        let mut above =
            (0..text).rev().take_while(|&at| !lines.page.blocks[at].is_prose()).peekable();
        above.peek().is_some() && above.all(is_debris)
    };
    let parts = || set.parts(lines.len());
    parts().filter(is_interrupted).count() * 4 >= parts().count() * 3
}

/// What stands above the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AboveText {
    /// Lines from the headline to the text; none without a headline.
    height: Option<usize>,
    /// Whether a day stands among them.
    is_dated: bool,
    /// Whether a line about the article without a day does, below the headline: most name an author.
    is_signed: bool,
}

/// Whether most of four articles or more have a headline with a day beside it, or of three or more one with an author below it, right above the text:
/// one text has no such heads.
fn have_own_heads(heads: &[AboveText]) -> bool {
    let are_most = |least: usize, is_own: &dyn Fn(&AboveText) -> bool| {
        let is_right_above =
            |head: &&AboveText| head.height.is_some_and(|height| height <= HEIGHT_OF_OWN);
        let own = heads.iter().filter(is_right_above).filter(|head| is_own(head)).count();
        heads.len() >= least && own * 4 >= heads.len() * 3
    };
    are_most(4, &|head| head.is_dated) || are_most(3, &|head| head.is_signed)
}

/// The heads of the parts of a set, and of what stands above them where that is an article.
fn heads(lines: &Lines, set: &Candidate) -> Vec<AboveText> {
    let head = |(start, end): (usize, usize)| {
        let text = lines.next_text[start].min(end);
        let title = lines.headline(start, end);
        let is_about =
            |at: usize| lines.marks.kind(at) == Some(Kind::Meta) && lines.dated[at].is_none();
        AboveText {
            height: title.map(|title| text - title),
            is_dated: (start..text).any(|at| lines.dated[at].is_some()),
            is_signed: title.is_some_and(|title| (title + 1..text).any(is_about)),
        }
    };
    let parts: Vec<AboveText> = set.parts(lines.len()).map(head).collect();
    let first = set.starts.first().copied().unwrap_or(0);
    let above = begins_above(lines, set).then(|| {
        // Above the head of the first article stands what the page has above all.
        let text = lines.next_text[0];
        let reach = parts.iter().filter_map(|part| part.height).max().unwrap_or(1);
        head((text.saturating_sub(reach).min(first), first))
    });
    above.into_iter().chain(parts).collect()
}

/// Whether what stands above the first line of a set is long enough for an article.
pub(super) fn begins_above(lines: &Lines, set: &Candidate) -> bool {
    let words = |range: Range<usize>| lines.words.within(range) as f32;
    let of_parts: Vec<f32> = set.parts(lines.len()).map(|(start, end)| words(start..end)).collect();
    let first = set.starts.first().copied().unwrap_or(0);
    first > 0 && words(0..first) * 2.0 >= quantile(&of_parts, 0.5).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::{Marks, Strength};
    use crate::page::Page;
    use crate::span::Decider;

    #[test]
    fn boxes_between_paragraphs_interrupt_one_text_and_headlines_do_not() {
        let text = "The keeper of the lock has asked the council for a second boat, and the council has asked him why.";
        let page = |between: &str| {
            format!(
                "Second boat for the lock\n\n{text}\n\n{between}\n\n{text}\n\n{between}\n\n{text}\n"
            )
        };
        for (between, expected) in [("Advertisement", true), ("Advertisement\n\nLate bread", false)]
        {
            let text = page(between);
            let page = Page::new(&text);
            let mut marks = Marks::new(page.blocks.len());
            let is_box = |at: &usize| page.text_of(*at) == "Advertisement";
            let boxes: Vec<usize> = (0..page.blocks.len()).filter(is_box).collect();
            for &at in &boxes {
                marks.add(at, Kind::Ad, Decider::Rule("box".into()), Strength::Strong);
            }
            let lines = Lines::of(&page, &marks);
            assert_eq!(are_interrupted(&lines, &Candidate::of_rules(boxes)), expected);
        }
    }

    #[test]
    fn four_headlines_with_a_day_each_or_an_author_are_likelier_those_of_several_articles() {
        let texts = [
            "The keeper of the lock has asked the council for a second boat.",
            "Nobody at the mill could say who had opened the sluice.",
        ];
        let page = |day: fn(usize) -> String| {
            let story = |at: usize| {
                format!(
                    "Story {} from the quay\n{}\n\n{} {}\n\n",
                    ["one", "two", "three", "four"][at - 1],
                    day(at),
                    texts[0],
                    texts[1]
                )
            };
            (1..5).map(story).collect::<String>()
        };
        let t = SplitThresholds::default();
        let lead = |text: &str| {
            let page = Page::new(text);
            let mut marks = Marks::new(page.blocks.len());
            let is_author = |at: &usize| page.text_of(*at).starts_with("By ");
            for at in (0..page.blocks.len()).filter(is_author) {
                marks.add(at, Kind::Meta, Decider::Detector("byline"), Strength::Strong);
            }
            let lines = Lines::of(&page, &marks);
            let starts =
                (0..lines.len()).filter(|&at| page.text_of(at).starts_with("Story")).collect();
            lead_of_weak(&lines, &Candidate::of_rules(starts), &t)
        };
        assert!(lead(&page(|at| format!("{at} May 2031"))) < 0.0);
        let signed = |at: usize| format!("By Mara {}", ["Quill", "Fenn", "Holm", "Voss"][at - 1]);
        let stories = |count: usize| {
            let page = page(signed);
            let end = page.match_indices("Story").nth(count).map_or(page.len(), |(at, _)| at);
            page[..end].to_owned()
        };
        assert!(lead(&stories(3)) < 0.0);
        assert_eq!(lead(&stories(2)), 0.0);
        assert!(lead(&page(|_| "From our island".into())) >= 0.0);
    }
}
