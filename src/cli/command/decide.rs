//! `hecha decide`: the lead's verdict on a clause or gate.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, merge::decide::parse_decision, session::Session},
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::{
        edit::verdict::GateState,
        terms::{
            id::{ClauseId, GateId},
            lang::Text,
        },
    },
};

#[derive(Debug, Args)]
pub(crate) struct DecideArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE|GATE")]
    subject: String,
    #[arg(value_name = "GRADE|STATE")]
    decision: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "组长记录合议结论或否决情形结论，须写理由",
        "Record the lead's verdict on a clause or gate, with a reason",
    ))
    .file()
    .argument("subject", Text::new("条款或否决情形编号", "Clause or gate id"))
    .argument(
        "decision",
        Text::new(
            "A、B、C、D、not-applicable 或分值；否决情形用 clear、tripped",
            "A, B, C, D, not-applicable or points; clear or tripped for a gate",
        ),
    )
    .argument("reason", Text::new("理由", "Reason"))
}

pub(crate) fn run(args: DecideArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let profile = &session.visit().founding.checklist.profile;
    let is_gate = profile.gates.iter().any(|gate| gate.id.as_str() == args.subject);
    if is_gate {
        let state = GateState::parse(&args.decision).ok_or_else(|| {
            wrong_usage(Text::new("否决情形结论应是 clear 或 tripped。", "A gate is clear or tripped."))
        })?;
        let gate = GateId::new(&args.subject);
        session.perform(Deed::DecideGate(gate, Some(state), args.reason.clone()))?;
    } else {
        let decision = parse_decision(&args.decision).ok_or_else(|| {
            wrong_usage(Text::new(
                "结论应是 A、B、C、D、not-applicable 或分值。",
                "A verdict is A, B, C, D, not-applicable or points.",
            ))
        })?;
        let clause = ClauseId::new(&args.subject);
        session.perform(Deed::Decide(clause, Some(decision), args.reason.clone()))?;
        session.unborne(&args.subject).iter().for_each(|told| out.note(told));
    }
    out.say(&Text::new(
        format!("已记录：{} {}", args.subject, args.decision),
        format!("Recorded: {} {}", args.subject, args.decision),
    ));
    Ok(())
}
