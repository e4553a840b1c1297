//! The fold of a visit under any membership edits, forks and clones: order never matters, nobody speaks for others, a counted vote stays.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hecha::domain::{
    ballot::{Position, seal::BallotState},
    checklist::profile::MergeMethod,
    edit::{
        BallotKey, Choice, Edit, Expert, Founding, Stand,
        commit::{CommitContent, LoggedCommit},
        verdict::{Decision, LeadVerdict},
        waiver::Finalisation,
    },
    facility::Stage,
    terms::{
        date::Date,
        digest::Digest,
        field::Field,
        grade::Grade,
        id::{CommitId, FeedId, MemberName, VisitId},
    },
    visit::{MemberState, Visit},
};
use proptest::prelude::*;

use crate::fixture::panel;

const NAMES: [&str; 3] = ["甲", "乙", "丙"];
const N_FEEDS: usize = 6;
const CLAUSES: [&str; 2] = ["EM-01", "EM-02"];

fn feed(index: usize) -> FeedId {
    FeedId::new(format!("feed-{index}"))
}

fn id(index: usize) -> CommitId {
    CommitId::new(format!("commit-{index:03}"))
}

/// Somebody's next commit: one edit, perhaps beside the commit made last (a fork), perhaps in knowledge of the others.
#[derive(Debug, Clone)]
struct Move {
    author: usize,
    edit: Edit,
    forks: bool,
    sees: bool,
}

fn commits(moves: &[Move]) -> Vec<LoggedCommit> {
    let mut made: Vec<LoggedCommit> = Vec::new();
    for (index, it) in moves.iter().enumerate() {
        let author = feed(it.author);
        let own = |made: &[LoggedCommit]| made.iter().rfind(|commit| commit.feed == author).cloned();
        let last = own(&made);
        let (n, previous) = match last {
            None => (1, None),
            Some(last) if it.forks => (last.n, last.previous),
            Some(last) => (last.n + 1, Some(last.id)),
        };
        let mut seen: BTreeMap<FeedId, CommitId> = BTreeMap::new();
        if it.sees {
            for commit in made.iter().filter(|commit| commit.feed != author) {
                seen.insert(commit.feed.clone(), commit.id.clone());
            }
        }
        made.push(LoggedCommit {
            id: id(index),
            feed: author,
            n,
            previous,
            lamport: index as u64 + 1,
            seen: Arc::new(seen.into_values().collect()),
            content: CommitContent::Edits(vec![it.edit.clone()]),
        });
    }
    made
}

