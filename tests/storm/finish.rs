//! When the storm is over: faults are removed, everybody syncs, conflicts are settled, ballots sealed and opened; then all must
//! agree. The lead makes the visit final, the storm goes on for a while, and nothing of the outcome may have changed.

use std::{collections::BTreeSet, fs};

use hecha::{
    app::{
        deed::Deed,
        ending::signing::record_digest,
        home::Home,
        session::Session,
        visit::{info, joining::look},
    },
    domain::{
        ballot::seal::BallotState,
        edit::{Choice, Edit, Stand},
        terms::{grade::Grade, lang::Lang},
        visit::{Visit, conflict::InConflict},
    },
    share::file::{
        self,
        commit::{Commit, Line},
    },
};

use super::{
    disk::{Plan, calm},
    ledger::Ids,
    rogue::Rogue,
    steps::{self, admit_from, record, try_on},
    world::{World, cells, lines_of},
};
use crate::{
    fixture::tiny::{PEOPLE, must},
    support::every_reason,
};

/// Rounds of syncs after which nothing may be new: commits, forks that they show, keys and receipts that answer these.
const ROUNDS: u64 = 6;
/// Steps after the end, at most.
const AFTERWARDS: u64 = 12;

impl World {
    pub(crate) fn finish(&mut self) {
        self.note("— the storm is over".to_owned());
        if !self.main_is_ours() {
            // A person puts the error page or the other visit's file away.
            fs::remove_file(&self.file).unwrap();
        }
        self.settle_down();
        let lead = self.lead();
        for index in 0..self.laptops.len() {
            if !self.counts(index) {
                admit_from(self, lead, index);
            }
        }
        self.settle_down();
        self.tally.forks += self.session(lead).visit().forks.len() as u64;
        self.tally.conflicts += self.conflicts();
        for _ in 0..4 {
            self.settle_conflicts();
            self.submit_all();
            if self.conflicts() == 0 {
                break;
            }
        }
        let is_bound = self.session(lead).visit().closed || self.is_led_astray();
        let left = self.conflicts();
        self.expect(left == 0 || is_bound, "conflicts that settling does not settle");
        let left_out = self.prepare_for_the_closing(lead);
        try_on(self, lead, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Close).map(drop));
        if self.dice.roll(2) == 0 {
            self.open_by_few(lead);
        }
        self.settle_down();
        if let Some(index) = left_out.filter(|_| self.dice.roll(2) == 0) {
            // What was left out is sealed again and comes late.
            try_on(self, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Submit).map(drop));
            self.settle_down();
            try_on(self, lead, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Close).map(drop));
            self.settle_down();
        }
        self.compare();
        self.compare_newcomers();
        self.end(lead);
        self.tally.histories = 1;
        self.tally.most_laptops = self.laptops.len() as u64;
    }

    /// Now and then a member takes the seal back before the closing, so that no record names it; and an insider seals, to have
    /// the panel open what is in the boxes that were copied. Says whose laptop took a seal back.
    fn prepare_for_the_closing(&mut self, lead: usize) -> Option<usize> {
        if let Some(at) = self.rogues.iter().position(Rogue::sits).filter(|_| self.dice.roll(2) == 0) {
            self.scheme(at);
        }
        let others: Vec<usize> = self.first_laptops().into_iter().filter(|index| *index != lead).collect();
        let left_out =
            (!others.is_empty() && self.dice.roll(3) == 0).then(|| others[self.dice.index(others.len())]);
        if let Some(index) = left_out {
            try_on(self, index, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Unseal).map(drop));
        }
        self.settle_down();
        left_out
    }

    /// As soon as so many seats have synced that each key has boxes for enough of them, the counted ballots are open, whoever
    /// stays away.
    fn open_by_few(&mut self, lead: usize) {
        let calm = Plan { runs: Some(true), ..Plan::default() };
        let mut few = self.first_laptops();
        while few.len() > 3 {
            let at = self.dice.index(few.len());
            few.remove(at);
        }
        few.insert(0, lead);
        for index in few.iter().chain([&lead]) {
            let done = self.sync(*index, calm.clone(), false);
            self.expect(done, "a sync without faults fails");
        }
        let devices: Ids = few.iter().map(|index| self.session(*index).feed().to_string()).collect();
        let visit = self.session(lead).visit();
        for state in visit.members.iter().filter(|it| it.ballot_state == BallotState::Unopened) {
            let seals: Ids = state.counted_seals.iter().map(ToString::to_string).collect();
            let is_honest = seals.iter().all(|seal| self.ledger.commits[seal].is_honest);
            let must = is_honest && self.ledger.must_open(&self.laptops[lead].holds.ids, &seals, &devices);
            self.expect(!must, &format!("the ballot of {} is not open", state.member.name));
        }
    }

    /// Everybody signs the record as all have it, and the others hear of it.
    pub(super) fn sign_by_all(&mut self) {
        for index in self.first_laptops() {
            try_on(self, index, |laptop| {
                let session = laptop.session.as_mut().unwrap();
                let record = record_digest(session.visit());
                session.perform(Deed::Sign(record)).map(drop)
            });
        }
        self.settle_down();
    }

    /// The visit is made final; whatever comes afterwards changes nothing that is.
    fn end(&mut self, lead: usize) {
        let reasons = every_reason("组长决定");
        self.sign_by_all();
        let final_before = self.session(lead).visit().finalised.is_some();
        try_on(self, lead, |laptop| {
            laptop.session.as_mut().unwrap().perform(Deed::Finalize(reasons)).map(drop)
        });
        let visit = self.session(lead).visit();
        let is_final = visit.finalised.is_some();
        let must_be = visit.closed && !visit.unknown_critical && !self.is_led_astray();
        self.expect(is_final || !must_be, "the lead cannot make the visit final");
        if !is_final || final_before {
            return;
        }
        self.settle_down();
        let before = ending(self.session(lead));
        for _ in 0..self.dice.roll(AFTERWARDS) {
            let index = self.dice.index(self.laptops.len());
            match self.dice.roll(4) {
                0 => try_on(self, index, |laptop| {
                    let session = laptop.session.as_mut().unwrap();
                    let record = record_digest(session.visit());
                    session.perform(Deed::Sign(record)).map(drop)
                }),
                1 => {
                    let step = steps::any(&mut self.dice);
                    self.note(format!("{} by {index}", steps::STEPS[step].0));
                    (steps::STEPS[step].2)(self, index);
                }
                _ => self.misbehave(index),
            }
        }
        if !self.main_is_ours() {
            fs::remove_file(&self.file).unwrap();
        }
        self.settle_down();
        let lead = self.lead();
        for index in 0..self.laptops.len() {
            if self.counts(index) {
                let after = ending(self.session(index));
                self.expect(
                    after == before || self.is_led_astray(),
                    &format!("what was final changed: {before:#?}\n{after:#?}"),
                );
                self.expect(after == ending(self.session(lead)), "two laptops have different ends");
            }
        }
        self.revise(lead);
    }

    /// All sync until nothing is new; then all hold the same, and the file says it.
    pub(super) fn settle_down(&mut self) {
        let calm = Plan { runs: Some(true), ..Plan::default() };
        let mut rounds = 0;
        let mut before = 0;
        loop {
            for index in 0..self.laptops.len() {
                let done = self.sync(index, calm.clone(), false);
                self.expect(done, "a sync without faults fails");
            }
            let sets: BTreeSet<_> = self.laptops.iter_mut().map(|laptop| laptop.commit_ids()).collect();
            let now = sets.iter().map(BTreeSet::len).sum::<usize>();
            if sets.len() == 1 && now == before {
                break;
            }
            let sizes: Vec<usize> = self.laptops.iter_mut().map(|laptop| laptop.commit_ids().len()).collect();
            self.note(format!("  after round {rounds}: {sizes:?} commits"));
            before = if sets.len() == 1 { now } else { 0 };
            rounds += 1;
            self.expect(rounds <= ROUNDS, "the laptops do not come to rest");
        }
        self.tally.rounds = self.tally.rounds.max(rounds);
        // Everybody can write the file alone, and writes the same.
        let bytes = fs::read(&self.file).unwrap();
        for index in 0..self.laptops.len() {
            let lines: Vec<Line> =
                self.laptops[index].lines().iter().map(|line| Line::parse(line).unwrap()).collect();
            self.expect(file::write(&self.visit(), &lines) == bytes, "equal sets give other bytes");
        }
    }

    /// The members' own laptops that count, one for each person.
    pub(super) fn first_laptops(&mut self) -> Vec<usize> {
        let mut seen = BTreeSet::new();
        let mut first = Vec::new();
        for index in 0..self.laptops.len() {
            if self.counts(index) && seen.insert(self.laptops[index].person) {
                first.push(index);
            }
        }
        first
    }

    fn settle_conflicts(&mut self) {
        for index in self.first_laptops() {
            let name = PEOPLE[self.laptops[index].person];
            let session = self.session(index);
            let state = session.visit().member(name).unwrap();
            let clauses: Vec<String> = session
                .visit()
                .clauses()
                .map(|clause| clause.id.to_string())
                .filter(|clause| state.ballot.conflicts(clause))
                .collect();
            if clauses.is_empty() {
                continue;
            }
            if session.visit().closed {
                continue;
            }
            if state.is_submitted() {
                try_on(self, index, |laptop| {
                    laptop.session.as_mut().unwrap().perform(Deed::Unseal).map(drop)
                });
            }
            for clause in clauses {
                let stand =
                    Stand { choice: Choice::Grade(Grade::B), reason: "以此为准".parse().unwrap() };
                for edit in [
                    Edit::Vote { clause: clause.as_str().into(), value: Some(stand) },
                    Edit::Note { clause: clause.as_str().into(), text: "以此为准".parse().unwrap() },
                    Edit::Finding { clause: clause.as_str().into(), point: "B1".into(), value: None },
                ] {
                    record(self, index, edit);
                }
            }
        }
        self.settle_down();
    }

    fn submit_all(&mut self) {
        for index in self.first_laptops() {
            let session = self.session(index);
            let state = session.my_state().unwrap();
            if !state.is_submitted() && !state.seals.stands() && session.visit().finalised.is_none() {
                let is_bound = session.visit().closed || self.is_led_astray();
                let done = self.laptops[index].session.as_mut().unwrap().perform(Deed::Submit);
                let is_fine = done.is_ok() || is_bound;
                self.expect(is_fine, &format!("a ballot without conflicts is not submitted: {done:?}"));
                self.check(index);
            }
        }
        self.settle_down();
    }

    /// Conflicts of anybody that anybody can see on their own laptop.
    fn conflicts(&mut self) -> u64 {
        let laptops = self.first_laptops();
        let own = |index: &usize| {
            let session = self.session(*index);
            let me = session.me().unwrap();
            let visit = session.visit();
            // Where the member is recused, nothing need be settled, and nothing can be.
            let is_owed = |it: &InConflict| match it {
                InConflict::Vote(clause) => visit.recusal(me.as_str(), clause.as_str()).is_none(),
                _ => true,
            };
            visit.conflicts().iter().filter(|(name, it)| name == me && is_owed(it)).count() as u64
        };
        laptops.iter().map(own).sum()
    }

    /// Every laptop folds to the same visit, and it reads as it must for every member.
    fn compare(&mut self) {
        let lead = self.lead();
        let states: Vec<BallotState> =
            self.session(lead).visit().members.iter().map(|state| state.ballot_state).collect();
        let n =
            |is_meant: &dyn Fn(BallotState) -> bool| states.iter().filter(|it| is_meant(**it)).count() as u64;
        self.tally.late = n(&|it| it == BallotState::Late);
        self.tally.opened = n(&|it| it.counts());
        self.tally.unopened = n(&|it| it == BallotState::Unopened);
        let merged = info::merge_json(self.session(lead));
        for index in 0..self.laptops.len() {
            self.laptops[index].end();
            self.open(index);
            if !self.counts(index) {
                continue;
            }
            let (mine, theirs) = (public(self.session(index).visit()), public(self.session(lead).visit()));
            self.expect(mine == theirs, "two laptops fold to different visits");
            if !reads_all(self.session(index)) || !reads_all(self.session(lead)) {
                continue;
            }
            self.expect(info::merge_json(self.session(index)) == merged, "two laptops merge differently");
            let result = |session: &Session| info::result_json(session, Lang::Zh);
            self.expect(
                result(self.session(index)) == result(self.session(lead)),
                "two laptops have different results",
            );
        }
        let visit = self.session(lead).visit();
        for state in &visit.members {
            let seals: Ids = state.counted_seals.iter().map(ToString::to_string).collect();
            if !seals.iter().all(|seal| self.ledger.commits[seal].is_honest) {
                continue;
            }
            let is_shut = state.ballot_state == BallotState::Unopened;
            self.expect(!is_shut, &format!("the ballot of {} is not open", state.member.name));
            let feeds = state.feeds.iter().map(ToString::to_string).collect();
            let lacks = self.ledger.lacks(&self.laptops[lead].holds.ids, &feeds);
            self.expect(
                (state.n_missing > 0) == lacks || self.is_led_astray(),
                "commits are missing and it is not told, or the reverse",
            );
        }
    }

    /// Homes that know nothing take the lines in in any order, with repetitions and in pieces, and see the same.
    fn compare_newcomers(&mut self) {
        let bytes = fs::read(&self.file).unwrap();
        let lines = lines_of(&bytes);
        // An adversary may have written what it says into a commit of its own.
        let founds = |line: &String| Commit::founded_visit(&Line::parse(line).unwrap().json) == self.visit();
        let founding = lines.iter().position(founds).unwrap();
        let mut views: Vec<Session> = Vec::new();
        for n in 0..3 {
            let share = self.root().join(format!("newcomer-{n}"));
            fs::create_dir(&share).unwrap();
            let main = share.join("visit.hecha");
            let mut shuffled: Vec<&String> = Vec::new();
            for _ in 0..=n {
                shuffled.extend(&lines);
            }
            for place in (1..shuffled.len()).rev() {
                shuffled.swap(place, self.dice.index(place + 1));
            }
            let parsed = |lines: &[&String]| -> Vec<Line> {
                lines.iter().map(|line| Line::parse(line).unwrap()).collect()
            };
            let whole = n < 2;
            let first: &[&String] = if whole { &shuffled } else { &[&lines[founding]] };
            fs::write(&main, file::write(&self.visit(), &parsed(first))).unwrap();
            let home = must(Home::choose(Some(share.join("home"))));
            let mut session = must(look(&home, &main, None));
            if !whole {
                for (piece, part) in shuffled.chunks(shuffled.len().div_ceil(4)).enumerate() {
                    let copy = share.join(format!("visit {piece}.hecha"));
                    fs::write(copy, file::write(&self.visit(), &parsed(part))).unwrap();
                }
                must(session.sync_with(&calm()));
                self.expect(fs::read(&main).unwrap() == bytes, "a newcomer writes other bytes");
            }
            views.push(session);
        }
        let lead = self.lead();
        let merged = info::merge_json(self.session(lead));
        for view in &views {
            let (mine, theirs) = (public(view.visit()), public(self.session(lead).visit()));
            self.expect(mine == theirs, "a newcomer folds to another visit");
            let is_same = info::merge_json(view) == merged || !reads_all(self.session(lead));
            self.expect(is_same, "a newcomer merges differently");
        }
    }

    pub(super) fn lead(&mut self) -> usize {
        let index =
            (0..self.laptops.len()).find(|index| self.laptops[*index].person == 0 && self.counts(*index));
        index.unwrap_or_else(|| self.fail("no laptop leads"))
    }

    pub(super) fn session(&self, index: usize) -> &Session {
        self.laptops[index].session.as_ref().unwrap()
    }
}

