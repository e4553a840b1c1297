//! Observed agreement of any number of raters with missing votes, and its corrections for chance.

use crate::domain::agreement::{Matrix, Weights, beyond_chance, float, matrix::total, quotient};

/// `P_a = (1/n′) Σ_{r_i≥2} Σ_k r_ik (r*_ik − 1) / [r_i (r_i − 1)]` with `r*_ik = Σ_l w_kl r_il` (Gwet 2014).
#[must_use]
pub fn observed(matrix: &Matrix, weights: Weights) -> Option<f64> {
    let mut sum = 0.0;
    let mut n = 0;
    for counts in matrix.counts().filter(|counts| total(counts) >= 2) {
        let raters = float(total(&counts));
        // The ranks that were given, of which there are no more than raters, however many categories there are.
        let given: Vec<(u8, f64)> =
            (1..).zip(&counts).filter(|(_, n)| **n > 0).map(|(rank, n)| (rank, float(*n))).collect();
        let pairs = given.iter().flat_map(|first| given.iter().map(move |second| (first, second)));
        let weighted: f64 = pairs.map(|((k, n), (l, m))| weights.of(*k, *l, matrix.q()) * n * m).sum();
        sum += (weighted - raters) / (raters * (raters - 1.0));
        n += 1;
    }
    quotient(sum, float(n))
}

/// Share of pairable units whose votes are all equal.
#[must_use]
pub fn all_equal(matrix: &Matrix) -> Option<f64> {
    let pairable = matrix.counts().filter(|counts| total(counts) >= 2);
    let equal = pairable.filter(|counts| counts.contains(&total(counts))).count();
    quotient(float(equal), float(matrix.n_pairable()))
}

/// Fleiss' κ in its weighted form, `P_e = Σ_kl w_kl π_k π_l`; identity weights and complete data are Fleiss 1971
/// (Psychol Bull 76:378).
#[must_use]
pub fn fleiss(matrix: &Matrix, weights: Weights) -> Option<f64> {
    let shares = matrix.prevalence();
    let at = |k: usize| shares.get(k).copied().unwrap_or_default();
    let expected = weights.table(matrix.q()).map(|(k, l, w)| w * at(k) * at(l)).sum();
    beyond_chance(observed(matrix, weights)?, expected)
}

/// Gwet's AC1 (identity weights) and AC2, `P_e = T_w / [q(q−1)] · Σ_k π_k (1 − π_k)` (Gwet 2008, BJMSP 61:29; 2014).
#[must_use]
pub fn gwet(matrix: &Matrix, weights: Weights) -> Option<f64> {
    let q = f64::from(matrix.q());
    let variety: f64 = matrix.prevalence().iter().map(|share| share * (1.0 - share)).sum();
    let expected = weights.total(matrix.q()) / (q * (q - 1.0)) * variety;
    beyond_chance(observed(matrix, weights)?, expected)
}

/// Brennan–Prediger, `P_e = T_w / q²` (Brennan & Prediger 1981, EPM 41:687).
#[must_use]
pub fn brennan_prediger(matrix: &Matrix, weights: Weights) -> Option<f64> {
    let q = f64::from(matrix.q());
    beyond_chance(observed(matrix, weights)?, weights.total(matrix.q()) / (q * q))
}
