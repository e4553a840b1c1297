//! `hecha merge`: members × clauses, disagreements first.

use std::path::Path;

use crate::{
    app::{failure::Failure, home::Home, info, session::Session},
    cli::{output::Output, result},
    domain::{
        agenda::{Effect, agenda},
        ballot::Position,
        lang::Lang,
        outcome::ClauseResult,
        verdict::Decision,
    },
};

pub(super) fn run(file: &Path, json: bool, home: &Home, out: &mut Output) -> Result<(), Failure> {
    let session = Session::open(home, file)?;
    if json {
        out.json(&info::merge_json(&session));
        return Ok(());
    }
    let lang = out.lang();
    let shown = info::shown(&session);
    let visit = session.visit();
    let n_hidden = visit.members.len() - shown.len();
    let names: Vec<&str> = shown.iter().map(|state| state.member.name.as_str()).collect();
    out.line(format!("{}：{}", lang.pick("已公开评分", "votes shown"), names.join("、")));
    if n_hidden > 0 {
        out.say(
            format!("另有 {n_hidden} 人的评分尚不能公开。"),
            format!("{n_hidden} members' votes may not be shown yet."),
        );
    }
    let outcome = session.outcome();
    let (mut n_agreed, mut n_waiting) = (0, 0);
    for item in agenda(&outcome.clauses, n_hidden > 0) {
        let result = outcome.clauses.get(item.index).filter(|result| !result.withheld);
        let Some(result) = result else { continue };
        if item.effect == Effect::Agreed && !result.by_lead {
            if result.verdict.is_some() {
                n_agreed += 1;
            } else {
                n_waiting += 1;
            }
            continue;
        }
        let Some(clause) = visit.founding.checklist.clause(result.id.as_str()) else { continue };
        let said: String = shown.iter().map(|state| letter(visit.vote(state, clause).position)).collect();
        let core = if clause.core { lang.pick("核心", "core") } else { "" };
        out.line(format!(
            "{}  {said}  {}  {core} {}",
            result.id,
            verdict(result, lang),
            clause.title.get(lang)
        ));
    }
    result::say_withheld(&outcome, out);
    out.say(format!("其余 {n_agreed} 条意见一致。"), format!("The other {n_agreed} clauses agree."));
    if n_waiting > 0 {
        out.say(
            format!("还有 {n_waiting} 条要等其他人的评分。"),
            format!("{n_waiting} clauses wait for other members' votes."),
        );
    }
    Ok(())
}

fn letter(position: Position) -> String {
    match position {
        Position::Grade(grade) => grade.to_string(),
        Position::Points(points) => format!("{points} "),
        Position::Absent(_) => "-".to_owned(),
        Position::Unscored => "·".to_owned(),
        Position::Conflict => "?".to_owned(),
    }
}

fn verdict(result: &ClauseResult, lang: Lang) -> String {
    let said = match result.verdict {
        Some(Decision::Grade(grade)) => grade.to_string(),
        Some(Decision::Points(points)) => points.to_string(),
        Some(Decision::NotApplicable) => lang.pick("不适用", "not applicable").to_owned(),
        None => return lang.pick("待合议", "undecided").to_owned(),
    };
    let by = if result.by_lead { lang.pick("组长", "lead") } else { lang.pick("规则", "rule") };
    format!("{said} ({by})")
}
