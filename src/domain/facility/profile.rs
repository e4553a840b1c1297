//! The profile of the facility: what the recommendation form of Qinghai asks about it (seed S0·F80), one value a field.
//!
//! An unfinished profile can be kept. What two fields say against each other is told beside them, and refused nowhere.

mod reading;
mod warning;

use std::collections::BTreeMap;

use crate::domain::terms::{
    amount::Amount,
    clean::{is_clean_line, is_clean_note},
    field::words,
    lang::Lang,
};

pub use reading::{UnreadableValue, written_length};
pub use warning::ProfileWarning;

/// Most characters of the construction plan (seed S0·F80: 限2000字). The form does not say how they are counted; our own
/// default counts every character but white space.
pub const PLAN_LIMIT: usize = 2_000;
/// Most persons a primary-care facility may be said to serve; our own default, so that a number of persons entered as 万人
/// is noticed.
pub const MOST_PEOPLE: u64 = 10_000_000;
/// Most of anything else that is counted, and most square metres; our own default.
pub const MOST: u64 = 100_000_000;
/// The years that figures may be of.
const YEARS: std::ops::RangeInclusive<u64> = 1900..=2999;

words! {
    /// A field of the profile, in the order of the form.
    ProfileField {
        /// 机构名称
        Name = "name", "机构名称", "Name of the facility";
        /// 单位地址
        Address = "address", "单位地址", "Address";
        /// 建筑面积
        BuildingArea = "building_area", "建筑面积", "Building area";
        /// 法人代表姓名
        Representative = "legal_representative", "法人代表姓名", "Legal representative";
        /// 联系电话
        Phone = "phone", "联系电话", "Telephone";
        /// 服务（常住）人口数
        Population = "population", "服务（常住）人口数", "Resident population served";
        /// 在岗职工数
        Staff = "staff", "在岗职工数", "Staff";
        /// 卫生技术人员数
        Technicians = "health_technicians", "卫生技术人员数", "Health technicians";
        /// 业务用房建筑面积
        BusinessArea = "business_area", "业务用房建筑面积", "Area for services";
        /// 实际开放床位数
        Beds = "beds", "实际开放床位数", "Beds open";
        /// 万元以上设备台数
        Devices = "devices", "万元以上设备台数", "Devices over 10,000 yuan";
        /// 机构简介
        Introduction = "introduction", "机构简介", "Introduction";
        /// 诊疗人次数 and 出院人数 are of this year
        Year = "year", "统计年度", "Year of the figures";
        /// 诊疗人次数
        Visits = "visits", "诊疗人次数", "Outpatient visits";
        /// 出院人数
        Discharges = "discharges", "出院人数", "Discharges";
        /// 特色科室或重点建设情况
        Departments = "departments", "特色科室或重点建设情况", "Special departments";
        /// 建设方案
        Plan = "plan", "建设方案", "Construction plan";
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProfileKind {
    /// One line of text.
    Line,
    /// Text of several lines.
    Text,
    /// Square metres.
    Area,
    /// Persons, written in 万人 (ten thousands).
    People,
    /// A whole number.
    Count,
    /// A year.
    Year,
}

impl ProfileField {
    /// What it holds.
    #[must_use]
    pub const fn kind(self) -> ProfileKind {
        match self {
            Self::Name | Self::Address | Self::Representative | Self::Phone => ProfileKind::Line,
            Self::Introduction | Self::Departments | Self::Plan => ProfileKind::Text,
            Self::BuildingArea | Self::BusinessArea => ProfileKind::Area,
            Self::Population => ProfileKind::People,
            Self::Year => ProfileKind::Year,
            Self::Staff
            | Self::Technicians
            | Self::Beds
            | Self::Devices
            | Self::Visits
            | Self::Discharges => ProfileKind::Count,
        }
    }

    /// The unit that the form asks for; empty = none. The form names none for the building area; square metres as for the
    /// area for services is our own default.
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::BuildingArea | Self::BusinessArea => lang.pick("平方米", "sq m"),
            Self::Population => lang.pick("万人", "10,000 persons"),
            Self::Staff | Self::Technicians | Self::Discharges => lang.pick("人", "persons"),
            Self::Beds => lang.pick("张", "beds"),
            Self::Devices => lang.pick("台", "devices"),
            Self::Visits => lang.pick("人次", "visits"),
            Self::Year => lang.pick("年", ""),
            _ => "",
        }
    }

    /// Its name with its unit, e.g. 在岗职工数（人）.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        match (self.unit(lang), lang) {
            ("", _) => self.name(lang).to_owned(),
            (unit, Lang::Zh) => format!("{}（{unit}）", self.name(lang)),
            (unit, Lang::En) => format!("{} ({unit})", self.name(lang)),
        }
    }

    /// What the form says it should hold (seed S0·F80), or how it is to be written; may be empty.
    #[must_use]
    pub const fn hint(self, lang: Lang) -> &'static str {
        match self {
            Self::Name => lang.pick("医疗机构执业许可证上的名称", "As on the practice licence"),
            Self::Population => {
                lang.pick("不写单位就是万人，最多四位小数；也可写 15000人", "Ten thousands, at most four decimals; or write: 15000 persons")
            }
            Self::Introduction => lang.pick(
                "应包括：科室设置、主要设施设备情况、人员情况、技术能力、医疗服务开展情况、家庭医生签约和基本公共卫生开展情况等",
                "Departments, main facilities and devices, staff, technical ability, medical services, family-doctor contracts and basic public health",
            ),
            Self::Year => {
                lang.pick("诊疗人次数和出院人数是哪一年的", "Which year outpatient visits and discharges are of")
            }
            Self::Plan => lang.pick(
                "限2000字（不计空白）。应包括：1.达标建设思路、具体推进措施、时间进度安排以及预期达到的建设效果等。2.项目资金拟分配使用情况，使用的内容和金额等。",
                "At most 2000 characters, white space not counted. 1. How the standard is to be reached: steps, schedule, expected effect. 2. What the funds are for, and how much.",
            ),
            _ => "",
        }
    }

    /// What the form itself prints into the box while it is empty (seed S0·F80).
    #[must_use]
    pub const fn prompt(self, lang: Lang) -> &'static str {
        match self {
            Self::Introduction => self.hint(lang),
            Self::Plan => lang.pick(
                "应包括：1.达标建设思路、具体推进措施、时间进度安排以及预期达到的建设效果等。2.项目资金拟分配使用情况，使用的内容和金额等。",
                "1. How the standard is to be reached: steps, schedule, expected effect. 2. What the funds are for, and how much.",
            ),
            _ => "",
        }
    }

    /// Whether a value can stand in this field.
    #[must_use]
    pub fn holds(self, value: &ProfileValue) -> bool {
        match (self.kind(), value) {
            (ProfileKind::Line, ProfileValue::Text(text)) => !text.is_empty() && is_clean_line(text),
            (ProfileKind::Text, ProfileValue::Text(text)) => {
                let fits = self != Self::Plan || written_length(text) <= PLAN_LIMIT;
                !text.trim().is_empty() && is_clean_note(text) && fits
            }
            (ProfileKind::Area, ProfileValue::Area(area)) => {
                *area >= Amount::ZERO && Amount::whole(MOST.cast_signed()).is_ok_and(|most| *area <= most)
            }
            (ProfileKind::People, ProfileValue::Count(n)) => *n <= MOST_PEOPLE,
            (ProfileKind::Count, ProfileValue::Count(n)) => *n <= MOST,
            (ProfileKind::Year, ProfileValue::Count(n)) => YEARS.contains(n),
            _ => false,
        }
    }
}

