//! Adversaries: an insider is an admitted member with a program of their own, an outsider can only write to the share. What they
//! sign is valid; nothing else of it needs to be.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use hecha::{
    domain::{
        edit::{
            BallotKey, Choice, Edit, Offer, Release, SeatShare, Share, Stand,
            declaration::Declaration,
            dissent::Dissent,
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
        let public = read_public(&visit, &lines);
        let dice = &mut self.dice;
        let seen: BTreeSet<CommitId> = if public.is_empty() {
            BTreeSet::new()
        } else {
            (0..dice.index(MOST_SEEN)).map(|_| public[dice.index(public.len())].id.clone()).collect()
        };
        let (what, mut new) = misdeed(rogue, &visit, &public, seen, dice);
        self.note(format!(
            "  {} {}: {what}",
            if rogue.is_insider { "insider" } else { "outsider" },
            rogue.name
        ));
        for line in &new {
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
        public.push(Public { id: commit.id, feed: commit.feed, n: commit.n, edits });
    }
    public
}

fn bytes<const N: usize>(dice: &mut Dice) -> [u8; N] {
    std::array::from_fn(|_| u8::try_from(dice.roll(256)).unwrap())
}

fn any_vote(dice: &mut Dice) -> Edit {
    let clause = ClauseId::new(CLAUSES[dice.index(CLAUSES.len())]);
    let stand = Stand { choice: any_choice(dice), reason: "自己的程序".parse().unwrap() };
    Edit::Vote { clause, value: (dice.roll(5) > 0).then_some(stand) }
}

fn any_choice(dice: &mut Dice) -> Choice {
    Choice::Grade(Grade::ALL[dice.index(Grade::ALL.len())])
}

/// Anything that can be said in the open, fitting or not.
fn any_edit(rogue: &Rogue, public: &[Public], dice: &mut Dice) -> Edit {
    let clause = ClauseId::new(CLAUSES[dice.index(CLAUSES.len())]);
    let who = MemberName::new(PEOPLE[dice.index(PEOPLE.len())]);
    let feed = if public.is_empty() { rogue.feed() } else { public[dice.index(public.len())].feed.clone() };
    let line = || "自己的程序".parse().unwrap();
    let some_ids = |dice: &mut Dice| -> BTreeSet<CommitId> {
        if public.is_empty() {
            return BTreeSet::new();
        }
        match dice.roll(4) {
            0 => BTreeSet::new(),
            1 => heads(public, &mut |_| true),
            2 => heads(public, &mut |it| it.feed == rogue.feed()),
            _ => (0..dice.index(6)).map(|_| public[dice.index(public.len())].id.clone()).collect(),
        }
    };
    match dice.roll(24) {
        0 | 1 => any_vote(dice),
        2..=4 => Edit::Submit { tips: some_ids(dice) },
        5 => Edit::Unseal,
        6 => Edit::Close { tips: some_ids(dice) },
        7 => Edit::Final(Finalisation {
            tips: some_ids(dice),
            opened: PEOPLE.iter().filter(|_| dice.roll(2) == 0).map(|name| MemberName::new(*name)).collect(),
            waivers: Vec::new(),
            record: Digest(bytes(dice)),
            revises: None,
            on: None,
        }),
        8 => {
            let verdict = LeadVerdict {
                decision: Decision::Grade(Grade::ALL[dice.index(Grade::ALL.len())]),
                reason: line(),
                cites: Vec::new(),
                clear: Vec::new(),
            };
            Edit::Verdict { clause, value: Some(verdict) }
        }
        9 => Edit::Admit { feed, name: who, expert: None, checked: dice.roll(2) == 0 },
        10 => Edit::Deputy { name: who },
        11 => Edit::Retire { feed, n: dice.roll(3) },
        12 if dice.roll(2) == 0 => Edit::Absent { name: who, reason: (dice.roll(3) > 0).then(line) },
        12 => Edit::Recuse {
            name: who,
            clause: (dice.roll(2) == 0).then_some(clause),
            reason: (dice.roll(3) > 0).then(line),
        },
        13 => {
            let recusals = (0..dice.roll(2)).map(|_| (dice.roll(2) == 0).then(|| clause.clone())).collect();
            Edit::Declare(Declaration { text: "无".parse().unwrap(), recusals })
        }
        14 => Edit::Blind { commitment: any_commitment(rogue, public, dice) },
        15 | 16 => any_offer(rogue, public, dice),
        17 | 18 => any_release(rogue, public, dice),
        19 => Edit::Key { key: BallotKey(bytes(dice)) },
        20 => Edit::Key { key: rogue.ballot_key(dice) },
        21 => Edit::Receipt { heads: any_heads(public, dice) },
        22 => Edit::Dissent { clause, value: None::<Dissent> },
        _ => Edit::ClearVote { clause, value: Some(Stand { choice: any_choice(dice), reason: line() }) },
    }
}

/// What a rogue puts into the file now: what that is called, and the lines.
fn misdeed(
    rogue: &mut Rogue,
    visit: &VisitId,
    public: &[Public],
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
            1 => Value::from(vec![encode_edit(&any_edit(rogue, public, dice), Extra::None)]).to_string(),
            _ => Value::from(vec![encode_edit(&any_vote(dice), Extra::None)]).to_string(),
        };
        let feed = rogue.feed();
        let sealed = |n: u64, previous: Option<&CommitId>| {
            let place = Place { visit, feed: &feed, n, previous };
            DraftBody::Sealed(seal::seal(&key, nonce, place, &plain).unwrap())
        };
        new.push(rogue.sign(visit, sealed, seen, dice));
        "seals something".to_owned()
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
        let edits: Vec<Edit> = (0..=dice.roll(2)).map(|_| any_edit(rogue, public, dice)).collect();
        let told = format!("{edits:?}").chars().take(160).collect();
        let values = edits.iter().map(|edit| encode_edit(edit, Extra::None)).collect();
        new.push(rogue.sign(visit, |_, _| DraftBody::Open(values), seen, dice));
        told
    };
    (what, new)
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
fn heads(public: &[Public], wanted: &mut dyn FnMut(&Public) -> bool) -> BTreeSet<CommitId> {
    let mut heads: BTreeMap<&FeedId, (u64, &CommitId)> = BTreeMap::new();
    for it in public.iter().filter(|it| wanted(it)) {
        let head = heads.entry(&it.feed).or_insert((it.n, &it.id));
        *head = (*head).max((it.n, &it.id));
    }
    heads.into_values().map(|(_, id)| id.clone()).collect()
}

