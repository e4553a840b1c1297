//! Damage at every place of a shared file of 200 lines: nothing panics, nothing false is taken in, all that is whole is, and a
//! sync heals the file.
//!
//! A plain run tries the first line, the last one, three commits and every 97th byte; `HECHA_SWEEP=1` tries every byte.
#![allow(clippy::print_stderr, reason = "says how much it tried")]

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};

use hecha::{
    app::{home::Home, session::Session, visit::joining::look},
    domain::terms::id::{CommitId, FeedId, VisitId},
    share::{
        code::key::{DeviceKey, PublicKey},
        file::{
            self, Contents,
            commit::{Commit, Draft, DraftBody, Line, sign},
            main_file::{Main, Reading, Standing},
        },
    },
};
use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use crate::{
    fixture::tiny::{self, must},
    support::{self, Dice, copy_folder, disk::FaultyDisk},
};

const LINES: usize = 200;
/// Bytes of a disk block.
const BLOCK: usize = 512;
/// In a plain run, one byte of so many.
const STRIDE: usize = 97;

/// A shared file of 200 lines, a laptop that has all of them, and one that has few.
struct Specimen {
    folder: TempDir,
    visit: VisitId,
    bytes: Vec<u8>,
    lines: Vec<String>,
    whole: HashSet<String>,
    keys: BTreeMap<FeedId, PublicKey>,
}

impl Specimen {
    fn new() -> Self {
        let folder = support::new_folder();
        for part in ["share", "home-0", "home-1"] {
            tiny::visit().lay_out_part(part, folder.path());
        }
        let file = folder.path().join("share/visit.hecha");
        let bytes = fs::read(&file).unwrap();
        let visit = file::header(&bytes).unwrap().visit;
        let mut lines: Vec<Line> = lines_of(&bytes).iter().map(|line| Line::parse(line).unwrap()).collect();
        let device = device(&folder.path().join("home-1"));
        let own = lines.iter().filter_map(|line| Commit::read(&visit, &line.json).ok());
        let (mut n, mut previous) =
            own.filter(|it| it.feed == device.feed()).map(|it| (it.n, it.id)).max().unwrap();
        while lines.len() < LINES {
            n += 1;
            let note = json!({"k": "vote", "c": "DM-01", "note": format!("第 {n} 次 {}", "抽查".repeat(lines.len() % 40))});
            let draft = Draft {
                visit: Some(visit.clone()),
                n,
                previous: Some(previous),
                lamport: 100 + n,
                time_ms: 0,
                seen: BTreeSet::new(),
                body: DraftBody::Open(vec![note]),
            };
            let (id, line) = sign(&device, draft);
            previous = id;
            lines.push(line);
        }
        let text = file::write(&visit, &lines);
        fs::write(&file, text).unwrap();
        let mut full = open(&folder.path().join("home-0"), &file);
        must(full.sync_with(&FaultyDisk::calm()));
        // The lead answers with a receipt: one line more than 200, in canonical order.
        let bytes = fs::read(&file).unwrap();
        let lines = lines_of(&bytes);
        let keys = lines.iter().filter_map(|line| {
            let line = Line::parse(line).unwrap();
            Commit::read(&visit, &line.json).unwrap().carried_key().map(|key| (key.feed(), key))
        });
        let (keys, whole) = (keys.collect(), lines.iter().cloned().collect());
        Self { folder, visit, bytes, lines, whole, keys }
    }

    /// What a sync reads of damaged bytes: every line that no damage touched is there, and none that differs holds.
    fn judge(&self, damaged: Vec<u8>, touched: &BTreeSet<usize>, what: &str) {
        let contents = file::read(&damaged);
        let is_refused = match &contents {
            Contents::Lines { header, .. } => header.visit != self.visit,
            Contents::Newer(_) | Contents::Encrypted(_) => true,
            Contents::Empty | Contents::Foreign => false,
        };
        let main = Main::Read(Box::new(Reading::new(damaged, None)));
        let read = main.lines(&self.visit, &self.bytes);
        // The first line is not signed: what it says may only lead to a refusal.
        assert!(!is_refused || (touched.contains(&0) && read.is_empty()), "{what}: refused");
        let there: HashSet<&String> = read.iter().map(|(_, line)| line).collect();
        for (index, line) in self.lines.iter().enumerate().filter(|_| !is_refused) {
            assert!(
                touched.contains(&(index + 1)) || there.contains(line),
                "{what}: line {} is lost",
                index + 2
            );
        }
        for line in there.into_iter().filter(|line| !self.whole.contains(*line)) {
            assert!(!self.holds(line), "{what}: taken in: {line}");
        }
    }

