//! The own edits that can be undone, as far as they were read: each is read from the store once, however often something is undone.

use std::collections::HashMap;

use crate::{
    app::{
        failure::{Failure, wording},
        session::{Session, load::read_edit},
    },
    domain::{
        ballot::history::{CellKey, History, Mark},
        edit::Edit,
    },
};

/// Own edits that write a cell, oldest first.
#[derive(Debug, Default)]
pub(crate) struct OwnLog {
    steps: Vec<Step>,
    history: History,
    /// The last step that wrote each cell.
    last: HashMap<CellKey, usize>,
    /// Up to where the store was read.
    seq: i64,
    /// The first edit that was written since the visit was opened.
    first_here: Option<i64>,
    /// The first and last of what was written last.
    latest: Option<(i64, i64)>,
    /// Edits that were recorded together since then, in the same way.
    together: Vec<(i64, i64)>,
}

#[derive(Debug)]
struct Step {
    edit: Edit,
    /// The step before in the same cell: what this one replaced. `None`: the cell was empty.
    earlier: Option<usize>,
    seq: i64,
}

/// What one of a member's own acts recorded, and what takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was recorded, in order.
    pub edits: Vec<Edit>,
    /// What takes it back, in order.
    pub back: Vec<Edit>,
    /// Whether it was done since the visit was opened.
    pub here: bool,
}

impl OwnLog {
    /// The last changes that were not taken back yet, the last one first. What was recorded together is one.
    pub(in crate::app) fn changes(&self, n: usize) -> Vec<Change> {
        let steps: Vec<&Step> = self.history.to_undo().filter_map(|at| self.steps.get(at)).collect();
        let acts = steps.chunk_by(|one, other| self.is_together(one, other)).take(n);
        acts.map(|steps| self.change(steps)).collect()
    }

    /// The edits of the last change that was taken back.
    pub(in crate::app) fn to_redo(&self) -> Vec<Edit> {
        let steps: Vec<&Step> = self.history.to_redo().filter_map(|at| self.steps.get(at)).collect();
        let next = steps.chunk_by(|one, other| self.is_together(one, other)).next();
        next.unwrap_or_default().iter().map(|step| step.edit.clone()).collect()
    }

    /// Takes note of the numbers of edits that were just written.
    pub(in crate::app) fn wrote(&mut self, numbers: &[i64]) {
        self.latest = numbers.first().zip(numbers.last()).map(|(first, last)| (*first, *last));
        let first = self.latest.map(|(first, _)| first);
        self.first_here = self.first_here.or(first);
    }

    /// What was written last is one act, and is taken back as one.
    pub(in crate::app) fn bind(&mut self) {
        self.together.extend(self.latest.filter(|(first, last)| first < last));
    }

    fn is_together(&self, one: &Step, other: &Step) -> bool {
        let has_both = |(first, last): &(i64, i64)| {
            let range = *first..=*last;
            range.contains(&one.seq) && range.contains(&other.seq)
        };
        self.together.iter().any(has_both)
    }

    /// One act, from its steps with the last one first.
    fn change(&self, steps: &[&Step]) -> Change {
        let back = |step: &&Step| match step.earlier {
            Some(earlier) => self.steps.get(earlier).map(|step| step.edit.clone()),
            None => CellKey::of(&step.edit).map(CellKey::cleared),
        };
        let is_here = |step: &&Step| self.first_here.is_some_and(|first| step.seq >= first);
        Change {
            edits: steps.iter().rev().map(|step| step.edit.clone()).collect(),
            back: steps.iter().filter_map(back).collect(),
            here: steps.iter().all(is_here),
        }
    }

    fn push(&mut self, edit: Edit, mark: Mark, seq: i64) {
        let Some(key) = CellKey::of(&edit) else { return };
        let index = self.steps.len();
        let earlier = self.last.insert(key, index);
        self.history.push(index, mark);
        self.steps.push(Step { edit, earlier, seq });
    }
}

