//! Rights at their edges, one case a rule: recusals, seats, and what may be seen of ballots, in visits as small as the rule allows.

mod absent;
mod gate;
mod plan;
mod seats;

use std::collections::BTreeSet;

use hecha::domain::{
    ballot::{Position, seal::BallotState},
    edit::{
        Choice, Edit, Stand,
        commit::CommitContent,
        declaration::Declaration,
        dissent::Dissent,
        evidence::{EvidenceItem, MediaType},
        finding::Finding,
        verdict::{Decision, LeadVerdict},
        waiver::MatterKind,
    },
    ending::readiness::{Matter, matters},
    outcome::Outcome,
    panel::coverage::{Concern, covers},
    terms::{absence::Absence, digest::Digest, grade::Grade, id::FeedId},
    visit::{Identity, MemberState, Visit},
};

use crate::fixture::{
    log::{CLAUSES, Log},
    panel,
};

const NAMES: [&str; 4] = ["甲", "乙", "丙", "丁"];

impl Log {
    /// Everybody but the lead joins.
    fn joined() -> Self {
        let mut log = Self::of(&NAMES, Vec::new());
        for who in 1..NAMES.len() {
            log.add(&who.to_string(), vec![join(who)]);
        }
        log
    }

    /// Everybody seals, and the lead closes scoring.
    fn close(&mut self) {
        for who in 0..NAMES.len() {
            self.add_last(&who.to_string(), vec![panel::submit()]);
        }
        let tips = self.ids();
        self.add_last("0", vec![Edit::Close { tips }]);
    }

    /// Three of the four sign, and the lead ends the visit with these ballots open.
    fn end<const N: usize>(&mut self, opened: [&str; N]) {
        self.sign_and_end(("0", &["0", "1", "2"]), opened, (Digest([1; 32]), None));
    }
}

fn join(who: usize) -> Edit {
    Edit::Join { name: NAMES[who].into(), expert: None }
}

fn admit(feed: &str, who: usize, checked: bool) -> Edit {
    Edit::Admit { feed: FeedId::new(feed), name: NAMES[who].into(), expert: None, checked }
}

fn recuse(who: usize, clause: Option<&str>, reason: Option<&str>) -> Edit {
    let reason = reason.map(|reason| reason.parse().unwrap());
    Edit::Recuse { name: NAMES[who].into(), clause: clause.map(Into::into), reason }
}

fn declared(recusals: &[Option<&str>]) -> Edit {
    let recusals = recusals.iter().map(|clause| clause.map(Into::into)).collect();
    Edit::Declare(Declaration { text: "亲属任职".parse().unwrap(), recusals })
}

fn finding(clause: &str, met: bool) -> Edit {
    Edit::Finding { clause: clause.into(), point: "C1".into(), value: Some(Finding::Tick(met)) }
}

fn votes(grade: Grade) -> Vec<Edit> {
    CLAUSES.iter().map(|id| panel::grade(id, grade)).collect()
}

fn position(visit: &Visit, who: usize, clause: &str) -> Position {
    let clause = visit.founding.checklist.clause(clause).unwrap();
    visit.vote(visit.member(NAMES[who]).unwrap(), clause).position
}

fn open_matters(visit: &Visit, viewer: usize) -> Vec<Matter> {
    let shown: Vec<&MemberState> =
        visit.members.iter().filter(|state| visit.may_see(NAMES[viewer], state)).collect();
    matters(visit, &Outcome::seen_by(visit, NAMES[viewer]), &shown, None)
}

fn about(found: &[Matter], kind: MatterKind) -> Vec<&str> {
    found.iter().filter(|it| it.kind == kind).flat_map(|it| &it.about).map(String::as_str).collect()
}

#[test]
fn whoever_is_recused_from_a_clause_is_not_told_that_it_lacks_votes() {
    let mut log = Log::joined();
    log.add("0", vec![recuse(1, Some("X-2"), Some("亲属"))]);
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), votes(Grade::B));
    }
    log.close();
    let visit = log.fold();
    for (viewer, counted) in [(0, true), (1, false)] {
        let covers = covers(&visit, &Outcome::seen_by(&visit, NAMES[viewer]), 0);
        assert_eq!((covers[1].counted, covers[1].n_due, covers[1].n_recused), (counted, 3, 1));
        assert!(!covers[1].concerns.contains(&Concern::Quorum), "{viewer}");
        assert_eq!(covers[0].concerns, [Concern::Parity], "four votes");
    }
}

