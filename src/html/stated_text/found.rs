//! The text of its article that a page states in a script: `articleBody` of JSON-LD, or, where the page prints next to nothing, the data that a
//! script would show. Pages print what they state in linked data too, as a rule, and then it tells the article from what stands around it. Some
//! print its beginning only; then the rest is read where it is stated.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::adjustable::adjustable;
use crate::html::markup::entity::decoded;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::shown::rendered::Rendered;
use crate::html::stated_text::data_lists::{ListedString, lists_in};
use crate::html::stated_text::strings::{strings_in, texts_in, unescaped};
use crate::html::thresholds::HtmlThresholds;
use crate::html::unfolded::Unfolded;
use crate::span::Span;
use crate::text::chars::{is_closer, is_stop, is_unspaced};
use crate::text::fold;
use crate::text::sentence::sentences;
use crate::text::words::hash_words;

adjustable! {
    /// When the text that a page states is taken for one that it does not print.
    StatedTextThresholds {
        /// The part of its words that the page prints: less than this.
        printed: f64 = 0.6,
        /// Words of it that the page does not print, at least.
        words: usize = 60,
        /// The part of a sentence that the page prints before the sentence counts as printed.
        of_sentence: f64 = 0.6,
        /// Bytes of the shortest string of data that may be text.
        data_bytes: usize = 200,
        /// Bytes of the shortest list of strings that may be one, each a paragraph or a part of one.
        list_bytes: usize = 300,
        /// Characters of text for each bracket and the like in it, at least.
        per_symbol: usize = 40,
    }
}

/// Words in a row that are looked for.
pub(crate) const RUN: usize = 4;
/// Texts of one page that are read.
const MOST: usize = 100;
/// Lines below the heading among which a standfirst is looked for.
const BELOW: usize = 6;
/// Bytes of the shortest standfirst.
const LONG: u32 = 60;
/// Bytes within which an element ends, behind which what is not printed is written out.
const FAR: usize = 4000;

/// The runs of words of a text.
pub(crate) type Runs = FxHashSet<u64>;

/// The text that a page states of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StatedText {
    /// Where the strings of each text stand in the source, without their quotes.
    places: Vec<Vec<StatedString>>,
    runs: Runs,
    /// Whether they are all the data of the page, not what linked data says of an article.
    is_data: bool,
}

/// A string that a page states, or one of several that make a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StatedString {
    place: Span,
    /// Whether it goes on with the line of the one before it.
    goes_on: bool,
}

impl StatedString {
    fn alone(place: Span) -> Vec<Self> {
        vec![Self { place, goes_on: false }]
    }
}

impl StatedText {
    /// The texts in the scripts of linked data, given where these stand.
    pub(in crate::html) fn of(source: &str, scripts: &[Span], t: &StatedTextThresholds) -> Self {
        let mut stated = Self::default();
        for script in scripts {
            for text in texts_in(script.of(source)) {
                let place = Span::new(script.start + text.start, script.start + text.end);
                stated.add(source, StatedString::alone(place), t);
            }
        }
        stated
    }

    /// Adds a text, unless most of it is known.
    fn add(&mut self, source: &str, strings: Vec<StatedString>, t: &StatedTextThresholds) {
        if self.places.len() >= MOST || strings.is_empty() {
            return;
        }
        let words = words_of(&Text::of(source, &strings).plain());
        if part_in(&self.runs, &words) < t.printed {
            self.places.push(strings);
            self.runs.extend(runs_of(&words));
        }
    }

