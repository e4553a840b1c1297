//! The log (记录): what was recorded in a visit, by whom, in which order, what it replaced, and whether it counts today, as far as its
//! reader may see it. It judges nothing: the fold told it what took effect, and the cells say what stands.

pub mod entry;
mod fate;
mod opening;
mod order;
mod sight;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::domain::{
    edit::{Edit, Founding, Stamp, commit::LoggedCommit},
    ledger::Refusal,
    log::{
        entry::{About, By, Entry, Kind},
        fate::Facts,
        opening::Openings,
        order::{Cells, Raw},
    },
    terms::{
        digest::Digest,
        id::{ClauseId, CommitId, FeedId, GateId, MemberName, RectifyId, VisitId},
        lang::Lang,
    },
    visit::{
        Visit,
        end::UpTo,
        rectifications::Turn,
        told::{Place, Told},
    },
};

/// Everything that was recorded in a visit, as far as this laptop can read it, with what the fold made of it.
#[derive(Debug)]
pub struct Recorded {
    visit: Visit,
    lead_feed: FeedId,
    told: Told,
    commits: Vec<LoggedCommit>,
    own: Vec<OwnEdit>,
}

/// An edit of this laptop that is in no commit yet.
#[derive(Debug)]
struct OwnEdit {
    edit: Edit,
    /// Where it stands, and whether it did anything; `None` = this laptop counts as nobody's.
    done: Option<(Stamp, bool)>,
}

/// Who reads.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The member who sits here; `None` = nobody of the panel.
    pub me: Option<&'a MemberName>,
    /// The feed of this laptop.
    pub feed: &'a FeedId,
    /// Its last commit that the shared file has.
    pub delivered: u64,
    /// The record as members sign it.
    pub record: &'a Digest,
}

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A clause.
    Clause(ClauseId),
    /// A disqualifier.
    Gate(GateId),
}

/// What its reader may see of what was recorded.
#[derive(Debug, Clone)]
pub struct Log {
    /// The visit.
    pub visit: VisitId,
    /// What it was founded with, for the words of clauses and points.
    pub founding: Arc<Founding>,
    /// What was asked about; `None` = the whole visit.
    pub subject: Option<Subject>,
    /// What was recorded, in the order in which the authors can have known of each other.
    pub entries: Vec<Entry>,
    /// Whose device a feed is, to say who was admitted or retired.
    pub seats: HashMap<FeedId, MemberName>,
    /// Whose ballot a key is of that was shared out, by the commit that did it.
    pub offers: HashMap<CommitId, MemberName>,
    /// Commits with parts of ballots that may not be shown, whatever they are about.
    pub n_hidden: usize,
    /// Clauses of which nothing is told because the reader is recused from them.
    pub withheld: Vec<ClauseId>,
}

impl Recorded {
    /// Folds commits, as [`Visit::fold`].
    #[must_use]
    pub fn fold(
        id: VisitId,
        founding: Arc<Founding>,
        lead_feed: &FeedId,
        own: Option<(&FeedId, &MemberName)>,
        commits: Vec<LoggedCommit>,
    ) -> Self {
        let commits = (commits, UpTo::Draft);
        let told = Visit::fold_telling(id, founding, lead_feed, own, commits, Told::listening());
        Self::of(told, lead_feed)
    }

    /// Folds commits as somebody outside of the panel may see them, as [`Visit::from_outside`].
    #[must_use]
    pub fn from_outside<K: Ord>(
        whole: &Visit,
        lead_feed: &FeedId,
        commits: Vec<LoggedCommit>,
        order: impl Fn(&MemberName) -> K,
        lang: Lang,
    ) -> Self {
        let told = whole.told_outside(lead_feed, commits, order, lang, Told::listening());
        Self::of(told, lead_feed)
    }

    fn of((visit, told, commits): (Visit, Told, Vec<LoggedCommit>), lead_feed: &FeedId) -> Self {
        Self { visit, lead_feed: lead_feed.clone(), told, commits, own: Vec::new() }
    }

