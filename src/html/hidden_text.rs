//! Hidden elements that hold text of the article: what a button opens, the pages of a show, all of a page that a script reveals.

use crate::adjustable::adjustable;
use crate::html::markup::hints::ElementRoles;
use crate::html::markup::tag::Tag;
use crate::html::shown::hidden::Hidden;
use crate::html::shown::rendered::{Line, Rendered};
use crate::html::stated_text::runs::{Runs, part_in, runs_of, words_of};

adjustable! {
    /// When hidden text is part of the article.
    HiddenThresholds {
        /// Bytes of the shortest line of text.
        line_bytes: usize = 80,
        /// Bytes of hidden text that stands nowhere else on the page, at least.
        least_bytes: usize = 800,
        /// Its part of all text of the page, 0 to 1, at least.
        part: f64 = 0.4,
        /// The part of a line from which on it stands elsewhere on the page, 0 to 1.
        printed: f64 = 0.5,
        /// The part of a page's text from which on what holds it is not named for debris as a whole, 0 to 1: more than this.
        too_large: f64 = 0.4,
        /// The part of the text that is shown which stands beside a hidden element where nothing else says that it is text, 0 to 1, at least.
        beside: f64 = 0.5,
    }
}

/// The part of a line of text that stands in links: less than this.
const LINKED: f32 = 0.5;

/// What is no text of the article, shown or not.
const OTHERS: [ElementRoles; 14] = [
    ElementRoles::COMMENTS,
    ElementRoles::RELATED,
    ElementRoles::ASIDE,
    ElementRoles::NAV,
    ElementRoles::FOOTER,
    ElementRoles::FORM,
    ElementRoles::CAPTION,
    ElementRoles::SHARE,
    ElementRoles::SIDEBAR,
    ElementRoles::AD,
    ElementRoles::NEWSLETTER,
    ElementRoles::LEGAL,
    ElementRoles::POPUP,
    ElementRoles::TAGS,
];

/// What says that text is that of the article.
const TEXT: [ElementRoles; 3] = [ElementRoles::MAIN, ElementRoles::ARTICLE, ElementRoles::TEXT];

/// Where the attributes of the hidden elements stand whose text is part of the article, in order; none where they hold little of the page's text,
/// or what stands elsewhere on the page. `all` is the page with these elements, `shown` without.
pub(super) fn hidden_text(
    shown: &Rendered,
    all: &Rendered,
    hidden: &[Hidden],
    t: &HiddenThresholds,
) -> Vec<usize> {
    let mut printed = Runs::default();
    for line in &shown.lines {
        printed.extend(runs_of(&words_of(shown.line_at(line.start))));
    }
    let around = Around::of(all, hidden, t);
    let is_text = |line: &&Line| {
        line.bytes as usize >= t.line_bytes && (line.linked as f32) < LINKED * line.bytes as f32
    };
    // For each hidden element what of its text stands nowhere else, and all of it.
    let mut held = vec![(0.0, 0.0); hidden.len()];
    let mut shown_bytes = 0.0;
    for line in all.lines.iter().filter(is_text) {
        let element = line.element as usize;
        let bytes = f64::from(line.bytes);
        let is_other = OTHERS.iter().any(|hint| around.hints[element].any(*hint));
        let Some(at) = around.hidden[element] else {
            shown_bytes += if is_other { 0.0 } else { bytes };
            continue;
        };
        let words = words_of(all.line_at(line.start));
        let (own, every) = &mut held[at];
        *every += bytes;
        if !is_other && part_in(&printed, &words) < t.printed {
            *own += bytes;
            printed.extend(runs_of(&words));
        }
    }
    let is_text = |at: &usize| {
        let (own, every) = held[*at];
        own > t.printed * every && around.is_of_article[*at]
    };
    let those: Vec<usize> = (0..hidden.len()).filter(is_text).collect();
    let own: f64 = those.iter().map(|&at| held[at].0).sum();
    if own < t.least_bytes as f64 || own < t.part * (own + shown_bytes) {
        return Vec::new();
    }
    let mut places: Vec<usize> = those.into_iter().map(|at| hidden[at].at).collect();
    places.sort_unstable();
    places
}

/// What stands around each element of a page.
#[derive(Debug)]
struct Around {
    /// The outermost hidden element around each, or itself, as an index into those.
    hidden: Vec<Option<usize>>,
    /// What the elements around it are said to be, but for shown ones that hold much of the page's text.
    hints: Vec<ElementRoles>,
    /// For each hidden element whether it stands with the article, or holds it.
    is_of_article: Vec<bool>,
}