/// The value of a field. Persons are whole persons and areas exact decimals, never floats: a facility of 15,000 persons is
/// on the other side of a limit than one of 14,999 (seed S0·F37).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileValue {
    /// Text.
    Text(String),
    /// A whole number; of the population whole persons.
    Count(u64),
    /// Square metres.
    Area(Amount),
}

impl ProfileValue {
    /// As it is written in the unit of its field, without the unit: reading it gives the value again.
    #[must_use]
    pub fn written(&self, field: ProfileField) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Area(area) => area.to_string(),
            Self::Count(n) if field.kind() == ProfileKind::People => in_ten_thousands(*n).to_string(),
            Self::Count(n) => n.to_string(),
        }
    }

    /// As it is told, with its unit; of the population in both units.
    #[must_use]
    pub fn told(&self, field: ProfileField, lang: Lang) -> String {
        let written = self.written(field);
        match (self, field.kind(), lang) {
            (Self::Count(n), ProfileKind::People, Lang::Zh) => format!("{written} 万人（{n} 人）"),
            (Self::Count(n), ProfileKind::People, Lang::En) => format!("{n} persons"),
            (Self::Count(_), ProfileKind::Year, _) | (Self::Text(_), ..) => written,
            _ => format!("{written} {}", field.unit(lang)),
        }
    }
}

