//! Damage at every place of a laptop's database: every page flipped, every column of every row changed, every row gone. Nothing
//! panics, nothing false goes to the shared file, own votes that no damage touches are there, and `hecha doctor` or `hecha fsck` tells,
//! or the change makes no difference.
//!
//! A plain run tries one of many places; `HECHA_SWEEP=1` tries all.
#![allow(clippy::print_stderr, reason = "says how much it tried")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
};

use hecha::{
    app::{
        deed::Deed,
        failure::{Exit, damage::Fate},
        fsck::fsck,
        home::Home,
        laptop::{
            doctor::{Doctor, Sweep, doctor},
            overview::list_visits,
        },
        pool::import,
        session::Session,
    },
    domain::{
        edit::{Choice, Edit, Stand},
        pool::{Person, Policy},
        terms::{
            grade::Grade,
            id::{FeedId, VisitId},
            lang::Lang,
        },
    },
    share::{
        code::key::PublicKey,
        file::{
            self, Contents,
            commit::{Body, Commit, Line},
            seal::{self, Place},
        },
    },
    store::Store,
};
use rusqlite::{Connection, types::Value};
use tempfile::TempDir;

use crate::{
    fixture::tiny::{self, must},
    support::{self, disk::FaultyDisk, kept_folder::KeptFolder, tiny::CLAUSES},
};

const PAGE: usize = 4_096;
/// Places in a page that a whole run flips: its header, its list of cells, and what it holds.
const OFFSETS: [usize; 12] = [0, 1, 3, 5, 7, 8, 11, 100, 1_500, 3_000, 4_000, 4_090];
/// In a plain run, one place of so many.
const STRIDE: usize = 23;

/// A member's laptop with everything that a database can hold, beside the shared file and the lead's.
struct Specimen {
    kept: KeptFolder,
    visit: VisitId,
    lines: BTreeSet<String>,
    /// Every own edit that was ever recorded there.
    edits: BTreeSet<String>,
    votes: BTreeMap<String, String>,
    waivers: Vec<(String, String)>,
    root: [u8; 32],
    findings: String,
}

impl Specimen {
    fn new() -> Self {
        let folder = support::new_folder();
        for part in ["share", "home-0", "home-1"] {
            tiny::visit().lay_out_part(part, folder.path());
        }
        let file = folder.path().join("share/visit.hecha");
        let home = folder.path().join("home-1");
        let stand = |grade| Stand { choice: Choice::Grade(grade), reason: "看过现场".parse().unwrap() };
        let mut member = open(&home, &file).unwrap();
        let vote = |clause: &str, grade| Edit::Vote { clause: clause.into(), value: Some(stand(grade)) };
        let record = |member: &mut Session, edit| must(member.perform(Deed::Record(vec![edit])));
        record(&mut member, vote(CLAUSES[0], Grade::B));
        record(&mut member, vote(CLAUSES[1], Grade::C));
        must(member.perform(Deed::Undo));
        must(member.sync_with(&FaultyDisk::calm()));
        record(&mut member, vote(CLAUSES[1], Grade::B));
        must(member.sync_with(&FaultyDisk::calm()));
        must(
            open(&folder.path().join("home-0"), &file)
                .and_then(|mut lead| lead.sync_with(&FaultyDisk::calm())),
        );
        // A line that does not hold is set aside.
        let mut bytes = fs::read(&file).unwrap();
        let end = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        bytes.splice(end..end, format!("{} {{\"junk\":1}}\n", "A".repeat(86)).into_bytes());
        fs::write(&file, bytes).unwrap();
        must(member.sync_with(&FaultyDisk::calm()));
        record(&mut member, vote(CLAUSES[2], Grade::A));
        record(&mut member, Edit::Note { clause: CLAUSES[2].into(), text: "还没同步".parse().unwrap() });
        let votes = votes(&member);
        drop(member);
        let pool = folder.path().join("pool.csv");
        fs::write(&pool, "姓名,单位,职称,专业\n张三,县医院,护师,护理\n李四,县医院,主任医师,医疗\n").unwrap();
        must(import(&of(&home), &pool, Policy::Ask));
        must(list_visits(&of(&home)));
        let database = Connection::open(home.join("hecha.db")).unwrap();
        let mut statement = database.prepare("SELECT json FROM own_edit").unwrap();
        let edits = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        drop(statement);
        cut_out_content(&database);
        let root: Vec<u8> = database.query_row("SELECT ballot_key FROM visit", [], |row| row.get(0)).unwrap();
        database.pragma_update(None, "wal_checkpoint", "TRUNCATE").unwrap();
        drop(database);
        let bytes = fs::read(&file).unwrap();
        let visit = file::header(&bytes).unwrap().visit;
        let mut store = Store::open(&home.join("hecha.db")).unwrap();
        store.keep_waiver(&visit, "quorum", "县里同意").unwrap();
        let drawn = Person::new("李四", "县医院");
        store.keep_draw("2026-11-21".parse().unwrap(), ("青禾镇卫生院", &[]), [&drawn]).unwrap();
        let waivers = store.waivers(&visit).unwrap();
        drop(store);
        let checked = doctor(&of(&home), Sweep::Tell);
        assert!(told(&checked).is_empty(), "a sound laptop: {checked:?}");
        Self {
            visit,
            lines: lines_of(&bytes).into_iter().collect(),
            edits,
            votes,
            waivers,
            root: root.try_into().unwrap(),
            findings: format!("{:?}", must(fsck(&of(&home), &file, Lang::Zh)).findings),
            kept: KeptFolder::of(folder.path()),
        }
    }

