//! Why there is no panel.

use crate::domain::{
    pool::{
        Person,
        draw::{Exclusion, MOST_SEATS},
    },
    terms::field::Field,
};

/// Why there is no panel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// The seed is empty.
    #[error("the seed is empty")]
    NoSeed,
    /// The facility has no name.
    #[error("the facility has no name")]
    NoFacility,
    /// Too few or too many seats.
    #[error("{size} seats, not {min} to {MOST_SEATS}")]
    Size {
        /// Asked for.
        size: usize,
        /// Least.
        min: usize,
    },
    /// An even number of seats.
    #[error("an even number of seats: {size}")]
    Even {
        /// Asked for.
        size: usize,
    },
    /// More required fields than seats.
    #[error("{n_fields} required fields for {size} seats")]
    TooManyFields {
        /// Required fields.
        n_fields: usize,
        /// Seats.
        size: usize,
    },
    /// Too few experts may be drawn.
    #[error("{n_eligible} experts for {size} seats")]
    TooFew {
        /// Experts who may be drawn.
        n_eligible: usize,
        /// Seats.
        size: usize,
        /// Who may not, and why.
        excluded: Vec<Exclusion>,
    },
    /// Some required fields have together fewer experts than seats.
    #[error("{} experts for {} fields", experts.len(), fields.len())]
    Uncovered {
        /// The fields.
        fields: Vec<Field>,
        /// All who have one of them and may be drawn.
        experts: Vec<Person>,
        /// Those who have one of them and may not.
        excluded: Vec<Exclusion>,
    },
}
