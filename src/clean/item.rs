//! Articles among others of one form: the model may not strike the whole text of one of them, and what stands around them is none.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::judge::Verdict;
use crate::clean::mark::AROUND_RECORDS;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::{Decider, Kind};

adjustable! {
    /// When a page is several articles of one form, and what is one of them.
    ItemThresholds {
        /// Articles that keep a text, at least.
        kept: usize = 2,
        /// Articles that keep a text, for one that keeps none, at least.
        for_one: usize = 2,
        /// How much less likely text the first and the last may hold than the others do, 0 to 1, where they have no head as these have.
        unlikely: f32 = 0.3,
        /// The same where a headline is all that the heads of the others have.
        unlikely_bare: f32 = 0.45,
    }
}

/// An article as the verdicts leave it.
struct Item<'a> {
    segment: &'a Segment,
    /// How likely text the paragraphs are that it keeps, by their words in the mean, 0 to 1; none where it keeps none.
    likely: Option<f32>,
    head: HeadlineForm<'a>,
}

/// What tells a headline among others of one form.
#[derive(Default, PartialEq, Eq)]
struct HeadlineForm<'a> {
    /// Whether a line about the article stands beside it.
    has_about: bool,
    /// The signs before its first letter or number.
    sign: &'a str,
    /// Whether a number comes first.
    is_numbered: bool,
}

impl<'a> HeadlineForm<'a> {
    fn of(page: &'a Page, own: &Segment, verdicts: &[Verdict]) -> Self {
        if own.blocks.is_empty() {
            return Self::default();
        }
        let title = own.title.unwrap_or(own.blocks.start);
        let near = title.saturating_sub(1).max(own.blocks.start)..(title + 3).min(own.blocks.end);
        let line = page.text_of(title);
        let begin = line.find(char::is_alphanumeric).unwrap_or(0);
        Self {
            has_about: near.into_iter().any(|at| verdicts[at].kind == Kind::Meta),
            sign: &line[..begin],
            is_numbered: line[begin..].starts_with(char::is_numeric),
        }
    }
}

/// Keeps the paragraphs below the headline of each article of which the model alone struck all, where others with such a head keep a text; strikes what
/// the first and the last keep where they have no such head and hold far less likely text than the others.
pub(super) fn keep_items(
    page: &Page,
    segments: &[(Segment, Range<usize>)],
    likely: &[f32],
    verdicts: &mut [Verdict],
    t: &ItemThresholds,
) {
    let of = |segment| Item {
        segment,
        likely: likely_text(page, segment, likely, verdicts),
        head: HeadlineForm::of(page, segment, verdicts),
    };
    let all = segments.iter().map(|(own, _)| own).filter(|own| !own.is_around);
    let (kept, struck): (Vec<Item>, Vec<Item>) =
        all.map(of).partition(|item| item.likely.is_some());
    if kept.len() < t.kept {
        return;
    }
    let are_few = kept.len() >= struck.len() * t.for_one;
    let has_others = |item: &&Item| {
        let same = |other: &&Item| !std::ptr::eq(*other, *item) && other.head == item.head;
        (item.head.has_about || are_few && item.head != HeadlineForm::default())
            && kept.iter().filter(same).count() * 2 >= kept.len()
    };
    let lost: Vec<&Segment> = struck.iter().filter(has_others).map(|item| item.segment).collect();
    let mut of_others: Vec<f32> = kept.iter().filter_map(|item| item.likely).collect();
    of_others.sort_by(f32::total_cmp);
    let bare = kept.iter().filter(|item| item.head == HeadlineForm::default()).count();
    let below = if bare * 2 > kept.len() { t.unlikely_bare } else { t.unlikely };
    let least = of_others[of_others.len() / 2] - below;
    let ends = [kept.first(), kept.last()].into_iter().flatten();
    let is_none =
        |item: &&Item| are_few && kept.len() > t.kept && item.likely.is_some_and(|own| own < least);
    let around: Vec<&Segment> =
        ends.filter(is_none).filter(|item| !has_others(item)).map(|item| item.segment).collect();
    for own in lost {
        let below = own.title.unwrap_or(own.blocks.start)..own.blocks.end;
        for (verdict, block) in verdicts[below.clone()].iter_mut().zip(&page.blocks[below]) {
            let is_by_model = matches!(verdict.by, Some(Decider::Model | Decider::ModelBy(_)));
            if is_by_model && block.is_prose() && verdict.kind.is_debris() {
                *verdict = Verdict::settled(Kind::Body, 0.0);
            }
        }
    }
    for at in around.into_iter().flat_map(|own| own.blocks.clone()) {
        if verdicts[at].kind.is_kept() {
            verdicts[at] = Verdict::detected(Kind::Nav, AROUND_RECORDS.name);
        }
    }
}

