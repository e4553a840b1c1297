//! Indexes held against each other, which is quick, and against their tables.

use std::collections::BTreeSet;

use crate::{
    domain::terms::id::{CommitId, VisitId},
    store::{Store, error::StoreError, own_edits::OwnEdit},
};

impl Store {
    /// Whether the indexes that nothing else was read by name the same commits and own edits of a visit.
    ///
    /// # Errors
    /// SQLite's.
    pub fn are_listed(
        &self,
        visit: &VisitId,
        commits: &[(i64, CommitId)],
        edits: &[OwnEdit],
    ) -> Result<bool, StoreError> {
        let by_id = "SELECT id, seq FROM commits INDEXED BY sqlite_autoindex_commits_1 WHERE visit = ?1";
        let by_commit = "SELECT n, seq FROM own_edit INDEXED BY own_edit_by_commit WHERE visit = ?1";
        let in_store = "SELECT 1 FROM visit INDEXED BY sqlite_autoindex_visit_1 WHERE id = ?1";
        let id = [visit.as_str()];
        let mut statement = self.connection.prepare_cached(by_id)?;
        let listed = statement.query_map(id, |row| Ok((row.get::<_, String>(0).ok(), row.get(1)?)))?;
        let listed: BTreeSet<(Option<String>, i64)> = listed.collect::<Result<_, _>>()?;
        let there = commits.iter().map(|(seq, id)| (Some(id.to_string()), *seq)).collect();
        let mut statement = self.connection.prepare_cached(by_commit)?;
        let numbered = statement.query_map(id, |row| Ok((row.get::<_, Option<i64>>(0).ok(), row.get(1)?)))?;
        let numbered: BTreeSet<(Option<Option<i64>>, i64)> = numbered.collect::<Result<_, _>>()?;
        let of_edits = edits.iter().map(|edit| (Some(edit.n), edit.seq)).collect();
        let is_found = self.connection.prepare_cached(in_store)?.exists(id)?;
        Ok(listed == there && numbered == of_edits && is_found)
    }

    /// Whether every index says what its table says, as far as this visit is found by them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn indexes_agree(&self, visit: &VisitId) -> Result<bool, StoreError> {
        let pairs = [
            (
                "SELECT feed, n, id, seq FROM commits NOT INDEXED WHERE visit = ?1 ORDER BY 1, 2, 3, 4",
                "SELECT feed, n, id, seq FROM commits INDEXED BY commits_in_order WHERE visit = ?1 ORDER BY 1, 2, 3, 4",
            ),
            (
                "SELECT id, seq, 0, 0 FROM commits NOT INDEXED WHERE visit = ?1 ORDER BY 1, 2",
                "SELECT id, seq, 0, 0 FROM commits INDEXED BY sqlite_autoindex_commits_1 WHERE visit = ?1 ORDER BY 1, 2",
            ),
            (
                "SELECT seq, 0, 0, 0 FROM own_edit NOT INDEXED WHERE visit = ?1 ORDER BY 1",
                "SELECT seq, 0, 0, 0 FROM own_edit INDEXED BY own_edit_by_visit WHERE visit = ?1 ORDER BY 1",
            ),
            (
                "SELECT n, seq, 0, 0 FROM own_edit NOT INDEXED WHERE visit = ?1 ORDER BY 1, 2",
                "SELECT n, seq, 0, 0 FROM own_edit INDEXED BY own_edit_by_commit WHERE visit = ?1 ORDER BY 1, 2",
            ),
            (
                "SELECT content, seq, 0, 0 FROM commits NOT INDEXED WHERE visit = ?1 AND content IS NOT NULL ORDER BY 1, 2",
                "SELECT content, seq, 0, 0 FROM commits INDEXED BY commits_with_content
                 WHERE visit = ?1 AND content IS NOT NULL ORDER BY 1, 2",
            ),
            (
                "SELECT id, rowid, 0, 0 FROM visit NOT INDEXED WHERE id = ?1",
                "SELECT id, rowid, 0, 0 FROM visit INDEXED BY sqlite_autoindex_visit_1 WHERE id = ?1",
            ),
        ];
        for (by_table, by_index) in pairs {
            let (mut table, mut index) =
                (self.connection.prepare_cached(by_table)?, self.connection.prepare_cached(by_index)?);
            let (mut table, mut index) = (table.query([visit.as_str()])?, index.query([visit.as_str()])?);
            loop {
                match (table.next()?, index.next()?) {
                    (None, None) => break,
                    (Some(one), Some(other)) => {
                        for column in 0..4 {
                            if one.get_ref(column)? != other.get_ref(column)? {
                                return Ok(false);
                            }
                        }
                    }
                    _ => return Ok(false),
                }
            }
        }
        Ok(true)
    }
}
