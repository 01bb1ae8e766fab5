//! What comes out of the reading of a page: its lines as blocks; of HTML the text, what it states, and what its elements say.

use crate::clean::Cleaner;
use crate::html::{DomFeatures, EVIDENCE, HtmlPage};
use crate::page::Page;

/// The first words of a text.
fn head(text: &str) -> String {
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// The blocks of a text, each with the number of its lines and its first words, `code` before those of a listing; above them whether wrapped
/// lines prevail.
pub(super) fn blocks(cleaner: &Cleaner, _: &str, text: &str) -> String {
    let page = Page::with(text.trim_matches('\n'), &cleaner.thresholds.page);
    let is_code = |index: &usize| page.listings.iter().any(|listing| listing.contains(index));
    let shown = (0..page.blocks.len()).map(|index| {
        let code = if is_code(&index) { "code " } else { "" };
        format!("{code}{} {}", page.blocks[index].lines.len(), head(page.text_of(index)))
    });
    let wrapped = page.wrapped.then(|| "wrapped".to_owned());
    wrapped.into_iter().chain(shown).collect::<Vec<_>>().join("\n")
}

/// The text that a page shows.
pub(super) fn shown(cleaner: &Cleaner, _: &str, source: &str) -> String {
    HtmlPage::with(source, &cleaner.thresholds.html).shown.text.trim().to_owned()
}

/// What a page states of its article.
pub(super) fn stated(cleaner: &Cleaner, _: &str, source: &str) -> String {
    let stated = HtmlPage::with(source, &cleaner.thresholds.html).stated;
    let said = [
        ("headline", stated.headlines),
        ("published", stated.published.into_iter().collect()),
        ("author", stated.authors),
        ("perhaps", stated.maybe_authors),
        ("publisher", stated.publisher.into_iter().collect()),
    ];
    let lines = said.into_iter().filter(|(_, values)| !values.is_empty());
    let shown: Vec<String> =
        lines.map(|(field, values)| format!("{field}: {}", values.join("; "))).collect();
    if shown.is_empty() { "-".into() } else { shown.join("\n") }
}

/// What the elements of a page say of each block: the features that are not zero, those alone by name that are one.
pub(super) fn evidence(cleaner: &Cleaner, _: &str, source: &str) -> String {
    let t = &cleaner.thresholds;
    let html = HtmlPage::with(source, &t.html);
    let page = Page::rendered(&html.shown.text, &t.page);
    let of_blocks = html.evidence(&page, html.headline(&page), &t.html);
    let shown = of_blocks.iter().enumerate().map(|(index, features)| {
        let mut row = [0.0; EVIDENCE];
        features.fill(&mut row);
        let said = DomFeatures::ranges().zip(row).filter(|(_, value)| *value != 0.0);
        let said: Vec<String> = said
            .map(
                |((name, _), value)| if value == 1.0 { name } else { format!("{name} {value:.2}") },
            )
            .collect();
        format!("{}: {}", head(page.text_of(index)), said.join(", "))
    });
    shown.collect::<Vec<_>>().join("\n")
}
