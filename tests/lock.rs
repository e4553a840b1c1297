//! The courtesy lock on a clock of its own: stale, living, stolen, broken twice, and not used in cloud folders; a sync is right without it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use hecha::{
    app::{deed::Deed, home::Home, session::Session},
    domain::edit::Edit,
    share::folder::{
        disk::Disk,
        lock::{Holder, LOCK_NAME, Turn},
    },
};
use tempfile::TempDir;

use crate::support::{Panel, copy_folder, disk::BusyDisk};

fn holder(token: &str, host: &str) -> Holder {
    let (token, host) = (token.to_owned(), host.to_owned());
    Holder { token, host, user: "陈思齐".to_owned(), process: 4_711, started_ms: 0 }
}

/// A folder with the lock of another in it, taken the way a program takes it.
fn locked_by(other: &Holder) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let main = folder.path().join("visit.hecha");
    let disk = quiet(None);
    let mut turn = Turn::new(&disk, &main, other.clone());
    turn.take();
    assert!(!turn.is_shared());
    (folder, main)
}

fn quiet<'a>(runs: Option<bool>) -> BusyDisk<'a> {
    BusyDisk::new(runs, |_| {})
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn the_lock_of_a_dead_process_of_this_machine_is_broken_at_once() {
    let (folder, main) = locked_by(&holder("aaaa01", "here"));
    let disk = quiet(Some(false));
    let mut turn = Turn::new(&disk, &main, holder("bbbb01", "here"));
    turn.take();
    assert!(!turn.is_shared() && disk.elapsed() == Duration::ZERO);
    assert_eq!(names(folder.path()), [LOCK_NAME], "the broken lock is gone");
    let bytes = fs::read_to_string(folder.path().join(LOCK_NAME)).unwrap();
    assert!(bytes.contains("bbbb01"), "{bytes}");
    turn.end();
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_living_lock_is_waited_for_twenty_seconds_and_left_alone() {
    // Another machine, this one alive, this one not telling, and a machine whose name says nothing.
    let cases = [("there", Some(false)), ("here", Some(true)), ("here", None), ("", Some(false))];
    for (host, runs) in cases {
        let (folder, main) = locked_by(&holder("aaaa01", host));
        let lock = folder.path().join(LOCK_NAME);
        let (text, beat) = (fs::read_to_string(&lock).unwrap(), AtomicU64::new(0));
        let disk = BusyDisk::new(runs, |_| {
            let n = beat.fetch_add(1, Ordering::SeqCst);
            fs::write(&lock, text.replace("\"beat\":0", &format!("\"beat\":{n}"))).unwrap();
        });
        let mut turn = Turn::new(&disk, &main, holder("bbbb01", if host.is_empty() { "" } else { "here" }));
        turn.take();
        assert_eq!(disk.elapsed(), Duration::from_secs(20), "{host} {runs:?}");
        assert!(turn.is_shared());
        assert_eq!(turn.waited_for().unwrap().token, "aaaa01");
        turn.take();
        turn.end();
        assert_eq!(
            disk.elapsed(),
            Duration::from_secs(20),
            "it is asked for once, and a living lock not outlasted"
        );
        assert!(fs::read_to_string(&lock).unwrap().contains("aaaa01"));
    }
}

#[test]
fn a_silent_lock_is_broken_after_thirty_seconds() {
    let (folder, main) = locked_by(&holder("aaaa01", "there"));
    let lock = folder.path().join(LOCK_NAME);
    let disk = quiet(Some(true));
    let mut turn = Turn::new(&disk, &main, holder("bbbb01", "here"));
    turn.take();
    assert!(turn.is_shared() && disk.elapsed() == Duration::from_secs(20), "goes on without it");
    assert!(lock.exists());
    turn.end();
    assert_eq!(disk.elapsed(), Duration::from_secs(30));
    assert!(names(folder.path()).is_empty(), "the next sync need not wait");
}

#[test]
fn a_lock_that_names_nobody_is_broken_after_two_seconds() {
    for (what, bytes) in [("cut", "{\"tok"), ("empty", ""), ("no lock", "<html>")] {
        let (folder, main) = locked_by(&holder("aaaa01", "there"));
        fs::write(folder.path().join(LOCK_NAME), bytes).unwrap();
        let disk = quiet(Some(true));
        let mut turn = Turn::new(&disk, &main, holder("bbbb01", "here"));
        turn.take();
        assert!(!turn.is_shared() && disk.elapsed() == Duration::from_secs(2), "{what}: it is ours now");
        turn.end();
        assert!(names(folder.path()).is_empty(), "{what}");
    }
}

#[test]
fn a_lock_is_written_anew_every_five_seconds_and_a_stolen_one_is_left_to_the_thief() {
    let folder = TempDir::new().unwrap();
    let main = folder.path().join("visit.hecha");
    let lock = folder.path().join(LOCK_NAME);
    let disk = quiet(Some(true));
    let mut turn = Turn::new(&disk, &main, holder("aaaa01", "here"));
    turn.take();
    let first = fs::read(&lock).unwrap();
    disk.pause(4_900);
    turn.keep();
    assert_eq!(fs::read(&lock).unwrap(), first, "not yet");
    disk.pause(100);
    turn.keep();
    let second = fs::read(&lock).unwrap();
    assert!(second != first && !turn.is_shared());
    let stolen = String::from_utf8(second).unwrap().replace("aaaa01", "cccc01");
    fs::write(&lock, &stolen).unwrap();
    disk.pause(5_000);
    turn.keep();
    assert!(turn.is_shared(), "others may write now");
    turn.end();
    assert_eq!(fs::read_to_string(&lock).unwrap(), stolen);

    fs::remove_file(&lock).unwrap();
    let mut turn = Turn::new(&disk, &main, holder("aaaa01", "here"));
    turn.take();
    fs::write(&lock, &stolen).unwrap();
    turn.release();
    assert!(turn.is_shared(), "stolen without our noticing before");
    assert_eq!(fs::read_to_string(&lock).unwrap(), stolen);
}

#[test]
fn of_two_breakers_one_wins_and_keeps_its_lock() {
    let (folder, main) = locked_by(&holder("aaaa01", "here"));
    let lock = folder.path().join(LOCK_NAME);
    let faster_disk = quiet(Some(false));
    let mut faster = Turn::new(&faster_disk, &main, holder("bbbb01", "elsewhere"));
    {
        let slower_disk = quiet(Some(false));
        // Between the look at the stale lock and its renaming, another broke it and made its own.
        *slower_disk.on_rename.lock().unwrap() = Some(Box::new(|| {
            fs::remove_file(&lock).unwrap();
            faster.take();
        }));
        let mut slower = Turn::new(&slower_disk, &main, holder("cccc01", "here"));
        slower.take();
        assert!(slower.is_shared(), "only one holds the lock");
    }
    let left = fs::read_to_string(&lock).unwrap();
    assert!(left.contains("bbbb01"), "the winner's lock was given back: {left}");
    assert_eq!(names(folder.path()), [LOCK_NAME]);
    assert!(!faster.is_shared());
    faster.end();
    assert!(names(folder.path()).is_empty());
}

/// A panel of two in a folder of this name, with something to deliver.
fn panel_in(folder: &str) -> (TempDir, Session, PathBuf) {
    let made = Panel::small(2, &[]);
    let root = TempDir::new().unwrap();
    copy_folder(&made.root, root.path());
    let share = root.path().join(folder);
    fs::rename(root.path().join("share"), &share).unwrap();
    let file = share.join("visit.hecha");
    let home = Home::choose(Some(root.path().join("home-2"))).unwrap();
    let mut session = Session::open(&home, &file).unwrap();
    session
        .perform(Deed::Record(vec![Edit::Note {
            clause: "TM-02".into(), text: "待写入".parse().unwrap()
        }]))
        .unwrap();
    (root, session, file)
}

#[test]
fn cloud_folders_get_no_lock_and_a_late_look_instead() {
    for (folder, cloud) in [("OneDrive - 卫健委", true), ("我的坚果云", true), ("share", false)] {
        let (_root, mut session, file) = panel_in(folder);
        let before = fs::read(&file).unwrap();
        let late = AtomicU64::new(0);
        // Another laptop, which saw no lock, writes the file it read before ours was there: once.
        let disk = BusyDisk::new(Some(true), |milliseconds| {
            if (1_000..=3_100).contains(&milliseconds) && late.fetch_add(1, Ordering::SeqCst) == 0 {
                fs::write(&file, &before).unwrap();
            }
        });
        let report = session.sync_with(&disk).unwrap();
        assert_eq!(report.state.pending, 0, "{folder}");
        assert!(fs::read(&file).unwrap().len() > before.len(), "{folder}: our commits are in the file");
        let locks = disk.touched.lock().unwrap().iter().filter(|it| it.ends_with(LOCK_NAME)).count();
        assert_eq!((locks == 0, late.load(Ordering::SeqCst)), (cloud, if cloud { 2 } else { 0 }), "{folder}");
    }
}

#[test]
fn who_is_overwritten_again_and_again_leaves_a_side_file() {
    let (_root, mut session, file) = panel_in("Dropbox");
    let before = fs::read(&file).unwrap();
    let disk = BusyDisk::new(Some(true), |milliseconds| {
        if milliseconds >= 1_000 {
            fs::write(&file, &before).unwrap();
        }
    });
    let report = session.sync_with(&disk).unwrap();
    assert!(report.state.pending > 0, "delivery claimed, and the file does not hold it");
    let side = names(file.parent().unwrap()).into_iter().find(|name| name.starts_with("visit~")).unwrap();
    assert!(report.notes.iter().any(|note| note.zh.contains(&side)), "{:?}", report.notes);
    assert!(!report.written);
    // The next sync, undisturbed, delivers and takes its side file away.
    let report = session.sync_with(&quiet(Some(true))).unwrap();
    assert_eq!((report.state.pending, names(file.parent().unwrap())), (0, vec!["visit.hecha".to_owned()]));
}

#[test]
fn a_sync_says_whom_it_waited_for() {
    let (_root, mut session, file) = panel_in("share");
    let disk = quiet(Some(true));
    let mut other = Turn::new(&disk, &file, holder("aaaa01", "there"));
    other.take();
    let report = session.sync_with(&quiet(Some(true))).unwrap();
    assert_eq!(report.state.pending, 0, "a lock holds nothing up for good");
    assert!(report.notes.iter().any(|note| note.zh.contains("陈思齐（there）")), "{:?}", report.notes);
}
