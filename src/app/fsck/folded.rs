//! The visit of all commits at hand, as far as this laptop may read it, and what it says about feeds, roster and ballots.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    app::{
        ending::signing::record_digest,
        failure::Failure,
        fsck::{at_hand::AtHand, local::Local},
        home::Home,
        session::{
            load::{self, Look},
            mend::examine::Examined,
            room::Ranks,
        },
    },
    checklist::content::decode_hashed,
    domain::{
        ballot::Position,
        edit::Founding,
        terms::{
            digest::Digest,
            id::{FeedId, MemberName, VisitId},
            lang::Lang,
        },
        visit::{Identity, MemberState, Visit, conflict::InConflict, end::UpTo},
    },
    share::{
        code::key::DeviceKey,
        file::{
            chain::{Chain, chains},
            commit::{Body, Commit},
            inspect::Replica,
        },
    },
    store::visits::VisitRow,
};

/// One feed of the file or of this laptop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedReport {
    /// Feed.
    pub feed: FeedId,
    /// The name it has or claims.
    pub member: Option<String>,
    /// What the name is worth.
    pub standing: Standing,
    /// The greatest number in the file.
    pub n: u64,
    /// Commits in the file.
    pub n_commits: usize,
    /// Numbers the file lacks below the greatest one known to all (receipts, submission), as first and last of a run.
    pub gaps: Vec<(u64, u64)>,
    /// How many commits that is.
    pub n_missing: u64,
    /// Of these, how many are in no place this check can see.
    pub n_lost: u64,
    /// Numbers that two commits claim, here or in what is at hand.
    pub forks: Vec<u64>,
    /// Whether its device named another one of the member and goes on there.
    pub left: bool,
    /// What has reached the lead.
    pub received: Option<u64>,
}

/// How a feed came to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The lead's first device.
    Lead,
    /// Admitted by the lead.
    Admitted,
    /// The office's.
    Office,
    /// First to claim the name.
    Provisional,
    /// Claims a name and is not counted.
    Pending,
    /// Claims no name.
    Unknown,
}

impl Standing {
    /// The word in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Admitted => "admitted",
            Self::Office => "office",
            Self::Provisional => "provisional",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
        }
    }
}

/// The roster, by how far each name got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// Admitted by the lead, or the lead.
    pub admitted: Vec<MemberName>,
    /// Joined, not compared yet.
    pub provisional: Vec<MemberName>,
    /// Not joined.
    pub absent: Vec<MemberName>,
    /// Devices that claim a name and are not counted.
    pub pending: Vec<(FeedId, MemberName)>,
}

/// How far a member is, for those whose votes this laptop may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellCount {
    /// Who.
    pub name: MemberName,
    /// Clauses with a grade, points or absence.
    pub n_scored: usize,
    /// Clauses without.
    pub n_empty: usize,
    /// Clauses with values that do not know each other.
    pub n_conflicts: usize,
}

/// The fold.
pub(crate) struct Folded {
    visit: Option<Visit>,
    lead_feed: Option<FeedId>,
    me: String,
}

impl Folded {
    /// Folds everything at hand: with own edits that wait for a sync if this laptop has the visit, else what all can read.
    pub(crate) fn of(
        home: &Home,
        local: &Local,
        id: &VisitId,
        (examined, lang): (Option<&Examined>, Lang),
        at_hand: &AtHand,
    ) -> Result<Self, Failure> {
        let lead_feed = at_hand.get(id.as_str()).map(|commit| commit.feed.clone());
        let own = examined.filter(|found| !found.is_fatal());
        let own = own.and_then(|found| Some((&found.row, found.device.as_ref()?)));
        let me = own.and_then(|(row, _)| row.me.as_ref()).map(ToString::to_string).unwrap_or_default();
        let visit = match (own, &local.store) {
            (Some((row, device)), Some(store)) => {
                let look = Look { outside: row.me.is_none().then_some(lang), up_to: UpTo::InForce };
                Some(load::load_rows(store, row, device, home, look, &at_hand.rows())?.visit)
            }
            _ => is_sound(id, at_hand).then(|| fold_alone(id, at_hand, lang)).flatten(),
        };
        Ok(Self { visit, lead_feed, me })
    }

