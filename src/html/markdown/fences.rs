//! Blocks of code between marks, and marks that nothing closes.

/// What blocks of code stand between, three and more of one kind.
const MARKS: [char; 2] = ['`', '~'];

/// The blocks of code in a page of Markdown, while its lines are read.
pub(super) struct Fences<'s> {
    /// The marks that opened a block of code, until it is closed.
    open: Option<&'s str>,
    /// Where the last line begins that could close a block of code, for each of [`MARKS`].
    last: [usize; 2],
}

impl<'s> Fences<'s> {
    pub(super) fn of(source: &str) -> Self {
        Self { open: None, last: MARKS.map(|mark| last_fence(source, mark)) }
    }

    /// Whether a block of code is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether the line, which may close it, belongs to a block of code that is open.
    pub(super) fn hold(&mut self, line: &str) -> bool {
        let is_open = self.is_open();
        self.open.take_if(|open| closes(line, open));
        is_open
    }

    /// Opens a block of code where the line at `at` does so. What nothing closes is no code: gives the bytes of its marks.
    pub(super) fn open(&mut self, line: &'s str, at: usize) -> usize {
        self.open = fence_of(line);
        let last = self.last;
        let is_unclosed = |open: &mut &str| {
            MARKS.iter().zip(last).any(|(mark, last)| open.starts_with(*mark) && last <= at)
        };
        self.open.take_if(is_unclosed).map_or(0, |marks| marks.len())
    }
}

/// The marks that the line opens a block of code with.
fn fence_of(line: &str) -> Option<&str> {
    let mark = MARKS.into_iter().find(|&mark| line.starts_with(mark))?;
    let (marks, name) = line.split_at(line.len() - line.trim_start_matches(mark).len());
    (marks.len() >= 3 && !(mark == '`' && name.contains(mark))).then_some(marks)
}

/// Whether the line closes a block of code that these marks opened.
fn closes(line: &str, open: &str) -> bool {
    let rest = line.trim_end();
    rest.len() >= open.len()
        && rest.starts_with(open)
        && rest.trim_start_matches(&open[..1]).is_empty()
}

/// Where the last line begins that could close a block of code with such marks.
fn last_fence(source: &str, mark: char) -> usize {
    let mut at = 0;
    let mut last = 0;
    for line in source.split_inclusive('\n') {
        if fence_of(line.trim_start_matches(' ')).is_some_and(|marks| {
            marks.starts_with(mark) && closes(line.trim_start_matches(' '), marks)
        }) {
            last = at;
        }
        at += line.len();
    }
    last
}
