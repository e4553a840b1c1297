//! The state of a visit: a pure fold over commits. Any order and repetition of the same commits gives the same state.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    ballot::{Ballot, Position, Vote},
    cell::Cell,
    checklist::Clause,
    edit::{Digest, Edit, Founding, Member, Recusal, Stamp},
    evidence::EvidenceItem,
    id::{ClauseId, CommitId, FeedId, GateId, MemberName, VisitId},
    lineage::{self, Link},
    logged_commit::{CommitContent, LoggedCommit, ReadHead, each_edit, read_head},
    profile::Reveal,
    seats::{Claim, Seats},
    slot::Slot,
    submission::Submissions,
    verdict::{GateDecision, LeadVerdict},
};

/// A visit as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// Id.
    pub id: VisitId,
    /// What it was founded with.
    pub founding: Arc<Founding>,
    /// Members in roster order; the lead is first.
    pub members: Vec<MemberState>,
    /// Recusals, in the order of their commits.
    pub recusals: Vec<Recusal>,
    /// Whether the lead has closed scoring.
    pub closed: bool,
    /// Waivers of the final edit, once final.
    pub finalised: Option<Vec<String>>,
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
    /// What of each feed has reached the lead.
    pub receipts: BTreeMap<FeedId, u64>,
    /// The passphrases that the lead set, the newest last. None: the shared file is not encrypted.
    pub slots: BTreeSet<Slot>,
    verdicts: BTreeMap<ClauseId, Cell<Option<LeadVerdict>>>,
    gates: BTreeMap<GateId, Cell<Option<GateDecision>>>,
    chair: BTreeSet<FeedId>,
    closings: Vec<Stamp>,
}

/// One member of the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberState {
    /// Who.
    pub member: Member,
    /// Devices that count, sorted.
    pub feeds: Vec<FeedId>,
    /// Those of them whose codes nobody has compared; they count meanwhile.
    pub unchecked: BTreeSet<FeedId>,
    /// How sure the lead is that the device is the person's.
    pub identity: Identity,
    /// What the member recorded, as far as it can be read here.
    pub ballot: Ballot,
    /// Declaration of interests: `None` = not yet declared, empty = none.
    pub declaration: Option<String>,
    /// Last commit of each of the member's feeds.
    pub heads: BTreeMap<FeedId, u64>,
    /// The same, but only as far as every commit is here and can be read here: what the member can have before their eyes.
    pub read: BTreeMap<FeedId, ReadHead>,
    /// The member's commits that no other one follows.
    pub tips: BTreeSet<CommitId>,
    /// Commits of the member's feeds.
    pub n_commits: usize,
    /// Commits that cannot be read yet.
    pub n_sealed: usize,
    /// The submission that stands, and those that were opened again.
    pub submissions: Submissions,
    /// Ballot edits that surfaced after submission, outside the heads it names (提交后补入): kept, shown, not counted.
    pub n_late: usize,
}

