//! Hard-wrapped text: how wide it was set, and which lines go on from the line before.

use crate::page::line::Line;

/// Columns a dump's text was wrapped at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wrap {
    right: usize,
}

/// Lines shorter than this say nothing about the width.
const SHORT: usize = 45;
/// No renderer sets text wider than this.
const WIDEST: usize = 240;
/// A wrapped line ends within so many columns of the margin, as the next word did not fit.
const RAG: usize = 14;
/// Most wrapped lines end within so many columns of the margin.
const EDGE: usize = 5;

impl Wrap {
    /// The right margin, where the text was wrapped at one: the ends of the long lines crowd below a width that few exceed.
    pub(super) fn of(lines: &[Line]) -> Option<Wrap> {
        let mut widths = [0usize; WIDEST + 1];
        let (mut long, mut over) = (0usize, 0usize);
        for line in lines.iter().filter(|l| l.width >= SHORT) {
            match widths.get_mut(line.indent + line.width) {
                Some(count) => {
                    *count += 1;
                    long += 1;
                }
                None => over += 1,
            }
        }
        if long < 6 || over * 20 > long {
            return None;
        }
        let window =
            |right: usize| widths[right.saturating_sub(EDGE)..=right].iter().sum::<usize>();
        let right = (SHORT..=WIDEST).max_by_key(|&right| (window(right), right))?;
        let crowd: usize = widths[right.saturating_sub(RAG)..=right].iter().sum();
        let beyond: usize = widths[right + 1..].iter().sum();
        (crowd * 2 > long && beyond * 5 < long).then_some(Wrap { right })
    }

    /// Whether `line` goes on from `above`, the line right before it: its first word would not have fitted there.
    pub(super) fn joins(self, above: &Line, line: &Line) -> bool {
        let free = self.right.saturating_sub(above.indent + above.width);
        let indented_on = line.indent == above.indent
            || line.indent == above.indent + above.marker.map_or(0, |_| 2)
            || line.indent == 0;
        line.marker.is_none()
            && above.width >= SHORT.min(self.right / 2)
            && line.first_word + 1 > free
            && indented_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &str, width: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        for word in text.split(' ') {
            if column > 0 && column + 1 + word.len() > width {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += word.len();
        }
        out
    }

    const PROSE: &str = "The harbour board met on Tuesday to hear what the engineers had found below the old quay, where the \
        piles had been driven in the year of the great flood and had stood in salt water ever since. Nobody was surprised \
        by the news that half of them were gone, but the price of mending them made the room fall silent for a while, and \
        the chair asked the treasurer to say it again, slowly, so that the clerk could write it down without a mistake.";

    #[test]
    fn wrapped_text_shows_its_margin_and_joins() {
        let text = fill(PROSE, 72);
        let lines = Line::all(&text);
        let wrap = Wrap::of(&lines).expect("wrapped");
        assert!(lines.windows(2).all(|pair| wrap.joins(&pair[0], &pair[1])));
    }

    #[test]
    fn one_sentence_a_line_is_not_wrapped() {
        let text = PROSE.replace(". ", ".\n").replace(", ", ",\n").repeat(3);
        assert_eq!(Wrap::of(&Line::all(&text)), None);
    }
}