#[test]
fn an_unmet_point_of_somebody_recused_names_no_d() {
    let mut log = Log::joined();
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), vec![panel::grade("X-2", Grade::D)]);
    }
    log.add("1", vec![finding("X-2", false)]);
    let mut named = log.clone();
    named.close();
    assert_eq!(about(&open_matters(&named.fold(), 0), MatterKind::UnnamedD), [""; 0]);
    log.add("0", vec![recuse(1, Some("X-2"), Some("亲属"))]);
    log.close();
    let visit = log.fold();
    assert_eq!(position(&visit, 1, "X-2"), Position::Absent(Absence::Recused));
    assert_eq!(about(&open_matters(&visit, 0), MatterKind::UnnamedD), ["X-2"]);
}

#[test]
fn a_conflict_in_a_ballot_is_told_to_its_member_and_to_others_only_when_it_is_open() {
    let mut log = Log::joined();
    log.add("0", vec![admit("1", 1, true)]);
    log.add("1", vec![Edit::Device { feed: FeedId::new("second") }, panel::grade("X-1", Grade::A)]);
    log.add("second", vec![join(1), panel::grade("X-1", Grade::C)]);
    let visit = log.fold();
    assert_eq!(position(&visit, 1, "X-1"), Position::Conflict);
    assert_eq!(about(&open_matters(&visit, 1), MatterKind::Conflict), ["X-1"]);
    assert_eq!(about(&open_matters(&visit, 0), MatterKind::Conflict), [""; 0]);
}

#[test]
fn a_laptop_that_waits_sees_no_vote_when_scoring_is_closed_either() {
    let mut log = Log::joined();
    log.add("stranger", vec![join(1)]);
    log.add("0", vec![admit("1", 1, true)]);
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), votes(Grade::B));
    }
    log.close();
    let seen = |own: Option<(&str, &str)>| {
        let visit = log.fold_as(own);
        let identity = visit.member("乙").unwrap().identity;
        let n = visit.members.iter().filter(|state| visit.may_see("乙", state)).count();
        (identity, n)
    };
    assert_eq!(seen(Some(("stranger", "乙"))), (Identity::Waiting, 0));
    assert_eq!(seen(Some(("1", "乙"))), (Identity::Admitted, NAMES.len()));
}

#[test]
fn a_ballot_of_which_one_laptop_s_part_is_shut_is_not_open() {
    for shut in [false, true] {
        let mut log = Log::joined();
        log.add("0", vec![admit("1", 1, true)]);
        for feed in ["second", "a-third"] {
            log.add("1", vec![Edit::Device { feed: FeedId::new(feed) }]);
            log.add(feed, vec![join(1)]);
        }
        for who in 0..NAMES.len() {
            log.add(&who.to_string(), votes(Grade::B));
        }
        let content =
            if shut { CommitContent::Sealed } else { CommitContent::Opened(vec![finding("X-1", true)]) };
        log.put("second", BTreeSet::new(), content.clone());
        log.put("a-third", BTreeSet::new(), CommitContent::Opened(vec![finding("X-2", true)]));
        for who in ["0", "1", "2", "3"] {
            let tips = if who == "1" { log.ids() } else { BTreeSet::new() };
            log.add_last(who, vec![Edit::Submit { tips }]);
        }
        let tips = log.ids();
        log.add_last("0", vec![Edit::Close { tips }]);
        let visit = log.fold();
        let state = visit.member("乙").unwrap();
        let expected = if shut { BallotState::Unopened } else { BallotState::Counted };
        assert_eq!(state.ballot_state, expected);
        assert_eq!((visit.is_opened(), visit.may_see("甲", state)), (!shut, !shut));
        assert!(visit.closed);
    }
}

#[test]
fn a_lead_who_votes_on_nothing_closes_without_a_seal() {
    let closed = |before: Vec<Edit>| {
        let mut log = Log::joined();
        log.add("0", before);
        for who in 1..NAMES.len() {
            log.add(&who.to_string(), votes(Grade::B));
            log.add(&who.to_string(), vec![panel::submit()]);
        }
        let tips = log.ids();
        log.add_last("0", vec![Edit::Close { tips }]);
        log.fold().closed
    };
    assert!(closed(vec![recuse(0, None, Some("亲属"))]));
    assert!(closed(vec![declared(&[None])]));
    assert!(!closed(vec![recuse(0, Some("X-1"), Some("亲属"))]), "from one clause is not from all");
    assert!(!closed(Vec::new()));
}

#[test]
fn all_recusals_of_a_declaration_hold_and_the_lead_s_reason_stands_for_a_clause_that_both_name() {
    let mut log = Log::joined();
    log.add("1", vec![declared(&[Some("X-1"), Some("X-2"), Some("X-3")])]);
    log.add("0", vec![recuse(1, Some("X-3"), Some("组长核实"))]);
    let visit = log.fold();
    let told: Vec<(Option<&str>, &str, bool)> = visit
        .recusals
        .iter()
        .map(|it| (it.clause.as_ref().map(|it| it.as_str()), it.reason.as_str(), it.declared))
        .collect();
    let own = ["X-1", "X-2"].map(|clause| (Some(clause), "亲属任职", true));
    assert_eq!(told, [own[0], own[1], (Some("X-3"), "组长核实", false)]);
    assert!(!visit.is_recused("乙"), "from each clause is not from the visit");
}

