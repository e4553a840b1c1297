//! What stands around the clauses: checklist, panel, method, standards and gates.

use crate::{
    domain::{
        checklist::profile::Condition,
        edit::{verdict::Decision, waiver::Waiver},
        outcome::{ConditionResult, Outcome},
        plan::summary::PlanSummary,
        terms::{
            amount::Amount,
            clean::{clean_line, clean_note},
            lang::{Lang, Text},
        },
        visit::{MemberState, Visit},
    },
    report::layout::{
        AbsenceLine, ChecklistFacts, ConditionLine, FailingLine, GateLine, MemberLine, MemberStatus,
        MethodFacts, PanelSection, RecusalLine, Role, StandardLine, State, WaiverLine,
    },
    words::{self, outcome},
};

pub(crate) fn state(visit: &Visit) -> State {
    match (&visit.finalised, visit.closed) {
        (Some(_), _) => State::Final,
        (None, true) => State::Closed,
        (None, false) => State::Scoring,
    }
}

pub(crate) fn status(visit: &Visit, state: &MemberState) -> MemberStatus {
    if visit.is_recused(state.member.name.as_str()) {
        MemberStatus::Recused
    } else if visit.is_absent(state.member.name.as_str()) {
        MemberStatus::Absent
    } else if state.is_submitted() {
        MemberStatus::Submitted
    } else {
        MemberStatus::Scoring
    }
}

/// Whether the votes of a member are used.
pub(crate) fn is_shown(state: &MemberState, shown: &[&MemberState]) -> bool {
    shown.iter().any(|it| it.member.name == state.member.name)
}

pub(super) fn waivers(visit: &Visit) -> Vec<WaiverLine> {
    let waivers = visit.finalised.iter().flat_map(|finalised| &finalised.waivers);
    let line = |waiver: &Waiver| WaiverLine {
        kind: waiver.kind,
        about: waiver.about.iter().map(|it| clean_line(it)).collect(),
        reason: waiver.reason.to_string(),
    };
    waivers.map(line).collect()
}

pub(super) fn checklist(visit: &Visit, lang: Lang) -> ChecklistFacts {
    let checklist = &visit.founding.checklist;
    ChecklistFacts {
        profile: clean_line(checklist.profile.id.as_str()),
        title: text(&checklist.profile.title, lang),
        edition: clean_line(&checklist.profile.edition),
        hash: clean_line(&visit.founding.checklist_hash),
        unofficial: checklist.areas.iter().any(|area| !area.is_official()),
    }
}

pub(super) fn panel(visit: &Visit, shown: &[&MemberState]) -> PanelSection {
    let lead = visit.founding.lead().map(|lead| &lead.name);
    // Who waits to be admitted is on no paper.
    let listed = visit.members.iter().filter(|state| !visit.is_newcomer(state));
    let members = listed.map(|state| MemberLine {
        name: clean_line(state.member.name.as_str()),
        field: state.member.field,
        title: state.member.title.to_string(),
        lead: Some(&state.member.name) == lead,
        role: role(visit, state),
        identity: state.identity,
        status: status(visit, state),
        declaration: state.declaration().map(|declared| clean_note(&declared.text)),
        n_late: state.n_late,
        ballot: state.ballot_state,
    });
    let recusals = visit.recusals.iter().map(|recusal| RecusalLine {
        member: clean_line(recusal.name.as_str()),
        clause: recusal.clause.as_ref().map(|clause| clean_line(clause.as_str())),
        reason: clean_line(&recusal.reason),
        declared: recusal.declared,
    });
    let absences = visit.recorded_absent().map(|it| AbsenceLine {
        member: clean_line(it.name.as_str()),
        reason: clean_line(it.reason),
        has_sealed: it.has_sealed,
    });
    let lacks = visit.panel_lacks().into_iter();
    PanelSection {
        members: members.collect(),
        recusals: recusals.collect(),
        absences: absences.collect(),
        lacks: lacks
            .map(|lack| (visit.excuse(&lack).cloned(), lack))
            .map(|(why, lack)| (lack, why))
            .collect(),
        n_hidden: visit.voting().filter(|state| !is_shown(state, shown)).count(),
    }
}

fn role(visit: &Visit, state: &MemberState) -> Role {
    let name = &state.member.name;
    if visit.founding.leads(name) {
        Role::Lead
    } else if visit.deputies.contains(name) {
        Role::Deputy
    } else if visit.founding.roster.iter().any(|member| &member.name == name) {
        Role::Member
    } else {
        Role::Substitute
    }
}

