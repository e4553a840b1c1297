//! The facility's profile with what to look at again.

use crate::{
    domain::{terms::lang::Lang, visit::Visit},
    report::layout::FacilitySection,
    words::facility,
};

/// The profile of the facility of a visit.
pub(crate) fn facility(visit: &Visit, lang: Lang) -> FacilitySection {
    let profile = visit.facility_profile();
    let warnings = profile.warnings(&visit.founding.facility);
    let warnings = warnings.iter().map(|it| (it.field(), facility::warning(it, lang)));
    FacilitySection { warnings: warnings.collect(), profile }
}
