//! A ballot: all that one member recorded in one visit, folded from that member's edits.

pub mod cell;
pub mod history;
pub mod scoring;
pub mod seal;

use std::collections::BTreeMap;

use crate::domain::{
    ballot::{
        cell::{Cell, Kept, Reading},
        scoring::{Derived, derive},
    },
    checklist::{Checklist, Clause},
    edit::{Choice, Edit, Stamp, Stand, evidence::EvidenceItem, finding::Finding},
    terms::{
        absence::Absence,
        amount::Amount,
        digest::Digest,
        grade::Grade,
        id::{ClauseId, FeedId, PointId},
        written::Note,
    },
};

/// All votes of one member in one visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ballot {
    clauses: BTreeMap<ClauseId, ClauseRecord>,
}

/// What a member recorded for one clause.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClauseRecord {
    findings: BTreeMap<PointId, Cell<Option<Finding>>>,
    stand: Cell<Option<Stand>>,
    note: Cell<Note>,
    evidence: BTreeMap<Digest, Cell<Option<EvidenceItem>>>,
}

/// One member's vote for one clause, as it reads now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// What the member says.
    pub position: Position,
    /// What the findings alone say.
    pub derived: Derived,
    /// Whether the grade was given directly rather than derived.
    pub direct: bool,
    /// Reason given with a direct grade, points or absence.
    pub reason: String,
    /// Note.
    pub note: Note,
}

/// What a member says about a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Nothing yet, or not enough.
    Unscored,
    /// A grade.
    Grade(Grade),
    /// Points on the clause's scale.
    Points(Amount),
    /// No grade, and why.
    Absent(Absence),
    /// Said by somebody who does not vote on the clause by the plan: a note, which counts nowhere.
    Aside(Choice),
    /// Two laptops of the member say different things; the member must settle it.
    Conflict,
}

/// A cell of a clause on which devices of one member disagree, with each value and the device that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict<'a> {
    /// The direct grade, points or absence.
    Stand(Vec<(&'a FeedId, Option<&'a Stand>)>),
    /// The finding for a point.
    Finding(&'a PointId, Vec<(&'a FeedId, Option<&'a Finding>)>),
    /// The note.
    Note(Vec<(&'a FeedId, &'a str)>),
}

/// Why a vote still wants a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonOwed {
    /// A direct grade differs from what the points say.
    AgainstPoints,
    /// A direct D.
    DirectD,
    /// Not applicable.
    NotApplicable,
}

impl Ballot {
    /// Takes in an edit of the ballot; the order does not matter. That others never come here is the fold's to see to.
    pub fn take(&mut self, stamp: &Stamp, edit: &Edit) {
        match edit {
            Edit::Finding { clause, point, value } => {
                let findings = &mut self.record(clause).findings;
                findings.entry(point.clone()).or_default().write(stamp.clone(), value.clone());
            }
            Edit::Vote { clause, value } => self.record(clause).stand.write(stamp.clone(), value.clone()),
            Edit::Note { clause, text } => self.record(clause).note.write(stamp.clone(), text.clone()),
            Edit::Evidence { clause, digest, value } => {
                let evidence = &mut self.record(clause).evidence;
                evidence.entry(*digest).or_default().write(stamp.clone(), value.clone());
            }
            other => debug_assert!(!other.is_ballot(), "a ballot edit that no ballot takes"),
        }
    }

    fn record(&mut self, clause: &ClauseId) -> &mut ClauseRecord {
        self.clauses.entry(clause.clone()).or_default()
    }

    /// What became of a value of the ballot; `None` = no cell of it was written.
    pub(crate) fn kept(&self, stamp: &Stamp, edit: &Edit) -> Option<Kept> {
        Some(match edit {
            Edit::Finding { clause, point, .. } => self.clauses.get(clause)?.findings.get(point)?.kept(stamp),
            Edit::Vote { clause, .. } => self.clauses.get(clause)?.stand.kept(stamp),
            Edit::Note { clause, .. } => self.clauses.get(clause)?.note.kept(stamp),
            Edit::Evidence { clause, digest, .. } => {
                self.clauses.get(clause)?.evidence.get(digest)?.kept(stamp)
            }
            _ => return None,
        })
    }

