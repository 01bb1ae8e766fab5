//! Words as hashes.

use crate::text::chars::{is_mark, is_unspaced};

pub(crate) fn hash_words(folded: &str, out: &mut Vec<u32>) {
    let mut hash = 0u32;
    for c in folded.chars() {
        if c.is_ascii_alphanumeric() {
            hash = with_letter(hash, c);
        } else if is_unspaced(c) {
            if hash != 0 {
                out.push(std::mem::take(&mut hash));
            }
            out.push((c as u32).wrapping_mul(0x9e37_79b1) | 1);
        } else if c.is_alphanumeric() {
            hash = with_letter(hash, c);
        } else if hash != 0 && c != '\'' && !is_mark(c) {
            out.push(std::mem::take(&mut hash));
        }
    }
    if hash != 0 {
        out.push(hash);
    }
}

fn with_letter(hash: u32, c: char) -> u32 {
    (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9e37_79b1) | 1
}
