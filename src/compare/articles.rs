//! Which articles of a run are copies, and which of the copies stands for the story.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::article::Article;
use crate::article::Relation;
use crate::compare::canonical::{Choice, choose};
use crate::compare::gather::{Cluster, Member, Related};
use crate::compare::story::Story;
use crate::compare::thresholds::Thresholds;

/// What the choice needs of an article.
#[derive(Debug, Clone, Deserialize)]
pub struct Facts {
    /// Its headline.
    pub title: Option<String>,
    /// Bytes of its text.
    #[serde(rename = "text", deserialize_with = "length")]
    pub bytes: usize,
    /// When it was published, in ISO 8601.
    pub published: Option<String>,
    /// Its publisher.
    pub source: Option<String>,
}

fn length<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let text: std::borrow::Cow<str> = Deserialize::deserialize(deserializer)?;
    Ok(text.len())
}

impl Facts {
    /// Those of an article of which no more is known than its headline and the bytes of its text.
    pub(super) fn of(title: Option<&str>, bytes: usize) -> Self {
        Facts { title: title.map(Into::into), bytes, published: None, source: None }
    }
}

impl From<&Article> for Facts {
    fn from(article: &Article) -> Self {
        Facts {
            published: article.meta.published.clone(),
            source: article.meta.source.clone(),
            ..Facts::of(article.title.as_deref(), article.text.len())
        }
    }
}

/// Whether two copies can be one story: if they are short, only under one headline.
pub(super) fn is_same_story(a: &Facts, b: &Facts, thresholds: &Thresholds) -> bool {
    match (&a.title, &b.title) {
        _ if a.bytes.max(b.bytes) > thresholds.short => true,
        (Some(a), Some(b)) => {
            strsim::normalized_levenshtein(&a.to_lowercase(), &b.to_lowercase())
                >= thresholds.same_title
        }
        (None, None) => true,
        _ => false,
    }
}

/// The place among members of the one that stands for all.
fn first_of(
    members: &[Member],
    facts: &FxHashMap<usize, Facts>,
    preferred: &[String],
    thresholds: &Thresholds,
) -> Option<usize> {
    let ids: Vec<String> = members.iter().map(|m| format!("{:020}", m.text)).collect();
    let copies: Vec<Choice> = members
        .iter()
        .zip(&ids)
        .map(|(m, id)| Choice {
            completeness: m.completeness,
            date: facts[&m.text].published.as_deref(),
            source: facts[&m.text].source.as_deref(),
            id,
        })
        .collect();
    choose(&copies, preferred, thresholds.complete)
}

/// The article that a copy is folded into, and how the two relate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Folded {
    /// The number of the canonical article.
    pub into: usize,
    /// How the copy relates to the most complete one.
    pub relation: Relation,
    /// How similar it is to that one, 0 to 1.
    pub similarity: f32,
}

/// An article that is like another, and would lose too much if it were folded into it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Alike {
    /// The number of the canonical article that it is like.
    pub(crate) to: usize,
    /// The share of each that stands nowhere in the other.
    pub(crate) own: [f32; 2],
}

/// The copies of a run, by the numbers of the articles.
#[derive(Debug, Default)]
pub struct Copies {
    folded: FxHashMap<usize, Folded>,
    /// For each canonical article its copies, in order.
    copies: FxHashMap<usize, Vec<usize>>,
    alike: FxHashMap<usize, Alike>,
}

impl Copies {
    /// Chooses the canonical article of each cluster; `facts` gives those of an article, `preferred` the sources that come first, `loss`
    /// the share of one article that stands nowhere in another.
    ///
    /// # Errors
    /// Those of `facts`.
    pub fn choose<E>(
        clusters: &[Cluster],
        preferred: &[String],
        thresholds: &Thresholds,
        facts: impl Fn(usize) -> Result<Facts, E>,
        mut loss: impl FnMut(usize, usize) -> f32,
    ) -> Result<Copies, E> {
        let mut found = Copies::default();
        for cluster in clusters {
            let anchor = Member::exact(cluster.anchor);
            let members = [anchor].into_iter().chain(cluster.members.iter().copied());
            let known: FxHashMap<usize, Facts> =
                members.clone().map(|m| Ok((m.text, facts(m.text)?))).collect::<Result<_, E>>()?;
            let (story, mut others): (Vec<Member>, Vec<Member>) = members.partition(|m| {
                m.same == anchor.same
                    || is_same_story(&known[&anchor.text], &known[&m.text], thresholds)
            });
            let choose = |members: &[Member]| first_of(members, &known, preferred, thresholds);
            let Some(story) = Story::of(&story, thresholds.loss, choose, &mut loss) else {
                continue;
            };
            found.fold(story.canonical, &story.copies, anchor.text);
            // What is left is no copy of it; only equal texts can come together without it.
            others.sort_unstable_by_key(|m| (m.same, m.text));
            let others = others.chunk_by(|a, b| a.same == b.same).map(<[Member]>::to_vec);
            for mut equal in others.chain(story.apart) {
                for member in &mut equal {
                    *member = Member { text: member.text, ..Member::exact(member.same) };
                }
                let Some(first) = choose(&equal) else { continue };
                let canonical = equal.remove(first);
                found.fold(canonical, &equal, canonical.text);
            }
        }
        Ok(found)
    }

