//! The gate that laptops ask before they record, held against the fold, which reads the commits of those who do not ask: what
//! the gate refuses changes nothing that counts, whoever signs it, and what it permits does what it says.

use std::{collections::BTreeSet, sync::Arc};

use hecha::domain::{
    ballot::Position,
    checklist::profile::{Gate, GatePeriod, MergeMethod},
    edit::{
        Choice, Edit, Founding, Stand,
        commit::{CommitContent, LoggedCommit},
        declaration::Declaration,
        dissent::Dissent,
        mandate::Mandate,
        objection::Objection,
        plan::Plan as WorkPlan,
        rectify::{Closure, Plan, Problem, RectifyStep, Submission},
        verdict::{Decision, GateDecision, GateState, LeadVerdict},
        waiver::Finalisation,
    },
    facility::{
        Stage,
        profile::{ProfileField, ProfileValue},
    },
    outcome::Outcome,
    permit::{Refusal, permit, permit_outside},
    terms::{
        date::Date,
        digest::Digest,
        field::Field,
        grade::Grade,
        id::{CommitId, FeedId, MemberName, SubmissionId, VisitId},
        lang::Lang,
        source::Source,
    },
    visit::Visit,
};

use crate::fixture::panel;

/// The lead, a deputy, a member, one who is recused from the first clause, one who never seals.
const NAMES: [&str; 5] = ["甲", "乙", "丙", "丁", "戊"];
const CLAUSES: [&str; 2] = ["X-1", "X-2"];
/// Nobody's device.
const STRANGER: usize = 9;

/// How far a visit has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Scoring,
    Sealed,
    Closed,
    Signed,
    Final,
}

/// More commits than anybody makes here.
const MANY: u64 = 99;

/// Commits in the making.
#[derive(Clone, Default)]
struct Commits(Vec<LoggedCommit>);

impl Commits {
    fn add(&mut self, who: usize, edits: Vec<Edit>) {
        let n = self.0.iter().filter(|it| it.feed == feed(who)).count() as u64 + 1;
        let id = |n: u64| CommitId::new(format!("{who}-{n}"));
        self.0.push(LoggedCommit {
            id: id(n),
            feed: feed(who),
            n,
            previous: (n > 1).then(|| id(n - 1)),
            lamport: n,
            // Everybody knows everything, so that a later word replaces an earlier one.
            seen: Arc::new(self.ids()),
            content: CommitContent::Edits(edits),
        });
    }

    fn ids(&self) -> BTreeSet<CommitId> {
        self.0.iter().map(|commit| commit.id.clone()).collect()
    }

    fn fold(&self) -> Visit {
        let gate = Gate {
            id: "G-1".into(),
            title: panel::text("否决情形"),
            text: panel::text("否决情形"),
            lookback_months: None,
            period: GatePeriod::Rolling,
            optional: false,
            bars: Vec::new(),
            source: Source::own_default(),
        };
        let profile = panel::profile(MergeMethod::Median, Vec::new(), vec![gate]);
        let clauses = CLAUSES.map(|id| panel::clause(id, "x", false, None));
        let founding = Founding {
            facility: "某院".parse().unwrap(),
            stage: Stage::County,
            date: Date::new(2026, 11, 30).unwrap(),
            lookback: None,
            roster: NAMES.map(|name| panel::member(name, Field::Medicine)).to_vec(),
            checklist: Arc::new(panel::checklist(profile, clauses.to_vec())),
            checklist_hash: String::new(),
            draw: None,
            mandate: Mandate::default(),
        };
        Visit::fold(VisitId::new("v"), Arc::new(founding), &feed(0), None, self.0.clone())
    }
}

fn feed(who: usize) -> FeedId {
    FeedId::new(format!("feed-{who}"))
}

fn name(who: usize) -> MemberName {
    MemberName::new(NAMES.get(who).copied().unwrap_or("外人"))
}

