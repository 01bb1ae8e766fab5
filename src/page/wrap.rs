//! Hard-wrapped text: which stretches of a record were set to which width, and which lines go on from the line before.
//!
//! Text that is set to a width fills its lines: a line ends where the next word would not have fitted. So every two lines say between which
//! margins they may have been set. A record may hold stretches of several widths, and of none; the course through its lines that explains
//! them best is found by dynamic programming (Viterbi 1967).

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::adjustable::adjustable;
use crate::bylines;
use crate::page::line::{Line, is_quoted};
use crate::text::chars::{is_closer, is_stop, is_unspaced};

adjustable! {
    /// Which stretches are said to be set to a width. Each pair of lines counts for or against a margin, and the course through the lines that
    /// counts most is taken.
    WrapThresholds {
        /// Columns of the narrowest margin, as far as it can be told from verse; at most 240.
        narrowest: usize = 38,
        /// What must count for a margin before a stretch is said to have it.
        enter: i32 = 3,
        /// The same, in addition, where the stretch begins or ends amid lines that nothing parts.
        amid: i32 = 4,
        /// What a full line amid a sentence counts for the margin where the next begins in lower case, ...
        lower: i32 = 4,
        /// ... with a character that has no case, ...
        caseless: i32 = 2,
        /// ... or in upper case.
        upper: i32 = 1,
        /// Taken off for a line amid a sentence that the margin does not explain.
        unexplained: i32 = 2,
        /// Taken off for a line that reaches over the margin.
        over: i32 = 4,
        /// The part of the margin that a full line fills: more than this.
        full: f64 = 0.5,
        /// The part that a line fills which goes on in lower case though the next word would have fitted: more than this.
        goes_on: f64 = 2.0 / 3.0,
        /// The part of a record's long lines that are wrapped where wrapping prevails: more than this.
        prevails: f64 = 0.5,
    }
}

/// No renderer sets text wider than this. The sums over the columns have this length.
const WIDEST: usize = 240;
/// Margins that are tried on a record at most: a bound on the work, as each is a state of every line. Which of them a stretch has is decided by
/// its lines.
const TRIED: usize = 12;

/// Where the lines of a record end that were wrapped.
#[derive(Debug)]
pub(super) struct Wraps {
    /// For each line the right margin of its stretch, in columns.
    margins: Vec<Option<usize>>,
    /// For each line whether it goes on from the one before.
    joined: Vec<bool>,
}

impl Wraps {
    /// Reads the margins of `lines`; those in `apart` are not wrapped, such as lines of code.
    pub(super) fn of(
        text: &str,
        lines: &[Line],
        apart: &[Range<usize>],
        thresholds: &WrapThresholds,
    ) -> Wraps {
        let mut links = vec![None; lines.len()];
        let mut is_above_running = false;
        for (at, line) in lines.iter().enumerate() {
            let is_running = is_running(text, line);
            if is_above_running && is_running && !is_author_below(text, lines, at) {
                links[at] = Link::of(text, &lines[at - 1], line);
            }
            is_above_running = is_running;
        }
        for range in apart {
            links[range.start..(range.end + 1).min(lines.len())].fill(None);
        }
        let likely = likely_margins(&links, thresholds);
        let margins = best_course(lines, &links, &likely, thresholds);
        let joined = (0..lines.len())
            .map(|at| {
                let right = margins[at].filter(|_| at > 0 && margins[at] == margins[at - 1]);
                right.zip(links[at]).is_some_and(|(right, link)| link.joins(right, thresholds))
            })
            .collect();
        Wraps { margins, joined }
    }

    /// No line goes on from another.
    pub(super) fn none(lines: &[Line]) -> Wraps {
        Wraps { margins: vec![None; lines.len()], joined: vec![false; lines.len()] }
    }

    /// Whether line `at` goes on from the line right before it.
    pub(super) fn joins(&self, at: usize) -> bool {
        self.joined[at]
    }

    /// Whether most of the record's long lines were wrapped.
    pub(super) fn prevail(&self, lines: &[Line], thresholds: &WrapThresholds) -> bool {
        let long = |at: &usize| lines[*at].width >= thresholds.narrowest;
        let all = (0..lines.len()).filter(long).count();
        let wrapped = (0..lines.len()).filter(long).filter(|&at| self.margins[at].is_some());
        wrapped.count() as f64 > all as f64 * thresholds.prevails
    }
}

/// Whether a line names an author, and nothing else, below a headline of one line.
fn is_author_below(text: &str, lines: &[Line], at: usize) -> bool {
    let is_parted = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(Line::is_blank);
    let own = lines[at].span.of(text);
    let names = bylines::without_opening(own);
    is_parted(at.checked_sub(2))
        && is_parted(Some(at + 1))
        && names.len() < own.len()
        && bylines::name_alone(bylines::without_closing(names)).is_some()
}

