//! TODO

/// Makes room for `more` in steps of an eighth: doubling would leave up to half of the memory unused.
pub(crate) fn grow<T>(list: &mut Vec<T>, more: usize) {
    if list.capacity() - list.len() < more {
        list.reserve_exact(more.max(list.len() / 8 + 1024));
    }
}
