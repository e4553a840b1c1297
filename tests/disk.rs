//! Disks that fail, fill up or lie in the middle of a sync, a vote or a report: refused in words, nothing lost, nothing half written.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    thread,
};

use hecha::{
    app::{
        deed::Deed, failure::Failure, home::Home, session::Session, sync::report::SyncReport, visit::info,
    },
    domain::{edit::Edit, terms::lang::Lang},
    share::{
        file::{self, Contents, envelope::Envelope},
        folder::lock::LOCK_NAME,
    },
};
use tempfile::TempDir;

use crate::support::{
    self, PANEL, Panel,
    disk::{ERRORS, Fault, FaultyDisk, Refuses, RefusingDisk},
    holds,
    kept_folder::KeptFolder,
    keyring::{FIRST, Keyring, key, slot},
};

const NOTE: &str = "出错之前已存";

fn faults() -> Vec<Fault> {
    let mut faults: Vec<Fault> = ERRORS.map(Fault::Refused).into();
    faults.extend([Fault::ShortWrite, Fault::LyingWrite, Fault::LyingFsync, Fault::RenameLost]);
    faults.extend([Fault::RenameDoneButRefused, Fault::ShortRead]);
    faults
}

fn open(panel: &Panel, index: usize) -> Session {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    Session::open(&home, Path::new(&panel.file)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// A member's laptop with a stored note, and a shared file that has something new for it: the state before each fault.
struct Scene {
    kept: KeptFolder,
    /// What opens the file of an encrypted visit.
    envelope: Option<Envelope>,
}

impl Scene {
    fn new() -> Self {
        Self::of(&Panel::small(2, &[]), None)
    }

    fn encrypted() -> Self {
        let panel = Keyring::new().panel(2);
        let slot = slot(&panel).unwrap();
        Self::of(&panel, Some(Envelope { key: key(&panel), slot, earlier: Vec::new() }))
    }

    fn of(panel: &Panel, envelope: Option<Envelope>) -> Self {
        let file = panel.file.as_str();
        panel.laptops[1].ok(&["sync", file]);
        panel.lead().ok(&["score", file, "TM-03", "--grade", "C"]);
        panel.lead().ok(&["sync", file]);
        open(panel, 1)
            .perform(Deed::Record(vec![Edit::Note { clause: "TM-02".into(), text: NOTE.parse().unwrap() }]))
            .unwrap();
        Self { kept: KeptFolder::of(&panel.root), envelope }
    }

    /// The lines of a shared file that must be whole, and encrypted if the visit is.
    fn lines(&self, bytes: &[u8], what: &str) -> BTreeSet<String> {
        let is_shut = matches!(file::read(bytes), Contents::Encrypted(_));
        assert_eq!(is_shut, self.envelope.is_some(), "{what}: it is not encrypted as it was");
        match file::open(bytes, self.envelope.as_ref()).0 {
            Contents::Lines { lines, intact: true, .. } => lines.into_iter().map(|(_, line)| line).collect(),
            _ => panic!("{what}: the shared file was damaged"),
        }
    }

    /// The scene anew, in a folder of its own.
    fn set(&self) -> (TempDir, Panel) {
        let folder = support::new_folder();
        self.kept.lay_out(folder.path());
        let panel = Panel::at(folder.path());
        (folder, panel)
    }
}

type Sync = fn(&mut Session, &FaultyDisk) -> Result<SyncReport, Failure>;

/// Syncs with one fault, checks what it left, and syncs on a sound disk; gives how often the fault struck and how many
/// operations there were.
fn suffer(scene: &Scene, sync: Sync, disk: &FaultyDisk, what: &str, may_damage: bool) -> (usize, usize) {
    let (_folder, panel) = scene.set();
    let before = panel.file_bytes();
    let mut session = open(&panel, 1);
    let synced = sync(&mut session, disk);
    let after = panel.file_bytes();
    for path in support::files_below(&panel.share()) {
        let is_plain = scene.envelope.is_some() && holds(&path, b"\"seen\"");
        assert!(!is_plain, "{what}: {} is plain", path.display());
    }
    if !may_damage {
        let (old, now) = (scene.lines(&before, what), scene.lines(&after, what));
        assert!(now.is_superset(&old), "{what}: the shared file lost commits");
        match &synced {
            Ok(report) if after == before => {
                assert!(report.state.pending > 0, "{what}: delivery claimed, nothing in the file");
                assert!(!report.notes.is_empty(), "{what}: not delivered, and nothing is said");
            }
            Ok(report) => assert_eq!(report.state.pending, 0, "{what}"),
            Err(_) => {}
        }
    }
    if let Err(failure) = &synced {
        assert_eq!(failure.exit as u8, 1, "{what}: {failure:?}");
        let said = failure.to_lines(Lang::Zh).join("\n");
        assert!(said.contains("本机待同步") && said.contains("组长已收到"), "{what}: {said}");
    }
    let mut own = open(&panel, 1);
    assert_eq!(own.visit().member(PANEL[1]).unwrap().ballot.note("TM-02"), NOTE, "{what}: a note is gone");
    let healed = own.sync_with(&FaultyDisk::calm());
    let healed = healed.unwrap_or_else(|failure| panic!("{what}: the next sync fails: {failure:?}"));
    assert_eq!(healed.state.pending, 0, "{what}: the next sync does not mend it");
    let (old, now) = (scene.lines(&before, what), scene.lines(&panel.file_bytes(), what));
    assert!(now.is_superset(&old) && now.len() > old.len(), "{what}: commits are lost");
    let left = || support::files_below(&panel.share());
    if left().contains(&panel.share().join(LOCK_NAME)) {
        // A lock that could not be removed is nobody's; the next who writes breaks it.
        own.perform(Deed::Record(vec![Edit::Note {
            clause: "TM-04".into(), text: "再写".parse().unwrap()
        }]))
        .unwrap();
        own.sync_with(&FaultyDisk::calm()).unwrap();
    }
    assert_eq!(left(), [PathBuf::from(&panel.file)], "{what}: something stayed behind");
    (disk.n_struck(), disk.n_done())
}

/// One kind of fault at every operation of a sync, once and lasting; gives how often it struck.
fn suffer_everywhere(scene: &Scene, sync: Sync, fault: Fault, may_damage: bool) -> usize {
    let mut n_struck = 0;
    for lasting in [false, true] {
        for at in 0.. {
            let disk = FaultyDisk::new(fault, at, lasting);
            let what = format!("{fault:?} at {at}, lasting: {lasting}");
            let (struck, done) = suffer(scene, sync, &disk, &what, may_damage);
            n_struck += struck;
            if done <= at {
                assert!(at >= 15, "{what}: a whole sync has more operations");
                break;
            }
        }
    }
    n_struck
}

#[test]
fn a_damaged_file_that_cannot_be_set_aside_is_left_as_it_is() {
    let scene = Scene::new();
    let (_folder, panel) = scene.set();
    let mut damaged = panel.file_bytes();
    damaged.truncate(damaged.len() - 30);
    fs::write(&panel.file, &damaged).unwrap();
    let calm = FaultyDisk::calm();
    let failure = open(&panel, 1).sync_with(&RefusingDisk(&calm, Refuses::Changes("backups"))).unwrap_err();
    assert_eq!(failure.exit as u8, 1, "{failure:?}");
    assert!(panel.file_bytes() == damaged, "what is left of the old file is all there is of it");
    open(&panel, 1).sync_with(&FaultyDisk::calm()).unwrap();
    scene.lines(&panel.file_bytes(), "healed");
}

#[test]
fn a_sync_survives_every_fault_at_every_operation() {
    let scene = Scene::new();
    let replace: Sync = |session, disk| session.sync_with(disk);
    let every = faults();
    thread::scope(|scope| {
        let halves = every.chunks(every.len().div_ceil(2)).map(|some| {
            let scene = &scene;
            scope.spawn(move || {
                some.iter().map(|fault| suffer_everywhere(scene, replace, *fault, false)).collect()
            })
        });
        let halves: Vec<_> = halves.collect();
        let struck: Vec<usize> =
            halves.into_iter().flat_map(|half| -> Vec<usize> { half.join().unwrap() }).collect();
        assert!(struck.iter().all(|n| *n > 2), "faults that never struck: {struck:?}");
    });
}

#[test]
fn a_sync_of_an_encrypted_visit_survives_faults_and_writes_nothing_plain() {
    let scene = Scene::encrypted();
    let replace: Sync = |session, disk| session.sync_with(disk);
    for fault in [Fault::Refused(28), Fault::LyingFsync, Fault::ShortRead] {
        assert!(suffer_everywhere(&scene, replace, fault, false) > 2, "{fault:?}");
    }
}

#[test]
fn without_the_key_a_failing_disk_gets_nothing_plain_either() {
    let keyring = Keyring::new();
    let panel = Panel::settled(2);
    let file = panel.file.as_str();
    panel.lead().ok(&["visit", "passphrase", file, "--passphrase-file", &keyring.file(FIRST)]);
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B"]);
    let before = panel.file_bytes();
    let saved = KeptFolder::of(&panel.root);
    for fault in faults() {
        for at in 0..8 {
            let folder = support::new_folder();
            saved.lay_out(folder.path());
            let panel = Panel::at(folder.path());
            let synced = open(&panel, 1).sync_with(&FaultyDisk::new(fault, at, true));
            assert!(synced.is_err(), "{fault:?} at {at}: it has no key");
            assert!(panel.file_bytes() == before, "{fault:?} at {at}: the file was written");
            assert_eq!(
                support::files_below(&panel.share()).len(),
                1,
                "{fault:?} at {at}: something was left"
            );
        }
    }
}

#[test]
fn overwriting_in_place_survives_what_renaming_does_not() {
    let scene = Scene::new();
    // A disk that refuses every rename takes the commits in place, and the next sync heals what a power cut leaves.
    let refuses_renames = |session: &mut Session, disk: &FaultyDisk| {
        session.sync_in_place_with(&RefusingDisk(disk, Refuses::Renames))
    };
    let (_folder, panel) = scene.set();
    let disk = FaultyDisk::calm();
    let failure = open(&panel, 1).sync_with(&RefusingDisk(&disk, Refuses::Renames)).unwrap_err();
    assert!(failure.next.zh.contains("--in-place"), "{failure:?}");
    let report = open(&panel, 1).sync_in_place_with(&RefusingDisk(&disk, Refuses::Renames)).unwrap();
    assert_eq!(report.state.pending, 0, "{report:?}");
    assert!(scene.lines(&panel.file_bytes(), "in place").len() > 3);
    for fault in [Fault::Refused(28), Fault::ShortWrite, Fault::LyingWrite, Fault::LyingFsync] {
        let n_struck = suffer_everywhere(&scene, refuses_renames, fault, true);
        assert!(n_struck > 2, "{fault:?}");
    }
}

#[test]
fn an_unreadable_file_is_never_taken_for_an_empty_one() {
    let panel = Panel::small(2, &[]);
    let file = panel.file.as_str();
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B"]);
    let before = panel.file_bytes();
    let mut session = open(&panel, 1);
    // The second operation reads the main file: it is there, and the stick does not give it up.
    // On Windows those that pass are waited for (`tests/held.rs`).
    for error in ERRORS.into_iter().filter(|error| !cfg!(windows) || ![5, 32, 33].contains(error)) {
        let refused = session.sync_with(&FaultyDisk::new(Fault::Refused(error), 1, false));
        let failure = refused.expect_err("the file could not be read");
        assert_eq!(failure.exit as u8, 1);
        assert!(panel.file_bytes() == before, "{error}: an unreadable file was replaced");
    }
    let votes = info::merge_json(&session);
    session.sync().unwrap();
    assert_eq!(info::merge_json(&session), votes);
    assert!(panel.file_bytes() != before);
}

#[test]
fn a_placeholder_that_icloud_left_is_no_missing_file() {
    let panel = Panel::small(2, &[]);
    panel.laptops[1].ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    let bytes = panel.file_bytes();
    fs::remove_file(&panel.file).unwrap();
    let placeholder = panel.share().join(".visit.hecha.icloud");
    fs::write(&placeholder, "bplist00").unwrap();
    open(&panel, 1).sync().unwrap_err();
    assert!(!Path::new(&panel.file).exists(), "a file that is only away was founded anew");
    fs::remove_file(&placeholder).unwrap();
    fs::write(&panel.file, bytes).unwrap();
    assert_eq!(open(&panel, 1).sync().unwrap().state.pending, 0);
}

/// A limit on the size of files stands in for a full disk: no privileges, no mounts, and the kernel itself refuses.
#[cfg(unix)]
mod full {
    use std::{fs, process::Command};

    use serde_json::Value;

    use crate::support::{Answer, Laptop, PANEL, Panel};

    /// Runs the program with files limited to `blocks` of 512 bytes.
    fn limited(laptop: &Laptop, blocks: u32, arguments: &[&str]) -> Answer {
        let program = laptop.command();
        let mut shell = Command::new("/bin/sh");
        // Ignored in the shell, the signal stays ignored in the program, so that writing answers with an error.
        shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
        shell.arg(program.get_program()).args(program.get_args()).args(arguments);
        shell.env_remove("LANG").env_remove("HECHA_HOME");
        Answer::of(shell.output().unwrap())
    }

    fn notes(laptop: &Laptop, file: &str) -> Value {
        laptop.json(&["merge", file, "--json"])["clauses"].take()
    }

    #[test]
    fn a_full_disk_refuses_votes_and_keeps_what_was_stored() {
        let panel = Panel::small(2, &[]);
        let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
        laptop.ok(&["score", file, "TM-02", "--grade", "B"]);
        let csv = panel.root.join("votes.csv");
        let checklist = laptop.json(&["checklist", "show", file, "--json"]);
        let clauses: Vec<&str> =
            checklist["clauses"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
        let note = "满".repeat(1_300);
        let (mut n_refused, mut n_stored) = (0, 0);
        for (round, blocks) in
            [0, 8, 24, 64, 65, 72, 80, 96, 128, 160, 200, 256, 512, 4_096].into_iter().enumerate()
        {
            let grade = ["A", "C"][round % 2];
            let rows: Vec<String> = clauses.iter().map(|id| format!("{id},{grade},r,{note}")).collect();
            fs::write(&csv, format!("clause,grade,reason,note\n{}\n", rows.join("\n"))).unwrap();
            let before = notes(laptop, file);
            let answer = limited(laptop, blocks, &["score", file, "--import", csv.to_str().unwrap()]);
            let after = notes(laptop, file);
            match answer.code {
                Some(0) => {
                    n_stored += 1;
                    let all = after.as_array().unwrap().iter().all(|row| {
                        row["votes"].as_array().unwrap().iter().all(|vote| vote["grade"] == grade)
                    });
                    assert!(all, "{blocks} blocks: said to be stored and is not");
                }
                Some(1) => {
                    n_refused += 1;
                    assert_eq!(after, before, "{blocks} blocks: half of an import is stored");
                    assert!(answer.err.contains("没有写入本机数据库"), "{blocks} blocks: {answer:?}");
                    assert_eq!(answer.out, "", "{blocks} blocks: nothing may be acknowledged");
                }
                _ => panic!("{blocks} blocks: {answer:?}"),
            }
        }
        assert!(n_refused >= 4 && n_stored >= 2, "{n_refused} refused, {n_stored} stored");
        laptop.ok(&["doctor"]);
    }

    #[test]
    fn a_full_stick_keeps_the_old_file_and_a_full_folder_the_old_report() {
        let panel = Panel::small(2, &[]);
        let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
        laptop.ok(&["sync", file]);
        laptop.ok(&["score", file, "TM-02", "--grade", "B"]);
        let before = panel.file_bytes();
        // More than the database needs, less than the shared file.
        let blocks = u32::try_from(before.len() / 512 - 8).unwrap();
        let answer = limited(laptop, blocks, &["sync", file]);
        assert_eq!(answer.code, Some(1), "{answer:?}");
        assert!(answer.err.contains("没有写入"), "{answer:?}");
        assert!(panel.file_bytes() == before, "the shared file was changed");
        assert_eq!(fs::read_dir(panel.share()).unwrap().count(), 1, "a half-written file stayed behind");
        assert_eq!(laptop.json(&["visit", "info", file, "--json"])["members"][1]["scored"], 1);
        laptop.ok(&["sync", file]);
        assert!(panel.file_bytes() != before);

        let out = panel.root.join("out");
        let report = ["report", file, "--format", "md", "--out", out.to_str().unwrap()];
        let path = laptop.ok(&report).out.trim().to_owned();
        let page = fs::read(&path).unwrap();
        // The shared-memory file of the database needs 64 blocks.
        let answer = limited(laptop, 64, &report);
        let unchanged = fs::read(&path).unwrap() == page;
        assert!(page.len() < 64 * 512 || (answer.code == Some(1) && unchanged), "{answer:?}");
        let below_a_file = panel.root.join("out").join("x");
        fs::write(&below_a_file, "x").unwrap();
        let answer = laptop.refuses(1, &["report", file, "--out", below_a_file.to_str().unwrap()]);
        assert!(
            !answer.err.contains("数据文件夹"),
            "it is the report's folder, not the data folder: {}",
            answer.err
        );
        let answer = laptop.refuses(1, &["visit", "join", file, "--name", PANEL[0]]);
        assert!(answer.err.contains("已用"), "{}", answer.err);
    }
}
