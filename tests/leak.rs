//! Before a ballot is submitted (and under `on-close` until the lead closes), nothing of it can be read anywhere else: every byte
//! of every other home and of the share is searched, and everything that other laptops print.

use std::{fs, path::Path};

use data_encoding::{BASE64, BASE64URL, Encoding};
use hecha::share::folder::{backup, disk::RealDisk};

use crate::support::{Laptop, PANEL, Panel, files_below};

/// What a member records, so odd that it cannot be there by chance.
#[derive(Clone, Copy)]
struct Secrets {
    reason: &'static str,
    note: &'static str,
    caption: &'static str,
    name: &'static str,
    photo: &'static str,
    /// The vote as it stands in an edit; nobody else gives this grade with a reason.
    vote: &'static str,
}

const FIRST: Secrets = Secrets {
    reason: "药房温度计失准ZK4402",
    note: "除颤仪电池鼓包QX7731",
    caption: "第二层抽屉里VB9164",
    name: "抢救车UJ5520.pdf",
    photo: "%PDF-1.7 口服药过期YT3308 %%EOF",
    vote: r#""v":{"grade":"D","why":"药"#,
};

const AFTER_REOPENING: Secrets = Secrets {
    reason: "冷藏箱无记录HN6075",
    note: "急诊登记缺页RW2819",
    caption: "登记本第九页FD8446",
    name: "登记本CM1197.pdf",
    photo: "%PDF-1.7 签字不全LS0653 %%EOF",
    vote: r#""v":{"grade":"D","why":"冷"#,
};

/// A byte sequence that would give a secret away, as text with one character a byte, and how it was written.
struct Trace {
    what: String,
    bytes: String,
}

/// Bytes as text, so that the standard library's search can be used.
fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

impl Secrets {
    fn all(&self) -> [&'static str; 6] {
        [self.reason, self.note, self.caption, self.name, self.photo, self.vote]
    }

    fn traces(&self) -> Vec<Trace> {
        self.all().into_iter().flat_map(traces).collect()
    }
}

/// The ways in which a text may stand in a file.
fn traces(secret: &str) -> Vec<Trace> {
    let wide = |order: fn(u16) -> [u8; 2]| -> Vec<u8> { secret.encode_utf16().flat_map(order).collect() };
    let escaped = |upper: bool| -> Vec<u8> {
        let escape = |unit: u16| match u8::try_from(unit) {
            Ok(b'"') => "\\\"".to_owned(),
            Ok(ascii) if ascii < 128 => char::from(ascii).to_string(),
            _ if upper => format!("\\u{unit:04X}"),
            _ => format!("\\u{unit:04x}"),
        };
        secret.encode_utf16().map(escape).collect::<String>().into_bytes()
    };
    let quoted = serde_json::to_string(secret).unwrap();
    let mut forms: Vec<(String, Vec<u8>)> = vec![
        ("UTF-8".to_owned(), secret.into()),
        ("JSON in JSON".to_owned(), quoted[1..quoted.len() - 1].into()),
        ("UTF-16LE".to_owned(), wide(u16::to_le_bytes)),
        ("UTF-16BE".to_owned(), wide(u16::to_be_bytes)),
        ("JSON escaped".to_owned(), escaped(false)),
        ("JSON ESCAPED".to_owned(), escaped(true)),
    ];
    for shift in 0..3 {
        for (name, encoding) in [("base64", BASE64), ("base64url", BASE64URL)] {
            forms.push((format!("{name} at {shift}"), inner_base64(&encoding, secret.as_bytes(), shift)));
        }
    }
    let trace = |(form, bytes): (String, Vec<u8>)| Trace {
        what: format!("{secret} as {form}"),
        bytes: as_text(&bytes),
    };
    forms.into_iter().map(trace).collect()
}

/// The signs that base64 gives these bytes when so many others stand before them: without the first and last, which depend
/// on the neighbours.
fn inner_base64(encoding: &Encoding, bytes: &[u8], shift: usize) -> Vec<u8> {
    let mut padded = vec![0; shift];
    padded.extend(bytes);
    let encoded = encoding.encode(&padded);
    let first = [0, 2, 3][shift];
    let whole = padded.len() * 8 / 6;
    encoded.as_bytes()[first..whole].to_vec()
}

fn assert_none(text: &[u8], traces: &[Trace], place: &str) {
    let text = as_text(text);
    for trace in traces {
        assert!(!text.contains(&trace.bytes), "{} stands in {place}", trace.what);
    }
}

/// Searches every file but those of one home; packed generations are unpacked.
fn assert_unreadable(panel: &Panel, author: &Laptop, secrets: Secrets, when: &str) {
    let traces = secrets.traces();
    let mut n_files = 0;
    for path in files_below(&panel.root).into_iter().filter(|path| !path.starts_with(&author.home)) {
        if path.starts_with(panel.root.join("card")) || path.starts_with(panel.root.join("out")) {
            continue;
        }
        n_files += 1;
        let place = format!("{} {when}", path.display());
        assert_none(&fs::read(&path).unwrap(), &traces, &place);
        assert_none(path.to_str().unwrap().as_bytes(), &traces, "a name");
        if path.extension().is_some_and(|extension| extension == "zst") {
            assert_none(&backup::read(&RealDisk, &path).unwrap(), &traces, &place);
        }
    }
    assert!(n_files >= 5, "the search finds its places");
}

