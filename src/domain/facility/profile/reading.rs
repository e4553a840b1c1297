//! Reading what was typed into a field. Numbers may bear their unit, full-width digits and separators of thousands.

use crate::domain::{
    facility::profile::{MOST, MOST_PEOPLE, PLAN_LIMIT, ProfileField, ProfileKind, ProfileValue, YEARS},
    terms::{
        amount::{Amount, AmountError},
        clean::{LINE_LIMIT, NOTE_LIMIT, clean_line, clean_note},
        lang::Lang,
    },
};

/// Words for square metres.
const SQUARE_METRES: [&str; 7] = ["平方米", "平米", "㎡", "m²", "m2", "sq m", "sqm"];
/// Words for ten thousands of persons, and for persons.
const TEN_THOUSANDS: [&str; 2] = ["万人", "万"];
const PERSONS: [&str; 3] = ["persons", "people", "人"];

/// Why a text is no value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableValue {
    /// Not a plain number.
    #[error("not a plain number")]
    NotANumber,
    /// A whole number is asked for.
    #[error("not a whole number")]
    NotWhole,
    /// More than four decimals.
    #[error("more than four decimals")]
    TooFine,
    /// Below zero.
    #[error("below zero")]
    Negative,
    /// Larger than is believable.
    #[error("more than {most}")]
    TooLarge {
        /// The most; of the population in persons.
        most: u64,
    },
    /// Not a year.
    #[error("not a year")]
    NotAYear,
    /// Too many characters.
    #[error("{n} characters, at most {most}")]
    TooLong {
        /// How many.
        n: usize,
        /// How many there may be.
        most: usize,
    },
    /// Too many characters that are not white space.
    #[error("{n} characters without white space, at most {most}")]
    TooMuchWritten {
        /// How many.
        n: usize,
        /// How many there may be.
        most: usize,
    },
}

impl ProfileField {
    /// The value that a text means; `None` for an empty one.
    ///
    /// # Errors
    /// Why the text is no value of this field.
    pub fn read(self, text: &str) -> Result<Option<ProfileValue>, UnreadableValue> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let value = match self.kind() {
            ProfileKind::Line => ProfileValue::Text(line(text)?),
            ProfileKind::Text => ProfileValue::Text(self.note(text)?),
            ProfileKind::Area => ProfileValue::Area(area(text)?),
            ProfileKind::People => ProfileValue::Count(people(text)?),
            ProfileKind::Count => ProfileValue::Count(self.counted(text)?),
            ProfileKind::Year => ProfileValue::Count(year(text)?),
        };
        // Nothing may be left of a text that held nothing but what steers a terminal.
        Ok(Some(value).filter(|value| !matches!(value, ProfileValue::Text(text) if text.is_empty())))
    }

    /// Text of several lines: refused where it is too long, not cut.
    fn note(self, text: &str) -> Result<String, UnreadableValue> {
        let n = text.chars().filter(|c| *c != '\r').count();
        if n > NOTE_LIMIT {
            return Err(UnreadableValue::TooLong { n, most: NOTE_LIMIT });
        }
        let text = clean_note(text).trim().to_owned();
        let n = written_length(&text);
        if self == Self::Plan && n > PLAN_LIMIT {
            return Err(UnreadableValue::TooMuchWritten { n, most: PLAN_LIMIT });
        }
        Ok(text)
    }

    fn counted(self, text: &str) -> Result<u64, UnreadableValue> {
        let text = folded(text);
        let number = without(&text, &[self.unit(Lang::Zh), self.unit(Lang::En)]);
        whole(number, MOST)
    }
}

