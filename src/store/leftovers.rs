//! What lies in the tables and nobody needs.

use rusqlite::params;

use crate::{
    domain::terms::id::{FeedId, VisitId},
    store::{
        Store,
        commits::{CHANGED_HERE, MOST_BYTES_SET_ASIDE, MOST_SET_ASIDE},
        contents::sweep_contents,
        error::StoreError,
        mending::EDIT_CHANGED_HERE,
        visits::from_sql,
    },
};

/// A number of rows, and their bytes.
pub type Amount = (usize, u64);

/// The lines that may go: those that were taken in since, and of each visit those beyond the bounds. What was set aside here of
/// one's own stays.
fn surplus() -> String {
    format!(
        "SELECT seq FROM (
             SELECT seq, visit, text, reason,
                    row_number() OVER (PARTITION BY visit ORDER BY seq) AS place,
                    sum(octet_length(text)) OVER (PARTITION BY visit ORDER BY seq) AS bytes
             FROM quarantine) AS line
         WHERE reason NOT IN ('{CHANGED_HERE}', '{EDIT_CHANGED_HERE}')
           AND (place > {MOST_SET_ASIDE} OR bytes > {MOST_BYTES_SET_ASIDE}
                OR EXISTS (SELECT 1 FROM commit_line AS it WHERE it.visit = line.visit
                           AND line.text = it.signature || ' ' || it.json))"
    )
}

const KNOWN: &str = "(SELECT id FROM visit NOT INDEXED)";

impl Store {
    /// Lines that may go; summaries and lines of unknown visits; commits, own edits and reasons of unknown
    /// visits.
    ///
    /// # Errors
    /// SQLite's.
    pub fn left_over(&self) -> Result<[Amount; 3], StoreError> {
        let amount = |sql: &str| -> Result<Amount, StoreError> {
            let (n, bytes) = self.connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok((usize::try_from(from_sql(n)).unwrap_or(0), from_sql(bytes)))
        };
        let add = |one: Amount, other: Amount| (one.0 + other.0, one.1 + other.1);
        let of = |table: &str, column: &str, more: &str| {
            format!(
                "SELECT count(*), coalesce(sum(octet_length({column})), 0) FROM {table} WHERE visit NOT IN {KNOWN} {more}"
            )
        };
        let surplus = surplus();
        let lines = amount(&format!(
            "SELECT count(*), coalesce(sum(octet_length(text)), 0) FROM quarantine WHERE seq IN ({surplus}) AND visit IN {KNOWN}"
        ))?;
        let own = format!("AND reason NOT IN ('{CHANGED_HERE}', '{EDIT_CHANGED_HERE}')");
        let orphans = add(amount(&of("quarantine", "text", &own))?, amount(&of("glance", "json", ""))?);
        let commits = add(amount(&of("commit_line", "json", ""))?, amount(&of("own_edit", "json", ""))?);
        let commits = add(commits, amount(&of("waiver", "reason", ""))?);
        Ok([lines, orphans, commits])
    }

    /// Removes the lines that may go, the summaries and lines of unknown visits, and checklists that no commit carries.
    ///
    /// # Errors
    /// SQLite's; then nothing was removed.
    pub fn sweep_lines(&mut self) -> Result<(), StoreError> {
        let surplus = surplus();
        let transaction = self.connection.transaction()?;
        transaction.execute(&format!("DELETE FROM quarantine WHERE seq IN ({surplus})"), [])?;
        transaction.execute(
            &format!("DELETE FROM quarantine WHERE visit NOT IN {KNOWN} AND reason NOT IN (?1, ?2)"),
            params![CHANGED_HERE, EDIT_CHANGED_HERE],
        )?;
        transaction.execute(&format!("DELETE FROM glance WHERE visit NOT IN {KNOWN}"), [])?;
        sweep_contents(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    /// Whether a commit of another feed names this one, or one of its commits.
    ///
    /// # Errors
    /// SQLite's.
    pub fn is_named(&self, visit: &VisitId, feed: &FeedId) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM commit_line AS it WHERE it.visit = ?1 AND it.feed <> ?2
                   AND (instr(it.json, ?2) > 0 OR EXISTS (
                       SELECT 1 FROM commits AS own WHERE own.visit = ?1 AND own.feed = ?2
                       AND instr(it.json, own.id) > 0))";
        Ok(self.connection.prepare_cached(sql)?.exists(params![visit.as_str(), feed.as_str()])?)
    }

    /// Removes the commits of a feed.
    ///
    /// # Errors
    /// SQLite's; then nothing was removed.
    pub fn drop_feed(&mut self, visit: &VisitId, feed: &FeedId) -> Result<(), StoreError> {
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "DELETE FROM commits WHERE visit = ?1 AND feed = ?2",
            params![visit.as_str(), feed.as_str()],
        )?;
        transaction.execute("DELETE FROM glance WHERE visit = ?1", [visit.as_str()])?;
        transaction.commit()?;
        Ok(())
    }
}
