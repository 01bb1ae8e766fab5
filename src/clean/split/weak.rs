//! How much more must tell of a set of which its form tells little.

use std::ops::Range;

use crate::clean::split::candidates::Candidate;
use crate::clean::split::forms::Family;
use crate::clean::split::items::SplitThresholds;
use crate::clean::split::lines::Lines;
use crate::clean::split::parts::quantile;
use crate::clean::split::sections::are_sections;

/// What tells of two articles as often as of more.
pub(super) const PART_TWO: [Family; 4] =
    [Family::Rules, Family::Separator, Family::FormFeed, Family::Contents];

/// The log-odds that a set must have more than others: where words alone change at its borders, or paragraphs begin there, where its parts look like
/// those of one text, and where it parts a page in two and is none of those that often do. Two articles with one kind of head need less.
pub(super) fn lead_of_weak(lines: &Lines, set: &Candidate, t: &SplitThresholds) -> f32 {
    let articles = set.parts(lines.len()).count() + usize::from(begins_above(lines, set));
    let parts_two = PART_TWO.iter().any(|&family| set.ways.has_family(family));
    let is_of_words = set.ways.is_alone(Family::Cohesion) || set.ways.is_alone(Family::Text);
    if is_of_words || are_sections(lines, set) {
        return t.lead_of_weak;
    }
    if articles > 2 || parts_two {
        return 0.0;
    }
    match heads(lines, set)[..] {
        [first, second] if first == second && first.is_dated => 0.0,
        [first, second] if first == second && first.height.is_some() => t.lead_of_pair,
        _ => t.lead_of_two,
    }
}

/// What stands above the text of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct AboveText {
    /// Lines from the headline to the text; none without a headline.
    height: Option<usize>,
    /// Whether a day stands among them.
    is_dated: bool,
}

/// The heads of the parts of a set, and of what stands above them where that is an article.
fn heads(lines: &Lines, set: &Candidate) -> Vec<AboveText> {
    let head = |(start, end): (usize, usize)| {
        let text = lines.next_text[start].min(end);
        let height = lines.headline(start, end).map(|title| text - title);
        AboveText { height, is_dated: (start..text).any(|at| lines.dated[at].is_some()) }
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
