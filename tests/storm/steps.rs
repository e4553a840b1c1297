//! What a laptop does, or what is done to it.

use std::{collections::BTreeSet, fs};

use hecha::{
    app::{deed::Deed, failure::Failure},
    domain::{
        edit::{
            Choice, Edit, Stand,
            declaration::Declaration,
            finding::{Finding, Fraction},
        },
        permit::permit_scoring,
        terms::{
            grade::Grade,
            id::{ClauseId, MemberName},
        },
        visit::Identity,
    },
    share::code::join_code,
};

use super::{disk::Plan, laptop::Laptop, rogue::Rogue, world::World};
use crate::{
    fixture::tiny::PEOPLE,
    support::{
        Dice, copy_folder,
        disk::{ERRORS, Fault},
        tiny::CLAUSES,
    },
};

/// Laptops of a history, at most.
const LAPTOPS: usize = 9;
/// Operations of a sync within which something goes wrong: a plain one has about twenty.
const OPERATIONS: usize = 26;

/// A kind of step: what it is called, how often it comes, and what it does on a laptop.
type Kind = (&'static str, u64, fn(&mut World, usize));

pub(crate) const STEPS: [Kind; 20] = [
    ("edit", 30, edit),
    ("undo", 5, undo),
    ("redo", 3, redo),
    ("sync", 16, sync),
    ("sync with others", 10, sync_with_others),
    ("sync with faults", 8, sync_with_faults),
    ("crash in a sync", 7, crash_in_a_sync),
    ("restart", 3, restart),
    ("submit", 4, submit),
    ("taking back", 2, unseal),
    ("admit", 5, admit),
    ("declaration or recusal", 2, recuse),
    ("misdeed", 12, World::misbehave),
    ("close", 1, close),
    ("clone", 2, clone),
    ("copy of the home kept", 2, keep_copy),
    ("copy of the home put back", 2, put_copy_back),
    ("old file taken in", 2, take_in_old_file),
    ("weather", 14, World::weather),
    ("lock stolen", 1, World::lock_stolen),
];

pub(crate) fn any(dice: &mut Dice) -> usize {
    let mut roll = dice.roll(STEPS.iter().map(|(_, weight, _)| weight).sum());
    for (index, (_, weight, _)) in STEPS.iter().enumerate() {
        match roll.checked_sub(*weight) {
            Some(rest) => roll = rest,
            None => return index,
        }
    }
    0
}

fn edit(world: &mut World, index: usize) {
    let edit = any_edit(&mut world.dice);
    record(world, index, edit);
}

/// Records an edit. It may be refused only where the ballot is shut.
pub(crate) fn record(world: &mut World, index: usize, edit: Edit) {
    on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Record(vec![edit])).map(drop));
}

fn undo(world: &mut World, index: usize) {
    on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Undo).map(drop));
}

fn redo(world: &mut World, index: usize) {
    on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Redo).map(drop));
}

/// Something the member does by hand; refused only where the ballot is shut.
fn on(world: &mut World, index: usize, act: impl FnOnce(&mut Laptop) -> Result<(), Failure>) {
    if !world.open(index) {
        return;
    }
    let laptop = &mut world.laptops[index];
    let visit = laptop.session.as_ref().unwrap().visit();
    let me = laptop.session.as_ref().unwrap().me().unwrap().as_str();
    let recused = CLAUSES.iter().any(|clause| visit.recusal(me, clause).is_some());
    let seat = visit.member(me).map(|state| &state.member.name);
    let is_shut = permit_scoring(visit, seat).is_err() || recused;
    let done = act(laptop);
    if let Err(failure) = done {
        world.expect(is_shut, &format!("{failure:?}"));
    }
    world.check(index);
}

fn sync(world: &mut World, index: usize) {
    let runs = [Some(true), Some(false), None][world.dice.index(3)];
    world.sync(index, Plan { runs, ..Plan::default() }, false);
}

