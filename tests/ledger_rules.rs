//! The rules of the rectification ledger, over any steps that any members take without knowing of each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hecha::domain::{
    checklist::profile::MergeMethod,
    edit::{
        Edit, Founding,
        commit::{CommitContent, LoggedCommit},
        finding::Finding,
        rectify::{Closure, Plan, Problem, RectifyStep, Submission},
    },
    facility::Stage,
    ledger::{Happened, Progress},
    terms::{
        date::Date,
        field::Field,
        id::{CommitId, FeedId, VisitId},
        lang::Lang,
    },
    visit::Visit,
};
use proptest::prelude::*;

use crate::fixture::panel;

const NAMES: [&str; 3] = ["甲", "乙", "丙"];
const ITEMS: [&str; 2] = ["EM-01.C1", "X-1"];

fn day() -> Date {
    "2026-11-27".parse().unwrap()
}

fn any_step() -> impl Strategy<Value = RectifyStep> {
    let person = prop::sample::select(vec!["甲", "乙", "王院长", ""]);
    let submission = prop::sample::select(vec!["S1", "S2"]);
    let point = Problem {
        clause: Some("EM-01".into()),
        point: Some("C1".into()),
        text: "".parse().unwrap(),
        plan: Plan::default(),
    };
    let free = Problem { text: "门口没有坡道".parse().unwrap(), ..Problem::default() };
    prop_oneof![
        2 => prop::sample::select(vec![point, free]).prop_map(RectifyStep::Open),
        1 => person.clone().prop_map(|person| {
            RectifyStep::Plan(Plan { person: person.parse().unwrap(), ..Plan::default() })
        }),
        3 => (submission.clone(), person).prop_map(|(id, by)| RectifyStep::Submit(Submission {
            id: id.into(),
            by: by.parse().unwrap(),
            date: day(),
            text: "做了".parse().unwrap(),
            proof: Vec::new(),
        })),
        4 => (submission, any::<bool>()).prop_map(|(id, met)| RectifyStep::Close(Closure {
            submission: id.into(),
            date: day(),
            finding: Some(Finding::Tick(met)),
            remark: "看过".parse().unwrap(),
        })),
        1 => Just(RectifyStep::Reopen { reason: "又坏了".parse().unwrap() }),
        1 => Just(RectifyStep::Strike { reason: "不要求".parse().unwrap() }),
    ]
}

/// Steps by member: each has a feed, in which Lamport times grow as its author saw more or less of the others.
fn any_history() -> impl Strategy<Value = Vec<Vec<(u64, usize, RectifyStep)>>> {
    let step = (1..4_u64, 0..ITEMS.len(), any_step());
    prop::collection::vec(prop::collection::vec(step, 0..8), NAMES.len())
}

fn commits(history: &[Vec<(u64, usize, RectifyStep)>]) -> Vec<LoggedCommit> {
    let mut commits = Vec::new();
    for (member, steps) in history.iter().enumerate() {
        let mut lamport = 1;
        let first = match member {
            0 => vec![panel::submit(), Edit::Close { tips: BTreeSet::new() }, panel::finalise(Vec::new())],
            _ => vec![Edit::Join { name: NAMES[member].into(), expert: None }],
        };
        let edits = steps.iter().map(|(leap, item, step)| {
            (*leap, vec![Edit::Rectify { item: ITEMS[*item].into(), step: Box::new(step.clone()) }])
        });
        for ((leap, edits), n) in std::iter::once((0, first)).chain(edits).zip(1..) {
            lamport += leap;
            commits.push(LoggedCommit {
                id: CommitId::new(format!("{member}-{n}")),
                feed: FeedId::new(format!("feed-{member}")),
                n,
                previous: (n > 1).then(|| CommitId::new(format!("{member}-{}", n - 1))),
                lamport,
                seen: Arc::default(),
                content: CommitContent::Edits(edits),
            });
        }
    }
    commits
}

fn fold(commits: Vec<LoggedCommit>) -> Visit {
    let clauses = vec![panel::clause("EM-01", "emergency", true, None)];
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let founding = Founding {
        facility: "青禾镇卫生院".parse().unwrap(),
        stage: Stage::County,
        date: day(),
        lookback: None,
        roster: NAMES.iter().map(|name| panel::member(name, Field::Nursing)).collect(),
        checklist: Arc::new(panel::checklist(profile, clauses)),
        checklist_hash: "hash".to_owned(),
        draw: None,
        mandate: Default::default(),
    };
    Visit::fold(VisitId::new("v"), Arc::new(founding), &FeedId::new("feed-0"), None, commits)
}

fn took_effect<'a>(history: &'a [Happened<'a>]) -> impl Iterator<Item = &'a Happened<'a>> {
    history.iter().filter(|it| it.refused.is_none())
}

proptest! {
    #[test]
    fn any_order_and_repetition_of_commits_gives_one_ledger(
        history in any_history(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 40),
    ) {
        let commits = commits(&history);
        let mut shuffled = commits.clone();
        for (at, other) in order.iter().enumerate() {
            let n = shuffled.len();
            shuffled.swap(at % n, other.index(n));
        }
        shuffled.extend(commits.iter().take(order[0].index(4)).cloned());
        let (one, two) = (fold(commits), fold(shuffled));
        prop_assert_eq!(one.ledger(), two.ledger());
    }

    #[test]
    fn nothing_is_lost_and_nobody_closes_their_own_work(history in any_history()) {
        let visit = fold(commits(&history));
        let mut recorded: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, item, _) in history.iter().flatten() {
            *recorded.entry(ITEMS[*item]).or_default() += 1;
        }
        for item in visit.ledger() {
            prop_assert_eq!(item.history.len(), recorded[item.id.as_str()], "every step is told");
            let mut person = "";
            let mut by = "";
            let mut handed_in = "";
            let mut progress = None;
            for happened in took_effect(&item.history) {
                match happened.step {
                    RectifyStep::Open(problem) => {
                        prop_assert!(progress.is_none() && happened.by.shown(Lang::Zh) == "甲");
                        (person, progress) = (&problem.plan.person, Some(Progress::Open));
                    }
                    RectifyStep::Plan(plan) => {
                        prop_assert_eq!(happened.by.shown(Lang::Zh), "甲");
                        person = &plan.person;
                    }
                    RectifyStep::Submit(it) => {
                        prop_assert!(!it.by.is_empty());
                        (by, handed_in, progress) = (&it.by, it.id.as_str(), Some(Progress::Submitted));
                    }
                    RectifyStep::Close(closure) => {
                        prop_assert_eq!(progress, Some(Progress::Submitted), "something was handed in");
                        prop_assert_eq!(closure.submission.as_str(), handed_in, "it looks at the last");
                        let closer = happened.by.shown(Lang::Zh);
                        prop_assert!(closer != by && closer != person, "{} closes own work", closer);
                        prop_assert!(item.point.is_none() || closure.finding == Some(Finding::Tick(true)));
                        progress = Some(Progress::Closed);
                    }
                    RectifyStep::Reopen { .. } => {
                        let leads = happened.by.shown(Lang::Zh) == "甲";
                        prop_assert!(leads || progress != Some(Progress::Struck), "struck by the lead");
                        progress = Some(Progress::Open);
                    }
                    RectifyStep::Strike { .. } => {
                        prop_assert_eq!(happened.by.shown(Lang::Zh), "甲");
                        progress = Some(Progress::Struck);
                    }
                }
            }
            prop_assert_eq!(progress, Some(item.progress));
            prop_assert_eq!(item.progress == Progress::Closed, item.closure.is_some());
        }
    }
}
