//! What founding commits carry of a checklist: each text once, however many visits were founded with it.
//!
//! Where a commit is cut is a matter of room only: its parts together are its bytes, whatever they say.

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    domain::terms::id::{CommitId, VisitId},
    store::{Store, error::StoreError, visits::to_sql},
};

/// What stands before the text of a checklist. Inside a text of JSON these bytes cannot stand: its quotes are escaped.
const MARK: &str = "\"content\":\"";
/// Shorter texts stay where they are.
const SHORTEST: usize = 4 << 10;

/// The JSON of a commit as it is stored.
pub(super) struct Stored<'a> {
    /// All of it, or what stands before the content.
    pub(super) json: &'a str,
    /// The content.
    pub(super) content: Option<i64>,
    /// What stands after the content.
    pub(super) rest: Option<&'a str>,
}

/// Stores the content of a founding commit, if it is not there yet, and tells what is to be stored of the commit itself.
pub(super) fn store_content<'a>(
    connection: &Connection,
    visit: &VisitId,
    (id, json): (&CommitId, &'a str),
) -> Result<Stored<'a>, StoreError> {
    let founds = id.as_str() == visit.as_str();
    let Some([before, text, rest]) = cut(json).filter(|_| founds) else {
        return Ok(Stored { json, content: None, rest: None });
    };
    // Compared byte for byte: one that a broken disk changed is not taken for the one that is wanted.
    let known = connection
        .prepare_cached("SELECT id FROM content WHERE size = ?1 AND text = ?2")?
        .query_row(params![to_sql(text.len() as u64), text], |row| row.get(0))
        .optional()?;
    let content = match known {
        Some(id) => id,
        None => connection
            .prepare_cached("INSERT INTO content (size, text) VALUES (?1, ?2)")?
            .insert(params![to_sql(text.len() as u64), text])?,
    };
    Ok(Stored { json: before, content: Some(content), rest: Some(rest) })
}

impl Store {
    /// Shows what a founding commit would be with each of the other contents: it may point to a wrong one, or to one that was
    /// changed and stands whole beside it since another visit was put right. Stops at the first that is taken.
    pub(crate) fn rejoin(&self, seq: i64, mut takes: impl FnMut(&str) -> bool) -> Result<(), StoreError> {
        let sql = "SELECT json || text || rest FROM commits NOT INDEXED JOIN content NOT INDEXED
                   WHERE seq = ?1 AND content.id IS NOT commits.content";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([seq])?;
        while let Some(row) = rows.next()? {
            // What does not read is none.
            if row.get_ref(0)?.as_str().is_ok_and(&mut takes) {
                break;
            }
        }
        Ok(())
    }
}

