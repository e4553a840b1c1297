//! Wrong usage, in the user's language: what clap found, in the form of every other error.

use std::{ffi::OsString, path::Path};

use clap::error::{ContextKind, ErrorKind};

use crate::{
    app::{
        failure::{Exit, Failure, near::nearest},
        files::is_there,
    },
    cli::output::Output,
    domain::terms::lang::{Lang, Text},
};

/// Prints clap's answer: help and version as they are, errors in our form. Returns the exit code.
pub(crate) fn report(error: &clap::Error, lang: Lang) -> u8 {
    let mut output = Output::new(lang);
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        output.raw(&error.render().to_string());
        return output.finish();
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output.raw(&error.render().to_string());
        let _ = output.finish();
        return Exit::Usage as u8;
    }
    output.fail(&failure(error))
}

/// What is neither a command nor a file, and so near to a command that it was meant; `None` = something else.
pub(crate) fn mistyped(arguments: &[OsString], commands: &clap::Command) -> Option<Failure> {
    let mut words = arguments.iter().skip(1).filter_map(|it| it.to_str());
    let word = loop {
        match words.next()? {
            "--home" | "--lang" | "--width" => drop(words.next()),
            option if option.starts_with('-') => {}
            word => break word,
        }
    };
    let names: Vec<&str> = commands.get_subcommands().map(clap::Command::get_name).collect();
    let may_be_file = word.contains(['.', '/', '\\']) || is_there(Path::new(word));
    if may_be_file || names.contains(&word) {
        return None;
    }
    let near = nearest(word, names)?;
    Some(Failure::new(
        Exit::Usage,
        Text::new("命令没有执行。", "The command was not run."),
        Text::new(format!("没有“{word}”这个命令或文件。"), format!("There is no command or file “{word}”.")),
        Text::new(format!("是不是 {near}？"), format!("Did you mean {near}?")),
    ))
}

/// `hecha` without a command and without a terminal.
pub(crate) fn no_terminal() -> Failure {
    Failure::new(
        Exit::Usage,
        Text::new("界面没有打开。", "The screen was not opened."),
        Text::new("这里没有终端。", "There is no terminal here."),
        Text::new(
            "请在终端里运行，或用一问一答（hecha --plain）或命令：hecha --help",
            "Run it in a terminal, in lines (hecha --plain), or use a command: hecha --help",
        ),
    )
}

/// `--plain` beside a command, which asks nothing.
pub(crate) fn plain_with_command() -> Failure {
    wrong_usage(Text::new(
        "--plain 代替全屏界面，命令不用它。",
        "--plain stands for the screens; commands do without it.",
    ))
}

/// A failure of wrong usage that clap does not see.
pub(crate) fn wrong_usage(why: Text) -> Failure {
    Failure::new(
        Exit::Usage,
        Text::new("命令没有执行。", "The command was not run."),
        why,
        Text::new("请看 hecha --help。", "See hecha --help."),
    )
}

fn failure(error: &clap::Error) -> Failure {
    let context = |kind: ContextKind| error.get(kind).map(ToString::to_string);
    let given = context(ContextKind::InvalidArg)
        .or_else(|| context(ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let why = match error.kind() {
        ErrorKind::MissingRequiredArgument => {
            Text::new(format!("缺少 {given}。"), format!("{given} is missing."))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => {
            Text::new(format!("{given} 缺少值。"), format!("{given} needs a value."))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Text::new(format!("{given} 不能是“{value}”。"), format!("{given} cannot be “{value}”."))
        }
        ErrorKind::InvalidSubcommand => {
            Text::new(format!("没有命令“{given}”。"), format!("There is no command “{given}”."))
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            Text::new(format!("{given} 不能与 {other} 同用。"), format!("{given} excludes {other}."))
        }
        _ => Text::new(format!("看不懂“{given}”。"), format!("“{given}” is not understood.")),
    };
    let suggested = context(ContextKind::SuggestedArg).or_else(|| context(ContextKind::SuggestedSubcommand));
    let next = match suggested {
        Some(near) => Text::new(format!("是不是 {near}？"), format!("Did you mean {near}?")),
        None => Text::new("请看 hecha --help。", "See hecha --help."),
    };
    Failure::new(Exit::Usage, Text::new("命令没有执行。", "The command was not run."), why, next)
}