    pub(crate) fn record(&self) -> Option<Digest> {
        self.visit.as_ref().map(record_digest)
    }

    pub(crate) fn founding(&self) -> Option<Arc<Founding>> {
        self.visit.as_ref().map(|visit| Arc::clone(&visit.founding))
    }

    /// Every feed with commits, receipts or a submission, the lead's first, then by name.
    pub(crate) fn feeds(&self, replica: &Replica, at_hand: &AtHand) -> Vec<FeedReport> {
        let reached = self.reached();
        let mut here = chains(&replica.commits);
        let mut all = chains(at_hand.commits());
        let feeds: BTreeSet<FeedId> = here.keys().chain(all.keys()).chain(reached.keys()).cloned().collect();
        let mut reports: Vec<FeedReport> = feeds
            .into_iter()
            .map(|feed| {
                let take = |chains: &mut BTreeMap<FeedId, Chain>| {
                    let mut chain = chains.remove(&feed).unwrap_or_default();
                    chain.reach(reached.get(&feed).copied().unwrap_or(0));
                    chain
                };
                let (here, all) = (take(&mut here), take(&mut all));
                self.feed(feed.clone(), &here, &all)
            })
            .collect();
        let order = |report: &FeedReport| {
            (report.standing != Standing::Lead, report.member.is_none(), report.member.clone())
        };
        reports.sort_by_cached_key(order);
        reports
    }

    fn feed(&self, feed: FeedId, here: &Chain, all: &Chain) -> FeedReport {
        let (member, standing) = self.owner(&feed);
        FeedReport {
            member,
            standing,
            n: here.head,
            n_commits: here.n_commits,
            gaps: here.gaps.clone(),
            n_missing: here.n_missing(),
            n_lost: all.n_missing(),
            forks: all.forks.clone(),
            left: self.visit.as_ref().is_some_and(|visit| visit.left.contains(&feed)),
            received: self.visit.as_ref().and_then(|visit| visit.receipts().get(&feed).copied()),
            feed,
        }
    }

    fn owner(&self, feed: &FeedId) -> (Option<String>, Standing) {
        let Some(visit) = &self.visit else { return (None, Standing::Unknown) };
        if let Some(state) = visit.members.iter().find(|state| state.feeds.contains(feed)) {
            let standing = match state.identity {
                _ if self.lead_feed.as_ref() == Some(feed) => Standing::Lead,
                Identity::Admitted => Standing::Admitted,
                Identity::Provisional | Identity::Absent => Standing::Provisional,
                Identity::Waiting => Standing::Pending,
            };
            return (Some(state.member.name.to_string()), standing);
        }
        match visit.pending.iter().find(|claim| &claim.feed == feed) {
            Some(claim) => (Some(claim.name.to_string()), Standing::Pending),
            None if visit.offices.contains(feed) => (None, Standing::Office),
            None => (None, Standing::Unknown),
        }
    }

    /// How far each feed is known to have got, by the lead's receipts.
    fn reached(&self) -> BTreeMap<FeedId, u64> {
        self.visit.as_ref().map(|visit| visit.receipts().clone()).unwrap_or_default()
    }

    /// How many devices without a seat have commits in the file, and how many commits.
    pub(crate) fn waiting(&self, replica: &Replica) -> (usize, usize) {
        let Some(visit) = &self.visit else { return (0, 0) };
        // Nobody's own: what is admitted or counts is the same for all.
        let ranks = Ranks::of(visit, &FeedId::new(""));
        let others: Vec<&FeedId> =
            replica.commits.iter().map(|it| &it.feed).filter(|feed| !ranks.seats(feed)).collect();
        (others.iter().collect::<BTreeSet<_>>().len(), others.len())
    }