fn visit_at(phase: Phase) -> Commits {
    let mut commits = Commits::default();
    let admit = |who: usize| Edit::Admit { feed: feed(who), name: name(who), expert: None, checked: true };
    let recuse =
        Edit::Recuse { name: name(3), clause: Some("X-1".into()), reason: Some("亲属".parse().unwrap()) };
    for who in 1..NAMES.len() {
        commits.add(who, vec![Edit::Join { name: name(who), expert: None }]);
    }
    commits.add(STRANGER, vec![Edit::Join { name: name(STRANGER), expert: None }]);
    let seats = (1..NAMES.len()).map(admit).chain([Edit::Deputy { name: name(1) }, recuse]);
    commits.add(0, seats.collect());
    for who in 0..NAMES.len() {
        let votes = CLAUSES.iter().filter(|id| !(who == 3 && **id == "X-1"));
        commits.add(who, votes.map(|id| panel::grade(id, Grade::B)).collect());
    }
    if phase == Phase::Scoring {
        return commits;
    }
    for who in 0..4 {
        commits.add(who, vec![panel::submit()]);
    }
    if phase == Phase::Sealed {
        // The seals have reached the lead.
        let heads = (1..4).map(|who| (feed(who), MANY)).collect();
        commits.add(0, vec![Edit::Receipt { heads }]);
        return commits;
    }
    let tips = commits.ids();
    commits.add(0, vec![Edit::Close { tips }]);
    if phase == Phase::Closed {
        return commits;
    }
    for who in 1..4 {
        commits.add(who, vec![Edit::Sign { record: Digest([0; 32]), on: None }]);
    }
    if phase == Phase::Final {
        let end = final_record(&commits);
        commits.add(0, vec![end]);
    }
    commits
}

fn final_record(commits: &Commits) -> Edit {
    let opened = (0..4).map(name).collect();
    let record = Digest([0; 32]);
    Edit::Final(Finalisation {
        tips: commits.ids(),
        opened,
        waivers: Vec::new(),
        record,
        revises: None,
        on: None,
    })
}

