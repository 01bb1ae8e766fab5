//! Listings that a page lays out by other elements than `pre` alone, written out as such.
//!
//! Programs that colour code put the numbers of its lines beside it, its lines into the rows of a table or the items of a list, or each into an
//! element of its own. Browsers show all of that as code, by styles. A number of a line is an element at the start of each line whose text is the
//! running number; a name that says so is needed for short listings only.

use memchr::memmem;

use crate::html::hints::words;
use crate::html::scan::{Scanner, Token, attributes};
use crate::html::tag::{Display, Tag};
use crate::html::unfolded::Unfolded;
use crate::span::Span;

/// Lines of the shortest listing whose numbers no name says to be such.
const LINES: usize = 3;
/// Digits of the longest number of a line.
const DIGITS: usize = 6;
/// Tokens from the start of an element within which its first line begins, where it is no `pre` and no table; and elements like it that stand in it.
const NEAR: usize = 8;
const DEEPEST: usize = 3;
/// White space as character references.
const SPACES: [&str; 3] = ["&nbsp;", "&#160;", "&#xa0;"];

impl Unfolded {
    /// Writes out the listings of a page as `pre`; None where each is one already.
    pub(super) fn of_listings(source: &str) -> Option<Self> {
        let signs = ["<pre", "<PRE", "data-line-number", "lineno", "line-n", "code\"", "=code"];
        let holds = |sign: &&str| memmem::find(source.as_bytes(), sign.as_bytes()).is_some();
        signs.iter().find(|sign| holds(sign))?;
        let mut unfolded = Self::default();
        let mut scanner = Scanner::new(source);
        let mut copied = 0;
        loop {
            let start = scanner.at();
            let Some(token) = scanner.next() else { break };
            let Token::Start { name, .. } = token else { continue };
            let (tag, display) = Tag::of(name);
            if display == Display::Raw {
                scanner.raw(name);
                continue;
            }
            if !matches!(tag, Tag::Pre | Tag::Table | Tag::Div) {
                continue;
            }
            match Reading::run(source, start, tag) {
                Read::Listing { lines, end } => {
                    let head = (tag == Tag::Pre).then(|| Span::new(start, scanner.at()));
                    unfolded.copy(source, Span::new(copied, start));
                    unfolded.listing(source, head, &lines);
                    copied = end;
                    scanner.go_to(end);
                }
                Read::Plain { end } => scanner.go_to(end),
                Read::Nothing => {}
                // What nothing closes would be read to its end again and again.
                Read::Unclosed => break,
            }
        }
        if copied == 0 {
            return None;
        }
        unfolded.copy(source, Span::new(copied, source.len()));
        Some(unfolded)
    }

    fn listing(&mut self, source: &str, head: Option<Span>, lines: &[Line]) {
        match head {
            Some(head) => self.copy(source, head),
            None => self.text.push_str("<pre>"),
        }
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.text.push('\n');
            }
            for part in &line.parts {
                match *part {
                    Part::Tag(span) | Part::Text(span) => self.copy(source, span),
                    Part::Space => self.text.push(' '),
                }
            }
        }
        self.text.push_str("</pre>");
    }
}

/// What an element turned out to be.
#[derive(Debug)]
enum Read {
    /// A listing that is to be written out.
    Listing { lines: Vec<Line>, end: usize },
    /// A listing as `pre` has it.
    Plain { end: usize },
    /// No listing.
    Nothing,
    /// It goes on to the end of the page.
    Unclosed,
}

/// A line of a listing.
#[derive(Debug, Default)]
struct Line {
    parts: Vec<Part>,
    /// The number that an element at its start holds.
    number: Option<Number>,
    has_text: bool,
    /// Whether an element made it: the next one begins a line even if nothing stands in this.
    is_begun: bool,
}

/// A part of a line.
#[derive(Debug, Clone, Copy)]
enum Part {
    /// A tag of an element within the line, in the source.
    Tag(Span),
    /// Text of the source.
    Text(Span),
    /// White space where the source breaks a line that is none.
    Space,
}

#[derive(Debug, Clone, Copy)]
struct Number {
    value: usize,
    /// Which of the parts it is.
    part: usize,
    /// Whether names say that it is the number of a line.
    is_named: bool,
}

impl Line {
    fn holds_any(&self) -> bool {
        self.has_text || self.number.is_some()
    }

