//! The edits made on this laptop: on the disk before the screen says 已存, sealed into commits at the next sync.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use crate::{
    domain::{
        ballot::history::Mark,
        terms::id::{FeedId, MemberName, VisitId},
    },
    store::{
        Store,
        commits::CommitRow,
        contents::store_content,
        error::StoreError,
        sums::{self, Sum},
        visits::{KeyText, from_sql, to_sql},
    },
};

/// An own edit as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEdit {
    /// Order on this laptop.
    pub seq: i64,
    /// The edit, as text.
    pub json: String,
    /// What it was for; `None` for edits that cannot be undone (join, submit, …).
    pub mark: Option<Mark>,
    /// The own commit it was sealed into; 0 and below for those made with an earlier key of this laptop.
    pub n: Option<i64>,
}

/// What joins this laptop to a visit.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// Visit.
    pub visit: &'a VisitId,
    /// Where its file is.
    pub file: &'a str,
    /// Name on the roster.
    pub me: &'a MemberName,
    /// Key that seals the ballot.
    pub ballot_key: &'a [u8; 32],
    /// Key and slot of a visit that is founded encrypted; else what is stored stays.
    pub visit_key: Option<(&'a KeyText, &'a str)>,
    /// What the recovery code stands for.
    pub recovery: &'a [u8; 16],
    /// The commit that founds or joins, and for a recovered laptop the one in which the old key names the new one.
    pub commits: &'a [CommitRow],
}

/// A new key for this laptop in one visit.
#[derive(Debug, Clone, Copy)]
pub struct NewDevice<'a> {
    /// Visit.
    pub visit: &'a VisitId,
    /// The new secret.
    pub secret: &'a [u8; 32],
    /// The commit in which the old key names the new one, and the first of the new key.
    pub commits: &'a [CommitRow],
    /// Last commit of the old key that carries edits of this laptop.
    pub last: u64,
}