/// Persons in 万人: a ten-thousandth of it is a person, so nothing is rounded.
fn in_ten_thousands(persons: u64) -> Amount {
    i64::try_from(persons).ok().and_then(Amount::from_ten_thousandths).unwrap_or_default()
}

/// What of a profile is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacilityProfile {
    values: BTreeMap<ProfileField, ProfileValue>,
    conflicts: BTreeMap<ProfileField, Vec<Option<ProfileValue>>>,
}

impl FacilityProfile {
    /// Puts a value in.
    pub fn set(&mut self, field: ProfileField, value: ProfileValue) {
        self.values.insert(field, value);
    }

    /// Notes that lead and deputies wrote different values of a field without knowing of each other.
    pub(crate) fn contest(&mut self, field: ProfileField, values: Vec<Option<ProfileValue>>) {
        self.conflicts.insert(field, values);
    }

    /// The value of a field; `None` = not given, or contested.
    #[must_use]
    pub fn get(&self, field: ProfileField) -> Option<&ProfileValue> {
        self.values.get(&field)
    }

    /// The value of a field as written, empty if there is none.
    #[must_use]
    pub fn written(&self, field: ProfileField) -> String {
        self.get(field).map(|value| value.written(field)).unwrap_or_default()
    }

    /// A whole number.
    #[must_use]
    pub fn count(&self, field: ProfileField) -> Option<u64> {
        match self.get(field)? {
            ProfileValue::Count(n) => Some(*n),
            ProfileValue::Text(_) | ProfileValue::Area(_) => None,
        }
    }

    /// Square metres.
    #[must_use]
    pub fn area(&self, field: ProfileField) -> Option<Amount> {
        match self.get(field)? {
            ProfileValue::Area(area) => Some(*area),
            ProfileValue::Text(_) | ProfileValue::Count(_) => None,
        }
    }

    /// The year that visits and discharges are of, if it was said.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.count(ProfileField::Year).and_then(|year| u16::try_from(year).ok())
    }

    /// Fields that have a value, in the order of the form.
    pub fn given(&self) -> impl Iterator<Item = (ProfileField, &ProfileValue)> {
        self.values.iter().map(|(field, value)| (*field, value))
    }

    /// Fields that lead and deputies filled in differently, with what each says; `None` = emptied.
    pub fn contested(&self) -> impl Iterator<Item = (ProfileField, &[Option<ProfileValue>])> {
        self.conflicts.iter().map(|(field, values)| (*field, values.as_slice()))
    }

    /// What lead and deputies say of a contested field.
    #[must_use]
    pub fn contest_of(&self, field: ProfileField) -> Option<&[Option<ProfileValue>]> {
        self.conflicts.get(&field).map(Vec::as_slice)
    }

    /// Fields without a value, in the order of the form.
    #[must_use]
    pub fn missing(&self) -> Vec<ProfileField> {
        ProfileField::ALL.iter().copied().filter(|field| self.get(*field).is_none()).collect()
    }

    /// Whether nothing was filled in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.conflicts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_words_in_both_languages_and_a_key_of_its_own() {
        for field in ProfileField::ALL {
            assert_eq!(ProfileField::parse(field.key()), Some(*field));
            assert_eq!(field.hint(Lang::Zh).is_empty(), field.hint(Lang::En).is_empty(), "{field:?}");
            assert!(field.label(Lang::Zh).starts_with(field.name(Lang::Zh)));
        }
        assert_eq!(ProfileField::Population.label(Lang::Zh), "服务（常住）人口数（万人）");
    }

    #[test]
    fn a_value_is_told_in_its_unit_and_reads_back_as_written() {
        for (field, text, told) in [
            (ProfileField::Population, "1.5", "1.5 万人（15000 人）"),
            (ProfileField::Population, "0.4999", "0.4999 万人（4999 人）"),
            (ProfileField::BuildingArea, "3200.5", "3200.5 平方米"),
            (ProfileField::Staff, "42", "42 人"),
            (ProfileField::Year, "2025", "2025"),
            (ProfileField::Name, "青禾镇卫生院", "青禾镇卫生院"),
        ] {
            let value = field.read(text).unwrap().unwrap();
            assert_eq!(value.told(field, Lang::Zh), told);
            assert_eq!(value.written(field), text);
            assert!(field.holds(&value));
        }
        assert!(!ProfileField::Staff.holds(&ProfileValue::Text("42".to_owned())));
        assert!(!ProfileField::Year.holds(&ProfileValue::Count(25)));
        assert!(!ProfileField::Name.holds(&ProfileValue::Text("a\u{202e}b".to_owned())));
    }
}
