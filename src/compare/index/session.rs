//! A session: articles are looked up among all that are known, and taken in.

use std::cmp::Reverse;
use std::fs::File;
use std::path::Path;

use rustc_hash::FxHashMap;

use crate::article::Article;
use crate::compare::articles::Facts;
use crate::compare::index::aligned::Probe;
use crate::compare::index::digest::{Digest, Names, short};
use crate::compare::index::file::{IndexFile, State};
use crate::compare::index::matching::{IndexMatch, Known, Match, share_of_paragraph};
use crate::compare::index::merge::merge;
use crate::compare::index::pending::Pending;
use crate::compare::index::segment::{MOST_HOLDERS, Segment, damaged};
use crate::compare::thresholds::Thresholds;
use crate::compare::weight::Weights;
use crate::error::Result;
use crate::text::letters::NormalizedText;

/// Articles that a text is compared with.
const COMPARED: usize = 12;
/// Articles that a paragraph is compared with: more, as an article shows less of it.
const COMPARED_WITH_PARAGRAPH: usize = 32;
/// Sampled shingles that must be shared with an article before the two are compared.
const LEAST_SHARED: u32 = 2;
/// Shingles of a paragraph, those that come first by hash, one of which may be the first of one that is like it.
const LOWEST: usize = 4;
/// A part is written anew with those behind it unless it is so many times as large.
const GROWTH: u64 = 3;

/// Takes articles into an index, all of them or, without [`Session::commit`], none.
#[derive(Debug)]
pub struct Session<'i> {
    file: &'i mut IndexFile,
    /// What counts after a commit.
    state: State,
    /// Where the next part is written.
    at: u64,
    pending: Pending,
    letters: NormalizedText,
    thresholds: Thresholds,
    /// How common shingles are among the texts of the run that the articles are of.
    common: Weights,
}

impl<'i> Session<'i> {
    /// A session of a file.
    pub(super) fn new(file: &'i mut IndexFile, thresholds: Thresholds) -> Self {
        let state = file.state.clone();
        let (at, pending) = (state.end(), Pending::new(state.next()));
        Self {
            file,
            state,
            at,
            pending,
            letters: NormalizedText::default(),
            thresholds,
            common: Weights::default(),
        }
    }

    /// Counts the texts of a run too where it is asked how common a shingle is.
    pub(crate) fn among(self, common: Weights) -> Self {
        Self { common, ..self }
    }

    /// Compares an article with all that are known, and takes it in unless it is a copy of one that is as complete.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) when the file is damaged, [`Error::Io`](crate::Error::Io) when it cannot be read or written.
    pub fn take(&mut self, article: &Article) -> Result<IndexMatch> {
        let standing = self.look_up(article)?;
        self.add(article, &article.id, &standing)?;
        Ok(standing)
    }

    /// Compares an article with all that are known.
    pub(crate) fn look_up(&mut self, article: &Article) -> Result<IndexMatch> {
        self.find(article).map_err(|error| self.file.failed(error))
    }

    /// The article known that has most of a paragraph, other than `older`, and the share of the paragraph that stands there; None where none
    /// has enough of it, or it is too short to tell.
    pub(crate) fn paragraph(
        &mut self,
        text: &str,
        older: Option<&Known>,
    ) -> Result<Option<(String, f32)>> {
        self.letters.read_with_quotes(text);
        if self.letters.bytes().len() < self.thresholds.paragraph as usize {
            return Ok(None);
        }
        self.find_paragraph(older).map_err(|error| self.file.failed(error))
    }

    /// Takes an article that was looked up in, under an id; one that is a copy is left out.
    pub(crate) fn add(&mut self, article: &Article, id: &str, standing: &IndexMatch) -> Result<()> {
        match standing {
            IndexMatch::CopyOf(_) => return Ok(()),
            IndexMatch::New => {}
            IndexMatch::Supersedes(known) => {
                self.pending.remove(known.number);
                self.state.superseded += 1;
            }
        }
        self.letters.read_with_quotes(&article.text);
        let is_short = article.text.len() <= self.thresholds.short;
        let title = article.title.as_deref().filter(|_| is_short);
        let digest = Digest::new(id, title, article.text.len(), &self.letters);
        let mut names: Vec<u64> = Names::of(&self.letters).all().collect();
        for paragraph in article.text.split("\n\n") {
            self.letters.read(paragraph);
            if self.letters.bytes().len() >= self.thresholds.paragraph as usize {
                names.extend(Names::lowest(&self.letters, 1).into_iter().map(short));
            }
        }
        self.pending.push(digest.pack(), names);
        if self.pending.is_full() {
            self.flush().map_err(|error| self.file.failed(error))?;
        }
        Ok(())
    }