    /// Whether a line would be taken in, as `app/sync/take_in.rs` does.
    fn holds(&self, text: &str) -> bool {
        let Ok(line) = Line::parse(text) else { return false };
        let Ok(commit) = Commit::read(&self.visit, &line.json) else { return false };
        // A key in a line that does not hold by itself must not vouch for it either.
        let carried = commit.carried_key();
        let keys = self.keys.get(&commit.feed).copied().into_iter().chain(carried);
        keys.into_iter().any(|key| commit.verify(&self.visit, &line, key).is_ok())
    }

    /// The lines, counted from the first one of the file, that these bytes lie in. A line feed belongs to both its lines.
    fn touched(&self, range: std::ops::Range<usize>) -> BTreeSet<usize> {
        let mut touched = BTreeSet::new();
        let mut line = self.bytes[..range.start].iter().filter(|byte| **byte == b'\n').count();
        touched.insert(line);
        for at in range {
            if self.bytes[at] == b'\n' {
                touched.insert(line + 1);
                line += 1;
            }
        }
        touched
    }

    /// The same with real laptops: one that has few commits takes in what is whole and nothing else, and the file it leaves
    /// is healed by one that has all.
    fn heal(&self, damaged: &[u8], touched: &BTreeSet<usize>, what: &str) {
        let folder = support::new_folder();
        for part in ["home-0", "home-1"] {
            copy_folder(&self.folder.path().join(part), &folder.path().join(part));
        }
        let share = folder.path().join("share");
        fs::create_dir(&share).unwrap();
        let file = share.join("visit.hecha");
        fs::write(&file, &self.bytes).unwrap();
        let (mut full, mut poor) =
            (open(&folder.path().join("home-0"), &file), open(&folder.path().join("home-1"), &file));
        fs::write(&file, damaged).unwrap();
        let done = poor.sync_with(&FaultyDisk::calm());
        let stored = stored(&folder.path().join("home-1"));
        let false_ones: Vec<&String> = stored.iter().filter(|line| !self.whole.contains(*line)).collect();
        assert!(false_ones.is_empty(), "{what}: taken in: {false_ones:?}");
        if done.is_err() {
            assert!(touched.contains(&0), "{what}: {done:?}");
            assert_eq!(fs::read(&file).unwrap(), damaged, "{what}: a file that is refused is not touched");
            return;
        }
        for (index, line) in self.lines.iter().enumerate() {
            assert!(
                touched.contains(&(index + 1)) || stored.contains(line),
                "{what}: line {} is lost",
                index + 2
            );
        }
        must(full.sync_with(&FaultyDisk::calm()));
        assert!(fs::read(&file).unwrap() == self.bytes, "{what}: not healed");
    }

    fn end_of_line(&self, line: usize) -> usize {
        self.bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line).unwrap().0 + 1
    }

    /// The places that are tried.
    fn places(&self) -> Vec<usize> {
        if support::number("HECHA_SWEEP").is_some() {
            return (0..self.bytes.len()).collect();
        }
        let line = |n: usize| self.end_of_line(n - 1)..self.end_of_line(n);
        let mut places: BTreeSet<usize> = (0..self.end_of_line(0)).collect();
        for n in [2, LINES / 2, self.lines.len() + 1] {
            places.extend(line(n));
        }
        places.extend((0..self.bytes.len()).step_by(STRIDE));
        places.into_iter().collect()
    }
}

fn open(home: &Path, file: &Path) -> Session {
    must(Session::open(&must(Home::choose(Some(home.to_owned()))), file))
}

fn device(home: &Path) -> DeviceKey {
    let connection = Connection::open(home.join("hecha.db")).unwrap();
    let secret: Vec<u8> = connection.query_row("SELECT secret FROM device", [], |row| row.get(0)).unwrap();
    DeviceKey::from_bytes(&secret.try_into().unwrap())
}

