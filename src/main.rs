//! The program: command line first, then, where there is a terminal, the screens.

use std::{io::IsTerminal, process::ExitCode};

use hecha::cli::{self, Next};

fn main() -> ExitCode {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    match cli::run(std::env::args_os(), terminal) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Tui { .. } => ExitCode::FAILURE,
    }
}