    /// The strings of the scripts of a page that read as text, each once; and the longest list of strings that does, where no string is as long.
    pub(in crate::html) fn in_data(source: &str, t: &StatedTextThresholds) -> Self {
        let reads =
            |strings: &Vec<StatedString>| reads_as_text(&Text::of(source, strings).plain(), t);
        let (mut list, mut single) = (Vec::new(), Vec::new());
        let mut scanner = Scanner::new(source);
        while let Some(token) = scanner.next() {
            let Token::Start { name, .. } = token else { continue };
            if Tag::of(name).1 != Display::Raw {
                continue;
            }
            let script = scanner.raw(name);
            if !name.eq_ignore_ascii_case("script") {
                continue;
            }
            let at = |string: Range<usize>| {
                Span::new(script.start + string.start, script.start + string.end)
            };
            let strings = strings_in(script.of(source)).map(at);
            let long = strings.filter(|place| place.len() >= t.data_bytes);
            single.extend(long.map(StatedString::alone).filter(reads));
            let lists = lists_in(script.of(source)).into_iter().map(|strings| {
                let string = |string: ListedString| StatedString {
                    place: at(string.place),
                    goes_on: string.goes_on,
                };
                strings.into_iter().map(string).collect::<Vec<_>>()
            });
            let is_list = |strings: &Vec<StatedString>| {
                strings.len() > 1 && bytes_of(strings) >= t.list_bytes.max(bytes_of(&list) + 1)
            };
            let longest = lists.filter(is_list).filter(reads).max_by_key(|list| bytes_of(list));
            list = longest.unwrap_or(list);
        }
        if single.iter().any(|string| bytes_of(string) >= bytes_of(&list)) {
            list.clear();
        }
        let listed: FxHashSet<Span> = list.iter().map(|string| string.place).collect();
        let begins = list.first().map_or(0, |string| string.place.start);
        let outside = single.into_iter().filter(|string| !listed.contains(&string[0].place));
        let (above, below): (Vec<_>, Vec<_>) =
            outside.partition(|string| string[0].place.start < begins);
        let mut stated = Self { is_data: true, ..Self::default() };
        for strings in above.into_iter().chain([list]).chain(below) {
            stated.add(source, strings, t);
        }
        stated
    }

    /// Whether the page states none.
    pub(crate) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The part of `words` that stands in it in runs of [`RUN`], 0 to 1; None of fewer words.
    pub(crate) fn part_of(&self, words: &[u32]) -> Option<f32> {
        (words.len() >= RUN).then(|| part_in(&self.runs, words) as f32)
    }

    /// The part of it that stands in `words`, 0 to 1.
    pub(crate) fn printed_in<'w>(&self, blocks: impl Iterator<Item = &'w [u32]>) -> f32 {
        let mut printed = Runs::default();
        blocks
            .for_each(|words| printed.extend(runs_of(words).filter(|run| self.runs.contains(run))));
        printed.len() as f32 / self.runs.len().max(1) as f32
    }

    /// The source with what the page does not print of the text written out behind what it prints of it, or behind the main heading; None
    /// where it prints most of it.
    pub(in crate::html) fn unfolded(
        &self,
        source: &str,
        page: &Rendered,
        t: &HtmlThresholds,
    ) -> Option<Unfolded> {
        if self.is_empty() {
            return None;
        }
        let mut printed = Runs::default();
        let mut seam = None;
        let mut end = page.main_headings().map(|(start, _)| start).next().map(|heading| {
            let below = page.lines.iter().skip_while(|line| line.start <= heading).take(BELOW);
            let standfirst =
                below.filter(|line| line.bytes >= LONG && line.linked * 2 < line.bytes);
            standfirst.map(|line| line.start).last().unwrap_or(heading)
        });
        for line in &page.lines {
            let words = words_of(page.line_at(line.start));
            if part_in(&self.runs, &words) > t.stated_text.of_sentence {
                end = Some(line.start);
                let is_whole = ends_whole(page.line_at(line.start));
                let last = || runs_of(&words).filter(|run| self.runs.contains(run)).last();
                seam = if is_whole { None } else { last() };
            }
            printed.extend(runs_of(&words));
        }
        let at = end.map_or(source.len(), |start| behind(source, page, start));
        let mut out = Unfolded::default();
        out.copy(source, Span::new(0, at));
        let texts = self.places.iter().map(|strings| Text::of(source, strings));
        let left_out: Vec<Text> =
            texts.filter(|text| text.is_left_out(&printed, &t.stated_text)).collect();
        // Of several, as a page of links may state, none is known to be the article.
        if left_out.is_empty() || left_out.len() > 1 && !self.is_data {
            return None;
        }
        let is_printed = |words: &[u32]| part_in(&printed, words) >= t.stated_text.of_sentence;
        for text in &left_out {
            text.write(is_printed, |line| broken_off(line, seam?, &printed), &mut out);
        }
        out.copy(source, Span::new(at, source.len()));
        Some(out)
    }
}