    fn texts<'a>(&'a self, source: &'a str) -> impl Iterator<Item = &'a str> {
        self.parts.iter().filter_map(move |part| match part {
            Part::Text(span) => Some(span.of(source)),
            _ => None,
        })
    }

    /// The number that is all of it.
    fn only_number(&self, source: &str) -> Option<usize> {
        let mut texts = self.texts(source).filter(|text| !text.trim().is_empty());
        let number = number_of(texts.next()?)?;
        texts.next().is_none().then_some(number)
    }

    /// The first character of what stands behind its number.
    fn first(&self, source: &str) -> Option<char> {
        let behind = self.texts(source).skip(1);
        behind.flat_map(str::chars).find(|c| !c.is_whitespace())
    }

    fn drop_number(&mut self) {
        if let Some(number) = self.number.take() {
            self.parts.remove(number.part);
        }
    }
}

/// Reads an element as a listing.
struct Reading<'s> {
    source: &'s str,
    lines: Vec<Line>,
    line: Line,
    /// `pre` that are open: within these line breaks are some.
    pre: usize,
    /// Elements that were opened since the line began, nothing else before them; for each whether it says to hold the number of a line.
    fresh: Vec<bool>,
    /// Tables and cells that are open.
    tables: usize,
    cells: usize,
    /// Lines that stood above the row that is open.
    above: usize,
    /// Cells of that row that hold more than a number.
    texts: usize,
    /// Whether the cell that is open is one of them.
    is_text: bool,
    /// Whether an element has just ended the line.
    is_broken: bool,
    /// Whether lines were made by rows or items.
    is_laid_out: bool,
    /// Whether a name says that a cell holds code, and an attribute which line it is.
    names_code: bool,
    states_number: bool,
    /// Whether something stands in it that no listing holds.
    is_other: bool,
}

impl<'s> Reading<'s> {
    fn run(source: &'s str, start: usize, kind: Tag) -> Read {
        let mut reading = Self {
            source,
            lines: Vec::new(),
            line: Line::default(),
            pre: 0,
            fresh: Vec::new(),
            tables: 0,
            cells: 0,
            above: 0,
            texts: 0,
            is_text: false,
            is_broken: false,
            is_laid_out: false,
            names_code: false,
            states_number: false,
            is_other: false,
        };
        let mut scanner = Scanner::new(source);
        scanner.go_to(start);
        let (mut depth, mut tokens) = (0, 0);
        loop {
            let at = scanner.at();
            let Some(token) = scanner.next() else { break };
            tokens += 1;
            match token {
                Token::Text(span) => reading.text(span),
                Token::Start { name, attributes, closes_itself } => {
                    let (tag, display) = Tag::of(name);
                    if display == Display::Raw || tag == Tag::Table && kind != Tag::Pre && depth > 0
                    {
                        return Read::Nothing;
                    }
                    depth += usize::from(tag == kind);
                    let is_empty = closes_itself && display == Display::Inline;
                    reading.start(tag, display, attributes, Span::new(at, scanner.at()));
                    if is_empty {
                        reading.fresh.pop();
                    }
                }
                Token::End { name } => {
                    let (tag, display) = Tag::of(name);
                    reading.end(tag, display, Span::new(at, scanner.at()));
                    if tag == kind {
                        depth -= 1;
                        if depth == 0 {
                            return reading.finish(kind, scanner.at());
                        }
                    }
                }
                Token::Other => {}
            }
            let is_none = reading.is_other
                || kind == Tag::Div && (depth > DEEPEST || !reading.is_numbered_so_far(tokens));
            if is_none {
                return Read::Nothing;
            }
        }
        if kind == Tag::Div { Read::Nothing } else { Read::Unclosed }
    }

    /// Whether each line so far begins with an element that says to hold its number.
    fn is_numbered_so_far(&self, tokens: usize) -> bool {
        let is_named = |line: &Line| line.number.is_some_and(|number| number.is_named);
        let first = self.lines.iter().chain([&self.line]).find(|line| line.holds_any());
        first.map_or(tokens <= NEAR, is_named)
            && self.lines.last().is_none_or(|last| !last.has_text || is_named(last))
    }

