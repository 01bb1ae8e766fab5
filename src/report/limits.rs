//! How much one page holds.

/// Records that are listed, and articles. Of larger runs a sample is.
pub(super) const ROWS: usize = 20_000;

/// Bytes of the page that the records with their texts may take, about.
pub(super) const TEXTS: usize = 40 << 20;

/// Bytes of the page that a span of the ledger takes with what was known of its blocks, about. Its text stands there twice: in the dump and in the article.
pub(super) const SPAN: usize = 200;

/// Bytes that are shown of one record.
pub(super) const LONGEST: usize = 400_000;

/// Bytes that are shown of a stretch of tags, scripts and styles.
pub(super) const MARKUP: usize = 60;

/// Copies of an article that are taken along with it.
pub(super) const COPIES: usize = 8;

/// Entries of each list of suspects.
pub(super) const SUSPECTS: usize = 200;

/// Inputs that were left out and are named.
pub(super) const SKIPPED: usize = 500;

/// Bytes of an excerpt.
pub(super) const EXCERPT: usize = 160;

/// Features that are shown for a verdict of the model.
pub(super) const FEATURES: usize = 3;

/// Records that are read before they are judged together.
pub(super) const BATCH: usize = 64;

/// Bytes of their texts from which on no more are read before.
pub(super) const BATCH_BYTES: usize = 16 << 20;

/// How near the model's probability is to the one that was asked for where it is unsure.
pub(super) const UNSURE: f32 = 0.1;

/// The probability of being text from which on the model speaks against a removal; it speaks against keeping from as near to 0.
pub(super) const AGAINST: f32 = 0.85;

/// Bytes of a line that is worth a look.
pub(super) const SHORTEST: usize = 20;

/// Bytes of a removed block from which on it may be a paragraph.
pub(super) const PROSE: usize = 120;

/// The share of a record's paragraphs that was removed where much was lost.
pub(super) const LOST: f64 = 0.5;
