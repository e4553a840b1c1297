//! Undo and redo: the own edits are read back from the store, so both survive a restart.

use crate::{
    app::{
        failure::Failure,
        session::{Session, own_log::Change},
    },
    domain::{ballot::history::Mark, edit::Edit},
};

impl Session {
    /// The last own changes that were not taken back yet, the last one first.
    ///
    /// # Errors
    /// If the store fails.
    pub(crate) fn changes(&mut self, n: usize) -> Result<Vec<Change>, Failure> {
        self.read_own_log()?;
        Ok(self.own_log.changes(n))
    }

    /// Takes back the last `n` changes that were not taken back yet; tells them as one.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn undo(&mut self, n: usize) -> Result<Option<Change>, Failure> {
        let changes = self.changes(n)?;
        if changes.is_empty() {
            return Ok(None);
        }
        let edits = changes.iter().rev().flat_map(|change| change.edits.clone()).collect();
        let back = changes.iter().flat_map(|change| change.back.clone()).collect();
        let back = self.rewrite(back, Mark::Undo)?;
        Ok(Some(Change { edits, back, here: changes.iter().all(|change| change.here) }))
    }

    /// Does the last undone change again.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn redo(&mut self) -> Result<Option<Change>, Failure> {
        self.read_own_log()?;
        let edits = self.own_log.to_redo();
        if edits.is_empty() {
            return Ok(None);
        }
        let edits = self.rewrite(edits, Mark::Redo)?;
        Ok(Some(Change { back: edits.clone(), edits, here: true }))
    }

    /// All of it, or nothing.
    fn rewrite(&mut self, edits: Vec<Edit>, mark: Mark) -> Result<Vec<Edit>, Failure> {
        let edits: Vec<Edit> = edits.into_iter().map(|edit| self.checked(edit)).collect::<Result<_, _>>()?;
        self.write(edits.iter().map(|edit| (edit.clone(), Some(mark))).collect())?;
        Ok(edits)
    }
}
