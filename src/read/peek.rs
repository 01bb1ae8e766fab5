//! A reader whose next bytes can be looked at, and given back.

use std::io::{BufRead, Read, Result};

use crate::error::Unreadable;
use crate::guard::look;

/// Bytes that are read at a time.
const STEP: usize = 1 << 16;

pub(super) struct Peek<'r> {
    inner: Box<dyn Read + Send + 'r>,
    buffer: Vec<u8>,
    at: usize,
    /// What went wrong behind the bytes in the buffer.
    error: Option<std::io::Error>,
}

impl<'r> Peek<'r> {
    pub(super) fn new(inner: impl Read + Send + 'r) -> Self {
        Self { inner: Box::new(inner), buffer: Vec::new(), at: 0, error: None }
    }

    /// The next `bytes` bytes, fewer where the input ends or breaks before. They stay to be read, and so does the error.
    pub(super) fn peek(&mut self, bytes: usize) -> &[u8] {
        while self.buffer.len() - self.at < bytes && self.error.is_none() && self.grow() {}
        let rest = &self.buffer[self.at..];
        &rest[..bytes.min(rest.len())]
    }

    /// Puts bytes in front of what is still to be read.
    pub(super) fn give_back(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.at = 0;
    }

    /// Reads to the end, at most `limit` bytes; with the error that stopped it.
    pub(super) fn rest(&mut self, limit: u64) -> (Vec<u8>, Option<std::io::Error>) {
        let (mut bytes, mut rest) = (Vec::new(), self.take(limit));
        loop {
            // Piece by piece: what is read at once would take memory for twice as much.
            let read = match rest.fill_buf() {
                Ok([]) => return (bytes, None),
                Ok(piece) => {
                    bytes.extend_from_slice(piece);
                    piece.len()
                }
                Err(error) => return (bytes, Some(error)),
            };
            rest.consume(read);
        }
    }

    /// All bytes to the end, at most `limit`.
    ///
    /// # Errors
    /// What stopped it, or that they are more than are held in memory.
    pub(super) fn held(&mut self, limit: u64) -> std::result::Result<Vec<u8>, Unreadable> {
        match self.rest(limit.saturating_add(1)) {
            (_, Some(error)) => Err(Unreadable::damaged(error)),
            (bytes, None) if bytes.len() as u64 > limit => Err(Unreadable::TooLarge { limit }),
            (bytes, None) => Ok(bytes),
        }
    }

    /// A line with its end, at most `limit` bytes of it; empty at the end of the input.
    pub(super) fn line(&mut self, limit: u64) -> Result<Vec<u8>> {
        let mut line = Vec::new();
        self.take(limit).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// Reads more into the buffer; false at the end.
    fn grow(&mut self) -> bool {
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        self.buffer.resize(before + STEP, 0);
        let read = loop {
            look();
            match self.inner.read(&mut self.buffer[before..]) {
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Ok(read) => break read,
                Err(error) => {
                    self.error = Some(error);
                    break 0;
                }
            }
        };
        self.buffer.truncate(before + read);
        read > 0
    }
}

impl Read for Peek<'_> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.at == self.buffer.len() && self.error.is_none() && out.len() >= STEP {
            look();
            return self.inner.read(out);
        }
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}

impl BufRead for Peek<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.at == self.buffer.len() {
            if self.error.is_none() {
                self.grow();
            }
            if let Some(error) = self.error.take() {
                return Err(error);
            }
        }
        Ok(&self.buffer[self.at..])
    }

    fn consume(&mut self, bytes: usize) {
        self.at += bytes;
    }
}