    pub(crate) fn roster(&self) -> Roster {
        let Some(visit) = &self.visit else { return Roster::default() };
        let of = |wanted: Identity| {
            let wanted = visit.members.iter().filter(move |state| state.identity == wanted);
            wanted.map(|state| state.member.name.clone()).collect()
        };
        Roster {
            admitted: of(Identity::Admitted),
            provisional: of(Identity::Provisional),
            absent: of(Identity::Absent),
            pending: visit.pending.iter().map(|claim| (claim.feed.clone(), claim.name.clone())).collect(),
        }
    }

    /// Progress of the members whose votes this laptop may show (invariant 4).
    pub(crate) fn cells(&self) -> Vec<CellCount> {
        let Some(visit) = &self.visit else { return Vec::new() };
        let shown = visit
            .voting()
            .filter(|state| state.identity != Identity::Absent && visit.may_see(&self.me, state));
        shown.map(|state| count(visit, state)).collect()
    }

    /// Conflicts that may be shown: of members whose votes may be, and the lead's own verdicts and gates.
    pub(crate) fn conflicts(&self) -> Vec<(MemberName, InConflict)> {
        let Some(visit) = &self.visit else { return Vec::new() };
        let may_show = |(name, subject): &(MemberName, InConflict)| {
            let of = visit.member(name.as_str());
            !subject.is_ballot() || of.is_none_or(|of| visit.may_see(&self.me, of))
        };
        visit.conflicts().into_iter().filter(may_show).collect()
    }

    /// Ballots that not everybody can read yet: who, and how many sealed commits.
    pub(crate) fn sealed(&self, at_hand: &AtHand) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for commit in at_hand.commits().filter(|commit| commit.sealed) {
            let is_open = self.visit.as_ref().is_some_and(|visit| {
                let owner = visit.members.iter().find(|state| state.feeds.contains(&commit.feed));
                owner.is_some_and(|state| state.n_sealed == 0)
            });
            if !is_open {
                let name = self.owner(&commit.feed).0.unwrap_or_else(|| commit.feed.to_string());
                *counts.entry(name).or_default() += 1;
            }
        }
        counts.into_iter().collect()
    }
}

fn count(visit: &Visit, state: &MemberState) -> CellCount {
    let name = &state.member.name;
    let mut counts = CellCount { name: name.clone(), n_scored: 0, n_empty: 0, n_conflicts: 0 };
    for clause in visit.clauses() {
        if visit.recusal(name.as_str(), clause.id.as_str()).is_some() {
            continue;
        }
        let vote = visit.vote(state, clause);
        match vote.position {
            Position::Conflict => counts.n_conflicts += 1,
            _ if vote.is_scored() => counts.n_scored += 1,
            _ => counts.n_empty += 1,
        }
    }
    counts
}

/// Whether the founding commit is at hand with the checklist it claims: a file from elsewhere is checked in full.
fn is_sound(id: &VisitId, at_hand: &AtHand) -> bool {
    let sound = || {
        let founding = at_hand.get(id.as_str())?;
        let commit = Commit::from_store(founding.id.clone(), &founding.line.json)?;
        let Body::Open(edits) = &commit.body else { return None };
        let edit = edits.first()?;
        decode_hashed(edit.text("content")?, edit.text("hash")?).map(|_| true)
    };
    sound().unwrap_or(false)
}

/// The fold of a file that this laptop has not joined. The device key is a stand-in: without a ballot key of one's own
/// there is nothing it could open.
fn fold_alone(id: &VisitId, at_hand: &AtHand, lang: Lang) -> Option<Visit> {
    let row = VisitRow {
        id: id.clone(),
        file: String::new(),
        me: None,
        ballot_key: None,
        in_file_n: 0,
        secret: None,
        recovery: None,
        visit_key: None,
        slot: None,
    };
    let nobody = DeviceKey::from_bytes(&[0; 32]);
    load::fold_from_outside(&row, &nobody, &at_hand.rows(), UpTo::InForce, lang).map(|(visit, ..)| visit)
}
