//! How cost grows: each thing is done at two sizes in one run, and the ratio of the costs stands beside that of the sizes.
//!
//! `cargo bench --bench growth`. What grows as the sizes do has equal ratios; the square would show as the square.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark measures, prints, and fails loudly if it cannot go on"
)]

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::Instant,
};

use hecha::{
    app::{
        deed::Deed,
        evidence::AttachRequest,
        home::Home,
        laptop::overview::list_visits,
        session::Session,
        visit::{
            founding::{self, FoundingRequest},
            roster::parse_member,
        },
    },
    domain::{
        agenda::Agenda,
        ballot::cell::Cell,
        checklist::profile::{Condition, MergeMethod, Standard, StandardStatus},
        edit::{Edit, Stamp, declaration::Declaration, lineage::Branch},
        facility::Stage,
        outcome::Outcome,
        panel::progress::progress,
        terms::{
            amount::Amount,
            field::Field,
            grade::Grade,
            id::{CommitId, FeedId},
            lang::Text,
            source::Source,
        },
        visit::Visit,
    },
};
use tempfile::TempDir;

#[path = "../tests/fixture/panel.rs"]
#[allow(dead_code, reason = "shared with tests")]
mod panel;

/// How often each thing is done; the shortest time counts, since whatever else the machine does only adds to it.
const TIMES: usize = 9;

fn main() {
    println!("| what | sizes | ratio of sizes | cost | ratio of costs |\n|---|---|---|---|---|");
    row("database of so many visits, KiB", [1, 20], |n| Visits::new(n).kib());
    row("home screen, first look, ms", [2, 10], |n| {
        let homes = Visits::new(n);
        least(|| {
            homes.forget_glances();
            time(|| list_visits(&homes.home).unwrap())
        })
    });
    row("home screen, later looks, ms", [2, 20], |n| {
        let homes = Visits::new(n);
        least(|| time(|| list_visits(&homes.home).unwrap()))
    });
    row("sync beside so many stale copies, ms", [1, 20], stale_copies);
    row("sync with nothing new and so many files of 1 MB, ms", [10, 100], attached);
    row("undo after so many own edits, ms", [200, 2_000], undo);
    row("agenda of nine members and so many clauses, ms", [250, 1_000], |n| {
        let visit = large_panel(9, n);
        let outcome = Outcome::of(&visit, |_| true);
        least(|| time(|| Agenda::of(&visit, &outcome, false)))
    });
    row("progress of so many members on 500 clauses, ms", [5, 15], |n| {
        let visit = large_panel(n, 500);
        least(|| time(|| progress(&visit, |_| true)))
    });
    row("one cell written so often in one commit, ms", [1_000, 10_000], |n| least(|| time(|| rewritten(n))));
}

fn row(what: &str, [small, large]: [usize; 2], cost: impl Fn(usize) -> f64) {
    let (few, many) = (cost(small), cost(large));
    let sizes = large as f64 / small as f64;
    println!("| {what} | {small}, {large} | {sizes:.0} | {few:.2}, {many:.2} | {:.1} |", many / few);
}

/// Milliseconds.
fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1_000.0
}

