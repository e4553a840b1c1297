//! Adversaries: an insider is an admitted member with a program of their own, an outsider can only write to the share. What they
//! sign is valid; nothing else of it needs to be.

pub(crate) mod kinds;
mod said;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hecha::{
    app::ending::signing::record_digest,
    domain::{
        edit::{
            BallotKey, Choice, Edit, Offer, Release, Stand,
            declaration::Declaration,
            objection::Objection,
            verdict::{Decision, LeadVerdict},
            waiver::Finalisation,
        },
        terms::{
            digest::Digest,
            grade::Grade,
            id::{ClauseId, CommitId, FeedId, MemberName, VisitId},
        },
    },
    share::{
        code::{base64, json::Json, key::DeviceKey},
        file::{
            self,
            commit::{Commit, Draft, DraftBody, Line, sign},
            seal::{self, Place},
        },
        opening::{self, Origin},
        wire::{Extra, decode_edit, encode_edit},
    },
};
use rusqlite::Connection;
use serde_json::Value;

use self::{
    kinds::kind_in,
    said::{Records, Speaker, any_vote, heads, offers},
};
use super::{
    laptop::read_commit,
    world::{World, lines_of},
};
use crate::{
    fixture::tiny::PEOPLE,
    support::{Dice, tiny::CLAUSES},
};

/// Commits that name another one as seen, at most.
const MOST_SEEN: usize = 6;

/// Somebody with a program of their own.
pub(crate) struct Rogue {
    pub(crate) name: String,
    key: DeviceKey,
    root: [u8; 32],
    is_insider: bool,
    /// Whether the lead was made to name this member a deputy.
    pub(crate) is_deputy: bool,
    /// Own commits: number and id.
    chain: Vec<(u64, CommitId)>,
    /// Laptops that exist on paper only.
    sybils: Vec<DeviceKey>,
    /// Lines that are not shown to anybody yet.
    held_back: Vec<Line>,
    /// The shares that were in the own boxes.
    early: Vec<Release>,
}

/// A commit in the shared file, as anybody can read it.
struct Public {
    id: CommitId,
    feed: FeedId,
    n: u64,
    edits: Vec<Edit>,
    /// The same as they were written, the founding one too.
    written: Vec<Value>,
}

impl Rogue {
    /// The person whose laptop this was, with the keys that are on it.
    pub(crate) fn insider(name: &str, home: &Path) -> Self {
        let store = Connection::open(home.join("hecha.db")).unwrap();
        let one = |sql: &str| -> Vec<u8> { store.query_row(sql, [], |row| row.get(0)).unwrap() };
        let secret: [u8; 32] = one("SELECT secret FROM device").try_into().unwrap();
        let root = one("SELECT ballot_key FROM visit").try_into().unwrap();
        let key = DeviceKey::from_bytes(&secret);
        let sql = "SELECT n, id FROM commits WHERE feed = ?1 ORDER BY n";
        let mut statement = store.prepare(sql).unwrap();
        let rows = statement.query_map([key.feed().as_str()], |row| {
            let n: i64 = row.get(0)?;
            Ok((n.unsigned_abs(), CommitId::new(row.get::<_, String>(1)?)))
        });
        let chain = rows.unwrap().map(Result::unwrap).collect();
        Self { name: name.to_owned(), key, root, is_insider: true, ..Self::nobody(chain) }
    }

    /// Somebody who claims a name.
    pub(crate) fn outsider(name: &str, dice: &mut Dice) -> Self {
        let key = DeviceKey::from_bytes(&bytes(dice));
        Self { name: name.to_owned(), key, root: bytes(dice), is_insider: false, ..Self::nobody(Vec::new()) }
    }

    fn nobody(chain: Vec<(u64, CommitId)>) -> Self {
        Self {
            name: String::new(),
            key: DeviceKey::from_bytes(&[1; 32]),
            root: [0; 32],
            is_insider: false,
            is_deputy: false,
            chain,
            sybils: Vec::new(),
            held_back: Vec::new(),
            early: Vec::new(),
        }
    }

    pub(crate) fn feed(&self) -> FeedId {
        self.key.feed()
    }

    pub(crate) fn public(&self) -> hecha::share::code::key::PublicKey {
        self.key.public()
    }

    /// Whether this is the real owner of the seat under its name.
    pub(crate) fn sits(&self) -> bool {
        self.is_insider
    }

    fn ballot_key(&self, dice: &mut Dice) -> BallotKey {
        seal::generation(&self.root, u32::try_from(dice.roll(2)).unwrap())
    }

