//! Which articles of a run are copies, and which of the copies stands for the story.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::article::Article;
use crate::article::Relation;
use crate::compare::batch::{Cluster, Member};
use crate::compare::canonical::{Copy, choose};

/// Bytes of a text that could be anybody's: copies that are no longer must have the same headline too.
const SHORT: usize = 300;
/// How alike two headlines are that differ by a few letters.
const SAME_TITLE: f64 = 0.85;
/// The least similarity of copies. Documents may be scans, of which noise leaves less; articles that share less share their background.
const LEAST_SIMILARITY: f32 = 0.65;

/// What the choice needs of an article.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Facts {
    title: Option<String>,
    #[serde(rename = "text", deserialize_with = "is_short")]
    short: bool,
    published: Option<String>,
    source: Option<String>,
}

fn is_short<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    let text: std::borrow::Cow<str> = Deserialize::deserialize(deserializer)?;
    Ok(text.len() <= SHORT)
}

impl Facts {
    /// Those of an article of which no more is known.
    pub(super) fn of(title: Option<&str>, text: &str) -> Self {
        Facts {
            title: title.map(Into::into),
            short: text.len() <= SHORT,
            published: None,
            source: None,
        }
    }
}

impl From<&Article> for Facts {
    fn from(article: &Article) -> Self {
        Facts {
            published: article.meta.published.clone(),
            source: article.meta.source.clone(),
            ..Facts::of(article.title.as_deref(), &article.text)
        }
    }
}

/// Whether two texts that are as similar as this can be one story: alike enough, and if they are short under one headline.
pub(super) fn is_same_story(a: &Facts, b: &Facts, similarity: f32) -> bool {
    if similarity < LEAST_SIMILARITY {
        return false;
    }
    match (&a.title, &b.title) {
        _ if !(a.short && b.short) => true,
        (Some(a), Some(b)) => {
            strsim::normalized_levenshtein(&a.to_lowercase(), &b.to_lowercase()) >= SAME_TITLE
        }
        (None, None) => true,
        _ => false,
    }
}

/// The article that a copy is folded into, and how the two relate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Folded {
    /// The number of the canonical article.
    pub(crate) into: usize,
    /// How the copy relates to the most complete one.
    pub(crate) relation: Relation,
    /// How similar it is to that one, 0 to 1.
    pub(crate) similarity: f32,
}

/// The copies of a run, by the numbers of the articles.
#[derive(Debug, Default)]
pub(crate) struct Copies {
    folded: FxHashMap<usize, Folded>,
    /// For each canonical article its copies, in order.
    copies: FxHashMap<usize, Vec<usize>>,
}

impl Copies {
    /// Chooses the canonical article of each cluster; `facts` gives those of an article, `preferred` the sources that come first.
    pub(crate) fn choose<E>(
        clusters: &[Cluster],
        preferred: &[String],
        facts: impl Fn(usize) -> Result<Facts, E>,
    ) -> Result<Copies, E> {
        let mut found = Copies::default();
        for cluster in clusters {
            let anchor = Member {
                text: cluster.anchor,
                relation: Relation::Exact,
                similarity: 1.0,
                completeness: 1.0,
            };
            let members = [anchor].into_iter().chain(cluster.members.iter().copied());
            let mut rest: Vec<(Member, Facts)> =
                members.map(|m| Ok((m, facts(m.text)?))).collect::<Result<_, E>>()?;
            while let Some((first, of_first)) = rest.first().cloned() {
                let (mut story, others) = rest.into_iter().partition(|(m, facts)| {
                    m.text == first.text || is_same_story(&of_first, facts, m.similarity)
                });
                // What is left is no copy of the anchor; only exact copies of each other can come together without it.
                rest = if first.text == cluster.anchor { others } else { Vec::new() };
                rest.retain(|(m, _)| m.relation == Relation::Exact);
                found.fold(&mut story, first.text, preferred);
            }
        }
        Ok(found)
    }