    /// Folds copies into the canonical article of their story, of which `anchor` is the most complete.
    fn fold(&mut self, canonical: Member, copies: &[Member], anchor: usize) {
        for copy in copies {
            let to = if copy.text == anchor { canonical } else { *copy };
            self.folded.insert(
                copy.text,
                Folded { into: canonical.text, relation: to.relation, similarity: to.similarity },
            );
            self.copies.entry(canonical.text).or_default().push(copy.text);
        }
        if let Some(copies) = self.copies.get_mut(&canonical.text) {
            copies.sort_unstable();
        }
    }

    /// Notes what is alike and stands apart, by the canonical articles of both.
    pub(crate) fn relate(&mut self, related: &[Related]) {
        let canonical = |article: usize| self.folded(article).map_or(article, |folded| folded.into);
        let alike =
            related.iter().map(|r| (canonical(r.text), Alike { to: canonical(r.to), own: r.own }));
        self.alike = alike.filter(|(article, alike)| alike.to != *article).collect();
    }

    /// The article that one is alike and does not belong to.
    pub(crate) fn alike(&self, article: usize) -> Option<Alike> {
        self.alike.get(&article).copied()
    }

    /// Folds a canonical article, with all its copies, into another whose text has come to be the same.
    pub(crate) fn unite(&mut self, twin: usize, into: usize) {
        let moved = self.copies.remove(&twin).unwrap_or_default();
        for &copy in &moved {
            self.folded.entry(copy).and_modify(|folded| folded.into = into);
        }
        self.folded.insert(twin, Folded { into, relation: Relation::Exact, similarity: 1.0 });
        let copies = self.copies.entry(into).or_default();
        copies.extend(moved.into_iter().chain([twin]));
        copies.sort_unstable();
    }

    /// What an article is folded into; None for a canonical one.
    pub fn folded(&self, article: usize) -> Option<Folded> {
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
        let bytes = if short { 200 } else { 2000 };
        Facts { title: Some(title.into()), bytes, published: Some(published.into()), source: None }
    }

    fn chosen(clusters: &[Cluster], facts: impl Fn(usize) -> Facts) -> Copies {
        let facts = |n| Ok::<_, ()>(facts(n));
        Copies::choose(clusters, &[], &Thresholds::default(), facts, |_, _| 0.0).unwrap()
    }

    fn pair(completeness: f32) -> [Cluster; 1] {
        [Cluster {
            anchor: 0,
            members: vec![Member {
                text: 1,
                same: 1,
                relation: Relation::Near,
                similarity: 0.98,
                completeness,
                loss: 0.0,
            }],
        }]
    }

    #[test]
    fn of_complete_copies_the_earliest_stands_for_all() {
        let all = [
            facts("Quay opens", false, "2031-03-02"),
            facts("Old quay opens", false, "2031-03-01"),
        ];
        let copies = chosen(&pair(0.98), |n| all[n].clone());
        assert_eq!(
            copies.folded(0),
            Some(Folded { into: 1, relation: Relation::Near, similarity: 0.98 })
        );
        assert_eq!((copies.of(1), copies.len(), copies.stories(2)), (&[0][..], 1, vec![1, 1]));
        let copies = chosen(&pair(0.6), |n| all[n].clone());
        assert_eq!(copies.of(0), [1], "the later one is the more complete");
    }

    #[test]
    fn short_texts_under_other_headlines_are_no_copies() {
        let all =
            [facts("Quay opens", true, "2031-03-02"), facts("Mayor speaks", true, "2031-03-01")];
        assert_eq!(chosen(&pair(1.0), |n| all[n].clone()).len(), 0);
    }

    #[test]
    fn equal_texts_come_together_without_the_longer_one_that_they_lie_in() {
        let all = ["Quay opens", "Mayor speaks", "Mayor speaks", "Bells ring"];
        let member =
            |text| Member { text, similarity: 0.5, relation: Relation::Near, ..Member::exact(1) };
        let mut members = vec![member(1), member(2)];
        members.push(Member { text: 3, same: 3, ..member(3) });
        let clusters = [Cluster { anchor: 0, members }];
        let copies = chosen(&clusters, |n| facts(all[n], true, "2031-03-02"));
        assert_eq!((copies.of(1), copies.len()), (&[2][..], 1));
        assert_eq!(copies.folded(2).unwrap().relation, Relation::Exact);
    }

    #[test]
    fn an_equal_text_under_another_headline_is_a_copy_however_short() {
        let all =
            [facts("Quay opens", true, "2031-03-02"), facts("Mayor speaks", true, "2031-03-01")];
        let exact = Member { text: 1, ..Member::exact(0) };
        let clusters = [Cluster { anchor: 0, members: vec![exact] }];
        let copies = chosen(&clusters, |n| all[n].clone());
        assert_eq!(copies.len(), 1);
    }

    #[test]
    fn a_twin_takes_its_copies_along() {
        let all = [facts("Quay opens", false, "2031-03-01"), facts("Quay", false, "2031-03-02")];
        let mut copies = chosen(&pair(0.98), |n| all[n].clone());
        copies.unite(0, 7);
        assert_eq!(copies.of(7), [0, 1]);
        assert_eq!((copies.folded(1).unwrap().into, copies.of(0)), (7, &[][..]));
    }
}
