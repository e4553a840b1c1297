//! The laptops, the folder they share, and the dice.

use std::{
    any::Any,
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::OnceLock,
};

use hecha::{
    app::{home::Home, visit::founding::found},
    domain::{terms::id::VisitId, visit::MemberState},
    share::file::{self, Contents},
};
use tempfile::TempDir;

use super::{
    disk::{Crash, Plan, StormDisk},
    laptop::{Holdings, Laptop},
    ledger::{Ids, Ledger},
    rogue::{Rogue, kinds},
    steps::{self, STEPS},
    weather,
};
use crate::{
    fixture::tiny::{self, OWNERS, PEOPLE},
    support::{
        Dice, new_folder,
        tiny::{CLAUSES, tiny_visit, write_tiny_checklist},
    },
};

/// Steps of a history, at most.
const LENGTH: u64 = 70;

pub(crate) struct World {
    seed: u64,
    pub(crate) dice: Dice,
    folder: TempDir,
    pub(crate) file: PathBuf,
    pub(crate) laptops: Vec<Laptop>,
    pub(crate) ledger: Ledger,
    /// Those who have programs of their own.
    pub(crate) rogues: Vec<Rogue>,
    /// By member and the closing records that count: how the counted ballot read when it was first seen.
    frozen: BTreeMap<(String, Ids), String>,
    /// What the file has been, for old copies of it.
    pub(crate) snapshots: Vec<Vec<u8>>,
    /// The file of another visit.
    stranger: Vec<u8>,
    pub(crate) tally: Tally,
    /// What has happened, for the report of a failure.
    log: Vec<String>,
}

/// How often what happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    pub(crate) histories: u64,
    pub(crate) steps: [u64; STEPS.len()],
    pub(crate) crashes: u64,
    pub(crate) meddlings: u64,
    pub(crate) refused: u64,
    /// Times that an adversary wrote to the share.
    pub(crate) misdeeds: u64,
    /// What adversaries wrote in the open, by kind.
    pub(crate) said: BTreeMap<&'static str, u64>,
    /// Final records that a further one replaced.
    pub(crate) revised: u64,
    /// Ballots that were opened with shares or keys, and members with a seal that none was opened of.
    pub(crate) opened: u64,
    pub(crate) unopened: u64,
    /// Histories with an insider, with one who was made a deputy, with an outsider.
    pub(crate) insiders: u64,
    pub(crate) traitors: u64,
    pub(crate) outsiders: u64,
    pub(crate) forks: u64,
    pub(crate) conflicts: u64,
    pub(crate) late: u64,
    /// Most rounds of syncs until all was quiet.
    pub(crate) rounds: u64,
    pub(crate) most_laptops: u64,
}

impl World {
    pub(crate) fn new(seed: u64, keep: bool) -> Self {
        let mut dice = Dice::new(seed);
        let template = tiny::visit();
        let mut folder = new_folder();
        folder.disable_cleanup(keep);
        template.lay_out_part("share", folder.path());
        let n_people = 3 + dice.index(3);
        let (has_insider, has_outsider) = (n_people < PEOPLE.len() && dice.roll(4) > 0, dice.roll(2) == 0);
        let second_laptops = dice.roll(3) == 0;
        let mut laptops = Vec::new();
        for (index, person) in OWNERS.into_iter().enumerate() {
            if person >= n_people || (index > 4 && !second_laptops) {
                continue;
            }
            let home = tiny::home(folder.path(), index);
            template.lay_out_part(format!("home-{index}"), folder.path());
            laptops.push(Laptop::new(person, home, Holdings::default()));
        }
        let file = folder.path().join("share").join("visit.hecha");
        let snapshots = vec![fs::read(&file).unwrap()];
        let stranger = stranger().to_vec();
        let mut rogues = Vec::new();
        if has_insider {
            let own = new_folder();
            template.lay_out_part(format!("home-{n_people}"), own.path());
            rogues.push(Rogue::insider(PEOPLE[n_people], &tiny::home(own.path(), n_people)));
        }
        if has_outsider {
            let name = PEOPLE[dice.index(PEOPLE.len())];
            rogues.push(Rogue::outsider(name, &mut dice));
        }
        let (ledger, tally, log, frozen) = (Ledger::default(), Tally::default(), Vec::new(), BTreeMap::new());
        let mut world = Self {
            seed,
            dice,
            folder,
            file,
            laptops,
            ledger,
            rogues,
            frozen,
            snapshots,
            stranger,
            tally,
            log,
        };
        world.ledger.visit = Some(world.visit());
        world.tally.insiders = u64::from(has_insider);
        world.tally.outsiders = u64::from(has_outsider);
        // Every laptop enters what it made itself: the lead's has all commits of the template.
        for index in 0..world.laptops.len() {
            assert!(world.open(index), "a fresh copy opens");
        }
        world
    }

