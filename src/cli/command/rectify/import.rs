//! `hecha rectify FILE import`: takes in the ledger that the facility filled in.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, Done, LedgerDeed},
        failure::Failure,
        ledger::file::Plans,
        session::Session,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    #[arg(value_name = "XLSX|CSV")]
    path: PathBuf,
    #[arg(long)]
    plans: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "读回机构填好的台账：有一行不对就全不读取",
        "Take in the ledger that the facility filled in: nothing if any row is bad",
    ))
    .argument("path", Text::new("填好的 .xlsx 或 .csv", "The filled-in .xlsx or .csv"))
    .argument(
        "plans",
        Text::new(
            "组长：目标、责任人、时限也以文件为准",
            "Lead: take goal, person and deadline from the file too",
        ),
    )
}

pub(crate) fn run(args: ImportArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let plans = if args.plans { Plans::Take } else { Plans::Leave };
    let deed = Deed::Ledger(Box::new(LedgerDeed::TakeIn(args.path, plans)));
    let Done::TakenIn(done) = session.perform(deed)? else { return Err(Done::mistaken()) };
    out.say(&Text::new(
        format!(
            "新提交 {} 项，改了目标、责任人或时限 {} 项，没有变化 {} 项。",
            done.n_submitted, done.n_planned, done.n_same
        ),
        format!(
            "Handed in: {}; goal, person or deadline changed: {}; unchanged: {}.",
            done.n_submitted, done.n_planned, done.n_same
        ),
    ));
    done.told.iter().for_each(|told| out.note(told));
    if done.n_plans_left > 0 {
        let n = done.n_plans_left;
        out.note(&Text::new(
            format!("有 {n} 行的目标、责任人或时限与台账不同，没有读取；确要以文件为准，请组长加 --plans。"),
            format!("{n} rows have another goal, person or deadline than the ledger; left alone. To take them the lead adds --plans."),
        ));
    }
    Ok(())
}
