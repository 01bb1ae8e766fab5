//! `dechaff man`.

use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man as Page;
use dechaff::Error;

use crate::cli::file::{check_free, write_whole};
use crate::cli::status::Status;

/// Writes the manual: a page for each command
#[derive(clap::Args)]
#[command(after_help = "Examples:
  dechaff man man1
  dechaff man ~/.local/share/man/man1 --force")]
pub(super) struct Man {
    /// The folder to write to, created where missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replaces pages that are there
    #[arg(long)]
    force: bool,
}

impl Man {
    pub(super) fn run(&self, command: Command) -> anyhow::Result<Status> {
        let mut command = command.disable_help_subcommand(true);
        command.build();
        let pages: Vec<(PathBuf, Page)> = with_subcommands(&command)
            .into_iter()
            .map(|command| {
                let page = Page::new(command);
                (self.folder.join(page.get_filename()), page)
            })
            .collect();
        let folder = self.folder.clone();
        std::fs::create_dir_all(&folder).map_err(|source| Error::Io { path: folder, source })?;
        pages.iter().try_for_each(|(path, _)| check_free(path, self.force))?;
        for (path, page) in pages {
            write_whole(&path, self.force, |mut file| Ok(page.render(&mut file)?))?;
        }
        Ok(Status::AllWell)
    }
}

/// A command and all below it that the help names.
fn with_subcommands(command: &Command) -> Vec<Command> {
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    std::iter::once(command.clone()).chain(shown.flat_map(with_subcommands)).collect()
}
