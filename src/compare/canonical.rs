//! Which of several copies stands for all.

/// What the choice looks at in a copy.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'a> {
    /// How much of the longest copy it has, from 0 to 1: see [`Member::completeness`](crate::compare::Member::completeness).
    pub completeness: f32,
    /// When it appeared, in ISO 8601. Its offset from UTC does not count, since most dates state none.
    pub date: Option<&'a str>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// What tells it from all others: its id, or where it was found.
    pub id: &'a str,
}

/// The place in `copies` of the one that stands for all: of those that have at least `complete` of the longest the earliest; of several the one
/// whose source stands first in `preferred`; of several the one with the first id. None where there are no copies.
#[must_use]
pub fn choose(copies: &[Choice], preferred: &[String], complete: f32) -> Option<usize> {
    let place_of = |source: Option<&str>| {
        preferred.iter().position(|p| Some(p.as_str()) == source).unwrap_or(preferred.len())
    };
    let key = |n: &usize| {
        let copy = &copies[*n];
        (
            copy.completeness < complete,
            copy.date.is_none(),
            copy.date.map(local),
            place_of(copy.source),
            copy.id,
        )
    };
    (0..copies.len()).min_by_key(key)
}

/// A date without its offset.
fn local(date: &str) -> &str {
    let offset = date.get(10..).and_then(|clock| clock.find(['Z', '+', '-']));
    offset.map_or(date, |at| &date[..10 + at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn completeness_comes_first_then_date_then_source_then_id() {
        let copy = |completeness, date, source, id| Choice {
            completeness,
            date,
            source: Some(source),
            id,
        };
        let [short, late, undated] = [
            copy(0.5, Some("2031-01-01"), "A", "1"),
            copy(1.0, Some("2031-03-01"), "A", "2"),
            copy(1.0, None, "A", "3"),
        ];
        let [early, early_b] =
            [copy(0.97, Some("2031-02-01"), "A", "4"), copy(0.96, Some("2031-02-01"), "B", "5")];
        let copies = [short, late, undated, early, early_b];
        assert_eq!(choose(&copies, &[], 0.95), Some(3));
        assert_eq!(choose(&copies, &["C".into(), "B".into()], 0.95), Some(4));
        assert_eq!(choose(&[], &[], 0.95), None);
        let [here, there] = [
            copy(1.0, Some("2031-01-01T15:53"), "A", "2"),
            copy(1.0, Some("2031-01-01T15:53-05:00"), "A", "1"),
        ];
        assert_eq!(
            choose(&[here, there], &[], 0.95),
            Some(1),
            "at one time of the day, the first id"
        );
    }
}
