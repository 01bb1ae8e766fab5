//! Calls that end early: into code of others that breaks down on some damaged files instead of saying what is wrong with them, and work that is
//! told to stop.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use crate::error::Unfinished;

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
    static WATCHED: RefCell<Option<Stop>> = const { RefCell::new(None) };
}

/// Whether this thread is in code of others that may panic on a damaged file. Such a panic is caught, and the file becomes a failure with a
/// reason: a program's panic hook need not report it once more.
#[must_use]
pub fn is_guarded() -> bool {
    IS_GUARDED.get()
}

/// Calls; None where that panicked.
pub(crate) fn guarded<T>(call: impl FnOnce() -> T) -> Option<T> {
    let outer = IS_GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(call));
    IS_GUARDED.set(outer);
    match result {
        Ok(value) => Some(value),
        Err(cause) if cause.is::<Told>() => resume_unwind(cause),
        Err(_) => None,
    }
}

/// A flag by which another thread ends work early. Clones are one flag.
///
/// ```
/// use dechaff::{Cleaner, Options, Stop, Unfinished};
///
/// let (cleaner, stop) = (Cleaner::new(Options::default())?, Stop::default());
/// assert!(stop.run(|| cleaner.clean("A line.\n")).is_ok());
/// stop.set();
/// assert_eq!(stop.run(|| cleaner.clean("A line.\n")), Err(Unfinished::Stopped));
/// # Ok::<(), dechaff::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Flag>);

#[derive(Debug, Default)]
struct Flag {
    is_set: AtomicBool,
    asked: Option<Asked>,
}

/// Whom the work itself asks from time to time whether to go on.
struct Asked {
    is_told: Box<dyn Fn() -> bool + Send + Sync>,
    begun: Instant,
    /// When it was asked last, in milliseconds since the work began.
    last: AtomicU64,
}

impl std::fmt::Debug for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Asked").finish_non_exhaustive()
    }
}

impl Asked {
    /// How long it is not asked again.
    const PAUSE: Duration = Duration::from_millis(50);

    fn is_due(&self) -> bool {
        let now = self.begun.elapsed().as_millis() as u64;
        let is_due = now >= self.last.load(Relaxed) + Self::PAUSE.as_millis() as u64;
        if is_due {
            self.last.store(now, Relaxed);
        }
        is_due
    }
}

impl Stop {
    /// A flag that is set once `is_told` says so. The thread that works under it asks, some twenty times a second, so that no other thread has
    /// to wait for it.
    ///
    /// ```
    /// use dechaff::{Stop, Unfinished};
    ///
    /// let (cleaner, stop) = (dechaff::Cleaner::new(dechaff::Options::default())?, Stop::asking(|| true));
    /// let text = "The quay is open again.\n".repeat(100_000);
    /// assert_eq!(stop.run(|| cleaner.clean(&text)), Err(Unfinished::Stopped));
    /// # Ok::<(), dechaff::Error>(())
    /// ```
    pub fn asking(is_told: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let (begun, last) = (Instant::now(), AtomicU64::new(0));
        let asked = Some(Asked { is_told: Box::new(is_told), begun, last });
        Self(Arc::new(Flag { is_set: AtomicBool::new(false), asked }))
    }

    /// A flag of its own that is set once this one is, or so much time has passed since now.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use dechaff::{Stop, Unfinished};
    ///
    /// let cleaner = dechaff::Cleaner::new(dechaff::Options::default())?;
    /// let (all, text) = (Stop::default(), "The quay is open again.\n".repeat(100_000));
    /// let one = all.after(Duration::from_millis(1));
    /// assert_eq!((one.run(|| cleaner.clean(&text)), all.is_set()), (Err(Unfinished::Stopped), false));
    /// # Ok::<(), dechaff::Error>(())
    /// ```
    #[must_use]
    pub fn after(&self, time: Duration) -> Self {
        let (outer, begun) = (self.clone(), Instant::now());
        Self::asking(move || outer.is_told() || begun.elapsed() >= time)
    }

    /// Tells all work under this flag to end.
    pub fn set(&self) {
        self.0.is_set.store(true, Relaxed);
    }

