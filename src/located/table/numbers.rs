//! Reads whole numbers and decimals exactly as they are written.

use toml::{Spanned, de::DeValue};

use crate::{
    domain::terms::{
        amount::{Amount, AmountError},
        lang::Text,
    },
    located::table::{Need, TableReader},
};

impl TableReader<'_> {
    /// A whole number from 0.
    pub(crate) fn count(&self, key: &'static str, need: Need) -> Option<Spanned<u64>> {
        let value = self.value(key, need)?;
        let DeValue::Integer(integer) = value.get_ref() else {
            self.mistyped(value, ("整数", "a whole number"));
            return None;
        };
        let digits = integer.as_str().trim_start_matches('+');
        // Beyond this bound no count means anything, and JSON readers lose digits.
        let count = digits.parse::<u64>().ok().filter(|n| integer.radix() == 10 && *n <= 1_000_000_000_000);
        if count.is_none() {
            let what = Text::new("这里要写 0 以上的普通整数", "expected a plain whole number from 0");
            self.document.error(&value.span(), what, None);
        }
        count.map(|count| Spanned::new(value.span(), count))
    }

    /// A decimal, exactly as written.
    pub(crate) fn amount(&self, key: &'static str, need: Need) -> Option<Spanned<Amount>> {
        let value = self.value(key, need)?;
        let digits = match value.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
            DeValue::Float(float) => float.as_str(),
            _ => {
                self.mistyped(value, ("数字", "a number"));
                return None;
            }
        };
        let what = match digits.trim_start_matches('+').parse::<Amount>() {
            Ok(amount) => return Some(Spanned::new(value.span(), amount)),
            Err(AmountError::NotANumber) => {
                Text::new("要写普通的小数，如 0.95", "expected a plain decimal such as 0.95")
            }
            Err(AmountError::TooFine) => Text::new("小数最多四位", "at most four decimals"),
            Err(AmountError::OutOfRange) => Text::new("数字太大", "the number is too large"),
        };
        self.document.error(&value.span(), what, None);
        None
    }
}
