//! Lines that fit the terminal they are shown on; elsewhere lines are as long as they are.

use terminal_size::{Height, Width, terminal_size_of};
use textwrap::{Options, wrap};

/// Columns that text has at least, however narrow the terminal is.
const LEAST: usize = 20;

/// The columns of the terminal that standard output is; none where it is no terminal.
pub(super) fn of_output() -> Option<usize> {
    columns(terminal_size_of(std::io::stdout()))
}

/// The same of standard error.
pub(super) fn of_errors() -> Option<usize> {
    columns(terminal_size_of(std::io::stderr()))
}

fn columns(size: Option<(Width, Height)>) -> Option<usize> {
    size.map(|(Width(columns), _)| columns.into())
}

/// A text in lines of at most `columns`, those after the first with `indent` columns in front.
pub(super) fn fitted(text: &str, columns: usize, indent: usize) -> String {
    let space = " ".repeat(indent);
    let options = Options::new(columns.max(indent + LEAST)).subsequent_indent(&space);
    wrap(text, options).join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_stand_below_each_other() {
        assert_eq!(
            fitted("removed: nav 3 B, teaser 2 B, ad 1 B", 29, 9),
            "removed: nav 3 B, teaser 2 B,\n         ad 1 B"
        );
        assert_eq!(fitted("short", 29, 9), "short");
        assert_eq!(fitted(&"ab".repeat(30), 40, 2).lines().count(), 2);
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(fitted(&"港".repeat(30), 40, 0).lines().count(), 2);
    }
}
