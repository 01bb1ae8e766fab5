//! Where a block stands seen from the headline: in the element that holds the story below it, or in another.

use crate::html::evidence::within::Measured;
use crate::html::shown::rendered::{Rendered, common};
use crate::page::Page;

/// What is said of each block, with its greatest value. All are 0 on a page whose headline is not known.
pub(in crate::html) const COLUMNS: [(&str, f32); 4] = [
    // Above the headline (1), below it (2).
    ("side_of_headline", 2.0),
    // Whether the element that holds the story holds it.
    ("in_story", 1.0),
    // Elements from the one it stands in up to the first that holds the story too, and from there down to the story.
    ("from_story", 40.0),
    // Headings of the level of the headline between the two.
    ("headings_since", 5.0),
];

/// What is said of a block below the headline.
pub(in crate::html) const BELOW: f32 = 2.0;

/// What is said of a block, in the order of [`COLUMNS`].
pub(in crate::html) type Story = [f32; COLUMNS.len()];

impl Rendered {
    /// What the place of the headline says of each block. The story holds so large a part of the text below it, at least.
    pub(in crate::html) fn story(
        &self,
        page: &Page,
        headline: Option<usize>,
        measured: &Measured,
        least: f64,
    ) -> Vec<Story> {
        let Measured { lines, levels, within, depths } = *measured;
        let Some(headline) = headline else { return vec![Story::default(); lines.len()] };
        let heading = self.lines[lines[headline]].element as usize;
        // What stands above the headline is no part of the story, however much it is.
        let prose_below: f64 = (headline + 1..lines.len())
            .filter(|&at| page.blocks[at].is_prose())
            .map(|at| f64::from(page.blocks[at].shape.chars))
            .sum();
        let story = self.first_around(heading, |at| {
            at != heading && within[at].prose >= least * prose_below.min(within[0].prose)
        });
        let mut in_story = vec![false; self.elements.len()];
        for at in 0..in_story.len() {
            in_story[at] = at == story || at > 0 && in_story[self.elements[at].parent as usize];
        }
        let mut since = 0.0;
        (0..lines.len())
            .map(|at| {
                let element = self.lines[lines[at]].element as usize;
                if at > headline
                    && levels[at] == levels[headline]
                    && page.folded(at) != page.folded(headline)
                {
                    since += 1.0;
                }
                let shared = depths[common(&self.elements, element as u32, story as u32) as usize];
                [
                    if at < headline { 1.0 } else { BELOW },
                    f32::from(u8::from(in_story[element])),
                    (depths[element] + depths[story] - 2 * shared) as f32,
                    since,
                ]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::html::thresholds::HtmlThresholds;
    use crate::page::Page;

    /// What is said of the block that begins so.
    fn of(source: &str, begin: &str) -> super::Story {
        let html = HtmlPage::of(source);
        let page = Page::new(&html.shown.text);
        let all = html.evidence(&page, html.headline(&page), &HtmlThresholds::default());
        let at = (0..page.blocks.len()).find(|&at| page.text_of(at).starts_with(begin)).unwrap();
        all[at].story
    }

    #[test]
    fn what_stands_with_the_headline_is_in_the_story_and_another_story_is_not() {
        let text = |name: &str| {
            format!(
                "<p>{name} was opened again on Monday, two weeks after the storm had torn away its railings, and the ferries go again.</p>"
            )
        };
        let source = format!(
            "<title>Quay reopens after storm</title><div><p>Storm week: all our reports about it, hour by hour, and what comes next for the harbour.</p>\
             <section><h2>Quay reopens after storm</h2>{}{}</section><section><h2>Lighthouse dark again</h2>{}</section></div>",
            text("The quay"),
            text("The hall"),
            text("The tower")
        );
        assert_eq!(of(&source, "Storm week"), [1.0, 0.0, 2.0, 0.0]);
        assert_eq!(of(&source, "The hall"), [2.0, 1.0, 1.0, 0.0]);
        assert_eq!(of(&source, "The tower")[..2], [2.0, 0.0]);
        assert_eq!(of(&source, "The tower")[3], 1.0);
        assert_eq!(of(&source.replace("<title>Quay", "<title>Pier"), "The hall"), [0.0; 4]);
    }
}