/// Characters that are written, white space left out: how the limit of the construction plan is counted.
#[must_use]
pub fn written_length(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn line(text: &str) -> Result<String, UnreadableValue> {
    let n = text.chars().count();
    if n > LINE_LIMIT {
        return Err(UnreadableValue::TooLong { n, most: LINE_LIMIT });
    }
    Ok(clean_line(text))
}

fn area(text: &str) -> Result<Amount, UnreadableValue> {
    let text = folded(text);
    let area = decimal(without(&text, &SQUARE_METRES))?;
    let most = Amount::whole(MOST.cast_signed()).map_err(|_| UnreadableValue::TooLarge { most: MOST })?;
    if area > most { Err(UnreadableValue::TooLarge { most: MOST }) } else { Ok(area) }
}

/// Without a unit the number is of ten thousands, as the form asks for it.
fn people(text: &str) -> Result<u64, UnreadableValue> {
    let text = folded(text);
    let too_large = UnreadableValue::TooLarge { most: MOST_PEOPLE };
    let in_ten_thousands = without(&text, &TEN_THOUSANDS);
    if in_ten_thousands.len() == text.len() {
        let persons = without(&text, &PERSONS);
        if persons.len() < text.len() {
            return whole(persons, MOST_PEOPLE);
        }
    }
    // One ten-thousandth of 万人 is one person, so the four decimals of an amount are whole persons.
    let n = u64::try_from(decimal(in_ten_thousands)?.ten_thousandths()).map_err(|_| too_large)?;
    if n > MOST_PEOPLE { Err(too_large) } else { Ok(n) }
}

fn year(text: &str) -> Result<u64, UnreadableValue> {
    let text = folded(text);
    let digits = without(&text, &["年度", "年"]);
    let year = digits.parse::<u64>().ok().filter(|year| digits.len() == 4 && YEARS.contains(year));
    year.ok_or(UnreadableValue::NotAYear)
}

fn whole(number: &str, most: u64) -> Result<u64, UnreadableValue> {
    let amount = decimal(number).map_err(|error| match error {
        UnreadableValue::TooFine => UnreadableValue::NotWhole,
        UnreadableValue::TooLarge { .. } => UnreadableValue::TooLarge { most },
        other => other,
    })?;
    let one = Amount::ONE.ten_thousandths();
    if amount.ten_thousandths() % one != 0 {
        return Err(UnreadableValue::NotWhole);
    }
    let n = u64::try_from(amount.ten_thousandths() / one).map_err(|_| UnreadableValue::Negative)?;
    if n > most { Err(UnreadableValue::TooLarge { most }) } else { Ok(n) }
}

/// A number that is not negative, with at most four decimals; separators of thousands may stand where they belong.
fn decimal(number: &str) -> Result<Amount, UnreadableValue> {
    let amount: Amount = ungrouped(number)?.parse().map_err(|error| match error {
        AmountError::NotANumber => UnreadableValue::NotANumber,
        AmountError::TooFine => UnreadableValue::TooFine,
        AmountError::OutOfRange => UnreadableValue::TooLarge { most: MOST },
    })?;
    if amount < Amount::ZERO { Err(UnreadableValue::Negative) } else { Ok(amount) }
}

/// A comma anywhere but between thousands may mean a decimal point, so nobody guesses.
fn ungrouped(number: &str) -> Result<String, UnreadableValue> {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = whole.contains(',');
    let fits = !is_grouped || ((1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3));
    if !fits || rest.is_some_and(|rest| rest.contains(',')) {
        return Err(UnreadableValue::NotANumber);
    }
    Ok(number.replace(',', ""))
}

/// Full-width digits and signs as plain ones.
fn folded(text: &str) -> String {
    let fold = |c: char| match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        '．' => '.',
        '，' => ',',
        '－' => '-',
        other => other,
    };
    text.trim().chars().map(fold).collect()
}

