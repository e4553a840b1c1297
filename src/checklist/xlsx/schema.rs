//! Every column and setting of the workbook, once. The loader's tests prove that none is forgotten: what a shipped file
//! holds comes back from a workbook.

use crate::checklist::xlsx::column::{
    CellKind::{Amount, Count, Flag, Id, Ids, Line, Note, Sources, Word, Words},
    Column, aspects, conditions, doubts, facilities, fields, grades, kinds, levels, low_grades, measures,
    merge_rules, methods, own, periods, phases, samples, statuses, sub, ties,
};

/// A table in a sheet: a header row, then rows.
#[derive(Debug)]
pub(super) struct Section {
    /// The key of its first column, by which its header row is known.
    pub(super) key: &'static str,
    /// Chinese name.
    pub(super) zh: &'static str,
    /// The TOML key of its tables.
    pub(super) toml: &'static str,
    /// The TOML key of the tables under each; empty without.
    pub(super) children: &'static str,
    /// Its columns; the first is the id.
    pub(super) columns: &'static [Column],
}

/// The area of a sheet.
pub(super) static AREA: Section = Section {
    key: "area",
    zh: "领域",
    toml: "area",
    children: "",
    columns: &[
        own("area", &["id"], "领域", Id, 18),
        own("title", &["title"], "标题", Line, 20),
        own("route", &["route"], "路线", Note, 48),
        own("edition", &["edition"], "版本", Line, 10),
        own("status", &["status"], "性质", Line, 12),
        own("title_en", &["title_en"], "英文标题", Line, 28),
        own("route_en", &["route_en"], "英文路线", Note, 48),
    ],
};

/// Clauses and their points, a row a point.
pub(super) static CLAUSE: Section = Section {
    key: "clause",
    zh: "条款与要点",
    toml: "clause",
    children: "point",
    columns: &[
        own("clause", &["id"], "条款", Id, 9),
        own("title", &["title"], "条款标题", Line, 18),
        own("core", &["core"], "核心", Flag, 6),
        sub("point", &["id"], "要点", Id, 7),
        sub("level", &["level"], "档次", Word(levels), 6),
        sub("text", &["text"], "要点内容", Line, 46),
        sub("kind", &["measure", "kind"], "计量", Word(measures), 10),
        sub("at_least", &["measure", "at_least"], "不低于", Amount, 10),
        sub("at_most", &["measure", "at_most"], "不高于", Amount, 10),
        sub("min", &["measure", "min"], "下限", Amount, 8),
        sub("max", &["measure", "max"], "上限", Amount, 8),
        sub("unit", &["measure", "unit"], "单位", Line, 8),
        sub("list", &["measure", "list"], "清单", Id, 12),
        sub("aspect", &["measure", "aspect"], "清点什么", Word(aspects), 10),
        sub("items", &["measure", "items"], "至少几项", Count, 10),
        sub("categories", &["measure", "categories"], "至少几类", Count, 11),
        sub("min_sample", &["measure", "min_sample"], "最少样本", Count, 12),
        sub("number_source", &["measure", "source"], "数字来源", Line, 18),
        sub("source", &["source"], "要求来源", Line, 22),
        sub("numerator", &["measure", "numerator"], "分子", Line, 20),
        sub("denominator", &["measure", "denominator"], "分母", Line, 20),
        sub("na_when", &["na_when"], "何时不适用", Line, 24),
        sub("point_applies_to", &["applies_to"], "要点适用机构", Words(facilities), 18),
        own("applies_to", &["applies_to"], "适用机构", Words(facilities), 20),
        own("fields", &["fields"], "专业", Words(fields), 14),
        own("methods", &["methods"], "核查方式", Words(methods), 12),
        own("place", &["place"], "地点", Line, 14),
        own("basis", &["basis"], "依据", Sources, 40),
        own("hint", &["hint"], "核查提示", Note, 60),
        own("focus", &["focus"], "重点指标", Flag, 9),
        own("must_apply", &["must_apply"], "必须适用", Flag, 12),
        own("core_source", &["core_source"], "核心来源", Line, 18),
        own("scale_points", &["scale", "points"], "满分", Amount, 13),
        own("scale_step", &["scale", "step"], "步长", Amount, 11),
        own("kind_of_clause", &["kind"], "条款种类", Word(kinds), 10),
        sub("sample", &["measure", "sample"], "抽多少", Count, 9),
        sub("each", &["measure", "each"], "样本是什么", Word(samples), 10),
        sub("same_sample", &["measure", "same_sample"], "同一样本", Id, 10),
        sub("must", &["measure", "must"], "缺一不可", Ids, 16),
        sub("phase", &["phase"], "阶段", Word(phases), 8),
        sub("unmet", &["unmet"], "未达到时写", Line, 36),
        own("core_reason", &["core_reason"], "核心理由", Line, 36),
        sub("accept", &["accept"], "已核对的疑问", Words(doubts), 14),
        own("title_en", &["title_en"], "条款英文标题", Line, 28),
        own("place_en", &["place_en"], "英文地点", Line, 20),
        own("core_reason_en", &["core_reason_en"], "英文核心理由", Line, 36),
        sub("text_en", &["text_en"], "要点英文内容", Line, 46),
        sub("unmet_en", &["unmet_en"], "未达到时写（英文）", Line, 36),
        sub("unit_en", &["measure", "unit_en"], "英文单位", Line, 10),
        sub("numerator_en", &["measure", "numerator_en"], "英文分子", Line, 24),
        sub("denominator_en", &["measure", "denominator_en"], "英文分母", Line, 24),
        sub("na_when_en", &["na_when_en"], "何时不适用（英文）", Line, 28),
        own("hint_en", &["hint_en"], "英文提示", Note, 60),
    ],
};

