//! Seeds for the fuzz targets, taken from real files: every target has some.
//!
//! `HECHA_FUZZ=1 cargo test --test runner fuzz_seeds::` writes them to `fuzz/corpus`, from where `cargo fuzz run …` takes them. They are
//! not kept in the repository; the golden files they mostly come from are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use hecha::{
    checklist::{Kind, Sources, content, load_profile, xlsx::export_area},
    domain::{
        edit::BallotKey,
        terms::{id::VisitId, lang::Lang},
    },
    share::{
        evidence,
        file::{
            self,
            commit::Line,
            envelope::{Envelope, VisitKey},
        },
    },
};
use serde_json::Value;

use crate::support;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The seeds by target and name.
#[derive(Default)]
struct Seeds(BTreeMap<(String, String), Vec<u8>>);

impl Seeds {
    fn add(&mut self, target: &str, name: &str, bytes: impl AsRef<[u8]>) {
        self.0.insert((target.to_owned(), name.to_owned()), bytes.as_ref().to_vec());
    }

    fn write(&self) {
        for ((target, name), bytes) in &self.0 {
            let folder = root().join("fuzz/corpus").join(target);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("seed-{name}")), bytes).unwrap();
        }
    }
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|it| it == extension)).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

#[test]
fn every_fuzz_target_has_seeds() {
    let mut seeds = Seeds::default();
    shared_files(&mut seeds);
    checklists(&mut seeds);
    workbooks(&mut seeds);
    tables(&mut seeds);
    photos(&mut seeds);
    let seeded: BTreeSet<&str> = seeds.0.keys().map(|(target, _)| target.as_str()).collect();
    let targets: Vec<String> = files("fuzz/fuzz_targets", "rs").iter().map(|path| stem(path)).collect();
    assert!(
        !targets.is_empty() && targets.iter().all(|it| seeded.contains(it.as_str())),
        "{targets:?} {seeded:?}"
    );
    if support::number("HECHA_FUZZ").is_some() {
        seeds.write();
    }
}

fn shared_files(seeds: &mut Seeds) {
    let key = VisitKey::parse(include_str!("../fuzz/fuzz_targets/envelope.key").trim_end()).unwrap();
    let envelope = Envelope { key, slot: "AAAA".to_owned(), earlier: Vec::new() };
    for path in files("tests/golden/format-1", "hecha") {
        let bytes = fs::read(&path).unwrap();
        let name = stem(&path);
        seeds.add("file", &name, &bytes);
        seeds.add("header", &name, bytes.split(|byte| *byte == b'\n').next().unwrap());
        for (number, text) in file::lines_below_header(&bytes) {
            seeds.add("line", &format!("{name}-{number}"), &text);
            if let Ok(line) = Line::parse(&text) {
                for (index, edit) in edits(&line.json).iter().enumerate() {
                    seeds.add("edit", &format!("{name}-{number}-{index}"), edit.to_string());
                    if edit["k"] == "shares" {
                        seeds.add("opening", &format!("{name}-{number}"), edit.to_string());
                    }
                }
                seeds.add("json", &format!("{name}-{number}"), line.json);
            }
        }
        let header = file::header(&bytes).unwrap();
        seeds.add("envelope", &format!("{name}-slot"), header.slot.clone().unwrap_or_default());
        let text = file::enclose(&header.visit, &bytes, &envelope.slot);
        seeds.add("envelope", &name, file::seal(&text, &envelope).unwrap());
        let known = fs::read_to_string(path.with_extension("json")).unwrap();
        let known: Value = serde_json::from_str(&known).unwrap();
        for (index, member) in known["members"].as_object().unwrap().values().enumerate() {
            seeds.add("codes", &format!("{name}-{index}"), member["recovery"].as_str().unwrap());
        }
    }
    let sealed = evidence::seal(&BallotKey([7; 32]), [1; 24], &VisitId::new("v".repeat(43)), vec![1, 2, 3]);
    // A block of zeros is padding: only the beginning is worth changing.
    seeds.add("evidence", "sealed", &sealed.unwrap().bytes[..200]);
}

/// The edits of a commit that anybody can read.
fn edits(json: &str) -> Vec<Value> {
    let commit: Value = serde_json::from_str(json).unwrap();
    commit["e"].as_array().cloned().unwrap_or_default()
}

fn checklists(seeds: &mut Seeds) {
    for folder in ["tests/checklist/good", "tests/checklist/bad"] {
        for path in files(folder, "toml") {
            seeds.add("checklist_toml", &stem(&path), fs::read(&path).unwrap());
        }
    }
    let golden = fs::read_to_string(root().join("tests/golden/format-1/ballots.hecha")).unwrap();
    let founding = golden.lines().find(|line| line.contains("\"k\":\"found\"")).unwrap();
    let json: Value = serde_json::from_str(founding.split_once(' ').unwrap().1).unwrap();
    seeds.add("checklist_content", "tiny", json["e"][0]["content"].as_str().unwrap());
    let village = load_profile("village", &Sources::built_in()).unwrap().0;
    seeds.add("checklist_content", "village", content::encode(&village));
}

fn workbooks(seeds: &mut Seeds) {
    let area = fs::read_to_string(root().join("tests/checklist/good/area.toml")).unwrap();
    let sources = Sources::built_in().with_text(Kind::Area, "demo", "areas/demo.toml", &area);
    for lang in [Lang::Zh, Lang::En] {
        let book = export_area("demo", &sources, lang).unwrap();
        let name = format!("{lang:?}").to_lowercase();
        seeds.add("xlsx", &name, &book);
        seeds.add("xlsx_parts", &name, parts(&book));
    }
}

/// The form that the target `xlsx_parts` reads.
fn parts(book: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut all = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        all.extend(part.name().unwrap().as_bytes());
        all.push(0);
        all.extend(u32::try_from(bytes.len()).unwrap().to_le_bytes());
        all.extend(bytes);
    }
    all
}

fn tables(seeds: &mut Seeds) {
    for (index, csv) in
        ["name,X-1,X-2\n甲,A,B\n乙,B,\n", "clause,甲,乙\nX-1,1,2\nX-2,3,4\n", "A,B,C\nB,B,D\n"]
            .iter()
            .enumerate()
    {
        seeds.add("ratings_csv", &index.to_string(), [&[4], csv.as_bytes()].concat());
    }
    let clause =
        load_profile("village", &Sources::built_in()).unwrap().0.clauses().next().unwrap().id.clone();
    let rows = format!(
        "clause,grade,points,absent,reason,note\n{clause},B,,,理由,\"两行\n备注\"\n{clause},,,na,停诊,\n"
    );
    seeds.add("votes_csv", "votes", &rows);
    seeds.add("votes_csv", "marked", format!("\u{feff}{rows}"));
}

fn photos(seeds: &mut Seeds) {
    let jpeg = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xE1\x00\x0AExif\x00\x00MM\xFF\xDA\x00\x02\x11\x22\xFF\x00\x33\xFF\xD9";
    seeds.add("photo", "jpeg", jpeg);
    let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0DIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3A\x7E\x9B\x55\x00\x00\x00\x00IEND\xAE\x42\x60\x82";
    seeds.add("photo", "png", png);
    seeds.add("photo", "webp", b"RIFF\x1A\x00\x00\x00WEBPVP8L\x0D\x00\x00\x00\x2F\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xFE\x07\x00");
}
