//! Agreement rests on the ballots that the first closing names, before anything was talked over; a recused member sees
//! nothing of the clause, and no statistic counts their vote.

use std::{collections::BTreeSet, sync::Arc};

use hecha::{
    domain::{
        agreement::PanelAgreement,
        ballot::seal::BallotState,
        checklist::profile::MergeMethod,
        edit::{
            Edit, Founding,
            commit::{CommitContent, LoggedCommit},
            verdict::{Decision, LeadVerdict},
            waiver::Finalisation,
        },
        facility::Stage,
        outcome::Outcome,
        terms::{
            date::Date,
            digest::Digest,
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

/// The ends of all feeds, as whoever writes next has them.
fn ends(commits: &[LoggedCommit]) -> BTreeSet<CommitId> {
    commits.iter().map(|commit| commit.id.clone()).collect()
}

fn seal() -> Edit {
    Edit::Submit { tips: BTreeSet::new() }
}

/// The lead's next commit: a closing record that names all that is there.
fn close(n: u64, commits: &[LoggedCommit]) -> LoggedCommit {
    commit(0, n, vec![Edit::Close { tips: ends(commits) }])
}

/// All three members give everything an A, each in a commit of its own, and seal; the second gives a C for `X-1`.
fn sealed() -> Vec<LoggedCommit> {
    let round = (0..3).flat_map(|member| {
        let join = (member > 0).then(|| Edit::Join { name: NAMES[member].into(), expert: None });
        let votes =
            CLAUSES.map(|id| panel::grade(id, if member == 1 && id == "X-1" { Grade::C } else { Grade::A }));
        [commit(member, 1, join.into_iter().chain(votes).collect()), commit(member, 2, vec![seal()])]
    });
    round.collect()
}

/// As [`sealed`], and the lead has closed scoring.
fn first_round() -> Vec<LoggedCommit> {
    let mut commits = sealed();
    commits.push(close(3, &commits));
    commits
}

fn agreement(visit: &Visit) -> PanelAgreement {
    let all: Vec<&MemberState> = visit.members.iter().collect();
    PanelAgreement::of_visit(visit, &all, |_| true)
}

fn grades(visit: &Visit, name: &str) -> [Option<Grade>; 3] {
    let state = visit.member(name).unwrap();
    CLAUSES.map(|id| visit.vote(state, visit.founding.checklist.clause(id).unwrap()).grade())
}

const AS_SEALED: [Option<Grade>; 3] = [Some(Grade::A), Some(Grade::C), Some(Grade::A)];

#[test]
fn what_is_recorded_after_the_first_closing_moves_neither_a_vote_nor_the_agreement() {
    let before = fold(first_round());
    let first = agreement(&before);
    assert!((first.overall.percent_agreement.unwrap() - 7.0 / 9.0).abs() < 1e-12);
    assert_eq!(first.areas.len(), 2);
    assert_eq!((first.areas[1].1.percent_agreement, first.core.percent_agreement), (Some(1.0), Some(1.0)));

    // The second member has read the others, takes the seal back, scores otherwise and seals again.
    let mut commits = first_round();
    commits.push(commit(1, 3, vec![Edit::Unseal]));
    commits.push(commit(1, 4, vec![panel::grade("X-1", Grade::A), panel::grade("Y-0", Grade::D)]));
    commits.push(commit(1, 5, vec![seal()]));
    let later = fold(commits.clone());
    assert_eq!(agreement(&later), first);
    assert_eq!(grades(&later, "乙"), AS_SEALED);
    let state = later.member("乙").unwrap();
    assert_eq!((state.ballot_state, state.n_late), (BallotState::Counted, 1), "what came later is told");

    // Not even another closing record takes it in, in whatever order all this arrives.
    commits.push(close(4, &commits));
    commits.reverse();
    let again = fold(commits);
    assert_eq!(again.closings.len(), 2);
    assert_eq!(agreement(&again), first);
    assert_eq!(grades(&again, "乙"), AS_SEALED);
}

#[test]
fn until_the_closing_a_seal_is_taken_back_and_the_next_one_counts() {
    let mut commits = sealed();
    commits.push(commit(1, 3, vec![Edit::Unseal]));
    commits.push(commit(1, 4, vec![panel::grade("X-1", Grade::A)]));
    let open = fold(commits.clone());
    assert_eq!(open.member("乙").unwrap().ballot_state, BallotState::Open);
    commits.push(commit(1, 5, vec![seal()]));
    commits.push(close(3, &commits));
    let closed = fold(commits);
    assert_eq!(grades(&closed, "乙"), [Some(Grade::A); 3]);
    assert_eq!(agreement(&closed).overall.percent_agreement, Some(1.0));
    assert_eq!(closed.member("乙").unwrap().ballot_state, BallotState::Counted);
}

#[test]
fn a_seal_after_the_first_closing_is_late_for_ever_and_no_agreement_rests_on_it() {
    let mut commits: Vec<LoggedCommit> = sealed().into_iter().filter(|it| it.id.as_str() != "2-2").collect();
    commits.push(close(3, &commits));
    let before = fold(commits.clone());
    assert_eq!(before.member("丙").unwrap().ballot_state, BallotState::LeftOut);
    let first = agreement(&before);
    assert!(
        (first.overall.percent_agreement.unwrap() - 2.0 / 3.0).abs() < 1e-12,
        "the third has not sealed and is not counted"
    );

    commits.push(commit(2, 2, vec![seal()]));
    assert_eq!(fold(commits.clone()).late_seals().count(), 1, "no record names it yet");
    commits.push(close(4, &commits));
    let after = fold(commits);
    let state = after.member("丙").unwrap();
    assert_eq!(state.ballot_state, BallotState::Late);
    assert_eq!(grades(&after, "丙"), [Some(Grade::A); 3], "the verdict rests on it");
    let clause = after.founding.checklist.clause("X-1").unwrap();
    assert_eq!(after.first_vote(state, clause), None);
    assert_eq!(agreement(&after), first);
    let [one, two] = after.closings.as_slice() else { panic!("{:?}", after.closings) };
    assert_eq!((one.is_supplementary, two.is_supplementary), (false, true));
}

#[test]
fn a_recused_member_sees_no_vote_and_no_verdict_until_the_visit_is_final() {
    let mut commits = sealed();
    let recusal =
        Edit::Recuse {
            name: "丙".into(), clause: Some("X-1".into()), reason: Some("亲属".parse().unwrap())
        };
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::B),
        reason: "机密".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    let verdict = Edit::Verdict { clause: "X-1".into(), value: Some(verdict) };
    commits.push(commit(0, 3, vec![recusal]));
    commits.push(close(4, &commits));
    commits.push(commit(0, 5, vec![verdict]));
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

    let opened = NAMES.map(MemberName::new).into();
    let record = Digest([0; 32]);
    let last =
        |place: usize| commits.iter().filter(|it| it.feed == commit(place, 1, Vec::new()).feed).count();
    let signs: Vec<_> = (1..NAMES.len())
        .map(|place| commit(place, last(place) as u64 + 1, vec![Edit::Sign { record, on: None }]))
        .collect();
    commits.extend(signs);
    let end =
        Finalisation { tips: ends(&commits), opened, waivers: Vec::new(), record, revises: None, on: None };
    commits.push(commit(0, 6, vec![Edit::Final(end)]));
    assert_eq!(Outcome::seen_by(&fold(commits), "丙").withheld().count(), 0);
}
