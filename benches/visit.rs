//! A visit of five members and the township checklist, in process: opening, folding, scoring, syncing, the outcome, reports.
//!
//! `cargo bench --bench visit`. The whole program is measured in `terminal.rs`.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a bench stops by panicking")]

use std::path::PathBuf;

use divan::{Bencher, black_box};
use hecha::{
    app::{
        deed::Deed,
        demo::demo,
        home::Home,
        report::{
            export::{ExportOptions, Format},
            template::TemplateChoice,
        },
        session::Session,
    },
    domain::{
        agenda::Agenda,
        checklist::{
            effort::Minutes,
            profile::{Condition, MergeMethod, Standard, StandardStatus},
        },
        edit::{Choice, Edit, Stand},
        outcome::Outcome,
        plan::{
            search::divide,
            task::{Job, Members, Task},
        },
        terms::{
            amount::Amount,
            field::Field,
            grade::Grade,
            id::ClauseId,
            lang::{Lang, Text},
            source::Source,
        },
        visit::Visit,
    },
};
use tempfile::TempDir;

#[path = "../tests/fixture/panel.rs"]
#[allow(dead_code, reason = "shared with tests")]
mod panel;

fn main() {
    divan::main();
}

/// The sample visit in a folder of its own.
struct Sample {
    folder: TempDir,
    file: PathBuf,
    homes: Vec<PathBuf>,
}

impl Sample {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let made = demo(&folder.path().join("demo")).expect("the sample is made");
        Self { folder, file: made.file, homes: made.homes }
    }

    fn open(&self, member: usize) -> Session {
        let home = Home::choose(self.homes.get(member).cloned()).expect("a home");
        Session::open(&home, &self.file).expect("the visit opens")
    }
}

/// What the lead sees after submitting: every ballot is open, so this reads and folds them all.
#[divan::bench]
fn open_with_all_ballots(bencher: Bencher) {
    let sample = Sample::new();
    let mut lead = sample.open(0);
    lead.perform(Deed::Submit).expect("submitted");
    bencher.bench_local(|| black_box(sample.open(0)));
}

#[divan::bench]
fn record_one_vote(bencher: Bencher) {
    let sample = Sample::new();
    let mut member = sample.open(4);
    let clause = member.visit().clauses().next().expect("a clause").id.clone();
    let mut grades = [Grade::A, Grade::B].into_iter().cycle();
    bencher.bench_local(|| {
        let stand = Stand {
            choice: Choice::Grade(grades.next().expect("endless")),
            reason: "复看".parse().unwrap(),
        };
        member
            .perform(Deed::Record(vec![Edit::Vote { clause: clause.clone(), value: Some(stand) }]))
            .expect("recorded");
    });
}

#[divan::bench]
fn sync_with_nothing_new(bencher: Bencher) {
    let sample = Sample::new();
    let mut member = sample.open(1);
    member.sync().expect("synced");
    bencher.bench_local(|| black_box(member.sync().expect("synced")));
}

/// One member records a vote and syncs, another takes it in.
#[divan::bench]
fn sync_a_vote_to_another_laptop(bencher: Bencher) {
    let sample = Sample::new();
    let (mut from, mut to) = (sample.open(4), sample.open(1));
    let clause = from.visit().clauses().next().expect("a clause").id.clone();
    bencher.bench_local(|| {
        let note = Edit::Note { clause: clause.clone(), text: "现场复看".parse().unwrap() };
        from.perform(Deed::Record(vec![note])).expect("recorded");
        from.sync().expect("synced");
        black_box(to.sync().expect("synced"));
    });
}

#[divan::bench]
fn outcome(bencher: Bencher) {
    let sample = Sample::new();
    let mut lead = sample.open(0);
    lead.perform(Deed::Submit).expect("submitted");
    bencher.bench_local(|| black_box(lead.outcome()));
}

/// The order of 500 clauses on which 9 members disagree, three in four of them, under two standards.
#[divan::bench]
fn agenda_of_a_large_panel(bencher: Bencher) {
    let visit = large_panel();
    let outcome = Outcome::of(&visit, |_| true);
    bencher.bench_local(|| black_box(Agenda::of(&visit, &outcome, false)));
}

