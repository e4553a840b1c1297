//! Who sits at which device: the lead's and deputies' word first, then the only claim of a name. No clock and no number that
//! a device says of itself decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::domain::{
    edit::{Edit, Expert, Founding, Member, commit::LoggedCommit},
    terms::id::{CommitId, FeedId, MemberName},
};

/// A device that claims a name and is not counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    /// The device's feed.
    pub feed: FeedId,
    /// The name.
    pub name: MemberName,
    /// Who that is, for a name that is not on the roster.
    pub expert: Option<Expert>,
}

/// How a device came to its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    /// Nobody has joined under this name.
    Absent,
    /// The only device that claimed the name, or the first that reached the lead; not compared yet (身份未核对).
    Provisional,
    /// Admitted by the lead, or the lead.
    Admitted,
    /// This laptop's own claim, which waits for the lead: it may score here, and counts nowhere yet.
    Waiting,
}

/// A member's devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The member.
    pub(crate) member: Member,
    /// The devices that count.
    pub(crate) feeds: BTreeSet<FeedId>,
    /// Those of them whose codes nobody has compared.
    pub(crate) unchecked: BTreeSet<FeedId>,
    /// How sure the lead is of them.
    pub(crate) identity: Identity,
    /// Those of them that may hold a share of somebody's ballot.
    pub(crate) trustees: BTreeSet<FeedId>,
}

/// Everybody's devices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seats {
    /// The lead first, then the roster, then those admitted later in the order of their names.
    pub(crate) members: Vec<Seat>,
    /// Claims that do not count.
    pub(crate) pending: Vec<Claim>,
    /// The devices that act as the lead: the lead's own and the deputies'.
    pub(crate) chair: BTreeSet<FeedId>,
    /// Devices that count no longer, each with its last commit that does.
    pub(crate) retired: BTreeMap<FeedId, u64>,
    /// Devices that lead or deputies name, whether or not what they say of themselves is here.
    pub(crate) named: BTreeSet<FeedId>,
    /// Members who do the lead's work beside the lead.
    pub(crate) deputies: BTreeSet<MemberName>,
    /// Devices of the office, which sit nowhere and work on the ledger only: as the founding says, and the lead.
    pub(crate) offices: BTreeSet<FeedId>,
}

/// What the lead says about a device.
#[derive(Clone, Copy)]
struct Admission<'a> {
    name: &'a MemberName,
    expert: Option<&'a Expert>,
    checked: bool,
}

/// One word about a device, and where it was said.
struct Admitting<'a> {
    commit: &'a LoggedCommit,
    feed: &'a FeedId,
    admission: Admission<'a>,
}

/// What the commits say about devices, by author.
#[derive(Default)]
struct Word<'a> {
    /// In the order of the commits.
    admissions: Vec<Admitting<'a>>,
    deputies: Vec<(&'a FeedId, &'a MemberName)>,
    offices: Vec<(&'a FeedId, &'a FeedId)>,
    devices: Vec<(&'a FeedId, &'a FeedId)>,
    /// The same pairs, where the named device in turn had its namer before its eyes when it began.
    hand_overs: Vec<(&'a FeedId, &'a FeedId)>,
    retirements: Vec<(&'a FeedId, &'a FeedId, u64)>,
    /// By device: which name it claimed. A device claims once.
    claims: BTreeMap<&'a FeedId, (&'a MemberName, Option<&'a Expert>)>,
    /// Where the commits stand that name and admit devices.
    ends: HashMap<&'a CommitId, (&'a FeedId, u64)>,
    /// By device: the first commit of the founding device that says it has received something of it.
    received: BTreeMap<&'a FeedId, u64>,
}

impl Seat {
    /// The seat of somebody who voted and sits there no longer.
    pub(crate) fn left_by(member: Member) -> Self {
        let (feeds, unchecked, trustees) = Default::default();
        Self { member, feeds, unchecked, identity: Identity::Absent, trustees }
    }
}

