//! What pictures leave behind: file-name slugs, alternative texts, captions.

use crate::clean::mark::marks::{Force, Marks};
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

/// Marks slugs and keyword lists of pictures, and the captions that stand below a repeated headline.
pub(super) fn mark_pictures(page: &Page, segment: &Segment, marks: &mut Marks) {
    let cased = page.blocks[segment.blocks.clone()].iter().map(|b| b.shape.upper).sum::<u32>() > 0;
    for index in segment.blocks.clone() {
        let block = &page.blocks[index];
        if cased && is_slug(page, index) {
            marks.detect(index, Kind::Alt, "picture-slug", Force::Strong);
        } else if is_keyword_list(page, index) {
            marks.detect(index, Kind::Alt, "keyword-list", Force::Hint);
        }
        let below_repeat = index > segment.blocks.start
            && marks.kind(index - 1) == Some(Kind::Duptitle)
            && block.gap == 0;
        let in_text = segment.title.is_some_and(|t| index > t + 2);
        if below_repeat && in_text && block.shape.words <= 60 {
            marks.detect(index, Kind::Caption, "caption-below-repeat", Force::Strong);
        }
    }
}

/// The name of a picture file or its alternative text: words in lower case and nothing else.
pub(super) fn is_slug(page: &Page, index: usize) -> bool {
    let (block, text) = (&page.blocks[index], page.text_of(index));
    let s = &block.shape;
    let bare = !text.contains(['.', ',', ':', ';', '?', '!', '"', '“', '”', '…', '@', '=']);
    (5..=40).contains(&s.words)
        && s.upper == 0
        && s.starts_lower
        && bare
        && block.marker.is_none()
        && s.letters * 10 >= s.chars * 7
        && block.gap > 0
        && {
            let short = page.folded(index).split(' ').filter(|w| w.chars().count() <= 3).count();
            short * 3 <= text.split_whitespace().count()
        }
}

/// Names parted by commas, as search engines are fed: no sentence, no verb, each part short and capitalised.
fn is_keyword_list(page: &Page, index: usize) -> bool {
    let (block, text) = (&page.blocks[index], page.text_of(index));
    if !(2..15).contains(&block.shape.commas) {
        return false;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    (3..=15).contains(&parts.len())
        && block.marker.is_none()
        && !block.shape.ends_sentence
        && !block.shape.ends_colon
        && parts.iter().all(|p| {
            (1..=3).contains(&p.split_whitespace().count()) && p.starts_with(char::is_alphabetic)
        })
        && parts.iter().filter(|p| p.starts_with(char::is_uppercase)).count() * 3 >= parts.len() * 2
}
