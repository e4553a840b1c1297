//! `hecha checklist …`: what checklists there are, what they say, and whether they hold.

mod check;
mod diff;
mod export;
mod import;
mod list;
mod show;

pub(crate) use check::problem_json;
use clap::Args;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, list::commands, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ChecklistArgs {
    #[command(subcommand)]
    command: ChecklistCommand,
}

commands! {
    ChecklistCommand(&Home) {
        List(list::ListArgs),
        Show(show::ShowArgs),
        Diff(diff::DiffArgs),
        Check(check::CheckArgs),
        Export(export::ExportArgs),
        Import(import::ImportArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("清单：列出、查看、检查、导出、导入", "Checklists: list, show, check, export, import"))
        .commands(ChecklistCommand::help())
}

pub(crate) fn run(args: ChecklistArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    args.command.run(home, out)
}