fn any_commitment(rogue: &Rogue, public: &[Public], dice: &mut Dice) -> Digest {
    let promised: Vec<Digest> = public
        .iter()
        .flat_map(|it| &it.edits)
        .filter_map(|edit| if let Edit::Blind { commitment } = edit { Some(*commitment) } else { None })
        .collect();
    match dice.roll(3) {
        0 if !promised.is_empty() => promised[dice.index(promised.len())],
        _ => seal::commitment(&rogue.ballot_key(dice)),
    }
}

fn offers(public: &[Public]) -> Vec<(&CommitId, &Offer)> {
    let offer = |it: &'_ Edit| matches!(it, Edit::Offer(_));
    let found = public
        .iter()
        .flat_map(|it| it.edits.iter().filter(move |edit| offer(edit)).map(move |edit| (&it.id, edit)));
    found
        .filter_map(|(id, edit)| if let Edit::Offer(offer) = edit { Some((id, offer)) } else { None })
        .collect()
}

/// The own key shared out by the rules, or with garbage in it, or the boxes of somebody else's key.
fn any_offer(rogue: &Rogue, public: &[Public], dice: &mut Dice) -> Edit {
    let known = offers(public);
    if dice.roll(2) == 0 && !known.is_empty() {
        let mut copied = known[dice.index(known.len())].1.clone();
        copied.commitment = any_commitment(rogue, public, dice);
        copied.need = 1 + dice.index(copied.seats.len());
        return Edit::Offer(copied);
    }
    let devices: BTreeSet<&FeedId> = public.iter().map(|it| &it.feed).collect();
    let seats = PEOPLE.iter().zip(&devices).map(|(name, feed)| SeatShare {
        name: MemberName::new(*name),
        commitment: Digest(bytes(dice)),
        boxes: BTreeMap::from([((*feed).clone(), bytes::<60>(dice).to_vec())]),
    });
    let seats: Vec<SeatShare> = seats.collect();
    Edit::Offer(Offer {
        commitment: any_commitment(rogue, public, dice),
        need: 1 + dice.index(seats.len()),
        seats,
    })
}

/// A share of anybody's key: garbage, nothing, or the sound one, under any number.
fn any_release(rogue: &Rogue, public: &[Public], dice: &mut Dice) -> Edit {
    let known = offers(public);
    let garbage = Share(bytes(dice));
    if known.is_empty() {
        return Edit::Release(Release { offer: CommitId::new("nothing"), number: 1, share: Some(garbage) });
    }
    let (id, offer) = known[dice.index(known.len())];
    let number = u8::try_from(1 + dice.index(offer.seats.len())).unwrap();
    let share = match dice.roll(3) {
        0 => None,
        // An insider who gives the own share early is one of the k that may read.
        1 if rogue.is_insider => rogue.early.iter().find(|it| &it.offer == id).and_then(|it| it.share),
        _ => Some(garbage),
    };
    Edit::Release(Release { offer: id.clone(), number, share })
}
