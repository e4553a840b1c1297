//! Which points a facility needs for the standard it applied for (`design.md` §6); everything else is advice.

use crate::domain::{
    checklist::{
        Clause,
        profile::{Condition, Standard},
    },
    edit::Founding,
    facility::Applied,
    terms::grade::{Grade, Level},
};

/// The standard that the facility applied for; where that is not told, the recommended one. A profile that calls its standards
/// by other names has the lowest for basic and the highest for recommended. `None` = it has none.
#[must_use]
pub fn applied_standard(founding: &Founding) -> Option<&Standard> {
    let standards = &founding.checklist.profile.standards;
    let applied = founding.mandate.applied.unwrap_or(Applied::Recommended);
    let named = standards.iter().find(|standard| standard.id.as_str() == applied.key());
    named.or_else(|| match applied {
        Applied::Basic => standards.first(),
        Applied::Recommended => standards.last(),
    })
}

/// The highest level of points that is required of a clause: at or below a grade that a condition of the applied standard names
/// for it. Where points are awarded and counted, each is. `None` = nothing is required.
#[must_use]
pub fn required_level(founding: &Founding, clause: &Clause) -> Option<Level> {
    let named = |condition: &Condition| match condition {
        _ if clause.scale.is_some() => matches!(condition, Condition::Points { .. }).then_some(Grade::A),
        Condition::Share { grade, .. } => condition.shares(&clause.area, clause.kind).then_some(*grade),
        Condition::Core { grade } => clause.core.then_some(*grade),
        Condition::Gates | Condition::Points { .. } => None,
    };
    let grade = applied_standard(founding)?.conditions.iter().filter_map(named).max()?;
    Level::ALL.into_iter().rev().find(|level| level.grade_below() < grade)
}