    /// What is attached to a clause, by name. Where two laptops of the member disagree, the thing stays attached until
    /// one of them takes it back knowing both: nothing is lost, and no grade rests on it, so it is no conflict.
    #[must_use]
    pub fn evidence(&self, clause: &str) -> Vec<(Digest, &EvidenceItem)> {
        let cells = self.clauses.get(clause).into_iter().flat_map(|record| &record.evidence);
        let mut attached: Vec<_> =
            cells.filter_map(|(digest, cell)| Some((*digest, attached(cell)?))).collect();
        attached.sort_by(|(a, item_a), (b, item_b)| (&item_a.name, a).cmp(&(&item_b.name, b)));
        attached
    }

    /// All that is attached, with its clause.
    pub fn all_evidence(&self) -> impl Iterator<Item = (&ClauseId, Digest, &EvidenceItem)> {
        self.clauses.iter().flat_map(|(clause, record)| {
            let cells = record.evidence.iter();
            cells.filter_map(move |(digest, cell)| Some((clause, *digest, attached(cell)?)))
        })
    }

    /// The finding recorded for a point, if there is one and it does not conflict.
    #[must_use]
    pub fn finding(&self, clause: &str, point: &str) -> Option<&Finding> {
        self.clauses.get(clause)?.findings.get(point)?.value()?.as_ref()
    }

    /// The direct grade, points or absence recorded for a clause.
    #[must_use]
    pub fn stand(&self, clause: &str) -> Option<&Stand> {
        self.clauses.get(clause)?.stand.value()?.as_ref()
    }

    /// The note recorded for a clause; empty if none.
    #[must_use]
    pub fn note(&self, clause: &str) -> &str {
        self.clauses.get(clause).and_then(|record| record.note.value()).map_or("", Note::as_str)
    }

    /// Whether any cell of the clause conflicts.
    #[must_use]
    pub fn conflicts(&self, clause: &str) -> bool {
        self.clauses.get(clause).is_some_and(|record| {
            record.stand.is_conflict()
                || record.note.is_conflict()
                || record.findings.values().any(Cell::is_conflict)
        })
    }

    /// What the member's devices disagree about in a clause: the stand, then the points, then the note.
    #[must_use]
    pub fn conflicting(&self, clause: &str) -> Vec<Conflict<'_>> {
        let Some(record) = self.clauses.get(clause) else { return Vec::new() };
        let stand = record.stand.conflicting();
        let stand: Vec<_> = stand.into_iter().map(|(feed, value)| (feed, value.as_ref())).collect();
        let findings = record.findings.iter().map(|(point, cell)| {
            let values = cell.conflicting();
            (point, values.into_iter().map(|(feed, value)| (feed, value.as_ref())).collect::<Vec<_>>())
        });
        let note = record.note.conflicting();
        let note: Vec<_> = note.into_iter().map(|(feed, text)| (feed, text.as_str())).collect();
        let mut found: Vec<Conflict<'_>> =
            (!stand.is_empty()).then_some(Conflict::Stand(stand)).into_iter().collect();
        let findings = findings.filter(|(_, values)| !values.is_empty());
        found.extend(findings.map(|(point, values)| Conflict::Finding(point, values)));
        found.extend((!note.is_empty()).then_some(Conflict::Note(note)));
        found
    }

    /// What the member says of a clause: the [`Vote::position`], without what it rests on.
    #[must_use]
    pub fn position(&self, clause: &Clause, checklist: &Checklist) -> Position {
        let record = self.clauses.get(&clause.id);
        let finding = |point: &PointId| record?.findings.get(point)?.value()?.as_ref();
        self.read(clause, stand_of(record, clause), || derive(clause, checklist, finding).grade)
    }

    fn read(
        &self,
        clause: &Clause,
        stand: Option<&Stand>,
        derived: impl FnOnce() -> Option<Grade>,
    ) -> Position {
        match stand.map(|stand| stand.choice) {
            _ if self.conflicts(clause.id.as_str()) => Position::Conflict,
            Some(choice) => choice.into(),
            None if clause.scale.is_some() => Position::Unscored,
            None => derived().map_or(Position::Unscored, Position::Grade),
        }
    }

    /// The vote for a clause.
    #[must_use]
    pub fn vote(&self, clause: &Clause, checklist: &Checklist) -> Vote {
        let record = self.clauses.get(&clause.id);
        let derived = derive(clause, checklist, |point| record?.findings.get(point)?.value()?.as_ref());
        let stand = stand_of(record, clause);
        let position = self.read(clause, stand, || derived.grade);
        let direct = matches!(stand, Some(Stand { choice: Choice::Grade(_), .. }));
        Vote {
            position,
            derived,
            direct,
            reason: stand.map(|stand| stand.reason.to_string()).unwrap_or_default(),
            note: record.and_then(|record| record.note.value()).cloned().unwrap_or_default(),
        }
    }
}

