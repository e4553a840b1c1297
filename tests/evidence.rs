//! Photos and files attached to clauses: readable by nobody before submission, whole for everybody after, healed when damaged.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use hecha::{
    app::{
        deed::{Deed, Done},
        evidence::AttachRequest,
        home::Home,
        session::Session,
    },
    domain::edit::Edit,
    share::folder::disk::{Disk, RealDisk},
};
use serde_json::Value;

use crate::support::{Laptop, PANEL, Panel, files_below, holds};

/// Bytes that occur in one picture and nowhere else.
const RUN: &[u8; 64] = b"0f-the-only-place-where-these-sixty-four-bytes-stand-in-a-row-#1";
const PLACE: &[u8] = b"GPS 31.2304N 121.4737E";
const CLAUSE: &str = "TM-02";

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// A JPEG as a phone writes it: place and preview in front, a second picture behind. Also what must be left of it.
fn photo(run: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let exif = segment(0xE1, &[b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0", PLACE].concat());
    let jfif = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    let tables = [segment(0xDB, &[1; 65]), segment(0xC0, &[8, 0, 1, 0, 1, 1, 1, 0x11, 0])].concat();
    let scan = [&segment(0xDA, &[1, 1, 0, 0, 63, 0]), run, &run.repeat(40)].concat();
    let end = [0xFF, 0xD9];
    let full = [&[0xFF, 0xD8][..], &exif, &jfif, &tables, &scan, &end, &[0xFF, 0xD8], &exif].concat();
    (full, [&[0xFF, 0xD8][..], &jfif, &tables, &scan, &end].concat())
}

/// The name of a device on Windows, where no file can be called so.
const DEVICE: &str = if cfg!(windows) { "_CON" } else { "CON" };

/// A photo on a camera's card, outside every home and share.
fn on_card(panel: &Panel, name: &str, bytes: &[u8]) -> String {
    let card = panel.root.join("card");
    fs::create_dir_all(&card).unwrap();
    let path = card.join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn list(laptop: &Laptop, file: &str) -> Vec<Value> {
    laptop.json(&["evidence", "list", file, "--json"])["evidence"].as_array().unwrap().clone()
}

fn export(laptop: &Laptop, panel: &Panel, to: &str) -> Vec<PathBuf> {
    let out = panel.root.join(to);
    laptop.ok(&["evidence", "export", &panel.file, "--out", out.to_str().unwrap()]);
    files_below(&out)
}

/// The files beside the shared file.
fn beside(panel: &Panel) -> Vec<PathBuf> {
    let folder = panel.share().join("visit.files");
    if folder.exists() { files_below(&folder) } else { Vec::new() }
}

fn name_of(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn nobody_can_read_a_photo_before_scoring_is_closed_and_everybody_can_after() {
    let panel = Panel::small(3, &[]);
    let (file, [lead, author, other, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let (full, wanted) = photo(RUN);
    let path = on_card(&panel, "抢救车.jpg", &full);
    author.ok(&["evidence", "add", file, CLAUSE, &path, "--caption", "第二层"]);
    let synced = author.ok(&["sync", file]).out;
    assert!(synced.contains("照片 1/1"), "{synced}");
    for laptop in [lead, other] {
        let synced = laptop.ok(&["sync", file]).out;
        assert!(!synced.contains("照片"), "how many there are is sealed: {synced}");
        assert!(list(laptop, file).is_empty());
        assert!(export(laptop, &panel, "none").is_empty());
    }
    assert_eq!(beside(&panel).len(), 1);
    let copies = |laptop: &Laptop| files_below(&laptop.home.join("evidence")).len();
    assert_eq!([lead, author, other].map(copies), [1, 1, 1], "every laptop keeps the sealed bytes");
    for place in [panel.share(), lead.home.clone(), author.home.clone(), other.home.clone()] {
        for found in files_below(&place) {
            assert!(!holds(&found, &RUN[..]), "the photo is readable in {}", found.display());
            assert!(!holds(&found, PLACE), "its place is readable in {}", found.display());
            assert!(!holds(&found, "抢救车.jpg".as_bytes()) || place == author.home, "{}", found.display());
        }
    }
    assert_eq!(fs::read(&export(author, &panel, "own")[0]).unwrap(), wanted, "one can always see one's own");

    author.ok(&["submit", file, "--yes"]);
    let synced = other.ok(&["sync", file]).out;
    assert!(!synced.contains("照片") && list(other, file).is_empty(), "it is sealed: {synced}");
    for laptop in [other, lead] {
        laptop.ok(&["submit", file, "--yes"]);
    }
    let synced = other.ok(&["sync", file]).out;
    assert!(!synced.contains("照片") && list(other, file).is_empty(), "all are sealed: {synced}");
    panel.close(3);
    let synced = other.ok(&["sync", file]).out;
    assert!(synced.contains("照片 1/1"), "{synced}");
    let listed = &list(other, file)[0];
    assert_eq!((&listed["member"], &listed["caption"]), (&PANEL[1].into(), &"第二层".into()));
    assert_eq!(listed["size"], wanted.len());
    let exported = export(other, &panel, "out");
    assert_eq!(exported.iter().map(|it| name_of(it)).collect::<Vec<_>>(), ["TM-02-陈思齐-1.jpg"]);
    assert_eq!(fs::read(&exported[0]).unwrap(), wanted);
}

#[test]
fn a_damaged_file_is_refused_and_healed_by_a_laptop_that_has_it_whole() {
    let panel = Panel::small(3, &[]);
    let (file, [lead, author, other, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let (full, wanted) = photo(RUN);
    author.ok(&["evidence", "add", file, CLAUSE, &on_card(&panel, "a.jpg", &full)]);
    author.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    other.ok(&["submit", file, "--yes"]);
    panel.close(3);
    // The lead's own copy is gone too: a new laptop, a cleaned disk.
    let sealed = beside(&panel).remove(0);
    let whole = fs::read(&sealed).unwrap();
    let flipped: Vec<u8> =
        whole.iter().enumerate().map(|(at, b)| if at == 999 { b ^ 1 } else { *b }).collect();
    let other_file = [&whole[..8], b"somebody else's bytes under this name"].concat();
    for damaged in [flipped, whole[..whole.len() - 1].to_vec(), Vec::new(), other_file, vec![7; whole.len()]]
    {
        fs::remove_dir_all(lead.home.join("evidence")).unwrap();
        fs::write(&sealed, &damaged).unwrap();
        let synced = lead.ok(&["sync", file]);
        assert!(synced.out.contains("照片 0/1") && synced.err.contains("校验不符"), "{synced:?}");
        assert!(export(lead, &panel, "lead-none").is_empty(), "damaged bytes were taken");
        assert_eq!(fs::read(&sealed).unwrap(), damaged, "nothing is removed by who cannot heal it");
        let synced = author.ok(&["sync", file]);
        assert!(synced.err.contains("已用本机副本修复"), "{synced:?}");
        assert_eq!(fs::read(&sealed).unwrap(), whole);
        lead.ok(&["sync", file]);
        assert_eq!(fs::read(&export(lead, &panel, "lead-out")[0]).unwrap(), wanted);
    }
    // Not only the author heals: another laptop that has the sealed bytes does, also when the folder is gone.
    fs::remove_dir_all(panel.share().join("visit.files")).unwrap();
    other.ok(&["sync", file]);
    assert_eq!(fs::read(&sealed).unwrap(), whole);
}

#[test]
fn commits_go_through_while_files_lag() {
    let panel = Panel::small(3, &[]);
    let (file, [lead, author, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let (first, _) = photo(RUN);
    let (second, _) = photo(&RUN.map(|b| b ^ 2));
    let paths = [on_card(&panel, "a.jpg", &first), on_card(&panel, "b.jpg", &second)];
    author.ok(&["evidence", "add", file, CLAUSE, &paths[0], &paths[1]]);
    author.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    lead.ok(&["close", file, "--yes"]);
    author.ok(&["sync", file]);
    for place in [panel.share().join("visit.files"), lead.home.join("evidence")] {
        fs::remove_file(&files_below(&place)[0]).unwrap();
    }
    let synced = lead.ok(&["sync", file]);
    assert!(synced.out.contains("照片 1/2"), "{synced:?}");
    assert_eq!(list(lead, file).iter().filter(|it| it["here"] == true).count(), 1);
    assert_eq!(export(lead, &panel, "one").len(), 1);
    // Where the folder should be, something else stands in the way: the sync still succeeds, and says so.
    fs::remove_dir_all(panel.share().join("visit.files")).unwrap();
    fs::write(panel.share().join("visit.files"), "in the way").unwrap();
    let synced = author.ok(&["sync", file]);
    assert!(synced.out.contains("照片 0/2") && synced.err.contains("附件还没有交换完"), "{synced:?}");
    fs::remove_file(panel.share().join("visit.files")).unwrap();
    assert!(author.ok(&["sync", file]).out.contains("照片 2/2"));
    assert!(lead.ok(&["sync", file]).out.contains("照片 2/2"));
}

#[test]
fn what_lies_beside_the_shared_file_under_other_names_is_left_alone() {
    let panel = Panel::small(2, &[]);
    let (file, lead) = (panel.file.as_str(), &panel.laptops[0]);
    let folder = panel.share().join("visit.files");
    fs::create_dir(&folder).unwrap();
    let odd = ["notes.txt", DEVICE, "0123", &"f".repeat(64), &"F".repeat(64), &"a".repeat(63), "~$x.tmp"];
    for name in odd {
        fs::write(folder.join(name), "not evidence").unwrap();
    }
    fs::create_dir(folder.join("e".repeat(64))).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.join("d".repeat(64))).unwrap();
    lead.ok(&["sync", file]);
    assert!(files_below(&lead.home.join("evidence")).is_empty());
    for name in odd {
        assert_eq!(fs::read(folder.join(name)).unwrap(), b"not evidence", "{name}");
    }
}

#[test]
fn names_never_lead_anywhere_and_stay_readable() {
    let panel = Panel::small(2, &[]);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    let mut names = vec![DEVICE, "..x", " a .jpg ", "-rf.sh"];
    let long = format!("{}.txt", "n".repeat(200));
    names.push(&long);
    #[cfg(unix)]
    names.extend(["a\u{1b}[2J\nb.exe", "c:\\..\\..\\x", "\u{202e}gpj.exe"]);
    for (n, name) in names.iter().enumerate() {
        let path = on_card(&panel, name, format!("content {n}").as_bytes());
        let answer = author.ok(&["evidence", "add", file, CLAUSE, "--", &path]);
        assert!(answer.err.contains("没有去除"), "{answer:?}");
    }
    let listed = list(author, file);
    assert_eq!(listed.len(), names.len());
    for it in &listed {
        let name = it["name"].as_str().unwrap();
        assert!(
            name.chars().count() <= 120 && !name.contains(['/', '\\', ':', '\u{1b}', '\n', '\u{202e}']),
            "{name}"
        );
    }
    let exported = export(author, &panel, "out");
    assert_eq!(exported.len(), names.len());
    for path in &exported {
        assert_eq!(path.parent().unwrap(), panel.root.join("out"));
        let name = name_of(path);
        assert!(
            name.starts_with("TM-02-陈思齐-") && (name.ends_with(".bin") || name.ends_with(".txt")),
            "{name}"
        );
    }
}

#[test]
fn what_may_not_be_attached_is_refused_in_words_and_nothing_is_left() {
    let panel = Panel::small(2, &[]);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    let (full, _) = photo(RUN);
    let good = on_card(&panel, "good.jpg", &full);
    let heic = on_card(&panel, "a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic GPS");
    let huge = panel.root.join("card").join("huge.bin");
    fs::File::create(&huge).unwrap().set_len(65 << 20).unwrap();
    let huge = huge.to_str().unwrap().to_owned();
    let broken = on_card(&panel, "broken.jpg", &full[..30]);
    let empty = on_card(&panel, "empty.jpg", b"");
    let gone = on_card(&panel, "gone.jpg", b"");
    fs::remove_file(&gone).unwrap();
    let add = |path: &str| ["evidence", "add", file, CLAUSE, &good, path].map(str::to_owned);
    for (path, why) in
        [(&huge, "64 MiB"), (&heic, "HEIC"), (&broken, "损坏"), (&empty, "空"), (&gone, "gone.jpg")]
    {
        let answer = author.refuses(1, &add(path));
        assert!(answer.err.contains(why), "{answer:?}");
        assert!(list(author, file).is_empty(), "the good one went in with {why}");
    }
    author.refuses(1, &["evidence", "add", file, "NO-99", &good]);
    author.refuses(1, &["evidence", "add", file, CLAUSE, &good, "--point", "Z9"]);
    author.refuses(1, &["evidence", "remove", file, CLAUSE, "1"]);
    assert!(list(author, file).is_empty());
    let kept = author.ok(&["evidence", "add", file, CLAUSE, &heic, "--keep-metadata", "--point", "C1"]);
    assert!(kept.err.contains("没有去除"), "{kept:?}");
    assert_eq!(
        (&list(author, file)[0]["type"], &list(author, file)[0]["point"]),
        (&"heic".into(), &"C1".into())
    );
    author.ok(&["submit", file, "--yes"]);
    let answer = author.refuses(1, &["evidence", "add", file, CLAUSE, &good]);
    assert!(answer.err.contains("已经提交"), "{answer:?}");
    author.refuses(1, &["evidence", "remove", file, CLAUSE, "1"]);
    assert_eq!(list(author, file).len(), 1);
}

#[test]
fn what_is_taken_back_before_it_was_delivered_never_leaves_the_laptop() {
    let panel = Panel::small(2, &[]);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    let (full, _) = photo(RUN);
    let path = on_card(&panel, "a.jpg", &full);
    author.ok(&["evidence", "add", file, CLAUSE, &path]);
    author.ok(&["evidence", "add", file, "TM-01", &path]);
    let digest = list(author, file)[0]["sha256"].as_str().unwrap().to_owned();
    let sealed = files_below(&author.home.join("evidence"));
    assert_eq!(sealed.len(), 1, "the same photo for two clauses is sealed once");
    author.ok(&["evidence", "remove", file, CLAUSE, &digest[..8]]);
    author.ok(&["evidence", "remove", file, "TM-01", "1"]);
    assert!(list(author, file).is_empty());
    author.ok(&["sync", file]);
    assert!(beside(&panel).is_empty());
    author.ok(&["evidence", "add", file, CLAUSE, &path]);
    author.ok(&["sync", file]);
    assert_eq!(beside(&panel).len(), 1);
}

#[test]
fn reports_list_what_may_be_seen() {
    let panel = Panel::small(3, &[]);
    let (file, [lead, author, other, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let (full, wanted) = photo(RUN);
    let path = on_card(&panel, "抢救车.jpg", &full);
    author.ok(&["evidence", "add", file, CLAUSE, &path, "--caption", "第二层缺药"]);
    other.ok(&["evidence", "add", file, CLAUSE, &on_card(&panel, "未公开.pdf", b"%PDF-1.7 secret")]);
    author.ok(&["submit", file, "--yes"]);
    lead.ok(&["submit", file, "--yes"]);
    panel.close(3);
    let out = panel.root.join("reports");
    let report = |more: &[&str]| {
        let mut arguments = vec!["report", file, "--format", "md,json,csv", "--out", out.to_str().unwrap()];
        arguments.extend(more);
        lead.ok(&arguments);
        files_below(&out).into_iter().map(|path| fs::read_to_string(path).unwrap()).collect::<Vec<_>>()
    };
    for text in report(&[]) {
        assert!(!text.contains("未公开"), "{text}");
        assert!(text.contains("第二层缺药") || text.starts_with('\u{feff}'), "{text}");
    }
    let json: Value = serde_json::from_str(&report(&["--names"])[1]).unwrap();
    let clauses = json["areas"][0]["clauses"].as_array().unwrap();
    let clause = clauses.iter().find(|clause| clause["id"] == CLAUSE).unwrap();
    assert_eq!(clause["evidence"].as_array().unwrap().len(), 1);
    let told = &clause["evidence"][0];
    assert_eq!((&told["member"], &told["name"]), (&PANEL[1].into(), &"抢救车.jpg".into()));
    assert_eq!((&told["size"], &told["type"]), (&wanted.len().into(), &"jpeg".into()));
}

fn open(panel: &Panel, index: usize) -> Session {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    Session::open(&home, Path::new(&panel.file)).unwrap_or_else(|failure| panic!("{failure:?}"))
}

#[test]
fn undo_takes_back_and_redo_attaches_again() {
    let panel = Panel::small(2, &[]);
    let (full, wanted) = photo(RUN);
    let mut session = open(&panel, 1);
    let request = AttachRequest {
        clause: CLAUSE.into(),
        point: None,
        paths: vec![on_card(&panel, "a.jpg", &full).into()],
        caption: String::new(),
        keep_metadata: false,
    };
    session.perform(Deed::Attach(request)).unwrap();
    session.perform(Deed::Detach(CLAUSE.into(), "1".to_owned())).unwrap();
    for wanted in [1, 0] {
        assert!(matches!(session.perform(Deed::Undo).unwrap(), Done::Stepped(Some(_))));
        assert_eq!(session.evidence().len(), wanted);
    }
    assert!(matches!(session.perform(Deed::Redo).unwrap(), Done::Stepped(Some(_))));
    assert_eq!(open(&panel, 1).evidence().len(), 1, "also after a restart");
    assert_eq!(fs::read(&export(&panel.laptops[1], &panel, "out")[0]).unwrap(), wanted);
}

/// A disk whose folder of evidence fails, lies or fills up from its `at`-th operation on; the shared file is well.
struct BadFolder {
    error: Option<i32>,
    at: usize,
    done: AtomicUsize,
}

impl BadFolder {
    fn strikes(&self, path: &Path) -> bool {
        let inside = path.components().any(|part| part.as_os_str() == "visit.files");
        inside && self.done.fetch_add(1, Ordering::SeqCst) >= self.at
    }

    fn refused(&self, path: &Path) -> io::Result<()> {
        match self.error.filter(|_| self.strikes(path)) {
            Some(number) => Err(io::Error::from_raw_os_error(number)),
            None => Ok(()),
        }
    }
}

impl Disk for BadFolder {
    fn list(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        self.refused(folder).and_then(|()| RealDisk.list(folder))
    }

    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.refused(path).and_then(|()| RealDisk.read(path, limit))
    }

    fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.refused(path)?;
        let lies = self.error.is_none() && self.strikes(path);
        RealDisk.write_new(path, if lies { &bytes[..bytes.len() / 2] } else { bytes })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.refused(to).and_then(|()| RealDisk.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.refused(path).and_then(|()| RealDisk.remove(path))
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.refused(folder).and_then(|()| RealDisk.make_folder(folder))
    }

    fn length(&self, path: &Path) -> io::Result<u64> {
        self.refused(path).and_then(|()| RealDisk.length(path))
    }

    fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.refused(path).and_then(|()| RealDisk.write_over(path, bytes))
    }

    fn pause(&self, _milliseconds: u64) {}

    fn elapsed(&self) -> std::time::Duration {
        RealDisk.elapsed()
    }

    fn runs(&self, process: u32) -> Option<bool> {
        RealDisk.runs(process)
    }
}

#[test]
fn a_folder_that_fails_never_fails_a_sync_and_the_next_one_mends_it() {
    let panel = Panel::small(2, &[]);
    let (full, _) = photo(RUN);
    let path = on_card(&panel, "a.jpg", &full);
    panel.laptops[1].ok(&["evidence", "add", &panel.file, CLAUSE, &path]);
    let mut n_struck = 0;
    // EIO, EACCES, ENOSPC, EROFS, Windows' sharing violation, ESTALE; none = half of the bytes, and success claimed.
    for error in [5, 13, 28, 30, 32, 116].map(Some).into_iter().chain([None]) {
        for at in 0..8 {
            if panel.share().join("visit.files").exists() {
                fs::remove_dir_all(panel.share().join("visit.files")).unwrap();
            }
            let note = format!("{error:?} {at}");
            let mut session = open(&panel, 1);
            session
                .perform(Deed::Record(vec![Edit::Note {
                    clause: CLAUSE.into(),
                    text: note.parse().unwrap(),
                }]))
                .unwrap();
            let disk = BadFolder { error, at, done: AtomicUsize::new(0) };
            let report = session.sync_with(&disk).unwrap_or_else(|failure| panic!("{note}: {failure:?}"));
            assert_eq!(report.state.pending, 0, "{note}: commits go through");
            if report.evidence != (1, 1) {
                assert!(report.evidence == (0, 1) && !report.notes.is_empty(), "{note}: {report:?}");
                n_struck += 1;
            }
            let mended = open(&panel, 1).sync().unwrap();
            assert_eq!(mended.evidence, (1, 1), "{note}");
        }
    }
    assert!(n_struck > 15, "only {n_struck} struck");
}

#[test]
fn a_photo_arrives_through_twenty_thousand_files_that_are_none() {
    let panel = Panel::small(3, &[]);
    let (file, [_, author, other, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let folder = panel.share().join("visit.files");
    fs::create_dir(&folder).unwrap();
    // Names on both sides of any hash, half of them with bytes that are nothing.
    for index in 0..20_000_u32 {
        let name = format!("{:064x}", u128::from(index) << (index % 96));
        fs::write(folder.join(if index % 2 == 0 { name } else { name.replace('0', "f") }), "").unwrap();
    }
    let (full, _) = photo(RUN);
    author.ok(&["evidence", "add", file, CLAUSE, &on_card(&panel, "a.jpg", &full)]);
    let sent = author.ok(&["sync", file]);
    assert!(sent.out.contains("照片 1/1"), "{sent:?}");
    other.ok(&["sync", file]);
    assert_eq!(files_below(&other.home.join("evidence")).len(), 1, "sealed as it is, it has arrived");
}
