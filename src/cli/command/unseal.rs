//! `hecha unseal`: takes a submission back while scoring is not closed, and syncs.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{command::sync, help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct UnsealArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "撤回提交，接着评分（组长结束评分之前）",
        "Take the submission back and score on, until the lead closes scoring",
    ))
    .file()
}

pub(crate) fn run(args: UnsealArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Unseal)?;
    out.say(&Text::new(
        "提交已撤回，可以接着评分；评完请再提交。",
        "The submission is taken back; score on, then submit again.",
    ));
    sync::deliver(&mut session, out);
    Ok(())
}
