//! Merging and the outcome at their edges: below quorum, what does not apply, and verdicts outside the votes.

use hecha::domain::{
    checklist::{
        Clause, Scale,
        profile::{Condition, Gate, GatePeriod, MergeMethod},
    },
    edit::{
        Choice, Edit,
        verdict::{Decision, LeadVerdict},
    },
    merge::merge_points,
    outcome::Outcome,
    terms::{absence::Absence, amount::Amount, field::Field, grade::Grade, source::Source},
};

use crate::fixture::{panel, standard};

const NAMES: [&str; 3] = ["甲", "乙", "丙"];

fn points(n: i64) -> Amount {
    Amount::whole(n).unwrap()
}

/// The outcome where all three members say the same of each clause, and the lead decides what is given.
fn outcome(
    clauses: Vec<(Clause, Choice)>,
    conditions: Vec<Condition>,
    led: Option<(&str, Decision)>,
) -> Outcome {
    let standard = standard::of(conditions);
    let ballot: Vec<Edit> =
        clauses.iter().map(|(clause, choice)| panel::vote(clause.id.as_str(), *choice, "所见")).collect();
    let members = NAMES.iter().enumerate().map(|(place, name)| {
        let mut edits = [ballot.clone(), vec![panel::submit()]].concat();
        if let Some((clause, decision)) = led.filter(|_| place == 0) {
            let reason = "合议".parse().unwrap();
            let value = LeadVerdict { decision, reason, cites: Vec::new(), clear: Vec::new() };
            edits.push(Edit::Verdict { clause: clause.into(), value: Some(value) });
        }
        (panel::member(name, Field::Medicine), edits)
    });
    let profile = panel::profile(MergeMethod::Median, vec![standard], Vec::new());
    let checklist = panel::checklist(profile, clauses.into_iter().map(|(clause, _)| clause).collect());
    Outcome::of(&panel::visit("机构", checklist, members.collect()), |_| true)
}

#[test]
fn points_below_the_quorum_give_no_verdict() {
    for (given, verdict) in [(vec![8, 8], None), (vec![8, 8, 8], Some(points(8)))] {
        let given: Vec<Amount> = given.into_iter().map(points).collect();
        let merged = merge_points(&given, 3);
        assert_eq!((merged.verdict, merged.quorum), (verdict, verdict.is_some()), "{given:?}");
        assert!(!merged.split, "the middle is not in doubt");
    }
}

#[test]
fn a_clause_with_points_that_does_not_apply_is_not_out_of_what_the_share_is() {
    let scale = Some(Scale { points: points(10), step: Amount::ONE });
    let clauses = vec![
        (panel::clause("X-1", "x", false, scale), Choice::Points(points(8))),
        (panel::clause("X-2", "x", false, scale), Choice::Absent(Absence::NotApplicable)),
    ];
    let share = "0.75".parse().unwrap();
    let standard = &outcome(clauses, vec![Condition::Points { share }], None).standards[0];
    let counted = &standard.conditions[0];
    assert_eq!((counted.of, counted.not_applicable), (100_000, 100_000));
    assert_eq!(standard.met, Some(true), "8 of 10, not of 20");
}

#[test]
fn no_quorum_drops_a_core_clause() {
    for core in [false, true] {
        let clause = Clause { must_apply: false, ..panel::clause("X-1", "x", core, None) };
        let out = outcome(vec![(clause, Choice::Absent(Absence::NotApplicable))], Vec::new(), None);
        let expected = (!core).then_some(Decision::NotApplicable);
        assert_eq!(out.clauses[0].verdict, expected, "core: {core}");
    }
}

#[test]
fn the_strictest_and_the_most_lenient_votes_move_no_verdict_of_the_lead() {
    for (voted, led, met) in [(Grade::C, Grade::A, true), (Grade::A, Grade::D, false)] {
        let clauses = vec![(panel::clause("X-1", "x", false, None), Choice::Grade(voted))];
        let share = Condition::Share { clauses: None, grade: Grade::B, share: Amount::ONE, area: None };
        let out = outcome(clauses, vec![share], Some(("X-1", Decision::Grade(led))));
        let standard = &out.standards[0];
        assert_eq!((standard.worst, standard.best), (Some(met), Some(met)), "{led:?} over {voted:?}");
    }
}

#[test]
fn a_gate_that_may_be_left_out_holds_no_answer_open_and_one_that_may_not_does() {
    for (optional, met) in [(true, Some(true)), (false, None)] {
        let gate = Gate {
            id: "G-1".into(),
            title: panel::text("否决情形"),
            text: panel::text("没有发生"),
            lookback_months: None,
            period: GatePeriod::Rolling,
            optional,
            bars: Vec::new(),
            source: Source::own_default(),
        };
        let standard = standard::of(vec![Condition::Gates]);
        let profile = panel::profile(MergeMethod::Median, vec![standard], vec![gate]);
        let clauses = vec![panel::clause("X-1", "x", false, None)];
        let members = NAMES.iter().map(|name| {
            (panel::member(name, Field::Medicine), vec![panel::grade("X-1", Grade::C), panel::submit()])
        });
        let visit = panel::visit("机构", panel::checklist(profile, clauses), members.collect());
        assert_eq!(Outcome::of(&visit, |_| true).standards[0].met, met, "optional: {optional}");
    }
}

#[test]
fn the_strictest_and_the_most_lenient_votes_are_each_clause_s_own() {
    let met = |grades: [Grade; 3]| {
        let standard = standard::all_at(Grade::B);
        let members = NAMES.iter().zip(grades).map(|(name, grade)| {
            (panel::member(name, Field::Medicine), vec![panel::grade("X-1", grade), panel::submit()])
        });
        let profile = panel::profile(MergeMethod::Median, vec![standard], Vec::new());
        let checklist = panel::checklist(profile, vec![panel::clause("X-1", "x", false, None)]);
        let out = Outcome::of(&panel::visit("机构", checklist, members.collect()), |_| true);
        let standard = &out.standards[0];
        (standard.worst, standard.met, standard.best)
    };
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(met([Grade::A, Grade::A, Grade::B]), (yes, yes, yes));
    assert_eq!(met([Grade::A, Grade::A, Grade::D]), (no, yes, yes));
    assert_eq!(met([Grade::A, Grade::C, Grade::D]), (no, no, yes));
    assert_eq!(met([Grade::C, Grade::C, Grade::D]), (no, no, no));
}
