//! `hecha crosswalk …`: which clause of one edition is which of another.

mod check;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home},
    cli::{help::Help, left::Left, list::commands, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct CrosswalkArgs {
    #[command(subcommand)]
    command: CrosswalkCommand,
}

commands! {
    CrosswalkCommand(&Home) {
        Check(check::CheckArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "换版对照：新旧两版清单的条款、要点怎样对应",
        "Crosswalks between two editions of a checklist",
    ))
    .commands(CrosswalkCommand::help())
}

pub(crate) fn run(args: CrosswalkArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    args.command.run(home, out)
}
