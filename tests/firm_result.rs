//! What a result says holds: over random panels, verdicts, gates and ballots, "met" means that everything it claims is so, and
//! whatever the lead did without or against votes is told.

use hecha::{
    domain::{
        checklist::profile::{Condition, Gate, GatePeriod, MergeMethod, Standard, StandardStatus},
        edit::{
            Edit,
            verdict::{Decision, GateDecision, GateState, LeadVerdict},
            waiver::MatterKind,
        },
        ending::readiness::matters,
        outcome::{ClauseResult, Outcome},
        terms::{
            amount::Amount,
            field::Field,
            grade::Grade,
            lang::{Lang, Text},
            source::Source,
        },
        visit::{MemberState, Visit},
    },
    report::result_json,
};
use proptest::prelude::*;

use crate::fixture::panel;

const GATES: [&str; 2] = ["G-1", "G-2"];
const QUORUM: usize = 3;

/// What is drawn for a visit of five members.
#[derive(Debug, Clone)]
struct Drawn {
    /// Of each clause: whether it is core, what each member says, what the lead decides.
    clauses: Vec<(bool, [Option<Grade>; 5], Option<Grade>)>,
    /// Whether each member submitted; the lead did.
    submitted: [bool; 5],
    /// Of each gate: whether it bars only the recommended standard, whether a local rule may leave it out, its answer.
    gates: [(bool, bool, Option<GateState>); 2],
    /// Shares at C and for core clauses the grade, of the basic and of the recommended standard.
    standards: [(i64, Grade); 2],
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let grade = || prop::sample::select(Grade::ALL.to_vec());
    let good = || prop::sample::select(vec![Grade::A, Grade::A, Grade::B, Grade::B, Grade::C, Grade::D]);
    let votes = prop_oneof![
        3 => good().prop_map(|grade| [Some(grade); 5]),
        2 => prop::array::uniform5(prop::option::weighted(0.8, good())),
        1 => Just([None; 5]),
    ];
    let clause = (any::<bool>(), votes, prop::option::weighted(0.3, grade()));
    let state = || {
        prop::sample::select(vec![
            None,
            Some(GateState::Clear),
            Some(GateState::Clear),
            Some(GateState::Tripped),
        ])
    };
    let gate = || (any::<bool>(), prop::bool::weighted(0.2), state());
    let standard = || (0_i64..=10, prop::sample::select(vec![Grade::B, Grade::C]));
    let submitted = prop::array::uniform5(prop::bool::weighted(0.9));
    (prop::collection::vec(clause, 1..5), submitted, [gate(), gate()], [standard(), standard()])
        .prop_map(|(clauses, submitted, gates, standards)| Drawn { clauses, submitted, gates, standards })
}

fn id(index: usize) -> String {
    format!("X-{index}")
}

