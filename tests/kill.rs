//! `kill -9` at any moment: what the program said is stored is there, and what it did not say is there whole or not at all.
//!
//! `HECHA_KILLS=1000` kills so many processes in all instead of 260: six tenths of them while they score.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails loudly"
)]

#[allow(dead_code, reason = "the other tests use the rest")]
mod support;

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::ExitStatusExt,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use hecha::{
    app::{home::Home, session::Session},
    share::file::{self, Contents},
};
use support::{Dice, Laptop, PANEL, Panel};

const SIGKILL: i32 = 9;
/// A run gives up when it cannot hit a living process this many times its goal.
const PATIENCE: usize = 8;

/// Kills of all tests of a plain run.
const KILLS: usize = 260;

/// How many kills are a test's part, in twentieths of all.
fn goal(twentieths: usize) -> usize {
    let all = support::number("HECHA_KILLS").map_or(KILLS, |n| usize::try_from(n).unwrap());
    (all * twentieths).div_ceil(20)
}

/// How a run of the program ended.
#[derive(Debug)]
struct Ending {
    /// Killed, not ended by itself.
    killed: bool,
    out: String,
}

/// Kills at a moment that follows the length of the process, so that kills fall before and after the acknowledgement
/// on fast and slow machines alike.
struct Killer {
    dice: Dice,
    span: u64,
}

impl Killer {
    fn new(seed: u64) -> Self {
        Self { dice: Dice::new(seed), span: 20_000 }
    }

    /// Kills after a random time. The time is what is tried out; nothing is waited for.
    fn at_random(&mut self, command: &mut Command) -> Ending {
        let child = spawn(command);
        thread::sleep(Duration::from_micros(self.dice.roll(2 * self.span)));
        let ending = kill(child, String::new());
        let outlived = !ending.killed || !ending.out.is_empty();
        self.span = if outlived { self.span * 19 / 20 } else { self.span * 21 / 20 }.max(1_000);
        ending
    }
}

/// Kills as soon as the program has acknowledged.
fn on_acknowledgement(command: &mut Command) -> Ending {
    let mut child = spawn(command);
    let mut first = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
    kill(child, first)
}

