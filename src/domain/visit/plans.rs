//! The plan in force: the lead's last one from before the first seal, and what a later one hands on of members who are gone.
//!
//! What the lead had received when writing a plan says which seals were known: a plan that was written in knowledge of a seal
//! cannot take a clause from anybody who is there, nor give one to somebody who had sealed (`docs/decisions/0039-the-plan-binds.md`).

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    ballot::{
        Position,
        cell::{Cell, Kept},
    },
    checklist::Clause,
    edit::{Edit, Stamp, plan::Plan},
    terms::id::{ClauseId, FeedId, MemberName},
    visit::{MemberState, Visit},
};

/// What of each feed had reached whoever wrote something.
pub(super) type Received = Arc<BTreeMap<FeedId, u64>>;

/// What those who lead had received by each of their commits, gone through in the order of their feeds.
#[derive(Default)]
pub(super) struct Receipts {
    by_feed: HashMap<FeedId, Received>,
}

impl Receipts {
    /// Takes in an edit of a feed.
    pub(super) fn take(&mut self, feed: &FeedId, edit: &Edit) {
        if let Edit::Receipt { heads } = edit {
            let received = Arc::make_mut(self.by_feed.entry(feed.clone()).or_default());
            for (feed, n) in heads {
                let last = received.entry(feed.clone()).or_default();
                *last = (*last).max(*n);
            }
        }
    }

    /// What a feed had received so far.
    pub(super) fn of(&self, feed: &FeedId) -> Received {
        self.by_feed.get(feed).cloned().unwrap_or_default()
    }
}

/// All plans that were written, and what they come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plans {
    written: Vec<Written>,
    /// Seals, and what was taken back of them, from before the closing: what comes later moves no plan.
    seals: Vec<Sealing>,
    before: Cell<Option<Arc<Plan>>>,
    after: Cell<Option<Arc<Plan>>>,
    in_force: Option<Arc<Plan>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Written {
    stamp: Stamp,
    plan: Option<Arc<Plan>>,
    received: Received,
}

#[derive(Debug, Clone, PartialEq)]
struct Sealing {
    member: MemberName,
    stamp: Stamp,
    is_back: bool,
}

impl Plans {
    /// Takes in that a member sealed, or took a seal back.
    pub(super) fn seal(&mut self, member: &MemberName, stamp: &Stamp, is_back: bool) {
        self.seals.push(Sealing { member: member.clone(), stamp: stamp.clone(), is_back });
    }

    /// Whether a seal of a member stood, as far as somebody knew.
    fn stood(&self, member: &MemberName, knew: impl Fn(&Stamp) -> bool) -> bool {
        let own = || self.seals.iter().filter(|it| &it.member == member && knew(&it.stamp));
        let is_back = |seal: &Stamp| own().any(|it| it.is_back && it.stamp.supersedes(seal));
        own().any(|it| !it.is_back && !is_back(&it.stamp))
    }

    pub(super) fn write(&mut self, stamp: &Stamp, plan: Option<&Arc<Plan>>, received: Received) {
        self.written.push(Written { stamp: stamp.clone(), plan: plan.cloned(), received });
    }

    pub(super) fn kept(&self, stamp: &Stamp) -> Kept {
        self.before.kept(stamp).or(self.after.kept(stamp))
    }

    pub(super) fn is_conflict(&self) -> bool {
        self.before.is_conflict() || self.after.is_conflict()
    }
}

