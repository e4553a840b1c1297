//! The command line: every command works without a terminal, and reading commands take `--json`.
//!
//! Knows `app` and `domain` types; never the terminal UI, files or SQL.

mod args;
pub(crate) mod command;
mod help;
mod output;
mod usage;
mod wrap;

use std::{ffi::OsString, path::PathBuf};

use clap::FromArgMatches;

use crate::{
    app::{
        failure::{Exit, Failure},
        home::Home,
        system,
    },
    cli::{
        args::{Args, Command},
        command::{
            agreement, checklist, decide, demo, dissent, doctor, ending, evidence, feedback, form, fsck,
            merge, panel, pool, rectify, restore, result, score, sync, visit,
        },
        output::Output,
    },
    domain::terms::lang::{Lang, Text},
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
}

/// Reads the command line and runs the command.
pub fn run(arguments: impl IntoIterator<Item = OsString>, terminal: bool) -> Next {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = help::requested_lang(&arguments).unwrap_or_else(system::language);
    let matches = match help::command(lang).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return Next::Exit(usage::report(&error, lang)),
    };
    let args = match Args::from_arg_matches(&matches) {
        Ok(args) => args,
        Err(error) => return Next::Exit(usage::report(&error, lang)),
    };
    let mut output = Output::new(lang);
    let done = dispatch(args, lang, terminal, &mut output);
    match done {
        Ok(Done::Tui { home, file }) => Next::Tui { home, file, lang },
        Ok(Done::Printed) => Next::Exit(output.finish()),
        Err(failure) => Next::Exit(output.fail(&failure)),
    }
}

/// Prints a failure of the terminal UI the way commands do; returns the exit code.
#[must_use]
pub fn report_failure(failure: &Failure, lang: Lang) -> u8 {
    Output::new(lang).fail(failure)
}

pub(crate) enum Done {
    Printed,
    Tui { home: Home, file: Option<PathBuf> },
}

fn dispatch(args: Args, lang: Lang, terminal: bool, out: &mut Output) -> Result<Done, Failure> {
    let home = Home::choose(args.home)?;
    match args.command {
        None if terminal => return Ok(Done::Tui { home, file: args.file }),
        None => return Err(usage::no_terminal()),
        Some(Command::Demo { dir }) => return demo::run(dir, terminal, lang, out),
        Some(Command::Visit(command)) => visit::run(command, &home, out)?,
        Some(Command::Score(score)) => score::run(score, &home, out)?,
        Some(Command::Evidence(command)) => evidence::run(command, &home, out)?,
        Some(Command::Submit { file }) => sync::submit(&file, &home, out)?,
        Some(Command::Sync(args)) => sync::sync(&args, &home, out)?,
        Some(Command::Restore { file, from: Some(from), json: _ }) => {
            restore::restore(&file, &from, &home, out)?;
        }
        Some(Command::Restore { file, from: None, json }) => restore::list(&file, json, &home, out)?,
        Some(Command::Close { file }) => decide::close(&file, &home, out)?,
        Some(Command::Merge { file, json }) => merge::run(&file, json, &home, out)?,
        Some(Command::Decide(decide)) => decide::run(&decide, &home, out)?,
        Some(Command::Dissent(dissent)) => dissent::run(dissent, &home, out)?,
        Some(Command::Panel { file, json }) => panel::run(&file, json, &home, out)?,
        Some(Command::Object(args)) => ending::object(&args, &home, out)?,
        Some(Command::Sign { file }) => ending::sign(&file, &home, out)?,
        Some(Command::Finalize(args)) => ending::finalize(&args, &home, out)?,
        Some(Command::Result { file, json }) => result::result(&file, json, &home, out)?,
        Some(Command::Report(report)) => result::report(&report, &home, out)?,
        Some(Command::Rectify(args)) => rectify::run(args, &home, out)?,
        Some(Command::Feedback(args)) => feedback::run(&args, &home, out)?,
        Some(Command::Form(args)) => form::run(&args, &home, out)?,
        Some(Command::Agreement(agreement)) => agreement::run(agreement, &home, out)?,
        Some(Command::Checklist(command)) => checklist::run(command, &home, out)?,
        Some(Command::Pool(command)) => pool::run(command, &home, out)?,
        Some(Command::Fsck { file, json }) => fsck::run(&file, json, &home, out)?,
        Some(Command::Doctor { json }) => doctor::run(json, &home, out),
        Some(Command::Completions { shell }) => help::completions(shell, lang, out),
        Some(Command::Man) => help::man(lang, out)?,
    }
    Ok(Done::Printed)
}

/// A failure of wrong usage.
fn wrong_usage(zh: &str, en: &str) -> Failure {
    Failure::new(
        Exit::Usage,
        Text::new("命令没有执行。", "The command was not run."),
        Text::new(zh, en),
        Text::new("请看 hecha --help。", "See hecha --help."),
    )
}
