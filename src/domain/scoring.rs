//! The grade rule: C needs all C points, B all C and B, A all points; otherwise D. Undecided while a needed point is open.

use crate::domain::{
    checklist::{Checklist, Clause},
    finding::{Finding, Met},
    grade::{Grade, Level},
    id::PointId,
};

/// What the findings of one member say about one clause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Derived {
    /// The grade, once no open point can change it.
    pub grade: Option<Grade>,
    /// Points recorded and not met.
    pub unmet: Vec<PointId>,
    /// Points still needed to tell the grade; empty when it is told.
    pub open: Vec<PointId>,
    /// Number of points recorded.
    pub n_recorded: usize,
}

/// Derives the grade of a clause. `finding_of` gives what was recorded for a point.
///
/// The first level with an unmet point decides, even if later points were never looked at. Points marked not
/// applicable drop out; a clause whose points all drop out has no grade (it should be marked not applicable).
pub fn derive<'a>(
    clause: &Clause,
    checklist: &Checklist,
    finding_of: impl Fn(&PointId) -> Option<&'a Finding>,
) -> Derived {
    let mut derived = Derived::default();
    let mut decided = None;
    let mut applicable = false;
    for level in Level::ALL {
        let mut open_here = Vec::new();
        let mut failed = false;
        for point in clause.points.iter().filter(|point| point.level == level) {
            let list = point.measure.list().and_then(|list| checklist.list(list.as_str()));
            let finding = finding_of(&point.id);
            derived.n_recorded += usize::from(finding.is_some());
            match finding.and_then(|finding| finding.meets(&point.measure, list)) {
                Some(Met::Yes) => applicable = true,
                Some(Met::No) => {
                    applicable = true;
                    failed = true;
                    derived.unmet.push(point.id.clone());
                }
                Some(Met::NotApplicable) => {}
                None => open_here.push(point.id.clone()),
            }
        }
        if decided.is_none() && derived.open.is_empty() {
            if failed {
                decided = Some(level.grade_below());
            } else {
                derived.open = open_here;
            }
        }
    }
    derived.grade = match decided {
        Some(grade) => Some(grade),
        None if derived.open.is_empty() && applicable => Some(Grade::A),
        None => None,
    };
    derived
}
