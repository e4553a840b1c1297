//! What a report tells of the facility itself.

use crate::domain::facility::profile::{FacilityProfile, ProfileField};

/// The facility's profile as the lead and the deputies filled it in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FacilitySection {
    /// The values. No field holds a text that is not clean.
    pub profile: FacilityProfile,
    /// What to look at again, each with its field, in a sentence.
    pub warnings: Vec<(ProfileField, String)>,
}
