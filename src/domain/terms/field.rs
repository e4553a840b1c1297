//! The expert fields of the pool (the nine that seed S3·F14 names, whose list is open, and pharmacy) and the five ways of
//! checking a clause.

use crate::domain::terms::lang::Lang;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in the order of the source.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word written in files and commands.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// The word shown to a reader.
            #[must_use]
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$variant => lang.pick($zh, $en)),* }
            }

            /// Reads the word of a file or command: the key, or its name in either language.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| {
                    it.key() == text || it.name(Lang::Zh) == text || it.name(Lang::En).eq_ignore_ascii_case(text)
                })
            }
        }
    };
}
pub(crate) use words;

words! {
    /// An expert's field.
    Field {
        /// 医疗机构管理
        Management = "医疗机构管理", "医疗机构管理", "Facility management";
        /// 医疗
        Medicine = "医疗", "医疗", "Medicine";
        /// 中医药
        Tcm = "中医药", "中医药", "TCM";
        /// 护理
        Nursing = "护理", "护理", "Nursing";
        /// 医院感染管理
        InfectionControl = "医院感染管理", "医院感染管理", "Infection control";
        /// 公共卫生
        PublicHealth = "公共卫生", "公共卫生", "Public health";
        /// 卫生监督 (the source says 卫生（计生）监督)
        Inspection = "卫生监督", "卫生监督", "Health inspection";
        /// 财务管理
        Finance = "财务管理", "财务管理", "Finance";
        /// 信息管理
        Information = "信息管理", "信息管理", "Information management";
        /// 药学. Not among the nine; the source ends its list with 等 (and so on), and an area of ours is the pharmacy.
        Pharmacy = "药学", "药学", "Pharmacy";
    }
}

words! {
    /// How a clause is checked on site.
    Method {
        /// 现场查看
        Observe = "observe", "现场查看", "Observe";
        /// 查阅资料
        Document = "document", "查阅资料", "Documents";
        /// 操作考核
        Skill = "skill", "操作考核", "Skill test";
        /// 访谈
        Interview = "interview", "访谈", "Interview";
        /// 抽样核查
        Sample = "sample", "抽样核查", "Sampling";
    }
}
