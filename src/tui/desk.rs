//! The open visit as the screens hold it: own votes are known per clause, and only the clause that changed is derived again.

pub(crate) mod conflicts;
pub(crate) mod cx;
pub(crate) mod effect;
pub(crate) mod share;
pub(crate) mod tally;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::{
    collections::{BTreeMap, VecDeque},
    path::PathBuf,
    sync::Arc,
};

use crate::{
    app::{
        deed::Deed, failure::Trouble, ledger::file::LedgerReport, session::SyncState, visit::passphrase::Lock,
    },
    domain::{
        ballot::{ReasonOwed, Vote},
        checklist::{Checklist, Clause, ItemList, Point, profile::Gate},
        edit::{
            Edit, Stamp, Stand,
            evidence::EvidenceItem,
            finding::Finding,
            lineage::Branch,
            waiver::{MatterKind, Waiving},
        },
        ending::next_step::{Known, NextStep, ShutBallot, n_undecided},
        permit::{Refusal, permit, permit_outside},
        terms::{
            date::Date,
            digest::Digest,
            id::{FeedId, MemberName},
            lang::Lang,
            written::Line,
        },
        visit::{MemberState, Visit},
    },
    tui::desk::{effect::Snapshot, share::Share, tally::Tally},
};

/// The visit on the desk.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The visit with own changes applied, stored or not.
    pub(crate) visit: Visit,
    /// Who sits here.
    pub(crate) me: Option<MemberName>,
    /// Whether it is an office's laptop, named as such.
    pub(crate) office: bool,
    /// Whether this laptop takes part in the exchange; else the file is only read.
    pub(crate) exchanges: bool,
    /// The names that somebody who has not joined chooses from.
    pub(crate) roster: Vec<(MemberName, bool)>,
    /// Whether that is the lead.
    pub(crate) lead: bool,
    /// Whether this laptop may do the lead's work.
    pub(crate) chair: bool,
    /// The feed of this laptop.
    pub(crate) feed: FeedId,
    /// The shared file.
    pub(crate) file: PathBuf,
    /// Where own commits are.
    pub(crate) sync: SyncState,
    /// Whether the shared file is encrypted, and whether this laptop can open it.
    pub(crate) lock: Lock,
    /// Whether a sync is running.
    pub(crate) syncing: bool,
    /// Whether somebody waits for its result.
    pub(crate) by_hand: bool,
    /// Commits that the last sync found no room for, and of how many devices.
    pub(crate) beyond: (usize, usize),
    /// What was done before it, to be said with its result.
    pub(crate) done: Option<&'static str>,
    /// Why the last sync failed, if it did.
    pub(crate) trouble: Option<Trouble>,
    /// How the share is, as the watcher sees it.
    pub(crate) share: Share,
    /// Whole minutes since the last sync that worked.
    pub(crate) minutes: Option<u64>,
    /// All clauses in checklist order.
    pub(crate) clauses: Vec<Arc<Clause>>,
    /// Own vote for each clause.
    pub(crate) votes: Vec<Vote>,
    /// What all visible votes amount to; computed when a screen that shows it is open.
    pub(crate) tally: Option<Tally>,
    /// The rectification ledger as lines in that language; computed when its screen is open.
    pub(crate) ledger: Option<LedgerReport>,
    /// The digest of the record, as members sign it.
    pub(crate) record: Digest,
    /// The ballots that count and cannot be read yet.
    pub(crate) shut: Vec<ShutBallot>,
    /// What the lead was still to decide when the visit was last read, once scoring is closed.
    n_undecided: usize,
    /// What is to be let pass when the visit is made final, and why. Written down only then.
    pub(crate) waivers: Vec<Waiving>,
    /// For each clause, whether one owes a vote on it.
    due: Vec<bool>,
    /// The last grade, points or absence that got a reason in this sitting.
    pub(crate) last_reason: Option<Stand>,
    unsaved: VecDeque<(u64, Vec<Edit>)>,
    seen: Arc<BTreeMap<FeedId, u64>>,
    n_local: u64,
}

