//! What stands after the verdicts: objections, votes that differ, signatures.

use crate::{
    domain::{
        ending::signature::Signature,
        outcome::Outcome,
        terms::{clean::clean_line, digest::Digest},
        visit::{MemberState, Visit},
    },
    report::layout::{DissentLine, ObjectionLine, SignatureLine, Signing},
};

pub(super) fn objections(visit: &Visit) -> Vec<ObjectionLine> {
    let line = |(clause, objection): (
        Option<&crate::domain::terms::id::ClauseId>,
        &crate::domain::edit::objection::Objection,
    )| {
        ObjectionLine {
            clause: clause.map(|clause| clean_line(clause.as_str())),
            by: objection.by.to_string(),
            text: objection.text.to_string(),
            answer: objection.answer.to_string(),
            on: objection.on,
            late: visit.is_late(objection),
        }
    };
    visit.objections().map(line).collect()
}

/// A minority opinion carries its name, as its author wished; other remarks only where votes do. What a recused member said
/// is no part of the review.
pub(super) fn dissents(
    visit: &Visit,
    outcome: &Outcome,
    shown: &[&MemberState],
    names: bool,
) -> Vec<DissentLine> {
    let mut lines = Vec::new();
    for clause in visit.clauses().filter(|clause| !outcome.withheld().any(|it| it.id == clause.id)) {
        let of_clause = shown.iter().filter_map(|state| {
            let name = state.member.name.as_str();
            let dissent = state.dissent(clause.id.as_str())?;
            visit.recusal(name, clause.id.as_str()).is_none().then(|| DissentLine {
                clause: clean_line(clause.id.as_str()),
                member: (names || dissent.minority).then(|| clean_line(name)),
                cause: dissent.cause,
                text: dissent.text.to_string(),
                minority: dissent.minority,
                on: dissent.on,
            })
        });
        let mut of_clause: Vec<DissentLine> = of_clause.collect();
        if !names {
            of_clause.sort_by(|a, b| (!a.minority, a.cause, &a.text).cmp(&(!b.minority, b.cause, &b.text)));
        }
        lines.extend(of_clause);
    }
    lines
}

pub(super) fn signing(visit: &Visit, record: &Digest) -> Signing {
    let signatures = visit.voting().map(|state| SignatureLine {
        name: clean_line(state.member.name.as_str()),
        field: state.member.field,
        signed: Signature::of(state, record),
        on: state.signed.get(record).copied().flatten(),
    });
    Signing { record: record.to_hex(), code: record.code(), signatures: signatures.collect() }
}