    /// The laptop with its database damaged.
    fn damaged(&self, damage: impl FnOnce(&Path)) -> TempDir {
        let folder = support::new_folder();
        self.kept.lay_out(folder.path());
        let database = folder.path().join("home-1/hecha.db");
        let moved = Connection::open(&database).unwrap();
        let file = folder.path().join("share/visit.hecha");
        moved.execute("UPDATE visit SET file = ?1", [file.to_str().unwrap()]).unwrap();
        drop(moved);
        damage(&database);
        folder
    }

    /// As [`Self::judge`]; what does not hold is a text, so that one run tells all of it.
    fn verdict(&self, folder: &TempDir, what: &str) -> Result<bool, String> {
        let judged = panic::catch_unwind(AssertUnwindSafe(|| self.judge(folder, what)));
        judged.map_err(|said| said.downcast_ref::<String>().cloned().unwrap_or_else(|| what.to_owned()))
    }

    /// Everything that must hold, whatever is damaged. Gives whether it was told.
    fn judge(&self, folder: &TempDir, what: &str) -> bool {
        let (home, file) = (folder.path().join("home-1"), folder.path().join("share/visit.hecha"));
        let checked = doctor(&of(&home), Sweep::Tell);
        let by_fsck = fsck(&of(&home), &file, Lang::Zh).map(|found| format!("{:?}", found.findings));
        let is_told = !told(&checked).is_empty() || by_fsck.as_ref().ok() != Some(&self.findings);
        let can_open = checked.damages.iter().all(|(_, it)| it.fate != Fate::Fatal);
        let is_readable = checked.checks.iter().all(|check| check.ok || check.key != "database");
        // What is lost is told once, and then the visit opens.
        let mut opened = open(&home, &file);
        for _ in 0..2 {
            if let Err(failure) = &opened {
                assert!(is_told, "{what}: refused and not told: {failure:?}");
                assert!(matches!(failure.exit, Exit::Damaged | Exit::Fixable), "{what}: {failure:?}");
                opened = open(&home, &file);
            }
        }
        match opened {
            Ok(mut member) => {
                let now = votes(&member);
                for clause in &CLAUSES[..2] {
                    assert_eq!(now[*clause], self.votes[*clause], "{what}: a vote that was synced");
                }
                if !is_told {
                    assert_eq!(now, self.votes, "{what}: changed and not told");
                    assert_eq!(member.me().unwrap().as_str(), tiny::PEOPLE[1], "{what}");
                }
                let synced = member.sync_with(&FaultyDisk::calm());
                assert!(is_told || synced.is_ok(), "{what}: {synced:?}");
                if !is_told {
                    assert_eq!(votes(&member), self.votes, "{what}: after a sync");
                    assert_eq!(synced.unwrap().state.pending, 0, "{what}");
                }
            }
            Err(failure) => {
                let is_promised = can_open && is_readable && !checked.damages.is_empty();
                assert!(is_told && !is_promised, "{what}: {failure:?} {:?}", checked.damages);
            }
        }
        // A reason that nobody wrote is none; one that is gone is asked for again.
        let reasons = Store::open(&home.join("hecha.db")).and_then(|store| store.waivers(&self.visit));
        for reason in reasons.unwrap_or_default() {
            assert!(self.waivers.contains(&reason), "{what}: {reason:?}");
        }
        self.judge_file(&file, what);
        let mut lead = open(&folder.path().join("home-0"), &file).unwrap();
        must(lead.sync_with(&FaultyDisk::calm()));
        self.judge_file(&file, what);
        is_told
    }

