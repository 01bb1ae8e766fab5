//! Detectors that would take more of an article's paragraphs than they may.

use crate::clean::mark::detector::{DETECTORS, DetectorBounds};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Decider;

/// Takes back what a detector says of paragraphs where those hold more of the article's text than the detector may take.
pub(super) fn bound_shares(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    bounds: &DetectorBounds,
) {
    let is_found = |i| marks.of(i).is_some_and(|mark| matches!(mark.by, Decider::Detector(_)));
    if !segment.blocks.clone().any(is_found) {
        return;
    }
    for detector in DETECTORS {
        let most = bounds.most_share(detector.name);
        if most >= 1.0 {
            continue;
        }
        let said = |index: usize| {
            marks.of(index).is_some_and(|mark| mark.by == Decider::Detector(detector.name))
        };
        let words = |wanted: &dyn Fn(usize) -> bool| -> u64 {
            let paragraphs =
                segment.blocks.clone().filter(|&i| page.blocks[i].is_prose() && wanted(i));
            paragraphs.map(|i| u64::from(page.blocks[i].shape.words)).sum()
        };
        if words(&said) as f64 > words(&|_| true) as f64 * f64::from(most) {
            for index in segment.blocks.clone().filter(|&i| page.blocks[i].is_prose()) {
                marks.take_back(index, &[detector]);
            }
        }
    }
}
