//! White space of HTML, and the runs of text between.

pub(super) fn skip(bytes: &[u8], at: usize, passes: impl Fn(u8) -> bool) -> usize {
    let at = at.min(bytes.len());
    bytes[at..].iter().position(|&b| !passes(b)).map_or(bytes.len(), |n| at + n)
}

/// White space as HTML counts it.
pub(in crate::html) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

/// Where a run of text ends that can be copied as it is: single spaces are part of it. Zero bytes are not shown.
pub(in crate::html) fn run_end(bytes: &[u8], from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end {
        let byte = bytes[at];
        if matches!(byte, b'&' | 0)
            || is_space(byte)
                && (byte != b' '
                    || at + 1 >= end
                    || is_space(bytes[at + 1])
                    || matches!(bytes[at + 1], b'&' | 0))
        {
            break;
        }
        at += 1;
    }
    at
}