    /// Whether it was told to end.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.0.is_set.load(Relaxed)
    }

    /// Whether there is something to look at more closely.
    fn is_due(&self) -> bool {
        self.is_set() || self.0.asked.as_ref().is_some_and(Asked::is_due)
    }

    fn is_told(&self) -> bool {
        if !self.is_set() && self.0.asked.as_ref().is_some_and(|asked| (asked.is_told)()) {
            self.set();
        }
        self.is_set()
    }

    /// Works under this flag: what cleans looks at it every few lines.
    ///
    /// # Errors
    /// [`Unfinished::Stopped`] once the flag is set, [`Unfinished::BrokeDown`] where the work panicked.
    pub fn run<T>(&self, work: impl FnOnce() -> T) -> Result<T, Unfinished> {
        self.watched(work).map_err(|cause| match cause.is::<Told>() {
            true => Unfinished::Stopped,
            false => Unfinished::BrokeDown,
        })
    }

    /// The same for work whose panics go on; None once the flag is set.
    #[cfg(feature = "run")]
    pub(crate) fn unless_set<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        match self.watched(work) {
            Ok(value) => Some(value),
            Err(cause) if cause.is::<Told>() => None,
            Err(cause) => resume_unwind(cause),
        }
    }

    fn watched<T>(&self, work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
        let outer = WATCHED.replace(Some(self.clone()));
        let result = catch_unwind(AssertUnwindSafe(|| {
            look();
            work()
        }));
        WATCHED.set(outer);
        result
    }

    /// Lets this thread look at the flag for as long as it lives.
    #[cfg(feature = "run")]
    pub(crate) fn watch(self) {
        WATCHED.set(Some(self));
    }
}

/// Works to the end, whatever this thread was told.
#[cfg(feature = "run")]
pub(crate) fn unheard<T>(work: impl FnOnce() -> T) -> T {
    let told = WATCHED.replace(None);
    let result = work();
    WATCHED.set(told);
    result
}

/// What unwinds a thread whose work was told to end.
struct Told;

/// Ends the work of this thread where it was told to. Unwinding leaves the stages free of a result that none of them gives otherwise.
pub(crate) fn look() {
    // Who is asked may begin other work in this thread.
    let due = WATCHED.with_borrow(|stop| stop.as_ref().filter(|stop| stop.is_due()).cloned());
    if due.is_some_and(|stop| stop.is_told()) {
        resume_unwind(Box::new(Told));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_guarded_until_the_call_ends_however_it_ends() {
        assert_eq!(guarded(is_guarded), Some(true));
        assert_eq!(guarded(|| guarded(|| panic!("damaged")).is_none() && is_guarded()), Some(true));
        assert!(!is_guarded());
    }

    #[test]
    fn work_ends_where_it_looks_at_a_flag_that_is_set_and_nowhere_else() {
        let stop = Stop::default();
        assert_eq!(stop.run(look), Ok(()));
        let told = stop.run(|| {
            stop.set();
            guarded(look);
        });
        assert_eq!(told, Err(Unfinished::Stopped));
        look();
        assert_eq!(Stop::default().run(look), Ok(()));
        assert_eq!(Stop::default().run(|| panic!("a fault")), Err::<(), _>(Unfinished::BrokeDown));
        #[cfg(feature = "run")]
        assert_eq!(told_to_stop(|| unheard(look)), Ok(()));
    }

    /// Work of a thread that is told to stop once it has begun.
    #[cfg(feature = "run")]
    fn told_to_stop(work: impl FnOnce()) -> Result<(), Unfinished> {
        let stop = Stop::default();
        stop.run(|| {
            stop.set();
            work();
        })
    }

    #[test]
    fn who_is_asked_may_begin_other_work_in_the_same_thread() {
        let stop = Stop::asking(|| Stop::default().run(look).is_ok());
        let result: Result<(), _> = stop.run(|| {
            loop {
                look();
            }
        });
        assert_eq!((result, stop.is_set()), (Err(Unfinished::Stopped), true));
    }
}