    /// Folds the articles of one story, one of which is the most complete.
    fn fold(&mut self, all: &mut [(Member, Facts)], anchor: usize, preferred: &[String]) {
        all.sort_by_key(|(m, _)| m.text);
        let ids: Vec<String> = all.iter().map(|(m, _)| format!("{:020}", m.text)).collect();
        let copies: Vec<Copy> = all
            .iter()
            .zip(&ids)
            .map(|((m, facts), id)| Copy {
                completeness: m.completeness,
                date: facts.published.as_deref(),
                source: facts.source.as_deref(),
                id,
            })
            .collect();
        let Some(canonical) = choose(&copies, preferred).map(|at| all[at].0) else { return };
        for (member, _) in all.iter().filter(|(m, _)| m.text != canonical.text) {
            let to = if member.text == anchor { canonical } else { *member };
            self.folded.insert(
                member.text,
                Folded { into: canonical.text, relation: to.relation, similarity: to.similarity },
            );
            self.copies.entry(canonical.text).or_default().push(member.text);
        }
    }

    /// What an article is folded into; None for a canonical one.
    pub(crate) fn folded(&self, article: usize) -> Option<Folded> {
        self.folded.get(&article).copied()
    }

    /// The copies of a canonical article, in order.
    pub(crate) fn of(&self, canonical: usize) -> &[usize] {
        self.copies.get(&canonical).map_or(&[], Vec::as_slice)
    }

    /// How many articles are copies.
    pub(crate) fn len(&self) -> usize {
        self.folded.len()
    }

    /// For each of `articles` articles the number of its story: that of the canonical one.
    pub(crate) fn stories(&self, articles: usize) -> Vec<u32> {
        (0..articles)
            .map(|article| self.folded(article).map_or(article, |folded| folded.into) as u32)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(title: &str, short: bool, published: &str) -> Facts {
        Facts { title: Some(title.into()), short, published: Some(published.into()), source: None }
    }

    fn pair(completeness: f32) -> [Cluster; 1] {
        [Cluster {
            anchor: 0,
            members: vec![Member {
                text: 1,
                relation: Relation::Near,
                similarity: 0.98,
                completeness,
            }],
        }]
    }

    #[test]
    fn of_complete_copies_the_earliest_stands_for_all() {
        let all = [
            facts("Quay opens", false, "2031-03-02"),
            facts("Old quay opens", false, "2031-03-01"),
        ];
        let copies = Copies::choose(&pair(0.98), &[], |n| Ok::<_, ()>(all[n].clone())).unwrap();
        assert_eq!(
            copies.folded(0),
            Some(Folded { into: 1, relation: Relation::Near, similarity: 0.98 })
        );
        assert_eq!((copies.of(1), copies.len(), copies.stories(2)), (&[0][..], 1, vec![1, 1]));
        let copies = Copies::choose(&pair(0.6), &[], |n| Ok::<_, ()>(all[n].clone())).unwrap();
        assert_eq!(copies.of(0), [1], "the later one is the more complete");
    }

    #[test]
    fn short_texts_under_other_headlines_are_no_copies() {
        let all =
            [facts("Quay opens", true, "2031-03-02"), facts("Mayor speaks", true, "2031-03-01")];
        assert_eq!(
            Copies::choose(&pair(1.0), &[], |n| Ok::<_, ()>(all[n].clone())).unwrap().len(),
            0
        );
    }

    #[test]
    fn background_that_two_stories_share_folds_neither() {
        let all =
            [facts("Quay opens", false, "2031-03-02"), facts("Quay closes", false, "2031-03-01")];
        let member =
            Member { text: 1, relation: Relation::Contained, similarity: 0.53, completeness: 0.5 };
        assert_eq!(
            Copies::choose(&[Cluster { anchor: 0, members: vec![member] }], &[], |n| Ok::<_, ()>(
                all[n].clone()
            ))
            .unwrap()
            .len(),
            0
        );
    }
}
