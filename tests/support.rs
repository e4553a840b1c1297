//! Laptops that run the real program.

pub(crate) mod disk;
pub(crate) mod insider;
pub(crate) mod kept_folder;
pub(crate) mod keyring;
pub(crate) mod script;
pub(crate) mod tiny;

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, Mutex, OnceLock},
};

use hecha::{
    domain::edit::waiver::{MatterKind, Waiving},
    share::file::{self, Contents, commit::Line},
};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use self::kept_folder::KeptFolder;

/// The names of the panel; the first is the lead.
pub(crate) const PANEL: [&str; 5] = ["林若安", "陈思齐", "马文博", "周静怡", "赵一鸣"];
/// What the JSON of a sealed commit holds, and no other.
pub(crate) const SEALED: &str = "\"z\":";
pub(crate) const MEMBERS: [&str; 5] = [
    "林若安:医疗:主任医师",
    "陈思齐:护理:主管护师",
    "马文博:中医药:副主任中医师",
    "周静怡:医院感染管理:副主任护师",
    "赵一鸣:公共卫生:副主任医师",
];

const SMALL_PROFILE: &str = r#"
[profile]
id = "small"
title = "单领域方案（测试用）"
title_en = "One area (for tests)"
edition = "2026.1"
status = "unofficial"
facility = "township"
areas = ["tcm"]
gates = []

[panel]
min = 5
odd = true
title = "中级"
fields = ["医疗", "中医药"]
source = "default"

[merge]
rule = "median"
quorum = 3
tie = "lead"
source = "default"

[[standard]]
id = "basic"
title = "基本标准（示例）"
title_en = "Basic standard (example)"
status = "example"
source = "default"
conditions = [{ kind = "share", grade = "C", share = 0.85 }, { kind = "core", grade = "C" }]

[objection]
days = 10
source = "default"
"#;

/// One installation: a data folder of its own and the program.
pub(crate) struct Laptop {
    pub(crate) home: PathBuf,
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Lays the edition of 2026.1 into a folder of checklists: its clauses and points stay as tests know them, whatever is shipped.
pub(crate) fn install_edition_2026_1(checklists: &Path) {
    let edition = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixture/edition-2026.1");
    for kind in ["areas", "profiles"] {
        std::fs::create_dir_all(checklists.join(kind)).unwrap();
        for file in std::fs::read_dir(edition.join(kind)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), checklists.join(kind).join(file.file_name())).unwrap();
        }
    }
}

impl Laptop {
    pub(crate) fn new(home: impl Into<PathBuf>) -> Self {
        Self { home: home.into() }
    }

    /// The program on this laptop, in Chinese, with nothing of the outer environment that could steer it.
    pub(crate) fn command(&self) -> Command {
        let mut command = program();
        command.arg("--home").arg(&self.home).args(["--lang", "zh"]);
        command
    }

    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Answer {
        Answer::of(self.command().args(arguments).output().unwrap())
    }

    /// Runs a command that must succeed.
    pub(crate) fn ok<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Answer {
        let answer = self.run(arguments);
        assert_eq!(answer.code, Some(0), "{:?}: {answer:?}", shown(arguments));
        answer
    }

    /// Runs a command that must be refused in the form of every error, in both languages; gives the Chinese answer.
    pub(crate) fn refuses<A: AsRef<OsStr>>(&self, code: i32, arguments: &[A]) -> Answer {
        let refused = |lang: &str, [what, why, next]: [&str; 3]| {
            let mut command = program();
            command.arg("--home").arg(&self.home).args(["--lang", lang]).args(arguments);
            let answer = Answer::of(command.output().unwrap());
            assert_eq!(answer.code, Some(code), "{:?}: {answer:?}", shown(arguments));
            answer.assert_has_three_lines(what, why, next);
            answer
        };
        let english = refused("en", ["error: ", "why: ", "next: "]);
        let chinese = refused("zh", ["错误：", "原因：", "办法："]);
        let n_lines = |answer: &Answer| answer.err.lines().count();
        assert_eq!(n_lines(&english), n_lines(&chinese), "{english:?} {chinese:?}");
        chinese
    }

    pub(crate) fn json<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Value {
        let answer = self.ok(arguments);
        serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {}", answer.out))
    }
}

impl Answer {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// One sentence what, one sentence why, further lines, one line what to do next; notes may come before.
    fn assert_has_three_lines(&self, what: &str, why: &str, next: &str) {
        let is_note = |line: &&str| line.starts_with("注意：") || line.starts_with("note: ");
        let lines: Vec<&str> = self.err.lines().skip_while(is_note).collect();
        let says = |line: Option<&&str>, label: &str| {
            line.and_then(|line| line.strip_prefix(label)).is_some_and(|rest| rest.chars().count() >= 4)
        };
        let starts = says(lines.first(), what) && says(lines.get(1), why);
        let ends = lines.len() >= 3 && says(lines.last(), next);
        assert!(starts && ends, "not what, why and next: {}", self.err);
        let harmless = |c: char| c == '\n' || !c.is_control();
        assert!(self.err.chars().all(harmless), "control characters: {:?}", self.err);
    }
}

