//! What is to be mended, from the same rule by which the ledger is born: so a final report and its ledger begin alike, and
//! what happens on the ledger later changes no report.

use crate::{
    domain::{
        ledger::born,
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
        Some(RectificationLine {
            id: clean_line(id.as_str()),
            clause: clean_line(clause.id.as_str()),
            title: clean_line(clause.title.get(lang)),
            core: clause.core,
            point: point.map(|point| clean_line(point.id.as_str())).unwrap_or_default(),
            level: point.map(|point| point.level),
            problem: match point {
                Some(point) => clean_line(&words::requirement(point, lang)),
                None => lang.pick("评为 D，未指明要点", "graded D, no point was named").to_owned(),
            },
        })
    });
    lines.collect()
}