/// Disqualifiers, of an area or of the profile itself.
pub(super) static GATE: Section = Section {
    key: "gate",
    zh: "否决情形",
    toml: "gate",
    children: "",
    columns: &[
        own("gate", &["id"], "否决情形", Id, 26),
        own("title", &["title"], "标题", Line, 24),
        own("text", &["text"], "未触发时的情形", Line, 44),
        own("lookback_months", &["lookback_months"], "回溯月数", Count, 16),
        own("period", &["period"], "期间", Word(periods), 14),
        own("optional", &["optional"], "可不用", Flag, 10),
        own("bars", &["bars"], "否决哪些标准", Ids, 16),
        own("source", &["source"], "来源", Line, 24),
        own("area", &[], "所属领域", Id, 18),
        own("clause", &["clause"], "所在条款", Id, 10),
        own("title_en", &["title_en"], "英文标题", Line, 30),
        own("text_en", &["text_en"], "英文情形", Line, 44),
    ],
};

/// Rules about verdicts that contradict each other, of an area or of the profile itself.
pub(super) static CONTRADICTION: Section = Section {
    key: "contradiction",
    zh: "矛盾规则",
    toml: "contradiction",
    children: "",
    columns: &[
        own("contradiction", &["id"], "矛盾规则", Id, 26),
        own("when_clause", &["when", "clause"], "一条款", Id, 12),
        own("when_at_least", &["when", "at_least"], "至少为", Word(grades), 10),
        own("when_at_most", &["when", "at_most"], "至多为", Word(low_grades), 10),
        own("but_clause", &["but", "clause"], "另一条款", Id, 12),
        own("but_at_least", &["but", "at_least"], "另一条至少为", Word(grades), 14),
        own("but_at_most", &["but", "at_most"], "另一条至多为", Word(low_grades), 14),
        own("text", &["text"], "为什么矛盾", Line, 44),
        own("source", &["source"], "来源", Line, 18),
        own("area", &[], "所属领域", Id, 18),
        own("text_en", &["text_en"], "为什么矛盾（英文）", Line, 44),
    ],
};

