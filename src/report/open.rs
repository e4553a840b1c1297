//! What is not settled in a visit, or must be known before anyone signs.

use crate::{
    domain::{
        clean::clean_line,
        grade::Grade,
        verdict::Decision,
        visit::{Identity, MemberState, Visit},
    },
    report::{
        Report,
        build::is_shown,
        layout::{ClauseLine, MemberLine, MemberStatus, OpenKind, OpenMatter},
        wording,
    },
};

/// All open matters, the gravest kinds first.
pub(crate) fn matters(report: &Report, visit: &Visit, shown: &[&MemberState]) -> Vec<OpenMatter> {
    let mut found = Vec::new();
    of_clauses(report, &mut found);
    conflicts(visit, shown, &mut found);
    of_gates(report, &mut found);
    of_panel(report, visit, &mut found);
    reasons_owed(visit, shown, &mut found);
    if visit.n_unknown > 0 {
        found.push(matter(OpenKind::Unknown, Vec::new(), visit.n_unknown.to_string()));
    }
    found.sort_by_key(|matter| matter.kind);
    found
}

/// One line a kind, naming all clauses of that kind.
fn of_clauses(report: &Report, found: &mut Vec<OpenMatter>) {
    let clauses = || report.areas.iter().flat_map(|area| &area.clauses);
    let mut gather = |kind: OpenKind, wanted: &dyn Fn(&ClauseLine) -> bool| {
        let ids: Vec<String> = clauses().filter(|it| wanted(it)).map(|it| it.id.clone()).collect();
        if !ids.is_empty() {
            found.push(matter(kind, ids, String::new()));
        }
    };
    gather(OpenKind::Undecided, &|clause| clause.verdict.is_none());
    gather(OpenKind::Quorum, &|clause| !clause.quorum && clause.verdict != Some(Decision::NotApplicable));
    gather(OpenKind::Parity, &|clause| !clause.odd && clause.votes.n_valid() > 0);
    gather(OpenKind::UnnamedD, &|clause| {
        clause.verdict == Some(Decision::Grade(Grade::D)) && clause.unmet.is_empty()
    });
    for clause in clauses().filter(|clause| !clause.fields_missing.is_empty() && clause.votes.n_valid() > 0) {
        let fields = wording::fields(&clause.fields_missing, report.lang);
        found.push(matter(OpenKind::FieldNotCovered, vec![clause.id.clone()], fields));
    }
}

/// A hidden ballot stays hidden even in its conflicts; the lead's verdicts and gates are nobody's ballot.
fn conflicts(visit: &Visit, shown: &[&MemberState], found: &mut Vec<OpenMatter>) {
    for (name, subject) in visit.conflicts() {
        let state = visit.member(name.as_str());
        let in_ballot = state.is_some_and(|state| state.ballot.conflicts(&subject));
        if !in_ballot || state.is_some_and(|state| is_shown(state, shown)) {
            found.push(matter(OpenKind::Conflict, vec![clean_line(&subject)], clean_line(name.as_str())));
        }
    }
    found.dedup();
}

fn of_gates(report: &Report, found: &mut Vec<OpenMatter>) {
    let open = report.gates.iter().filter(|gate| gate.state.is_none());
    let ids: Vec<String> = open.map(|gate| gate.id.clone()).collect();
    if !ids.is_empty() {
        found.push(matter(OpenKind::GateUnanswered, ids, String::new()));
    }
    let waiting = report.gates.iter().filter(|gate| gate.lacks_lookback);
    let ids: Vec<String> = waiting.map(|gate| gate.id.clone()).collect();
    if !ids.is_empty() {
        found.push(matter(OpenKind::Lookback, ids, String::new()));
    }
}

fn of_panel(report: &Report, visit: &Visit, found: &mut Vec<OpenMatter>) {
    let panel = &report.panel;
    for lack in &panel.lacks {
        found.push(matter(OpenKind::Panel, Vec::new(), wording::lack(*lack, report.lang)));
    }
    if panel.n_hidden > 0 {
        found.push(matter(OpenKind::Hidden, Vec::new(), panel.n_hidden.to_string()));
    }
    let names = |wanted: &dyn Fn(&&MemberLine) -> bool| -> Vec<String> {
        panel.members.iter().filter(wanted).map(|member| member.name.clone()).collect()
    };
    let unchecked =
        names(&|member| member.identity == Identity::Provisional && member.status != MemberStatus::Recused);
    if !unchecked.is_empty() {
        found.push(matter(OpenKind::Identity, unchecked, String::new()));
    }
    let waiting: Vec<String> = visit.pending.iter().map(|claim| clean_line(claim.name.as_str())).collect();
    if !waiting.is_empty() {
        found.push(matter(OpenKind::Pending, waiting, String::new()));
    }
    for member in panel.members.iter().filter(|member| member.n_late > 0) {
        found.push(matter(OpenKind::Late, vec![member.name.clone()], member.n_late.to_string()));
    }
}

fn reasons_owed(visit: &Visit, shown: &[&MemberState], found: &mut Vec<OpenMatter>) {
    let owed = visit
        .clauses()
        .filter(|clause| shown.iter().any(|state| visit.vote(state, clause).owes_reason().is_some()));
    let ids: Vec<String> = owed.map(|clause| clean_line(clause.id.as_str())).collect();
    if !ids.is_empty() {
        found.push(matter(OpenKind::ReasonOwed, ids, String::new()));
    }
}

fn matter(kind: OpenKind, about: Vec<String>, text: String) -> OpenMatter {
    OpenMatter { kind, about, text }
}
