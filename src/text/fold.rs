//! Folding: the form in which text is compared and matched against rules.

use crate::text::chars::is_space;

/// `text` folded: lower case, typographic quotes and dashes made plain, white space squeezed and trimmed.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Folded text of many blocks in one allocation.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    text: String,
    ends: Vec<usize>,
}

impl Folded {
    /// Room for the folded form of `bytes` bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), ends: Vec::new() }
    }

    /// Appends the next text.
    pub(crate) fn push(&mut self, text: &str) {
        fold_into(text, &mut self.text);
        self.ends.push(self.text.len());
    }

    /// The text that was pushed as number `index`.
    #[must_use]
    pub(crate) fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.text[start..self.ends[index]]
    }
}

fn fold_into(text: &str, out: &mut String) {
    let start = out.len();
    let (mut gap, mut rest) = (false, text);
    while !rest.is_empty() {
        let (plain, after) = rest.split_at(plain_len(rest.as_bytes()));
        let words = plain.strip_suffix(' ').unwrap_or(plain);
        if !words.is_empty() {
            if gap && out.len() > start {
                out.push(' ');
            }
            gap = words.len() < plain.len();
            let from = out.len();
            out.push_str(words);
            out[from..].make_ascii_lowercase();
        }
        let mut chars = after.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if is_space(c) {
            gap = true;
            continue;
        }
        if gap && out.len() > start {
            out.push(' ');
        }
        gap = false;
        match c {
            '`' | '‘' | '’' | '‚' | '‛' | '′' | '´' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => out.push('"'),
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => out.push('-'),
            '…' => out.push_str("..."),
            '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{2060}' => {}
            c if c.is_lowercase() => out.push(c),
            c => out.extend(c.to_lowercase()),
        }
    }
}

/// Bytes that `text` begins with of which only the case can differ from their folded form: ASCII with single spaces between words.
fn plain_len(text: &[u8]) -> usize {
    /// Of each byte 0 where it stays or its case alone changes, 1 where it does so behind no other such byte, 2 where it changes.
    static CHANGES: [u8; 256] = {
        let mut changes = [2; 256];
        let mut byte = b' ';
        while byte <= b'~' {
            changes[byte as usize] = 0;
            byte += 1;
        }
        changes[b' ' as usize] = 1;
        changes[b'`' as usize] = 2;
        changes
    };
    let mut before = 1;
    let ends = |&byte: &u8| {
        let own = CHANGES[usize::from(byte)];
        let ends = before + own > 1;
        before = own;
        ends
    };
    text.iter().position(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_dashes_case_and_space_do_not_tell_texts_apart() {
        assert_eq!(
            fold("  “It’s\u{a0}late” —  SAID\nthe  Clerk… "),
            fold("\"it's late\" - said the clerk...")
        );
    }

    #[test]
    fn plain_ascii_is_folded_like_the_rest() {
        for text in ["Two Words", " led", "trailed ", "two  gaps", "a\ttab", "`tick`", ""] {
            assert_eq!(fold(text), fold(&format!("\u{ad}{text}")), "{text:?}");
        }
    }

    #[test]
    fn blocks_keep_their_borders() {
        let mut folded = Folded::default();
        folded.push("One ");
        folded.push(" Two");
        assert_eq!((folded.get(0), folded.get(1)), ("one", "two"));
    }
}