    fn start(&mut self, tag: Tag, display: Display, text: &str, span: Span) {
        let states = |name: &str| attributes(text).any(|a| a.name.eq_ignore_ascii_case(name));
        match tag {
            Tag::Row | Tag::Li => {
                self.is_laid_out = true;
                if self.line.is_begun || self.line.holds_any() {
                    self.break_line();
                }
                self.line.is_begun = true;
                (self.above, self.texts) = (self.lines.len(), 0);
            }
            Tag::Td => {
                if self.lines.len() > self.above && self.line.holds_any() {
                    self.break_line();
                }
                self.cells += 1;
                self.is_text = false;
                self.names_code |= names(text).any(|name| name.eq_ignore_ascii_case("code"));
                self.states_number |= states("data-line-number");
                self.fresh.push(names_number(text));
            }
            Tag::Table => self.tables += 1,
            Tag::Pre => self.pre += 1,
            Tag::Div if self.line.holds_any() => self.break_by_element(),
            Tag::Br => self.break_line(),
            _ if display == Display::Inline => {
                self.fresh.push(names_number(text));
                self.line.parts.push(Part::Tag(span));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag, display: Display, span: Span) {
        match tag {
            Tag::Pre => self.pre = self.pre.saturating_sub(1),
            Tag::Table => self.tables = self.tables.saturating_sub(1),
            Tag::Td => {
                self.cells = self.cells.saturating_sub(1);
                self.fresh.pop();
            }
            Tag::Div if self.line.holds_any() => self.break_by_element(),
            _ if display == Display::Inline => {
                self.fresh.pop();
                self.line.parts.push(Part::Tag(span));
            }
            _ => {}
        }
    }

    fn text(&mut self, span: Span) {
        if self.tables > 0 && self.cells == 0 {
            self.is_other |= !span.of(self.source).trim().is_empty();
            return;
        }
        let mut at = span.start;
        for (number, text) in span.of(self.source).split('\n').enumerate() {
            let span = Span::new(at, at + text.len());
            at = span.end + 1;
            let is_blank = text.trim().is_empty();
            if number > 0 && self.pre > 0 {
                if !std::mem::take(&mut self.is_broken) {
                    self.break_line();
                }
            } else if number > 0 && self.line.has_text && !is_blank {
                self.line.parts.push(Part::Space);
            }
            if text.is_empty() || self.pre == 0 && is_blank && !self.line.holds_any() {
                continue;
            }
            let number = number_of(text).filter(|_| !self.line.holds_any());
            match number.zip(self.fresh.last()) {
                Some((value, _)) => {
                    let is_named = self.fresh.contains(&true);
                    let part = self.line.parts.len();
                    self.line.number = Some(Number { value, part, is_named });
                }
                None if !is_blank => {
                    self.line.has_text = true;
                    self.texts += usize::from(self.cells > 0 && !self.is_text);
                    self.is_text = true;
                    self.is_other |= self.tables > 0 && self.texts > 2;
                }
                None => {}
            }
            self.line.parts.push(Part::Text(span));
            self.is_broken = false;
        }
    }

    fn break_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.fresh.clear();
    }

    fn break_by_element(&mut self) {
        self.break_line();
        self.is_broken = true;
    }

    fn finish(mut self, kind: Tag, end: usize) -> Read {
        self.break_line();
        let mut lines = self.lines;
        let has_gutter = take_gutter(self.source, &mut lines);
        let is_numbered = has_gutter || are_numbered(self.source, &lines);
        let is_listing = match kind {
            Tag::Pre => is_numbered || self.is_laid_out,
            Tag::Table => is_numbered && self.names_code || self.states_number,
            _ => is_numbered,
        };
        if !is_listing {
            return if kind == Tag::Pre { Read::Plain { end } } else { Read::Nothing };
        }
        if is_numbered && !has_gutter {
            lines.iter_mut().for_each(Line::drop_number);
        }
        Read::Listing { lines, end }
    }
}

/// Takes away the lines of numbers that stand above or beside the others, one for each.
fn take_gutter(source: &str, lines: &mut Vec<Line>) -> bool {
    let is_blank = |line: &Line| !line.holds_any();
    let begin = lines.iter().take_while(|line| is_blank(line)).count();
    let Some(first) = lines.get(begin).and_then(|line| line.only_number(source)) else {
        return false;
    };
    let mut count = 0;
    let mut numbers_end = begin;
    for (at, line) in lines.iter().enumerate().skip(begin) {
        match line.only_number(source) {
            Some(number) if number == first + count => count += 1,
            None if is_blank(line) => continue,
            _ => break,
        }
        numbers_end = at + 1;
    }
    let rest = &lines[numbers_end..];
    let filled = rest.iter().filter(|line| line.has_text).count();
    let is_beside = count >= 2 && filled > 0 && (filled..=rest.len() + 1).contains(&count);
    if is_beside {
        lines.drain(..numbers_end);
    }
    is_beside
}

/// Whether each line begins with an element that holds its number.
fn are_numbered(source: &str, lines: &[Line]) -> bool {
    let lines: Vec<&Line> = lines.iter().filter(|line| line.holds_any()).collect();
    let mut numbers = lines.iter().map(|line| line.number);
    let Some(Some(first)) = numbers.next() else { return false };
    let is_next = |(at, number): (usize, Option<Number>)| {
        number.is_some_and(|number| number.value == first.value + at)
    };
    if !(1..).zip(numbers).all(is_next) || !lines.iter().any(|line| line.has_text) {
        return false;
    }
    // Numbers that the same sign follows on each line are data, as `1, 4`.
    let mut signs = lines.iter().map(|line| line.first(source));
    let sign = signs.next().flatten();
    let is_data =
        sign.is_some_and(|sign| !sign.is_alphanumeric()) && signs.all(|other| other == sign);
    first.is_named || lines.len() >= LINES && !is_data
}

/// The number that a text is, white space around it left out.
fn number_of(text: &str) -> Option<usize> {
    let mut text = text.trim();
    while let Some(rest) = SPACES.iter().find_map(|space| {
        text.strip_suffix(space).or_else(|| text.strip_prefix(space)).map(str::trim)
    }) {
        text = rest;
    }
    let is_number = text.len() <= DIGITS && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The words of the names that an element has.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |name: &str| ["class", "id"].iter().any(|known| name.eq_ignore_ascii_case(known));
    attributes(text).filter(move |a| is_name(a.name)).flat_map(|a| words(a.value))
}

/// Whether names say that an element holds the number of a line.
fn names_number(text: &str) -> bool {
    const NAMES: [&str; 9] = [
        "ln",
        "lnt",
        "lnum",
        "lineno",
        "linenos",
        "linenum",
        "linenumber",
        "linenumbers",
        "gutter",
    ];
    const PARTS: [&str; 4] = ["no", "num", "number", "numbers"];
    let is = |known: &[&str], name: &str| known.iter().any(|k| name.eq_ignore_ascii_case(k));
    let (mut line, mut number) = (false, false);
    for name in names(text) {
        if is(&NAMES, name) {
            return true;
        }
        line |= name.eq_ignore_ascii_case("line");
        number |= is(&PARTS, name);
    }
    line && number
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::page::{Page, PageThresholds};
    use crate::span::Span;

    /// The lines of a page, as they stand.
    fn lines(source: &str) -> Vec<String> {
        let shown = HtmlPage::of(source).shown;
        let page = Page::rendered(&shown.text, &PageThresholds::default());
        page.blocks.iter().map(|block| shown.verbatim(block.span)).collect()
    }

    const CODE: [&str; 4] = ["for mark in gauge:", "    print(mark)", "else:", "    sleep()"];

    /// A listing of which each line is written so, with its number.
    fn numbered(write: impl Fn(usize, &str) -> String) -> String {
        (1..).zip(CODE).map(|(number, line)| write(number, line)).collect()
    }

    #[test]
    fn a_running_number_in_an_element_of_its_own_is_no_code() {
        let pages = [
            numbered(|n, line| format!("<span class=linenos>{n:2} </span>{line}\n")),
            numbered(|n, line| format!("<b>{}</b>{line}\n", n + 97)),
            numbered(|n, line| {
                format!("<span class=x><i><a id=L{n}>{n}</a></i><u>{line}\n</u></span>")
            }),
            numbered(|n, line| format!("<div><u>&nbsp;{n}</u><i>{line}</i></div>\n")),
            numbered(|n, line| format!("<div><u>{n}</u><i>{line}</i></div>")),
        ];
        for page in pages {
            assert_eq!(lines(&format!("<pre><code>{page}</code></pre>")), CODE, "{page}");
        }
        assert_eq!(lines("<pre><a class=line-num>1</a>tide --now</pre>"), ["tide --now"]);
    }

    #[test]
    fn numbers_that_are_data_stay() {
        for data in [
            "<b>1</b>, 4\n<b>2</b>, 5\n<b>3</b>, 9",
            "<b>1</b> low\n<b>2</b> high\n<b>4</b> none",
            "<b>1</b> low\n<b>2</b> high",
            "<b>1</b>\n<b>2</b>\n<b>3</b>\n<b>4</b>",
            "1 low\n2 high\n3 none",
        ] {
            let shown = data.replace("<b>", "").replace("</b>", "");
            assert_eq!(lines(&format!("<pre>{data}</pre>")).join("\n"), shown);
        }
        let table = "<table><tr><td>1<td class=code>NO<td>Norway<tr><td>2<td class=code>SE<td>Sweden</table>";
        assert_eq!(lines(table), ["1\tNO\tNorway", "2\tSE\tSweden"]);
    }

    #[test]
    fn rows_of_code_are_its_lines() {
        let rows =
            |row: &dyn Fn(usize, &str) -> String| format!("<table>{}</table>", numbered(row));
        let column = |of: &dyn Fn(usize, &str) -> String| numbered(of);
        let gutter = column(&|n, _| format!("<div class=num>{n}</div>"));
        let code = column(&|_, line| format!("<div class=row><code>{line}</code></div>"));
        let printed = column(&|_, line| format!("{line}\n"));
        let pages = [
            rows(&|n, line| {
                format!(
                    "<tr>\n<td data-line-number={n}></td>\n<td class=blob-code>{line}</td>\n</tr>\n"
                )
            }),
            rows(&|n, line| format!("<tr><td>{n}</td><td class=code>{line}</td></tr>")),
            format!(
                "<pre><code>{}</code></pre>",
                rows(&|n, line| format!(
                    "<tr>\n<td><div data-line-number={n}></div></td>\n<td>{line}\n</td></tr>\n"
                ))
            ),
            format!(
                "<table><tr><td>{gutter}</td><td class=code><div>{code}</div></td></tr></table>"
            ),
            format!(
                "<pre><code><table><tr><td><pre>1\n2\n3\n4\n</pre></td><td class=code><pre>{printed}</pre></td></tr></table></code></pre>"
            ),
        ];
        for page in pages {
            assert_eq!(lines(&page), CODE, "{page}");
        }
    }

    #[test]
    fn items_in_preformatted_text_are_its_lines() {
        let items = numbered(|n, line| format!("<li class=L{n}><b>{line}</b></li>\n"));
        assert_eq!(lines(&format!("<pre><ol>{items}</ol></pre>")), CODE);
        let items = "<li>a</li><li></li><li>b</li>";
        assert_eq!(HtmlPage::of(&format!("<pre><ol>{items}</ol></pre>")).shown.text, "a\n\nb");
    }

    #[test]
    fn lines_with_named_numbers_are_a_listing_without_any_other_sign() {
        let page = numbered(|n, line| {
            format!(
                "<div class=line><a name=l{n}></a><span class=lineno>  {n}</span>{line}</div>\n"
            )
        });
        assert_eq!(lines(&format!("<p>So:<div class=fragment>{page}</div>"))[1..], CODE);
        let list =
            "<div><div><b>1</b> Oslo</div><div><b>2</b> Bergen</div><div><b>3</b> Bodø</div></div>";
        assert_eq!(lines(list), ["1 Oslo", "2 Bergen", "3 Bodø"]);
    }

    #[test]
    fn places_are_those_of_the_source() {
        let source = "<p>é</p><pre><b>1</b>tide\n<b>2</b>  &lt;\n<b>3</b>now</pre><p>end";
        let page = HtmlPage::of(source).shown;
        for word in ["é", "tide", "now", "end"] {
            let at = page.text.find(word).unwrap();
            let place = page.source_of(Span::new(at, at + word.len()))[0];
            assert_eq!(
                place,
                Span::new(source.find(word).unwrap(), source.find(word).unwrap() + word.len())
            );
        }
    }

    #[test]
    fn broken_listings_are_read_to_their_end() {
        for part in
            ["<pre>", "<table>", "<div><b class=ln>1</b>", "<pre><table><tr><td>1", "<pre><li>"]
        {
            assert!(HtmlPage::of(&part.repeat(20_000)).shown.text.len() < 200_000);
        }
    }
}
