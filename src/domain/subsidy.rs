//! Which subsidy tier a facility falls into, where the profile has tiers.

use crate::domain::{
    checklist::profile::SubsidyTier, facility::profile::ProfileField, outcome::Outcome, visit::Visit,
};

/// The standard that tiers are paid for (seed S0·F37: 达到推荐标准).
const PAID_FOR: &str = "recommended";

/// What there is to say of the subsidy of a facility.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subsidy {
    /// Population served, in whole persons; `None` = the facility's profile does not say it.
    pub population: Option<u64>,
    /// The tier; `None` = the population is not known, or below all tiers.
    pub tier: Option<SubsidyTier>,
    /// Whether the recommended standard is met, which a tier rests on; `None` = open, or no such standard.
    pub met: Option<bool>,
}

impl Visit {
    /// The subsidy that the profile's tiers and the population come to; `None` = the profile has no tiers.
    #[must_use]
    pub fn subsidy(&self, outcome: &Outcome) -> Option<Subsidy> {
        let profile = &self.founding.checklist.profile;
        if profile.subsidy.is_empty() {
            return None;
        }
        let population = self.facility_profile().count(ProfileField::Population);
        let standards = profile.standards.iter().zip(&outcome.standards);
        let paid_for = standards.into_iter().find(|(standard, _)| standard.id.as_str() == PAID_FOR);
        Some(Subsidy {
            population,
            tier: population.and_then(|persons| profile.subsidy(persons)).cloned(),
            met: paid_for.and_then(|(_, result)| result.met),
        })
    }
}
