//! How far evidence binds.

/// How far a mark binds the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Counts for debris where nothing speaks against it.
    Hint,
    /// Decides, unless something says [`Strength::Sure`].
    Strong,
    /// Decides.
    Sure,
}