impl Desk {
    /// Puts a visit on the desk.
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        let mut desk = Self {
            clauses: snapshot.visit.clauses().map(Arc::clone).collect(),
            visit: snapshot.visit,
            me: snapshot.me,
            office: snapshot.office,
            exchanges: snapshot.exchanges,
            roster: snapshot.roster,
            lead: snapshot.lead,
            chair: snapshot.chair,
            feed: snapshot.feed,
            file: snapshot.file,
            sync: snapshot.sync,
            lock: snapshot.lock,
            syncing: false,
            by_hand: false,
            done: None,
            beyond: (0, 0),
            trouble: None,
            share: Share::Unknown,
            minutes: None,
            votes: Vec::new(),
            tally: None,
            ledger: None,
            record: snapshot.record,
            shut: snapshot.shut,
            n_undecided: snapshot.n_undecided,
            waivers: snapshot.waivers,
            due: Vec::new(),
            last_reason: None,
            unsaved: VecDeque::new(),
            seen: Arc::default(),
            n_local: 0,
        };
        desk.derive_all();
        desk
    }

    /// Takes in the visit as the worker has it now; changes that are still on their way to disk are applied again.
    pub(crate) fn refresh(&mut self, snapshot: Snapshot) {
        self.unsaved.retain(|(ticket, _)| *ticket > snapshot.ticket);
        self.visit = snapshot.visit;
        self.me = snapshot.me;
        (self.office, self.exchanges) = (snapshot.office, snapshot.exchanges);
        self.roster = snapshot.roster;
        self.lead = snapshot.lead;
        self.chair = snapshot.chair;
        self.feed = snapshot.feed;
        self.sync = snapshot.sync;
        self.lock = snapshot.lock;
        self.record = snapshot.record;
        self.shut = snapshot.shut;
        self.n_undecided = snapshot.n_undecided;
        self.derive_all();
        let waiting: Vec<Edit> = self.unsaved.iter().flat_map(|(_, edits)| edits.clone()).collect();
        for edit in &waiting {
            self.apply(edit);
        }
    }

    /// Applies own edits at once and remembers that they are not on disk yet.
    pub(crate) fn record(&mut self, ticket: u64, edits: &[Edit]) {
        for edit in edits {
            self.apply(edit);
            if let Edit::Vote { value: Some(stand), .. } = edit
                && !stand.reason.is_empty()
            {
                self.last_reason = Some(stand.clone());
            }
        }
        self.unsaved.push_back((ticket, edits.to_vec()));
    }

    /// The edits of a recording left the hands of the worker: stored, or refused.
    pub(crate) fn settle(&mut self, ticket: u64) {
        self.unsaved.retain(|(waiting, _)| *waiting != ticket);
    }

    /// Applies one of one's own edits.
    pub(crate) fn apply(&mut self, edit: &Edit) {
        let Some(me) = self.me.clone() else { return };
        self.n_local += 1;
        let stamp = Stamp {
            feed: FeedId::new("on-the-desk"),
            n: self.n_local,
            commit: None,
            index: 0,
            seen: Arc::clone(&self.seen),
            branch: Branch::default(),
            saw: Arc::default(),
        };
        self.visit.apply_own(&me, &stamp, edit);
        self.tally = None;
        if matches!(edit, Edit::Recuse { .. }) {
            self.derive_all();
        }
        let (Edit::Finding { clause, .. } | Edit::Vote { clause, .. } | Edit::Note { clause, .. }) = edit
        else {
            return;
        };
        if let Some(index) = self.index_of(clause.as_str()) {
            self.derive(index);
        }
    }

    /// Computes the tally if it is not known.
    pub(crate) fn ensure_tally(&mut self) {
        if self.tally.is_none() {
            self.tally = Some(Tally::of(&self.visit, self.me.as_ref(), &self.record));
        }
    }

    /// Computes the lines of the ledger if they are not known in this language.
    pub(crate) fn ensure_ledger(&mut self, today: Option<Date>, lang: Lang) {
        if self.ledger.as_ref().is_none_or(|ledger| ledger.lang != lang) {
            self.ledger = Some(LedgerReport::of(&self.visit, today, lang));
        }
    }

    /// Whose laptop must see the shared file next, and why. What is undecided is told from the tally, where there is one.
    pub(crate) fn next_step(&self) -> NextStep {
        let outcome = self.tally.as_ref().filter(|_| self.visit.closed).map(|tally| &tally.outcome);
        let known = Known {
            own: self.seat().filter(|_| !self.is_retired()).map(|seat| &seat.member.name),
            n_pending: self.sync.pending,
            has_delivered: self.sync.in_file > 0,
            shut: &self.shut,
            n_undecided: outcome.map_or(self.n_undecided, |outcome| n_undecided(&self.visit, outcome)),
            record: &self.record,
        };
        NextStep::of(&self.visit, known)
    }

    /// The checklist.
    pub(crate) fn checklist(&self) -> &Checklist {
        &self.visit.founding.checklist
    }

    /// One's own seat.
    pub(crate) fn seat(&self) -> Option<&MemberState> {
        self.visit.member(self.me.as_ref()?.as_str())
    }

    /// Whether this laptop's claim of a name waits for the lead.
    pub(crate) fn waits(&self) -> bool {
        self.visit.pending.iter().any(|claim| claim.feed == self.feed)
    }

    /// Whether the lead has retired this laptop.
    pub(crate) fn is_retired(&self) -> bool {
        self.visit.retired.contains_key(&self.feed)
    }

    /// A clause by place.
    pub(crate) fn clause(&self, index: usize) -> Option<&Arc<Clause>> {
        self.clauses.get(index)
    }

    /// A gate by place.
    pub(crate) fn gate(&self, index: usize) -> Option<&Gate> {
        self.checklist().profile.gates.get(index)
    }

    /// The place of a clause.
    pub(crate) fn index_of(&self, id: &str) -> Option<usize> {
        self.clauses.iter().position(|clause| clause.id.as_str() == id)
    }

    /// Own vote by place.
    pub(crate) fn vote(&self, index: usize) -> Option<&Vote> {
        self.votes.get(index)
    }

    /// Own finding for a point.
    pub(crate) fn finding(&self, clause: &Clause, point: &Point) -> Option<&Finding> {
        self.seat()?.ballot.finding(clause.id.as_str(), point.id.as_str())
    }

    /// What one attached to a clause.
    pub(crate) fn evidence(&self, clause: &str) -> Vec<(Digest, &EvidenceItem)> {
        self.seat().map(|seat| self.visit.evidence(seat, clause)).unwrap_or_default()
    }

    /// The list a point refers to.
    pub(crate) fn list_of(&self, point: &Point) -> Option<&ItemList> {
        point.measure.list().and_then(|list| self.checklist().list(list.as_str()))
    }

    /// Whether a deed is out of the question here, whatever the visit says: this laptop only looks.
    pub(crate) fn only_looks(&self, deed: &Deed) -> bool {
        match deed {
            _ if self.me.is_some() => false,
            Deed::Ledger(deed) => !(self.office && deed.is_for_offices()),
            Deed::Unlock(_) | Deed::ForgetLock => !self.exchanges,
            _ => true,
        }
    }

    /// Whether the gate lets this laptop record an edit now.
    ///
    /// # Errors
    /// Why not.
    pub(crate) fn may(&self, edit: &Edit) -> Result<(), Refusal> {
        match &self.me {
            Some(me) => permit(&self.visit, Some(me).filter(|_| !self.is_retired()), edit),
            None => permit_outside(&self.visit, &self.feed, edit),
        }
    }

    /// Why one may not record for a clause now.
    pub(crate) fn barrier(&self, index: usize) -> Option<Refusal> {
        let Some(clause) = self.clause(index) else { return Some(Refusal::NotAMember) };
        self.may(&Edit::Vote { clause: clause.id.clone(), value: None }).err()
    }

    /// Whether one can record no vote any more, whatever the clause: the ballot is sealed, or scoring is over.
    pub(crate) fn is_shut(&self) -> bool {
        let first = (0..self.clauses.len()).find(|&index| self.is_shown(index));
        first.is_some_and(|index| self.barrier(index).is_some())
    }

    /// Clauses that one owes a vote on and has not scored.
    pub(crate) fn n_unscored(&self) -> usize {
        (0..self.votes.len()).filter(|&index| self.is_owed(index)).count()
    }

    /// Clauses that one owes a vote on.
    pub(crate) fn n_due(&self) -> usize {
        self.due.iter().filter(|due| **due).count()
    }

    /// How many of these clauses one has scored, of those that one owes a vote on.
    pub(crate) fn progress(&self, clauses: impl Iterator<Item = usize>) -> (usize, usize) {
        let due: Vec<usize> = clauses.filter(|&index| self.is_mine(index)).collect();
        (due.iter().filter(|&&index| self.is_scored(index)).count(), due.len())
    }

    /// Whether one owes a vote on a clause, scored or not.
    pub(crate) fn is_mine(&self, index: usize) -> bool {
        self.due.get(index) == Some(&true)
    }

    /// Whether one owes a vote on a clause and has not scored it.
    pub(crate) fn is_owed(&self, index: usize) -> bool {
        self.is_mine(index) && !self.is_scored(index)
    }

    /// Whether others are to score a clause and one need not.
    pub(crate) fn is_left_to_others(&self, index: usize) -> bool {
        self.due.get(index) == Some(&false) && !self.is_scored(index)
    }

    /// Whether one has to declare one's interests before the first vote.
    pub(crate) fn must_declare(&self) -> bool {
        self.seat().is_some_and(|seat| seat.declaration().is_none())
    }

    /// Whether a clause is on one's screen: one is not recused from it.
    pub(crate) fn is_shown(&self, index: usize) -> bool {
        let recused =
            |me: &MemberName, clause: &Clause| self.visit.recusal(me.as_str(), clause.id.as_str()).is_some();
        !self.me.as_ref().zip(self.clause(index)).is_some_and(|(me, clause)| recused(me, clause))
    }

    /// Why a kind of open matter is to be let pass, if it is.
    pub(crate) fn waiver(&self, kind: MatterKind) -> Option<&str> {
        self.waivers.iter().find(|it| it.kind == kind).map(|it| it.reason.as_str())
    }

    /// Lets a kind of open matter pass; without a reason no longer.
    pub(crate) fn waive(&mut self, kind: MatterKind, reason: Line) {
        self.waivers.retain(|it| it.kind != kind);
        if !reason.is_empty() {
            self.waivers.push(Waiving { kind, about: None, reason });
        }
    }

    /// Own votes that still want a reason.
    pub(crate) fn n_owed(&self) -> usize {
        self.votes.iter().filter(|vote| vote.owes_reason().is_some()).count()
    }

    /// The first own vote that still wants a reason.
    pub(crate) fn first_owed(&self) -> Option<(usize, ReasonOwed)> {
        self.votes.iter().enumerate().find_map(|(index, vote)| Some((index, vote.owes_reason()?)))
    }

    /// Whether everything is on disk.
    pub(crate) fn is_saved(&self) -> bool {
        self.unsaved.is_empty()
    }

    fn is_scored(&self, index: usize) -> bool {
        self.votes.get(index).is_some_and(Vote::is_scored)
    }

    fn derive_all(&mut self) {
        let mut seen = BTreeMap::new();
        if let Some(seat) = self.seat() {
            let chair = self.visit.chair_heads().map(|(feed, _)| feed.clone());
            let known =
                seat.feeds.iter().cloned().chain(chair.filter(|_| self.visit.leads(&seat.member.name)));
            seen.extend(known.map(|feed| (feed, u64::MAX)));
        }
        self.seen = Arc::new(seen);
        self.tally = None;
        self.ledger = None;
        let mine =
            |clause: &Arc<Clause>| self.me.as_ref().is_some_and(|me| self.visit.owing(clause).contains(me));
        self.due = self.clauses.iter().map(mine).collect();
        self.votes = (0..self.clauses.len()).filter_map(|index| self.vote_now(index)).collect();
    }

    fn derive(&mut self, index: usize) {
        let vote = self.vote_now(index);
        if let (Some(slot), Some(vote)) = (self.votes.get_mut(index), vote) {
            *slot = vote;
        }
    }

    fn vote_now(&self, index: usize) -> Option<Vote> {
        let clause = self.clauses.get(index)?;
        Some(match self.seat() {
            Some(seat) => self.visit.vote(seat, clause),
            None => crate::domain::ballot::Ballot::default().vote(clause, self.checklist()),
        })
    }
}
