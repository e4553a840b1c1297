//! `hecha rectify FILE …`: the rectification ledger.

use std::path::Path;

use crate::{
    app::{
        deed::{Deed, Done, LedgerDeed},
        failure::Failure,
        home::Home,
        ledger::{
            file::{LedgerLine, LedgerReport, Plans, parse_day},
            work::{Handover, PlanChange, problem},
        },
        session::Session,
    },
    cli::{
        args::rectify::{PlanArgs, RectifyArgs, RectifyCommand},
        output::Output,
        wrap::{COLUMNS, hang},
        wrong_usage,
    },
    domain::{
        edit::rectify::{Plan, RectifyStep},
        ledger::{Happened, Progress},
        terms::{
            date::Date,
            id::RectifyId,
            lang::{Lang, Text},
        },
    },
};

pub(crate) fn run(args: RectifyArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let mut session = Session::open(home, &args.file)?;
    let lang = out.lang();
    match args.command {
        RectifyCommand::List { which, json } => {
            let report = session.ledger_report(lang)?;
            list(&report, which.as_deref(), json, out);
        }
        RectifyCommand::Show { item, files } => show(&session, &item, files.as_deref(), out)?,
        RectifyCommand::Add { problem: text, clause, point, plan } => {
            let plan = plan_change(plan)?.over(&Plan::default());
            let problem = problem(clause.as_deref(), point.as_deref(), &text, plan);
            let Done::OnLedger(id) = perform(&mut session, LedgerDeed::Add(problem))? else {
                return Err(Done::mistaken());
            };
            out.say(format!("已列入台账：{id}"), format!("On the ledger: {id}"));
        }
        RectifyCommand::Plan { items, all, plan } => plan_items(&mut session, &items, all, plan, out)?,
        RectifyCommand::Submit { item, by, text, date, files, keep_metadata } => {
            let id = session.ledger_id(&item);
            let date = date.as_deref().map(day).transpose()?;
            let handover = Handover { by, date, text, proof: files, keep_metadata };
            perform(&mut session, LedgerDeed::HandIn(id.clone(), handover))?;
            out.say(
                format!("{id} 已提交，等第二个人复核。"),
                format!("{id} is handed in; a second person looks at it next."),
            );
        }
        RectifyCommand::Close { item, finding, remark } => {
            let id = session.ledger_id(&item);
            perform(&mut session, LedgerDeed::Close(id.clone(), finding, remark))?;
            out.say(format!("{id} 已销号。"), format!("{id} is closed."));
        }
        RectifyCommand::Reopen { item, reason } => {
            let id = session.ledger_id(&item);
            perform(&mut session, LedgerDeed::Reopen(id.clone(), reason))?;
            out.say(format!("{id} 已重新打开。"), format!("{id} is open again."));
        }
        RectifyCommand::Strike { items, reason } => {
            for item in &items {
                let id = session.ledger_id(item);
                perform(&mut session, LedgerDeed::Strike(id.clone(), reason.clone()))?;
                out.say(format!("{id} 不再列入台账。"), format!("{id} is off the ledger."));
            }
        }
        RectifyCommand::Export { path } => {
            let n = session.export_ledger(&path, lang)?;
            let path = path.display();
            out.say(format!("已导出 {n} 项：{path}"), format!("Wrote {n} items: {path}"));
        }
        RectifyCommand::Import { path, plans } => import(&mut session, &path, plans, out)?,
    }
    Ok(())
}

fn perform(session: &mut Session, deed: LedgerDeed) -> Result<Done, Failure> {
    session.perform(Deed::Ledger(Box::new(deed)))
}

