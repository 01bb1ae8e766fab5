//! What stands amid the text of an article and would be dropped for its words alone: the heads of its sections, and sentences of one word.

use rustc_hash::FxHashSet;

use crate::adjustable::adjustable;
use crate::clean::build::Structure;
use crate::clean::judge::Verdict;
use crate::clean::mark::{DATE_LINE, Marks, Strength};
use crate::clean::segment::Segment;
use crate::html::DomFeatures;
use crate::page::{Page, RoleKind};
use crate::span::{Decider, Kind};
use crate::structure::InlineType;
use crate::text::sentence::ends_plainly;

adjustable! {
    /// What is kept amid text, whatever its words.
    AmidThresholds {
        /// Words of the longest sentence.
        sentence_words: u32 = 1,
        /// Blocks above the head of a section among which kept text stands.
        above: usize = 3,
        /// Words of the longest head of a section: names of parts of a page are short.
        head_words: u32 = 8,
        /// The part of a head or a sentence that stands in links, 0 to 1: less than this.
        linked: f32 = 0.5,
    }
}

/// An article whose blocks have been judged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judging<'a> {
    /// The page.
    pub page: &'a Page<'a>,
    /// The article's blocks.
    pub segment: &'a Segment,
    /// What rules and detectors say.
    pub marks: &'a Marks,
    /// What its blocks are.
    pub structure: &'a Structure<'a>,
    /// What the elements of a page of HTML say of all blocks of it.
    pub evidence: Option<&'a [DomFeatures]>,
}

/// Keeps what is dropped for its words alone and stands where text does. `verdicts` are those on the blocks of the article.
pub(crate) fn keep_amid_text(input: &Judging, verdicts: &mut [Verdict], t: &AmidThresholds) {
    let kept = Kept::of(input, verdicts);
    for at in 1..verdicts.len().saturating_sub(1) {
        let is_text = input.is_for_its_words(at, verdicts, t)
            && (input.is_lone_sentence(at, verdicts, t) || input.is_head(at, verdicts, &kept, t));
        if is_text {
            verdicts[at] = Verdict::kept();
        }
    }
}

/// What of an article is kept as text before heads amid it are.
struct Kept {
    /// The last paragraph in the element that holds most of the text.
    last: Option<usize>,
    /// The levels of headings, each with the element that holds it.
    headings: FxHashSet<(u8, u32)>,
}

impl Kept {
    fn of(input: &Judging, verdicts: &[Verdict]) -> Self {
        let evidence = input.evidence.unwrap_or_default();
        let own = |at: usize| evidence.get(input.place(at));
        let is_last = |&at: &usize| {
            input.is_kept_prose(at, verdicts) && own(at).is_some_and(|own| own.in_trunk)
        };
        let kept = (0..verdicts.len()).filter(|&at| verdicts[at].kind == Kind::Body);
        let headings = kept.filter_map(own).filter(|own| own.heading > 0);
        Self {
            last: (0..verdicts.len()).rev().find(is_last),
            headings: headings.map(|own| (own.heading, own.holder)).collect(),
        }
    }
}

