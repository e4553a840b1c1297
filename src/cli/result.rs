//! `hecha result` and `hecha report`.

use std::path::Path;

use crate::{
    app::{
        export::{ExportOptions, parse_formats},
        failure::Failure,
        home::Home,
        info,
        session::Session,
    },
    cli::{args::ReportArgs, output::Output},
    domain::{
        grade::Grade,
        lang::Lang,
        outcome::{Counts, StandardResult},
        profile::StandardStatus,
        verdict::GateState,
    },
};

pub(super) fn result(file: &Path, json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = Session::open(home, file)?;
    let lang = out.lang();
    if json {
        out.json(&info::result_json(&session, lang));
        return Ok(());
    }
    let outcome = session.outcome();
    let checklist = &session.visit().founding.checklist;
    out.line(format!("{} {}", lang.pick("全部条款", "all clauses"), counts(&outcome.counts(|_| true), lang)));
    out.line(format!(
        "{} {}",
        lang.pick("核心条款", "core clauses"),
        counts(&outcome.counts(|it| it.core), lang)
    ));
    for (gate, (_, state)) in checklist.profile.gates.iter().zip(&outcome.gates) {
        let state = match state {
            Some(GateState::Clear) => lang.pick("未发生", "clear"),
            Some(GateState::Tripped) => lang.pick("已发生！", "TRIPPED"),
            None => lang.pick("未核实", "not answered"),
        };
        let period = match session.visit().founding.lookback_period(gate) {
            Some((from, until)) => format!(" ({from} – {until})"),
            None if session.visit().founding.lacks_lookback(gate) => {
                lang.pick("（回溯起算日未定）", " (day to look back from not settled)").to_owned()
            }
            None => String::new(),
        };
        out.line(format!("{} {} {state}{period}", gate.id, gate.title.get(lang)));
    }
    for (standard, result) in checklist.profile.standards.iter().zip(&outcome.standards) {
        let mark = match standard.status {
            StandardStatus::Example => lang.pick("（示例规则，非官方）", " (example rule, not official)"),
            StandardStatus::Confirmed => "",
        };
        out.line(format!("{}{mark} {}", standard.title.get(lang), standard_line(result, lang)));
    }
    Ok(())
}

fn counts(counts: &Counts, lang: Lang) -> String {
    let grades: Vec<String> =
        Grade::ALL.iter().map(|grade| format!("{grade} {}", counts.of(*grade))).collect();
    format!(
        "{} · {} {} · {} {}",
        grades.join(" · "),
        lang.pick("不适用", "not applicable"),
        counts.not_applicable,
        lang.pick("待定", "undecided"),
        counts.undecided
    )
}

fn standard_line(result: &StandardResult, lang: Lang) -> String {
    let met = |met: bool| if met { lang.pick("达到", "met") } else { lang.pick("未达到", "not met") };
    let now = result.met.map_or(lang.pick("无法判定", "open"), met);
    let flip = result.clauses_to_flip.map_or(String::new(), |n| {
        lang.pick("；再变动 N 条即反转", "; flips with N clauses").replace('N', &n.to_string())
    });
    format!(
        "{now}（{} {} · {} {}{flip}）",
        lang.pick("从严", "strictest"),
        met(result.worst),
        lang.pick("从宽", "most lenient"),
        met(result.best)
    )
}

pub(super) fn report(args: &ReportArgs, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let formats = parse_formats(&args.format)?;
    let session = Session::open(home, &args.file)?;
    let options = ExportOptions { lang: out.lang(), names: args.names, bom: !args.no_bom };
    let mut failed = None;
    for written in session.export(&formats, &args.out, options)? {
        match written.outcome {
            Ok(path) => out.line(path.display().to_string()),
            Err(failure) => {
                out.note(&crate::domain::lang::Text::new(
                    format!("{}：{}{}", written.format.key(), failure.what.zh, failure.why.zh),
                    format!("{}: {} {}", written.format.key(), failure.what.en, failure.why.en),
                ));
                failed = Some(failure);
            }
        }
    }
    failed.map_or(Ok(()), Err)
}