/// The text without one of the units at its end.
fn without<'a>(text: &'a str, units: &[&str]) -> &'a str {
    let found = units.iter().filter(|unit| !unit.is_empty()).find_map(|unit| text.strip_suffix(unit));
    found.unwrap_or(text).trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn persons(text: &str) -> Result<u64, UnreadableValue> {
        match ProfileField::Population.read(text)?.unwrap() {
            ProfileValue::Count(n) => Ok(n),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_population_is_whole_persons_however_it_is_written() {
        for (text, n) in [
            ("0.4999", 4_999),
            ("0.5", 5_000),
            ("1.4999", 14_999),
            ("1.5", 15_000),
            ("1.50000", 15_000),
            ("1.5万人", 15_000),
            ("1.5 万人", 15_000),
            ("１．５万", 15_000),
            ("15000人", 15_000),
            ("15,000 人", 15_000),
            ("15000 persons", 15_000),
            ("0", 0),
            ("0.0001", 1),
            ("1000", MOST_PEOPLE),
        ] {
            assert_eq!(persons(text), Ok(n), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_of_persons_is_refused_with_the_reason() {
        for (text, error) in [
            ("0.49999", UnreadableValue::TooFine),
            ("1.23456万人", UnreadableValue::TooFine),
            ("15000", UnreadableValue::TooLarge { most: MOST_PEOPLE }),
            ("1000.0001", UnreadableValue::TooLarge { most: MOST_PEOPLE }),
            ("99999999999999999999", UnreadableValue::TooLarge { most: MOST }),
            ("15000.5人", UnreadableValue::NotWhole),
            ("-1", UnreadableValue::Negative),
            ("1,5", UnreadableValue::NotANumber),
            ("1.5,000", UnreadableValue::NotANumber),
            ("约1.5万人", UnreadableValue::NotANumber),
            ("1e4人", UnreadableValue::NotANumber),
            ("万人", UnreadableValue::NotANumber),
        ] {
            assert_eq!(persons(text), Err(error), "{text}");
        }
    }

    #[test]
    fn counts_areas_and_years_are_read_with_their_units() {
        let read = |field: ProfileField, text: &str| field.read(text);
        let count = |n| Ok(Some(ProfileValue::Count(n)));
        assert_eq!(read(ProfileField::Staff, " 42人 "), count(42));
        assert_eq!(read(ProfileField::Visits, "31,200人次"), count(31_200));
        assert_eq!(read(ProfileField::Beds, "20.5"), Err(UnreadableValue::NotWhole));
        assert_eq!(read(ProfileField::Beds, "20.00001"), Err(UnreadableValue::NotWhole));
        assert_eq!(read(ProfileField::Year, "2025年"), count(2025));
        for text in ["25", "1899", "3000", "20255", "二〇二五"] {
            assert_eq!(read(ProfileField::Year, text), Err(UnreadableValue::NotAYear), "{text}");
        }
        let area = |text: &str| Ok(Some(ProfileValue::Area(text.parse().unwrap())));
        for text in ["3200.5", "3,200.5平方米", "3200.50 ㎡", "3200.5m2"] {
            assert_eq!(read(ProfileField::BuildingArea, text), area("3200.5"), "{text}");
        }
        assert_eq!(read(ProfileField::BuildingArea, "  "), Ok(None));
        assert_eq!(read(ProfileField::Name, "\u{202e}\u{200b}"), Ok(None));
    }

    #[test]
    fn the_plan_holds_2000_characters_that_are_not_white_space() {
        let plan = |n: usize| "建 ".repeat(n);
        assert!(ProfileField::Plan.read(&plan(2_000)).is_ok());
        assert_eq!(
            ProfileField::Plan.read(&plan(2_001)),
            Err(UnreadableValue::TooLong { n: 4_001, most: NOTE_LIMIT })
        );
        let dense = "建".repeat(2_001);
        assert_eq!(
            ProfileField::Plan.read(&dense),
            Err(UnreadableValue::TooMuchWritten { n: 2_001, most: PLAN_LIMIT })
        );
        assert!(ProfileField::Introduction.read(&dense).is_ok());
        assert_eq!(
            ProfileField::Introduction.read(&"长".repeat(NOTE_LIMIT + 1)),
            Err(UnreadableValue::TooLong { n: NOTE_LIMIT + 1, most: NOTE_LIMIT })
        );
        assert_eq!(written_length("a b\u{3000}\n建，"), 4);
    }

    proptest! {
        #[test]
        fn every_number_of_persons_reads_back(n in 0..=MOST_PEOPLE) {
            let value = ProfileValue::Count(n);
            prop_assert_eq!(persons(&value.written(ProfileField::Population)), Ok(n));
            prop_assert_eq!(persons(&format!("{n}人")), Ok(n));
        }

        #[test]
        fn whatever_is_read_can_stand_in_the_field(text in "\\PC{0,40}", at in 0..ProfileField::ALL.len()) {
            let field = ProfileField::ALL[at];
            if let Ok(Some(value)) = field.read(&text) {
                prop_assert!(field.holds(&value), "{field:?} {value:?}");
                prop_assert_eq!(field.read(&value.written(field)), Ok(Some(value.clone())));
            }
        }
    }
}
