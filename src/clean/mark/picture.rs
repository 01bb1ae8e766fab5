//! What pictures leave behind: file-name slugs, alternative texts, captions.

use crate::adjustable::adjustable;
use crate::clean::mark::detector::{CAPTION_BELOW_REPEAT, KEYWORD_LIST, PICTURE_SLUG};
use crate::clean::mark::marks::Marks;
use crate::clean::segment::Segment;
use crate::page::Page;
use crate::span::Kind;

adjustable! {
    /// What slugs, keywords and captions of pictures look like.
    PictureThresholds {
        /// Words of the shortest slug.
        slug_least_words: u32 = 5,
        /// Words of the longest slug.
        slug_most_words: u32 = 40,
        /// Percent of a slug's characters that are letters, at least.
        slug_letters: u32 = 70,
        /// Characters of a slug's longest word that counts as short.
        short_word: usize = 3,
        /// Words of a slug for each short one, at least.
        words_per_short: usize = 3,
        /// Parts of the shortest list of keywords; 1 or more.
        list_least_parts: u32 = 3,
        /// Parts of the longest list of keywords.
        list_most_parts: u32 = 15,
        /// Words of the longest keyword.
        part_words: usize = 3,
        /// Percent of the keywords that begin in upper case, at least.
        list_capitalised: usize = 66,
        /// Words of the longest caption below a repeated headline.
        caption_words: u32 = 60,
        /// Blocks below the headline among which no caption is looked for.
        caption_below_title: usize = 2,
    }
}

/// Marks slugs and keyword lists of pictures, and the captions that stand below a repeated headline.
pub(super) fn mark_pictures(
    page: &Page,
    segment: &Segment,
    marks: &mut Marks,
    thresholds: &PictureThresholds,
) {
    let cased = page.blocks[segment.blocks.clone()].iter().map(|b| b.shape.upper).sum::<u32>() > 0;
    for index in segment.blocks.clone() {
        let block = &page.blocks[index];
        if cased && is_slug(page, index, thresholds) {
            marks.detect(index, &PICTURE_SLUG);
        } else if is_keyword_list(page, index, thresholds) {
            marks.detect(index, &KEYWORD_LIST);
        }
        let below_repeat = index > segment.blocks.start
            && marks.kind(index - 1) == Some(Kind::Duptitle)
            && block.gap == 0;
        let in_text = segment.title.is_some_and(|t| index > t + thresholds.caption_below_title);
        if below_repeat && in_text && block.shape.words <= thresholds.caption_words {
            marks.detect(index, &CAPTION_BELOW_REPEAT);
        }
    }
}

/// The name of a picture file or its alternative text: words in lower case and nothing else.
pub(crate) fn is_slug(page: &Page, index: usize, thresholds: &PictureThresholds) -> bool {
    let (block, text) = (&page.blocks[index], page.text_of(index));
    let s = &block.shape;
    let bare = || !text.contains(['.', ',', ':', ';', '?', '!', '"', '“', '”', '…', '@', '=']);
    (thresholds.slug_least_words..=thresholds.slug_most_words).contains(&s.words)
        && s.upper == 0
        && s.starts_lower
        && bare()
        && block.marker.is_none()
        && s.letters * 100 >= s.chars * thresholds.slug_letters
        && block.gap > 0
        && {
            let is_short = |word: &&str| word.chars().count() <= thresholds.short_word;
            let short = page.folded(index).split(' ').filter(is_short).count();
            short * thresholds.words_per_short <= text.split_whitespace().count()
        }
}

/// Names parted by commas, as search engines are fed: no sentence, no verb, each part short and capitalised.
fn is_keyword_list(page: &Page, index: usize, thresholds: &PictureThresholds) -> bool {
    let (block, text) = (&page.blocks[index], page.text_of(index));
    let (least, most) = (thresholds.list_least_parts, thresholds.list_most_parts);
    if !(least.saturating_sub(1)..most).contains(&block.shape.commas) {
        return false;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    (least as usize..=most as usize).contains(&parts.len())
        && block.marker.is_none()
        && !block.shape.ends_sentence
        && !block.shape.ends_colon
        && parts.iter().all(|p| {
            (1..=thresholds.part_words).contains(&p.split_whitespace().count())
                && p.starts_with(char::is_alphabetic)
        })
        && parts.iter().filter(|p| p.starts_with(char::is_uppercase)).count() * 100
            >= parts.len() * thresholds.list_capitalised
}