fn made(drawn: &Drawn) -> Visit {
    let standard = |(id, (tenths, core)): (&str, (i64, Grade))| Standard {
        use_when: None,
        id: id.into(),
        title: Text::default(),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions: vec![
            Condition::Share {
                clauses: None,
                grade: Grade::C,
                share: Amount::from_ten_thousandths(tenths * 1_000).unwrap(),
                area: None,
            },
            Condition::Core { grade: core },
        ],
    };
    let standards = ["basic", "recommended"].into_iter().zip(drawn.standards).map(standard).collect();
    let gate = |(id, (one, optional, _)): (&str, (bool, bool, Option<GateState>))| Gate {
        id: id.into(),
        title: Text::default(),
        text: Text::default(),
        lookback_months: None,
        period: GatePeriod::Open,
        optional,
        bars: if one { vec!["recommended".into()] } else { Vec::new() },
        source: Source::own_default(),
    };
    let gates = GATES.into_iter().zip(drawn.gates).map(gate).collect();
    let clauses = drawn.clauses.iter().enumerate();
    let asked = clauses.map(|(index, (core, ..))| panel::clause(&id(index), "one", *core, None)).collect();
    let checklist = panel::checklist(panel::profile(MergeMethod::Median, standards, gates), asked);
    let members = (0..5).map(|member| {
        let cast = drawn.clauses.iter().enumerate();
        let mut edits: Vec<Edit> =
            cast.filter_map(|(index, (_, row, _))| Some(panel::grade(&id(index), row[member]?))).collect();
        if drawn.submitted[member] || member == 0 {
            edits.push(panel::submit());
        }
        if member == 0 {
            edits.extend(
                drawn
                    .clauses
                    .iter()
                    .enumerate()
                    .filter_map(|(index, (.., decided))| Some(verdict(&id(index), (*decided)?))),
            );
            edits.extend(GATES.into_iter().zip(drawn.gates).filter_map(|(id, (.., state))| {
                let value = Some(GateDecision { state: state?, reason: "公函".parse().unwrap() });
                Some(Edit::Gate { gate: id.into(), value })
            }));
        }
        (panel::member(&format!("组员{member}"), Field::Medicine), edits)
    });
    panel::visit("机构", checklist, members.collect())
}

