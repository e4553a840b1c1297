//! What must be so, worked out apart from the program: every write of a cell with the writes its author had before their eyes,
//! every seal with the commits it was made over, and what closing records name of them.
//!
//! A cell reads as the values of those writes that no other one visible there was made in knowledge of. The program comes
//! to the same answer from numbers, chains and heads of commits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hecha::{
    domain::{
        ballot::seal::BallotState,
        edit::{BallotKey, Edit, Offer, Release, Share},
        terms::{
            digest::Digest,
            id::{FeedId, VisitId},
        },
        visit::MemberState,
    },
    share::{
        code::json::Json,
        file::seal,
        opening::{self, Origin},
        wire::decode_edit,
    },
};

use crate::support::tiny::CLAUSES;

/// The cells of a ballot that the storm writes to.
const KINDS: [&str; 3] = ["finding", "vote", "note"];

/// Number of a write.
pub(crate) type WriteId = usize;
/// A key of sealed edits.
pub(crate) type Key = [u8; 32];
/// Commits, by id.
pub(crate) type Ids = BTreeSet<String>;

/// One value written into one cell.
#[derive(Debug)]
struct Write {
    edit: Edit,
    /// The writes of the same cell that its author could read.
    knew: BTreeSet<WriteId>,
}

/// A commit, as the laptop that made it tells.
#[derive(Debug, Default)]
pub(crate) struct Commit {
    pub(crate) feed: String,
    /// Made by this program, not by an adversary's.
    pub(crate) is_honest: bool,
    /// The key it is sealed with.
    pub(crate) key: Option<Key>,
    pub(crate) previous: Option<String>,
    /// What it names as seen.
    pub(crate) seen: Ids,
    pub(crate) writes: Vec<WriteId>,
    /// If it seals a ballot or takes a seal back: the commits of the member that its author had.
    pub(crate) knew: Option<Ids>,
    /// Whether it seals.
    pub(crate) seals: bool,
    /// If it closes scoring: the commits it names.
    pub(crate) closes: Option<Ids>,
    /// What it promises to seal with.
    pub(crate) promises: Vec<Digest>,
    /// The keys it gives away.
    pub(crate) keys: Vec<Key>,
    /// The shares it gives away.
    pub(crate) releases: Vec<Release>,
    /// The key it shares out.
    pub(crate) offer: Option<Offer>,
}

/// Everything that was ever written or committed anywhere.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    pub(crate) visit: Option<VisitId>,
    writes: Vec<Write>,
    pub(crate) commits: HashMap<String, Commit>,
    /// Shares that adversaries opened for themselves.
    pub(crate) stolen: Vec<(u8, Share)>,
    /// Feeds of adversaries that the lead made deputies.
    pub(crate) traitors: Ids,
}

/// What a laptop can read of one member.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// By cell, the visible writes that count.
    pub(crate) cells: BTreeMap<String, BTreeSet<WriteId>>,
    pub(crate) submitted: bool,
}

/// Whose ballot is read, and by whom.
pub(crate) struct Look<'a> {
    /// The commits of the laptop.
    pub(crate) ids: &'a Ids,
    /// The feeds that count as the member's.
    pub(crate) feeds: &'a Ids,
    /// The keys that the laptop has itself.
    pub(crate) own_keys: BTreeSet<Key>,
    /// Whether scoring is closed there, and by which records.
    pub(crate) closings: &'a Ids,
}

/// The cell of a stored edit, and the edit; nothing for edits of other kinds.
pub(crate) fn read_cell(json: &str) -> Option<(String, Edit)> {
    let edit = decode_edit(&Json::parse(json).unwrap());
    cell_of(&edit).map(|cell| (cell, edit))
}

fn cell_of(edit: &Edit) -> Option<String> {
    match edit {
        Edit::Finding { clause, .. } => Some(format!("{clause}/finding")),
        Edit::Vote { clause, .. } => Some(format!("{clause}/vote")),
        Edit::Note { clause, .. } => Some(format!("{clause}/note")),
        _ => None,
    }
}

impl Ledger {
    pub(crate) fn write(&mut self, edit: Edit, knew: BTreeSet<WriteId>) -> WriteId {
        self.writes.push(Write { edit, knew });
        self.writes.len() - 1
    }

    /// A copy of a write that is not in a commit yet: the disk was cloned or an older copy of it put back.
    pub(crate) fn twin(&mut self, write: WriteId, twins: &BTreeMap<WriteId, WriteId>) -> WriteId {
        let old = &self.writes[write];
        let knew = old.knew.iter().map(|it| *twins.get(it).unwrap_or(it)).collect();
        let edit = old.edit.clone();
        self.write(edit, knew)
    }

