//! Reads dumps ahead of whoever cleans them, in batches that are small enough to be in memory.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::SyncSender;

use crate::error::{Error, Unreadable};
use crate::read::{Part, Reader, Tally};
use crate::walk::Source;

/// Bytes of text of a batch, unless a single record is larger. Two batches are in memory at a time: one is read, one is cleaned.
const BATCH_BYTES: usize = 32 << 20;
/// Records of a batch.
const BATCH_PARTS: usize = 1024;

/// What is read of the dumps, in their order.
#[derive(Debug)]
pub(crate) enum Feed {
    /// A part of the dump with this number, and how many bytes of the file were read for it.
    Part(usize, Part, u64),
    /// The dump with this number is read, and so are these bytes; whether the disk gave all of it.
    End(usize, u64, bool),
}

/// Reads `sources` one after the other and sends what stands in them, until nobody receives any more.
pub(crate) fn feed(reader: &Reader, sources: &[Source], sender: &SyncSender<Vec<Feed>>) {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    let mut push = |feed: Feed| {
        let more =
            if let Feed::Part(_, Part::Record(record), _) = &feed { record.view.len() } else { 0 };
        let is_full = batch.len() >= BATCH_PARTS || bytes + more > BATCH_BYTES && !batch.is_empty();
        if is_full && sender.send(std::mem::take(&mut batch)).is_err() {
            return ControlFlow::Break(());
        }
        bytes = if is_full { more } else { bytes + more };
        batch.push(feed);
        ControlFlow::Continue(())
    };
    for (number, source) in sources.iter().enumerate() {
        let (tally, mut left) = (Tally::default(), source.bytes);
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut parts = reader.at(number).open_counted(source, &tally)?;
            let _ = parts.try_for_each(|part| {
                let bytes = tally.take().min(left);
                left -= bytes;
                push(Feed::Part(number, part, bytes))
            });
            Ok(())
        }));
        let is_whole = !tally.has_failed() && !matches!(read, Ok(Err(Error::Io { .. })));
        let reason = match read {
            Ok(Ok(())) => None,
            Ok(Err(Error::Io { source, .. })) => Some(source.to_string()),
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the reader broke down on it; please report this".into()),
        };
        let broken = reason.map(|reason| {
            Feed::Part(
                number,
                Part::Broken { record: None, reason: Unreadable::Damaged(reason) },
                0,
            )
        });
        if broken
            .into_iter()
            .chain([Feed::End(number, left, is_whole)])
            .try_for_each(&mut push)
            .is_break()
        {
            return;
        }
    }
    // Nobody waits for the last batch where the run has ended already.
    let _ = sender.send(batch);
}
