//! Cohen's κ of two raters (Cohen 1960, EPM 20:37; weighted 1968, Psychol Bull 70:213), and Light's mean of it over all
//! pairs (Light 1971, Psychol Bull 76:365).

use crate::domain::agreement::{Matrix, Weights, beyond_chance, float, quotient};

/// A q × q table of counts: rows are the first rater's ranks, columns the second's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    q: u8,
    cells: Vec<usize>,
}

/// Light's κ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// Mean over the pairs.
    pub kappa: f64,
    /// Pairs of raters whose κ is defined.
    pub n_pairs: usize,
}

impl Table {
    /// Counts pairs of ranks; those outside 1..=q are left out.
    #[must_use]
    pub fn of_pairs(q: u8, pairs: impl Iterator<Item = (u8, u8)>) -> Self {
        let mut table = Self { q, cells: vec![0; usize::from(q) * usize::from(q)] };
        for (first, second) in pairs {
            if (1..=q).contains(&first) && (1..=q).contains(&second) {
                table.add(first, second, 1);
            }
        }
        table
    }

    /// Counts `n` more units with these ranks.
    pub fn add(&mut self, first: u8, second: u8, n: usize) {
        let place = (usize::from(first).checked_sub(1)).zip(usize::from(second).checked_sub(1));
        let place = place.map(|(row, column)| row * usize::from(self.q) + column);
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
            *cell += n;
        }
    }

    /// Units counted.
    #[must_use]
    pub fn n(&self) -> usize {
        self.cells.iter().sum()
    }

    /// `κ_w` with `P_o = Σ w p_kl` and `P_e = Σ w p_k. p_.l`.
    #[must_use]
    pub fn kappa(&self, weights: Weights) -> Option<f64> {
        let n = float(self.n());
        let q = usize::from(self.q);
        let cell = |k: usize, l: usize| self.cells.get(k * q + l).copied().map_or(0.0, float);
        let rows: Vec<f64> = (0..q).map(|k| (0..q).map(|l| cell(k, l)).sum()).collect();
        let columns: Vec<f64> = (0..q).map(|l| (0..q).map(|k| cell(k, l)).sum()).collect();
        let at = |sums: &[f64], index: usize| sums.get(index).copied().unwrap_or_default();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (k, l, w) in weights.table(self.q) {
            observed += w * cell(k, l);
            expected += w * at(&rows, k) * at(&columns, l);
        }
        beyond_chance(quotient(observed, n)?, quotient(expected, n * n)?)
    }
}

/// Mean of Cohen's κ over all pairs of raters, each over the units both voted on. Pairs without a defined κ are left
/// out; `None` if no pair has one.
#[must_use]
pub fn light(matrix: &Matrix, weights: Weights) -> Option<Light> {
    let n = matrix.n_raters();
    let pairs = (0..n).flat_map(|first| (first + 1..n).map(move |second| (first, second)));
    let kappas: Vec<f64> = pairs
        .filter_map(|(first, second)| Table::of_pairs(matrix.q(), matrix.pairs(first, second)).kappa(weights))
        .collect();
    let kappa = quotient(kappas.iter().sum(), float(kappas.len()))?;
    Some(Light { kappa, n_pairs: kappas.len() })
}
