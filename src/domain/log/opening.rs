//! Which share of a ballot's key was the one that opened it: the others are no news to anybody who asks about a clause.

use std::collections::{BTreeSet, HashMap};

use crate::domain::{
    edit::Edit,
    log::order::Raw,
    terms::id::{CommitId, MemberName},
};

/// The keys that were shared out, by the commit that did it.
#[derive(Debug, Default)]
pub(super) struct Openings {
    offers: HashMap<CommitId, Offered>,
}

#[derive(Debug)]
struct Offered {
    owner: Option<MemberName>,
    need: usize,
    given: BTreeSet<u8>,
}

impl Openings {
    pub(super) fn of(raws: &[Raw<'_>]) -> Self {
        let offer = |raw: &Raw<'_>| {
            let Edit::Offer(offer) = raw.edit else { return None };
            let owner = raw.place.as_ref().and_then(|it| it.owner.clone());
            let offered = Offered { owner, need: offer.need, given: BTreeSet::new() };
            Some((raw.commit?.id.clone(), offered))
        };
        Self { offers: raws.iter().filter_map(offer).collect() }
    }

    /// Goes on by an edit; tells whether it opened a ballot.
    pub(super) fn opens(&mut self, edit: &Edit) -> bool {
        match edit {
            Edit::Key { .. } => true,
            Edit::Release(release) if release.share.is_some() => {
                self.offers.get_mut(&release.offer).is_some_and(|offered| {
                    offered.given.insert(release.number) && offered.given.len() == offered.need
                })
            }
            _ => false,
        }
    }

    /// Whose ballot each of them is of.
    pub(super) fn owners(self) -> HashMap<CommitId, MemberName> {
        self.offers.into_iter().filter_map(|(commit, offered)| Some((commit, offered.owner?))).collect()
    }
}
