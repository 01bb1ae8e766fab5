//! The choice among the sets of a page: the one that the trees find likeliest to be right, or none.

use crate::clean::mark::{FeedThresholds, Marks};
use crate::clean::model::file::parse_trees;
use crate::clean::model::trees::Trees;
use crate::clean::segment::Segment;
use crate::clean::split::again::next_pages;
use crate::clean::split::around::find_first;
use crate::clean::split::articles::{leave_unnamed, segments, untitled};
use crate::clean::split::candidates::{Candidate, candidates};
use crate::clean::split::cohesion::Cohesion;
use crate::clean::split::forms::Family;
use crate::clean::split::headed::title_with_day;
use crate::clean::split::items::SplitThresholds;
use crate::clean::split::lines::Lines;
use crate::clean::split::machine::is_parted_by_program;
use crate::clean::split::measures::{MEASURES, Measurer};
use crate::clean::split::missed::complete;
use crate::clean::split::rules;
use crate::clean::split::told::told;
use crate::clean::split::weak::{PART_TWO, lead_of_weak};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::span::Kind;

/// A set of places at which a page may part, for training.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SplitCandidate {
    /// What its lines have in common, and where an article begins from each.
    pub(crate) form: String,
    /// The first block of each part but one that begins above all of them.
    pub(crate) starts: Vec<usize>,
    /// Its measures.
    pub(crate) measures: Vec<f32>,
}

/// Words of the shortest text that can stand alone where neither words nor numbers part it from others: cards hold fewer.
const ALONE: u32 = 20;
/// The articles of a page.
#[derive(Debug, Default)]
pub(crate) struct Parted {
    pub(crate) segments: Vec<Segment>,
    /// The log-odds that the likeliest set has beyond what is asked of it: below 0 where the page stays whole. None where none was measured.
    pub(crate) lead: Option<f32>,
}

impl From<Vec<Segment>> for Parted {
    fn from(segments: Vec<Segment>) -> Self {
        Self { segments, lead: None }
    }
}

/// Says where a page parts.
#[derive(Debug)]
pub(crate) struct Splitter {
    /// Which set of a page is the best.
    choice: Trees,
    /// Whether a page is several articles, by the best of its sets.
    several: Trees,
}

impl Splitter {
    /// The trees that are compiled in.
    ///
    /// # Errors
    /// [`Error::Model`] if they do not fit this version, which the tests rule out.
    pub(crate) fn built_in() -> Result<Self> {
        let parse = |bytes: &[u8], model: &str| {
            parse_trees(bytes, MEASURES).ok_or_else(|| Error::Model {
                model: model.into(),
                reason: "was trained for other measures".into(),
            })
        };
        Ok(Self {
            choice: parse(include_bytes!("splits.model"), "the built-in model of splits")?,
            several: parse(
                include_bytes!("several.model"),
                "the built-in model of several articles",
            )?,
        })
    }

    /// The articles of a page.
    pub(crate) fn split(
        &self,
        page: &Page,
        marks: &Marks,
        thresholds: &SplitThresholds,
        feed: &FeedThresholds,
    ) -> Parted {
        let by_rules = rules::split(page, marks, thresholds, feed);
        if by_rules.iter().any(|segment| segment.feed.is_some()) {
            return by_rules.into();
        }
        if page.blocks.iter().filter(|block| block.is_prose()).count() < 2 {
            return by_rules.into();
        }
        let lines = Lines::of(page, marks);
        let (chosen, lead) = self.choose(&lines, &by_rules, thresholds);
        let starts = chosen.as_ref().map_or(&[][..], |set| &set.starts);
        let told = told(&lines);
        if told.len() > starts.len() + 1 {
            return segments(&lines, &Candidate::of_rules(told)).into();
        }
        let pages = next_pages(&lines, &thresholds.pages);
        if pages.len() > starts.len() {
            return untitled(&lines, pages).into();
        }
        let Some(chosen) = chosen else {
            let whole = Segment { blocks: 0..lines.len(), ..Segment::default() };
            return Parted { segments: vec![whole], lead };
        };
        let is_of_rules = chosen.starts == starts_of(&by_rules);
        let known = chosen.starts.len();
        let chosen = complete(&lines, chosen);
        let mut segments = match is_of_rules && chosen.starts.len() == known {
            true => by_rules,
            false => segments(&lines, &chosen),
        };
        find_first(&lines, &mut segments);
        title_with_day(&lines, &mut segments);
        leave_unnamed(&lines, lines.named(), &mut segments);
        Parted { segments, lead }
    }

