//! How a file is told from others.

use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// What a file held when it was written; of a folder, all files in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest {
    /// How many files there are in a folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) files: Option<u64>,
    pub(crate) bytes: u64,
    /// `xxh3:` and 128 bits. Of a folder it is the sum of those of its files, each taken together with its name, in whatever order.
    pub(crate) digest: String,
}

fn shown(bits: u128) -> String {
    format!("xxh3:{bits:032x}")
}

/// The digest of bytes that come one after the other.
#[derive(Default)]
pub(crate) struct Digester {
    hash: Xxh3,
    bytes: u64,
}

impl Digester {
    pub(crate) fn take(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    pub(crate) fn finish(&self) -> Digest {
        Digest { files: None, bytes: self.bytes, digest: shown(self.hash.digest128()) }
    }

    /// The digest of a file as it stands.
    pub(crate) fn of_file(path: &Path) -> std::io::Result<Self> {
        let mut digester = Self::default();
        std::io::copy(&mut std::fs::File::open(path)?, &mut digester)?;
        Ok(digester)
    }
}

impl std::io::Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.take(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl std::fmt::Debug for Digester {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.debug_struct("Digester").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// The digest of a folder whose files come in any order.
#[derive(Debug, Default)]
pub(crate) struct FolderDigester {
    files: u64,
    bytes: u64,
    sum: u128,
}

impl FolderDigester {
    /// Takes a file by its name below the folder, with `/` between its parts.
    pub(crate) fn take(&mut self, name: &str, file: &Digester) {
        self.files += 1;
        self.bytes += file.bytes;
        let together = format!("{name}\0{}", shown(file.hash.digest128()));
        self.sum = self.sum.wrapping_add(xxh3_128(together.as_bytes()));
    }

    pub(crate) fn finish(&self) -> Digest {
        Digest { files: Some(self.files), bytes: self.bytes, digest: shown(self.sum) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Digester {
        let mut digester = Digester::default();
        digester.take(bytes);
        digester
    }

    #[test]
    fn a_file_is_the_same_however_it_is_cut() {
        let mut cut = Digester::default();
        ["old ", "quay"].iter().for_each(|part| cut.take(part.as_bytes()));
        assert_eq!(cut.finish(), of(b"old quay").finish());
    }

    #[test]
    fn a_folder_is_its_files_and_their_names_in_any_order() {
        let folder = |files: &[(&str, &str)]| {
            let mut digester = FolderDigester::default();
            files.iter().for_each(|(name, text)| digester.take(name, &of(text.as_bytes())));
            digester.finish()
        };
        let there = folder(&[("a.md", "quay"), ("b.md", "weir")]);
        assert_eq!(there, folder(&[("b.md", "weir"), ("a.md", "quay")]));
        assert_ne!(there, folder(&[("a.md", "weir"), ("b.md", "quay")]));
        assert_eq!((there.files, there.bytes), (Some(2), 8));
    }
}