impl Around {
    fn of(all: &Rendered, hidden: &[Hidden], t: &HiddenThresholds) -> Self {
        let count = all.elements.len();
        let parent = |at: usize| all.elements[at].parent as usize;
        let mut own = vec![None; count];
        hidden.iter().enumerate().for_each(|(at, one)| own[one.element as usize] = Some(at));
        for at in 1..count {
            own[at] = own[parent(at)].or(own[at]);
        }
        // Bytes of long lines within, and of those that are shown.
        let mut within = vec![(0.0, 0.0); count];
        for line in all.lines.iter().filter(|line| line.bytes as usize >= t.line_bytes) {
            let bytes = f64::from(line.bytes);
            let element = line.element as usize;
            within[element].0 += bytes;
            within[element].1 += if own[element].is_none() { bytes } else { 0.0 };
        }
        // An element stands behind the one that holds it.
        for at in (1..count).rev() {
            let (bytes, shown) = within[at];
            within[parent(at)].0 += bytes;
            within[parent(at)].1 += shown;
        }
        let mut hints = vec![ElementRoles::default(); count];
        let mut is_of_article = vec![false; hidden.len()];
        for at in 1..count {
            let element = &all.elements[at];
            let is_whole = own[at].is_none() && within[at].0 > t.too_large * within[0].0;
            let said = if is_whole { element.hints.of_text() } else { element.hints };
            hints[at] = hints[parent(at)].with(said);
            let Some(place) = own[at] else { continue };
            let holder = parent(at);
            let is_beside = own[holder].is_none()
                && !matches!(all.elements[holder].tag, Tag::Body | Tag::Html)
                && holder > 0
                && within[0].1 > 0.0
                && within[holder].1 >= t.beside * within[0].1;
            is_of_article[place] |= TEXT.iter().any(|hint| hints[at].any(*hint))
                || element.tag == Tag::Heading(1)
                || is_beside;
        }
        Self { hidden: own, hints, is_of_article }
    }
}

#[cfg(test)]
mod tests {
    use crate::html::page::HtmlPage;

    /// Paragraphs of a story, of which each says something else.
    fn paragraphs(from: usize, to: usize) -> String {
        let words: Vec<&str> = "boat clay crew lamp mud rope sail tide wind anchor bucket dredger ferry gull harbour jetty keel lock mast net oar pilot quay"
            .split(' ')
            .collect();
        let paragraph = |at: usize| {
            let word = |n: usize| words[(n * (at + 1) + at) % words.len()];
            let text: Vec<&str> = (0..20).map(word).collect();
            format!("<p>On day {at} the crew saw {}.</p>", text.join(" "))
        };
        (from..to).map(paragraph).collect()
    }

    /// A page with this text in its article, and as much around it as pages have.
    fn page(article: &str) -> String {
        let item =
            |at: usize| format!("<li><a href=/{at}>Section {at} of the harbour paper</a></li>");
        let menu: String = (0..30).map(item).collect();
        format!(
            "<ul>{menu}</ul><main><article><h1>The dredger is done</h1><div class=entry-content>{article}</div></article></main>\
             <footer>Printed in Norrby by the harbour paper, which has come out each day since the lighthouse was lit.</footer>"
        )
    }

    fn shown(source: &str) -> String {
        HtmlPage::of(source).shown.text
    }

    /// Of how many days the story is told in what is read.
    fn days(source: &str) -> usize {
        let text = shown(source);
        (0..10).filter(|at| text.contains(&format!("On day {at} the crew"))).count()
    }

    #[test]
    fn what_a_button_or_a_script_reveals_of_the_article_is_read() {
        let (first, rest) = (paragraphs(0, 3), paragraphs(3, 10));
        for hidden in ["style='display:none'", "hidden", "aria-hidden=true"] {
            let source = page(&format!("{first}<div {hidden}>{rest}</div><a>Read more</a>"));
            assert_eq!(days(&source), 10, "{hidden}");
        }
        let slides = rest
            .replace("<p>", "<div class=slide aria-hidden=true><p>")
            .replace("</p>", "</p></div>");
        assert_eq!(days(&page(&format!("{first}{slides}"))), 10);
        let all = page(&paragraphs(0, 10));
        assert_eq!(days(&all.replace("<main>", "<main style='display: none'>")), 10);
        assert_eq!(days(&page(&format!("<noscript>{}</noscript>", paragraphs(0, 10)))), 10);
    }

    #[test]
    fn what_is_hidden_and_shown_elsewhere_is_read_once() {
        let all = paragraphs(0, 10);
        let source = page(&format!("{all}<div hidden>{all}</div>"));
        assert_eq!(shown(&source).matches("On day 4 the crew").count(), 1);
    }

    #[test]
    fn dialogs_notices_and_little_text_stay_hidden() {
        let (first, rest) = (paragraphs(0, 3), paragraphs(3, 10));
        for class in ["modal", "cookie-consent", "newsletter-box", "site-menu", "related-posts"] {
            let source =
                page(&format!("{first}<div class={class} style='display:none'>{rest}</div>"));
            assert_eq!(days(&source), 3, "{class}");
        }
        let source = page(&format!("{}<div hidden>{}</div>", paragraphs(0, 9), paragraphs(9, 10)));
        assert_eq!(days(&source), 9);
        let beside = format!("<div hidden>{rest}</div>{}", page(&first));
        assert_eq!(days(&beside), 3, "it stands outside of the article");
    }

    #[test]
    fn an_initial_that_is_hidden_from_readers_begins_its_word() {
        let initial = "<span class=dropcap aria-hidden=true>F</span>";
        let of =
            |begin: &str| shown(&format!("<h1>Clay</h1><p>{begin} years the clay lay there.</p>"));
        let read = "Clay\n\nFor years the clay lay there.";
        assert_eq!(of(&format!("{initial}or")), read);
        assert_eq!(
            of(&format!("<span class=sr-only>For</span>{initial}<span aria-hidden=true>or</span>")),
            read
        );
        assert_eq!(of(&format!("{initial}<span class=sr-only>F</span>or")), read);
        assert_eq!(of(&format!("<span class=sr-only>F</span>{initial}or")), read);
        assert_eq!(of("For<span aria-hidden=true>x</span>"), read);
    }
}