    /// The set at which a page parts, none where it is one article; and the lead of the likeliest set.
    fn choose(
        &self,
        lines: &Lines,
        by_rules: &[Segment],
        thresholds: &SplitThresholds,
    ) -> (Option<Candidate>, Option<f32>) {
        let sets = sets_of(lines, by_rules);
        let (mut sets, rows): (Vec<Candidate>, Vec<Vec<f32>>) = sets.into_iter().unzip();
        let mut choice = vec![0.0; rows.len()];
        self.choice.add(&rows, &mut choice);
        let of_program: Vec<bool> =
            sets.iter().map(|set| is_parted_by_program(lines, set)).collect();
        for (at, (odds, set)) in choice.iter_mut().zip(&sets).enumerate() {
            let is_known = completes(&set.starts, &starts_of(by_rules))
                || set.ways.has_family(Family::Rules)
                || is_listed(lines, set, lines.named());
            *odds += if is_known { thresholds.lead_of_rules } else { 0.0 };
            *odds += if of_program[at] { thresholds.lead_of_program } else { 0.0 };
        }
        let likelier = |&a: &usize, &b: &usize| choice[a].total_cmp(&choice[b]).then(b.cmp(&a));
        let Some(best) = (1..sets.len()).max_by(likelier) else {
            let of_rules = || Candidate::of_rules(starts_of(by_rules));
            return ((by_rules.len() > 1).then(of_rules), None);
        };
        let mut several = [0.0];
        self.several.add(&rows[best..=best], &mut several);
        several[0] += if of_program[best] { thresholds.lead_of_program } else { 0.0 };
        let share = thresholds.share_of_choice;
        let odds = share * choice[best] + (1.0 - share) * several[0];
        let weak =
            if of_program[best] { 0.0 } else { lead_of_weak(lines, &sets[best], thresholds) };
        let lead = odds - thresholds.lead_of_split - weak;
        ((lead >= 0.0).then(|| sets.swap_remove(best)), Some(lead))
    }
}

/// Whether a set parts a page wherever the rules do, and at a few more places: lines of their form that the rules do not see.
fn completes(starts: &[usize], of_rules: &[usize]) -> bool {
    /// Of the places that the rules find, how many one more may stand for.
    const FOR_ONE: usize = 2;
    of_rules.len() > 1
        && starts.len() <= of_rules.len() + of_rules.len() / FOR_ONE
        && of_rules.iter().all(|start| starts.binary_search(start).is_ok())
}

/// Whether most parts of a set hold a paragraph, as the dates in a list of events part no articles.
fn is_of_texts(lines: &Lines, set: &Candidate) -> bool {
    let parts = || set.parts(lines.len());
    let is_counted = set.ways.has_family(Family::Number) || set.ways.has_family(Family::Bullet);
    let is_told = is_counted || PART_TWO.iter().any(|&family| set.ways.has_family(family));
    let least = if is_told { 1 } else { ALONE };
    let with_text = parts().filter(|&(start, end)| lines.words.within(start..end) >= least).count();
    with_text * 2 > parts().count()
}

/// Whether a set parts the numbered points of one text: paragraphs without a headline of their own, below the line of its author.
fn are_points(lines: &Lines, set: &Candidate) -> bool {
    let Some(&first) = set.starts.first() else { return false };
    let is_point = |(start, end): (usize, usize)| {
        lines.page.blocks[start].is_prose()
            && (start + 1..end).all(|at| !lines.page.blocks[at].is_prose())
    };
    let points = set.parts(lines.len()).filter(|&part| is_point(part)).count();
    let is_signed = || (0..first).any(|at| lines.marks.kind(at) == Some(Kind::Meta));
    set.ways.has_family(Family::Number)
        && points * 2 > set.parts(lines.len()).count()
        && is_signed()
}

/// Whether a set parts a page where most sheets of paper begin with the same running head, or with one that counts them, and go on with text.
fn are_sheets(lines: &Lines, set: &Candidate) -> bool {
    let goes_on = |start: usize| !lines.is_title.get(start + 1).is_some_and(|is_title| *is_title);
    let is_sheet = |&&start: &&usize| lines.is_below_form_feed(start) && goes_on(start);
    let below = set.starts.iter().filter(is_sheet);
    let mut heads: Vec<u64> = below.map(|&start| lines.literal[start]).collect();
    heads.sort_unstable();
    let same = heads.chunk_by(|a, b| a == b).filter(|same| same[0] != 0).map(<[u64]>::len);
    same.max().is_some_and(|same| same > 1 && same * 2 > set.starts.len())
}

/// Whether a set parts a page at lines of symbols above the headlines that a list of contents names, and hardly elsewhere: the chapters of one
/// text have no lines of symbols between them.
fn is_listed(lines: &Lines, set: &Candidate, named: &[usize]) -> bool {
    let below_symbols = |&at: &usize| at > 0 && lines.page.blocks[at - 1].is_symbolic();
    named.len() >= 2
        && set.ways.has_family(Family::Symbols)
        && set.starts.len() <= named.len() + 2
        && named.iter().all(|at| set.starts.binary_search(at).is_ok() && below_symbols(at))
}

/// What is seen of the sets of a page.
pub(crate) fn split_candidates(
    page: &Page,
    marks: &Marks,
    thresholds: &SplitThresholds,
    feed: &FeedThresholds,
) -> Vec<SplitCandidate> {
    let by_rules = rules::split(page, marks, thresholds, feed);
    let lines = Lines::of(page, marks);
    let row = |(set, measures): (Candidate, Vec<f32>)| SplitCandidate {
        form: format!("{:?}", set.family),
        starts: set.starts,
        measures,
    };
    sets_of(&lines, &by_rules).into_iter().map(row).collect()
}