/// The vote given directly, if it fits the clause.
fn stand_of<'r>(record: Option<&'r ClauseRecord>, clause: &Clause) -> Option<&'r Stand> {
    record?.stand.value()?.as_ref().filter(|stand| fits(stand.choice, clause))
}

impl Position {
    /// Whether it says something of the clause: a grade, points, or that it does not apply.
    #[must_use]
    pub const fn is_opinion(self) -> bool {
        matches!(self, Self::Grade(_) | Self::Points(_) | Self::Absent(Absence::NotApplicable))
    }

    /// The grade, points or absence, if that is what it says.
    #[must_use]
    pub const fn choice(self) -> Option<Choice> {
        match self {
            Self::Grade(grade) => Some(Choice::Grade(grade)),
            Self::Points(points) => Some(Choice::Points(points)),
            Self::Absent(kind) => Some(Choice::Absent(kind)),
            Self::Unscored | Self::Conflict | Self::Aside(_) => None,
        }
    }

    /// The same as a note: what is said off the plan.
    #[must_use]
    pub const fn aside(self) -> Self {
        match self.choice() {
            Some(choice) => Self::Aside(choice),
            None => self,
        }
    }
}

impl From<Choice> for Position {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Grade(grade) => Self::Grade(grade),
            Choice::Points(points) => Self::Points(points),
            Choice::Absent(kind) => Self::Absent(kind),
        }
    }
}

impl Vote {
    /// Whether the clause needs nothing more from the member: it has a grade, points or an absence.
    #[must_use]
    pub const fn is_scored(&self) -> bool {
        matches!(self.position, Position::Grade(_) | Position::Points(_) | Position::Absent(_))
    }

    /// The grade, if the vote is one.
    #[must_use]
    pub const fn grade(&self) -> Option<Grade> {
        match self.position {
            Position::Grade(grade) => Some(grade),
            _ => None,
        }
    }

    /// Whether the grade was given directly without reason although the recorded points do not bear it: it is higher than they
    /// come to, or a B or C for which none is recorded as unmet.
    #[must_use]
    pub fn is_beyond_points(&self) -> bool {
        let Some(grade) = self.grade().filter(|_| self.direct && self.reason.is_empty()) else {
            return false;
        };
        let is_higher = self.derived.n_recorded > 0 && grade > self.derived.borne;
        is_higher || (matches!(grade, Grade::B | Grade::C) && self.derived.unmet.is_empty())
    }

    /// The reason the vote still owes, if any.
    #[must_use]
    pub fn owes_reason(&self) -> Option<ReasonOwed> {
        if !self.reason.is_empty() {
            return None;
        }
        match self.position {
            Position::Grade(grade) => {
                reason_owed(Choice::Grade(grade), &self.derived).filter(|_| self.direct)
            }
            Position::Absent(kind) => reason_owed(Choice::Absent(kind), &self.derived),
            _ => None,
        }
    }
}

fn attached(cell: &Cell<Option<EvidenceItem>>) -> Option<&EvidenceItem> {
    match cell.read() {
        Reading::Empty => None,
        Reading::Value(value) => value.as_ref(),
        Reading::Conflict(values) => values.into_iter().flatten().max(),
    }
}

/// Whether a clause can be answered so: with a grade, or with points that its scale has; that it does not apply only where it may
/// not. What other programs wrote and does not fit is as if it had not been said.
#[must_use]
pub fn fits(choice: Choice, clause: &Clause) -> bool {
    match choice {
        Choice::Grade(_) => clause.scale.is_none(),
        Choice::Points(points) => clause.scale.is_some_and(|scale| scale.admits(points)),
        Choice::Absent(Absence::NotApplicable) => !clause.must_apply,
        Choice::Absent(_) => true,
    }
}

