//! Disks that fail, fill up or lie in the middle of a sync, a vote or a report: refused in words, nothing lost, nothing half written.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

mod support;

use std::{
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use hecha::{
    app::{home::Home, info, session::Session},
    domain::{edit::Edit, lang::Lang},
    share::{
        disk::{Disk, RealDisk},
        file::{self, Contents},
    },
};
use support::{PANEL, Panel};

/// What goes wrong at the chosen operation, and at all later ones of its kind if it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// The operation is refused with this error number.
    Refused(i32),
    /// Half of the bytes are written, then the disk is full.
    ShortWrite,
    /// Half of the bytes are written, and success is claimed.
    LyingWrite,
    /// The rename is not done, and success is claimed.
    RenameLost,
    /// The rename is done, and an error is claimed.
    RenameDoneButRefused,
    /// Half of the bytes are read.
    ShortRead,
}

/// EIO (and Windows' access denied), EACCES, ENOSPC, EROFS, Windows' sharing violations, ESTALE.
const ERRORS: [i32; 7] = [5, 13, 28, 30, 32, 33, 116];

/// A disk that fails from its `at`-th operation on: once, or for good.
struct FaultyDisk {
    fault: Fault,
    at: usize,
    lasting: bool,
    done: AtomicUsize,
}

impl FaultyDisk {
    fn new(fault: Fault, at: usize, lasting: bool) -> Self {
        Self { fault, at, lasting, done: AtomicUsize::new(0) }
    }

    fn strikes(&self, is_its_kind: bool) -> bool {
        let n = self.done.fetch_add(1, Ordering::SeqCst);
        (n == self.at || (self.lasting && n > self.at)) && is_its_kind
    }

    fn refused(&self) -> io::Result<()> {
        match self.fault {
            Fault::Refused(number) => Err(io::Error::from_raw_os_error(number)),
            _ => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        if self.strikes(true) {
            self.refused()?;
        }
        RealDisk.list(folder)
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        if !self.strikes(true) {
            return RealDisk.read(path, limit);
        }
        self.refused()?;
        let mut bytes = RealDisk.read(path, limit)?;
        if self.fault == Fault::ShortRead {
            bytes.truncate(bytes.len() / 2);
        }
        Ok(bytes)
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if !self.strikes(true) {
            return RealDisk.write_new(path, bytes);
        }
        self.refused()?;
        match self.fault {
            Fault::ShortWrite => {
                RealDisk.write_new(path, &bytes[..bytes.len() / 2])?;
                Err(io::Error::from_raw_os_error(28))
            }
            Fault::LyingWrite => RealDisk.write_new(path, &bytes[..bytes.len() / 2]),
            _ => RealDisk.write_new(path, bytes),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.strikes(true) {
            return RealDisk.rename(from, to);
        }
        self.refused()?;
        match self.fault {
            Fault::RenameLost => Ok(()),
            Fault::RenameDoneButRefused => {
                RealDisk.rename(from, to)?;
                Err(io::Error::from_raw_os_error(5))
            }
            _ => RealDisk.rename(from, to),
        }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if self.strikes(true) {
            self.refused()?;
        }
        RealDisk.remove(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if self.strikes(true) {
            self.refused()?;
        }
        RealDisk.make_folder(folder)
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        if self.strikes(true) {
            self.refused()?;
        }
        RealDisk.length(path)
    }

    fn pause(&self, _milliseconds: u64) {}
}

fn faults() -> Vec<Fault> {
    let mut faults: Vec<Fault> = ERRORS.map(Fault::Refused).into();
    faults.extend([Fault::ShortWrite, Fault::LyingWrite, Fault::RenameLost]);
    faults.extend([Fault::RenameDoneButRefused, Fault::ShortRead]);
    faults
}

fn open(panel: &Panel, index: usize) -> Session {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    Session::open(&home, Path::new(&panel.file)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

#[test]
fn a_sync_survives_every_fault_at_every_step() {
    let panel = Panel::small(2, &[]);
    let (member, file) = (&panel.laptops[1], panel.file.as_str());
    let mut n_refused = 0;
    for fault in faults() {
        let lasts = !matches!(fault, Fault::Refused(number) if number != 28);
        for lasting in [false, true].into_iter().take(1 + usize::from(lasts)) {
            for at in 0..9 {
                let what = format!("{fault:?} at {at}, lasting: {lasting}");
                let note = format!("{what} 之前已存");
                let before = panel.file_bytes();
                let mut session = open(&panel, 1);
                session.record(vec![Edit::Note { clause: "TM-02".into(), text: note.clone() }]).unwrap();
                let disk = FaultyDisk::new(fault, at, lasting);
                let synced = session.sync_with(&disk);
                let after = panel.file_bytes();
                let intact = matches!(file::read(&after), Contents::Lines { intact: true, .. });
                assert!(intact, "{what}: the shared file was damaged");
                assert!(after.len() >= before.len(), "{what}: the shared file lost commits");
                match synced {
                    Ok(report) if after == before => {
                        assert!(report.state.pending > 0, "{what}: delivery claimed, nothing in the file");
                        assert!(!report.notes.is_empty(), "{what}: not delivered, and nothing is said");
                    }
                    Ok(_) => {}
                    Err(failure) => {
                        n_refused += 1;
                        assert_eq!(failure.exit as u8, 1, "{what}: {failure:?}");
                        assert_eq!(failure.to_lines(Lang::Zh).len(), 3, "{what}");
                    }
                }
                let own = &open(&panel, 1);
                let ballot = &own.visit().member(PANEL[1]).unwrap().ballot;
                assert_eq!(ballot.note("TM-02"), note, "{what}: a stored note is gone");
            }
        }
        let report = open(&panel, 1).sync().unwrap_or_else(|failure| panic!("{fault:?}: {failure:?}"));
        assert_eq!(report.state.pending, 0, "{fault:?}: the next sync does not mend it");
    }
    assert!(n_refused > 20, "only {n_refused} of the faults struck");
    member.ok(&["submit", file]);
    open(&panel, 0).sync().unwrap();
    let lead = open(&panel, 0);
    let last = lead.visit().member(PANEL[1]).unwrap().ballot.note("TM-02").to_owned();
    assert!(last.starts_with("ShortRead at 8, lasting: true"), "{last}");
    let leftovers: Vec<String> = std::fs::read_dir(panel.share())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".tmp"))
        .collect();
    assert!(leftovers.iter().all(|name| name.ends_with(".hecha")), "{leftovers:?}");
}

#[test]
fn an_unreadable_file_is_never_taken_for_an_empty_one() {
    let panel = Panel::small(2, &[]);
    let file = panel.file.as_str();
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B"]);
    let before = panel.file_bytes();
    let mut session = open(&panel, 1);
    // The second operation reads the main file: it is there, and the stick does not give it up.
    for error in ERRORS {
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

/// A limit on the size of files stands in for a full disk: no privileges, no mounts, and the kernel itself refuses.
#[cfg(unix)]
mod full {
    use std::{fs, process::Command};

    use serde_json::Value;

    use super::support::{Answer, Laptop, PANEL, Panel};

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