/// How a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    Lower,
    Upper,
    /// With a character that has no case.
    Caseless,
}

/// Two lines, one right below the other, of which the second may go on from the first.
#[derive(Debug, Clone, Copy)]
struct Link {
    /// Columns up to the end of the first.
    end: usize,
    /// Columns of the first word of the second.
    first_word: usize,
    /// Whether the first ends amid a sentence.
    open: bool,
    /// How the second begins.
    start: Start,
}

impl Link {
    /// Of two lines of running text; None where the second begins something new, whatever the margin.
    fn of(text: &str, above: &Line, line: &Line) -> Option<Link> {
        if line.marker.is_some() {
            return None;
        }
        // What a mail quotes, and what it says of it.
        let is_quotation = |line: &Line| is_quoted(line.span.of(text));
        if is_quotation(line) != is_quotation(above) && line.indent == above.indent {
            return None;
        }
        let hangs = above.indent + 1..=above.indent + above.marker_len;
        let marked = above.marker.is_some() && hangs.contains(&line.indent);
        if line.indent != above.indent && line.indent != 0 && !marked {
            return None;
        }
        let own = line.span.of(text);
        let first = own.chars().find(|c| c.is_alphanumeric())?;
        let last = above.span.of(text).trim_end_matches(is_closer).chars().next_back();
        Some(Link {
            end: above.indent + above.width,
            first_word: if is_unspaced(first) { 2 } else { line.first_word },
            open: last.is_some_and(|c| !is_stop(c) && !matches!(c, ':' | '：')),
            start: if first.is_lowercase() {
                Start::Lower
            } else if first.is_uppercase() {
                Start::Upper
            } else {
                Start::Caseless
            },
        })
    }

    /// Whether the first word of the second line would not have fitted on the first.
    fn is_full(self, right: usize, t: &WrapThresholds) -> bool {
        self.end + 1 + self.first_word > right && self.fills(right, t.full)
    }

    /// Whether the first line fills more than that part of the margin.
    fn fills(self, right: usize, part: f64) -> bool {
        self.end as f64 > right as f64 * part
    }

    /// A line that is mostly filled goes on in lower case, even where the next word would have fitted: not all fill greedily.
    fn joins(self, right: usize, t: &WrapThresholds) -> bool {
        self.is_full(right, t)
            || self.open && self.start == Start::Lower && self.fills(right, t.goes_on)
    }

    /// How much it speaks for a margin.
    fn speaks_for(self, right: usize, t: &WrapThresholds) -> i32 {
        match (self.open, self.end <= right && self.is_full(right, t), self.start) {
            (false, ..) => 0,
            (true, false, _) => -t.unexplained,
            (true, true, Start::Lower) => t.lower,
            (true, true, Start::Caseless) => t.caseless,
            (true, true, Start::Upper) => t.upper,
        }
    }
}

/// Running text: neither blank, nor a rule, nor a row of a table, whose cells are parted by white space.
fn is_running(text: &str, line: &Line) -> bool {
    static GAP: LazyLock<Finder> = LazyLock::new(|| Finder::new("    "));
    let line = line.span.of(text);
    line.contains(char::is_alphabetic)
        && !line.contains('\t')
        && GAP.find(line.as_bytes()).is_none()
}

/// The margins that explain most of the lines that end amid a sentence.
fn likely_margins(links: &[Option<Link>], t: &WrapThresholds) -> Vec<usize> {
    let open = links.iter().flatten().filter(|l| l.open && (t.narrowest..WIDEST).contains(&l.end));
    let mut open: Vec<&Link> = open.collect();
    let mut margins = Vec::new();
    while margins.len() < TRIED {
        let mut rise = [0; WIDEST + 2];
        for link in &open {
            let speaks = if link.start == Start::Upper { 1 } else { 2 };
            rise[link.end] += speaks;
            rise[(link.end + link.first_word).min(WIDEST) + 1] -= speaks;
        }
        let mut sum = 0;
        let sums = rise.map(|step| {
            sum += step;
            sum
        });
        let Some((right, _)) = sums
            .into_iter()
            .enumerate()
            .max_by_key(|&(at, sum)| (sum, at))
            .filter(|&(_, sum)| sum > 1)
        else {
            break;
        };
        open.retain(|link| !(link.end..=link.end + link.first_word).contains(&right));
        margins.push(right);
    }
    margins
}