    /// The next commit: mostly after the last own one, sometimes beside it or behind a gap.
    fn sign(
        &mut self,
        visit: &VisitId,
        body: impl FnOnce(u64, Option<&CommitId>) -> DraftBody,
        seen: BTreeSet<CommitId>,
        dice: &mut Dice,
    ) -> Line {
        let last = self.chain.last().cloned();
        let (n, previous) = match (last, dice.roll(20)) {
            (None, _) => (1, None),
            (Some(_), 0) if self.chain.len() > 1 => {
                let (n, id) = self.chain[dice.index(self.chain.len() - 1)].clone();
                (n + 1, Some(id))
            }
            (Some((n, _)), 1) => (n + 2, Some(CommitId::new(base64::encode(&bytes::<32>(dice))))),
            (Some((n, id)), _) => (n + 1, Some(id)),
        };
        let lamport = match dice.roll(4) {
            0 => 0,
            1 => u64::MAX,
            _ => n * 10,
        };
        let body = body(n, previous.as_ref());
        let draft = Draft { visit: Some(visit.clone()), n, previous, lamport, time_ms: 0, seen, body };
        let (id, line) = sign(&self.key, draft);
        self.chain.push((n, id));
        line
    }
}

impl World {
    /// An adversary acts, if there is one.
    pub(crate) fn misbehave(&mut self, _: usize) {
        if self.rogues.is_empty() {
            return;
        }
        let at = self.dice.index(self.rogues.len());
        for _ in 0..=self.dice.roll(3) {
            let mut rogue = self.rogues.swap_remove(at);
            self.misbehave_as(&mut rogue);
            self.rogues.push(rogue);
            let last = self.rogues.len() - 1;
            self.rogues.swap(at, last);
        }
        self.spy();
    }

    /// An insider promises a key, copies the boxes of everybody's keys under that promise, declares a recusal and seals.
    pub(crate) fn scheme(&mut self, at: usize) {
        if !self.main_is_ours() {
            return;
        }
        let mut rogue = self.rogues.swap_remove(at);
        let visit = self.visit();
        let lines = lines_of(&fs::read(&self.file).unwrap_or_default());
        let public = read_public(&visit, &lines);
        let commitment = seal::commitment(&seal::generation(&rogue.root, 1));
        let recusals = BTreeSet::from([Some(ClauseId::new(CLAUSES[0]))]);
        let mut steps = vec![
            vec![Edit::Blind { commitment }, any_vote(&mut self.dice)],
            vec![Edit::Declare(Declaration { text: "有往来".parse().unwrap(), recusals })],
        ];
        let known = offers(&public);
        steps.extend(
            known.into_iter().map(|(_, offer)| vec![Edit::Offer(Offer { commitment, ..offer.clone() })]),
        );
        steps.push(vec![Edit::Submit { tips: BTreeSet::new() }]);
        let mut new = Vec::new();
        for edits in steps {
            // On the longest branch, with nothing held back before it.
            let (n, id) = rogue.chain.iter().max().cloned().unwrap();
            let body = DraftBody::Open(edits.iter().map(|edit| encode_edit(edit, Extra::None)).collect());
            let seen = BTreeSet::new();
            let draft = Draft {
                visit: Some(visit.clone()),
                n: n + 1,
                previous: Some(id),
                lamport: 0,
                time_ms: 0,
                seen,
                body,
            };
            let (id, line) = sign(&rogue.key, draft);
            rogue.chain.push((n + 1, id));
            new.push(line);
        }
        new.append(&mut rogue.held_back);
        for line in &new {
            self.enter_foreign(line);
        }
        self.note(format!("  insider {}: prepares for the closing", rogue.name));
        self.rogues.push(rogue);
        self.put(&lines, new);
    }

    /// Writes more lines into the shared file, or beside it.
    fn put(&mut self, lines: &[String], new: Vec<Line>) {
        let mut all: BTreeMap<String, Line> =
            lines.iter().filter_map(|line| Some((line.clone(), Line::parse(line).ok()?))).collect();
        all.extend(new.into_iter().map(|line| (line.to_text(), line)));
        let all: Vec<Line> = all.into_values().collect();
        let is_beside = self.dice.roll(4) == 0;
        let place = if is_beside { self.file.with_file_name("visit 9.hecha") } else { self.file.clone() };
        fs::write(place, file::write(&self.visit(), &all)).unwrap();
        self.tally.misdeeds += 1;
    }

