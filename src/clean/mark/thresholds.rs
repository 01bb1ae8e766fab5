//! The numbers that rules' sections and detectors decide by.

use super::about::AboutThresholds;
use super::card::CardThresholds;
use super::feed::FeedThresholds;
use super::headline::RepeatThresholds;
use super::markup::MarkupThresholds;
use super::menu::MenuThresholds;
use super::phrases::PhraseThresholds;
use super::picture::PictureThresholds;
use super::related::RelatedThresholds;
use super::tail::TailThresholds;
use super::teaser::TeaserThresholds;
use crate::adjustable::adjustable;
use crate::clean::mark::detector::DetectorBounds;

adjustable! {
    /// What rules' sections and detectors decide by, for each the numbers that stand with it in its file.
    MarkThresholds {
        /// Date lines and bylines.
        about: AboutThresholds = AboutThresholds::default(),
        /// Link cards.
        card: CardThresholds = CardThresholds::default(),
        /// Heads of feed items.
        feed: FeedThresholds = FeedThresholds::default(),
        /// What the elements of a page say.
        markup: MarkupThresholds = MarkupThresholds::default(),
        /// Menus.
        menu: MenuThresholds = MenuThresholds::default(),
        /// Sections and sentences that rules mark.
        phrases: PhraseThresholds = PhraseThresholds::default(),
        /// Slugs, keywords and captions of pictures.
        picture: PictureThresholds = PictureThresholds::default(),
        /// Lists of related stories.
        related: RelatedThresholds = RelatedThresholds::default(),
        /// The headline once more.
        repeats: RepeatThresholds = RepeatThresholds::default(),
        /// What follows the end of an article.
        tail: TailThresholds = TailThresholds::default(),
        /// Headlines of other stories amid the text.
        teaser: TeaserThresholds = TeaserThresholds::default(),
        /// How far each detector binds.
        detectors: DetectorBounds = DetectorBounds::default(),
    }
}
