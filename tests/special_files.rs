//! What lies where a file is expected: pipes, devices, sockets, folders and links are refused with a sentence, wherever a path
//! is given or found, and nothing hangs, is followed or is replaced.

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use hecha::share::folder::lock::LOCK_NAME;

use crate::support::{Laptop, Panel};

/// What may lie at a path instead of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odd {
    Pipe,
    Device,
    Socket,
    Folder,
    Link,
    LinkToNowhere,
    LinkToItself,
    LinkToPipe,
}

const ALL: [Odd; 8] = [
    Odd::Pipe,
    Odd::Device,
    Odd::Socket,
    Odd::Folder,
    Odd::Link,
    Odd::LinkToNowhere,
    Odd::LinkToItself,
    Odd::LinkToPipe,
];

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

impl Odd {
    /// Puts it at a path; what it leads to lies in `elsewhere`.
    fn put(self, path: &Path, elsewhere: &Path) {
        take_away(path);
        match self {
            Self::Pipe => pipe(path),
            // Made by a link, since making a device asks for rights: where links are refused it is refused as one.
            Self::Device => symlink("/dev/zero", path).unwrap(),
            Self::Socket => drop(UnixListener::bind(path).unwrap()),
            Self::Folder => fs::create_dir(path).unwrap(),
            Self::Link => symlink(elsewhere.join("real"), path).unwrap(),
            Self::LinkToNowhere => symlink(elsewhere.join("nowhere"), path).unwrap(),
            Self::LinkToItself => symlink(path, path).unwrap(),
            Self::LinkToPipe => symlink(elsewhere.join("pipe"), path).unwrap(),
        }
    }
}

fn take_away(path: &Path) {
    if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(path).unwrap();
    } else if path.symlink_metadata().is_ok() {
        fs::remove_file(path).unwrap();
    }
}

/// A folder outside the share with a file and a pipe for links to lead to.
fn elsewhere(panel: &Panel, real: &[u8]) -> PathBuf {
    let folder = panel.root.join("elsewhere");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("real"), real).unwrap();
    pipe(&folder.join("pipe"));
    folder
}

#[test]
fn a_main_file_that_is_none_is_refused_and_stays_what_it_is() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let good = panel.file_bytes();
    let elsewhere = elsewhere(&panel, &good);
    let stranger = Laptop::new(panel.root.join("stranger"));
    for (index, odd) in ALL.into_iter().enumerate() {
        odd.put(Path::new(file), &elsewhere);
        // What is recorded is safe, whatever lies there.
        member.ok(&["score", file, &format!("TM-{:02}", index + 1), "--grade", "B"]);
        let before = fs::symlink_metadata(file).unwrap().file_type();
        for command in [vec!["sync", file], vec!["sync", file, "--in-place"], vec!["fsck", file]] {
            let answer = member.refuses(1, &command);
            let told = ["链接", "文件夹", "管道、设备或套接字"].iter().any(|what| answer.err.contains(what));
            assert!(told, "{odd:?} {command:?}: {}", answer.err);
        }
        stranger.refuses(1, &["visit", "join", file, "--name", "马文博"]);
        stranger.refuses(1, &["visit", "info", file]);
        stranger.refuses(
            1,
            &[
                "visit",
                "create",
                file,
                "--facility",
                "x",
                "--profile",
                "village",
                "--stage",
                "county",
                "--date",
                "2026-11-21",
                "--lead",
                "甲:医疗:主任医师",
            ],
        );
        assert_eq!(fs::symlink_metadata(file).unwrap().file_type(), before, "{odd:?}");
        assert_eq!(fs::read(elsewhere.join("real")).unwrap(), good, "{odd:?}");
        assert!(!elsewhere.join("nowhere").exists());
    }
    take_away(Path::new(file));
    member.ok(&["sync", file]);
    assert!(panel.file_bytes().len() > good.len());
}

#[test]
fn what_lies_beside_the_main_file_never_hangs_or_leads_out() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let elsewhere = elsewhere(&panel, b"precious");
    for (index, odd) in ALL.into_iter().enumerate() {
        for name in ["copy.hecha", LOCK_NAME, "visit.files"] {
            odd.put(&panel.share().join(name), &elsewhere);
        }
        member.ok(&["score", file, &format!("TM-{:02}", index + 1), "--grade", "B"]);
        let answer = member.ok(&["sync", file]);
        assert!(answer.out.contains("已写入"), "{odd:?}: {answer:?}");
        member.ok(&["fsck", file]);
        let copy = panel.share().join("other.hecha");
        odd.put(&copy, &elsewhere);
        member.refuses(1, &["sync", file, "--to", copy.to_str().unwrap()]);
        assert_eq!(fs::read(elsewhere.join("real")).unwrap(), b"precious", "{odd:?}");
        assert!(!elsewhere.join("nowhere").exists());
        for name in ["copy.hecha", LOCK_NAME, "visit.files", "other.hecha"] {
            take_away(&panel.share().join(name));
        }
    }
}

