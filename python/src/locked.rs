//! Locks whose holders may have panicked: what they guard is whole at every step.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a lock guards, once no other thread holds it.
pub(crate) fn locked<T: ?Sized>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
