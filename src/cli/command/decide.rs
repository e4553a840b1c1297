//! `hecha close` and `hecha decide`: the lead's work.

use std::path::Path;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, merge::decide::parse_decision, session::Session},
    cli::{args::DecideArgs, output::Output, wrong_usage},
    domain::{
        edit::verdict::GateState,
        terms::id::{ClauseId, GateId},
    },
};

pub(crate) fn close(file: &Path, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, file)?;
    session.perform(Deed::Close)?;
    session.sync()?;
    out.say("已关闭评分。", "Scoring is closed.");
    Ok(())
}

pub(crate) fn run(args: &DecideArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let profile = &session.visit().founding.checklist.profile;
    let is_gate = profile.gates.iter().any(|gate| gate.id.as_str() == args.subject);
    if is_gate {
        let state = GateState::parse(&args.decision)
            .ok_or_else(|| wrong_usage("门槛结论应是 clear 或 tripped。", "A gate is clear or tripped."))?;
        let gate = GateId::new(&args.subject);
        session.perform(Deed::DecideGate(gate, Some(state), args.reason.clone()))?;
    } else {
        let decision = parse_decision(&args.decision).ok_or_else(|| {
            wrong_usage(
                "结论应是 A、B、C、D、not-applicable 或分值。",
                "A verdict is A, B, C, D, not-applicable or points.",
            )
        })?;
        let clause = ClauseId::new(&args.subject);
        session.perform(Deed::Decide(clause, Some(decision), args.reason.clone()))?;
    }
    out.say(
        format!("已记录：{} {}", args.subject, args.decision),
        format!("Recorded: {} {}", args.subject, args.decision),
    );
    Ok(())
}
