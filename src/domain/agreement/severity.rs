//! Each rater against the others: who scores strictly, who leniently.

use crate::domain::agreement::{Matrix, float, quotient};

/// Up to so many grades from the others a rater is neither strict nor lenient. Our own default, not official.
pub const IN_THE_MIDDLE: f64 = 0.1;

/// One rater against the others, over the units the rater shares with at least one other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Severity {
    /// Units shared.
    pub n_shared: usize,
    /// Mean of own rank minus the median of the others (the mean of the two middle ranks of an even number); below
    /// zero is stricter than the others.
    pub severity: Option<f64>,
    /// Mean of own rank minus the mean of the others: as `severity`, but one extreme vote moves it.
    pub bias: Option<f64>,
    /// Share of shared units within one rank of that median.
    pub within_one: Option<f64>,
}

/// One [`Severity`] a rater, in column order.
#[must_use]
pub fn severities(matrix: &Matrix) -> Vec<Severity> {
    (0..matrix.n_raters()).map(|rater| severity(matrix, rater)).collect()
}

fn severity(matrix: &Matrix, rater: usize) -> Severity {
    let (mut n, mut near) = (0, 0);
    let (mut from_median, mut from_mean) = (0.0, 0.0);
    for row in matrix.rows() {
        let Some(own) = row.get(rater).copied().flatten() else { continue };
        let others = row.iter().enumerate().filter(|(index, _)| *index != rater);
        let mut others: Vec<f64> = others.filter_map(|(_, rank)| rank.map(f64::from)).collect();
        others.sort_unstable_by(f64::total_cmp);
        let Some(mean) = quotient(others.iter().sum(), float(others.len())) else { continue };
        let at = |index: usize| others.get(index).copied().unwrap_or_default();
        let median = f64::midpoint(at((others.len() - 1) / 2), at(others.len() / 2));
        let own = f64::from(own);
        n += 1;
        near += usize::from((own - median).abs() <= 1.0);
        from_median += own - median;
        from_mean += own - mean;
    }
    Severity {
        n_shared: n,
        severity: quotient(from_median, float(n)),
        bias: quotient(from_mean, float(n)),
        within_one: quotient(float(near), float(n)),
    }
}
