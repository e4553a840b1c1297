//! Commits of all members, exactly as received, and the lines that could not be taken in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use crate::{
    domain::terms::id::{CommitId, FeedId, VisitId},
    store::{
        Store,
        contents::{store_content, sweep_contents},
        error::StoreError,
        visits::{from_sql, to_sql},
    },
};

/// Why a commit of the store itself was set aside.
pub const CHANGED_HERE: &str = "changed in the store";
/// Lines of a visit that are set aside, at most: enough to tell what happened, too few to fill a disk.
pub const MOST_SET_ASIDE: i64 = 1_000;
/// Bytes of them.
pub const MOST_BYTES_SET_ASIDE: i64 = 4 << 20;

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

impl CommitRow {
    /// Feed, number, id: what files are sorted by.
    #[must_use]
    pub fn key(&self) -> (&str, u64, &str) {
        (self.feed.as_str(), self.n, self.id.as_str())
    }
}

/// A commit as it lies in the store.
#[derive(Debug, Clone, Copy)]
pub struct CommitRef<'a> {
    /// Feed, number, id: what files are sorted by.
    pub key: (&'a str, u64, &'a str),
    /// Signature.
    pub signature: &'a str,
    /// JSON, byte for byte.
    pub json: &'a str,
}

/// How much of a feed is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeedSize {
    /// Commits.
    pub n_commits: u64,
    /// Those of them that bear the number of another one.
    pub n_beside: u64,
    /// Bytes of their JSON.
    pub bytes: u64,
}

