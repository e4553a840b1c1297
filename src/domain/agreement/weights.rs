//! Partial credit for ranks that differ (Gwet, *Handbook of Inter-Rater Reliability*, 4th ed. 2014, ch. 3).

/// How much two ranks agree, 1 on the diagonal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// 0 off the diagonal.
    Identity,
    /// `1 − |k−l| / (q−1)`; SAS calls it Cicchetti–Allison.
    Linear,
    /// `1 − (k−l)² / (q−1)²`; Fleiss–Cohen.
    Quadratic,
    /// Gwet's fixed ordinal weights `1 − C(|k−l|+1, 2) / C(q, 2)`; not Krippendorff's data-dependent metric.
    Ordinal,
}

impl Weights {
    /// `w_kl` for ranks (or indices) k and l of q categories.
    #[must_use]
    pub fn of(self, k: u8, l: u8, q: u8) -> f64 {
        let distance = f64::from(k.abs_diff(l));
        let steps = f64::from(q) - 1.0;
        match self {
            Self::Identity => f64::from(u8::from(k == l)),
            Self::Linear => 1.0 - distance / steps,
            Self::Quadratic => 1.0 - distance * distance / (steps * steps),
            Self::Ordinal => 1.0 - distance * (distance + 1.0) / (f64::from(q) * steps),
        }
    }

    /// `T_w = Σ_kl w_kl`.
    #[must_use]
    pub fn total(self, q: u8) -> f64 {
        (1..=q).flat_map(|k| (1..=q).map(move |l| self.of(k, l, q))).sum()
    }

    /// All weights with their 0-based places.
    pub(super) fn table(self, q: u8) -> impl Iterator<Item = (usize, usize, f64)> {
        (0..q).flat_map(move |k| (0..q).map(move |l| (usize::from(k), usize::from(l), self.of(k, l, q))))
    }
}
