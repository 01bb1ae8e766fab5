//! Formulas as their source in TeX, where a page has it: beside the signs that MathML lays out, or in place of a picture.

use crate::html::markup::attributes::{attributes, value_of};

/// Bytes of the longest formula that is looked through.
const LONGEST: usize = 1 << 16;

/// Where the TeX stands that a `math` element has as an annotation, given the source behind its tag; and where the element ends.
pub(in crate::html) fn annotation(rest: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let near = &rest.as_bytes()[..rest.len().min(LONGEST)];
    let is_tag = |at: usize, name: &[u8]| {
        near.get(at..at + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    };
    let mut tags = memchr::memchr_iter(b'<', near);
    // In a comment may stand what looks like a tag: a formula that holds one is laid out as it stands.
    let end =
        tags.find(|&at| is_tag(at, b"<math") || is_tag(at, b"</math") || is_tag(at, b"<!--"))?;
    if !is_tag(end, b"</math") {
        return None;
    }
    let tag = memchr::memchr_iter(b'<', &near[..end]).find(|&at| is_tag(at, b"<annotation "))?;
    let start = tag + memchr::memchr(b'>', &near[tag..end])? + 1;
    let is_tex = attributes(&rest[tag + b"<annotation".len()..start - 1]).any(|a| {
        a.name.eq_ignore_ascii_case("encoding") && a.value.to_ascii_lowercase().ends_with("tex")
    });
    let length = memchr::memchr(b'<', &near[start..end])?;
    let close = end + memchr::memchr(b'>', &near[end..])? + 1;
    is_tex.then_some((start..start + length, close))
}

/// The TeX that stands in place of a picture, as MediaWiki, WordPress and LaTeX2HTML print it.
pub(in crate::html) fn of_picture(text: &str) -> Option<&str> {
    let value = |name: &str| value_of(text, name);
    let alternative = value("alt")?.trim();
    let is_formula = value("class").is_some_and(|names| {
        names.split(['-', '_', ' ']).any(|name| {
            ["math", "latex", "tex", "mwe"].iter().any(|known| name.eq_ignore_ascii_case(known))
        })
    });
    let is_tex =
        alternative.starts_with("{\\displaystyle") || alternative.starts_with("{\\textstyle");
    (is_tex || is_formula && !alternative.is_empty()).then_some(alternative)
}

/// Whether a script holds the source of a formula, as MathJax has it: `math/tex; mode=display`.
pub(in crate::html) fn is_script(text: &str) -> bool {
    let kind = value_of(text, "type").and_then(|kind| kind.trim_start().get(..8));
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("math/tex"))
}

/// Whether an element shows what the script of a formula behind it holds: MathJax puts them into the pages that are saved.
pub(in crate::html) fn is_laid_out(text: &str) -> bool {
    attributes(text).any(|a| {
        a.name.eq_ignore_ascii_case("class") && a.value.trim() == "MathJax_Preview"
            || a.name.eq_ignore_ascii_case("id")
                && a.value.starts_with("MathJax-Element-")
                && a.value.ends_with("-Frame")
    })
}

/// Whether text between dollar signs has the signs of TeX: prices have none.
pub(in crate::html) fn is_tex(text: &str) -> bool {
    let names = |(at, _)| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let is_signed = text.contains(['^', '_']) || text.match_indices('\\').any(names);
    is_signed && text.trim() == text && !text.contains("](") && !text.contains("**")
}

/// Whether a text of Markdown holds a formula between dollar signs.
pub(in crate::html) fn are_in(markdown: &str) -> bool {
    let opens_block = |line: &str| line.trim() == "$$";
    let holds_one = |line: &str| {
        let mut parts = line.split('$');
        parts.next();
        parts.step_by(2).any(is_tex) || line.contains("$$") && line.split("$$").any(is_tex)
    };
    memchr::memchr(b'$', markdown.as_bytes()).is_some()
        && markdown.lines().any(|line| opens_block(line) || holds_one(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::page::HtmlPage;
    use crate::span::Span;

    fn text(source: &str) -> String {
        HtmlPage::of(source).shown.text
    }

    #[test]
    fn the_source_of_a_formula_stands_for_its_signs() {
        let source = "so <math><semantics><mi>h</mi><mo>&lt;</mo><msup><mi>a</mi><mn>2</mn></msup>\
            <annotation encoding='application/x-tex'>h &lt; a^2</annotation></semantics></math> holds";
        let page = HtmlPage::of(source).shown;
        assert_eq!(page.text, "so h < a^2 holds");
        assert_eq!(page.source_of(Span::new(3, 10))[0].of(source), "h &lt; a^2");
        assert_eq!(text("so <math><mi>h</mi><mo>=</mo><mn>2</mn></math> holds"), "so h=2 holds");
        let upper =
            "<MATH><mi>h</mi><ANNOTATION encoding='application/x-tex'>h^2</ANNOTATION></MATH>";
        assert_eq!(text(upper), "h^2");
        assert_eq!(
            text(
                &upper.replace("<mi>", "<!-- <annotation encoding='x-tex'>k</annotation> --><mi>")
            ),
            "h"
        );
    }

    #[test]
    fn formulas_between_dollar_signs_are_told_from_prices() {
        for formula in ["so $h_1 + a^2$ holds", "so $\\alpha$ holds", "$$\nx\n$$", "a $$h^2$$"] {
            assert!(are_in(formula), "{formula}");
        }
        for price in
            ["$5 or $6", "[$5](/a_b) or [$6](/c_d)", "US$12.99** or **US$79", "$$ to $$$", "x^2"]
        {
            assert!(!are_in(price), "{price}");
        }
    }

    #[test]
    fn the_script_of_a_formula_stands_for_what_it_lays_out() {
        let source = "so <span class=MathJax_Preview>[h]</span><span class=MathJax id='MathJax-Element-1-Frame'><i>h</i>=2</span>\
            <script type='math/tex; mode=display'>h < a_2 &amp; b</script> holds<script>h()</script>";
        assert_eq!(text(source), "so h < a_2 &amp; b holds");
    }

    #[test]
    fn a_picture_of_a_formula_is_its_source() {
        assert_eq!(
            text("so <img class='mwe-math-fallback' alt='{\\displaystyle E=mc^{2}}'> holds"),
            "so {\\displaystyle E=mc^{2}} holds"
        );
        assert_eq!(
            text("so <img class=latex alt='\\sum i'>, and <img class=photo alt='a boat'>."),
            "so \\sum i, and ."
        );
        assert_eq!(text("<div hidden>so <img class=latex alt='x'></div>no"), "no");
    }
}