fn import(session: &mut Session, path: &Path, plans: bool, out: &mut Output) -> Result<(), Failure> {
    let plans = if plans { Plans::Take } else { Plans::Leave };
    let Done::TakenIn(done) = perform(session, LedgerDeed::TakeIn(path.to_owned(), plans))? else {
        return Err(Done::mistaken());
    };
    out.say(
        format!(
            "新提交 {} 项，改了目标、责任人或时限 {} 项，没有变化 {} 项。",
            done.n_submitted, done.n_planned, done.n_same
        ),
        format!(
            "Handed in: {}; goal, person or deadline changed: {}; unchanged: {}.",
            done.n_submitted, done.n_planned, done.n_same
        ),
    );
    if done.n_plans_left > 0 {
        let n = done.n_plans_left;
        out.note(&Text::new(
            format!("有 {n} 行的目标、责任人或时限与台账不同，没有读取；确要以文件为准，请组长加 --plans。"),
            format!("{n} rows have another goal, person or deadline than the ledger; left alone. To take them the lead adds --plans."),
        ));
    }
    Ok(())
}

fn plan_items(
    session: &mut Session,
    items: &[String],
    all: bool,
    plan: PlanArgs,
    out: &mut Output,
) -> Result<(), Failure> {
    let change = plan_change(plan)?;
    if change == PlanChange::default() {
        return Err(wrong_usage(
            "请给出 --goal、--person 或 --deadline。",
            "Give --goal, --person or --deadline.",
        ));
    }
    let ids: Vec<RectifyId> = if all {
        let open = |progress| matches!(progress, Progress::Open | Progress::Submitted);
        session.visit().ledger().iter().filter(|it| open(it.progress)).map(|it| it.id.clone()).collect()
    } else {
        items.iter().map(|item| session.ledger_id(item)).collect()
    };
    let n = ids.len();
    perform(session, LedgerDeed::Plan(ids, change))?;
    out.say(format!("已改 {n} 项。"), format!("Changed: {n}"));
    Ok(())
}

fn plan_change(plan: PlanArgs) -> Result<PlanChange, Failure> {
    let deadline = plan.deadline.as_deref().map(|text| match text.trim() {
        "" => Ok(None),
        text => day(text).map(Some),
    });
    Ok(PlanChange { goal: plan.goal, person: plan.person, deadline: deadline.transpose()? })
}

fn day(text: &str) -> Result<Date, Failure> {
    parse_day(text)
        .ok()
        .flatten()
        .ok_or_else(|| wrong_usage("日期请写成 2026-12-31。", "Write a day like 2026-12-31."))
}

fn list(report: &LedgerReport, which: Option<&str>, json: bool, out: &mut Output) {
    let lang = report.lang;
    let wanted = |line: &&LedgerLine| match which {
        None => true,
        Some("overdue") => line.overdue,
        Some(progress) => line.progress.key() == progress,
    };
    let lines: Vec<&LedgerLine> = report.lines.iter().filter(wanted).collect();
    if json {
        out.json(&report.json(&lines));
        return;
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
}

fn print_line(line: &LedgerLine, lang: Lang, out: &mut Output) {
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

fn show(session: &Session, item: &str, files: Option<&Path>, out: &mut Output) -> Result<(), Failure> {
    let lang = out.lang();
    let id = session.ledger_id(item);
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
    if let Some(dir) = files {
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
            join([&plan.goal, &plan.person, &day])
        }
        RectifyStep::Submit(it) => {
            let names: Vec<&str> = it.proof.iter().map(|proof| proof.item.name.as_str()).collect();
            let day = it.date.to_string();
            join([&it.by, &day, &it.text, &names.join("、")])
        }
        RectifyStep::Close(it) => join([&it.date.to_string(), &it.remark]),
        RectifyStep::Reopen { reason } | RectifyStep::Strike { reason } => reason.clone(),
    };
    let void = happened.refused.map(|refusal| match lang {
        Lang::Zh => format!("（未生效：{}）", refusal.name(lang)),
        Lang::En => format!(" (no effect: {})", refusal.name(lang)),
    });
    let between = lang.pick("：", ": ");
    let more = if more.is_empty() { more } else { format!("{between}{more}") };
    format!("{} {what}{more}{}", happened.by, void.unwrap_or_default())
}

fn join<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
