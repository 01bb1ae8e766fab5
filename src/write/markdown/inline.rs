//! A line of text as Markdown: what would be markup gets a backslash, and links, emphasis, code and formulas get their marks.

use crate::structure::{InlineSpan, InlineType};

/// Bytes of the longest name of an entity, such as `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 32;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a paragraph, or in a heading.
    Line,
    /// In a paragraph, below another line.
    Below,
    /// In the cell of a table.
    Cell,
}

/// Writes a line so that Markdown shows it as it stands, with these spans of it marked, which are in the order of their starts.
pub(super) fn inline(text: &str, spans: &[&InlineSpan], place: Place, out: &mut String) {
    let spans = fitting(text, spans);
    let mut borders = Vec::new();
    let mut dollars = text.bytes().filter(|b| *b == b'$').count();
    for span in &spans {
        if !matches!(span.role, InlineType::Strong | InlineType::Emphasis) {
            borders.extend([span.range.start, span.range.end]);
        }
        dollars += usize::from(span.role == InlineType::Formula);
    }
    borders.sort_unstable();
    let holds_dollars = dollars > 1;
    let mut line =
        Line { text, place, number: digits(text), holds_dollars, borders, open: Vec::new(), out };
    let mut at = 0;
    for span in &spans {
        let range = span.range;
        if range.start < at {
            continue;
        }
        line.close_until(range.start, &mut at);
        line.write(at, range.start);
        at = range.start;
        match &span.role {
            InlineType::Code => at = line.code(at, range.end),
            InlineType::Formula => at = line.formula(at, range.end),
            role => line.begin(role, at, range.end),
        }
    }
    line.close_until(text.len(), &mut at);
    line.write(at, text.len());
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The spans that stand within each other and none across the end of another; no link in a link.
fn fitting<'s>(text: &str, spans: &[&'s InlineSpan]) -> Vec<&'s InlineSpan> {
    let mut fitting: Vec<&InlineSpan> = Vec::with_capacity(spans.len());
    let mut open: Vec<&InlineSpan> = Vec::new();
    for span in spans {
        let range = span.range;
        if range.is_empty() || text.get(range.start..range.end).is_none() {
            continue;
        }
        open.retain(|outer| outer.range.end > range.start);
        let is_link = |span: &InlineSpan| matches!(span.role, InlineType::Link { .. });
        let is_same =
            |outer: &&InlineSpan| outer.role == span.role || is_link(outer) && is_link(span);
        let crosses = |outer: &&InlineSpan| range.end > outer.range.end;
        if !open.iter().any(|outer| crosses(outer) || is_same(outer)) {
            open.push(span);
            fitting.push(span);
        }
    }
    fitting
}

struct Line<'t, 'o> {
    text: &'t str,
    place: Place,
    /// Digits that the line begins with.
    number: usize,
    /// Whether it has more than one `$`, between which a formula would be read.
    holds_dollars: bool,
    /// Where marks of links, code and formulas are put in.
    borders: Vec<usize>,
    /// What closes the spans that are open, and where each ends.
    open: Vec<(String, usize)>,
    out: &'o mut String,
}

impl Line<'_, '_> {
    fn begin(&mut self, role: &InlineType, at: usize, end: usize) {
        match role {
            InlineType::Link { target } => {
                // A picture begins so.
                if self.out.ends_with('!') {
                    self.out.pop();
                    self.out.push_str("\\!");
                }
                self.out.push('[');
                self.open.push((format!("](<{}>)", address(target)), end));
            }
            InlineType::Strong if self.may_emphasise(at, end) => self.mark("**", end),
            InlineType::Emphasis if self.may_emphasise(at, end) => self.mark("*", end),
            _ => {}
        }
    }

    fn mark(&mut self, mark: &str, end: usize) {
        self.out.push_str(mark);
        self.open.push((mark.into(), end));
    }

    /// Whether stars around a stretch are taken for marks: at its ends stand letters, or nothing but spaces and signs around it.
    fn may_emphasise(&self, at: usize, end: usize) -> bool {
        let inner = &self.text[at..end];
        let is_plain = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let before = self.text[..at].chars().next_back();
        let after = self.text[end..].chars().next();
        let (first, last) = (inner.chars().next(), inner.chars().next_back());
        let is_border = |at: usize| self.borders.binary_search(&at).is_ok();
        (is_plain(first) && !is_border(at) || !is_space(first) && is_space(before))
            && (is_plain(last) && !is_border(end) || !is_space(last) && is_space(after))
            && !self.out.ends_with(['*', '_'])
    }

