//! Files that a command writes one by one.

use std::io::{BufWriter, Write};
use std::path::Path;

use dechaff::{Error, is_stream};
use tempfile::NamedTempFile;

use crate::cli::messages::place_of;

/// Refuses a file that is there already, unless it may be replaced.
pub(super) fn check_free(path: &Path, force: bool) -> anyhow::Result<()> {
    let is_taken = !is_stream(path) && std::fs::symlink_metadata(path).is_ok();
    anyhow::ensure!(
        !is_taken || force,
        "{} is there already; use --force to replace it, or choose another place",
        place_of(path)
    );
    Ok(())
}

/// Writes a file that appears whole or not at all, or standard output.
pub(super) fn write_whole<T>(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    if is_stream(path) {
        let mut out = BufWriter::new(std::io::stdout().lock());
        let written = write(&mut out)?;
        out.flush()?;
        return Ok(written);
    }
    let io = |source| Error::Io { path: path.into(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).map_err(io)?;
    let mut writer = BufWriter::with_capacity(1 << 16, file);
    let written = write(&mut writer)?;
    let file = writer.into_inner().map_err(|e| io(e.into_error()))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let readable = std::fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(readable).map_err(io)?;
    }
    file.as_file().sync_all().map_err(io)?;
    let placed = if force { file.persist(path) } else { file.persist_noclobber(path) };
    placed.map_err(|e| io(e.error))?;
    Ok(written)
}