impl Rendered {
    /// The line of the text that begins at `start`.
    fn line_at(&self, start: usize) -> &str {
        let rest = &self.text[start..];
        &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
    }
}

/// The place in the source behind the element that holds the line of the text which begins at `start`; the end where none closes near it.
fn behind(source: &str, page: &Rendered, start: usize) -> usize {
    let line = Span::new(start, start + page.line_at(start).len());
    let Some(end) = page.source_of(line).last().map(|span| span.end) else { return source.len() };
    let mut scanner = Scanner::new(&source[end..]);
    while scanner.at() < FAR {
        match scanner.next() {
            Some(Token::End { name }) => {
                if matches!(Tag::of(name).1, Display::Line | Display::Paragraph) {
                    return end + scanner.at();
                }
            }
            Some(Token::Start { name, .. }) if Tag::of(name).1 == Display::Raw => {
                scanner.raw(name);
            }
            Some(_) => {}
            None => break,
        }
    }
    source.len()
}

/// One text as it stands in a script: its lines, as they are meant, without tags.
struct Text(Vec<Unfolded>);

impl Text {
    fn of(source: &str, strings: &[StatedString]) -> Self {
        let tags = ["<p", "<br", "<\\/", "</", "\\u003c"];
        let has_tags = strings.iter().any(|string| {
            let text = string.place.of(source);
            tags.iter().any(|tag| text.contains(tag))
        });
        let mut all = Unfolded::default();
        for (number, string) in strings.iter().enumerate() {
            if number > 0 && !string.goes_on {
                all.push(
                    if has_tags { "<br>" } else { "\n" },
                    Span::new(string.place.start, string.place.start),
                );
            }
            for (span, meant) in unescaped(source, string.place) {
                match meant {
                    Some('<') if !has_tags => all.push("&lt;", span),
                    Some(c) => all.push(c.encode_utf8(&mut [0; 4]), span),
                    None => all.copy(source, span),
                }
            }
        }
        Self(if has_tags { without_tags(&all) } else { lines_of(&all) })
    }

    /// What a reader sees of it.
    fn plain(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|line| decoded(&line.text, false)).collect();
        lines.join("\n")
    }

    /// Whether the page prints little of it, and what it does not print is more than a few words.
    fn is_left_out(&self, printed: &Runs, t: &StatedTextThresholds) -> bool {
        let words = words_of(&self.plain());
        let part = part_in(printed, &words);
        part < t.printed && (words.len() as f64 * (1.0 - part)) as usize >= t.words
    }

    /// Writes it out as an element of its own, from the first sentence of each line on that is not printed, or from the place on at which
    /// what is printed of the line breaks off.
    fn write(
        &self,
        is_printed: impl Fn(&[u32]) -> bool,
        broken_off: impl Fn(&str) -> Option<usize>,
        out: &mut Unfolded,
    ) {
        out.text.push_str("<div itemprop=articleBody>");
        for line in &self.0 {
            let is_new = |sentence: &Range<usize>| {
                !is_printed(&words_of(&decoded(&line.text[sentence.clone()], false)))
            };
            let first = sentences(&line.text).find(is_new);
            let begins = match (broken_off(&line.text), first) {
                (Some(at), Some(first)) if at >= first.end => Some(first.start),
                (Some(at), _) => Some(at),
                (None, first) => first.map(|first| first.start),
            };
            if let Some(begins) = begins {
                out.text.push_str("<p>");
                out.append(line, begins..line.text.len());
                out.text.push_str("</p>");
            }
        }
        out.text.push_str("</div>");
    }
}

