//! Merge is symmetric, and the clauses that would flip a standard are as few as trying everything finds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

#[path = "fixture/panel.rs"]
mod panel;

use hecha::domain::{
    amount::Amount,
    checklist::{Bilingual, Scale},
    edit::{Choice, Edit},
    field::Field,
    grade::Grade,
    merge::merge,
    outcome::{Outcome, StandardResult},
    profile::{Condition, MergeMethod, MergeRule, Standard, StandardStatus},
    source::Source,
    visit::Visit,
};
use proptest::prelude::*;

/// One clause of a small visit: its area, whether it is core, and the panel's verdict or none.
#[derive(Debug, Clone)]
struct Small {
    second_area: bool,
    core: bool,
    grade: Option<Grade>,
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
        4 => (any_grade(), any_share(), area)
            .prop_map(|(grade, share, area)| Condition::Share { grade, share, area: area.map(Into::into) }),
        1 => any_grade().prop_map(|grade| Condition::Core { grade }),
    ]
}

fn any_clauses(max: usize) -> impl Strategy<Value = Vec<Small>> {
    let one = (any::<bool>(), any::<bool>(), prop::option::weighted(0.85, any_grade()));
    let one = one.prop_map(|(second_area, core, grade)| Small { second_area, core, grade });
    prop::collection::vec(one, 1..=max).prop_map(|mut clauses| {
        clauses.sort_by_key(|clause| clause.second_area);
        clauses
    })
}

fn standard(conditions: Vec<Condition>) -> Standard {
    Standard {
        id: "basic".into(),
        title: Bilingual::default(),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions,
    }
}

fn id(index: usize) -> String {
    format!("X-{index}")
}

/// A visit with three members who all give the verdict; a clause without one has no votes.
fn decided(clauses: &[Small], conditions: &[Condition]) -> Visit {
    let votes = || -> Vec<Edit> {
        let voted = clauses.iter().enumerate();
        voted
            .filter_map(|(index, it)| Some(panel::grade(&id(index), it.grade?)))
            .chain([panel::submit()])
            .collect()
    };
    let asked = clauses.iter().enumerate().map(|(index, it)| {
        panel::clause(&id(index), if it.second_area { "two" } else { "one" }, it.core, None)
    });
    let profile = panel::profile(MergeMethod::Median, vec![standard(conditions.to_vec())], Vec::new());
    let members = ["甲", "乙", "丙"].map(|name| (panel::member(name, Field::Medicine), votes()));
    panel::visit("机构", panel::checklist(profile, asked.collect()), members.into())
}

fn result(clauses: &[Small], conditions: &[Condition]) -> StandardResult {
    Outcome::of(&decided(clauses, conditions), |_| true).standards.remove(0)
}

/// Tries every way to change verdicts, fewest clauses first.
fn fewest_changes(clauses: &[Small], conditions: &[Condition], met: bool) -> Option<usize> {
    let decided: Vec<usize> = (0..clauses.len()).filter(|index| clauses[*index].grade.is_some()).collect();
    let mut best = None;
    for choice in 0..5_usize.pow(u32::try_from(decided.len()).unwrap()) {
        let mut changed = clauses.to_vec();
        let (mut rest, mut n) = (choice, 0);
        for index in &decided {
            if let Some(grade) = rest.checked_rem(5).and_then(|digit| Grade::ALL.get(digit)) {
                changed[*index].grade = Some(*grade);
                n += 1;
            }
            rest /= 5;
        }
        if best.is_some_and(|best| best <= n) {
            continue;
        }
        let flipped = match met {
            true => result(&changed, conditions).met != Some(true),
            false => result(&changed, conditions).met == Some(true),
        };
        if flipped {
            best = Some(n);
        }
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn merge_does_not_know_the_order_of_members(
        (grades, shuffled) in prop::collection::vec(any_grade(), 0..9)
            .prop_flat_map(|grades| (Just(grades.clone()), Just(grades).prop_shuffle())),
        method in any_method(),
    ) {
        prop_assert_eq!(merge(&grades, &rule(method)), merge(&shuffled, &rule(method)));
    }

    #[test]
    fn an_even_split_and_a_missing_quorum_are_never_decided(
        grades in prop::collection::vec(any_grade(), 0..9),
        method in any_method(),
    ) {
        let merged = merge(&grades, &rule(method));
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
        prop_assert_eq!(merge(&grades, &rule(MergeMethod::Median)).votes_to_flip, expected);
    }

    #[test]
    fn worst_and_best_enclose_the_outcome(
        votes in prop::collection::vec(prop::collection::vec(prop::option::of(any_grade()), 5), 1..6),
        conditions in prop::collection::vec(any_condition(), 1..4),
        method in any_method(),
    ) {
        let asked = (0..votes.len()).map(|index| panel::clause(&id(index), "one", index % 2 == 0, None));
        let profile = panel::profile(method, vec![standard(conditions)], Vec::new());
        let members = (0..5).map(|member| {
            let cast = votes.iter().enumerate();
            let cast = cast.filter_map(|(index, row)| Some(panel::grade(&id(index), row[member]?)));
            (panel::member(&format!("组员{member}"), Field::Medicine), cast.collect())
        });
        let visit = panel::visit("机构", panel::checklist(profile, asked.collect()), members.collect());
        let found = Outcome::of(&visit, |_| true).standards.remove(0);
        prop_assert!(!found.worst || found.met != Some(false), "{found:?}");
        prop_assert!(found.met != Some(true) || found.best, "{found:?}");
    }

    #[test]
    fn clauses_to_flip_is_what_trying_everything_finds(
        clauses in any_clauses(4),
        conditions in prop::collection::vec(any_condition(), 1..4),
    ) {
        let found = result(&clauses, &conditions);
        let expected = found.met.and_then(|met| fewest_changes(&clauses, &conditions, met));
        prop_assert_eq!(found.clauses_to_flip, expected, "{:?}", found);
    }

    #[test]
    fn flips_of_points_are_as_few_as_trying_everything_finds(
        points in prop::collection::vec(0_i64..=3, 1..5),
        share in any_share(),
    ) {
        let scale = Scale { points: Amount::whole(3).unwrap(), step: Amount::ONE };
        let conditions = vec![Condition::Points { share }];
        let met_with = |points: &[i64]| {
            let votes = || points.iter().enumerate().map(|(index, points)| {
                panel::vote(&id(index), Choice::Points(Amount::whole(*points).unwrap()), "")
            }).collect::<Vec<_>>();
            let asked = (0..points.len()).map(|index| panel::clause(&id(index), "one", false, Some(scale)));
            let profile = panel::profile(MergeMethod::Median, vec![standard(conditions.clone())], Vec::new());
            let members = ["甲", "乙", "丙"].map(|name| (panel::member(name, Field::Medicine), votes()));
            let visit = panel::visit("机构", panel::checklist(profile, asked.collect()), members.into());
            Outcome::of(&visit, |_| true).standards.remove(0)
        };
        let found = met_with(&points);
        let n = u32::try_from(points.len()).unwrap();
        let fewest = (0..4_i64.pow(n)).filter_map(|choice| {
            let other: Vec<i64> = (0..n).map(|place| choice / 4_i64.pow(place) % 4).collect();
            let changed = other.iter().zip(&points).filter(|(a, b)| a != b).count();
            (met_with(&other).met != found.met).then_some(changed)
        }).min();
        prop_assert_eq!(found.clauses_to_flip, fewest, "{:?}", found);
    }
}
