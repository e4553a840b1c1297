//! The fold of commits into a visit. Any order and repetition of the same commits gives the same state.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use crate::domain::{
    ballot::seal::{BallotState, Seal},
    edit::{
        Edit, Expert, Founding, Member, Stamp,
        commit::{LoggedCommit, read_head, whole_head},
        lineage,
    },
    terms::id::{CommitId, FeedId, MemberName, VisitId},
    visit::{
        Visit,
        apply::Standing,
        archive::{Archive, links},
        closing::RECORDS_IN_A_CHAIN,
        end::End,
        end::UpTo,
        judged::Judged,
        member::MemberState,
        plans::{Plans, Receipts, Received},
        rectifications::Rectifications,
        revision::Revision,
        rulings::Rulings,
        seats::{Identity, Seat},
        told::Told,
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
        commits: Vec<LoggedCommit>,
    ) -> Self {
        Self::fold_up_to(id, founding, lead_feed, own, commits, UpTo::InForce)
    }

    /// The same up to one of the final records, or beyond the last as the next one would be.
    #[must_use]
    pub fn fold_up_to(
        id: VisitId,
        founding: Arc<Founding>,
        lead_feed: &FeedId,
        own: Option<(&FeedId, &MemberName)>,
        commits: Vec<LoggedCommit>,
        up_to: UpTo,
    ) -> Self {
        Self::fold_telling(id, founding, lead_feed, own, (commits, up_to), Told::default()).0
    }

    /// The same, with what is told of the commits on the way, and the commits in order, each once.
    pub(crate) fn fold_telling(
        id: VisitId,
        founding: Arc<Founding>,
        lead_feed: &FeedId,
        own: Option<(&FeedId, &MemberName)>,
        (mut commits, up_to): (Vec<LoggedCommit>, UpTo),
        mut told: Told,
    ) -> (Self, Told, Vec<LoggedCommit>) {
        commits.sort_by(|a, b| (&a.feed, a.n, &a.id).cmp(&(&b.feed, b.n, &b.id)));
        commits.dedup_by(|a, b| a.id == b.id);
        let archive = Archive::of(&founding, lead_feed, &commits);
        let (end, n_unread) = End::find(&archive, up_to);
        let mut judged = Judged::of(&archive, end.as_ref().and_then(End::scope));
        let mut visit = Self::seated(id, Arc::clone(&founding), &judged);
        visit.rivals = judged.rivals(end.as_ref());
        visit.rival_ends = judged.rival_ends(end.as_ref());
        visit.n_unread_ends = n_unread;
        visit.seat_changes = judged.seat_changes();
        visit.finalised = end.as_ref().and_then(End::finalisation);
        visit.seat_own(own, &archive);
        visit.find_latecomers(&judged);
        visit.find_forks(&archive);
        visit.find_rights(&mut judged, &mut told);
        for (place, commit) in archive.all() {
            visit.take(&judged, place, commit, &mut told);
        }
        visit.find_heads(&judged);
        visit.miss_ends(&archive);
        visit.find_ballot_states(&judged);
        visit.find_plan();
        visit.find_record(&judged);
        if let Some(end) = &end {
            visit.go_beyond(end, up_to, &archive, &mut told);
        }
        (visit, told, commits)
    }

    /// Takes in one more of this laptop's own edits, made after everything folded so far and in no commit yet. What rests on
    /// commits (seals, closing records, the end) takes effect when it is in one. Tells whether it did anything.
    pub fn apply_own(&mut self, name: &MemberName, stamp: &Stamp, edit: &Edit) -> bool {
        let Some(seat) = self.members.iter().position(|state| &state.member.name == name) else {
            return false;
        };
        let standing = Standing {
            leads: self.leads(name),
            in_scope: self.finalised.is_none(),
            before_closing: !self.closed,
            in_ballot: self.members.get(seat).is_some_and(|it| !it.is_submitted()),
            lamport: u64::MAX,
        };
        let is_right = self.apply_right(seat, standing, stamp, edit);
        self.take_plan(standing, stamp, edit, |visit| Arc::new(visit.receipts().clone()));
        self.take_sealing(seat, standing, stamp, edit);
        if matches!(edit, Edit::Recuse { .. } | Edit::Declare(_)) {
            self.find_recusals();
        }
        let is_applied = self.apply(seat, standing, stamp, edit);
        let is_of_draft =
            self.revision.is_draft && self.take_since_the_end(name, standing.leads, stamp, edit);
        let moves_plan = matches!(
            edit,
            Edit::Plan(_)
                | Edit::Recuse { .. }
                | Edit::Declare(_)
                | Edit::Absent { .. }
                | Edit::Submit { .. }
                | Edit::Unseal
        );
        if moves_plan {
            self.find_plan();
        }
        is_applied || is_right || is_of_draft
    }

    /// Takes in one more edit of this laptop, which is the office's, made after everything folded so far. Tells whether it did anything.
    pub fn apply_own_of_office(&mut self, stamp: &Stamp, edit: &Edit) -> bool {
        self.apply_of_office(u64::MAX, stamp, edit)
    }

    fn seated(id: VisitId, founding: Arc<Founding>, judged: &Judged<'_>) -> Self {
        let mut members: Vec<MemberState> =
            judged.seats.members.iter().cloned().map(MemberState::of).collect();
        // A counted vote keeps its name on the list, whatever the lead says of the seat afterwards.
        let sat = judged.count.iter().flat_map(|count| count.ballots.values()).map(|ballot| &ballot.member);
        for member in sat {
            if !members.iter().any(|state| state.member.name == member.name) {
                members.push(MemberState::of(Seat::left_by(member.clone())));
            }
        }
        if let Some(guests) = members.get_mut(founding.roster.len()..) {
            guests.sort_by(|a, b| a.member.name.cmp(&b.member.name));
        }
        let mut chair = judged.seats.chair.clone();
        // Whoever sits in a final visit may come with another laptop later, to sign or to work on the ledger.
        for seat in judged.scope.iter().flat_map(|_| &judged.live.members) {
            if let Some(state) = members.iter_mut().find(|state| state.member.name == seat.member.name) {
                let more = seat.feeds.iter().filter(|feed| judged.seats.owner(feed).is_none());
                let feeds: BTreeSet<FeedId> = state.feeds.iter().chain(more).cloned().collect();
                state.feeds = feeds.into_iter().collect();
                chair.extend(seat.feeds.intersection(&judged.live.chair).cloned());
            }
        }
        Self {
            id,
            founding,
            members,
            recusals: Vec::new(),
            closed: judged.count.is_some(),
            closings: judged.count.iter().flat_map(|count| &count.closings).cloned().collect(),
            afterwards: Vec::new(),
            rivals: BTreeSet::new(),
            rival_ends: BTreeSet::new(),
            n_unread_ends: 0,
            seat_changes: BTreeSet::new(),
            named: judged.live.named.clone(),
            latecomers: BTreeSet::new(),
            wanted: BTreeSet::new(),
            finalised: None,
            revision: Revision::default(),
            record_differs: false,
            pending: judged.live.pending.clone(),
            retired: judged.live.retired.clone(),
            deputies: judged.seats.deputies.clone(),
            offices: judged.live.offices.iter().filter(|it| judged.live.is_office(it)).cloned().collect(),
            is_from_outside: false,
            forks: BTreeSet::new(),
            left: BTreeSet::new(),
            n_unknown: 0,
            unknown_critical: false,
            record: Vec::new(),
            rulings: Rulings::default(),
            plans: Plans::default(),
            rectifications: Rectifications::default(),
            chair,
        }
    }

    fn seat_own(&mut self, own: Option<(&FeedId, &MemberName)>, archive: &Archive<'_>) {
        let Some((feed, name)) = own else { return };
        if !self.pending.iter().any(|claim| &claim.feed == feed) {
            return;
        }
        // With the keys that this laptop had before.
        let mut feeds = BTreeSet::from([feed.clone()]);
        loop {
            let own = archive.all().filter(|(_, commit)| feeds.contains(&commit.feed));
            let named = own.flat_map(|(_, commit)| commit.edits()).filter_map(|edit| match edit {
                Edit::Device { feed } => Some(feed),
                _ => None,
            });
            let is_new = |it: &&FeedId| !feeds.contains(*it) && self.seat_of(it).is_none();
            let more: Vec<FeedId> = named.filter(is_new).cloned().collect();
            if more.is_empty() {
                break;
            }
            feeds.extend(more);
        }
        self.seat_newcomer(feed);
        if let Some(state) = self.members.iter_mut().find(|state| &state.member.name == name) {
            state.feeds = feeds.into_iter().collect();
            state.identity = Identity::Waiting;
        }
    }

    /// A name beside the roster that this laptop claims and nobody has admitted: it is listed here, and nowhere else.
    fn seat_newcomer(&mut self, own: &FeedId) {
        let Some(claim) = self.pending.iter().find(|claim| &claim.feed == own) else { return };
        let (name, expert) = (&claim.name, &claim.expert);
        let is_listed = self.members.iter().any(|state| &state.member.name == name);
        if let Some(Expert { field, title }) = expert.as_ref().filter(|_| !is_listed) {
            let member = Member { name: name.clone(), field: *field, title: title.clone() };
            self.members.push(MemberState::of(Seat::left_by(member)));
        }
    }

    fn find_latecomers(&mut self, judged: &Judged<'_>) {
        let Some(count) = &judged.count else { return };
        let names = self.members.iter().map(|state| &state.member.name);
        self.latecomers = names.filter(|name| !count.seated.contains(*name)).cloned().collect();
    }

    /// Finds the forked feeds, and what is missing from any.
    fn find_forks(&mut self, archive: &Archive<'_>) {
        let counted = |feed: &&FeedId| self.members.iter().any(|state| state.feeds.contains(feed));
        self.forks = archive.forks().filter(counted).cloned().collect();
        for feed in archive.feeds() {
            if let Some(state) = feed.first().and_then(|it| self.owner_mut(&it.feed)) {
                state.n_missing += lineage::n_missing(&links(&feed));
            }
        }
    }

    fn owner_mut(&mut self, feed: &FeedId) -> Option<&mut MemberState> {
        self.members.iter_mut().find(|state| state.feeds.contains(feed))
    }

    fn position(&self, name: &MemberName) -> Option<usize> {
        self.members.iter().position(|state| &state.member.name == name)
    }

    fn seat_of(&self, feed: &FeedId) -> Option<usize> {
        self.members.iter().position(|state| state.feeds.contains(feed))
    }

    /// Whose a commit is. A device that is admitted after the end sits there from then on, and not in what is final.
    fn seat_at(&self, judged: &Judged<'_>, place: usize, commit: &LoggedCommit) -> Option<usize> {
        if judged.scope.is_some() && judged.in_scope(place) {
            judged.seats.owner(&commit.feed).and_then(|name| self.position(name))
        } else {
            self.seat_of(&commit.feed)
        }
    }

    /// Seals, recusals and declarations come before what they allow and forbid, whatever the order of the feeds.
    fn find_rights(&mut self, judged: &mut Judged<'_>, told: &mut Told) {
        let mut receipts = Receipts::default();
        for (place, commit) in judged.archive.all().filter(|(_, commit)| !commit.was_sealed()) {
            let frozen = judged.frozen_at(place);
            let seats = frozen.unwrap_or_else(|| judged.seats_at(place));
            let owner = match frozen {
                Some(frozen) => frozen.owner(&commit.feed).and_then(|name| self.position(name)),
                None => self.seat_at(judged, place, commit),
            };
            let Some(seat) = owner.filter(|_| seats.counts(&commit.feed, commit.n)) else { continue };
            let standing = judged.standing(place, commit, false);
            let standing = Standing {
                leads: seats.chair.contains(&commit.feed),
                // A final record that does not reach a device unsays nothing that a closing record froze.
                in_scope: standing.in_scope || frozen.is_some(),
                ..standing
            };
            let beside = judged.beside_rights(place);
            beside.each_edit(commit, &mut |stamp, edit| {
                receipts.take(&commit.feed, edit);
                let is_plan = self.take_plan(standing, stamp, edit, |_| receipts.of(&stamp.feed));
                self.take_sealing(seat, standing, stamp, edit);
                if is_plan || self.apply_right(seat, standing, stamp, edit) {
                    told.heard(stamp);
                }
            });
        }
        self.find_recusals();
        for state in self.members.iter().filter(|state| state.seals.stands()) {
            let ends = state.seals.standing().flat_map(Seal::ends);
            judged.covered.insert(state.member.name.clone(), judged.archive.pasts.of_ends(ends));
        }
    }

    /// Takes in a seal or its taking back, as far as a plan may rest on it.
    fn take_sealing(&mut self, seat: usize, standing: Standing, stamp: &Stamp, edit: &Edit) {
        let is_back = matches!(edit, Edit::Unseal);
        if (is_back || matches!(edit, Edit::Submit { .. }))
            && standing.before_closing
            && let Some(state) = self.members.get(seat)
        {
            self.plans.seal(&state.member.name, stamp, is_back);
        }
    }

    /// Takes in a plan, if its author may make one; tells whether it was one.
    fn take_plan(
        &mut self,
        standing: Standing,
        stamp: &Stamp,
        edit: &Edit,
        received: impl FnOnce(&Self) -> Received,
    ) -> bool {
        let Edit::Plan(plan) = edit else { return false };
        let is_heard = standing.leads && standing.in_scope && standing.before_closing;
        if is_heard {
            let received = received(self);
            self.plans.write(stamp, plan.as_ref(), received);
        }
        is_heard
    }

    fn take(&mut self, judged: &Judged<'_>, place: usize, commit: &LoggedCommit, told: &mut Told) {
        let owner = judged.count.as_ref().and_then(|count| count.owner(place, commit));
        let counted = owner.and_then(|name| self.position(name));
        if let (Some(seat), Some(ballot)) = (counted, owner.and_then(|name| judged.beside_ballot(name))) {
            ballot.each_edit(commit, &mut |stamp, edit| {
                if edit.is_ballot() && self.apply(seat, judged.standing(place, commit, true), stamp, edit) {
                    told.heard(stamp);
                }
            });
            let promised = commit.edits().iter().filter_map(|edit| match edit {
                Edit::Blind { commitment } if !commit.was_sealed() => Some(*commitment),
                _ => None,
            });
            if let Some(state) = self.members.get_mut(seat) {
                state.counted_keys.extend(promised);
            }
        }
        let owner = self.seat_at(judged, place, commit);
        told.place(judged, place, commit, owner.and_then(|it| Some(&self.members.get(it)?.member.name)));
        let Some(seat) = owner.filter(|_| judged.counts(place, commit)) else {
            if owner.is_none() {
                self.take_of_office(judged, commit, told);
            }
            return;
        };
        self.count(seat, commit);
        let Some(state) = self.members.get_mut(seat) else { return };
        let in_ballot = counted.is_none() && judged.is_open_to(&state.member.name, place);
        let has_ballot = commit.was_sealed() || commit.edits().iter().any(Edit::is_ballot);
        state.n_late += usize::from(has_ballot && counted.is_none() && !in_ballot);
        let standing = judged.standing(place, commit, in_ballot);
        let beside = judged.beside(place);
        let is_all = judged.is_beside_everything(place);
        beside.each_edit(commit, &mut |stamp, edit| {
            if (is_all || !edit.goes_on_after_the_end()) && self.apply(seat, standing, stamp, edit) {
                told.heard(stamp);
            }
        });
        // What may be said before the end and after it is read beside everything.
        if !is_all && commit.edits().iter().any(Edit::goes_on_after_the_end) {
            judged.archive.each_edit(commit, &mut |stamp, edit| {
                if edit.goes_on_after_the_end() && self.apply(seat, standing, stamp, edit) {
                    told.heard(stamp);
                }
            });
        }
    }

    /// The office sits nowhere. What it does on the ledger is read beside everything, and rests on who is an office now.
    fn take_of_office(&mut self, judged: &Judged<'_>, commit: &LoggedCommit, told: &mut Told) {
        let is_heard = judged.live.is_office(&commit.feed) && judged.live.counts(&commit.feed, commit.n);
        if !is_heard || commit.was_sealed() {
            return;
        }
        judged.archive.each_edit(commit, &mut |stamp, edit| {
            if self.apply_of_office(commit.lamport, stamp, edit) {
                told.heard(stamp);
            }
        });
    }

    fn count(&mut self, seat: usize, commit: &LoggedCommit) {
        let Some(state) = self.members.get_mut(seat) else { return };
        state.n_commits += 1;
        state.n_sealed += usize::from(!commit.is_open());
        state.heads.entry(commit.feed.clone()).or_default().reach(commit);
    }

    fn find_heads(&mut self, judged: &Judged<'_>) {
        let archive = judged.archive;
        for feed in archive.feeds() {
            if let Some((first, state)) = feed.first().and_then(|it| Some((it, self.owner_mut(&it.feed)?))) {
                state.read.insert(first.feed.clone(), read_head(&feed));
                let counts = |it: &&LoggedCommit| {
                    archive.pasts.place(&it.id).is_some_and(|place| judged.counts(place, it))
                };
                state.whole.insert(first.feed.clone(), whole_head(feed.iter().copied().filter(counts)));
            }
        }
    }

    /// Counts what seals, closing records and final records name and is not here, with the member who named it. A record that
    /// names what is not here counts only when that comes.
    fn miss_ends(&mut self, archive: &Archive<'_>) {
        // What a commit that is here follows is counted with its feed.
        let followed: HashSet<&CommitId> =
            archive.all().filter_map(|(_, commit)| commit.previous.as_ref()).collect();
        let is_away = |end: &&CommitId| archive.pasts.place(end).is_none() && !followed.contains(end);
        let mut named: Vec<(&FeedId, &CommitId)> = Vec::new();
        let mut wanted: BTreeSet<CommitId> = BTreeSet::new();
        archive.each_record(RECORDS_IN_A_CHAIN, Edit::as_record, |commit, tips| {
            named.extend(tips.iter().filter(is_away).map(|end| (&commit.feed, end)));
            if self.chair.contains(&commit.feed) {
                wanted.extend(tips.iter().filter_map(|end| archive.first_missing(end)).cloned());
            }
        });
        self.wanted = wanted;
        for state in &mut self.members {
            let seals = state.seals.standing().flat_map(|seal| &seal.tips).filter(is_away);
            let leads = |feed: &FeedId| state.feeds.contains(feed) && self.chair.contains(feed);
            let by_records = named.iter().filter(|(feed, _)| leads(feed)).map(|(_, end)| *end);
            let away: HashSet<&CommitId> = seals.chain(by_records).collect();
            state.n_missing += away.len();
        }
    }

    fn find_ballot_states(&mut self, judged: &Judged<'_>) {
        for state in &mut self.members {
            let Some(count) = &judged.count else {
                state.ballot_state =
                    if state.seals.stands() { BallotState::Sealed } else { BallotState::Open };
                continue;
            };
            let Some(ballot) = count.ballots.get(&state.member.name) else {
                state.ballot_state = BallotState::LeftOut;
                continue;
            };
            state.counted_seals.clone_from(&ballot.seals);
            state.counted_feeds.clone_from(&ballot.feeds);
            let is_open = judged.archive.all().all(|(place, it)| it.is_open() || !ballot.has(place, it));
            let is_in_record =
                self.finalised.as_ref().is_none_or(|it| it.opened.contains(&state.member.name));
            state.ballot_state = match (is_open && is_in_record, ballot.is_late) {
                (false, _) => BallotState::Unopened,
                (true, true) => BallotState::Late,
                (true, false) => BallotState::Counted,
            };
        }
    }

    /// The commits that the record rests on: what counts of the ballots, and of everything else what is part of the outcome.
    fn find_record(&mut self, judged: &Judged<'_>) {
        let counts = |place: usize, commit: &LoggedCommit| match &judged.count {
            Some(count) if commit.was_sealed() => count.owner(place, commit).is_some_and(|name| {
                self.member(name.as_str()).is_some_and(|state| state.ballot_state.counts())
            }),
            _ => {
                let seat = self.seat_at(judged, place, commit).and_then(|seat| self.members.get(seat));
                seat.is_some_and(|state| !self.is_newcomer(state))
                    && judged.counts(place, commit)
                    && (commit.was_sealed() || !commit.edits().iter().all(Edit::is_beside_the_record))
            }
        };
        let within =
            judged.archive.all().filter(|(place, commit)| judged.in_scope(*place) && counts(*place, commit));
        let mut record: Vec<CommitId> = within.map(|(_, commit)| commit.id.clone()).collect();
        record.sort_unstable();
        self.record = record;
    }
}
