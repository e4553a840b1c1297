//! Exact decimal numbers. Thresholds and measured values are compared, hashed and exchanged, so they are never floats.

use std::{fmt, str::FromStr};

/// Ten-thousandths in one.
const SCALE: i64 = 10_000;
/// The largest magnitude accepted, so that products with counts stay inside `i128` and JSON integers stay exact.
const LIMIT: i64 = 1 << 50;

/// An exact decimal with at most four places, e.g. `0.95` or `37.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(i64);

/// Why a text is not an [`Amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Not a plain decimal number.
    #[error("not a plain decimal number")]
    NotANumber,
    /// More than four decimals.
    #[error("more than four decimals")]
    TooFine,
    /// Beyond the supported range.
    #[error("out of range")]
    OutOfRange,
}

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(SCALE);

    /// A whole number.
    ///
    /// # Errors
    /// [`AmountError::OutOfRange`] beyond ±2^50 ten-thousandths.
    pub fn whole(n: i64) -> Result<Self, AmountError> {
        n.checked_mul(SCALE).and_then(Self::from_ten_thousandths).ok_or(AmountError::OutOfRange)
    }

    /// From ten-thousandths; `None` out of range.
    #[must_use]
    pub fn from_ten_thousandths(n: i64) -> Option<Self> {
        (-LIMIT..=LIMIT).contains(&n).then_some(Self(n))
    }

    /// In ten-thousandths.
    #[must_use]
    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// Compares `part / whole` with this amount without dividing.
    #[must_use]
    pub fn cmp_fraction(self, part: u64, whole: u64) -> std::cmp::Ordering {
        let left = i128::from(part) * i128::from(SCALE);
        let right = i128::from(self.0) * i128::from(whole);
        left.cmp(&right)
    }

    /// The least count `k` with `k / whole >= self`.
    #[must_use]
    pub fn least_count_of(self, whole: u64) -> u64 {
        let needed = i128::from(self.0.max(0)) * i128::from(whole);
        let count = (needed + i128::from(SCALE) - 1) / i128::from(SCALE);
        u64::try_from(count).unwrap_or(u64::MAX)
    }

    /// The sum, at most the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        let sum = self.0.saturating_add(other.0);
        if sum > LIMIT { Self(LIMIT) } else { Self(sum) }
    }

    /// So many times the amount, at most the largest amount there is.
    #[must_use]
    pub fn times(self, n: u64) -> Self {
        let product = i128::from(self.0).saturating_mul(i128::from(n)).min(i128::from(LIMIT));
        i64::try_from(product).map_or(self, Self)
    }

    /// As a share in per cent, e.g. `95%` for `0.95`.
    #[must_use]
    pub fn percent(self) -> String {
        format!("{}%", Self(self.0.saturating_mul(100)))
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let has_fraction = digits.contains('.');
        if whole.is_empty() || !plain(whole) || !plain(fraction) || (has_fraction && fraction.is_empty()) {
            return Err(AmountError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > 4 {
            return Err(AmountError::TooFine);
        }
        let whole: i64 = whole.parse().map_err(|_| AmountError::OutOfRange)?;
        let mut places = 0_i64;
        for position in 0..4 {
            let digit = fraction.as_bytes().get(position).map_or(0, |b| i64::from(b - b'0'));
            places = places * 10 + digit;
        }
        let magnitude =
            whole.checked_mul(SCALE).and_then(|n| n.checked_add(places)).ok_or(AmountError::OutOfRange)?;
        Self::from_ten_thousandths(if negative { -magnitude } else { magnitude })
            .ok_or(AmountError::OutOfRange)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, places) = (magnitude / SCALE.unsigned_abs(), magnitude % SCALE.unsigned_abs());
        let mut text = if self.0 < 0 { format!("-{whole}") } else { whole.to_string() };
        if places != 0 {
            text.push('.');
            text.push_str(format!("{places:04}").trim_end_matches('0'));
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_round_trips_and_is_canonical() {
        for (text, shown) in
            [("0.95", "0.95"), ("37.50", "37.5"), ("-0.0001", "-0.0001"), ("007", "7"), ("1.0", "1")]
        {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        for text in ["", ".5", "5.", "1e3", "+1", "１", "0x1", "1.2.3", "NaN", "-", " 1"] {
            assert_eq!(text.parse::<Amount>(), Err(AmountError::NotANumber), "{text}");
        }
        assert_eq!("0.00001".parse::<Amount>(), Err(AmountError::TooFine));
        assert_eq!("99999999999999999999".parse::<Amount>(), Err(AmountError::OutOfRange));
    }

    #[test]
    fn the_boundary_of_a_share_is_exact() {
        let ninety_five: Amount = "0.95".parse().unwrap();
        assert!(ninety_five.cmp_fraction(19, 20).is_eq());
        assert!(ninety_five.cmp_fraction(94, 100).is_lt());
        assert_eq!(ninety_five.least_count_of(20), 19);
        assert_eq!(ninety_five.least_count_of(21), 20);
        assert_eq!(ninety_five.percent(), "95%");
    }
}
