//! `hecha submit`: seals the ballot, and syncs.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
    },
    cli::{command::sync, help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct SubmitArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "提交评分，评分包随即封存；组长结束评分前可撤回",
        "Submit the ballot, which seals it; until the closing it can be taken back",
    ))
    .file()
}

/// Submits and syncs.
pub(crate) fn run(args: SubmitArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let Done::Submitted(gaps) = session.perform(Deed::Submit)? else { return Err(Done::mistaken()) };
    if !gaps.unscored.is_empty() {
        let n = gaps.unscored.len();
        out.note(&Text::new(
            format!("{n} 个条款没有评分，按“未投票”计。"),
            format!("{n} clauses are not scored; they count as no vote."),
        ));
    }
    out.say(&Text::new(
        "已提交，评分包已封存；组长结束评分前可用 hecha unseal 撤回。",
        "Submitted: the ballot is sealed; until the closing hecha unseal takes it back.",
    ));
    sync::deliver(&mut session, out);
    Ok(())
}
