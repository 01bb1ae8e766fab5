//! What a page states and does not print, written out behind what it prints of it.

use crate::html::markup::entity::decoded;
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::shown::rendered::Rendered;
use crate::html::stated_text::found::{StatedText, StatedTextThresholds};
use crate::html::stated_text::runs::{RUN, Runs, part_in, runs_of, words_of};
use crate::html::stated_text::script_text::Text;
use crate::html::unfolded::Unfolded;
use crate::span::Span;
use crate::text::chars::{is_closer, is_stop, is_unspaced};

/// Lines below the heading among which a standfirst is looked for.
const BELOW: usize = 6;
/// Bytes of the shortest standfirst.
const LONG: u32 = 60;
/// Bytes within which an element ends, behind which what is not printed is written out.
const FAR: usize = 4000;

impl StatedText {
    /// The source with what the page does not print of the text written out behind what it prints of it, or behind the main heading; None
    /// where it prints most of it.
    pub(in crate::html) fn unfolded(
        &self,
        source: &str,
        page: &Rendered,
        t: &StatedTextThresholds,
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
            if part_in(&self.runs, &words) > t.of_sentence {
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
        let left_out: Vec<Text> = texts.filter(|text| is_left_out(text, &printed, t)).collect();
        // Of several, as a page of links may state, none is known to be the article.
        if left_out.is_empty() || left_out.len() > 1 && !self.is_data {
            return None;
        }
        let is_printed = |words: &[u32]| part_in(&printed, words) >= t.of_sentence;
        for text in &left_out {
            text.write(is_printed, |line| broken_off(line, seam?, &printed), &mut out);
        }
        out.copy(source, Span::new(at, source.len()));
        Some(out)
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

/// Whether the page prints little of a text, and what it does not print is more than a few words.
fn is_left_out(text: &Text, printed: &Runs, t: &StatedTextThresholds) -> bool {
    let words = words_of(&text.plain());
    let part = part_in(printed, &words);
    part < t.printed && (words.len() as f64 * (1.0 - part)) as usize >= t.words
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