impl FeedSize {
    /// Adds another one's.
    pub const fn add(&mut self, other: Self) {
        self.n_commits += other.n_commits;
        self.n_beside += other.n_beside;
        self.bytes += other.bytes;
    }
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
        let sql =
            "SELECT id, feed, n, signature, json FROM commit_line WHERE visit = ?1 ORDER BY feed, n, id";
        self.query_commits(sql, params![visit.as_str()])
    }

    /// The commits of one feed in canonical order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn commits_of(&self, visit: &VisitId, feed: &FeedId) -> Result<Vec<CommitRow>, StoreError> {
        let sql = "SELECT id, feed, n, signature, json FROM commit_line WHERE visit = ?1 AND feed = ?2 ORDER BY n, id";
        self.query_commits(sql, params![visit.as_str(), feed.as_str()])
    }

    /// Shows all commits in canonical order, without copying what may be megabytes.
    ///
    /// # Errors
    /// SQLite's.
    pub fn each_line(&self, visit: &VisitId, mut show: impl FnMut(CommitRef<'_>)) -> Result<(), StoreError> {
        let sql =
            "SELECT feed, n, id, signature, json FROM commit_line WHERE visit = ?1 ORDER BY feed, n, id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([visit.as_str()])?;
        while let Some(row) = rows.next()? {
            let text = |index| Ok::<_, rusqlite::Error>(row.get_ref(index)?.as_str()?);
            let key = (text(0)?, from_sql(row.get(1)?), text(2)?);
            show(CommitRef { key, signature: text(3)?, json: text(4)? });
        }
        Ok(())
    }

    /// How much of each feed is stored, sorted by feed.
    ///
    /// # Errors
    /// SQLite's.
    pub fn feed_sizes(&self, visit: &VisitId) -> Result<Vec<(FeedId, FeedSize)>, StoreError> {
        let sql = "SELECT feed, count(*), count(DISTINCT n), sum(octet_length(json)) FROM commit_line
                   WHERE visit = ?1 GROUP BY feed ORDER BY feed";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str()], |row| {
            let [n_commits, n_numbers, bytes] = [1, 2, 3].map(|index| row.get(index).map(from_sql));
            let (n_commits, bytes) = (n_commits?, bytes?);
            let size = FeedSize { n_commits, n_beside: n_commits - n_numbers?, bytes };
            Ok((FeedId::new(row.get::<_, String>(0)?), size))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a commit of this number is stored.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_number(&self, visit: &VisitId, feed: &FeedId, n: u64) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM commits WHERE visit = ?1 AND feed = ?2 AND n = ?3";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.exists(params![visit.as_str(), feed.as_str(), to_sql(n)])?)
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
            "SELECT id, feed, n, signature, json FROM commit_line WHERE visit = ?1 AND n = 1",
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
        // What tells what happened must not keep anything from happening: a reason that does not read is none.
        let rows = statement
            .query_map([visit.as_str()], |row| Ok((row.get(0).unwrap_or_default(), from_sql(row.get(1)?))))?;
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
        let rows = statement.query_map([visit.as_str(), reason], |row| Ok(row.get(0).ok()))?;
        Ok(rows.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Adds verified commits and quarantined lines of one source file in one transaction. What is there stays, but for
    /// lines that were set aside before and hold now. A commit that is there gets the signature that is given. Returns how many commits were new or have another signature now. Of quarantined lines no more are
    /// kept than [`MOST_SET_ASIDE`] and [`MOST_BYTES_SET_ASIDE`]: the others stay where they lie.
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
                "INSERT INTO commits (visit, id, feed, n, signature, json, content, rest)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (visit, id) DO UPDATE
                 SET signature = excluded.signature, seq = (SELECT max(seq) + 1 FROM commits)
                 WHERE excluded.signature <> signature",
            )?;
            for row in commits {
                let stored = store_content(&transaction, visit, (&row.id, &row.json))?;
                added += insert.execute(params![
                    visit.as_str(),
                    row.id.as_str(),
                    row.feed.as_str(),
                    to_sql(row.n),
                    row.signature,
                    stored.json,
                    stored.content,
                    stored.rest
                ])?;
                if stored.content.is_some() {
                    // The commit may have been there, with another content.
                    sweep_contents(&transaction)?;
                }
            }
            let mut quarantine = transaction.prepare_cached(
                "INSERT OR IGNORE INTO quarantine (visit, source, line, reason, text) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let mut size = transaction.prepare_cached(
                "SELECT count(*), coalesce(sum(octet_length(text)), 0) FROM quarantine WHERE visit = ?1",
            )?;
            let (mut n, mut bytes): (i64, i64) =
                size.query_row([visit.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for bad in bad_lines {
                let length = to_sql(bad.text.len() as u64);
                if n >= MOST_SET_ASIDE || bytes + length > MOST_BYTES_SET_ASIDE {
                    break;
                }
                let line = i64::try_from(bad.line).unwrap_or(i64::MAX);
                let added =
                    quarantine.execute(params![visit.as_str(), bad.source, line, bad.reason, bad.text])?;
                if added > 0 {
                    (n, bytes) = (n + 1, bytes + length);
                }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_lies_in_one_order_whichever_branch_came_first() {
        let row = |id: &str, n: u64| CommitRow {
            id: CommitId::new(id),
            feed: FeedId::new("feed"),
            n,
            signature: "signature".to_owned(),
            json: id.to_owned(),
        };
        let (first, one, other) = (row("first", 1), row("a", 2), row("b", 2));
        let visit = VisitId::new("visit");
        for order in [[&first, &one, &other], [&other, &one, &first], [&one, &first, &other]] {
            let folder = tempfile::tempdir().unwrap();
            let mut store = Store::open(&folder.path().join("hecha.db")).unwrap();
            // The visit is not there: only the order of commits is looked at.
            store.connection.pragma_update(None, "foreign_keys", false).unwrap();
            for row in order {
                store.import(&visit, std::slice::from_ref(row), &[], &[]).unwrap();
            }
            let mut shown = Vec::new();
            store.each_line(&visit, |line| shown.push(line.json.to_owned())).unwrap();
            assert_eq!(shown, ["first", "a", "b"]);
            let ids = |rows: Vec<CommitRow>| rows.into_iter().map(|it| it.json).collect::<Vec<_>>();
            assert_eq!(ids(store.commits(&visit).unwrap()), shown);
            assert_eq!(ids(store.commits_of(&visit, &FeedId::new("feed")).unwrap()), shown);
        }
    }
}
