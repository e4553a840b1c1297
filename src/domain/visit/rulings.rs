//! What the lead and the deputies recorded: recusals, verdicts, gates, objections, the facility's
//! profile, the end of scoring.
//! Where two of them wrote apart from each other, that is a conflict, not a race.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ballot::cell::{Cell, Kept, Reading},
    edit::{
        Edit, Stamp,
        objection::Objection,
        slot::Slot,
        verdict::{GateDecision, LeadVerdict},
    },
    facility::profile::{FacilityProfile, ProfileField, ProfileValue},
    terms::{
        id::{ClauseId, FeedId, GateId, MemberName},
        written::Line,
    },
    visit::conflict::InConflict,
};

/// A cell that can be emptied.
type Optional<V> = Cell<Option<V>>;

/// By member and clause (`None` = all of them): why.
type Recusals = BTreeMap<(MemberName, Option<ClauseId>), Optional<Line>>;

/// All that was ruled.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rulings {
    /// What of each feed has reached the lead.
    pub(crate) receipts: BTreeMap<FeedId, u64>,
    /// The passphrases that were set, the newest last.
    pub(crate) slots: BTreeSet<Slot>,
    recusals: Recusals,
    /// Those that were recorded when scoring was closed already.
    late_recusals: Recusals,
    /// By member: why they are not there.
    absences: BTreeMap<MemberName, Optional<Line>>,
    verdicts: BTreeMap<ClauseId, Optional<LeadVerdict>>,
    /// What revisions settled.
    settled: BTreeMap<ClauseId, LeadVerdict>,
    gates: BTreeMap<GateId, Optional<GateDecision>>,
    objections: BTreeMap<Option<ClauseId>, Optional<Objection>>,
    facility: BTreeMap<ProfileField, Optional<ProfileValue>>,
}

impl Rulings {
    pub(crate) fn recuse(
        &mut self,
        stamp: &Stamp,
        name: &MemberName,
        clause: Option<&ClauseId>,
        reason: Option<&Line>,
    ) {
        recuse(&mut self.recusals, stamp, name, clause, reason);
    }

    pub(crate) fn recuse_late(
        &mut self,
        stamp: &Stamp,
        name: &MemberName,
        clause: Option<&ClauseId>,
        reason: Option<&Line>,
    ) {
        recuse(&mut self.late_recusals, stamp, name, clause, reason);
    }

    pub(crate) fn record_absence(&mut self, stamp: &Stamp, name: &MemberName, reason: Option<&Line>) {
        self.absences.entry(name.clone()).or_default().write(stamp.clone(), reason.cloned());
    }

