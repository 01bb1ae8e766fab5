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
}

impl Beside {
    /// All of it.
    pub const ALL: [Beside; 3] = [Beside::Captions, Beside::Notes, Beside::Comments];

    /// Its name among options.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Beside::Captions => "captions",
            Beside::Notes => "notes",
            Beside::Comments => "comments",
        }
    }

    /// Its kind in the ledger.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Beside::Captions => Kind::Caption,
            Beside::Notes => Kind::Note,
            Beside::Comments => Kind::Comments,
        }
    }

    /// What its paragraphs are in the build of the text.
    pub(crate) fn role(self) -> RoleKind {
        match self {
            Beside::Captions => RoleKind::Caption,
            Beside::Notes => RoleKind::Note,
            Beside::Comments => RoleKind::Comment,
        }
    }
}
