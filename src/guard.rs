//! Calls into code of others that breaks down on some damaged files instead of saying what is wrong with them.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
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
    result.ok()
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
}
