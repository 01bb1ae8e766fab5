//! What holds for everything that comes out of a text or a page, as checks that tests and the targets of fuzz/ share.

use dechaff::stages::HtmlPage;
use dechaff::{Article, BlockType, Cleaned, Kind, Provenance, Span};

pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The ledger's spans stand in order, without gap or overlap, from the first byte to the last; blank ones hold white space alone.
pub(crate) fn partitions(text: &str, cleaned: &Cleaned) {
    let mut at = 0;
    for entry in cleaned.ledger.entries() {
        assert_eq!(entry.span.start, at, "a gap or an overlap");
        assert!(!entry.span.is_empty());
        let shown = entry.span.of(text);
        if entry.kind == Kind::Blank {
            assert!(
                shown.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')),
                "{shown:?} is not blank"
            );
        }
        at = entry.span.end;
    }
    assert_eq!(at, text.len());
}

/// The ranges of a paragraph stand within the article, and the ledger knows them for text, with `between` alone in it.
fn all_kept(cleaned: &Cleaned, place: &Provenance, ranges: &[Span], between: Kind) {
    for range in ranges {
        assert!(
            place.range.start <= range.start && range.end <= place.range.end,
            "{range:?} stands outside of {:?}",
            place.range
        );
        let entries = cleaned.ledger.entries().iter();
        let mut within = entries.filter(|e| e.span.start < range.end && e.span.end > range.start);
        let other = within.find(|e| {
            let is_text = e.is_kept && e.kind != Kind::Title;
            !is_text && e.kind != between
        });
        assert_eq!(other, None);
    }
}

/// Every paragraph is what stands at its ranges, every title what stands at its place, and the ledger agrees that both are kept.
pub(crate) fn stands_where_it_says(text: &str, cleaned: &Cleaned) {
    for (index, article) in cleaned.articles.iter().enumerate() {
        let place = &article.provenance;
        assert_eq!(place.article, index + 1);
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), place.paragraphs.len());
        for (paragraph, ranges) in paragraphs.iter().zip(&place.paragraphs) {
            let found: Vec<String> = ranges.iter().map(|r| squeezed(r.of(text))).collect();
            assert_eq!(found.join(" "), squeezed(paragraph));
            all_kept(cleaned, place, ranges, Kind::Blank);
        }
        assert_eq!(article.title.clone(), place.title.map(|t| squeezed(t.of(text))));
        is_built_of_its_paragraphs(article, |range| squeezed(range.of(text)));
    }
}

/// The blocks hold each paragraph once, in order; only code keeps white space; links and cells stand where they say.
fn is_built_of_its_paragraphs(article: &Article, shown: impl Fn(Span) -> String) {
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    let mut next = 0;
    for block in &article.blocks {
        assert_eq!(block.paragraphs.start, next, "{:?}", article.blocks);
        assert!(!block.paragraphs.is_empty());
        next = block.paragraphs.end;
        for paragraph in &paragraphs[block.paragraphs.clone()] {
            let is_code = matches!(block.role, BlockType::Code { .. });
            assert!(is_code || squeezed(paragraph) == *paragraph, "{paragraph:?}");
            assert!(!paragraph.trim().is_empty());
        }
        for span in &block.spans {
            assert!(block.paragraphs.contains(&span.paragraph));
            let text = paragraphs[span.paragraph].get(span.range.start..span.range.end);
            assert!(text.is_some_and(|text| !text.is_empty() && text == text.trim()), "{span:?}");
        }
        let BlockType::Table { rows } = &block.role else { continue };
        for cell in rows.iter().flatten() {
            let found: Vec<String> = cell.ranges.iter().map(|range| shown(*range)).collect();
            assert_eq!(found.join(" "), cell.text);
            for span in &cell.spans {
                assert!(cell.text.get(span.range.start..span.range.end).is_some());
            }
        }
    }
    assert_eq!(next, paragraphs.len());
}

/// The same for a page of HTML or Markdown, whose paragraphs are what the page shows at their ranges.
pub(crate) fn is_shown_where_it_says(page: &HtmlPage, cleaned: &Cleaned) {
    let page = &page.shown;
    for article in &cleaned.articles {
        let place = &article.provenance;
        let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
        assert_eq!(paragraphs.len(), place.paragraphs.len());
        for (paragraph, ranges) in paragraphs.iter().zip(&place.paragraphs) {
            assert_eq!(
                ranges.iter().map(|r| page.shown(*r)).collect::<Vec<_>>().join(" "),
                squeezed(paragraph)
            );
            all_kept(cleaned, place, ranges, Kind::Markup);
        }
        if let Some(title) = place.title {
            assert_eq!(article.title, Some(page.shown(title)));
        }
        is_built_of_its_paragraphs(article, |range| page.shown(range));
    }
}
