//! Days as people write them.

use crate::{checklist::xlsx::fold, domain::terms::date::Date};

/// A text that is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day")]
pub struct NotADay;

/// A day as people write it: `2026-12-31`, `2026/12/31`, `2026.1.5`, `2026年1月5日`; `None` = empty.
///
/// # Errors
/// [`NotADay`].
pub fn parse_day(text: &str) -> Result<Option<Date>, NotADay> {
    let text = fold(text);
    if text.is_empty() {
        return Ok(None);
    }
    // A cell with a time of day keeps its day.
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts.as_slice() else { return Err(NotADay) };
    let date = Date::new(
        year.parse().map_err(|_| NotADay)?,
        month.parse().map_err(|_| NotADay)?,
        day.parse().map_err(|_| NotADay)?,
    );
    date.map(Some).ok_or(NotADay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let new_year = Date::new(2027, 1, 5);
        for text in [
            "2027-01-05",
            "2027/1/5",
            " 2027.1.5 ",
            "２０２７／１／５",
            "2027年1月5日",
            "2027-01-05 00:00:00",
        ] {
            assert_eq!(parse_day(text), Ok(new_year), "{text}");
        }
        assert_eq!(parse_day("  "), Ok(None));
        for text in ["年底", "2027-02-30", "5/1/2027", "2027-1", "46000"] {
            assert_eq!(parse_day(text), Err(NotADay), "{text}");
        }
    }
}
