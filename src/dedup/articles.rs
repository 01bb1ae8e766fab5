//! Which articles of a run are copies, and which of the copies stands for the story.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::canonical::{Copy, choose};
use super::index::{Cluster, Member, Relation};

/// Bytes of a text that could be anybody's: copies that are no longer must have the same headline too.
const SHORT: usize = 300;
/// How alike two headlines are that differ by a few letters.
const SAME_TITLE: f64 = 0.85;

/// What the choice needs of an article's line.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Facts<'a> {
    #[serde(borrow)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    published: Option<Cow<'a, str>>,
    #[serde(borrow)]
    source: Option<Cow<'a, str>>,
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
    /// Chooses the canonical article of each cluster; `line` gives an article's line, `preferred` the sources that come first.
    pub(crate) fn choose<E>(clusters: &[Cluster], preferred: &[String], line: impl Fn(usize) -> Result<Vec<u8>, E>) -> Result<Copies, E> {
        let mut found = Copies::default();
        for cluster in clusters {
            let anchor = Member { text: cluster.anchor, relation: Relation::Exact, similarity: 1.0, completeness: 1.0 };
            let mut members: Vec<Member> = cluster.members.iter().copied().chain([anchor]).collect();
            members.sort_by_key(|m| m.text);
            let lines: Vec<Vec<u8>> = members.iter().map(|m| line(m.text)).collect::<Result<_, E>>()?;
            let facts: Vec<Facts> = lines.iter().filter_map(|line| serde_json::from_slice(line).ok()).collect();
            let Some(at) = members.iter().position(|m| m.text == cluster.anchor).filter(|_| facts.len() == members.len()) else { continue };
            let mut all: Vec<(Member, &Facts)> = members.into_iter().zip(&facts).collect();
            let of_anchor = facts[at].clone();
            all.retain(|(_, facts)| is_same_story(&of_anchor, facts));
            found.fold(&all, cluster.anchor, preferred);
        }
        Ok(found)
    }

    fn fold(&mut self, all: &[(Member, &Facts)], anchor: usize, preferred: &[String]) {
        let ids: Vec<String> = all.iter().map(|(m, _)| format!("{:020}", m.text)).collect();
        let copies: Vec<Copy> = all
            .iter()
            .zip(&ids)
            .map(|((m, facts), id)| Copy { completeness: m.completeness, date: facts.published.as_deref(), source: facts.source.as_deref(), id })
            .collect();
        let Some((canonical, _)) = choose(&copies, preferred).map(|at| all[at]) else { return };
        for (member, _) in all.iter().filter(|(m, _)| m.text != canonical.text) {
            let to = if member.text == anchor { canonical } else { *member };
            self.folded.insert(member.text, Folded { into: canonical.text, relation: to.relation, similarity: to.similarity });
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
        (0..articles).map(|article| self.folded(article).map_or(article, |folded| folded.into) as u32).collect()
    }
}

/// Short texts are copies only under one headline.
fn is_same_story(a: &Facts, b: &Facts) -> bool {
    if a.text.len().max(b.text.len()) > SHORT {
        return true;
    }
    match (&a.title, &b.title) {
        (Some(a), Some(b)) => strsim::normalized_levenshtein(&a.to_lowercase(), &b.to_lowercase()) >= SAME_TITLE,
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(title: &str, text: &str, published: &str) -> Vec<u8> {
        serde_json::to_vec(&serde_json::json!({"title": title, "text": text, "published": published, "source": null})).unwrap()
    }

    fn pair(completeness: f32) -> [Cluster; 1] {
        [Cluster { anchor: 0, members: vec![Member { text: 1, relation: Relation::Near, similarity: 0.98, completeness }] }]
    }

    #[test]
    fn of_complete_copies_the_earliest_stands_for_all() {
        let text = "The old quay was opened again. ".repeat(20);
        let lines = [line("Quay opens", &text, "2031-03-02"), line("Old quay opens", &text, "2031-03-01")];
        let copies = Copies::choose(&pair(0.98), &[], |n| Ok::<_, ()>(lines[n].clone())).unwrap();
        assert_eq!(copies.folded(0), Some(Folded { into: 1, relation: Relation::Near, similarity: 0.98 }));
        assert_eq!((copies.of(1), copies.len(), copies.stories(2)), (&[0][..], 1, vec![1, 1]));
        let copies = Copies::choose(&pair(0.6), &[], |n| Ok::<_, ()>(lines[n].clone())).unwrap();
        assert_eq!(copies.of(0), [1], "the later one is the more complete");
    }

    #[test]
    fn short_texts_under_other_headlines_are_no_copies() {
        let lines = [line("Quay opens", "Read this with a subscription.", "2031-03-02"), line("Mayor speaks", "Read this with a subscription.", "2031-03-01")];
        assert_eq!(Copies::choose(&pair(1.0), &[], |n| Ok::<_, ()>(lines[n].clone())).unwrap().len(), 0);
    }
}
