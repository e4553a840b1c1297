//! The store as it lies on the disk: rows read as far as they read at all. Where something is wrong they are read by the tables
//! alone, because an index may be broken where its table is not.

use rusqlite::{Row, types::ValueRef};

use crate::{
    domain::terms::id::{MemberName, VisitId},
    store::{
        Store,
        error::StoreError,
        own_edits::{OwnEdit, StoredEdit},
        schema,
        visits::{KeyText, VisitRow},
    },
};

/// Numbers of rows beyond this one were written by nobody: every later one would be wrong, too.
pub(crate) const LAST_ROW: i64 = 1 << 53;

/// How rows are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By their index, which costs what the visit has and not what the store has; the rows themselves are read from the table.
    Index,
    /// By the table alone, because an index may be broken.
    Table,
}

/// A commit as it lies there; what does not read as text or number is not there.
#[derive(Debug, Clone, Copy)]
pub struct StoredCommit<'a> {
    /// Number of the row.
    pub seq: i64,
    /// Whether it lies under the visit that was asked for; else under one that is not in the store.
    pub is_of_visit: bool,
    /// Id.
    pub id: Option<&'a str>,
    /// Feed.
    pub feed: Option<&'a str>,
    /// Number in the feed.
    pub n: Option<i64>,
    /// Signature.
    pub signature: Option<&'a str>,
    /// JSON.
    pub json: Option<&'a str>,
    /// Whether the index that led here says the same.
    pub is_indexed: bool,
}

/// A visit as it lies there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVisit {
    /// What reads of it.
    pub row: VisitRow,
    /// Columns that do not read as what the program writes.
    pub unreadable: Vec<&'static str>,
    /// Own edits that it should have.
    pub n_edits: i64,
}

/// The own edits of a visit as they lie there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredEdits {
    /// Those that are what was stored.
    pub sound: Vec<OwnEdit>,
    /// Those of which only the number of their commit was changed, as they were.
    pub renumbered: Vec<OwnEdit>,
    /// The others: row, what reads of the edit, and of the number of its commit.
    pub changed: Vec<ChangedEdit>,
}

/// An own edit that was changed: its row, what reads of it, and of the number of its commit.
pub type ChangedEdit = (i64, Option<String>, Option<i64>);

/// What lies in the tables beside the visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tables {
    /// Rows of commits, own edits, summaries and reasons of visits that are not in the store.
    pub n_orphans: usize,
    /// Experts of the pool that are not what was stored.
    pub n_experts: usize,
    /// Whether the device key does not read.
    pub has_bad_device: bool,
    /// Whether the schema is not the program's.
    pub has_bad_schema: bool,
    /// Whether the numbers of rows are not what the program counts to.
    pub has_bad_numbers: bool,
}

impl Store {
    /// Looks at one state of the store, whatever others write meanwhile.
    ///
    /// # Errors
    /// SQLite's, and those of the look.
    pub fn in_one_look<T>(&self, look: impl FnOnce(&Self) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let seen = look(self)?;
        transaction.commit()?;
        Ok(seen)
    }

    /// Shows the commits of a visit, and those of visits that are not in the store, row by row. By the view, so that a commit is
    /// seen as everybody here sees it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn each_stored(
        &self,
        visit: &VisitId,
        by: By,
        mut show: impl FnMut(StoredCommit<'_>),
    ) -> Result<(), StoreError> {
        let ways: &[&str] = match by {
            // The sign keeps SQLite from using an index.
            By::Table => &["SELECT seq, visit = ?1, id, feed, n, signature, json, 1 FROM commit_line
                 WHERE +visit = ?1 OR +visit NOT IN (SELECT id FROM visit NOT INDEXED)"],
            // The second leaps from one visit to the next.
            By::Index => &[
                "SELECT it.seq, it.visit = ?1, it.id, it.feed, it.n, it.signature, it.json,
                        it.feed IS at.feed AND it.n IS at.n AND it.id IS at.id
                 FROM commits AS at INDEXED BY commits_in_order CROSS JOIN commit_line AS it
                 WHERE at.visit = ?1 AND it.seq = at.seq",
                "WITH RECURSIVE of_commits (id) AS (
                     SELECT min(visit) FROM commits UNION ALL
                     SELECT (SELECT min(visit) FROM commits WHERE visit > of_commits.id) FROM of_commits
                     WHERE id IS NOT NULL)
                 SELECT seq, visit = ?1, id, feed, n, signature, json, 1 FROM commit_line WHERE visit IN
                     (SELECT id FROM of_commits WHERE id NOT IN (SELECT id FROM visit NOT INDEXED))",
            ],
        };
        for sql in ways {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([visit.as_str()])?;
            while let Some(row) = rows.next()? {
                show(stored_commit(row)?);
            }
        }
        Ok(())
    }

