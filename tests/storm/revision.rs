//! After the end the facility objects, the panel votes on that clause in the clear, and a further final record replaces the first;
//! adversaries speak in between and afterwards.

use hecha::{
    app::deed::Deed,
    domain::{
        edit::{Choice, objection::Objection, verdict::Decision},
        terms::{grade::Grade, id::ClauseId},
    },
};

use super::{finish::ending, steps::try_on, world::World};
use crate::support::{every_reason, tiny::CLAUSES};

impl World {
    /// A revision by all who are there. It changes what it is about and nothing else, and what comes after it changes nothing.
    pub(super) fn revise(&mut self, lead: usize) {
        if self.is_led_astray() || self.dice.roll(2) == 0 {
            return;
        }
        let clause = ClauseId::new(CLAUSES[self.dice.index(CLAUSES.len())]);
        let grade = Grade::ALL[self.dice.index(Grade::ALL.len())];
        self.note(format!("— the facility objects to {clause}, which becomes {grade}"));
        let before = ending(self.session(lead));
        self.object(lead, &clause, "");
        self.speak_up();
        for index in self.first_laptops() {
            let deed = Deed::ClearVote(clause.clone(), Some(Choice::Grade(grade)), "复看".to_owned());
            try_on(self, index, |laptop| laptop.session.as_mut().unwrap().perform(deed).map(drop));
        }
        self.speak_up();
        let deed = Deed::Decide(clause.clone(), Some(Decision::Grade(grade)), "合议".to_owned());
        try_on(self, lead, |laptop| laptop.session.as_mut().unwrap().perform(deed).map(drop));
        self.object(lead, &clause, "已复看");
        self.settle_down();
        self.sign_by_all();
        let reasons = every_reason("组长决定");
        try_on(self, lead, |laptop| {
            laptop.session.as_mut().unwrap().perform(Deed::Finalize(reasons)).map(drop)
        });
        self.settle_down();
        let after = ending(self.session(lead));
        let is_revised = !self.session(lead).visit().revision.replaced.is_empty();
        self.tally.revised += u64::from(is_revised);
        self.expect(is_revised || after == before, "what was final changes without a further record");
        for at in (0..CLAUSES.len()).filter(|at| CLAUSES[*at] != clause.as_str()) {
            self.expect(after.verdicts[at] == before.verdicts[at], "what nobody objected to changes");
        }
        self.expect(after.members == before.members, "a revision changes a ballot");
        self.speak_up();
        for index in 0..self.laptops.len() {
            if self.counts(index) {
                self.expect(
                    ending(self.session(index)) == after,
                    "what was revised changes, or is read otherwise",
                );
            }
        }
    }

    fn object(&mut self, lead: usize, clause: &ClauseId, answer: &str) {
        let objection = Objection {
            by: "院长".parse().unwrap(),
            text: "台账另存".parse().unwrap(),
            answer: answer.parse().unwrap(),
            on: None,
        };
        let deed = Deed::Object(Some(clause.clone()), Some(objection));
        try_on(self, lead, |laptop| laptop.session.as_mut().unwrap().perform(deed).map(drop));
        self.settle_down();
    }

    /// Adversaries write something, and all hear of it.
    fn speak_up(&mut self) {
        for _ in 0..self.dice.roll(3) {
            self.misbehave(0);
        }
        self.settle_down();
    }
}
