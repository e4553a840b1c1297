//! The command line: every command works without a terminal, and reading commands take `--json`.
//!
//! Knows `app` and `domain` types; never the terminal UI, files or SQL.

mod args;
mod command;
mod help;
mod left;
mod list;
mod output;
mod passphrase;
mod reading;
mod typed;
mod usage;
mod waiting;
mod yes;

use std::{ffi::OsString, path::PathBuf};

use clap::FromArgMatches;

use crate::{
    app::{failure::Failure, home::Home, system},
    cli::{args::Args, left::Left, output::Output},
    domain::terms::lang::Lang,
    words::wrap::COLUMNS,
};

/// What the program is to do after the command line was read.
#[derive(Debug)]
pub enum Next {
    /// A command ran; exit with this code.
    Exit(u8),
    /// Open the terminal UI.
    Tui {
        /// Data folder.
        home: Home,
        /// The visit to open; `None` = home screen.
        file: Option<PathBuf>,
        /// Language.
        lang: Lang,
    },
    /// Ask and answer in lines.
    Plain {
        /// Data folder.
        home: Home,
        /// The visit to open; `None` = one of this laptop's.
        file: Option<PathBuf>,
        /// Language.
        lang: Lang,
        /// Cells that a line has.
        columns: usize,
    },
}

/// Reads the command line and runs the command.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: bool) -> Next {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = args::requested_lang(&arguments).unwrap_or_else(system::language);
    let command = args::command(lang);
    if let Some(failure) = usage::mistyped(&arguments, &command) {
        return Next::Exit(report_failure(&failure, lang));
    }
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return Next::Exit(usage::report(&error, lang)),
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => return Next::Exit(usage::report(&error, lang)),
    };
    let mut output = Output::new(lang);
    match perform(args, terminal, &mut output) {
        Ok(Left::Tui { home, file }) if terminal => Next::Tui { home, file, lang },
        Ok(Left::Plain { home, file, columns }) => Next::Plain { home, file, lang, columns },
        Ok(Left::Printed | Left::Tui { .. } | Left::Page(_)) => Next::Exit(output.finish()),
        Err(failure) => Next::Exit(output.fail(&failure)),
    }
}

/// Prints a failure of the terminal UI the way commands do; returns the exit code.
#[must_use]
pub fn report_failure(failure: &Failure, lang: Lang) -> u8 {
    Output::new(lang).fail(failure)
}

fn perform(args: Args, terminal: bool, out: &mut Output) -> Result<Left, Failure> {
    let home = Home::choose(args.home)?;
    let left = match args.command {
        None if args.plain => {
            let columns = args.width.map_or(COLUMNS, usize::from);
            Left::Plain { home, file: args.file, columns }
        }
        Some(_) if args.plain => return Err(usage::plain_with_command()),
        None if terminal => Left::Tui { home, file: args.file },
        None => return Err(usage::no_terminal()),
        Some(command) => command.run(&home, out)?,
    };
    if let Left::Page(make) = left {
        let page = make(args::command(out.lang()))?;
        out.raw(&String::from_utf8_lossy(&page));
        return Ok(Left::Printed);
    }
    Ok(left)
}
