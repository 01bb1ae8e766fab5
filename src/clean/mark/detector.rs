//! The detectors: what each says a block is, and how far that binds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clean::mark::strength::Strength;
use crate::span::Kind;

/// A detector: code that looks at the blocks of an article, where a rule looks at words.
///
/// `tests/tables/detectors.txt` holds two texts that each detector must find and two that it must spare.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detector {
    /// Its name in the ledger, after `detector:`.
    pub name: &'static str,
    /// What it says a block is.
    pub kind: Kind,
    /// How far it binds.
    pub strength: Strength,
    /// Probability of text from which on the model overrules it; none where the model never does. A mark that is a mere
    /// [hint](Strength::Hint) never binds.
    pub gives_way_at: Option<f32>,
    /// Largest share of the words in an article's paragraphs that it may take, 0 to 1. Where it would take more, it takes none.
    pub most_share: f32,
}

impl Detector {
    const fn hint(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, strength: Strength::Hint, gives_way_at: None, most_share: 1.0 }
    }

    const fn strong(name: &'static str, kind: Kind, gives_way_at: f32) -> Self {
        let gives_way_at = Some(gives_way_at);
        Self { name, kind, strength: Strength::Strong, gives_way_at, most_share: 1.0 }
    }

    const fn sure(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, strength: Strength::Sure, gives_way_at: None, most_share: 1.0 }
    }
}

/// A line that holds nothing but a date.
pub(crate) const DATE_LINE: Detector = Detector::strong("date-line", Kind::Meta, 0.9);
/// A line that names an author or a publication.
pub(crate) const BYLINE: Detector = Detector::strong("byline", Kind::Meta, 0.9);
/// The headline once more.
pub(crate) const REPEATED_HEADLINE: Detector = Detector::sure("repeated-headline", Kind::Duptitle);
/// Another story's headline and excerpt above this article's headline with site and author glued on.
pub(crate) const LINK_CARD: Detector = Detector::sure("link-card", Kind::Card);
/// The excerpt in the head of a feed item.
pub(crate) const FEED_EXCERPT: Detector = Detector::sure("feed-excerpt", Kind::Teaser);
/// The source in the head of a feed item.
pub(crate) const FEED_SOURCE: Detector = Detector::sure("feed-source", Kind::Meta);
/// Stories with relative times below a heading that is debris, and all that follows.
pub(crate) const RELATED_BLOCK: Detector = Detector::sure("related-block", Kind::Related);
/// The name of a picture's file.
pub(crate) const PICTURE_SLUG: Detector = Detector::strong("picture-slug", Kind::Alt, 0.6);
/// A picture's keywords.
pub(crate) const KEYWORD_LIST: Detector = Detector::hint("keyword-list", Kind::Alt);
/// A caption below a repeated headline. Giving way from 0.6 on instead of 0.97, with `bare-teaser` from 0.8 on: text F1 +0.0015 on WCXB.
pub(crate) const CAPTION_BELOW_REPEAT: Detector =
    Detector::strong("caption-below-repeat", Kind::Caption, 0.6);
/// A run of short lines.
pub(crate) const MENU_RUN: Detector = Detector::hint("menu-run", Kind::Nav);
/// A line without letters and digits.
pub(crate) const SYMBOLS_ONLY: Detector = Detector::strong("symbols-only", Kind::Nav, 0.9);
/// A run of lines like headlines amid the text.
pub(crate) const HEADLINE_RUN: Detector = Detector::hint("headline-run", Kind::Teaser);
/// A headline of another story amid the text. It gives way soon, as the summaries in a text that lists things look like teasers.
pub(crate) const BARE_TEASER: Detector = Detector::strong("bare-teaser", Kind::Teaser, 0.6);
/// What the elements of a page say. Kind and strength are those of the element; these are of most. It gives way soon, as the model sees the
/// elements itself: word F1 +0.0004 on WCXB, segment F1 +0.0015 against 0.97.
pub(crate) const MARKUP: Detector = Detector::strong("markup", Kind::Nav, 0.6);
/// The label of a button.
pub(crate) const BUTTON: Detector = Detector::strong("button", Kind::Nav, 0.6);
/// A line of links.
pub(crate) const LINKS: Detector = Detector::hint("links", Kind::Nav);

