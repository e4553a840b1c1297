//! `hecha rectify FILE submit`: what was done about an item is handed in.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{
        deed::{Deed, LedgerDeed},
        failure::Failure,
        ledger::work::Handover,
        session::Session,
    },
    cli::{help::Help, output::Output, typed::day},
    domain::terms::lang::Text,
};

#[derive(Debug, Args)]
pub(crate) struct SubmitArgs {
    #[arg(value_name = "ITEM")]
    item: String,
    #[arg(long, value_name = "NAME")]
    by: String,
    #[arg(long, value_name = "TEXT")]
    text: String,
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    #[arg(long = "file", value_name = "PATH")]
    files: Vec<PathBuf>,
    #[arg(long = "keep-metadata")]
    keep_metadata: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("提交整改情况", "Hand in what was done"))
        .argument(
            "by",
            Text::new("整改人姓名；不能由本人销号", "Who did it, by name; that person cannot close it"),
        )
        .argument("text", Text::new("做了什么", "What was done"))
        .argument("date", Text::new("完成日期；不给为今天", "Day it was done; without it today"))
        .argument(
            "files",
            Text::new(
                "照片或文件，可重复；拍摄地点会去除",
                "Photo or file, repeatable; its place is taken out",
            ),
        )
        .argument(
            "keep_metadata",
            Text::new(
                "去不掉拍摄地点的文件也照原样附上",
                "Hand in files as they are even where their place cannot be taken out",
            ),
        )
        .argument("item", Text::new("台账编号，如 EM-02.C1", "Item of the ledger, e.g. EM-02.C1"))
}

pub(crate) fn run(args: SubmitArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let SubmitArgs { item, by, text, date, files, keep_metadata } = args;
    let id = session.ledger_id(&item);
    let date = date.as_deref().map(day).transpose()?;
    let handover = Handover { by, date, text, proof: files, keep_metadata };
    session.perform(Deed::Ledger(Box::new(LedgerDeed::HandIn(id.clone(), handover))))?;
    out.say(&Text::new(
        format!("{id} 已提交，等第二个人复核。"),
        format!("{id} is handed in; a second person looks at it next."),
    ));
    Ok(())
}
