//! Files that another program holds open, as Windows has it: waited for, gone around, and never lost.

use std::{
    fs::{self, File, OpenOptions},
    os::windows::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use hecha::{
    app::{deed::Deed, home::Home, session::Session},
    domain::{edit::Edit, terms::lang::Lang},
    share::folder::{
        backup,
        disk::{Disk, RealDisk},
        lock::{Holder, LOCK_NAME, Turn},
    },
};
use tempfile::TempDir;

use crate::support::{Panel, disk::BusyDisk, files_below};

/// What others may do meanwhile.
const NOTHING: u32 = 0;
/// Read and write, but not rename or remove: how most programs open files.
const READ_AND_WRITE: u32 = 3;

fn hold(path: &Path, others_may: u32) -> File {
    OpenOptions::new().read(true).share_mode(others_may).open(path).unwrap()
}

/// A panel whose second member has something to deliver.
fn panel() -> (Panel, Session, PathBuf) {
    let panel = Panel::settled(2);
    let home = Home::choose(Some(panel.laptops[1].home.clone())).unwrap();
    let file = PathBuf::from(&panel.file);
    let mut session = Session::open(&home, &file).unwrap();
    session
        .perform(Deed::Record(vec![Edit::Note { clause: "TM-02".into(), text: "待写入".into() }]))
        .unwrap();
    (panel, session, file)
}

fn names(folder: &Path) -> Vec<String> {
    files_below(folder).iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

/// A disk in whose `n`-th pause the file is let go.
fn let_go_after<'a>(n: u64, held: &'a Mutex<Option<File>>, pauses: &'a AtomicU64) -> BusyDisk<'a> {
    BusyDisk::new(None, move |_| {
        if pauses.fetch_add(1, Ordering::SeqCst) + 1 == n {
            held.lock().unwrap().take();
        }
    })
}

#[test]
fn a_file_held_for_a_moment_is_replaced_after_it() {
    let (panel, mut session, file) = panel();
    let held = hold(&file, READ_AND_WRITE);
    let release = thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        drop(held);
    });
    let report = session.sync().unwrap();
    release.join().unwrap();
    assert!(report.written && report.state.pending == 0 && report.notes.is_empty(), "{report:?}");
    assert_eq!(names(&panel.share()), ["visit.hecha"]);
}

#[test]
fn the_file_is_tried_again_only_while_it_is_held() {
    for others_may in [NOTHING, READ_AND_WRITE] {
        let (_panel, mut session, file) = panel();
        let (held, pauses) = (Mutex::new(Some(hold(&file, others_may))), AtomicU64::new(0));
        let disk = let_go_after(5, &held, &pauses);
        let report = session.sync_with(&disk).unwrap();
        assert_eq!((report.state.pending, pauses.load(Ordering::SeqCst)), (0, 5), "{others_may}");
    }
}

#[test]
fn a_file_held_for_good_gets_a_side_file_and_a_clear_word() {
    let (panel, mut session, file) = panel();
    let before = fs::read(&file).unwrap();
    let held = hold(&file, READ_AND_WRITE);
    let failure = session.sync_with(&BusyDisk::new(None, |_| {})).unwrap_err();
    let said = failure.to_lines(Lang::Zh).join("\n");
    let side = format!("visit~{}.hecha", &session.feed().as_str()[..4]);
    assert!(
        said.contains("没有写入共享文件") && said.contains("--in-place") && said.contains(&side),
        "{said}"
    );
    assert!(said.contains("本机待同步 1 "), "{said}");
    assert_eq!(names(&panel.share()), ["visit.hecha".to_owned(), side.clone()], "nothing else is left");
    assert_eq!(fs::read(&file).unwrap(), before);
    drop(held);
    // The next person brings what lies beside, and its owner takes the side file away.
    panel.lead().ok(&["sync", &panel.file]);
    assert!(fs::read(&file).unwrap() != before);
    panel.laptops[1].ok(&["sync", &panel.file]);
    assert_eq!(names(&panel.share()), ["visit.hecha"]);
}

#[test]
fn a_file_that_nobody_may_read_is_not_taken_for_a_missing_one() {
    let (panel, mut session, file) = panel();
    let before = fs::read(&file).unwrap();
    let held = hold(&file, NOTHING);
    let failure = session.sync_with(&BusyDisk::new(None, |_| {})).unwrap_err();
    let said = failure.to_lines(Lang::Zh).join("\n");
    assert!(said.contains("打不开") && said.contains("(os error 32)"), "{said}");
    assert!(said.contains("本机待同步 1 "), "{said}");
    drop(held);
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(names(&panel.share()), ["visit.hecha"]);
}

#[test]
fn a_lock_that_is_being_removed_is_waited_for() {
    let folder = TempDir::new().unwrap();
    let (main, lock) = (folder.path().join("visit.hecha"), folder.path().join(LOCK_NAME));
    fs::write(&lock, "{}").unwrap();
    // Another still reads it: the name is neither there nor free.
    let held = Mutex::new(Some(File::open(&lock).unwrap()));
    fs::remove_file(&lock).unwrap();
    let pauses = AtomicU64::new(0);
    let disk = let_go_after(2, &held, &pauses);
    let me = Holder {
        token: "aaaa01".to_owned(),
        host: String::new(),
        user: String::new(),
        process: 1,
        started_ms: 0,
    };
    let mut turn = Turn::new(&disk, &main, me);
    turn.take();
    assert!(!turn.is_shared(), "the lock was done without");
    assert!(disk.elapsed() < Duration::from_secs(2));
    turn.end();
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_generation_that_is_held_does_not_keep_a_damaged_file_from_being_healed() {
    let folder = TempDir::new().unwrap();
    let keep = |n: usize| {
        backup::set_aside(
            &RealDisk,
            folder.path(),
            &Packed::of(format!("bytes {n}").as_bytes()),
            None,
            "abcdef",
        )
    };
    keep(0).unwrap();
    let held: Vec<File> = files_below(folder.path()).iter().map(|path| hold(path, READ_AND_WRITE)).collect();
    (1..25).for_each(|n| keep(n).unwrap());
    let kept = || files_below(folder.path()).len();
    let with_held = kept();
    drop(held);
    keep(25).unwrap();
    assert!(kept() <= with_held, "what could not go goes the next time");
}

#[test]
fn a_report_that_is_open_elsewhere_is_left_and_the_user_told() {
    let (panel, _session, _file) = panel();
    let out = panel.root.join("out");
    let report = ["report", &panel.file, "--format", "csv", "--out", out.to_str().unwrap()];
    panel.lead().ok(&report);
    let path = files_below(&out).remove(0);
    let before = fs::read(&path).unwrap();
    let held = hold(&path, READ_AND_WRITE);
    let answer = panel.lead().run(&report);
    assert_eq!(answer.code, Some(1), "{answer:?}");
    assert!(answer.err.contains("请关闭正在打开它的程序"), "{}", answer.err);
    drop(held);
    assert!(fs::read(&path).unwrap() == before && files_below(&out).len() == 1);
}
