//! Runs of one form get one verdict: the items of a list, the rows of a table, the lines of a listing or of verse.
//!
//! Each block has been judged for itself. What stands in a run is judged again by the evidence on all of it: the mean of the model's log-odds,
//! less what marks say. So no list loses an item from its middle, and a menu is not kept by the one item that reads like a sentence.

use std::ops::Range;

use crate::adjustable::adjustable;
use crate::clean::build::Structure;
use crate::clean::judge::{JudgeInput, Verdict};
use crate::clean::mark::{Detector, LISTING, Marks, Strength, VERSE};
use crate::clean::model::Prediction;
use crate::clean::segment::Segment;
use crate::html::DomFeatures;
use crate::page::{Marker, Page, RoleKind};
use crate::span::{Decider, Kind};

adjustable! {
    /// When a run is text, and when it is debris.
    FormThresholds {
        /// Items or rows of the shortest run.
        run: usize = 3,
        /// Percent of the items that were kept in a run that is text: more than this.
        kept: usize = 50,
        /// Percent of the items that were kept in a run that is debris: less than this.
        few: usize = 25,
        /// Log-odds from which on nothing is more certain.
        certain: f32 = 4.0,
        /// The least mean probability at which code or verse amid the text is kept: of such lines the model knows little.
        unknown: f32 = 0.047,
        /// The least mean probability at which a table of data amid the text is kept.
        table: f32 = 0.3,
        /// Part of such a table that stands in links, 0 to 1: from this on it is a menu.
        linked: f32 = 0.5,
        /// Factor on the least probability for the line over a list that is kept.
        head: f32 = 0.4,
        /// Factor on the least probability for a heading of the page's elements between text that is kept.
        heading: f32 = 0.25,
    }
}

/// What is the same in the blocks of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Listing,
    Verse,
    /// A row of so many cells.
    Row(usize),
    /// An item so far in.
    Item(Marker, usize),
}

/// Gives the blocks of every run one verdict. `verdicts` are those on the blocks of the article.
pub(crate) fn settle_runs(
    input: &JudgeInput,
    verdicts: &mut [Verdict],
    thresholds: &FormThresholds,
) {
    if input.predictions.is_empty() {
        return;
    }
    let blocks: Vec<usize> = input.segment.blocks.clone().collect();
    let forms: Vec<Option<Form>> = blocks.iter().map(|&index| form_of(input, index)).collect();
    let mut end = 0;
    for run in forms.chunk_by(|a, b| a == b) {
        let range = end..end + run.len();
        end = range.end;
        match run[0] {
            Some(Form::Listing | Form::Verse) => settle_text(input, range, verdicts, thresholds),
            Some(_) if range.len() >= thresholds.run => {
                settle_list(input, range, verdicts, thresholds);
            }
            _ => {}
        }
    }
}

fn form_of(input: &JudgeInput, index: usize) -> Option<Form> {
    let block = &input.page.blocks[index];
    let is_by = |detector: &Detector| {
        input.marks.of(index).is_some_and(|mark| mark.by == Decider::Detector(detector.name))
    };
    let cells = input.page.text_of(index).matches('\t').count();
    if is_by(&LISTING) {
        Some(Form::Listing)
    } else if is_by(&VERSE) {
        Some(Form::Verse)
    } else if cells > 0 {
        Some(Form::Row(cells))
    } else {
        block.marker.map(|marker| Form::Item(marker, block.indent))
    }
}

/// Code and verse are text where the paragraph next to them is, unless the model is sure that they are none.
fn settle_text(
    input: &JudgeInput,
    run: Range<usize>,
    verdicts: &mut [Verdict],
    t: &FormThresholds,
) {
    let start = input.segment.blocks.start;
    let is_prose = |at: &usize| input.page.blocks[start + at].is_prose();
    let before = (0..run.start).rev().find(is_prose);
    let after = (run.end..verdicts.len()).find(is_prose);
    let is_kept = |at: usize| verdicts[at].kind == Kind::Body;
    let amid_text =
        [before, after].into_iter().flatten().any(is_kept) || before.is_none() && after.is_none();
    if amid_text
        && mean(run.clone().map(|at| log_odds(input.predictions[at].probability, t)))
            >= log_odds(t.unknown, t)
    {
        return;
    }
    for verdict in &mut verdicts[run] {
        *verdict = Verdict::settled(Kind::Other, t.unknown);
    }
}

/// The items of a list are all text or all debris, as most of them are and the evidence on all of them says: text more readily, as what is
/// struck is lost. What a rule knows for sure stays.
fn settle_list(
    input: &JudgeInput,
    run: Range<usize>,
    verdicts: &mut [Verdict],
    t: &FormThresholds,
) {
    let kept = run.clone().filter(|&at| verdicts[at].kind == Kind::Body).count();
    if verdicts[run.clone()].iter().any(|verdict| verdict.kind == Kind::Title) {
        return;
    }
    // What a rule knows for sure of one line it does not know of an item amid others, nor of a row.
    let amid_text = is_amid_text(input.page, input.segment, &run, verdicts);
    let binds = |at: usize| is_sure(input, at) && !(amid_text && is_by_rule(input, at));
    let evidence = |at: usize| if binds(at) { -t.certain.abs() } else { log_odds_of(input, at, t) };
    let pooled = mean(run.clone().map(evidence));
    if kept * 100 > run.len() * t.kept && pooled >= 0.0 {
        for at in run.clone().filter(|&at| !binds(at)) {
            if verdicts[at].kind != Kind::Body {
                verdicts[at] = Verdict::settled(Kind::Body, input.least);
            }
        }
        keep_head(input, run.start, verdicts, t);
    } else if kept * 100 < run.len() * t.few && pooled < 0.0 {
        let other = run.clone().find(|&at| verdicts[at].kind.is_debris());
        let kind = other.map_or(Kind::Nav, |at| verdicts[at].kind);
        for verdict in verdicts[run].iter_mut().filter(|verdict| verdict.kind == Kind::Body) {
            *verdict = Verdict::settled(kind, input.least);
        }
    }
}

