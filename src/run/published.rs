//! An article as it is published: what is cut of it, and how it is named where it is a copy. It looks at nothing but the article, what was
//! learned, and the canonical text.

use std::convert::Infallible;

use crate::article::{Alike, Appendix, Article, Copy, Provenance, Relation};
use crate::compare::repeat::{RepeatedSentence, RepeatedSentences};
use crate::compare::{Thresholds, own_text};
use crate::run::earlier::Earlier;
use crate::run::own::{Own, own_of};
use crate::run::rewrite::{Change, Cut, Repeats, cut_article};
use crate::run::settings::rounded;
use crate::run::treatment::Treatment;
use crate::sentences::Sentence;
use crate::span::Span;

/// An article as it is published, and what was cut for that.
#[derive(Debug)]
pub struct Published {
    pub(crate) article: Article,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) cuts: Vec<Cut>,
}

/// An article as a copy is named.
pub(crate) fn copy_of(article: &Article, relation: Relation, similarity: f32) -> Copy {
    let Article { title, provenance, .. } = article.clone();
    Copy {
        dump: provenance.dump,
        record: provenance.record,
        article: provenance.article,
        range: provenance.range,
        relation,
        similarity: rounded(similarity),
        title,
        own: None,
    }
}

/// An article as one that is alike names it, with the share of each that the other lacks.
pub(crate) fn alike_of(to: Provenance, own: [f32; 2]) -> Alike {
    let Provenance { dump, record, article, .. } = to;
    let [own, other_own] = own.map(rounded);
    Alike { dump, record, article, own, other_own }
}

impl Published {
    /// Cuts sentences of an article.
    pub(crate) fn new(mut article: Article, sentences: Vec<Sentence>, mut cuts: Vec<Cut>) -> Self {
        if !cuts.is_empty() && !cut_article(&mut article, &sentences, &cuts) {
            cuts.clear();
        }
        Self { article, sentences, cuts }
    }

    /// Cuts the boilerplate that was learned from the ends of an article, and cuts or names what earlier stories have; `place` says where a
    /// sentence stands first.
    pub fn without_repeated(
        mut article: Article,
        sentences: Vec<Sentence>,
        (learned, earlier): (&RepeatedSentences, &Earlier),
        treatment: &Treatment,
        place: impl Fn(RepeatedSentence) -> Repeats,
    ) -> Self {
        let place = |lesson| Ok::<_, Infallible>(place(lesson));
        let text = || article.text.clone();
        let cuts = earlier
            .cuts((text, &sentences), learned, treatment, place)
            .unwrap_or_else(|never| match never {});
        earlier.mark(&mut article, &sentences, learned, treatment);
        Self::new(article, sentences, cuts)
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// Whether anything was cut.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// What only this copy has, compared with all of the canonical text, before anything is cut from that.
    #[must_use]
    pub fn own(&self, canonical: &str, thresholds: &Thresholds) -> Vec<Own> {
        let own = own_text(&self.article.text, canonical, thresholds);
        own_of(&self.article, &self.sentences, &self.cuts, &own)
    }

    /// The article as a copy is named; `own` is None where it was not aligned.
    #[must_use]
    pub fn copy(&self, relation: Relation, similarity: f32, own: Option<&[Own]>) -> Copy {
        let own = own.map(|own| own.iter().map(|own| own.span).collect());
        Copy { own, ..copy_of(&self.article, relation, similarity) }
    }

    /// What only this copy has, as it is kept with its canonical article: its sentences, each once.
    #[must_use]
    pub fn appendix(&self, own: &[Own]) -> Option<Appendix> {
        let ranges: Vec<Span> = own.iter().map(|own| own.span).collect();
        let mut sentences: Vec<&str> = own.iter().map(|own| own.sentence.as_str()).collect();
        sentences.dedup();
        let Provenance { dump, record, article, .. } = self.article.provenance.clone();
        let text = sentences.join(" ");
        (!ranges.is_empty()).then_some(Appendix { text, dump, record, article, ranges })
    }

    /// What changes in the ledger of its record; `fold` is the id of the article that it is folded into, and what is kept of it as its own.
    #[must_use]
    pub fn change(&self, fold: Option<(String, &[Own])>) -> Change {
        let fold = fold.map(|(id, own)| (id, own.iter().map(|own| own.span).collect()));
        Change::new(&self.sentences, &self.cuts, fold)
    }
}
