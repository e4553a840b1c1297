//! What the help says, in both languages, laid over the command that clap makes of the arguments.

use clap::{Arg, ArgAction, Command as ClapCommand};

use crate::domain::terms::lang::{Lang, Text};

/// What the help says of a command: of itself, of its arguments, of its own commands.
pub(crate) struct Help {
    about: Text,
    arguments: Vec<(&'static str, Text)>,
    commands: Vec<(&'static str, Help)>,
}

impl Help {
    /// Of a command.
    pub(crate) const fn of(about: Text) -> Self {
        Self { about, arguments: Vec::new(), commands: Vec::new() }
    }

    /// And of its argument; the name is that of the field.
    pub(crate) fn argument(mut self, name: &'static str, text: Text) -> Self {
        self.arguments.push((name, text));
        self
    }

    /// And of the shared file that it is about.
    pub(crate) fn file(self) -> Self {
        self.argument("file", Text::new("共享文件", "Shared file"))
    }

    /// And of `--json`.
    pub(crate) fn json(self) -> Self {
        self.argument("json", Text::new("输出 JSON", "Print JSON"))
    }

    /// And of `--passphrase-file` of commands that only look.
    pub(crate) fn looking(self) -> Self {
        let text = Text::new(
            "没有加入而文件加密时，口令所在的文件（第一行），- 为标准输入",
            "Where an encrypted file is read without joining: file with its passphrase (first line), - is standard input",
        );
        let revision = Text::new(
            "第几次修订的定稿，0 为第一次定稿；不给为现行的",
            "The final record of a revision by its number, 0 the first one; without it the one in force",
        );
        self.argument("passphrase_file", text).argument("revision", revision)
    }

    /// And of `--yes`.
    pub(crate) fn yes(self) -> Self {
        let text =
            Text::new("确认执行；不带它只列出须知事项", "Do it; without it, only say what is to be known");
        self.argument("yes", text)
    }

    /// And of its own commands, by name.
    pub(crate) fn commands(mut self, commands: Vec<(&'static str, Self)>) -> Self {
        self.commands = commands;
        self
    }

    /// The command of clap with these texts in a language.
    pub(crate) fn laid_over(&self, command: ClapCommand, lang: Lang) -> ClapCommand {
        let flags = vec![help_flag(lang), version_flag(lang)];
        self.with_flags(flags, command.disable_version_flag(true), lang)
    }

    fn with_flags(&self, flags: Vec<Arg>, command: ClapCommand, lang: Lang) -> ClapCommand {
        let names: Vec<String> = command.get_arguments().map(|it| it.get_id().to_string()).collect();
        let positionals = command.get_positionals().next().is_some();
        let mut command = command
            .about(self.about.get(lang).to_owned())
            .help_template(template(positionals, !self.commands.is_empty(), lang))
            .disable_help_flag(true)
            .args(flags);
        // In the order of clap: what is changed goes to the end, and completions list arguments as they stand.
        for name in names {
            let text = self.arguments.iter().find(|(it, _)| *it == name).map_or("", |(_, it)| it.get(lang));
            command = command.mut_arg(&name, |argument| argument.help(text.to_owned()));
        }
        for (name, help) in &self.commands {
            let flags = vec![help_flag(lang)];
            command = command.mut_subcommand(name, |inner| help.with_flags(flags, inner, lang));
        }
        command
    }

    /// Every command and argument that has a text: (path of the command, argument or nothing).
    #[cfg(test)]
    pub(crate) fn written(&self, path: &str) -> Vec<(String, String)> {
        let mut written = vec![(path.to_owned(), String::new())];
        written.extend(self.arguments.iter().map(|(name, _)| (path.to_owned(), (*name).to_owned())));
        for (name, help) in &self.commands {
            written.extend(help.written(format!("{path} {name}").trim()));
        }
        written
    }
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

fn help_flag(lang: Lang) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(lang.pick("显示帮助", "Print help"))
}

fn version_flag(lang: Lang) -> Arg {
    Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(lang.pick("显示版本", "Print version"))
}
