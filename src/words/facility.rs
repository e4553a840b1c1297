//! How the facility's profile reads: its labels, its values, and what to look at again.

use crate::domain::{
    facility::profile::{ProfileField, ProfileKind, ProfileValue, ProfileWarning, UnreadableValue},
    terms::lang::{Lang, Text},
};

/// The name of a field; figures bear the year they are of, where it is known.
#[must_use]
pub fn name(field: ProfileField, year: Option<u16>, lang: Lang) -> String {
    match (field, year, lang) {
        (ProfileField::Visits | ProfileField::Discharges, Some(year), Lang::Zh) => {
            format!("{year} 年度{}", field.name(lang))
        }
        (ProfileField::Visits | ProfileField::Discharges, Some(year), Lang::En) => {
            format!("{}, {year}", field.name(lang))
        }
        _ => field.name(lang).to_owned(),
    }
}

/// Values that lead and deputies wrote apart from each other.
#[must_use]
pub fn contested(field: ProfileField, values: &[Option<ProfileValue>], lang: Lang) -> String {
    let empty = lang.pick("（空）", "(empty)");
    let told = values
        .iter()
        .map(|value| value.as_ref().map_or_else(|| empty.to_owned(), |value| value.told(field, lang)));
    format!(
        "{}{}",
        lang.pick("组长与副组长填写不一致：", "lead and deputy disagree: "),
        told.collect::<Vec<_>>().join(" / ")
    )
}

/// What to look at again, in a sentence.
#[must_use]
pub fn warning(warning: &ProfileWarning, lang: Lang) -> String {
    let name = |field: ProfileField| field.name(lang);
    match (warning, lang) {
        (ProfileWarning::OtherName { visit }, Lang::Zh) => {
            format!("与核查建立时的机构名称（{visit}）不同；须与执业许可证一致")
        }
        (ProfileWarning::OtherName { visit }, Lang::En) => {
            format!("not the name the visit was founded with ({visit}); it must be that on the licence")
        }
        (ProfileWarning::ShortPhone, Lang::Zh) => "电话号码位数偏少".to_owned(),
        (ProfileWarning::ShortPhone, Lang::En) => "few digits for a telephone number".to_owned(),
        (ProfileWarning::TechniciansAboveStaff { technicians, staff }, Lang::Zh) => {
            format!("卫生技术人员数 {technicians} 多于在岗职工数 {staff}")
        }
        (ProfileWarning::TechniciansAboveStaff { technicians, staff }, Lang::En) => {
            format!("{technicians} health technicians are more than {staff} staff")
        }
        (ProfileWarning::BusinessAboveBuilding { business, building }, Lang::Zh) => {
            format!("业务用房建筑面积 {business} 大于建筑面积 {building}")
        }
        (ProfileWarning::BusinessAboveBuilding { business, building }, Lang::En) => {
            format!("the area for services ({business}) is larger than the building ({building})")
        }
        (ProfileWarning::FiguresWithoutYear, Lang::Zh) => "没有写明诊疗人次数、出院人数是哪一年的".to_owned(),
        (ProfileWarning::FiguresWithoutYear, Lang::En) => {
            "it is not said which year visits and discharges are of".to_owned()
        }
        (ProfileWarning::Contested(field), Lang::Zh) => {
            format!("组长与副组长填写的{}不一致，请其中一人重新填写", name(*field))
        }
        (ProfileWarning::Contested(field), Lang::En) => {
            format!(
                "lead and deputy filled in {} differently; one of them should fill it in again",
                name(*field)
            )
        }
    }
}

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
