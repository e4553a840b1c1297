//! The program: command line first, then the screens, or question and answer in lines.

use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};

use hecha::{
    app::system::{self, Terminal},
    cli::{self, Next},
    plain,
    tui::{self, Glyphs},
};

/// Cells of a line where nobody says how many there are.
const COLUMNS: usize = 80;

fn main() -> ExitCode {
    system::outlive_too_large_files();
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let (ended, lang) = match cli::run(std::env::args_os(), terminal) {
        Next::Exit(code) => return ExitCode::from(code),
        Next::Tui { home, file, lang } if system::terminal() == Terminal::Lines => {
            let instead = true;
            let options = plain::Options { home, file, lang, columns: COLUMNS, instead };
            (plain::run(options, io::stdin().lock(), io::stdout().lock()), lang)
        }
        Next::Plain { home, file, lang, columns } => {
            let options = plain::Options { home, file, lang, columns, instead: false };
            (plain::run(options, io::stdin().lock(), io::stdout().lock()), lang)
        }
        Next::Tui { home, file, lang } => {
            let glyphs = match system::glyphs().as_deref() {
                Some("ascii") => Some(Glyphs::Ascii),
                Some("box") => Some(Glyphs::Box),
                _ => None,
            };
            let colour = !system::no_color() && system::terminal() == Terminal::Colours;
            (tui::run(tui::Options { home, file, lang, colour, glyphs }), lang)
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(cli::report_failure(&failure, lang)),
    }
}