    /// The visit, to apply own edits to that are in no commit yet; each is then to be [kept](Self::keep).
    pub const fn visit_mut(&mut self) -> &mut Visit {
        &mut self.visit
    }

    /// Keeps an own edit, with where it stands and whether it did anything.
    pub fn keep(&mut self, edit: Edit, done: Option<(Stamp, bool)>) {
        self.own.push(OwnEdit { edit, done });
    }

    /// What a reader may see of it: all, or what bears on a subject.
    #[must_use]
    pub fn log(&self, reader: Reader<'_>, subject: Option<Subject>) -> Log {
        let mut log = Log {
            visit: self.visit.id.clone(),
            founding: Arc::clone(&self.visit.founding),
            subject,
            entries: Vec::new(),
            seats: HashMap::new(),
            offers: HashMap::new(),
            n_hidden: 0,
            withheld: Vec::new(),
        };
        if self.visit.hides_all() {
            return log;
        }
        let seated = self.visit.members.iter();
        let seats = seated.flat_map(|state| state.feeds.iter().map(|feed| (feed, &state.member.name)));
        log.seats = seats.map(|(feed, name)| (feed.clone(), name.clone())).collect();
        let viewer = reader.me.map_or("", MemberName::as_str);
        let is_asked =
            |clause: &ClauseId| !matches!(&log.subject, Some(Subject::Clause(asked)) if asked != clause);
        let clauses = self.visit.clauses().map(|clause| clause.id.clone()).filter(is_asked);
        log.withheld = clauses.filter(|clause| self.visit.is_withheld(viewer, clause.as_str())).collect();
        let (raws, n_hidden) = self.seen_by(reader);
        log.n_hidden = n_hidden;
        let mut openings = Openings::of(&raws);
        log.entries = self.entries(&raws, reader, &mut openings);
        log.offers = openings.owners();
        let is_withheld =
            matches!(&log.subject, Some(Subject::Clause(asked)) if log.withheld.contains(asked));
        if let Some(subject) = &log.subject {
            log.entries.retain(|entry| !is_withheld && entry.about.bears_on(subject));
        }
        log
    }

    /// The edits that may be shown, in order; and the number of commits that are hidden.
    fn seen_by(&self, reader: Reader<'_>) -> (Vec<Raw<'_>>, usize) {
        let mut commits: Vec<&LoggedCommit> = self.commits.iter().collect();
        commits.sort_by_key(|it| (it.lamport, &it.feed, it.n, &it.id));
        let mut raws = Vec::new();
        let mut n_hidden = 0;
        for commit in commits {
            let place = self.told.place_of(&commit.id);
            let sight = sight::Sight::of(&self.visit, reader, commit, place);
            n_hidden += usize::from(sight.hides_any());
            for (index, edit) in (0_u32..).zip(commit.edits()) {
                let stamp = self.told.stamp(&commit.id, index);
                if sight.shows(edit, stamp.is_some()) {
                    raws.push(Raw { edit, stamp, commit: Some(commit), place: place.cloned() });
                }
            }
        }
        let place = self.own_place(reader);
        for OwnEdit { edit, done } in &self.own {
            let stamp = done.as_ref().filter(|(_, did)| *did).map(|(stamp, _)| stamp);
            if sight::is_of_clause_shown(&self.visit, reader, edit) && !sight::is_machinery(edit) {
                raws.push(Raw { edit, stamp, commit: None, place: done.as_ref().map(|_| place.clone()) });
            }
        }
        (raws, n_hidden)
    }

    /// Where own edits stand that are in no commit yet.
    fn own_place(&self, reader: Reader<'_>) -> Place {
        Place {
            owner: reader.me.cloned(),
            counted_for: None,
            is_office: reader.me.is_none(),
            counts: true,
            leads: reader.me.is_some_and(|me| self.visit.leads(me)),
            in_scope: self.visit.finalised.is_none(),
            before_closing: !self.visit.closed,
        }
    }

