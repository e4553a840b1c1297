//! A visit with a passphrase, driven through the program: closed to everyone else, invisible to those who hold the key,
//! never plain again.

use std::{
    fs,
    io::{Read, Write},
    iter,
    path::{Path, PathBuf},
    process::Stdio,
};

use crate::support::{
    self, Answer, Laptop, PANEL, Panel, files_below, holds,
    keyring::{FIRST, Keyring, join, slot},
};
use age::{Decryptor, scrypt, secrecy::SecretString, x25519};
use hecha::{
    app::{
        home::Home,
        visit::passphrase::{self, Lock},
    },
    share::{
        code::base64,
        file::{self, envelope::VisitKey},
    },
};

const SECOND: &str = "second passphrase, quite another";
const WRONG: &str = "青禾镇 不是这个口令";

fn refuses_to_join(panel: &Panel, index: usize, more: &[&str]) -> Answer {
    let mut arguments = vec!["visit", "join", &panel.file, "--name", PANEL[index]];
    arguments.extend(more);
    panel.laptops[index].refuses(1, &arguments)
}

fn sync_all(panel: &Panel, n: usize) {
    for laptop in panel.laptops[..n].iter().chain(&panel.laptops[..n]) {
        laptop.ok(&["sync", &panel.file]);
    }
}

/// What a front end learns before it asks for a passphrase.
fn lock_of(panel: &Panel, index: usize) -> Lock {
    let home = Home::choose(Some(panel.laptops[index].home.clone())).unwrap();
    passphrase::lock_of(&home, Path::new(&panel.file)).unwrap()
}

