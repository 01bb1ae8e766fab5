//! Blocks: the paragraphs, headlines and items of a page, measured once.

use std::ops::Range;
use std::sync::LazyLock;

use super::fold::Folded;
use super::line::{Line, Marker, is_space};
use super::wrap::Wrap;
use crate::span::Span;

/// What one scan over a block's characters tells about it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Characters, white space squeezed.
    pub chars: u32,
    /// Words; two characters of a script without spaces count as one.
    pub words: u32,
    /// Letters.
    pub letters: u32,
    /// Upper-case letters.
    pub upper: u32,
    /// Digits of any script.
    pub digits: u32,
    /// Words that begin in upper case.
    pub capitalised: u32,
    /// Commas.
    pub commas: u32,
    /// Full stops, question and exclamation marks that end a sentence.
    pub stops: u32,
    /// Characters that are neither letters, digits, white space nor ordinary punctuation.
    pub symbols: u32,
    /// Whether the last character, closing quotes and brackets aside, ends a sentence.
    pub ends_sentence: bool,
    /// Whether the last character is a colon.
    pub ends_colon: bool,
    /// Whether the first letter is in lower case.
    pub starts_lower: bool,
    /// Whether it begins with a quotation mark.
    pub starts_quote: bool,
}

/// A paragraph, headline, menu item or list item: one line, or the lines of a wrapped paragraph.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it stands, without the white space around it.
    pub span: Span,
    /// Its lines, as indices into [`Page::lines`].
    pub lines: Range<usize>,
    /// Blank lines right before it.
    pub gap: usize,
    /// Columns of white space before its first line.
    pub indent: usize,
    /// The list marker it begins with.
    pub marker: Option<Marker>,
    /// Its measures.
    pub shape: Shape,
    marker_len: usize,
    words: Range<usize>,
}

impl Block {
    /// Where its text stands, the list marker left out.
    #[must_use]
    pub fn unmarked(&self) -> Span {
        Span::new(self.span.start + self.marker_len, self.span.end)
    }

    /// Running text: several words that close as a sentence, or very many.
    #[must_use]
    pub fn is_prose(&self) -> bool {
        let s = &self.shape;
        s.letters / 6 >= s.chars / 10
            && ((s.words >= 11 && s.stops > 0 && (s.ends_sentence || s.words >= 25))
                || s.words >= 45)
    }

    /// As short and open-ended as a headline: no full stop at its end, at least two words, at most thirty.
    #[must_use]
    pub fn is_headline_like(&self) -> bool {
        let s = &self.shape;
        (2..=32).contains(&s.words) && s.chars <= 220 && s.letters * 2 > s.chars && !s.ends_colon
    }

    /// Nothing but symbols and punctuation.
    #[must_use]
    pub fn is_symbolic(&self) -> bool {
        self.shape.letters == 0 && self.shape.digits == 0
    }
}

/// A record's text with its lines, blocks, folded text and hashed words.
#[derive(Debug)]
pub struct Page<'t> {
    /// The record's view.
    pub text: &'t str,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// Whether its lines were hard-wrapped.
    pub wrapped: bool,
    /// Whether its bullets were drawn by a renderer: no text of the page.
    pub drawn_bullets: bool,
    folded: Folded,
    words: Vec<u32>,
}

/// Lines of the longest wrapped paragraph.
const LONGEST: usize = 1000;

