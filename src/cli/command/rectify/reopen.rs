//! `hecha rectify FILE reopen`: hands an item back, or opens a closed one again.

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
pub(crate) struct ReopenArgs {
    #[arg(value_name = "ITEM")]
    item: String,
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("退回，或重新打开已销号的项", "Hand back, or open a closed item again"))
        .argument("reason", Text::new("理由", "Why"))
        .argument("item", Text::new("台账编号，如 EM-02.C1", "Item of the ledger, e.g. EM-02.C1"))
}

pub(crate) fn run(args: ReopenArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let id = session.ledger_id(&args.item);
    session.perform(Deed::Ledger(Box::new(LedgerDeed::Reopen(id.clone(), args.reason))))?;
    out.say(&Text::new(format!("{id} 已重新打开。"), format!("{id} is open again.")));
    Ok(())
}
