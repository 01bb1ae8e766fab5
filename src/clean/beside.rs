//! What stands beside the text of an article and stays with it where that is asked for.

use crate::page::RoleKind;
use crate::span::Kind;

/// What stands beside the text of an article and can be kept with it, in paragraphs of its own type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beside {
    /// Captions and credits of pictures.
    Captions,
    /// Editorial notes about the article.
    Notes,
    /// Readers' comments, and their forms.
    Comments,
    /// Pictures of a page of HTML or Markdown that say in words what they show: blocks between the paragraphs.
    Images,
}

impl Beside {
    /// All of it.
    pub const ALL: [Beside; 4] =
        [Beside::Captions, Beside::Notes, Beside::Comments, Beside::Images];

    /// Its name among options.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Beside::Captions => "captions",
            Beside::Notes => "notes",
            Beside::Comments => "comments",
            Beside::Images => "images",
        }
    }

    /// Its kind in the ledger; None of pictures, which are no text.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Beside::Captions => Some(Kind::Caption),
            Beside::Notes => Some(Kind::Note),
            Beside::Comments => Some(Kind::Comments),
            Beside::Images => None,
        }
    }

    /// What its paragraphs are in the build of the text; pictures have none.
    pub(crate) fn role(self) -> Option<RoleKind> {
        match self {
            Beside::Captions => Some(RoleKind::Caption),
            Beside::Notes => Some(RoleKind::Note),
            Beside::Comments => Some(RoleKind::Comment),
            Beside::Images => None,
        }
    }
}
