//! `hecha dissent`: a member says why the own vote for a clause differs.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{help::Help, output::Output, usage::wrong_usage},
    domain::{
        edit::dissent::{Cause, Dissent},
        terms::{id::ClauseId, lang::Text, written::Note},
    },
};

#[derive(Debug, Args)]
pub(crate) struct DissentArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE")]
    clause: String,
    #[arg(long, value_name = "CAUSE", required_unless_present_any = ["text", "withdraw"])]
    cause: Option<String>,
    #[arg(long, value_name = "TEXT", default_value = "")]
    text: String,
    #[arg(long, requires = "text")]
    minority: bool,
    #[arg(long, conflicts_with_all = ["cause", "text", "minority"])]
    withdraw: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "说明自己的评分为什么不同（本人提交之后），可作为少数意见写入报告",
        "Say why your own vote differs (once you have submitted); may go into the report as a minority opinion",
    ))
    .file()
    .argument("clause", Text::new("条款编号", "Clause id"))
    .argument(
        "cause",
        Text::new(
            "原因：evidence 所见证据不同、reading 对条款理解不同、changed 情况已变化、slip 本人笔误",
            "Cause: evidence (saw other evidence), reading (of the rule), changed (the situation), slip",
        ),
    )
    .argument("text", Text::new("说明", "In words"))
    .argument(
        "minority",
        Text::new("作为少数意见写入报告", "Print the words in the report as a minority opinion"),
    )
    .argument("withdraw", Text::new("收回说明", "Take it back"))
}

pub(crate) fn run(args: DissentArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let cause = args.cause.as_deref().map(|text| {
        Cause::parse(text).ok_or_else(|| {
            wrong_usage(Text::new(
                "原因应是 evidence、reading、changed 或 slip。",
                "A cause is evidence, reading, changed or slip.",
            ))
        })
    });
    let cause = cause.transpose()?;
    let mut session = Session::open(home, &args.file)?;
    let dissent = Dissent { cause, text: Note::trimmed(&args.text)?, minority: args.minority, on: None };
    let value = (!args.withdraw).then_some(dissent);
    session.perform(Deed::Dissent(ClauseId::new(&args.clause), value))?;
    match args.withdraw {
        true => {
            out.say(&Text::new(format!("已收回：{}", args.clause), format!("Taken back: {}", args.clause)))
        }
        false => {
            out.say(&Text::new(format!("已记录：{}", args.clause), format!("Recorded: {}", args.clause)))
        }
    }
    Ok(())
}
