//! `hecha close`: the lead closes scoring.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{
        command::sync,
        help::Help,
        output::Output,
        yes::{Yes, asked_once},
    },
    domain::terms::lang::Text,
    words::irrevocable,
};

#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    yes: Yes,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "结束评分：只计已提交的评分包，随后打开（组长）；已结束的，补入迟到的封存",
        "Close scoring: sealed ballots count, then they are opened (lead); once closed, count late seals",
    ))
    .file()
    .yes()
}

pub(crate) fn run(args: CloseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    session.as_lead()?;
    // A seal that lies in the file and is not taken in would be left out, and could only come late.
    session.sync()?;
    if !args.yes.given() {
        session.may_close()?;
        return Err(first_asked(&session));
    }
    session.perform(Deed::Close)?;
    out.say(&Text::new("评分已结束。", "Scoring is closed."));
    out.say(&session.left_out_told());
    sync::deliver(&mut session, out);
    Ok(())
}

/// What the lead should know before.
fn first_asked(session: &Session) -> Failure {
    asked_once(
        match session.visit().closed {
            true => Text::new("迟到的封存还没有补入。", "The late seals are not counted yet."),
            false => Text::new("评分还没有结束。", "Scoring is not closed yet."),
        },
        irrevocable::both(irrevocable::closing),
        session.before_closing(),
    )
}