/// The names of the files in the shared folder.
fn shared_files(panel: &Panel) -> Vec<String> {
    files_below(&panel.share())
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// What must not stand in the shared folder: who, where, what, and how the plain format looks.
fn assert_tells_nothing(panel: &Panel, more: &[&str]) {
    let plain = ["青禾镇", "TM-02", "\"k\":\"", "\"seen\"", "END ", "AGE-SECRET", FIRST, SECOND];
    for path in files_below(&panel.share()) {
        for secret in plain.iter().chain(&PANEL).chain(more) {
            assert!(!holds(&path, secret.as_bytes()), "{} tells {secret}", path.display());
        }
    }
}

/// Opens a file with nothing but the age crate, as the age tool would: first the slot, then what follows the first line.
fn opened_by_age(bytes: &[u8], passphrase: &str) -> Vec<u8> {
    opened_with(bytes, &key_by_age(bytes, passphrase))
}

/// The key in the slot of a file. It takes long, on purpose.
fn key_by_age(bytes: &[u8], passphrase: &str) -> x25519::Identity {
    let slot = file::header(bytes).unwrap().slot.unwrap();
    let mut with = scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
    with.set_max_work_factor(17);
    let key = decrypted(&base64::decode(&slot).unwrap(), &with);
    String::from_utf8(key).unwrap().parse().unwrap()
}

fn opened_with(bytes: &[u8], key: &x25519::Identity) -> Vec<u8> {
    let payload = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    decrypted(&bytes[payload..], key)
}

fn decrypted(bytes: &[u8], identity: &dyn age::Identity) -> Vec<u8> {
    let mut plain = Vec::new();
    let reader = Decryptor::new_buffered(bytes).unwrap().decrypt(iter::once(identity));
    reader.unwrap().read_to_end(&mut plain).unwrap();
    plain
}

#[test]
fn five_members_score_and_decide_behind_one_passphrase() {
    let keyring = Keyring::new();
    let panel = keyring.panel(5);
    let file = panel.file.as_str();
    for (laptop, grade) in panel.laptops.iter().zip(["B", "B", "A", "C", "B"]) {
        laptop.ok(&["score", file, "TM-02", "--grade", grade, "--note", "电池鼓包"]);
        laptop.ok(&["submit", file, "--yes"]);
    }
    panel.close(5);
    for laptop in &panel.laptops {
        let merged = laptop.json(&["merge", file, "--json"]);
        let row = merged["clauses"].as_array().unwrap().iter().find(|row| row["id"] == "TM-02").unwrap();
        let grades: Vec<&str> =
            row["votes"].as_array().unwrap().iter().map(|vote| vote["grade"].as_str().unwrap()).collect();
        assert_eq!(grades, ["B", "B", "A", "C", "B"]);
        let info = laptop.json(&["visit", "info", file, "--json"]);
        assert_eq!((&info["encrypted"], &info["key_held"]), (&true.into(), &true.into()));
        assert_eq!(info["sync"]["pending"], 0);
    }
    assert!(panel.lead().ok(&["visit", "info", file]).out.contains("密钥在本机"));
    let doctor = panel.lead().json(&["doctor", "--json"]);
    let line = doctor["checks"].as_array().unwrap().iter().find(|check| check["key"] == "encrypted").unwrap();
    assert_eq!(line["found"], "1");
    assert_tells_nothing(&panel, &["电池鼓包"]);

    // Encryption gives other bytes each time; a sync with nothing new still writes none.
    let before = panel.file_bytes();
    sync_all(&panel, 5);
    assert!(panel.file_bytes() == before, "a sync with nothing new wrote the file");
    assert_eq!(shared_files(&panel), ["visit.hecha"]);

    let plain = opened_by_age(&before, FIRST);
    let text = String::from_utf8(plain).unwrap();
    assert!(text.starts_with("HECHA1 {\"enc\":\"none\",") && text.contains("青禾镇卫生院"));
    assert!(text.lines().last().unwrap().starts_with("END "));
}

#[test]
fn without_the_passphrase_nobody_joins_and_nothing_changes() {
    let keyring = Keyring::new();
    let panel = keyring.panel(1);
    let before = panel.file_bytes();
    let missing = refuses_to_join(&panel, 1, &[]);
    assert!(missing.err.contains("口令"), "{missing:?}");
    let wrong = refuses_to_join(&panel, 1, &["--passphrase-file", &keyring.file(WRONG)]);
    assert!(wrong.err.contains("口令不对"), "{wrong:?}");
    let no_file = panel.root.join("none");
    refuses_to_join(&panel, 1, &["--passphrase-file", no_file.to_str().unwrap()]);
    for bytes in [&b""[..], b"\n", b"\xff\xfe", &[b'x'; 2_000]] {
        let bad = panel.root.join("bad");
        fs::write(&bad, bytes).unwrap();
        refuses_to_join(&panel, 1, &["--passphrase-file", bad.to_str().unwrap()]);
    }
    let not_joined = panel.laptops[1].refuses(1, &["visit", "info", &panel.file]);
    assert!(not_joined.err.contains("--passphrase-file"), "{not_joined:?}");
    assert_eq!(lock_of(&panel, 1), Lock::Asks);
    assert_eq!(lock_of(&panel, 0), Lock::Held);
    assert!(panel.file_bytes() == before);
    let doctor = panel.laptops[1].json(&["doctor", "--json"]);
    let visits = doctor["checks"].as_array().unwrap().iter().find(|check| check["key"] == "visits").unwrap();
    assert_eq!(visits["found"], "0", "a visit that did not open is not on this laptop");

    let mut command = panel.laptops[1].command();
    command.args(["visit", "join", &panel.file, "--name", PANEL[1], "--passphrase-file", "-"]);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(FIRST.as_bytes()).unwrap();
    let answer = Answer::of(child.wait_with_output().unwrap());
    assert_eq!(answer.code, Some(0), "{answer:?}");

    let mut command = panel.laptops[2].command();
    command.args(["visit", "join", &panel.file, "--name", PANEL[2]]).env("HECHA_PASSPHRASE", FIRST);
    assert_eq!(Answer::of(command.output().unwrap()).code, Some(0));
}

#[test]
fn a_passphrase_that_is_too_short_founds_nothing() {
    let keyring = Keyring::new();
    let folder = support::new_folder();
    let laptop = Laptop::new(folder.path().join("home"));
    let file = folder.path().join("visit.hecha");
    let mut arguments = vec!["visit", "create", file.to_str().unwrap(), "--facility", "青禾镇卫生院"];
    arguments.extend(["--profile", "township", "--stage", "county", "--date", "2026-11-21"]);
    let short = keyring.file("hecha 2026!");
    arguments.extend(["--lead", "林若安:医疗:主任医师", "--passphrase-file", &short]);
    laptop.refuses(1, &arguments);
    assert!(!file.exists());
}

#[test]
fn a_damaged_encrypted_file_is_healed_by_whoever_holds_the_key() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let file = panel.file.as_str();
    let healer = &panel.laptops[1];
    sync_all(&panel, 2);
    let good = panel.file_bytes();
    let key = key_by_age(&good, FIRST);
    let wanted = opened_with(&good, &key);
    let header = good.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let flipped = |at: usize| {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        bytes
    };
    let damaged = [
        Vec::new(),
        vec![0; good.len()],
        good[..20].to_vec(),
        good[..header - 1].to_vec(),
        good[..header].to_vec(),
        good[..header + 100].to_vec(),
        good[..good.len() / 2].to_vec(),
        good[..good.len() - 1].to_vec(),
        [good.as_slice(), b"more"].concat(),
        flipped(header + 2),
        flipped(header + 40),
        flipped(header + 90),
        flipped(header + 1_000),
        flipped(good.len() - 1),
        flipped(header - 100),
        flipped(3),
        flipped(header - 1),
    ];
    for (case, bytes) in damaged.iter().enumerate() {
        fs::write(file, bytes).unwrap();
        if case % 5 == 3 {
            let joined = join(&panel, 4, &keyring.file(FIRST));
            assert_eq!(joined.code, Some(3), "{case}: joined a damaged file, {joined:?}");
        }
        healer.ok(&["sync", file]);
        let healed = panel.file_bytes();
        // The slot is that of before, so the passphrase still gives that key.
        assert_eq!(slot(&panel), file::header(&good).unwrap().slot, "{case}");
        assert!(opened_with(&healed, &key) == wanted, "{case}: not the commits from before");
    }
    assert_eq!(shared_files(&panel), ["visit.hecha"]);
    assert_tells_nothing(&panel, &[]);
}