    fn entries(&self, raws: &[Raw<'_>], reader: Reader<'_>, openings: &mut Openings) -> Vec<Entry> {
        let ledger = self.ledger(raws);
        let viewer = reader.me.map_or("", MemberName::as_str);
        let is_withheld =
            |about: &About| about.clause().is_some_and(|it| self.visit.is_withheld(viewer, it.as_str()));
        let devices = order::devices(&self.visit, raws);
        let mut cells = Cells::default();
        let mut entries: Vec<Entry> = self.founding().into_iter().collect();
        for raw in raws {
            let by = self.author(raw, reader);
            let replaced = cells.write(&by, raw);
            let facts = Facts { visit: &self.visit, raw, by: &by, reader, ledger: &ledger };
            let feed = raw.commit.map_or(reader.feed, |commit| &commit.feed);
            let opens = openings.opens(raw.edit);
            for (kind, about) in Kind::all_of(raw.edit, &self.visit, raw.commit, &ledger, opens) {
                // What a declaration asks for is told clause by clause.
                if is_withheld(&about) {
                    continue;
                }
                entries.push(Entry {
                    kind,
                    about,
                    fate: fate::of(&facts, kind),
                    by: by.clone(),
                    device: devices.get(feed).copied(),
                    edit: raw.edit.clone(),
                    replaced: replaced.clone(),
                    synced: raw.commit.is_some_and(|it| &it.feed != reader.feed || it.n <= reader.delivered),
                    lamport: raw.commit.map(|commit| commit.lamport),
                    commit: raw.commit.map(|commit| commit.id.clone()),
                });
            }
        }
        entries
    }

    /// The founding, which is the first edit of all and no part of what is folded.
    fn founding(&self) -> Option<Entry> {
        let lead = self.visit.founding.lead()?;
        let first = self.commits.iter().find(|it| it.feed == self.lead_feed && it.n == 1);
        Some(Entry {
            kind: Kind::Founding,
            about: About::Visit,
            fate: entry::Fate::Counts,
            by: By::Member(lead.name.clone()),
            device: None,
            edit: Edit::Found(Arc::clone(&self.visit.founding)),
            replaced: Vec::new(),
            synced: true,
            lamport: first.map(|commit| commit.lamport),
            commit: first.map(|commit| commit.id.clone()),
        })
    }

    fn author(&self, raw: &Raw<'_>, reader: Reader<'_>) -> By {
        let place = raw.place.as_ref();
        // A ballot belongs to whom it is counted for, whoever sits at the device by now.
        let counted = place.and_then(|it| it.counted_for.as_ref()).filter(|_| raw.edit.is_ballot());
        let feed = raw.commit.map_or(reader.feed, |commit| &commit.feed);
        let claimed = || self.visit.pending.iter().find(|claim| &claim.feed == feed).map(|claim| &claim.name);
        match counted.or_else(|| place.and_then(|it| it.owner.as_ref())) {
            Some(name) => By::Member(name.clone()),
            None if place.is_some_and(|it| it.is_office) => By::Office,
            None => claimed().map_or(By::Stranger, |name| By::Claimant(name.clone())),
        }
    }

    /// What the ledger made of its steps. Each item is gone through once.
    fn ledger(&self, raws: &[Raw<'_>]) -> Ledger {
        let mut ledger = Ledger::default();
        let items: BTreeSet<&RectifyId> = raws
            .iter()
            .filter_map(|raw| if let Edit::Rectify { item, .. } = raw.edit { Some(item) } else { None })
            .collect();
        for id in items {
            let item = self.visit.walk(id.as_str(), &mut |step, refused| {
                ledger.steps.insert(step.turn().clone(), refused);
            });
            if let Some(item) = item {
                ledger.places.insert(id.clone(), About::of(item.problem));
            }
        }
        ledger
    }
}

/// What the ledger made of what was recorded of it.
#[derive(Debug, Default)]
struct Ledger {
    /// By the turn of a step: why it was refused, if it was.
    steps: HashMap<Turn, Option<Refusal>>,
    /// What each item is about.
    places: HashMap<RectifyId, About>,
}
