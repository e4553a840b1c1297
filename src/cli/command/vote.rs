//! `hecha vote`: a vote in the clear on a clause that the panel discusses, after the opening.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, merge::clear_votes::parse_choice, session::Session},
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::terms::{id::ClauseId, lang::Text},
};

#[derive(Debug, Args)]
pub(crate) struct VoteArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    clause: String,
    #[arg(value_name = "GRADE", required_unless_present = "none")]
    grade: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
    #[arg(long, conflicts_with = "grade")]
    none: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "合议表决：评分公开后，对讨论的条款公开表决",
        "Vote in the clear on a clause under discussion, after the opening",
    ))
    .file()
    .argument("clause", Text::new("条款编号", "Clause id"))
    .argument("grade", Text::new("A、B、C、D、not-applicable 或分值", "A, B, C, D, not-applicable or points"))
    .argument("reason", Text::new("理由，写入报告", "Reason, printed in the report"))
    .argument("none", Text::new("收回自己的表决", "Take the own vote back"))
}

pub(crate) fn run(args: VoteArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let choice = args.grade.as_deref().map(|typed| {
        parse_choice(typed).ok_or_else(|| {
            wrong_usage(Text::new(
                "表决应是 A、B、C、D、not-applicable 或分值。",
                "A vote is A, B, C, D, not-applicable or points.",
            ))
        })
    });
    let choice = choice.transpose()?;
    session.perform(Deed::ClearVote(ClauseId::new(&args.clause), choice, args.reason))?;
    out.say(&session.voted(&args.clause, args.grade.as_deref()));
    session.sync()?;
    Ok(())
}
