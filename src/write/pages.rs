//! Articles as pages, one after the other, on standard output.

use std::io::{Error as IoError, IsTerminal, Write};
use std::path::PathBuf;

use crate::article::Article;
use crate::error::{Error, Result};
use crate::write::folder::{Draft, Folder};
use crate::write::format::Format;
use crate::write::printable::printable_page;
use crate::write::{markdown, text};

/// What parts two pages: a form feed on a line of its own, as `pdftotext` has it. A dump that holds it is parted there when it is read.
const BETWEEN: &[u8] = b"\n\x0c\n";

/// An article as a page of this format, without what stands between pages.
pub(crate) fn page(format: Format, line: &[u8]) -> std::result::Result<(Article, String), IoError> {
    let article: Article = serde_json::from_slice(line)?;
    let page = match format {
        Format::Markdown => markdown::page(&article)?,
        _ => text::page(&article),
    };
    Ok((article, page))
}

/// Takes articles and writes their pages.
#[derive(Debug)]
pub(crate) struct Pages {
    stream: Draft,
    place: PathBuf,
    format: Format,
    /// A terminal is shown nothing that it would act on.
    is_terminal: bool,
    is_first: bool,
}

impl Pages {
    pub(crate) fn new(folder: &Folder, format: Format) -> Result<Self> {
        let (stream, place) = (folder.draft()?, folder.path().into());
        let is_terminal = std::io::stdout().is_terminal();
        Ok(Self { stream, place, format, is_terminal, is_first: true })
    }

    /// Adds the article of a line.
    pub(crate) fn line(&mut self, line: &[u8]) -> Result<()> {
        self.write(line).map_err(Error::io(&self.place))
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        self.stream.flush().map_err(Error::io(&self.place))
    }

    fn write(&mut self, line: &[u8]) -> std::result::Result<(), IoError> {
        let (_, page) = page(self.format, line)?;
        if !std::mem::take(&mut self.is_first) {
            self.stream.write_all(BETWEEN)?;
        }
        let page = if self.is_terminal { printable_page(&page) } else { page };
        self.stream.write_all(page.as_bytes())
    }
}