    /// Writes the text up to a place, and closes what ends before it.
    fn close_until(&mut self, place: usize, at: &mut usize) {
        while let Some(end) = self.open.last().map(|(_, end)| *end).filter(|end| *end <= place) {
            self.write(*at, end);
            *at = end.max(*at);
            self.out.extend(self.open.pop().map(|(mark, _)| mark));
        }
    }

    /// Code within the line; gives where it ends.
    fn code(&mut self, at: usize, end: usize) -> usize {
        let code = &self.text[at..end];
        let is_plain = self.place != Place::Cell || !code.contains('|');
        if !is_plain || code.trim().is_empty() {
            return at;
        }
        let fence = "`".repeat(longest_run(code, '`') + 1);
        // One space at both ends is not shown.
        let is_padded = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
        let space = if is_padded { " " } else { "" };
        if self.out.ends_with('`') {
            return at;
        }
        self.out.extend([&fence, space, code, space, &fence]);
        end
    }

    /// The source of a formula, where nothing in it is markup; gives where it ends.
    fn formula(&mut self, at: usize, end: usize) -> usize {
        let tex = &self.text[at..end];
        let is_inert = !tex.contains(['$', '<', '`', '|', '&', '[', ']', '\n'])
            && !tex.ends_with('\\')
            && tex.trim() == tex;
        if !is_inert || self.out.ends_with('$') {
            return at;
        }
        self.out.extend(["$", tex, "$"]);
        end
    }

    /// Writes a stretch of the text as it is to be shown.
    fn write(&mut self, from: usize, to: usize) {
        let Some(stretch) = self.text.get(from..to) else { return };
        let mut before = self.text[..from].chars().next_back().unwrap_or(' ');
        for (at, c) in stretch.char_indices().map(|(at, c)| (from + at, c)) {
            let rest = &self.text[at + c.len_utf8()..to];
            if self.is_markup(at, c, before, rest) {
                self.out.push('\\');
            }
            self.out.push(c);
            before = c;
        }
    }

    /// Whether a character would be markup, given the one before it and the rest of its stretch.
    fn is_markup(&self, at: usize, c: char, before: char, rest: &str) -> bool {
        match c {
            '\\' | '`' | '*' | '[' | '<' | '~' => true,
            '$' => self.holds_dollars,
            ']' => !self.open.is_empty(),
            '|' => self.place == Place::Cell || self.place == Place::Below && at == 0,
            '_' => {
                !(before.is_alphanumeric()
                    && self.out.ends_with(char::is_alphanumeric)
                    && rest.starts_with(char::is_alphanumeric))
            }
            '&' => {
                let rest = &self.text[at + 1..];
                let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'#';
                let length = rest.bytes().take(LONGEST_ENTITY).take_while(name).count();
                rest.as_bytes().get(length) == Some(&b';')
            }
            '#' => before == ' ' || before == '#',
            '>' | '-' | '+' => at == 0,
            '=' | ':' => at == 0 && self.place == Place::Below,
            '.' | ')' => at == self.number && at > 0,
            _ => false,
        }
    }
}

/// A picture by its alternative text and its address.
pub(super) fn picture(alt: &str, target: Option<&str>) -> String {
    let mut picture = String::from("![");
    for c in alt.chars() {
        if c.is_ascii_punctuation() && !".,:;'\"()?-/%".contains(c) {
            picture.push('\\');
        }
        picture.push(c);
    }
    picture + "](<" + &address(target.unwrap_or_default()) + ">)"
}

/// The address of a link between `<` and `>`.
fn address(target: &str) -> String {
    let mut address = String::with_capacity(target.len());
    for c in target.chars() {
        match c {
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '\\' => address.push_str("%5C"),
            '|' => address.push_str("%7C"),
            c if c.is_control() => {}
            '&' => address.push_str("\\&"),
            c => address.push(c),
        }
    }
    address
}

