//! What the first pass over all dumps gathers: lines in the stash, texts that are compared, counts.

use crate::compare::Deduplicator;
use crate::error::{Failure, Result, Skipped};
use crate::run::event::Event;
use crate::run::outcome::{Outcome, Piece};
use crate::run::stash::{Stash, Stashed};
use crate::run::summary::Summary;
use crate::walk::Source;
use crate::write::Output;

/// Where the outcomes of the first pass go.
pub(crate) struct FirstPass<'r> {
    pub(crate) stash: Stash,
    pub(crate) texts: Deduplicator,
    pub(crate) output: &'r mut Output,
    pub(crate) summary: &'r mut Summary,
    pub(crate) observe: &'r mut dyn FnMut(Event),
}

impl FirstPass<'_> {
    /// Takes what became of a part of one of the dumps.
    pub(crate) fn take(&mut self, sources: &[Source], outcome: Outcome) -> Result<()> {
        match outcome {
            Outcome::Done(source, done) => {
                self.summary.add(&done.cleaned);
                done.each(&sources[source].dump, |piece| self.piece(piece))
            }
            Outcome::Failed(source, record, error) => {
                self.fail(Failure { dump: sources[source].dump.clone(), record, error })
            }
            Outcome::Skipped(source, reason) => {
                let dump = sources[source].dump.clone();
                self.summary.skipped.push(Skipped { dump, reason });
                Ok(())
            }
            Outcome::End(source) => {
                self.end(&sources[source]);
                Ok(())
            }
        }
    }

    pub(crate) fn piece(&mut self, piece: Piece) -> Result<()> {
        match piece {
            Piece::Record(ledger) => self.stash.record(ledger),
            Piece::Article(id, line, fingerprint, sentences) => {
                self.texts.push(fingerprint)?;
                self.stash.article(id, line, sentences)
            }
        }
    }

    pub(crate) fn fail(&mut self, failure: Failure) -> Result<()> {
        (self.observe)(Event::Failed(&failure));
        self.summary.fail(failure, self.output)
    }

    /// Tells that a dump is done.
    pub(crate) fn end(&mut self, source: &Source) {
        (self.observe)(Event::Done { dump: &source.dump, bytes: source.bytes });
    }

    /// Closes the stash for reading.
    pub(crate) fn finish(self) -> Result<(Stashed, Deduplicator)> {
        Ok((self.stash.finish()?, self.texts))
    }
}
