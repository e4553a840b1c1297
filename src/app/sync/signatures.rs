//! No line goes out that does not hold: what the store would add to a shared file is verified before it is written. The hash of a
//! commit was looked at when the visit was opened, its signature is looked at here, where it costs no more than what is new.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        failure::Failure,
        session::{
            Session,
            mend::{self, scan::Depth},
        },
        sync::take_in::known_keys,
    },
    domain::terms::id::FeedId,
    share::{
        code::key::PublicKey,
        file::{
            commit::{Commit, Line},
            main_file::Main,
        },
    },
};

impl Session {
    /// Puts right what would go into a file and is not signed as it should be: own commits are signed again, which gives the same
    /// signature; others' are set aside until a file brings them.
    pub(in crate::app) fn check_signatures(&mut self, main: &Main) -> Result<(), Failure> {
        if main.says(&self.canonical()?) {
            return Ok(());
        }
        let texts = main.lines(&self.row.id, &[]);
        let there: BTreeSet<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
        let keys = known_keys(&self.store, &self.row.id).map_err(|error| self.store_failure(&error))?;
        let rows = self.store.commits(&self.row.id).map_err(|error| self.store_failure(&error))?;
        let lines = rows.into_iter().map(|row| Line { signature: row.signature, json: row.json });
        let mut new = lines.filter(|line| !there.contains(line.to_text().as_str()));
        if new.all(|line| self.holds(&line, &keys)) {
            return Ok(());
        }
        mend::signatures(&mut self.store, &self.row.id, &self.device, Depth::Whole)
            .map_err(|error| self.store_failure(&error))?;
        self.written.replace(None);
        self.reload()
    }

    fn holds(&self, line: &Line, keys: &BTreeMap<FeedId, PublicKey>) -> bool {
        let Ok(commit) = Commit::read(&self.row.id, &line.json) else { return false };
        keys.get(&commit.feed).is_some_and(|key| commit.verify(&self.row.id, line, *key).is_ok())
    }
}
