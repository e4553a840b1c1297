//! The program: command line first, then, where there is a terminal, the screens.

use std::{io::IsTerminal, process::ExitCode};

use hecha::{
    app::system,
    cli::{self, Next},
    tui::{self, Glyphs},
};

fn main() -> ExitCode {
    system::outlive_too_large_files();
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    match cli::run(std::env::args_os(), terminal) {
        Next::Exit(code) => ExitCode::from(code),
        Next::Tui { home, file, lang } => {
            let glyphs = match system::glyphs().as_deref() {
                Some("ascii") => Some(Glyphs::Ascii),
                Some("box") => Some(Glyphs::Box),
                _ => None,
            };
            match tui::run(tui::Options { home, file, lang, colour: !system::no_color(), glyphs }) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failure) => ExitCode::from(cli::report_failure(&failure, lang)),
            }
        }
    }
}
