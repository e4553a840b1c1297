//! How alike raters scored: agreement inside a panel, and consistency of two reviews of the same clauses.
//!
//! A unit is a clause, a rater is a member. The grade domain is fixed and ordered (q categories, ranks 1..=q) even where
//! a grade was never given; absences are missing votes, not categories. Undefined (0/0) is `None`, never 0 or 1
//! (invariant 10). These numbers describe one visit: clauses are not a random sample. Floats are fine here: nothing
//! below decides a verdict.
//!
//! Notation of the formulas: `r_ik` raters gave unit i category k, `r_i = Σ_k r_ik`, n units with `r_i ≥ 1`, n′ units
//! with `r_i ≥ 2`, `π_k = (1/n) Σ_i r_ik / r_i`, weights `w_kl`, `T_w = Σ_kl w_kl`.

pub mod alpha;
pub mod chance;
pub mod cohen;
pub mod divergence;
pub mod levels;
pub mod matrix;
pub mod panel;
pub mod severity;
pub mod weights;

pub use divergence::Divergence;
pub use levels::Levels;
pub use matrix::{Matrix, MatrixError};
pub use panel::{Pair, PanelAgreement};
pub use severity::Severity;
pub use weights::Weights;

/// Every statistic of one matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Units with at least one vote.
    pub n_units: usize,
    /// Units with at least two votes.
    pub n_pairable: usize,
    /// Raters.
    pub n_raters: usize,
    /// Categories, q.
    pub categories: u8,
    /// Mean share of agreeing pairs of raters (一致率).
    pub percent_agreement: Option<f64>,
    /// Share of pairable units whose votes are all equal (全体一致率).
    pub all_equal: Option<f64>,
    /// Fleiss' κ.
    pub fleiss_kappa: Option<f64>,
    /// Gwet's AC1.
    pub gwet_ac1: Option<f64>,
    /// Gwet's AC2, quadratic weights.
    pub gwet_ac2_quadratic: Option<f64>,
    /// Gwet's AC2, linear weights.
    pub gwet_ac2_linear: Option<f64>,
    /// Gwet's AC2, Gwet's ordinal weights.
    pub gwet_ac2_ordinal: Option<f64>,
    /// Krippendorff's α, nominal.
    pub alpha_nominal: Option<f64>,
    /// Krippendorff's α, ordinal.
    pub alpha_ordinal: Option<f64>,
    /// Krippendorff's α, interval.
    pub alpha_interval: Option<f64>,
    /// Brennan–Prediger.
    pub brennan_prediger: Option<f64>,
    /// Light's κ, linear weights.
    pub light_kappa_linear: Option<f64>,
    /// Each rater against the others, in column order.
    pub raters: Vec<Severity>,
}

impl Agreement {
    /// All statistics of a matrix.
    #[must_use]
    pub fn of(matrix: &Matrix) -> Self {
        let ac2 = |weights| chance::gwet(matrix, weights);
        Self {
            n_units: matrix.n_units(),
            n_pairable: matrix.n_pairable(),
            n_raters: matrix.n_raters(),
            categories: matrix.q(),
            percent_agreement: chance::observed(matrix, Weights::Identity),
            all_equal: chance::all_equal(matrix),
            fleiss_kappa: chance::fleiss(matrix, Weights::Identity),
            gwet_ac1: ac2(Weights::Identity),
            gwet_ac2_quadratic: ac2(Weights::Quadratic),
            gwet_ac2_linear: ac2(Weights::Linear),
            gwet_ac2_ordinal: ac2(Weights::Ordinal),
            alpha_nominal: alpha::alpha(matrix, alpha::Metric::Nominal),
            alpha_ordinal: alpha::alpha(matrix, alpha::Metric::Ordinal),
            alpha_interval: alpha::alpha(matrix, alpha::Metric::Interval),
            brennan_prediger: chance::brennan_prediger(matrix, Weights::Identity),
            light_kappa_linear: cohen::light(matrix, Weights::Linear).map(|light| light.kappa),
            raters: severity::severities(matrix),
        }
    }
}

/// `(observed − expected) / (1 − expected)`; `None` when chance alone explains everything.
fn beyond_chance(observed: f64, expected: f64) -> Option<f64> {
    quotient(observed - expected, 1.0 - expected)
}

/// A quotient, `None` where the denominator is zero up to rounding.
fn quotient(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator.abs() > 1e-12).then(|| numerator / denominator)
}

/// Small counts as floats, exactly.
fn float(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::INFINITY, f64::from)
}
