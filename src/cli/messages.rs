//! What commands print on standard error.

use dechaff::is_stream;
use dechaff::{Skipped, printable};
use std::io::Write;
use std::path::Path;

/// Where a command writes to, for its summary.
pub(crate) fn place_of(out: &Path) -> String {
    if is_stream(out) { "standard output".into() } else { printable(&out.display().to_string()) }
}

/// A number of things, whose name has an `s` at its end where they are several.
pub(crate) fn counted(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

/// Says how many of which inputs were left out, and how many failed. Where there is no manifest, each failure was named when it happened.
pub(crate) fn report_rest(
    err: &mut impl Write,
    out: &Path,
    (skipped, left_out): (&[Skipped], &str),
    (failures, [one, many]): (u64, [&str; 2]),
) -> std::io::Result<()> {
    let listed = |list: &str| {
        if is_stream(out) {
            String::new()
        } else {
            format!(", listed in manifest.json under {list:?}")
        }
    };
    if !skipped.is_empty() {
        writeln!(err, "{} left out{}", counted(skipped.len(), left_out), listed("skipped"))?;
    }
    if failures > 0 {
        let failed = if failures == 1 { one } else { many };
        writeln!(err, "{failures} {failed} failed{}", listed("failures"))?;
    }
    Ok(())
}