/// Whether nothing is left out on a laptop because its member is recused from it.
fn reads_all(session: &Session) -> bool {
    let (visit, me) = (session.visit(), session.me().unwrap().as_str());
    visit.clauses().all(|clause| !visit.is_withheld(me, clause.id.as_str()))
}

/// What of a visit everybody must see alike: what is sealed reads its own laptop only.
fn public(visit: &Visit) -> Visit {
    let mut visit = visit.clone();
    for state in &mut visit.members {
        state.read.clear();
        if !state.ballot_state.counts() {
            state.ballot = hecha::domain::ballot::Ballot::default();
        }
    }
    visit
}

/// What may not change any more once a visit is final.
#[derive(Debug, PartialEq)]
pub(super) struct Ending {
    pub(super) record: String,
    pub(super) members: Vec<(String, BallotState, Vec<String>)>,
    pub(super) recusals: String,
    pub(super) verdicts: Vec<String>,
    pub(super) finalised: String,
    pub(super) result: String,
}

pub(super) fn ending(session: &Session) -> Ending {
    let visit = session.visit();
    let members = visit.members.iter().filter(|it| it.ballot_state.counts());
    let verdicts = visit.clauses().map(|clause| format!("{:?}", visit.lead_verdict(clause.id.as_str())));
    let mut result = info::result_json(session, Lang::Zh);
    // Who has signed, who waits and what was found out since is told of a final visit, too.
    if let Some(result) = result.as_object_mut() {
        for key in ["open", "signatures", "matters"] {
            result.remove(key);
        }
    }
    Ending {
        record: format!("{:?}", record_digest(visit)),
        members: members.map(|it| (it.member.name.to_string(), it.ballot_state, cells(it))).collect(),
        recusals: format!("{:?} {:?}", visit.recusals, visit.recorded_absent().collect::<Vec<_>>()),
        verdicts: verdicts.collect(),
        finalised: format!("{:?}", visit.finalised),
        result: result.to_string(),
    }
}