fn verdict(clause: &str, grade: Grade) -> Edit {
    let value = LeadVerdict {
        decision: Decision::Grade(grade),
        reason: "合议".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    Edit::Verdict { clause: clause.into(), value: Some(value) }
}

/// The votes that count for a clause: those of members who submitted.
fn cast(drawn: &Drawn, clause: usize) -> Vec<Grade> {
    let row = drawn.clauses[clause].1.iter().zip(drawn.submitted).enumerate();
    row.filter(|(member, (_, submitted))| *submitted || *member == 0)
        .filter_map(|(_, (vote, _))| *vote)
        .collect()
}

/// The verdict once more: the lead's, or the middle of an odd or united vote that reaches the quorum.
fn verdict_of(drawn: &Drawn, clause: usize) -> Option<Grade> {
    let mut votes = cast(drawn, clause);
    votes.sort_unstable();
    let n = votes.len();
    let by_rule = || (n >= QUORUM && votes[(n - 1) / 2] == votes[n / 2]).then(|| votes[n / 2]);
    drawn.clauses[clause].2.or_else(by_rule)
}

/// What it rests on, once more.
fn basis_of(drawn: &Drawn, clause: usize) -> Option<&'static str> {
    let votes = cast(drawn, clause);
    let Some(decided) = drawn.clauses[clause].2 else { return verdict_of(drawn, clause).map(|_| "rule") };
    let higher = votes.iter().filter(|vote| **vote > decided).count();
    let lower = votes.iter().filter(|vote| **vote < decided).count();
    Some(match () {
        () if votes.len() < QUORUM => "no-quorum",
        () if higher * 2 > votes.len() || lower * 2 > votes.len() => "overruled",
        () => "lead",
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn met_means_that_every_condition_holds_and_nothing_bars(drawn in drawn()) {
        let visit = made(&drawn);
        let outcome = Outcome::seen_by(&visit, "组员0");
        let n = drawn.clauses.len();
        let verdicts: Vec<Option<Grade>> = (0..n).map(|it| verdict_of(&drawn, it)).collect();
        for ((place, standard), (tenths, core)) in outcome.standards.iter().enumerate().zip(drawn.standards) {
            let barring = drawn.gates.iter().filter(|(only_recommended, ..)| place == 1 || !only_recommended);
            let barred = barring.clone().any(|(.., state)| *state == Some(GateState::Tripped));
            let answered = barring.clone().all(|(_, optional, state)| *optional || state.is_some());
            let passing = verdicts.iter().filter(|it| it.is_some_and(|grade| grade >= Grade::C)).count();
            let share = passing as i64 * 10 >= tenths * n as i64;
            let cores = || verdicts.iter().zip(&drawn.clauses).filter(|(_, (core, ..))| *core);
            let all_core = cores().all(|(grade, _)| grade.is_some_and(|grade| grade >= core));
            if standard.met == Some(true) {
                prop_assert!(share && all_core && !barred && answered, "{standard:?}");
            }
            if verdicts.iter().all(Option::is_some) && answered {
                prop_assert_eq!(standard.met, Some(share && all_core && !barred));
            }
            prop_assert_eq!(!standard.barred_by.is_empty(), barred);
            prop_assert!(!barred || standard.met == Some(false));
            prop_assert!(standard.worst != Some(true) || standard.met != Some(false));
            prop_assert!(standard.met != Some(true) || standard.best == Some(true));
        }
    }

    #[test]
    fn what_the_lead_did_without_or_against_votes_is_told(drawn in drawn()) {
        let visit = made(&drawn);
        let outcome = Outcome::seen_by(&visit, "组员0");
        let shown: Vec<&MemberState> = visit.members.iter().filter(|it| visit.may_see("组员0", it)).collect();
        let open = matters(&visit, &outcome, &shown, None);
        let json = result_json(&visit, &outcome, &shown, Lang::Zh);
        for (index, result) in outcome.clauses.iter().enumerate() {
            let expected = basis_of(&drawn, index);
            prop_assert_eq!(result.basis.map(|basis| basis.key()), expected);
            prop_assert_eq!(json["clauses"][index]["basis"].as_str(), expected);
            for (kind, basis) in [(MatterKind::NoQuorum, "no-quorum"), (MatterKind::Overruled, "overruled")] {
                let told = open.iter().any(|it| it.kind == kind && it.blocks() && it.about.contains(&id(index)));
                prop_assert_eq!(told, expected == Some(basis), "{:?}", kind);
            }
        }
        let n_against = outcome.clauses.iter().filter(|it| it.is_against_votes()).count();
        prop_assert_eq!(json["against_votes"].as_u64(), Some(n_against as u64));
    }

    #[test]
    fn what_is_not_known_yet_lies_between_worst_and_best(drawn in drawn(), k in 0_usize..5) {
        let is_final = |standard: &[Option<bool>], place: usize| standard[place];
        let all = Drawn { submitted: [true; 5], ..drawn.clone() };
        let known = Outcome::seen_by(&made(&all), "组员0");
        let at_the_end: Vec<Option<bool>> = known.standards.iter().map(|it| it.met).collect();
        // The same visit while only some have submitted and nothing is decided: one sees one's own votes.
        let scoring = panel_while_scoring(&all, k);
        let now = Outcome::seen_by(&scoring, "组员0");
        for (place, standard) in now.standards.iter().enumerate() {
            prop_assert!(standard.met != Some(true), "nothing is met while ballots are sealed");
            match is_final(&at_the_end, place) {
                Some(true) => prop_assert!(standard.best != Some(false), "{standard:?}"),
                Some(false) => prop_assert!(standard.worst != Some(true), "{standard:?}"),
                None => {}
            }
        }
        let waits = |clause: &ClauseResult| clause.awaits_votes;
        prop_assert!(now.clauses.iter().all(waits));
    }
}

/// The visit before the closing: the lead has not submitted, so nothing closes.
fn panel_while_scoring(drawn: &Drawn, k: usize) -> Visit {
    let mut before = drawn.clone();
    before.clauses.iter_mut().for_each(|(.., decided)| *decided = None);
    let visit = made(&before);
    let mut members: Vec<_> = Vec::new();
    for (place, state) in visit.members.iter().enumerate() {
        let cast = before.clauses.iter().enumerate();
        let mut edits: Vec<Edit> =
            cast.filter_map(|(index, (_, row, _))| Some(panel::grade(&id(index), row[place]?))).collect();
        if place > 0 && place <= k {
            edits.push(panel::submit());
        }
        members.push((state.member.clone(), edits));
    }
    panel::visit("机构", (*visit.founding.checklist).clone(), members)
}
