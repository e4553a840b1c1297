//! `hecha rectify FILE add`: the lead puts one more item on the ledger.

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done, LedgerDeed},
        failure::Failure,
        ledger::work::problem,
        session::Session,
    },
    cli::{
        command::rectify::plan::{PlannedArgs, plan_change},
        help::Help,
        output::Output,
    },
    domain::{
        edit::rectify::Plan,
        terms::{lang::Text, written::Note},
    },
};

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[arg(value_name = "PROBLEM")]
    problem: String,
    #[arg(long, value_name = "CLAUSE")]
    clause: Option<String>,
    #[arg(long, value_name = "ID", requires = "clause")]
    point: Option<String>,
    #[command(flatten)]
    plan: PlannedArgs,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("组长：另列一项", "Lead: put one more item on the ledger"))
        .argument("problem", Text::new("问题", "What is to be mended"))
        .argument("clause", Text::new("属于哪个条款", "The clause it is about"))
        .argument("point", Text::new("属于哪个要点", "The point it is about"))
        .argument("goal", Text::new("整改目标", "What is to be reached"))
        .argument("person", Text::new("责任人", "Who answers for it"))
        .argument("deadline", Text::new("完成时限", "Until when"))
}

pub(crate) fn run(args: AddArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let plan = plan_change(args.plan)?.over(&Plan::default())?;
    let problem = problem(args.clause.as_deref(), args.point.as_deref(), Note::trimmed(&args.problem)?, plan);
    let deed = Deed::Ledger(Box::new(LedgerDeed::Add(problem)));
    let Done::OnLedger(id) = session.perform(deed)? else { return Err(Done::mistaken()) };
    out.say(&Text::new(format!("已列入台账：{id}"), format!("On the ledger: {id}")));
    Ok(())
}
