//! What the elements around a block say about it, and the columns in which the model sees that.

use std::ops::RangeInclusive;

use crate::html::evidence::entries::{self, Entries};
use crate::html::evidence::opinions::{self, Opinions};
use crate::html::evidence::story::{self, Story};
use crate::html::markup::hints::ElementRoles;

/// What the elements around a block say about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct DomFeatures {
    /// What the elements that hold it are said to be. Debris hints of an element that holds much of the page's text are left out, as a page
    /// is not all side bar.
    pub hints: ElementRoles,
    /// The level of the heading it stands in, 1 to 6; 0 for none.
    pub heading: u8,
    /// Whether it stands in a `p`.
    pub is_paragraph: bool,
    /// The part of it that stands in links, 0 to 1.
    pub linked: f32,
    /// The same for the nearest element that holds more than this block.
    pub linked_around: f32,
    /// Whether it stands in the innermost element that holds most of the page's text.
    pub in_trunk: bool,
    /// The part of the page's paragraphs that the nearest sectioning element holds, 0 to 1.
    pub text_around: f32,
    /// The same for the nearest element that holds more than this block.
    pub prose_around: f32,
    /// How many blocks that element holds.
    pub blocks_around: u32,
    /// Elements around it.
    pub depth: u32,
    /// Elements from the one it stands in up to the first that holds the trunk too, and from there down to the trunk.
    pub from_trunk: u32,
    /// The nearest paragraph (1), list item (2), cell (3), quotation (4), preformatted text (5), heading (6) or entry of a definition list (7)
    /// around it; 0 for none.
    pub stands_in: u32,
    /// Whether it is code that names its language.
    pub(crate) names_language: bool,
    /// The number of the sectioning element, item or cell that holds it.
    pub holder: u32,
    /// What extractors of other designs would say of it.
    pub(in crate::html) opinions: Opinions,
    /// What the place of the headline says of it.
    pub(in crate::html) story: Story,
    /// Where it stands in a series of entries.
    pub(in crate::html) entries: Entries,
    /// The part of it that stands in the text which the page states, and the part of that text which the page prints, 0 to 1. The first is -0.5
    /// of a block that is too short to tell, and -1 where the page states none.
    pub(in crate::html) stated: [f32; STATED.len()],
}

/// What [`DomFeatures::stands_in`] is for preformatted text.
pub(super) const VERBATIM: u32 = 5;
/// The same for the cell of a table.
pub(super) const CELL: u32 = 3;

/// The features that [`DomFeatures::fill`] fills, with their greatest value; the hints, each 0 or 1, follow. `blocks_around` is the logarithm of
/// one and at most 402 blocks.
const OWN: [(&str, f32); 11] = [
    ("heading", 6.0),
    ("paragraph", 1.0),
    ("linked", 1.0),
    ("linked_around", 1.0),
    ("in_trunk", 1.0),
    ("text_around", 1.0),
    ("prose_around", 1.0),
    ("blocks_around", 6.0),
    ("depth", 40.0),
    ("from_trunk", 40.0),
    ("stands_in", 7.0),
];

/// The features of the text that the page states of its article, each at most 1.
const STATED: [&str; 2] = ["stated_text", "stated_printed"];

/// How many features the elements give of a block.
pub(crate) const COLUMNS: usize = HINTS + ElementRoles::COUNT;
/// Where the columns of each kind begin, after those of [`OWN`].
const OPINIONS: usize = OWN.len();
const STORY: usize = OPINIONS + opinions::NAMES.len();
const ENTRIES: usize = STORY + story::COLUMNS.len();
const OF_STATED: usize = ENTRIES + entries::COLUMNS.len();
const HINTS: usize = OF_STATED + STATED.len();

impl DomFeatures {
    /// Whether it stands in preformatted text.
    pub(crate) fn is_verbatim(&self) -> bool {
        self.stands_in == VERBATIM
    }

    /// How many entries the series has that it stands in, and the part of the page's text that they hold; none where it stands in none.
    pub(crate) fn series(&self) -> Option<(u32, f32)> {
        let [count, text, ..] = self.entries;
        (count > 0.0).then(|| (count.exp().round() as u32 - 1, text))
    }

    /// Of an entry in a series of several that hold so much of the page's text at least, with no more than so much above them: whether it is the
    /// first.
    pub(crate) fn is_first_of_thread(&self, text: f32, above: f32) -> Option<bool> {
        let [count, held, place, before] = self.entries;
        (count > 0.0 && held >= text && before <= above).then_some(place == 1.0)
    }

    /// Whether it is the headline, or stands below it; of no block on a page whose headline is not known.
    pub(crate) fn is_below_headline(&self) -> bool {
        self.story[0] == story::BELOW
    }

    /// Whether it stands below the headline, and not in the element that holds the story.
    pub(crate) fn is_beside_story(&self) -> bool {
        let [_, in_story, ..] = self.story;
        self.is_below_headline() && in_story == 0.0
    }

    /// Whether it stands in the cell of a table.
    pub(crate) fn is_cell(&self) -> bool {
        self.stands_in == CELL
    }

    /// The names of the features with the range of their values, in their order.
    pub(crate) fn ranges() -> impl Iterator<Item = (String, RangeInclusive<f32>)> {
        let hints =
            ElementRoles::ALL_NAMES.into_iter().map(|name| (format!("<{name}>"), 0.0..=1.0));
        let opinions = opinions::NAMES.into_iter().map(|name| (name.into(), 0.0..=1.0));
        let stated = STATED.into_iter().map(|name| (name.into(), -1.0..=1.0));
        let own = |columns: &'static [(&'static str, f32)]| {
            columns.iter().map(|&(name, most)| (name.into(), 0.0..=most))
        };
        own(&OWN)
            .chain(opinions)
            .chain(own(&story::COLUMNS))
            .chain(own(&entries::COLUMNS))
            .chain(stated)
            .chain(hints)
    }

    /// Fills `row` with what the model sees of it.
    pub(crate) fn fill(&self, row: &mut [f32]) {
        let bounded = |row: &mut [f32], values: &[f32], columns: &[(&str, f32)]| {
            for ((value, own), (_, most)) in row.iter_mut().zip(values).zip(columns) {
                *value = own.min(*most);
            }
        };
        let flag = |value: bool| f32::from(u8::from(value));
        let own = [
            f32::from(self.heading),
            flag(self.is_paragraph),
            self.linked,
            self.linked_around,
            flag(self.in_trunk),
            self.text_around,
            self.prose_around,
            (1.0 + self.blocks_around as f32).ln(),
            self.depth as f32,
            self.from_trunk as f32,
            self.stands_in as f32,
        ];
        bounded(row, &own, &OWN);
        row[OPINIONS..STORY].copy_from_slice(&self.opinions);
        bounded(&mut row[STORY..ENTRIES], &self.story, &story::COLUMNS);
        bounded(&mut row[ENTRIES..OF_STATED], &self.entries, &entries::COLUMNS);
        row[OF_STATED..HINTS].copy_from_slice(&self.stated);
        for (bit, value) in row[HINTS..COLUMNS].iter_mut().enumerate() {
            *value = flag(self.hints.has(bit));
        }
    }
}