/// A line of code, of a configuration or of what a shell printed: text, whatever else was said of it.
pub(crate) const LISTING: Detector = Detector::sure("listing", Kind::Body);
/// The line above or below a listing that says where it ends.
pub(crate) const FENCE: Detector = Detector::sure("fence", Kind::Markup);
/// The number of a line of code that stands beside.
pub(crate) const LINE_NUMBER: Detector = Detector::sure("line-number", Kind::Other);
/// A line of a song or a poem: text.
pub(crate) const VERSE: Detector = Detector::strong("verse", Kind::Body, 0.97);
/// A name alone below the headline.
pub(crate) const NAME_BELOW: Detector = Detector::sure("name-below-headline", Kind::Meta);
/// What stands between the name and the day below a headline.
pub(crate) const BETWEEN_HEAD: Detector = Detector::sure("between-name-and-day", Kind::Nav);
/// The cut beginning of another story, on a page of such.
pub(crate) const CUT_EXCERPTS: Detector = Detector::sure("cut-excerpts", Kind::Teaser);
/// A card of another story that ends in a button, in a row of such.
pub(crate) const BUTTON_CARDS: Detector = Detector::sure("button-cards", Kind::Card);
/// A label, what it names, and what stands above or below the text of a labelled record.
pub(crate) const LABELLED: Detector = Detector::sure("labelled-field", Kind::Meta);
/// What stands around the articles of a text.
pub(crate) const AROUND_RECORDS: Detector = Detector::sure("around-records", Kind::Nav);
/// The signature below the text of a mail.
pub(crate) const SIGNATURE: Detector = Detector::sure("signature", Kind::Other);
/// A button or a counter below the text of each item.
pub(crate) const ITEM_FOOT: Detector = Detector::strong("item-foot", Kind::Nav, 0.8);
/// The name below a letter, and the place below the name; the line about an item that it begins with.
pub(crate) const SIGNED: Detector = Detector::sure("signed", Kind::Meta);
/// A caption whose credit stands in a line of its own.
pub(crate) const PARTED_CREDIT: Detector = Detector::strong("parted-credit", Kind::Caption, 0.8);
/// What a mail quotes of the one that it answers.
pub(crate) const MAIL_QUOTE: Detector = Detector::sure("mail-quote", Kind::Quote);
/// The line that says of whom a mail quotes.
pub(crate) const ATTRIBUTION: Detector = Detector::sure("attribution", Kind::Meta);
/// What a mailing list puts below each mail.
pub(crate) const LIST_FOOT: Detector = Detector::sure("list-foot", Kind::Other);
/// The addresses of a page's links, as a text browser lists them below it.
pub(crate) const LINK_LIST: Detector = Detector::strong("link-list", Kind::Nav, 0.8);
/// A caption that stands twice in a row.
pub(crate) const SECOND_PRINT: Detector = Detector::sure("second-print", Kind::Caption);
/// The heading and the beginning of another story below the article. The model saw few of them.
pub(crate) const OTHER_STORIES: Detector = Detector::strong("other-stories", Kind::Related, 0.99);

/// All of a page that says of itself that it is none.
pub(crate) const ERROR_PAGE: Detector = Detector::sure("error-page", Kind::Other);

/// All detectors.
pub(crate) const DETECTORS: [&Detector; 38] = [
    &DATE_LINE,
    &BYLINE,
    &REPEATED_HEADLINE,
    &LINK_CARD,
    &FEED_EXCERPT,
    &FEED_SOURCE,
    &RELATED_BLOCK,
    &PICTURE_SLUG,
    &KEYWORD_LIST,
    &CAPTION_BELOW_REPEAT,
    &MENU_RUN,
    &SYMBOLS_ONLY,
    &HEADLINE_RUN,
    &BARE_TEASER,
    &MARKUP,
    &BUTTON,
    &LINKS,
    &LISTING,
    &FENCE,
    &LINE_NUMBER,
    &VERSE,
    &NAME_BELOW,
    &CUT_EXCERPTS,
    &BUTTON_CARDS,
    &SECOND_PRINT,
    &LINK_LIST,
    &LABELLED,
    &AROUND_RECORDS,
    &SIGNATURE,
    &BETWEEN_HEAD,
    &PARTED_CREDIT,
    &ITEM_FOOT,
    &SIGNED,
    &MAIL_QUOTE,
    &ATTRIBUTION,
    &LIST_FOOT,
    &OTHER_STORIES,
    &ERROR_PAGE,
];