    /// What must be read of a member on a laptop.
    pub(crate) fn view(&self, look: &Look<'_>, unsealed: impl Iterator<Item = WriteId>) -> View {
        let mut keys = self.given_keys(look.ids);
        keys.extend(&look.own_keys);
        let is_closed = !look.closings.is_empty();
        let seals = if is_closed {
            self.counted(look.ids, look.feeds, look.closings).0
        } else {
            let own = look.ids.iter().filter(|id| look.feeds.contains(&self.commits[*id].feed));
            self.standing(&own.cloned().collect())
        };
        let covered = self.covered(&seals);
        let mut view = View { submitted: !seals.is_empty(), ..View::default() };
        let own = look.ids.iter().map(|id| (id, &self.commits[id]));
        let own = own.filter(|(_, it)| look.feeds.contains(&it.feed));
        for (id, commit) in own.filter(|(_, it)| it.key.is_none_or(|key| keys.contains(&key))) {
            if !view.submitted || covered.contains(id) {
                commit.writes.iter().for_each(|write| self.show(*write, &mut view));
            }
        }
        if !view.submitted {
            unsealed.for_each(|write| self.show(write, &mut view));
        }
        view
    }

    /// The seals among these commits of a member that no other seal, and nothing that took one back, was made in knowledge of.
    fn standing(&self, ids: &Ids) -> Ids {
        let words = || ids.iter().filter_map(|id| Some((id, self.commits.get(id)?.knew.as_ref()?)));
        let stands = |id: &&String| !words().any(|(other, knew)| other != *id && knew.contains(*id));
        ids.iter()
            .filter(|id| self.commits.get(*id).is_some_and(|it| it.seals))
            .filter(stands)
            .cloned()
            .collect()
    }

    /// What these seals were made over.
    pub(crate) fn covered(&self, seals: &Ids) -> Ids {
        let knew = seals.iter().filter_map(|seal| self.commits[seal].knew.clone());
        knew.flatten().chain(seals.iter().cloned()).collect()
    }

    /// The seals of a member that count by these closing records, and whether they came late.
    pub(crate) fn counted(&self, ids: &Ids, feeds: &Ids, closings: &Ids) -> (Ids, bool) {
        let named: BTreeMap<&String, Ids> = closings.iter().map(|id| (id, self.named_by(id, ids))).collect();
        let rests_on = |it: &String, other: &String| it != other && named[it].contains(other);
        let seals: BTreeMap<&String, Ids> = named
            .iter()
            .map(|(id, named)| {
                let own = named.iter().filter(|id| feeds.contains(&self.commits[*id].feed));
                (*id, self.standing(&own.cloned().collect()))
            })
            .collect();
        let naming = || seals.iter().filter(|(_, seals)| !seals.is_empty());
        let first_naming = naming().filter(|(id, _)| !naming().any(|(other, _)| rests_on(id, other)));
        let all: Ids = first_naming.flat_map(|(_, seals)| seals).cloned().collect();
        let is_later = |seal: &&String| {
            let knew = self.commits[*seal].knew.as_ref();
            all.iter().any(|other| other != *seal && knew.is_some_and(|knew| knew.contains(other)))
        };
        let counted: Ids = all.iter().filter(|seal| !is_later(seal)).cloned().collect();
        let firsts = || closings.iter().filter(|id| !closings.iter().any(|other| rests_on(id, other)));
        // Whoever is honest and closes is the lead, and goes before a deputy.
        let lead_closed = firsts().any(|id| self.commits[id].is_honest);
        let in_time = firsts().filter(|id| !lead_closed || self.commits[*id].is_honest);
        let in_time = in_time.into_iter().all(|id| counted.iter().all(|seal| seals[id].contains(seal)));
        (counted, !in_time)
    }

    /// The commits that a closing record names, as far as they are here.
    fn named_by(&self, closing: &str, ids: &Ids) -> Ids {
        let tips = self.commits[closing].closes.iter().flatten().cloned();
        let mut named = self.with_past(tips.chain([closing.to_owned()]));
        named.retain(|id| ids.contains(id));
        named
    }

    /// The closing records among these commits whose authors led: those of which nothing that they name is missing, and all.
    pub(crate) fn closings(&self, ids: &Ids) -> (Ids, Ids) {
        let rightful = |it: &&String| {
            let commit = &self.commits[*it];
            commit.closes.is_some() && (commit.is_honest || self.traitors.contains(&commit.feed))
        };
        let all: Ids = ids.iter().filter(rightful).cloned().collect();
        let is_whole = |it: &&String| {
            let tips = self.commits[*it].closes.iter().flatten().cloned();
            self.commits[*it].is_honest && self.with_past(tips.chain([(*it).clone()])).is_subset(ids)
        };
        (all.iter().filter(is_whole).cloned().collect(), all)
    }

