//! The numbers that the stages within a record decide by.

use std::path::Path;

use crate::adjustable::{adjustable, read_json};
use crate::clean::amid::AmidThresholds;
use crate::clean::columns::ColumnThresholds;
use crate::clean::form::FormThresholds;
use crate::clean::item::ItemThresholds;
use crate::clean::judge::JudgeThresholds;
use crate::clean::mark::MarkThresholds;
use crate::clean::region::RegionThresholds;
use crate::clean::reprint::ReprintThresholds;
use crate::clean::second_look::SecondLookThresholds;
use crate::clean::split::SplitThresholds;
use crate::clean::subtitles::SubtitleThresholds;
use crate::clean::thread::ThreadThresholds;
use crate::clean::title::TitleThresholds;
use crate::error::Result;
use crate::html::HtmlThresholds;
use crate::page::PageThresholds;

adjustable! {
    /// The numbers that the stages within a record decide by, one struct for each stage. Read from JSON, what is left out keeps its default.
    ///
    /// ```
    /// use dechaff::Thresholds;
    ///
    /// let thresholds: Thresholds = serde_json::from_str(r#"{"judge": {"balanced": 0.5}}"#)?;
    /// assert_eq!(thresholds.judge.balanced, 0.5);
    /// assert_eq!(thresholds.split, Thresholds::default().split);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Thresholds {
        /// The source of a page to text, and to what is known of it.
        html: HtmlThresholds = HtmlThresholds::default(),
        /// Text that stands in columns.
        columns: ColumnThresholds = ColumnThresholds::default(),
        /// Subtitles.
        subtitles: SubtitleThresholds = SubtitleThresholds::default(),
        /// Text to blocks.
        page: PageThresholds = PageThresholds::default(),
        /// What rules and detectors say about blocks.
        mark: MarkThresholds = MarkThresholds::default(),
        /// Blocks to articles.
        split: SplitThresholds = SplitThresholds::default(),
        /// A second look at what seems to be one article.
        second_look: SecondLookThresholds = SecondLookThresholds::default(),
        /// The headline of each article.
        title: TitleThresholds = TitleThresholds::default(),
        /// Where an article's text stands.
        region: RegionThresholds = RegionThresholds::default(),
        /// The verdict on each block.
        judge: JudgeThresholds = JudgeThresholds::default(),
        /// One verdict on all that stands in a run of one form.
        form: FormThresholds = FormThresholds::default(),
        /// What is kept amid text, whatever its words.
        amid: AmidThresholds = AmidThresholds::default(),
        /// Articles among others of one form.
        item: ItemThresholds = ItemThresholds::default(),
        /// The posts of a thread.
        thread: ThreadThresholds = ThreadThresholds::default(),
        /// Text that a page prints again.
        reprint: ReprintThresholds = ReprintThresholds::default(),
    }
}

impl Thresholds {
    /// Reads thresholds from a JSON file.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) when it cannot be read, [`Error::Thresholds`](crate::Error::Thresholds) when it names something that does not exist, or gives something else than a
    /// number of its kind.
    pub fn read(path: &Path) -> Result<Self> {
        read_json(path)
    }
}
