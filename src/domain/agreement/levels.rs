//! Consistency of two reviews of the same clauses: two levels, or before and after (两级一致率).
//!
//! The policy documents give no formula (see `README` of the test vectors), so numerators and the denominator are kept
//! and printed, and no single number stands for all.

use std::cmp::Ordering;

use crate::domain::{
    agreement::{Weights, cohen::Table, float, quotient},
    terms::grade::Grade,
};

/// What two reviews have in common, over the clauses both graded.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels {
    /// Clauses both graded: the denominator.
    pub n: usize,
    /// Equal grades.
    pub n_exact: usize,
    /// At most one grade apart.
    pub n_adjacent: usize,
    /// On the same side of the pass line (C).
    pub n_pass_line: usize,
    /// Clauses the second review graded higher.
    pub n_better: usize,
    /// Clauses the second review graded lower.
    pub n_worse: usize,
    /// Mean of first minus second, in grades; above zero, the first was more lenient.
    pub bias: Option<f64>,
    /// Cohen's κ.
    pub kappa: Option<f64>,
    /// Linear weights.
    pub kappa_linear: Option<f64>,
    /// Quadratic weights.
    pub kappa_quadratic: Option<f64>,
}

impl Levels {
    /// Compares the grades of clauses that both reviews graded, first and second.
    #[must_use]
    pub fn of(pairs: &[(Grade, Grade)]) -> Self {
        let count = |wanted: &dyn Fn(Grade, Grade) -> bool| {
            pairs.iter().filter(|pair| wanted(pair.0, pair.1)).count()
        };
        let table = Table::of_pairs(4, pairs.iter().map(|pair| (pair.0.rank(), pair.1.rank())));
        let difference: f64 =
            pairs.iter().map(|pair| f64::from(pair.0.rank()) - f64::from(pair.1.rank())).sum();
        Self {
            n: pairs.len(),
            n_exact: count(&|first, second| first == second),
            n_adjacent: count(&|first, second| first.rank().abs_diff(second.rank()) <= 1),
            n_pass_line: count(&|first, second| first.passes() == second.passes()),
            n_better: count(&|first, second| second.cmp(&first) == Ordering::Greater),
            n_worse: count(&|first, second| second.cmp(&first) == Ordering::Less),
            bias: quotient(difference, float(pairs.len())),
            kappa: table.kappa(Weights::Identity),
            kappa_linear: table.kappa(Weights::Linear),
            kappa_quadratic: table.kappa(Weights::Quadratic),
        }
    }

    /// One of the counts as a share of all; `None` without a clause in common.
    #[must_use]
    pub fn share(&self, n: usize) -> Option<f64> {
        quotient(float(n), float(self.n))
    }
}