impl<'t> Page<'t> {
    /// Reads `text` into blocks.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let lines = Line::all(text);
        let wrap = Wrap::of(&lines);
        Self::of_lines(text, lines, wrap, false)
    }

    /// Reads the rendered text of an HTML page, where a line is a block.
    pub(crate) fn rendered(text: &'t str) -> Self {
        Self::of_lines(text, Line::all(text), None, true)
    }

    fn of_lines(text: &'t str, lines: Vec<Line>, wrap: Option<Wrap>, drawn_bullets: bool) -> Self {
        let mut page = Page {
            text,
            blocks: Vec::new(),
            wrapped: wrap.is_some(),
            drawn_bullets,
            folded: Folded::with_capacity(text.len()),
            words: Vec::with_capacity(text.len() / 6),
            lines,
        };
        let mut gap = 0;
        let mut at = 0;
        while at < page.lines.len() {
            if page.lines[at].is_blank() {
                gap += 1;
                at += 1;
                continue;
            }
            let mut end = at + 1;
            if let Some(wrap) = wrap {
                while end < page.lines.len()
                    && end - at < LONGEST
                    && !page.lines[end].is_blank()
                    && wrap.joins(&page.lines[end - 1], &page.lines[end])
                {
                    end += 1;
                }
            }
            page.push(at..end, gap);
            gap = 0;
            at = end;
        }
        page
    }

    fn push(&mut self, lines: Range<usize>, gap: usize) {
        let first = self.lines[lines.start];
        let span = Span::new(first.span.start, self.lines[lines.end - 1].span.end);
        let content = &self.text[span.start + first.marker_len..span.end];
        let shape = Shape::of(content);
        self.folded.push(content);
        let from = self.words.len();
        hash_words(self.folded.get(self.blocks.len()), &mut self.words);
        self.blocks.push(Block {
            span,
            lines,
            gap,
            indent: first.indent,
            marker: first.marker,
            shape,
            marker_len: first.marker_len,
            words: from..self.words.len(),
        });
    }

    /// The folded text of block `index`, its list marker left out.
    #[must_use]
    pub fn folded(&self, index: usize) -> &str {
        self.folded.get(index)
    }

    /// The text of block `index` as it stands in the view.
    #[must_use]
    pub fn text_of(&self, index: usize) -> &'t str {
        self.blocks[index].span.of(self.text)
    }

    /// The hashed words of block `index`; in scripts without spaces each character is a word.
    #[must_use]
    pub fn words(&self, index: usize) -> &[u32] {
        &self.words[self.blocks[index].words.clone()]
    }
}

/// Characters of the scripts that are written without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{e7f}' | '\u{20000}'..='\u{2fa1f}')
}

fn hash_words(folded: &str, out: &mut Vec<u32>) {
    let mut hash = 0u32;
    for c in folded.chars() {
        if is_unspaced(c) {
            if hash != 0 {
                out.push(std::mem::take(&mut hash));
            }
            out.push((c as u32).wrapping_mul(0x9e37_79b1) | 1);
        } else if c.is_alphanumeric() {
            hash = (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9e37_79b1) | 1;
        } else if hash != 0 && c != '\'' {
            out.push(std::mem::take(&mut hash));
        }
    }
    if hash != 0 {
        out.push(hash);
    }
}

/// Marks that end a sentence, in the scripts of the world.
pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।' | '۔' | '．')
}

pub(super) fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '“' | '）')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '「' | '『' | '‚')
}

/// What a character is to the measures of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Upper,
    Lower,
    /// A letter without case.
    Letter,
    /// A letter of a script without spaces.
    Unspaced,
    Digit,
    Comma,
    /// Ends a sentence wherever it stands.
    FullStop,
    Punctuation,
    Symbol,
}

impl Class {
    fn of(c: char) -> Class {
        match c {
            c if is_space(c) => Class::Space,
            c if c.is_uppercase() && c.is_alphabetic() => Class::Upper,
            c if c.is_lowercase() && c.is_alphabetic() => Class::Lower,
            c if c.is_alphabetic() && is_unspaced(c) => Class::Unspaced,
            c if c.is_alphabetic() => Class::Letter,
            c if c.is_numeric() => Class::Digit,
            ',' | '،' | '、' | '，' => Class::Comma,
            '。' | '！' | '？' | '।' => Class::FullStop,
            c if is_stop(c)
                || is_closer(c)
                || is_quote(c)
                || matches!(c, '-' | '(' | ':' | ';' | '–' | '—' | '：' | '（') =>
            {
                Class::Punctuation
            }
            _ => Class::Symbol,
        }
    }
}

/// How many ASCII letters `text` begins with.
fn ascii_letters(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphabetic).count()
}