/// The list of a sheet.
pub(super) static LIST: Section = Section {
    key: "list",
    zh: "清单",
    toml: "list",
    children: "",
    columns: &[
        own("list", &["id"], "清单", Id, 20),
        own("title", &["title"], "标题", Line, 30),
        own("title_en", &["title_en"], "英文标题", Line, 40),
        own("area", &[], "所属领域", Id, 16),
        own("source", &["source"], "来源", Line, 34),
        own("presence_only", &["presence_only"], "只看有无", Flag, 10),
        own("evidence", &["evidence"], "怎样才算一项", Note, 50),
        own("evidence_en", &["evidence_en"], "怎样才算一项（英文）", Note, 60),
    ],
};

/// Things of the list.
pub(super) static ITEM: Section = Section {
    key: "item",
    zh: "清单的项",
    toml: "items",
    children: "",
    columns: &[
        own("item", &["id"], "项", Id, 20),
        own("title", &["title"], "标题", Line, 30),
        own("title_en", &["title_en"], "英文标题", Line, 40),
        own("category", &["category"], "类别", Id, 16),
        own("source", &["source"], "来源", Line, 34),
    ],
};

/// Categories of the list.
pub(super) static CATEGORY: Section = Section {
    key: "category",
    zh: "清单的类别",
    toml: "categories",
    children: "",
    columns: &[
        own("category", &["id"], "类别", Id, 20),
        own("title", &["title"], "标题", Line, 30),
        own("title_en", &["title_en"], "英文标题", Line, 40),
        own("source", &["source"], "来源", Line, 34),
    ],
};

/// Settings of the profile: a row each, so `columns` are rows here.
pub(super) static SETTING: Section = Section {
    key: "setting",
    zh: "方案设置",
    toml: "",
    children: "",
    columns: &[
        own("profile.id", &["profile", "id"], "方案编号", Id, 0),
        own("profile.title", &["profile", "title"], "标题", Line, 0),
        own("profile.title_en", &["profile", "title_en"], "英文标题", Line, 0),
        own("profile.edition", &["profile", "edition"], "版本", Line, 0),
        own("profile.status", &["profile", "status"], "性质", Line, 0),
        own("profile.facility", &["profile", "facility"], "机构类型", Word(facilities), 0),
        own("profile.areas", &["profile", "areas"], "用到的领域", Ids, 0),
        own("profile.gates", &["profile", "gates"], "用到的否决情形", Ids, 0),
        own("panel.min", &["panel", "min"], "专家组最少人数", Count, 0),
        own("panel.odd", &["panel", "odd"], "人数须为单数", Flag, 0),
        own("panel.title", &["panel", "title"], "最低职称", Line, 0),
        own("panel.fields", &["panel", "fields"], "应有的专业", Words(fields), 0),
        own("panel.fields_source", &["panel", "fields_source"], "专业要求的来源", Line, 0),
        own("panel.source", &["panel", "source"], "专家组规定的来源", Line, 0),
        own("merge.rule", &["merge", "rule"], "合议规则", Word(merge_rules), 0),
        own("merge.quorum", &["merge", "quorum"], "最少票数", Count, 0),
        own("merge.tie", &["merge", "tie"], "平票由谁定", Word(ties), 0),
        own("merge.source", &["merge", "source"], "合议规则的来源", Line, 0),
        own("effort.tick", &["effort", "tick"], "用时（分钟）：勾选一项", Amount, 0),
        own("effort.number", &["effort", "number"], "用时：量一个数", Amount, 0),
        own("effort.ratio", &["effort", "ratio"], "用时：抽一次样", Amount, 0),
        own("effort.line", &["effort", "line"], "用时：看一行登记", Amount, 0),
        own("effort.item", &["effort", "item"], "用时：看一张处方、一件物品", Amount, 0),
        own("effort.record", &["effort", "record"], "用时：看一份病历、档案", Amount, 0),
        own("effort.person", &["effort", "person"], "用时：问一个人、看一次操作", Amount, 0),
        own("effort.again", &["effort", "again"], "用时：同一样本再看一项", Amount, 0),
        own("effort.thing", &["effort", "thing"], "用时：清点一件", Amount, 0),
        own("effort.source", &["effort", "source"], "用时的来源", Line, 0),
        own("objection.days", &["objection", "days"], "定稿后几天内可提异议", Count, 0),
        own("objection.source", &["objection", "source"], "异议期限的来源", Line, 0),
    ],
};

