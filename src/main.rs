//! The `dechaff` command: a thin shell over the library.

mod changes;
mod cli;
mod finished;
mod report;

use std::process::ExitCode;

/// A record is cleaned in many small lists, of which the allocator of the system takes a seventh of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}
