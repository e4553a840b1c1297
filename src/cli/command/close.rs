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
    Help::of(Text::new(
        "结束评分（组长）；已结束的，补入迟到的封存",
        "Close scoring (lead); once closed, count late seals",
    ))
    .file()
}

pub(crate) fn run(args: CloseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Close)?;
    session.sync()?;
    out.say(&Text::new("评分已结束。", "Scoring is closed."));
    Ok(())
}