/// What stages decide by place alone; in the ledger these stand after `detector:` too.
pub(crate) mod stage {
    /// The line that is the headline.
    pub(crate) const HEADLINE: &str = "headline";
    /// A stretch that holds no paragraph.
    pub(crate) const NO_TEXT: &str = "no-text";
    /// A line outside the region of the text, without a model.
    pub(crate) const OUTSIDE_TEXT: &str = "outside-text";
    /// A paragraph that the page prints again.
    pub(crate) const PRINTED_AGAIN: &str = "printed-again";
    /// A sentence that stands around many stories.
    pub(crate) const REPEATED: &str = "repeated";
    /// The mark of a link that a text browser printed, such as `[12]`.
    pub(crate) const LINK_MARK: &str = "link-mark";
    /// The sign of a picture or a form's control that a text browser printed, such as `[IMG]`.
    pub(crate) const CONTROL: &str = "control";
    /// The mark before a line that is quoted.
    pub(crate) const QUOTE_MARK: &str = "quote-mark";
    /// The marks around a heading of plain text, such as `== `.
    pub(crate) const HEADING_MARK: &str = "heading-mark";
    /// Text of an article that has fewer characters than are wanted.
    pub(crate) const TOO_SHORT: &str = "too-short";
    /// Text of an article in a language that is not wanted.
    pub(crate) const OTHER_LANGUAGE: &str = "other-language";
    /// Text of an article in a language that is not known, where some are wanted.
    pub(crate) const UNKNOWN_LANGUAGE: &str = "unknown-language";
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [&str; 12] = [
        HEADLINE,
        NO_TEXT,
        OUTSIDE_TEXT,
        PRINTED_AGAIN,
        REPEATED,
        LINK_MARK,
        CONTROL,
        QUOTE_MARK,
        HEADING_MARK,
        TOO_SHORT,
        OTHER_LANGUAGE,
        UNKNOWN_LANGUAGE,
    ];
}

/// How far a detector may go.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// Probability of text (0 to 1) from which on the model overrules it; where none is given, what the table says.
    #[serde(default)]
    pub gives_way_at: Option<f32>,
    /// Largest share (0 to 1) of the words in an article's paragraphs that it may take; where none is given, what the table says.
    #[serde(default)]
    pub most_share: Option<f32>,
}

/// The bounds of every detector, by name. Read from JSON, those that are not named keep what the table of detectors says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, Bounds>")]
pub struct DetectorBounds(BTreeMap<String, Bounds>);

impl Default for DetectorBounds {
    fn default() -> Self {
        let bounds =
            |d: &Detector| Bounds { gives_way_at: d.gives_way_at, most_share: Some(d.most_share) };
        Self(DETECTORS.iter().map(|d| (d.name.to_owned(), bounds(d))).collect())
    }
}

impl TryFrom<BTreeMap<String, Bounds>> for DetectorBounds {
    type Error = String;

    fn try_from(given: BTreeMap<String, Bounds>) -> Result<Self, String> {
        let mut bounds = Self::default();
        for (name, given) in given {
            let known = bounds.0.get_mut(&name).ok_or_else(|| format!("no detector {name:?}"))?;
            known.gives_way_at = given.gives_way_at.or(known.gives_way_at);
            known.most_share = given.most_share.or(known.most_share);
        }
        Ok(bounds)
    }
}

impl DetectorBounds {
    /// Probability of text from which on the model overrules the detector of this name; none where it never does.
    pub(crate) fn gives_way_at(&self, name: &str) -> Option<f32> {
        self.0.get(name).and_then(|bounds| bounds.gives_way_at)
    }

    /// Largest share of the words in an article's paragraphs that the detector of this name may take.
    pub(super) fn most_share(&self, name: &str) -> f32 {
        self.0.get(name).and_then(|bounds| bounds.most_share).unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_that_are_not_given_are_those_of_the_table() {
        let json = r#"{"byline": {"gives_way_at": 0.5}, "menu-run": {"most_share": 0.25}}"#;
        let bounds: DetectorBounds = serde_json::from_str(json).unwrap();
        assert_eq!(bounds.gives_way_at("byline"), Some(0.5));
        assert_eq!(bounds.gives_way_at("date-line"), DATE_LINE.gives_way_at);
        assert_eq!((bounds.most_share("menu-run"), bounds.most_share("byline")), (0.25, 1.0));
    }

    #[test]
    fn a_detector_that_does_not_exist_is_refused() {
        let error = serde_json::from_str::<DetectorBounds>(r#"{"by-line": {}}"#).unwrap_err();
        assert!(error.to_string().contains("no detector \"by-line\""), "{error}");
    }

    #[test]
    fn no_two_that_decide_have_one_name() {
        let names = DETECTORS.iter().map(|detector| detector.name).chain(stage::ALL);
        let names: std::collections::BTreeSet<&str> = names.collect();
        assert_eq!(names.len(), DETECTORS.len() + stage::ALL.len());
    }
}