/// Standards and their conditions, a row a condition.
pub(super) static STANDARD: Section = Section {
    key: "standard",
    zh: "达标标准",
    toml: "standard",
    children: "conditions",
    columns: &[
        own("standard", &["id"], "标准", Id, 26),
        own("title", &["title"], "标题", Line, 24),
        own("title_en", &["title_en"], "英文标题", Line, 44),
        own("status", &["status"], "状态", Word(statuses), 16),
        sub("kind", &["kind"], "条件", Word(conditions), 14),
        sub("grade", &["grade"], "至少达到", Word(grades), 10),
        own("source", &["source"], "来源", Line, 24),
        sub("condition_area", &["area"], "只看领域", Id, 18),
        sub("share", &["share"], "比例", Amount, 10),
        sub("condition_clauses", &["clauses"], "只看条款种类", Word(kinds), 14),
        own("staff_below", &["use_when", "staff_below"], "限用：卫生技术人员少于", Count, 12),
        own("population_below", &["use_when", "population_below"], "限用：服务人口少于", Count, 12),
    ],
};

/// Other thresholds for single points.
pub(super) static OVERRIDE: Section = Section {
    key: "override",
    zh: "本地调整",
    toml: "override",
    children: "",
    columns: &[
        own("override", &["point"], "调整的要点", Id, 26),
        own("at_least", &["at_least"], "不低于", Amount, 24),
        own("at_most", &["at_most"], "不高于", Amount, 44),
        own("min_sample", &["min_sample"], "最少样本", Count, 16),
        own("min", &["min"], "下限", Amount, 14),
        own("max", &["max"], "上限", Amount, 10),
        own("source", &["source"], "来源", Line, 24),
        own("items", &["items"], "至少几项", Count, 18),
        own("categories", &["categories"], "至少几类", Count, 10),
    ],
};

/// Subsidy tiers.
pub(super) static SUBSIDY: Section = Section {
    key: "subsidy",
    zh: "补助档",
    toml: "subsidy",
    children: "",
    columns: &[
        own("subsidy", &["population_from"], "服务人口不少于（人）", Count, 26),
        own("amount_wan_yuan", &["amount_wan_yuan"], "补助（万元）", Amount, 24),
        own("source", &["source"], "来源", Line, 44),
    ],
};

/// All sections whose columns are columns.
pub(super) static TABLES: [&Section; 10] =
    [&AREA, &CLAUSE, &GATE, &CONTRADICTION, &LIST, &ITEM, &CATEGORY, &STANDARD, &OVERRIDE, &SUBSIDY];

/// The three header cells of the settings: key, value, note.
pub(super) const SETTING_HEADERS: [(&str, &str); 3] =
    [("setting", "设置"), ("value", "值"), ("about", "说明")];

impl Section {
    /// Whether it is that section.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.key == other.key
    }

    /// A column by its key.
    pub(super) fn column(&self, key: &str) -> Option<&'static Column> {
        self.columns.iter().find(|column| column.key == key)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn headers_are_unique_in_their_section() {
        for section in TABLES.into_iter().chain([&SETTING]) {
            let mut keys = HashSet::new();
            let mut names = HashSet::new();
            for column in section.columns {
                assert!(keys.insert(column.key), "{}: {}", section.key, column.key);
                assert!(names.insert(column.zh), "{}: {}", section.key, column.zh);
            }
        }
        for table in TABLES {
            assert_eq!(table.columns[0].key, table.key);
        }
    }
}
