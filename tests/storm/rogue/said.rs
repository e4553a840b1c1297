//! What an adversary says in the open: every kind of edit that there is, fitting or not.

use std::collections::{BTreeMap, BTreeSet};

use hecha::{
    domain::{
        edit::{
            BallotKey, Choice, Edit, Expert, Offer, Release, SeatShare, Share, Stand,
            declaration::Declaration,
            dissent::{Cause, Dissent},
            evidence::{EvidenceItem, MediaType},
            finding::{Finding, Fraction},
            objection::Objection,
            plan::Plan as WorkPlan,
            rectify::{Closure, Plan, Problem, RectifyStep, Submission},
            slot::Slot,
            verdict::{Citation, Decision, GateDecision, GateState, LeadVerdict},
            waiver::{Finalisation, MatterKind, Waiver},
        },
        facility::profile::{ProfileField, ProfileValue},
        terms::{
            absence::Absence,
            amount::Amount,
            digest::Digest,
            field::Field,
            grade::Grade,
            id::{ClauseId, CommitId, FeedId, GateId, MemberName},
            written::Line,
        },
    },
    share::{
        file::seal,
        wire::{Extra, encode_edit},
    },
};
use serde_json::Value;

use super::{Public, Rogue, bytes};
use crate::{
    fixture::tiny::PEOPLE,
    support::{Dice, tiny::CLAUSES},
};

/// Items of the rectification ledger that are named: those a final record puts there are called so, and one of nobody's.
const ITEMS: [&str; 4] = ["DM-01.B1", "DM-02", "DM-03.B1", "X-ab12"];

/// What can be known of the records of a visit, from any program that reads it.
#[derive(Debug, Default)]
pub(crate) struct Records {
    /// What members would sign now.
    pub(crate) current: Vec<Digest>,
    /// What is final.
    pub(crate) in_force: Option<Digest>,
}

impl Records {
    pub(super) fn any(&self, dice: &mut Dice) -> Digest {
        let known: Vec<&Digest> = self.current.iter().chain(&self.in_force).collect();
        match dice.roll(4) {
            0 => Digest(bytes(dice)),
            _ if known.is_empty() => Digest(bytes(dice)),
            _ => *known[dice.index(known.len())],
        }
    }
}

/// One who speaks, with what is before their eyes.
pub(super) struct Speaker<'a> {
    pub(super) rogue: &'a Rogue,
    pub(super) public: &'a [Public],
    pub(super) records: &'a Records,
    pub(super) dice: &'a mut Dice,
}

