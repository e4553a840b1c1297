//! Shared files of released formats, kept for ever: every later program reads them as the one that made them did, and
//! writes them back byte for byte.
//!
//! Each `tests/golden/format-N/NAME.hecha` has a `NAME.json` beside it: what a laptop without any data reads from the file
//! (`looks`), what `fsck` says of it, and what each member reads who comes back with the recovery code. Keys that later
//! programs add are not compared. Files were made by `make_what_is_missing`, through the calls that the program makes:
//!
//! ```sh
//! cargo test --test runner golden::make_what_is_missing -- --ignored
//! ```
//!
//! It never replaces a file that is there. A golden file that no longer reads the same is a bug of the program, not of
//! the file.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hecha::{
    app::{
        deed::Deed,
        ending::signing::record_digest,
        failure::Failure,
        fsck::fsck,
        home::Home,
        session::Session,
        visit::{
            founding::found,
            info,
            joining::{JoinRequest, join, look},
        },
    },
    domain::{
        ballot::Position,
        checklist::{Clause, Point},
        edit::{
            Choice, Edit, Stand,
            declaration::Declaration,
            finding::{Finding, Fraction},
            verdict::Decision,
        },
        terms::{grade::Grade, id::CommitId, lang::Lang},
    },
    share::{
        code::key::DeviceKey,
        file::{
            self, Contents,
            commit::{Draft, DraftBody, sign},
        },
        wire::{Extra, encode_edit},
    },
    store::{Store, commits::CommitRow},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    copy_folder, every_reason, new_folder,
    tiny::{CLAUSES, tiny_visit, write_tiny_checklist},
};

const NAMES: [&str; 3] = ["林若安", "陈思齐", "马文博"];
const FORMATS: [&str; 1] = ["format-1"];
/// What opens the encrypted file.
const PASSPHRASE: &str = "青禾镇 金本位口令";

fn must<T>(done: Result<T, Failure>) -> T {
    done.unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn home_at(path: &Path) -> Home {
    must(Home::choose(Some(path.to_owned())))
}

fn golden(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format)
}

/// A file in a folder of its own, with what is known of it.
struct Golden {
    name: String,
    folder: TempDir,
    file: PathBuf,
    bytes: Vec<u8>,
    known: Value,
}

impl Golden {
    fn all() -> Vec<Self> {
        let of_format = |format: &&str| {
            let entries = fs::read_dir(golden(format)).unwrap().map(|entry| entry.unwrap().path());
            let files = entries.filter(|path| path.extension().is_some_and(|it| it == "hecha"));
            files.map(|path| Self::read(&path)).collect::<Vec<_>>()
        };
        let all: Vec<Self> = FORMATS.iter().flat_map(of_format).collect();
        assert_eq!(all.len(), 6, "a golden file is never removed");
        all
    }

    fn read(path: &Path) -> Self {
        let folder = new_folder();
        let share = folder.path().join("share");
        fs::create_dir(&share).unwrap();
        let file = share.join("visit.hecha");
        let bytes = fs::read(path).unwrap();
        fs::write(&file, &bytes).unwrap();
        let known = fs::read_to_string(path.with_extension("json")).unwrap();
        let known = serde_json::from_str(&known).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, folder, file, bytes, known }
    }

    fn home(&self, name: &str) -> Home {
        home_at(&self.folder.path().join(name))
    }

    fn passphrase(&self) -> Option<&str> {
        self.known["passphrase"].as_str()
    }
}

/// What a laptop reads, as far as it does not depend on when and where.
fn reading(session: &Session) -> Value {
    json!({
        "info": info::visit_json(session),
        "result": info::result_json(session, Lang::Zh),
        "merge": info::merge_json(session),
        "unknown_edits": session.visit().n_unknown,
        "unknown_critical": session.visit().unknown_critical,
    })
}

/// A member's own votes and findings, clause by clause.
fn own_record(session: &Session, name: &str) -> Value {
    let visit = session.visit();
    let state = visit.member(name).unwrap();
    let of = |clause: &Clause| {
        let vote = visit.vote(state, clause);
        let says = match vote.position {
            Position::Unscored => "-".to_owned(),
            Position::Grade(grade) => grade.to_string(),
            Position::Points(points) => points.to_string(),
            Position::Absent(kind) => kind.key().to_owned(),
            Position::Conflict => "conflict".to_owned(),
            Position::Aside(_) => "aside".to_owned(),
        };
        let finding = |point: &Point| {
            let value = state.ballot.finding(clause.id.as_str(), point.id.as_str()).cloned();
            let edit = Edit::Finding { clause: clause.id.clone(), point: point.id.clone(), value };
            encode_edit(&edit, Extra::None)["v"].take()
        };
        let findings: Vec<Value> = clause.points.iter().map(finding).collect();
        json!([clause.id.as_str(), says, vote.reason, vote.note.as_str(), findings])
    };
    visit.clauses().map(|clause| of(clause)).collect()
}