    /// A visit, read as far as it reads.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stored_visit(&self, id: &VisitId) -> Result<Option<StoredVisit>, StoreError> {
        let mut all = self.stored_visits()?;
        all.retain(|stored| stored.row.id == *id);
        Ok(all.into_iter().next())
    }

    /// All visits, latest first, read as far as they read. One whose id does not read is an orphan.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stored_visits(&self) -> Result<Vec<StoredVisit>, StoreError> {
        let sql =
            "SELECT id, file, me, ballot_key, in_file_n, secret, recovery, visit_key, slot, n_edits, rowid
             FROM visit NOT INDEXED ORDER BY rowid DESC";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.extend(stored_visit(row));
        }
        Ok(all)
    }

    /// The device key, if it reads as one.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stored_secret(&self) -> Result<Option<[u8; 32]>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT secret FROM device WHERE id = 1")?;
        let mut rows = statement.query([])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(row.get::<_, Vec<u8>>(0).ok().and_then(|bytes| bytes.try_into().ok()))
    }

    /// The own edits of a visit, each held against its sum.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stored_edits(&self, visit: &VisitId, by: By) -> Result<StoredEdits, StoreError> {
        let sql = match by {
            By::Table => {
                "SELECT seq, json, mark, n, sum FROM own_edit NOT INDEXED WHERE visit = ?1 ORDER BY seq"
            }
            By::Index => {
                "SELECT it.seq, it.json, it.mark, it.n, it.sum
                 FROM own_edit AS at INDEXED BY own_edit_by_visit CROSS JOIN own_edit AS it NOT INDEXED
                 WHERE at.visit = ?1 AND it.seq = at.seq AND it.visit = ?1 ORDER BY at.seq"
            }
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str()], StoredEdit::read)?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let numbers = rows.iter().filter_map(|row| row.n.ok().flatten());
        let (least, most) = numbers.fold((0, 0), |(least, most), n| (n.min(least), n.max(most)));
        let mut edits = StoredEdits::default();
        for row in rows {
            if let Some(edit) = row.intact(visit) {
                edits.sound.push(edit);
                continue;
            }
            // The number of its commit is one of few.
            let near = (least.max(-10_000)..=most.min(10_000)).map(Some).chain([None]);
            let as_was = near.map(|n| StoredEdit { n: Ok(n), ..row.clone() });
            match as_was.filter_map(|row| row.intact(visit)).next() {
                Some(edit) => edits.renumbered.push(edit),
                None => edits.changed.push((row.seq, row.json.clone(), row.n.ok().flatten())),
            }
        }
        Ok(edits)
    }

    /// Whether commits are numbered as nobody numbers them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_bad_numbers(&self) -> Result<bool, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT coalesce(max(seq), 0) >= ?1 FROM commits")?;
        Ok(statement.query_row([LAST_ROW], |row| row.get(0))?)
    }

    /// What is wrong in the pages, line by line, as SQLite tells it; empty if nothing is.
    ///
    /// # Errors
    /// SQLite's.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut lines = Vec::new();
        // SQLite takes a schema with a view for a part of the database, and then leaves out the list of free pages; with the table
        // of tables alone it looks at them.
        for pragma in ["PRAGMA integrity_check(100)", "PRAGMA integrity_check(sqlite_schema)"] {
            let mut statement = self.connection.prepare(pragma)?;
            let told = statement.query_map([], |row| row.get::<_, String>(0))?;
            lines.extend(told.collect::<Result<Vec<_>, _>>()?);
        }
        lines.retain(|line| line != "ok");
        lines.dedup();
        Ok(lines)
    }

    /// Whether something could be written now. Nothing is.
    ///
    /// # Errors
    /// SQLite's, if not.
    pub fn try_to_write(&self) -> Result<(), StoreError> {
        let nothing = "BEGIN IMMEDIATE; UPDATE visit SET in_file_n = in_file_n WHERE id IS NULL; ROLLBACK";
        let tried = self.connection.execute_batch(nothing);
        if tried.is_err() && !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        tried?;
        Ok(())
    }

    /// What is wrong beside the visits.
    ///
    /// # Errors
    /// SQLite's.
    pub fn check_tables(&self) -> Result<Tables, StoreError> {
        let count = |sql: &str| -> Result<usize, StoreError> {
            Ok(count_of(self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))?))
        };
        let known = "(SELECT id FROM visit NOT INDEXED)";
        let n_orphans = count(&format!(
            "SELECT (SELECT count(*) FROM commits NOT INDEXED WHERE visit NOT IN {known})
                  + (SELECT count(*) FROM own_edit NOT INDEXED WHERE visit NOT IN {known})
                  + (SELECT count(*) FROM glance WHERE visit NOT IN {known})
                  + (SELECT count(*) FROM waiver WHERE visit NOT IN {known})
                  + (SELECT count(*) FROM visit NOT INDEXED WHERE typeof(id) <> 'text')"
        ))?;
        let n_device = count("SELECT count(*) FROM device")?;
        Ok(Tables {
            n_orphans,
            n_experts: self.bad_experts()?,
            has_bad_device: n_device > 0 && self.stored_secret()?.is_none(),
            has_bad_schema: schema::texts(&self.connection)? != schema::expected()?,
            has_bad_numbers: self.has_bad_numbers()?,
        })
    }
}

