//! What is to be mended, from the same rule by which the ledger is born: so a final report and its ledger begin alike, and
//! what happens on the ledger later changes no report. And what the standard applied for does not ask for: advice.

use crate::{
    domain::{
        checklist::{Clause, Point},
        ledger::{born, problem::advice},
        outcome::Outcome,
        terms::clean::clean_line,
        visit::{MemberState, Visit},
    },
    report::{Options, layout::RectificationLine},
    words,
};

pub(super) fn lines(
    visit: &Visit,
    outcome: &Outcome,
    shown: &[&MemberState],
    options: &Options,
) -> Vec<RectificationLine> {
    let lang = options.lang;
    let lines = born(visit, outcome, shown).into_iter().filter_map(|(id, problem)| {
        let clause = visit.founding.checklist.clause(problem.clause?.as_str())?;
        let point = problem.point.as_ref().and_then(|point| clause.point(point.as_str()));
        let said = match problem.text.as_str() {
            "" => lang.pick("低于要求的档次，未指明要点", "below what is required, no point was named"),
            text => text,
        };
        Some(line(id.as_str(), clause, point, said, options))
    });
    lines.collect()
}

/// Points found unmet that are not required, in the order of the checklist.
pub(super) fn advised(
    visit: &Visit,
    outcome: &Outcome,
    shown: &[&MemberState],
    options: &Options,
) -> Vec<RectificationLine> {
    let clauses = visit.clauses().zip(&outcome.clauses).filter(|(_, result)| !result.withheld);
    let lines = clauses.flat_map(|(clause, result)| {
        let points = advice(visit, clause, result, shown).into_iter();
        points.map(move |point| {
            let id = format!("{}.{}", clause.id, point.id);
            line(&id, clause, Some(point), "", options)
        })
    });
    lines.collect()
}

fn line(
    id: &str,
    clause: &Clause,
    point: Option<&Point>,
    said: &str,
    options: &Options,
) -> RectificationLine {
    let lang = options.lang;
    RectificationLine {
        id: clean_line(id),
        clause: clean_line(clause.id.as_str()),
        title: clean_line(clause.title.get(lang)),
        core: clause.core,
        point: point.map(|point| clean_line(point.id.as_str())).unwrap_or_default(),
        level: point.map(|point| point.level),
        problem: clean_line(&point.map_or_else(|| said.to_owned(), |point| words::problem(point, lang))),
    }
}
