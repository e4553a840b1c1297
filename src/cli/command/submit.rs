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
    Help::of(Text::new("提交评分；提交后不能再改", "Submit the ballot; it is sealed for good")).file()
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
    out.say(&Text::new("已提交，评分从此不能再改。", "Submitted; the ballot is sealed for good."));
    sync::deliver(&mut session, out);
    Ok(())
}
