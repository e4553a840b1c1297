//! Before the lead's closing record nothing of a ballot can be read anywhere else, sealed or not, and after it not what was
//! taken back: every byte of every other home and of the share is searched, and everything that other laptops print. The
//! shares that come with a seal open it with a majority of the devices, and with no fewer.

use std::{fs, path::Path};

use data_encoding::{BASE64, BASE64URL, Encoding};
use hecha::{
    domain::{
        edit::{BallotKey, Share},
        terms::id::CommitId,
    },
    share::{
        file::seal,
        folder::{backup, disk::RealDisk},
        opening,
    },
};

use crate::support::{
    Laptop, PANEL, Panel, files_below, holds,
    insider::{Insider, device, offer_of, sealed_by},
};

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

const AFTER_UNSEALING: Secrets = Secrets {
    reason: "冷藏箱无记录HN6075",
    note: "急诊登记缺页RW2819",
    caption: "登记本第九页FD8446",
    name: "登记本CM1197.pdf",
    photo: "%PDF-1.7 签字不全LS0653 %%EOF",
    vote: r#""v":{"grade":"D","why":"冷"#,
};

const NEVER_COUNTED: Secrets = Secrets {
    reason: "输液架锈蚀KD3380",
    note: "值班表空白GP5127",
    caption: "走廊尽头左侧XE7248",
    name: "值班表TO9963.pdf",
    photo: "%PDF-1.7 交接无时刻AU4416 %%EOF",
    vote: r#""v":{"grade":"D","why":"输"#,
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
        vec!["log", file],
        vec!["log", file, "--json"],
        vec!["log", file, "TM-02"],
        vec!["log", file, "TM-02", "--json"],
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
fn a_ballot_cannot_be_read_before_the_closing_and_what_is_taken_back_not_even_then() {
    let panel = Panel::settled(3);
    panel.admit_all(3);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    panel.laptops[2].ok(&["score", file, "TM-02", "--grade", "B"]);
    vote(&panel, author, FIRST);
    assert_hidden(&panel, FIRST, "while all score");
    panel.laptops[2].ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    assert_hidden(&panel, FIRST, "after the others submitted");
    author.ok(&["submit", file, "--yes"]);
    assert!(holds(Path::new(file), br#""k":"shares""#), "the key is in the file, in shares");
    assert_hidden(&panel, FIRST, "when all have sealed");

    author.ok(&["unseal", file]);
    vote(&panel, author, AFTER_UNSEALING);
    assert_hidden(&panel, AFTER_UNSEALING, "after the seal was taken back");
    assert_hidden(&panel, FIRST, "after the seal was taken back");
    author.ok(&["submit", file, "--yes"]);
    assert_hidden(&panel, AFTER_UNSEALING, "sealed again");

    // What is scored while the file with the closing record is on its way stays sealed for good.
    author.ok(&["unseal", file]);
    let before = panel.file_bytes();
    author.ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["sync", file]);
    panel.lead().ok(&["close", file, "--yes"]);
    let closed = panel.file_bytes();
    fs::write(file, before).unwrap();
    author.ok(&["unseal", file]);
    vote(&panel, author, NEVER_COUNTED);
    author.ok(&["sync", file]);
    fs::write(panel.share().join("visit 2.hecha"), closed).unwrap();
    panel.close(3);
    assert!(is_told(&panel, panel.lead(), AFTER_UNSEALING), "the search would find what is shown");
    assert_hidden(&panel, NEVER_COUNTED, "after the closing, which does not name it");
}

/// Any two of three seats open what is sealed, one alone does not: with every share and key that one laptop can know taken
/// together, nothing that is sealed opens.
#[test]
fn fewer_devices_than_a_majority_read_no_byte() {
    let panel = Panel::settled(5);
    panel.admit_all(5);
    let (file, author) = (panel.file.as_str(), &panel.laptops[1]);
    vote(&panel, author, FIRST);
    author.ok(&["submit", file, "--yes"]);
    panel.sync_all(5);
    let offer = offer_of(&panel, 1);
    assert_eq!((offer.need, offer.seats.len()), (3, 5));
    let sealed = sealed_by(&panel, 1);
    assert!(!sealed.is_empty());
    let traces = FIRST.traces();
    let (id, visit) = (CommitId::new("offer"), Insider::on(&panel, 1).visit);
    let author = device(&panel.laptops[1]).feed();
    let origin = opening::Origin { visit: &visit, feed: &author };
    let shares: Vec<(u8, Share)> = panel
        .laptops
        .iter()
        .map(|laptop| {
            let release = opening::answer(&device(laptop), &id, origin, &offer).unwrap();
            (release.number, release.share.unwrap())
        })
        .collect();
    for of in 0_u32..(1 << 5) {
        let some: Vec<(u8, Share)> =
            shares.iter().enumerate().filter(|(at, _)| of & (1 << at) != 0).map(|(_, it)| *it).collect();
        let key = opening::join(&offer, origin, &some);
        assert_eq!(key.is_some(), of.count_ones() >= 3, "{of:b}");
        // What fewer have is neither the key nor anything that opens with it.
        let guesses = some.iter().map(|(_, share)| BallotKey(share.0));
        let opened = |key: &BallotKey| -> String {
            sealed.iter().filter_map(|(place, text)| seal::open(key, place.as_place(), text)).collect()
        };
        for guess in guesses {
            assert_eq!(opened(&guess), "");
        }
        match key {
            Some(key) => assert!(opened(&key).contains(FIRST.note), "the search would find what is open"),
            None => assert_none(&panel.file_bytes(), &traces, "the file"),
        }
    }
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
    panel.close(3);
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
