//! `hecha pool …`: the experts of this laptop, in and out, and panels drawn from them.

mod draw;
mod draws;
mod export;
mod import;
mod list;
mod redraw;
mod remove;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, list::commands, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct PoolArgs {
    #[command(subcommand)]
    command: PoolCommand,
}

commands! {
    PoolCommand(&Home) {
        Import(import::ImportArgs),
        List(list::ListArgs),
        Export(export::ExportArgs),
        Remove(remove::RemoveArgs),
        Draw(draw::DrawArgs),
        Redraw(redraw::RedrawArgs),
        Draws(draws::DrawsArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "专家库：导入、查看、导出，按公开的种子抽取专家组",
        "Expert pool: import, list, export, and draw a panel by a published seed",
    ))
    .commands(PoolCommand::help())
}

pub(crate) fn run(args: PoolArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    args.command.run(home, out)
}
