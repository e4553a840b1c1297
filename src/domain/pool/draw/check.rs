//! Draws again from a record alone and says what does not agree.

use std::collections::BTreeSet;

use crate::domain::pool::draw::{
    ALGORITHM, DrawRecord, FIRST_ALGORITHM, Ground, Hash, panel_of, sort_by_ticket, substitutes_of,
};

/// Something in a record that does not come out when it is drawn again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disagreement {
    /// Drawn by rules that this program does not know.
    Algorithm,
    /// The request breaks its own rule: the number of seats, more fields than seats.
    Request,
    /// Eligible and excluded together are not the pool, or somebody is both, or twice.
    Count,
    /// Somebody is eligible or excluded against what the request says of them.
    Grounds,
    /// The tickets, or their order.
    Order,
    /// The panel.
    Panel,
    /// The substitutes.
    Substitutes,
}

impl DrawRecord {
    /// Everything that does not agree when the draw is done again; empty = the record holds. What a record alone cannot
    /// show is that its list of experts was the whole pool: for that the pool's digest is compared.
    #[must_use]
    pub fn disagreements(&self, hash: Hash<'_>) -> Vec<Disagreement> {
        if ![ALGORITHM, FIRST_ALGORITHM].contains(&self.algorithm.as_str()) {
            return vec![Disagreement::Algorithm];
        }
        let mut found = Vec::new();
        let mut check = |holds: bool, what: Disagreement| {
            if !holds {
                found.push(what);
            }
        };
        check(self.request.check().is_ok() && self.is_of_its_day(), Disagreement::Request);
        check(self.adds_up(), Disagreement::Count);
        check(self.grounds_hold(), Disagreement::Grounds);
        let mut order = self.eligible.clone();
        sort_by_ticket(&mut order, &self.algorithm, &self.request, hash);
        check(order == self.eligible, Disagreement::Order);
        let panel = panel_of(&order, &self.request);
        check(panel.as_ref() == Ok(&self.panel), Disagreement::Panel);
        let substitutes = panel.map(|panel| substitutes_of(&order, &panel));
        check(substitutes.as_ref() == Ok(&self.substitutes), Disagreement::Substitutes);
        found
    }

    /// How many experts were excluded; one with two grounds counts once.
    #[must_use]
    pub fn n_excluded(&self) -> usize {
        self.excluded.iter().map(|it| &it.person).collect::<BTreeSet<_>>().len()
    }

    /// Whether nobody was left out for another visit of a day that is not this one's; the fact begins with the day.
    fn is_of_its_day(&self) -> bool {
        let day = self.request.visit_on.map(|day| day.to_string());
        let mut busy = self.request.recusals.iter().filter(|it| it.ground == Ground::SameDay);
        busy.all(|it| day.as_ref().is_some_and(|day| it.reason.starts_with(day.as_str())))
    }

    fn adds_up(&self) -> bool {
        let eligible: BTreeSet<_> = self.eligible.iter().map(|it| &it.person).collect();
        let is_both = self.excluded.iter().any(|it| eligible.contains(&it.person));
        let n = eligible.len() + self.n_excluded();
        eligible.len() == self.eligible.len() && !is_both && n == self.n_pool
    }

    /// Whether the allowed grounds exclude nobody, nobody sits on a ground that is not allowed, and every recusal of the
    /// request was heeded.
    fn grounds_hold(&self) -> bool {
        let is_allowed = |ground: &Ground| self.request.allowed.contains(ground);
        let heeded = self
            .request
            .recusals
            .iter()
            .all(|given| is_allowed(&given.ground) || self.excluded.contains(given));
        let eligible = self.eligible.iter().flat_map(|it| &it.allowed).all(|(ground, _)| is_allowed(ground));
        heeded && eligible && self.excluded.iter().all(|it| !is_allowed(&it.ground))
    }
}