#[test]
fn a_recusal_stands_beside_a_lifting_that_did_not_know_of_it() {
    let recused = |reasons: [Option<&str>; 2]| {
        let mut log = Log::joined();
        log.add("0", vec![admit("1", 1, true), Edit::Deputy { name: NAMES[1].into() }]);
        log.add("0", vec![recuse(2, Some("X-1"), reasons[0])]);
        log.add("1", vec![recuse(2, Some("X-1"), reasons[1])]);
        log.fold().recusal("丙", "X-1").map(|it| it.reason.clone())
    };
    assert_eq!(recused([Some("亲属"), None]).as_deref(), Some("亲属"));
    assert_eq!(recused([None, Some("亲属")]).as_deref(), Some("亲属"));
    assert_eq!(recused([None, None]), None);
}

#[test]
fn what_is_found_out_after_the_closing_is_told_once_and_adds_nothing() {
    let mut log = Log::joined();
    log.add("1", vec![declared(&[Some("X-1")])]);
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), votes(Grade::B));
    }
    log.close();
    log.add_last("1", vec![declared(&[Some("X-1"), Some("X-2")])]);
    log.add_last("0", vec![recuse(1, Some("X-2"), Some("组长核实"))]);
    let visit = log.fold();
    let told: Vec<_> = visit.afterwards.iter().map(|it| it.clause.as_ref().map(|it| it.as_str())).collect();
    assert_eq!(told, [Some("X-2")], "what stood already is not found out since");
    let state = visit.member("乙").unwrap();
    assert_eq!(state.declaration().unwrap().recusals, BTreeSet::from([Some("X-1".into())]));
    assert_eq!(position(&visit, 1, "X-2"), Position::Grade(Grade::B));
}

#[test]
fn what_does_not_fit_a_clause_is_as_if_it_had_not_been_said() {
    let absent = Choice::Absent(Absence::NotApplicable);
    let stand = Stand { choice: absent, reason: "无".parse().unwrap() };
    let verdict = LeadVerdict {
        decision: Decision::NotApplicable,
        reason: "合议".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    // The first clause is core, and must apply.
    let mut log = Log::joined();
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), ["X-1", "X-2"].map(|id| panel::vote(id, absent, "无")).to_vec());
    }
    log.close();
    for id in ["X-1", "X-2"] {
        log.add_last("1", vec![Edit::ClearVote { clause: id.into(), value: Some(stand.clone()) }]);
        log.add_last("0", vec![Edit::Verdict { clause: id.into(), value: Some(verdict.clone()) }]);
    }
    let visit = log.fold();
    let said =
        |id: &str| (position(&visit, 1, id), visit.clear_votes(id).count(), visit.lead_verdict(id).is_some());
    assert_eq!(said("X-1"), (Position::Unscored, 0, false));
    assert_eq!(said("X-2"), (Position::Absent(Absence::NotApplicable), 1, true));
}

#[test]
fn who_is_recused_votes_on_the_clause_neither_sealed_nor_in_the_clear_nor_as_lead() {
    let mut log = Log::joined();
    log.add("0", vec![recuse(1, Some("X-1"), Some("亲属")), recuse(0, Some("X-2"), Some("亲属"))]);
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), votes(Grade::B));
    }
    log.close();
    let stand = Stand { choice: Choice::Grade(Grade::D), reason: "改".parse().unwrap() };
    for id in ["X-1", "X-2"] {
        log.add_last("1", vec![Edit::ClearVote { clause: id.into(), value: Some(stand.clone()) }]);
        log.add_last("0", vec![verdict(id)]);
    }
    let visit = log.fold();
    let said = |id: &str| (visit.clear_votes(id).count(), visit.lead_verdict(id).is_some());
    assert_eq!((said("X-1"), said("X-2")), ((0, true), (1, false)));
    let clause = visit.founding.checklist.clause("X-1").unwrap();
    let vote = visit.vote(visit.member("乙").unwrap(), clause);
    assert!(!vote.direct && vote.reason == "亲属", "{vote:?}");
    let due: Vec<&str> = visit.owing(clause).into_iter().map(|name| name.as_str()).collect();
    assert_eq!(due, ["丁", "丙", "甲"], "nobody recused owes a vote");
}

