//! What a run over documents is told.

use crate::read::Limits;
use crate::run::settings::Settings;

/// What it is told, apart from where it reads and writes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'d> {
    pub(super) settings: &'d Settings,
    pub(super) text_field: Option<&'d str>,
    pub(super) limits: Limits,
    /// Bytes of memory that it takes before it spills.
    pub(super) memory: u64,
}