    /// Every line of the file holds, none is gone, and a new one says nothing that was not recorded.
    fn judge_file(&self, file: &Path, what: &str) {
        let lines = lines_of(&fs::read(file).unwrap());
        let there: BTreeSet<&String> = lines.iter().collect();
        for line in &self.lines {
            assert!(there.contains(line) || !line.contains("\"v\":1"), "{what}: gone from the file: {line}");
        }
        let parsed: Vec<Line> = lines.iter().map(|line| Line::parse(line).unwrap()).collect();
        let commits: Vec<Commit<'_>> =
            parsed.iter().map(|line| Commit::read(&self.visit, &line.json).unwrap()).collect();
        let keys: BTreeMap<FeedId, PublicKey> =
            commits.iter().filter_map(Commit::carried_key).map(|key| (key.feed(), key)).collect();
        for (commit, line) in commits.iter().zip(&parsed) {
            let holds = commit.verify(&self.visit, line, keys[&commit.feed]);
            assert!(holds.is_ok(), "{what}: passed on: {}", line.json);
            if self.lines.contains(&line.to_text()) {
                continue;
            }
            match &commit.body {
                Body::Open(_) => {
                    let by_program = ["receipt", "declare", "shares", "device"];
                    let is_known =
                        by_program.iter().any(|kind| line.json.contains(&format!("\"k\":\"{kind}\"")));
                    assert!(is_known, "{what}: said: {}", line.json);
                }
                Body::Sealed(sealed) => {
                    let place = Place {
                        visit: &self.visit,
                        feed: &commit.feed,
                        n: commit.n,
                        previous: commit.previous.as_ref(),
                    };
                    let plain = seal::open(&seal::generation(&self.root, 0), place, sealed);
                    let plain = plain.unwrap_or_else(|| panic!("{what}: sealed with another key"));
                    let edits: Vec<serde_json::Value> = serde_json::from_str(plain.trim_end()).unwrap();
                    for edit in edits {
                        assert!(self.edits.contains(&edit.to_string()), "{what}: voted: {edit}");
                    }
                }
            }
        }
    }
}

/// Stores the checklist of the founding commit as one of more bytes would be: once, and the commit around it.
fn cut_out_content(database: &Connection) {
    let founding = "SELECT json FROM commits WHERE id = visit AND content IS NULL";
    let json: String = database.query_row(founding, [], |row| row.get(0)).unwrap();
    let start = json.find("\"content\":\"").unwrap() + "\"content\":\"".len();
    let quotes = json[start..].match_indices('"').map(|(at, _)| start + at);
    let end = quotes.into_iter().find(|at| !json[..*at].ends_with('\\')).unwrap();
    database
        .execute(
            "INSERT INTO content (size, text) VALUES (?1, ?2)",
            (i64::try_from(end - start).unwrap(), &json[start..end]),
        )
        .unwrap();
    let put = "UPDATE commits SET json = ?1, rest = ?2, content = (SELECT id FROM content) WHERE id = visit";
    database.execute(put, [&json[..start], &json[end..]]).unwrap();
    let whole = "SELECT json FROM commit_line WHERE id = visit";
    assert_eq!(database.query_row(whole, [], |row| row.get::<_, String>(0)).unwrap(), json);
}

