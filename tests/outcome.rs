//! Merge is symmetric, and the clauses and votes that would flip a standard are as few as trying everything finds.

use std::ops::Range;

use hecha::domain::{
    checklist::{
        Clause, ClauseKind, Scale,
        profile::{Condition, MergeMethod, MergeRule},
    },
    edit::{
        Choice, Edit,
        verdict::{Decision, LeadVerdict},
    },
    merge::{merge, merge_points},
    outcome::{ClauseResult, Outcome},
    terms::{absence::Absence, amount::Amount, field::Field, grade::Grade, id::AreaId, source::Source},
    visit::Visit,
};
use proptest::prelude::*;

use crate::fixture::{panel, standard};

/// One clause of a small visit: its area, whether it is core, and what each of three members says about it.
#[derive(Debug, Clone)]
struct Small {
    second_area: bool,
    recommended: bool,
    core: bool,
    cast: Cast,
}

/// What the members say about one clause.
#[derive(Debug, Clone)]
enum Cast {
    /// A grade each, or none.
    Grades([Option<Grade>; 3]),
    /// Points of 0..=3 each.
    Points([i64; 3]),
    /// All say that it does not apply.
    NotApplicable,
    /// Grades, and the lead decided otherwise.
    Lead(Grade),
}

fn rule(method: MergeMethod) -> MergeRule {
    MergeRule { method, quorum: 3, source: Source::own_default() }
}

fn any_grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(Grade::ALL.to_vec())
}

fn any_method() -> impl Strategy<Value = MergeMethod> {
    prop::sample::select(MergeMethod::ALL.to_vec())
}

fn any_share() -> impl Strategy<Value = Amount> {
    (0_i64..=10).prop_map(|tenths| Amount::from_ten_thousandths(tenths * 1_000).unwrap())
}

fn any_condition() -> impl Strategy<Value = Condition> {
    let area = prop::sample::select(vec![None, Some("one"), Some("two")]);
    prop_oneof![
        6 => (any_grade(), any_share(), area)
            .prop_map(|(grade, share, area)| Condition::Share { clauses: None, grade, share, area: area.map(Into::into) }),
        2 => any_grade().prop_map(|grade| Condition::Core { grade }),
        1 => any_share().prop_map(|share| Condition::Points { share }),
        1 => Just(Condition::Gates),
    ]
}

/// Shares over areas, or all of them over kinds of clauses: no standard asks for both.
fn any_conditions(n: Range<usize>) -> impl Strategy<Value = Vec<Condition>> {
    let over_kinds = |condition: Condition| match condition {
        Condition::Share { grade, share, area, .. } => {
            let kind = |area: AreaId| kind(area.as_str() == "two");
            Condition::Share { grade, share, area: None, clauses: area.map(kind) }
        }
        other => other,
    };
    (prop::collection::vec(any_condition(), n), any::<bool>()).prop_map(move |(conditions, by_kind)| {
        if by_kind { conditions.into_iter().map(over_kinds).collect() } else { conditions }
    })
}

fn kind(recommended: bool) -> ClauseKind {
    if recommended { ClauseKind::Recommended } else { ClauseKind::Basic }
}

fn any_cast() -> impl Strategy<Value = Cast> {
    let spread = prop::array::uniform3(prop::option::weighted(0.9, any_grade()));
    prop_oneof![
        8 => any_grade().prop_map(|grade| Cast::Grades([Some(grade); 3])),
        8 => spread.prop_map(Cast::Grades),
        2 => prop::array::uniform3(0_i64..=3).prop_map(Cast::Points),
        1 => Just(Cast::NotApplicable),
        1 => any_grade().prop_map(Cast::Lead),
    ]
}

fn any_clauses(max: usize) -> impl Strategy<Value = Vec<Small>> {
    let one = (any::<bool>(), any::<bool>(), prop::bool::weighted(0.3), any_cast());
    let one =
        one.prop_map(|(second_area, recommended, core, cast)| Small { second_area, recommended, core, cast });
    prop::collection::vec(one, 1..=max).prop_map(|mut clauses| {
        clauses.sort_by_key(|clause| clause.second_area);
        clauses
    })
}

fn id(index: usize) -> String {
    format!("X-{index}")
}

fn points(n: i64) -> Amount {
    Amount::whole(n).unwrap()
}

