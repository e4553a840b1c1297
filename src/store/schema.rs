//! The schema and its upgrades: an append-only table, one transaction each.

use rusqlite::{Connection, params};

use crate::store::{error::StoreError, pool, sums};

/// Upgrades from version to version. Never change an entry that was released; append one.
const UPGRADES: &[&str] = &[
    "CREATE TABLE device (
         id     INTEGER PRIMARY KEY CHECK (id = 1),
         secret BLOB NOT NULL
     );
     CREATE TABLE visit (
         id          TEXT PRIMARY KEY,
         file        TEXT NOT NULL,
         me          TEXT,
         ballot_key  BLOB,
         in_file_n   INTEGER NOT NULL DEFAULT 0
     );
     CREATE TABLE commits (
         seq       INTEGER PRIMARY KEY,
         visit     TEXT NOT NULL REFERENCES visit (id),
         id        TEXT NOT NULL,
         feed      TEXT NOT NULL,
         n         INTEGER NOT NULL,
         signature TEXT NOT NULL,
         json      TEXT NOT NULL,
         UNIQUE (visit, id)
     );
     CREATE INDEX commits_by_feed ON commits (visit, feed, n);
     CREATE TABLE own_edit (
         seq   INTEGER PRIMARY KEY,
         visit TEXT NOT NULL REFERENCES visit (id),
         json  TEXT NOT NULL,
         mark  TEXT NOT NULL CHECK (mark IN ('fact', 'do', 'undo', 'redo')),
         n     INTEGER
     );
     CREATE INDEX own_edit_by_visit ON own_edit (visit, seq);
     CREATE TABLE quarantine (
         seq    INTEGER PRIMARY KEY,
         visit  TEXT NOT NULL,
         source TEXT NOT NULL,
         line   INTEGER NOT NULL,
         reason TEXT NOT NULL,
         text   TEXT NOT NULL,
         UNIQUE (visit, text)
     );",
    "ALTER TABLE visit ADD COLUMN secret BLOB;
     ALTER TABLE visit ADD COLUMN recovery BLOB;",
    // The key of an encrypted visit, and the slot it was last seen in. A slot without a key: the passphrase is needed once.
    "ALTER TABLE visit ADD COLUMN visit_key TEXT;
     ALTER TABLE visit ADD COLUMN slot TEXT;",
    // Fields and ties are texts as in a pool file; the domain reads them.
    "CREATE TABLE pool_expert (
         name      TEXT NOT NULL,
         unit      TEXT NOT NULL,
         title     TEXT NOT NULL,
         fields    TEXT NOT NULL,
         training  TEXT NOT NULL,
         ties      TEXT NOT NULL,
         alliance  TEXT NOT NULL,
         county    TEXT NOT NULL,
         exception TEXT NOT NULL,
         PRIMARY KEY (name, unit)
     ) WITHOUT ROWID;",
    // With the id in it the index gives the canonical order by itself: megabytes of commits are read without being sorted.
    "CREATE INDEX commits_in_order ON commits (visit, feed, n, id);
     DROP INDEX commits_by_feed;",
    // What the home screen shows of a visit, and of which state of it: nothing rests on it.
    "CREATE TABLE glance (
         visit TEXT PRIMARY KEY REFERENCES visit (id),
         state TEXT NOT NULL,
         json  TEXT NOT NULL
     ) WITHOUT ROWID;",
    // Why the lead lets open matters pass, until the visit is final.
    "CREATE TABLE waiver (
         visit  TEXT NOT NULL REFERENCES visit (id),
         kind   TEXT NOT NULL,
         reason TEXT NOT NULL,
         PRIMARY KEY (visit, kind)
     ) WITHOUT ROWID;",
    // The checklist is most of a founding commit, and the same for most visits: it is stored once. A commit is read from the view.
    "CREATE TABLE content (
         id   INTEGER PRIMARY KEY,
         size INTEGER NOT NULL,
         text TEXT NOT NULL
     );
     CREATE INDEX content_by_size ON content (size);
     ALTER TABLE commits ADD COLUMN content INTEGER REFERENCES content (id);
     ALTER TABLE commits ADD COLUMN rest TEXT;
     CREATE INDEX commits_with_content ON commits (content) WHERE content IS NOT NULL;
     CREATE VIEW commit_line AS
         SELECT seq, visit, commits.id AS id, feed, n, signature,
                CASE WHEN content IS NULL THEN json ELSE json || coalesce(text, '') || coalesce(rest, '') END AS json
         FROM commits LEFT JOIN content ON content.id = commits.content;",
    // What is in no commit yet is found, and what is counted, without going through all that was ever recorded.
    "CREATE INDEX own_edit_by_commit ON own_edit (visit, n);",
    // What nothing else vouches for has a sum, and a visit knows how many own edits it has: what a disk loses is told.
    "ALTER TABLE own_edit ADD COLUMN sum BLOB;
     ALTER TABLE pool_expert ADD COLUMN sum BLOB;
     ALTER TABLE glance ADD COLUMN sum BLOB;
     ALTER TABLE waiver ADD COLUMN sum BLOB;
     ALTER TABLE visit ADD COLUMN n_edits INTEGER NOT NULL DEFAULT 0;",
    // Who was drawn for which visit, so that a draw for another visit of that day leaves them out.
    "CREATE TABLE drawn (
         day      TEXT NOT NULL,
         facility TEXT NOT NULL,
         name     TEXT NOT NULL,
         unit     TEXT NOT NULL,
         PRIMARY KEY (day, facility, name, unit)
     ) WITHOUT ROWID;",
];