fn sync_with_others(world: &mut World, index: usize) {
    let n = 1 + world.dice.index(4);
    let meddled_at: BTreeSet<usize> = (0..n).map(|_| world.dice.index(OPERATIONS)).collect();
    let with_weather = world.dice.roll(2) == 0;
    let leap_at = (world.dice.roll(4) == 0).then(|| world.dice.index(OPERATIONS));
    let plan = Plan { meddled_at, with_weather, leap_at, runs: Some(true), ..Plan::default() };
    world.sync(index, plan, false);
}

fn sync_with_faults(world: &mut World, index: usize) {
    let dice = &mut world.dice;
    let fault = match dice.roll(9) {
        0..=2 => Fault::Refused(ERRORS[dice.index(ERRORS.len())]),
        3 => Fault::ShortWrite,
        4 => Fault::LyingWrite,
        5 => Fault::LyingFsync,
        6 => Fault::RenameLost,
        7 => Fault::RenameDoneButRefused,
        _ => Fault::ShortRead,
    };
    let plan = match dice.roll(5) {
        0 => Plan { read_only: Some("share"), ..Plan::default() },
        // A full disk: every write fails, from the beginning on.
        1 => Plan { fault: Some((Fault::ShortWrite, 0, true)), ..Plan::default() },
        _ => Plan { fault: Some((fault, dice.index(OPERATIONS), dice.roll(3) == 0)), ..Plan::default() },
    };
    let meddled_at = (0..dice.index(3)).map(|_| dice.index(OPERATIONS)).collect();
    world.sync(index, Plan { meddled_at, with_weather: true, runs: Some(true), ..plan }, false);
}

fn crash_in_a_sync(world: &mut World, index: usize) {
    let crash_at = Some(world.dice.index(OPERATIONS));
    let meddled_at = (0..world.dice.index(3)).map(|_| world.dice.index(OPERATIONS)).collect();
    world.sync(
        index,
        Plan { crash_at, meddled_at, with_weather: true, runs: Some(true), ..Plan::default() },
        false,
    );
}

fn restart(world: &mut World, index: usize) {
    world.laptops[index].end();
    world.open(index);
}

fn submit(world: &mut World, index: usize) {
    try_on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Submit).map(drop));
}

fn unseal(world: &mut World, index: usize) {
    try_on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Unseal).map(drop));
}

/// A member declares interests, or the lead records that somebody does not vote on a clause or is not there, or takes it back.
fn recuse(world: &mut World, index: usize) {
    let clause: ClauseId = CLAUSES[world.dice.index(CLAUSES.len())].into();
    let who = MemberName::new(PEOPLE[world.dice.index(PEOPLE.len())]);
    let is_lifted = world.dice.roll(3) == 0;
    let deed = if world.dice.roll(4) == 0 {
        Deed::RecordAbsence(who, (!is_lifted).then(|| "生病".to_owned()))
    } else if world.dice.roll(2) == 0 {
        let recusals = if is_lifted { BTreeSet::new() } else { BTreeSet::from([Some(clause)]) };
        Deed::Declare(Declaration { text: "有往来".parse().unwrap(), recusals })
    } else {
        Deed::Recuse(who, Some(clause), (!is_lifted).then(|| "近亲属".to_owned()))
    };
    try_on(world, index, |laptop| laptop.session.as_mut().unwrap().perform(deed).map(drop));
}

/// The lead types the code from another laptop's screen.
fn admit(world: &mut World, index: usize) {
    let lead = world.laptops.iter().position(|laptop| laptop.person == 0).unwrap();
    if world.dice.roll(3) == 0 && admit_insider(world, lead) {
        return;
    }
    let waits = world
        .laptops
        .iter()
        .position(|laptop| laptop.session.as_ref().is_some_and(|session| session.waits_for_admission()));
    admit_from(world, lead, waits.unwrap_or(index));
}

/// Whether the lead's laptop admitted another one.
pub(crate) fn admit_from(world: &mut World, lead: usize, index: usize) -> bool {
    if lead == index || !world.open(lead) || !world.open(index) {
        return false;
    }
    let Ok(Some(code)) = world.laptops[index].session.as_ref().unwrap().join_code() else { return false };
    let admitted = world.laptops[lead].session.as_mut().unwrap().perform(Deed::Admit(code.typed())).is_ok();
    world.check(lead);
    admitted
}