/// Whether everything that is known is said; what is said beyond it may be new.
fn assert_says(said: &Value, known: &Value, place: &str) {
    match (said, known) {
        (Value::Object(said), Value::Object(known)) => {
            for (key, known) in known {
                let said = said.get(key).unwrap_or_else(|| panic!("{place}.{key} is not said any more"));
                assert_says(said, known, &format!("{place}.{key}"));
            }
        }
        (Value::Array(said), Value::Array(known)) => {
            assert_eq!(said.len(), known.len(), "{place}");
            for (index, (said, known)) in said.iter().zip(known).enumerate() {
                assert_says(said, known, &format!("{place}[{index}]"));
            }
        }
        _ => assert_eq!(said, known, "{place}"),
    }
}

#[test]
fn every_file_reads_as_it_did_when_it_was_made() {
    for golden in Golden::all() {
        let home = golden.home("stranger");
        let session = must(look(&home, &golden.file, golden.passphrase()));
        assert_says(&reading(&session), &golden.known["looks"], &golden.name);
        let checked = must(fsck(&home, &golden.file, Lang::Zh)).json();
        assert_eq!(checked["lines"]["bad"], 0, "{}", golden.name);
        let kinds: Vec<&Value> =
            checked["findings"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
        assert_eq!(json!(kinds), golden.known["fsck"], "{}", golden.name);
    }
}

#[test]
fn every_file_is_written_back_as_it_was() {
    for golden in Golden::all() {
        let home = golden.home("stranger");
        let mut session = must(look(&home, &golden.file, golden.passphrase()));
        let report = must(session.sync());
        assert!(!report.written, "{}: the store says what the file says", golden.name);
        assert!(fs::read(&golden.file).unwrap() == golden.bytes, "{}", golden.name);
        fs::remove_file(&golden.file).unwrap();
        assert!(must(session.sync()).written, "{}", golden.name);
        let written = fs::read(&golden.file).unwrap();
        if golden.passphrase().is_none() {
            assert!(written == golden.bytes, "{}: other bytes", golden.name);
            continue;
        }
        // Encryption gives other bytes each time; below the first line is the same plain file.
        let again = golden.home("again");
        fs::write(&golden.file, &golden.bytes).unwrap();
        let mut other = must(look(&again, &golden.file, golden.passphrase()));
        fs::write(&golden.file, &written).unwrap();
        let report = must(other.sync());
        assert!(!report.written && report.imported == 0, "{}: {report:?}", golden.name);
        let first_line = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').next().unwrap().to_vec();
        assert!(first_line(&written) == first_line(&golden.bytes), "{}", golden.name);
    }
}

#[test]
fn every_member_comes_back_with_the_recovery_code() {
    for golden in Golden::all() {
        let come_back = |name: &str| {
            let request = JoinRequest {
                recovery: golden.known["members"][name]["recovery"].as_str().map(str::to_owned),
                passphrase: golden.passphrase().map(str::to_owned),
                ..JoinRequest::named(name)
            };
            must(join(&golden.home(name), &golden.file, &request))
        };
        let check = |session: &Session, name: &str| {
            let place = format!("{}, {name}", golden.name);
            assert_eq!(own_record(session, name), golden.known["members"][name]["votes"], "{place}");
        };
        // The old key of the lead names the new laptop; the lead admits those of the others.
        let mut lead = come_back(NAMES[0]);
        check(&lead, NAMES[0]);
        for name in &NAMES[1..] {
            let mut member = come_back(name);
            let code = must(member.join_code()).unwrap();
            must(lead.sync());
            must(lead.perform(Deed::Admit(code.typed())));
            must(lead.sync());
            must(member.sync());
            check(&member, name);
        }
    }
}

/// Three laptops and one file in the making.
struct World {
    folder: TempDir,
    sessions: Vec<Session>,
}

impl World {
    fn new(passphrase: Option<&str>) -> Self {
        let folder = new_folder();
        fs::create_dir(folder.path().join("share")).unwrap();
        let mut world = Self { folder, sessions: Vec::new() };
        write_tiny_checklist(&world.path(0));
        let file = world.file();
        for (index, name) in NAMES.iter().enumerate() {
            let home = home_at(&world.path(index));
            let request =
                JoinRequest { passphrase: passphrase.map(str::to_owned), ..JoinRequest::named(name) };
            world.sessions.push(if index == 0 {
                must(found(&home, tiny_visit(&file, &NAMES), passphrase))
            } else {
                must(join(&home, &file, &request))
            });
            must(world.sessions[index].perform(Deed::Declare(Declaration {
                text: "无".parse().unwrap(),
                ..Declaration::default()
            })));
        }
        world
    }

    fn path(&self, index: usize) -> PathBuf {
        self.folder.path().join(format!("home-{index}"))
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("share/visit.hecha")
    }

    /// Grades of all clauses, a finding and a note; then what is recorded is put into the file.
    fn score(&mut self, index: usize, grades: [Grade; 3]) {
        let vote = |(clause, grade): (&&str, Grade)| Edit::Vote {
            clause: (*clause).into(),
            value: Some(Stand {
                choice: Choice::Grade(grade),
                reason: format!("{}看过“台账”", NAMES[index]).parse().unwrap(),
            }),
        };
        let mut edits: Vec<Edit> = CLAUSES.iter().zip(grades).map(vote).collect();
        let ratio = Fraction::new(19, 20).ok().map(Finding::Ratio);
        edits.push(Edit::Finding { clause: CLAUSES[0].into(), point: "B1".into(), value: ratio });
        edits.push(Edit::Note { clause: CLAUSES[2].into(), text: "两行\n备注 𠮷".parse().unwrap() });
        must(self.sessions[index].perform(Deed::Record(edits)));
        must(self.sessions[index].sync());
    }

    /// Everybody gets everything.
    fn sync_all(&mut self) {
        for _ in 0..3 {
            for session in &mut self.sessions {
                must(session.sync());
            }
        }
    }

    /// The lead compares the codes of all, so that shares are locked to them.
    fn admit_all(&mut self) {
        self.sync_all();
        for index in 1..NAMES.len() {
            let code = must(self.sessions[index].join_code()).unwrap();
            must(self.sessions[0].perform(Deed::Admit(code.typed())));
        }
        self.sync_all();
    }

    /// These seal, and the lead closes scoring or adds them.
    fn seal_and_close(&mut self, members: &[usize]) {
        for index in members {
            must(self.sessions[*index].perform(Deed::Submit));
        }
        self.sync_all();
        must(self.sessions[0].perform(Deed::Close));
        self.sync_all();
    }

    /// Everybody gets everything; then the file and what is known of it are written, unless they are there.
    fn keep(mut self, name: &str, passphrase: Option<&str>) {
        self.sync_all();
        let target = golden(FORMATS[FORMATS.len() - 1]).join(name);
        if target.with_extension("hecha").exists() {
            return;
        }
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        let stranger = home_at(&self.folder.path().join("stranger"));
        let looks = must(look(&stranger, &self.file(), passphrase));
        let checked = must(fsck(&stranger, &self.file(), Lang::Zh)).json();
        let kinds: Vec<&Value> =
            checked["findings"].as_array().unwrap().iter().map(|it| &it["kind"]).collect();
        let member = |(session, name): (&Session, &&str)| {
            let known =
                json!({ "recovery": session.recovery_code().unwrap(), "votes": own_record(session, name) });
            ((*name).to_owned(), known)
        };
        let known = json!({
            "made_by": env!("CARGO_PKG_VERSION"),
            "passphrase": passphrase,
            "looks": reading(&looks),
            "fsck": kinds,
            "members": self.sessions.iter().zip(&NAMES).map(member).collect::<serde_json::Map<_, _>>(),
        });
        fs::copy(self.file(), target.with_extension("hecha")).unwrap();
        fs::write(target.with_extension("json"), serde_json::to_string_pretty(&known).unwrap() + "\n")
            .unwrap();
    }
}

/// A signed commit with edits of a kind that no program knows yet, after the last one of a member's laptop.
fn add_unknown_edits(world: &mut World, index: usize) {
    let mut store = Store::open(&home_at(&world.path(index)).database()).unwrap();
    let key = DeviceKey::from_bytes(&store.device_secret(|| unreachable!("the laptop has a key")).unwrap());
    let visit = world.sessions[index].visit().id.clone();
    let (n, previous): (u64, CommitId) = store.head(&visit, &key.feed()).unwrap().unwrap();
    let edits = vec![
        json!({"k": "telepathy", "to": [1, -2, null, true], "text": "将来的种类"}),
        json!({"k": "quorum", "crit": true}),
    ];
    let draft = Draft {
        visit: Some(visit.clone()),
        n: n + 1,
        previous: Some(previous),
        lamport: 1_000,
        time_ms: 0,
        seen: std::collections::BTreeSet::new(),
        body: DraftBody::Open(edits),
    };
    let (id, line) = sign(&key, draft);
    let row = CommitRow { id, feed: key.feed(), n: n + 1, signature: line.signature, json: line.json };
    store.import(&visit, &[row], &[], &[]).unwrap();
    must(world.sessions[index].reload());
}

#[test]
#[ignore = "makes golden files; run once for every released format"]
fn make_what_is_missing() {
    use Grade::{A, B, C, D};

    // One ballot closed over and open, one that nobody sealed, one sealed, taken back and sealed under a new key; the lead's
    // closing record, shares and keys.
    let mut world = World::new(None);
    world.score(0, [A, B, C]);
    world.score(1, [B, B, D]);
    world.score(2, [C, C, A]);
    world.admit_all();
    for index in [0, 2] {
        must(world.sessions[index].perform(Deed::Submit));
        must(world.sessions[index].sync());
    }
    must(world.sessions[2].perform(Deed::Unseal));
    world.score(2, [C, B, A]);
    must(world.sessions[2].perform(Deed::Submit));
    must(world.sessions[2].sync());
    must(world.sessions[0].sync());
    must(world.sessions[0].perform(Deed::Close));
    world.keep("ballots", None);

    // All sealed, and nobody has closed scoring.
    let mut world = World::new(None);
    world.admit_all();
    for (index, grades) in [[A, B, C], [B, B, D], [B, C, C]].into_iter().enumerate() {
        world.score(index, grades);
        must(world.sessions[index].perform(Deed::Submit));
    }
    world.keep("sealed", None);

    // The end: a late seal, votes in the clear, a verdict, signatures, waivers.
    let mut world = World::new(None);
    world.admit_all();
    for (index, grades) in [[A, B, C], [B, B, D], [B, C, C]].into_iter().enumerate() {
        world.score(index, grades);
    }
    world.seal_and_close(&[0, 1]);
    world.seal_and_close(&[2]);
    for index in [0, 1] {
        let vote = Deed::ClearVote(CLAUSES[2].into(), Some(Choice::Grade(B)), "合议".to_owned());
        must(world.sessions[index].perform(vote));
    }
    world.sync_all();
    let verdict = Decision::Grade(B);
    must(world.sessions[0].perform(Deed::Decide(CLAUSES[2].into(), Some(verdict), "合议".to_owned())));
    world.sync_all();
    for session in &mut world.sessions {
        let record = record_digest(session.visit());
        must(session.perform(Deed::Sign(record)));
    }
    world.sync_all();
    must(world.sessions[0].perform(Deed::Finalize(every_reason("照实说明"))));
    world.sync_all();
    world.keep("final", None);

    // A cloned home: two commits with one number, then a new key for each copy, and two values that do not know each other.
    let mut world = World::new(None);
    world.score(1, [A, A, A]);
    copy_folder(&world.path(1), &world.folder.path().join("clone"));
    let mut clone = must(Session::open(&home_at(&world.folder.path().join("clone")), &world.file()));
    world.score(1, [B, A, A]);
    let vote = Edit::Vote {
        clause: CLAUSES[0].into(),
        value: Some(Stand { choice: Choice::Grade(C), reason: "克隆".parse().unwrap() }),
    };
    must(clone.perform(Deed::Record(vec![vote])));
    must(clone.sync());
    world.keep("fork", None);

    // Edits that no program knows yet, one of them critical.
    let mut world = World::new(None);
    world.score(2, [A, B, C]);
    add_unknown_edits(&mut world, 2);
    world.keep("unknown-edits", None);

    // Behind a passphrase, all submitted and closed.
    let mut world = World::new(Some(PASSPHRASE));
    for (index, grades) in [[A, B, C], [B, B, D], [B, C, C]].into_iter().enumerate() {
        world.score(index, grades);
    }
    world.seal_and_close(&[0, 1, 2]);
    world.keep("encrypted", Some(PASSPHRASE));
}

/// A golden file that was touched by an editor or by git is told apart from a program that reads it wrongly.
#[test]
fn every_file_is_whole() {
    for golden in Golden::all() {
        match file::read(&golden.bytes) {
            Contents::Lines { intact, .. } => assert!(intact, "{}", golden.name),
            Contents::Encrypted(_) => assert!(golden.passphrase().is_some(), "{}", golden.name),
            other => panic!("{}: {other:?}", golden.name),
        }
    }
}
