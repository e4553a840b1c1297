//! The votes as units × raters of ranks, some missing.

use crate::domain::agreement::float;

/// Ranks of units by raters. Every row has one place per rater; every rank lies in 1..=q.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    q: u8,
    n_raters: usize,
    rows: Vec<Vec<Option<u8>>>,
}

/// Why votes are no [`Matrix`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MatrixError {
    /// Fewer than two categories.
    #[error("at least two categories are needed, not {q}")]
    TooFewCategories {
        /// Given number.
        q: u8,
    },
    /// A row with more or fewer places than there are raters.
    #[error("row {row} has {n} places for {n_raters} raters")]
    Ragged {
        /// Row, from 0.
        row: usize,
        /// Its places.
        n: usize,
        /// Raters.
        n_raters: usize,
    },
    /// A rank outside 1..=q.
    #[error("row {row}, rater {rater}: rank {rank} is not between 1 and {q}")]
    OutOfRange {
        /// Row, from 0.
        row: usize,
        /// Column, from 0.
        rater: usize,
        /// The rank.
        rank: u8,
        /// Categories.
        q: u8,
    },
}

impl Matrix {
    /// Checks and takes rows of ranks.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn new(q: u8, n_raters: usize, rows: Vec<Vec<Option<u8>>>) -> Result<Self, MatrixError> {
        if q < 2 {
            return Err(MatrixError::TooFewCategories { q });
        }
        for (row, ranks) in rows.iter().enumerate() {
            if ranks.len() != n_raters {
                return Err(MatrixError::Ragged { row, n: ranks.len(), n_raters });
            }
            for (rater, rank) in ranks.iter().enumerate() {
                if let Some(rank) = rank.filter(|rank| *rank == 0 || *rank > q) {
                    return Err(MatrixError::OutOfRange { row, rater, rank, q });
                }
            }
        }
        Ok(Self { q, n_raters, rows })
    }

    /// Rows of [`Grade::rank`](crate::domain::terms::grade::Grade::rank)s; q is 4. Anything else becomes missing.
    pub(super) fn of_grades(n_raters: usize, mut rows: Vec<Vec<Option<u8>>>) -> Self {
        for row in &mut rows {
            row.resize(n_raters, None);
            row.iter_mut().for_each(|rank| *rank = rank.filter(|rank| (1..=4).contains(rank)));
        }
        Self { q: 4, n_raters, rows }
    }

    /// Categories.
    #[must_use]
    pub const fn q(&self) -> u8 {
        self.q
    }

    /// Raters, also those without a vote.
    #[must_use]
    pub const fn n_raters(&self) -> usize {
        self.n_raters
    }

    /// Units with at least one vote.
    #[must_use]
    pub fn n_units(&self) -> usize {
        self.counts().filter(|counts| total(counts) >= 1).count()
    }

    /// Units with at least two votes.
    #[must_use]
    pub fn n_pairable(&self) -> usize {
        self.counts().filter(|counts| total(counts) >= 2).count()
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &[Option<u8>]> {
        self.rows.iter().map(Vec::as_slice)
    }

    /// The two ranks of every unit that both raters voted on.
    pub fn pairs(&self, first: usize, second: usize) -> impl Iterator<Item = (u8, u8)> {
        self.rows.iter().filter_map(move |row| Some(((*row.get(first)?)?, (*row.get(second)?)?)))
    }

    /// `r_ik`: for each unit, how many raters gave each category.
    pub(super) fn counts(&self) -> impl Iterator<Item = Vec<usize>> {
        self.rows.iter().map(|row| {
            let mut counts = vec![0; usize::from(self.q)];
            for rank in row.iter().flatten() {
                if let Some(count) = counts.get_mut(usize::from(*rank) - 1) {
                    *count += 1;
                }
            }
            counts
        })
    }

    /// `π_k`; all zero without a vote.
    pub(super) fn prevalence(&self) -> Vec<f64> {
        let mut prevalence = vec![0.0; usize::from(self.q)];
        let n = float(self.n_units().max(1));
        for counts in self.counts().filter(|counts| total(counts) >= 1) {
            for (share, count) in prevalence.iter_mut().zip(&counts) {
                *share += float(*count) / float(total(&counts)) / n;
            }
        }
        prevalence
    }
}

/// `r_i`.
pub(super) fn total(counts: &[usize]) -> usize {
    counts.iter().sum()
}