/// Keeps the line between a paragraph and a list that are both kept, though its words are those of a menu.
fn keep_head(input: &JudgeInput, list: usize, verdicts: &mut [Verdict], t: &FormThresholds) {
    let Some(head) = list.checked_sub(1).filter(|&head| head > 0) else { return };
    let least = input.least * t.head;
    if verdicts[head].kind == Kind::Nav
        && verdicts[head - 1].kind == Kind::Body
        && input.predictions[head].probability >= least
    {
        verdicts[head] = Verdict::settled(Kind::Body, least);
    }
}

/// Keeps all rows of tables of data: of those of which most are kept, and of those that stand between two paragraphs that are kept, unless they are
/// made of links or the model is sure that they are no text: those that the elements of the page make, and those that rules of signs draw.
pub(crate) fn keep_tables(
    page: &Page,
    segment: &Segment,
    (structure, evidence): (&Structure, Option<&[DomFeatures]>),
    (marks, predictions): (&Marks, &[Prediction]),
    verdicts: &mut [Verdict],
    t: &FormThresholds,
) {
    let start = segment.blocks.start;
    let unit = |at: usize| {
        let role = structure.role(start + at);
        (role.kind == RoleKind::Row).then_some(role.unit)
    };
    let units: Vec<Option<u32>> = (0..predictions.len()).map(unit).collect();
    let mut end = 0;
    for run in units.chunk_by(|a, b| a == b) {
        let range = end..end + run.len();
        end = range.end;
        let linked =
            || evidence.map_or(0.0, |all| mean(range.clone().map(|at| all[start + at].linked)));
        let Some(unit) = run[0] else { continue };
        let least = match evidence {
            Some(_) => t.table,
            None if structure.is_drawn(unit) => t.unknown,
            None => continue,
        };
        let odds = || mean(range.clone().map(|at| log_odds(predictions[at].probability, t)));
        let kept = range.clone().filter(|&at| verdicts[at].kind == Kind::Body).count();
        // Most rows of a table of the page's elements speak for all of them.
        let is_kept = evidence.is_some() && kept * 100 > run.len() * t.kept;
        let is_text = is_kept
            || run.len() >= t.run
                && is_amid_text(page, segment, &range, verdicts)
                && linked() < t.linked
                && odds() >= log_odds(least, t);
        if !is_text {
            continue;
        }
        for at in range {
            let by_detector = marks.of(start + at).is_some_and(|mark| {
                mark.strength == Strength::Sure && matches!(mark.by, Decider::Detector(_))
            });
            let is_rule = evidence.is_none() && page.blocks[start + at].is_symbolic();
            if verdicts[at].kind.is_debris() && !by_detector && !is_rule {
                verdicts[at] = Verdict::settled(Kind::Body, least);
            }
        }
    }
}

/// Keeps a heading that the elements of the page make between text and a paragraph that are both kept, where the model alone struck it.
pub(crate) fn keep_headings(
    page: &Page,
    segment: &Segment,
    evidence: &[DomFeatures],
    predictions: &[Prediction],
    verdicts: &mut [Verdict],
    t: &FormThresholds,
) {
    let start = segment.blocks.start;
    for at in 1..predictions.len().saturating_sub(1) {
        let is_by_model = matches!(verdicts[at].by, Some(Decider::Model | Decider::ModelBy(_)));
        let is_between = matches!(verdicts[at - 1].kind, Kind::Body | Kind::Title)
            && verdicts[at + 1].kind == Kind::Body
            && page.blocks[start + at + 1].is_prose();
        let needed = verdicts[at].needed.map(|needed| needed * t.heading);
        if evidence[start + at].heading > 1
            && verdicts[at].kind != Kind::Body
            && is_by_model
            && is_between
            && let Some(needed) = needed.filter(|needed| predictions[at].probability >= *needed)
        {
            verdicts[at] = Verdict::settled(Kind::Body, needed);
        }
    }
}

/// Whether a rule knows for sure that a block is debris.
fn is_sure(input: &JudgeInput, at: usize) -> bool {
    let mark = input.marks.of(input.segment.blocks.start + at);
    mark.is_some_and(|m| m.strength == Strength::Sure && m.kind.is_debris())
}

fn is_by_rule(input: &JudgeInput, at: usize) -> bool {
    let mark = input.marks.of(input.segment.blocks.start + at);
    mark.is_some_and(|mark| matches!(mark.by, Decider::Rule(_)))
}

/// Whether the paragraphs next to a run are both kept.
fn is_amid_text(page: &Page, segment: &Segment, run: &Range<usize>, verdicts: &[Verdict]) -> bool {
    let start = segment.blocks.start;
    let is_prose = |at: &usize| page.blocks[start + at].is_prose();
    let before = (0..run.start).rev().find(is_prose);
    let after = (run.end..verdicts.len()).find(is_prose);
    [before, after].iter().all(|at| at.is_some_and(|at| verdicts[at].kind == Kind::Body))
}

/// How much the model says for a block, in log-odds above the threshold.
fn log_odds_of(input: &JudgeInput, at: usize, t: &FormThresholds) -> f32 {
    log_odds(input.predictions[at].probability, t) - log_odds(input.least, t)
}

fn log_odds(probability: f32, t: &FormThresholds) -> f32 {
    let certain = t.certain.abs();
    (probability / (1.0 - probability)).ln().clamp(-certain, certain)
}

fn mean(values: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = values.len().max(1) as f32;
    values.sum::<f32>() / count
}
