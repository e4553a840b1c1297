//! When the storm is over: faults are removed, everybody syncs, conflicts are settled, ballots submitted; then all must agree.

use std::{collections::BTreeSet, fs};

use hecha::{
    app::{
        deed::Deed,
        home::Home,
        session::Session,
        visit::{info, joining::look},
    },
    domain::{
        edit::{Choice, Edit, Stand},
        terms::{grade::Grade, id::MemberName, lang::Lang},
    },
    share::file::{self, commit::Line},
};

use super::{
    disk::{Plan, calm},
    steps::{admit_from, record, try_on},
    world::{World, lines_of},
};
use crate::fixture::tiny::{PEOPLE, must};

/// Rounds of syncs after which nothing may be new: commits, forks that they show, keys and receipts that answer these.
const ROUNDS: u64 = 5;

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
        let left = self.conflicts();
        self.expect(left == 0, "conflicts that settling does not settle");
        try_on(self, lead, |laptop| laptop.session.as_mut().unwrap().perform(Deed::Close).map(drop));
        self.settle_down();
        self.compare();
        self.compare_newcomers();
        self.tally.histories = 1;
        self.tally.most_laptops = self.laptops.len() as u64;
    }

    /// All sync until nothing is new; then all hold the same, and the file says it.
    fn settle_down(&mut self) {
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
    fn first_laptops(&mut self) -> Vec<usize> {
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
        let lead = self.lead();
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
            if state.is_submitted() || session.visit().closed {
                try_on(self, lead, |laptop| {
                    laptop
                        .session
                        .as_mut()
                        .unwrap()
                        .perform(Deed::Reopen(MemberName::new(name), "两台电脑不一致".to_owned()))
                        .map(drop)
                });
                self.settle_down();
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
        let lead = self.lead();
        for index in self.first_laptops() {
            let name = PEOPLE[self.laptops[index].person];
            if self.session(index).visit().closed
                && !self.session(index).visit().member(name).unwrap().is_submitted()
            {
                try_on(self, lead, |laptop| {
                    laptop
                        .session
                        .as_mut()
                        .unwrap()
                        .perform(Deed::Reopen(MemberName::new(name), "关闭后补评".to_owned()))
                        .map(drop)
                });
            }
        }
        self.settle_down();
        for index in self.first_laptops() {
            let session = self.session(index);
            if !session.my_state().unwrap().is_submitted() {
                let done = self.laptops[index].session.as_mut().unwrap().perform(Deed::Submit);
                let is_fine = done.is_ok();
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
            session.visit().conflicts().iter().filter(|(name, _)| name == me).count() as u64
        };
        laptops.iter().map(own).sum()
    }

    /// Every laptop folds to the same visit, and it reads as it must for every member.
    fn compare(&mut self) {
        let lead = self.lead();
        self.tally.late = self.session(lead).visit().members.iter().map(|state| state.n_late as u64).sum();
        let merged = info::merge_json(self.session(lead));
        let people: BTreeSet<usize> = self.laptops.iter().map(|laptop| laptop.person).collect();
        self.expect(merged["hidden"] == PEOPLE.len() - people.len(), "a submitted ballot is hidden");
        for index in 0..self.laptops.len() {
            self.laptops[index].end();
            self.open(index);
            if !self.counts(index) {
                continue;
            }
            self.expect(
                self.session(index).visit() == self.session(lead).visit(),
                "two laptops fold to different visits",
            );
            self.expect(info::merge_json(self.session(index)) == merged, "two laptops merge differently");
            let result = |session: &Session| info::result_json(session, Lang::Zh);
            self.expect(
                result(self.session(index)) == result(self.session(lead)),
                "two laptops have different results",
            );
        }
        let visit = self.session(lead).visit();
        for state in &visit.members {
            let feeds = state.feeds.iter().map(ToString::to_string).collect();
            let view = self.laptops[lead].view(&self.ledger, &feeds, None);
            if let Some(misread) = self.ledger.misread(&view, state) {
                self.fail(&format!("the lead reads {}: {misread}", state.member.name));
            }
            self.expect(state.n_late >= view.n_late, "edits after submission are not told");
            let lacks = self.ledger.lacks(&self.laptops[lead].holds.ids, &feeds);
            self.expect(
                (state.n_missing > 0) == lacks,
                "commits are missing and it is not told, or the reverse",
            );
        }
    }

    /// Homes that know nothing take the lines in in any order, with repetitions and in pieces, and see the same.
    fn compare_newcomers(&mut self) {
        let bytes = fs::read(&self.file).unwrap();
        let lines = lines_of(&bytes);
        let founding = lines.iter().position(|line| line.contains("\"k\":\"found\"")).unwrap();
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
            self.expect(view.visit() == self.session(lead).visit(), "a newcomer folds to another visit");
            self.expect(info::merge_json(view) == merged, "a newcomer merges differently");
        }
    }

    fn lead(&mut self) -> usize {
        let index =
            (0..self.laptops.len()).find(|index| self.laptops[*index].person == 0 && self.counts(*index));
        index.unwrap_or_else(|| self.fail("no laptop leads"))
    }

    fn session(&self, index: usize) -> &Session {
        self.laptops[index].session.as_ref().unwrap()
    }
}