fn spawn(command: &mut Command) -> Child {
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn kill(mut child: Child, mut out: String) -> Ending {
    child.kill().unwrap();
    child.stdout.as_mut().unwrap().read_to_string(&mut out).unwrap();
    let killed = child.wait().unwrap().signal() == Some(SIGKILL);
    Ending { killed, out }
}

/// The member's notes, one a clause, as the store has them.
fn notes(laptop: &Laptop, file: &str, me: &str) -> Vec<(String, String)> {
    let home = Home::choose(Some(laptop.home.clone())).unwrap();
    let session = Session::open(&home, Path::new(file)).unwrap_or_else(|failure| panic!("{failure:?}"));
    let ballot = &session.visit().member(me).unwrap().ballot;
    let noted = session.visit().clauses().map(|clause| {
        let id = clause.id.to_string();
        let note = ballot.note(&id).to_owned();
        (id, note)
    });
    noted.collect()
}

fn assert_sound(laptop: &Laptop) {
    let doctor = laptop.json(&["doctor", "--json"]);
    let database = doctor["checks"].as_array().unwrap().iter().find(|it| it["key"] == "database").unwrap();
    assert_eq!((&database["found"], &database["ok"]), (&"ok".into(), &true.into()));
}

#[test]
fn an_acknowledged_vote_outlives_kill_9() {
    let goal = goal(12);
    let panel = Panel::small(2, &[]);
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let mut killer = Killer::new(1);
    let mut stored = notes(laptop, file, PANEL[1]);
    let (mut n_killed, mut n_silent, mut n_acknowledged) = (0, 0, 0);
    for round in 0..goal * PATIENCE {
        let place = killer.dice.index(stored.len());
        let note = format!("第 {round} 次记录");
        let mut command = laptop.command();
        command.args(["score", file, &stored[place].0, "--grade", "B", "--reason", "r", "--note", &note]);
        let ending =
            if round % 4 == 3 { on_acknowledgement(&mut command) } else { killer.at_random(&mut command) };
        let acknowledged = ending.out.starts_with("已存");
        let now = notes(laptop, file, PANEL[1]);
        let mut written = stored.clone();
        written[place].1 = note;
        if acknowledged {
            assert_eq!(now, written, "round {round}: acknowledged and lost");
        } else {
            assert!(now == written || now == stored, "round {round}: something else changed: {now:?}");
        }
        stored = now;
        n_killed += usize::from(ending.killed);
        n_acknowledged += usize::from(ending.killed && acknowledged);
        n_silent += usize::from(ending.killed && !acknowledged);
        if n_killed >= goal && n_acknowledged >= goal / 8 && n_silent >= goal / 4 {
            break;
        }
    }
    assert!(n_killed >= goal, "only {n_killed} processes were hit");
    assert!(n_silent >= goal / 4, "only {n_silent} kills before the acknowledgement");
    assert!(n_acknowledged >= goal / 8, "only {n_acknowledged} kills after the acknowledgement");
    assert_sound(laptop);

    laptop.ok(&["submit", file, "--yes"]);
    assert_eq!(notes(laptop, file, PANEL[1]), stored, "submitting changed a note");
    let merged = laptop.json(&["merge", file, "--json"]);
    for (row, (clause, note)) in merged["clauses"].as_array().unwrap().iter().zip(&stored) {
        let own = row["votes"].as_array().unwrap().iter().find(|vote| vote["member"] == PANEL[1]).unwrap();
        assert_eq!(own["grade"] == "B", !note.is_empty(), "{clause}: vote and note are stored together");
    }
}

#[test]
fn an_import_is_there_whole_or_not_at_all() {
    let goal = goal(4);
    let panel = Panel::small(2, &[]);
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let csv = panel.root.join("votes.csv");
    let mut killer = Killer::new(2);
    let mut stored = notes(laptop, file, PANEL[1]);
    let mut n_killed = 0;
    for round in 0..goal * PATIENCE {
        let note = format!("第 {round} 批");
        let rows: Vec<String> = stored.iter().map(|(clause, _)| format!("{clause},C,r,{note}")).collect();
        std::fs::write(&csv, format!("clause,grade,reason,note\n{}\n", rows.join("\n"))).unwrap();
        let mut command = laptop.command();
        command.args(["score", file, "--import", csv.to_str().unwrap()]);
        let ending = killer.at_random(&mut command);
        let now = notes(laptop, file, PANEL[1]);
        let whole = now.iter().all(|(_, it)| *it == note);
        assert!(whole || now == stored, "round {round}: half an import: {now:?}");
        assert!(whole || !ending.out.starts_with("已存"), "round {round}: acknowledged and lost");
        stored = now;
        n_killed += usize::from(ending.killed);
        if n_killed >= goal {
            break;
        }
    }
    assert!(n_killed >= goal, "only {n_killed} processes were hit");
    assert_sound(laptop);
}

#[test]
fn a_killed_sync_leaves_the_shared_file_as_it_was_or_new() {
    let goal = goal(4);
    let panel = Panel::small(2, &[]);
    let (laptop, file) = (&panel.laptops[1], panel.file.as_str());
    let mut killer = Killer::new(3);
    let mut n_killed = 0;
    let mut last = String::new();
    for round in 0..goal * PATIENCE {
        last = format!("第 {round} 轮");
        laptop.ok(&["score", file, "TM-02", "--note", &last]);
        let before = panel.file_bytes();
        let mut command = laptop.command();
        let ending = killer.at_random(command.args(["sync", file]));
        let after = panel.file_bytes();
        let intact = matches!(file::read(&after), Contents::Lines { intact: true, .. });
        assert!(intact, "round {round}: a damaged file of {} bytes", after.len());
        assert!(after.len() >= before.len(), "round {round}: the file lost commits");
        n_killed += usize::from(ending.killed);
        if n_killed >= goal {
            break;
        }
    }
    assert!(n_killed >= goal, "only {n_killed} processes were hit");
    assert_sound(laptop);
    laptop.ok(&["submit", file, "--yes"]);
    panel.lead().ok(&["submit", file, "--yes"]);
    panel.close(2);
    let arrived = notes(panel.lead(), file, PANEL[1]);
    assert!(arrived.contains(&("TM-02".to_owned(), last)), "{arrived:?}");
    let info = laptop.json(&["visit", "info", file, "--json"]);
    assert_eq!(info["sync"]["pending"], 0);
}
