//! `hecha rectify FILE list`: the items and how far they are.

use clap::Args;

use crate::{
    app::{failure::Failure, ledger::file::LedgerLine, session::Session},
    cli::{help::Help, output::Output},
    domain::{
        ledger::Progress,
        terms::lang::{Lang, Text},
    },
    words::wrap::{COLUMNS, hang},
};

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(value_name = "PROGRESS", value_parser = ["open", "submitted", "closed", "struck", "overdue"])]
    which: Option<String>,
    #[arg(long)]
    json: bool,
}

/// What the help says of it.
pub(crate) fn help() -> Help {
    Help::of(Text::new("列出各项和进展", "List the items and how far they are"))
        .argument(
            "which",
            Text::new(
                "只列这一类：open 整改中、submitted 待复核、closed 已销号、struck 不列入、overdue 逾期",
                "Only these: open, submitted, closed, struck, overdue",
            ),
        )
        .json()
}

pub(crate) fn run(args: ListArgs, session: &mut Session, out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang();
    let report = session.ledger_report(lang)?;
    let wanted = |line: &&LedgerLine| match args.which.as_deref() {
        None => true,
        Some("overdue") => line.overdue,
        Some(progress) => line.progress.key() == progress,
    };
    let lines: Vec<&LedgerLine> = report.lines.iter().filter(wanted).collect();
    if args.json {
        out.json(&report.json(&lines));
        return Ok(());
    }
    for line in lines {
        print_line(line, lang, out);
    }
    let counts: Vec<String> = Progress::ALL
        .iter()
        .map(|progress| format!("{} {}", progress.name(lang), report.n(*progress)))
        .chain([format!("{} {}", lang.pick("逾期", "overdue"), report.n_overdue())])
        .collect();
    out.line(counts.join(lang.pick("，", ", ")));
    Ok(())
}

/// An item in a line, its problem below it.
pub(crate) fn print_line(line: &LedgerLine, lang: Lang, out: &mut Output) {
    let core = if line.core { lang.pick(" ★", " ★ core") } else { "" };
    let until = line.deadline.map(|day| format!(" · {} {day}", lang.pick("时限", "until")));
    let person = Some(line.person.as_str()).filter(|it| !it.is_empty()).map(|it| format!(" · {it}"));
    out.line(format!(
        "{}{core} · {}{}{}",
        line.id,
        line.progress_text(lang),
        person.unwrap_or_default(),
        until.unwrap_or_default(),
    ));
    hang("    ", &line.problem, COLUMNS).iter().for_each(|text| out.line(text));
}
