//! What a closing record and the end bind, against members with programs of their own. Each of these was found by the storm, or
//! by reading for it; the storm (`tests/storm.rs`) plays them with everything else.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hecha::{
    app::ending::signing::record_digest,
    domain::{
        ballot::{Position, seal::BallotState},
        checklist::profile::MergeMethod,
        edit::{
            Edit, Founding,
            commit::{CommitContent, LoggedCommit},
            declaration::Declaration,
            mandate::Mandate,
            waiver::Finalisation,
        },
        facility::Stage,
        terms::{
            absence::Absence,
            date::Date,
            digest::Digest,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId, MemberName, VisitId},
        },
        visit::Visit,
    },
    share::{
        code::json::Json,
        wire::{Extra, decode_edit, encode_edit},
    },
};

use crate::fixture::panel;

const NAMES: [&str; 3] = ["甲", "乙", "丙"];
const CLAUSE: &str = "X-0";

fn commit(member: usize, n: u64, edits: Vec<Edit>) -> LoggedCommit {
    let previous = (n > 1).then(|| CommitId::new(format!("{member}-{}", n - 1)));
    after(previous, &format!("{member}-{n}"), member, n, edits)
}

fn after(previous: Option<CommitId>, id: &str, member: usize, n: u64, edits: Vec<Edit>) -> LoggedCommit {
    LoggedCommit {
        id: CommitId::new(id),
        feed: FeedId::new(format!("feed-{member}")),
        n,
        previous,
        lamport: n,
        seen: Arc::default(),
        content: CommitContent::Edits(edits),
    }
}

fn fold(commits: &[LoggedCommit]) -> Visit {
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let founding = Founding {
        facility: "机构".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 5, 12).unwrap(),
        lookback: None,
        draw: None,
        mandate: Mandate::default(),
        roster: NAMES.map(|name| panel::member(name, Field::Medicine)).to_vec(),
        checklist: Arc::new(panel::checklist(profile, vec![panel::clause(CLAUSE, "x", true, None)])),
        checklist_hash: String::new(),
    };
    let (visit, lead) = (VisitId::new("v"), FeedId::new("feed-0"));
    Visit::fold(visit, Arc::new(founding), &lead, None, commits.to_vec())
}

fn ids(ids: &[&str]) -> BTreeSet<CommitId> {
    ids.iter().map(|id| CommitId::new(*id)).collect()
}

fn declared(recusal: bool) -> Edit {
    let recusals = recusal.then(|| Some(CLAUSE.into())).into_iter().collect();
    Edit::Declare(Declaration { text: "无".parse().unwrap(), recusals })
}

fn last_word(tips: &[&str]) -> Edit {
    Edit::Final(Finalisation {
        tips: ids(tips),
        opened: NAMES.map(MemberName::new).into_iter().collect(),
        waivers: Vec::new(),
        record: Digest([1; 32]),
        revises: None,
        on: None,
    })
}

/// All give their vote and seal it, the second with what is given before; the lead closes scoring.
fn closed(second: Vec<Edit>) -> Vec<LoggedCommit> {
    let ballot = |member: usize| {
        let join = Edit::Join { name: NAMES[member].into(), expert: None };
        let vote = panel::grade(CLAUSE, if member == 1 { Grade::D } else { Grade::A });
        let before = if member == 1 { second.clone() } else { Vec::new() };
        let seal = Edit::Submit { tips: BTreeSet::new() };
        // What [`last_word`] names; that it is signed after the opening is not what is asked here.
        let sign = Edit::Sign { record: Digest([1; 32]), on: None };
        let joins = (member > 0).then_some(join).into_iter().chain([vote]).chain(before);
        [commit(member, 1, joins.collect()), commit(member, 2, vec![seal, sign])]
    };
    let mut commits: Vec<LoggedCommit> = (0..3).flat_map(ballot).collect();
    commits.push(commit(0, 3, vec![Edit::Close { tips: ids(&["0-2", "1-2", "2-2"]) }]));
    commits
}

fn position(visit: &Visit, name: &str) -> Position {
    let clause = visit.founding.checklist.clause(CLAUSE).unwrap();
    visit.vote(visit.member(name).unwrap(), clause).position
}

#[test]
fn a_declaration_after_the_closing_or_the_end_puts_no_vote_back_into_the_count() {
    let recused = Position::Absent(Absence::Recused);
    let mut commits = closed(vec![declared(true)]);
    assert_eq!(position(&fold(&commits), "乙"), recused);
    commits.push(commit(1, 3, vec![declared(false)]));
    assert_eq!(position(&fold(&commits), "乙"), recused, "after the closing");

    commits.pop();
    commits.push(commit(0, 4, vec![last_word(&["0-3", "1-2", "2-2"])]));
    let before = fold(&commits);
    commits.push(commit(1, 3, vec![declared(false)]));
    let after = fold(&commits);
    assert_eq!(position(&after, "乙"), recused, "after the end");
    assert_eq!((&after.recusals, record_digest(&after)), (&before.recusals, record_digest(&before)));
}

