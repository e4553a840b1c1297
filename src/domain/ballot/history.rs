//! Undo and redo over one's own edits. Undoing writes a new edit with the value before; nothing is ever taken away.

use crate::domain::{
    edit::Edit,
    facility::profile::ProfileField,
    terms::{
        digest::Digest,
        id::{ClauseId, GateId, MemberName, PointId},
        written::Note,
    },
};

/// The cell that an edit writes. Only edits that write one can be undone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CellKey {
    /// A point's finding.
    Finding(ClauseId, PointId),
    /// A clause's direct grade, points or absence.
    Vote(ClauseId),
    /// A clause's note.
    Note(ClauseId),
    /// One thing attached to a clause.
    Evidence(ClauseId, Digest),
    /// A clause's verdict.
    Verdict(ClauseId),
    /// A gate's decision.
    Gate(GateId),
    /// A member's recusal from a clause, or from all.
    Recusal(MemberName, Option<ClauseId>),
    /// A vote in the clear.
    ClearVote(ClauseId),
    /// Why the own vote for a clause differs.
    Dissent(ClauseId),
    /// The facility's objection to a clause, or to all.
    Objection(Option<ClauseId>),
    /// A field of the facility's profile.
    Facility(ProfileField),
}

impl CellKey {
    /// The cell an edit writes, if it writes one.
    #[must_use]
    pub fn of(edit: &Edit) -> Option<Self> {
        Some(match edit {
            Edit::Finding { clause, point, .. } => Self::Finding(clause.clone(), point.clone()),
            Edit::Vote { clause, .. } => Self::Vote(clause.clone()),
            Edit::Note { clause, .. } => Self::Note(clause.clone()),
            Edit::Evidence { clause, digest, .. } => Self::Evidence(clause.clone(), *digest),
            Edit::Verdict { clause, .. } => Self::Verdict(clause.clone()),
            Edit::Gate { gate, .. } => Self::Gate(gate.clone()),
            Edit::Recuse { name, clause, .. } => Self::Recusal(name.clone(), clause.clone()),
            Edit::ClearVote { clause, .. } => Self::ClearVote(clause.clone()),
            Edit::Dissent { clause, .. } => Self::Dissent(clause.clone()),
            Edit::Objection { clause, .. } => Self::Objection(clause.clone()),
            Edit::Facility { field, .. } => Self::Facility(*field),
            // What opens, closes, joins, signs and answers is no cell; a seal is taken back by an edit of its own.
            Edit::Found(_)
            | Edit::Join { .. }
            | Edit::Blind { .. }
            | Edit::Admit { .. }
            | Edit::Deputy { .. }
            | Edit::JoinOffice
            | Edit::Office { .. }
            | Edit::Device { .. }
            | Edit::Retire { .. }
            | Edit::Declare(_)
            // Taken back by name, not as the last thing that was done.
            | Edit::Absent { .. }
            | Edit::Plan(_)
            | Edit::Submit { .. }
            | Edit::Unseal
            | Edit::Offer(_)
            | Edit::Release(_)
            | Edit::Key { .. }
            | Edit::Close { .. }
            | Edit::Sign { .. }
            | Edit::Receipt { .. }
            | Edit::Final(_)
            | Edit::Rectify { .. }
            | Edit::Slot(_)
            | Edit::Unknown { .. } => return None,
        })
    }

    /// The edit that empties the cell.
    #[must_use]
    pub fn cleared(self) -> Edit {
        match self {
            Self::Finding(clause, point) => Edit::Finding { clause, point, value: None },
            Self::Vote(clause) => Edit::Vote { clause, value: None },
            Self::Note(clause) => Edit::Note { clause, text: Note::default() },
            Self::Evidence(clause, digest) => Edit::Evidence { clause, digest, value: None },
            Self::Verdict(clause) => Edit::Verdict { clause, value: None },
            Self::Gate(gate) => Edit::Gate { gate, value: None },
            Self::Recusal(name, clause) => Edit::Recuse { name, clause, reason: None },
            Self::ClearVote(clause) => Edit::ClearVote { clause, value: None },
            Self::Dissent(clause) => Edit::Dissent { clause, value: None },
            Self::Objection(clause) => Edit::Objection { clause, value: None },
            Self::Facility(field) => Edit::Facility { field, value: None },
        }
    }
}

/// What one of a member's own edits was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A change by the member.
    Do,
    /// Undoes an earlier change.
    Undo,
    /// Does an undone change again.
    Redo,
}

/// The steps that can be undone and redone, as indices into the list of own undoable edits, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    done: Vec<usize>,
    undone: Vec<usize>,
}

impl History {
    /// Replays the marks of a member's own edits in the order they were made.
    pub fn replay(marks: impl IntoIterator<Item = Mark>) -> Self {
        let mut history = Self::default();
        for (index, mark) in marks.into_iter().enumerate() {
            history.push(index, mark);
        }
        history
    }

    /// Takes in the next edit.
    pub fn push(&mut self, index: usize, mark: Mark) {
        match mark {
            Mark::Do => {
                self.done.push(index);
                self.undone.clear();
            }
            Mark::Undo => self.undone.extend(self.done.pop()),
            Mark::Redo => self.done.extend(self.undone.pop()),
        }
    }

    /// The changes that undoing would take back, the next one first.
    pub fn to_undo(&self) -> impl Iterator<Item = usize> {
        self.done.iter().rev().copied()
    }

    /// The changes that redoing would do again, the next one first.
    pub fn to_redo(&self) -> impl Iterator<Item = usize> {
        self.undone.iter().rev().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Mark::{Do, Redo, Undo};

    #[test]
    fn undo_goes_back_and_redo_forward_until_a_new_change() {
        let history = History::replay([Do, Do, Undo]);
        let next = |history: &History| (history.to_undo().next(), history.to_redo().next());
        assert_eq!(next(&history), (Some(0), Some(1)));
        let history = History::replay([Do, Do, Undo, Undo, Redo]);
        assert_eq!(next(&history), (Some(0), Some(1)));
        let history = History::replay([Do, Do, Undo, Do]);
        assert_eq!(next(&history), (Some(3), None));
        assert_eq!(history.to_undo().collect::<Vec<_>>(), [3, 0]);
        assert_eq!(History::replay([Undo, Redo]), History::default());
    }
}