/// The upgrade after which rows have sums.
const SUMS: usize = 10;

/// Brings the database to the newest version.
///
/// # Errors
/// [`StoreError::Newer`], or SQLite's.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = UPGRADES.len() as i64;
    if version(connection)? == known {
        return Ok(());
    }
    // Immediate, so that two first starts at once do not both create the tables.
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let done = usize::try_from(found).map_err(|_| StoreError::Damaged { what: "version" })?;
    for (index, upgrade) in UPGRADES.iter().enumerate().skip(done) {
        transaction.execute_batch(upgrade)?;
        if index + 1 == SUMS {
            add_sums(&transaction)?;
        }
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

/// Vouches for the rows of a database of before as they are found.
fn add_sums(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT seq, visit, mark, n, json FROM own_edit")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, visit): (i64, String) = (row.get(0)?, row.get(1)?);
        let (mark, json): (String, String) = (row.get(2)?, row.get(4)?);
        let sum = sums::of_own_edit(&visit, seq, &mark, row.get(3)?, &json);
        connection.execute("UPDATE own_edit SET sum = ?2 WHERE seq = ?1", params![seq, sum])?;
    }
    let sql = format!("SELECT {} FROM pool_expert", pool::COLUMNS);
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let columns = pool::texts(row)?;
        let sum = sums::of_expert(columns.iter().map(String::as_str));
        connection.execute(
            "UPDATE pool_expert SET sum = ?3 WHERE name = ?1 AND unit = ?2",
            params![columns.first(), columns.get(1), sum],
        )?;
    }
    let mut statement = connection.prepare("SELECT visit, kind, reason FROM waiver")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (visit, kind, reason): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let sum = sums::of_waiver(&visit, &kind, &reason);
        connection.execute(
            "UPDATE waiver SET sum = ?3 WHERE visit = ?1 AND kind = ?2",
            params![visit, kind, sum],
        )?;
    }
    let count = "UPDATE visit SET n_edits = (SELECT count(*) FROM own_edit WHERE visit = visit.id)";
    connection.execute(count, [])?;
    Ok(())
}

/// The texts of the schema as it should be, sorted.
///
/// # Errors
/// SQLite's.
pub(crate) fn expected() -> Result<Vec<String>, StoreError> {
    let mut fresh = Connection::open_in_memory()?;
    migrate(&mut fresh)?;
    texts(&fresh)
}

/// The texts of the schema of a database, sorted.
///
/// # Errors
/// SQLite's.
pub(crate) fn texts(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema
               WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn version(connection: &Connection) -> Result<i64, rusqlite::Error> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_every_earlier_version_is_upgraded_with_what_is_in_it() {
        for version in 1..=UPGRADES.len() {
            let mut connection = Connection::open_in_memory().unwrap();
            for upgrade in &UPGRADES[..version] {
                connection.execute_batch(upgrade).unwrap();
            }
            connection.pragma_update(None, "user_version", version as i64).unwrap();
            connection.execute("INSERT INTO visit (id, file, me) VALUES ('v', 'f', 'm')", []).unwrap();
            migrate(&mut connection).unwrap();
            let row: (String, Option<String>) = connection
                .query_row("SELECT me, visit_key FROM visit", [], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap();
            assert_eq!(row, ("m".to_owned(), None));
            let n: i64 =
                connection.query_row("SELECT count(*) FROM pool_expert", [], |row| row.get(0)).unwrap();
            assert_eq!(n, 0, "the pool begins empty");
        }
    }
}