/// The lead admits the insider, and once in a while makes a deputy of one.
fn admit_insider(world: &mut World, lead: usize) -> bool {
    let Some(at) = world.rogues.iter().position(Rogue::sits) else { return false };
    if !world.open(lead) {
        return false;
    }
    let is_deputy = world.dice.roll(8) == 0;
    let rogue = &world.rogues[at];
    let root: &Laptop = &world.laptops[lead];
    let code = join_code(&world.visit(), root.root_key(), rogue.public());
    let name = MemberName::new(rogue.name.as_str());
    let feed = rogue.feed().to_string();
    let session = world.laptops[lead].session.as_mut().unwrap();
    let _ = session.perform(Deed::Admit(code));
    if is_deputy && session.perform(Deed::Deputy(name)).is_ok() {
        world.rogues[at].is_deputy = true;
        world.tally.traitors = 1;
        world.ledger.traitors.insert(feed);
    }
    world.check(lead);
    true
}

fn close(world: &mut World, _: usize) {
    try_on(world, 0, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Close).map(drop));
}

/// Something that the program may refuse.
pub(crate) fn try_on(world: &mut World, index: usize, act: impl FnOnce(&mut Laptop) -> Result<(), Failure>) {
    if world.open(index) {
        let _ = act(&mut world.laptops[index]);
        world.check(index);
    }
}

fn clone(world: &mut World, index: usize) {
    if world.laptops.len() < LAPTOPS {
        let folder = world.new_place();
        let laptop = &mut world.laptops[index];
        let holds = laptop.copy_to(&folder, &mut world.ledger).twin(&mut world.ledger);
        let clone = Laptop::new(laptop.person, folder, holds);
        world.laptops.push(clone);
    }
}

fn keep_copy(world: &mut World, index: usize) {
    let folder = world.new_place();
    let laptop = &mut world.laptops[index];
    let holds = laptop.copy_to(&folder, &mut world.ledger);
    laptop.copy = Some((folder, holds));
}

/// What was never delivered since is lost with the disk; all else comes back with the next sync.
fn put_copy_back(world: &mut World, index: usize) {
    let laptop = &mut world.laptops[index];
    let Some((folder, holds)) = laptop.copy.clone() else { return };
    laptop.end();
    fs::remove_dir_all(&laptop.folder).unwrap();
    copy_folder(&folder, &laptop.folder);
    laptop.holds = holds.twin(&mut world.ledger);
    world.open(index);
}

fn take_in_old_file(world: &mut World, index: usize) {
    let at = world.dice.index(world.snapshots.len());
    let old = world.root().join("old.hecha");
    fs::write(&old, &world.snapshots[at]).unwrap();
    let path = old.to_str().unwrap().to_owned();
    on(world, index, |laptop| laptop.session.as_mut().unwrap().restore(&path).map(drop));
}

impl World {
    fn weather(&mut self, _: usize) {
        self.strike();
    }

    fn lock_stolen(&mut self, _: usize) {
        super::weather::steal_lock(&self.file, &mut self.dice);
    }

    /// Whether a laptop's member counts.
    pub(crate) fn counts(&mut self, index: usize) -> bool {
        self.open(index)
            && self.laptops[index]
                .session
                .as_ref()
                .unwrap()
                .my_state()
                .is_some_and(|state| state.identity != Identity::Waiting)
    }
}

fn any_edit(dice: &mut Dice) -> Edit {
    let clause = CLAUSES[dice.index(CLAUSES.len())];
    match dice.roll(3) {
        0 => Edit::Finding {
            clause: clause.into(),
            point: "B1".into(),
            value: (dice.roll(5) > 0).then(|| Finding::Ratio(Fraction::new(dice.roll(21), 20).unwrap())),
        },
        1 => Edit::Note { clause: clause.into(), text: format!("记录 {}", dice.roll(40)).parse().unwrap() },
        _ => {
            let grade = Grade::ALL[dice.index(Grade::ALL.len())];
            let stand = Stand {
                choice: Choice::Grade(grade),
                reason: format!("理由 {}", dice.roll(9)).parse().unwrap(),
            };
            Edit::Vote { clause: clause.into(), value: (dice.roll(5) > 0).then_some(stand) }
        }
    }
}
