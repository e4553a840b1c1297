//! The visits known on this laptop, and who the user is in each.

use std::fmt;

use rusqlite::{OptionalExtension, Row, params};

use crate::{
    domain::terms::id::{MemberName, VisitId},
    store::{
        Store,
        error::StoreError,
        sums::{self, Sum},
    },
};

/// A visit as this laptop knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Id.
    pub id: VisitId,
    /// Where its shared file was last seen.
    pub file: String,
    /// The name this laptop joined under.
    pub me: Option<MemberName>,
    /// The key that seals this member's ballot.
    pub ballot_key: Option<[u8; 32]>,
    /// Last own commit known to be in the shared file. Negative after this laptop took a new key: the own commits made
    /// before count backwards from 0 then, the new ones from 1.
    pub in_file_n: i64,
    /// The device key used in this visit, where it is not the installation's: a fork or a recovery made a new one.
    pub secret: Option<[u8; 32]>,
    /// What the recovery code stands for.
    pub recovery: Option<[u8; 16]>,
    /// The key of an encrypted visit.
    pub visit_key: Option<KeyText>,
    /// The slot of the encrypted file as last seen. Without a key it says that the passphrase is needed.
    pub slot: Option<String>,
}

/// A secret key as text. Never in debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyText(pub String);

impl fmt::Debug for KeyText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyText(…)")
    }
}

const COLUMNS: &str = "id, file, me, ballot_key, in_file_n, secret, recovery, visit_key, slot";

impl Store {
    /// A visit by id.
    ///
    /// # Errors
    /// SQLite's.
    pub fn visit(&self, id: &VisitId) -> Result<Option<VisitRow>, StoreError> {
        // By the table: a visit that a broken index does not find would be joined once more.
        let sql = format!("SELECT {COLUMNS} FROM visit NOT INDEXED WHERE id = ?1");
        Ok(self.connection.query_row(&sql, [id.as_str()], row).optional()?)
    }

    /// The visits whose shared file was last seen at a path.
    ///
    /// # Errors
    /// SQLite's.
    pub fn visits_at(&self, file: &str) -> Result<Vec<VisitId>, StoreError> {
        // Windows does not tell names apart by case.
        let collation = if cfg!(windows) { "NOCASE" } else { "BINARY" };
        let sql = format!(
            "SELECT id FROM visit WHERE file = ?1 COLLATE {collation} AND typeof(id) = 'text' ORDER BY rowid DESC"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let rows = statement.query_map([file], |row| row.get::<_, String>(0).map(VisitId::new))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds a visit, or notes where its file is now.
    ///
    /// # Errors
    /// SQLite's.
    pub fn see_visit(&mut self, id: &VisitId, file: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO visit (id, file) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET file = ?2 WHERE file <> ?2",
            params![id.as_str(), file],
        )?;
        Ok(())
    }

    /// Keeps the key of an encrypted visit, and the slot that holds it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn keep_visit_key(&mut self, id: &VisitId, key: &KeyText, slot: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE visit SET visit_key = ?2, slot = ?3 WHERE id = ?1",
            params![id.as_str(), key.0, slot],
        )?;
        Ok(())
    }

    /// Notes that a visit without a key was seen encrypted, in this slot, or (`None`) that it was not after all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn note_slot(&mut self, id: &VisitId, slot: Option<&str>) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE visit SET slot = ?2 WHERE id = ?1 AND visit_key IS NULL",
            params![id.as_str(), slot],
        )?;
        Ok(())
    }

    /// Two numbers that grow with every commit and every own edit of a visit.
    ///
    /// # Errors
    /// SQLite's.
    pub fn visit_state(&self, id: &VisitId) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT (SELECT coalesce(max(seq), 0) FROM commits WHERE visit = ?1),
                          (SELECT coalesce(max(seq), 0) FROM own_edit WHERE visit = ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// What was kept to be shown of a visit in this state, if anything.
    ///
    /// # Errors
    /// SQLite's.
    pub fn glance(&self, id: &VisitId, state: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT json, sum FROM glance WHERE visit = ?1 AND state = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([id.as_str(), state])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        // What is not what was kept is nothing: it is made anew.
        let kept: Option<String> = row.get(0).ok();
        let sum: Option<Sum> = row.get(1).ok();
        Ok(kept.filter(|json| sum == Some(sums::of_glance(id.as_str(), state, json))))
    }

    /// Keeps what is to be shown of a visit in this state.
    ///
    /// # Errors
    /// SQLite's.
    pub fn keep_glance(&mut self, id: &VisitId, state: &str, json: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT OR REPLACE INTO glance (visit, state, json, sum) VALUES (?1, ?2, ?3, ?4)",
            params![id.as_str(), state, json, sums::of_glance(id.as_str(), state, json)],
        )?;
        Ok(())
    }

    /// Notes the last own commit that the shared file holds.
    ///
    /// # Errors
    /// SQLite's.
    pub fn set_in_file(&mut self, id: &VisitId, n: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE visit SET in_file_n = ?2 WHERE id = ?1 AND in_file_n <> ?2",
            params![id.as_str(), n],
        )?;
        Ok(())
    }
}

/// SQLite integers are signed; counts beyond cannot occur in a checked commit.
pub(crate) fn to_sql(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Counts read back from SQLite.
pub(crate) fn from_sql(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn row(row: &Row<'_>) -> Result<VisitRow, rusqlite::Error> {
    Ok(VisitRow {
        id: VisitId::new(row.get::<_, String>(0)?),
        file: row.get(1)?,
        me: row.get::<_, Option<String>>(2)?.map(MemberName::new),
        ballot_key: key(row, 3)?,
        in_file_n: row.get(4)?,
        secret: key(row, 5)?,
        recovery: key(row, 6)?,
        visit_key: row.get::<_, Option<String>>(7)?.map(KeyText),
        slot: row.get(8)?,
    })
}

/// A key of so many bytes, or none. One of another length is damage, and none is no answer to that.
fn key<const N: usize>(row: &Row<'_>, index: usize) -> Result<Option<[u8; N]>, rusqlite::Error> {
    let bytes: Option<Vec<u8>> = row.get(index)?;
    let whole = |bytes: Vec<u8>| {
        bytes.try_into().map_err(|_| {
            let why = "a key that is cut".into();
            rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Blob, why)
        })
    };
    bytes.map(whole).transpose()
}