/// One edit of every kind that people ask for, about `clause`; each would change something where it is let.
fn edits(commits: &Commits, clause: &str) -> Vec<Edit> {
    let stand = Stand { choice: Choice::Grade(Grade::D), reason: "改".parse().unwrap() };
    let verdict = LeadVerdict {
        decision: Decision::Grade(Grade::A),
        reason: "合议".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    let recusals = BTreeSet::from([None]);
    let said = Dissent { cause: None, text: "不同".parse().unwrap(), minority: false, on: None };
    let objection = Objection {
        by: "院长".parse().unwrap(),
        text: "异议".parse().unwrap(),
        answer: "".parse().unwrap(),
        on: None,
    };
    vec![
        panel::grade(clause, Grade::D),
        Edit::Declare(Declaration { text: "关系".parse().unwrap(), recusals }),
        Edit::Submit { tips: commits.ids() },
        Edit::Unseal,
        Edit::Close { tips: commits.ids() },
        Edit::ClearVote { clause: clause.into(), value: Some(stand) },
        Edit::Verdict { clause: clause.into(), value: Some(verdict) },
        Edit::Gate {
            gate: "G-1".into(),
            value: Some(GateDecision { state: GateState::Tripped, reason: "公函".parse().unwrap() }),
        },
        Edit::Plan(Some(plan(clause, &[0, 1, 2]).into())),
        Edit::Recuse { name: name(2), clause: Some("X-2".into()), reason: Some("亲属".parse().unwrap()) },
        // Who never seals, and who does.
        Edit::Absent { name: name(4), reason: Some("生病".parse().unwrap()) },
        Edit::Absent { name: name(2), reason: Some("生病".parse().unwrap()) },
        Edit::Facility { field: ProfileField::Beds, value: Some(ProfileValue::Count(20)) },
        Edit::Objection { clause: None, value: Some(objection) },
        Edit::Dissent { clause: clause.into(), value: Some(said) },
        Edit::Sign { record: Digest([7; 32]), on: None },
        Edit::Deputy { name: name(2) },
        Edit::Office { feed: feed(STRANGER) },
        Edit::Retire { feed: feed(2), n: 1 },
        final_record(commits),
    ]
}

/// Who votes on a clause, by place in the roster; nobody on any other.
fn plan(clause: &str, members: &[usize]) -> WorkPlan {
    let mut plan = WorkPlan::new("7".parse().unwrap(), None);
    members.iter().for_each(|at| plan.give(&clause.into(), &name(*at)));
    plan
}

/// Everything that counts, as text.
fn what_counts(visit: &Visit) -> String {
    let members: Vec<String> = visit
        .members
        .iter()
        .map(|state| {
            // Who is left out goes on in drafts of their own.
            let counted = visit.clauses().filter(|_| !visit.closed || state.ballot_state.counts());
            let votes: Vec<Position> = counted.map(|it| visit.vote(state, it).position).collect();
            let clear: Vec<_> = CLAUSES.iter().map(|id| state.clear_vote(id)).collect();
            let said: Vec<_> = CLAUSES.iter().map(|id| state.dissent(id)).collect();
            format!("{votes:?} {:?} {clear:?} {said:?} {:?}", state.ballot_state, state.signed)
        })
        .collect();
    let verdicts: Vec<_> = CLAUSES.iter().map(|id| visit.lead_verdict(id)).collect();
    let objections: Vec<_> = visit.objections().collect();
    let absent: Vec<_> = visit.absentees().collect();
    let late: Vec<&MemberName> = visit.late_seals().map(|state| &state.member.name).collect();
    format!(
        "{members:?} {late:?} {absent:?} {verdicts:?} {:?} {:?} {:?} {:?} {:?} {objections:?} {} {} {:?} {:?}",
        visit.gate_decision("G-1"),
        visit.plan(),
        visit.recusals,
        visit.afterwards,
        visit.facility_profile(),
        visit.closings.len(),
        visit.finalised.is_some(),
        visit.deputies,
        (&visit.retired, &visit.offices),
    )
}

#[test]
fn what_the_gate_refuses_changes_nothing_and_what_it_permits_does() {
    let (mut n_refused, mut n_permitted) = (0, 0);
    for phase in [Phase::Scoring, Phase::Sealed, Phase::Closed, Phase::Signed, Phase::Final] {
        let commits = visit_at(phase);
        let before = commits.fold();
        for who in [0, 1, 2, 3, 4, STRANGER] {
            let me = before.member(name(who).as_str()).map(|state| state.member.name.clone());
            for edit in CLAUSES.iter().flat_map(|clause| edits(&commits, clause)) {
                let permitted = permit(&before, me.as_ref(), &edit);
                let mut after = commits.clone();
                after.add(who, vec![edit.clone()]);
                let changes = what_counts(&after.fold()) != what_counts(&before);
                n_refused += usize::from(permitted.is_err());
                n_permitted += usize::from(permitted.is_ok());
                assert_eq!(permitted.is_ok(), changes, "{phase:?} {}: {permitted:?} {edit:?}", name(who));
            }
        }
    }
    assert!(n_refused > 300 && n_permitted > 100, "{n_refused} {n_permitted}");
}

/// What an office can say of the ledger, of an item that is open and of one that was handed in; and what it cannot.
fn steps() -> Vec<Edit> {
    let date = Date::new(2026, 12, 1).unwrap();
    let handed_in = |id: &str| Submission {
        id: SubmissionId::new(id),
        by: "王芳".parse().unwrap(),
        date,
        text: "已补齐".parse().unwrap(),
        proof: Vec::new(),
    };
    let closure = Closure {
        submission: SubmissionId::new("handed-in"),
        date,
        finding: None,
        remark: "看过".parse().unwrap(),
    };
    let plan = Plan { person: "王芳".parse().unwrap(), ..Plan::default() };
    let problem = Problem { text: "多一项".parse().unwrap(), ..Problem::default() };
    let reason = || "不清楚".parse().unwrap();
    let of = |item: &str, step: RectifyStep| Edit::Rectify { item: item.into(), step: Box::new(step) };
    vec![
        of("X-OPEN", RectifyStep::Submit(handed_in("new"))),
        of("X-DONE", RectifyStep::Close(closure)),
        of("X-DONE", RectifyStep::Reopen { reason: reason() }),
        of("X-NEW", RectifyStep::Open(problem.clone())),
        of("X-OPEN", RectifyStep::Plan(plan)),
        of("X-OPEN", RectifyStep::Strike { reason: reason() }),
        // What the panel puts there for it, and hands in.
        of("X-OPEN", RectifyStep::Open(problem.clone())),
        of("X-DONE", RectifyStep::Open(problem)),
        of("X-DONE", RectifyStep::Submit(handed_in("handed-in"))),
    ]
}

#[test]
fn an_office_works_on_the_ledger_of_a_final_visit_and_does_nothing_else() {
    const OFFICE: usize = 8;
    let mut said = Vec::new();
    for phase in [Phase::Scoring, Phase::Sealed, Phase::Closed, Phase::Final] {
        let mut commits = visit_at(phase);
        commits.add(OFFICE, vec![Edit::JoinOffice]);
        let [steps @ .., put, put_done, done] = &steps()[..] else { panic!() };
        if phase == Phase::Final {
            commits.add(
                0,
                vec![Edit::Office { feed: feed(OFFICE) }, put.clone(), put_done.clone(), done.clone()],
            );
        } else {
            commits.add(0, vec![Edit::Office { feed: feed(OFFICE) }]);
        }
        let before = commits.fold();
        assert!(before.is_office(&feed(OFFICE)) && !before.is_office(&feed(STRANGER)));
        assert!(before.pending.iter().all(|claim| claim.feed != feed(OFFICE)), "it claims no name");
        let everything = |visit: &Visit| format!("{} {:?}", what_counts(visit), visit.ledger());
        for edit in CLAUSES.iter().flat_map(|clause| edits(&commits, clause)).chain(steps.iter().cloned()) {
            for who in [OFFICE, STRANGER] {
                let permitted = permit_outside(&before, &feed(who), &edit);
                let mut after = commits.clone();
                after.add(who, vec![edit.clone()]);
                let changes = everything(&after.fold()) != everything(&before);
                assert_eq!(permitted.is_ok(), changes, "{phase:?} {who}: {permitted:?} {edit:?}");
                said.push(permitted);
            }
        }
        // Retired, it is heard no more; what it said before stays.
        let mut retired = commits.clone();
        retired.add(0, vec![Edit::Retire { feed: feed(OFFICE), n: 1 }]);
        let before = retired.fold();
        assert!(!before.is_office(&feed(OFFICE)));
        retired.add(OFFICE, steps.to_vec());
        assert_eq!(everything(&retired.fold()), everything(&before));
    }
    let n = |wanted: Result<(), Refusal>| said.iter().filter(|it| **it == wanted).count();
    assert_eq!((n(Ok(())), n(Err(Refusal::NotFinal))), (3, 9));
    assert!(n(Err(Refusal::NotTheOffices)) > 100 && n(Err(Refusal::Outside)) > 100, "{said:?}");
}

#[test]
fn from_outside_nobody_is_named_and_what_counts_of_a_final_visit_is_the_same() {
    let mut commits = visit_at(Phase::Final);
    let said = Dissent { cause: None, text: "与乙丙不同".parse().unwrap(), minority: true, on: None };
    commits.add(2, vec![Edit::Dissent { clause: "X-1".into(), value: Some(said) }]);
    let whole = commits.fold();
    // The last of the roster comes first.
    let order = |name: &MemberName| std::cmp::Reverse(NAMES.iter().position(|it| *it == name.as_str()));
    let seen = whole.from_outside(&feed(0), commits.0.clone(), order, Lang::Zh);
    let names: Vec<&str> = seen.members.iter().map(|state| state.member.name.as_str()).collect();
    assert_eq!(names, ["专家1", "专家2", "专家3", "专家4", "专家5"]);
    assert!(seen.founding.lead().unwrap().name == "专家5".into() && seen.deputies.contains("专家4"));
    assert!(!seen.hides_all() && seen.record == whole.record && seen.is_opened());
    for (mine, theirs) in seen.members.iter().rev().zip(&whole.members) {
        assert_eq!((&mine.feeds, &mine.ballot_state), (&theirs.feeds, &theirs.ballot_state));
        for clause in whole.clauses() {
            assert_eq!(seen.vote(mine, clause).position, whole.vote(theirs, clause).position);
        }
    }
    assert_eq!(seen.recusals[0].reason, "不公开");
    // Names of one character are not looked for in texts: half of all words hold one.
    assert_eq!(seen.member("专家3").unwrap().dissent("X-1").unwrap().text, "与乙丙不同");
    assert!(!NAMES.iter().any(|name| format!("{:?}", seen.members[0].member).contains(name)));
}

#[test]
fn from_outside_nothing_of_votes_and_verdicts_is_there_before_the_end() {
    for phase in [Phase::Scoring, Phase::Sealed, Phase::Closed] {
        let mut commits = visit_at(phase);
        if phase == Phase::Closed {
            let said = edits(&commits, "X-2");
            let open = [5, 6, 7, 13, 14].map(|at| said[at].clone());
            commits.add(0, open.to_vec());
        }
        commits.add(0, vec![Edit::Plan(Some(plan("X-1", &[0, 2]).into()))]);
        let whole = commits.fold();
        let order = |name: &MemberName| std::cmp::Reverse(name.clone());
        let seen = whole.from_outside(&feed(0), commits.0.clone(), order, Lang::En);
        assert!(seen.hides_all() && !seen.is_opened(), "{phase:?}");
        assert_eq!((seen.closed, &seen.record), (whole.closed, &whole.record));
        for (mine, clause) in
            seen.members.iter().flat_map(|it| seen.clauses().map(move |clause| (it, clause)))
        {
            let recused = seen.recusal(mine.member.name.as_str(), clause.id.as_str()).is_some();
            assert!(recused || seen.vote(mine, clause).position == Position::Unscored, "{phase:?}");
            assert!(!seen.may_see("", mine) && seen.awaits(mine) && seen.is_withheld("", clause.id.as_str()));
            assert!(
                mine.dissent(clause.id.as_str()).is_none() && mine.clear_vote(clause.id.as_str()).is_none()
            );
        }
        assert!(
            CLAUSES.iter().all(|id| seen.lead_verdict(id).is_none()) && seen.gate_decision("G-1").is_none()
        );
        assert_eq!(seen.objections().count(), 0);
        // Who owes what goes by the roster all the same.
        let fields = |visit: &Visit| -> Vec<Vec<String>> {
            let owing = visit.clauses().map(|clause| visit.owing(clause));
            let feeds = |names: BTreeSet<&MemberName>| {
                let feeds =
                    names.iter().map(|name| visit.member(name.as_str()).unwrap().feeds[0].to_string());
                let mut feeds: Vec<String> = feeds.collect();
                feeds.sort();
                feeds
            };
            owing.map(feeds).collect()
        };
        assert_eq!(fields(&seen), fields(&whole), "{phase:?}");
        let outcome = Outcome::seen_by(&seen, "");
        assert!(outcome.clauses.iter().all(|it| it.withheld && it.verdict.is_none()));
        assert!(outcome.gates.iter().all(|(_, state)| state.is_none()));
    }
}

#[test]
fn the_gate_says_why() {
    let refused = |phase: Phase, who: usize, at: usize| {
        let commits = visit_at(phase);
        let edit = edits(&commits, "X-1").swap_remove(at);
        permit(&commits.fold(), Some(&name(who)), &edit).err()
    };
    let [vote, _, submit, unseal, close, clear, verdict, ..] = [0, 1, 2, 3, 4, 5, 6, 7];
    for (phase, who, edit, why) in [
        (Phase::Scoring, 2, unseal, Some(Refusal::NothingSealed)),
        (Phase::Scoring, 2, close, Some(Refusal::NotTheLead)),
        (Phase::Scoring, 0, close, Some(Refusal::NotSealed)),
        (Phase::Scoring, 3, vote, Some(Refusal::Recused)),
        (Phase::Scoring, 2, clear, Some(Refusal::NotClosed)),
        (Phase::Sealed, 2, vote, Some(Refusal::Sealed)),
        (Phase::Sealed, 2, unseal, None),
        (Phase::Sealed, 1, close, None),
        (Phase::Sealed, 0, verdict, Some(Refusal::NotClosed)),
        (Phase::Closed, 2, vote, Some(Refusal::Closed)),
        (Phase::Closed, 4, submit, None),
        (Phase::Closed, 2, unseal, Some(Refusal::Closed)),
        (Phase::Closed, 3, clear, Some(Refusal::Recused)),
        (Phase::Closed, 1, verdict, None),
        (Phase::Final, 0, verdict, Some(Refusal::NotObjected)),
        (Phase::Final, 1, clear, Some(Refusal::NotObjected)),
        (Phase::Final, STRANGER, vote, Some(Refusal::NotAMember)),
    ] {
        assert_eq!(refused(phase, who, edit), why, "{phase:?} {who} {edit}");
    }
}
