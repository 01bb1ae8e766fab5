//! A file for each article, in folders by dump.

use std::io::{Error as IoError, Write};
use std::path::PathBuf;

use rustc_hash::FxHashSet;
use tempfile::TempDir;

use crate::error::{Error, Result};
use crate::write::digest::{Digest, Digester, FolderDigester};
use crate::write::file_name::{folded, folder_of, stem_of};
use crate::write::folder::Folder;
use crate::write::format::Format;
use crate::write::pages::page;

/// Takes articles and writes each into a file of its own.
#[derive(Debug)]
pub(crate) struct Tree {
    folder: TempDir,
    /// Where the folder is to stand, to name it in errors.
    place: PathBuf,
    format: Format,
    /// Names that are in use, by what systems that tell no case apart make of them.
    taken: FxHashSet<u64>,
    articles: u64,
    digester: FolderDigester,
}

impl Tree {
    pub(crate) fn new(folder: &Folder, format: Format) -> Result<Self> {
        Ok(Self {
            folder: folder.hidden_folder()?,
            place: folder.path().into(),
            format,
            taken: FxHashSet::default(),
            articles: 0,
            digester: FolderDigester::default(),
        })
    }

    /// Adds the article of a line.
    pub(crate) fn line(&mut self, line: &[u8]) -> Result<()> {
        self.write(line).map_err(Error::io(&self.place))
    }

    pub(crate) fn finish(self) -> (TempDir, Digest) {
        (self.folder, self.digester.finish())
    }

    fn write(&mut self, line: &[u8]) -> Result<(), IoError> {
        let (article, page) = page(self.format, line)?;
        let ending = if self.format == Format::Markdown { "md" } else { "txt" };
        let folder = folder_of(&article.provenance.dump);
        let stem = stem_of(article.title.as_deref().unwrap_or_default(), &article.id);
        self.articles += 1;
        let mut name = format!("{folder}/{stem}.{ending}");
        if !self.taken.insert(folded(&name)) {
            // Copies that are kept have the id of the article; the number in the run is theirs alone.
            name = format!("{folder}/{stem}-{}.{ending}", self.articles);
            self.taken.insert(folded(&name));
        }
        std::fs::create_dir_all(self.folder.path().join(folder))?;
        std::fs::File::create_new(self.folder.path().join(&name))?.write_all(page.as_bytes())?;
        let mut digester = Digester::default();
        digester.take(page.as_bytes());
        self.digester.take(&name, &digester);
        Ok(())
    }
}
