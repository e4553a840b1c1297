//! `hecha rectify FILE close`: a second person scores the point again and closes the item.

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
pub(crate) struct CloseArgs {
    #[arg(value_name = "ITEM")]
    item: String,
    #[arg(long, value_name = "VALUE")]
    finding: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    remark: String,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "复核销号：由第二个人按要点重新核查，达到才能销号",
        "Close an item: a second person scores the point again, and it is met",
    ))
    .argument(
        "finding",
        Text::new(
            "要点的复核结果，写法同 score --point：yes、9/10、37.5……",
            "The point scored again, written as in score --point: yes, 9/10, 37.5 …",
        ),
    )
    .argument(
        "remark",
        Text::new("复核意见；没有要点的项必填", "What was seen; required where the item has no point"),
    )
    .argument("item", Text::new("台账编号，如 EM-02.C1", "Item of the ledger, e.g. EM-02.C1"))
}

pub(crate) fn run(args: CloseArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let id = session.ledger_id(&args.item);
    let deed = LedgerDeed::Close(id.clone(), args.finding, args.remark);
    session.perform(Deed::Ledger(Box::new(deed)))?;
    out.say(&Text::new(format!("{id} 已销号。"), format!("{id} is closed.")));
    Ok(())
}
