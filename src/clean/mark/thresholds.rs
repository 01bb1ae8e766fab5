//! The numbers that rules' sections and detectors decide by.

use super::about::AboutThresholds;
use super::caption::SecondPrintThresholds;
use super::card::CardThresholds;
use super::error_page::ErrorPageThresholds;
use super::excerpt::ExcerptThresholds;
use super::feed::FeedThresholds;
use super::foot::FootThresholds;
use super::headline::RepeatThresholds;
use super::listing::ListingThresholds;
use super::markup::MarkupThresholds;
use super::menu::MenuThresholds;
use super::name::NameThresholds;
use super::other_stories::OtherStoryThresholds;
use super::phrases::PhraseThresholds;
use super::picture::PictureThresholds;
use super::related::RelatedThresholds;
use super::tail::TailThresholds;
use super::teaser::TeaserThresholds;
use super::verse::VerseThresholds;
use crate::adjustable::adjustable;
use crate::clean::mark::detector::DetectorBounds;

adjustable! {
    /// What rules' sections and detectors decide by, for each the numbers that stand with it in its file.
    MarkThresholds {
        /// Date lines and bylines.
        about: AboutThresholds = AboutThresholds::default(),
        /// Link cards.
        card: CardThresholds = CardThresholds::default(),
        /// Error pages.
        error_page: ErrorPageThresholds = ErrorPageThresholds::default(),
        /// Cut excerpts, and cards that end in a button.
        excerpt: ExcerptThresholds = ExcerptThresholds::default(),
        /// Heads of feed items.
        feed: FeedThresholds = FeedThresholds::default(),
        /// Feet of the items of a list.
        foot: FootThresholds = FootThresholds::default(),
        /// Listings of code.
        listing: ListingThresholds = ListingThresholds::default(),
        /// What the elements of a page say.
        markup: MarkupThresholds = MarkupThresholds::default(),
        /// Menus.
        menu: MenuThresholds = MenuThresholds::default(),
        /// Names alone below the headline.
        name: NameThresholds = NameThresholds::default(),
        /// Other stories below the article.
        other_stories: OtherStoryThresholds = OtherStoryThresholds::default(),
        /// Sections and sentences that rules mark.
        phrases: PhraseThresholds = PhraseThresholds::default(),
        /// Slugs, keywords and captions of pictures.
        picture: PictureThresholds = PictureThresholds::default(),
        /// Lists of related stories.
        related: RelatedThresholds = RelatedThresholds::default(),
        /// The headline once more.
        repeats: RepeatThresholds = RepeatThresholds::default(),
        /// Captions that stand twice.
        second_print: SecondPrintThresholds = SecondPrintThresholds::default(),
        /// What follows the end of an article.
        tail: TailThresholds = TailThresholds::default(),
        /// Headlines of other stories amid the text.
        teaser: TeaserThresholds = TeaserThresholds::default(),
        /// Songs and poems.
        verse: VerseThresholds = VerseThresholds::default(),
        /// How far each detector binds.
        detectors: DetectorBounds = DetectorBounds::default(),
    }
}