/// Everything that the other laptops can be asked to show.
fn assert_untold(panel: &Panel, author: usize, secrets: Secrets, when: &str) {
    for index in (0..3).filter(|index| *index != author) {
        assert_untold_by(panel, index, secrets, when);
    }
}

/// Everything that one laptop can be asked to show.
fn assert_untold_by(panel: &Panel, index: usize, secrets: Secrets, when: &str) {
    let laptop = &panel.laptops[index];
    let file = panel.file.as_str();
    let traces = secrets.traces();
    let out = panel.root.join("out");
    let out_text = out.to_str().unwrap();
    let formats = ["md", "json", "csv"]
        .map(|format| vec!["report", file, "--format", format, "--out", out_text, "--names"]);
    let mut commands = vec![
        vec!["visit", "info", file],
        vec!["visit", "info", file, "--json"],
        vec!["merge", file],
        vec!["merge", file, "--json"],
        vec!["result", file],
        vec!["result", file, "--json"],
        vec!["agreement", file],
        vec!["agreement", file, "--json"],
        vec!["evidence", "list", file],
        vec!["evidence", "list", file, "--json"],
        vec!["evidence", "export", file, "--out", out_text],
        vec!["fsck", file],
        vec!["fsck", file, "--json"],
        vec!["restore", file],
        vec!["restore", file, "--json"],
        vec!["sync", file],
        vec!["doctor"],
    ];
    commands.extend(formats);
    let mut n_answered = 0;
    for command in &commands {
        let answer = laptop.run(command);
        n_answered += usize::from(answer.code == Some(0));
        let place = format!("what laptop {index} says to {command:?} {when}");
        assert_none(answer.out.as_bytes(), &traces, &place);
        assert_none(answer.err.as_bytes(), &traces, &place);
    }
    assert!(n_answered > commands.len() / 2, "laptop {index} answers {n_answered}");
    let written = if out.exists() { files_below(&out) } else { Vec::new() };
    for path in written {
        assert_none(&fs::read(&path).unwrap(), &traces, &format!("{} {when}", path.display()));
        fs::remove_file(path).unwrap();
    }
}

/// A member votes, notes and attaches.
fn vote(panel: &Panel, author: &Laptop, secrets: Secrets) {
    let file = panel.file.as_str();
    let card = panel.root.join("card");
    fs::create_dir_all(&card).unwrap();
    let photo = card.join(secrets.name);
    fs::write(&photo, secrets.photo).unwrap();
    author.ok(&["score", file, "TM-02", "--grade", "D", "--reason", secrets.reason, "--note", secrets.note]);
    author.ok(&["evidence", "add", file, "TM-02", photo.to_str().unwrap(), "--caption", secrets.caption]);
}

fn sync_all(panel: &Panel) {
    for index in [1, 2, 0, 1, 2] {
        panel.laptops[index].ok(&["sync", &panel.file]);
    }
}

/// The file is away and something else lies there: commits go beside it.
fn leave_side_files(panel: &Panel, author: &Laptop) {
    let good = panel.file_bytes();
    fs::write(&panel.file, "<html>请登录</html>").unwrap();
    author.refuses(3, &["sync", &panel.file]);
    fs::write(&panel.file, &good).unwrap();
    panel.laptops[2].ok(&["sync", &panel.file]);
}

fn assert_hidden(panel: &Panel, secrets: Secrets, when: &str) {
    let author = &panel.laptops[1];
    leave_side_files(panel, author);
    assert_unreadable(panel, author, secrets, when);
    sync_all(panel);
    assert_unreadable(panel, author, secrets, when);
    assert_untold(panel, 1, secrets, when);
    assert_unreadable(panel, author, secrets, when);
}

/// Whether a laptop's report shows what a member wrote.
fn is_told(panel: &Panel, laptop: &Laptop, secrets: Secrets) -> bool {
    let out = panel.root.join("shown");
    laptop.ok(&["report", &panel.file, "--format", "json,md", "--out", out.to_str().unwrap(), "--names"]);
    let told: String = files_below(&out).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    fs::remove_dir_all(out).unwrap();
    told.contains(secrets.reason) && told.contains(secrets.note)
}