    /// Steps until the history is long enough.
    pub(crate) fn live(&mut self) {
        for _ in 0..20 + self.dice.roll(LENGTH - 20) {
            let step = steps::any(&mut self.dice);
            let laptop = self.dice.index(self.laptops.len());
            self.tally.steps[step] += 1;
            self.note(format!("{} by {laptop}", STEPS[step].0));
            (STEPS[step].2)(self, laptop);
        }
    }

    /// Others act while a laptop syncs.
    pub(crate) fn meddle(&mut self, busy: usize, with_weather: bool) {
        self.tally.meddlings += 1;
        self.laptops[busy].register(&mut self.ledger);
        let other = self.dice.index(self.laptops.len());
        match self.dice.roll(if with_weather { 6 } else { 3 }) {
            0..=2 if other != busy => {
                self.note(format!("  meanwhile {other} syncs"));
                self.sync(other, Plan { runs: Some(true), ..Plan::default() }, true);
            }
            3 => self.strike(),
            4 => weather::steal_lock(&self.file, &mut self.dice),
            5 if other != busy => {
                self.note(format!("  meanwhile {other} crashes in a sync"));
                let crash_at = Some(self.dice.index(20));
                self.sync(other, Plan { crash_at, runs: Some(true), ..Plan::default() }, true);
            }
            _ => {}
        }
    }

    pub(crate) fn strike(&mut self) {
        let what = weather::strike(&self.file, &self.snapshots, &self.stranger, &mut self.dice);
        self.note(format!("  weather: {what}"));
    }

    /// One sync of a laptop, as planned; whether it succeeded.
    pub(crate) fn sync(&mut self, index: usize, plan: Plan, nested: bool) -> bool {
        if !self.open(index) {
            return false;
        }
        let mut session = self.laptops[index].session.take().unwrap();
        let was_ours = self.main_is_ours();
        let disk = StormDisk::new(plan.clone(), (!nested).then_some((&mut *self, index)));
        let done = catch_unwind(AssertUnwindSafe(|| session.sync_with(&disk)));
        drop(disk);
        match done {
            Err(payload) => {
                self.crashed(payload);
                drop(session);
                self.laptops[index].end();
                self.open(index);
                false
            }
            Ok(done) => {
                self.laptops[index].session = Some(session);
                self.check(index);
                self.tally.refused += u64::from(done.is_err());
                if plan.is_calm() && was_ours {
                    let report = done.as_ref().unwrap_or_else(|failure| self.fail(&format!("{failure:?}")));
                    self.expect(report.state.pending == 0, "edits are pending after a calm sync");
                    self.expect_delivered(index, true);
                } else if plan.is_sound() && !plan.with_weather && was_ours && done.is_ok() {
                    self.expect_delivered(index, false);
                }
                self.remember_file();
                self.spy();
                done.is_ok()
            }
        }
    }

    fn crashed(&mut self, payload: Box<dyn Any + Send>) {
        if !payload.is::<Crash>() {
            self.print_log();
            resume_unwind(payload);
        }
        self.tally.crashes += 1;
    }