    /// The keys that these commits give everybody.
    fn given_keys(&self, ids: &Ids) -> BTreeSet<Key> {
        let held = || ids.iter().map(|id| (id, &self.commits[id]));
        let mut keys: BTreeSet<Key> = held().flat_map(|(_, it)| it.keys.iter().copied()).collect();
        for (id, commit) in held() {
            let Some(offer) = &commit.offer else { continue };
            let releases = held().flat_map(|(_, it)| &it.releases).filter(|it| it.offer.as_str() == id);
            let given: Vec<(u8, Share)> = releases.filter_map(|it| Some((it.number, it.share?))).collect();
            keys.extend(self.join(commit, offer, &given));
        }
        keys
    }

    /// Whether these commits give a key that something of these feeds is sealed with. That none is given too early
    /// [`Self::leaks`] tells.
    pub(crate) fn is_given(&self, ids: &Ids, feeds: &Ids) -> bool {
        let given = self.given_keys(ids);
        let own = ids.iter().map(|id| &self.commits[id]).filter(|it| feeds.contains(&it.feed));
        own.filter_map(|it| it.key).any(|key| given.contains(&key))
    }

    fn join(&self, commit: &Commit, offer: &Offer, given: &[(u8, Share)]) -> Option<Key> {
        let (visit, feed) = (self.visit.as_ref()?, FeedId::new(commit.feed.as_str()));
        opening::join(offer, Origin { visit, feed: &feed }, given).map(|key| key.0)
    }

    /// Commits of honest members that an adversary can read who has every commit there is, though no closing record names them.
    pub(crate) fn leaks(&self) -> Vec<&String> {
        let all: Ids = self.commits.keys().cloned().collect();
        let mut keys = self.given_keys(&all);
        let shares = self.commits.values().flat_map(|it| &it.releases);
        let shares = shares.filter_map(|it| Some((it.number, it.share?))).chain(self.stolen.iter().copied());
        let shares: BTreeSet<(u8, Share)> = shares.collect();
        for commit in self.commits.values().filter(|it| it.is_honest) {
            let Some(offer) = &commit.offer else { continue };
            // Whatever offer a share was given for: what counts is that its bytes are out.
            let numbers = || 1..=u8::try_from(offer.seats.len()).unwrap();
            let given = numbers().flat_map(|n| shares.iter().map(move |(_, share)| (n, *share)));
            keys.extend(self.join(commit, offer, &given.collect::<Vec<_>>()));
        }
        let readable = |it: &Commit| it.is_honest && it.key.is_some_and(|key| keys.contains(&key));
        let mut open = self.commits.iter().filter(|(_, it)| readable(it)).peekable();
        if open.peek().is_none() {
            return Vec::new();
        }
        let named: Ids = self.closings(&all).1.iter().flat_map(|id| self.named_by(id, &all)).collect();
        let seals: Vec<&String> = named.iter().filter(|id| self.commits[*id].seals).collect();
        let may_be_read = |id: &String, commit: &Commit| {
            seals.iter().any(|seal| {
                let covered = self.covered(&Ids::from([(*seal).clone()]));
                // Two copies of a laptop seal with one key: what the other copy recorded unaware of the seal opens with it.
                let shares_the_key = covered.iter().any(|it| {
                    let promised = &self.commits[it].promises;
                    commit.key.is_some_and(|key| promised.contains(&seal::commitment(&BallotKey(key))))
                });
                let was_aware = || {
                    let before = commit.previous.iter().chain(&commit.seen).cloned();
                    self.with_past(before).contains(*seal)
                };
                covered.contains(id) || (shares_the_key && !was_aware())
            })
        };
        open.filter(|(id, commit)| !may_be_read(id, commit)).map(|(id, _)| id).collect()
    }

    /// Whether the counted ballot of a member must open on a laptop that holds these commits, if those who have a box there gave
    /// what is in it: of each key in it there is an offer with boxes for enough of these devices.
    pub(crate) fn must_open(&self, ids: &Ids, seals: &Ids, devices: &Ids) -> bool {
        let keys: BTreeSet<Key> = self.covered(seals).iter().filter_map(|id| self.commits[id].key).collect();
        keys.iter().all(|key| {
            let commitment = seal::commitment(&BallotKey(*key));
            let honest = ids.iter().map(|id| &self.commits[id]).filter(|it| it.is_honest);
            let offers = honest.filter_map(|it| it.offer.as_ref());
            offers.filter(|offer| offer.commitment == commitment).any(|offer| {
                let has_box =
                    |boxes: &BTreeMap<_, _>| devices.iter().any(|it| boxes.contains_key(it.as_str()));
                offer.seats.iter().filter(|seat| has_box(&seat.boxes)).count() >= offer.need
            })
        })
    }

