//! A small visit for tests, with five members, and a program that shows it and is pressed by keys.

mod checklist;
pub(crate) mod laptops;

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use crate::{
    app::{
        failure::Failure,
        files::{FolderListing, ListedFile},
        session::SyncState,
        sync::report::SyncReport,
        visit::{founding::FoundingRequest, mandate::MandateRequest, passphrase::Lock},
    },
    domain::{
        checklist::Checklist,
        edit::{
            Choice, Edit, Founding, Member, Stand,
            commit::{CommitContent, LoggedCommit},
            declaration::Declaration,
            evidence::{EvidenceItem, MediaType},
            finding::Finding,
            mandate::Mandate,
            plan::Plan,
            waiver::Finalisation,
        },
        ending::next_step::n_undecided,
        facility::Stage,
        terms::{
            date::Date,
            digest::Digest,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::{Identity, Visit, recusal::Recusal},
    },
    tui::{
        desk::{
            effect::{Effect, Msg, Snapshot, Synced},
            tally::Tally,
        },
        drive::{model::Model, update::update},
        keys::Key,
        theme::{Glyphs, Theme},
    },
};

pub(crate) const MEMBERS: [&str; 5] = ["赵敏", "钱立", "孙悦", "李阳", "周宁"];

/// What each member graded directly on clause EM-02 and EM-04, in roster order.
const GRADES: [[Option<Grade>; 5]; 2] = [
    [Some(Grade::B), Some(Grade::B), Some(Grade::D), Some(Grade::D), Some(Grade::C)],
    [Some(Grade::A), Some(Grade::C), Some(Grade::C), Some(Grade::A), None],
];

pub(crate) fn founding() -> Founding {
    let fields = [Field::Medicine, Field::Nursing, Field::Tcm, Field::InfectionControl, Field::Information];
    let roster = MEMBERS.iter().zip(fields).map(|(name, field)| Member {
        name: MemberName::new(name),
        field,
        title: "主任医师".parse().unwrap(),
    });
    Founding {
        facility: "青禾镇中心卫生院".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 9, 1).unwrap(),
        lookback: None,
        roster: roster.collect(),
        checklist: Arc::new(checklist::checklist()),
        checklist_hash: "hash".to_owned(),
        draw: None,
        mandate: Mandate::default(),
    }
}

fn feed(member: usize) -> FeedId {
    FeedId::new(format!("feed-{member}"))
}

/// The n-th commit of a feed.
pub(crate) fn commit(member: usize, n: u64, edits: Vec<Edit>) -> LoggedCommit {
    LoggedCommit {
        id: CommitId::new(format!("{member}-{n}")),
        feed: feed(member),
        n,
        previous: (n > 1).then(|| CommitId::new(format!("{member}-{}", n - 1))),
        lamport: n + 1,
        seen: Arc::default(),
        content: CommitContent::Edits(edits),
    }
}

/// Who scores what, by place in the roster.
pub(crate) fn plan(voters: &[(&str, &[usize])]) -> Edit {
    let mut plan = Plan::new("7".parse().unwrap(), None);
    for (clause, members) in voters {
        members.iter().for_each(|at| plan.give(&(*clause).into(), &MEMBERS[*at].into()));
    }
    Edit::Plan(Some(plan.into()))
}

/// A direct grade.
pub(crate) fn grade(clause: &str, grade: Grade) -> Edit {
    let reason = if grade == Grade::D { "夜间无人值守" } else { "" };
    let stand = Stand { choice: Choice::Grade(grade), reason: reason.parse().unwrap() };
    Edit::Vote { clause: clause.into(), value: Some(stand) }
}

/// A real visit to be founded on this disk, with the same panel.
pub(crate) fn founding_request(file: PathBuf) -> FoundingRequest {
    let person =
        |name: &str| Member {
            name: name.into(), field: Field::Medicine, title: "主任医师".parse().unwrap()
        };
    FoundingRequest {
        file,
        facility: "青禾镇中心卫生院".to_owned(),
        profile: "township".to_owned(),
        stage: Stage::County,
        date: Date::new(2026, 9, 1).unwrap(),
        lookback: None,
        lead: person(MEMBERS[0]),
        members: MEMBERS[1..].iter().map(|name| person(name)).collect(),
        recusals: Vec::new(),
        draw: None,
        mandate: MandateRequest::default(),
    }
}

/// A visit in which nobody has scored; everyone has joined and declared.
pub(crate) fn fresh_visit() -> Visit {
    joined(&[Edit::Declare(Declaration::default())])
}

/// A visit in which everyone has joined and nobody declared.
pub(crate) fn undeclared_visit() -> Visit {
    joined(&[])
}

