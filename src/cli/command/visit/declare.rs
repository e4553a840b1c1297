//! `hecha visit declare`: a member declares interests before scoring.

use std::{collections::BTreeSet, path::PathBuf};

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output, typed::clause_or_all, waiting::say_waits},
    domain::{
        edit::declaration::Declaration,
        terms::{id::ClauseId, lang::Text, written::Note},
    },
};

#[derive(Debug, Args)]
pub(crate) struct DeclareArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "none|TEXT")]
    text: String,
    #[arg(long = "recuse", value_name = "CLAUSE|*")]
    recusals: Vec<String>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("申报利益关系（评分前）", "Declare interests (before scoring)"))
        .file()
        .argument("text", Text::new("none 表示没有，否则写明", "none, or what there is"))
        .argument(
            "recusals",
            Text::new(
                "申请回避的条款，可重复；* 为全程回避",
                "A clause to be recused from, repeatable; * is the whole visit",
            ),
        )
}

pub(crate) fn run(args: DeclareArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let recusals: BTreeSet<Option<ClauseId>> = args.recusals.iter().map(|text| clause_or_all(text)).collect();
    let n = recusals.len();
    let declaration = Declaration { text: Note::trimmed(&args.text)?, recusals };
    let mut session = Session::open(home, &args.file)?;
    session.perform(Deed::Declare(declaration))?;
    if n == 0 {
        out.say(&Text::new("已记录利益申报。", "Declaration recorded."));
    } else {
        out.say(&Text::new(
            format!("已记录利益申报，回避 {n} 项。"),
            format!("Declaration recorded, with {n} recusals."),
        ));
    }
    say_waits(&session, out);
    Ok(())
}
