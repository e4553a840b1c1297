//! When the measures of agreement tell different stories, and which one.
//!
//! The thresholds are our own defaults, not from any guide (来源 default): they only decide whether one sentence is said.

use crate::domain::agreement::Agreement;

/// Units with two votes or more, below which nothing is said: a few clauses make any measure jump.
const LEAST_UNITS: usize = 5;
/// Pairs of votes that agree, from which agreement is called high.
const HIGH: f64 = 0.8;
/// Below this, agreement of pairs is called low.
const LOW: f64 = 0.6;
/// How far a measure must lie below another to tell a different story.
const APART: f64 = 0.3;

/// Why measures differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Divergence {
    /// Every vote is the same grade: α and κ are 0/0, though nobody disagreed.
    Uniform,
    /// Nearly all votes are one grade, so that chance alone would explain most agreement: the share of agreeing pairs is
    /// high and α low (the prevalence paradox; Feinstein & Cicchetti 1990, J Clin Epidemiol 43:543).
    Prevalence,
    /// Few votes are equal, but most differ by one grade: unweighted measures are low, weighted ones high.
    NearMisses,
}

impl Divergence {
    /// The word in files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Prevalence => "prevalence",
            Self::NearMisses => "near-misses",
        }
    }

    /// The story to tell, if the measures of one matrix differ.
    #[must_use]
    pub fn of(agreement: &Agreement) -> Option<Self> {
        let equal = agreement.percent_agreement.filter(|_| agreement.n_pairable >= LEAST_UNITS)?;
        match (agreement.alpha_nominal, agreement.gwet_ac2_quadratic) {
            (None, _) if equal >= 1.0 => Some(Self::Uniform),
            (Some(alpha), _) if equal >= HIGH && equal - alpha >= APART => Some(Self::Prevalence),
            (_, Some(weighted)) if equal < LOW && weighted - equal >= APART => Some(Self::NearMisses),
            _ => None,
        }
    }
}
