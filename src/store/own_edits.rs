//! The edits made on this laptop: on the disk before the screen says 已存, sealed into commits at the next sync.

use rusqlite::{OptionalExtension, TransactionBehavior, params};

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

    /// The own edits of a visit that were made after one, in order; all of them after 0.
    ///
    /// # Errors
    /// SQLite's.
    pub fn own_edits_after(&self, visit: &VisitId, seq: i64) -> Result<Vec<OwnEdit>, StoreError> {
        let sql = "SELECT seq, json, mark, n FROM own_edit WHERE visit = ?1 AND seq > ?2 ORDER BY seq";
        self.query_edits(sql, params![visit.as_str(), seq])
    }

    /// Own edits that are in no commit yet, in order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unsealed_edits(&self, visit: &VisitId) -> Result<Vec<OwnEdit>, StoreError> {
        let sql = "SELECT seq, json, mark, n FROM own_edit WHERE visit = ?1 AND n IS NULL ORDER BY seq";
        self.query_edits(sql, params![visit.as_str()])
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

    fn query_edits(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<OwnEdit>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| {
            Ok(OwnEdit {
                seq: row.get(0)?,
                json: row.get(1)?,
                mark: mark_of(&row.get::<_, String>(2)?),
                n: row.get(3)?,
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
        transaction.execute(
            "UPDATE own_edit SET n = n - ?2 WHERE visit = ?1 AND n IS NOT NULL",
            params![visit, last],
        )?;
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
        transaction.execute(
            "INSERT INTO own_edit (visit, json, mark) VALUES (?1, ?2, ?3)",
            params![visit.as_str(), commitment, mark_word(None)],
        )?;
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
