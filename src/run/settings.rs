//! What every whole run can be told, whether it cleans dumps or compares documents.

use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;

use crate::compare::Thresholds;
use crate::error::{Error, Result};
use crate::guard::Stop;
use crate::write::Layout;

/// Bytes of memory that what compares and sorts the texts of a run takes before it spills.
pub(crate) const MEMORY: u64 = 1 << 30;

/// Where and how a run works and writes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) preferred: Vec<String>,
    pub(crate) threads: Option<NonZero<usize>>,
    pub(crate) force: bool,
    pub(crate) layout: Layout,
    pub(crate) thresholds: Thresholds,
    pub(crate) stop: Stop,
    pub(crate) heard: Heard,
}

/// Who is told of bytes that are done; perhaps nobody.
#[derive(Clone, Default)]
pub(crate) struct Heard(pub(crate) Option<Arc<dyn Fn(u64) + Send + Sync>>);

impl Heard {
    pub(crate) fn tell(&self, bytes: u64) {
        if let Some(told) = self.0.as_ref().filter(|_| bytes > 0) {
            told(bytes);
        }
    }
}

impl std::fmt::Debug for Heard {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_tuple("Heard").field(&self.0.is_some()).finish()
    }
}

impl Settings {
    /// The threads that it works with; `out` is named where there can be none.
    pub(crate) fn pool(&self, out: &Path) -> Result<rayon::ThreadPool> {
        rayon::ThreadPoolBuilder::new()
            .num_threads(self.threads.map_or(0, NonZero::get))
            .start_handler({
                let stop = self.stop.clone();
                move |_| stop.clone().watch()
            })
            .build()
            .map_err(|e| Error::Io { path: out.into(), source: std::io::Error::other(e) })
    }
}

/// The first option that is another, or is there in one list alone, of what runs were told: names and values.
pub(crate) fn differing<'o>(
    here: &'o [(String, String)],
    there: &'o [(String, String)],
) -> Option<&'o str> {
    let lacks = |list: &[(String, String)], option: &&(String, String)| !list.contains(*option);
    let mut only_here = here.iter().filter(|option| lacks(there, option));
    let mut only_there = there.iter().filter(|option| lacks(here, option));
    only_here.next().or_else(|| only_there.next()).map(|(name, _)| &**name)
}

/// A share to four digits, which is what it is worth.
#[must_use]
pub fn rounded(share: f32) -> f64 {
    (f64::from(share) * 1e4).round() / 1e4
}

/// Lets a run with a field `settings` be told them.
macro_rules! tells_settings {
    ($run:ident $(<$life:lifetime>)?) => {
        impl $run $(<$life>)? {
            /// Sources whose copies stand for the others where they are as complete and as early, the most preferred first.
            #[must_use]
            pub fn prefer(mut self, preferred: Vec<String>) -> Self {
                self.settings.preferred = preferred;
                self
            }

            /// Works with so many threads; with as many as there are processors otherwise.
            #[must_use]
            pub fn threads(mut self, threads: Option<std::num::NonZero<usize>>) -> Self {
                self.settings.threads = threads;
                self
            }

            /// Lays out all files of lines like this; only what says which texts are copies is never split.
            #[must_use]
            pub fn layout(mut self, layout: crate::write::Layout) -> Self {
                self.settings.layout = layout;
                self
            }

            /// Replaces the files of an earlier run in the output folder.
            #[must_use]
            pub fn force(mut self, force: bool) -> Self {
                self.settings.force = force;
                self
            }

            /// Folds a text only where at most this share of it (0 to 1) stands nowhere in the canonical one.
            #[must_use]
            pub fn loss(mut self, loss: f32) -> Self {
                self.settings.thresholds.loss = loss;
                self
            }

            /// Ends the run, with nothing written, once this flag is set; with [`Error::Stopped`](crate::Error::Stopped).
            #[must_use]
            pub fn stop(mut self, stop: crate::guard::Stop) -> Self {
                self.settings.stop = stop;
                self
            }

            /// Tells `told` of bytes of the files as the run is done with them, from any thread: in all as many as
            /// [`Event::Walked`](crate::Event::Walked) says, however they are packed.
            #[must_use]
            pub fn on_bytes(mut self, told: impl Fn(u64) + Send + Sync + 'static) -> Self {
                self.settings.heard = crate::run::settings::Heard(Some(std::sync::Arc::new(told)));
                self
            }

            /// Compares texts by these thresholds.
            #[must_use]
            pub fn with_thresholds(mut self, thresholds: crate::compare::Thresholds) -> Self {
                self.settings.thresholds = thresholds;
                self
            }
        }
    };
}

pub(crate) use tells_settings;
