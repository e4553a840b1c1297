//! The log: what it says counts is what the fold counts, what it says was replaced is what stood before, and nobody reads in it of
//! a ballot that is not theirs to see, whatever keys are known and whoever writes what.

mod examples;

use std::{collections::BTreeSet, sync::Arc};

use hecha::{
    domain::{
        checklist::profile::MergeMethod,
        edit::{
            Choice, Edit, Founding, Stand,
            commit::{CommitContent, LoggedCommit},
            declaration::Declaration,
            dissent::Dissent,
            finding::Finding,
            mandate::Mandate,
            verdict::{Decision, LeadVerdict},
        },
        facility::Stage,
        log::{
            Log, Reader, Recorded, Subject,
            entry::{About, By, Entry, Kind},
        },
        terms::{
            date::Date,
            digest::Digest,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::Visit,
    },
    report::log_json,
    words,
};
use proptest::prelude::*;

use crate::fixture::panel;

/// The lead, two members, one who is recused from the first clause, and somebody outside.
const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];
const RECUSED: usize = 3;
const CLAUSES: [&str; 2] = ["X-1", "X-2"];
/// The second laptop of a member.
const SECOND: usize = 11;
const RECORD: Digest = Digest([0; 32]);

fn feed(who: usize) -> FeedId {
    FeedId::new(format!("feed-{who}"))
}

fn name(who: usize) -> MemberName {
    MemberName::new(NAMES[who % 10])
}

fn founding() -> Arc<Founding> {
    let profile = panel::profile(MergeMethod::Median, Vec::new(), Vec::new());
    let clauses = CLAUSES.map(|id| panel::clause(id, "x", false, None));
    Arc::new(Founding {
        facility: "某院".parse().unwrap(),
        stage: Stage::County,
        date: Date::new(2026, 11, 30).unwrap(),
        lookback: None,
        roster: NAMES.map(|name| panel::member(name, Field::Medicine)).to_vec(),
        checklist: Arc::new(panel::checklist(profile, clauses.to_vec())),
        checklist_hash: String::new(),
        draw: None,
        mandate: Mandate::default(),
    })
}

/// Commits in the making. What is sealed can be read by whoever has the commits: the worst that can be.
#[derive(Clone, Default)]
struct Commits(Vec<LoggedCommit>);

impl Commits {
    /// All have joined; the second member has two laptops.
    fn joined() -> Self {
        let mut commits = Self::default();
        let admit =
            |who: usize| Edit::Admit { feed: feed(who), name: name(who), expert: None, checked: true };
        commits.add(
            0,
            true,
            vec![
                Edit::Recuse {
                    name: name(RECUSED),
                    clause: Some(CLAUSES[0].into()),
                    reason: Some("亲属".parse().unwrap()),
                },
                admit(1),
                admit(SECOND),
            ],
        );
        for who in 1..NAMES.len() {
            commits.add(who, true, vec![Edit::Join { name: name(who), expert: None }]);
        }
        commits.add(SECOND, true, vec![Edit::Join { name: name(1), expert: None }]);
        commits
    }

    fn add(&mut self, who: usize, knows_all: bool, edits: Vec<Edit>) -> CommitId {
        let n = self.0.iter().filter(|it| it.feed == feed(who)).count() as u64 + 1;
        let id = |n: u64| CommitId::new(format!("{who}-{n}"));
        let is_ballot = edits.iter().any(Edit::is_ballot);
        let seen = if knows_all { self.ids() } else { BTreeSet::new() };
        self.0.push(LoggedCommit {
            id: id(n),
            feed: feed(who),
            n,
            previous: (n > 1).then(|| id(n - 1)),
            lamport: self.0.len() as u64 + 1,
            seen: Arc::new(seen),
            content: if is_ballot { CommitContent::Opened(edits) } else { CommitContent::Edits(edits) },
        });
        id(n)
    }

    fn ids(&self) -> BTreeSet<CommitId> {
        self.0.iter().map(|commit| commit.id.clone()).collect()
    }

    fn recorded(&self) -> Recorded {
        Recorded::fold(VisitId::new("v"), founding(), &feed(0), None, self.0.clone())
    }

    fn visit(&self) -> Visit {
        Visit::fold(VisitId::new("v"), founding(), &feed(0), None, self.0.clone())
    }

    /// What a member reads; `None` = somebody outside.
    fn log(&self, who: Option<usize>, subject: Option<&str>) -> Log {
        let (me, feed) = (who.map(name), feed(who.unwrap_or(99)));
        let reader = Reader { me: me.as_ref(), feed: &feed, delivered: u64::MAX, record: &RECORD };
        let subject = subject.map(|id| Subject::Clause(id.into()));
        match who {
            Some(_) => self.recorded().log(reader, subject),
            None => {
                let order = |name: &MemberName| name.to_string();
                let visit = self.visit();
                Recorded::from_outside(&visit, &self::feed(0), self.0.clone(), order, Lang::Zh)
                    .log(reader, subject)
            }
        }
    }
}

