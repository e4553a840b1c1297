//! Krippendorff's α: one minus observed over expected disagreement (Krippendorff 2011, "Computing Krippendorff's
//! Alpha-Reliability", repository.upenn.edu/asc_papers/43).

use crate::domain::agreement::{Matrix, Weights, float, matrix::total, quotient};

/// The squared difference δ² of two ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// `[c ≠ k]`.
    Nominal,
    /// `(Σ_{g=c}^{k} n_g − (n_c + n_k)/2)²`: depends on how often the ranks between were given.
    Ordinal,
    /// `(c − k)²`.
    Interval,
    /// `((c − k) / (c + k))²`.
    Ratio,
    /// `1 − w_ck`, Gwet's form of α.
    Weighted(Weights),
}

/// `α = 1 − (N−1) Σ_ck o_ck δ²_ck / Σ_ck n_c n_k δ²_ck`. Only units with two votes or more enter, also in the expected
/// part.
#[must_use]
pub fn alpha(matrix: &Matrix, metric: Metric) -> Option<f64> {
    let q = usize::from(matrix.q());
    let mut coincidences = vec![0.0; q * q];
    for counts in matrix.counts().filter(|counts| total(counts) >= 2) {
        let pairs = float(total(&counts) - 1);
        let given: Vec<(usize, f64)> =
            counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(rank, n)| (rank, float(*n))).collect();
        for (c, n) in &given {
            for (k, m) in &given {
                if let Some(coincidence) = coincidences.get_mut(c * q + k) {
                    *coincidence += n * (m - f64::from(u8::from(c == k))) / pairs;
                }
            }
        }
    }
    let marginals: Vec<f64> = coincidences.chunks(q).map(|row| row.iter().sum()).collect();
    let n: f64 = marginals.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (place, coincidence) in coincidences.iter().enumerate() {
        let (c, k) = (place / q, place % q);
        let difference = metric.squared(c, k, &marginals);
        observed += coincidence * difference;
        expected += marginal(&marginals, c) * marginal(&marginals, k) * difference;
    }
    quotient((n - 1.0) * observed, expected).map(|disagreement| 1.0 - disagreement)
}

impl Metric {
    /// δ² of two 0-based categories.
    fn squared(self, c: usize, k: usize, marginals: &[f64]) -> f64 {
        let (low, high) = (c.min(k), c.max(k));
        let apart = float(high - low);
        match self {
            Self::Nominal => f64::from(u8::from(c != k)),
            Self::Ordinal => {
                let between: f64 = (low..=high).map(|g| marginal(marginals, g)).sum();
                (between - f64::midpoint(marginal(marginals, low), marginal(marginals, high))).powi(2)
            }
            Self::Interval => apart.powi(2),
            Self::Ratio => (apart / float(low + high + 2)).powi(2),
            Self::Weighted(weights) => {
                let rank = |index: usize| u8::try_from(index + 1).unwrap_or(u8::MAX);
                let q = u8::try_from(marginals.len()).unwrap_or(u8::MAX);
                1.0 - weights.of(rank(c), rank(k), q)
            }
        }
    }
}

fn marginal(marginals: &[f64], index: usize) -> f64 {
    marginals.get(index).copied().unwrap_or_default()
}