#[test]
fn photos_are_neither_read_nor_written_through_links_and_the_user_is_told() {
    let panel = Panel::settled(2);
    let (file, member) = (panel.file.as_str(), &panel.laptops[1]);
    let photo = panel.root.join("a.txt");
    fs::write(&photo, "evidence").unwrap();
    let elsewhere = elsewhere(&panel, b"precious");
    let folder = panel.share().join("visit.files");
    symlink(&elsewhere, &folder).unwrap();
    member.ok(&["evidence", "add", file, "TM-02", photo.to_str().unwrap()]);
    let answer = member.ok(&["sync", file]);
    assert!(answer.err.contains("链接"), "{answer:?}");
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 2, "nothing was put where the link leads");
    take_away(&folder);
    member.ok(&["sync", file]);
    let name = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let sealed = fs::read(&name).unwrap();
    for odd in ALL {
        odd.put(&name, &elsewhere);
        let answer = member.ok(&["sync", file]);
        assert_eq!(fs::read(elsewhere.join("real")).unwrap(), b"precious", "{odd:?}");
        if odd == Odd::Folder {
            assert!(answer.err.contains("附件还没有交换完"), "{answer:?}");
        } else {
            assert_eq!(fs::read(&name).unwrap(), sealed, "{odd:?}: brought anew");
            assert!(!name.is_symlink());
        }
    }
}

#[test]
fn what_the_user_names_must_be_a_file_and_a_link_to_one_is_fine() {
    let panel = Panel::settled(1);
    let lead = panel.lead();
    let (file, given) = (panel.file.as_str(), panel.root.join("given"));
    let elsewhere = elsewhere(&panel, b"clause,grade\nTM-02,B\n");
    let path = given.to_str().unwrap();
    let commands: [&[&str]; 12] = [
        &["score", file, "--import", path],
        &["evidence", "add", file, "TM-02", path],
        &["pool", "import", path],
        &["pool", "redraw", path],
        &["agreement", "--csv", path],
        &["checklist", "import", path],
        &["checklist", "check", path],
        &["report", file, "--format", "md", "--out", "/nowhere", "--template", path],
        &["visit", "facility", file, "--import", path],
        &["visit", "passphrase", file, "--passphrase-file", path],
        &[
            "visit",
            "create",
            "/nowhere/x.hecha",
            "--draw",
            path,
            "--lead",
            "甲",
            "--facility",
            "x",
            "--profile",
            "village",
            "--stage",
            "county",
            "--date",
            "2026-11-21",
        ],
        &["restore", file, "--from", path],
    ];
    for odd in ALL {
        if odd == Odd::Link {
            continue;
        }
        odd.put(&given, &elsewhere);
        for command in commands {
            // A folder of checklists is what may be checked, too.
            if odd == Odd::Folder && command.starts_with(&["checklist", "check"]) {
                continue;
            }
            let answer = lead.run(command);
            assert!(matches!(answer.code, Some(1 | 2)), "{odd:?} {command:?}: {answer:?}");
            assert!(
                answer.err.starts_with("错误：") || answer.err.contains("given"),
                "{odd:?} {command:?}: {answer:?}"
            );
        }
    }
    Odd::Link.put(&given, &elsewhere);
    assert!(lead.ok(&["score", file, "--import", path]).out.contains('1'));
    // Standard input is no file and may be one, by either name.
    for name in ["-", "/dev/stdin"] {
        let mut command = lead.command();
        command.args(["visit", "passphrase", file, "--passphrase-file", name]).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::io::Write::write_all(
            &mut child.stdin.take().unwrap(),
            "核查口令十二个字以上才行的\n".as_bytes(),
        )
        .unwrap();
        assert!(child.wait().unwrap().success(), "{name}");
    }
}

#[test]
fn what_is_written_takes_no_place_but_that_of_a_file() {
    let panel = Panel::settled(1);
    let (lead, out) = (panel.lead(), panel.root.join("out.xlsx"));
    let elsewhere = elsewhere(&panel, b"precious");
    let path = out.to_str().unwrap();
    for odd in ALL {
        odd.put(&out, &elsewhere);
        let before = fs::symlink_metadata(&out).unwrap().file_type();
        for command in [
            &["pool", "export", path, "--replace"][..],
            &["checklist", "export", "village", "--out", path, "--replace"],
        ] {
            lead.refuses(1, command);
        }
        assert_eq!(fs::symlink_metadata(&out).unwrap().file_type(), before, "{odd:?}");
        assert_eq!(fs::read(elsewhere.join("real")).unwrap(), b"precious", "{odd:?}");
    }
}

#[test]
fn a_database_that_is_no_file_is_not_opened() {
    let panel = Panel::settled(1);
    let database = panel.lead().home.join("hecha.db");
    for odd in [Odd::Pipe, Odd::Device, Odd::Socket, Odd::Folder, Odd::LinkToPipe] {
        odd.put(&database, &panel.root);
        if odd == Odd::LinkToPipe {
            pipe(&panel.root.join("pipe"));
        }
        let answer = panel.lead().refuses(1, &["visit", "info", &panel.file]);
        assert!(answer.err.contains("不能打开本机数据库"), "{odd:?}: {}", answer.err);
    }
}
