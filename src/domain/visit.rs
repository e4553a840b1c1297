//! The state of a visit: a pure fold over commits. Any order and repetition of the same commits gives the same state.

pub mod member;
mod rectifications;
pub mod recusal;
pub mod rulings;
pub mod seats;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    ballot::{Ballot, Position, Vote},
    checklist::{Clause, profile::Reveal},
    edit::{
        Edit, Founding, Member, Stamp,
        assignment::Assignment,
        commit::{CommitContent, LoggedCommit, ReadHead, each_edit, last_numbers, read_head},
        evidence::EvidenceItem,
        lineage::{self, Branch, Link},
        objection::Objection,
        slot::Slot,
        verdict::{GateDecision, LeadVerdict},
        waiver::Finalisation,
    },
    facility::profile::FacilityProfile,
    terms::{
        absence::Absence,
        digest::Digest,
        id::{ClauseId, CommitId, FeedId, MemberName, VisitId},
    },
    visit::{
        rectifications::Rectifications,
        recusal::Recusal,
        rulings::Rulings,
        seats::{Claim, Seats},
    },
};

pub use member::MemberState;
pub use seats::Identity;

/// A visit as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Id.
    pub id: VisitId,
    /// What it was founded with.
    pub founding: Arc<Founding>,
    /// Members in roster order; the lead is first.
    pub members: Vec<MemberState>,
    /// Recusals that stand, in roster order.
    pub recusals: Vec<Recusal>,
    /// Whether the lead has closed scoring.
    pub closed: bool,
    /// What the visit was made final with.
    pub finalised: Option<Finalisation>,
    /// Devices that claim a name but are not counted.
    pub pending: Vec<Claim>,
    /// Devices that count no longer, each with its last commit that does.
    pub retired: BTreeMap<FeedId, u64>,
    /// Members who may do the lead's work beside the lead.
    pub deputies: BTreeSet<MemberName>,
    /// Feeds in which two commits bear one number (a cloned disk, a restored backup), counted or not.
    pub forks: BTreeSet<FeedId>,
    /// Feeds whose device named another one of its member: a forked feed among them was left, nobody need do anything.
    pub left: BTreeSet<FeedId>,
    /// Edits of kinds this program does not know.
    pub n_unknown: usize,
    /// An unknown edit that forbids finalising.
    pub unknown_critical: bool,
    /// The commits that the record of the visit rests on: all that count, but those that only acknowledge, sign, make
    /// final or mend what is on the ledger. Sorted. Equal on two laptops exactly if both have the same record.
    pub record: Vec<CommitId>,
    rulings: Rulings,
    /// What was recorded of the rectification ledger.
    pub(crate) rectifications: Rectifications,
    chair: BTreeSet<FeedId>,
}

/// Whether a member may record votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// The ballot is submitted.
    Submitted,
    /// The lead has closed scoring.
    Closed,
    /// The visit is final.
    Final,
    /// The member is recused here.
    Recused,
    /// Not on the roster, or not admitted.
    NotAMember,
}