/// For each line its margin in the course that explains the lines best.
fn best_course(
    lines: &[Line],
    links: &[Option<Link>],
    margins: &[usize],
    t: &WrapThresholds,
) -> Vec<Option<usize>> {
    if margins.is_empty() {
        return vec![None; lines.len()];
    }
    let states = margins.len() + 1;
    let mut from = vec![0u8; lines.len() * states];
    let mut sums = vec![0; states];
    for (at, line) in lines.iter().enumerate() {
        let amid = if links[at].is_some() { t.amid } else { 0 };
        let best = (0..states).max_by_key(|&state| (sums[state], states - state)).unwrap_or(0);
        let before = std::mem::take(&mut sums);
        sums = (0..states)
            .map(|state| {
                let right = state.checked_sub(1).map(|margin| margins[margin]);
                let linked = right.zip(links[at]);
                let speaks = linked.map_or(0, |(right, link)| link.speaks_for(right, t));
                let stays = before[state] + speaks;
                let enters = before[best] - amid - right.map_or(0, |_| t.enter);
                let is_over = right.is_some_and(|right| {
                    line.indent + line.width > right && line.first_word < line.width
                });
                from[at * states + state] = if stays >= enters { state } else { best } as u8;
                stays.max(enters) - if is_over { t.over } else { 0 }
            })
            .collect();
    }
    let mut state = (0..states).max_by_key(|&state| (sums[state], states - state)).unwrap_or(0);
    let mut course = vec![None; lines.len()];
    for at in (0..lines.len()).rev() {
        course[at] = state.checked_sub(1).map(|margin| margins[margin]);
        state = usize::from(from[at * states + state]);
    }
    course
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

    /// The paragraphs that the lines of a text are joined to.
    fn joined(text: &str) -> Vec<String> {
        let lines = Line::all(text);
        let wraps = Wraps::of(text, &lines, &[], &WrapThresholds::default());
        let mut paragraphs: Vec<String> = Vec::new();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            match paragraphs.last_mut().filter(|_| wraps.joins(at)) {
                Some(paragraph) => {
                    paragraph.push(' ');
                    paragraph.push_str(line.span.of(text));
                }
                None => paragraphs.push(line.span.of(text).to_owned()),
            }
        }
        paragraphs
    }

    const BOARD: &str = "The harbour board met on Tuesday to hear what the engineers had found below the old quay, where the \
        piles had been driven in the year of the great flood and had stood in salt water ever since. Nobody was surprised \
        by the news that half of them were gone, but the price of mending them made the room fall silent for a while, and \
        the chair asked the treasurer to say it again, slowly, so that the clerk could write it down without a mistake.";
    const SEINE: &str = "Four boats will be hauled out before Christmas, and their crews will mend seines in the loft until \
        the ice has left the sound, which it did in the last week of March a year ago.";

    #[test]
    fn the_lines_of_a_wrapped_paragraph_are_joined() {
        for width in [40, 60, 72, 100] {
            assert_eq!(joined(&fill(BOARD, width)), [BOARD], "{width}");
        }
    }

    #[test]
    fn every_stretch_is_joined_by_its_own_width() {
        let text =
            [fill(BOARD, 72), SEINE.to_owned(), fill(SEINE, 56), fill(BOARD, 60)].join("\n\n");
        assert_eq!(joined(&text), [BOARD, SEINE, SEINE, BOARD]);
    }

    #[test]
    fn two_lines_are_enough_where_the_sentence_goes_on() {
        assert_eq!(joined(&fill(SEINE, 110)), [SEINE]);
    }

    #[test]
    fn an_author_below_a_headline_is_a_line_of_its_own() {
        for by in ["by Mara Quill", "By Mara Quill | March 4, 2031", "von Tobias Fenn"] {
            let text = format!("What the ferry taught me about the tides of the sound\n{by}");
            assert_eq!(joined(&text).len(), 2, "{by}");
        }
        let goes_on =
            "What the ferry taught me about the tides was told\nby men who never left it.";
        assert_eq!(joined(goes_on).len(), 1);
    }

    #[test]
    fn items_of_a_list_are_joined_each_for_itself() {
        let items = [format!("* {SEINE}"), format!("* {BOARD}")];
        let text = items.each_ref().map(|item| fill(item, 64).replace('\n', "\n  ")).join("\n");
        assert_eq!(joined(&text), items);
    }

    #[test]
    fn a_short_line_ends_a_paragraph() {
        let text = format!("The harbour board\n{}\n{}", fill(BOARD, 72), fill(SEINE, 72));
        assert_eq!(joined(&text), ["The harbour board", BOARD, SEINE]);
    }

    #[test]
    fn lines_that_stand_for_themselves_are_not_joined() {
        let clauses = BOARD.replace(". ", ".\n").replace(", ", ",\n").repeat(3);
        assert_eq!(joined(&clauses).len(), clauses.lines().count());
        let verse = "Over the sound the lanterns go, over the water grey,\n\
            and nobody knows on the eastern side what they carried so far away,\n\
            but the ferryman hums as he pulls the rope\n\
            and the children count every oar by day,\n\
            and over the sound the lanterns go and nobody knows their way.";
        assert_eq!(joined(verse).len(), 5);
        let headlines = "Mill owner gives the weir to the town\nBakers agree on a shorter night\n\
            Ferry strike ends after nine long days\nQuay reopens two weeks after the storm";
        assert_eq!(joined(headlines).len(), 4);
    }
}
