//! The words of the facility's profile: what a text is refused for, and what reports say of it.

use crate::domain::{
    facility::profile::{ProfileField, ProfileKind, UnreadableValue},
    terms::lang::{Lang, Text},
};

pub use crate::words::facility::{contested, name, warning};

/// Why a text is no value of a field, with the field's name and what to write instead.
#[must_use]
pub fn unreadable(field: ProfileField, error: UnreadableValue) -> Text {
    let (zh, en) = (field.name(Lang::Zh), field.name(Lang::En));
    let (why_zh, why_en) = reason(field, error);
    Text::new(format!("{zh}：{why_zh}"), format!("{en}: {why_en}"))
}

fn reason(field: ProfileField, error: UnreadableValue) -> (String, String) {
    let said = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    match error {
        UnreadableValue::NotANumber => {
            said("应是一个数，如 42 或 3200.5", "should be a number, e.g. 42 or 3200.5")
        }
        UnreadableValue::NotWhole => said("应是整数", "should be a whole number"),
        UnreadableValue::TooFine => said("最多四位小数", "at most four decimals"),
        UnreadableValue::Negative => said("不能是负数", "cannot be below zero"),
        UnreadableValue::TooLarge { .. } if field.kind() == ProfileKind::People => said(
            "数太大：不写单位就是万人；如果是人数，请写成 15000人",
            "too large: without a unit it is ten thousands; of single persons write: 15000 persons",
        ),
        UnreadableValue::TooLarge { most } => {
            (format!("数太大，最多 {most}"), format!("too large, at most {most}"))
        }
        UnreadableValue::NotAYear => said("应是四位年份，如 2025", "should be a year, e.g. 2025"),
        UnreadableValue::TooLong { n, most } => {
            (format!("{n} 个字符，最多 {most} 个"), format!("{n} characters, at most {most}"))
        }
        UnreadableValue::TooMuchWritten { n, most } => (
            format!("{n} 字，最多 {most} 字（空白不计）"),
            format!("{n} characters, at most {most}, white space not counted"),
        ),
    }
}