/// Which choice wants a reason: a direct grade against the points, every direct D, and not-applicable. A D that the
/// points themselves say is reasoned by its unmet points.
#[must_use]
pub fn reason_owed(choice: Choice, derived: &Derived) -> Option<ReasonOwed> {
    match choice {
        Choice::Grade(grade) if derived.grade.is_some_and(|said| said != grade) => {
            Some(ReasonOwed::AgainstPoints)
        }
        Choice::Grade(Grade::D) => Some(ReasonOwed::DirectD),
        Choice::Absent(Absence::NotApplicable) => Some(ReasonOwed::NotApplicable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{
        edit::{evidence::MediaType, lineage::Branch},
        terms::id::{CommitId, FeedId},
    };

    fn stamp(feed: &str, n: u64, seen: &[(&str, u64)]) -> Stamp {
        let seen: BTreeMap<FeedId, u64> = seen.iter().map(|(feed, n)| (FeedId::new(feed), *n)).collect();
        let commit = Some(CommitId::new(format!("{feed}{n}")));
        Stamp {
            feed: FeedId::new(feed),
            n,
            commit,
            index: 0,
            seen: Arc::new(seen),
            branch: Branch::default(),
            saw: Arc::default(),
        }
    }

    fn names(edits: &[&(Stamp, Edit)]) -> Vec<String> {
        let mut ballot = Ballot::default();
        for (stamp, edit) in edits {
            ballot.take(stamp, edit);
        }
        assert!(!ballot.conflicts("EM-01"), "no grade rests on evidence");
        assert_eq!(ballot.all_evidence().count(), ballot.evidence("EM-01").len());
        ballot.evidence("EM-01").into_iter().map(|(_, item)| item.name.clone()).collect()
    }

    #[test]
    fn what_two_laptops_disagree_on_stays_attached_until_one_knows_both() {
        let edit = |digest: u8, name: Option<&str>| Edit::Evidence {
            clause: "EM-01".into(),
            digest: Digest([digest; 32]),
            value: name.map(|name| EvidenceItem {
                name: name.to_owned(),
                caption: "".parse().unwrap(),
                point: None,
                size: 1,
                media: MediaType::Jpeg,
                sealed: Digest([0; 32]),
            }),
        };
        let (a, b) = ((stamp("a", 1, &[]), edit(1, Some("x"))), (stamp("b", 1, &[]), edit(1, None)));
        let settled = (stamp("b", 2, &[("a", 1)]), edit(1, None));
        let other = (stamp("b", 3, &[]), edit(2, Some("a first")));
        for order in [[&a, &b], [&b, &a]] {
            assert_eq!(names(&order), ["x"]);
        }
        for order in [[&a, &b, &settled, &other], [&other, &settled, &b, &a], [&b, &settled, &other, &a]] {
            assert_eq!(names(&order), ["a first"]);
        }
        assert_eq!(names(&[&a, &other]), ["a first", "x"]);
    }

    fn tick(value: bool) -> Edit {
        Edit::Finding { clause: "EM-01".into(), point: "C1".into(), value: Some(Finding::Tick(value)) }
    }

    fn note(text: &str) -> Edit {
        Edit::Note { clause: "EM-01".into(), text: text.parse().unwrap() }
    }

    #[test]
    fn what_two_devices_disagree_about_is_told_cell_by_cell_until_it_is_settled() {
        let stand = Stand { choice: Choice::Grade(Grade::B), reason: "".parse().unwrap() };
        let graded = |value: Option<Stand>| Edit::Vote { clause: "EM-01".into(), value };
        let (one, other) = (stamp("a", 1, &[]), stamp("b", 1, &[]));
        let mut ballot = Ballot::default();
        for (stamp, edits) in [
            (&one, [tick(true), graded(Some(stand.clone())), note("甲")]),
            (&other, [tick(false), graded(None), note("甲")]),
        ] {
            for edit in edits {
                ballot.take(stamp, &edit);
            }
        }
        let (a, b, point) = (FeedId::new("a"), FeedId::new("b"), PointId::new("C1"));
        let (yes, no) = (Finding::Tick(true), Finding::Tick(false));
        let findings = vec![(&a, Some(&yes)), (&b, Some(&no))];
        let expected = [
            Conflict::Stand(vec![(&a, Some(&stand)), (&b, None)]),
            Conflict::Finding(&point, findings.clone()),
        ];
        assert_eq!(ballot.conflicting("EM-01"), expected, "equal notes do not conflict");
        ballot.take(&stamp("c", 1, &[("a", 1), ("b", 1)]), &graded(None));
        assert_eq!(ballot.conflicting("EM-01"), [Conflict::Finding(&point, findings)]);
        assert!(ballot.conflicts("EM-01") && ballot.conflicting("EM-02").is_empty());
    }
}