/// As [`fresh_visit`], of another checklist.
pub(crate) fn fresh_visit_of(checklist: Checklist) -> Visit {
    let founding = Founding { checklist: Arc::new(checklist), ..founding() };
    joined_to(founding, &[Edit::Declare(Declaration::default())])
}

fn joined(then: &[Edit]) -> Visit {
    joined_to(founding(), then)
}

fn joined_to(founding: Founding, then: &[Edit]) -> Visit {
    let joins = MEMBERS.iter().enumerate().map(|(index, name)| {
        let join = Edit::Join { name: MemberName::new(name), expert: None };
        let edits = (index > 0).then_some(join).into_iter().chain(then.iter().cloned());
        commit(index, 1, edits.collect())
    });
    Visit::fold(VisitId::new("visit"), Arc::new(founding), &FeedId::new("feed-0"), None, joins.collect())
}

/// The lead's closing record over the given commits.
pub(crate) fn close(commits: &[LoggedCommit]) -> Edit {
    Edit::Close { tips: commits.iter().map(|commit| commit.id.clone()).collect() }
}

/// A visit in which everyone has graded two clauses and submitted, and the lead has closed scoring.
pub(crate) fn scored_visit() -> Visit {
    folded(&ballots_closed())
}

/// The same visit, with edits that the lead made before anybody scored.
pub(crate) fn scored_visit_after(edits: Vec<Edit>) -> Visit {
    let mut commits = ballots_closed();
    if let Some(CommitContent::Edits(first)) = commits.first_mut().map(|commit| &mut commit.content) {
        first.extend(edits);
    }
    folded(&commits)
}

/// The same visit while scoring is not closed.
pub(crate) fn sealed_visit() -> Visit {
    let mut commits = ballots_closed();
    commits.pop();
    folded(&commits)
}

/// The same visit while scoring is not closed and only the first members have submitted.
pub(crate) fn partly_sealed_visit(n: usize) -> Visit {
    let commits = ballots_closed();
    let sealed = |commit: &LoggedCommit| commit.n < 2 || (0..n).any(|member| commit.feed == feed(member));
    folded(&commits.into_iter().filter(|commit| commit.n < 3 && sealed(commit)).collect::<Vec<_>>())
}

/// The same visit with the ballot of the last member sealed only after the closing.
pub(crate) fn late_visit() -> Visit {
    let mut commits = ballots_closed();
    let late = commits.remove(commits.len() - 2);
    let closing = commits.len() - 1;
    commits.remove(closing);
    commits.push(commit(0, 3, vec![close(&commits)]));
    commits.push(late);
    folded(&commits)
}

/// The same visit, its record signed by a majority.
pub(crate) fn signed_visit() -> Visit {
    folded(&ballots_signed())
}

/// The same visit, made final.
pub(crate) fn final_visit() -> Visit {
    let mut commits = ballots_signed();
    let finalisation = Finalisation {
        tips: commits.iter().map(|commit| commit.id.clone()).collect(),
        opened: MEMBERS.iter().map(|name| MemberName::new(*name)).collect(),
        waivers: Vec::new(),
        record: Digest([9; 32]),
        revises: None,
        on: None,
    };
    commits.push(commit(0, 4, vec![Edit::Final(finalisation)]));
    folded(&commits)
}

fn folded(commits: &[LoggedCommit]) -> Visit {
    let id = VisitId::new("visit");
    Visit::fold(id, Arc::new(founding()), &FeedId::new("feed-0"), None, commits.to_vec())
}

fn ballots_signed() -> Vec<LoggedCommit> {
    let mut commits = ballots_closed();
    commits.extend(
        (1..=3).map(|member| commit(member, 3, vec![Edit::Sign { record: Digest([9; 32]), on: None }])),
    );
    commits
}

pub(crate) fn ballots_closed() -> Vec<LoggedCommit> {
    let recusal = Recusal {
        name: MemberName::new(MEMBERS[4]),
        clause: Some("EM-04".into()),
        reason: "曾在该机构任职".to_owned(),
        declared: false,
    };
    let mut commits = vec![commit(0, 1, vec![recusal.into_edit().unwrap()])];
    commits.extend((1..MEMBERS.len()).map(|index| commit(index, 1, Vec::new())));
    for (index, name) in MEMBERS.iter().enumerate() {
        let mut edits = vec![
            Edit::Join { name: MemberName::new(name), expert: None },
            Edit::Declare(Declaration::default()),
        ];
        edits.extend(GRADES[0][index].map(|it| grade("EM-02", it)));
        edits.extend(GRADES[1][index].map(|it| grade("EM-04", it)));
        edits.push(Edit::Finding {
            clause: "EM-01".into(),
            point: "C1".into(),
            value: Some(Finding::Tick(index % 2 == 1)),
        });
        edits.push(Edit::Submit { tips: BTreeSet::new() });
        commits.push(commit(index, 2, edits));
    }
    commits.push(commit(0, 3, vec![close(&commits)]));
    commits
}