/// How a device came to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Nobody has joined under this name.
    Absent,
    /// The first device that claimed the name; not compared yet (身份未核对).
    Provisional,
    /// Admitted by the lead, or the lead.
    Admitted,
    /// This laptop's own claim, which waits for the lead: it may score here, and counts nowhere yet.
    Waiting,
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
        for feed in commits.chunk_by(|a, b| a.feed == b.feed) {
            if let Some((first, state)) = feed.first().and_then(|it| Some((it, visit.owner_mut(&it.feed)?))) {
                state.read.insert(first.feed.clone(), read_head(feed));
            }
        }
        for commit in &commits {
            visit.count(commit);
            let Some(state) = visit.owner_mut(&commit.feed) else { continue };
            fold(commit, &mut |stamp, edit| state.apply(stamp, edit));
        }
        visit
    }

    /// Takes in one more of this laptop's own edits, made after everything folded so far.
    pub fn apply_own(&mut self, name: &MemberName, stamp: &Stamp, edit: &Edit) {
        if self.leads(name) {
            self.apply_chair(stamp, edit);
        }
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.submissions.apply(stamp, edit, &HashMap::new());
            state.apply(stamp, edit);
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

    /// A member's vote for a clause; recusal comes before anything recorded.
    #[must_use]
    pub fn vote(&self, state: &MemberState, clause: &Clause) -> Vote {
        let mut vote = state.ballot.vote(clause, &self.founding.checklist);
        if let Some(recusal) = self.recusal(state.member.name.as_str(), clause.id.as_str()) {
            vote.position = Position::Absent(crate::domain::absence::Absence::Recused);
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
        } else if self.closed && !state.submissions.are_reopened_after(&self.closings) {
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
        let viewer_is_bound = self
            .member(viewer)
            .is_some_and(|state| !state.is_submitted() && !self.is_recused(viewer) && !self.closed);
        let revealed = of.is_submitted()
            && (self.founding.checklist.profile.reveal == Reveal::OnSubmit
                || self.closed
                || self.finalised.is_some());
        !viewer_is_bound && revealed && of.n_sealed == 0
    }

    /// The lead's verdict for a clause.
    #[must_use]
    pub fn lead_verdict(&self, clause: &str) -> Option<&LeadVerdict> {
        self.verdicts.get(clause)?.value()?.as_ref()
    }

    /// The lead's finding on a gate.
    #[must_use]
    pub fn gate_decision(&self, gate: &str) -> Option<&GateDecision> {
        self.gates.get(gate)?.value()?.as_ref()
    }

    /// Conflicts that their authors must settle: member (or lead) and clause (or gate).
    #[must_use]
    pub fn conflicts(&self) -> Vec<(MemberName, String)> {
        let mut found = Vec::new();
        for state in &self.members {
            let conflicting = self.clauses().filter(|clause| state.ballot.conflicts(clause.id.as_str()));
            found.extend(conflicting.map(|clause| (state.member.name.clone(), clause.id.to_string())));
        }
        if let Some(lead) = self.founding.lead() {
            let verdicts =
                self.verdicts.iter().filter(|(_, cell)| cell.is_conflict()).map(|(id, _)| id.to_string());
            let gates =
                self.gates.iter().filter(|(_, cell)| cell.is_conflict()).map(|(id, _)| id.to_string());
            found.extend(verdicts.chain(gates).map(|id| (lead.name.clone(), id)));
        }
        found
    }

    fn seated(id: VisitId, founding: Arc<Founding>, seats: Seats) -> Self {
        let members = seats.members.into_iter().map(|seat| MemberState {
            member: seat.member,
            feeds: seat.feeds.into_iter().collect(),
            unchecked: seat.unchecked,
            identity: seat.identity,
            ballot: Ballot::default(),
            declaration: None,
            heads: BTreeMap::new(),
            read: BTreeMap::new(),
            tips: BTreeSet::new(),
            n_commits: 0,
            n_sealed: 0,
            submissions: Submissions::default(),
            n_late: 0,
        });
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
            receipts: BTreeMap::new(),
            slots: BTreeSet::new(),
            verdicts: BTreeMap::new(),
            gates: BTreeMap::new(),
            chair: seats.chair,
            closings: Vec::new(),
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

    /// Finds the forked feeds; gives the ends of their commits, each on its branch.
    fn find_forks(&mut self, commits: &[LoggedCommit]) -> HashMap<CommitId, Stamp> {
        let mut ends = HashMap::new();
        for feed in commits.chunk_by(|a, b| a.feed == b.feed) {
            let links: Vec<Link<'_>> =
                feed.iter().map(|it| Link { id: &it.id, n: it.n, previous: it.previous.as_ref() }).collect();
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
            Edit::Recuse(recusal) if !self.recusals.contains(recusal) => self.recusals.push(recusal.clone()),
            Edit::Reopen { name, reason, submissions } => {
                if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
                    state.submissions.reopen(stamp.clone(), reason.clone(), submissions.clone());
                }
            }
            Edit::Close => {
                self.closed = true;
                self.closings.push(stamp.clone());
            }
            Edit::Verdict { clause, value } => {
                self.verdicts.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Gate { gate, value } => {
                self.gates.entry(gate.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Receipt { heads } => {
                for (feed, n) in heads {
                    let known = self.receipts.entry(feed.clone()).or_default();
                    *known = (*known).max(*n);
                }
            }
            Edit::Slot(slot) => {
                self.slots.insert(slot.clone());
            }
            Edit::Final { waivers } => self.finalised = Some(waivers.clone()),
            _ => {}
        }
    }
}

impl MemberState {
    /// Whether the member can no longer change the ballot.
    #[must_use]
    pub fn is_submitted(&self) -> bool {
        self.submissions.stands()
    }

    /// Takes in one of the member's own edits. Ballot edits outside the heads that a submission names are counted as
    /// late and change nothing, so a sealed ballot stays what it was.
    fn apply(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Declare { text } => self.declaration = Some(text.clone()),
            _ if edit.is_ballot() && self.submissions.exclude(stamp) => self.n_late += 1,
            _ => self.ballot.apply(stamp, edit),
        }
    }
}