/// How likely text the paragraphs are that an article keeps; none where it keeps none.
fn likely_text(page: &Page, own: &Segment, likely: &[f32], verdicts: &[Verdict]) -> Option<f32> {
    let kept = own.blocks.clone().filter(|&at| page.blocks[at].is_prose());
    let kept = kept.filter(|&at| verdicts[at].kind.is_kept());
    let (words, sum) = kept.fold((0.0, 0.0), |(words, sum), at| {
        let own = page.blocks[at].shape.words as f32;
        (words + own, sum + own * likely[at])
    });
    (words > 0.0).then(|| sum / words)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The keeper of the lock has asked the council for a second boat, since the first one leaks.";

    /// Which of the articles keep a text: each with its headline, whether a line about it follows, what it was found to be and how likely its text is one.
    fn kept(articles: &[(&str, bool, Kind, f32)]) -> Vec<bool> {
        let lines = |&(title, has_about, _, _): &(&str, bool, Kind, f32)| {
            let about = if has_about { "3 May 2031 by Ida Holm" } else { "The harbour at night" };
            format!("{title}\n\n{about}\n\n{TEXT}\n")
        };
        let text = articles.iter().map(lines).collect::<Vec<_>>().join("\n");
        let page = Page::new(&text);
        assert_eq!(page.blocks.len(), articles.len() * 3);
        let (mut segments, mut verdicts, mut likely) = (Vec::new(), Vec::new(), Vec::new());
        for (at, &(_, has_about, kind, own)) in articles.iter().enumerate() {
            let blocks = at * 3..at * 3 + 3;
            let segment = Segment { title: Some(blocks.start), blocks, ..Segment::default() };
            segments.push((segment, 0..0));
            let about = if has_about { Kind::Meta } else { Kind::Nav };
            let model = |kind| Verdict { kind, by: Some(Decider::Model), needed: None };
            verdicts.extend([model(Kind::Title), model(about), model(kind)]);
            likely.extend([own; 3]);
        }
        keep_items(&page, &segments, &likely, &mut verdicts, &ItemThresholds::default());
        verdicts.chunks(3).map(|own| own[2].kind.is_kept()).collect()
    }

    #[test]
    fn a_story_with_the_head_of_the_others_keeps_its_text() {
        let story = ("Second boat for the lock", true, Kind::Body, 0.9);
        let struck = ("Meadow stands under water", true, Kind::Other, 0.2);
        assert_eq!(kept(&[story, struck, story]), [true; 3]);
        assert_eq!(
            kept(&[story, ("Download now", false, Kind::Nav, 0.2), story]),
            [true, false, true]
        );
    }

    #[test]
    fn what_is_no_story_and_stands_last_is_left() {
        let story = ("Second boat for the lock", true, Kind::Body, 0.9);
        let promotion = ("The quay in your pocket", false, Kind::Body, 0.5);
        assert_eq!(kept(&[story, story, story, promotion]), [true, true, true, false]);
        assert_eq!(kept(&[story, promotion, story, story]), [true; 4], "amid the stories it stays");
        let unlikely = ("Meadow stands under water", true, Kind::Body, 0.5);
        assert_eq!(kept(&[story, story, story, unlikely]), [true; 4], "with their head it is one");
    }
}