fn fold(commits: Vec<LoggedCommit>) -> Visit {
    let clauses = CLAUSES.map(|id| panel::clause(id, "emergency", false, None));
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let founding = Founding {
        facility: "某院".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 11, 21).unwrap(),
        lookback: None,
        roster: NAMES.map(|name| panel::member(name, Field::Medicine)).into(),
        checklist: Arc::new(panel::checklist(profile, clauses.into())),
        checklist_hash: "hash".to_owned(),
        draw: None,
        mandate: Default::default(),
    };
    Visit::fold(VisitId::new("visit"), Arc::new(founding), &feed(0), None, commits)
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let name = || prop::sample::select(vec!["甲", "乙", "丙", "丁"]).prop_map(MemberName::new);
    let any_feed = || (0..N_FEEDS).prop_map(feed);
    let clause = || prop::sample::select(CLAUSES.to_vec());
    let grade = || prop::sample::select(Grade::ALL.to_vec());
    let expert = |is_new: bool| is_new.then(|| Expert { field: Field::Nursing, title: "".parse().unwrap() });
    // Up to all commits that can be there, and some that are not.
    let tips = || prop::collection::btree_set((0_usize..32).prop_map(id), 0..24);
    prop_oneof![
        4 => (name(), any::<bool>()).prop_map(move |(name, new)| Edit::Join { name, expert: expert(new) }),
        3 => (any_feed(), name(), any::<bool>(), any::<bool>()).prop_map(move |(feed, name, new, checked)| {
            Edit::Admit { feed, name, expert: expert(new), checked }
        }),
        2 => name().prop_map(|name| Edit::Deputy { name }),
        2 => any_feed().prop_map(|feed| Edit::Device { feed }),
        2 => (any_feed(), 0_u64..4).prop_map(|(feed, n)| Edit::Retire { feed, n }),
        6 => (clause(), grade()).prop_map(|(clause, grade)| panel::grade(clause, grade)),
        4 => tips().prop_map(|tips| Edit::Submit { tips }),
        1 => Just(Edit::Unseal),
        1 => Just(Edit::Key { key: BallotKey([7; 32]) }),
        2 => tips().prop_map(|tips| Edit::Close { tips }),
        1 => tips().prop_map(|tips| Edit::Final(Finalisation {
            tips,
            opened: NAMES.map(MemberName::new).into(),
            waivers: Vec::new(),
            record: Digest([0; 32]), revises: None, on: None
        })),
        1 => (name(), prop::option::of(clause()), any::<bool>()).prop_map(|(name, clause, lifts)| Edit::Recuse {
            name,
            clause: clause.map(Into::into),
            reason: (!lifts).then(|| "亲属".parse().unwrap()),
        }),
        1 => (name(), any::<bool>()).prop_map(|(name, is_back)| Edit::Absent {
            name,
            reason: (!is_back).then(|| "生病".parse().unwrap()),
        }),
        1 => (clause(), grade()).prop_map(|(clause, grade)| Edit::ClearVote {
            clause: clause.into(),
            value: Some(Stand { choice: Choice::Grade(grade), reason: "合议".parse().unwrap() }),
        }),
        2 => (clause(), grade()).prop_map(|(clause, grade)| Edit::Verdict {
            clause: clause.into(),
            value: Some(LeadVerdict {
                decision: Decision::Grade(grade),
                reason: "合议".parse().unwrap(),
                cites: Vec::new(),
                clear: Vec::new(),
            }),
        }),
    ]
}

fn any_moves() -> impl Strategy<Value = Vec<Move>> {
    let one = (0..N_FEEDS, any_edit(), prop::bool::weighted(0.15), any::<bool>());
    prop::collection::vec(
        one.prop_map(|(author, edit, forks, sees)| Move { author, edit, forks, sees }),
        1..30,
    )
}

/// The same commits, some of which say nothing.
fn silenced(commits: &[LoggedCommit], is_out: impl Fn(&LoggedCommit) -> bool) -> Vec<LoggedCommit> {
    let mut commits = commits.to_vec();
    for commit in &mut commits {
        if is_out(commit) {
            commit.content = CommitContent::Edits(Vec::new());
        }
    }
    commits
}

/// Whether a device is a member's, or was when the ballot was counted.
fn sits(state: &MemberState, feed: &FeedId) -> bool {
    state.feeds.contains(feed) || state.counted_feeds.contains(feed)
}

/// What the panel's word amounts to, apart from who waits outside.
fn said(visit: &Visit) -> Vec<String> {
    let mut said: Vec<String> = visit
        .members
        .iter()
        .map(|state| {
            let votes: Vec<Position> =
                visit.clauses().map(|clause| visit.vote(state, clause).position).collect();
            format!("{:?} {votes:?}", state)
        })
        .collect();
    said.extend(CLAUSES.map(|clause| format!("{:?}", visit.lead_verdict(clause))));
    said.push(format!("{} {:?} {:?} {:?}", visit.closed, visit.recusals, visit.deputies, visit.retired));
    said
}

