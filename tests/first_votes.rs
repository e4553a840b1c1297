//! Agreement rests on what each member submitted first, before anything was talked over; a recused member sees nothing of
//! the clause, and no statistic counts their vote.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hecha::{
    domain::{
        agreement::PanelAgreement,
        checklist::profile::MergeMethod,
        edit::{
            Edit, Founding, Stamp,
            commit::{CommitContent, LoggedCommit},
            lineage::Branch,
            verdict::{Decision, LeadVerdict},
        },
        facility::Stage,
        outcome::Outcome,
        terms::{
            date::Date,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::{MemberState, Visit},
    },
    report::{merge_json, result_json},
};

use crate::fixture::panel;

const NAMES: [&str; 3] = ["甲", "乙", "丙"];
const CLAUSES: [&str; 3] = ["X-0", "X-1", "Y-0"];

fn commit(member: usize, n: u64, edits: Vec<Edit>) -> LoggedCommit {
    LoggedCommit {
        id: CommitId::new(format!("{member}-{n}")),
        feed: FeedId::new(format!("feed-{member}")),
        n,
        previous: (n > 1).then(|| CommitId::new(format!("{member}-{}", n - 1))),
        lamport: n,
        seen: Arc::default(),
        content: CommitContent::Edits(edits),
    }
}

fn fold(commits: Vec<LoggedCommit>) -> Visit {
    let asked = CLAUSES.map(|id| panel::clause(id, if id < "Y" { "x" } else { "y" }, id == "X-0", None));
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let founding = Founding {
        facility: "机构".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 5, 12).unwrap(),
        lookback: None,
        draw: None,
        mandate: Default::default(),
        roster: NAMES.map(|name| panel::member(name, Field::Medicine)).to_vec(),
        checklist: Arc::new(panel::checklist(profile, asked.to_vec())),
        checklist_hash: String::new(),
    };
    Visit::fold(VisitId::new("v"), Arc::new(founding), &FeedId::new("feed-0"), None, commits)
}

fn submit(member: usize, n: u64) -> Edit {
    let heads = BTreeMap::from([(FeedId::new(format!("feed-{member}")), n)]);
    Edit::Submit { heads, tips: BTreeSet::new(), key: None }
}

fn reopen(member: usize, submission: &str) -> Edit {
    let submissions = BTreeSet::from([CommitId::new(submission)]);
    Edit::Reopen { name: NAMES[member].into(), reason: "漏看一处".parse().unwrap(), submissions }
}

/// All three members give everything an A, each in a commit of its own, and submit; the second joins with a C for `X-1`.
fn first_round() -> Vec<LoggedCommit> {
    let round = (0..3).flat_map(|member| {
        let join = (member > 0).then(|| Edit::Join { name: NAMES[member].into(), expert: None });
        let votes =
            CLAUSES.map(|id| panel::grade(id, if member == 1 && id == "X-1" { Grade::C } else { Grade::A }));
        [
            commit(member, 1, join.into_iter().chain(votes).collect()),
            commit(member, 2, vec![submit(member, 1)]),
        ]
    });
    round.collect()
}

fn agreement(visit: &Visit) -> PanelAgreement {
    let all: Vec<&MemberState> = visit.members.iter().collect();
    PanelAgreement::of_visit(visit, &all, |_| true)
}

#[test]
fn what_is_changed_after_a_reopening_moves_the_verdict_and_not_the_agreement() {
    let before = fold(first_round());
    let first = agreement(&before);
    assert!((first.overall.percent_agreement.unwrap() - 7.0 / 9.0).abs() < 1e-12);
    assert_eq!(first.areas.len(), 2);
    assert_eq!((first.areas[1].1.percent_agreement, first.core.percent_agreement), (Some(1.0), Some(1.0)));

    let mut commits = first_round();
    commits.push(commit(0, 3, vec![reopen(1, "1-2")]));
    let reopened = fold(commits.clone());
    assert!(!reopened.member("乙").unwrap().is_submitted());
    assert_eq!(agreement(&reopened), first, "reopened, and not yet submitted again");

    commits.push(commit(1, 3, vec![panel::grade("X-1", Grade::A), panel::grade("Y-0", Grade::D)]));
    commits.push(commit(1, 4, vec![submit(1, 3)]));
    let after = fold(commits.clone());
    assert_eq!(agreement(&after), first);
    let state = after.member("乙").unwrap();
    let clause = after.founding.checklist.clause("X-1").unwrap();
    assert_eq!(after.vote(state, clause).grade(), Some(Grade::A), "the verdict rests on the last word");
    assert_eq!(after.first_vote(state, clause).unwrap().grade(), Some(Grade::C));

    commits.push(commit(0, 4, vec![reopen(1, "1-4")]));
    commits.push(commit(1, 5, vec![panel::grade("X-0", Grade::D), submit(1, 4)]));
    commits.reverse();
    assert_eq!(agreement(&fold(commits)), first, "however often, and in whatever order it arrives");
}