fn stand(grade: Grade, reason: &str) -> Option<Stand> {
    Some(Stand { choice: Choice::Grade(grade), reason: reason.parse().unwrap() })
}

fn vote(clause: &str, grade: Grade, reason: &str) -> Edit {
    Edit::Vote { clause: clause.into(), value: stand(grade, reason) }
}

fn verdict(clause: &str, grade: Grade, reason: &str) -> Edit {
    let verdict = LeadVerdict {
        decision: Decision::Grade(grade),
        reason: reason.parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    Edit::Verdict { clause: clause.into(), value: Some(verdict) }
}

fn said(entry: &Entry, log: &Log) -> String {
    words::log::text(log, entry, Lang::Zh)
}

/// One thing somebody does.
#[derive(Debug, Clone)]
struct Step {
    who: usize,
    act: u8,
    clause: usize,
    grade: usize,
    knows_all: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = prop::sample::select(vec![0, 1, 2, RECUSED, SECOND]);
    let step = (who, 0..12_u8, 0..2_usize, 0..4_usize, prop::bool::weighted(0.7))
        .prop_map(|(who, act, clause, grade, knows_all)| Step { who, act, clause, grade, knows_all });
    prop::collection::vec(step, 0..40)
}

/// A text that says whose it is, of which commit and about which clause, so that it can be found.
fn mark(who: usize, commits: &Commits, clause: &str) -> String {
    let n = commits.0.iter().filter(|it| it.feed == feed(who)).count() + 1;
    format!("密{who}-{n}-{clause}。")
}

fn played(steps: &[Step]) -> Commits {
    let mut commits = Commits::joined();
    for step in steps {
        let (who, clause) = (step.who, CLAUSES[step.clause]);
        let grade = [Grade::A, Grade::B, Grade::C, Grade::D][step.grade];
        let text = mark(who, &commits, clause);
        let edits = match step.act {
            0..3 => vec![vote(clause, grade, &text)],
            3 => vec![Edit::Note { clause: clause.into(), text: text.parse().unwrap() }],
            4 => vec![Edit::Finding {
                clause: clause.into(),
                point: "C1".into(),
                value: Some(Finding::Tick(step.grade > 1)),
            }],
            5 => vec![Edit::Vote { clause: clause.into(), value: None }],
            6 | 7 => vec![Edit::Submit { tips: commits.ids() }],
            8 => vec![Edit::Unseal],
            9 if who == 0 => vec![Edit::Close { tips: commits.ids() }],
            9 => vec![Edit::ClearVote { clause: clause.into(), value: stand(grade, &text) }],
            10 if who == 0 => vec![verdict(clause, grade, &text)],
            10 => {
                let text = text.parse().unwrap();
                vec![Edit::Dissent {
                    clause: clause.into(),
                    value: Some(Dissent { cause: None, text, minority: false, on: None }),
                }]
            }
            _ => {
                let recusals = BTreeSet::from([Some(clause.into())]);
                vec![Edit::Declare(Declaration { text: "无".parse().unwrap(), recusals })]
            }
        };
        commits.add(who, step.knows_all, edits);
    }
    commits
}

/// Everything that can be read in a log.
fn all_of(log: &Log) -> String {
    let json = log_json(log, |_| None, Lang::Zh).to_string();
    let told = log.entries.iter().flat_map(|entry| {
        let mut told = words::log::replaced(log, entry, Lang::Zh);
        told.push(said(entry, log));
        told
    });
    told.chain([json]).collect()
}

/// Whether a commit is of a ballot that a closing record names: before its seal, or named by it.
fn is_counted(visit: &Visit, who: usize, n: u64) -> bool {
    let state = visit.member(name(who).as_str()).unwrap();
    let by_feed = state.counted_seals.iter().filter_map(|id| id.as_str().split_once('-'));
    let seals: Vec<(usize, u64)> =
        by_feed.map(|(who, n)| (who.parse().unwrap(), n.parse().unwrap())).collect();
    // Of the other laptop of the same person it is enough that the ballot counts: what of it is named, the fold says.
    let is_before = |(sealer, last): &(usize, u64)| *sealer != who || n < *last;
    visit.closed && state.ballot_state.counts() && seals.iter().any(is_before)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nobody_reads_of_a_ballot_that_is_not_theirs_to_see(steps in steps()) {
        let commits = played(&steps);
        let visit = commits.visit();
        let secrets: Vec<(usize, u64, String)> = commits
            .0
            .iter()
            .flat_map(|commit| commit.edits().iter().map(move |edit| (commit, edit)))
            .filter_map(|(commit, edit)| {
                let text = match edit {
                    Edit::Vote { value: Some(stand), .. } => stand.reason.to_string(),
                    Edit::Note { text, .. } => text.to_string(),
                    // Said in the clear, and all the same not before the votes are open.
                    Edit::ClearVote { value: Some(stand), .. } if !visit.closed => stand.reason.to_string(),
                    Edit::Dissent { value: Some(said), .. } if !visit.closed => said.text.to_string(),
                    _ => return None,
                };
                let who = commit.feed.as_str().trim_start_matches("feed-").parse().unwrap();
                Some((who, commit.n, text))
            })
            .collect();
        for (reader, reads) in NAMES.iter().enumerate() {
            let log = commits.log(Some(reader), None);
            let all = all_of(&log);
            for (who, n, secret) in &secrets {
                let is_own = name(*who) == name(reader);
                prop_assert!(
                    is_own || is_counted(&visit, *who, *n) || !all.contains(secret),
                    "{reads} reads {secret}"
                );
            }
            let recused = visit.recusals.iter().filter(|it| it.name == name(reader));
            for clause in recused.filter_map(|it| it.clause.as_ref()) {
                let is_about = |it: &Entry| it.about.clause() == Some(clause);
                prop_assert!(!log.entries.iter().any(is_about), "{reads} reads of {clause}");
                prop_assert!(!all.contains(&format!("-{clause}。")), "{reads} reads of {clause}");
                prop_assert!(commits.log(Some(reader), Some(clause.as_str())).entries.is_empty());
            }
        }
        let outside = commits.log(None, None);
        prop_assert!(outside.entries.is_empty() && outside.n_hidden == 0, "before the end nothing at all");
    }

    #[test]
    fn what_counts_in_the_log_is_what_counts(steps in steps()) {
        let commits = played(&steps);
        let visit = commits.visit();
        for (who, name) in NAMES.iter().enumerate() {
            let log = commits.log(Some(who), None);
            let state = visit.member(name).unwrap();
            for clause in visit.clauses().filter(|it| visit.recusal(name, it.id.as_str()).is_none()) {
                let id = clause.id.as_str();
                let about = About::Clause(clause.id.clone(), None);
                let own = |it: &&Entry| it.about == about && it.by == by(who) && it.fate.counts();
                let values = |is_it: fn(&Edit) -> Option<&Option<Stand>>| -> Vec<Option<Stand>> {
                    log.entries.iter().filter(own).filter_map(|it| is_it(&it.edit)).cloned().collect()
                };
                let votes = values(|edit| if let Edit::Vote { value, .. } = edit { Some(value) } else { None });
                let is_out = visit.closed && !state.ballot_state.is_sealed();
                if is_out {
                    prop_assert!(votes.is_empty(), "{votes:?} of a ballot that does not count");
                } else if !state.ballot.conflicts(id) {
                    let stands = state.ballot.stand(id).cloned();
                    prop_assert!(votes.iter().all(|it| *it == stands), "{votes:?} {stands:?}");
                    prop_assert!(stands.is_none() || !votes.is_empty(), "{stands:?} is not in the log");
                }
                let clear =
                    values(|edit| if let Edit::ClearVote { value, .. } = edit { Some(value) } else { None });
                let stands = state.clear_vote(id).cloned();
                prop_assert!(clear.iter().all(|it| *it == stands), "{clear:?} {stands:?}");
                prop_assert!(stands.is_none() || !clear.is_empty());
            }
        }
        let log = commits.log(Some(0), None);
        let of = |kind: Kind| log.entries.iter().filter(move |it| it.kind == kind && it.fate.counts());
        for clause in visit.clauses() {
            let verdicts: Vec<String> = of(Kind::Verdict)
                .filter(|it| it.about.clause() == Some(&clause.id))
                .map(|it| said(it, &log))
                .collect();
            prop_assert_eq!(!verdicts.is_empty(), visit.lead_verdict(clause.id.as_str()).is_some());
        }
        let closings = log.entries.iter().filter(|it| matches!(it.kind, Kind::Closing | Kind::LateClosing));
        prop_assert_eq!(closings.filter(|it| it.fate.counts()).count(), visit.closings.len());
        // Nothing is told twice, and the order is that of knowledge.
        let turns: Vec<u64> = log.entries.iter().filter_map(|it| it.lamport).collect();
        prop_assert!(turns.is_sorted());
    }
}

fn by(who: usize) -> By {
    By::Member(name(who))
}