    /// After a sync without faults the main file says what the store says; if others acted in between, every commit is at
    /// least in some file of the folder.
    fn expect_delivered(&mut self, index: usize, alone: bool) {
        let stored = self.laptops[index].lines();
        let main = fs::read(&self.file).unwrap_or_default();
        if alone {
            let lines = lines_of(&main);
            self.expect(lines == stored, "the main file says something else than the store");
            self.expect(
                matches!(file::read(&main), Contents::Lines { intact: true, .. }),
                "the main file is not intact",
            );
            return;
        }
        let mut there = BTreeSet::new();
        for entry in fs::read_dir(self.file.parent().unwrap()).unwrap() {
            there.extend(lines_of(&fs::read(entry.unwrap().path()).unwrap()));
        }
        let missing = stored.iter().filter(|line| !there.contains(*line)).count();
        self.expect(missing == 0, "commits are in no file of the folder after a sync that claimed success");
    }

    /// The visit open on a laptop; not possible while another visit's file lies at its place.
    pub(crate) fn open(&mut self, index: usize) -> bool {
        let was_open = self.laptops[index].session.is_some();
        let is_open = self.laptops[index].open(&self.file).is_some();
        let is_strange = !self.main_is_ours();
        self.expect(is_open || is_strange, "the visit does not open");
        if is_open && !was_open {
            self.check(index);
        }
        is_open
    }

    /// Enters what a laptop has and compares what it shows with what it must.
    pub(crate) fn check(&mut self, index: usize) {
        let done = catch_unwind(AssertUnwindSafe(|| {
            let laptop = &mut self.laptops[index];
            laptop.register(&mut self.ledger);
            laptop.misread(&self.ledger, &|name| honest(&self.rogues, name))
        }));
        if let Some((who, was, is)) = self.thawed(index) {
            self.fail(&format!("laptop {index}: the counted ballot of {who} changes from {was} to {is}"));
        }
        match done {
            Ok(None) => {}
            // A deputy may retire and move devices, and by that decides what reads how.
            Ok(Some(_)) if self.is_led_astray() => {}
            Ok(Some(misread)) => self.fail(&format!("laptop {index}: {misread}")),
            Err(payload) => {
                self.print_log();
                resume_unwind(payload);
            }
        }
    }

    /// A counted ballot that does not read as it did when it was first seen under the same closing records.
    fn thawed(&mut self, index: usize) -> Option<(String, String, String)> {
        let visit = self.laptops[index].session.as_ref()?.visit();
        let closings: Ids = visit.closings.iter().map(|it| it.commit.to_string()).collect();
        for state in visit.members.iter().filter(|it| it.ballot_state.counts()) {
            let name = state.member.name.to_string();
            if !honest(&self.rogues, &name) {
                continue;
            }
            let reads = format!("{:?} {:?}", state.counted_seals, cells(state));
            let first = self.frozen.entry((name.clone(), closings.clone())).or_insert_with(|| reads.clone());
            if *first != reads {
                return Some((name, first.clone(), reads));
            }
        }
        None
    }

    /// Whether an adversary does the lead's work.
    pub(crate) fn is_led_astray(&self) -> bool {
        self.rogues.iter().any(|rogue| rogue.is_deputy)
    }

    pub(crate) fn main_is_ours(&self) -> bool {
        match fs::read(&self.file).map(|bytes| file::read(&bytes)) {
            Err(_) | Ok(Contents::Empty) => true,
            Ok(Contents::Lines { header, .. }) => header.visit == self.visit(),
            Ok(_) => false,
        }
    }

    pub(crate) fn visit(&self) -> VisitId {
        file::header(&self.snapshots[0]).unwrap().visit
    }

    fn remember_file(&mut self) {
        let Ok(bytes) = fs::read(&self.file) else { return };
        let is_new = self.snapshots.len() < 12 && self.snapshots.last() != Some(&bytes);
        let contents = file::read(&bytes);
        if is_new && matches!(contents, Contents::Lines { header, .. } if header.visit == self.visit()) {
            self.snapshots.push(bytes);
        }
    }

