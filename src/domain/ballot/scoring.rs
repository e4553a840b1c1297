//! The grade rule: C needs all C points, B all C and B, A all points; otherwise D. Undecided while a needed point is open.

use crate::domain::{
    checklist::{Checklist, Clause, Point},
    edit::finding::{Finding, Met},
    terms::{
        grade::{Grade, Level},
        id::PointId,
    },
};

/// What the findings of one member say about one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The grade, once no open point can change it.
    pub grade: Option<Grade>,
    /// The highest grade that what was recorded bears, whatever is still open; D without anything.
    pub borne: Grade,
    /// Points recorded and not met.
    pub unmet: Vec<PointId>,
    /// Points still needed to tell the grade; empty when it is told.
    pub open: Vec<PointId>,
    /// Number of points recorded.
    pub n_recorded: usize,
}

impl Default for Derived {
    fn default() -> Self {
        Self { grade: None, borne: Grade::D, unmet: Vec::new(), open: Vec::new(), n_recorded: 0 }
    }
}

impl Derived {
    /// Whether a point that is open can still change the grade: one of its own level or below it that is not met has told it.
    #[must_use]
    pub fn may_change(&self, clause: &Clause, point: &Point) -> bool {
        let mut unmet = self.unmet.iter().filter_map(|id| clause.point(id.as_str()));
        !unmet.any(|it| it.level <= point.level)
    }
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
            if failed || !derived.open.is_empty() {
                derived.borne = level.grade_below();
            }
        }
    }
    derived.grade = match decided {
        Some(grade) => Some(grade),
        None if derived.open.is_empty() && applicable => {
            derived.borne = Grade::A;
            Some(Grade::A)
        }
        None => None,
    };
    derived
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, sync::Arc};

    use super::*;
    use crate::domain::{
        checklist::{
            Area, Bound, ClauseKind, Measure, Phase, Sample,
            profile::{MergeMethod, MergeRule, PanelRule, Profile},
        },
        edit::finding::Fraction,
        facility::FacilityType,
        terms::{
            id::{AreaId, ClauseId, ProfileId},
            lang::Text,
            source::Source,
        },
    };

    fn point(id: &str, level: Level, measure: Measure, na_when: &str) -> Point {
        Point {
            phase: Phase::Site,
            unmet: Text::default(),
            id: PointId::new(id),
            level,
            text: Text::default(),
            measure,
            source: Source::own_default(),
            na_when: Text::new(na_when, ""),
            applies_to: Vec::new(),
            overridden_by: None,
        }
    }

    fn clause() -> Clause {
        let ratio = Measure::Ratio {
            sample: Sample::default(),
            bound: Some(Bound::AtLeast("0.9".parse().unwrap())),
            min_sample: None,
            numerator: Text::default(),
            denominator: Text::default(),
            source: None,
        };
        Clause {
            core_reason: Text::default(),
            kind: ClauseKind::Basic,
            id: ClauseId::new("X-01"),
            title: Text::default(),
            area: AreaId::new("x"),
            core: false,
            focus: false,
            must_apply: false,
            applies_to: vec![FacilityType::Township],
            fields: Vec::new(),
            methods: Vec::new(),
            place: Text::default(),
            basis: Vec::new(),
            hint: Text::default(),
            scale: None,
            points: vec![
                point("C1", Level::C, Measure::Tick, ""),
                point("C2", Level::C, ratio, "没有样本"),
                point("B1", Level::B, Measure::Tick, "没有"),
                point("A1", Level::A, Measure::Tick, "没有"),
            ],
        }
    }

    fn checklist(clause: &Clause) -> Checklist {
        let source = Source::own_default();
        let profile = Profile {
            effort: None,
            id: ProfileId::new("p"),
            title: Text::default(),
            edition: String::new(),
            facility: FacilityType::Township,
            areas: vec![AreaId::new("x")],
            panel: PanelRule {
                min: 5,
                odd: true,
                title: String::new(),
                fields: Vec::new(),
                fields_source: source.clone(),
                source: source.clone(),
            },
            merge: MergeRule { method: MergeMethod::Median, quorum: 3, source },
            gates: Vec::new(),
            standards: Vec::new(),
            subsidy: Vec::new(),
            objection: None,
        };
        let area = Area {
            id: AreaId::new("x"),
            title: Text::default(),
            edition: String::new(),
            status: String::new(),
            route: Text::default(),
            clauses: vec![Arc::new(clause.clone())],
        };
        Checklist::new(profile, vec![area], Vec::new())
    }

    fn grade(findings: &[(&str, Finding)]) -> (Option<Grade>, Vec<String>) {
        let clause = clause();
        let findings: BTreeMap<PointId, Finding> =
            findings.iter().map(|(id, finding)| (PointId::new(id), finding.clone())).collect();
        let derived = derive(&clause, &checklist(&clause), |id| findings.get(id));
        (derived.grade, derived.open.iter().map(ToString::to_string).collect())
    }

    fn ratio(numerator: u64, denominator: u64) -> Finding {
        Finding::Ratio(Fraction::new(numerator, denominator).unwrap())
    }

    #[test]
    fn levels_are_cumulative_and_the_first_unmet_one_decides() {
        let (yes, no) = (Finding::Tick(true), Finding::Tick(false));
        let all = |c2: Finding, b1: &Finding, a1: &Finding| {
            grade(&[("C1", yes.clone()), ("C2", c2), ("B1", b1.clone()), ("A1", a1.clone())]).0
        };
        assert_eq!(all(ratio(9, 10), &yes, &yes), Some(Grade::A));
        assert_eq!(all(ratio(9, 10), &yes, &no), Some(Grade::B));
        assert_eq!(all(ratio(9, 10), &no, &yes), Some(Grade::C), "A points do not make up for a B point");
        assert_eq!(all(ratio(8, 10), &yes, &yes), Some(Grade::D), "8/10 is below 0.9");
    }

    #[test]
    fn a_grade_is_told_only_when_no_open_point_can_change_it() {
        let (yes, no) = (Finding::Tick(true), Finding::Tick(false));
        assert_eq!(grade(&[]), (None, vec!["C1".into(), "C2".into()]));
        assert_eq!(grade(&[("C1", no.clone())]).0, Some(Grade::D), "one C point is enough for a D");
        assert_eq!(grade(&[("C1", yes.clone()), ("B1", no.clone())]), (None, vec!["C2".into()]));
        assert_eq!(grade(&[("C1", yes.clone()), ("C2", ratio(9, 10)), ("B1", no)]).0, Some(Grade::C));
        assert_eq!(
            grade(&[("C1", yes.clone()), ("C2", ratio(9, 10)), ("B1", yes)]),
            (None, vec!["A1".into()])
        );
    }

    #[test]
    fn an_open_point_changes_the_grade_unless_an_unmet_one_of_its_level_or_below_has_told_it() {
        let clause = clause();
        let derived = |findings: &[(&str, Finding)]| {
            let findings: BTreeMap<PointId, Finding> =
                findings.iter().map(|(id, finding)| (PointId::new(id), finding.clone())).collect();
            derive(&clause, &checklist(&clause), |id| findings.get(id))
        };
        let may = |derived: &Derived| -> Vec<bool> {
            clause.points.iter().map(|point| derived.may_change(&clause, point)).collect()
        };
        assert_eq!(may(&derived(&[])), [true; 4]);
        let unmet_b = derived(&[("B1", Finding::Tick(false))]);
        assert_eq!(may(&unmet_b), [true, true, false, false], "C points still can make it a D");
        assert_eq!(may(&derived(&[("C1", Finding::Tick(false))])), [false; 4]);
    }

    #[test]
    fn points_that_do_not_apply_drop_out_but_not_all_of_them() {
        let (yes, na) = (Finding::Tick(true), Finding::NotApplicable);
        let three = [("C2", na.clone()), ("B1", na.clone()), ("A1", na.clone())];
        let with_c1 = |c1: Finding| {
            let mut all = three.to_vec();
            all.push(("C1", c1));
            grade(&all).0
        };
        assert_eq!(with_c1(yes), Some(Grade::A));
        assert_eq!(with_c1(na), None, "a clause of which nothing applies has no grade");
    }
}