#[test]
fn a_remark_or_a_signature_before_the_closing_is_none() {
    let said = Dissent { cause: None, text: "不同".parse().unwrap(), minority: false, on: None };
    let edits = vec![
        Edit::Dissent { clause: "X-1".into(), value: Some(said) },
        Edit::Sign { record: Digest([7; 32]), on: None },
    ];
    let mut log = Log::joined();
    log.add("1", [votes(Grade::B), edits.clone()].concat());
    for who in [0, 2, 3] {
        log.add(&who.to_string(), votes(Grade::B));
    }
    log.close();
    let told = |visit: &Visit| {
        let state = visit.member("乙").unwrap();
        (state.dissent("X-1").is_some(), state.signed.len())
    };
    assert_eq!(told(&log.fold()), (false, 0));
    log.add_last("1", edits);
    assert_eq!(told(&log.fold()), (true, 1));
}

fn verdict(clause: &str) -> Edit {
    let value = LeadVerdict {
        decision: Decision::Grade(Grade::A),
        reason: "合议".parse().unwrap(),
        cites: Vec::new(),
        clear: Vec::new(),
    };
    Edit::Verdict { clause: clause.into(), value: Some(value) }
}

#[test]
fn who_has_not_sealed_is_told_and_nobody_who_has() {
    let names = |members: Vec<&MemberState>| -> Vec<String> {
        members.into_iter().map(|state| state.member.name.to_string()).collect()
    };
    let mut log = Log::joined();
    for who in 0..NAMES.len() {
        log.add(&who.to_string(), votes(Grade::B));
    }
    for who in ["0", "1"] {
        log.add(who, vec![panel::submit()]);
    }
    assert_eq!(names(log.fold().unsealed().collect()), ["丙", "丁"]);
    assert!(!log.fold().is_opened(), "scoring is not closed");
    let tips = log.ids();
    log.add_last("0", vec![Edit::Close { tips }]);
    log.add("2", vec![panel::submit()]);
    let visit = log.fold();
    assert_eq!(names(visit.late_seals().collect()), ["丙"]);
    assert_eq!(names(visit.unsealed().collect()), ["丁"]);
    assert!(visit.is_opened());
}

#[test]
fn a_shut_ballot_is_waited_for_until_the_end_and_no_longer() {
    let mut log = Log::joined();
    log.put("1", BTreeSet::new(), CommitContent::Sealed);
    log.close();
    let awaited = |visit: &Visit| visit.awaits(visit.member("乙").unwrap());
    let visit = log.fold();
    assert_eq!((awaited(&visit), visit.is_opened()), (true, false));
    log.end(["甲", "丙", "丁"]);
    let visit = log.fold();
    assert_eq!((visit.finalised.is_some(), awaited(&visit), visit.is_opened()), (true, false, true));
}

#[test]
fn what_somebody_recused_had_attached_is_not_shown() {
    let item = EvidenceItem {
        name: "a.jpg".to_owned(),
        caption: "".parse().unwrap(),
        point: None,
        size: 1,
        media: MediaType::Jpeg,
        sealed: Digest([3; 32]),
    };
    let mut log = Log::joined();
    let attach = |clause: &str| Edit::Evidence {
        clause: clause.into(),
        digest: Digest([2; 32]),
        value: Some(item.clone()),
    };
    log.add("1", vec![attach("X-1"), attach("X-2")]);
    log.add("0", vec![recuse(1, Some("X-1"), Some("亲属"))]);
    let visit = log.fold();
    let state = visit.member("乙").unwrap();
    assert_eq!(["X-1", "X-2"].map(|clause| visit.evidence(state, clause).len()), [0, 1]);
}

#[test]
fn notes_conflict_as_votes_do_and_a_d_by_its_points_owes_no_reason() {
    let note = |text: &str| Edit::Note { clause: "X-1".into(), text: text.parse().unwrap() };
    let mut log = Log::joined();
    log.add("0", vec![admit("1", 1, true)]);
    log.add("1", vec![Edit::Device { feed: FeedId::new("second") }, note("甲"), finding("X-2", false)]);
    log.add("second", vec![join(1), note("乙")]);
    let visit = log.fold();
    assert_eq!(position(&visit, 1, "X-1"), Position::Conflict);
    let clause = visit.founding.checklist.clause("X-2").unwrap();
    let vote = visit.vote(visit.member("乙").unwrap(), clause);
    assert_eq!((vote.position, vote.owes_reason()), (Position::Grade(Grade::D), None));
}

#[test]
fn what_this_program_does_not_know_counts_up_to_the_end() {
    let unknown = || Edit::Unknown { kind: "later".to_owned(), critical: true };
    let mut log = Log::joined();
    log.add("1", vec![unknown()]);
    log.close();
    log.end(NAMES);
    log.add_last("2", vec![unknown()]);
    let visit = log.fold();
    assert_eq!((visit.n_unknown, visit.unknown_critical), (1, true));
}