#[test]
fn the_lead_s_laptop_knows_the_first_ballot_the_moment_it_opens_it_again() {
    let mut visit = fold(first_round());
    let stamp = Stamp {
        feed: FeedId::new("feed-0"),
        n: 3,
        commit: None,
        index: 0,
        seen: Arc::default(),
        branch: Branch::default(),
        saw: Arc::default(),
    };
    let first = agreement(&visit);
    visit.apply_own(&MemberName::new("甲"), &stamp, &reopen(1, "1-2"));
    assert_eq!(agreement(&visit), first);
    assert!(visit.member("乙").unwrap().first_ballot.is_some());
}

#[test]
fn an_open_ballot_is_not_counted() {
    let commits: Vec<LoggedCommit> = first_round().into_iter().filter(|it| it.id.as_str() != "2-2").collect();
    let found = agreement(&fold(commits));
    assert!(
        (found.overall.percent_agreement.unwrap() - 2.0 / 3.0).abs() < 1e-12,
        "the third has not submitted"
    );
}

#[test]
fn a_recused_member_sees_no_vote_and_no_verdict_until_the_visit_is_final() {
    let mut commits = first_round();
    let recusal =
        Edit::Recuse {
            name: "丙".into(), clause: Some("X-1".into()), reason: Some("亲属".parse().unwrap())
        };
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::B),
        reason: "机密".parse().unwrap(),
        cites: Vec::new(),
    };
    let verdict = Edit::Verdict { clause: "X-1".into(), value: Some(verdict) };
    commits.push(commit(0, 3, vec![recusal, verdict]));
    let visit = fold(commits.clone());

    let found = agreement(&visit);
    assert!(
        (found.overall.percent_agreement.unwrap() - 2.0 / 3.0).abs() < 1e-12,
        "the recused vote counts nowhere"
    );

    let seen = Outcome::seen_by(&visit, "丙");
    let withheld: Vec<&str> = seen.withheld().map(|it| it.id.as_str()).collect();
    assert_eq!(withheld, ["X-1"]);
    let shown: Vec<&MemberState> = visit.members.iter().filter(|state| visit.may_see("丙", state)).collect();
    assert_eq!(shown.len(), 3);
    let result = result_json(&visit, &seen, &shown, Lang::Zh);
    let clause = &result["clauses"][1];
    assert_eq!(clause["votes"], serde_json::json!({ "A": 0, "B": 0, "C": 0, "D": 0 }));
    assert!(clause["verdict"].is_null() && clause["by"].is_null() && clause["n_valid"] == 0);
    assert_eq!(clause["withheld"], true);
    let told = format!("{result}{}", merge_json(&visit, &seen, &shown));
    assert!(!told.contains("机密"));
    assert_eq!(
        merge_json(&visit, &seen, &shown)["clauses"][1]["votes"].as_array().unwrap().len(),
        1,
        "own recusal"
    );

    let other = Outcome::seen_by(&visit, "乙");
    assert_eq!(other.withheld().count(), 0);
    assert_eq!(other.clauses[1].verdict, Some(Decision::Grade(Grade::B)));

    commits.push(commit(0, 4, vec![Edit::Final { waivers: Vec::new(), record: None }]));
    assert_eq!(Outcome::seen_by(&fold(commits), "丙").withheld().count(), 0);
}
