//! The numbers that the reading of a page of HTML decides by.

use crate::adjustable::adjustable;
use crate::html::evidence::of_blocks::EvidenceThresholds;
use crate::html::hidden_text::HiddenThresholds;
use crate::html::side_by_side::SideBySideThresholds;
use crate::html::stated::credits::CreditThresholds;
use crate::html::stated::names::AuthorThresholds;
use crate::html::stated::printed::PrintedThresholds;
use crate::html::stated_text::found::StatedTextThresholds;

adjustable! {
    /// What a page of HTML shows, what it says of itself, and what its elements say of each block.
    HtmlThresholds {
        /// Bytes of text below which a page may have hidden all of it until a script runs.
        little_text: usize = 600,
        /// Bytes that such a page hides for each that it shows: more than this.
        hidden_per_shown: usize = 2,
        /// Hidden text that is part of the article.
        hidden: HiddenThresholds = HiddenThresholds::default(),
        /// Bytes of a heading up to which breaks in it are spaces: fewer than this.
        heading_bytes: usize = 200,
        /// Bytes of a row of a table after which its cells no longer share a line.
        row_bytes: usize = 160,
        /// Bytes of an element with a field for the address of a mailbox up to which it is there to ask for that.
        asking_bytes: usize = 400,
        /// Elements that name the author or the day.
        credits: CreditThresholds = CreditThresholds::default(),
        /// The byline and the day that are printed by the main heading.
        printed: PrintedThresholds = PrintedThresholds::default(),
        /// The text that the page states of its article.
        stated_text: StatedTextThresholds = StatedTextThresholds::default(),
        /// Articles side by side.
        side_by_side: SideBySideThresholds = SideBySideThresholds::default(),
        /// Names of authors.
        names: AuthorThresholds = AuthorThresholds::default(),
        /// What the elements say of each block.
        evidence: EvidenceThresholds = EvidenceThresholds::default(),
    }
}
