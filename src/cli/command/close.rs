//! `hecha close`: the lead closes scoring.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{
        help::Help,
        output::Output,
        yes::{Yes, asked_once, listed},
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
    Help::of(Text::new("关闭评分（组长）", "Close scoring (lead)")).file().yes()
}

pub(crate) fn run(args: CloseArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    if !args.yes.given() {
        return Err(first_asked(&session));
    }
    session.perform(Deed::Close)?;
    session.sync()?;
    out.say(&Text::new("已关闭评分。", "Scoring is closed."));
    out.say(&not_submitted(&session));
    Ok(())
}

/// What the lead should know before: whose ballots are not there.
fn first_asked(session: &Session) -> Failure {
    if let Err(refused) = session.as_lead() {
        return refused;
    }
    asked_once(
        Text::new("评分还没有关闭。", "Scoring is not closed yet."),
        irrevocable::both(irrevocable::closing),
        vec![not_submitted(session)],
    )
}

/// The members whose ballots are not submitted.
fn not_submitted(session: &Session) -> Text {
    let late = session.visit().voting().filter(|state| !state.is_submitted());
    let late: Vec<&str> = late.map(|state| state.member.name.as_str()).collect();
    if late.is_empty() {
        return irrevocable::both(irrevocable::all_submitted);
    }
    listed(&irrevocable::both(irrevocable::not_submitted), &late)
}