    fn misbehave_as(&mut self, rogue: &mut Rogue) {
        if !self.main_is_ours() {
            return;
        }
        let visit = self.visit();
        let mut lines = lines_of(&fs::read(&self.file).unwrap_or_default());
        if lines.is_empty() {
            lines = lines_of(self.snapshots.last().unwrap());
        }
        let (public, records) = (read_public(&visit, &lines), self.records());
        let dice = &mut self.dice;
        let seen: BTreeSet<CommitId> = if public.is_empty() {
            BTreeSet::new()
        } else {
            (0..dice.index(MOST_SEEN)).map(|_| public[dice.index(public.len())].id.clone()).collect()
        };
        let (what, mut new) = misdeed(rogue, &visit, &public, &records, seen, dice);
        self.note(format!(
            "  {} {}: {what}",
            if rogue.is_insider { "insider" } else { "outsider" },
            rogue.name
        ));
        for line in &new {
            let json: Value = serde_json::from_str(&line.json).unwrap();
            for edit in json["e"].as_array().into_iter().flatten() {
                *self.tally.said.entry(kind_in(edit)).or_default() += 1;
            }
            self.enter_foreign(line);
        }
        self.take_shares(rogue, &visit, &public);
        // Some of it is shown late.
        if self.dice.roll(8) == 0 && rogue.chain.len() > 1 {
            rogue.held_back.extend(new);
            return;
        }
        if self.dice.roll(3) == 0 {
            new.append(&mut rogue.held_back);
        }
        self.put(&lines, new);
    }

    /// Opens what the boxes in the offers hold for the rogue, without waiting for a closing.
    fn take_shares(&mut self, rogue: &mut Rogue, visit: &VisitId, public: &[Public]) {
        for it in public {
            for edit in &it.edits {
                let Edit::Offer(offer) = edit else { continue };
                let of = Origin { visit, feed: &it.feed };
                let Some(release) = opening::answer(&rogue.key, &it.id, of, offer) else { continue };
                if let Some(share) =
                    release.share.filter(|_| rogue.early.iter().all(|early| early.offer != it.id))
                {
                    self.ledger.stolen.push((release.number, share));
                    rogue.early.push(release);
                }
            }
        }
    }

    /// What can be read of the records of the visit where it is open.
    fn records(&self) -> Records {
        let sessions = || self.laptops.iter().filter_map(|laptop| laptop.session.as_ref());
        let ends = sessions().find_map(|session| session.visit().finalised.as_ref());
        Records {
            current: sessions().map(|session| record_digest(session.visit())).collect(),
            in_force: ends.map(|end| end.record),
        }
    }

    fn enter_foreign(&mut self, line: &Line) {
        let visit = self.visit();
        let id = Commit::id_of(Some(&visit), &line.json).to_string();
        let json: Value = serde_json::from_str(&line.json).unwrap();
        let commit = read_commit(&json, &BTreeSet::new(), visit.as_str());
        self.ledger.commits.insert(id, commit);
    }

    /// Nobody who has everything that was ever written can read what no closing record names.
    pub(crate) fn spy(&mut self) {
        let leaks: Vec<String> = self.ledger.leaks().into_iter().cloned().collect();
        self.expect(leaks.is_empty(), &format!("can be read too early: {leaks:?}"));
    }
}