/// A visit with three members who vote as told; the first leads.
fn decided(clauses: &[Small], conditions: &[Condition], method: MergeMethod) -> Visit {
    let scale = Scale { points: points(3), step: Amount::ONE };
    let votes = |member: usize| -> Vec<Edit> {
        let voted = clauses.iter().enumerate().filter_map(|(index, it)| match &it.cast {
            Cast::Grades(grades) => Some(panel::grade(&id(index), grades[member]?)),
            Cast::Points(all) => Some(panel::vote(&id(index), Choice::Points(points(all[member])), "")),
            Cast::NotApplicable => {
                Some(panel::vote(&id(index), Choice::Absent(Absence::NotApplicable), "无"))
            }
            Cast::Lead(_) => Some(panel::grade(&id(index), Grade::C)),
        });
        let led = clauses.iter().enumerate().filter_map(|(index, it)| match it.cast {
            Cast::Lead(grade) if member == 0 => Some(Edit::Verdict {
                clause: id(index).as_str().into(),
                value: Some(LeadVerdict {
                    decision: Decision::Grade(grade),
                    reason: "合议".parse().unwrap(),
                    cites: Vec::new(),
                    clear: Vec::new(),
                }),
            }),
            _ => None,
        });
        voted.chain([panel::submit()]).chain(led).collect()
    };
    let asked = clauses.iter().enumerate().map(|(index, it)| {
        let scale = matches!(it.cast, Cast::Points(_)).then_some(scale);
        let area = if it.second_area { "two" } else { "one" };
        Clause { kind: kind(it.recommended), ..panel::clause(&id(index), area, it.core, scale) }
    });
    let profile = panel::profile(method, vec![standard::of(conditions.to_vec())], Vec::new());
    let members = ["甲", "乙", "丙"].iter().enumerate();
    let members = members.map(|(place, name)| (panel::member(name, Field::Medicine), votes(place)));
    panel::visit("机构", panel::checklist(profile, asked.collect()), members.collect())
}

/// A verdict as this test sees it, apart from the program's own types of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Grade(Grade),
    Points(i64),
    NotApplicable,
    Open { in_points: bool },
}

/// Whether all conditions hold on these verdicts: the definition once more, written down plainly. No gate is set.
fn met(clauses: &[Small], said: &[Said], conditions: &[Condition]) -> Option<bool> {
    let answers: Vec<Option<bool>> =
        conditions.iter().map(|condition| holds(clauses, said, condition)).collect();
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    answers.iter().all(Option::is_some).then_some(true)
}

fn holds(clauses: &[Small], said: &[Said], condition: &Condition) -> Option<bool> {
    // What is still open may come out well or badly: certain only if both ends agree.
    let ends = [false, true].map(|well| {
        let (mut have, mut of) = (0_i64, 0_i64);
        for (clause, said) in clauses.iter().zip(said) {
            let area = if clause.second_area { "two" } else { "one" };
            match (condition, said) {
                (Condition::Points { .. }, Said::Points(n)) => (have, of) = (have + n, of + 3),
                (Condition::Points { .. }, Said::Open { in_points: true }) => {
                    (have, of) = (have + if well { 3 } else { 0 }, of + 3);
                }
                (Condition::Share { area: Some(wanted), .. }, _) if wanted.as_str() != area => {}
                (Condition::Share { clauses: Some(wanted), .. }, _)
                    if *wanted != kind(clause.recommended) => {}
                (Condition::Core { .. }, _) if !clause.core => {}
                (Condition::Share { grade, .. } | Condition::Core { grade }, Said::Grade(given)) => {
                    (have, of) = (have + i64::from(given >= grade), of + 1);
                }
                (Condition::Share { .. } | Condition::Core { .. }, Said::Open { in_points: false }) => {
                    (have, of) = (have + i64::from(well), of + 1);
                }
                _ => {}
            }
        }
        match condition {
            Condition::Gates => Some(true),
            Condition::Core { .. } => Some(have == of),
            Condition::Share { share, .. } | Condition::Points { share } => {
                (of > 0).then(|| have * 10_000 >= share.ten_thousandths() * of)
            }
        }
    });
    ends[0].filter(|_| ends[0] == ends[1])
}

