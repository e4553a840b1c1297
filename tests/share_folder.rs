//! What lies beside a shared file: side files, leftovers, conflict copies of six vendors; broken first lines, old copies, read-only media, copies elsewhere.

use std::{fs, path::Path};

use hecha::{
    app::{deed::Deed, home::Home, session::Session},
    domain::{edit::Edit, terms::lang::Lang},
};

use crate::support::{
    Laptop, PANEL, Panel,
    disk::{FaultyDisk, Refuses, RefusingDisk},
};

fn names(panel: &Panel) -> Vec<String> {
    let entries = fs::read_dir(panel.share()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn feed(laptop: &Laptop) -> String {
    let checks = laptop.json(&["doctor", "--json"]);
    let checks = checks["checks"].as_array().or_else(|| checks.as_array()).unwrap().clone();
    checks.iter().find(|check| check["key"] == "device").unwrap()["found"].as_str().unwrap().to_owned()
}

fn open(panel: &Panel, index: usize) -> Session {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    Session::open(&home, Path::new(&panel.file)).unwrap()
}

fn note(panel: &Panel, index: usize, text: &str) {
    open(panel, index)
        .perform(Deed::Record(vec![Edit::Note { clause: "TM-02".into(), text: text.parse().unwrap() }]))
        .unwrap();
}

fn n_commits(panel: &Panel, index: usize, of: usize) -> usize {
    open(panel, index).visit().member(PANEL[of]).unwrap().n_commits
}

#[test]
fn a_side_file_is_picked_up_by_others_and_taken_away_by_its_owner() {
    let panel = Panel::settled(3);
    let file = panel.file.as_str();
    let good = panel.file_bytes();
    let [_, owner, other] = [0, 1, 2].map(|index| &panel.laptops[index]);
    let side = format!("visit~{}.hecha", &feed(owner)[..4]);
    owner.ok(&["score", file, "TM-02", "--grade", "B"]);
    fs::write(file, "<html>请登录</html>").unwrap();
    let answer = owner.refuses(3, &["sync", file]);
    assert!(answer.err.contains(&side), "the user is told where it lies: {}", answer.err);
    assert_eq!(names(&panel), ["visit.hecha", side.as_str()]);

    fs::write(file, &good).unwrap();
    assert!(other.ok(&["sync", file]).out.contains("收到 1 个新提交"));
    assert_eq!(names(&panel), ["visit.hecha", side.as_str()], "another's side file is left alone");
    owner.ok(&["sync", file]);
    assert_eq!(names(&panel), ["visit.hecha"], "the owner's commits are in the file");
    assert_eq!(n_commits(&panel, 2, 1), n_commits(&panel, 1, 1));

    // Something else under the name of the side file is nobody's to overwrite.
    fs::write(panel.share().join(&side), "私人笔记").unwrap();
    fs::write(file, "<html>请登录</html>").unwrap();
    let answer = owner.refuses(3, &["sync", file]);
    assert!(!answer.err.contains(&side), "no side file was left, none is claimed: {}", answer.err);
    fs::write(file, &good).unwrap();
    owner.ok(&["sync", file]);
    assert_eq!(fs::read_to_string(panel.share().join(&side)).unwrap(), "私人笔记");
}

#[test]
fn own_leftovers_are_taken_away_once_delivered_and_others_stay() {
    let panel = Panel::settled(3);
    let file = panel.file.as_str();
    let [own, other] = [1, 2].map(|index| feed(&panel.laptops[index]));
    let good = panel.file_bytes();
    note(&panel, 1, "还没有写入");
    let put = |name: &str, bytes: &[u8]| fs::write(panel.share().join(name), bytes).unwrap();
    put(&format!("~${}ab.tmp", &own[..4]), &good);
    put(&format!("~${}cd.tmp", &own[..4]), &good[..good.len() / 3]);
    put(&format!("~${}ef.tmp", &own[..4]), b"");
    put(&format!("~${}gh.tmp", &own[..4]), &[0; 700]);
    put(&format!("~${}ij.lck", &own[..4]), b"{}");
    let stay = [
        format!("~${}kl.tmp", &other[..4]),
        format!("~${}mn.tmp", &own[..4]),
        "~$report.docx".to_owned(),
        format!("~${}.tmp", &own[..4]),
    ];
    put(&stay[0], &good);
    put(&stay[1], "不是我们的".as_bytes());
    put(&stay[2], b"x");
    put(&stay[3], &good);
    panel.laptops[1].ok(&["sync", file]);
    let mut expected: Vec<String> = stay.to_vec();
    expected.push("visit.hecha".to_owned());
    expected.sort();
    assert_eq!(names(&panel), expected);
}

#[test]
fn conflict_copies_are_taken_in_by_content_whatever_six_vendors_call_them() {
    let panel = Panel::settled(4);
    let file = panel.file.as_str();
    let start = panel.file_bytes();
    let vendors = [
        "visit-DESKTOP-7K2QF1A.hecha",
        "visit (陈思齐's conflicted copy 2026-11-21).hecha",
        "visit 2.hecha",
        "visit(冲突文件_chensiqi_2026-11-21 10.11.12).hecha",
        "visit(1).hecha",
        "visit_冲突副本_20261121101112.hecha",
        "visit (1).hecha",
        "visit.sync-conflict-20261121-101112-ABCDEFG.hecha",
        "副本 - visit.hecha.bak",
    ];
    for (n, name) in vendors.iter().enumerate() {
        let member = 1 + n % 3;
        note(&panel, member, &format!("第 {n} 次"));
        fs::write(file, &start).unwrap();
        open(&panel, member).sync_with(&FaultyDisk::calm()).unwrap();
        fs::rename(file, panel.share().join(name)).unwrap();
    }
    fs::write(file, &start).unwrap();
    panel.lead().ok(&["sync", file]);
    for (member, name) in PANEL.iter().enumerate().skip(1).take(3) {
        let own = n_commits(&panel, member, member);
        assert!(own >= 5, "{own}");
        assert_eq!(n_commits(&panel, 0, member), own, "{name}");
    }
    let mut expected: Vec<&str> = vendors.to_vec();
    expected.push("visit.hecha");
    expected.sort_unstable();
    assert_eq!(names(&panel), expected, "conflict copies belong to the user");
}

#[test]
fn a_broken_first_line_is_healed_and_what_is_below_it_taken_in() {
    let panel = Panel::settled(3);
    let file = panel.file.as_str();
    note(&panel, 2, "新的");
    panel.laptops[2].ok(&["sync", file]);
    let good = panel.file_bytes();
    for flip in [0, 5, 8, 12] {
        let mut bytes = good.clone();
        bytes[flip] ^= 4;
        fs::write(file, &bytes).unwrap();
        let answer = panel.laptops[1].ok(&["sync", file]);
        assert!(answer.err.contains("已用本机数据修复"), "byte {flip}: {}", answer.err);
        assert!(panel.file_bytes() == good, "byte {flip}");
    }
    assert_eq!(n_commits(&panel, 1, 2), n_commits(&panel, 2, 2), "taken in from below a broken first line");
}

#[test]
fn an_old_copy_put_back_makes_commits_pending_again_until_the_lead_has_them() {
    let panel = Panel::settled(2);
    let file = panel.file.as_str();
    let old = panel.file_bytes();
    note(&panel, 1, "写入后又被旧文件盖掉");
    let pending =
        |report: hecha::app::sync::report::SyncReport| (report.state.pending, report.state.receipted);
    let member = || open(&panel, 1);
    assert_eq!(member().sync().unwrap().state.pending, 0);
    fs::write(file, &old).unwrap();
    let disk = FaultyDisk::calm();
    let failure = member().sync_with(&RefusingDisk(&disk, Refuses::Changes("share"))).unwrap_err();
    assert!(failure.to_lines(Lang::Zh).join("\n").contains("本机待同步 1 "), "{failure:?}");
    assert_eq!(pending(member().sync().unwrap()), (0, 1));
    panel.lead().ok(&["sync", file]);
    assert_eq!(pending(member().sync().unwrap()), (0, 2));
    fs::write(file, &old).unwrap();
    let failure = member().sync_with(&RefusingDisk(&disk, Refuses::Changes("share"))).unwrap_err();
    let said = failure.to_lines(Lang::Zh).join("\n");
    assert!(said.contains("本机待同步 0 "), "what the lead has is delivered: {said}");
}

#[test]
fn read_only_media_give_what_they_hold_and_a_copy_takes_the_rest_elsewhere() {
    let panel = Panel::settled(3);
    let file = panel.file.as_str();
    note(&panel, 2, "别人的");
    panel.laptops[2].ok(&["sync", file]);
    note(&panel, 1, "自己的");
    let before = panel.file_bytes();
    let disk = FaultyDisk::calm();
    let failure = open(&panel, 1).sync_with(&RefusingDisk(&disk, Refuses::Changes("share"))).unwrap_err();
    assert!(failure.next.zh.contains("--to"), "{failure:?}");
    assert!(failure.next.en.contains("--in-place"), "{failure:?}");
    assert!(panel.file_bytes() == before && names(&panel) == ["visit.hecha"]);
    assert_eq!(n_commits(&panel, 1, 2), n_commits(&panel, 2, 2), "what could be read is taken in");

    let copy = panel.root.join("copy.hecha");
    let copy = copy.to_str().unwrap();
    let answer = panel.laptops[1].ok(&["sync", file, "--to", copy]);
    assert!(answer.out.contains(copy) && answer.out.contains("本机待同步 1 "), "{}", answer.out);
    assert!(panel.file_bytes() == before, "the shared file is not touched");
    let first = fs::read(copy).unwrap();
    panel.laptops[1].ok(&["sync", file, "--to", copy]);
    assert!(fs::read(copy).unwrap() == first, "the same commits give the same bytes");
    panel.laptops[1].refuses(1, &["sync", file, "--to", file]);
    let note_path = panel.root.join("note.hecha");
    fs::write(&note_path, "私人笔记").unwrap();
    panel.laptops[1].refuses(1, &["sync", file, "--to", note_path.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&note_path).unwrap(), "私人笔记");
    panel.laptops[1].refuses(2, &["sync", file, "--in-place", "--to", copy]);

    fs::copy(copy, panel.share().join("来自陈思齐.hecha")).unwrap();
    panel.lead().ok(&["sync", file]);
    assert_eq!(n_commits(&panel, 0, 1), n_commits(&panel, 1, 1), "the copy is a replica like any other");
    let answer = panel.laptops[1].ok(&["sync", file]);
    assert!(answer.out.contains("本机待同步 0 "), "{}", answer.out);
}

#[test]
fn a_copy_is_found_in_a_crowd_and_what_was_not_looked_at_is_told() {
    let panel = Panel::settled(3);
    let (file, [lead, author, ..]) = (panel.file.as_str(), &panel.laptops[..]) else { panic!() };
    let old = panel.file_bytes();
    let copies = ["visit (冲突).hecha", "visit-PC-2.bak", "Kopie von VISIT.HECHA"];
    for (index, copy) in copies.into_iter().enumerate() {
        fs::write(file, &old).unwrap();
        author.ok(&["score", file, &format!("TM-{:02}", index + 2), "--grade", "B"]);
        author.ok(&["sync", file]);
        fs::rename(file, panel.share().join(copy)).unwrap();
    }
    fs::write(file, &old).unwrap();
    for index in 0..20_000 {
        fs::write(panel.share().join(format!("IMG_{index:05}.JPG")), "").unwrap();
    }
    let told = lead.run(&["fsck", file]).out;
    assert!(copies.iter().filter(|copy| told.contains(*copy)).count() >= 2, "{told}");
    let answer = lead.ok(&["sync", file]);
    assert!(answer.out.contains("收到 3 个新提交"), "{answer:?}");
    assert!(answer.err.contains("有 20000 个名称不像副本的没有看"), "{answer:?}");
    assert_eq!(answer.err.matches("没有看").count(), 1, "once, however many rounds: {answer:?}");
}