/// The sets of a page that may part it, with their measures; the first is "no split".
fn sets_of(lines: &Lines, by_rules: &[Segment]) -> Vec<(Candidate, Vec<f32>)> {
    let cohesion = Cohesion::of(lines);
    let mut sets = candidates(lines, &cohesion, starts_of(by_rules));
    let may_part = |set: &Candidate| {
        is_of_texts(lines, set) && !are_points(lines, set) && !are_sheets(lines, set)
    };
    sets.retain(|set| set.starts.is_empty() || may_part(set));
    let rows = Measurer::of(lines, &cohesion, &sets).rows(&sets);
    sets.into_iter().zip(rows).collect()
}

fn starts_of(segments: &[Segment]) -> Vec<usize> {
    segments.iter().skip(1).map(|segment| segment.blocks.start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 4] = [
        "The keeper of the lock has asked the council for a second boat, since the first one leaks whenever more than two people sit in it.",
        "Nobody at the mill could say on Friday who had opened the sluice, but the meadow below it stood under water until the evening.",
        "A school at the far end of the sound has taught its pupils to mend nets again, forty years after the last boat was sold.",
        "The bakers of the old town will light their ovens at three in the morning and not at one, as they have done since the war.",
    ];
    const OPENING: &str =
        "The week was long, and this is what came of it, as the keeper of the lock wrote it down.";

    /// A page of texts, each below a head.
    fn page(above: &str, head: impl Fn(usize) -> String) -> String {
        let parts: Vec<String> =
            TEXTS.iter().enumerate().map(|(at, text)| format!("{}\n{text}", head(at))).collect();
        format!("{above}\n\n{}\n", parts.join("\n\n"))
    }

    /// Into how many articles a text parts, with this share of the trees that choose.
    fn parts(text: &str, share_of_choice: f32) -> usize {
        let page = Page::new(text);
        let marks = Marks::new(page.blocks.len());
        let thresholds = SplitThresholds { share_of_choice, ..SplitThresholds::default() };
        let splitter = Splitter::built_in().unwrap();
        let parted = splitter.split(&page, &marks, &thresholds, &FeedThresholds::default());
        parted.segments.iter().filter(|segment| !segment.is_around).count()
    }

    #[test]
    fn a_set_completes_that_of_the_rules_with_few_places_more() {
        assert!(completes(&[3, 7, 9, 12], &[3, 9, 12]));
        assert!(!completes(&[3, 7, 12], &[3, 9, 12]), "one of theirs is missing");
        assert!(!completes(&[1, 2, 3, 4, 5, 9, 12], &[3, 9, 12]), "as many again are others");
    }

    #[test]
    fn sheets_of_paper_with_a_running_head_are_no_articles() {
        let sheets = |head: &str| TEXTS.map(|text| format!("{head}{text}\n")).join("\u{c}");
        let found = |text: &str| {
            let page = Page::new(text);
            let marks = Marks::new(page.blocks.len());
            let lines = Lines::of(&page, &marks);
            let starts = (1..lines.len()).filter(|&at| lines.is_below_form_feed(at)).collect();
            are_sheets(&lines, &Candidate::of_rules(starts))
        };
        assert!(found(&sheets("Report of the lock 3\n\n")));
        assert!(!found(&sheets("")));
        assert!(
            !found(&sheets("The Lock Bugle\n\nSecond boat for the lock\n\n")),
            "a headline each"
        );
    }

    #[test]
    fn the_steps_of_one_text_stay_together() {
        let text =
            page(&format!("What the boat taught me\n\n{OPENING}"), |at| format!("Step {}", at + 1));
        assert_eq!(parts(&text, SplitThresholds::default().share_of_choice), 1);
    }

    #[test]
    fn both_models_part_stories_that_are_counted() {
        let heads =
            ["Second boat for the lock", "Meadow under water", "Pupils mend nets", "Late bread"];
        let text = page("The Quay Letter", |at| format!("[{}] {}", at + 1, heads[at]));
        for share in [0.0, 0.3, 1.0] {
            assert_eq!(parts(&text, share), TEXTS.len(), "{share}");
        }
    }

    #[test]
    fn what_looks_like_one_text_must_be_likelier_to_be_many() {
        let hours = ["21.10", "23.45", "3.30", "6.00"];
        let text = page("What the boat taught me", |at| format!("{} Uhr", hours[at]));
        let certain = SplitThresholds::default().lead_of_weak;
        let page = Page::new(&text);
        let marks = Marks::new(page.blocks.len());
        let split = |lead_of_weak: f32| {
            let thresholds = SplitThresholds { lead_of_weak, ..SplitThresholds::default() };
            let splitter = Splitter::built_in().unwrap();
            let parted = splitter.split(&page, &marks, &thresholds, &FeedThresholds::default());
            parted.segments.len()
        };
        assert_eq!(split(certain), 1);
        assert!(split(0.0) > 1);
    }
}