#[test]
fn a_changed_passphrase_holds_for_newcomers_and_nobody_else_notices() {
    let keyring = Keyring::new();
    let panel = keyring.panel(3);
    let file = panel.file.as_str();
    let (first, second) = (keyring.file(FIRST), keyring.file(SECOND));
    sync_all(&panel, 3);
    let stale = panel.file_bytes();
    let refused = panel.laptops[1].refuses(1, &["visit", "passphrase", file, "--passphrase-file", &second]);
    assert!(refused.err.contains("组长"), "{refused:?}");
    panel.lead().refuses(2, &["visit", "passphrase", file]);
    panel.lead().refuses(1, &["visit", "passphrase", file, "--passphrase-file", &keyring.file("short")]);
    assert!(panel.file_bytes() == stale);

    panel.lead().ok(&["visit", "passphrase", file, "--passphrase-file", &second]);
    assert_ne!(slot(&panel), file::header(&stale).unwrap().slot);
    let wrong = refuses_to_join(&panel, 3, &["--passphrase-file", &first]);
    assert!(wrong.err.contains("口令不对"), "{wrong:?}");
    assert_eq!(join(&panel, 3, &second).code, Some(0));
    let newest = slot(&panel);
    for laptop in &panel.laptops[1..3] {
        laptop.ok(&["score", file, "TM-02", "--grade", "B"]);
        laptop.ok(&["sync", file]);
        assert_eq!(slot(&panel), newest, "a member brought the old slot back");
    }

    // A cloud folder brings back the file from before, with the old slot. The next sync mends it.
    fs::write(file, &stale).unwrap();
    panel.laptops[2].ok(&["sync", file]);
    assert_eq!(slot(&panel), newest);
    refuses_to_join(&panel, 4, &["--passphrase-file", &first]);

    // The key stays the same: this is what a change does not do, and the documentation says so.
    assert!(opened_by_age(&stale, FIRST).starts_with(b"HECHA1"));
}

