//! The part of the founding form that most visits leave out: what the visit answers to. Only the standard applied for is
//! always shown; the rest opens below the form.

use crate::{
    app::{
        files::dropped_paths::dropped_paths,
        visit::mandate::{MandateRequest, read_scope},
    },
    domain::{
        facility::{Applied, Tier},
        terms::lang::Lang,
    },
    tui::{home::words as say, widget::field::Field},
};

/// A row of it that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Laid {
    FacilityId,
    Organiser,
    Follows,
    Scope,
    Deputy,
    Office,
    PanelReason,
}

impl Laid {
    /// From top to bottom.
    pub(crate) const ALL: [Self; 7] = [
        Self::FacilityId,
        Self::Organiser,
        Self::Follows,
        Self::Scope,
        Self::Deputy,
        Self::Office,
        Self::PanelReason,
    ];

    /// Its name.
    pub(crate) const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::FacilityId => say::f_facility_id(lang),
            Self::Organiser => say::f_organiser(lang),
            Self::Follows => say::f_follows(lang),
            Self::Scope => say::f_scope(lang),
            Self::Deputy => say::f_deputy(lang),
            Self::Office => say::f_office(lang),
            Self::PanelReason => say::f_panel_reason(lang),
        }
    }

    /// What it wants.
    pub(crate) const fn help(self, lang: Lang) -> &'static str {
        match self {
            Self::FacilityId => say::f_facility_id_help(lang),
            Self::Organiser => say::f_organiser_help(lang),
            Self::Follows => say::f_follows_help(lang),
            Self::Scope => say::f_scope_help(lang),
            Self::Deputy => say::f_deputy_help(lang),
            Self::Office => say::f_office_help(lang),
            Self::PanelReason => say::f_panel_reason_help(lang),
        }
    }
}

/// What was chosen and typed.
#[derive(Debug, Default)]
pub(crate) struct MandateFields {
    /// 0 = not said, then as in [`Applied::ALL`].
    pub(crate) applied: usize,
    /// Whether the rows below are shown.
    pub(crate) is_open: bool,
    /// 0 = as the stage says, then as in [`Tier::ALL`].
    pub(crate) by: usize,
    fields: [Field; Laid::ALL.len()],
}

impl MandateFields {
    pub(crate) fn field(&self, row: Laid) -> &Field {
        let [facility_id, organiser, follows, scope, deputy, office, panel_reason] = &self.fields;
        match row {
            Laid::FacilityId => facility_id,
            Laid::Organiser => organiser,
            Laid::Follows => follows,
            Laid::Scope => scope,
            Laid::Deputy => deputy,
            Laid::Office => office,
            Laid::PanelReason => panel_reason,
        }
    }

    pub(crate) fn field_mut(&mut self, row: Laid) -> &mut Field {
        let [facility_id, organiser, follows, scope, deputy, office, panel_reason] = &mut self.fields;
        match row {
            Laid::FacilityId => facility_id,
            Laid::Organiser => organiser,
            Laid::Follows => follows,
            Laid::Scope => scope,
            Laid::Deputy => deputy,
            Laid::Office => office,
            Laid::PanelReason => panel_reason,
        }
    }

    /// The standard applied for, in words.
    pub(crate) fn applied_name(&self, lang: Lang) -> &'static str {
        chosen(Applied::ALL, self.applied).map_or(say::not_said(lang), |applied| applied.name(lang))
    }

    /// Whose visit it is, in words.
    pub(crate) fn by_name(&self, lang: Lang) -> &'static str {
        chosen(Tier::ALL, self.by).map_or(say::as_stage(lang), |tier| tier.name(lang))
    }

    /// All of it as founding takes it.
    pub(crate) fn request(&self) -> MandateRequest {
        let text = |row| self.field(row).text();
        MandateRequest {
            by: chosen(Tier::ALL, self.by),
            facility_id: text(Laid::FacilityId),
            follows: dropped_paths(&text(Laid::Follows)),
            applied: chosen(Applied::ALL, self.applied),
            scope: read_scope(&text(Laid::Scope)),
            organiser: text(Laid::Organiser),
            office: text(Laid::Office),
            deputy: text(Laid::Deputy),
            panel_reason: text(Laid::PanelReason),
        }
    }
}

/// What stands at a place of a list whose first place is nothing.
fn chosen<T: Copy>(all: &[T], at: usize) -> Option<T> {
    all.get(at.checked_sub(1)?).copied()
}
