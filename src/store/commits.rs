//! Commits of all members, exactly as received, and the lines that could not be taken in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::{
    domain::terms::id::{CommitId, FeedId, VisitId},
    store::{
        Store,
        error::StoreError,
        visits::{from_sql, to_sql},
    },
};

/// A commit as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitRow {
    /// Id.
    pub id: CommitId,
    /// Feed.
    pub feed: FeedId,
    /// Number in the feed.
    pub n: u64,
    /// Signature.
    pub signature: String,
    /// JSON, byte for byte.
    pub json: String,
}

/// A line that is kept but not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedLine {
    /// File it came from.
    pub source: String,
    /// Line number.
    pub line: usize,
    /// Why.
    pub reason: String,
    /// The line.
    pub text: String,
}

impl Store {
    /// All commits of a visit in canonical order: feed, number, id.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commits(&self, visit: &VisitId) -> Result<Vec<CommitRow>, StoreError> {
        let sql = "SELECT id, feed, n, signature, json FROM commits WHERE visit = ?1 ORDER BY feed, n, id";
        self.query_commits(sql, params![visit.as_str()])
    }

    /// The commits of one feed in canonical order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commits_of(&self, visit: &VisitId, feed: &FeedId) -> Result<Vec<CommitRow>, StoreError> {
        let sql =
            "SELECT id, feed, n, signature, json FROM commits WHERE visit = ?1 AND feed = ?2 ORDER BY n, id";
        self.query_commits(sql, params![visit.as_str(), feed.as_str()])
    }

    /// Shows signature and JSON of all commits in canonical order, without copying what may be megabytes.
    ///
    /// # Errors
    /// SQLite's.
    pub fn each_line(&self, visit: &VisitId, mut show: impl FnMut(&str, &str)) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT signature, json FROM commits WHERE visit = ?1 ORDER BY feed, n, id")?;
        let mut rows = statement.query([visit.as_str()])?;
        while let Some(row) = rows.next()? {
            let text = |index| Ok::<_, rusqlite::Error>(row.get_ref(index)?.as_str()?);
            show(text(0)?, text(1)?);
        }
        Ok(())
    }

    /// The numbers of all feeds, sorted by feed and number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn numbers(&self, visit: &VisitId) -> Result<Vec<(FeedId, u64)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT feed, n FROM commits WHERE visit = ?1 ORDER BY feed, n")?;
        let rows = statement.query_map([visit.as_str()], |row| {
            Ok((FeedId::new(row.get::<_, String>(0)?), from_sql(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A number that grows with every commit that any process stores here, and with every signature that goes before the one
    /// stored. Nothing else of a commit ever changes and none is deleted, so while it stays the same, so do they.
    ///
    /// # Errors
    /// SQLite's.
    pub fn state(&self) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT coalesce(max(seq), 0) FROM commits")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    fn query_commits(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
    ) -> Result<Vec<CommitRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| {
            Ok(CommitRow {
                id: CommitId::new(row.get::<_, String>(0)?),
                feed: FeedId::new(row.get::<_, String>(1)?),
                n: from_sql(row.get(2)?),
                signature: row.get(3)?,
                json: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The first commit of every feed of a visit: it carries the feed's public key.
    ///
    /// # Errors
    /// SQLite's.
    pub fn first_commits(&self, visit: &VisitId) -> Result<Vec<CommitRow>, StoreError> {
        self.query_commits(
            "SELECT id, feed, n, signature, json FROM commits WHERE visit = ?1 AND n = 1",
            params![visit.as_str()],
        )
    }

    /// Number and id of a feed's last commit.
    ///
    /// # Errors
    /// SQLite's.
    pub fn head(&self, visit: &VisitId, feed: &FeedId) -> Result<Option<(u64, CommitId)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT n, id FROM commits WHERE visit = ?1 AND feed = ?2 ORDER BY n DESC, id LIMIT 1",
        )?;
        let mut rows = statement.query(params![visit.as_str(), feed.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(Some((from_sql(row.get(0)?), CommitId::new(row.get::<_, String>(1)?))))
    }

    /// The ids of all commits of a visit.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commit_ids(&self, visit: &VisitId) -> Result<BTreeSet<CommitId>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM commits WHERE visit = ?1")?;
        let rows =
            statement.query_map([visit.as_str()], |row| Ok(CommitId::new(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The signatures of all commits of a visit.
    ///
    /// # Errors
    /// SQLite's.
    pub fn signatures(&self, visit: &VisitId) -> Result<BTreeMap<CommitId, String>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, signature FROM commits WHERE visit = ?1")?;
        let rows = statement
            .query_map([visit.as_str()], |row| Ok((CommitId::new(row.get::<_, String>(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many lines of a visit's files were set aside, by reason.
    ///
    /// # Errors
    /// SQLite's.
    pub fn quarantine_counts(&self, visit: &VisitId) -> Result<Vec<(String, u64)>, StoreError> {
        let sql = "SELECT reason, COUNT(*) FROM quarantine WHERE visit = ?1 GROUP BY reason ORDER BY reason";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str()], |row| Ok((row.get(0)?, from_sql(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many lines were set aside in all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn n_quarantined(&self) -> Result<u64, StoreError> {
        let n = self.connection.query_row("SELECT COUNT(*) FROM quarantine", [], |row| row.get(0))?;
        Ok(from_sql(n))
    }

    /// The lines of a visit that were set aside for a reason.
    ///
    /// # Errors
    /// SQLite's.
    pub fn quarantined(&self, visit: &VisitId, reason: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT text FROM quarantine WHERE visit = ?1 AND reason = ?2 ORDER BY seq";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str(), reason], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds verified commits and quarantined lines of one source file in one transaction. What is there stays, but for
    /// lines that were set aside before and hold now. Of two signatures of one commit the smaller one stays, so that all laptops
    /// come to the same bytes. Returns how many commits were new or have another signature now.
    ///
    /// # Errors
    /// SQLite's; then nothing was added.
    pub fn import(
        &mut self,
        visit: &VisitId,
        commits: &[CommitRow],
        bad_lines: &[QuarantinedLine],
        released: &[String],
    ) -> Result<usize, StoreError> {
        let transaction = self.connection.transaction()?;
        let mut added = 0;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO commits (visit, id, feed, n, signature, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (visit, id) DO UPDATE
                 SET signature = excluded.signature, seq = (SELECT max(seq) + 1 FROM commits)
                 WHERE excluded.signature < signature",
            )?;
            for row in commits {
                added += insert.execute(params![
                    visit.as_str(),
                    row.id.as_str(),
                    row.feed.as_str(),
                    to_sql(row.n),
                    row.signature,
                    row.json
                ])?;
            }
            let mut quarantine = transaction.prepare_cached(
                "INSERT OR IGNORE INTO quarantine (visit, source, line, reason, text) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for bad in bad_lines {
                let line = i64::try_from(bad.line).unwrap_or(i64::MAX);
                quarantine.execute(params![visit.as_str(), bad.source, line, bad.reason, bad.text])?;
            }
            let mut release =
                transaction.prepare_cached("DELETE FROM quarantine WHERE visit = ?1 AND text = ?2")?;
            for text in released {
                release.execute(params![visit.as_str(), text])?;
            }
        }
        transaction.commit()?;
        Ok(added)
    }
}
