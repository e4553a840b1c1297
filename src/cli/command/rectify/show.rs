//! `hecha rectify FILE show`: one item and all that happened to it.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::{failure::Failure, session::Session},
    cli::{command::rectify::list::print_line, help::Help, output::Output},
    domain::{
        edit::rectify::RectifyStep,
        ledger::Happened,
        terms::lang::{Lang, Text},
    },
    words::wrap::{COLUMNS, hang},
};

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    #[arg(value_name = "ITEM")]
    item: String,
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("一项的内容和经过", "One item and all that happened to it"))
        .argument(
            "files",
            Text::new("把提交的附件取出到这个文件夹", "Take the files handed in out into this folder"),
        )
        .argument("item", Text::new("台账编号，如 EM-02.C1", "Item of the ledger, e.g. EM-02.C1"))
}

pub(crate) fn run(args: ShowArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang();
    let id = session.ledger_id(&args.item);
    let report = session.ledger_report(lang)?;
    let item = session.on_ledger(&id)?;
    if let Some(line) = report.lines.iter().find(|line| line.id == id.as_str()) {
        print_line(line, lang, out);
        if !line.goal.is_empty() {
            let label = format!("    {}", lang.pick("目标：", "goal: "));
            hang(&label, &line.goal, COLUMNS).iter().for_each(|text| out.line(text));
        }
    }
    for happened in &item.history {
        let text = told(happened, lang);
        hang("  · ", &text, COLUMNS).iter().for_each(|text| out.line(text));
    }
    if let Some(dir) = &args.files {
        let (written, missing) = session.export_proofs(&id, dir)?;
        written.iter().for_each(|path| out.line(path.display().to_string()));
        for name in missing {
            out.note(&Text::new(
                format!("文件还没有到，或已损坏：{name}"),
                format!("The file is not here yet, or damaged: {name}"),
            ));
        }
    }
    Ok(())
}

/// One step of the history in a line.
fn told(happened: &Happened<'_>, lang: Lang) -> String {
    let what = happened.step.name(lang);
    let more = match happened.step {
        RectifyStep::Open(_) => String::new(),
        RectifyStep::Plan(plan) => {
            let day = plan.deadline.map(|day| day.to_string()).unwrap_or_default();
            join([plan.goal.as_str(), &plan.person, &day])
        }
        RectifyStep::Submit(it) => {
            let names: Vec<&str> = it.proof.iter().map(|proof| proof.item.name.as_str()).collect();
            let day = it.date.to_string();
            join([it.by.as_str(), &day, &it.text, &names.join("、")])
        }
        RectifyStep::Close(it) => join([it.date.to_string().as_str(), &it.remark]),
        RectifyStep::Reopen { reason } | RectifyStep::Strike { reason } => reason.to_string(),
    };
    let void = happened.refused.map(|refusal| {
        let why = refusal.name(lang);
        Text::new(format!("（未生效：{why}）"), format!(" (no effect: {why})")).get(lang).to_owned()
    });
    let between = lang.pick("：", ": ");
    let more = if more.is_empty() { more } else { format!("{between}{more}") };
    format!("{} {what}{more}{}", happened.by.shown(lang), void.unwrap_or_default())
}

fn join<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