    /// A folder beside the homes for a copy of one.
    pub(crate) fn new_place(&mut self) -> PathBuf {
        let mut n = 100;
        while tiny::home(self.folder.path(), n).exists() {
            n += 1;
        }
        tiny::home(self.folder.path(), n)
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn note(&mut self, what: String) {
        self.log.push(what);
    }

    pub(crate) fn expect(&self, holds: bool, what: &str) {
        if !holds {
            self.fail(what);
        }
    }

    pub(crate) fn fail(&self, what: &str) -> ! {
        self.print_log();
        panic!("seed {}: {what} (in {})", self.seed, self.folder.path().display());
    }

    fn print_log(&self) {
        eprintln!("seed {}:\n{}", self.seed, self.log.join("\n"));
    }
}

/// Whether the member under this name has this program. An outsider's claim of a name does not make its owner an adversary.
fn honest(rogues: &[Rogue], name: &str) -> bool {
    rogues.iter().all(|rogue| rogue.name != name || !rogue.sits())
}

/// The file of another visit.
fn stranger() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = new_folder();
        let (home, file) = (tiny::home(folder.path(), 0), folder.path().join("other.hecha"));
        write_tiny_checklist(&home);
        tiny::must(found(&tiny::must(Home::choose(Some(home))), tiny_visit(&file, &PEOPLE), None));
        fs::read(file).unwrap()
    })
}

/// All that a ballot says.
pub(crate) fn cells(state: &MemberState) -> Vec<String> {
    let cell = |clause: &&str| {
        let ballot = &state.ballot;
        let (finding, stand, note) =
            (ballot.finding(clause, "B1"), ballot.stand(clause), ballot.note(clause));
        format!("{finding:?} {stand:?} {note:?} {}", ballot.conflicts(clause))
    };
    CLAUSES.iter().map(cell).collect()
}

/// The commit lines of a file, in its order.
pub(crate) fn lines_of(bytes: &[u8]) -> Vec<String> {
    match file::read(bytes) {
        Contents::Lines { lines, .. } => lines.into_iter().map(|(_, line)| line).collect(),
        _ => Vec::new(),
    }
}

impl Tally {
    pub(crate) fn add(&mut self, other: &Self) {
        self.histories += other.histories;
        self.steps.iter_mut().zip(other.steps).for_each(|(sum, n)| *sum += n);
        for (sum, n) in [
            (&mut self.crashes, other.crashes),
            (&mut self.meddlings, other.meddlings),
            (&mut self.refused, other.refused),
            (&mut self.forks, other.forks),
            (&mut self.conflicts, other.conflicts),
            (&mut self.late, other.late),
            (&mut self.misdeeds, other.misdeeds),
            (&mut self.opened, other.opened),
            (&mut self.unopened, other.unopened),
            (&mut self.insiders, other.insiders),
            (&mut self.traitors, other.traitors),
            (&mut self.outsiders, other.outsiders),
            (&mut self.revised, other.revised),
        ] {
            *sum += n;
        }
        for (kind, n) in &other.said {
            *self.said.entry(kind).or_default() += n;
        }
        self.rounds = self.rounds.max(other.rounds);
        self.most_laptops = self.most_laptops.max(other.most_laptops);
    }

    /// Whether the storm was one: a kind of step that never happens tests nothing.
    pub(crate) fn happened_all(&self) -> bool {
        let steps = self.steps.iter().all(|n| *n > 0);
        let said = kinds::KINDS.iter().all(|kind| self.said.contains_key(kind));
        let few = self.histories < 50;
        let (rare, ends) = ([self.crashes, self.meddlings, self.forks], [self.opened, self.revised]);
        let rare = rare.into_iter().chain([self.conflicts, self.misdeeds]).chain(ends).collect::<Vec<_>>();
        few || (steps && said && rare.iter().all(|n| *n > 0))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} histories, at most {} laptops, {} rounds",
            self.histories, self.most_laptops, self.rounds
        )?;
        for ((name, ..), n) in STEPS.iter().zip(self.steps) {
            write!(f, "{name} {n}, ")?;
        }
        write!(
            f,
            "crashes {}, meddlings {}, syncs refused {}, forked feeds {}, conflicts {}, late edits {}, misdeeds {}, \
             ballots opened {}, not opened {}, records replaced {}, insiders {}, traitors {}, outsiders {}; said by adversaries: {:?}",
            self.crashes,
            self.meddlings,
            self.refused,
            self.forks,
            self.conflicts,
            self.late,
            self.misdeeds,
            self.opened,
            self.unopened,
            self.revised,
            self.insiders,
            self.traitors,
            self.outsiders,
            self.said
        )
    }
}
