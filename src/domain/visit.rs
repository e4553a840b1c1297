//! The state of a visit: a pure fold over commits. Any order and repetition of the same commits gives the same state.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::domain::{
    ballot::{Ballot, Position, Vote},
    cell::Cell,
    checklist::Clause,
    edit::{Edit, Founding, Member, Recusal, Stamp},
    id::{ClauseId, CommitId, FeedId, GateId, MemberName, VisitId},
    profile::Reveal,
    slot::Slot,
    verdict::{GateDecision, LeadVerdict},
};

/// A commit as the fold needs it.
#[derive(Debug, Clone)]
pub struct LoggedCommit {
    /// Id.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed, from 1.
    pub n: u64,
    /// Lamport time: larger than everything the author had seen.
    pub lamport: u64,
    /// What the author had seen of the person's other feeds.
    pub seen: Arc<BTreeMap<FeedId, u64>>,
    /// The edits, or nothing while the commit is sealed.
    pub content: CommitContent,
}

/// What can be read of a commit.
#[derive(Debug, Clone)]
pub enum CommitContent {
    /// Its edits.
    Edits(Vec<Edit>),
    /// Sealed until the author submits.
    Sealed,
}

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
    pub pending: Vec<(FeedId, MemberName)>,
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
}

/// One member of the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberState {
    /// Who.
    pub member: Member,
    /// Devices that count, sorted.
    pub feeds: Vec<FeedId>,
    /// How sure the lead is that the device is the person's.
    pub identity: Identity,
    /// What the member recorded, as far as it can be read here.
    pub ballot: Ballot,
    /// Declaration of interests: `None` = not yet declared, empty = none.
    pub declaration: Option<String>,
    /// Last commit of each of the member's feeds.
    pub heads: BTreeMap<FeedId, u64>,
    /// Commits of the member's feeds.
    pub n_commits: usize,
    /// Commits that cannot be read yet.
    pub n_sealed: usize,
    /// Heads named on submission.
    pub submission: Option<BTreeMap<FeedId, u64>>,
    /// Whether the key that opens the ballot was given.
    pub key_revealed: bool,
    /// Times the lead reopened the ballot, with the reason.
    pub reopened: Vec<String>,
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
    /// Folds commits. `lead_feed` is the feed of the founding commit.
    #[must_use]
    pub fn fold(
        id: VisitId,
        founding: Arc<Founding>,
        lead_feed: &FeedId,
        mut commits: Vec<LoggedCommit>,
    ) -> Self {
        commits.sort_by(|a, b| (&a.feed, a.n, &a.id).cmp(&(&b.feed, b.n, &b.id)));
        commits.dedup_by(|a, b| a.id == b.id);
        let mut visit = Self::founded(id, founding);
        visit.seat_feeds(lead_feed, &commits);
        visit.find_submissions(&commits);
        for commit in commits.iter().filter(|commit| &commit.feed == lead_feed) {
            each_edit(commit, |stamp, edit| visit.apply_lead(stamp, edit));
        }
        for commit in &commits {
            visit.apply_commit(commit);
        }
        visit
    }

    /// Takes in one more of a counted member's own edits, made after everything folded so far.
    pub fn apply_own(&mut self, name: &MemberName, stamp: &Stamp, edit: &Edit) {
        if self.members.first().is_some_and(|lead| &lead.member.name == name) {
            self.apply_lead(stamp, edit);
        }
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.apply(stamp, edit);
        }
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

    /// Why a member may not vote on a clause now, if so.
    #[must_use]
    pub fn barrier(&self, name: &str, clause: &str) -> Option<Barrier> {
        let Some(state) = self.member(name).filter(|state| state.identity != Identity::Absent) else {
            return Some(Barrier::NotAMember);
        };
        if self.finalised.is_some() {
            Some(Barrier::Final)
        } else if state.submission.is_some() {
            Some(Barrier::Submitted)
        } else if self.closed {
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
        let viewer_is_bound = self
            .member(viewer)
            .is_some_and(|state| state.submission.is_none() && !self.is_recused(viewer) && !self.closed);
        let revealed = of.submission.is_some()
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

    fn founded(id: VisitId, founding: Arc<Founding>) -> Self {
        let members = founding
            .roster
            .iter()
            .map(|member| MemberState {
                member: member.clone(),
                feeds: Vec::new(),
                identity: Identity::Absent,
                ballot: Ballot::default(),
                declaration: None,
                heads: BTreeMap::new(),
                n_commits: 0,
                n_sealed: 0,
                submission: None,
                key_revealed: false,
                reopened: Vec::new(),
                n_late: 0,
            })
            .collect();
        Self {
            id,
            founding,
            members,
            recusals: Vec::new(),
            closed: false,
            finalised: None,
            pending: Vec::new(),
            n_unknown: 0,
            unknown_critical: false,
            receipts: BTreeMap::new(),
            slots: BTreeSet::new(),
            verdicts: BTreeMap::new(),
            gates: BTreeMap::new(),
        }
    }

    /// Gives each name its devices: the lead's, the admitted ones, else the first claim by (lamport, feed).
    /// No clock decides; two claims without an admission are both kept, and the later one is pending.
    fn seat_feeds(&mut self, lead_feed: &FeedId, commits: &[LoggedCommit]) {
        let mut admitted: BTreeMap<FeedId, MemberName> = BTreeMap::new();
        let mut claims: BTreeMap<MemberName, BTreeSet<(u64, FeedId)>> = BTreeMap::new();
        for commit in commits {
            each_edit(commit, |_, edit| match edit {
                Edit::Admit { feed, name } if &commit.feed == lead_feed => {
                    admitted.insert(feed.clone(), name.clone());
                }
                Edit::Join { name } if &commit.feed != lead_feed => {
                    claims.entry(name.clone()).or_default().insert((commit.lamport, commit.feed.clone()));
                }
                _ => {}
            });
        }
        for (index, state) in self.members.iter_mut().enumerate() {
            let name = &state.member.name;
            state.feeds =
                admitted.iter().filter(|(_, to)| *to == name).map(|(feed, _)| feed.clone()).collect();
            if index == 0 {
                state.feeds.push(lead_feed.clone());
            }
            state.identity = Identity::Admitted;
            if state.feeds.is_empty() {
                let first = claims.get(name).and_then(BTreeSet::first).map(|(_, feed)| feed.clone());
                state.identity = if first.is_some() { Identity::Provisional } else { Identity::Absent };
                state.feeds.extend(first);
            }
            state.feeds.sort();
        }
        let seated: BTreeSet<&FeedId> = self.members.iter().flat_map(|state| &state.feeds).collect();
        let unseated =
            claims.iter().flat_map(|(name, feeds)| feeds.iter().map(move |(_, feed)| (feed, name)));
        self.pending = unseated
            .filter(|(feed, _)| !seated.contains(feed))
            .map(|(feed, name)| (feed.clone(), name.clone()))
            .collect();
    }

    /// Submissions come first, so that a vote from a second laptop is told late whatever the order of its feed.
    fn find_submissions(&mut self, commits: &[LoggedCommit]) {
        for commit in commits {
            let owner = self.members.iter_mut().find(|state| state.feeds.contains(&commit.feed));
            let Some(state) = owner else { continue };
            each_edit(commit, |_, edit| {
                if let Edit::Submit { heads, .. } = edit {
                    state.submission.get_or_insert_with(|| heads.clone());
                }
            });
        }
    }

    fn apply_commit(&mut self, commit: &LoggedCommit) {
        let owner = self.members.iter_mut().find(|state| state.feeds.contains(&commit.feed));
        if let Some(state) = owner {
            state.n_commits += 1;
            let head = state.heads.entry(commit.feed.clone()).or_default();
            *head = (*head).max(commit.n);
            match &commit.content {
                CommitContent::Sealed => state.n_sealed += 1,
                CommitContent::Edits(_) => each_edit(commit, |stamp, edit| state.apply(stamp, edit)),
            }
        }
        each_edit(commit, |_, edit| {
            if let Edit::Unknown { critical, .. } = edit {
                self.n_unknown += 1;
                self.unknown_critical |= critical;
            }
        });
    }

    /// Edits only the lead may make. From anyone else they are never passed here.
    fn apply_lead(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Recuse(recusal) if !self.recusals.contains(recusal) => self.recusals.push(recusal.clone()),
            Edit::Reopen { name, reason } => {
                if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
                    state.reopened.push(reason.clone());
                }
            }
            Edit::Close => self.closed = true,
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
    /// Whether the member can still change the ballot.
    #[must_use]
    pub const fn is_submitted(&self) -> bool {
        self.submission.is_some()
    }

    /// Takes in one of the member's own edits. Ballot edits outside the heads that a submission names are counted as
    /// late and change nothing, so a sealed ballot stays what it was.
    fn apply(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Declare { text } => self.declaration = Some(text.clone()),
            Edit::Submit { heads, key } => {
                self.submission.get_or_insert_with(|| heads.clone());
                self.key_revealed |= key.is_some();
            }
            Edit::Finding { .. } | Edit::Vote { .. } | Edit::Note { .. } if self.is_late(stamp) => {
                self.n_late += 1
            }
            _ => self.ballot.apply(stamp, edit),
        }
    }

    fn is_late(&self, stamp: &Stamp) -> bool {
        self.submission
            .as_ref()
            .is_some_and(|heads| heads.get(&stamp.feed).is_none_or(|head| stamp.n > *head))
    }
}

fn each_edit(commit: &LoggedCommit, mut take: impl FnMut(&Stamp, &Edit)) {
    let CommitContent::Edits(edits) = &commit.content else { return };
    let mut stamp = Stamp {
        feed: commit.feed.clone(),
        n: commit.n,
        commit: Some(commit.id.clone()),
        index: 0,
        seen: Arc::clone(&commit.seen),
    };
    for edit in edits {
        take(&stamp, edit);
        stamp.index += 1;
    }
}
