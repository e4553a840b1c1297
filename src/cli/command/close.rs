//! `hecha close`: the lead closes scoring.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{
        command::sync,
        help::Help,
        output::Output,
        yes::{Yes, asked_once, listed},
    },
    domain::terms::{id::MemberName, lang::Text},
    words::{irrevocable, label},
};

/// So many who wait are named: anybody who can write to the share can claim names.
const NAMED: usize = 5;

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
    out.say(&left_out(&session));
    sync::deliver(&mut session, out);
    Ok(())
}

/// What the lead should know before: whose ballots will count late, or not at all.
fn first_asked(session: &Session) -> Failure {
    asked_once(
        match session.visit().closed {
            true => Text::new("迟到的封存还没有补入。", "The late seals are not counted yet."),
            false => Text::new("评分还没有结束。", "Scoring is not closed yet."),
        },
        irrevocable::both(irrevocable::closing),
        std::iter::once(left_out(session)).chain(others(session)).collect(),
    )
}

/// Who is not there, and who works on a ballot without being admitted.
fn others(session: &Session) -> impl Iterator<Item = Text> {
    let visit = session.visit();
    let is_open = !visit.closed;
    let absent: Vec<&str> = visit.absentees().map(|it| it.name.as_str()).collect();
    let waiting: Vec<&str> = visit.newcomers().take(NAMED).map(MemberName::as_str).collect();
    let told =
        [(irrevocable::both(label::absent), absent), (irrevocable::both(irrevocable::not_admitted), waiting)];
    told.into_iter()
        .filter(move |(_, names)| is_open && !names.is_empty())
        .map(|(what, names)| listed(&what, &names))
}

/// The members whose ballots are not sealed.
fn left_out(session: &Session) -> Text {
    let out: Vec<&str> = session.visit().unsealed().map(|state| state.member.name.as_str()).collect();
    if out.is_empty() {
        return irrevocable::both(irrevocable::all_submitted);
    }
    listed(&irrevocable::both(irrevocable::not_submitted), &out)
}
