//! What happens to a shared file while nobody looks: cloud clients, sticks, editors, portals, other people.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::support::Dice;

/// How six vendors name a conflict copy of `visit.hecha`.
pub(crate) const VENDORS: [(&str, &str); 6] = [
    ("Dropbox", "visit (陈思齐's conflicted copy 2026-11-23).hecha"),
    ("OneDrive", "visit-DESKTOP-7K2QF1A.hecha"),
    ("iCloud", "visit 2.hecha"),
    ("坚果云", "visit (冲突 chensiqi 2026-11-23 10.11.12).hecha"),
    ("百度网盘/WPS", "visit_冲突文件_chensiqi_20261123101112.hecha"),
    ("Syncthing", "visit.sync-conflict-20261123-101112-ABCDEFG.hecha"),
];

/// Kinds of weather.
pub(crate) const KINDS: [&str; 16] = [
    "conflict copy",
    "conflict copy, main gone",
    "conflict copy, main old",
    "copies cleared away",
    "old copy put back",
    "cut",
    "bit flipped",
    "blocks swapped",
    "block zeroed",
    "all zeros",
    "emptied",
    "deleted",
    "another visit's file",
    "an HTML page",
    "lock left",
    "carriage returns",
];

/// Bytes of a disk block.
const BLOCK: usize = 512;

/// One thing happens to the file; says what.
pub(crate) fn strike(main: &Path, old: &[Vec<u8>], stranger: &[u8], dice: &mut Dice) -> &'static str {
    let kind = dice.index(KINDS.len());
    let bytes = fs::read(main).unwrap_or_default();
    let put = |bytes: &[u8]| fs::write(main, bytes).unwrap();
    let earlier = || old[Dice::new(bytes.len() as u64).index(old.len())].clone();
    match kind {
        0..=2 => {
            let copy = main.with_file_name(VENDORS[dice.index(VENDORS.len())].1);
            // The copy is what the other side wrote: as often as not an older state.
            fs::write(copy, if dice.roll(2) == 0 { &bytes } else { &old[dice.index(old.len())] }).unwrap();
            match kind {
                1 => remove(main),
                2 => put(&earlier()),
                _ => {}
            }
        }
        3 => copies(main).iter().for_each(|copy| remove(copy)),
        4 => put(&old[dice.index(old.len())]),
        5 => put(&bytes[..dice.index(bytes.len() + 1)]),
        6 => damage(&pick(main, dice), dice, |bytes, dice| {
            let at = dice.index(bytes.len());
            bytes[at] ^= 1 << dice.roll(8);
        }),
        7 => damage(&pick(main, dice), dice, |bytes, dice| {
            let n = bytes.len() / BLOCK;
            let (a, b) = (dice.index(n), dice.index(n));
            for offset in 0..if n > 1 { BLOCK } else { 0 } {
                bytes.swap(a * BLOCK + offset, b * BLOCK + offset);
            }
        }),
        8 => damage(&pick(main, dice), dice, |bytes, dice| {
            let at = dice.index(bytes.len()) / BLOCK * BLOCK;
            let end = bytes.len().min(at + BLOCK);
            bytes[at..end].fill(0);
        }),
        9 => put(&vec![0; bytes.len()]),
        10 => put(b""),
        11 => remove(main),
        12 => put(stranger),
        13 => put("<html><body>请登录后继续访问</body></html>".as_bytes()),
        14 => {
            let lock = r#"{"token":"ABCDxy","host":"DESKTOP-1","user":"u","pid":1,"started":1,"beat":0}"#;
            let texts = [lock, "", "{\"token\":", "<html>"];
            fs::write(main.with_file_name("~$hecha.lck"), texts[dice.index(texts.len())]).unwrap();
        }
        _ => put(&String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into_bytes()),
    }
    KINDS[kind]
}

/// The lock is taken away, or is another's now.
pub(crate) fn steal_lock(main: &Path, dice: &mut Dice) {
    let lock = main.with_file_name("~$hecha.lck");
    if dice.roll(2) == 0 {
        remove(&lock);
    } else {
        let stolen = r#"{"token":"ZZZZxy","host":"DESKTOP-2","user":"v","pid":2,"started":2,"beat":7}"#;
        fs::write(lock, stolen).unwrap();
    }
}

fn damage(path: &Path, dice: &mut Dice, change: impl Fn(&mut Vec<u8>, &mut Dice)) {
    let Ok(mut bytes) = fs::read(path) else { return };
    if !bytes.is_empty() {
        change(&mut bytes, dice);
        fs::write(path, bytes).unwrap();
    }
}

/// The main file, or sometimes another one beside it.
fn pick(main: &Path, dice: &mut Dice) -> PathBuf {
    let copies = copies(main);
    if copies.is_empty() || dice.roll(3) > 0 {
        main.to_owned()
    } else {
        copies[dice.index(copies.len())].clone()
    }
}

fn copies(main: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(main.parent().unwrap()).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path != main && path.is_file());
    paths.sort();
    paths
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
