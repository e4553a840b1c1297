//! Damage of a laptop's database that has a way out: it is told by `doctor` and `fsck` with what is lost and what to do, what the
//! words promise happens, and what nobody needs is told and swept.

use std::{fs, path::Path, time::Duration};

use hecha::{domain::terms::id::VisitId, share::file::commit::Commit, store::Store};
use rusqlite::{Connection, ToSql};
use serde_json::Value;

use crate::support::{
    Laptop, MEMBERS, PANEL, Panel,
    keyring::{FIRST, Keyring, key},
};

fn change(laptop: &Laptop, sql: &str, values: impl rusqlite::Params) {
    let connection = Connection::open(laptop.home.join("hecha.db")).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    assert!(connection.execute(sql, values).unwrap() > 0, "{sql}");
}

fn column<T: rusqlite::types::FromSql>(laptop: &Laptop, sql: &str) -> T {
    Connection::open(laptop.home.join("hecha.db")).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

fn text(it: &Value, key: &str) -> String {
    it[key].as_str().unwrap().to_owned()
}

/// The damage that `doctor` tells: what, and what becomes of it.
fn told_by_doctor(laptop: &Laptop) -> Vec<(String, String)> {
    let checked: Value = serde_json::from_str(&laptop.run(&["doctor", "--json"]).out).unwrap();
    let damages = checked["damages"].as_array().unwrap().iter();
    damages.map(|it| (text(it, "kind"), text(it, "fate"))).collect()
}

/// The same; `fsck` says it of the one visit.
fn told(panel: &Panel, laptop: &Laptop) -> Vec<(String, String)> {
    let damages = told_by_doctor(laptop);
    let by_fsck: Value = serde_json::from_str(&laptop.run(&["fsck", &panel.file, "--json"]).out).unwrap();
    let kinds: Vec<String> =
        by_fsck["findings"].as_array().unwrap().iter().map(|it| text(it, "kind")).collect();
    for (kind, _) in &damages {
        assert!(kinds.contains(kind), "{kind} is told by doctor and not by fsck: {kinds:?}");
    }
    let code = laptop.run(&["doctor"]).code;
    assert_eq!(code, Some(if damages.is_empty() { 0 } else { 3 }), "{damages:?}");
    damages
}

fn is(kind: &str, fate: &str) -> Vec<(String, String)> {
    vec![(kind.to_owned(), fate.to_owned())]
}

/// A panel of three; the second has a vote in the file.
fn panel() -> Panel {
    let panel = Panel::small(3, &[]);
    panel.laptops[1].ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
    panel.sync_all(3);
    panel.sync_all(3);
    panel
}

fn code_of(panel: &Panel, laptop: &Laptop) -> String {
    let shown = laptop.ok(&["visit", "recovery", &panel.file]).out;
    shown.split("--recovery ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// Whether the file has a fork, a bad line, or is otherwise not clean for the lead but for laptops nobody compared yet.
fn is_clean(panel: &Panel) -> bool {
    panel.lead().ok(&["sync", &panel.file]);
    panel.lead().run(&["fsck", &panel.file]).code == Some(0)
}

#[test]
fn a_visit_without_its_founding_waits_for_the_file_and_opens_with_it() {
    let panel = panel();
    let member = &panel.laptops[1];
    assert_eq!(told(&panel, member), []);
    let away = panel.root.join("away");
    fs::rename(panel.share(), &away).unwrap();
    fs::remove_dir_all(member.home.join("backups")).unwrap();
    change(member, "UPDATE commits SET rest = replace(rest, '青禾镇', '青禾县') WHERE id = visit", []);
    for _ in 0..2 {
        let refused = member.refuses(3, &["score", &panel.file, "TM-03", "--grade", "A"]);
        assert!(refused.err.contains("建立核查的记录"), "{refused:?}");
    }
    fs::rename(&away, panel.share()).unwrap();
    assert_eq!(told(&panel, member), is("store-founding", "mended"));
    member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
    member.ok(&["sync", &panel.file]);
    assert_eq!(told(&panel, member), []);
    assert!(is_clean(&panel));
    change(member, "DELETE FROM commits WHERE id = visit", []);
    assert_eq!(told(&panel, member), is("store-founding", "mended"));
    member.ok(&["sync", &panel.file]);
}

/// The lead's laptop with a second visit founded with the same checklist, and where its file is.
fn with_a_second_visit(panel: &Panel) -> std::path::PathBuf {
    let second = panel.root.join("other/second.hecha");
    fs::create_dir(panel.root.join("other")).unwrap();
    let mut create = vec!["visit", "create", second.to_str().unwrap(), "--facility", "红岩镇卫生院"];
    create.extend(["--profile", "small", "--stage", "county", "--date", "2026-11-22"]);
    create.extend(["--lead", MEMBERS[0], "--member", MEMBERS[1], "--member", MEMBERS[2]]);
    panel.lead().ok(&create);
    assert_eq!(column::<i64>(panel.lead(), "SELECT count(*) FROM content"), 1, "one checklist of two visits");
    second
}

#[test]
fn a_checklist_that_two_visits_share_is_healed_for_both_when_one_has_its_file() {
    let panel = panel();
    let lead = panel.lead();
    let second = with_a_second_visit(&panel);
    fs::remove_file(&second).unwrap();
    let second = second.to_str().unwrap();
    let _ = fs::remove_dir_all(lead.home.join("backups"));
    let kept: String = column(lead, "SELECT text FROM content");
    let both = || {
        let told = told_by_doctor(lead);
        let mut told: Vec<String> = told.into_iter().map(|(kind, fate)| format!("{kind} {fate}")).collect();
        told.sort();
        told
    };
    for damage in [
        "UPDATE content SET text = substr(text, 1, 999) || '优' || substr(text, 1001)",
        "DELETE FROM content",
        "UPDATE content SET id = 99, text = ''",
        "UPDATE content SET text = CAST(zeroblob(9) AS TEXT)",
    ] {
        let connection = Connection::open(lead.home.join("hecha.db")).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        assert_eq!(connection.execute(damage, []).unwrap(), 1);
        drop(connection);
        assert_eq!(both(), ["store-founding fatal", "store-founding mended"], "{damage}");
        lead.refuses(3, &["visit", "info", second]);
        lead.ok(&["visit", "info", &panel.file]);
        assert_eq!(both(), ["store-founding mended"], "{damage}: by the checklist of the other one");
        lead.ok(&["visit", "info", second]);
        assert_eq!(both(), [""; 0], "{damage}");
        assert_eq!(column::<String>(lead, "SELECT text FROM content"), kept, "once, and the right one");
    }
    // One that points elsewhere, with both files away.
    fs::rename(panel.share(), panel.root.join("away")).unwrap();
    change(lead, "INSERT INTO content (id, size, text) VALUES (1000, 1, 'x')", []);
    for content in ["1000", "1001", "NULL", "'x'"] {
        change(lead, &format!("UPDATE commits SET content = {content} WHERE id = visit"), []);
        for file in [&panel.file, second] {
            lead.ok(&["visit", "info", file]);
        }
        assert_eq!(column::<String>(lead, "SELECT text FROM content WHERE id <> 1000"), kept, "{content}");
    }
    fs::rename(panel.root.join("away"), panel.share()).unwrap();
    assert!(is_clean(&panel));
}

/// Changes the tables behind the back of an index.
fn behind(laptop: &Laptop, index: &str, sql: &str) {
    let open = || Connection::open(laptop.home.join("hecha.db")).unwrap();
    let schema = |sql: &str| {
        let connection = open();
        connection.pragma_update(None, "writable_schema", true).unwrap();
        assert_eq!(connection.execute(sql, []).unwrap(), 1, "{sql}");
    };
    let kept: (String, i64, String) = open()
        .query_row("SELECT tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?1", [index], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    schema(&format!("DELETE FROM sqlite_schema WHERE name = '{index}'"));
    change(laptop, sql, []);
    let (table, page, text) = kept;
    schema(&format!("INSERT INTO sqlite_schema VALUES ('index', '{index}', '{table}', {page}, '{text}')"));
}

#[test]
fn an_index_that_does_not_say_what_its_table_says_is_made_anew_at_the_next_opening() {
    let panel = panel();
    let member = &panel.laptops[1];
    let last = "seq = (SELECT max(seq) FROM commits)";
    let own = "seq = (SELECT max(seq) FROM own_edit)";
    for (index, sql) in [
        ("commits_in_order", format!("UPDATE commits SET seq = seq + 1000 WHERE {last}")),
        ("commits_in_order", "UPDATE commits SET n = n + 1000 WHERE n > 1".to_owned()),
        (
            "commits_in_order",
            format!("UPDATE commits SET n = n + 99 WHERE {last}; UPDATE commits SET n = n - 99 WHERE {last}"),
        ),
        ("own_edit_by_commit", format!("UPDATE own_edit SET n = n - 1 WHERE {own}")),
        (
            "own_edit_by_commit",
            format!("UPDATE own_edit SET n = n + 9 WHERE {own}; UPDATE own_edit SET n = n - 9 WHERE {own}"),
        ),
        ("own_edit_by_visit", format!("UPDATE own_edit SET visit = 'x' WHERE {own}")),
    ] {
        member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
        member.ok(&["sync", &panel.file]);
        // One that says what the table said before, while every row is as it was stored.
        if let Some((before, _)) = sql.split_once("; ") {
            change(member, before, []);
        }
        behind(member, index, sql.split("; ").last().unwrap());
        let kinds: Vec<String> = told_by_doctor(member).into_iter().map(|(kind, _)| kind).collect();
        assert!(kinds.contains(&"store-index".to_owned()), "{index}: {kinds:?}");
        // What is gone with it is told once.
        member.run(&["visit", "info", &panel.file]);
        let left = told_by_doctor(member);
        assert_eq!(left, [], "{index}: {sql}");
        member.ok(&["sync", &panel.file]);
        assert!(is_clean(&panel), "{index}: {sql}");
    }
}

#[test]
fn a_reason_that_was_changed_is_told_and_never_used() {
    let panel = panel();
    let lead = panel.lead();
    let visit: String = column(lead, "SELECT id FROM visit");
    let mut store = Store::open(&lead.home.join("hecha.db")).unwrap();
    let id = VisitId::new(&visit);
    for change_of in ["reason = '都同意'", "kind = 'parity'", "sum = NULL"] {
        store.keep_waiver(&id, "quorum", "县里同意").unwrap();
        assert_eq!(told(&panel, lead), []);
        change(lead, &format!("UPDATE waiver SET {change_of}"), []);
        assert_eq!(told(&panel, lead), is("store-waivers", "lost"), "{change_of}");
        assert_eq!(store.waivers(&id).unwrap(), []);
        lead.ok(&["sync", &panel.file]);
        assert_eq!(told(&panel, lead), [], "{change_of}");
    }
}

#[test]
fn a_vote_that_was_changed_before_it_was_synced_is_told_once_and_goes_to_nobody() {
    let panel = panel();
    let member = &panel.laptops[1];
    member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
    member.ok(&["score", &panel.file, "TM-05", "--grade", "B"]);
    change(
        member,
        "UPDATE own_edit SET json = replace(json, '\"A\"', '\"C\"') WHERE json LIKE '%TM-03%' AND n IS NULL",
        [],
    );
    assert_eq!(told(&panel, member), is("store-edits-changed", "lost"));
    let refused = member.run(&["sync", &panel.file]);
    assert_eq!(refused.code, Some(3), "{refused:?}");
    assert!(refused.err.contains("TM-03") && !refused.err.contains("TM-05"), "{refused:?}");
    member.ok(&["sync", &panel.file]);
    assert_eq!(told(&panel, member), []);
    let kept: Vec<String> =
        vec![column(member, "SELECT group_concat(json) FROM own_edit WHERE n IS NOT NULL")];
    assert!(kept[0].contains("TM-05") && !kept[0].contains("TM-03"));
    // One that is gone is told, too; a number that was changed is put right without a word.
    member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
    change(member, "UPDATE own_edit SET n = 1 WHERE n IS NULL", []);
    assert_eq!(told(&panel, member), is("store-numbers", "mended"));
    member.ok(&["visit", "info", &panel.file]);
    change(member, "DELETE FROM own_edit WHERE n IS NULL", []);
    assert_eq!(told(&panel, member), is("store-edits-gone", "lost"));
    assert_eq!(member.run(&["visit", "info", &panel.file]).code, Some(3));
    member.ok(&["visit", "info", &panel.file]);
}

#[test]
fn own_commits_that_are_gone_come_back_and_make_no_fork() {
    let panel = panel();
    let member = &panel.laptops[1];
    let own = "feed <> (SELECT feed FROM commits WHERE id = visit) AND feed = (SELECT feed FROM commits WHERE json LIKE '%陈思齐%' AND n = 1 AND id <> visit)";
    // The last one, the first one, all of them.
    for which in ["AND n = (SELECT max(n) FROM commits WHERE {own})", "AND n = 1", ""] {
        let which = which.replace("{own}", own);
        change(member, &format!("DELETE FROM commits WHERE {own} {which}"), []);
        assert!(
            told(&panel, member).contains(&("store-own-changed".to_owned(), "mended".to_owned())),
            "{which}"
        );
        member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
        member.ok(&["sync", &panel.file]);
        assert!(is_clean(&panel), "{which}");
    }
    // One that no file has: its votes are said again.
    member.ok(&["score", &panel.file, "TM-05", "--grade", "B"]);
    let elsewhere = panel.root.join("other/copy.hecha");
    fs::create_dir(panel.root.join("other")).unwrap();
    member.ok(&["sync", &panel.file, "--to", elsewhere.to_str().unwrap()]);
    change(
        member,
        &format!(
            "UPDATE commits SET json = json || ' ' WHERE {own} AND n = (SELECT max(n) FROM commits WHERE {own})"
        ),
        [],
    );
    member.ok(&["sync", &panel.file]);
    assert!(is_clean(&panel));
    assert_eq!(column::<i64>(member, "SELECT count(*) FROM own_edit WHERE n IS NULL"), 0);
}

#[test]
fn a_signature_that_was_changed_is_made_again_before_anything_goes_out() {
    let panel = panel();
    let member = &panel.laptops[1];
    member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
    let elsewhere = panel.root.join("other/copy.hecha");
    fs::create_dir(panel.root.join("other")).unwrap();
    member.ok(&["sync", &panel.file, "--to", elsewhere.to_str().unwrap()]);
    fs::remove_dir_all(panel.root.join("other")).unwrap();
    let whole: String = column(member, "SELECT signature FROM commits ORDER BY seq DESC LIMIT 1");
    change(
        member,
        "UPDATE commits SET signature = ?1 WHERE seq = (SELECT max(seq) FROM commits)",
        [&"B".repeat(86)],
    );
    assert_eq!(told(&panel, member), is("store-own-changed", "mended"));
    member.ok(&["sync", &panel.file]);
    assert!(String::from_utf8(panel.file_bytes()).unwrap().contains(&whole));
    assert!(is_clean(&panel));
}

#[test]
fn a_commit_that_somebody_put_into_the_database_goes_to_nobody() {
    let panel = panel();
    let member = &panel.laptops[1];
    let visit: String = column(member, "SELECT id FROM visit");
    // Well-formed, with the right hash, of a device that nobody knows and of the lead's; signed by nobody.
    let lead: String = column(member, "SELECT feed FROM commits WHERE id = visit");
    for (feed, n) in [("AAAAAAAAAAAA", 2), (lead.as_str(), 99)] {
        let previous = "A".repeat(43);
        let json = format!(
            "{{\"e\":[{{\"k\":\"declare\",\"text\":\"伪造\"}}],\"f\":\"{feed}\",\"l\":9,\"n\":{n},\"p\":\"{previous}\",\"seen\":[],\"t\":0,\"v\":1}}"
        );
        let id = Commit::id_of(Some(&VisitId::new(&visit)), &json);
        change(
            member,
            "INSERT INTO commits (visit, id, feed, n, signature, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            rusqlite::params![visit, id.as_str(), feed, n, "B".repeat(86), json],
        );
        assert_eq!(told(&panel, member), is("store-changed", "awaited"), "{feed}");
        member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
        member.ok(&["sync", &panel.file]);
        assert!(!String::from_utf8(panel.file_bytes()).unwrap().contains("伪造"), "{feed}");
        assert_eq!(told(&panel, member), [], "{feed}");
    }
    assert!(is_clean(&panel));
}

#[test]
fn keys_that_are_gone_come_back_by_the_recovery_code() {
    let panel = panel();
    let (lead, member) = (panel.lead(), &panel.laptops[1]);
    let code = code_of(&panel, member);
    change(member, "UPDATE visit SET ballot_key = x'0102'", []);
    assert_eq!(told(&panel, member), is("store-ballot-key", "mended"));
    member.ok(&["visit", "info", &panel.file]);
    // Without the code that is stored here the one on paper does.
    for sql in ["UPDATE visit SET ballot_key = zeroblob(32), recovery = zeroblob(16)", "DELETE FROM visit"] {
        change(member, sql, []);
        let join = ["visit", "join", &panel.file, "--name", PANEL[1]];
        assert_eq!(member.run(&join).code, Some(3), "{sql}");
        member.ok(&[&join[..], &["--recovery", &code]].concat());
        assert_eq!(told(&panel, member), [], "{sql}");
        assert_eq!(code_of(&panel, member), code);
        member.ok(&["score", &panel.file, "TM-03", "--grade", "A"]);
        member.ok(&["sync", &panel.file]);
        assert!(is_clean(&panel), "{sql}");
    }
    // The lead's device key stands in the founding; a member's stands nowhere.
    change(lead, "DELETE FROM device", []);
    assert_eq!(told(&panel, lead), is("store-device-key", "mended"));
    lead.ok(&["sync", &panel.file]);
    change(member, "UPDATE device SET secret = zeroblob(32)", []);
    assert_eq!(told(&panel, member), is("store-device-key", "fatal"));
    let before = panel.file_bytes();
    member.refuses(3, &["sync", &panel.file]);
    assert!(panel.file_bytes() == before);
}

#[test]
fn a_code_that_is_not_this_laptops_is_never_shown_and_a_name_that_is_not_is_put_right() {
    let panel = panel();
    let member = &panel.laptops[1];
    let code = code_of(&panel, member);
    change(member, "UPDATE visit SET recovery = randomblob(16)", []);
    assert_eq!(told(&panel, member), is("store-recovery-code", "lost"));
    member.ok(&["sync", &panel.file]);
    assert_ne!(member.run(&["visit", "recovery", &panel.file]).code, Some(70));
    assert!(!member.run(&["visit", "recovery", &panel.file]).out.contains("--recovery "));
    member.ok(&["visit", "join", &panel.file, "--name", PANEL[1], "--recovery", &code]);
    assert_eq!(told(&panel, member), []);
    for name in [Some(PANEL[2]), Some("谁"), None] {
        change(member, "UPDATE visit SET me = ?1", [&name as &dyn ToSql]);
        assert_eq!(told(&panel, member), is("store-name", "mended"), "{name:?}");
        let info = member.json(&["visit", "info", &panel.file, "--json"]);
        assert_eq!(info["me"].as_str(), Some(PANEL[1]), "{info:#}");
    }
}

#[test]
fn with_another_key_of_the_file_nothing_is_written() {
    let keyring = Keyring::new();
    let panel = keyring.panel(2);
    let member = &panel.laptops[1];
    let before = panel.file_bytes();
    let other = hecha::share::file::envelope::VisitKey::generate().to_text();
    for wrong in [other.as_str(), "x"] {
        member.ok(&["score", &panel.file, "TM-02", "--grade", "B"]);
        change(member, "UPDATE visit SET visit_key = ?1", [wrong]);
        assert_eq!(told(&panel, member), is("store-visit-key", "mended"));
        assert_ne!(member.run(&["sync", &panel.file]).code, Some(0));
        assert!(panel.file_bytes() == before, "nothing is written without the key");
        let passphrase = keyring.file(FIRST);
        member.ok(&["sync", &panel.file, "--passphrase-file", &passphrase]);
        assert_eq!(told(&panel, member), []);
        assert_eq!(key(&panel).to_text(), column::<String>(panel.lead(), "SELECT visit_key FROM visit"));
        fs::write(&panel.file, &before).unwrap();
    }
}

fn put_old(path: &Path, bytes: &[u8], days: u64) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
    let now = fs::metadata(path).unwrap().modified().unwrap();
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_modified(now - Duration::from_hours(days * 24)).unwrap();
}

#[test]
fn what_nobody_needs_is_told_and_goes_when_asked_and_ones_own_stays() {
    let panel = panel();
    let member = &panel.laptops[1];
    let visit: String = column(member, "SELECT id FROM visit");
    let evidence = member.home.join("evidence").join(&visit[..12]);
    let name = "ab".repeat(32);
    put_old(&member.home.join("~$abcd.tmp"), b"cut", 1);
    put_old(&member.home.join("~$new.tmp"), b"being written", 0);
    put_old(&evidence.join("others").join(&name), b"not its name", 0);
    put_old(&evidence.join("own").join(&name), b"not its name", 400);
    put_old(&member.home.join("backups/forgotten001/00000001-undated-x.hecha.zst"), b"old", 400);
    change(
        member,
        "INSERT INTO quarantine (visit, source, line, reason, text) SELECT visit, 'f', 1, 'signature does not verify', signature || ' ' || json FROM commit_line",
        [],
    );
    change(
        member,
        "INSERT INTO quarantine (visit, source, line, reason, text) VALUES ('gone', 'f', 1, 'not a commit', 'x')",
        [],
    );
    change(
        member,
        "INSERT INTO quarantine (visit, source, line, reason, text) VALUES ('gone', '', 0, 'own edit changed in the store', 'mine')",
        [],
    );
    let leftovers = |arguments: &[&str]| -> Vec<(String, u64, bool)> {
        let out = member.run(&[&["doctor", "--json"], arguments].concat()).out;
        let checked: Value = serde_json::from_str(&out).unwrap();
        let read = |it: &Value| {
            (
                it["kind"].as_str().unwrap().to_owned(),
                it["n"].as_u64().unwrap(),
                it["gone"].as_bool().unwrap(),
            )
        };
        checked["leftovers"].as_array().unwrap().iter().map(read).collect()
    };
    let n_commits: u64 = column::<i64>(member, "SELECT count(*) FROM commits").try_into().unwrap();
    let expected = |is_gone: bool| {
        let all: [(&str, u64, bool); 6] = [
            ("unfinished", 1, is_gone),
            ("bad-evidence", 1, is_gone),
            ("own-bad-evidence", 1, false),
            ("lines", n_commits, is_gone),
            ("orphans", 1, is_gone),
            ("folders", 1, false),
        ];
        all.map(|(kind, n, is_gone)| (kind.to_owned(), n, is_gone)).to_vec()
    };
    assert_eq!(leftovers(&[]), expected(false));
    assert_eq!(leftovers(&[]), expected(false), "without the flag nothing goes");
    assert!(member.ok(&["doctor"]).out.contains("--sweep"));
    assert_eq!(leftovers(&["--sweep"]), expected(true));
    let left: Vec<String> = leftovers(&[]).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(left, ["own-bad-evidence", "folders"]);
    assert!(member.home.join("~$new.tmp").exists(), "what may be being written stays");
    assert!(evidence.join("own").join(&name).exists());
    assert_eq!(column::<i64>(member, "SELECT count(*) FROM quarantine WHERE text = 'mine'"), 1);
    assert_eq!(told(&panel, member), []);
    member.ok(&["sync", &panel.file]);
    assert!(is_clean(&panel));
}

#[test]
fn a_pool_that_was_changed_is_told_and_mended_by_its_file() {
    let panel = Panel::small(1, &[]);
    let lead = panel.lead();
    let file = panel.root.join("pool.csv");
    fs::write(&file, "姓名,单位,职称,专业\n张三,县医院,护师,护理\n李四,县医院,主任医师,医疗\n").unwrap();
    let file = file.to_str().unwrap();
    lead.ok(&["pool", "import", file]);
    change(lead, "UPDATE pool_expert SET title = '主任护师' WHERE name = '张三'", []);
    lead.refuses(3, &["pool", "list"]);
    let doctor = lead.run(&["doctor"]);
    assert!(doctor.code == Some(3) && doctor.out.contains("--replace"), "{doctor:?}");
    lead.ok(&["pool", "import", file, "--replace"]);
    assert!(lead.ok(&["pool", "list"]).out.contains("护师"));
    assert_eq!(lead.run(&["doctor"]).code, Some(0));
}