#[test]
fn who_missed_that_a_passphrase_was_set_cannot_make_the_file_plain_again() {
    let keyring = Keyring::new();
    let panel = Panel::small(3, &[]);
    let file = panel.file.as_str();
    let passphrase = keyring.file(FIRST);
    sync_all(&panel, 3);
    assert_eq!(lock_of(&panel, 1), Lock::Open);
    let plain = panel.file_bytes();
    let (missed, told) = (&panel.laptops[1], &panel.laptops[2]);
    missed.ok(&["score", file, "TM-02", "--grade", "B", "--note", "电池鼓包"]);
    let unneeded = told.ok(&["sync", file, "--passphrase-file", &passphrase]);
    assert!(unneeded.err.contains("口令没有用到"), "{unneeded:?}");

    panel.lead().ok(&["visit", "passphrase", file, "--passphrase-file", &passphrase]);
    let sealed = panel.file_bytes();
    assert_tells_nothing(&panel, &[]);
    let refused = missed.refuses(1, &["sync", file]);
    assert!(refused.err.contains("--passphrase-file"), "{refused:?}");
    missed.refuses(1, &["sync", file, "--passphrase-file", &keyring.file(WRONG)]);
    assert!(panel.file_bytes() == sealed);
    assert_eq!(shared_files(&panel), ["visit.hecha"], "a side file would be plain");
    assert!(missed.ok(&["visit", "info", file]).out.contains("要给一次口令"));

    // Not even when the encrypted file is gone, or an old plain one is back.
    fs::remove_file(file).unwrap();
    missed.refuses(1, &["sync", file]);
    assert_eq!(shared_files(&panel), Vec::<String>::new());
    fs::write(file, &plain).unwrap();
    missed.refuses(1, &["sync", file]);
    assert!(panel.file_bytes() == plain, "its commits went into a plain file");
    missed.refuses(1, &["visit", "passphrase", file, "--passphrase-file", &passphrase]);

    // Who holds the key makes it encrypted again; the passphrase once, and nothing is lost.
    panel.lead().ok(&["sync", file]);
    assert_tells_nothing(&panel, &[]);
    missed.ok(&["sync", file, "--passphrase-file", &passphrase]);
    told.ok(&["sync", file, "--passphrase-file", &passphrase]);
    sync_all(&panel, 3);
    for laptop in &panel.laptops[..3] {
        assert_eq!(laptop.json(&["visit", "info", file, "--json"])["sync"]["pending"], 0);
    }
    missed.ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["sync", file]);
    let info = panel.lead().json(&["visit", "info", file, "--json"]);
    assert_eq!((&info["members"][1]["status"], &info["encrypted"]), (&"submitted".into(), &true.into()));
    assert_tells_nothing(&panel, &["电池鼓包"]);
}

#[test]
fn an_encrypted_copy_beside_a_plain_file_holds_back_who_has_no_key() {
    let keyring = Keyring::new();
    let panel = Panel::small(2, &[]);
    let file = panel.file.as_str();
    sync_all(&panel, 2);
    let plain = panel.file_bytes();
    panel.lead().ok(&["visit", "passphrase", file, "--passphrase-file", &keyring.file(FIRST)]);
    fs::rename(file, panel.share().join("visit (conflicted copy).hecha")).unwrap();
    fs::write(file, &plain).unwrap();
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B"]);
    panel.laptops[1].refuses(1, &["sync", file]);
    assert!(panel.file_bytes() == plain);
    panel.lead().ok(&["sync", file]);
    assert!(slot(&panel).is_some());
}

