//! Three laptops, any edits, any order of syncs, crashes at any moment, copies and cuts of the file: all agree in the end, and undo goes back.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use hecha::{
    app::{
        deed::{Deed, Done},
        failure::Failure,
        home::Home,
        session::Session,
        visit::{
            founding::found,
            info,
            joining::{JoinRequest, join},
        },
    },
    domain::{
        ballot::Vote,
        edit::{
            Choice, Edit, Stand,
            finding::{Finding, Fraction},
        },
        terms::grade::Grade,
    },
    share::folder::disk::{Disk, RealDisk},
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{
    disk::FaultyDisk,
    new_folder,
    tiny::{CLAUSES, tiny_visit, write_tiny_checklist},
};

const NAMES: [&str; 3] = ["林若安", "陈思齐", "马文博"];

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    Record(usize, Edit),
    Undo(usize),
    Redo(usize),
    Sync(usize),
    /// The program ends without a word and is started again.
    Crash(usize),
    /// The stick is pulled at this operation of a sync, and the program ends.
    SyncCutShort(usize, usize),
    /// A cloud client leaves a copy of the file under another name.
    Copy(u8),
    /// An old copy is put back over the file.
    PutBack(u8),
    /// The file is cut to this share of its length, in per cent.
    Cut(usize),
}

/// A disk that is gone after so many operations.
struct DyingDisk(AtomicUsize);

impl DyingDisk {
    fn lives(&self) -> io::Result<()> {
        let spent =
            self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_err();
        if spent { Err(io::Error::from_raw_os_error(5)) } else { Ok(()) }
    }
}

impl Disk for DyingDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.lives().and_then(|()| RealDisk.list(folder))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.lives().and_then(|()| RealDisk.read(path, limit))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.lives().is_err() {
            RealDisk.write_new(path, &bytes[..bytes.len() / 3])?;
            return Err(io::Error::from_raw_os_error(28));
        }
        RealDisk.write_new(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.lives().and_then(|()| RealDisk.rename(from, to))
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.lives().and_then(|()| RealDisk.write_over(path, bytes))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.lives().and_then(|()| RealDisk.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.lives().and_then(|()| RealDisk.make_folder(folder))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.lives().and_then(|()| RealDisk.length(path))
    }

    fn pause(&self, _milliseconds: u64) {}

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }

    fn runs(&self, _process: u32) -> Option<bool> {
        None
    }
}

/// What a member has recorded, as it reads.
type Record = Vec<(Vote, Vec<Option<Finding>>)>;

struct Laptop {
    home: Home,
    session: Option<Session>,
    /// The record after each change that stands, oldest first; those after `place` are undone.
    past: Vec<Record>,
    place: usize,
    n_commits: usize,
}

struct World {
    folder: TempDir,
    file: PathBuf,
    laptops: Vec<Laptop>,
    snapshots: Vec<Vec<u8>>,
}

fn must<T>(done: Result<T, Failure>) -> T {
    done.unwrap_or_else(|failure| panic!("{failure:?}"))
}

impl World {
    fn new() -> Self {
        let folder = new_folder();
        let share = folder.path().join("share");
        fs::create_dir(&share).unwrap();
        let file = share.join("visit.hecha");
        write_tiny_checklist(&folder.path().join("home-0"));
        let laptops = NAMES.iter().enumerate().map(|(index, name)| {
            let home = must(Home::choose(Some(folder.path().join(format!("home-{index}")))));
            let session = if index == 0 {
                found(&home, tiny_visit(&file, &NAMES), None)
            } else {
                join(&home, &file, &JoinRequest::named(name))
            };
            let session = must(session);
            let past = vec![record_of(&session)];
            Laptop { home, session: Some(session), past, place: 0, n_commits: 0 }
        });
        let laptops = laptops.collect();
        let snapshots = vec![fs::read(&file).unwrap()];
        Self { folder, file, laptops, snapshots }
    }

    fn perform(&mut self, step: &Step) {
        match step {
            Step::Record(index, edit) => {
                let laptop = self.open(*index);
                must(laptop.session.as_mut().unwrap().perform(Deed::Record(vec![edit.clone()])));
                laptop.past.truncate(laptop.place + 1);
                laptop.past.push(record_of(laptop.session.as_ref().unwrap()));
                laptop.place += 1;
            }
            Step::Undo(index) => {
                let laptop = self.open(*index);
                let done = must(laptop.session.as_mut().unwrap().perform(Deed::Undo));
                let undone = matches!(done, Done::Stepped(Some(_)));
                assert_eq!(undone, laptop.place > 0, "undo stops at the beginning and only there");
                laptop.place -= usize::from(undone);
            }
            Step::Redo(index) => {
                let laptop = self.open(*index);
                let done = must(laptop.session.as_mut().unwrap().perform(Deed::Redo));
                let redone = matches!(done, Done::Stepped(Some(_)));
                assert_eq!(
                    redone,
                    laptop.place + 1 < laptop.past.len(),
                    "redo stops at the end and only there"
                );
                laptop.place += usize::from(redone);
            }
            Step::Sync(index) => {
                must(self.open(*index).session.as_mut().unwrap().sync_with(&FaultyDisk::calm()));
                self.snapshots.push(fs::read(&self.file).unwrap());
            }
            Step::Crash(index) => self.laptops[*index].session = None,
            Step::SyncCutShort(index, operations) => {
                let disk = DyingDisk(AtomicUsize::new(*operations));
                let _ = self.open(*index).session.as_mut().unwrap().sync_with(&disk);
                self.laptops[*index].session = None;
            }
            Step::Copy(n) => {
                let name = format!("visit (冲突副本 {n}).hecha");
                fs::copy(&self.file, self.file.with_file_name(name)).unwrap();
            }
            Step::PutBack(n) => {
                let snapshot = &self.snapshots[usize::from(*n) % self.snapshots.len()];
                fs::write(&self.file, snapshot).unwrap();
            }
            Step::Cut(percent) => {
                let bytes = fs::read(&self.file).unwrap();
                fs::write(&self.file, &bytes[..bytes.len() * percent / 100]).unwrap();
            }
        }
        self.check(step);
    }

