//! A calendar day, as written on papers. Days never decide which vote counts (invariant 5); they are shown and filed.

use std::{fmt, str::FromStr};

/// A day of the Gregorian calendar, year 1900 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day; `None` if there is no such day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1900..=2999).contains(&year) && (1..=last).contains(&day)).then_some(Self { year, month, day })
    }

    /// The same day so many months earlier, or the last day of that month; `None` before 1900.
    #[must_use]
    pub fn months_before(self, months: u32) -> Option<Self> {
        let since_zero = (u32::from(self.year) * 12 + u32::from(self.month) - 1).checked_sub(months)?;
        let (year, month) = (u16::try_from(since_zero / 12).ok()?, u8::try_from(since_zero % 12 + 1).ok()?);
        (28..=self.day).rev().chain([self.day]).find_map(|day| Self::new(year, month, day))
    }

    /// So many days later; `None` after 2999.
    #[must_use]
    pub fn days_after(self, days: u16) -> Option<Self> {
        (0..days).try_fold(self, |day, _| day.next())
    }

    fn next(self) -> Option<Self> {
        let (year, month) = (self.year, self.month);
        Self::new(year, month, self.day + 1)
            .or_else(|| Self::new(year, month + 1, 1))
            .or_else(|| Self::new(year + 1, 1, 1))
    }

    /// Year, month, day.
    #[must_use]
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes
                .iter()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shaped {
            return Err(());
        }
        let number =
            |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u16>().ok());
        let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
            return Err(());
        };
        let narrow = |n: u16| u8::try_from(n).map_err(|_| ());
        Self::new(year, narrow(month)?, narrow(day)?).ok_or(())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_back_end_on_a_day_that_there_is() {
        for (from, months, to) in [
            ("2026-05-12", 24, Some("2024-05-12")),
            ("2026-03-31", 1, Some("2026-02-28")),
            ("2024-03-30", 1, Some("2024-02-29")),
            ("2026-01-15", 1, Some("2025-12-15")),
            ("2026-05-12", 0, Some("2026-05-12")),
            ("1901-01-01", 13, None),
            ("1901-01-01", u32::MAX, None),
        ] {
            let from: Date = from.parse().unwrap();
            assert_eq!(
                from.months_before(months).map(|date| date.to_string()).as_deref(),
                to,
                "{from} {months}"
            );
        }
    }

    #[test]
    fn days_later_go_over_months_and_years() {
        for (from, days, to) in [
            ("2026-11-30", 0, Some("2026-11-30")),
            ("2026-11-30", 1, Some("2026-12-01")),
            ("2024-02-25", 5, Some("2024-03-01")),
            ("2026-12-25", 10, Some("2027-01-04")),
            ("2999-12-31", 1, None),
        ] {
            let later = from.parse::<Date>().unwrap().days_after(days);
            assert_eq!(later.map(|day| day.to_string()).as_deref(), to, "{from} {days}");
        }
    }

    #[test]
    fn only_real_days_are_days() {
        assert_eq!("2024-02-29".parse::<Date>().unwrap().to_string(), "2024-02-29");
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-10",
            "2024-1-01",
            "2024/01/01",
            "1000-01-01",
            "2024-04-31",
            "",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }
}
