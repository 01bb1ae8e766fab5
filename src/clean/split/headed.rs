//! Headlines that stand in one line with the day.

use crate::clean::segment::Segment;
use crate::clean::split::lines::Lines;

/// Articles of the smallest page that tells.
const LEAST: usize = 2;

/// Titles the articles that have no other headline than the line right above the text, with the day in it, where most have such a line.
pub(super) fn title_with_day(lines: &Lines, segments: &mut [Segment]) {
    let line = |own: &Segment| {
        let text = lines.next_text[own.blocks.start].min(own.blocks.end);
        text.checked_sub(1).filter(|line| own.blocks.contains(line))
    };
    let items = || segments.iter().filter(|own| !own.is_around);
    let with_day = |own: &Segment| line(own).filter(|&at| lines.is_title_with_day[at]);
    let count = items().filter(|own| with_day(own).is_some()).count();
    if count < LEAST || count * 4 < items().count() * 3 {
        return;
    }
    for own in segments.iter_mut().filter(|own| !own.is_around && own.title.is_none()) {
        if let Some(at) = with_day(own) {
            own.title = Some(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::mark::Marks;
    use crate::page::Page;

    /// The headlines of articles of two blocks each.
    fn titles(heads: [&str; 3]) -> Vec<String> {
        let text = "The keeper of the lock has asked the council for a second boat, since the first one leaks.";
        let text = heads.map(|head| format!("{head}\n\n{text}\n"));
        let text = text.join("\n");
        let page = Page::new(&text);
        assert_eq!(page.blocks.len(), 6);
        let marks = Marks::new(page.blocks.len());
        let lines = Lines::of(&page, &marks);
        let segment = |at: usize| Segment { blocks: at * 2..at * 2 + 2, ..Segment::default() };
        let mut segments: Vec<Segment> = (0..3).map(segment).collect();
        title_with_day(&lines, &mut segments);
        segments.iter().filter_map(|own| Some(page.text_of(own.title?).to_owned())).collect()
    }

    #[test]
    fn a_headline_may_stand_before_or_behind_the_day() {
        for heads in [
            [
                "3 May 2031 Second boat for the lock",
                "4 May 2031 Meadow below the mill stands under water",
                "7 May 2031 Pupils of the sound mend nets again",
            ],
            [
                "Second boat for the lock | 2031-05-03",
                "Meadow below the mill stands under water | 2031-05-04",
                "Pupils of the sound mend nets again | 2031-05-07",
            ],
        ] {
            assert_eq!(titles(heads), heads);
        }
    }

    #[test]
    fn a_name_or_a_word_beside_the_day_is_no_headline() {
        for heads in [
            ["3 May 2031 by Ida Holm", "4 May 2031 by Ole Marsh", "7 May 2031 by Tilda Quill"],
            ["Posted: 3 May 2031", "Posted: 4 May 2031", "Posted: 7 May 2031"],
        ] {
            assert!(titles(heads).is_empty(), "{heads:?}");
        }
    }
}
