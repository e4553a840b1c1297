//! What is asked on site, and by which rules: areas of clauses of points, the lists of things they refer to, the profile.

pub mod contradiction;
pub mod crosswalk;
pub mod difference;
pub mod doubt;
pub mod effort;
mod measure;
pub mod profile;

pub use measure::{Aspect, Bound, Measure, MeasureKind, Sample, SampleKind};

use std::{collections::HashMap, sync::Arc};

use crate::domain::{
    checklist::{
        contradiction::{Contradiction, VerdictRange},
        profile::Profile,
    },
    facility::FacilityType,
    terms::{
        amount::Amount,
        field::{Field, Method, words},
        grade::Level,
        id::{AreaId, CategoryId, ClauseId, ItemId, ListId, PointId},
        lang::{Lang, Text},
        source::Source,
    },
};

/// A checklist as one facility type uses it: a profile with its areas, filtered and with local overrides applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// The rules and the facility type.
    pub profile: Profile,
    /// Areas in order, each with at least one clause.
    pub areas: Vec<Area>,
    /// Lists that points refer to.
    pub lists: Vec<ItemList>,
    /// Rules about verdicts that contradict each other; both clauses of each are in the checklist.
    pub contradictions: Vec<Contradiction>,
    index: HashMap<ClauseId, (usize, usize)>,
}

/// One area of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Id, e.g. `emergency`.
    pub id: AreaId,
    /// Title.
    pub title: Text,
    /// Edition, e.g. `2026.1`.
    pub edition: String,
    /// Status, e.g. `unofficial`.
    pub status: String,
    /// How an expert walks the area on site; may be empty.
    pub route: Text,
    /// Clauses in order.
    pub clauses: Vec<Arc<Clause>>,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Id, e.g. `EM-02`.
    pub id: ClauseId,
    /// Title.
    pub title: Text,
    /// The area it belongs to.
    pub area: AreaId,
    /// 基本条款 or 推荐条款: which of them a standard counts.
    pub kind: ClauseKind,
    /// Counted separately by a standard.
    pub core: bool,
    /// Why it is core; may be empty.
    pub core_reason: Text,
    /// Flagged for a campaign year.
    pub focus: bool,
    /// May never be marked not-applicable.
    pub must_apply: bool,
    /// Facility types it applies to.
    pub applies_to: Vec<FacilityType>,
    /// Expert fields; at least one such member should vote.
    pub fields: Vec<Field>,
    /// How it is checked.
    pub methods: Vec<Method>,
    /// Where it is checked, for the walking route.
    pub place: Text,
    /// Legal and policy basis.
    pub basis: Vec<String>,
    /// How to check it, and traps.
    pub hint: Text,
    /// Grades, or points awarded.
    pub scale: Option<Scale>,
    /// Points in order of level.
    pub points: Vec<Point>,
}

words! {
    /// The two kinds of clauses that the national standards of 2018 and 2022 count apart (`docs/SOURCES.md`).
    ClauseKind {
        /// What every facility of the type is to have.
        Basic = "basic", "基本条款", "basic";
        /// What the better equipped ones have.
        Recommended = "recommended", "推荐条款", "recommended";
    }
}

/// A clause that awards points instead of a grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Full marks.
    pub points: Amount,
    /// The smallest difference.
    pub step: Amount,
}

/// One checkable thing of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Id inside the clause, e.g. `C1`.
    pub id: PointId,
    /// Level.
    pub level: Level,
    /// What must be so.
    pub text: Text,
    /// What is wrong where it is not so; may be empty.
    pub unmet: Text,
    /// When it is looked at.
    pub phase: Phase,
    /// How it is measured.
    pub measure: Measure,
    /// Where the requirement comes from.
    pub source: Source,
    /// The only circumstance in which it may be marked not applicable; empty = never.
    pub na_when: Text,
    /// Facility types it applies to; empty = those of the clause.
    pub applies_to: Vec<FacilityType>,
    /// Set by a local override: where the replaced threshold comes from.
    pub overridden_by: Option<Source>,
}

words! {
    /// When a point is looked at.
    Phase {
        /// At the facility.
        Site = "site", "现场", "on site";
        /// At a desk before the visit, from papers.
        Documents = "documents", "资料", "documents";
    }
}

