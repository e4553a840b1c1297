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
    cli::{
        command::sync,
        help::Help,
        output::Output,
        waiting::say_waits,
        yes::{Yes, asked_once},
    },
    domain::terms::lang::Text,
    words::irrevocable,
};

#[derive(Debug, Args)]
pub(crate) struct SubmitArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    yes: Yes,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "提交评分包；组长结束评分之前可以撤回",
        "Submit the ballot; it can be taken back until the lead closes scoring",
    ))
    .file()
    .yes()
}

/// Submits and syncs.
pub(crate) fn run(args: SubmitArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    session.may_submit()?;
    if !args.yes.given() {
        return Err(first_asked(&session));
    }
    let Done::Submitted(gaps) = session.perform(Deed::Submit)? else { return Err(Done::mistaken()) };
    if !gaps.unscored.is_empty() {
        let n = gaps.unscored.len();
        out.note(&Text::new(
            format!("{n} 个条款没有评分，按“未投票”计。"),
            format!("{n} clauses are not scored; they count as no vote."),
        ));
    }
    out.say(&Text::new(
        "已提交并封存；组长结束评分之前可以撤回（hecha unseal）。",
        "Submitted and sealed; it can be taken back until the lead closes scoring (hecha unseal).",
    ));
    sync::deliver(&mut session, out);
    say_waits(&session, out);
    Ok(())
}

/// What a member should know before.
fn first_asked(session: &Session) -> Failure {
    asked_once(
        Text::new("评分还没有提交。", "The ballot is not submitted yet."),
        irrevocable::both(irrevocable::submitting),
        session.before_submitting(),
    )
}