/// The verdicts that the program came to.
fn said(outcome: &Outcome) -> Vec<Said> {
    let one = |clause: &ClauseResult| match clause.verdict {
        Some(Decision::Grade(grade)) => Said::Grade(grade),
        Some(Decision::Points(points)) => Said::Points(points.ten_thousandths() / 10_000),
        Some(Decision::NotApplicable) => Said::NotApplicable,
        None => Said::Open { in_points: clause.full_points.is_some() },
    };
    outcome.clauses.iter().map(one).collect()
}

/// Every other verdict of a clause, at the price of one.
fn other_verdicts(now: Said) -> Vec<(Said, usize)> {
    let others: Vec<Said> = match now {
        Said::Grade(_) | Said::Open { in_points: false } => Grade::ALL.map(Said::Grade).to_vec(),
        Said::Points(_) | Said::Open { in_points: true } => (0..=3).map(Said::Points).collect(),
        Said::NotApplicable => Vec::new(),
    };
    others.into_iter().filter(|other| *other != now).map(|other| (other, 1)).collect()
}

/// Every other verdict that other votes give, with the fewest votes that differ: all castings are tried.
fn other_castings(cast: &Cast, now: Said, method: MergeMethod) -> Vec<(Said, usize)> {
    let mut found: Vec<(Said, usize)> = Vec::new();
    let mut tell = |verdict: Said, n: usize| match found.iter_mut().find(|(known, _)| *known == verdict) {
        _ if verdict == now => {}
        Some((_, fewest)) => *fewest = (*fewest).min(n),
        None => found.push((verdict, n)),
    };
    for choice in 0..64_usize {
        let digits = [choice % 4, choice / 4 % 4, choice / 16];
        match cast {
            Cast::Grades(grades) => {
                let cast: Vec<(Grade, Grade)> = grades
                    .iter()
                    .zip(digits)
                    .filter_map(|(grade, digit)| Some((Grade::ALL[digit], (*grade)?)))
                    .collect();
                let votes: Vec<Grade> = cast.iter().map(|(other, _)| *other).collect();
                let verdict = merge(&votes, method, rule(method).quorum).verdict.map(Said::Grade);
                let n = cast.iter().filter(|(a, b)| a != b).count();
                tell(verdict.unwrap_or(Said::Open { in_points: false }), n);
            }
            Cast::Points(all) => {
                let votes: Vec<Amount> =
                    digits.iter().map(|digit| points(i64::try_from(*digit).unwrap())).collect();
                let n = votes.iter().zip(all).filter(|(a, b)| **a != points(**b)).count();
                let verdict =
                    merge_points(&votes, 3).verdict.map(|it| Said::Points(it.ten_thousandths() / 10_000));
                tell(verdict.unwrap_or(Said::Open { in_points: true }), n);
            }
            Cast::NotApplicable | Cast::Lead(_) => {}
        }
    }
    found
}

/// The cheapest way to the opposite answer, by trying every combination of other verdicts.
fn cheapest_flip(
    clauses: &[Small],
    conditions: &[Condition],
    now: &[Said],
    others: &[Vec<(Said, usize)>],
) -> Option<usize> {
    let opposite = Some(!met(clauses, now, conditions)?);
    let mut best = None;
    let mut tried = now.to_vec();
    try_all(others, 0, 0, &mut tried, &mut |said, price| {
        if best.is_none_or(|best| price < best) && met(clauses, said, conditions) == opposite {
            best = Some(price);
        }
    });
    best
}