fn read_public(visit: &VisitId, lines: &[String]) -> Vec<Public> {
    let mut public = Vec::new();
    for line in lines {
        let Ok(line) = Line::parse(line) else { continue };
        let Ok(commit) = Commit::read(visit, &line.json) else { continue };
        let edits = match &commit.body {
            hecha::share::file::commit::Body::Open(edits) => edits
                .iter()
                .filter(|it| it.text("k") != Some("found"))
                .map(|it: &Json<'_>| decode_edit(it))
                .collect(),
            hecha::share::file::commit::Body::Sealed(_) => Vec::new(),
        };
        let json: Value = serde_json::from_str(&line.json).unwrap();
        let written = json["e"].as_array().cloned().unwrap_or_default();
        public.push(Public { id: commit.id, feed: commit.feed, n: commit.n, edits, written });
    }
    public
}

fn bytes<const N: usize>(dice: &mut Dice) -> [u8; N] {
    std::array::from_fn(|_| u8::try_from(dice.roll(256)).unwrap())
}

/// What a rogue puts into the file now: what that is called, and the lines.
fn misdeed(
    rogue: &mut Rogue,
    visit: &VisitId,
    public: &[Public],
    records: &Records,
    seen: BTreeSet<CommitId>,
    dice: &mut Dice,
) -> (String, Vec<Line>) {
    let mut new = Vec::new();
    let what = if rogue.chain.is_empty() {
        let edits = vec![
            encode_edit(
                &Edit::Join { name: MemberName::new(rogue.name.as_str()), expert: None },
                Extra::Key(&rogue.key.public().to_text()),
            ),
            encode_edit(
                &Edit::Blind { commitment: seal::commitment(&seal::generation(&rogue.root, 0)) },
                Extra::None,
            ),
        ];
        new.push(rogue.sign(visit, |_, _| DraftBody::Open(edits), seen, dice));
        "claims a name".to_owned()
    } else if dice.roll(5) == 0 {
        let key = rogue.ballot_key(dice);
        let nonce = bytes(dice);
        let plain = match dice.roll(4) {
            0 => "no json".to_owned(),
            1 => Value::from(vec![Speaker { rogue, public, records, dice }.anything()]).to_string(),
            _ => Value::from(vec![encode_edit(&any_vote(dice), Extra::None)]).to_string(),
        };
        let feed = rogue.feed();
        let sealed = |n: u64, previous: Option<&CommitId>| {
            let place = Place { visit, feed: &feed, n, previous };
            DraftBody::Sealed(seal::seal(&key, nonce, place, &plain).unwrap())
        };
        new.push(rogue.sign(visit, sealed, seen, dice));
        "seals something".to_owned()
    } else if let Some(in_force) = records.in_force.filter(|_| dice.roll(4) == 0) {
        for edits in takeover(public, records, in_force, dice) {
            let values = edits.iter().map(|edit| encode_edit(edit, Extra::None)).collect();
            new.push(rogue.sign(visit, |_, _| DraftBody::Open(values), seen.clone(), dice));
        }
        "replaces the final record".to_owned()
    } else if dice.roll(25) == 0 && rogue.sybils.len() < 3 {
        // A second laptop on paper, named by the first.
        let sybil = DeviceKey::from_bytes(&bytes(dice));
        let name = MemberName::new(rogue.name.as_str());
        let join = encode_edit(&Edit::Join { name, expert: None }, Extra::Key(&sybil.public().to_text()));
        let body = DraftBody::Open(vec![join]);
        let draft = Draft {
            visit: Some(visit.clone()),
            n: 1,
            previous: None,
            lamport: 0,
            time_ms: 0,
            seen: BTreeSet::new(),
            body,
        };
        new.push(sign(&sybil, draft).1);
        let named = encode_edit(&Edit::Device { feed: sybil.feed() }, Extra::None);
        new.push(rogue.sign(visit, |_, _| DraftBody::Open(vec![named]), seen, dice));
        rogue.sybils.push(sybil);
        "names another laptop".to_owned()
    } else {
        let n = 1 + dice.roll(3);
        let mut speaker = Speaker { rogue, public, records, dice };
        let values: Vec<Value> = (0..n).map(|_| speaker.anything()).collect();
        let told = values.iter().map(Value::to_string).map(|it| it.chars().take(160).collect::<String>());
        let told = told.collect::<Vec<_>>().join(", ");
        new.push(rogue.sign(visit, |_, _| DraftBody::Open(values), seen, dice));
        told
    };
    (what, new)
}

/// All that it takes to replace a final record, but for the others: an objection, a vote in the clear, a verdict, a signature and
/// a further final record over everything there is.
fn takeover(public: &[Public], records: &Records, in_force: Digest, dice: &mut Dice) -> [Vec<Edit>; 3] {
    let clause = ClauseId::new(CLAUSES[dice.index(CLAUSES.len())]);
    let reason = || "自己的程序".parse().unwrap();
    let objection = Objection {
        by: reason(),
        text: "不同意".parse().unwrap(),
        answer: "改判".parse().unwrap(),
        on: None,
    };
    let stand = Stand { choice: Choice::Grade(Grade::A), reason: reason() };
    let decision = Decision::Grade(Grade::A);
    let verdict = LeadVerdict { decision, reason: reason(), cites: Vec::new(), clear: Vec::new() };
    let record = match dice.roll(2) {
        0 => Digest(bytes(dice)),
        _ => records.any(dice),
    };
    let end = Finalisation {
        tips: heads(public, &mut |_| true),
        opened: PEOPLE.iter().map(MemberName::new).collect(),
        record,
        revises: Some(in_force),
        waivers: Vec::new(),
        on: None,
    };
    [
        vec![
            Edit::Objection { clause: Some(clause.clone()), value: Some(objection) },
            Edit::ClearVote { clause: clause.clone(), value: Some(stand) },
            Edit::Verdict { clause, value: Some(verdict) },
        ],
        vec![Edit::Sign { record }],
        vec![Edit::Final(end)],
    ]
}
