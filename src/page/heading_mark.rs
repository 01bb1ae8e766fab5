//! Headings as the markup of plain text marks them: `== Section` in AsciiDoc, `== Section ==` in wikitext, `\section{Section}` in LaTeX, a rule of
//! signs below the line in reStructuredText.

use std::ops::Range;

/// Level of the headings that commands of LaTeX make.
const COMMANDS: [(&str, u8); 6] = [
    ("title", 1),
    ("part", 1),
    ("chapter", 1),
    ("section", 2),
    ("subsection", 3),
    ("subsubsection", 4),
];
/// The deepest level that signs of equality mark.
const DEEPEST: u8 = 6;

/// A heading with marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MarkedHeading {
    /// 1 for the title of the text.
    pub(crate) level: u8,
    /// Where in the line its text stands.
    pub(crate) text: Range<usize>,
}

impl MarkedHeading {
    /// The heading that a line is, if marks say so.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let (level, text) = if line.starts_with('=') { of_signs(line) } else { of_command(line) }?;
        let start = text.as_ptr() as usize - line.as_ptr() as usize;
        let has_letters = text.contains(char::is_alphabetic);
        has_letters.then(|| Self { level, text: start..start + text.len() })
    }
}

/// The sign of the rule below a heading: one as long as the heading is, give or take two.
pub(crate) fn underline(heading: &str, rule: &str) -> Option<char> {
    const SIGNS: [char; 8] = ['=', '-', '~', '^', '"', '*', '#', '+'];
    const SHORTEST: usize = 3;
    let sign = rule.chars().next().filter(|sign| SIGNS.contains(sign))?;
    let is_rule = rule.len() >= SHORTEST && rule.chars().all(|c| c == sign);
    (is_rule && rule.len().abs_diff(heading.chars().count()) <= 2).then_some(sign)
}

fn of_signs(line: &str) -> Option<(u8, &str)> {
    let behind = line.trim_start_matches('=');
    let signs = line.len() - behind.len();
    let level = u8::try_from(signs).ok().filter(|level| (1..=DEEPEST).contains(level))?;
    let closing = behind.len() - behind.trim_end().trim_end_matches('=').len();
    let text = behind.trim_end().trim_end_matches('=').trim();
    let is_closed = closing > 0 && behind.trim_end().ends_with(&line[..signs]);
    let is_marked = behind.starts_with(' ') || is_closed && level > 1;
    is_marked.then_some((level, text))
}

fn of_command(line: &str) -> Option<(u8, &str)> {
    let rest = line.strip_prefix('\\')?;
    let name = &rest[..rest.bytes().take_while(u8::is_ascii_lowercase).count()];
    let (_, level) = COMMANDS.into_iter().find(|(known, _)| *known == name)?;
    let rest = rest[name.len()..].trim_start_matches('*');
    // A short form for the head of the page.
    let rest = match rest.strip_prefix('[') {
        Some(short) => short.split_once(']')?.1,
        None => rest,
    };
    let text = rest.strip_prefix('{')?;
    let mut depth = 1;
    let end = text.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    })?;
    let behind = text[end + 1..].trim();
    (behind.is_empty() || behind.starts_with("\\label{")).then(|| (level, text[..end].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(u8, &str)> {
        MarkedHeading::of(line).map(|heading| (heading.level, &line[heading.text]))
    }

    #[test]
    fn the_marks_are_none_of_the_heading() {
        for (line, level) in [
            ("= The quay", 1),
            ("== The quay", 2),
            ("== The quay ==", 2),
            ("===The quay===", 3),
            ("\\title{The quay}", 1),
            ("\\section*{The quay}\\label{sec:quay}", 2),
            ("\\subsection[Quay]{ The quay }", 3),
        ] {
            assert_eq!(read(line), Some((level, "The quay")), "{line}");
        }
        assert_eq!(read("\\section{The {\\em old} quay}"), Some((2, "The {\\em old} quay")));
    }

    #[test]
    fn a_rule_as_long_as_a_line_underlines_it() {
        assert_eq!(underline("The quay", "========"), Some('='));
        assert_eq!(underline("The quay", "~~~~~~~~~~"), Some('~'));
        for rule in ["===", "====~~~~", "........", "============", "The quay"] {
            assert_eq!(underline("The quay", rule), None, "{rule}");
        }
    }

    #[test]
    fn what_only_begins_so_is_no_heading() {
        for line in [
            "==",
            "== 12 ==",
            "=SUM(a)",
            "======= The quay",
            "\\emph{The quay}",
            "\\section{The quay",
            "\\section{The quay} was shut.",
            "\\sections{The quay}",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
