//! The names that people write for a field: those of departments, of branches of learning and of professions. A name that
//! several fields could have is not guessed; files and the wire keep to the keys.

use crate::domain::{
    pool::{comparable, rank::Rank},
    terms::{
        field::Field,
        lang::{Lang, Text},
    },
};

/// Names beside the keys, as [`comparable`] leaves them.
const NAMES: [(Field, &[&str]); 10] = [
    (Field::Management, &["医院管理", "机构管理", "卫生管理", "卫生事业管理", "医疗管理", "医务管理"]),
    (Field::Medicine, &["临床", "临床医学", "临床医疗", "医学", "clinical medicine"]),
    (
        Field::Tcm,
        &["中医", "中医学", "中药学", "中医药学", "中医临床", "中西医结合", "中医中药", "chinese medicine"],
    ),
    (Field::Nursing, &["护理学", "临床护理", "护理管理"]),
    (
        Field::InfectionControl,
        &[
            "院感",
            "院感管理",
            "感控",
            "医院感染",
            "感染管理",
            "医院感染控制",
            "感染控制",
            "医院感染预防与控制",
        ],
    ),
    (
        Field::PublicHealth,
        &["公卫", "预防医学", "公共卫生与预防医学", "公共卫生管理", "疾病预防控制", "疾控", "预防保健"],
    ),
    // The source writes 卫生（计生）监督 (seed S3·F14), elsewhere 卫生计生监督.
    (
        Field::Inspection,
        &["卫生(计生)监督", "卫生计生监督", "卫生监督执法", "卫生健康监督", "卫生计生监督执法"],
    ),
    (Field::Finance, &["财务", "财会", "会计", "会计学", "财务会计", "卫生财务"]),
    (
        Field::Information,
        &["信息", "信息化", "信息化管理", "信息技术", "卫生信息", "卫生信息管理", "医院信息管理"],
    ),
    (Field::Pharmacy, &["药事", "药事管理", "药事与药房", "药剂", "药剂学", "药房", "临床药学", "医院药学"]),
];

/// What stands behind the name of a field where a department or a group of experts is meant; the longest first.
const ENDINGS: [&str; 8] = ["专业", "方面", "专家", "科室", "科", "部", "处", "类"];

/// The profession that a title is of, by how it ends; the longer first. Those of 中药师 and 技师 may be of several fields.
const PROFESSIONS: [(&str, Option<Field>); 10] = [
    ("中药师", None),
    ("中药士", None),
    ("中医师", Some(Field::Tcm)),
    ("中医士", Some(Field::Tcm)),
    ("公卫医师", Some(Field::PublicHealth)),
    ("药师", Some(Field::Pharmacy)),
    ("药士", Some(Field::Pharmacy)),
    ("护师", Some(Field::Nursing)),
    ("护士", Some(Field::Nursing)),
    ("医师", Some(Field::Medicine)),
];

impl Field {
    /// The field that a person means: its key or name, a longer official name (`医院感染管理科`, `药学部`, `临床药学`), or
    /// a title that only one field has (`主任药师`).
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let plain = comparable(text);
        let without = || ENDINGS.iter().find_map(|ending| plain.strip_suffix(ending)).and_then(known);
        known(&plain).or_else(without).or_else(|| of_title(text, &plain))
    }

    /// What is wrong with a text that names no field.
    #[must_use]
    pub fn unknown(text: &str) -> Text {
        let zh = Self::ALL.iter().map(|field| field.name(Lang::Zh)).collect::<Vec<_>>().join("、");
        let en = Self::ALL.iter().map(|field| field.name(Lang::En)).collect::<Vec<_>>().join(", ");
        Text::new(
            format!("专业“{text}”不在这些之中：{zh}。"),
            format!("“{text}” is none of the fields: {en}."),
        )
    }
}

fn known(plain: &str) -> Option<Field> {
    let is = |field: &Field| {
        let names = [field.name(Lang::Zh), field.name(Lang::En)];
        comparable(field.key()) == plain || names.iter().any(|name| comparable(name) == plain)
    };
    let other = |plain: &str| {
        let found = NAMES.iter().find(|(_, names)| names.iter().any(|name| comparable(name) == plain));
        found.map(|(field, _)| *field)
    };
    Field::ALL.iter().copied().find(is).or_else(|| other(plain))
}

fn of_title(text: &str, plain: &str) -> Option<Field> {
    Rank::of_title(text)?;
    PROFESSIONS.iter().find(|(ending, _)| plain.ends_with(ending)).and_then(|(_, field)| *field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn official_names_of_a_field_are_read_as_it() {
        for (names, field) in [
            (
                "药学 药学部 临床药学 药剂科 药事管理 主任药师 副主任药师 主管药师 药师 Pharmacy",
                Field::Pharmacy,
            ),
            ("医院感染管理 医院感染管理科 院感 院感科 感控 医院感染管理专业", Field::InfectionControl),
            ("卫生（计生）监督 卫生计生监督 卫生监督类", Field::Inspection),
            ("护理 护理部 护理学 主管护师 护师", Field::Nursing),
            ("中医药 中医科 中西医结合 主任中医师 TCM", Field::Tcm),
            ("医疗 临床医学 主治医师", Field::Medicine),
            ("公共卫生 公共卫生科 公卫 疾控 公卫医师", Field::PublicHealth),
            ("财务管理 财务科 会计", Field::Finance),
            ("信息管理 信息科 信息化", Field::Information),
            ("医疗机构管理 医院管理 卫生事业管理", Field::Management),
        ] {
            for name in names.split(' ') {
                assert_eq!(Field::named(name), Some(field), "{name}");
            }
        }
        assert_eq!(Field::named(" 医院 感染管理（科）"), None, "a bracket is not passed over");
        for field in Field::ALL {
            assert_eq!(Field::named(field.key()), Some(*field));
            assert_eq!(Field::named(&field.name(Lang::En).to_uppercase()), Some(*field));
        }
    }

    #[test]
    fn what_could_be_several_fields_is_not_guessed() {
        for name in ["", "科", "外科", "主任", "主任中药师", "主管技师", "工程师", "某药师", "主任科员"]
        {
            assert_eq!(Field::named(name), None, "{name}");
        }
    }
}