fn try_all(
    others: &[Vec<(Said, usize)>],
    at: usize,
    price: usize,
    tried: &mut Vec<Said>,
    tell: &mut dyn FnMut(&[Said], usize),
) {
    let Some(here) = others.get(at) else { return tell(tried, price) };
    try_all(others, at + 1, price, tried, tell);
    let kept = tried[at];
    for (other, more) in here {
        tried[at] = *other;
        try_all(others, at + 1, price + more, tried, tell);
    }
    tried[at] = kept;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merge_does_not_know_the_order_of_members(
        (grades, shuffled) in prop::collection::vec(any_grade(), 0..9)
            .prop_flat_map(|grades| (Just(grades.clone()), Just(grades).prop_shuffle())),
        method in any_method(),
    ) {
        prop_assert_eq!(merge(&grades, method, rule(method).quorum), merge(&shuffled, method, rule(method).quorum));
    }

    #[test]
    fn an_even_split_and_a_missing_quorum_are_never_decided(
        grades in prop::collection::vec(any_grade(), 0..9),
        method in any_method(),
    ) {
        let merged = merge(&grades, method, rule(method).quorum);
        prop_assert!(merged.verdict.is_none() || (merged.quorum && !merged.split));
        if let Some(verdict) = merged.verdict {
            prop_assert!(merged.strictest <= Some(verdict) && Some(verdict) <= merged.most_lenient);
        }
    }

    #[test]
    fn votes_to_flip_is_the_least_that_works(grades in prop::collection::vec(any_grade(), 1..9)) {
        let n = grades.len();
        let passing = grades.iter().filter(|grade| grade.passes()).count();
        let larger = passing.max(n - passing);
        let fewest = (1..=n).find(|moved| *moved <= larger && (larger - moved) * 2 <= n);
        let expected = fewest.filter(|_| larger * 2 > n);
        prop_assert_eq!(merge(&grades, MergeMethod::Median, rule(MergeMethod::Median).quorum).votes_to_flip, expected);
    }

    #[test]
    fn worst_and_best_enclose_the_outcome(
        votes in prop::collection::vec(prop::collection::vec(prop::option::of(any_grade()), 5), 1..6),
        conditions in any_conditions(1..4),
        method in any_method(),
    ) {
        let asked = (0..votes.len()).map(|index| panel::clause(&id(index), "one", index % 2 == 0, None));
        let profile = panel::profile(method, vec![standard::of(conditions)], Vec::new());
        let members = (0..5).map(|member| {
            let cast = votes.iter().enumerate();
            let cast = cast.filter_map(|(index, row)| Some(panel::grade(&id(index), row[member]?)));
            (panel::member(&format!("组员{member}"), Field::Medicine), cast.collect())
        });
        let visit = panel::visit("机构", panel::checklist(profile, asked.collect()), members.collect());
        let found = Outcome::of(&visit, |_| true).standards.remove(0);
        prop_assert!(found.worst != Some(true) || found.met != Some(false), "{found:?}");
        prop_assert!(found.met != Some(true) || found.best == Some(true), "{found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_way_to_flip_is_cheaper_than_what_is_told(
        clauses in any_clauses(5),
        conditions in any_conditions(1..6),
        method in any_method(),
    ) {
        let outcome = Outcome::of(&decided(&clauses, &conditions, method), |_| true);
        let found = &outcome.standards[0];
        let now = said(&outcome);
        prop_assert_eq!(found.met, met(&clauses, &now, &conditions));
        let verdicts: Vec<_> = now.iter().map(|said| other_verdicts(*said)).collect();
        prop_assert_eq!(found.clauses_to_flip, cheapest_flip(&clauses, &conditions, &now, &verdicts), "clauses");
        let castings: Vec<_> =
            clauses.iter().zip(&now).map(|(it, said)| other_castings(&it.cast, *said, method)).collect();
        prop_assert_eq!(found.votes_to_flip, cheapest_flip(&clauses, &conditions, &now, &castings), "votes");
        prop_assert!(found.votes_to_flip.is_none() || found.clauses_to_flip <= found.votes_to_flip);
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_does_not_apply_is_told_exactly_where_counting_it_would_matter(
        clauses in any_clauses(5),
        conditions in any_conditions(1..4),
    ) {
        let outcome = Outcome::of(&decided(&clauses, &conditions, MergeMethod::Median), |_| true);
        let now = said(&outcome);
        let mut expected = Vec::new();
        for (index, _) in now.iter().enumerate().filter(|(_, said)| **said == Said::NotApplicable) {
            let with = |grade: Grade| {
                let mut tried = now.clone();
                tried[index] = Said::Grade(grade);
                met(&clauses, &tried, &conditions)
            };
            let (low, high, now) = (with(Grade::D), with(Grade::A), met(&clauses, &now, &conditions));
            if low != now || high != now {
                expected.push((id(index), now, low, high));
            }
        }
        let found: Vec<_> = outcome
            .na_effects
            .iter()
            .map(|it| (it.clause.to_string(), it.met, it.as_lowest, it.as_highest))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
