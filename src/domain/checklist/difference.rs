//! How two checklists, or two editions of one, differ: clauses and points added, removed, changed; rules changed.

use std::sync::Arc;

use crate::domain::{
    checklist::{Area, Clause, ItemList, Measure, Point, contradiction::Contradiction, profile::Profile},
    terms::{field::words, id::ListId, lang::Lang},
};

/// What is compared: a profile with its areas, or areas by themselves.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The rules; `None` for areas by themselves.
    pub profile: Option<&'a Profile>,
    /// Areas.
    pub areas: &'a [Area],
    /// Lists that points refer to.
    pub lists: &'a [ItemList],
    /// Rules about verdicts that contradict each other.
    pub contradictions: &'a [Contradiction],
}

/// What differs from one edition to another. Clauses stand for each other by their id, points by theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Clauses only in the later one.
    pub added: Vec<Arc<Clause>>,
    /// Clauses only in the earlier one.
    pub removed: Vec<Arc<Clause>>,
    /// Clauses in both that differ, in the later order.
    pub changed: Vec<ClauseChange>,
    /// Lists that are not the same, by id.
    pub lists: Vec<ListId>,
    /// Rules that are not the same; those of a profile only where both editions have one.
    pub rules: Vec<RulePart>,
}

/// A clause that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseChange {
    /// As it was.
    pub before: Arc<Clause>,
    /// As it is.
    pub after: Arc<Clause>,
    /// What differs, points aside.
    pub parts: Vec<ClausePart>,
    /// Points only in the later one.
    pub added: Vec<Point>,
    /// Points only in the earlier one.
    pub removed: Vec<Point>,
    /// Points in both that differ: before, after, and what.
    pub changed: Vec<(Point, Point, Vec<PointPart>)>,
}

words! {
    /// A part of a clause.
    ClausePart {
        /// 领域
        Area = "area", "领域", "area";
        /// 标题
        Title = "title", "标题", "title";
        /// 条款种类、核心及理由、重点、不得不适用
        Marks = "marks", "种类、核心与重点标记", "kind, core and focus marks";
        /// 适用机构
        AppliesTo = "applies_to", "适用机构", "facility types";
        /// 专业
        Fields = "fields", "专业", "fields";
        /// 方法
        Methods = "methods", "方法", "methods";
        /// 地点
        Place = "place", "地点", "place";
        /// 依据
        Basis = "basis", "依据", "basis";
        /// 提示
        Hint = "hint", "提示", "hint";
        /// 分值
        Scale = "scale", "分值", "scale";
        /// 要点次序
        Order = "order", "要点次序", "order of points";
    }
}

words! {
    /// A part of a point.
    PointPart {
        /// 档次
        Level = "level", "级别", "level";
        /// 文字
        Text = "text", "文字", "text";
        /// 未达到时的写法
        Unmet = "unmet", "未达到的写法", "words for what is wrong";
        /// 阶段
        Phase = "phase", "阶段", "phase";
        /// 计量
        Measure = "measure", "计量", "measure";
        /// 来源
        Source = "source", "来源", "source";
        /// 不适用情形
        NotApplicable = "na_when", "不适用情形", "when not applicable";
        /// 适用机构
        AppliesTo = "applies_to", "适用机构", "facility types";
        /// 清单内容
        List = "list", "清单内容", "content of its list";
    }
}

words! {
    /// A part of a profile.
    RulePart {
        /// 方案标题
        Title = "title", "方案名称", "title of the profile";
        /// 机构类型
        Facility = "facility", "机构类型", "facility type";
        /// 领域
        Areas = "areas", "领域", "areas";
        /// 专家组
        Panel = "panel", "专家组规则", "panel rule";
        /// 合议
        Merge = "merge", "合议规则", "merge rule";
        /// 否决情形
        Gates = "gates", "否决情形", "gates";
        /// 标准
        Standards = "standards", "达标标准", "standards";
        /// 矛盾规则
        Contradictions = "contradictions", "矛盾规则", "rules about contradictions";
        /// 补助
        Subsidy = "subsidy", "补助档", "subsidy tiers";
        /// Until when the facility may object.
        Objection = "objection", "异议期限", "term for objections";
        /// How long checks take.
        Effort = "effort", "用时", "effort";
    }
}

