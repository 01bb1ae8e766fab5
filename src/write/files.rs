//! Lines of JSON in one file, or in several of a bounded size: as they are, compressed, as documents of Dolma, or as a table.

use std::io::Write;
use std::num::NonZero;

use flate2::write::GzEncoder;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::outputs::DOCUMENTS;
use crate::write::dolma;
use crate::write::folder::{Draft, Folder, Whole};
use crate::write::format::{Compression, Layout};
use crate::write::parquet::Table;

/// Takes lines and writes them into files.
#[derive(Debug)]
pub(crate) struct Files {
    folder: Folder,
    stem: &'static str,
    content: Content,
    layout: Layout,
    /// The file that is open.
    open: Writer,
    /// Bytes of the lines in it.
    filled: u64,
    /// The files before it.
    whole: Vec<Whole>,
}

/// What becomes of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// They stay what they are.
    Lines,
    /// Articles become documents of Dolma.
    Documents,
    /// Articles become rows of Parquet.
    Table,
}

#[derive(Debug)]
enum Writer {
    Lines(Packed),
    Documents(Packed),
    Table(Box<Table>),
}

impl Files {
    /// Files whose names begin with `stem`. Those of documents are compressed with gzip unless another way is asked for.
    pub(crate) fn new(
        folder: &Folder,
        stem: &'static str,
        content: Content,
        mut layout: Layout,
    ) -> Result<Self> {
        if content == Content::Documents && !folder.is_stream() {
            layout.compression = layout.compression.or(Some(Compression::Gzip));
        }
        let open = Writer::open(folder, content, layout.compression)?;
        Ok(Self {
            folder: folder.clone(),
            stem,
            content,
            layout,
            open,
            filled: 0,
            whole: Vec::new(),
        })
    }

    /// Adds a line, which comes without its end.
    pub(crate) fn line(&mut self, line: &[u8]) -> Result<()> {
        let bytes = line.len() as u64 + 1;
        if self.filled > 0
            && self.layout.shard.map(NonZero::get).is_some_and(|most| self.filled + bytes > most)
        {
            self.turn()?;
        }
        self.filled += bytes;
        let written = match &mut self.open {
            Writer::Lines(file) => {
                file.writer().write_all(line).and_then(|()| file.writer().write_all(b"\n"))
            }
            Writer::Documents(file) => dolma::write(line, file.writer()),
            Writer::Table(table) => table.push(line),
        };
        written.map_err(Error::io(self.folder.path()))
    }

    /// Adds a value as a line.
    pub(crate) fn value(&mut self, value: &impl Serialize) -> Result<()> {
        let line =
            serde_json::to_vec(value).map_err(|e| Error::io(self.folder.path())(e.into()))?;
        self.line(&line)
    }

    /// Closes the last file.
    pub(crate) fn finish(self) -> Result<Vec<Whole>> {
        let name = self.name();
        let Self { folder, open, mut whole, .. } = self;
        whole.extend(open.finish(name).map_err(Error::io(folder.path()))?);
        Ok(whole)
    }

    /// Closes the open file and begins another.
    fn turn(&mut self) -> Result<()> {
        let name = self.name();
        let full = std::mem::replace(
            &mut self.open,
            Writer::open(&self.folder, self.content, self.layout.compression)?,
        );
        self.whole.extend(full.finish(name).map_err(Error::io(self.folder.path()))?);
        self.filled = 0;
        Ok(())
    }

    /// The name of the file that is open.
    fn name(&self) -> String {
        let number =
            self.layout.shard.map_or_else(String::new, |_| format!("-{:05}", self.whole.len()));
        let packed = match self.layout.compression {
            None => "",
            Some(Compression::Gzip) => ".gz",
            Some(Compression::Zstd) => ".zst",
        };
        match self.content {
            Content::Lines => format!("{}{number}.jsonl{packed}", self.stem),
            Content::Documents => format!("{DOCUMENTS}/{}{number}.jsonl{packed}", self.stem),
            Content::Table => format!("{}{number}.parquet", self.stem),
        }
    }
}

impl Writer {
    fn open(folder: &Folder, content: Content, compression: Option<Compression>) -> Result<Self> {
        let draft = folder.draft()?;
        let writer = match content {
            Content::Lines => Packed::new(draft, compression).map(Self::Lines),
            Content::Documents => Packed::new(draft, compression).map(Self::Documents),
            Content::Table => Table::new(draft).map(|table| Self::Table(Box::new(table))),
        };
        writer.map_err(Error::io(folder.path()))
    }

    fn finish(self, name: String) -> std::io::Result<Option<Whole>> {
        let draft = match self {
            Self::Lines(file) | Self::Documents(file) => file.finish()?,
            Self::Table(table) => table.finish()?,
        };
        draft.finish(name)
    }
}

/// A file that is compressed on its way, or not.
enum Packed {
    Not(Draft),
    Gzip(GzEncoder<Draft>),
    Zstd(zstd::Encoder<'static, Draft>),
}

impl Packed {
    fn new(draft: Draft, compression: Option<Compression>) -> std::io::Result<Self> {
        Ok(match compression {
            None => Self::Not(draft),
            Some(Compression::Gzip) => {
                Self::Gzip(GzEncoder::new(draft, flate2::Compression::default()))
            }
            Some(Compression::Zstd) => {
                Self::Zstd(zstd::Encoder::new(draft, zstd::DEFAULT_COMPRESSION_LEVEL)?)
            }
        })
    }

    fn finish(self) -> std::io::Result<Draft> {
        match self {
            Self::Not(draft) => Ok(draft),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Zstd(encoder) => encoder.finish(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Not(draft) => draft,
            Self::Gzip(encoder) => encoder,
            Self::Zstd(encoder) => encoder,
        }
    }
}

impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(match self {
            Self::Not(_) => "Not",
            Self::Gzip(_) => "Gzip",
            Self::Zstd(_) => "Zstd",
        })
    }
}
