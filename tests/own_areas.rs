//! A workbook that brings a profile changes no other profile of the laptop.

use std::{fs, path::PathBuf};

use hecha::{
    checklist::{Kind, Sources, xlsx::export_profile},
    domain::terms::lang::Lang,
};
use tempfile::TempDir;

use crate::support::{Laptop, new_folder};

const OTHERS: [&str; 4] = ["township", "community", "community-hospital", "village"];

struct Desk {
    folder: TempDir,
    laptop: Laptop,
}

impl Desk {
    fn new() -> Self {
        let folder = new_folder();
        let laptop = Laptop::new(folder.path().join("home"));
        Self { folder, laptop }
    }

    fn hash(&self, profile: &str) -> String {
        let shown = self.laptop.json(&["checklist", "show", profile, "--json"]);
        shown["hash"].as_str().unwrap().to_owned()
    }

    fn hashes(&self) -> Vec<String> {
        OTHERS.map(|profile| self.hash(profile)).to_vec()
    }

    /// A workbook of the township profile under another id, with a clause of one area changed.
    fn workbook(&self, id: &str, title: &str) -> String {
        let shipped = |folder: &str, name: &str| {
            let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("checklists").join(folder);
            fs::read_to_string(path.join(format!("{name}.toml"))).unwrap()
        };
        let profile =
            shipped("profiles", "township").replacen("id = \"township\"", &format!("id = \"{id}\""), 1);
        let area = shipped("areas", "emergency").replace("急救设备配备与完好", title);
        let sources = Sources::built_in().with_text(Kind::Profile, id, "p.toml", &profile).with_text(
            Kind::Area,
            "emergency",
            "a.toml",
            &area,
        );
        let path = self.folder.path().join(format!("{id}.xlsx"));
        fs::write(&path, export_profile(id, &sources, Lang::Zh).unwrap()).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

#[test]
fn importing_a_local_profile_changes_no_other_profile() {
    let desk = Desk::new();
    let before = desk.hashes();
    let book = desk.workbook("jiaxian-township", "急救设备（嘉县）");
    let answer = desk.laptop.ok(&["checklist", "import", &book]);
    assert!(answer.err.contains("存为本方案自己的领域 jiaxian-township-emergency"), "{answer:?}");
    assert!(answer.err.contains("领域 tcm 与现有的相同"), "{answer:?}");
    assert_eq!(desk.hashes(), before);
    let own = desk.laptop.ok(&["checklist", "show", "jiaxian-township", "--by", "clause"]).out;
    assert!(own.contains("急救设备（嘉县）"), "{own}");
    let files = desk.folder.path().join("home/checklists/areas");
    let names: Vec<_> = fs::read_dir(files).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(names, ["jiaxian-township-emergency.toml"]);
    desk.laptop.ok(&["checklist", "check"]);
    // The same again changes nothing; another text of the own area replaces only that.
    let again = desk.laptop.ok(&["checklist", "import", &book]).out;
    assert_eq!(again.matches("没有变化").count(), 2, "{again}");
    let hash = desk.hash("jiaxian-township");
    let book = desk.workbook("jiaxian-township", "急救设备（再改）");
    desk.laptop.refuses(1, &["checklist", "import", &book]);
    desk.laptop.ok(&["checklist", "import", &book, "--replace"]);
    assert_ne!(desk.hash("jiaxian-township"), hash);
    assert_eq!(desk.hashes(), before);
    // What the program itself exports of it comes back to the same areas.
    let exported = desk.folder.path().join("out.xlsx").to_str().unwrap().to_owned();
    desk.laptop.ok(&["checklist", "export", "jiaxian-township", "--out", &exported]);
    let hash = desk.hash("jiaxian-township");
    desk.laptop.ok(&["checklist", "import", &exported, "--replace"]);
    assert_eq!((desk.hash("jiaxian-township"), desk.hashes()), (hash, before));
}

#[test]
fn an_area_by_itself_is_changed_for_all_and_says_for_whom() {
    let desk = Desk::new();
    let book = desk.folder.path().join("area.xlsx").to_str().unwrap().to_owned();
    desk.laptop.ok(&["checklist", "export", "tcm", "--out", &book]);
    let quiet = desk.laptop.ok(&["checklist", "import", &book]).err;
    assert!(!quiet.contains("共用"), "{quiet}");
    let area =
        fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("checklists/areas/tcm.toml"));
    let area = area.unwrap().replacen("2026.2", "2026.9", 1);
    let sources = Sources::built_in().with_text(Kind::Area, "tcm", "a.toml", &area);
    fs::write(&book, hecha::checklist::xlsx::export_area("tcm", &sources, Lang::Zh).unwrap()).unwrap();
    let told = desk.laptop.ok(&["checklist", "import", &book, "--replace"]).err;
    assert!(told.contains("领域 tcm 由这些方案共用") && told.contains("village"), "{told}");
}