/// Whether a line ends as a sentence does, not as one that is cut.
fn ends_whole(line: &str) -> bool {
    let end = line.trim_end().trim_end_matches(is_closer);
    end.ends_with(is_stop) && !end.ends_with('…') && !end.ends_with("...")
}

/// Where a line of the text goes on that the page prints up to the run `seam` and no further; None where it does not print it so.
fn broken_off(line: &str, seam: u64, printed: &Runs) -> Option<usize> {
    let mut words = Vec::new();
    // For each word where the piece begins that it stands in.
    let mut places = Vec::new();
    for piece in line.split_inclusive(|c: char| c.is_whitespace() || is_unspaced(c)) {
        words.extend(words_of(&decoded(piece, false)));
        places.resize(words.len(), piece.as_ptr() as usize - line.as_ptr() as usize);
    }
    let runs: Vec<u64> = runs_of(&words).collect();
    let last = runs.iter().rposition(|run| *run == seam)?;
    let next = runs.get(last + 1).is_none_or(|next| !printed.contains(next));
    next.then(|| places.get(last + RUN).copied())?
}

/// The lines of a text without tags.
fn lines_of(text: &Unfolded) -> Vec<Unfolded> {
    let lines = text.text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let cut = |line: &str| {
        let start = line.as_ptr() as usize - text.text.as_ptr() as usize;
        let mut cut = Unfolded::default();
        cut.append(text, start..start + line.len());
        cut
    };
    lines.map(cut).collect()
}