#[test]
fn a_ballot_cannot_be_read_before_it_is_submitted_nor_after_it_was_reopened() {
    let panel = Panel::small(3, &[]);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    panel.laptops[2].ok(&["score", file, "TM-02", "--grade", "B"]);
    vote(&panel, author, FIRST);
    assert_hidden(&panel, FIRST, "while all score");
    panel.laptops[2].ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    assert_hidden(&panel, FIRST, "after the others submitted");

    author.ok(&["submit", file, "--yes"]);
    sync_all(&panel);
    assert!(is_told(&panel, panel.lead(), FIRST), "the search would find what is shown");
    panel.lead().ok(&["visit", "reopen", file, PANEL[1], "--reason", "补看现场"]);
    sync_all(&panel);
    vote(&panel, author, AFTER_REOPENING);
    assert_hidden(&panel, AFTER_REOPENING, "after the reopening");
    author.ok(&["submit", file, "--yes"]);
    sync_all(&panel);
    assert!(is_told(&panel, panel.lead(), AFTER_REOPENING));
}

#[test]
fn on_close_a_submitted_ballot_stays_sealed_until_the_lead_closes() {
    let panel = Panel::small_on_close(3, &[]);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    vote(&panel, author, FIRST);
    author.ok(&["submit", file, "--yes"]);
    assert_hidden(&panel, FIRST, "after submission");
    for index in [2, 0] {
        panel.laptops[index].ok(&["score", file, "TM-02", "--grade", "B"]);
        panel.laptops[index].ok(&["submit", file, "--yes"]);
    }
    assert_hidden(&panel, FIRST, "when all have submitted");
    panel.lead().ok(&["close", file, "--yes"]);
    sync_all(&panel);
    assert!(is_told(&panel, panel.lead(), FIRST), "the search would find what is shown");
}

#[test]
fn who_is_recused_from_a_clause_is_told_nothing_of_it() {
    let panel = Panel::small(3, &["--recuse", &format!("{}:TM-02:亲属在该科", PANEL[2])]);
    let file = panel.file.as_str();
    vote(&panel, &panel.laptops[1], FIRST);
    panel.lead().ok(&["score", file, "TM-02", "--grade", "B"]);
    for laptop in panel.laptops.iter().take(3) {
        laptop.ok(&["submit", file, "--yes"]);
    }
    sync_all(&panel);
    panel.lead().ok(&["decide", file, "TM-02", "C", "--reason", "两票相差"]);
    sync_all(&panel);
    assert!(is_told(&panel, panel.lead(), FIRST), "the search would find what is shown");
    assert_untold_by(&panel, 2, FIRST, "to the recused");

    let clause = |laptop: &Laptop| {
        let result = laptop.json(&["result", file, "--json"]);
        let clauses = result["clauses"].as_array().unwrap().clone();
        clauses.into_iter().find(|clause| clause["id"] == "TM-02").unwrap()
    };
    let (seen, withheld) = (clause(panel.lead()), clause(&panel.laptops[2]));
    assert_eq!((&seen["verdict"], &seen["votes"]["D"]), (&"C".into(), &1.into()));
    assert!(
        withheld["verdict"].is_null() && withheld["n_valid"] == 0 && withheld["reason"] == "",
        "{withheld}"
    );
    assert_eq!(withheld["votes"]["D"], 0);
    let agreement = |laptop: &Laptop| laptop.json(&["agreement", file, "--json"])["n_units"].clone();
    assert_eq!(agreement(panel.lead()), 1);
    assert_eq!(agreement(&panel.laptops[2]), 0, "no statistic rests on the clause");
}

#[test]
fn the_search_finds_every_form_it_looks_for() {
    for secret in FIRST.all() {
        let edit = format!("{{\"k\":\"x\",\"t\":{}}}", serde_json::to_string(secret).unwrap());
        let found = |bytes: &[u8], form: &str| {
            let text = as_text(bytes);
            traces(secret).iter().any(|it| it.what.ends_with(form) && text.contains(&it.bytes))
        };
        assert!(found(edit.as_bytes(), "JSON in JSON"));
        for before in 0..3 {
            let plain = [&vec![b'x'; before][..], secret.as_bytes(), b"yz"].concat();
            assert!(found(&plain, "UTF-8"));
            assert!(
                found(BASE64.encode(&plain).as_bytes(), &format!("base64 at {before}")),
                "{secret} {before}"
            );
            assert!(
                found(BASE64URL.encode(&plain).as_bytes(), &format!("base64url at {before}")),
                "{secret} {before}"
            );
        }
        let utf16: Vec<u8> = format!("a{secret}b").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(found(&utf16, "UTF-16LE"));
    }
}

#[test]
fn the_authors_own_home_is_where_it_stands() {
    let panel = Panel::small(2, &[]);
    let author = &panel.laptops[1];
    vote(&panel, author, FIRST);
    let own: String = files_below(&author.home)
        .iter()
        .map(|path: &std::path::PathBuf| as_text(&fs::read(path).unwrap()))
        .collect();
    for secret in [FIRST.reason, FIRST.note, FIRST.caption, FIRST.name, FIRST.vote] {
        assert!(own.contains(&as_text(secret.as_bytes())), "{secret}");
    }
    assert!(Path::new(&panel.file).exists());
}