impl Seats {
    /// Gives each name its devices. The commits must be sorted by (feed, n, id).
    ///
    /// Every step rests on the one before it only: what a device says of itself, then the lead, then the deputies. So no
    /// two words can each depend on the other being silenced. The lead's word about seats counts from any of the lead's
    /// devices, even a retired one, whose votes and verdicts end with its retirement.
    #[must_use]
    pub(crate) fn of(founding: &Founding, root: &FeedId, commits: &[&LoggedCommit]) -> Self {
        let roster = founding.roster.as_slice();
        let lead = roster.first().map(|lead| &lead.name);
        let word = Word::of(commits, root, lead, |_, _| true);
        let lead_feeds = word.lead_feeds(root, lead);
        let silenced = word.retired(&lead_feeds, &lead_feeds);
        // What the lead retires says nothing any more.
        let word = if silenced.is_empty() {
            word
        } else {
            Word::of(commits, root, lead, |feed, n| silenced.get(feed).is_none_or(|last| n <= *last))
        };
        let deputies: BTreeSet<MemberName> = word
            .deputies
            .iter()
            .filter(|(author, name)| lead_feeds.contains(author) && Some(*name) != lead)
            .map(|(_, name)| *name)
            // Whom the founding names counts as named by the lead, whose word the founding is.
            .chain(founding.mandate.deputy.as_ref().filter(|name| Some(*name) != lead))
            .cloned()
            .collect();
        let mut admitted = word.admitted(&lead_feeds, |_| true);
        admitted.retain(|feed, it| !lead_feeds.contains(feed) || Some(it.name) == lead);
        // A name that is neither on the roster nor given a field is nobody's, so nobody does the lead's work under it.
        let is_somebody = |name: &&MemberName| {
            roster.iter().any(|member| &member.name == *name)
                || admitted.values().any(|it| it.name == *name && it.expert.is_some())
        };
        let deputy_feeds: BTreeSet<&FeedId> = deputies
            .iter()
            .filter(is_somebody)
            .flat_map(|name| {
                let own = admitted.iter().filter(|(_, it)| it.checked && it.name == name);
                word.with_successors(own.map(|(feed, _)| *feed).collect(), name)
            })
            .filter(|feed| admitted.get(feed).is_none_or(|it| deputies.contains(it.name)))
            .collect();
        // Deputies admit members; who leads and who is a deputy only the lead says.
        let by_deputies =
            word.admitted(&deputy_feeds, |name| Some(name) != lead && !deputies.contains(name.as_str()));
        for (feed, seat) in by_deputies.into_iter().filter(|(feed, _)| !lead_feeds.contains(feed)) {
            admitted.entry(feed).or_insert(seat);
        }
        let mut retired = word.retired(&lead_feeds, &BTreeSet::new());
        let chair: BTreeSet<&FeedId> = lead_feeds.union(&deputy_feeds).copied().collect();
        for (feed, n) in word.retired(&deputy_feeds, &chair) {
            retired.entry(feed).or_insert(n);
        }
        let by_lead = word.offices.iter().filter(|(author, _)| lead_feeds.contains(author));
        let offices = by_lead.map(|(_, feed)| *feed).chain(&founding.mandate.office).cloned().collect();
        let mut seats = Self { deputies, offices, retired, ..Self::default() };
        let by_chair = word.admissions.iter().filter(|it| chair.contains(&it.commit.feed));
        seats.named = by_chair.map(|it| it.feed).chain(&seats.offices).cloned().collect();
        seats.chair = chair.into_iter().cloned().collect();
        seats.seat_members(roster, &word, &admitted, &lead_feeds);
        seats.pending = seats.unseated(&word);
        seats
    }

    /// Whether a device is the office's: named, and nobody's seat.
    pub(crate) fn is_office(&self, feed: &FeedId) -> bool {
        self.offices.contains(feed) && self.owner(feed).is_none()
    }

    /// Whose device it is.
    pub(crate) fn owner(&self, feed: &FeedId) -> Option<&MemberName> {
        self.members.iter().find(|seat| seat.feeds.contains(feed)).map(|seat| &seat.member.name)
    }

    /// Whether a commit counts: its device was not retired before it.
    pub(crate) fn counts(&self, feed: &FeedId, n: u64) -> bool {
        self.retired.get(feed).is_none_or(|last| n <= *last)
    }

