//! `hecha rectify FILE …`: the rectification ledger.

mod add;
mod close;
mod export;
mod import;
mod list;
mod plan;
mod reopen;
mod show;
mod strike;
mod submit;

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, home::Home, session::Session},
    cli::{help::Help, left::Left, list::commands, output::Output, reading::Looking},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct RectifyArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    looking: Looking,
    #[command(subcommand)]
    command: RectifyCommand,
}

commands! {
    RectifyCommand(&mut Session) {
        List(list::ListArgs),
        Show(show::ShowArgs),
        Add(add::AddArgs),
        Plan(plan::PlanArgs),
        Submit(submit::SubmitArgs),
        Close(close::CloseArgs),
        Reopen(reopen::ReopenArgs),
        Strike(strike::StrikeArgs),
        Export(export::ExportArgs),
        Import(import::ImportArgs),
    }
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "整改台账：定稿时由未达到的要点生成，提交、复核销号、重开，与机构往来",
        "Rectification ledger: made of the unmet points when the visit becomes final; hand in, close, reopen, exchange",
    ))
    .file()
    .looking()
    .commands(RectifyCommand::help())
}

pub(crate) fn run(args: RectifyArgs, home: &Home, out: &mut Output) -> Result<Left, Failure> {
    let mut session = args.looking.open_draft(home, &args.file, out)?;
    args.command.run(&mut session, out)
}
