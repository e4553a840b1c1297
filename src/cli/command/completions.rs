//! `hecha completions`: the script that lets a shell complete commands and arguments.

use clap::Args;
use clap_complete::{Shell, generate};

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("输出命令行补全脚本", "Print a shell completion script")).argument(
        "shell",
        Text::new("bash、zsh、fish、powershell、elvish", "bash, zsh, fish, powershell, elvish"),
    )
}

pub(crate) fn run(args: CompletionsArgs, _: &Home, _: &mut Output) -> Result<Left, Failure> {
    Ok(Left::Page(Box::new(move |mut whole| {
        let mut script = Vec::new();
        generate(args.shell, &mut whole, "hecha", &mut script);
        Ok(script)
    })))
}
