//! `hecha close`: the lead closes scoring.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("关闭评分（组长）", "Close scoring (lead)")).file()
}

pub(crate) fn run(args: CloseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    // What lies in the file counts too: a seal that is left out for want of a sync stays marked as late for ever.
    session.sync()?;
    session.perform(Deed::Close)?;
    session.sync()?;
    out.say(&Text::new("已关闭评分。", "Scoring is closed."));
    Ok(())
}
