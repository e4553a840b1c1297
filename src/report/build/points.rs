//! The points of a clause: what was found, counted, and with names who found it.

use crate::{
    domain::{
        ballot::{Position, Vote},
        checklist::{Clause, Point},
        edit::finding::{Finding, Met},
        terms::clean::clean_line,
        visit::{MemberState, Visit},
    },
    report::{
        Options,
        layout::{FindingLine, NumberMark, PointLine},
    },
    words::{
        self,
        measure::{threshold_text, told},
    },
};

/// One line a point. Absent members' findings do not count, however many they recorded before.
pub(super) fn lines(
    visit: &Visit,
    clause: &Clause,
    votes: &[(&MemberState, Vote)],
    options: &Options,
) -> Vec<PointLine> {
    let present: Vec<&MemberState> = votes
        .iter()
        .filter(|(_, vote)| !matches!(vote.position, Position::Absent(_)))
        .map(|(state, _)| *state)
        .collect();
    clause.points.iter().map(|point| line(visit, clause, point, &present, options)).collect()
}

fn line(
    visit: &Visit,
    clause: &Clause,
    point: &Point,
    present: &[&MemberState],
    options: &Options,
) -> PointLine {
    let list = point.measure.list().and_then(|list| visit.founding.checklist.list(list.as_str()));
    let found: Vec<(&MemberState, &Finding, Option<Met>)> = present
        .iter()
        .filter_map(|state| {
            let finding = state.ballot.finding(clause.id.as_str(), point.id.as_str())?;
            Some((*state, finding, finding.meets(&point.measure, list)))
        })
        .collect();
    let count = |wanted: Met| found.iter().filter(|(_, _, met)| *met == Some(wanted)).count();
    let named = found.iter().filter(|_| options.names);
    PointLine {
        point: clean_line(point.id.as_str()),
        level: point.level,
        text: clean_line(point.text.get(options.lang)),
        problem: clean_line(&words::problem(point, options.lang)),
        problem_worded: !point.unmet.is_empty(),
        threshold: clean_line(&threshold_text(&point.measure, options.lang)),
        source: clean_line(point.overridden_by.as_ref().unwrap_or(&point.source).as_str()),
        mark: mark(point),
        record_only: point.measure.is_record_only(),
        n_met: count(Met::Yes),
        n_unmet: count(Met::No),
        n_not_applicable: count(Met::NotApplicable),
        findings: named
            .map(|(state, finding, met)| FindingLine {
                member: clean_line(state.member.name.as_str()),
                text: told(finding, list, options.lang),
                met: *met,
            })
            .collect(),
    }
}

/// What must be said beside the point's number (invariant 9).
fn mark(point: &Point) -> Option<NumberMark> {
    let number = point.measure.number_source();
    if point.overridden_by.is_some() {
        Some(NumberMark::Local)
    } else if number.is_some_and(|source| source.is_unconfirmed()) || point.source.is_unconfirmed() {
        Some(NumberMark::Unconfirmed)
    } else {
        None
    }
}