/// Removes what no commit carries any more: by the index, and once more by the table, in case the index lost one.
pub(super) fn sweep_contents(connection: &Connection) -> Result<(), StoreError> {
    let sql = "DELETE FROM content WHERE id NOT IN (SELECT content FROM commits WHERE content IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM commits NOT INDEXED WHERE commits.content = content.id)";
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// What stands before the content of a JSON text, the content without its quotes, and what stands after it.
fn cut(json: &str) -> Option<[&str; 3]> {
    let start = json.find(MARK)? + MARK.len();
    let (before, from) = json.split_at_checked(start)?;
    let mut escaped = false;
    let end = from.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    let (text, rest) = from.split_at_checked(end)?;
    (text.len() >= SHORTEST).then_some([before, text, rest])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::terms::id::FeedId,
        store::{Store, commits::CommitRow, mending::CommitFix},
    };

    /// A founding commit with a content of so many characters, between texts that look like the mark.
    fn founding(id: &str, content: &str) -> (VisitId, CommitRow) {
        let json = format!(
            r#"{{"a":"\"content\":\"x\"","e":[{{"content":"{content}","k":"found","salt":"{id}\\"}}]}}"#
        );
        let row = CommitRow {
            id: CommitId::new(id),
            feed: FeedId::new(format!("feed of {id}")),
            n: 1,
            signature: "s".to_owned(),
            json,
        };
        (VisitId::new(id), row)
    }

    fn with(visits: &[(VisitId, CommitRow)]) -> (tempfile::TempDir, Store) {
        let folder = tempfile::TempDir::new().unwrap();
        let mut store = Store::open(&folder.path().join("hecha.db")).unwrap();
        for (visit, row) in visits {
            store.see_visit(visit, "f").unwrap();
            assert_eq!(store.import(visit, std::slice::from_ref(row), &[], &[]).unwrap(), 1);
        }
        (folder, store)
    }

    fn count(store: &Store, sql: &str) -> i64 {
        store.connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn long() -> String {
        r#"{\"核查\":\"\\\"\"}"#.repeat(1_000)
    }

    #[test]
    fn a_content_is_stored_once_and_every_commit_comes_back_byte_for_byte() {
        let visits: Vec<_> = (0..20).map(|n| founding(&format!("v{n}"), &long())).collect();
        let (_folder, store) = with(&visits);
        for (visit, row) in &visits {
            assert_eq!(store.commits(visit).unwrap(), std::slice::from_ref(row));
            assert_eq!(store.first_commits(visit).unwrap(), std::slice::from_ref(row));
            assert_eq!(store.feed_sizes(visit).unwrap()[0].1.bytes, row.json.len() as u64);
            store.each_line(visit, |line| assert_eq!(line.json, row.json)).unwrap();
        }
        assert_eq!(count(&store, "SELECT count(*) FROM content"), 1);
        let own = count(&store, "SELECT sum(length(json) + length(rest)) FROM commits");
        assert!(own < 20 * 200, "{own} characters beside the content");
    }

    #[test]
    fn the_database_grows_with_a_visit_by_what_is_its_own() {
        let size = |n: usize| {
            let visits: Vec<_> = (0..n).map(|n| founding(&format!("v{n}"), &long().repeat(20))).collect();
            let (folder, store) = with(&visits);
            drop(store);
            std::fs::metadata(folder.path().join("hecha.db")).unwrap().len()
        };
        let (few, many) = (size(1), size(50));
        assert!(many < 2 * few, "{few} and {many} bytes");
    }

    #[test]
    fn a_content_that_was_changed_is_not_used_again_and_goes_when_the_last_commit_does() {
        let visits = [founding("v1", &long()), founding("v2", &long())];
        let (_folder, mut store) = with(&visits);
        store.connection.execute("UPDATE content SET text = replace(text, '核', '查')", []).unwrap();
        let [(first, row), (second, other)] = &visits;
        assert_ne!(store.commits(first).unwrap()[0].json, row.json);
        store.mend_commits(first, &[CommitFix::Put(1, row.clone())]).unwrap();
        assert_eq!(store.commits(first).unwrap()[0].json, row.json);
        assert_ne!(store.commits(second).unwrap()[0].json, other.json, "this one is mended on its own");
        // The one that stands whole now would do for it, too.
        let mut rejoined = Vec::new();
        store
            .rejoin(2, |json| {
                rejoined.push(json.to_owned());
                false
            })
            .unwrap();
        assert_eq!(rejoined, std::slice::from_ref(&other.json));
        store.mend_commits(second, &[CommitFix::Put(2, other.clone())]).unwrap();
        assert_eq!(store.commits(second).unwrap()[0].json, other.json);
        assert_eq!(count(&store, "SELECT count(*) FROM content"), 1);
        for ((visit, row), seq) in visits.iter().zip([3, 4]) {
            store.mend_commits(visit, &[CommitFix::SetAside(seq)]).unwrap();
            let aside = store.quarantined(visit, crate::store::commits::CHANGED_HERE).unwrap();
            assert_eq!(aside, [format!("{} {}", row.signature, row.json)]);
        }
        assert_eq!(count(&store, "SELECT count(*) FROM content"), 0);
    }

    #[test]
    fn only_a_long_text_of_a_founding_commit_is_cut_out() {
        let (visit, short) = founding("v1", "short");
        let (_, mut other) = founding("v2", &long());
        other.n = 2;
        let (_folder, mut store) = with(&[(visit.clone(), short.clone())]);
        store.import(&visit, std::slice::from_ref(&other), &[], &[]).unwrap();
        assert_eq!(count(&store, "SELECT count(*) FROM content"), 0);
        let mut stored = store.commits(&visit).unwrap();
        stored.sort_by(|one, other| one.id.cmp(&other.id));
        assert_eq!(stored, [short, other]);
        assert!(cut(r#"{"content":"never ends"#).is_none());
        assert!(cut(&format!(r#"{{"content":"{}\""#, long())).is_none());
    }
}
