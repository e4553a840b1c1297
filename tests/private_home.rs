//! Whose the data folder is: the user's alone, from the first byte of every file, and after the next start where it was not.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::support::{Laptop, Panel, files_below};

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let inner = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    std::iter::once(folder.to_owned()).chain(inner.flat_map(|path| folders_below(&path))).collect()
}

fn assert_private(home: &Path) {
    for folder in folders_below(home) {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
    }
    for file in files_below(home) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

fn privacy(laptop: &Laptop) -> Value {
    let answer: Value = serde_json::from_str(&laptop.run(&["doctor", "--json"]).out).unwrap();
    answer["checks"].as_array().unwrap().iter().find(|check| check["key"] == "privacy").unwrap().clone()
}

/// A laptop with everything that a data folder can hold: database, backups, evidence of both kinds.
fn used() -> Panel {
    let panel = Panel::settled(2);
    let file = panel.file.as_str();
    for (laptop, clause) in panel.laptops.iter().zip(["TM-02", "TM-03"]) {
        let photo = panel.root.join(clause);
        fs::write(&photo, clause).unwrap();
        laptop.ok(&["evidence", "add", file, clause, photo.to_str().unwrap()]);
        laptop.ok(&["sync", file]);
    }
    panel.sync_all(2);
    let book = panel.root.join("village.xlsx").display().to_string();
    panel.laptops[1].ok(&["checklist", "export", "village", "--out", &book]);
    panel.laptops[1].ok(&["checklist", "import", &book]);
    panel
}

#[test]
fn everything_in_a_new_data_folder_is_the_users_alone() {
    let panel = used();
    let home = &panel.laptops[1].home;
    let held: Vec<String> = files_below(home).iter().map(|file| file.display().to_string()).collect();
    for part in ["hecha.db", "backups", "evidence", "own", "others", "checklists"] {
        assert!(held.iter().any(|file| file.contains(part)), "{part} is missing: {held:?}");
    }
    assert_private(home);
    assert_eq!(privacy(&panel.laptops[1])["ok"], true);
    // Others must be able to read what is there for them.
    assert_eq!(mode(Path::new(&panel.file)) & 0o444, 0o444);
}

#[test]
fn the_database_and_its_journals_are_never_open_for_a_moment() {
    let panel = Panel::settled(1);
    let home = &panel.lead().home;
    // While another connection is open the journals stay.
    let store = hecha::store::Store::open(&home.join("hecha.db")).unwrap();
    panel.lead().ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    for name in ["hecha.db", "hecha.db-wal", "hecha.db-shm"] {
        assert_eq!(mode(&home.join(name)), 0o600, "{name}");
    }
    drop(store);
}

#[test]
fn a_data_folder_of_before_is_closed_at_the_next_start() {
    let panel = used();
    let home = &panel.laptops[1].home;
    for folder in folders_below(home) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for file in files_below(home) {
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
    panel.laptops[1].ok(&["visit", "info", &panel.file]);
    assert_private(home);
}

#[test]
fn a_folder_with_other_things_in_it_is_left_open_and_doctor_says_so() {
    let panel = Panel::settled(1);
    let home = &panel.lead().home;
    fs::write(home.join("visit.hecha"), "another's").unwrap();
    fs::set_permissions(home, fs::Permissions::from_mode(0o755)).unwrap();
    let told = privacy(panel.lead());
    assert_eq!(mode(home), 0o755);
    assert_eq!(mode(&home.join("hecha.db")), 0o600);
    assert_eq!(told["ok"], false);
    assert!(told["found"].as_str().unwrap().contains("chmod 700"), "{told}");
    let english =
        crate::support::program().arg("--home").arg(home).args(["--lang", "en", "doctor"]).output().unwrap();
    assert!(String::from_utf8(english.stdout).unwrap().contains("other users of this machine"));
}
