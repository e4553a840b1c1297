//! Undo and redo: the own edits are read back from the store, so both survive a restart.

use crate::{
    app::{failure::Failure, session::Session},
    domain::{ballot::history::Mark, edit::Edit},
};

impl Session {
    /// Takes back the last change that was not taken back yet; returns the edit that did it.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn undo(&mut self) -> Result<Option<Edit>, Failure> {
        self.read_own_log()?;
        self.own_log.to_undo().map(|before| self.rewrite(before, Mark::Undo)).transpose()
    }

    /// Does the last undone change again; returns the edit that did it.
    ///
    /// # Errors
    /// As [`Session::record`].
    pub(in crate::app) fn redo(&mut self) -> Result<Option<Edit>, Failure> {
        self.read_own_log()?;
        self.own_log.to_redo().map(|edit| self.rewrite(edit, Mark::Redo)).transpose()
    }

    fn rewrite(&mut self, edit: Edit, mark: Mark) -> Result<Edit, Failure> {
        let edit = self.checked(edit)?;
        self.write(vec![(edit.clone(), Some(mark))])?;
        Ok(edit)
    }
}
