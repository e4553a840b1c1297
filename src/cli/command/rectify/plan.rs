//! `hecha rectify FILE plan`: the lead sets goal, person and deadline.

use clap::Args;

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        failure::Failure,
        ledger::work::PlanChange,
        session::Session,
    },
    cli::{help::Help, output::Output, typed::day, usage::wrong_usage},
    domain::{
        ledger::Progress,
        terms::{id::RectifyId, lang::Text},
    },
};

#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[arg(value_name = "ITEM", required_unless_present = "all")]
    items: Vec<String>,
    #[arg(long, conflicts_with = "items")]
    all: bool,
    #[command(flatten)]
    plan: PlannedArgs,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "组长：定整改目标、责任人、完成时限；没写的不变，写空字符串为清除",
        "Lead: set goal, person, deadline; what is not given stays, an empty text clears",
    ))
    .argument("items", Text::new("编号，可几项", "Items, one or more"))
    .argument("all", Text::new("全部未销号的项", "All items that are not closed"))
    .argument("goal", Text::new("整改目标", "What is to be reached"))
    .argument("person", Text::new("责任人", "Who answers for it"))
    .argument("deadline", Text::new("完成时限", "Until when"))
}

/// What is planned for an item.
#[derive(Debug, Args)]
pub(crate) struct PlannedArgs {
    #[arg(long, value_name = "TEXT")]
    goal: Option<String>,
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD")]
    deadline: Option<String>,
}

pub(crate) fn run(args: PlanArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let change = plan_change(args.plan)?;
    if change == PlanChange::default() {
        return Err(wrong_usage(Text::new(
            "请给出 --goal、--person 或 --deadline。",
            "Give --goal, --person or --deadline.",
        )));
    }
    let ids: Vec<RectifyId> = if args.all {
        let open = |progress| matches!(progress, Progress::Open | Progress::Submitted);
        session.visit().ledger().iter().filter(|it| open(it.progress)).map(|it| it.id.clone()).collect()
    } else {
        args.items.iter().map(|item| session.ledger_id(item)).collect()
    };
    let n = ids.len();
    session.perform(Deed::Ledger(Box::new(LedgerDeed::Plan(ids, change))))?;
    out.say(&Text::new(format!("已改 {n} 项。"), format!("Changed: {n}")));
    Ok(())
}

/// What a plan as typed changes.
pub(crate) fn plan_change(plan: PlannedArgs) -> Result<PlanChange, Failure> {
    let deadline = plan.deadline.as_deref().map(|text| match text.trim() {
        "" => Ok(None),
        text => day(text).map(Some),
    });
    Ok(PlanChange { goal: plan.goal, person: plan.person, deadline: deadline.transpose()? })
}
