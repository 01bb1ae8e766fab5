//! An index that is written anew from what earlier runs wrote.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::article::Article;
use crate::compare::index::{Index, IndexMatch, Stats};
use crate::error::{Error, Result};
use crate::outputs::ARTICLES;
use crate::read::{Limits, Tally, lines};
use crate::walk::Source;

/// What a manifest says of a run.
#[derive(Deserialize)]
struct Manifest {
    format: String,
    files: Vec<String>,
}

/// Writes the index at `path` anew, or for the first time, from the folders of earlier runs, the oldest first: it knows the articles in them as if those runs
/// had kept it. It takes the place of what stood there only once it is whole.
///
/// # Errors
/// [`Error::NoRun`] when a folder holds no articles as JSON lines, [`Error::Index`] when the file at `path` is in use or is no index, [`Error::Io`]
/// when something cannot be read or written.
pub fn rebuild_index(path: impl AsRef<Path>, folders: &[PathBuf]) -> Result<Stats> {
    let files = folders.iter().map(|folder| files_of(folder)).collect::<Result<Vec<_>>>()?;
    Index::anew(path.as_ref(), |index| {
        for files in &files {
            let mut session = index.session()?;
            let mut standings: Vec<IndexMatch> = Vec::new();
            // The articles of a run were not compared with each other by the index.
            each(files, |article| {
                standings.push(session.look_up(article)?);
                Ok(())
            })?;
            let mut standings = standings.iter();
            each(files, |article| {
                let standing = standings.next().unwrap_or(&IndexMatch::New);
                session.add(article, &article.id, standing)
            })?;
            session.commit()?;
        }
        Ok(())
    })
}

/// The files of articles of a run.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let path = folder.join("manifest.json");
    let manifest = std::fs::read(&path).map_err(Error::io(&path))?;
    let refuse = |reason| Error::NoRun { path: folder.into(), reason };
    let manifest: Manifest = serde_json::from_slice(&manifest)
        .map_err(|_| refuse("its manifest is none that a run wrote"))?;
    if manifest.format != "jsonl" {
        return Err(refuse("an index is made of articles that were written with --format jsonl"));
    }
    let is_of_articles = |name: &&String| name.starts_with(ARTICLES) && !name.contains(['/', '\\']);
    let files: Vec<PathBuf> =
        manifest.files.iter().filter(is_of_articles).map(|name| folder.join(name)).collect();
    if files.is_empty() { Err(refuse("its manifest names no articles")) } else { Ok(files) }
}

/// Shows the articles in some files, in their order, but for copies that were kept.
fn each(files: &[PathBuf], mut show: impl FnMut(&Article) -> Result<()>) -> Result<()> {
    let limits = Limits { unpacked: u64::MAX, members: u64::MAX, ..Limits::default() };
    for path in files {
        let dump = path.display().to_string();
        let source = Source { dump, path: Some(path.clone()), bytes: 0, in_folder: false };
        for line in lines(&source, None, limits, &Tally::default()).map_err(Error::io(path))? {
            let (_, line) = line.map_err(Error::io(path))?;
            let article: Option<Article> =
                line.ok().and_then(|line| serde_json::from_slice(&line).ok());
            let article = article.ok_or_else(|| Error::NoRun {
                path: path.clone(),
                reason: "holds a line that is no article; see dechaff verify",
            })?;
            if article.provenance.copy_of.is_none() {
                show(&article)?;
            }
        }
    }
    Ok(())
}
