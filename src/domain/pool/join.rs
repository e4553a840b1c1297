//! Joins two pools: the same person is the same name and unit, and what differs of them is never overwritten unasked.

use crate::domain::pool::{Column, Person, Pool, PoolExpert};

/// What is to be done with persons whose details differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Nothing is taken in until somebody decides.
    Ask,
    /// The incoming details hold.
    Replace,
    /// The details at hand hold.
    Keep,
}

/// A detail of one person that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Who.
    pub person: Person,
    /// Which detail.
    pub column: Column,
    /// At hand.
    pub ours: String,
    /// Incoming.
    pub theirs: String,
}

/// What joining another pool comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// Experts who were not there.
    pub added: Vec<PoolExpert>,
    /// Experts whose details differ, as they came in.
    pub changed: Vec<PoolExpert>,
    /// What differs of them.
    pub differences: Vec<Difference>,
    /// Persons with the same details.
    pub n_same: usize,
}

impl Pool {
    /// What taking in another pool would add and change.
    #[must_use]
    pub fn compare(&self, incoming: &Self) -> Joined {
        let mut joined = Joined::default();
        for expert in incoming.experts() {
            match self.get(&expert.person) {
                None => joined.added.push(expert.clone()),
                Some(known) if known == expert => joined.n_same += 1,
                Some(known) => {
                    joined.differences.extend(differences(known, expert));
                    joined.changed.push(expert.clone());
                }
            }
        }
        joined
    }
}

fn differences(known: &PoolExpert, incoming: &PoolExpert) -> Vec<Difference> {
    let differ = Column::ALL.iter().copied().map(|column| Difference {
        person: known.person.clone(),
        column,
        ours: known.text(column),
        theirs: incoming.text(column),
    });
    differ.filter(|it| it.ours != it.theirs).collect()
}
