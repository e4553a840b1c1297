//! Undo and redo: the own edits are read back from the store, so both survive a restart.

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

/// The own edits that can be undone, oldest first, each with the edit that would take it back.
struct Log {
    steps: Vec<Step>,
    history: History,
}

struct Step {
    edit: Edit,
    before: Edit,
}

impl Session {
    /// Takes back the last change that was not taken back yet; returns the edit that did it.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn undo(&mut self) -> Result<Option<Edit>, Failure> {
        let log = self.undo_log()?;
        let step = log.history.to_undo().and_then(|index| log.steps.into_iter().nth(index));
        step.map(|step| self.rewrite(step.before, Mark::Undo)).transpose()
    }

    /// Does the last undone change again; returns the edit that did it.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn redo(&mut self) -> Result<Option<Edit>, Failure> {
        let log = self.undo_log()?;
        let step = log.history.to_redo().and_then(|index| log.steps.into_iter().nth(index));
        step.map(|step| self.rewrite(step.edit, Mark::Redo)).transpose()
    }

    fn rewrite(&mut self, edit: Edit, mark: Mark) -> Result<Edit, Failure> {
        let edit = self.checked(edit)?;
        self.write(vec![(edit.clone(), Some(mark))])?;
        Ok(edit)
    }

    /// What an edit replaced is the edit before it in the same cell, or an empty cell.
    fn undo_log(&self) -> Result<Log, Failure> {
        let own = self.store.own_edits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let mut log = Log { steps: Vec::new(), history: History::default() };
        let mut last: HashMap<CellKey, usize> = HashMap::new();
        for row in own {
            let Some(mark) = row.mark else { continue };
            let edit = read_edit(&row.json).ok_or_else(|| wording::damaged_store(&self.home.database()))?;
            let Some(key) = CellKey::of(&edit) else { continue };
            let index = log.steps.len();
            let earlier = last.insert(key.clone(), index).and_then(|earlier| log.steps.get(earlier));
            let before = earlier.map_or_else(|| key.cleared(), |step| step.edit.clone());
            log.history.push(index, mark);
            log.steps.push(Step { edit, before });
        }
        Ok(log)
    }
}
