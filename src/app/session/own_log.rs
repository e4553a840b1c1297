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
}

#[derive(Debug)]
struct Step {
    edit: Edit,
    /// The step before in the same cell: what this one replaced. `None`: the cell was empty.
    earlier: Option<usize>,
}

impl OwnLog {
    /// The edit that takes back the last change that was not taken back yet.
    pub(in crate::app) fn to_undo(&self) -> Option<Edit> {
        let step = self.steps.get(self.history.to_undo()?)?;
        match step.earlier {
            Some(earlier) => self.steps.get(earlier).map(|step| step.edit.clone()),
            None => CellKey::of(&step.edit).map(CellKey::cleared),
        }
    }

    /// The last change that was taken back.
    pub(in crate::app) fn to_redo(&self) -> Option<Edit> {
        self.steps.get(self.history.to_redo()?).map(|step| step.edit.clone())
    }

    fn push(&mut self, edit: Edit, mark: Mark) {
        let Some(key) = CellKey::of(&edit) else { return };
        let index = self.steps.len();
        let earlier = self.last.insert(key, index);
        self.history.push(index, mark);
        self.steps.push(Step { edit, earlier });
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
                self.own_log.push(edit, mark);
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
        app::{deed::Deed, fixture::founded},
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
}
