//! What commands print on standard error.

use dechaff::is_stream;
use dechaff::{Failure, Skipped};
use std::io::Write;
use std::path::Path;

/// Whether a character turns the direction of writing, so that a line reads otherwise than it stands.
fn is_turning(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` without characters that a terminal would act on.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\t' {
                ' '
            } else if c.is_control() || is_turning(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// Where a command writes to, for its summary.
pub(crate) fn place_of(out: &Path) -> String {
    if is_stream(out) { "standard output".into() } else { printable(&out.display().to_string()) }
}

/// Says how many of which inputs were left out, and how many failed. Where there is no manifest, each failure was named when it happened.
pub(crate) fn report_rest(
    err: &mut impl Write,
    out: &Path,
    (skipped, left_out): (&[Skipped], &str),
    (failures, failed): (&[Failure], &str),
) -> std::io::Result<()> {
    let listed = |list: &str| {
        if is_stream(out) {
            String::new()
        } else {
            format!(", listed in manifest.json under {list:?}")
        }
    };
    if !skipped.is_empty() {
        writeln!(err, "{} {left_out} left out{}", skipped.len(), listed("skipped"))?;
    }
    if !failures.is_empty() {
        writeln!(err, "{} {failed} failed{}", failures.len(), listed("failures"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_not_printed() {
        assert_eq!(printable("a\tb\x1b[31mc\u{202e}d"), "a b\u{fffd}[31mc\u{fffd}d");
        assert_eq!(printable("שלום\u{200f}!"), "שלום\u{200f}!");
    }
}