#[test]
fn a_deputy_without_a_field_or_a_seat_does_not_close_the_scoring() {
    let by = |author, edit| Move { author, edit, forks: false, sees: false };
    let admit = |expert| Edit::Admit { feed: feed(3), name: "丁".into(), expert, checked: true };
    let closed = |expert| {
        let join = by(3, Edit::Join { name: "丁".into(), expert: None });
        let seal = by(3, Edit::Submit { tips: BTreeSet::new() });
        let close = by(3, Edit::Close { tips: (0..4).map(id).collect() });
        fold(commits(&[by(0, Edit::Deputy { name: "丁".into() }), by(0, admit(expert)), join, seal, close]))
            .closed
    };
    assert!(!closed(None), "nobody sits there");
    assert!(closed(Some(Expert { field: Field::Nursing, title: "".parse().unwrap() })));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition_of_the_same_commits_gives_the_same_visit(
        moves in any_moves(), seed in any::<u64>()
    ) {
        let commits = commits(&moves);
        let mut shuffled = commits.clone();
        shuffled.extend(commits.iter().step_by(3).cloned());
        let mut state = seed;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        prop_assert_eq!(fold(commits), fold(shuffled));
    }

    /// A device without a seat may say what it likes: no ballot, verdict, seat or deputy changes. Only its claim of a name
    /// stands beside other claims of it, of which none holds then.
    #[test]
    fn a_device_without_a_seat_changes_nothing(moves in any_moves()) {
        let commits = commits(&moves);
        let visit = fold(commits.clone());
        // What a closing record names was said by whoever sat there then.
        let named: BTreeSet<&CommitId> = visit.closings.iter().flat_map(|it| &it.tips).collect();
        let seated = |feed: &FeedId| {
            visit.members.iter().any(|state| sits(state, feed))
                || commits.iter().any(|commit| &commit.feed == feed && named.contains(&commit.id))
        };
        for outsider in (0..N_FEEDS).map(feed).filter(|feed| !seated(feed)) {
            let speaks =
                |commit: &LoggedCommit| commit.feed == outsider && !matches!(commit.edits(), [Edit::Join { .. }]);
            let without = silenced(&commits, speaks);
            prop_assert_eq!(said(&fold(without)), said(&visit));
        }
    }

    /// A device sits at one name only, and what one member says never moves another member's vote.
    #[test]
    fn each_device_sits_once_and_votes_for_its_own_member_only(moves in any_moves()) {
        let commits = commits(&moves);
        let visit = fold(commits.clone());
        let mut seats: Vec<&FeedId> = visit.members.iter().flat_map(|state| &state.feeds).collect();
        let n = seats.len();
        seats.sort();
        seats.dedup();
        prop_assert_eq!(n, seats.len());
        for state in &visit.members {
            let is_own = |commit: &LoggedCommit| sits(state, &commit.feed);
            let is_ballot = |commit: &LoggedCommit| matches!(commit.edits(), [Edit::Vote { .. }]);
            let alone = fold(silenced(&commits, |commit| !is_own(commit) && is_ballot(commit)));
            prop_assert_eq!(&alone.member(state.member.name.as_str()).unwrap().ballot, &state.ballot);
        }
    }

    /// Once a closing record names a seal, the vote stays what it was or is a visible conflict of one person's two laptops:
    /// whatever the members and the lead add, from whichever device and on whichever branch of a feed, another closing
    /// record that knows nothing of the first included.
    #[test]
    fn a_vote_that_a_closing_record_names_never_silently_changes(
        before in prop::collection::vec((0_usize..2, 0_usize..2, prop::sample::select(Grade::ALL.to_vec())), 1..6),
        late in prop::collection::vec((0..N_FEEDS, any_edit(), prop::bool::weighted(0.3), any::<bool>()), 1..12),
        late_seal in any::<bool>(),
    ) {
        let lead = |edit| Move { author: 0, edit, forks: false, sees: false };
        let admit = |index| lead(Edit::Admit { feed: feed(index), name: "乙".into(), expert: None, checked: true });
        let vote = |(device, clause, grade): (usize, usize, Grade)| Move {
            author: device + 1,
            edit: panel::vote(CLAUSES[clause], Choice::Grade(grade), "理由"),
            forks: false,
            sees: true,
        };
        let join = |author| Move { author, edit: Edit::Join { name: "乙".into(), expert: None }, forks: false, sees: false };
        let mut moves = vec![admit(1), admit(2), lead(Edit::Submit { tips: BTreeSet::new() }), join(1), join(2)];
        moves.extend(before.into_iter().map(vote));
        let all = |moves: &[Move]| (0..moves.len()).map(id).collect::<BTreeSet<CommitId>>();
        moves.push(Move { author: 1, edit: Edit::Submit { tips: all(&moves) }, forks: false, sees: true });
        moves.push(lead(Edit::Close { tips: all(&moves) }));
        let closed = fold(commits(&moves));
        prop_assert_eq!(closed.member("乙").unwrap().ballot_state, BallotState::Counted);
        let n_before = moves.len();
        moves.extend(late.into_iter().map(|(author, edit, forks, sees)| Move { author, edit, forks, sees }));
        // A lead who ends the visit over other commits than are there is seen to have done so.
        moves.retain(|it| !matches!(it.edit, Edit::Final(_)));
        if late_seal {
            moves.push(Move { author: 2, edit: Edit::Unseal, forks: false, sees: true });
            moves.push(Move { author: 2, edit: panel::grade(CLAUSES[0], Grade::D), forks: false, sees: true });
            moves.push(Move { author: 2, edit: Edit::Submit { tips: all(&moves) }, forks: false, sees: true });
            moves.push(lead(Edit::Close { tips: all(&moves) }));
        }
        let after = fold(commits(&moves));
        let state = |visit: &Visit| visit.member("乙").unwrap().clone();
        for clause in closed.clauses() {
            let was = closed.vote(&state(&closed), clause).position;
            let is = after.vote(&state(&after), clause).position;
            // Where the lead forks to write a second record over another laptop of a member who forked as well.
            let is_told = state(&after).ballot_state == BallotState::Late && !after.forks.is_empty();
            prop_assert!(is == was || is == Position::Conflict || is_told, "{was:?} became {is:?}");
        }
        prop_assert!(state(&after).ballot_state.counts());
        let is_added = |it: &&Move| {
            let author = feed(it.author);
            it.edit.is_ballot() && state(&after).feeds.contains(&author) && !after.retired.contains_key(&author)
        };
        let n_added = moves[n_before..].iter().filter(is_added).count();
        let is_told = state(&after).n_late >= n_added || !after.forks.is_empty();
        prop_assert!(is_told, "what comes too late is told");
    }
}

proptest! {
    // Each case folds the visit once for every commit of it.
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was held back and turns up later, in whichever feed and on whichever branch: as long as the same closing records
    /// count, so do the same seals, for the same members, and they read the same.
    #[test]
    fn what_turns_up_later_changes_no_counted_vote(moves in any_moves()) {
        let commits = commits(&moves);
        let visit = fold(commits.clone());
        let counted = |visit: &Visit| {
            let counts = |state: &&MemberState| !state.counted_seals.is_empty();
            let told = visit.members.iter().filter(counts).map(|state| {
                let votes: Vec<Position> =
                    visit.clauses().map(|clause| visit.vote(state, clause).position).collect();
                (state.member.name.clone(), state.counted_seals.clone(), state.ballot.clone(), votes)
            });
            (told.collect::<Vec<_>>(), visit.recusals.clone())
        };
        for held_back in 0..commits.len() {
            let mut before = commits.clone();
            before.remove(held_back);
            let before = fold(before);
            if before.closed && before.closings == visit.closings && before.finalised.is_some() == visit.finalised.is_some() {
                prop_assert_eq!(counted(&before), counted(&visit), "without {}", id(held_back));
            }
        }
    }
}
