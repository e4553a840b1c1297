//! Fills a [`Report`] from a visit: the only place of this layer that looks into ballots.

mod clause;
mod closing;
mod draw;
mod facility;
mod frame;
mod points;
mod rectification;

pub(crate) use draw::draw;
pub(crate) use facility::facility;
pub(crate) use frame::{is_shown, state, status};

use crate::{
    domain::{
        agreement::PanelAgreement,
        outcome::Outcome,
        terms::clean::clean_line,
        visit::{MemberState, Visit},
    },
    report::{Options, Report, layout::AreaLine, open, template::Template},
    words::outcome,
};

impl Report {
    /// A report of a visit.
    ///
    /// `shown` are the members whose votes may be used: the caller takes those that [`Visit::may_see`] allows for its
    /// reader, and counts `outcome` over the same members. Votes of anyone else appear nowhere, not even counted.
    #[must_use]
    pub fn of(visit: &Visit, outcome: &Outcome, shown: &[&MemberState], options: &Options) -> Self {
        let lang = options.lang;
        let checklist = &visit.founding.checklist;
        // Who is recused from the whole visit has no vote to hide: the recusal is told for every clause.
        let told: Vec<&MemberState> = visit
            .members
            .iter()
            .filter(|state| is_shown(state, shown) || visit.is_recused(state.member.name.as_str()))
            .collect();
        let lines = checklist.areas.iter().map(|area| AreaLine {
            id: clean_line(area.id.as_str()),
            title: clean_line(area.title.get(lang)),
            edition: clean_line(&area.edition),
            status: clean_line(&area.status),
            counts: outcome.counts(|result| result.area == area.id),
            clauses: area
                .clauses
                .iter()
                .filter_map(|clause| {
                    let result = outcome.clauses.iter().find(|result| result.id == clause.id)?;
                    let told = if result.withheld { &[] } else { told.as_slice() };
                    Some(clause::line(visit, clause, result, told, options))
                })
                .collect(),
        });
        Self {
            lang,
            names: options.names,
            generated: options.generated.as_deref().map(clean_line),
            visit: clean_line(visit.id.as_str()),
            facility: visit.founding.facility.to_string(),
            facility_type: checklist.profile.facility,
            stage: visit.founding.stage,
            date: visit.founding.date,
            lookback: visit.founding.lookback,
            by: visit.founding.by(),
            mandate: visit.founding.mandate.clone(),
            facility_profile: facility(visit, lang),
            state: frame::state(visit),
            waivers: frame::waivers(visit),
            checklist: frame::checklist(visit, lang),
            panel: frame::panel(visit, shown),
            draw: draw(visit),
            method: frame::method(visit),
            standards: frame::standards(visit, outcome, lang),
            subsidy: visit.subsidy(outcome),
            gates: frame::gates(visit, outcome, lang),
            all: outcome.counts(|_| true),
            core: outcome.counts(|result| result.core),
            areas: lines.collect(),
            agreement: PanelAgreement::of_visit(visit, shown, |clause| {
                !outcome.withheld().any(|it| it.id == clause.id)
            }),
            na_effects: outcome
                .na_effects
                .iter()
                .map(|effect| outcome::na_effect(effect, &checklist.profile.standards, lang))
                .collect(),
            raters: if options.names || visit.is_from_outside {
                shown.iter().map(|state| clean_line(state.member.name.as_str())).collect()
            } else {
                Vec::new()
            },
            rectification: rectification::lines(visit, outcome, shown, options),
            advice: rectification::advised(visit, outcome, shown, options),
            remarks: outcome::remarks(visit, outcome, lang),
            open: open::matters(visit, outcome, shown, options.record.as_ref(), lang),
            objections: closing::objections(visit),
            objection_period: visit.finalised.as_ref().and_then(|end| end.on).zip(visit.objections_until()),
            dissents: closing::dissents(visit, outcome, shown, options.names),
            finalised_on: visit.finalised.as_ref().and_then(|end| end.on),
            signing: options.record.map(|record| closing::signing(visit, &record)),
            template: Template::built_in(),
        }
    }
}