fn stored_commit<'a>(row: &'a Row<'_>) -> Result<StoredCommit<'a>, rusqlite::Error> {
    let text = |index: usize| match row.get_ref(index)? {
        ValueRef::Text(bytes) => Ok(std::str::from_utf8(bytes).ok()),
        _ => Ok::<_, rusqlite::Error>(None),
    };
    Ok(StoredCommit {
        seq: row.get(0)?,
        is_of_visit: row.get(1)?,
        id: text(2)?,
        feed: text(3)?,
        n: row.get(4).ok(),
        signature: text(5)?,
        json: text(6)?,
        is_indexed: row.get(7)?,
    })
}

fn count_of(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}

/// Whether a line of SQLite's check tells of an index, which is made from its table.
#[must_use]
pub fn is_of_index(line: &str) -> bool {
    line.starts_with("row ") && line.contains("missing from index")
        || line.starts_with("wrong # of entries in index")
        || line.starts_with("non-unique entry in index")
        || line.contains("values differ from index")
}

/// What reads of a visit; nothing if its id does not.
fn stored_visit(row: &Row<'_>) -> Option<StoredVisit> {
    let mut unreadable = Vec::new();
    let mut key = |index: usize, column: &'static str| {
        let bytes = row.get::<_, Option<Vec<u8>>>(index);
        if bytes.is_err() {
            unreadable.push(column);
        }
        bytes.ok().flatten()
    };
    let (ballot_key, secret, recovery) = (key(3, "ballot_key"), key(5, "secret"), key(6, "recovery"));
    let mut text = |index: usize, column: &'static str| {
        let text = row.get::<_, Option<String>>(index);
        if text.is_err() {
            unreadable.push(column);
        }
        text.ok().flatten()
    };
    let (file, me) = (text(1, "file"), text(2, "me"));
    let (visit_key, slot) = (text(7, "visit_key"), text(8, "slot"));
    let mut number = |index: usize, column: &'static str| {
        let number = row.get::<_, i64>(index);
        if number.is_err() {
            unreadable.push(column);
        }
        number.unwrap_or_default()
    };
    let (in_file_n, n_edits) = (number(4, "in_file_n"), number(9, "n_edits"));
    let mut whole = |bytes: Option<Vec<u8>>, column: &'static str, length: usize| {
        let whole = bytes.clone().filter(|bytes| bytes.len() == length);
        if bytes.is_some() && whole.is_none() {
            unreadable.push(column);
        }
        whole
    };
    let ballot_key = whole(ballot_key, "ballot_key", 32);
    let secret = whole(secret, "secret", 32);
    let recovery = whole(recovery, "recovery", 16);
    let row = VisitRow {
        id: VisitId::new(row.get::<_, String>(0).ok()?),
        file: file.unwrap_or_default(),
        me: me.map(MemberName::new),
        ballot_key: ballot_key.and_then(|bytes| bytes.try_into().ok()),
        in_file_n,
        secret: secret.and_then(|bytes| bytes.try_into().ok()),
        recovery: recovery.and_then(|bytes| bytes.try_into().ok()),
        visit_key: visit_key.map(KeyText),
        slot,
    };
    Some(StoredVisit { row, unreadable, n_edits })
}
