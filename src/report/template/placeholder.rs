//! What a template's text may ask the report for, in braces.

use crate::report::Report;

/// A value that stands in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Facility,
    FacilityType,
    Stage,
    Date,
    State,
    Visit,
    Checklist,
    Edition,
    Lead,
    PanelN,
    ClausesN,
    CoreN,
}

impl Placeholder {
    const ALL: [(Self, &'static str); 12] = [
        (Self::Facility, "facility"),
        (Self::FacilityType, "facility_type"),
        (Self::Stage, "stage"),
        (Self::Date, "date"),
        (Self::State, "state"),
        (Self::Visit, "visit"),
        (Self::Checklist, "checklist"),
        (Self::Edition, "edition"),
        (Self::Lead, "lead"),
        (Self::PanelN, "panel_n"),
        (Self::ClausesN, "clauses_n"),
        (Self::CoreN, "core_n"),
    ];

    /// The words there are.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|(_, word)| *word)
    }

    /// The placeholder of a word.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, it)| *it == word).map(|(placeholder, _)| *placeholder)
    }

    /// What stands for it in a report: plain text, whatever markup it may look like.
    pub(crate) fn value(self, report: &Report) -> String {
        match self {
            Self::Facility => report.facility.clone(),
            Self::FacilityType => report.facility_type.name(report.lang).to_owned(),
            Self::Stage => report.stage.name(report.lang).to_owned(),
            Self::Date => report.date.to_string(),
            Self::State => report.state.name(report.lang).to_owned(),
            Self::Visit => report.visit.clone(),
            Self::Checklist => report.checklist.title.clone(),
            Self::Edition => report.checklist.edition.clone(),
            Self::Lead => {
                let lead = report.panel.members.iter().find(|member| member.lead);
                lead.map(|member| member.name.clone()).unwrap_or_default()
            }
            Self::PanelN => report.panel.members.len().to_string(),
            Self::ClausesN => report.all.total().to_string(),
            Self::CoreN => report.core.total().to_string(),
        }
    }
}
