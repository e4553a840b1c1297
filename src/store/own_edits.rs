//! The edits made on this laptop: on the disk before the screen says 已存, sealed into commits at the next sync.

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use crate::{
    domain::{
        history::Mark,
        id::{FeedId, MemberName, VisitId},
    },
    store::{
        Store,
        commits::CommitRow,
        error::StoreError,
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
    /// The own commit it was sealed into.
    pub n: Option<u64>,
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
    /// The commit that founds or joins.
    pub commit: &'a CommitRow,
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
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO own_edit (visit, json, mark) VALUES (?1, ?2, ?3)")?;
            for (json, mark) in edits {
                numbers.push(insert.insert(params![visit.as_str(), json, mark_word(*mark)])?);
            }
        }
        transaction.commit()?;
        Ok(numbers)
    }

    /// All own edits of a visit, in order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn own_edits(&self, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
        self.query_edits("SELECT seq, json, mark, n FROM own_edit WHERE visit = ?1 ORDER BY seq", visit)
    }

    /// Own edits that are in no commit yet, in order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unsealed_edits(&self, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
        let sql = "SELECT seq, json, mark, n FROM own_edit WHERE visit = ?1 AND n IS NULL ORDER BY seq";
        self.query_edits(sql, visit)
    }

    /// How many own edits there are, and how many of them are in commits up to each of two numbers.
    ///
    /// # Errors
    /// SQLite's.
    pub fn count_own_edits(
        &self,
        visit: &VisitId,
        first: u64,
        second: u64,
    ) -> Result<[usize; 3], StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*), count(CASE WHEN n <= ?2 THEN 1 END), count(CASE WHEN n <= ?3 THEN 1 END)
             FROM own_edit WHERE visit = ?1",
        )?;
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Ok(statement.query_row(params![visit.as_str(), to_sql(first), to_sql(second)], |row| {
            Ok([count(row.get(0)?), count(row.get(1)?), count(row.get(2)?)])
        })?)
    }

    fn query_edits(&self, sql: &str, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str()], |row| {
            Ok(OwnEdit {
                seq: row.get(0)?,
                json: row.get(1)?,
                mark: mark_of(&row.get::<_, String>(2)?),
                n: row.get::<_, Option<i64>>(3)?.map(from_sql),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
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
            let marked = transaction
                .prepare_cached("UPDATE own_edit SET n = ?2 WHERE seq = ?1 AND n IS NULL")?
                .execute(params![seq, to_sql(*n)])?;
            if marked != 1 {
                return Err(StoreError::Raced);
            }
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
            "INSERT INTO visit (id, file, me, ballot_key, visit_key, slot) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET file = ?2, me = ?3, ballot_key = ?4",
            params![visit, joining.file, joining.me.as_str(), joining.ballot_key.as_slice(), key, slot],
        )?;
        insert_commit(&transaction, joining.visit, joining.commit)?;
        transaction.commit()?;
        Ok(())
    }
}

fn insert_commit(
    transaction: &rusqlite::Transaction<'_>,
    visit: &VisitId,
    row: &CommitRow,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO commits (visit, id, feed, n, signature, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![visit.as_str(), row.id.as_str(), row.feed.as_str(), to_sql(row.n), row.signature, row.json],
    )?;
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