/// The classes of the ASCII characters.
static ASCII: LazyLock<[Class; 128]> =
    LazyLock::new(|| std::array::from_fn(|code| Class::of(code as u8 as char)));

impl Shape {
    /// Measures `text` in one scan.
    fn of(text: &str) -> Shape {
        let ascii = &*ASCII;
        let mut s = Shape::default();
        let mut unspaced = 0;
        let (mut in_word, mut gap, mut first_letter_seen) = (false, false, false);
        let mut before = '\0';
        s.starts_quote = text.chars().next().is_some_and(is_quote);
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            let class = ascii.get(c as usize).copied().unwrap_or_else(|| Class::of(c));
            if class == Class::Space {
                gap = true;
                in_word = false;
                s.stops += u32::from(is_stop(before));
                before = ' ';
                continue;
            }
            s.chars += 1 + u32::from(gap);
            gap = false;
            match class {
                Class::Upper | Class::Lower | Class::Letter | Class::Unspaced => {
                    s.letters += 1;
                    s.upper += u32::from(class == Class::Upper);
                    if !first_letter_seen {
                        first_letter_seen = true;
                        s.starts_lower = class == Class::Lower;
                    }
                    if class == Class::Unspaced {
                        unspaced += 1;
                        in_word = false;
                    } else if !in_word {
                        s.words += 1;
                        s.capitalised += u32::from(class == Class::Upper);
                        in_word = true;
                    }
                    let rest = chars.as_str();
                    let run = &rest[..ascii_letters(rest)];
                    if !run.is_empty() && class != Class::Unspaced {
                        chars = rest[run.len()..].chars();
                        s.chars += run.len() as u32;
                        s.letters += run.len() as u32;
                        s.upper += run.bytes().filter(u8::is_ascii_uppercase).count() as u32;
                        before = 'a';
                        continue;
                    }
                }
                Class::Digit => {
                    s.digits += 1;
                    s.words += u32::from(!in_word);
                    in_word = true;
                }
                _ => {
                    s.commas += u32::from(class == Class::Comma);
                    s.stops += u32::from(class == Class::FullStop);
                    s.symbols += u32::from(class == Class::Symbol);
                    in_word &= matches!(c, '\'' | '’' | '-' | '.');
                    if is_closer(c) && is_stop(before) {
                        continue;
                    }
                }
            }
            before = c;
        }
        s.words += unspaced / 2;
        s.ends_sentence = is_stop(before);
        s.stops += u32::from(s.ends_sentence && before.is_ascii() || before == '…');
        s.ends_colon = matches!(before, ':' | '：');
        s
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        let page = Page::new(text);
        (0..page.blocks.len()).map(|i| page.folded(i).to_string()).collect()
    }

    #[test]
    fn a_block_is_a_line_where_lines_are_paragraphs() {
        assert_eq!(
            texts("One line.\nAnother line.\n\n  * An item"),
            ["one line.", "another line.", "an item"]
        );
    }

    #[test]
    fn prose_ends_as_a_sentence_and_a_headline_does_not() {
        let page = Page::new(
            "Ferry strike ends after nine days\nThe crews of the night ferry went back to work on Monday, nine days after they had left the ships in port.",
        );
        assert!(page.blocks[0].is_headline_like() && !page.blocks[0].is_prose());
        assert!(page.blocks[1].is_prose());
        assert_eq!(page.blocks[1].shape.words, 22);
        assert_eq!(page.blocks[1].shape.stops, 1);
    }

    #[test]
    fn words_are_the_same_whatever_the_case_and_quotes() {
        let page = Page::new("The “Ferry” crew’s\nTHE \"ferry\" crew's");
        assert_eq!(page.words(0), page.words(1));
    }

    #[test]
    fn a_script_without_spaces_has_words_too() {
        let page = Page::new("港の新しい防波堤が完成した。");
        assert_eq!(page.blocks[0].shape.words, 6);
        assert!(page.blocks[0].shape.ends_sentence);
    }
}