    /// Takes in what the chair's word alone decides. That others never come here is the fold's to see to.
    pub(crate) fn take(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Verdict { clause, value } => {
                self.verdicts.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Gate { gate, value } => {
                self.gates.entry(gate.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Facility { field, value } => {
                self.facility.entry(*field).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Objection { clause, value } => {
                self.objections.entry(clause.clone()).or_default().write(stamp.clone(), value.clone());
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
            other => debug_assert!(false, "no ruling: {other:?}"),
        }
    }

    /// What became of what was ruled; `None` = no cell of it was written.
    pub(crate) fn kept(&self, stamp: &Stamp, edit: &Edit) -> Option<Kept> {
        Some(match edit {
            Edit::Verdict { clause, .. } => self.verdicts.get(clause)?.kept(stamp),
            Edit::Gate { gate, .. } => self.gates.get(gate)?.kept(stamp),
            Edit::Facility { field, .. } => self.facility.get(field)?.kept(stamp),
            Edit::Objection { clause, .. } => self.objections.get(clause)?.kept(stamp),
            Edit::Recuse { name, clause, .. } => {
                let key = (name.clone(), clause.clone());
                let in_time = self.recusals.get(&key).map_or(Kept::Replaced, |cell| cell.kept(stamp));
                in_time.or(self.late_recusals.get(&key).map_or(Kept::Replaced, |cell| cell.kept(stamp)))
            }
            Edit::Absent { name, .. } => self.absences.get(name)?.kept(stamp),
            _ => return None,
        })
    }

    /// Recusals that stand, by member and clause. Where a recusal and its lifting do not know each other the recusal stands:
    /// a vote too few can be asked for again, a vote of somebody with ties cannot be taken back.
    pub(crate) fn recusals(&self) -> impl Iterator<Item = (&MemberName, Option<&ClauseId>, &str)> {
        standing(&self.recusals)
    }

    /// The same of those that were recorded when scoring was closed already.
    pub(crate) fn late_recusals(&self) -> impl Iterator<Item = (&MemberName, Option<&ClauseId>, &str)> {
        standing(&self.late_recusals)
    }

    /// Members who are not there, each with the reason. Of an absence that one recorded and another took back neither holds: the
    /// member is there until they agree.
    pub(crate) fn absences(&self) -> impl Iterator<Item = (&MemberName, &str)> {
        self.absences.iter().filter_map(|(name, cell)| {
            let reason = match cell.read() {
                Reading::Empty => None,
                Reading::Value(reason) => reason.as_ref(),
                Reading::Conflict(reasons) if reasons.iter().any(|it| it.is_none()) => None,
                Reading::Conflict(reasons) => reasons.into_iter().flatten().min(),
            };
            Some((name, reason?.as_str()))
        })
    }

    /// The verdict for a clause.
    /// Whether a revision settled a clause.
    pub(crate) fn is_settled(&self, clause: &ClauseId) -> bool {
        self.settled.contains_key(clause)
    }

    /// What a revision settled takes the place of what stood before, whoever said it.
    pub(crate) fn settle(&mut self, clause: ClauseId, verdict: LeadVerdict) {
        self.settled.insert(clause, verdict);
    }

    pub(crate) fn verdict(&self, clause: &str) -> Option<&LeadVerdict> {
        self.settled.get(clause).or_else(|| self.verdicts.get(clause)?.value()?.as_ref())
    }

    /// The decision on a gate.
    pub(crate) fn gate(&self, gate: &str) -> Option<&GateDecision> {
        self.gates.get(gate)?.value()?.as_ref()
    }

    /// Objections of the facility: to the report as a whole first, then by clause.
    pub(crate) fn objections(&self) -> impl Iterator<Item = (Option<&ClauseId>, &Objection)> {
        self.objections.iter().filter_map(|(clause, cell)| Some((clause.as_ref(), cell.value()?.as_ref()?)))
    }

    /// The facility's profile.
    pub(crate) fn facility(&self) -> FacilityProfile {
        let mut profile = FacilityProfile::default();
        for (field, cell) in &self.facility {
            match cell.read() {
                Reading::Empty | Reading::Value(None) => {}
                Reading::Value(Some(value)) => profile.set(*field, value.clone()),
                Reading::Conflict(_) => {
                    let values = cell.conflicting().into_iter().map(|(_, value)| value.clone());
                    profile.contest(*field, values.collect());
                }
            }
        }
        profile
    }

    /// Everything on which lead and deputies wrote different things without knowing of each other.
    pub(crate) fn conflicts(&self) -> Vec<InConflict> {
        let verdicts = self.verdicts.iter().filter(|(_, cell)| cell.is_conflict());
        let gates = self.gates.iter().filter(|(_, cell)| cell.is_conflict());
        let objections = self.objections.iter().filter(|(_, cell)| cell.is_conflict());
        let fields = self.facility.iter().filter(|(_, cell)| cell.is_conflict());
        let mut found: Vec<InConflict> =
            verdicts.map(|(clause, _)| InConflict::Verdict(clause.clone())).collect();
        found.extend(gates.map(|(gate, _)| InConflict::Gate(gate.clone())));
        found.extend(objections.map(|(clause, _)| InConflict::Objection(clause.clone())));
        found.extend(fields.map(|(field, _)| InConflict::Facility(*field)));
        found
    }
}

fn recuse(
    recusals: &mut Recusals,
    stamp: &Stamp,
    name: &MemberName,
    clause: Option<&ClauseId>,
    reason: Option<&Line>,
) {
    let cell = recusals.entry((name.clone(), clause.cloned())).or_default();
    cell.write(stamp.clone(), reason.cloned());
}

fn standing(recusals: &Recusals) -> impl Iterator<Item = (&MemberName, Option<&ClauseId>, &str)> {
    recusals.iter().filter_map(|((name, clause), cell)| {
        let reason = match cell.read() {
            Reading::Empty => None,
            Reading::Value(reason) => reason.as_ref(),
            Reading::Conflict(reasons) => reasons.into_iter().flatten().min(),
        };
        Some((name, clause.as_ref(), reason?.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::*;
    use crate::domain::{edit::lineage::Branch, terms::id::CommitId};

    /// A write of a field: which, what (0 = emptied), on whose laptop, and whether the other's writes so far were known.
    type Write = (usize, u64, bool, bool);

    /// Two feeds that write in turn, each edit with what its author knew.
    fn edits(writes: &[Write]) -> Vec<(Stamp, Edit)> {
        let mut heads = [0_u64; 2];
        let mut known = [0_u64; 2];
        let feeds = ["lead", "deputy"];
        let edit = |(at, n, by_deputy, has_synced): &Write| {
            let me = usize::from(*by_deputy);
            heads[me] += 1;
            if *has_synced {
                known[me] = heads[1 - me];
            }
            let seen = BTreeMap::from([(FeedId::new(feeds[1 - me]), known[me])]);
            let stamp = Stamp {
                feed: FeedId::new(feeds[me]),
                n: heads[me],
                commit: Some(CommitId::new(format!("{me}-{}", heads[me]))),
                index: 0,
                seen: Arc::new(seen),
                branch: Branch::default(),
                saw: Arc::default(),
            };
            let field = [ProfileField::Staff, ProfileField::Beds, ProfileField::Population][*at];
            let value = (*n > 0).then_some(ProfileValue::Count(*n));
            (stamp, Edit::Facility { field, value })
        };
        writes.iter().map(edit).collect()
    }

    fn folded<'a>(edits: impl IntoIterator<Item = &'a (Stamp, Edit)>) -> (FacilityProfile, Vec<InConflict>) {
        let mut rulings = Rulings::default();
        edits.into_iter().for_each(|(stamp, edit)| rulings.take(stamp, edit));
        (rulings.facility(), rulings.conflicts())
    }

    proptest! {
        #[test]
        fn fields_filled_in_and_emptied_fold_to_the_same_in_any_order_and_repetition(
            writes in proptest::collection::vec((0..3_usize, 0..4_u64, any::<bool>(), any::<bool>()), 0..12),
            order in any::<prop::sample::Index>(),
            again in any::<prop::sample::Index>(),
        ) {
            let edits = edits(&writes);
            let expected = folded(&edits);
            prop_assert_eq!(folded(edits.iter().rev()), expected.clone());
            if !edits.is_empty() {
                let (turn, twice) = (order.index(edits.len()), again.index(edits.len()));
                let turned = edits[turn..].iter().chain(&edits[..turn]).chain([&edits[twice]]);
                prop_assert_eq!(folded(turned), expected.clone());
            }
            let (profile, conflicts) = expected;
            prop_assert_eq!(profile.contested().count(), conflicts.len());
            for (field, values) in profile.contested() {
                prop_assert!(profile.get(field).is_none() && values.len() > 1);
            }
        }

        #[test]
        fn whoever_knows_everything_has_the_last_word(
            writes in proptest::collection::vec((0..3_usize, 0..4_u64, any::<bool>(), Just(true)), 1..12),
        ) {
            let (profile, conflicts) = folded(&edits(&writes));
            prop_assert!(conflicts.is_empty());
            for (at, field) in [ProfileField::Staff, ProfileField::Beds, ProfileField::Population].iter().enumerate() {
                let last = writes.iter().rev().find(|write| write.0 == at).map_or(0, |write| write.1);
                prop_assert_eq!(profile.count(*field).unwrap_or(0), last);
            }
        }
    }

    #[test]
    fn two_words_that_do_not_know_each_other_are_a_conflict_that_names_the_field() {
        let apart = [(0, 5, false, false), (0, 6, true, false)];
        let (profile, conflicts) = folded(&edits(&apart));
        assert_eq!(conflicts, [InConflict::Facility(ProfileField::Staff)]);
        assert_eq!(conflicts[0].to_string(), "facility:staff");
        let values = [Some(ProfileValue::Count(6)), Some(ProfileValue::Count(5))];
        assert_eq!(profile.contest_of(ProfileField::Staff), Some(values.as_slice()));
        let settled = [apart[0], apart[1], (0, 0, false, true)];
        assert_eq!(folded(&edits(&settled)), (FacilityProfile::default(), Vec::new()));
    }
}