    fn seat_members(
        &mut self,
        roster: &[Member],
        word: &Word<'_>,
        admitted: &BTreeMap<&FeedId, Admission<'_>>,
        lead_feeds: &BTreeSet<&FeedId>,
    ) {
        let newcomers: BTreeMap<&MemberName, &Expert> = admitted
            .values()
            .filter(|it| !roster.iter().any(|member| &member.name == it.name))
            .filter_map(|it| Some((it.name, it.expert?)))
            .collect();
        let newcomers = newcomers.into_iter().map(|(name, expert)| Member {
            name: name.clone(),
            field: expert.field,
            title: expert.title.clone(),
        });
        for (index, member) in roster.iter().cloned().chain(newcomers).enumerate() {
            let mut feeds: BTreeSet<&FeedId> =
                admitted.iter().filter(|(_, it)| it.name == &member.name).map(|(feed, _)| *feed).collect();
            if index == 0 {
                feeds.extend(lead_feeds);
            }
            let unchecked = |feed: &&FeedId| {
                admitted.get(*feed).is_some_and(|it| !it.checked) && !self.retired.contains_key(*feed)
            };
            let mut unchecked: BTreeSet<&FeedId> = feeds.iter().copied().filter(unchecked).collect();
            let mut identity = if unchecked.is_empty() { Identity::Admitted } else { Identity::Provisional };
            // A device that the lead admitted to another name, or that is the lead's, sits there only.
            let sits_elsewhere = |feed: &FeedId| match admitted.get(feed) {
                Some(admission) => admission.name != &member.name,
                None => index > 0 && lead_feeds.contains(feed),
            };
            if feeds.is_empty() {
                let is_out = |feed: &FeedId| sits_elsewhere(feed) || self.retired.get(feed) == Some(&0);
                let first = word.only_claim(&member.name, is_out);
                identity = if first.is_some() { Identity::Provisional } else { Identity::Absent };
                feeds.extend(first);
                unchecked.extend(first);
            }
            // A device that only one vouches for whose own code nobody has compared is no surer than that one.
            let sure = word.with_successors(feeds.difference(&unchecked).copied().collect(), &member.name);
            let unchecked = word.with_successors(unchecked, &member.name);
            let unchecked = unchecked.difference(&sure).copied().cloned().collect();
            // Somebody else's laptop in an occupied seat, however it came there, is given no share.
            let kept: BTreeSet<&FeedId> =
                feeds.iter().copied().filter(|feed| !self.retired.contains_key(*feed)).collect();
            let trusted = match index {
                0 => kept,
                _ => word
                    .first_admitted(&kept, &self.chair, lead_feeds)
                    .into_iter()
                    .filter(|feed| admitted.contains_key(feed))
                    .collect(),
            };
            let trusted = word.with_successors(trusted, &member.name);
            let trustees =
                trusted.into_iter().filter(|feed| !self.retired.contains_key(*feed)).cloned().collect();
            let feeds = word.with_successors(feeds, &member.name);
            let feeds = feeds.into_iter().filter(|feed| !sits_elsewhere(feed)).cloned().collect();
            self.members.push(Seat { member, feeds, unchecked, identity, trustees });
        }
    }

    fn unseated(&self, word: &Word<'_>) -> Vec<Claim> {
        let seated = |feed: &FeedId| self.members.iter().any(|seat| seat.feeds.contains(feed));
        word.claims
            .iter()
            .filter(|(feed, _)| !seated(feed) && !self.retired.contains_key(**feed))
            .map(|(feed, (name, expert))| Claim {
                feed: (*feed).clone(),
                name: (*name).clone(),
                expert: expert.cloned(),
            })
            .collect()
    }
}