/// The lines of a text with tags, as the elements in it part them.
fn without_tags(text: &Unfolded) -> Vec<Unfolded> {
    let mut lines = vec![Unfolded::default()];
    let mut scanner = Scanner::new(&text.text);
    while let Some(token) = scanner.next() {
        let name = match token {
            Token::Text(span) => {
                if let Some(line) = lines.last_mut() {
                    line.append(text, span.start..span.end);
                }
                continue;
            }
            Token::Start { name, .. } | Token::End { name } => name,
            Token::Other => continue,
        };
        let (tag, display) = Tag::of(name);
        if matches!(token, Token::Start { .. }) && display == Display::Raw {
            scanner.raw(name);
        }
        if tag == Tag::Br || matches!(display, Display::Line | Display::Paragraph) {
            lines.push(Unfolded::default());
        }
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

fn bytes_of(strings: &[StatedString]) -> usize {
    strings.iter().map(|string| string.place.len()).sum()
}

/// Whether a string is running text rather than code: sentences, and few brackets.
fn reads_as_text(text: &str, t: &StatedTextThresholds) -> bool {
    let symbols = text.chars().filter(|c| "{}[]()<>=;_\\".contains(*c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    sentences(text).take(2).count() > 1
        && text.split_whitespace().count() > 1
        && symbols * t.per_symbol < letters
}

fn words_of(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    hash_words(&fold(text), &mut words);
    words
}

/// The runs of words, hashed.
fn runs_of(words: &[u32]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN).map(|run| {
        run.iter().fold(0, |hash: u64, &word| {
            (hash.rotate_left(17) ^ u64::from(word)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}

/// The part of `words` that stands in a run among `runs`, 0 to 1.
fn part_in(runs: &Runs, words: &[u32]) -> f64 {
    let mut covered = 0;
    let mut end = 0;
    for (at, run) in runs_of(words).enumerate() {
        if runs.contains(&run) {
            covered += at + RUN - end.max(at);
            end = at + RUN;
        }
    }
    covered as f64 / words.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;
    use crate::span::Span;

    const OPENING: &str = "The old quay was opened again on Monday, two weeks after the storm had torn away its railings and flooded the hall.";
    const REST: &str = "The ferries go every hour from Tuesday on, and the last one leaves at ten in the evening, as it did before the storm, when \
        thousands used it each day. Nobody knows yet who will pay for the railings, which stood for a hundred years. The board meets in June to talk \
        about it, and the town has asked the county for help. A second storm is not expected before autumn, the harbour master said.";

    fn page(stated: &str, shown: &str) -> String {
        format!(
            "<head><script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{stated}\"}}</script></head>\
             <h1><a href=#>Quay reopens</a></h1><div><p>{shown}</p></div><footer>About us</footer>"
        )
    }

    #[test]
    fn what_a_page_states_and_does_not_print_is_read_behind_what_it_prints() {
        let source = page(&format!("{OPENING} {REST}"), OPENING);
        let read = HtmlPage::of(&source).shown;
        assert_eq!(read.text, format!("Quay reopens\n\n{OPENING}\n\n{REST}\n\nAbout us"));
        let at = read.text.find(REST).unwrap();
        assert_eq!(read.source_of(Span::new(at, at + REST.len()))[0].of(&source), REST);
        assert_eq!(
            HtmlPage::of(&page(&format!("{OPENING} {REST}"), ""))
                .shown
                .text
                .matches(OPENING)
                .count(),
            1
        );
    }

    #[test]
    fn a_standfirst_stands_above_the_text_that_is_stated() {
        let standfirst =
            "Two weeks after the storm the ferries go once more, and the town breathes.";
        let read = HtmlPage::of(&page(&format!("{OPENING} {REST}"), standfirst)).shown.text;
        assert_eq!(read, format!("Quay reopens\n\n{standfirst}\n\n{OPENING} {REST}\n\nAbout us"));
    }

    #[test]
    fn escapes_and_tags_mean_what_they_say() {
        let escaped =
            REST.replace("each day. ", "each\\u00a0day.\\n\\u201cOh\\u201d &amp; 1 < 2. ");
        let read = HtmlPage::of(&page(&escaped, OPENING)).shown;
        assert!(
            read.text.contains("used it each\u{a0}day.\n\n“Oh” & 1 < 2. Nobody"),
            "{}",
            read.text
        );
        let tagged =
            format!("<p>{}<\\/p>", REST.replace("each day. ", "<b>each<\\/b> day.<\\/p><p>"));
        let read = HtmlPage::of(&page(&tagged, OPENING)).shown;
        assert!(read.text.contains("used it each day.\n\nNobody knows"), "{}", read.text);
    }

    #[test]
    fn what_a_page_prints_is_not_read_twice() {
        let all = format!("{OPENING} {REST}");
        assert_eq!(HtmlPage::of(&page(&all, &all)).shown.text.matches(REST).count(), 1);
        let summary = "The old quay is open once more.";
        assert!(!HtmlPage::of(&page(summary, OPENING)).shown.text.contains(summary));
    }

    #[test]
    fn what_is_printed_of_a_text_with_tags_is_not_read_again_and_an_open_tag_takes_nothing() {
        for open in ["", "<script>", "<!--", "<style>", "<iframe src=x"] {
            let stated = format!("<p>{OPENING}<\\/p><p>{REST}<\\/p>{open}");
            let read = HtmlPage::of(&page(&stated, OPENING)).shown.text;
            assert_eq!(read, format!("Quay reopens\n\n{OPENING}\n\n{REST}\n\nAbout us"), "{open}");
        }
    }

    #[test]
    fn a_text_that_is_stated_twice_is_read_once_and_of_several_texts_none() {
        let one = page(&format!("{OPENING} {REST}"), OPENING);
        let script = &one[one.find("<script").unwrap()..one.find("</head>").unwrap()];
        let twice = one.replace("</head>", &format!("{script}</head>"));
        assert_eq!(HtmlPage::of(&twice).shown.text.matches(REST).count(), 1);
        let other = script.replace(
            REST,
            &"Another story of a mill that grinds flour by night stands here. ".repeat(12),
        );
        let two = one.replace("</head>", &format!("{other}</head>"));
        assert!(!HtmlPage::of(&two).shown.text.contains("mill"));
    }

    #[test]
    fn a_text_that_is_printed_up_to_the_middle_of_a_sentence_goes_on_there() {
        let cut = "The ferries go every hour from Tuesday on, and the last one leaves at ten in the evening, as it did";
        for end in ["…", "...", "", " [...]", " bef…", "… <a href=/more>Read more</a>"] {
            for between in [" ", "\\n\\n"] {
                let stated = format!(
                    "{OPENING}{between}{REST} Whoever waits on the quay is asked to bring a chair, and a hat."
                );
                let source = page(&stated, &format!("{OPENING}</p><p>{cut}{end}"));
                let read = HtmlPage::of(&source).shown.text;
                assert!(
                    read.contains("\n\nbefore the storm, when thousands used"),
                    "{end}: {read}"
                );
                assert_eq!(read.matches("every hour").count(), 1, "{end}: {read}");
            }
        }
    }

    #[test]
    fn a_broken_script_states_nothing() {
        for stated in ["\\", "a\\ud83d", "\\u12"] {
            let read = HtmlPage::of(&page(stated, OPENING)).shown;
            assert!(read.text.starts_with("Quay reopens") && read.text.ends_with("About us"));
        }
        let cut = page(REST, OPENING);
        let cut = &cut[..cut.find("Nobody").unwrap()];
        assert!(!HtmlPage::of(cut).shown.text.contains("ferries"));
    }

    #[test]
    fn the_text_of_a_page_of_a_script_may_be_a_list_of_its_paragraphs() {
        let all = format!("{OPENING} {REST}");
        let paragraphs: Vec<&str> = all.split_inclusive(". ").map(str::trim).collect();
        let page = |list: String| {
            let data = format!(
                "{{\"headline\": \"Quay reopens\", \"body\": [{list}], \"related\": [{{\"summary\": \"{OPENING}\"}}]}}"
            );
            format!(
                "<title>Quay reopens</title><div id=root></div><noscript>Turn on scripts.</noscript><script>{data}</script>"
            )
        };
        let written = |write: &dyn Fn(&str) -> String| {
            let items: Vec<String> = paragraphs.iter().map(|text| write(text)).collect();
            HtmlPage::of(&page(items.join(", "))).shown.text
        };
        for text in [
            written(&|text| format!("\"{text}\"")),
            written(&|text| format!("{{\"type\": \"p\", \"text\": \"{text}\"}}")),
            written(&|text| format!("{{\"html\": \"<p>{text}<\\/p>\"}}")),
            written(&|text| {
                let (one, two) = text.split_at(20);
                format!("{{\"children\": [{{\"text\": \"{one}\"}}, {{\"text\": \"{two}\"}}]}}")
            }),
        ] {
            assert_eq!(text, paragraphs.join("\n\n"));
        }
    }

    #[test]
    fn a_page_of_a_script_alone_shows_its_data() {
        let source = format!(
            "<title>Quay reopens</title><div id=root></div><script>var a={{\"code\":\"if (a[0] == b) {{ c(); }} else {{ d = (e); }}\",\"title\":\"Quay\"}};</script>\
             <script id=data type='application/json'>{{\"body\":\"<p>{OPENING}<\\/p><p>{REST}<\\/p>\",\"again\":\"{OPENING} {REST}\"}}</script>"
        );
        assert_eq!(HtmlPage::of(&source).shown.text, format!("{OPENING}\n\n{REST}"));
        let printed = source
            .replace("<div id=root></div>", &format!("<p>{}</p>", "The ferry goes. ".repeat(60)));
        assert!(!HtmlPage::of(&printed).shown.text.contains(OPENING));
    }
}
