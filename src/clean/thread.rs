//! The posts of a thread. The model knows them as text where they are long, and takes the short answers below for comments.

use crate::adjustable::adjustable;
use crate::clean::judge::Verdict;
use crate::html::DomFeatures;
use crate::page::Page;
use crate::span::{Decider, Kind};

adjustable! {
    /// What a thread is.
    ThreadThresholds {
        /// The part of the page's paragraphs that the posts hold, at least.
        text: f32 = 0.8,
        /// The part of them that stands above the posts, at most.
        above: f32 = 0.1,
        /// Words of the shortest line that is text where it ends as a sentence does.
        sentence: u32 = 4,
        /// Percent of the characters of the posts that are kept, at least, before the others are.
        kept: u64 = 25,
    }
}

/// Keeps the paragraphs of all posts of a page that is a thread, where the model alone struck them: its opening post was kept, and much of the others.
pub(crate) fn keep_posts(
    page: &Page,
    evidence: &[DomFeatures],
    verdicts: &mut [Verdict],
    t: &ThreadThresholds,
) {
    let is_sentence = |at: usize| {
        let shape = &page.blocks[at].shape;
        page.blocks[at].is_prose() || shape.ends_sentence && shape.words >= t.sentence
    };
    let posts: Vec<(usize, bool)> = (0..verdicts.len())
        .filter(|&at| is_sentence(at))
        .filter_map(|at| Some((at, evidence[at].is_first_of_thread(t.text, t.above)?)))
        .collect();
    let chars = |at: usize| u64::from(page.blocks[at].shape.chars);
    let is_kept = |at: usize| verdicts[at].kind == Kind::Body;
    let kept: u64 = posts.iter().filter(|post| is_kept(post.0)).map(|post| chars(post.0)).sum();
    let all: u64 = posts.iter().map(|post| chars(post.0)).sum();
    let is_opened = posts.iter().any(|&(at, is_first)| is_first && is_kept(at));
    if !is_opened || kept * 100 < all * t.kept {
        return;
    }
    for (at, _) in posts {
        let is_by_model = matches!(verdicts[at].by, Some(Decider::Model | Decider::ModelBy(_)));
        if is_by_model && verdicts[at].kind.is_debris() {
            verdicts[at] = Verdict::settled(Kind::Body, 0.0);
        }
    }
}