/// Five laptops and one shared file.
pub(crate) struct Panel {
    pub(crate) root: PathBuf,
    pub(crate) file: String,
    pub(crate) laptops: Vec<Laptop>,
    /// Kept, because dropping it removes the folder.
    _folder: Option<TempDir>,
}

impl Panel {
    /// Founds a township visit and lets the first `n` members join. More arguments for `visit create` may follow.
    pub(crate) fn township(n: usize, more: &[&str]) -> Self {
        Self::founded("township", n, more)
    }

    /// As [`Self::township`], over one area only, where many commands are run: a user's own profile in the lead's home.
    pub(crate) fn small(n: usize, more: &[&str]) -> Self {
        Self::founded("small", n, more)
    }

    /// A visit without further arguments is founded once in a run, and then laid out: two panels of one size are the same visit.
    fn founded(profile: &'static str, n: usize, more: &[&str]) -> Self {
        type Founded = Arc<OnceLock<KeptFolder>>;
        static FOUNDED: Mutex<BTreeMap<(&str, usize), Founded>> = Mutex::new(BTreeMap::new());
        if !more.is_empty() {
            return Self::founded_anew(profile, n, more);
        }
        let founded = Arc::clone(FOUNDED.lock().unwrap().entry((profile, n)).or_default());
        Self::laid_out(founded.get_or_init(|| KeptFolder::of(&Self::founded_anew(profile, n, more).root)))
    }

    /// A panel as it was kept. Its laptops have their shared file where it now lies.
    pub(crate) fn laid_out(kept: &KeptFolder) -> Self {
        let panel = Self::in_new_folder();
        kept.lay_out(&panel.root);
        for database in
            panel.laptops.iter().map(|laptop| laptop.home.join("hecha.db")).filter(|it| it.exists())
        {
            let connection = Connection::open(database).unwrap();
            connection.execute("UPDATE visit SET file = ?1", [&panel.file]).unwrap();
        }
        panel
    }

    /// As [`Self::small`], and no other panel is of this visit.
    pub(crate) fn of_another_visit(n: usize) -> Self {
        Self::founded_anew("small", n, &[])
    }

    fn in_new_folder() -> Self {
        let folder = new_folder();
        let panel = Self::at(folder.path());
        Self { _folder: Some(folder), ..panel }
    }

    fn founded_anew(profile: &str, n: usize, more: &[&str]) -> Self {
        let panel = Self::in_new_folder();
        std::fs::create_dir(panel.share()).unwrap();
        let own = panel.laptops[0].home.join("checklists");
        install_edition_2026_1(&own);
        std::fs::write(own.join("profiles/small.toml"), SMALL_PROFILE).unwrap();
        let mut create = vec!["visit", "create", &panel.file, "--facility", "青禾镇卫生院"];
        create.extend(["--profile", profile, "--stage", "county", "--date", "2026-11-21"]);
        create.extend(["--lead", MEMBERS[0]]);
        create.extend(MEMBERS.iter().skip(1).flat_map(|member| ["--member", member]));
        create.extend(more);
        panel.laptops[0].ok(&create);
        for (laptop, name) in panel.laptops.iter().zip(PANEL).take(n).skip(1) {
            laptop.ok(&["visit", "join", &panel.file, "--name", name]);
        }
        for laptop in panel.laptops.iter().take(n) {
            laptop.ok(&["visit", "declare", &panel.file, "none"]);
        }
        panel
    }

    /// As [`Self::small`], with everything of the first `n` members in the file, and the file in all their laptops.
    pub(crate) fn settled(n: usize) -> Self {
        let panel = Self::small(n, &[]);
        for laptop in panel.laptops.iter().take(n).chain(panel.laptops.iter().take(n)) {
            laptop.ok(&["sync", &panel.file]);
        }
        panel
    }

    /// The lead compares the codes of the first `n`, so that shares of keys are locked to their laptops.
    pub(crate) fn admit_all(&self, n: usize) {
        self.sync_all(n);
        for laptop in self.laptops.iter().take(n).skip(1) {
            self.admit(laptop);
        }
        self.sync_all(n);
        self.sync_all(n);
    }

    /// The lead compares the code of a laptop whose claim has reached the lead's.
    pub(crate) fn admit(&self, laptop: &Laptop) {
        let shown = laptop.ok(&["visit", "code", &self.file]).out;
        let code =
            shown.split("加入码：").nth(1).unwrap().split(['（', '\n', ' ', '，', '；']).next().unwrap();
        self.lead().ok(&["visit", "admit", &self.file, code]);
    }