    /// The laptop with its visit open.
    fn open(&mut self, index: usize) -> &mut Laptop {
        let laptop = &mut self.laptops[index];
        if laptop.session.is_none() {
            laptop.session = Some(must(Session::open(&laptop.home, &self.file)));
        }
        laptop
    }

    /// Each laptop reads as its member left it, and has no fewer commits than before.
    fn check(&mut self, step: &Step) {
        for (laptop, name) in self.laptops.iter_mut().zip(NAMES) {
            let Some(session) = &laptop.session else { continue };
            assert!(
                record_of(session) == laptop.past[laptop.place],
                "{name} reads something else after {step:?}"
            );
            let n_commits = session.visit().members.iter().map(|state| state.n_commits).sum();
            assert!(n_commits >= laptop.n_commits, "{name} lost commits after {step:?}");
            laptop.n_commits = n_commits;
        }
    }

    /// Everybody submits and syncs, and the lead closes scoring; then all must agree.
    fn finish(mut self) {
        let last: Vec<Record> = self.laptops.iter().map(|laptop| laptop.past[laptop.place].clone()).collect();
        for index in 0..3 {
            must(self.open(index).session.as_mut().unwrap().perform(Deed::Submit));
        }
        let sync_all = |world: &mut Self| {
            for index in [0, 1, 2, 0, 1, 2, 0] {
                must(world.open(index).session.as_mut().unwrap().sync_with(&FaultyDisk::calm()));
            }
        };
        sync_all(&mut self);
        must(self.open(0).session.as_mut().unwrap().perform(Deed::Close));
        sync_all(&mut self);
        let bytes = fs::read(&self.file).unwrap();
        for entry in fs::read_dir(self.folder.path().join("share")).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        let merged = info::merge_json(self.laptops[0].session.as_ref().unwrap());
        assert_eq!(merged["hidden"], 0, "all have submitted");
        for (index, laptop) in self.laptops.iter_mut().enumerate() {
            // A fresh start: nothing but the store is remembered.
            let mut session = must(Session::open(&laptop.home, &self.file));
            must(session.sync_with(&FaultyDisk::calm()));
            assert!(fs::read(&self.file).unwrap() == bytes, "laptop {index} holds other commits");
            assert_eq!(info::merge_json(&session), merged, "laptop {index} merges to something else");
            for (name, record) in NAMES.iter().zip(&last) {
                assert!(&record_by(&session, name) == record, "laptop {index} reads {name} wrongly");
            }
            assert!(session.visit().conflicts().is_empty() && session.visit().pending.is_empty());
            fs::remove_file(&self.file).unwrap();
        }
    }
}

fn record_of(session: &Session) -> Record {
    record_by(session, session.me().unwrap().as_str())
}

fn record_by(session: &Session, name: &str) -> Record {
    let visit = session.visit();
    let state = visit.member(name).unwrap();
    let clause = |clause: &hecha::domain::checklist::Clause| {
        let finding = |point: &str| state.ballot.finding(clause.id.as_str(), point).cloned();
        (visit.vote(state, clause), clause.points.iter().map(|point| finding(point.id.as_str())).collect())
    };
    visit.clauses().map(|it| clause(it)).collect()
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let clause = || prop::sample::select(CLAUSES.to_vec());
    let grade = prop::sample::select(Grade::ALL.to_vec());
    let stand = |grade| Stand { choice: Choice::Grade(grade), reason: "理由".parse().unwrap() };
    prop_oneof![
        3 => (clause(), 0_u64..=20).prop_map(|(clause, n)| Edit::Finding {
            clause: clause.into(),
            point: "B1".into(),
            value: Fraction::new(n, 20).ok().map(Finding::Ratio),
        }),
        1 => clause().prop_map(|clause| Edit::Finding { clause: clause.into(), point: "B1".into(), value: None }),
        3 => (clause(), prop::option::weighted(0.8, grade))
            .prop_map(move |(clause, grade)| Edit::Vote { clause: clause.into(), value: grade.map(stand) }),
        2 => (clause(), "[好坏]{0,3}").prop_map(|(clause, text)| Edit::Note { clause: clause.into(), text: text.parse().unwrap() }),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    let laptop = || 0_usize..3;
    prop_oneof![
        8 => (laptop(), any_edit()).prop_map(|(laptop, edit)| Step::Record(laptop, edit)),
        3 => laptop().prop_map(Step::Undo),
        2 => laptop().prop_map(Step::Redo),
        4 => laptop().prop_map(Step::Sync),
        2 => laptop().prop_map(Step::Crash),
        2 => (laptop(), 0_usize..24).prop_map(|(laptop, at)| Step::SyncCutShort(laptop, at)),
        1 => (0_u8..3).prop_map(Step::Copy),
        1 => any::<u8>().prop_map(Step::PutBack),
        1 => (0_usize..100).prop_map(Step::Cut),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, max_shrink_iters: 300, ..ProptestConfig::default() })]

    #[test]
    fn laptops_agree_whatever_happened_and_undo_goes_back(steps in prop::collection::vec(any_step(), 1..40)) {
        let mut world = World::new();
        for step in &steps {
            world.perform(step);
        }
        world.finish();
    }
}