fn of(home: &Path) -> Home {
    must(Home::choose(Some(home.to_owned())))
}

fn open(home: &Path, file: &Path) -> Result<Session, hecha::app::failure::Failure> {
    Session::open(&of(home), file)
}

/// What a check of the laptop finds wrong. That the folder may be read by others is the test's.
fn told(checked: &Doctor) -> Vec<&'static str> {
    let wrong = checked.checks.iter().filter(|check| !check.ok && check.key != "privacy");
    let left = checked.leftovers.iter().map(|it| it.kind.key());
    wrong.map(|check| check.key).chain(left).collect()
}

fn votes(session: &Session) -> BTreeMap<String, String> {
    let visit = session.visit();
    let state = visit.member(tiny::PEOPLE[1]).unwrap();
    let read = |clause: &str| {
        let asked = visit.founding.checklist.clause(clause).unwrap();
        (clause.to_owned(), format!("{:?}", visit.vote(state, asked)))
    };
    CLAUSES.into_iter().map(read).collect()
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    let Contents::Lines { lines, .. } = file::read(bytes) else { panic!("no shared file") };
    lines.into_iter().map(|(_, line)| line).collect()
}

fn stride() -> usize {
    if support::number("HECHA_SWEEP").is_some() { 1 } else { STRIDE }
}

#[test]
fn a_flipped_byte_of_any_page_is_told_or_makes_no_difference() {
    let specimen = Specimen::new();
    let sound = specimen.damaged(|_| {});
    let length = fs::read(sound.path().join("home-1/hecha.db")).unwrap().len();
    let places: Vec<usize> = (0..length / PAGE)
        .flat_map(|page| OFFSETS.map(|offset| page * PAGE + offset))
        .chain([18, 19, 20, 24, 28, 40, 44, 47, 52, 56, 59, 60, 63, 92, 96])
        .collect();
    let (mut n, mut n_told, mut failed) = (0, 0, Vec::new());
    for at in places.iter().step_by(stride()) {
        let folder = specimen.damaged(|database| {
            let mut bytes = fs::read(database).unwrap();
            bytes[*at] ^= 0x15;
            fs::write(database, bytes).unwrap();
        });
        match specimen.verdict(&folder, &format!("byte {at} of page {}", at / PAGE)) {
            Ok(is_told) => n_told += usize::from(is_told),
            Err(why) => failed.push(why),
        }
        n += 1;
    }
    eprintln!("{n} bytes of {} pages flipped, {n_told} told", length / PAGE);
    assert!(failed.is_empty(), "{} of them: {failed:#?}", failed.len());
    assert!(n_told > 0);
}

/// Other values for a column, each of them one that somebody could mean or a disk could make.
fn others(value: &Value) -> Vec<Value> {
    let mut all = vec![Value::Null, Value::Blob(vec![0xFF, 0xFE, 0]), Value::Text("x".to_owned())];
    match value {
        Value::Integer(n) => {
            all.extend([n + 1, n - 1, -5, 0, i64::MAX].map(Value::Integer));
            all.push(Value::Real(0.5));
        }
        Value::Text(text) => {
            let mut changed: Vec<char> = text.chars().collect();
            if let Some(last) = changed.iter_mut().rev().find(|it| it.is_ascii_alphanumeric()) {
                *last = if *last == 'B' { 'A' } else { 'B' };
            }
            all.push(Value::Text(changed.into_iter().collect()));
            all.push(Value::Text(text.replace("\"B\"", "\"A\"")));
            all.push(Value::Text(String::new()));
            all.push(Value::Integer(7));
        }
        Value::Blob(bytes) => {
            let mut flipped = bytes.clone();
            if let Some(byte) = flipped.first_mut() {
                *byte ^= 1;
            }
            all.push(Value::Blob(flipped));
            all.push(Value::Blob(bytes[..bytes.len() / 2].to_vec()));
        }
        Value::Null => all.extend([Value::Integer(3), Value::Blob(vec![7; 32])]),
        Value::Real(_) => {}
    }
    all.retain(|other| other != value);
    all
}

