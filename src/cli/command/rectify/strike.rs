//! `hecha rectify FILE strike`: the lead takes items off the ledger.

use clap::Args;

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        failure::Failure,
        session::Session,
    },
    cli::{help::Help, output::Output},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct StrikeArgs {
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "组长：不列入台账，如不要求达到的 A 级要点",
        "Lead: take items off, e.g. A points that are not asked for",
    ))
    .argument("items", Text::new("编号，可几项", "Items, one or more"))
    .argument("reason", Text::new("理由", "Why"))
}

pub(crate) fn run(args: StrikeArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    for item in &args.items {
        let id = session.ledger_id(item);
        let deed = LedgerDeed::Strike(id.clone(), args.reason.clone());
        session.perform(Deed::Ledger(Box::new(deed)))?;
        out.say(&Text::new(format!("{id} 不再列入台账。"), format!("{id} is off the ledger.")));
    }
    Ok(())
}
