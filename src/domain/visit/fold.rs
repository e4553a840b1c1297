//! The fold of commits into a visit. Any order and repetition of the same commits gives the same state.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    ballot::Ballot,
    edit::{
        Edit, Founding, Stamp,
        commit::{CommitContent, LoggedCommit, each_edit, last_numbers, read_head},
        lineage::{self, Branch, Link},
        waiver::Finalisation,
    },
    terms::id::{CommitId, FeedId, MemberName, VisitId},
    visit::{
        Visit,
        member::MemberState,
        rectifications::Rectifications,
        recusal::Recusal,
        rulings::Rulings,
        seats::{Identity, Seats},
    },
};

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
        let seats = Seats::of(&founding, lead_feed, &commits);
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