/// The tables.
const TABLES: [&str; 10] = [
    "device",
    "visit",
    "commits",
    "content",
    "own_edit",
    "quarantine",
    "pool_expert",
    "glance",
    "waiver",
    "drawn",
];

/// Every change of every column of every row, and every row gone, as SQL with its value.
fn changes(database: &Path) -> Vec<(String, Option<Value>)> {
    let connection = Connection::open(database).unwrap();
    let mut changes = Vec::new();
    for table in TABLES {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let value = |index: usize| row.get::<_, Value>(index).unwrap();
            // The rows without numbers have their first columns for a key.
            let quoted = |index: usize| match value(index) {
                Value::Integer(n) => n.to_string(),
                Value::Text(text) => format!("'{text}'"),
                other => panic!("{other:?}"),
            };
            let key = format!("{} = {}", columns[0], quoted(0));
            for (index, column) in columns.iter().enumerate() {
                for other in others(&value(index)) {
                    changes.push((format!("UPDATE {table} SET {column} = ?1 WHERE {key}"), Some(other)));
                }
            }
            changes.push((format!("DELETE FROM {table} WHERE {key}"), None));
        }
    }
    changes
}

#[test]
fn a_changed_column_or_a_row_that_is_gone_is_told_or_makes_no_difference() {
    let specimen = Specimen::new();
    let sound = specimen.damaged(|_| {});
    let changes = changes(&sound.path().join("home-1/hecha.db"));
    let (mut n, mut n_told, mut failed) = (0, 0, Vec::new());
    for (sql, value) in changes.iter().step_by(stride()) {
        let mut was_done = false;
        let folder = specimen.damaged(|database| {
            let connection = Connection::open(database).unwrap();
            connection.pragma_update(None, "foreign_keys", false).unwrap();
            connection.pragma_update(None, "ignore_check_constraints", true).unwrap();
            let done = match value {
                Some(value) => connection.execute(sql, [value]),
                None => connection.execute(sql, []),
            };
            was_done = done.is_ok_and(|n| n == 1);
        });
        if was_done {
            match specimen.verdict(&folder, &format!("{sql} {value:?}")) {
                Ok(is_told) => n_told += usize::from(is_told),
                Err(why) => failed.push(why),
            }
            n += 1;
        }
    }
    eprintln!("{n} of {} changes made, {n_told} told", changes.len());
    assert!(failed.is_empty(), "{} of them: {failed:#?}", failed.len());
    assert!(n > 20 && n_told > n / 3, "{n} {n_told}");
}

#[test]
fn every_table_is_swept() {
    let specimen = Specimen::new();
    let folder = specimen.damaged(|_| {});
    let database = Connection::open(folder.path().join("home-1/hecha.db")).unwrap();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let mut statement = database.prepare(names).unwrap();
    let names: BTreeSet<String> =
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(names, TABLES.map(str::to_owned).into());
    for table in TABLES {
        let n: i64 =
            database.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert!(n > 0, "{table} is empty");
    }
}

#[test]
fn the_paths_of_a_specimen_lead_where_they_say() {
    let specimen = Specimen::new();
    let folder = specimen.damaged(|_| {});
    assert!(!specimen.judge(&folder, "nothing"), "a sound laptop tells nothing");
    let file: PathBuf = folder.path().join("share/visit.hecha");
    assert!(lines_of(&fs::read(file).unwrap()).len() > specimen.lines.len(), "the open votes went out");
}
