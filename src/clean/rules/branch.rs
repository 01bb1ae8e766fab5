//! The branches of a pattern, and the literals that a text must hold for one of them to match.
//!
//! Every match of a branch holds a literal of each of its clauses (the conditions of RE2's FilteredRE2, by Cox), so that a text without
//! them need not be tried. A branch that matches finitely many whole texts is no more than a list of them.

use regex_syntax::ast::Ast;
use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Hir, HirKind, Look};

use crate::clean::rules::Scope;

/// A set of literals, one of which a text must hold.
pub(super) type Clause = Vec<Vec<u8>>;

/// What a text must hold for a branch to match it.
#[derive(Debug)]
pub(super) enum Need {
    /// The text is one of these.
    Whole(Clause),
    /// The text begins with a literal of the first, and holds one of each of the others.
    Parts {
        /// None when the branch may begin in many ways, or anywhere.
        begin: Option<Clause>,
        /// At most [`MOST_CLAUSES`].
        inside: Vec<Clause>,
    },
}

/// Bytes of a literal that are looked at.
const LITERAL: usize = 12;
/// The same of one that a text begins with.
pub(super) const OPENING: usize = 6;
/// Literals that a clause may have; one that a text begins with may have more, as each costs no more than its room in a table.
const MOST_LITERALS: usize = 600;
const MOST_OPENINGS: usize = 6_000;
/// Whole texts that a branch may list, and the bytes of the longest.
const MOST_TEXTS: usize = 3_000;
pub(super) const LONGEST_TEXT: usize = 160;
/// Clauses of a branch inside the text.
pub(super) const MOST_CLAUSES: usize = 3;
/// Characters of the largest class that is spelled out, and of one that a text begins with.
const CLASS: usize = 12;
const OPENING_CLASS: usize = 80;

/// The alternatives of `pattern`, as they stand in it; the whole of a pattern that cannot be parted.
pub(super) fn branches(pattern: &str) -> Vec<&str> {
    let mut found = Vec::new();
    match Parser::new().parse(pattern) {
        Ok(ast) if !sets_flags(&ast) => part(pattern, &ast, &mut found),
        _ => found.push(pattern),
    }
    found
}

fn part<'p>(pattern: &'p str, ast: &Ast, found: &mut Vec<&'p str>) {
    match ast {
        Ast::Group(group) => part(pattern, &group.ast, found),
        Ast::Alternation(alternation) => {
            alternation.asts.iter().for_each(|ast| part(pattern, ast, found))
        }
        _ => found.push(&pattern[ast.span().start.offset..ast.span().end.offset]),
    }
}

/// Whether flags are set that would be lost to an alternative taken out of its group.
fn sets_flags(ast: &Ast) -> bool {
    match ast {
        Ast::Flags(_) => true,
        Ast::Group(group) => {
            group.flags().is_some_and(|flags| !flags.items.is_empty()) || sets_flags(&group.ast)
        }
        Ast::Alternation(alternation) => alternation.asts.iter().any(sets_flags),
        Ast::Concat(concat) => concat.asts.iter().any(|ast| matches!(ast, Ast::Flags(_))),
        _ => false,
    }
}

impl Need {
    /// What `branch` needs of a line, of a block, or of a block that holds a sentence it matches, as `scope` says.
    pub(super) fn of(branch: &str, scope: Scope) -> Need {
        let Ok(hir) = regex_syntax::parse(branch) else {
            return Need::Parts { begin: None, inside: Vec::new() };
        };
        Need::of_hir(&hir, scope)
    }

    fn of_hir(branch: &Hir, scope: Scope) -> Need {
        let whole = scope.is_whole_line();
        if let Some(texts) = whole.then(|| whole_texts(branch)).flatten() {
            return Need::Whole(texts);
        }
        let parts = match branch.kind() {
            HirKind::Concat(parts) => parts.as_slice(),
            _ => std::slice::from_ref(branch),
        };
        let tied = scope == Scope::Block && matches!(parts[0].kind(), HirKind::Look(Look::Start));
        let runs: Vec<&[Hir]> = parts.split(is_gap).filter(|run| !run.is_empty()).collect();
        let opens = (whole || tied) && !is_gap(&parts[0]);
        let begin = if opens { runs.first().and_then(|run| openings(run)) } else { None };
        let enough = begin.as_ref().is_some_and(|clause| clause.iter().all(|l| tells(l)));
        let mut inside: Vec<Clause> =
            runs.iter().skip(usize::from(enough)).filter_map(|run| best_clause(run)).collect();
        inside.sort_by_key(|clause| std::cmp::Reverse(shortest(clause)));
        inside.truncate(MOST_CLAUSES);
        Need::Parts { begin, inside }
    }
}

/// Whether a part says little of the text: a repeated class of many characters.
fn is_gap(part: &Hir) -> bool {
    match part.kind() {
        HirKind::Repetition(repetition) => is_gap(&repetition.sub) && repetition.max != Some(1),
        HirKind::Capture(capture) => is_gap(&capture.sub),
        HirKind::Class(_) => literals(std::slice::from_ref(part)).is_none(),
        _ => false,
    }
}

