//! `hecha object`: an objection of the facility, and the panel's answer.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{deed::Deed, failure::Failure, home::Home, session::Session},
    cli::{
        help::Help,
        output::Output,
        typed::{clause_or_all, day},
        usage::wrong_usage,
    },
    domain::{
        edit::objection::Objection,
        terms::{
            lang::Text,
            written::{Line, Note},
        },
    },
};

#[derive(Debug, Args)]
pub(crate) struct ObjectArgs {
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[arg(value_name = "CLAUSE|*")]
    clause: String,
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["answer", "withdraw"])]
    text: Option<String>,
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[arg(long, value_name = "TEXT")]
    answer: Option<String>,
    /// The day it was raised.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<String>,
    #[arg(long, conflicts_with_all = ["text", "by", "answer", "on"])]
    withdraw: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new(
        "组长：登记机构的异议和专家组的答复",
        "Lead: record an objection of the facility and the answer",
    ))
    .file()
    .argument("clause", Text::new("条款编号；* 为整份报告", "Clause; * is the whole report"))
    .argument("text", Text::new("异议内容", "What is objected to"))
    .argument("by", Text::new("机构提出异议的人", "Who objects, for the facility"))
    .argument("on", Text::new("提出异议的日期，默认今天", "The day it was raised; today by default"))
    .argument("answer", Text::new("专家组的答复", "The panel's answer"))
    .argument("withdraw", Text::new("撤下异议", "Take the objection back"))
}

pub(crate) fn run(args: ObjectArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let clause = clause_or_all(&args.clause);
    if args.withdraw {
        session.perform(Deed::Object(clause, None))?;
        out.say(&Text::new("已撤下异议。", "The objection was taken back."));
        return Ok(());
    }
    let before = session.visit().objections().find(|(it, _)| *it == clause.as_ref());
    let before = before.map(|(_, objection)| objection.clone());
    let given = args.text.as_deref().map(Note::trimmed).transpose()?;
    let Some(text) = given.or_else(|| before.as_ref().map(|it| it.text.clone())) else {
        return Err(wrong_usage(Text::new(
            "还没有可答复的异议，请先用 --text 登记。",
            "There is no objection to answer; record it with --text.",
        )));
    };
    let on = args.on.as_deref().map(day).transpose()?;
    let (by, answer) = (args.by.as_deref().map(Line::new), args.answer.as_deref().map(Note::trimmed));
    let (by, answer) = (by.transpose()?, answer.transpose()?);
    // What was answered already and is objected to anew is a new objection.
    let kept = before.filter(|it| args.text.is_none() || it.text == text);
    let (kept_by, kept_answer, kept_on) = kept.map(|it| (it.by, it.answer, it.on)).unwrap_or_default();
    let objection = Objection {
        by: by.unwrap_or(kept_by),
        text,
        answer: answer.unwrap_or(kept_answer),
        on: on.or(kept_on),
    };
    let answered = !objection.answer.is_empty();
    let is_late = session.visit().objections_until().zip(objection.on);
    session.perform(Deed::Object(clause, Some(objection)))?;
    if let Some((until, _)) = is_late.filter(|(until, on)| on > until) {
        out.note(&Text::new(
            format!("异议期限到 {until}，这条逾期提出，报告里注明；是否受理由专家组决定。"),
            format!("The term ended on {until}; this objection is late and is told as such. The panel decides whether to hear it."),
        ));
    }
    let is_under_way = session.visit().revision.is_draft;
    if !answered && is_under_way {
        out.say(&Text::new(
            "已记录异议。定稿不变；对异议的条款合议表决（hecha vote）、裁定、签字后，再定稿即为修订。",
            "Objection recorded. The record stands; vote on the clause (hecha vote), decide, sign, and making it final again is a revision.",
        ));
    } else if answered {
        out.say(&Text::new("已记录异议和答复。", "Objection and answer recorded."));
    } else {
        out.say(&Text::new(
            "已记录异议；定稿前请用 --answer 答复。",
            "Objection recorded; answer it with --answer before finalising.",
        ));
    }
    Ok(())
}