impl Visit {
    /// The plan in force; `None` = everybody votes on everything: none was made, or lead and deputy wrote two that do not know of each
    /// other.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        self.plans.in_force.as_deref()
    }

    /// Whether lead and deputy wrote two plans that do not know of each other.
    #[must_use]
    pub(super) fn has_rival_plans(&self) -> bool {
        self.plans.is_conflict()
    }

    /// Whether a member's vote on a clause counts, as far as the plan is concerned.
    #[must_use]
    pub fn is_planned(&self, name: &MemberName, clause: &ClauseId) -> bool {
        self.plan().is_none_or(|plan| plan.has(clause, name))
    }

    /// Whether a member is not asked about a clause by the plan, and said nothing of it.
    #[must_use]
    pub fn stands_aside(&self, state: &MemberState, clause: &Clause) -> bool {
        !self.is_planned(&state.member.name, &clause.id)
            && self.position_on(state, clause) == Position::Unscored
    }

    /// Who owes a vote on a clause: nobody recused or absent.
    #[must_use]
    pub fn owing(&self, clause: &Clause) -> BTreeSet<&MemberName> {
        let is_kept_away = |name: &MemberName| {
            self.is_absent(name.as_str()) || self.recusal(name.as_str(), clause.id.as_str()).is_some()
        };
        let owes = |name: &MemberName| self.is_planned(name, &clause.id) && !is_kept_away(name);
        self.members.iter().map(|state| &state.member.name).filter(|name| owes(name)).collect()
    }

    /// Votes that a verdict on a clause takes: the quorum of the checklist, and no more than the plan lets vote.
    #[must_use]
    pub fn quorum(&self, clause: &ClauseId) -> usize {
        let quorum = self.founding.checklist.profile.merge.quorum.max(1);
        let planned = self.plan().map(|plan| plan.voters(clause).len()).filter(|n| *n > 0);
        planned.map_or(quorum, |planned| planned.min(quorum))
    }

    /// Whether a plan may be written now: before the first seal any, then only what hands on the clauses of those who are gone.
    #[must_use]
    pub(in crate::domain) fn admits_plan(&self, later: Option<&Plan>) -> bool {
        if !self.members.iter().any(MemberState::has_sealed) {
            return true;
        }
        let Some((now, later)) = self.plan().zip(later) else { return false };
        let sealed = |name: &MemberName| self.member(name.as_str()).is_some_and(MemberState::has_sealed);
        let handed = now.handed_on(later, |clause, name| self.is_gone(clause, name), sealed);
        handed != *now && handed.has_voters_of(later)
    }

    /// Whether a member did not vote on a clause, whatever the plan says, as it stood when scoring was closed.
    fn is_gone(&self, clause: &ClauseId, name: &MemberName) -> bool {
        let sits = self.member(name.as_str()).is_some_and(|state| self.sits(state));
        let is_absent =
            self.rulings.absences().any(|(absent, _)| absent == name) && !self.plans.stood(name, |_| true);
        !sits || is_absent || self.recusal(name.as_str(), clause.as_str()).is_some()
    }

    /// Finds the plan in force, once seals, recusals and absences are known.
    pub(super) fn find_plan(&mut self) {
        // What has reached the author, and what the author did.
        let knew = |it: &Written, stamp: &Stamp| {
            it.received.get(&stamp.feed).is_some_and(|n| *n >= stamp.n) || it.stamp.supersedes(stamp)
        };
        let had_sealed = |name: &MemberName, it: &Written| self.plans.stood(name, |stamp| knew(it, stamp));
        let knows_seal = |it: &&Written| self.members.iter().any(|state| had_sealed(&state.member.name, it));
        let (after, before): (Vec<&Written>, Vec<&Written>) = self.plans.written.iter().partition(knows_seal);
        let cell = |written: &[&Written]| {
            let mut cell = Cell::default();
            written.iter().for_each(|it| cell.write(it.stamp.clone(), it.plan.clone()));
            cell
        };
        let first: Cell<Option<Arc<Plan>>> = cell(&before);
        // What a later plan replaced hands on nothing any more.
        let is_since = |it: &&&Written| !before.iter().any(|other| other.stamp.supersedes(&it.stamp));
        let after: Vec<&Written> = after.iter().filter(is_since).copied().collect();
        let then: Cell<Option<Arc<Plan>>> = cell(&after);
        let base: Option<Arc<Plan>> = first.value().cloned().flatten();
        let later: Option<Arc<Plan>> = then.value().cloned().flatten();
        let in_force = match (base, later) {
            (Some(base), Some(later)) => {
                let had_sealed = |name: &MemberName| after.iter().any(|it| had_sealed(name, it));
                Some(Arc::new(base.handed_on(&later, |clause, name| self.is_gone(clause, name), had_sealed)))
            }
            (base, _) => base,
        };
        self.plans.before = first;
        self.plans.after = then;
        self.plans.in_force = in_force;
    }
}