/// All texts that a branch matches from end to end, where they are few. Assertions would count for nothing, so there must be none.
fn whole_texts(branch: &Hir) -> Option<Clause> {
    if !branch.properties().look_set().is_empty()
        || branch.properties().maximum_len().is_none_or(|len| len > LONGEST_TEXT)
    {
        return None;
    }
    let mut extractor = Extractor::new();
    extractor
        .kind(ExtractKind::Prefix)
        .limit_total(MOST_TEXTS)
        .limit_literal_len(LONGEST_TEXT)
        .limit_class(CLASS);
    let found = extractor.extract(branch);
    let texts = found.literals().filter(|_| found.is_exact())?;
    Some(texts.iter().map(|l| l.as_bytes().to_vec()).collect())
}

/// Of the parts that a match must have one after another, the literals of the most telling place.
fn best_clause(run: &[Hir]) -> Option<Clause> {
    let starts = (0..run.len()).filter_map(|at| literals(&run[at..]));
    let inner = run.iter().filter_map(required);
    starts
        .chain(inner)
        .filter(|clause| clause.iter().all(|l| tells(l)))
        .max_by_key(|clause| (shortest(clause).min(6), std::cmp::Reverse(clause.len())))
}

/// Literals of what lies deeper in a part that every match must have.
fn required(part: &Hir) -> Option<Clause> {
    match part.kind() {
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => parts.split(is_gap).filter_map(best_clause).max_by_key(shortest),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<Clause>> =
                parts.iter().map(|part| best_clause(std::slice::from_ref(part))).collect();
            all.map(|all| all.concat()).filter(|all| all.len() <= MOST_LITERALS)
        }
        _ => None,
    }
}

/// Literals one of which every match of `parts` begins with.
fn literals(parts: &[Hir]) -> Option<Clause> {
    let mut extractor = Extractor::new();
    extractor.limit_total(MOST_LITERALS).limit_literal_len(LITERAL).limit_class(CLASS);
    extract(&extractor, parts, LITERAL)
}

/// The same, shorter, of what a text begins with.
fn openings(parts: &[Hir]) -> Option<Clause> {
    let mut extractor = Extractor::new();
    extractor.limit_total(MOST_OPENINGS).limit_literal_len(OPENING).limit_class(OPENING_CLASS);
    extract(&extractor, parts, OPENING)
}

fn extract(extractor: &Extractor, parts: &[Hir], len: usize) -> Option<Clause> {
    let mut found = match parts {
        [part] => extractor.extract(part),
        _ => extractor.extract(&Hir::concat(parts.to_vec())),
    };
    found.keep_first_bytes(len);
    let mut literals: Clause = found.literals()?.iter().map(|l| l.as_bytes().to_vec()).collect();
    literals.sort_unstable();
    literals.dedup();
    (!literals.is_empty() && !literals.iter().any(Vec::is_empty)).then_some(literals)
}

/// Whether a literal is rare enough to tell something.
fn tells(literal: &[u8]) -> bool {
    literal.len() > 2 || literal.first().is_some_and(|b| !b.is_ascii_alphanumeric() && *b != b' ')
}

fn shortest(clause: &Clause) -> usize {
    clause.iter().map(Vec::len).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(pattern: &str, scope: Scope) -> Vec<String> {
        let show = |clause: &Clause| {
            clause
                .iter()
                .map(|l| String::from_utf8_lossy(l).into_owned())
                .collect::<Vec<_>>()
                .join("|")
        };
        branches(pattern)
            .into_iter()
            .map(|branch| match Need::of(branch, scope) {
                Need::Whole(texts) => format!("={}", show(&texts)),
                Need::Parts { begin, inside } => {
                    let parts = begin
                        .iter()
                        .map(|c| format!("^{}", show(c)))
                        .chain(inside.iter().map(show));
                    parts.collect::<Vec<_>>().join(" & ")
                }
            })
            .collect()
    }

    #[test]
    fn a_finite_branch_is_a_list_of_texts() {
        assert_eq!(
            needs("(read (also|more)|share( this)?)", Scope::Line),
            ["=read also|read more", "=share this|share"]
        );
    }

    #[test]
    fn flags_keep_a_pattern_whole() {
        assert_eq!(branches("(a|(?:b|c))"), ["a", "b", "c"]);
        assert_eq!(branches("(?i:a|b)"), ["(?i:a|b)"]);
        assert_eq!(branches("(?i)a|b"), ["(?i)a|b"]);
    }

    #[test]
    fn a_branch_needs_a_literal_of_each_stretch_between_gaps() {
        assert_eq!(
            needs("^copyright.{0,40}(reserved|rights)", Scope::Block),
            ["^copyri & reserved|rights"]
        );
        assert_eq!(
            needs("^copyright.{0,40}(reserved|rights)", Scope::Sentence),
            ["copyright & reserved|rights"]
        );
        assert_eq!(
            needs("[0-9]+ comments?", Scope::Line),
            ["^0|1|2|3|4|5|6|7|8|9 &  comment| comments"]
        );
        assert_eq!(needs("[a-z]+", Scope::Line), [""]);
    }
}
