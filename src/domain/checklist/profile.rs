//! The rules one facility type is reviewed by: panel, merge, gates, standards, subsidy.

use crate::domain::{
    checklist::{ClauseKind, effort::Effort},
    facility::{
        FacilityType,
        profile::{FacilityProfile, ProfileField},
    },
    terms::{
        amount::Amount,
        field::{Field, words},
        grade::Grade,
        id::{AreaId, GateId, ProfileId, StandardId},
        lang::{Lang, Text},
        source::Source,
    },
};

/// A profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Id, e.g. `township`.
    pub id: ProfileId,
    /// Title.
    pub title: Text,
    /// Edition.
    pub edition: String,
    /// The facility type it is for.
    pub facility: FacilityType,
    /// Areas it uses, in order.
    pub areas: Vec<AreaId>,
    /// Who may sit.
    pub panel: PanelRule,
    /// How votes become a verdict.
    pub merge: MergeRule,
    /// Disqualifiers.
    pub gates: Vec<Gate>,
    /// Standards, lowest first.
    pub standards: Vec<Standard>,
    /// Subsidy tiers, highest first.
    pub subsidy: Vec<SubsidyTier>,
    /// Until when the facility may object; `None` = nothing says so.
    pub objection: Option<ObjectionTerm>,
    /// How long checks take; `None` = [`Effort::own_default`].
    pub effort: Option<Effort>,
}

impl Profile {
    /// How long checks take.
    #[must_use]
    pub fn effort(&self) -> Effort {
        self.effort.clone().unwrap_or_else(Effort::own_default)
    }

    /// The tier for a population in persons, its lower bound included; `None` below all tiers or without any.
    ///
    /// 15000 persons (1.5 万人) stand in the tier from 15000 (seed S0·F37): a form in 万人 is converted before this.
    #[must_use]
    pub fn subsidy(&self, population: u64) -> Option<&SubsidyTier> {
        self.subsidy
            .iter()
            .filter(|tier| tier.population_from <= population)
            .max_by_key(|tier| tier.population_from)
    }
}

/// Who may sit on a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelRule {
    /// Least number of members (seed S3·F13: 5).
    pub min: usize,
    /// Whether the number must be odd (seed S3·F13: yes).
    pub odd: bool,
    /// Least title, e.g. 中级 (seed S3·F15); empty = none.
    pub title: String,
    /// Fields that should be represented.
    pub fields: Vec<Field>,
    /// Source of the choice of fields: the documents name those of a pool, not those of a panel.
    pub fields_source: Source,
    /// Source of the rule.
    pub source: Source,
}

/// How the votes for a clause become a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRule {
    /// The rule.
    pub method: MergeMethod,
    /// Least number of grades for a verdict by rule.
    pub quorum: usize,
    /// Source of rule and quorum.
    pub source: Source,
}

words! {
    /// A merge rule.
    MergeMethod {
        /// The middle grade; an even number of votes with two different middle grades is a split.
        Median = "median", "中位数", "median";
        /// The grade of more than half of the votes.
        Majority = "majority", "过半数", "majority";
        /// The lowest grade given.
        Strictest = "strictest", "从严", "strictest";
        /// All must agree.
        Unanimous = "unanimous", "一致同意", "unanimous";
    }
}

/// A disqualifier outside the grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Id, e.g. `IN-02.G1`.
    pub id: GateId,
    /// Title.
    pub title: Text,
    /// The clear state, one sentence.
    pub text: Text,
    /// How far back it looks, in months; `None` = see `period`.
    pub lookback_months: Option<u32>,
    /// How the period runs.
    pub period: GatePeriod,
    /// A local rule that can be left out.
    pub optional: bool,
    /// The standards it bars when it is tripped; empty = all.
    pub bars: Vec<StandardId>,
    /// Source.
    pub source: Source,
}

impl Gate {
    /// Whether it bars a standard when it is tripped.
    #[must_use]
    pub fn bars(&self, standard: &StandardId) -> bool {
        self.bars.is_empty() || self.bars.contains(standard)
    }
}

words! {
    /// How the look-back period of a gate runs.
    GatePeriod {
        /// `lookback_months` before the start date.
        Rolling = "rolling", "回溯期", "rolling";
        /// The calendar year of the visit.
        CalendarYear = "calendar-year", "当年", "calendar year";
        /// Not bound to a period.
        Open = "open", "不限期", "open";
    }
}

/// A standard that a facility reaches or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Id, e.g. `basic`.
    pub id: StandardId,
    /// Title, e.g. 基本标准.
    pub title: Text,
    /// Whether the rule is an example or confirmed by a bureau.
    pub status: StandardStatus,
    /// Where the rule comes from.
    pub source: Source,
    /// The facilities it is for; `None` = all of the profile.
    pub use_when: Option<UseWhen>,
    /// All must hold; at least one.
    pub conditions: Vec<Condition>,
}

/// Which facilities a standard is for, by what their profile says. Both limits hold where both are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UseWhen {
    /// Fewer staff than this.
    pub staff_below: Option<u64>,
    /// Fewer persons served than this.
    pub population_below: Option<u64>,
}

impl UseWhen {
    /// Whether a facility is meant; `None` = its profile does not say enough.
    #[must_use]
    pub fn holds(self, facility: &FacilityProfile) -> Option<bool> {
        let below = |limit: Option<u64>, field| match (limit, facility.count(field)) {
            (None, _) => Some(true),
            (Some(limit), Some(n)) => Some(n < limit),
            (Some(_), None) => None,
        };
        let limits = [
            below(self.staff_below, ProfileField::Technicians),
            below(self.population_below, ProfileField::Population),
        ];
        if limits.contains(&Some(false)) {
            return Some(false);
        }
        limits.iter().all(Option::is_some).then_some(true)
    }
}

words! {
    /// Whether the rule of a standard may be relied on.
    StandardStatus {
        /// Our example: shown as such everywhere.
        Example = "example", "示例规则", "example rule";
        /// Filled in by a bureau with the document it comes from.
        Confirmed = "confirmed", "已确认", "confirmed";
    }
}

/// One condition of a standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// At least `share` of the applicable graded clauses have `grade` or better.
    Share {
        /// Least grade.
        grade: Grade,
        /// Least share, 0..=1.
        share: Amount,
        /// Only clauses of this area.
        area: Option<AreaId>,
        /// Only clauses of this kind.
        clauses: Option<ClauseKind>,
    },
    /// Every applicable core clause has `grade` or better.
    Core {
        /// Least grade.
        grade: Grade,
    },
    /// No gate that bars the standard is tripped. None may be in any case; this only says so among the conditions.
    Gates,
    /// At least `share` of the points that applicable points-scale clauses award.
    Points {
        /// Least share, 0..=1.
        share: Amount,
    },
}

impl Condition {
    /// Whether a share is asked of a clause of this area and kind; false of other conditions.
    #[must_use]
    pub fn shares(&self, area: &AreaId, kind: ClauseKind) -> bool {
        let Self::Share { area: asked, clauses, .. } = self else { return false };
        asked.as_ref().is_none_or(|it| it == area) && clauses.is_none_or(|it| it == kind)
    }
}

/// Until when a facility may object to a final record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionTerm {
    /// Days after the day it was made final, the last one included.
    pub days: u16,
    /// Source.
    pub source: Source,
}

/// A tier of a subsidy by the population served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubsidyTier {
    /// Least population, in persons (never 万人).
    pub population_from: u64,
    /// Amount, in 万元.
    pub amount_wan_yuan: Amount,
    /// Source.
    pub source: Source,
}