    fn show(&self, write: WriteId, view: &mut View) {
        let cell = cell_of(&self.writes[write].edit).unwrap();
        view.cells.entry(cell).or_default().insert(write);
    }

    /// The values a cell must read as: those of the writes that no other visible one knew.
    fn values(&self, view: &View, cell: &str) -> Vec<&Edit> {
        let Some(writes) = view.cells.get(cell) else { return Vec::new() };
        let newest =
            writes.iter().filter(|it| !writes.iter().any(|other| self.writes[*other].knew.contains(it)));
        let mut values: Vec<&Edit> = Vec::new();
        for write in newest {
            let edit = &self.writes[*write].edit;
            if !values.contains(&edit) {
                values.push(edit);
            }
        }
        values
    }

    /// Where a member's state does not read as it must.
    pub(crate) fn misread(&self, view: &View, state: &MemberState) -> Option<String> {
        if state.is_submitted() != view.submitted {
            return Some(format!("submitted: {}, must be {}", state.is_submitted(), view.submitted));
        }
        self.misread_cells(view, state)
    }

    /// Where the cells of a ballot do not read as they must.
    pub(crate) fn misread_cells(&self, view: &View, state: &MemberState) -> Option<String> {
        let ballot = &state.ballot;
        for clause in CLAUSES {
            let mut conflicts = false;
            for kind in KINDS {
                let values = self.values(view, &format!("{clause}/{kind}"));
                conflicts |= values.len() > 1;
                let one = if let [one] = values.as_slice() { Some(*one) } else { None };
                let (reads, must) = match kind {
                    "finding" => {
                        let must = one.and_then(|it| {
                            if let Edit::Finding { value, .. } = it { value.as_ref() } else { None }
                        });
                        (format!("{:?}", ballot.finding(clause, "B1")), format!("{must:?}"))
                    }
                    "vote" => {
                        let must = one.and_then(|it| {
                            if let Edit::Vote { value, .. } = it { value.as_ref() } else { None }
                        });
                        (format!("{:?}", ballot.stand(clause)), format!("{must:?}"))
                    }
                    _ => {
                        let must =
                            one.map_or("", |it| if let Edit::Note { text, .. } = it { text } else { "" });
                        (ballot.note(clause).to_owned(), must.to_owned())
                    }
                };
                if reads != must {
                    return Some(format!("{clause}/{kind} reads {reads}, must be {must} of {values:?}"));
                }
            }
            if conflicts != ballot.conflicts(clause) {
                return Some(format!(
                    "{clause} conflicts: {}, must be {conflicts}",
                    ballot.conflicts(clause)
                ));
            }
        }
        None
    }

    /// Where a counted ballot is not what the closing records make of it.
    pub(crate) fn miscounted(&self, look: &Look<'_>, state: &MemberState) -> Option<String> {
        let (seals, is_late) = self.counted(look.ids, look.feeds, look.closings);
        let reads: Ids = state.counted_seals.iter().map(ToString::to_string).collect();
        if state.ballot_state == BallotState::LeftOut {
            return (!seals.is_empty()).then(|| format!("is left out, and must count {seals:?}"));
        }
        if reads != seals {
            return Some(format!("counts {reads:?}, must count {seals:?}"));
        }
        match state.ballot_state {
            BallotState::Counted if is_late => Some("came late, and it is not told".to_owned()),
            BallotState::Late if !is_late => Some("did not come late".to_owned()),
            BallotState::Counted | BallotState::Late => {
                self.misread(&self.view(look, std::iter::empty()), state)
            }
            _ => None,
        }
    }

    /// Whether commits that these follow are not among them.
    pub(crate) fn lacks(&self, ids: &BTreeSet<String>, feeds: &BTreeSet<String>) -> bool {
        let own = ids.iter().map(|id| &self.commits[id]).filter(|commit| feeds.contains(&commit.feed));
        own.filter_map(|commit| commit.previous.as_ref()).any(|previous| !ids.contains(previous))
    }

    /// These commits and all that they follow in their feeds.
    pub(crate) fn with_past(&self, ids: impl Iterator<Item = String>) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let mut open: Vec<String> = ids.collect();
        while let Some(id) = open.pop() {
            let Some(commit) = self.commits.get(&id) else { continue };
            open.extend(commit.previous.clone().filter(|it| !all.contains(it)));
            all.insert(id);
        }
        all
    }
}
