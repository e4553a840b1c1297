//! Reasons for letting open matters pass, as the lead wrote them on this laptop: kept until the visit is made final, when they
//! are written down for everybody. One that is not what was written is not a reason: the lead is asked again.

use rusqlite::{Row, params, types::Value};

use crate::{
    domain::terms::id::VisitId,
    store::{
        Store,
        error::StoreError,
        sums::{self, Sum},
    },
};

impl Store {
    /// The reasons of a visit by the word of their kind, as far as they are what was kept.
    ///
    /// # Errors
    /// SQLite's.
    pub fn waivers(&self, visit: &VisitId) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT kind, reason, sum FROM waiver WHERE visit = ?1 ORDER BY kind";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([visit.as_str()], |row| Ok(whole(visit, row)))?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().flatten().collect())
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
                "INSERT OR REPLACE INTO waiver (visit, kind, reason, sum) VALUES (?1, ?2, ?3, ?4)",
                params![visit.as_str(), kind, reason, sums::of_waiver(visit.as_str(), kind, reason)],
            )?;
        }
        Ok(())
    }

    /// The kinds of those reasons of a visit that are not what was kept.
    pub(crate) fn bad_waivers(&self, visit: &VisitId) -> Result<Vec<Value>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT kind, reason, sum FROM waiver WHERE visit = ?1")?;
        let mut rows = statement.query([visit.as_str()])?;
        let mut bad = Vec::new();
        while let Some(row) = rows.next()? {
            if whole(visit, row).is_none() {
                bad.push(row.get(0)?);
            }
        }
        Ok(bad)
    }

    /// Forgets those reasons of a visit that are not what was kept.
    ///
    /// # Errors
    /// SQLite's.
    pub fn drop_bad_waivers(&mut self, visit: &VisitId) -> Result<(), StoreError> {
        for kind in self.bad_waivers(visit)? {
            self.connection.execute(
                "DELETE FROM waiver WHERE visit = ?1 AND kind IS ?2",
                params![visit.as_str(), kind],
            )?;
        }
        Ok(())
    }
}

/// Kind and reason, if they are what was kept.
fn whole(visit: &VisitId, row: &Row<'_>) -> Option<(String, String)> {
    let (kind, reason): (String, String) = (row.get(0).ok()?, row.get(1).ok()?);
    let sum: Sum = row.get(2).ok()?;
    (sum == sums::of_waiver(visit.as_str(), &kind, &reason)).then_some((kind, reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_was_changed_or_is_of_something_else_is_none() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut store = Store::open(&folder.path().join("hecha.db")).unwrap();
        let (one, other) = (VisitId::new("v1"), VisitId::new("v2"));
        for visit in [&one, &other] {
            store.see_visit(visit, "f").unwrap();
        }
        let kept = vec![("quorum".to_owned(), "县里同意".to_owned())];
        for change in ["visit = 'v2'", "kind = 'votes'", "reason = '都同意'", "reason = x'00'", "sum = NULL"]
        {
            store.keep_waiver(&one, "quorum", "县里同意").unwrap();
            assert_eq!(store.waivers(&one).unwrap(), kept);
            store.connection.execute(&format!("UPDATE waiver SET {change}"), []).unwrap();
            assert_eq!((store.waivers(&one).unwrap(), store.waivers(&other).unwrap()), (vec![], vec![]));
            assert_eq!(store.bad_waivers(&one).unwrap().len() + store.bad_waivers(&other).unwrap().len(), 1);
            for visit in [&one, &other] {
                store.drop_bad_waivers(visit).unwrap();
                assert!(store.bad_waivers(visit).unwrap().is_empty(), "{change}");
            }
        }
    }
}