impl Visit {
    /// Folds commits. `lead_feed` is the feed of the founding commit. `own` is this laptop with the name it claims: while
    /// that claim waits for the lead, the laptop shows the member as far as it recorded it itself, and nothing else.
    #[must_use]
    pub fn fold(
        id: VisitId,
        founding: Arc<Founding>,
        lead_feed: &FeedId,
        own: Option<(&FeedId, &MemberName)>,
        mut commits: Vec<LoggedCommit>,
    ) -> Self {
        commits.sort_by(|a, b| (&a.feed, a.n, &a.id).cmp(&(&b.feed, b.n, &b.id)));
        commits.dedup_by(|a, b| a.id == b.id);
        let seats = Seats::of(&founding.roster, lead_feed, &commits);
        let last = last_numbers(&commits);
        commits.retain(|commit| seats.counts(&commit.feed, commit.n));
        let mut visit = Self::seated(id, founding, seats);
        visit.seat_own(own);
        let ends = visit.find_forks(&commits);
        let fold = |commit: &LoggedCommit, take: &mut dyn FnMut(&Stamp, &Edit)| {
            each_edit(commit, &ends, take);
        };
        for commit in commits.iter().filter(|commit| visit.chair.contains(&commit.feed)).collect::<Vec<_>>() {
            fold(commit, &mut |stamp, edit| visit.apply_chair(stamp, edit));
        }
        // Submissions come before votes, so that a vote from a second laptop is told late whatever the order of its feed.
        for commit in &commits {
            let Some(state) = visit.owner_mut(&commit.feed) else { continue };
            fold(commit, &mut |stamp, edit| state.submissions.apply(stamp, edit, &ends));
        }
        for state in visit.members.iter_mut().filter(|state| state.submissions.were_reopened()) {
            state.first_ballot = Some(Ballot::default());
        }
        for feed in commits.chunk_by(|a, b| a.feed == b.feed) {
            if let Some((first, state)) = feed.first().and_then(|it| Some((it, visit.owner_mut(&it.feed)?))) {
                state.read.insert(first.feed.clone(), read_head(feed));
            }
        }
        for commit in &commits {
            visit.count(commit);
            visit.rectify(commit);
            let Some(state) = visit.owner_mut(&commit.feed) else { continue };
            fold(commit, &mut |stamp, edit| state.apply(stamp, edit));
        }
        visit.members.iter_mut().for_each(|state| state.miss_heads(&last));
        visit.find_recusals();
        visit.record.sort_unstable();
        visit
    }

