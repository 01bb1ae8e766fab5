//! The headlines of the articles of a page.

use std::ops::Range;

use crate::clean::labelled::record_of;
use crate::clean::mark::Marks;
use crate::clean::segment::Segment;
use crate::clean::site::PageContext;
use crate::clean::thresholds::Thresholds;
use crate::clean::title::{
    Candidates, Prints, TitleScorer, find_title, forsake_recurring, own_parts,
};
use crate::page::Page;
use crate::span::Span;
use crate::text::sentence::{ends_in_short_form, ends_plainly};

/// Finds the headlines of a page.
pub(super) struct Headlines<'a> {
    page: &'a Page<'a>,
    site: Option<&'a PageContext<'a>>,
    /// The scorer, with the lines that the page prints more than once; without it rules tell.
    scorer: Option<(&'a TitleScorer, Prints<'a>)>,
    thresholds: &'a Thresholds,
}

impl<'a> Headlines<'a> {
    pub(super) fn new(
        page: &'a Page<'a>,
        site: Option<&'a PageContext<'a>>,
        titles: Option<&'a TitleScorer>,
        thresholds: &'a Thresholds,
    ) -> Self {
        Self { page, site, scorer: titles.map(|titles| (titles, Prints::of(page))), thresholds }
    }

    /// The blocks of the headline of each article; none where it has none. `text_of` tells at which block the text of one begins.
    pub(super) fn all(
        &self,
        segments: &[Segment],
        marks: &mut Marks,
        text_of: impl Fn(&Segment, &mut Marks) -> usize,
    ) -> Vec<Option<Range<usize>>> {
        let is_one = segments.iter().filter(|segment| !segment.is_around).count() == 1;
        let stated = self.page.headline.as_deref().filter(|_| is_one);
        let texts: Vec<usize> = segments.iter().map(|own| text_of(own, marks)).collect();
        let mut headlines: Vec<Option<Range<usize>>> = match &self.scorer {
            Some((titles, prints)) => {
                let found = TitleScorer::candidates(prints, marks, segments, &texts);
                let all = segments.iter().zip(&texts).zip(found);
                let scored = all.map(|((own, &text), candidates)| {
                    let is_known = is_one || !own.is_item || self.is_known(own);
                    match own.title {
                        Some(title) if is_known => {
                            let whole = || titles.whole(self.page, marks, &candidates, title);
                            let end = if own.is_item { whole().end } else { title + 1 };
                            let end = if own.signature.is_some() { text } else { end };
                            Some(title..end.max(title + 1))
                        }
                        _ => self.scored(own, titles, (marks, &candidates), stated),
                    }
                });
                scored.collect()
            }
            None => {
                let all = segments.iter().zip(&texts);
                all.map(|(own, &text)| self.by_rules(own, text, marks)).collect()
            }
        };
        let untitled: Vec<usize> =
            (0..segments.len()).filter(|&at| segments[at].title.is_none()).collect();
        forsake_recurring(self.page, segments, &untitled, &mut headlines);
        headlines
    }

    /// Whether the headline of an article among others is told by more than its looks: by elements, by the form of a feed, by labels.
    fn is_known(&self, segment: &Segment) -> bool {
        self.site.is_some() || segment.feed.is_some() || record_of(self.page, segment).is_some()
    }

    fn by_rules(&self, segment: &Segment, text: usize, marks: &Marks) -> Option<Range<usize>> {
        let (page, t) = (self.page, self.thresholds);
        if let Some(title) = segment.title {
            let end = if segment.signature.is_some() { text } else { title + 1 };
            return Some(title..end.max(title + 1));
        }
        if segment.is_named || page.is_mail {
            return None;
        }
        let pictures = (&t.title, &t.mark.picture);
        let title = find_title(page, segment.blocks.clone(), text, marks, pictures);
        title.map(|title| title..title + 1)
    }

    fn scored(
        &self,
        segment: &Segment,
        titles: &TitleScorer,
        (marks, candidates): (&Marks, &Candidates),
        stated: Option<&str>,
    ) -> Option<Range<usize>> {
        let page = self.page;
        // The subject of a mail is its headline.
        if segment.is_named && !segment.is_open || page.is_mail {
            return None;
        }
        // What a page calls itself is better than the first sentence of its text.
        let is_named = self.site.is_some_and(PageContext::names_headline);
        let is_sentence = |i: usize| {
            let text = page.text_of(i);
            ends_plainly(text) && !ends_in_short_form(text)
        };
        // A headline stands beside something.
        let said = || segment.blocks.clone().filter(|&i| !page.blocks[i].is_symbolic());
        (said().nth(1).is_some())
            .then(|| titles.headline(page, marks, candidates, stated))
            .flatten()
            .filter(|own| said().any(|i| !own.contains(&i)))
            .filter(|own| !is_named || !is_sentence(own.end - 1))
    }
}

/// Tells of each headline what is its own: numbers, hours, labels and sources that most have are none of it.
pub(super) fn own_titles(page: &Page, segments: &mut [(Segment, Range<usize>)]) {
    let own = |at: usize| &segments[at].0;
    let titled: Vec<usize> =
        (0..segments.len()).filter(|&at| own(at).title.is_some() && !own(at).is_around).collect();
    let lines: Vec<Span> = titled
        .iter()
        .filter_map(|&at| segments[at].0.title)
        .map(|title| page.blocks[title].unmarked())
        .collect();
    let texts: Vec<&str> = lines.iter().map(|line| line.of(page.text)).collect();
    for ((at, line), own) in titled.into_iter().zip(&lines).zip(own_parts(&texts)) {
        segments[at].0.own_title = Some(Span::new(line.start + own.start, line.start + own.end));
    }
}