impl Session {
    /// Takes into the log what was recorded since it was last read, by whichever process of this laptop; tells how many edits it was.
    ///
    /// # Errors
    /// If the store fails.
    pub(in crate::app) fn read_own_log(&mut self) -> Result<usize, Failure> {
        let own = self.store.own_edits_after(&self.row.id, self.own_log.seq);
        let own = own.map_err(|error| self.store_failure(&error))?;
        let n_read = own.len();
        for row in own {
            if let Some(mark) = row.mark {
                let edit =
                    read_edit(&row.json).ok_or_else(|| wording::damaged_store(&self.home.database()))?;
                self.own_log.push(edit, mark, row.seq);
            }
            self.own_log.seq = row.seq;
        }
        Ok(n_read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            deed::{Deed, Done},
            fixture::founded,
        },
        domain::terms::id::ClauseId,
    };

    fn note(session: &mut Session, clause: &ClauseId, text: &str) {
        let edit = Edit::Note { clause: clause.clone(), text: text.parse().unwrap() };
        session.perform(Deed::Record(vec![edit])).unwrap();
    }

    #[test]
    fn an_undo_reads_what_came_since_the_last_one_whoever_recorded_it() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut session = founded(folder.path());
        let clause = session.visit().clauses().next().unwrap().id.clone();
        for n in 0..100 {
            note(&mut session, &clause, &format!("现场 {n}"));
        }
        assert!(session.read_own_log().unwrap() >= 100);
        assert_eq!(session.read_own_log().unwrap(), 0, "a hundred edits later an undo reads what is new");
        session.perform(Deed::Undo).unwrap();
        assert_eq!(session.read_own_log().unwrap(), 1);
        let text = |session: &Session| {
            let state = session.my_state().unwrap();
            let clause = session.visit().clauses().next().unwrap();
            session.visit().vote(state, clause).note.to_string()
        };
        assert_eq!(text(&session), "现场 98");
        // Another process of this laptop records, and this one syncs in between.
        let mut other = Session::open(&session.home, session.file()).unwrap();
        note(&mut other, &clause, "另一个窗口");
        session.sync().unwrap();
        assert_eq!(text(&session), "另一个窗口");
        session.perform(Deed::Undo).unwrap();
        assert_eq!(text(&session), "现场 98");
        session.perform(Deed::Redo).unwrap();
        assert_eq!(text(&session), "另一个窗口");
        for _ in 0..100 {
            session.perform(Deed::Undo).unwrap();
        }
        assert_eq!(text(&session), "", "the first one was written into an empty cell");
    }

    #[test]
    fn what_was_recorded_together_is_taken_back_and_done_again_together() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut session = founded(folder.path());
        let clauses: Vec<ClauseId> = session.visit().clauses().take(3).map(|it| it.id.clone()).collect();
        let text = |session: &Session, at: usize| {
            let clause = session.visit().clauses().nth(at).unwrap();
            session.visit().vote(session.my_state().unwrap(), clause).note.to_string()
        };
        let edit =
            |at: usize, text: &str| Edit::Note { clause: clauses[at].clone(), text: text.parse().unwrap() };
        session.perform(Deed::Record(vec![edit(0, "先")])).unwrap();
        session.perform(Deed::Record(vec![edit(0, "一"), edit(1, "二"), edit(2, "三")])).unwrap();
        session.perform(Deed::Record(vec![edit(2, "后")])).unwrap();
        let told: Vec<(usize, bool)> =
            session.changes(9).unwrap().iter().map(|it| (it.edits.len(), it.here)).collect();
        assert_eq!(told, [(1, true), (3, true), (1, true)]);
        let Done::Stepped(Some(change)) = session.perform(Deed::UndoBack(2)).unwrap() else { panic!() };
        assert_eq!((change.edits.len(), change.back.len()), (4, 4));
        assert_eq!([0, 1, 2].map(|at| text(&session, at)), ["先", "", ""]);
        session.perform(Deed::Redo).unwrap();
        assert_eq!([0, 1, 2].map(|at| text(&session, at)), ["一", "二", "三"]);
        session.perform(Deed::Redo).unwrap();
        assert_eq!(text(&session, 2), "后");
        // Another opening knows what is older than itself.
        let mut again = Session::open(&session.home, session.file()).unwrap();
        assert!(again.changes(9).unwrap().iter().all(|change| !change.here));
        again.perform(Deed::Record(vec![edit(1, "次日")])).unwrap();
        let told: Vec<bool> = again.changes(2).unwrap().iter().map(|it| it.here).collect();
        assert_eq!(told, [true, false]);
    }
}
