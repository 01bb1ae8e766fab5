//! Input that unpacks to far more than text does.

/// Bytes that may always come out of an input, and how many times its size beyond that.
const HARMLESS: u64 = 1 << 30;
const MOST_TIMES: u64 = 1200;

/// More came out of an input than may.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to over {MOST_TIMES} times its size")]
pub(super) struct Bomb;

/// Whether so many bytes may come out of so many.
pub(super) fn check(packed: u64, unpacked: u64) -> Result<(), Bomb> {
    if unpacked > HARMLESS && unpacked / MOST_TIMES > packed { Err(Bomb) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_small_or_hardly_packed_is_no_bomb() {
        assert!(check(1, HARMLESS).is_ok() && check(HARMLESS, HARMLESS * MOST_TIMES).is_ok());
        assert!(check(1, HARMLESS + 1).is_err());
    }
}