/// Things to find or count one by one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemList {
    /// Id, e.g. `EQ-1`.
    pub id: ListId,
    /// Title.
    pub title: Text,
    /// What must be seen for one thing to count; may be empty.
    pub evidence: Text,
    /// Whether its things are there or not and nothing else: a room does not break down, a sign has no date.
    pub presence_only: bool,
    /// Source of the list.
    pub source: Source,
    /// Categories; may be empty.
    pub categories: Vec<Category>,
    /// Things, at least one.
    pub items: Vec<Item>,
}

/// A category of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Id, e.g. `ZC`.
    pub id: CategoryId,
    /// Title.
    pub title: Text,
}

/// One thing of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Id, e.g. `defibrillator`.
    pub id: ItemId,
    /// Title.
    pub title: Text,
    /// Its category, present when the list has categories.
    pub category: Option<CategoryId>,
    /// Its own source, if not the list's.
    pub source: Option<Source>,
}

impl Checklist {
    /// Joins a profile with areas that were already filtered for its facility type.
    #[must_use]
    pub fn new(profile: Profile, areas: Vec<Area>, lists: Vec<ItemList>) -> Self {
        let index = areas
            .iter()
            .enumerate()
            .flat_map(|(a, area)| {
                area.clauses.iter().enumerate().map(move |(c, clause)| (clause.id.clone(), (a, c)))
            })
            .collect();
        Self { profile, areas, lists, contradictions: Vec::new(), index }
    }

    /// The checklist with these rules about contradictions. Those that name a clause which is not here, or which awards
    /// points, are left out: they could never say anything.
    #[must_use]
    pub fn with_contradictions(mut self, rules: Vec<Contradiction>) -> Self {
        let is_graded =
            |range: &VerdictRange| self.clause(range.clause.as_str()).is_some_and(|it| it.scale.is_none());
        let kept: Vec<Contradiction> =
            rules.into_iter().filter(|rule| is_graded(&rule.when) && is_graded(&rule.but)).collect();
        self.contradictions = kept;
        self
    }

    /// The checklist with these clauses only; `None` if one of them is not in it.
    #[must_use]
    pub fn narrowed(self, scope: &[ClauseId]) -> Option<Self> {
        if !scope.iter().all(|id| self.index.contains_key(id)) {
            return None;
        }
        let mut areas = self.areas;
        areas.iter_mut().for_each(|area| area.clauses.retain(|clause| scope.contains(&clause.id)));
        areas.retain(|area| !area.clauses.is_empty());
        Some(Self::new(self.profile, areas, self.lists).with_contradictions(self.contradictions))
    }

    /// All clauses in checklist order.
    pub fn clauses(&self) -> impl Iterator<Item = &Arc<Clause>> {
        self.areas.iter().flat_map(|area| &area.clauses)
    }

    /// Number of clauses.
    #[must_use]
    pub fn n_clauses(&self) -> usize {
        self.index.len()
    }

    /// A clause by id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Arc<Clause>> {
        let &(area, clause) = self.index.get(id)?;
        self.areas.get(area)?.clauses.get(clause)
    }

    /// An area by id.
    #[must_use]
    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id.as_str() == id)
    }

    /// A list by id.
    #[must_use]
    pub fn list(&self, id: &str) -> Option<&ItemList> {
        self.lists.iter().find(|list| list.id.as_str() == id)
    }
}

impl Area {
    /// Whether it is the official guide, and not somebody's own words.
    #[must_use]
    pub fn is_official(&self) -> bool {
        self.status == "official"
    }
}

impl Clause {
    /// Whether a point of it is not met without this thing of a list.
    #[must_use]
    pub fn needs(&self, list: &ListId, item: &ItemId) -> bool {
        let asks = |point: &Point| point.measure.list() == Some(list) && point.measure.must().contains(item);
        self.points.iter().any(asks)
    }

    /// A point by id.
    #[must_use]
    pub fn point(&self, id: &str) -> Option<&Point> {
        self.points.iter().find(|point| point.id.as_str() == id)
    }
}

impl ItemList {
    /// A thing by id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id.as_str() == id)
    }
}

impl Scale {
    /// Whether points can be awarded: from zero to full marks, in whole steps.
    #[must_use]
    pub fn admits(self, points: Amount) -> bool {
        let step = self.step.ten_thousandths();
        points >= Amount::ZERO && points <= self.points && step > 0 && points.ten_thousandths() % step == 0
    }
}
