//! The level of a professional title, for the rule that experts are of intermediate level or above (seed S3·F15).
//!
//! The names are those of 人力资源社会保障部《职称系列（专业）各层级名称》(2021) for health, teaching, research, engineering,
//! accounting, economics, statistics, auditing and archives; what is not among them is not known, and is never guessed.

use crate::domain::terms::{field::words, lang::Lang};

words! {
    /// The level of a title, lowest first.
    Rank {
        /// 初级
        Junior = "初级", "初级", "junior";
        /// 中级
        Intermediate = "中级", "中级", "intermediate";
        /// 副高
        Associate = "副高", "副高级", "associate senior";
        /// 正高
        Senior = "正高", "正高级", "senior";
    }
}

const JUNIOR: [&str; 32] = [
    "医师",
    "中医师",
    "公卫医师",
    "住院医师",
    "药师",
    "中药师",
    "护师",
    "技师",
    "检验技师",
    "医士",
    "中医士",
    "药士",
    "中药士",
    "护士",
    "技士",
    "助教",
    "助理讲师",
    "研究实习员",
    "助理馆员",
    "管理员",
    "助理工程师",
    "技术员",
    "助理会计师",
    "会计员",
    "助理经济师",
    "经济员",
    "助理统计师",
    "统计员",
    "助理审计师",
    "审计员",
    "助理实验师",
    "实验员",
];
const INTERMEDIATE: [&str; 9] =
    ["讲师", "助理研究员", "馆员", "工程师", "会计师", "经济师", "统计师", "审计师", "实验师"];
const ASSOCIATE: [&str; 3] = ["副教授", "副研究员", "副研究馆员"];
const SENIOR: [&str; 3] = ["教授", "研究员", "研究馆员"];

impl Rank {
    /// The level of a title; of several titles (`主任医师、教授`) the highest. `None` = not known.
    #[must_use]
    pub fn of_title(title: &str) -> Option<Self> {
        title.split(['、', '，', ',', '/', '；', ';']).filter_map(Self::of_one).max()
    }

    fn of_one(title: &str) -> Option<Self> {
        let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
        // What stands in brackets says of which specialty: 主任医师（全科）.
        let title = title.split(['（', '(']).next().unwrap_or_default();
        let is_teacher_or_master = title.ends_with('师');
        if let Some(level) = Self::parse(title) {
            Some(level)
        } else if SENIOR.contains(&title) {
            Some(Self::Senior)
        } else if ASSOCIATE.contains(&title) {
            Some(Self::Associate)
        } else if INTERMEDIATE.contains(&title) {
            Some(Self::Intermediate)
        } else if JUNIOR.contains(&title) {
            Some(Self::Junior)
        } else if !is_teacher_or_master {
            None
        } else if title.starts_with("副主任") {
            Some(Self::Associate)
        } else if title.starts_with("主任") {
            Some(Self::Senior)
        } else if title.starts_with("主治") || title.starts_with("主管") {
            Some(Self::Intermediate)
        } else {
            Self::of_graded(title)
        }
    }

    /// 高级工程师, 正高级会计师, 教授级高级工程师: a level before a title of intermediate level.
    fn of_graded(title: &str) -> Option<Self> {
        let (level, base) = title.split_once("高级")?;
        match level {
            _ if !INTERMEDIATE.contains(&base) => None,
            "" => Some(Self::Associate),
            "正" | "教授级" | "研究员级" => Some(Self::Senior),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_the_level_of_the_published_list() {
        for (titles, rank) in [
            (
                "主任医师 主任中医师 主任护师 主任药师 主任技师 教授 研究员 研究馆员 正高级工程师 正高级会计师 教授级高级工程师",
                Rank::Senior,
            ),
            (
                "副主任医师 副主任中医师 副主任护师 副教授 副研究员 高级工程师 高级会计师 高级讲师 副高级 副高",
                Rank::Associate,
            ),
            (
                "主治医师 主治中医师 主管护师 主管药师 主管技师 主管检验师 讲师 助理研究员 工程师 会计师 馆员 中级",
                Rank::Intermediate,
            ),
            ("医师 护师 药师 技师 护士 药士 助教 研究实习员 助理工程师 会计员 住院医师 初级", Rank::Junior),
        ] {
            for title in titles.split(' ') {
                assert_eq!(Rank::of_title(title), Some(rank), "{title}");
            }
        }
        assert_eq!(Rank::of_title(" 主任 医师（全科）"), Some(Rank::Senior));
        assert_eq!(Rank::of_title("主治医师、副教授"), Some(Rank::Associate));
    }

    #[test]
    fn what_is_no_title_is_not_guessed() {
        for title in [
            "",
            "主任",
            "副主任",
            "科长",
            "主任科员",
            "主管",
            "高级",
            "注册会计师",
            "执业医师",
            "主任编辑",
            "院长",
            "高级厨师",
            "副高级工程师",
        ] {
            assert_eq!(Rank::of_title(title), None, "{title}");
        }
        assert!(Rank::Junior < Rank::Intermediate && Rank::Associate < Rank::Senior);
    }
}