pub(super) fn method(visit: &Visit) -> MethodFacts {
    let profile = &visit.founding.checklist.profile;
    MethodFacts {
        rule: profile.merge.method,
        quorum: profile.merge.quorum,
        source: clean_line(profile.merge.source.as_str()),
        unconfirmed: profile.merge.source.is_unconfirmed(),
        panel_min: profile.panel.min,
        panel_odd: profile.panel.odd,
        panel_source: clean_line(profile.panel.source.as_str()),
        panel_unconfirmed: profile.panel.source.is_unconfirmed(),
        plan: visit.plan().map(|plan| PlanSummary::of(&visit.founding.checklist, plan)),
    }
}

pub(super) fn standards(visit: &Visit, outcome: &Outcome, lang: Lang) -> Vec<StandardLine> {
    let checklist = &visit.founding.checklist;
    let results = outcome.standards.iter().filter_map(|result| {
        let standard = checklist.profile.standards.iter().find(|standard| standard.id == result.id)?;
        let conditions = standard.conditions.iter().zip(&result.conditions).map(|(condition, counted)| {
            let text = words::condition(condition, checklist, lang);
            let failing = failing(visit, outcome, condition, lang);
            ConditionLine { failing, ..condition_line(condition, counted, text) }
        });
        Some(StandardLine {
            id: clean_line(standard.id.as_str()),
            title: text(&standard.title, lang),
            status: standard.status,
            source: clean_line(standard.source.as_str()),
            in_use: result.in_use,
            met: result.met,
            barred_by: result.barred_by.iter().map(|id| clean_line(id.as_str())).collect(),
            barred: outcome::barred(result, &checklist.profile, lang),
            worst: result.worst,
            best: result.best,
            clauses_to_flip: result.clauses_to_flip,
            votes_to_flip: result.votes_to_flip,
            range: outcome::range(result, lang),
            to_flip: outcome::to_flip(result.clauses_to_flip, result.votes_to_flip, lang),
            conditions: conditions.collect(),
        })
    });
    results.collect()
}

fn condition_line(condition: &Condition, counted: &ConditionResult, text: String) -> ConditionLine {
    // The domain counts points in ten-thousandths and everything else in ones.
    let amount = |n: u64| {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        match condition {
            Condition::Points { .. } => Amount::from_ten_thousandths(n),
            _ => Amount::whole(n).ok(),
        }
        .unwrap_or_default()
    };
    ConditionLine {
        text,
        met: counted.met,
        have: amount(counted.have),
        of: amount(counted.of),
        need: amount(counted.need),
        not_applicable: amount(counted.not_applicable),
        undefined: counted.of == 0 && counted.met.is_none(),
        failing: Vec::new(),
    }
}

/// The core clauses that do not fulfil a condition on them, in the order of the checklist.
fn failing(visit: &Visit, outcome: &Outcome, condition: &Condition, lang: Lang) -> Vec<FailingLine> {
    let Condition::Core { grade } = condition else { return Vec::new() };
    let fails = |verdict: Option<Decision>| match verdict {
        Some(Decision::Grade(found)) => found < *grade,
        Some(Decision::Points(_) | Decision::NotApplicable) => false,
        None => true,
    };
    let clauses = visit.clauses().zip(&outcome.clauses);
    let clauses = clauses.filter(|(clause, result)| clause.core && !result.withheld && fails(result.verdict));
    let line = clauses.map(|(clause, result)| FailingLine {
        clause: clean_line(clause.id.as_str()),
        title: text(&clause.title, lang),
        verdict: result.verdict,
    });
    line.collect()
}

pub(super) fn gates(visit: &Visit, outcome: &Outcome, lang: Lang) -> Vec<GateLine> {
    let gates = visit.founding.checklist.profile.gates.iter().map(|gate| {
        let answer = outcome.gates.iter().find(|(id, _)| id == &gate.id).and_then(|(_, state)| *state);
        let decision = visit.gate_decision(gate.id.as_str());
        GateLine {
            id: clean_line(gate.id.as_str()),
            title: text(&gate.title, lang),
            text: text(&gate.text, lang),
            period: visit.founding.lookback_period(gate),
            lacks_lookback: visit.founding.lacks_lookback(gate),
            state: answer,
            reason: decision.map(|decision| decision.reason.to_string()).unwrap_or_default(),
            optional: gate.optional,
            source: clean_line(gate.source.as_str()),
            unconfirmed: gate.source.is_unconfirmed(),
        }
    });
    gates.collect()
}

fn text(both: &Text, lang: Lang) -> String {
    clean_line(both.get(lang))
}
