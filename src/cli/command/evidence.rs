//! `hecha evidence …`: photos and files attached to clauses.

mod add;
mod export;
mod list;
mod remove;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, list::commands, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct EvidenceArgs {
    #[command(subcommand)]
    command: EvidenceCommand,
}

commands! {
    EvidenceCommand(&Home) {
        Add(add::AddArgs),
        List(list::ListArgs),
        Remove(remove::RemoveArgs),
        Export(export::ExportArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("附件：附在条款上的照片和文件", "Evidence: photos and files attached to clauses"))
        .commands(EvidenceCommand::help())
}

pub(crate) fn run(args: EvidenceArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    args.command.run(home, out)
}