impl Speaker<'_> {
    /// Anything that can be written into a commit: now and then what somebody else wrote, with a part left out, or critical.
    pub(super) fn anything(&mut self) -> Value {
        let said: Vec<&Value> = self.public.iter().flat_map(|it| &it.written).collect();
        let mut value = match self.dice.roll(12) {
            0 if !said.is_empty() => said[self.dice.index(said.len())].clone(),
            _ => self.encoded(),
        };
        let Some(members) = value.as_object_mut() else { return value };
        if self.dice.roll(25) == 0 {
            let names: Vec<String> = members.keys().cloned().collect();
            members.remove(&names[self.dice.index(names.len())]);
        }
        if self.dice.roll(60) == 0 {
            members.insert("crit".to_owned(), true.into());
        }
        value
    }

    fn encoded(&mut self) -> Value {
        let key = self.rogue.key.public().to_text();
        let edit = self.any_edit();
        let is_first = matches!(edit, Edit::Join { .. } | Edit::JoinOffice);
        encode_edit(&edit, if is_first { Extra::Key(&key) } else { Extra::None })
    }

    fn any_edit(&mut self) -> Edit {
        match self.dice.roll(24) {
            0..=6 => self.of_the_ballot(),
            7..=12 => self.of_the_opening(),
            13..=17 => self.of_the_lead(),
            18 | 19 => self.of_the_seats(),
            _ => self.of_the_end(),
        }
    }

    fn of_the_ballot(&mut self) -> Edit {
        let clause = self.clause();
        match self.dice.roll(13) {
            0..=2 => any_vote(self.dice),
            3 => {
                let fraction = || Fraction::new(1, 3).unwrap();
                let value = match self.dice.roll(4) {
                    0 => None,
                    1 => Some(Finding::Tick(self.flip())),
                    2 => Some(Finding::NotApplicable),
                    _ => Some(Finding::Ratio(fraction())),
                };
                Edit::Finding { clause, point: "B1".into(), value }
            }
            4 => Edit::Note { clause, text: "自己的程序".parse().unwrap() },
            5 => {
                let (digest, sealed) = (Digest(bytes(self.dice)), Digest(bytes(self.dice)));
                let item = EvidenceItem {
                    name: "照片.jpg".to_owned(),
                    caption: line(),
                    point: None,
                    size: self.dice.roll(1 << 20),
                    media: MediaType::Jpeg,
                    sealed,
                };
                Edit::Evidence { clause, digest, value: self.flip().then_some(item) }
            }
            6..=9 => Edit::Submit { tips: self.some_ids() },
            10 => Edit::Unseal,
            _ => {
                let n = self.dice.roll(2);
                let recusals = (0..n).map(|_| (self.dice.roll(2) == 0).then(|| clause.clone())).collect();
                Edit::Declare(Declaration { text: "无".parse().unwrap(), recusals })
            }
        }
    }

    fn of_the_opening(&mut self) -> Edit {
        match self.dice.roll(8) {
            0 => Edit::Blind { commitment: self.any_commitment() },
            1 | 2 => self.any_offer(),
            3 | 4 => self.any_release(),
            5 => Edit::Key { key: BallotKey(bytes(self.dice)) },
            6 => Edit::Key { key: self.rogue.ballot_key(self.dice) },
            _ => Edit::Receipt { heads: any_heads(self.public, self.dice) },
        }
    }

    fn of_the_lead(&mut self) -> Edit {
        let (clause, name) = (self.clause(), self.who());
        let reason = (self.dice.roll(3) > 0).then(line);
        match self.dice.roll(12) {
            0 | 1 => Edit::Close { tips: self.some_ids() },
            2 | 3 => Edit::Verdict { clause, value: self.flip().then(|| self.verdict()) },
            4 => {
                let state = if self.flip() { GateState::Tripped } else { GateState::Clear };
                let value = self.flip().then(|| GateDecision { state, reason: line() });
                Edit::Gate { gate: GateId::new("G1"), value }
            }
            5 => Edit::Recuse { name, clause: self.flip().then_some(clause), reason },
            6 | 7 => Edit::Absent { name, reason },
            8 if self.flip() => Edit::Plan(None),
            8 => Edit::Plan(Some(self.plan().into())),
            9 => {
                let value = ProfileValue::Text("自己的卫生院".to_owned());
                let (field, value) = match self.dice.roll(3) {
                    0 => (ProfileField::Name, Some(value)),
                    1 => (ProfileField::Beds, Some(ProfileValue::Count(self.dice.roll(99)))),
                    _ => (ProfileField::Beds, None),
                };
                Edit::Facility { field, value }
            }
            10 => Edit::Slot(Slot {
                counter: self.dice.roll(3),
                key: "age1nobody".to_owned(),
                text: "AAAA".to_owned(),
            }),
            _ => self.objection(),
        }
    }

    fn of_the_seats(&mut self) -> Edit {
        let (feed, name) = (self.any_feed(), self.who());
        let expert = (self.dice.roll(4) == 0).then(|| Expert { field: Field::Medicine, title: line() });
        match self.dice.roll(9) {
            0 | 1 => Edit::Admit { feed, name, expert, checked: self.flip() },
            2 | 3 => Edit::Retire { feed, n: self.dice.roll(3) },
            4 => Edit::Deputy { name },
            5 => Edit::Office { feed },
            6 => Edit::JoinOffice,
            7 => Edit::Device { feed },
            _ => Edit::Join { name, expert },
        }
    }

    fn of_the_end(&mut self) -> Edit {
        let clause = self.clause();
        match self.dice.roll(16) {
            0..=2 => {
                let revises = match (self.dice.roll(3), self.records.in_force) {
                    (0, _) => None,
                    (1, None) => Some(Digest(bytes(self.dice))),
                    (_, in_force) => in_force,
                };
                Edit::Final(self.finalisation(revises))
            }
            3 | 4 => Edit::Sign { record: self.records.any(self.dice), on: None },
            5 | 6 => {
                let dissent = Dissent {
                    cause: self.flip().then_some(Cause::Reading),
                    text: "自己的程序".parse().unwrap(),
                    minority: self.flip(),
                    on: None,
                };
                Edit::Dissent { clause, value: (self.dice.roll(3) > 0).then_some(dissent) }
            }
            7 | 8 => self.objection(),
            9..=11 => {
                let stand = Stand { choice: any_choice(self.dice), reason: line() };
                Edit::ClearVote { clause, value: (self.dice.roll(4) > 0).then_some(stand) }
            }
            12..=14 => self.rectification(),
            _ => {
                let kinds = ["found", "next", "objection"];
                let kind = kinds[self.dice.index(kinds.len())].to_owned();
                Edit::Unknown { kind, critical: self.dice.roll(4) == 0 }
            }
        }
    }

    pub(super) fn finalisation(&mut self, revises: Option<Digest>) -> Finalisation {
        let waiver = Waiver { kind: Some(MatterKind::Quorum), about: Vec::new(), reason: line() };
        Finalisation {
            tips: self.some_ids(),
            opened: PEOPLE.iter().filter(|_| self.dice.roll(2) == 0).map(MemberName::new).collect(),
            waivers: if self.flip() { vec![waiver] } else { Vec::new() },
            record: self.records.any(self.dice),
            revises,
            on: None,
        }
    }

    /// A plan of a few clauses, some for people who are not there.
    fn plan(&mut self) -> WorkPlan {
        let mut plan = WorkPlan::new(Amount::whole(7).unwrap(), None);
        for _ in 0..self.dice.index(12) {
            let (clause, name) = (self.clause(), self.who());
            plan.give(&clause, &name);
        }
        plan
    }

    fn verdict(&mut self) -> LeadVerdict {
        let cited = Citation { member: self.who(), said: Some(any_choice(self.dice)) };
        LeadVerdict {
            decision: match self.dice.roll(8) {
                0 => Decision::NotApplicable,
                1 => Decision::Points(Amount::whole(3).unwrap()),
                _ => Decision::Grade(any_grade(self.dice)),
            },
            reason: line(),
            cites: if self.flip() { vec![cited.clone()] } else { Vec::new() },
            clear: if self.flip() { vec![cited] } else { Vec::new() },
        }
    }

    /// An objection to a clause or to all, answered or not, or one that is taken back.
    fn objection(&mut self) -> Edit {
        let clause = self.clause();
        let value = Objection {
            by: line(),
            text: "不同意".parse().unwrap(),
            answer: if self.flip() { "维持".parse().unwrap() } else { "".parse().unwrap() },
            on: None,
        };
        Edit::Objection {
            clause: (self.dice.roll(4) > 0).then_some(clause),
            value: (self.dice.roll(4) > 0).then_some(value),
        }
    }

    fn rectification(&mut self) -> Edit {
        let item = ITEMS[self.dice.index(ITEMS.len())].into();
        let date = "2026-11-30".parse().unwrap();
        let reason = line();
        let step = match self.dice.roll(6) {
            0 => RectifyStep::Open(Problem { clause: Some(self.clause()), ..Problem::default() }),
            1 => RectifyStep::Plan(Plan { person: line(), ..Plan::default() }),
            2 | 3 if self.flip() => {
                let (by, text) = (line(), "已整改".parse().unwrap());
                RectifyStep::Submit(Submission { id: "S-1".into(), by, date, text, proof: Vec::new() })
            }
            2 | 3 => RectifyStep::Close(Closure {
                submission: "S-1".into(),
                date,
                finding: None,
                remark: "看过".parse().unwrap(),
            }),
            4 => RectifyStep::Reopen { reason },
            _ => RectifyStep::Strike { reason },
        };
        Edit::Rectify { item, step: Box::new(step) }
    }

    fn clause(&mut self) -> ClauseId {
        ClauseId::new(CLAUSES[self.dice.index(CLAUSES.len())])
    }

    fn who(&mut self) -> MemberName {
        MemberName::new(PEOPLE[self.dice.index(PEOPLE.len())])
    }

    fn flip(&mut self) -> bool {
        self.dice.roll(2) == 0
    }

    fn any_feed(&mut self) -> FeedId {
        match self.public {
            [] => self.rogue.feed(),
            public => public[self.dice.index(public.len())].feed.clone(),
        }
    }

    fn some_ids(&mut self) -> BTreeSet<CommitId> {
        let public = self.public;
        if public.is_empty() {
            return BTreeSet::new();
        }
        match self.dice.roll(4) {
            0 => BTreeSet::new(),
            1 => heads(public, &mut |_| true),
            2 => heads(public, &mut |it| it.feed == self.rogue.feed()),
            _ => (0..self.dice.index(6)).map(|_| public[self.dice.index(public.len())].id.clone()).collect(),
        }
    }

    fn any_commitment(&mut self) -> Digest {
        let promised: Vec<Digest> = self
            .public
            .iter()
            .flat_map(|it| &it.edits)
            .filter_map(|edit| if let Edit::Blind { commitment } = edit { Some(*commitment) } else { None })
            .collect();
        match self.dice.roll(3) {
            0 if !promised.is_empty() => promised[self.dice.index(promised.len())],
            _ => seal::commitment(&self.rogue.ballot_key(self.dice)),
        }
    }

    /// The own key shared out by the rules, or with garbage in it, or the boxes of somebody else's key.
    fn any_offer(&mut self) -> Edit {
        let known = offers(self.public);
        if self.dice.roll(2) == 0 && !known.is_empty() {
            let mut copied = known[self.dice.index(known.len())].1.clone();
            copied.commitment = self.any_commitment();
            copied.need = 1 + self.dice.index(copied.seats.len());
            return Edit::Offer(copied);
        }
        let devices: BTreeSet<&FeedId> = self.public.iter().map(|it| &it.feed).collect();
        let seats = PEOPLE.iter().zip(&devices).map(|(name, feed)| SeatShare {
            name: MemberName::new(*name),
            commitment: Digest(bytes(self.dice)),
            boxes: BTreeMap::from([((*feed).clone(), bytes::<60>(self.dice).to_vec())]),
        });
        let seats: Vec<SeatShare> = seats.collect();
        let need = 1 + self.dice.index(seats.len());
        Edit::Offer(Offer { commitment: self.any_commitment(), need, seats })
    }

    /// A share of anybody's key: garbage, nothing, or the sound one, under any number.
    fn any_release(&mut self) -> Edit {
        let known = offers(self.public);
        let garbage = Share(bytes(self.dice));
        if known.is_empty() {
            let offer = CommitId::new("nothing");
            return Edit::Release(Release { offer, number: 1, share: Some(garbage) });
        }
        let (id, offer) = known[self.dice.index(known.len())];
        let number = u8::try_from(1 + self.dice.index(offer.seats.len())).unwrap();
        let share = match self.dice.roll(3) {
            0 => None,
            // An insider who gives the own share early is one of the k that may read.
            1 if self.rogue.is_insider => {
                self.rogue.early.iter().find(|it| &it.offer == id).and_then(|it| it.share)
            }
            _ => Some(garbage),
        };
        Edit::Release(Release { offer: id.clone(), number, share })
    }
}

