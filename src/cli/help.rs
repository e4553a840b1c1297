//! Help texts in both languages, laid over clap's command, and what is made from it: completions and the manual.

pub(crate) mod texts;

use std::ffi::OsString;

use clap::{Command as ClapCommand, CommandFactory};
use clap_complete::Shell;

use crate::{
    app::failure::Failure,
    cli::{args::Args, help::texts::texts, output::Output},
    domain::terms::lang::Lang,
};

/// The command with its texts in a language.
pub(crate) fn command(lang: Lang) -> ClapCommand {
    localised(Args::command(), "", lang)
}

/// The language asked for with `--lang`, before anything else is read.
pub(crate) fn requested_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|index| texts.get(index + 1)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    match after.or(joined)? {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

pub(crate) fn completions(shell: Shell, lang: Lang, out: &mut Output) {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(lang), "hecha", &mut script);
    out.raw(&String::from_utf8_lossy(&script));
}

pub(crate) fn man(lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(lang))
        .render(&mut page)
        .map_err(|_| Failure::bug("cannot render the manual"))?;
    out.raw(&String::from_utf8_lossy(&page));
    Ok(())
}

fn text(path: &str, argument: &str, lang: Lang) -> &'static str {
    let of = |path: &str| texts().find(|(p, a, _, _)| *p == path && *a == argument);
    of(path).or_else(|| of("")).map_or("", |(_, _, zh, en)| lang.pick(zh, en))
}

fn localised(command: ClapCommand, path: &str, lang: Lang) -> ClapCommand {
    let ids: Vec<String> = command.get_arguments().map(|argument| argument.get_id().to_string()).collect();
    let subcommands: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    let positionals = command.get_positionals().next().is_some();
    let mut command = command
        .about(text(path, "", lang))
        .help_template(template(positionals, !subcommands.is_empty(), lang))
        .disable_help_flag(true)
        .arg(help_flag(lang));
    if path.is_empty() {
        command = command.disable_version_flag(true).arg(version_flag(lang));
    }
    for id in ids {
        command = command.mut_arg(&id, |argument| argument.help(text(path, &id, lang)));
    }
    for name in subcommands {
        let inner = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(&name, |subcommand| localised(subcommand, &inner, lang));
    }
    command
}

/// clap's own headings are English only, so each command gets the headings it needs.
fn template(positionals: bool, subcommands: bool, lang: Lang) -> String {
    let mut template = lang
        .pick("{about-with-newline}\n用法：{usage}\n", "{about-with-newline}\nUsage: {usage}\n")
        .to_owned();
    if subcommands {
        template.push_str(lang.pick("\n命令：\n{subcommands}\n", "\nCommands:\n{subcommands}\n"));
    }
    if positionals {
        template.push_str(lang.pick("\n参数：\n{positionals}\n", "\nArguments:\n{positionals}\n"));
    }
    template.push_str(lang.pick("\n选项：\n{options}\n", "\nOptions:\n{options}\n"));
    template
}

fn help_flag(lang: Lang) -> clap::Arg {
    clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(clap::ArgAction::Help)
        .help(lang.pick("显示帮助", "Print help"))
}

fn version_flag(lang: Lang) -> clap::Arg {
    clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help(lang.pick("显示版本", "Print version"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn walk(command: &ClapCommand, path: &str, found: &mut BTreeSet<(String, String)>) {
        found.insert((path.to_owned(), String::new()));
        let own = command.get_arguments().filter(|argument| !argument.is_global_set() || path.is_empty());
        found.extend(own.map(|argument| (path.to_owned(), argument.get_id().to_string())));
        for inner in command.get_subcommands() {
            let name = inner.get_name();
            walk(inner, format!("{path} {name}").trim(), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_a_text_and_every_text_a_command() {
        let mut wanted = BTreeSet::new();
        walk(&Args::command(), "", &mut wanted);
        let written: BTreeSet<(String, String)> =
            texts().map(|(path, argument, _, _)| ((*path).to_owned(), (*argument).to_owned())).collect();
        assert_eq!(written, wanted);
        assert_eq!(written.len(), texts().count(), "a text is written twice");
    }

    #[test]
    fn the_command_is_sound_in_both_languages() {
        command(Lang::Zh).debug_assert();
        command(Lang::En).debug_assert();
    }
}