/// A visit as the worker would send it; the member sits here by roster place.
pub(crate) fn snapshot(visit: Visit, member: usize) -> Box<Snapshot> {
    let names = visit.members.iter();
    let roster = names.map(|it| (it.member.name.clone(), it.identity != Identity::Absent)).collect();
    let me = MemberName::new(MEMBERS[member]);
    let undecided =
        |visit: &Visit| n_undecided(visit, &Tally::of(visit, Some(&me), &Digest([9; 32])).outcome);
    Box::new(Snapshot {
        n_undecided: if visit.closed { undecided(&visit) } else { 0 },
        chair: visit.leads(&MemberName::new(MEMBERS[member])),
        visit,
        me: Some(me),
        office: false,
        exchanges: true,
        roster,
        lead: member == 0,
        feed: feed(member),
        file: PathBuf::from("/visits/青禾.hecha"),
        sync: SyncState { pending: 0, in_file: 3, receipted: 0 },
        lock: Lock::Open,
        ticket: 0,
        record: Digest([9; 32]),
        shut: Vec::new(),
        waivers: Vec::new(),
        bookmark: None,
    })
}

/// A photo attached to a clause.
pub(crate) fn photo(clause: &str, name: &str) -> Edit {
    let item = EvidenceItem {
        name: name.to_owned(),
        caption: "".parse().unwrap(),
        point: None,
        size: 4_210_000,
        media: MediaType::Jpeg,
        sealed: Digest([0; 32]),
    };
    Edit::Evidence { clause: clause.into(), digest: Digest([7; 32]), value: Some(item) }
}

/// A folder as the worker would send it.
pub(crate) fn folder() -> FolderListing {
    let file = |name: &str, size, minute: u8| ListedFile {
        name: name.to_owned(),
        size,
        modified: format!("2026-09-01 09:{minute:02}"),
    };
    FolderListing {
        folder: PathBuf::from("/photos"),
        folders: vec!["..".to_owned(), "青禾".to_owned()],
        files: vec![file("抢救车.jpg", 3_900_000, 41), file("值班表 1.png", 830_000, 12)],
    }
}

/// The end of a sync of that visit.
pub(crate) fn synced(result: Result<SyncReport, Failure>) -> Msg {
    Msg::Synced(Synced { file: "/visits/青禾.hecha".into(), at: "2026-09-01 14:03".to_owned(), result })
}

/// A program at home, with nothing read yet.
pub(crate) fn program(lang: Lang, size: (u16, u16)) -> Model {
    Model::new(lang, Theme::new(false, Glyphs::Ascii), size)
}

/// A program with a visit open.
pub(crate) fn opened(visit: Visit, member: usize) -> Model {
    let mut model = program(Lang::Zh, (80, 24));
    update(&mut model, Msg::Opened(Ok(snapshot(visit, member))));
    model
}

/// Presses keys written as `jj<Enter><F2><C-s>`; every recording is answered as stored. Gives the effects.
pub(crate) fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in read_keys(keys) {
        for effect in update(model, Msg::Key(key)) {
            if let Effect::Record(ticket, _) = effect {
                let pending = SyncState { pending: 1, in_file: 3, receipted: 0 };
                update(model, Msg::Recorded(ticket, Ok(pending)));
            }
            effects.push(effect);
        }
    }
    effects
}

/// A program after these keys.
pub(crate) fn after(mut model: Model, keys: &str) -> Model {
    press(&mut model, keys);
    model
}

/// A program after this message.
pub(crate) fn told(mut model: Model, msg: Msg) -> Model {
    update(&mut model, msg);
    model
}

pub(crate) fn read_keys(text: &str) -> Vec<Key> {
    use crossterm::event::KeyCode;
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        if let Some((name, after)) = named {
            rest = after;
            keys.push(match name {
                "Enter" => Key::of(KeyCode::Enter),
                "Esc" => Key::of(KeyCode::Esc),
                "Tab" => Key::of(KeyCode::Tab),
                "Up" => Key::of(KeyCode::Up),
                "Down" => Key::of(KeyCode::Down),
                "Left" => Key::of(KeyCode::Left),
                "Right" => Key::of(KeyCode::Right),
                "Home" => Key::of(KeyCode::Home),
                "End" => Key::of(KeyCode::End),
                "Del" => Key::of(KeyCode::Delete),
                "Space" => Key::ch(' '),
                other => match (other.strip_prefix("C-"), other.strip_prefix('F')) {
                    (Some(c), _) => Key::ctrl(c.chars().next().unwrap()),
                    (None, Some(n)) => Key::f(n.parse().unwrap()),
                    (None, None) => panic!("no key {other}"),
                },
            });
        } else {
            keys.push(Key::ch(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}
