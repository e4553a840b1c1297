//! Findings that meet a point, or do not, for the sample visit. Dice that fall the same on every machine.

use sha2::{Digest, Sha256};

use crate::domain::{
    checklist::{Bound, ItemList, Measure},
    edit::finding::{Finding, Fraction, ItemState},
    terms::amount::Amount,
};

/// Dice seeded by words.
#[derive(Debug, Clone)]
pub struct Dice([u8; 32]);

impl Dice {
    /// Dice for these words.
    #[must_use]
    pub fn of(words: &[&str]) -> Self {
        Self(Sha256::digest(words.join("\0")).into())
    }

    /// A number below 100 that belongs to the words, without rolling on.
    #[must_use]
    pub fn share(&self) -> u64 {
        self.clone().roll(100)
    }

    /// The next number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = Sha256::digest(self.0).into();
        let [a, b, c, d, ..] = self.0;
        u64::from(u32::from_le_bytes([a, b, c, d])) % sides.max(1)
    }
}

/// A finding that meets the measure, or that does not; `None` if the measure cannot be missed.
#[must_use]
pub fn finding_for(
    measure: &Measure,
    list: Option<&ItemList>,
    met: bool,
    dice: &mut Dice,
) -> Option<Finding> {
    let finding = match measure {
        Measure::Tick => Finding::Tick(met),
        Measure::Ratio { bound, min_sample, .. } => {
            let sample = min_sample.unwrap_or(0).max(10) + dice.roll(6);
            let needed = match bound {
                Some(Bound::AtLeast(share)) if met => share.least_count_of(sample).min(sample),
                Some(Bound::AtLeast(share)) => share.least_count_of(sample).checked_sub(1)?,
                Some(Bound::AtMost(_)) if met => 0,
                Some(Bound::AtMost(_)) => sample,
                None => sample / 2,
            };
            Finding::Ratio(Fraction::new(needed, sample).ok()?)
        }
        Measure::Number { min, max, .. } => {
            let one = Amount::ONE.ten_thousandths();
            let value = match (min, max) {
                (Some(min), _) if met => *min,
                (None, Some(max)) if met => *max,
                (Some(min), _) => Amount::from_ten_thousandths(min.ten_thousandths() - one)?,
                (None, Some(max)) => Amount::from_ten_thousandths(max.ten_thousandths() + one)?,
                (None, None) => Amount::ONE,
            };
            Finding::Number(value)
        }
        Measure::Inventory { .. } => {
            let state = |index: usize| if !met && index == 0 { ItemState::Missing } else { ItemState::Ok };
            let mut states: Vec<_> =
                list?.items.iter().enumerate().map(|(i, it)| (it.id.clone(), state(i))).collect();
            let finding = Finding::Inventory(states.iter().cloned().collect());
            if met || finding.meets(measure, list) == Some(crate::domain::edit::finding::Met::No) {
                finding
            } else {
                for (_, state) in &mut states {
                    *state = ItemState::Missing;
                }
                Finding::Inventory(states.into_iter().collect())
            }
        }
        Measure::Count { .. } => {
            let taken = if met { usize::MAX } else { 0 };
            Finding::Count(list?.items.iter().take(taken).map(|item| item.id.clone()).collect())
        }
    };
    let meets = finding.meets(measure, list) == Some(crate::domain::edit::finding::Met::from(met));
    meets.then_some(finding)
}
