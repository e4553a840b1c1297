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
            lang::{Lang, Text},
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
        say_what_bears_it(&session, &args.subject, out);
    }
    out.say(&Text::new(
        format!("已记录：{} {}", args.subject, args.decision),
        format!("Recorded: {} {}", args.subject, args.decision),
    ));
    Ok(())
}

/// Tells where the votes do not bear a verdict: before the end it stands and is marked, afterwards it does not stand.
fn say_what_bears_it(session: &Session, clause: &str, out: &Output) {
    let visit = session.visit();
    if visit.revision.is_draft && visit.revised_verdict(clause).is_none() {
        out.note(&Text::new(
            "异议后的合议表决票数不够，或多数不是这个意见：这个结论暂不生效，仍按原来的。",
            "Too few have voted since the objection, or most say otherwise: this does not take effect, and what stood before stands.",
        ));
        return;
    }
    let outcome = session.outcome();
    let result = outcome.clauses.iter().find(|result| result.id.as_str() == clause);
    if let Some(basis) = result.filter(|result| result.is_against_votes()).and_then(|result| result.basis) {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| basis.name(lang));
        out.note(&Text::new(
            format!("{zh}：结论旁注明，定稿前要写明理由。"),
            format!("{en}: marked beside the verdict, and the end takes a reason for it."),
        ));
    }
}
