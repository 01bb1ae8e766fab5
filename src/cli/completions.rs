//! `dechaff completions`.

use clap::Command;
use clap_complete::{Shell, generate};

use crate::cli::status::Status;

/// Prints what completes the commands and options in a shell
#[derive(clap::Args)]
#[command(after_help = "Examples:
  dechaff completions bash > ~/.local/share/bash-completion/completions/dechaff
  dechaff completions zsh > ~/.zfunc/_dechaff
  dechaff completions fish > ~/.config/fish/completions/dechaff.fish")]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, mut command: Command) -> anyhow::Result<Status> {
        let mut script = Vec::new();
        generate(self.shell, &mut command, "dechaff", &mut script);
        std::io::Write::write_all(&mut std::io::stdout(), &script)?;
        Ok(Status::AllWell)
    }
}