impl Store {
    /// Appends edits; they are on the disk when this returns. Returns their sequence numbers.
    ///
    /// # Errors
    /// SQLite's; then none was written.
    pub fn append(
        &mut self,
        visit: &VisitId,
        edits: &[(String, Option<Mark>)],
    ) -> Result<Vec<i64>, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut numbers = Vec::with_capacity(edits.len());
        for (json, mark) in edits {
            numbers.push(insert_edit(&transaction, visit, json, *mark)?);
        }
        transaction.commit()?;
        Ok(numbers)
    }

    /// The own edits of a visit that were made after one and are what was stored, in order; all of them after 0.
    ///
    /// # Errors
    /// SQLite's.
    pub fn own_edits_after(&self, visit: &VisitId, seq: i64) -> Result<Vec<OwnEdit>, StoreError> {
        let sql = "SELECT seq, json, mark, n, sum FROM own_edit WHERE visit = ?1 AND seq > ?2 ORDER BY seq";
        self.query_edits(sql, visit, params![visit.as_str(), seq])
    }

    /// Own edits that are in no commit yet, in order: those that are what was stored. Of the others the next opening tells.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unsealed_edits(&self, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
        let sql = "SELECT seq, json, mark, n, sum FROM own_edit WHERE visit = ?1 AND n IS NULL ORDER BY seq";
        self.query_edits(sql, visit, params![visit.as_str()])
    }

    /// How many own edits there are, and how many of them are in commits up to each of two numbers.
    ///
    /// # Errors
    /// SQLite's.
    pub fn count_own_edits(
        &self,
        visit: &VisitId,
        first: i64,
        second: i64,
    ) -> Result<[usize; 3], StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), count(CASE WHEN n <= ?2 THEN 1 END), count(CASE WHEN n <= ?3 THEN 1 END)
             FROM own_edit WHERE visit = ?1",
        )?;
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Ok(statement.query_row(params![visit.as_str(), first, second], |row| {
            Ok([count(row.get(0)?), count(row.get(1)?), count(row.get(2)?)])
        })?)
    }

    fn query_edits(
        &self,
        sql: &str,
        visit: &VisitId,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<OwnEdit>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut edits = Vec::new();
        while let Some(row) = rows.next()? {
            let row = StoredEdit::read(row)?;
            edits.extend(row.intact(visit));
        }
        Ok(edits)
    }

    /// Stores own commits and marks the edits they carry, in one transaction. `carried` pairs a sequence number with
    /// the number of its commit.
    ///
    /// # Errors
    /// [`StoreError::Raced`] if another process sealed a commit with one of these numbers, or one of these edits; SQLite's.
    pub fn seal(
        &mut self,
        visit: &VisitId,
        feed: &FeedId,
        commits: &[CommitRow],
        carried: &[(i64, u64)],
    ) -> Result<(), StoreError> {
        let Some(first) = commits.first() else { return Ok(()) };
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let head: Option<i64> = transaction.query_row(
            "SELECT max(n) FROM commits WHERE visit = ?1 AND feed = ?2",
            params![visit.as_str(), feed.as_str()],
            |row| row.get(0),
        )?;
        if from_sql(head.unwrap_or(0)) + 1 != first.n {
            return Err(StoreError::Raced);
        }
        for row in commits {
            insert_commit(&transaction, visit, row)?;
        }
        for (seq, n) in carried {
            let open = stored_edit(&transaction, visit, *seq)?.filter(|edit| edit.n.is_none());
            let Some(open) = open else { return Err(StoreError::Raced) };
            number_edit(&transaction, visit, &open, Some(to_sql(*n)))?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Joins this laptop to a visit: the visit, the name, the ballot key and the commit, in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Raced`] if this laptop already has a name in the visit; SQLite's.
    pub fn join(&mut self, joining: Joining<'_>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let visit = joining.visit.as_str();
        let me: Option<Option<String>> = transaction
            .query_row("SELECT me FROM visit WHERE id = ?1", [visit], |row| row.get(0))
            .optional()?;
        if me.flatten().is_some() {
            return Err(StoreError::Raced);
        }
        let (key, slot) = joining.visit_key.map(|(key, slot)| (&key.0, slot)).unzip();
        transaction.execute(
            "INSERT INTO visit (id, file, me, ballot_key, recovery, visit_key, slot) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (id) DO UPDATE SET file = ?2, me = ?3, ballot_key = ?4, recovery = ?5",
            params![
                visit,
                joining.file,
                joining.me.as_str(),
                joining.ballot_key.as_slice(),
                joining.recovery.as_slice(),
                key,
                slot
            ],
        )?;
        for commit in joining.commits {
            insert_commit(&transaction, joining.visit, commit)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Goes on in a visit with a new key. The own edits made so far are numbered from 0 down, so that they stay apart
    /// from those of the new feed.
    ///
    /// # Errors
    /// SQLite's; then the old key stays.
    pub fn change_device(&mut self, new: NewDevice<'_>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for commit in new.commits {
            insert_commit(&transaction, new.visit, commit)?;
        }
        let (visit, last) = (new.visit.as_str(), to_sql(new.last));
        for edit in sealed_edits(&transaction, new.visit)? {
            number_edit(&transaction, new.visit, &edit, edit.n.map(|n| n - last))?;
        }
        transaction.execute(
            "UPDATE visit SET secret = ?2, in_file_n = in_file_n - ?3 WHERE id = ?1",
            params![visit, new.secret.as_slice(), last],
        )?;
        transaction.commit()?;
        Ok(())
    }

    /// Goes on with a new ballot key, and appends the edit that commits to it, in one transaction.
    ///
    /// # Errors
    /// SQLite's; then the old key stays.
    pub fn change_ballot_key(
        &mut self,
        visit: &VisitId,
        key: &[u8; 32],
        commitment: &str,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "UPDATE visit SET ballot_key = ?2 WHERE id = ?1",
            params![visit.as_str(), key.as_slice()],
        )?;
        insert_edit(&transaction, visit, commitment, None)?;
        transaction.commit()?;
        Ok(())
    }
}

fn insert_commit(
    transaction: &rusqlite::Transaction<'_>,
    visit: &VisitId,
    row: &CommitRow,
) -> Result<(), StoreError> {
    let stored = store_content(transaction, visit, (&row.id, &row.json))?;
    transaction.execute(
        "INSERT INTO commits (visit, id, feed, n, signature, json, content, rest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
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
    Ok(())
}

/// An own edit as it lies in the store; what does not read is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredEdit {
    pub(crate) seq: i64,
    pub(crate) json: Option<String>,
    pub(crate) mark: Option<String>,
    /// `Err` for what is no number.
    pub(crate) n: Result<Option<i64>, ()>,
    pub(crate) sum: Option<Sum>,
}

impl StoredEdit {
    /// From the columns seq, json, mark, n, sum.
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            seq: row.get(0)?,
            json: row.get(1).ok(),
            mark: row.get(2).ok(),
            n: row.get(3).map_err(drop),
            sum: row.get(4).ok(),
        })
    }

    /// The edit, if it is what was stored.
    pub(crate) fn intact(&self, visit: &VisitId) -> Option<OwnEdit> {
        let (json, mark, n) = (self.json.as_ref()?, self.mark.as_ref()?, self.n.ok()?);
        let sum = sums::of_own_edit(visit.as_str(), self.seq, mark, n, json);
        (self.sum == Some(sum)).then(|| OwnEdit { seq: self.seq, json: json.clone(), mark: mark_of(mark), n })
    }
}

fn insert_edit(
    transaction: &Transaction<'_>,
    visit: &VisitId,
    json: &str,
    mark: Option<Mark>,
) -> Result<i64, StoreError> {
    // The number is part of the sum, so that it is chosen here.
    let last: i64 =
        transaction.query_row("SELECT coalesce(max(seq), 0) FROM own_edit", [], |row| row.get(0))?;
    let seq = last.checked_add(1).ok_or(StoreError::Damaged { what: "number of an own edit" })?;
    let sum = sums::of_own_edit(visit.as_str(), seq, mark_word(mark), None, json);
    transaction
        .prepare_cached("INSERT INTO own_edit (seq, visit, json, mark, sum) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![seq, visit.as_str(), json, mark_word(mark), sum])?;
    transaction
        .prepare_cached("UPDATE visit SET n_edits = n_edits + 1 WHERE id = ?1")?
        .execute([visit.as_str()])?;
    Ok(seq)
}

fn stored_edit(
    transaction: &Transaction<'_>,
    visit: &VisitId,
    seq: i64,
) -> Result<Option<OwnEdit>, StoreError> {
    let sql = "SELECT seq, json, mark, n, sum FROM own_edit WHERE seq = ?1 AND visit = ?2";
    let mut statement = transaction.prepare_cached(sql)?;
    let stored = statement.query_row(params![seq, visit.as_str()], StoredEdit::read).optional()?;
    Ok(stored.and_then(|stored| stored.intact(visit)))
}

fn sealed_edits(transaction: &Transaction<'_>, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
    let sql = "SELECT seq, json, mark, n, sum FROM own_edit WHERE visit = ?1 AND n IS NOT NULL";
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map([visit.as_str()], StoredEdit::read)?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.iter().filter_map(|row| row.intact(visit)).collect())
}

/// Writes into which own commit an edit went.
pub(crate) fn number_edit(
    transaction: &Connection,
    visit: &VisitId,
    edit: &OwnEdit,
    n: Option<i64>,
) -> Result<(), StoreError> {
    let sum = sums::of_own_edit(visit.as_str(), edit.seq, mark_word(edit.mark), n, &edit.json);
    transaction
        .prepare_cached("UPDATE own_edit SET n = ?2, mark = ?3, sum = ?4 WHERE seq = ?1")?
        .execute(params![edit.seq, n, mark_word(edit.mark), sum])?;
    Ok(())
}

const fn mark_word(mark: Option<Mark>) -> &'static str {
    match mark {
        None => "fact",
        Some(Mark::Do) => "do",
        Some(Mark::Undo) => "undo",
        Some(Mark::Redo) => "redo",
    }
}

fn mark_of(word: &str) -> Option<Mark> {
    match word {
        "do" => Some(Mark::Do),
        "undo" => Some(Mark::Undo),
        "redo" => Some(Mark::Redo),
        _ => None,
    }
}