    fn find(&mut self, article: &Article) -> std::io::Result<IndexMatch> {
        self.letters.read_with_quotes(&article.text);
        let (names, facts) = (Names::of(&self.letters), Facts::from(article));
        for number in self.holders(names.exact)? {
            if let Some(record) = self.record(number)? {
                let digest = Digest::unpack(&record).ok_or_else(damaged)?;
                if digest.exact == self.letters.hash() as u32 {
                    return Ok(IndexMatch::CopyOf(Match::exact(number, digest).known));
                }
            }
        }
        let (numbers, weights) = self.proposed(&names, LEAST_SHARED)?;
        let probe = Probe::new(&self.letters);
        let mut best: Option<Match> = None;
        for (number, _) in numbers.into_iter().take(COMPARED) {
            let Some(record) = self.record(number)? else { continue };
            let digest = Digest::unpack(&record).ok_or_else(damaged)?;
            let found = Match::of(number, digest, &probe, &facts, &weights, &self.thresholds);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| best.share < found.share)
            {
                best = Some(found);
            }
        }
        Ok(match best {
            None => IndexMatch::New,
            Some(Match { known, completeness, .. }) if completeness >= self.thresholds.complete => {
                IndexMatch::CopyOf(known)
            }
            Some(Match { known, .. }) => IndexMatch::Supersedes(known),
        })
    }

    fn find_paragraph(&self, older: Option<&Known>) -> std::io::Result<Option<(String, f32)>> {
        // An article is sampled more thinly than its paragraphs: one shingle of it is enough for a look.
        let mut names = Names::of(&self.letters);
        names.sample.extend(Names::lowest(&self.letters, LOWEST));
        names.sample.sort_unstable();
        names.sample.dedup();
        let (numbers, weights) = self.proposed(&names, 1)?;
        let probe = Probe::new(&self.letters);
        let is_older = |number| older.is_some_and(|older| older.number == number);
        let numbers = numbers.into_iter().filter(|&(number, _)| !is_older(number));
        let mut best: Option<(u64, String, f32)> = None;
        for (number, shared) in numbers.take(COMPARED_WITH_PARAGRAPH) {
            let Some(record) = self.record(number)? else { continue };
            let digest = Digest::unpack(&record).ok_or_else(damaged)?;
            let share = share_of_paragraph(&digest, shared, &probe, &weights, &self.thresholds);
            let Some(share) = share else { continue };
            let is_better = |best: &(u64, String, f32)| (best.2, number) < (share, best.0);
            if best.as_ref().is_none_or(is_better) {
                best = Some((number, digest.id, share));
            }
        }
        Ok(best.map(|(_, id, share)| (id, share)))
    }

    /// The articles that share most of the sampled shingles of a text, the rarer the more they count; each shares at least so many, and stands with
    /// their number. And what the shingles weigh.
    fn proposed(&self, names: &Names, least: u32) -> std::io::Result<(Vec<(u64, u32)>, Weights)> {
        let mut weights = Weights::default();
        let mut shared: FxHashMap<u64, [usize; 2]> = FxHashMap::default();
        for &name in &names.sample {
            let numbers = self.holders(short(name))?;
            weights.note(name, numbers.len() + self.common.texts(name).max(1));
            if numbers.len() < MOST_HOLDERS {
                let worth = MOST_HOLDERS / numbers.len().max(1);
                for number in numbers {
                    let [count, all] = shared.entry(number).or_default();
                    (*count, *all) = (*count + 1, *all + worth);
                }
            }
        }
        let mut found: Vec<(Reverse<usize>, u64, u32)> = shared
            .into_iter()
            .map(|(number, [count, all])| (Reverse(all), number, count as u32))
            .filter(|&(_, _, count)| count >= least)
            .collect();
        found.sort_unstable();
        Ok((found.into_iter().map(|(_, number, count)| (number, count)).collect(), weights))
    }

    /// The articles that hold a name, as far as they are kept.
    fn holders(&self, name: u64) -> std::io::Result<Vec<u64>> {
        let mut numbers = Vec::new();
        for segment in &self.state.segments {
            segment.holders(&self.file.file, name, &mut numbers)?;
        }
        numbers.extend(self.pending.holders(name));
        numbers.truncate(MOST_HOLDERS);
        Ok(numbers)
    }

    /// What is kept of an article; None where another has taken its place.
    fn record(&self, number: u64) -> std::io::Result<Option<Vec<u8>>> {
        if self.pending.has_removed(number) {
            return Ok(None);
        }
        if let Some(record) = self.pending.record(number) {
            return Ok(Some(record.to_vec()));
        }
        let file = &self.file.file;
        let of = self.state.segments.partition_point(|segment| segment.end <= number);
        let (Some(segment), newer) =
            (self.state.segments.get(of), self.state.segments.iter().skip(of + 1))
        else {
            return Err(damaged());
        };
        for newer in newer {
            if newer.has_removed(file, number)? {
                return Ok(None);
            }
        }
        Ok(Some(segment.record(file, number)?).filter(|record| !record.is_empty()))
    }

    /// Writes what is held in memory; nothing of it counts before the commit.
    fn flush(&mut self) -> std::io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let segment = self.pending.write(&self.file.file, self.at, self.file.folder())?;
        self.at += segment.len();
        self.pending = Pending::new(segment.end);
        self.state.segments.push(segment);
        let mut lens: Vec<u64> = self.state.segments.iter().map(Segment::len).collect();
        let mut len = lens.pop().unwrap_or(0);
        while lens.last().is_some_and(|&before| before < GROWTH * len)
            || lens.len() >= IndexFile::MOST_SEGMENTS
        {
            len += lens.pop().unwrap_or(0);
        }
        if lens.len() + 1 < self.state.segments.len() { self.merge(lens.len()) } else { Ok(()) }
    }

    /// Makes one part of all from this one on.
    fn merge(&mut self, from: usize) -> std::io::Result<()> {
        let segments = self.state.segments.split_off(from);
        let file = &self.file.file;
        let merged = merged(file, &segments, (file, self.at), self.file.folder())?;
        self.at += merged.len();
        self.state.segments.push(merged);
        Ok(())
    }

    /// Makes one part of all, without what was replaced, in a file of its own.
    pub(super) fn compact(self) -> Result<()> {
        let (state, folder) = (self.state, self.file.folder().to_path_buf());
        let written = self.file.replace(|from, to, at| {
            let segments = match state.segments.is_empty() {
                true => Vec::new(),
                false => vec![merged(from, &state.segments, (to, at), &folder)?],
            };
            Ok(State { segments, ..state })
        });
        written.map_err(|error| self.file.failed(error))
    }

    /// Writes what was taken.
    ///
    /// # Errors
    /// [`Error::Index`](crate::Error::Index) when the file is damaged, [`Error::Io`](crate::Error::Io) when it cannot be written.
    pub fn commit(mut self) -> Result<()> {
        let written = self.flush().and_then(|()| match self.state == self.file.state {
            true => Ok(()),
            false => self.file.commit(std::mem::take(&mut self.state)),
        });
        written.map_err(|error| self.file.failed(error))
    }
}

/// Writes parts as one to a place of a file, without what they replace in each other.
fn merged(
    file: &File,
    segments: &[Segment],
    to: (&File, u64),
    folder: &Path,
) -> std::io::Result<Segment> {
    let mut removed = Vec::new();
    for segment in segments {
        removed.extend(segment.removed(file)?);
    }
    removed.sort_unstable();
    let first = segments.first().map_or(0, |segment| segment.first);
    let of_these = removed.split_off(removed.partition_point(|&number| number < first));
    let is_removed = |number: u64| of_these.binary_search(&number).is_ok();
    merge(file, segments, to, folder, &is_removed, removed)
}