fn stored(home: &Path) -> HashSet<String> {
    let connection = Connection::open(home.join("hecha.db")).unwrap();
    let mut statement = connection.prepare("SELECT signature || ' ' || json FROM commit_line").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn lines_of(bytes: &[u8]) -> Vec<String> {
    let Contents::Lines { lines, intact: true, .. } = file::read(bytes) else { panic!("not intact") };
    lines.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn a_flipped_byte_costs_its_line_and_nothing_else() {
    let specimen = Specimen::new();
    let places = specimen.places();
    for at in &places {
        for mask in [1 << (at % 8), 0xFF] {
            let mut damaged = specimen.bytes.clone();
            damaged[*at] ^= mask;
            let mut touched = specimen.touched(*at..*at + 1);
            if damaged[*at] == b'\n' {
                touched.extend([touched.iter().next().unwrap() + 1]);
            }
            specimen.judge(damaged, &touched, &format!("byte {at} ^ {mask:#x}"));
        }
    }
    eprintln!("{} of {} bytes flipped, twice each", places.len(), specimen.bytes.len());
}

#[test]
fn a_cut_costs_what_was_cut_off() {
    let specimen = Specimen::new();
    let places = specimen.places();
    for length in &places {
        let touched = specimen.touched(*length..specimen.bytes.len());
        specimen.judge(specimen.bytes[..*length].to_vec(), &touched, &format!("cut to {length}"));
    }
    eprintln!("cut to {} of {} lengths", places.len(), specimen.bytes.len());
}

/// Every block zeroed, and swapped with its neighbour.
fn blocks(specimen: &Specimen) -> Vec<(String, Vec<u8>, BTreeSet<usize>)> {
    let mut damages = Vec::new();
    let length = specimen.bytes.len();
    for start in (0..length).step_by(BLOCK) {
        let end = length.min(start + BLOCK);
        let mut zeroed = specimen.bytes.clone();
        zeroed[start..end].fill(0);
        damages.push((format!("block at {start} zeroed"), zeroed, specimen.touched(start..end)));
        if end + BLOCK <= length {
            let mut swapped = specimen.bytes.clone();
            for at in start..end {
                swapped.swap(at, at + BLOCK);
            }
            // A swap moves line feeds, so that the line after the second block may begin elsewhere.
            let mut touched = specimen.touched(start..end + BLOCK);
            touched.extend([touched.iter().next_back().unwrap() + 1]);
            damages.push((format!("block at {start} swapped"), swapped, touched));
        }
    }
    damages
}

#[test]
fn a_block_zeroed_or_swapped_costs_the_lines_it_lies_in() {
    let specimen = Specimen::new();
    for (what, damaged, touched) in blocks(&specimen) {
        specimen.judge(damaged, &touched, &what);
    }
}

#[test]
fn laptops_salvage_and_heal_what_was_damaged() {
    let specimen = Specimen::new();
    let mut dice = Dice::new(3);
    let stride = if support::number("HECHA_SWEEP").is_some() { 1 } else { 9 };
    for (what, damaged, touched) in blocks(&specimen).into_iter().step_by(stride) {
        specimen.heal(&damaged, &touched, &what);
    }
    for _ in 0..300 / stride {
        let at = dice.index(specimen.bytes.len());
        let mut damaged = specimen.bytes.clone();
        damaged[at] ^= 1 << dice.roll(8);
        let mut touched = specimen.touched(at..at + 1);
        touched.extend([touched.iter().next_back().unwrap() + 1]);
        specimen.heal(&damaged, &touched, &format!("byte {at} flipped"));
        specimen.heal(
            &specimen.bytes[..at],
            &specimen.touched(at..specimen.bytes.len()),
            &format!("cut to {at}"),
        );
    }
}

#[test]
fn a_newcomer_takes_in_a_whole_file_or_none() {
    let specimen = Specimen::new();
    let folder = support::new_folder();
    let file: PathBuf = folder.path().join("visit.hecha");
    let mut n_refused = 0;
    for (n, at) in specimen.places().into_iter().step_by(101).enumerate() {
        let mut damaged = specimen.bytes.clone();
        damaged[at] ^= 0x10;
        fs::write(&file, damaged).unwrap();
        let home = folder.path().join(format!("home-{n}"));
        let looked = look(&must(Home::choose(Some(home))), &file, None);
        n_refused += usize::from(looked.is_err());
        assert!(looked.is_err(), "a damaged file founds nothing: byte {at}");
    }
    assert!(n_refused > 10);
}

#[test]
fn a_damaged_file_never_stands_as_whole() {
    let specimen = Specimen::new();
    for at in specimen.places().into_iter().step_by(7) {
        let mut damaged = specimen.bytes.clone();
        damaged[at] ^= 0x04;
        let standing =
            Main::Read(Box::new(Reading::new(damaged, None))).standing(&specimen.visit, &specimen.bytes);
        assert!(!matches!(standing, Standing::Same | Standing::Older), "byte {at} stands as {standing:?}");
    }
    let ids: HashSet<CommitId> = specimen
        .lines
        .iter()
        .map(|line| Commit::read(&specimen.visit, &Line::parse(line).unwrap().json).unwrap().id)
        .collect();
    assert_eq!(ids.len(), specimen.lines.len());
}