#[test]
fn a_forged_header_holds_a_laptop_back_only_until_the_lead_is_asked() {
    let panel = Panel::small(2, &[]);
    let file = panel.file.as_str();
    sync_all(&panel, 2);
    let plain = panel.file_bytes();
    let visit = file::header(&plain).unwrap().visit;
    let slot = VisitKey::generate().lock("the attacker's own").unwrap();
    fs::write(file, file::enclose(&visit, b"", &slot)).unwrap();
    panel.laptops[1].refuses(1, &["sync", file]);
    fs::write(file, &plain).unwrap();
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B"]);
    panel.laptops[1].refuses(1, &["sync", file]);
    panel.laptops[1].ok(&["visit", "passphrase", file, "--forget"]);
    panel.laptops[1].ok(&["sync", file]);
    assert!(panel.file_bytes() != plain);
    panel.laptops[1].refuses(1, &["visit", "passphrase", file, "--forget"]);
}

#[test]
fn a_file_under_another_key_is_never_touched() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let file = panel.file.as_str();
    sync_all(&panel, 2);
    let plain = opened_by_age(&panel.file_bytes(), FIRST);
    let visit = file::header(&plain).unwrap().visit;
    let key = VisitKey::generate();
    let mut theirs = file::enclose(&visit, b"", &key.lock(SECOND).unwrap());
    theirs.extend(key.seal(&plain).unwrap());
    fs::write(file, &theirs).unwrap();
    panel.laptops[1].ok(&["score", file, "TM-02", "--grade", "B", "--note", "电池鼓包"]);
    let refused = panel.laptops[1].refuses(1, &["sync", file]);
    assert!(refused.err.contains("不是用本机的密钥"), "{refused:?}");
    assert!(panel.file_bytes() == theirs);
    let side: Vec<PathBuf> =
        files_below(&panel.share()).into_iter().filter(|path| path != Path::new(file)).collect();
    assert_eq!(side.len(), 1, "its commits wait beside the file");
    assert_tells_nothing(&panel, &["电池鼓包"]);

    // The next one finds them there.
    fs::remove_file(file).unwrap();
    let report = panel.lead().ok(&["sync", file]);
    assert!(report.out.contains("收到 1 个新提交"), "{report:?}");
}

#[test]
fn a_check_reads_an_encrypted_file_with_the_key_and_says_so_without() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let result = |laptop: &support::Laptop| {
        let answer = laptop.run(&["fsck", panel.file.as_str(), "--json"]);
        let value: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
        (answer.code.unwrap(), value["result"].as_str().unwrap().to_owned(), value["lines"]["valid"].clone())
    };
    panel.lead().ok(&["sync", &panel.file]);
    let (code, word, n_valid) = result(panel.lead());
    assert_eq!((code, word.as_str()), (0, "clean"));
    assert!(n_valid.as_u64().unwrap() >= 3, "the lines inside are read: {n_valid}");
    let stranger = support::Laptop::new(panel.root.join("stranger"));
    assert_eq!(result(&stranger).0, 4, "without the key it needs a person");
    // A copy beside it is read too.
    std::fs::copy(&panel.file, panel.share().join("visit (冲突副本).hecha")).unwrap();
    let value = panel.lead().json(&["fsck", &panel.file, "--json"]);
    assert_eq!(value["others"][0]["class"], "sound");
    // The last byte is the tag of the last chunk: all of it is damaged, and the store has it.
    let mut bytes = panel.file_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&panel.file, bytes).unwrap();
    let (code, word, _) = result(panel.lead());
    assert_eq!((code, word.as_str()), (1, "repairable"));
    panel.lead().ok(&["sync", &panel.file]);
    assert_eq!(result(panel.lead()).0, 0);
}