fn line() -> Line {
    "自己的程序".parse().unwrap()
}

/// A vote that a rogue may seal.
pub(super) fn any_vote(dice: &mut Dice) -> Edit {
    let clause = ClauseId::new(CLAUSES[dice.index(CLAUSES.len())]);
    let stand = Stand { choice: any_choice(dice), reason: line() };
    Edit::Vote { clause, value: (dice.roll(5) > 0).then_some(stand) }
}

fn any_choice(dice: &mut Dice) -> Choice {
    match dice.roll(10) {
        0 => Choice::Absent(Absence::ALL[dice.index(Absence::ALL.len())]),
        1 => Choice::Points(Amount::whole(5).unwrap()),
        _ => Choice::Grade(any_grade(dice)),
    }
}

fn any_grade(dice: &mut Dice) -> Grade {
    Grade::ALL[dice.index(Grade::ALL.len())]
}

/// Some of the commits as a receipt names them, with numbers of its own.
fn any_heads(public: &[Public], dice: &mut Dice) -> BTreeMap<FeedId, u64> {
    let mut heads = BTreeMap::new();
    for it in public {
        if dice.roll(3) == 0 {
            heads.insert(it.feed.clone(), it.n + dice.roll(9));
        }
    }
    heads
}

/// The last commits of the feeds that are wanted.
pub(super) fn heads(public: &[Public], wanted: &mut dyn FnMut(&Public) -> bool) -> BTreeSet<CommitId> {
    let mut heads: BTreeMap<&FeedId, (u64, &CommitId)> = BTreeMap::new();
    for it in public.iter().filter(|it| wanted(it)) {
        let head = heads.entry(&it.feed).or_insert((it.n, &it.id));
        *head = (*head).max((it.n, &it.id));
    }
    heads.into_values().map(|(_, id)| id.clone()).collect()
}

/// Everybody's shared-out keys, by the commits that hold them.
pub(super) fn offers(public: &[Public]) -> Vec<(&CommitId, &Offer)> {
    let offer = |it: &'_ Edit| matches!(it, Edit::Offer(_));
    let found = public
        .iter()
        .flat_map(|it| it.edits.iter().filter(move |edit| offer(edit)).map(move |edit| (&it.id, edit)));
    found
        .filter_map(|(id, edit)| if let Edit::Offer(offer) = edit { Some((id, offer)) } else { None })
        .collect()
}