impl Judging<'_> {
    /// Whether a block that links nowhere is dropped for its words, or a numbered heading by the model.
    fn is_for_its_words(&self, at: usize, verdicts: &[Verdict], t: &AmidThresholds) -> bool {
        let is_by_words = match &verdicts[at].by {
            Some(Decider::Rule(_)) => true,
            Some(Decider::Model | Decider::ModelBy(_)) => self.is_numbered_heading(at),
            Some(Decider::Detector(name)) => *name == DATE_LINE.name,
            _ => false,
        };
        let linked = self.evidence.map_or(0.0, |all| all[self.place(at)].linked);
        let is_sure = self.marks.of(self.place(at)).is_some_and(|m| m.strength == Strength::Sure);
        is_by_words
            && !is_sure
            && linked < t.linked
            && !matches!(verdicts[at].kind, Kind::Body | Kind::Title)
    }

    /// Whether a block is a heading with a number before it: `2. Methods`, `3.1 Locks`.
    fn is_numbered_heading(&self, at: usize) -> bool {
        let index = self.place(at);
        let is_heading = self.evidence.is_some_and(|all| all[index].heading > 1);
        let first = || self.page.text_of(index).split_whitespace().next().unwrap_or_default();
        is_heading
            && first().starts_with(|c: char| c.is_ascii_digit())
            && first().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    }

    /// Whether a block is a sentence of one word between paragraphs that are kept.
    fn is_lone_sentence(&self, at: usize, verdicts: &[Verdict], t: &AmidThresholds) -> bool {
        let block = &self.page.blocks[self.place(at)];
        let is_kept = |at: usize| self.is_kept_prose(at, verdicts);
        verdicts[at].kind != Kind::Ad
            && block.marker.is_none()
            && (1..=t.sentence_words).contains(&block.shape.words)
            && block.shape.digits == 0
            && ends_plainly(self.page.text_of(self.place(at)))
            && is_kept(at - 1)
            && is_kept(at + 1)
    }

    /// Whether a block is a head, by the elements of the page, of kept text right below it, and the text stands above it and goes on below.
    fn is_head(&self, at: usize, verdicts: &[Verdict], kept: &Kept, t: &AmidThresholds) -> bool {
        let Some(evidence) = self.evidence else { return false };
        let is_kept = |at: usize| matches!(verdicts[at].kind, Kind::Body | Kind::Title);
        let is_of_words = self.page.blocks[self.place(at)].shape.words <= t.head_words;
        is_of_words
            && kept.last.is_some_and(|last| last > at + 1)
            && (at.saturating_sub(t.above)..at).any(is_kept)
            && self.is_named_head(at, evidence)
            && self.opens_text(at, verdicts)
            && self.is_with_text(at, verdicts, kept, evidence)
    }

    /// Whether a head is one of the text and not of a box amid it: its word heads no boxes, and the text below it stands in its element, or another
    /// kept heading does.
    fn is_with_text(
        &self,
        at: usize,
        verdicts: &[Verdict],
        kept: &Kept,
        evidence: &[DomFeatures],
    ) -> bool {
        let own = &evidence[self.place(at)];
        let below = &evidence[self.place(at + 1)];
        let heads_boxes = matches!(
            verdicts[at].kind,
            Kind::Related | Kind::Share | Kind::Newsletter | Kind::Comments | Kind::Ad
        );
        let has_peer = || kept.headings.contains(&(own.heading, own.holder));
        own.hints.without(below.hints).is_empty()
            && !heads_boxes
            && (own.holder == below.holder || has_peer())
    }

    /// Whether the elements of the page say that a block is a head: a heading, a term, a line that is strong from end to end.
    fn is_named_head(&self, at: usize, evidence: &[DomFeatures]) -> bool {
        let index = self.place(at);
        match self.structure.role(index).kind {
            RoleKind::Heading(_) => evidence[index].heading > 1,
            RoleKind::Term => true,
            RoleKind::Paragraph => {
                let span = self.page.blocks[index].unmarked();
                let marks = self.structure.marks();
                // The white space before it counts to it.
                let start =
                    index.checked_sub(1).map_or(0, |above| self.page.blocks[above].span.end);
                let from = marks.partition_point(|mark| mark.text.start < start);
                let mut here =
                    marks[from..].iter().take_while(|mark| mark.text.start <= span.start);
                here.any(|mark| mark.role == InlineType::Strong && mark.text.end >= span.end)
            }
            _ => false,
        }
    }

    /// Whether kept text of its own stands right below a head.
    fn opens_text(&self, at: usize, verdicts: &[Verdict]) -> bool {
        let below = self.place(at + 1);
        let is_told = matches!(
            self.structure.role(below).kind,
            RoleKind::Definition | RoleKind::Code | RoleKind::Row
        );
        verdicts[at + 1].kind == Kind::Body
            && (is_told || self.page.blocks[below].shape.ends_sentence)
    }

    fn is_kept_prose(&self, at: usize, verdicts: &[Verdict]) -> bool {
        verdicts[at].kind == Kind::Body && self.page.blocks[self.place(at)].is_prose()
    }

    /// Where in the page a block of the article stands.
    fn place(&self, at: usize) -> usize {
        self.segment.blocks.start + at
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    const PARAGRAPHS: [&str; 4] = [
        "The keeper of the signal mast climbs its ladder twice a night, since the lamp goes out whenever the wind turns to the north.",
        "He has asked the council for a second lamp, which would hang below the first and burn until the ferry has come in.",
        "The council answered that a second lamp would confuse the pilots, of whom there are three, and that oil is dear this year.",
        "In the end the pilots bought the lamp themselves, and they drew lots over who should fill it on which night of the week.",
    ];

    fn kept(page: &str) -> Vec<String> {
        let cleaner = Cleaner::new(Options::default()).unwrap();
        let cleaned =
            if page.starts_with('<') { cleaner.clean_html(page) } else { cleaner.clean(page) };
        let texts: String =
            cleaned.articles.iter().map(|article| format!("{}\n\n", article.text)).collect();
        texts.split("\n\n").map(str::to_owned).collect()
    }

    /// A page of the four paragraphs with this between the second and the third.
    fn page(between: &str) -> String {
        let [one, two, three, four] = PARAGRAPHS;
        format!(
            "<title>The signal mast</title><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul><main><article><h1>The signal mast</h1>\
             <p>{one}</p><p>{two}</p>{between}<p>{three}</p><p>{four}</p></article></main><footer><h4>Search</h4><p>Harbour paper</p></footer>"
        )
    }

    #[test]
    fn the_head_of_a_section_is_kept_whatever_its_word() {
        for word in [
            "Search",
            "Events",
            "Tags",
            "Authors",
            "License",
            "Login",
            "Privacy",
            "Cookies",
            "Navigation",
            "Profile",
        ] {
            for head in
                ["<h2>WORD</h2>", "<h3><code>WORD</code></h3>", "<p><strong>WORD</strong></p>"]
            {
                let text = kept(&page(&head.replace("WORD", word)));
                assert!(text.iter().any(|line| line == word), "{word} {head}: {text:?}");
            }
        }
        let text = kept(&page(
            "<dl><dt>Search</dt><dd>The keeper looks for the ferry with a glass that he has on loan from the school.</dd></dl>",
        ));
        assert!(text.iter().any(|line| line == "Search"), "{text:?}");
    }

    #[test]
    fn a_head_without_text_of_its_own_is_still_what_its_word_says() {
        let text = kept(&page(
            "<h2>Search</h2><ul><li><a href=/a>Archive</a><li><a href=/b>Log in</a></ul>",
        ));
        assert!(!text.iter().any(|line| line == "Search"), "{text:?}");
        assert_eq!(kept(&page("")), kept(&page("<p><a href=/s>Search</a></p>")));
    }

    #[test]
    fn a_sentence_of_one_word_between_paragraphs_is_text() {
        let [one, two, three, four] = PARAGRAPHS;
        for word in ["Home.", "Close.", "Send.", "Today."] {
            let text = kept(&page(&format!("<p>{word}</p>")));
            assert!(text.iter().any(|line| line == word), "{word}: {text:?}");
            let text = kept(&format!(
                "The signal mast\n\n{one}\n\n{two}\n\n{word}\n\n{three}\n\n{four}\n"
            ));
            assert!(text.iter().any(|line| line == word), "{word}: {text:?}");
        }
        assert!(!kept(&page("<p>Close</p>")).iter().any(|line| line == "Close"));
    }
}