#[test]
fn a_deputy_s_record_beside_the_lead_s_lifts_no_recusal_and_marks_late_what_it_does_not_name() {
    let mut commits = closed(vec![declared(true)]);
    // The lead made the third a deputy; after the opening that one writes a record which names little.
    let admit =
        Edit::Admit { feed: FeedId::new("feed-2"), name: NAMES[2].into(), expert: None, checked: true };
    let close = commits.pop().unwrap();
    commits.push(commit(0, 3, vec![admit, Edit::Deputy { name: NAMES[2].into() }]));
    let tips = ids(&["0-3", "1-2", "2-2"]);
    commits.push(LoggedCommit {
        id: CommitId::new("0-4"),
        n: 4,
        previous: Some(CommitId::new("0-3")),
        ..close
    });
    let at = commits.len() - 1;
    commits[at].content = CommitContent::Edits(vec![Edit::Close { tips }]);
    let before = fold(&commits);
    commits.push(commit(2, 3, vec![Edit::Close { tips: ids(&["0-3", "2-2"]) }]));
    let after = fold(&commits);
    assert_eq!(after.closings.len(), 2);
    assert_eq!(after.recusals, before.recusals);
    let states = |visit: &Visit| visit.members.iter().map(|it| it.ballot_state).collect::<Vec<_>>();
    assert_eq!(states(&before), [BallotState::Counted; 3]);
    assert_eq!(states(&after), [BallotState::Counted, BallotState::Late, BallotState::Counted]);
}

#[test]
fn a_declaration_after_the_closing_adds_no_recusal_either() {
    let mut commits = closed(Vec::new());
    commits.push(commit(1, 3, vec![declared(true)]));
    let visit = fold(&commits);
    assert_eq!(position(&visit, "乙"), Position::Grade(Grade::D));
    assert_eq!(visit.afterwards.len(), 1, "and it is told");
}

#[test]
fn a_closing_record_with_a_gap_counts_when_the_gap_is_filled_and_not_before() {
    // The third holds back the second of three commits, which votes; the lead's record names the third, which seals.
    let mut commits = closed(Vec::new());
    commits.retain(|commit| commit.feed.as_str() != "feed-2");
    let held_back = commit(2, 2, vec![panel::grade(CLAUSE, Grade::D)]);
    let join = Edit::Join { name: NAMES[2].into(), expert: None };
    commits.insert(0, commit(2, 1, vec![join]));
    commits.push(commit(2, 3, vec![Edit::Submit { tips: BTreeSet::new() }]));
    let close = commits.iter().position(|commit| commit.id.as_str() == "0-3").unwrap();
    commits[close] = commit(0, 3, vec![Edit::Close { tips: ids(&["0-2", "1-2", "2-1", "2-3"]) }]);
    let before = fold(&commits);
    assert!(!before.closed, "nobody opens anything");
    assert_eq!(before.member("丙").unwrap().n_missing, 1, "and it is told");
    commits.push(held_back);
    let after = fold(&commits);
    assert!(after.closed);
    assert_eq!(after.member("丙").unwrap().ballot_state, BallotState::Counted);
    assert_eq!(position(&after, "丙"), Position::Grade(Grade::D));
}

#[test]
fn a_member_with_hundreds_of_branches_keeps_nobody_from_closing() {
    let mut commits = closed(Vec::new());
    commits.pop();
    for branch in 0..300 {
        let previous = Some(CommitId::new("2-2"));
        commits.push(after(previous, &format!("branch-{branch:03}"), 2, 3, Vec::new()));
    }
    let tips = fold(&commits).tips();
    for named in ["0-2", "1-2"] {
        assert!(tips.contains(named), "{named} is named");
    }
    let close = Edit::Close { tips };
    let json = encode_edit(&close, Extra::None).to_string();
    assert_eq!(decode_edit(&Json::parse(&json).unwrap()), close, "everybody can read it");
    commits.push(commit(0, 3, vec![close]));
    let visit = fold(&commits);
    let states: BTreeMap<&str, BallotState> =
        visit.members.iter().map(|it| (it.member.name.as_str(), it.ballot_state)).collect();
    assert!(states.values().all(|state| *state == BallotState::Counted), "{states:?}");
}
