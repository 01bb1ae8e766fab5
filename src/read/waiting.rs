//! Input that may keep whoever reads it waiting for ever: standard input, pipes. Work that is told to end meanwhile ends.

use std::io::{ErrorKind, Read, Result};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use crate::guard::look;

/// Bytes that are read at a time.
const STEP: usize = 1 << 16;
/// How long it is waited before a look at whether to go on.
const PAUSE: Duration = Duration::from_millis(50);

/// An input that a thread of its own reads.
pub(super) struct Waiting {
    pieces: Receiver<Result<Vec<u8>>>,
    piece: Vec<u8>,
    at: usize,
}

impl Waiting {
    /// What `open` gives; to open a pipe is to wait too.
    ///
    /// # Errors
    /// When there can be no thread.
    pub(super) fn on<R: Read>(open: impl FnOnce() -> Result<R> + Send + 'static) -> Result<Self> {
        let (sender, pieces) = sync_channel(1);
        std::thread::Builder::new().spawn(move || match open() {
            Ok(input) => hand_over(input, &sender),
            Err(error) => drop(sender.send(Err(error))),
        })?;
        Ok(Self { pieces, piece: Vec::new(), at: 0 })
    }
}

/// Reads to the end, or until nobody waits any more.
fn hand_over(mut input: impl Read, sender: &SyncSender<Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; STEP];
        let read = match input.read(&mut piece) {
            Ok(0) => return,
            Ok(read) => Ok(read),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_over = read.is_err();
        let piece = read.map(|read| {
            piece.truncate(read);
            piece
        });
        if sender.send(piece).is_err() || is_over {
            return;
        }
    }
}

impl Read for Waiting {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        while self.at == self.piece.len() {
            match self.pieces.recv_timeout(PAUSE) {
                Ok(piece) => (self.piece, self.at) = (piece?, 0),
                Err(RecvTimeoutError::Timeout) => look(),
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
        let read = (&self.piece[self.at..]).read(out)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::Stop;

    #[test]
    fn all_of_it_is_read_and_an_error_ends_it() {
        let text = "The quay is open.\n".repeat(10_000);
        let bytes = text.clone().into_bytes();
        let mut read = String::new();
        let mut waiting = Waiting::on(|| Ok(std::io::Cursor::new(bytes))).unwrap();
        waiting.read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        let refused = || Err::<&[u8], _>(std::io::Error::other("no such pipe"));
        let error = Waiting::on(refused).unwrap().read(&mut [0]).unwrap_err();
        assert_eq!(error.to_string(), "no such pipe");
    }

    #[test]
    fn who_waits_is_told_to_end() {
        struct Silent;
        impl Read for Silent {
            fn read(&mut self, _: &mut [u8]) -> Result<usize> {
                std::thread::sleep(Duration::from_secs(60));
                Ok(0)
            }
        }
        let stop = Stop::default().after(Duration::from_millis(100));
        let ended = stop.run(|| Waiting::on(|| Ok(Silent)).unwrap().read(&mut [0]).is_ok());
        assert!(ended.is_err());
    }
}