fn large_panel() -> Visit {
    const N: usize = 500;
    let share = |grade, tenths: i64, area: Option<&str>| Condition::Share {
        clauses: None,
        grade,
        share: Amount::from_ten_thousandths(tenths * 1_000).expect("a share"),
        area: area.map(Into::into),
    };
    let standard = |id: &str, grade, tenths| Standard {
        use_when: None,
        id: id.into(),
        title: Text::default(),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions: vec![
            share(grade, tenths, None),
            share(grade, tenths, Some("area-3")),
            Condition::Core { grade: Grade::C },
        ],
    };
    let standards = vec![standard("basic", Grade::C, 9), standard("recommended", Grade::B, 7)];
    let profile = panel::profile(MergeMethod::Median, standards, Vec::new());
    let clauses =
        (0..N).map(|n| panel::clause(&format!("X-{n}"), &format!("area-{}", n / 50), n % 7 == 0, None));
    let members = (0..9).map(|member| {
        let votes = (0..N).map(|n| {
            let apart = if n % 4 == 0 { 0 } else { (member * 5 + n) % 9 / 4 };
            panel::grade(&format!("X-{n}"), Grade::ALL[(n % 2 + apart).min(3)])
        });
        let edits = votes.chain([panel::submit()]).collect();
        (panel::member(&format!("组员{member}"), Field::Medicine), edits)
    });
    panel::visit("机构", panel::checklist(profile, clauses.collect()), members.collect())
}

#[divan::bench(args = [Format::Md, Format::Csv, Format::Json])]
fn report(bencher: Bencher, format: Format) {
    let sample = Sample::new();
    let mut lead = sample.open(0);
    lead.perform(Deed::Submit).expect("submitted");
    let out = sample.folder.path().join("out");
    let options =
        ExportOptions { lang: Lang::Zh, names: false, bom: true, template: TemplateChoice::BuiltIn };
    bencher.bench_local(|| lead.export(&[format], &out, options.clone(), &mut |_| ()).expect("exported"));
}

/// Nine members and 500 clauses in five areas, and a standard that asks for shares at every grade, in each area, and of core
/// clauses: what a screen computes when something has changed, with all that would flip it.
#[divan::bench]
fn outcome_of_nine_members_and_500_clauses(bencher: Bencher) {
    let visit = large_visit();
    bencher.bench_local(|| black_box(Outcome::of(&visit, |_| true)));
}

/// Grades that differ from member to member and from clause to clause, without chance.
fn large_visit() -> Visit {
    let areas = ["a", "b", "c", "d", "e"];
    let share = |grade, percent: i64, area: Option<&str>| Condition::Share {
        clauses: None,
        grade,
        share: Amount::from_ten_thousandths(percent * 100).expect("a share"),
        area: area.map(Into::into),
    };
    let mut conditions = vec![
        share(Grade::C, 95, None),
        share(Grade::B, 80, None),
        share(Grade::A, 50, None),
        Condition::Core { grade: Grade::C },
    ];
    conditions.extend(areas.map(|area| share(Grade::C, 97, Some(area))));
    let standard = Standard {
        use_when: None,
        id: "basic".into(),
        title: Text::default(),
        status: StandardStatus::Example,
        source: Source::own_default(),
        conditions,
    };
    let id = |at: usize| format!("X-{at}");
    let clauses = (0..500).map(|at| panel::clause(&id(at), areas[at / 100], at % 10 == 0, None));
    let profile = panel::profile(MergeMethod::Median, vec![standard], Vec::new());
    let members = (0..9).map(|member| {
        let grade = |at: usize| Grade::ALL[(at * 7 % 11 + member * at % 5) / 4];
        let votes = (0..500).map(|at| panel::grade(&id(at), grade(at))).chain([panel::submit()]);
        (panel::member(&format!("组员{member}"), Field::Medicine), votes.collect())
    });
    panel::visit("机构", panel::checklist(profile, clauses.collect()), members.collect())
}

/// A panel of nine divides five hundred clauses: three votes on every tenth, one on the others, fields and recusals mixed.
#[divan::bench]
fn plan_of_nine_members_and_500_clauses(bencher: Bencher<'_, '_>) {
    let members =
        (0..9).map(|at| panel::member(&format!("m{at}"), Field::ALL[at % Field::ALL.len()])).collect();
    let jobs = (0..500_usize).map(|at| {
        let asked = if at.is_multiple_of(10) { 3 } else { 1 };
        let able = Members::first(9).without(Members::one((at * 7) % 40));
        let minutes = Minutes {
            site: Amount::whole((at as i64 * 37) % 23 + 1).unwrap(),
            documents: Amount::whole((at as i64 * 11) % 9).unwrap(),
        };
        let clause = ClauseId::new(format!("X-{at}"));
        let of_field = Members::one(at % 9).or(Members::one((at * 5) % 9)).and(able);
        Job {
            clause,
            core: asked > 1,
            minutes,
            asked,
            votes: asked,
            able,
            of_field,
            fixed: Members::NONE,
            place: at % 17,
        }
    });
    let task = Task { members, jobs: jobs.collect() };
    bencher.bench_local(|| divide(black_box(&task)));
}