    /// The first `n` bring what they have; the lead closes scoring, and all give and take what opens the ballots.
    pub(crate) fn close(&self, n: usize) {
        self.sync_all(n);
        self.lead().ok(&["close", &self.file, "--yes"]);
        self.sync_all(n);
        self.sync_all(n);
    }

    /// Lets these members sign the record, once each has what the others have.
    pub(crate) fn sign(&self, signers: &[usize]) {
        let signers: Vec<&Laptop> = signers.iter().map(|index| &self.laptops[*index]).collect();
        for laptop in signers.iter().chain(&signers) {
            laptop.ok(&["sync", &self.file]);
        }
        for laptop in signers {
            laptop.ok(&["sign", &self.file, "--yes"]);
        }
    }

    /// Makes the visit final with whatever it has, on this laptop: these members sign, and what else holds it up is let pass.
    pub(crate) fn end(&self, signers: &[usize], laptop: &Laptop) {
        self.sign(signers);
        laptop.ok(&["sync", &self.file]);
        let check = laptop.run(&["finalize", &self.file, "--check", "--json"]).out;
        let check: Value = serde_json::from_str(&check).unwrap();
        let kinds = check["blocking"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap());
        let mut arguments = ["finalize", &self.file, "--yes"].map(str::to_owned).to_vec();
        arguments.extend(kinds.map(|kind| format!("--waive={kind}=照实说明")));
        laptop.ok(&arguments);
    }

    /// The first `n` sync, the lead last.
    pub(crate) fn sync_all(&self, n: usize) {
        for laptop in self.laptops.iter().take(n).rev() {
            laptop.ok(&["sync", &self.file]);
        }
    }

    /// A panel whose folder is there already, e.g. a copy of another one.
    pub(crate) fn at(root: &Path) -> Self {
        let laptops = (1..=5).map(|n| Laptop::new(root.join(format!("home-{n}")))).collect();
        let file = root.join("share").join("visit.hecha").to_str().unwrap().to_owned();
        Self { root: root.to_owned(), file, laptops, _folder: None }
    }

    pub(crate) fn share(&self) -> PathBuf {
        self.root.join("share")
    }

    pub(crate) fn file_bytes(&self) -> Vec<u8> {
        std::fs::read(&self.file).unwrap()
    }

    /// Takes lines out of the shared file, by their JSON, and mends its footer as a careful forger would; how many there were.
    pub(crate) fn take_out(&self, is_wanted: impl Fn(&str) -> bool) -> usize {
        let Contents::Lines { header, lines, .. } = file::read(&self.file_bytes()) else {
            panic!("no shared file")
        };
        let lines = lines.iter().map(|(_, line)| Line::parse(line).unwrap());
        let (out, kept): (Vec<Line>, Vec<Line>) = lines.partition(|line| is_wanted(&line.json));
        std::fs::write(&self.file, file::write(&header.visit, &kept)).unwrap();
        out.len()
    }

    pub(crate) fn lead(&self) -> &Laptop {
        &self.laptops[0]
    }
}

/// The program, without what could steer it from outside.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hecha"));
    for name in [
        "LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "LC_CTYPE",
        "HECHA_HOME",
        "HECHA_PASSPHRASE",
        "NO_COLOR",
    ] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// A new folder in memory where the system has such a place: tests write very many small files, and would wait for the disk
/// most of their time.
pub(crate) fn new_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    TempDir::new_in(memory).or_else(|_| TempDir::new()).unwrap()
}

/// Every file below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Copies a folder with all that is in it.
pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for file in files_below(from) {
        let copy = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(copy.parent().unwrap()).unwrap();
        std::fs::copy(&file, copy).unwrap();
    }
}

/// Whether a file holds these bytes anywhere.
pub(crate) fn holds(file: &Path, wanted: &[u8]) -> bool {
    std::fs::read(file).unwrap().windows(wanted.len()).any(|window| window == wanted)
}

/// Dice that fall the same on every machine (xorshift64*), so that a failure can be had again.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// The next number below `sides`.
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % sides.max(1)
    }

    /// A place in a list of that length.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.roll(length as u64)).unwrap()
    }
}

/// A number from the environment, for runs that are longer than those of every day.
#[expect(clippy::disallowed_methods, reason = "how much is tried is asked of the environment, in one place")]
pub(crate) fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

fn shown<A: AsRef<OsStr>>(arguments: &[A]) -> Vec<String> {
    arguments.iter().map(|it| it.as_ref().to_string_lossy().into_owned()).collect()
}

/// A reason for letting every kind of open matter pass.
pub(crate) fn every_reason(reason: &str) -> Vec<Waiving> {
    let waiving = |kind: &MatterKind| Waiving { kind: *kind, about: None, reason: reason.parse().unwrap() };
    MatterKind::ALL.iter().map(waiving).collect()
}
