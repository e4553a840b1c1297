//! Reasons for letting open matters pass, as the lead wrote them on this laptop: kept until the visit is made final, when they
//! are written down for everybody.

use rusqlite::params;

use crate::{
    domain::terms::id::VisitId,
    store::{Store, error::StoreError},
};

impl Store {
    /// The reasons of a visit by the word of their kind.
    ///
    /// # Errors
    /// SQLite's.
    pub fn waivers(&self, visit: &VisitId) -> Result<Vec<(String, String)>, StoreError> {
        let mut rows = self
            .connection
            .prepare_cached("SELECT kind, reason FROM waiver WHERE visit = ?1 ORDER BY kind")?;
        let rows = rows.query_map([visit.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a reason in place of the one before; an empty one is forgotten.
    ///
    /// # Errors
    /// SQLite's.
    pub fn keep_waiver(&mut self, visit: &VisitId, kind: &str, reason: &str) -> Result<(), StoreError> {
        if reason.is_empty() {
            self.connection.execute(
                "DELETE FROM waiver WHERE visit = ?1 AND kind = ?2",
                params![visit.as_str(), kind],
            )?;
        } else {
            self.connection.execute(
                "INSERT OR REPLACE INTO waiver (visit, kind, reason) VALUES (?1, ?2, ?3)",
                params![visit.as_str(), kind, reason],
            )?;
        }
        Ok(())
    }
}
