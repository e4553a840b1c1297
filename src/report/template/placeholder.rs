//! What a template's text may ask the report for, in braces.

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
}