/// The longest run of a character in a text.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    fn escaped(line: &str) -> String {
        let mut out = String::new();
        inline(line, &[], Place::Line, &mut out);
        out
    }

    #[test]
    fn what_would_be_markup_is_escaped_and_the_rest_is_left() {
        for plain in [
            "AT&T, P&L, C# at 5 p.m. (see below) - or not!",
            "https://example.org/a_b-c?d=1&e=2",
            "1,000 boats > 20 ferries",
        ] {
            assert_eq!(escaped(plain), plain);
        }
        let pairs = [
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("- not a list", "\\- not a list"),
            ("12. December", "12\\. December"),
            ("## Heading ##", "\\#\\# Heading \\#\\#"),
            ("[x]: https://example.org", "\\[x]: https://example.org"),
            ("between $5 and $6", "between \\$5 and \\$6"),
            (
                "&lt; and *stars*, _dashes_ and ~~waves~~",
                "\\&lt; and \\*stars\\*, \\_dashes\\_ and \\~\\~waves\\~\\~",
            ),
        ];
        for (line, wanted) in pairs {
            assert_eq!(escaped(line), wanted);
        }
    }

    #[test]
    fn spans_get_their_marks_and_what_crosses_them_does_not() {
        let link = |target: &str| InlineType::Link { target: target.into() };
        let marked = |text: &str, spans: &[(InlineType, &str)]| {
            let spans: Vec<InlineSpan> = spans
                .iter()
                .map(|(role, part)| {
                    let start = text.find(part).unwrap();
                    let range = Span::new(start, start + part.len());
                    InlineSpan { role: role.clone(), paragraph: 0, range }
                })
                .collect();
            let mut out = String::new();
            inline(text, &spans.iter().collect::<Vec<_>>(), Place::Line, &mut out);
            out
        };
        assert_eq!(
            marked(
                "Read the *tide* table [2] of the port, or call tide(3).",
                &[
                    (link("https://quay.example/a b(c)"), "tide* table [2]"),
                    (InlineType::Strong, "table"),
                    (InlineType::Emphasis, "[2] of"),
                    (InlineType::Code, "tide(3)"),
                ],
            ),
            "Read the \\*[tide\\* **table** \\[2\\]](<https://quay.example/a b(c)>) of the port, or call `tide(3)`."
        );
        assert_eq!(marked("Look!here", &[(link("/x"), "here")]), "Look\\![here](</x>)");
        assert_eq!(marked("so a_1 holds", &[(InlineType::Formula, "a_1")]), "so $a_1$ holds");
        assert_eq!(marked("a <b> c", &[(InlineType::Formula, "<b>")]), "a \\<b> c");
        assert_eq!(marked("quay\"s\"ide", &[(InlineType::Strong, "\"s\"")]), "quay\"s\"ide");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// What CommonMark shows of a paragraph is the paragraph, in one block, whatever is marked in it.
        #[test]
        fn a_paragraph_is_shown_as_it_stands(
            words in prop::collection::vec("[a-z0-9#*_`<>&;.)(\\[\\]!~+=|:\\\\\"'$^{}@/-]{1,8}|&amp;|&#65;|<b>|https://a.b/c_d|---|===|\\PC{1,4}", 1..9),
            marks in prop::collection::vec((0_usize..4, 0_usize..60, 1_usize..30), 0..5),
        ) {
            use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
            let line = words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assume!(!line.is_empty());
            let mut spans: Vec<InlineSpan> = marks.into_iter().map(|(role, start, length)| {
                let roles = [InlineType::Strong, InlineType::Emphasis, InlineType::Code, InlineType::Link { target: "https://a.b/c d_(e)".into() }];
                let start = line.floor_char_boundary(start);
                let range = Span::new(start, line.floor_char_boundary(start + length));
                InlineSpan { role: roles[role].clone(), paragraph: 0, range }
            }).collect();
            spans.sort_by_key(|span| (span.range.start, std::cmp::Reverse(span.range.end)));
            let spans: Vec<&InlineSpan> = spans.iter().collect();
            for (mark, level) in [("", None), ("# ", Some(HeadingLevel::H1))] {
                let mut page = String::from(mark);
                inline(&line, &spans, Place::Line, &mut page);
                page.push('\n');
                let mut shown = String::new();
                for event in Parser::new_ext(&page, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH) {
                    match event {
                        Event::Text(text) | Event::Code(text) => shown.push_str(&text),
                        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => prop_assert!(level.is_none()),
                        Event::Start(Tag::Heading { level: found, .. }) => prop_assert_eq!(level, Some(found)),
                        Event::Start(Tag::Link { dest_url, .. }) => prop_assert_eq!(&*dest_url, "https://a.b/c d_(e)"),
                        Event::Start(Tag::Strong | Tag::Emphasis) | Event::End(TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Heading(_)) => {}
                        other => prop_assert!(false, "{other:?} in {page:?}"),
                    }
                }
                prop_assert_eq!(&shown, &line, "{}", page);
            }
        }
    }
}
