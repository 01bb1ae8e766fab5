//! Listings that a page lays out by other elements than `pre` alone, written out as such.
//!
//! Programs that colour code put the numbers of its lines beside it, its lines into the rows of a table or the items of a list, or each into an
//! element of its own. Browsers show all of that as code, by styles. A number of a line is an element at the start of each line whose text is the
//! running number; a name that says so is needed for short listings only.

use memchr::memmem;

use crate::html::listings::line_numbers::{Line, Part};
use crate::html::listings::listing_reader::{Read, Reading};
use crate::html::markup::scan::{Scanner, Token};
use crate::html::markup::tag::{Display, Tag};
use crate::html::unfolded::Unfolded;
use crate::span::Span;

impl Unfolded {
    /// Writes out the listings of a page as `pre`; None where each is one already.
    pub(in crate::html) fn of_listings(source: &str) -> Option<Self> {
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
