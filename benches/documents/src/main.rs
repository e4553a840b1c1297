//! hecha beside Automerge and Loro: 9 members × 500 clauses × 3 grades, taken in, brought up to date, and found unchanged.
//!
//! `cd benches/documents && cargo run --release [RUNS [FOLDER]]`; a visit that was played into the folder is used again.
//! Every run measures everything once, in turn, so that what else the machine does falls on all alike; printed are medians.
//! Files lie in a temporary folder (`TMPDIR`).

#![allow(clippy::unwrap_used, reason = "a bench stops by panicking")]

mod automerge_documents;
mod edits;
mod loro_documents;
mod panel;
mod stopwatch;

use std::{fs, hint::black_box};

use hecha::share::{code::base64::sha256, file::{self, commit::{Commit, Line}, Contents}};

use crate::{
    edits::MEMBERS,
    panel::{Panel, must, n_votes, record_more},
    stopwatch::Stopwatch,
};

/// Votes that everybody must come to read.
const N_VOTES: usize = 9 * 500;

fn main() {
    let runs = std::env::args().nth(1).map_or(15, |runs| runs.parse().unwrap());
    let temporary = tempfile::tempdir().unwrap();
    let folder = std::env::args().nth(2).map_or(temporary.path().to_owned(), std::path::PathBuf::from);
    let mut watch = Stopwatch::default();
    let panel = watch.once("the visit played, with all its syncs", || Panel::prepare(&folder));
    let automerge = automerge_documents::Documents::write();
    let loro = loro_documents::Documents::write();
    sizes(&panel, &automerge, &loro);
    for _ in 0..runs {
        cold_import(&mut watch, &panel, &automerge, &loro);
        ordinary_sync(&mut watch, &panel, &automerge, &loro);
        nothing_new(&mut watch, &panel, &automerge, &loro);
    }
    let checked = panel.lead();
    let report = watch.once("hecha fsck, at the lead's", || checked.check());
    assert!(report.findings.is_empty(), "{:?}", report.findings);
    checked.remove();
    watch.print();
}

/// Everything from the files to a state that can be read.
fn cold_import(
    watch: &mut Stopwatch,
    panel: &Panel,
    automerge: &automerge_documents::Documents,
    loro: &loro_documents::Documents,
) {
    let laptop = panel.new_laptop();
    let session = watch.time("cold import: hecha, verified and folded", || laptop.import());
    assert_eq!(n_votes(&session), N_VOTES);
    drop(session);
    let bytes = fs::read(&laptop.file).unwrap();
    watch.time("  of which reading and splitting", || black_box(file::read(&bytes)));
    watch.time("  of which SHA-256 of the file", || black_box(sha256(&[&bytes])));
    watch.time("  of which parsing commits", || parse(&bytes));
    // Somebody who looks keeps nothing; who joins keeps everything, and writes the file.
    watch.time("cold import: hecha, stored on the disk and joined", || drop(laptop.join()));
    watch.time("  and then opening what is stored", || drop(laptop.open()));
    laptop.remove();
    let document = watch.time("cold import: Automerge, 9 files loaded and merged", || {
        automerge_documents::merge(&automerge.files)
    });
    assert_eq!(automerge_documents::n_votes(&document), N_VOTES);
    watch.time("cold import: Automerge, the merged file loaded", || {
        automerge_documents::load(&automerge.merged)
    });
    watch.time("cold import: Loro, 9 files loaded, merged and read", || {
        assert_eq!(loro_documents::n_votes(&loro_documents::merge(&loro.files)), N_VOTES);
    });
    watch.time("cold import: Loro, the merged file loaded and read", || {
        assert_eq!(loro_documents::n_votes(&loro_documents::load(&loro.merged)), N_VOTES);
    });
}

/// 300 new edits, with an open document: of others taken in, and own ones written.
fn ordinary_sync(
    watch: &mut Stopwatch,
    panel: &Panel,
    automerge: &automerge_documents::Documents,
    loro: &loro_documents::Documents,
) {
    let laptop = panel.late_laptop();
    let mut session = laptop.open();
    let report = watch.time("300 edits: hecha, others' taken in", || must(session.sync()));
    assert!(report.imported >= 12 && !report.written, "{report:?}");
    watch.time("300 edits: hecha, own recorded", || record_more(&mut session));
    let report = watch.time("300 edits: hecha, own sealed and written", || must(session.sync()));
    assert!(report.written, "{report:?}");
    drop(session);
    laptop.remove();
    let mut document = automerge_documents::load(&automerge.behind);
    let saved = watch.time("300 edits: Automerge, taken in and saved", || {
        automerge_documents::take_in(&mut document, &automerge.news)
    });
    assert_eq!(automerge_documents::n_votes(&automerge_documents::load(&saved)), N_VOTES);
    let document = loro_documents::load(&loro.behind);
    assert!(loro_documents::n_votes(&document) > 0);
    watch.time("300 edits: Loro, taken in, saved and read", || {
        black_box(loro_documents::take_in(&document, &loro.news));
        assert_eq!(loro_documents::n_votes(&document), N_VOTES);
    });
}

/// A file with nothing new, with an open document.
fn nothing_new(
    watch: &mut Stopwatch,
    panel: &Panel,
    automerge: &automerge_documents::Documents,
    loro: &loro_documents::Documents,
) {
    let laptop = panel.lead();
    let mut session = watch.time("opening, all ballots readable: hecha", || laptop.open());
    let report = watch.time("nothing new: hecha", || must(session.sync()));
    assert!(report.imported == 0 && !report.written, "{report:?}");
    drop(session);
    laptop.remove();
    let mut document = automerge_documents::load(&automerge.merged);
    let heads = document.get_heads();
    watch.time("nothing new: Automerge, the file loaded and merged", || {
        document.merge(&mut automerge_documents::load(&automerge.merged)).unwrap();
    });
    assert_eq!(document.get_heads(), heads);
    let document = loro_documents::load(&loro.merged);
    watch.time("nothing new: Loro, the file imported", || document.import(&loro.merged).unwrap());
}

fn parse(bytes: &[u8]) {
    let Contents::Lines { header, lines, .. } = file::read(bytes) else { panic!("no shared file") };
    for (_, text) in &lines {
        let line = Line::parse(text).unwrap();
        black_box(Commit::read(&header.visit, &line.json).unwrap());
    }
}

fn sizes(panel: &Panel, automerge: &automerge_documents::Documents, loro: &loro_documents::Documents) {
    let [joined, scored, open] = panel.sizes();
    let sum = |files: &[Vec<u8>]| files.iter().map(Vec::len).sum::<usize>();
    println!("bytes");
    println!("  hecha, joined (checklist, keys)    {joined:>10}");
    println!("  hecha, scored, all sealed          {scored:>10}");
    println!("  hecha, closed, all open            {open:>10}");
    println!(
        "  Automerge, {} files / merged        {:>10} / {}",
        MEMBERS.len(),
        sum(&automerge.files),
        automerge.merged.len()
    );
    println!(
        "  Loro, {} files / merged             {:>10} / {}",
        MEMBERS.len(),
        sum(&loro.files),
        loro.merged.len()
    );
}
