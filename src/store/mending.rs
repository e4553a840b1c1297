//! Puts right what lies in the store and is not what was stored. What is planned here was looked at in [`checks`](super::checks).

use rusqlite::{Row, params, types::ValueRef};

use crate::{
    domain::terms::id::{MemberName, VisitId},
    store::{
        Store,
        checks::{ChangedEdit, LAST_ROW, is_of_index},
        commits::{CHANGED_HERE, CommitRow},
        contents::{store_content, sweep_contents},
        error::StoreError,
        own_edits::{OwnEdit, number_edit},
        visits::{VisitRow, to_sql},
    },
};

/// Why an own edit was set aside.
pub const EDIT_CHANGED_HERE: &str = "own edit changed in the store";
/// What is to be put right in the table of commits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommitFix {
    /// The row is this commit's.
    Put(i64, CommitRow),
    /// A commit that was not there.
    Add(CommitRow),
    /// The row is nobody's: set aside.
    SetAside(i64),
}

impl Store {
    /// Does several things whole or not at all, while nobody else writes.
    ///
    /// # Errors
    /// SQLite's, and those of the work; then nothing was done.
    pub fn in_one_go<T>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = work(self).and_then(|done| {
            self.connection.execute_batch("COMMIT")?;
            Ok(done)
        });
        if done.is_err() {
            // SQLite may have ended it already.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// Writes a visit as it should be. The summary of it is made anew.
    ///
    /// # Errors
    /// SQLite's.
    pub fn put_visit(&mut self, row: &VisitRow, n_edits: i64) -> Result<(), StoreError> {
        let transaction = self.connection.savepoint()?;
        transaction.execute(
            "UPDATE visit SET file = ?2, me = ?3, ballot_key = ?4, in_file_n = ?5, secret = ?6, recovery = ?7,
                 visit_key = ?8, slot = ?9, n_edits = ?10 WHERE id = ?1",
            params![
                row.id.as_str(),
                row.file,
                row.me.as_ref().map(MemberName::as_str),
                row.ballot_key.as_ref().map(<[u8; 32]>::as_slice),
                row.in_file_n,
                row.secret.as_ref().map(<[u8; 32]>::as_slice),
                row.recovery.as_ref().map(<[u8; 16]>::as_slice),
                row.visit_key.as_ref().map(|key| &key.0),
                row.slot,
                n_edits,
            ],
        )?;
        transaction.execute("DELETE FROM glance WHERE visit = ?1", [row.id.as_str()])?;
        transaction.commit()?;
        Ok(())
    }

    /// Writes the device key as it should be.
    ///
    /// # Errors
    /// SQLite's.
    pub fn put_secret(&mut self, secret: &[u8; 32]) -> Result<(), StoreError> {
        self.connection
            .execute("INSERT OR REPLACE INTO device (id, secret) VALUES (1, ?1)", [secret.as_slice()])?;
        Ok(())
    }

    /// Puts own edits right: `numbered` go with the number of a commit, or without one; `set_aside` are kept as lines that do
    /// not hold, and the visit counts what is left.
    ///
    /// # Errors
    /// SQLite's; then nothing was changed.
    pub fn mend_edits(
        &mut self,
        visit: &VisitId,
        numbered: &[OwnEdit],
        set_aside: &[ChangedEdit],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.savepoint()?;
        for edit in numbered {
            number_edit(&transaction, visit, edit, edit.n)?;
        }
        for (seq, json, _) in set_aside {
            transaction.execute(
                "INSERT OR IGNORE INTO quarantine (visit, source, line, reason, text) VALUES (?1, '', 0, ?2, ?3)",
                params![visit.as_str(), EDIT_CHANGED_HERE, json.as_deref().unwrap_or_default()],
            )?;
            transaction.execute("DELETE FROM own_edit WHERE seq = ?1", [seq])?;
        }
        transaction.execute(
            "UPDATE visit SET n_edits = (SELECT count(*) FROM own_edit NOT INDEXED WHERE visit = ?1) WHERE id = ?1",
            [visit.as_str()],
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Puts the table of commits right.
    ///
    /// # Errors
    /// SQLite's; then nothing was changed.
    pub fn mend_commits(&mut self, visit: &VisitId, fixes: &[CommitFix]) -> Result<(), StoreError> {
        let transaction = self.connection.savepoint()?;
        // What is in the way goes before what takes its place.
        for fix in fixes {
            if let CommitFix::SetAside(seq) = fix {
                let kept = set_aside(&transaction, *seq)?;
                transaction.execute(
                    "INSERT OR IGNORE INTO quarantine (visit, source, line, reason, text) VALUES (?1, '', 0, ?2, ?3)",
                    params![visit.as_str(), CHANGED_HERE, kept],
                )?;
            }
        }
        for fix in fixes {
            let (seq, row) = match fix {
                CommitFix::SetAside(_) => continue,
                CommitFix::Put(seq, row) => (Some(*seq), row),
                CommitFix::Add(row) => (None, row),
            };
            if let Some(seq) = seq {
                transaction.execute("DELETE FROM commits WHERE seq = ?1", [seq])?;
            }
            // A new number, so that who keeps the bytes of the file by it writes them anew.
            let stored = store_content(&transaction, visit, (&row.id, &row.json))?;
            transaction.execute(
                "INSERT OR REPLACE INTO commits (seq, visit, id, feed, n, signature, json, content, rest)
                 VALUES ((SELECT coalesce(max(seq), 0) + 1 FROM commits), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    visit.as_str(),
                    row.id.as_str(),
                    row.feed.as_str(),
                    to_sql(row.n),
                    row.signature,
                    stored.json,
                    stored.content,
                    stored.rest
                ],
            )?;
        }
        sweep_contents(&transaction)?;
        transaction.execute("DELETE FROM glance WHERE visit = ?1", [visit.as_str()])?;
        transaction.commit()?;
        Ok(())
    }

    /// Makes the indexes anew from their tables, if nothing else is wrong with the pages.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] if it is more than the indexes; SQLite's.
    pub fn make_indexes(&mut self) -> Result<(), StoreError> {
        if self.integrity()?.iter().any(|line| !is_of_index(line)) {
            return Err(StoreError::Damaged { what: "page" });
        }
        self.connection.execute_batch("REINDEX")?;
        Ok(())
    }

    /// Makes the numbers of rows small again where they ran out.
    ///
    /// # Errors
    /// SQLite's.
    pub fn renumber_rows(&mut self) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE commits SET seq = (SELECT count(*) FROM commits) + 1 +
                 (SELECT count(*) FROM commits AS it WHERE it.seq < ?1 AND it.seq > (SELECT count(*) FROM commits))
             WHERE seq >= ?1",
            [LAST_ROW],
        )?;
        Ok(())
    }
}

/// Takes a row out; gives what reads of it as a line.
fn set_aside(transaction: &rusqlite::Connection, seq: i64) -> Result<String, StoreError> {
    let text = |row: &Row<'_>, index| match row.get_ref(index)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Ok(String::from_utf8_lossy(bytes).into_owned()),
        _ => Ok::<_, rusqlite::Error>(String::new()),
    };
    let line =
        transaction.query_row("SELECT signature, json FROM commit_line WHERE seq = ?1", [seq], |row| {
            Ok(format!("{} {}", text(row, 0)?, text(row, 1)?))
        })?;
    transaction.execute("DELETE FROM commits WHERE seq = ?1", [seq])?;
    Ok(line)
}
