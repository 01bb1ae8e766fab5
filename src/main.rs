//! The `dechaff` command: a thin shell over the library.

mod changes;
mod cli;
mod finished;
mod report;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