impl Difference {
    /// What differs from `before` to `after`.
    #[must_use]
    pub fn between(before: Edition<'_>, after: Edition<'_>) -> Self {
        let only = |of: Edition<'_>, other: Edition<'_>| {
            of.clauses().filter(|it| other.clause(it).is_none()).cloned().collect()
        };
        let both = after.clauses().filter_map(|clause| Some((before.clause(clause)?, clause)));
        Self {
            added: only(after, before),
            removed: only(before, after),
            changed: both.filter_map(|(was, is)| change(was, is, before, after)).collect(),
            lists: changed_lists(before.lists, after.lists),
            rules: before
                .profile
                .zip(after.profile)
                .map_or_else(Vec::new, |(was, is)| changed_rules(was, is))
                .into_iter()
                .chain((before.contradictions != after.contradictions).then_some(RulePart::Contradictions))
                .collect(),
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl<'a> Edition<'a> {
    fn clauses(self) -> impl Iterator<Item = &'a Arc<Clause>> {
        self.areas.iter().flat_map(|area| &area.clauses)
    }

    fn clause(self, like: &Clause) -> Option<&'a Arc<Clause>> {
        self.clauses().find(|clause| clause.id == like.id)
    }

    fn list(self, measure: &Measure) -> Option<&'a ItemList> {
        let id = measure.list()?;
        self.lists.iter().find(|list| &list.id == id)
    }
}

fn change(
    was: &Arc<Clause>,
    is: &Arc<Clause>,
    before: Edition<'_>,
    after: Edition<'_>,
) -> Option<ClauseChange> {
    let only = |of: &Clause, other: &Clause| -> Vec<Point> {
        of.points.iter().filter(|point| other.point(point.id.as_str()).is_none()).cloned().collect()
    };
    let both = is.points.iter().filter_map(|point| Some((was.point(point.id.as_str())?, point)));
    let changed = both.filter_map(|(old, new)| {
        let mut parts = changed_point(old, new);
        if before.list(&old.measure) != after.list(&new.measure) && !parts.contains(&PointPart::Measure) {
            parts.push(PointPart::List);
        }
        (!parts.is_empty()).then(|| (old.clone(), new.clone(), parts))
    });
    let change = ClauseChange {
        before: Arc::clone(was),
        after: Arc::clone(is),
        parts: changed_clause(was, is),
        added: only(is, was),
        removed: only(was, is),
        changed: changed.collect(),
    };
    let same = change.parts.is_empty()
        && change.added.is_empty()
        && change.removed.is_empty()
        && change.changed.is_empty();
    (!same).then_some(change)
}

fn changed_clause(was: &Clause, is: &Clause) -> Vec<ClausePart> {
    let kept = |of: &Clause, other: &Clause| -> Vec<String> {
        let ids = of.points.iter().filter(|point| other.point(point.id.as_str()).is_some());
        ids.map(|point| point.id.to_string()).collect()
    };
    let marks = |clause: &Clause| {
        (clause.kind, clause.core, clause.core_reason.clone(), clause.focus, clause.must_apply)
    };
    let differs = [
        (ClausePart::Area, was.area != is.area),
        (ClausePart::Title, was.title != is.title),
        (ClausePart::Marks, marks(was) != marks(is)),
        (ClausePart::AppliesTo, was.applies_to != is.applies_to),
        (ClausePart::Fields, was.fields != is.fields),
        (ClausePart::Methods, was.methods != is.methods),
        (ClausePart::Place, was.place != is.place),
        (ClausePart::Basis, was.basis != is.basis),
        (ClausePart::Hint, was.hint != is.hint),
        (ClausePart::Scale, was.scale != is.scale),
        (ClausePart::Order, kept(was, is) != kept(is, was)),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

fn changed_point(was: &Point, is: &Point) -> Vec<PointPart> {
    let source = |point: &Point| (point.source.clone(), point.overridden_by.clone());
    let differs = [
        (PointPart::Level, was.level != is.level),
        (PointPart::Text, was.text != is.text),
        (PointPart::Unmet, was.unmet != is.unmet),
        (PointPart::Phase, was.phase != is.phase),
        (PointPart::Measure, was.measure != is.measure),
        (PointPart::Source, source(was) != source(is)),
        (PointPart::NotApplicable, was.na_when != is.na_when),
        (PointPart::AppliesTo, was.applies_to != is.applies_to),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}

fn changed_lists(was: &[ItemList], is: &[ItemList]) -> Vec<ListId> {
    let same = |list: &ItemList, other: &[ItemList]| other.iter().any(|it| it == list);
    let gone = was.iter().filter(|list| !is.iter().any(|it| it.id == list.id));
    let new_or_changed = is.iter().filter(|list| !same(list, was));
    gone.chain(new_or_changed).map(|list| list.id.clone()).collect()
}

fn changed_rules(was: &Profile, is: &Profile) -> Vec<RulePart> {
    let differs = [
        (RulePart::Title, was.title != is.title),
        (RulePart::Facility, was.facility != is.facility),
        (RulePart::Areas, was.areas != is.areas),
        (RulePart::Panel, was.panel != is.panel),
        (RulePart::Merge, was.merge != is.merge),
        (RulePart::Gates, was.gates != is.gates),
        (RulePart::Standards, was.standards != is.standards),
        (RulePart::Subsidy, was.subsidy != is.subsidy),
        (RulePart::Objection, was.objection != is.objection),
        (RulePart::Effort, was.effort != is.effort),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}