fn least(mut once: impl FnMut() -> f64) -> f64 {
    (0..TIMES).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// A visit of the township checklist, founded and ready to be scored.
fn found(home: &Home, file: &Path) -> Session {
    let person = |name: &str| parse_member(&format!("{name}:医疗:主任医师")).unwrap();
    let request = FoundingRequest {
        file: file.to_owned(),
        facility: "青禾镇中心卫生院".to_owned(),
        profile: "township".to_owned(),
        stage: Stage::County,
        date: "2026-11-30".parse().unwrap(),
        lookback: None,
        lead: person("林若安"),
        members: ["陈思齐", "周宁", "何敏", "沈嘉"].map(person).into(),
        recusals: Vec::new(),
        draw: None,
        mandate: Default::default(),
    };
    let mut session = founding::found(home, request, None).unwrap();
    session.perform(Deed::Declare(Declaration::default())).unwrap();
    session
}

fn one_visit() -> (TempDir, Session, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::choose(Some(folder.path().join("home"))).unwrap();
    let file = folder.path().join("visit.hecha");
    let mut session = found(&home, &file);
    session.sync().unwrap();
    (folder, session, file)
}

/// A home of visits.
struct Visits {
    folder: TempDir,
    home: Home,
}

impl Visits {
    fn new(n: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::choose(Some(folder.path().join("home"))).unwrap();
        for n in 0..n {
            found(&home, &folder.path().join(format!("{n}.hecha")));
        }
        Self { folder, home }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("home/hecha.db")
    }

    fn kib(&self) -> f64 {
        fs::metadata(self.database()).unwrap().len() as f64 / 1_024.0
    }

    fn forget_glances(&self) {
        rusqlite::Connection::open(self.database()).unwrap().execute("DELETE FROM glance", []).unwrap();
    }
}

/// Copies of the file as it was, while one own commit after the other was added.
fn stale_copies(n: usize) -> f64 {
    let (folder, mut session, file) = one_visit();
    let clause = session.visit().clauses().next().unwrap().id.clone();
    for n in 0..n {
        fs::copy(&file, folder.path().join(format!("visit ({n}).hecha"))).unwrap();
        let note = Edit::Note { clause: clause.clone(), text: format!("现场 {n}").parse().unwrap() };
        session.perform(Deed::Record(vec![note])).unwrap();
        session.sync().unwrap();
    }
    least(|| time(|| session.sync().unwrap()))
}

fn attached(n: usize) -> f64 {
    let (folder, mut session, _) = one_visit();
    let clauses: Vec<_> = session.visit().clauses().map(|clause| clause.id.clone()).collect();
    for (clause, n) in clauses.iter().cycle().zip(0..n) {
        let path = folder.path().join(format!("{n}.txt"));
        fs::write(&path, format!("{n:08}").repeat(1 << 17)).unwrap();
        let attach = AttachRequest {
            clause: clause.clone(),
            point: None,
            paths: vec![path],
            caption: String::new(),
            keep_metadata: true,
        };
        session.perform(Deed::Attach(attach)).unwrap();
    }
    let mut report = session.sync().unwrap();
    while session.exchange_on(&mut report) {}
    least(|| time(|| session.sync().unwrap()))
}

fn undo(n: usize) -> f64 {
    let (_folder, mut session, _) = one_visit();
    let clause = session.visit().clauses().next().unwrap().id.clone();
    for n in 0..n {
        let note = Edit::Note { clause: clause.clone(), text: format!("现场 {n}").parse().unwrap() };
        session.perform(Deed::Record(vec![note])).unwrap();
    }
    session.perform(Deed::Undo).unwrap();
    least(|| time(|| session.perform(Deed::Undo).unwrap()))
}

fn large_panel(n_members: usize, n: usize) -> Visit {
    let share = |grade, tenths: i64| Condition::Share {
        clauses: None,
        grade,
        share: Amount::from_ten_thousandths(tenths * 1_000).unwrap(),
        area: None,
    };
    let standard = Standard {
        use_when: None,
        id: "basic".into(),
        title: Text::default(),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions: vec![share(Grade::C, 9), share(Grade::B, 7), Condition::Core { grade: Grade::C }],
    };
    let profile = panel::profile(MergeMethod::Median, vec![standard], Vec::new());
    let clauses =
        (0..n).map(|at| panel::clause(&format!("X-{at}"), &format!("area-{}", at % 5), at % 7 == 0, None));
    let members = (0..n_members).map(|member| {
        let votes = (0..n).map(|at| {
            let apart = if at % 4 == 0 { 0 } else { (member * 5 + at) % 9 / 4 };
            panel::grade(&format!("X-{at}"), Grade::ALL[(at % 2 + apart).min(3)])
        });
        let edits = votes.chain([panel::submit()]).collect();
        (panel::member(&format!("组员{member}"), Field::Medicine), edits)
    });
    panel::visit("机构", panel::checklist(profile, clauses.collect()), members.collect())
}

fn rewritten(n: usize) -> Cell<usize> {
    let mut cell = Cell::default();
    let stamp = Stamp {
        feed: FeedId::new("a"),
        n: 1,
        commit: Some(CommitId::new("c")),
        index: 0,
        seen: Default::default(),
        branch: Branch::default(),
        saw: Default::default(),
    };
    for at in 0..n {
        cell.write(Stamp { index: u32::try_from(at).unwrap(), ..stamp.clone() }, at);
    }
    cell
}