impl<'a> Word<'a> {
    fn of(
        commits: &[&'a LoggedCommit],
        root: &'a FeedId,
        lead: Option<&'a MemberName>,
        counts: impl Fn(&FeedId, u64) -> bool,
    ) -> Self {
        let mut word = Self::default();
        // The founding device claims the lead's name by founding.
        word.claims.extend(lead.map(|lead| (root, (lead, None))));
        for commit in commits.iter().copied() {
            let author = &commit.feed;
            let is_heard = counts(&commit.feed, commit.n);
            for edit in commit.edits() {
                match edit {
                    // Whose a device is does not change by its being silenced.
                    Edit::Join { name, expert } => {
                        word.claims.entry(author).or_insert((name, expert.as_ref()));
                    }
                    _ if !is_heard => {}
                    Edit::Admit { feed, name, expert, checked } => {
                        let admission = Admission { name, expert: expert.as_ref(), checked: *checked };
                        word.admissions.push(Admitting { commit, feed, admission });
                    }
                    Edit::Deputy { name } => word.deputies.push((author, name)),
                    Edit::Office { feed } => word.offices.push((author, feed)),
                    Edit::Device { feed } => word.devices.push((author, feed)),
                    Edit::Retire { feed, n } => word.retirements.push((author, feed, *n)),
                    Edit::Receipt { heads } if author == root => {
                        for feed in heads.keys() {
                            word.received.entry(feed).or_insert(commit.n);
                        }
                    }
                    _ => {}
                }
            }
        }
        // Looked up, not searched for: one line can hold thousands of these.
        let speakers: BTreeSet<&FeedId> = word
            .devices
            .iter()
            .map(|(from, _)| *from)
            .chain(word.admissions.iter().map(|it| &it.commit.feed))
            .collect();
        let by_them = commits.iter().filter(|it| speakers.contains(&it.feed));
        word.ends = by_them.map(|it| (&it.id, (&it.feed, it.n))).collect();
        let firsts: HashMap<&FeedId, &LoggedCommit> = match word.devices.is_empty() {
            true => HashMap::new(),
            false => commits.iter().rev().filter(|it| it.n == 1).map(|it| (&it.feed, *it)).collect(),
        };
        let began_with = |from: &FeedId, to: &FeedId| {
            let saw = |id: &CommitId| word.ends.get(id).is_some_and(|(feed, _)| *feed == from);
            firsts.get(to).is_some_and(|first| first.seen.iter().any(saw))
        };
        word.hand_overs = word.devices.iter().filter(|(from, to)| began_with(from, to)).copied().collect();
        word
    }

    /// The root, what it names as its own, and what any of these admits to the lead's name.
    fn lead_feeds(&self, root: &'a FeedId, lead: Option<&MemberName>) -> BTreeSet<&'a FeedId> {
        let mut feeds = BTreeSet::from([root]);
        let Some(lead) = lead else { return feeds };
        loop {
            let before = feeds.len();
            feeds = self.with_successors(feeds, lead);
            // The last word about a device holds, so one that was admitted elsewhere afterwards is not the lead's.
            let admitted = self.admitted(&feeds, |_| true).into_iter().filter(|(_, it)| it.name == lead);
            feeds.extend(admitted.map(|(feed, _)| feed));
            if feeds.len() == before {
                return feeds;
            }
        }
    }

    /// These devices of one member and those they name, directly or through others. Nobody can take over another's device
    /// this way: the device must itself have claimed the member's name.
    fn with_successors(&self, mut feeds: BTreeSet<&'a FeedId>, name: &MemberName) -> BTreeSet<&'a FeedId> {
        loop {
            let more: Vec<&FeedId> = self
                .devices
                .iter()
                .filter(|(author, feed)| feeds.contains(author) && self.claimed(feed) == Some(name))
                .map(|(_, feed)| *feed)
                .filter(|feed| !feeds.contains(feed))
                .collect();
            if more.is_empty() {
                return feeds;
            }
            feeds.extend(more);
        }
    }

    fn claimed(&self, feed: &FeedId) -> Option<&'a MemberName> {
        self.claims.get(feed).map(|(name, _)| *name)
    }

    /// What these authors admit. A device is admitted to the name that it claims itself and to no other, and no later word takes
    /// anything of that back: whoever shall be nobody any more is retired, for all to see.
    fn admitted(
        &self,
        authors: &BTreeSet<&FeedId>,
        may: impl Fn(&MemberName) -> bool,
    ) -> BTreeMap<&'a FeedId, Admission<'a>> {
        let mut admitted: BTreeMap<&FeedId, Admission<'_>> = BTreeMap::new();
        for it in self.admissions.iter().filter(|it| authors.contains(&it.commit.feed)) {
            if may(it.admission.name) && self.claimed(it.feed) == Some(it.admission.name) {
                let known = admitted.entry(it.feed).or_insert(it.admission);
                known.checked |= it.admission.checked;
                known.expert = known.expert.or(it.admission.expert);
            }
        }
        admitted
    }

    /// Which of these devices these authors admitted first: each other one by somebody who knew of it. `None` where that cannot be
    /// told.
    fn first_admitted(
        &self,
        among: &BTreeSet<&'a FeedId>,
        authors: &BTreeSet<FeedId>,
        lead_feeds: &BTreeSet<&FeedId>,
    ) -> Option<&'a FeedId> {
        let is_about = |it: &&Admitting<'_>| authors.contains(&it.commit.feed) && among.contains(it.feed);
        let mut words: Vec<&Admitting<'a>> = self.admissions.iter().filter(is_about).collect();
        // The lead's word goes before a deputy's, so that no deputy unsettles it.
        if words.iter().any(|it| lead_feeds.contains(&it.commit.feed)) {
            words.retain(|it| lead_feeds.contains(&it.commit.feed));
        }
        let among: BTreeSet<&'a FeedId> = words.iter().map(|it| it.feed).collect();
        let is_first = |feed: &&&FeedId| {
            let mut others = words.iter().filter(|it| it.feed != **feed && among.contains(it.feed));
            let own = || words.iter().filter(|it| it.feed == **feed);
            others.all(|later| own().any(|it| self.is_known_to(it, later.commit)))
        };
        among.iter().find(is_first).copied()
    }

    /// Whether the author of a commit knew of a word about a device.
    fn is_known_to(&self, word: &Admitting<'_>, commit: &LoggedCommit) -> bool {
        let by = word.commit;
        if by.feed == commit.feed {
            return by.n < commit.n;
        }
        let seen = commit.seen.iter().filter_map(|id| self.ends.get(id));
        seen.into_iter().any(|(feed, n)| *feed == &by.feed && *n >= by.n)
    }

    /// What these authors retire, but for `spared`; of two words about one device the stricter one holds.
    fn retired(&self, authors: &BTreeSet<&FeedId>, spared: &BTreeSet<&FeedId>) -> BTreeMap<FeedId, u64> {
        let mut retired = BTreeMap::new();
        for (author, feed, n) in &self.retirements {
            if authors.contains(author) && !spared.contains(feed) {
                let last = retired.entry((*feed).clone()).or_insert(*n);
                *last = (*last).min(*n);
            }
        }
        retired
    }

    /// The only claim of a name, or the one of which the lead's laptop heard before it heard of any other. Where it heard of
    /// several at once, or of none, all wait for the lead's word: nothing that a device says of itself puts it first.
    /// Devices that sit elsewhere, or were retired from their first commit on, have claimed nothing, and one that another
    /// claimant handed over to, after a fork or a loss, claims with it; not by that one's word alone.
    fn only_claim(&self, name: &MemberName, is_out: impl Fn(&FeedId) -> bool) -> Option<&'a FeedId> {
        let claims_it = |feed: &FeedId| self.claimed(feed) == Some(name) && !is_out(feed);
        let is_first =
            |feed: &FeedId| !self.hand_overs.iter().any(|(from, to)| *to == feed && claims_it(from));
        let claims = self.claims.iter().filter(|(feed, _)| claims_it(feed) && is_first(feed));
        let heard = |feed: &FeedId| self.received.get(feed).copied().unwrap_or(u64::MAX);
        let mut claims: Vec<(u64, &FeedId)> = claims.map(|(feed, _)| (heard(feed), *feed)).collect();
        claims.sort_unstable();
        match claims.as_slice() {
            [(_, only)] => Some(only),
            [(first, feed), (second, _), ..] if first < second => Some(feed),
            _ => None,
        }
    }
}