    /// Takes in one more of this laptop's own edits, made after everything folded so far.
    pub fn apply_own(&mut self, name: &MemberName, stamp: &Stamp, edit: &Edit) {
        let leads = self.leads(name);
        if leads {
            self.apply_chair(stamp, edit);
        }
        self.rectifications.take(u64::MAX, stamp, (name, leads), edit);
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.submissions.apply(stamp, edit, &HashMap::new());
            state.apply(stamp, edit);
        }
        if matches!(edit, Edit::Recuse { .. } | Edit::Declare(_)) {
            self.find_recusals();
        }
    }

    /// Whether a member does the lead's work on a device that counts: the lead, or a deputy the lead admitted.
    #[must_use]
    pub fn leads(&self, name: &MemberName) -> bool {
        self.member(name.as_str()).is_some_and(|state| {
            state.identity != Identity::Waiting && state.feeds.iter().any(|feed| self.chair.contains(feed))
        })
    }

    /// Last commits of the devices that do the lead's work.
    #[must_use]
    pub fn chair_heads(&self) -> BTreeMap<FeedId, u64> {
        let heads = self.members.iter().flat_map(|state| &state.heads);
        heads.filter(|(feed, _)| self.chair.contains(*feed)).map(|(feed, n)| (feed.clone(), *n)).collect()
    }

    /// How far these feeds can be read here.
    pub fn read_heads<'a>(
        &'a self,
        feeds: impl Fn(&FeedId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a ReadHead> {
        let heads = self.members.iter().flat_map(|state| &state.read);
        heads.filter(move |(feed, _)| feeds(feed)).map(|(_, head)| head)
    }

    /// The clauses of the visit's checklist, in order.
    pub fn clauses(&self) -> impl Iterator<Item = &Arc<Clause>> {
        self.founding.checklist.clauses()
    }

    /// A member by name.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<&MemberState> {
        self.members.iter().find(|state| state.member.name.as_str() == name)
    }

    /// The recusal that keeps a member from a clause, if any.
    #[must_use]
    pub fn recusal(&self, name: &str, clause: &str) -> Option<&Recusal> {
        self.recusals.iter().find(|recusal| {
            recusal.name.as_str() == name && recusal.clause.as_ref().is_none_or(|it| it.as_str() == clause)
        })
    }

    /// Whether a member is recused from the whole visit.
    #[must_use]
    pub fn is_recused(&self, name: &str) -> bool {
        self.recusals.iter().any(|recusal| recusal.name.as_str() == name && recusal.clause.is_none())
    }

    /// Members who are not recused from the whole visit.
    pub fn voting(&self) -> impl Iterator<Item = &MemberState> {
        self.members.iter().filter(|state| !self.is_recused(state.member.name.as_str()))
    }

    /// Whether a clause is left out of what a member is shown: a member who is recused from it sees neither votes nor a
    /// verdict of it until the visit is final. One who is recused from the whole visit takes no part in it, and sees what
    /// [`Self::may_see`] says.
    #[must_use]
    pub fn is_withheld(&self, viewer: &str, clause: &str) -> bool {
        self.finalised.is_none()
            && self.recusals.iter().any(|it| {
                it.name.as_str() == viewer && it.clause.as_ref().is_some_and(|it| it.as_str() == clause)
            })
    }

    /// A member's vote for a clause; recusal comes before anything recorded.
    #[must_use]
    pub fn vote(&self, state: &MemberState, clause: &Clause) -> Vote {
        self.vote_on(&state.ballot, state, clause)
    }

    /// A member's vote for a clause as it was first submitted, before anything was talked over; `None` while nothing is
    /// submitted.
    #[must_use]
    pub fn first_vote(&self, state: &MemberState, clause: &Clause) -> Option<Vote> {
        let submitted = state.is_submitted().then_some(&state.ballot);
        let ballot = state.first_ballot.as_ref().or(submitted)?;
        Some(self.vote_on(ballot, state, clause))
    }

    fn vote_on(&self, ballot: &Ballot, state: &MemberState, clause: &Clause) -> Vote {
        let mut vote = ballot.vote(clause, &self.founding.checklist);
        if let Some(recusal) = self.recusal(state.member.name.as_str(), clause.id.as_str()) {
            vote.position = Position::Absent(Absence::Recused);
            vote.direct = false;
            vote.reason.clone_from(&recusal.reason);
        }
        vote
    }

    /// What a member attached to a clause; nothing where the member is recused, whatever was attached before.
    #[must_use]
    pub fn evidence<'a>(&self, state: &'a MemberState, clause: &str) -> Vec<(Digest, &'a EvidenceItem)> {
        match self.recusal(state.member.name.as_str(), clause) {
            Some(_) => Vec::new(),
            None => state.ballot.evidence(clause),
        }
    }

    /// Why a member may not vote on a clause now, if so.
    #[must_use]
    pub fn barrier(&self, name: &str, clause: &str) -> Option<Barrier> {
        let Some(state) = self.member(name).filter(|state| state.identity != Identity::Absent) else {
            return Some(Barrier::NotAMember);
        };
        if self.finalised.is_some() {
            Some(Barrier::Final)
        } else if state.is_submitted() {
            Some(Barrier::Submitted)
        } else if self.closed && !state.submissions.are_reopened_after(&self.rulings.closings) {
            Some(Barrier::Closed)
        } else {
            self.recusal(name, clause).map(|_| Barrier::Recused)
        }
    }

    /// Whether `viewer` may be shown the votes of `of`: one's own always, others' after one's own submission (invariant 4).
    /// A viewer who does not vote (recused from the visit, or no member) sees what is submitted.
    #[must_use]
    pub fn may_see(&self, viewer: &str, of: &MemberState) -> bool {
        if of.member.name.as_str() == viewer {
            return true;
        }
        if self.member(viewer).is_some_and(|state| state.identity == Identity::Waiting) {
            return false;
        }
        let viewer_is_bound = self.member(viewer).is_some_and(|state| self.is_bound(state));
        let revealed = of.is_submitted()
            && (self.founding.checklist.profile.reveal == Reveal::OnSubmit
                || self.closed
                || self.finalised.is_some());
        !viewer_is_bound && revealed && of.n_sealed == 0
    }

    /// Whether a member's own ballot is still to be submitted, so that the others' votes must not be known: not submitted,
    /// not recused from the whole visit, and scoring not closed.
    #[must_use]
    pub fn is_bound(&self, state: &MemberState) -> bool {
        !state.is_submitted() && !self.closed && !self.is_recused(state.member.name.as_str())
    }

    /// The lead's verdict for a clause.
    #[must_use]
    pub fn lead_verdict(&self, clause: &str) -> Option<&LeadVerdict> {
        self.rulings.verdict(clause)
    }

    /// The lead's finding on a gate.
    #[must_use]
    pub fn gate_decision(&self, gate: &str) -> Option<&GateDecision> {
        self.rulings.gate(gate)
    }

    /// What the facility objects to: the report as a whole (`None`) first, then by clause.
    pub fn objections(&self) -> impl Iterator<Item = (Option<&ClauseId>, &Objection)> {
        self.rulings.objections()
    }

    /// What the lead and the deputies filled in about the facility.
    #[must_use]
    pub fn facility_profile(&self) -> FacilityProfile {
        self.rulings.facility()
    }

    /// What of each feed has reached the lead.
    #[must_use]
    pub const fn receipts(&self) -> &BTreeMap<FeedId, u64> {
        &self.rulings.receipts
    }

    /// The passphrases that the lead set, the newest last. None: the shared file is not encrypted.
    #[must_use]
    pub const fn slots(&self) -> &BTreeSet<Slot> {
        &self.rulings.slots
    }

    /// How the work is divided.
    #[must_use]
    pub fn assignment(&self) -> Assignment {
        self.rulings.assignment()
    }

    /// Who owes a vote on the clause at place `index` of the checklist. Nobody recused does.
    #[must_use]
    pub fn assigned(&self, index: usize, clause: &Clause) -> BTreeSet<&MemberName> {
        let able = self.members.iter().map(|state| &state.member);
        let able: Vec<&Member> =
            able.filter(|it| self.recusal(it.name.as_str(), clause.id.as_str()).is_none()).collect();
        self.assignment().of_clause(clause, index, &able)
    }

    /// Conflicts that their authors must settle: member (or lead) and clause (or gate, or `facility:` and a field of the
    /// profile).
    #[must_use]
    pub fn conflicts(&self) -> Vec<(MemberName, String)> {
        let mut found = Vec::new();
        for state in &self.members {
            let conflicting = self.clauses().filter(|clause| state.ballot.conflicts(clause.id.as_str()));
            found.extend(conflicting.map(|clause| (state.member.name.clone(), clause.id.to_string())));
        }
        if let Some(lead) = self.founding.lead() {
            let ruled = self.rulings.conflicts().into_iter();
            found.extend(ruled.map(|subject| (lead.name.clone(), subject)));
        }
        found
    }

    fn seated(id: VisitId, founding: Arc<Founding>, seats: Seats) -> Self {
        let members = seats.members.into_iter().map(MemberState::of);
        Self {
            id,
            founding,
            members: members.collect(),
            recusals: Vec::new(),
            closed: false,
            finalised: None,
            pending: seats.pending,
            retired: seats.retired,
            deputies: seats.deputies,
            forks: BTreeSet::new(),
            left: BTreeSet::new(),
            n_unknown: 0,
            unknown_critical: false,
            record: Vec::new(),
            rulings: Rulings::default(),
            rectifications: Rectifications::default(),
            chair: seats.chair,
        }
    }

    fn seat_own(&mut self, own: Option<(&FeedId, &MemberName)>) {
        let Some((feed, name)) = own else { return };
        if !self.pending.iter().any(|claim| &claim.feed == feed) {
            return;
        }
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.feeds = vec![feed.clone()];
            state.identity = Identity::Waiting;
        }
    }

    /// Finds the forked feeds, and what is missing from any; gives the ends of their commits, each on its branch.
    fn find_forks(&mut self, commits: &[LoggedCommit]) -> HashMap<CommitId, Stamp> {
        let mut ends = HashMap::new();
        for feed in commits.chunk_by(|a, b| a.feed == b.feed) {
            let links: Vec<Link<'_>> =
                feed.iter().map(|it| Link { id: &it.id, n: it.n, previous: it.previous.as_ref() }).collect();
            if let Some(state) = feed.first().and_then(|it| self.owner_mut(&it.feed)) {
                state.n_missing += lineage::n_missing(&links);
            }
            if !lineage::is_forked(&links) {
                continue;
            }
            self.forks.extend(feed.first().map(|commit| commit.feed.clone()));
            let mut branches = lineage::branches(&links);
            for commit in feed {
                let branch = branches.remove(&commit.id).unwrap_or_default();
                ends.insert(commit.id.clone(), commit.stamp(u32::MAX, branch));
            }
        }
        ends
    }

    fn owner_mut(&mut self, feed: &FeedId) -> Option<&mut MemberState> {
        self.members.iter_mut().find(|state| state.feeds.contains(feed))
    }

    /// Takes in what a member's commit says of the ledger.
    fn rectify(&mut self, commit: &LoggedCommit) {
        let Some(state) = self.members.iter().find(|state| state.feeds.contains(&commit.feed)) else {
            return;
        };
        let author = (&state.member.name, self.chair.contains(&commit.feed));
        for (index, edit) in (0..).zip(commit.edits()) {
            self.rectifications.take(commit.lamport, &commit.stamp(index, Branch::default()), author, edit);
        }
    }

    fn count(&mut self, commit: &LoggedCommit) {
        for edit in commit.edits() {
            match edit {
                Edit::Unknown { critical, .. } => {
                    self.n_unknown += 1;
                    self.unknown_critical |= critical;
                }
                Edit::Device { .. } => {
                    self.left.insert(commit.feed.clone());
                }
                _ => {}
            }
        }
        let silent = |edit: &Edit| {
            matches!(
                edit,
                Edit::Receipt { .. }
                    | Edit::Sign { .. }
                    | Edit::Final { .. }
                    | Edit::Rectify { .. }
                    | Edit::Slot(_)
            )
        };
        let is_sealed = matches!(commit.content, CommitContent::Sealed);
        if self.owner_mut(&commit.feed).is_some() && (is_sealed || !commit.edits().iter().all(silent)) {
            self.record.push(commit.id.clone());
        }
        let Some(state) = self.owner_mut(&commit.feed) else { return };
        state.n_commits += 1;
        state.n_sealed += usize::from(matches!(commit.content, CommitContent::Sealed));
        let head = state.heads.entry(commit.feed.clone()).or_default();
        *head = (*head).max(commit.n);
        // Commits come in the order of their numbers, so what this one follows was put in before.
        state.tips.insert(commit.id.clone());
        if let Some(previous) = &commit.previous {
            state.tips.remove(previous);
        }
    }

    /// Edits only the lead and deputies may make. From anyone else they are never passed here.
    fn apply_chair(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Reopen { name, reason, submissions } => {
                if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
                    state.keep_first_ballot();
                    state.submissions.reopen(stamp.clone(), reason.clone(), submissions.clone());
                }
            }
            Edit::Close => self.closed = true,
            Edit::Final { waivers, record } => {
                self.finalised = Some(Finalisation { waivers: waivers.clone(), record: *record });
            }
            _ => {}
        }
        self.rulings.apply(stamp, edit);
    }

    /// What the lead recorded comes before what the member declared, since its reason was looked at by two.
    fn find_recusals(&mut self) {
        let ruled = self.rulings.recusals().map(|(name, clause, reason)| Recusal {
            name: name.clone(),
            clause: clause.cloned(),
            reason: reason.to_owned(),
            declared: false,
        });
        let mut found: Vec<Recusal> = ruled.collect();
        for state in &self.members {
            let Some(declaration) = state.declaration() else { continue };
            for clause in declaration.recusals {
                let name = &state.member.name;
                if !found.iter().any(|it| &it.name == name && it.clause == clause) {
                    let reason = declaration.text.clone();
                    found.push(Recusal { name: name.clone(), clause, reason, declared: true });
                }
            }
        }
        let seat = |name: &MemberName| self.members.iter().position(|state| &state.member.name == name);
        found.sort_by_cached_key(|it| (seat(&it.name), it.name.clone(), it.clause.clone()));
        self.recusals = found;
    }
}
